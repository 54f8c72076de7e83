"""What tells a move without words, the same everywhere.

An arrow strokes along its line, an open ring circles, a target is pressed, two arrows at each other squeeze, one with
two ends sways; hands without any rest.
"""

from __future__ import annotations

from math import atan2, degrees, dist
from typing import TYPE_CHECKING

from voiceguide.drawing.figures.figure import one
from voiceguide.drawing.figures.pen import Pen, ahead, dots

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.drawing.figures.pen import Point

TARGET = (("mark", 21), ("halo", 14), ("mark", 7))
"""The colours of a target and how wide each is, from the outside in."""
STOP = (("mark", 11),)
"""The same of a place that comes later on a line."""


def angle_of(before: Point, tip: Point) -> float:
    """Return the direction from one point to another; 0 is up, 90 to the right."""
    return degrees(atan2(tip[0] - before[0], before[1] - tip[1]))


def head(tip: Point, angle: float, long: float = 10, pen: Pen | None = None) -> Pen:
    """Return an arrow's head, which looks so many degrees on."""
    pen = (pen or Pen()).lift(ahead(tip, angle, -long, -long * 0.7)).to(ahead(tip, angle, 2))
    return pen.to(ahead(tip, angle, -long, long * 0.7))


def arrow(way: str) -> Pen:
    """Return an arrow that no hand follows."""
    pen = one(way)
    before, tip = pen.heading
    return head(tip, angle_of(before, tip), pen=pen)


def round_arrow(ring: Pen) -> Pen:
    """Return the arrow that goes three quarters of the way round a ring: what is left open tells where it ends."""
    pen = ring.begun(3)
    before, tip = pen.heading
    radius = dist(tip, pen.leaving[1]) / 2**0.5
    (x, y), (begin_x, begin_y) = before, pen.leaving[1]
    clockwise = (tip[0] - x) * (begin_y - tip[1]) - (tip[1] - y) * (begin_x - tip[0]) > 0
    long = max(8.0, min(11.0, radius * 0.6))
    bend = degrees(long / 2 / radius)
    return head(tip, angle_of(before, tip) - (bend if clockwise else -bend), long, pen)


def sway(pen: Pen) -> Pen:
    """Return an arrow with two ends, longer than its line by both, so that they are told apart."""
    both = Pen()
    for before, tip in (pen.heading, pen.leaving):
        angle = angle_of(before, tip)
        end = ahead(tip, angle, 13)
        head(end, angle, 9, both.lift(tip).to(end))
    return both


def squeeze(at: Point, turn: float) -> Pen:
    """Return two arrows that point at each other: what lies between them is lifted and squeezed."""
    pen = Pen()
    for way in (turn, turn + 180):
        start, end = ahead(at, way, 24), ahead(at, way, 5)
        head(end, way + 180, 8, pen.lift(start).to(end))
    return pen


def on_from(before: Point, last: Point, far: float = 20, after: float = 0.0) -> Pen:
    """Return an arrow from `after` behind a place so far on, the way it was reached."""
    angle = angle_of(before, last)
    tip = ahead(last, angle, far)
    return head(tip, angle, pen=Pen().to(ahead(last, angle, after)).to(tip))


def places(spots: Sequence[Point], look: tuple[tuple[str, int], ...], colours: dict[str, str]) -> str:
    """Return the SVG of places that are pressed, from a round pen's dots."""
    d = dots(spots)
    return "".join(f'<path d="{d}" stroke="{colours[name]}" stroke-width="{wide}"/>' for name, wide in look)
