"""A move: hands on a figure, and the ways they go, as the text of an SVG file."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, degrees
from typing import TYPE_CHECKING, Literal

from voiceguide.drawing.figures import hands
from voiceguide.drawing.figures.figure import SIDE, avoided
from voiceguide.drawing.figures.pen import Pen, ahead, dots
from voiceguide.drawing.figures.tones import BROWN
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from voiceguide.drawing.figures.figure import Avoid, Figure
    from voiceguide.drawing.figures.pen import Point
    from voiceguide.drawing.figures.tones import Skin

Kind = Literal["glide", "circle", "press", "hold", "knead", "still"]


@dataclass(frozen=True, slots=True)
class Way:
    """Where hands go."""

    pen: Pen
    spots: tuple[Point, ...] = ()
    """The places along it that are pressed or kneaded one after the other."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand on a figure."""

    pose: str
    side: Literal["left", "right"]
    at: Point
    """Where it touches when it begins."""
    turn: float = 0.0
    """Degrees, clockwise; 0 has its fingers up the picture."""
    way: int = 0
    """Which of the move's ways it goes, counted from 1; 0 for none."""
    kind: Kind = "still"
    times: float = 0.56
    """How large: a hand of 180 units."""


@dataclass(frozen=True, slots=True)
class Move:
    """What is done with the hands on a figure."""

    name: str
    """As a routine's `show` names it, behind the area."""
    title: str
    figure: Figure
    hands: tuple[Hand, ...]
    ways: tuple[Way, ...] = ()
    skin: Skin = BROWN
    """The giver's."""
    by: Literal["giver", "self"] = "giver"
    """Whose the hands are."""
    both: bool = False
    """Whether both sides are shown, so that nothing is to be mirrored."""
    out: float = 6.0
    """Seconds out, or round, or pressed, where no rhythm tells."""
    back: float = 6.0
    avoid: tuple[Avoid, ...] = ()
    """What else may not be pressed."""
    signs: tuple[Pen, ...] = ()
    """Lines over the hands, in the ways' colour."""

    @property
    def area(self) -> str:
        """Its folder."""
        return self.figure.name

    def svg(self) -> str:
        """Its file's text."""
        mark = self.figure.skin.mark
        body = [
            self.figure.svg(),
            '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
            *(avoided(place, self.figure.skin) for place in self.avoid),
            *(_way(way, number, mark) for number, way in enumerate(self.ways, 1)),
            f'<g stroke="{self.skin.line}" stroke-width="3">',
            *(_hand(hand, self) for hand in self.hands),
            "</g>",
            *(f'<path d="{sign.d}" stroke="{mark}" stroke-width="3"/>' for sign in self.signs),
            "</g>",
        ]
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img"'
            f' data-out="{self.out:g}" data-back="{self.back:g}"{" data-both=" + chr(34) * 2 if self.both else ""}>'
            f"<title>{escaped(self.title)}</title>{''.join(body)}</svg>\n"
        )


def _way(way: Way, number: int, mark: str) -> str:
    line = f'stroke="{mark}" stroke-width="3"'
    text = f'<path class="way" data-way="{number}" d="{way.pen.d}" {line}/>'
    if way.spots:
        return text + f'<path d="{dots(way.spots)}" stroke="{mark}" stroke-width="9"/>'
    return text + f'<path d="{_arrow(*way.pen.heading).d}" {line}/>'


def squeeze(at: Point, turn: float = 0.0, apart: float = 16.0) -> Pen:
    """Return two arrows that point at each other: what lies between them is lifted and squeezed."""
    pen = Pen()
    for way in (turn, turn + 180):
        start, end = ahead(at, way, apart + 16), ahead(at, way, apart - 8)
        pen.lift(start).to(end)
        _arrow(start, end, pen, 7)
    return pen


def _arrow(before: Point, tip: Point, pen: Pen | None = None, long: float = 10) -> Pen:
    angle = degrees(atan2(tip[0] - before[0], before[1] - tip[1]))
    pen = (pen or Pen()).lift(ahead(tip, angle, -long, -long * 0.7)).to(ahead(tip, angle, 2))
    return pen.to(ahead(tip, angle, -long, long * 0.7))


def _hand(hand: Hand, move: Move) -> str:
    x, y = hand.at
    turn = f" rotate({hand.turn:g})" if hand.turn else ""
    way = f' data-way="{hand.way}"' if hand.way else ""
    return (
        f'<g class="hand" data-hand="{hand.side}" data-of="{move.by}"{way} data-kind="{hand.kind}"'
        f' transform="translate({x:g},{y:g}){turn}"><g transform="scale({hand.times:g})">'
        f"{hands.hand(hands.POSES[hand.pose], move.skin, left=hand.side == 'left')}</g></g>"
    )
