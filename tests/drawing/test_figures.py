"""The atlas: its files are what the script writes, small, plain, and true to what they say of themselves."""

from __future__ import annotations

import re
from itertools import combinations, product
from math import dist
from xml.etree import ElementTree

from scripts_for_tests import loaded

from voiceguide.drawing.figures import hands
from voiceguide.drawing.figures.figure import tone_on
from voiceguide.drawing.figures.move import Move
from voiceguide.drawing.figures.moves import MOVES, RIGHT_TOO
from voiceguide.drawing.figures.pen import inside
from voiceguide.drawing.figures.tones import contrast

make_drawings = loaded("make_drawings")
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "g", "rect", "ellipse", "path", "text"}
BY_NAME = {f"{move.area}/{move.name}": move for move in MOVES}


def parsed(move: Move) -> ElementTree.Element:
    """A drawing's tree."""
    return ElementTree.fromstring(move.svg())  # noqa: S314 (made here)


def test_the_files_are_what_the_script_writes() -> None:
    """None is missing, stale or left over."""
    written = {
        path.relative_to(make_drawings.FOLDER).as_posix(): path.read_text("utf-8")
        for path in make_drawings.FOLDER.rglob("*.svg")
    }
    assert written == make_drawings.drawings()


def test_no_two_moves_have_one_name() -> None:
    """A routine's `show` means one drawing."""
    assert len(BY_NAME) == len(MOVES)


def test_drawings_are_small() -> None:
    """Three KiB on the average, and four at most."""
    sizes = {name: len(move.svg().encode()) for name, move in BY_NAME.items()}
    assert not {name: size for name, size in sizes.items() if size > 4 << 10}
    assert sum(sizes.values()) / len(sizes) <= 3 << 10


def test_drawings_are_plain() -> None:
    """Groups, shapes, one ground and words, and nothing that runs, loads or refers."""
    for name, move in BY_NAME.items():
        root = parsed(move)
        assert root.get("viewBox") == "0 0 360 360", name
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= ELEMENTS, name
        assert not re.search(r"url\(|href|style|<!|\bon\w+=", move.svg()), name


def test_a_figure_is_the_same_in_all_its_drawings() -> None:
    """So that a page holds it once."""
    figures: dict[str, set[str]] = {}
    for move in MOVES:
        figures.setdefault(move.figure.name, set()).add(move.figure.svg())
    assert not {name: texts for name, texts in figures.items() if len(texts) > 1}


def test_hands_stand_out_from_what_is_below() -> None:
    """By their colour, 3:1; one's own, on skin of the same, by their outline."""
    for name, move in BY_NAME.items():
        if any(hand.side for hand in move.hands):
            own, below = move.figure.giver, move.figure.below
            assert contrast(own.line if own.fill == below else own.fill, below) >= 3, name


def test_marks_and_warnings_stand_out_from_what_is_below() -> None:
    """Ways and hatching 3:1, the names of what may not be pressed 4.5:1, as letters are."""
    for name, move in BY_NAME.items():
        tone = move.figure.tone
        assert contrast(tone.mark, move.figure.below) >= 3, name
        assert contrast(tone.mark, tone.halo) >= 3, name
        for place in (*move.figure.avoid, *move.avoid):
            on = place.on or move.figure.below
            assert contrast(tone_on(on).warning, on) >= 3, name
            beside = place.label_on or on
            assert not place.name or contrast(tone_on(beside).warning, beside) >= 4.5, name


def test_names_of_what_may_not_be_pressed_lie_beside_hands() -> None:
    """No hand begins on one, so that each is read."""
    hidden = []
    for name, move in BY_NAME.items():
        lying = [
            hands.shadow(
                hand.pose, hand.at, hand.turn, hand.times or move.figure.hand, left=hand.side == "left", arm=hand.arm
            )
            for hand in move.hands
        ]
        for place in (*move.figure.avoid, *move.avoid):
            (x, y), half = place.label, len(place.name) * 3.7
            spots = [(x + half * across, y - up) for across in (-1, -0.5, 0, 0.5, 1) for up in (0, 5, 10)]
            if place.name and any(inside(spot, outline) for spot in spots for outline in lying):
                hidden.append((name, place.name))
    assert hidden == []


ON_AVOIDED = {"back/forearm": "the soft forearm is as long as the back is from hip to blade; its weight comes above"}
"""Moves that can't but lie on what may not be pressed, and why."""


def covered(corners: tuple[tuple[float, float], ...], outline: list[tuple[float, float]]) -> float:
    """How much of a hatched place lies under an outline, in square units."""
    (left, right), (top, low) = ((int(min(each)), int(max(each)) + 1) for each in zip(*corners, strict=True))
    spots = [(x + 0.5, y + 0.5) for x in range(left, right, 3) for y in range(top, low, 3)]
    return 9 * sum(inside(spot, outline) and inside(spot, corners) for spot in spots)


