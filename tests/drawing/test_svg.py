"""A sheet as SVG: whole, harmless, and the same again."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from voiceguide.drawing.shapes import Box, Path, Run, Sheet
from voiceguide.drawing.svg import svg

EVIL = '<script>alert("1")</script> & \x1b[31m\x00'


def _root(sheet: Sheet) -> ElementTree.Element:
    return ElementTree.fromstring(svg(sheet))  # noqa: S314 (our own output)


def test_every_text_is_escaped() -> None:
    """Title, label, language and runs; what XML has no sign for is replaced."""
    run = Run(0, 0, EVIL, 9, "#000000")
    text = svg(Sheet(10, 10, EVIL, EVIL, (run,), (run,), EVIL))
    assert "<script" not in text
    assert "\x1b" not in text
    shown = [each.text or "" for each in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 (our own output)
    assert shown == [EVIL.replace("\x1b", "\ufffd").replace("\x00", "\ufffd")] * 2


def test_paper_is_in_points_and_a_screen_in_pixels() -> None:
    """On the ground that is asked for."""
    page = _root(Sheet(595.28, 841.89, "t", "en", (), paper="A4"))
    assert (page.get("width"), page.get("height"), page.get("viewBox")) == ("595.28pt", "841.89pt", "0 0 595.28 841.89")
    screen = _root(Sheet(20, 10, "t", "en", (), ground="#fbfaf7"))
    assert (screen.get("width"), screen.get("height")) == ("20", "10")
    assert screen[1].get("fill") == "#fbfaf7"


def test_a_picture_is_told_in_its_title() -> None:
    """As one image; a sheet without any has none."""
    box = Box(0, 0, 1, 1, "#000000")
    group = _root(Sheet(10, 10, "t", "en", (), (box,), "The session")).find("{http://www.w3.org/2000/svg}g")
    assert group is not None
    assert (group.get("role"), group.get("aria-label"), len(group)) == ("img", "The session", 1)
    assert "<g" not in svg(Sheet(10, 10, "t", "en", (box,)))


@pytest.mark.parametrize(
    ("path", "written"),
    [
        (Path(((0, 0), (4, 0), (4, 3.126), (0.004, 0)), "#123456"), '<path d="M0 0H4V3.13L0 0Z" fill="#123456"/>'),
        (
            Path(((0, 0), (4, 2)), "#123456", 1.5),
            '<path d="M0 0L4 2" fill="none" stroke="#123456" stroke-width="1.5"/>',
        ),
    ],
    ids=["area", "line"],
)
def test_a_path_is_its_points(path: Path, written: str) -> None:
    """To two decimals, and short where it goes straight."""
    assert written in svg(Sheet(10, 10, "t", "en", (path,)))


def test_known_letters_are_held_to_their_width() -> None:
    """Unless they are all of one width, which have fonts of their own, or are not Helvetica's."""
    runs = [
        Run(0, 0, text, 9, "#000000", fixed=fixed) for text, fixed in (("ab", False), ("ab", True), ("שלום", False))
    ]
    known, fixed, foreign = _root(Sheet(10, 10, "t", "en", tuple(runs))).iter("{http://www.w3.org/2000/svg}text")
    assert known.get("textLength") == f"{runs[0].width:.2f}"
    assert fixed.get("textLength") is None
    assert "mono" in fixed.get("font-family", "")
    assert foreign.get("textLength") is None
