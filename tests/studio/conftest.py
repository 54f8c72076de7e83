"""A studio for each test, with a small routine of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from studios_for_tests import Studio, opened, with_small

from voiceguide.studio import ahead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _spoken(home: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one test spoke, decoded and drawn, the others need not."""
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(home / "shared-cache"))
    monkeypatch.setattr(ahead.Warming, "begin", lambda _warming, _language: None)  # no voice is loaded in vain


@pytest.fixture
def routine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The file of the routine `small`."""
    return with_small(monkeypatch, tmp_path / "routines")


@pytest.fixture
def studio(routine: Path, tmp_path: Path) -> Iterator[Studio]:
    with opened(tmp_path / "studio") as studio:
        yield studio
