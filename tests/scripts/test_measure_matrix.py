"""The matrix of measured sessions: it finds a broken promise, and a session of ours breaks none."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "measure_matrix.py"


@pytest.fixture(scope="module")
def matrix() -> ModuleType:
    """The script as a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [*sys.path, str(SCRIPT.parent)])
        spec = importlib.util.spec_from_file_location("measure_matrix", SCRIPT)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        patch.setitem(sys.modules, "measure_matrix", module)
        spec.loader.exec_module(module)
    return module


def test_a_broken_promise_is_named(matrix: ModuleType) -> None:
    """A number beyond a limit is broken, one on it is kept; either way."""
    assert matrix.broken({"under": 20.0, "peak": -1.0, "moved": -0.3, "clicks": 0}) == []
    assert matrix.broken({"under": 19.9, "clicks": 1}) == ["bed under speech, LU", "clicks"]
    assert matrix.broken({"softest": -16.6, "predicted": 0.11, "seam": 99.5}) == [
        matrix.PROMISES[name].title for name in ("softest", "predicted", "seam")
    ]


ROUTINE = """
title: Rest
summary: One step, with a pause in which the bed comes back.
bed: rain
steps:
  - name: Rest
    say: Rest both hands on the shoulders, and breathe out slowly.
    duration: 32s
"""


@pytest.mark.slow
def test_one_session_of_the_matrix_keeps_every_promise(
    matrix: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One routine, one bed, one voice, one length, lossless and as MP3."""
    routine = tmp_path / "rest.yaml"
    routine.write_text(ROUTINE, "utf-8")
    chosen = ["--routine", str(routine), "--bed", "night", "--voice", "tone", "--length", "short", "--bare"]
    monkeypatch.setattr(sys, "argv", ["measure_matrix.py", *chosen])
    code = matrix.main()
    out, err = capsys.readouterr()
    assert code == 0, out + err
    assert "| rest | night | tone | short |" in out
    assert "1 sessions, 1 MP3s and 1 beds: no promises broken" in out
