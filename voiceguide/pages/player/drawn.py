"""The drawings of a session as its page has them: every figure once, every move once, and which sides are mirrored."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from voiceguide import phrases
from voiceguide.drawing import atlas, ways
from voiceguide.drawing.vector import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voiceguide.drawing.vector import Element, Vector
    from voiceguide.timeline import Timeline

OUT = BACK = 6.0
"""Seconds of a drawing's own rhythm, where it does not say."""
_QUICKEST, _SLOWEST = 1.0, 30.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page needs to show a session's drawings."""

    svg: str
    """Figures and moves, each a group of its own by its id, as SVG without an element around them; "" for none."""
    told: Mapping[str, Any] | None
    """What the page's script is told of them; None where nothing is drawn."""


NOTHING = Drawn("", None)


def drawn(timeline: Timeline, own: Mapping[str, Vector]) -> Drawn:
    """Return a session's drawings; `own` are those that stand beside its routine.

    One that is not here is left out.
    """
    shown = dict.fromkeys(chapter.show for chapter in timeline.chapters if chapter.show)
    words = phrases.load(timeline.language).all_shown("drawing")
    vectors = {name: vector.labelled(words) for name in shown if (vector := atlas.found(name, own))}
    if not vectors:
        return NOTHING
    figures: dict[str, str] = {}
    moves: list[str] = []
    told: dict[str, Any] = {}
    for number, (name, vector) in enumerate(vectors.items(), 1):
        body = "".join(written(child) for child in vector.root.children if _is_figure(child))
        figure = figures.setdefault(body, f"figure-{len(figures) + 1}") if body else None
        moves.append(f'<g id="move-{number}">' + "".join(map(written, _moves(vector))) + "</g>")
        told[name] = _told(vector) | {"figure": figure, "move": f"move-{number}"}
    svg = "".join(f'<g id="{key}">{body}</g>' for body, key in figures.items()) + "".join(moves)
    return Drawn(svg, {"drawings": told, "mirrored": _mirrored(timeline)})


def _is_figure(element: Element) -> bool:
    return element.get("data-figure") is not None


def _moves(vector: Vector) -> Iterator[Element]:
    """What lies over the figure."""
    return (child for child in vector.root.children if not _is_figure(child))


def _told(vector: Vector) -> dict[str, Any]:
    root = vector.root
    pressed = {each.get("data-way") for each in _all(root) if each.get("data-kind") == "press"}
    out, back = (min(_SLOWEST, max(_QUICKEST, root.number(f"data-{way}", OUT))) for way in ("out", "back"))
    return {
        "title": vector.title,
        "box": _short((vector.box[:2], vector.box[2:])),
        "both": root.get("data-both") is not None,
        "out": out,
        "back": back,
        "spots": {number: _short(ways.corners(way)) for number, way in _ways(root) if number in pressed},
    }


def _ways(root: Element) -> Iterator[tuple[str, str]]:
    """Where hands may go, by the number of each."""
    for element in _all(root):
        number, way = element.get("data-way"), element.get("d")
        if number is not None and way is not None:
            yield number, way


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _all(child)


def _short(points: tuple[tuple[float, float], ...]) -> list[list[float]]:
    """Points as short as they are written: a tenth of a unit is more than is seen."""
    return [[int(each) if each == int(each) else round(each, 1) for each in point] for point in points]


def _mirrored(timeline: Timeline) -> list[list[bool]]:
    """Of every chapter, whether each of its slots shows the drawing's other side.

    A group's step has a chapter a side: they are looked at together.
    """
    book = phrases.load(timeline.language)
    told: list[list[bool]] = [[] for _ in timeline.chapters]
    numbered = sorted(enumerate(timeline.chapters), key=lambda each: each[1].step or 0)
    for _, same in groupby(numbered, key=lambda each: each[1].step):
        chapters = list(same)
        of = [(number, slot.side) for number, chapter in chapters for slot in chapter.slots]
        sides = book.mirrored([side or "" for _, side in of])
        for (number, _), mirrored in zip(of, sides, strict=True):
            told[number].append(mirrored)
    return told
