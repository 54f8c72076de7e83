"""The bundled drawings, and those of somebody's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawings_for_tests import GLIDE

from voiceguide.drawing import atlas
from voiceguide.errors import Failed, UsageError


def test_every_bundled_drawing_is_read() -> None:
    """Each has a title, hands and ways that belong together, and is small."""
    for name in atlas.names():
        drawing = atlas.bundled(name)
        assert drawing.title, name
        assert len(drawing.svg) <= 4_500, name


def test_a_name_that_is_none_is_told_with_the_nearest() -> None:
    """It is a usage error."""
    with pytest.raises(UsageError, match="expected a drawing's name"):
        atlas.bundled("upper-back/nothing-like-it")


def test_an_own_drawing_is_read_from_its_file(tmp_path: Path) -> None:
    """A folder, a missing file and a huge one are refused."""
    file = tmp_path / "mine.svg"
    file.write_text(GLIDE, "utf-8")
    assert atlas.own(file).title.startswith("Both palms")
    file.write_text(GLIDE + " " * (70 << 10), "utf-8")
    with pytest.raises(Failed, match="at most 64 KiB"):
        atlas.own(file)
    with pytest.raises((UsageError, Failed)):
        atlas.own(tmp_path)
    with pytest.raises(Failed):
        atlas.own(tmp_path / "none.svg")