def test_hands_that_work_keep_off_what_may_not_be_pressed() -> None:
    """Where a hand presses, kneads, circles or strokes, its palm and fingers begin beside each hatched place.

    A tenth of a palm's breadth may touch its rim; whoever only rests may lie across.
    """
    found = {
        name: place.name
        for name, move in BY_NAME.items()
        for place in (*move.figure.avoid, *move.avoid)
        for hand in move.hands
        if hand.kind != "still"
        and covered(
            place.corners,
            hands.lies(hand.pose, hand.at, hand.turn, hand.times or move.figure.hand, left=hand.side == "left"),
        )
        > 50
    }
    assert found.keys() == ON_AVOIDED.keys(), found


def test_what_is_worked_on_is_never_what_may_not_be_pressed() -> None:
    """No place that is pressed, kneaded or circled lies in a hatched one; long strokes may float across."""
    crossed = [
        (name, place.name)
        for name, move in BY_NAME.items()
        for place in (*move.figure.avoid, *move.avoid)
        for hand in move.hands
        for spot in (hand.way.along() if hand.way and hand.kind == "circle" else hand.spots)
        if inside(spot, place.corners)
    ]
    assert crossed == []


def test_sleeves_do_not_melt_into_one() -> None:
    """The cuffs of two hands lie apart, so that each hand is seen to come from an arm of its own."""
    melted = []
    for name, move in BY_NAME.items():
        cuffs = []
        for hand in move.hands:
            times, left = hand.times or move.figure.hand, hand.side == "left"
            for (x, y), (end_x, end_y) in hands.sleeve(hand.pose, hand.at, hand.turn, times, left=left, arm=hand.arm):
                spots = [(x + (end_x - x) * share / 10, y + (end_y - y) * share / 10) for share in range(11)]
                cuffs.append((spots, hands.CUFF * times / 2))
        for (spots, thick), (others, other_thick) in combinations(cuffs, 2):
            if min(dist(*pair) for pair in product(spots, others)) < thick + other_thick:
                melted.append(name)
    assert melted == []


def test_each_kind_of_move_has_its_own_mark() -> None:
    """What is pressed is a dot in a ring, what is squeezed is none; who rests has no mark at all."""
    for name, move in BY_NAME.items():
        targets = re.findall(r'<path d="[^"]*h0" stroke="[^"]*" stroke-width="21"/>', move.svg())
        presses = any(hand.kind == "press" and not hand.squeezes for hand in move.hands)
        assert len(targets) == presses, name
        if not move.ways and not move.signs:
            assert f'stroke="{move.figure.tone.mark}" stroke-width="4"' not in move.svg(), name


def test_hands_begin_where_their_way_begins() -> None:
    """And each way is some hand's."""
    for name, move in BY_NAME.items():
        root = parsed(move)
        ways = {
            path.get("data-way"): re.match(r"M(-?\d+)[ ]?(-?\d+)", path.get("d", ""))
            for path in root.iter(f"{SVG}path")
            if path.get("class") == "way"
        }
        gone = [hand for hand in root.iter(f"{SVG}g") if hand.get("data-way")]
        assert {hand.get("data-way") for hand in gone} == set(ways), name
        for hand in gone:
            begin = ways[hand.get("data-way")]
            assert begin is not None, name
            assert hand.get("transform", "").startswith(f"translate({begin[1]},{begin[2]})"), name


def test_what_a_hand_does_fits_its_way() -> None:
    """Whoever stays goes no way, and whoever presses or kneads has places for it."""
    for name, move in BY_NAME.items():
        for hand in move.hands:
            assert (hand.kind == "still") == (hand.way is None), name
            spots = len(hand.spots)
            assert {"press": spots >= 1, "knead": spots == 2}.get(hand.kind, spots == 0), name


def test_hands_are_a_left_one_and_a_right_one() -> None:
    """Nobody has two left hands."""
    for name, move in BY_NAME.items():
        sides = [hand.side for hand in move.hands if hand.side]
        assert len(set(sides)) == len(sides), name


def test_the_other_side_is_the_mirror_with_the_other_hands() -> None:
    """What is drawn on the left for the giver's left hand is drawn on the right for the right one."""
    for name in RIGHT_TOO:
        left, right = BY_NAME[name], BY_NAME[f"{name}-right"]
        other = {"left": "right", "right": "left"}
        assert [hand.side for hand in right.hands] == [other[hand.side] for hand in left.hands]
        assert [hand.at for hand in right.hands] == [(360 - hand.at[0], hand.at[1]) for hand in left.hands]
        assert right.mirrored().ways == left.ways
