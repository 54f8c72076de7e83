"""Paths as SVG writes them (SVG 2, 9.3), as rows of points: curves and arcs become short straight lines."""

from __future__ import annotations

import re
from itertools import pairwise
from math import atan2, ceil, cos, hypot, pi, radians, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.drawing.curves import Point

_NUMBER = re.compile(r"[\s,]*([+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d{1,3}+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_COMMAND = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLAGS = (3, 4)
"""Which of an arc's numbers are 0 or 1, and may be written without a space after them."""

_SHORTEST, _STEPS = 4.0, 24
"""Units of a straight line that a curve is made of, about; how many there are of them at most."""


class Row(NamedTuple):
    """A part of a path that is drawn without lifting the pen."""

    points: tuple[Point, ...]
    closed: bool


class _Malformed(Exception):
    """Carries from where on a path is none."""


def fault(way: str, largest: float) -> str | None:
    """Return from where on a text is no path, or has a number over `largest`; None where it is one."""
    try:
        for _, numbers in _commands(way):
            if any(abs(number) > largest for number in numbers):
                return way
    except _Malformed as error:
        return str(error)
    return None


def rows(way: str) -> tuple[Row, ...]:
    """Return the rows of points of a path without a fault."""
    pen = _Pen()
    for command, numbers in _commands(way):
        pen.take(command, numbers)
    return pen.rows()


def corners(way: str) -> tuple[Point, ...]:
    """Return the points that a path without a fault goes through by its own commands, each once where it stays."""
    pen = _Pen()
    found: list[Point] = []
    for command, numbers in _commands(way):
        pen.take(command, numbers)
        if not found or pen.at != found[-1]:
            found.append(pen.at)
    return tuple(found)


def _commands(way: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """A path's commands, each with as many numbers as one of it takes."""
    at, command, met = 0, "", False
    end = len(way.rstrip())
    while at < end:
        if found := _COMMAND.match(way, at):
            command, at = found[1], found.end()
            if not met and command not in "Mm":
                raise _Malformed(way)
            met = True
        elif not command or command in "Zz":
            raise _Malformed(way[at:])
        numbers = []
        for place in range(_TAKES[command.upper()]):
            pattern = _FLAG if command in "Aa" and place in _FLAGS else _NUMBER
            if not (number := pattern.match(way, at)):
                raise _Malformed(way[at:] or way)
            numbers.append(float(number[1]))
            at = number.end()
        yield command, tuple(numbers)
        command = {"M": "L", "m": "l"}.get(command, command)


class _Pen:
    """Where a path has come to."""

    def __init__(self) -> None:
        self.found: list[Row] = []
        self.row: list[Point] = []
        self.at = self.start = self.turn = (0.0, 0.0)
        self.before = ""

    def rows(self) -> tuple[Row, ...]:
        self._lift(closed=False)
        return tuple(self.found)

    def take(self, command: str, numbers: tuple[float, ...]) -> None:
        x, y = self.at if command.islower() else (0.0, 0.0)
        kind = command.upper()
        if kind == "A":
            radii_turn, flags, end = numbers[:3], numbers[3:5], (numbers[5] + x, numbers[6] + y)
            self._through(_arc(self.at, radii_turn, flags, end))
        elif kind in "HV":
            self._through([(numbers[0] + x, self.at[1]) if kind == "H" else (self.at[0], numbers[0] + y)])
        elif kind == "Z":
            self.at = self.start
            self._lift(closed=True)
        else:
            points = [(left + x, top + y) for left, top in zip(numbers[::2], numbers[1::2], strict=True)]
            if kind == "M":
                self._lift(closed=False)
                self.at = self.start = points[0]
            elif kind == "L":
                self._through(points)
            else:
                self._bend(kind, points)
        self.before = kind

    def _bend(self, kind: str, points: list[Point]) -> None:
        """A Bézier curve; the smooth ones leave as the one before came in."""
        if kind in "ST":
            follows = self.before in ("CS" if kind == "S" else "QT")
            (x, y), (turn_x, turn_y) = self.at, self.turn
            points = [(2 * x - turn_x, 2 * y - turn_y) if follows else self.at, *points]
        self.turn = points[-2]
        self._through(_bezier([self.at, *points]))

    def _through(self, points: list[Point]) -> None:
        self.row = self.row or [self.at]
        self.row += points
        self.at = points[-1]

    def _lift(self, *, closed: bool) -> None:
        if self.row:
            self.found.append(Row(tuple(self.row), closed))
        self.row = []


def _steps(length: float) -> int:
    return min(_STEPS, max(1, ceil(length / _SHORTEST)))


def _bezier(points: list[Point]) -> list[Point]:
    """The curve as points, its start left out."""
    long = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points))
    steps = _steps(long)
    row = []
    for number in range(1, steps + 1):
        share = number / steps
        left = points
        while len(left) > 1:  # de Casteljau
            pairs = pairwise(left)
            left = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairs]
        row.append(left[0])
    return row


def _arc(start: Point, shape: tuple[float, ...], flags: tuple[float, ...], end: Point) -> list[Point]:
    """An elliptic arc as points, its start left out (SVG 2, B.2.4 and B.2.5)."""
    wide, high, angle = abs(shape[0]), abs(shape[1]), radians(shape[2])
    if not wide or not high or start == end:
        return [end]
    turn_x, turn_y = cos(angle), sin(angle)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = turn_x * half_x + turn_y * half_y, turn_x * half_y - turn_y * half_x
    if (larger := (x / wide) ** 2 + (y / high) ** 2) > 1:
        wide, high = wide * sqrt(larger), high * sqrt(larger)
    below = (wide * y) ** 2 + (high * x) ** 2
    far = sqrt(max(0.0, (wide * high) ** 2 / below - 1)) * (-1 if flags[0] == flags[1] else 1)
    middle_x, middle_y = far * wide * y / high, -far * high * x / wide
    centre_x = turn_x * middle_x - turn_y * middle_y + (start[0] + end[0]) / 2
    centre_y = turn_y * middle_x + turn_x * middle_y + (start[1] + end[1]) / 2
    first = atan2((y - middle_y) / high, (x - middle_x) / wide)
    sweep = (atan2((-y - middle_y) / high, (-x - middle_x) / wide) - first) % (2 * pi)
    if not flags[1]:
        sweep -= 2 * pi
    steps = _steps(abs(sweep) * max(wide, high))
    row = []
    for number in range(1, steps):
        at = first + sweep * number / steps
        left, top = wide * cos(at), high * sin(at)
        row.append((turn_x * left - turn_y * top + centre_x, turn_y * left + turn_x * top + centre_y))
    return [*row, end]
