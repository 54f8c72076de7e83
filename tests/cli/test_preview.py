"""`voiceguide preview`: one file of a step, or of how each begins, and its path on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import measuring
import pytest
import soundfile
from commands_for_tests import QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def test_prints_the_path_it_wrote(run: Callable[..., Result], folder: Path) -> None:
    """NAME-preview.mp3 with 8 s of each step; what is in it goes to stderr."""
    result = run("preview", "small.yaml", *QUICK)
    assert (result.code, result.out) == (0, "small-preview.mp3\n")
    assert "16 s: First strokes, Hold" in result.err
    assert measuring.mp3_seconds(folder / "small-preview.mp3") == pytest.approx(16, abs=0.03)
    assert sorted(path.name for path in folder.iterdir()) == ["small-preview.mp3", "small.yaml"]


@pytest.mark.parametrize(("step", "name"), [("2", "step-2"), ("First strokes", "step-first-strokes")])
def test_a_step_has_its_own_name(step: str, name: str, run: Callable[..., Result], folder: Path) -> None:
    """NAME-step-STEP.mp3, all of the step unless --seconds says less."""
    result = run("-q", "preview", "small.yaml", *QUICK, "--step", step, "--seconds", "2.5")
    assert (result.code, result.out, result.err) == (0, f"small-{name}.mp3\n", "")
    assert measuring.mp3_seconds(folder / f"small-{name}.mp3") == pytest.approx(2.5, abs=0.03)


def test_the_choices_are_the_session_s(run: Callable[..., Result], folder: Path) -> None:
    """What is chosen changes what is heard as it changes the session."""
    different = (["--length", "3m"], ["--pace", "100", "--talk", "minimal", "--setup", "seated"])
    for number, choices in enumerate(different):
        timeline = run("plan", "small.yaml", *QUICK, *choices, "--json").json
        (lasting,) = [c["end"] - c["start"] for c in timeline["chapters"] if c["step"] == 2]
        done = run("preview", "small.yaml", *QUICK, *choices, "--step", "Hold", "-o", f"{number}.wav")
        assert done.code == 0
        assert soundfile.info(folder / f"{number}.wav").duration == pytest.approx(lasting, abs=0.001)


def test_an_existing_file(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """It is refused and stays as it is, unless --overwrite replaces it."""
    (folder / "small-step-1.mp3").write_bytes(b"kept")
    assert "--overwrite" in refused("preview", "small.yaml", *QUICK, "--step", "1")
    assert (folder / "small-step-1.mp3").read_bytes() == b"kept"
    assert run("preview", "small.yaml", *QUICK, "--step", "1", "--overwrite").code == 0
    assert measuring.mp3_seconds(folder / "small-step-1.mp3") > 10


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--step", "Holt"], 'Did you mean "Hold"?'),
        (["--step", "3"], "1 First strokes, 2 Hold"),
        (["--step", "2", "--without", "2"], "left out"),
        (["--seconds", "0"], "--seconds"),
        (["--seconds", "8s"], "--seconds"),
        (["-o", "a.txt"], ".mp3"),
        (["-o", "nowhere/a.mp3"], "nowhere"),
        (["--language", "Germn"], 'Did you mean "de"?'),
        (["--setup", "seatd"], 'Did you mean "seated"?'),
        (["--bed", "rein"], 'Did you mean "rain"?'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refuses_before_it_speaks(
    arguments: list[str], words: str, refused: Callable[..., str], folder: Path, cache: Path
) -> None:
    """A choice that cannot be taken ends with 2 and what to do, and nothing is spoken or written."""
    assert words in refused("preview", "small.yaml", *QUICK, *arguments)
    assert [path.name for path in folder.iterdir()] == ["small.yaml"]
    assert not list(cache.glob("sentences/*"))
