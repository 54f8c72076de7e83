"""Paths written as short as SVG allows: whole numbers, each from where the pen stands."""

from __future__ import annotations

from itertools import pairwise
from math import cos, hypot, radians, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Point = tuple[float, float]


def turned(point: Point, degrees: float, times: float = 1.0) -> Point:
    """Return a point turned clockwise round (0, 0), and so many times as far away from it."""
    (x, y), angle = point, radians(degrees)
    return times * (x * cos(angle) - y * sin(angle)), times * (x * sin(angle) + y * cos(angle))


def ahead(point: Point, degrees: float, far: float, aside: float = 0.0) -> Point:
    """Return the point so far ahead of one, and so far to the right; 0 degrees is up, and 90 to the right."""
    x, y = turned((aside, -far), degrees)
    return point[0] + x, point[1] + y


class Pen:
    """A path that is being drawn. Places are absolute, in units of the picture; what is written is relative."""

    def __init__(self) -> None:
        self._steps: list[tuple[str, tuple[Point, ...]]] = []

    def to(self, *points: Point) -> Pen:
        """Go to a point: the first time without a line, then with one, or a curve by its controls before its end."""
        kind = "m" if not self._steps or self._steps[-1][0] == "z" else "lqc"[len(points) - 1]
        self._steps.append((kind, points))
        return self

    def lift(self, point: Point) -> Pen:
        """Go to a point without a line."""
        self._steps.append(("m", (point,)))
        return self

    def through(self, places: Sequence[tuple[Point, bool]], closed: bool) -> Pen:
        """Draw the smooth curve through places; those that say so are corners."""
        points = [point for point, _ in places]
        slopes = [(0.0, 0.0) if sharp else _slope(points, at, closed) for at, (_, sharp) in enumerate(places)]
        if self._steps and self._steps[-1][0] != "z":
            self.lift(points[0])
        else:
            self.to(points[0])
        count = len(points)
        far = [_far(points[at], points[(at + 1) % count]) for at in range(count)]
        # One reach on both sides of a point, so that SVG's short curve can be written; no longer than the nearer side.
        reach = [
            min((far[at - 1] + far[at]) * 0.19, 0.5 * far[at - 1], 0.5 * far[at])
            if closed or 0 < at < count - 1
            else far[min(at, count - 2)] / 3
            for at in range(count)
        ]
        for at in range(count if closed else count - 1):
            start, end = points[at], points[(at + 1) % count]
            leave, come = slopes[at], slopes[(at + 1) % count]
            goes, comes = reach[at], reach[(at + 1) % count]
            if places[at][1] and places[(at + 1) % count][1]:
                if not closed or at < count - 1:
                    self.to(end)
                continue
            self.to(
                (start[0] + leave[0] * goes, start[1] + leave[1] * goes),
                (end[0] - come[0] * comes, end[1] - come[1] * comes),
                end,
            )
        return self.close() if closed else self

    def close(self) -> Pen:
        """Go straight back to where it began."""
        self._steps.append(("z", ()))
        return self

    def mirrored(self) -> Pen:
        """Return the same on the other side of x = 0."""
        other = Pen()
        other._steps = [(kind, tuple((-x, y) for x, y in points)) for kind, points in self._steps]
        return other

    def placed(self, at: Point, degrees: float = 0.0, times: float = 1.0) -> Pen:
        """Return the same, turned and scaled round (0, 0), which comes to `at`."""
        other = Pen()
        for kind, points in self._steps:
            spots = (turned(point, degrees, times) for point in points)
            other._steps.append((kind, tuple((x + at[0], y + at[1]) for x, y in spots)))
        return other

    def begun(self, steps: int) -> Pen:
        """Return its beginning: so many lines and curves."""
        other = Pen()
        other._steps = self._steps[: steps + 1]
        return other

    @property
    def heading(self) -> tuple[Point, Point]:
        """Where its arrow is: a point shortly before it, and the place itself; the end, or half of the way round."""
        drawn = [points for kind, points in self._steps if kind != "z"]
        points = drawn[-1] if len(drawn) == len(self._steps) else drawn[len(drawn) // 2]
        return (points[-2] if len(points) > 1 else drawn[-2][-1]), points[-1]

    @property
    def leaving(self) -> tuple[Point, Point]:
        """A point shortly after where it begins, and the place itself: its heading, were it drawn from its end."""
        (_, (begin, *_)), (_, (near, *_)) = self._steps[:2]
        return near, begin

    def along(self) -> list[Point]:
        """Return points along it, close enough to tell where it goes."""
        points: list[Point] = []
        for kind, places in self._steps:
            start = points[-1] if points and kind not in "mz" else None
            if start is None:
                points += places
                continue
            for share in (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0):
                curve = [start, *places]
                while len(curve) > 1:
                    curve = [_between(one, other, share) for one, other in pairwise(curve)]
                points += curve
        return points

    @property
    def d(self) -> str:
        """The path's text."""
        text, x, y, begun, before = "", 0, 0, (0, 0), ""
        onward: Point | None = None
        for kind, points in self._steps:
            if kind == "z":
                text, (x, y), before, onward = text + "z", begun, "z", None
                continue
            spots = [(round(left), round(top)) for left, top in points]
            command, end = kind, spots[-1]
            if kind == "c":
                if onward and _far(onward, spots[0]) < 1.5:
                    command, spots = "s", spots[1:]
                onward = 2 * end[0] - spots[-2][0], 2 * end[1] - spots[-2][1]
            else:
                onward = None
            numbers = [value for left, top in spots for value in (left - x, top - y)]
            if kind == "m":
                command = "m" if text else "M"
                begun = end
            elif kind == "l" and 0 in numbers:
                command, numbers = ("v", [numbers[1]]) if numbers[0] == 0 else ("h", [numbers[0]])
                if numbers == [0] and command == "v":
                    continue
            x, y = end
            # What follows a move is a line, so that a second move has to say what it is.
            again = command == before and command not in "mM"
            text += ("" if again else command) + _row(numbers, again)
            before = command
        return text


def inside(point: Point, corners: Sequence[Point]) -> bool:
    """Return whether a point lies inside an outline of straight sides."""
    (x, y), crossed = point, 0
    for (left, top), (right, low) in pairwise([*corners, corners[0]]):
        crossed += (top > y) != (low > y) and x < left + (y - top) / (low - top) * (right - left)
    return crossed % 2 == 1


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _row(numbers: Sequence[int], go_on: bool) -> str:
    """Numbers with what parts them; a minus parts by itself."""
    text = "".join(f"{number}" if number < 0 else f" {number}" for number in numbers)
    return text if go_on else text.lstrip()


def _far(one: Point, other: Point) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _slope(points: Sequence[Point], at: int, closed: bool) -> Point:
    """Which way a smooth curve passes a point, one unit long; the nearer neighbour says more."""
    (x, y), count = points[at], len(points)
    if not closed and at in (0, count - 1):
        near = points[1] if at == 0 else points[at - 1]
        way = (near[0] - x, near[1] - y) if at == 0 else (x - near[0], y - near[1])
    else:
        before, after = points[at - 1], points[(at + 1) % count]
        come, leave = (x - before[0], y - before[1]), (after[0] - x, after[1] - y)
        long_come, long_leave = hypot(*come) or 1.0, hypot(*leave) or 1.0
        way = (
            come[0] / long_come * long_leave + leave[0] / long_leave * long_come,
            come[1] / long_come * long_leave + leave[1] / long_leave * long_come,
        )
    long = hypot(*way) or 1.0
    return way[0] / long, way[1] / long


def dots(points: Iterable[Point]) -> str:
    """Return the path of points of no length, which a round pen makes dots of."""
    text, x, y = "", 0, 0
    for left, top in ((round(left), round(top)) for left, top in points):
        text += f"M{left} {top}h0" if not text else "m" + _row((left - x, top - y), False) + "h0"
        x, y = left, top
    return text


def hatching(outline: Sequence[Point], apart: float = 10.0) -> str:
    """Return an outline of straight sides, and slanting lines across it, so far apart."""
    # Along u = x + y the lines are level; each is cut where the outline's sides cross it.
    turns = [((x + y), (x - y)) for x, y in outline]
    low, high = min(u for u, _ in turns), max(u for u, _ in turns)
    pen, u = Pen().to(*outline[:1]), low + apart * 0.7
    for corner in outline[1:]:
        pen.to(corner)
    pen.close()
    while u < high:
        cuts = sorted(
            start[1] + (u - start[0]) / (end[0] - start[0]) * (end[1] - start[1])
            for start, end in zip(turns, [*turns[1:], turns[0]], strict=True)
            if (start[0] <= u) != (end[0] <= u)
        )
        for first, second in zip(cuts[::2], cuts[1::2], strict=True):
            if second - first > 6:
                pen.lift(((u + first) / 2, (u - first) / 2)).to(((u + second) / 2, (u - second) / 2))
        u += apart * 1.7
    return pen.d
