"""The bundled drawings, and those of somebody's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawings_for_tests import GLIDE

from voiceguide import phrases
from voiceguide.drawing import atlas, vector
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


def test_labels_are_said_in_every_language() -> None:
    """Whatever a bundled drawing names, the phrases name too; a drawing for a look alone names nothing."""
    words = phrases.load("de").all_shown("drawing")
    for name in atlas.names():
        drawing = atlas.bundled(name)
        english, german = (_labels(each.root) for each in (drawing, drawing.labelled(words)))
        assert english == [] or not set(english) & set(german), name
        assert _labels(drawing.plain.root) == []
        assert vector.AVOID not in drawing.plain.inner


def _labels(element: vector.Element) -> list[str]:
    own = [element.words] if element.tag == "text" else []
    return own + [label for child in element.children for label in _labels(child)]
