"""The atlas: its files are what the script writes, small, plain, and true to what they say of themselves."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from scripts_for_tests import loaded

from voiceguide.drawing.figures.move import Move
from voiceguide.drawing.figures.moves import MOVES
from voiceguide.drawing.figures.tones import contrast

make_drawings = loaded("make_drawings")
NAMES = [f"{move.area}/{move.name}" for move in MOVES]
every = pytest.mark.parametrize("move", MOVES, ids=NAMES)


def test_the_files_are_what_the_script_writes() -> None:
    """None is missing, stale or left over."""
    written = {
        path.relative_to(make_drawings.FOLDER).as_posix(): path.read_text("utf-8")
        for path in make_drawings.FOLDER.rglob("*.svg")
    }
    assert written == make_drawings.drawings()


def test_no_two_moves_have_one_name() -> None:
    """A routine's `show` means one drawing."""
    assert len(set(NAMES)) == len(NAMES)


@every
def test_a_drawing_is_small_and_plain(move: Move) -> None:
    """It has groups, paths, one ground and words, and nothing that runs, loads or refers."""
    text = move.svg()
    assert len(text.encode()) <= 4_000
    root = ElementTree.fromstring(text)  # noqa: S314 – made here
    assert root.get("viewBox") == "0 0 360 360"
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "title", "g", "rect", "path", "text"}
    assert not re.search(r"url\(|href|style|<!|\bon\w+=", text)


@every
def test_hands_stand_out_from_the_skin_below(move: Move) -> None:
    """By their colour, 3:1; one's own, which have the same, by their outline."""
    seen = move.skin.fill if move.by == "giver" else move.skin.line
    assert contrast(seen, move.figure.skin.fill) >= 3


@every
def test_marks_and_warnings_stand_out_from_the_skin_below(move: Move) -> None:
    """Ways and hatching 3:1, and the names of what may not be pressed 4.5:1, as letters are."""
    skin = move.figure.skin
    assert contrast(skin.mark, skin.fill) >= 3
    assert contrast(skin.warning, skin.fill) >= 4.5


@every
def test_hands_begin_where_their_way_begins(move: Move) -> None:
    """And each way is some hand's."""
    root = ElementTree.fromstring(move.svg())  # noqa: S314 – made here
    ways = {
        path.get("data-way"): re.match(r"M(-?\d+)[ -]?(\d+)", path.get("d", ""))
        for path in root.iter("{http://www.w3.org/2000/svg}path")
        if path.get("class") == "way"
    }
    gone = {str(hand.way) for hand in move.hands if hand.way}
    assert gone == set(ways)
    for hand in move.hands:
        if hand.way:
            begin = ways[str(hand.way)]
            assert begin is not None
            assert hand.at == (int(begin[1]), int(begin[2]))


@every
def test_what_a_hand_does_fits_its_way(move: Move) -> None:
    """Whoever stays still goes no way, and whoever presses or kneads has places for it."""
    for hand in move.hands:
        assert (hand.kind == "still") == (hand.way == 0)
        if hand.way:
            spots = len(move.ways[hand.way - 1].spots)
            assert {"press": spots >= 1, "hold": spots >= 1, "knead": spots == 2}.get(hand.kind, spots == 0)
