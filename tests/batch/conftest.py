"""A folder with a tiny routine in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from batches_for_tests import TINY

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a tiny routine, in the folder where the test is."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "tiny.yaml"
    path.write_text(TINY, "utf-8")
    return path
