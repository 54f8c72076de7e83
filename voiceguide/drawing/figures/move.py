"""A move: hands on a figure, and the ways they go, as the text of an SVG file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import atan2, degrees, dist
from typing import TYPE_CHECKING, Literal, cast

from voiceguide.drawing.figures import hands
from voiceguide.drawing.figures.figure import SIDE, avoided, one
from voiceguide.drawing.figures.pen import Pen, ahead, dots, turned
from voiceguide.drawing.figures.tones import SHIRT, SLEEVE
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from voiceguide.drawing.figures.figure import Avoid, Figure
    from voiceguide.drawing.figures.pen import Point

Kind = Literal["glide", "circle", "press", "knead", "still"]
Side = Literal["left", "right", ""]


@dataclass(frozen=True, slots=True)
class Hand:
    """A hand, or a tool, where it begins on a figure, and what it does."""

    pose: str
    """Of `hands.POSES`, or a tool's name."""
    side: Side
    """Which hand it is; "" for a tool."""
    at: Point
    """Where it touches when it begins: whole units, where its way begins."""
    turn: float = 0.0
    """Degrees, clockwise; 0 has its fingers up the picture."""
    kind: Kind = "still"
    way: Pen | None = None
    """Where it goes."""
    spots: tuple[Point, ...] = ()
    """The places along its way that are pressed or kneaded one after the other."""
    times: float = 0.0
    """How large; 0 is as large as any on its figure."""
    arm: float = 0.0
    """How much of the forearm is seen, in the hand's units; 0 is as much as its pose has."""

    def mirrored(self) -> Hand:
        """Return the other hand, on the other side of the picture."""
        (x, y), other = self.at, {"left": "right", "right": "left", "": ""}
        return replace(
            self,
            side=cast("Side", other[self.side]),
            at=(SIDE - x, y),
            turn=-self.turn,
            way=self.way and self.way.placed((-SIDE, 0)).mirrored(),
            spots=tuple((SIDE - left, top) for left, top in self.spots),
        )


def rest(pose: str, side: Side, at: Point, turn: float = 0.0, times: float = 0.0, arm: float = 0.0) -> Hand:
    """Return a hand that stays."""
    return Hand(pose, side, at, turn, times=times, arm=arm)


def glide(pose: str, side: Side, way: str, turn: float = 0.0, times: float = 0.0, arm: float = 0.0) -> Hand:
    """Return a hand that goes out along its way and comes back."""
    return Hand(pose, side, _spots(way)[0], turn, "glide", one(way), (), times, arm)


def circle(
    pose: str,
    side: Side,
    middle: Point,
    radius: float,
    turn: float = 0.0,
    begin: float = 180,
    times: float = 0.0,
    arm: float = 0.0,
) -> Hand:
    """Return a hand that goes round clockwise, from the side of its circle at so many degrees on (0 is up).

    A negative radius goes round the other way.
    """
    x, y = middle
    steps = (begin + (90 if radius > 0 else -90) * number for number in range(4))
    corners = [ahead((0, 0), angle, abs(radius)) for angle in steps]
    way = [(round(x + left), round(y + top)) for left, top in corners]
    pen = Pen().through([((float(left), float(top)), False) for left, top in way], True)
    return Hand(pose, side, way[0], turn, "circle", pen, (), times, arm)


def press(pose: str, side: Side, way: str, turn: float = 0.0, times: float = 0.0, arm: float = 0.0) -> Hand:
    """Return a hand that presses one place of its way after the other."""
    spots = _spots(way)
    return Hand(pose, side, spots[0], turn, "press", one(way if len(spots) > 1 else f"{way} {way}"), spots, times, arm)


def knead(pose: str, side: Side, way: str, turn: float = 0.0, times: float = 0.0, arm: float = 0.0) -> Hand:
    """Return a hand that kneads two places by turns."""
    spots = _spots(way)
    return Hand(pose, side, spots[0], turn, "knead", one(way), spots, times, arm)


def _spots(way: str) -> tuple[Point, ...]:
    return tuple((int(x), int(y)) for x, y in (spot.split(",") for spot in way.replace("!", "").split()))


@dataclass(frozen=True, slots=True)
class Move:
    """What is done with the hands on a figure."""

    name: str
    """As a routine's `show` names it, behind the area."""
    title: str
    """What one sees, in English."""
    figure: Figure
    hands: tuple[Hand, ...]
    """Those that come later lie on those before."""
    both: bool = False
    """Whether both sides are shown, so that nothing is to be mirrored."""
    out: float = 6.0
    """Seconds out, or round, or pressed, where no rhythm tells."""
    back: float = 0.0
    """Seconds back, or of the next round, or until the next press; 0 is as long as `out`."""
    avoid: tuple[Avoid, ...] = ()
    """What else may not be pressed."""
    signs: tuple[Pen, ...] = ()
    """Lines over the hands, in the ways' colour."""

    def mirrored(self) -> Move:
        """Return the same on the receiver's right side, with the giver's other hands; a file of its own.

        It is for a step that is about the right side alone: a step with sides is mirrored where it is shown.
        """
        return replace(
            self,
            name=f"{self.name}-right",
            figure=self.figure.mirrored(),
            hands=tuple(hand.mirrored() for hand in self.hands),
            avoid=tuple(place.mirrored() for place in self.avoid),
            signs=tuple(sign.placed((-SIDE, 0)).mirrored() for sign in self.signs),
        )

    @property
    def area(self) -> str:
        """Its folder."""
        return self.figure.area or self.figure.name

    @property
    def ways(self) -> tuple[str, ...]:
        """The paths that hands go, each once."""
        return tuple(dict.fromkeys(hand.way.d for hand in self.hands if hand.way))

    def svg(self) -> str:
        """Its file's text."""
        figure, tone = self.figure, self.figure.tone
        over = [hand for hand in self._guides if _short(hand)]
        body = [
            figure.svg(),
            '<g fill="none" stroke-linecap="round" stroke-linejoin="round">',
            avoided(self.avoid, figure.below),
            self._marks([hand for hand in self._guides if hand not in over], (), tone.mark),
            f'<g stroke="{figure.giver.line}" stroke-width="3">',
            *(self._drawn(hand) for hand in self.hands),
            "</g>",
            _halo(over, self.signs, tone.halo),
            self._marks(over, self.signs, tone.mark),
            "</g>",
        ]
        sides = ' data-both=""' if self.both else ""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" role="img"'
            f' data-out="{self.out:g}" data-back="{self.back or self.out:g}"{sides}>'
            f"<title>{escaped(self.title)}</title>{''.join(body)}</svg>\n"
        )

    @property
    def _guides(self) -> list[Hand]:
        """The first hand of each way."""
        return [next(hand for hand in self.hands if hand.way and hand.way.d == d) for d in self.ways]

    def _marks(self, guides: list[Hand], signs: tuple[Pen, ...], mark: str) -> str:
        """The ways of hands, their arrows and places, and signs."""
        ways = "".join(
            f'<path class="way" data-way="{self.ways.index(hand.way.d) + 1}" d="{hand.way.d}"'
            + (' stroke="none"/>' if _stays(hand) else "/>")
            for hand in guides
            if hand.way
        )
        heads, places = _heads(guides, signs)
        heads = heads and f'<path d="{heads}"/>'
        places = places and f'<path d="{places}" stroke-width="9"/>'
        text = ways + heads + places
        return text and f'<g stroke="{mark}" stroke-width="3">{text}</g>'

    def _drawn(self, hand: Hand) -> str:
        x, y = hand.at
        turn = f" rotate({hand.turn:g})" if hand.turn else ""
        side = f' data-hand="{hand.side}"' if hand.side else ""
        way = f' data-way="{self.ways.index(hand.way.d) + 1}"' if hand.way else ""
        times, own = hand.times or self.figure.hand, self.figure.own
        drawn = hands.drawn(
            hand.pose, self.figure.giver, left=hand.side == "left", sleeve=SHIRT if own else SLEEVE, arm=hand.arm
        )
        return (
            f'<g class="hand"{side} data-of="{"self" if own else "giver"}"{way} data-kind="{hand.kind}"'
            f' transform="translate({x:g},{y:g}){turn}"><g transform="scale({f"{times:g}".lstrip("0")})">'
            f"{drawn}</g></g>"
        )


def _short(hand: Hand) -> bool:
    """Whether a hand would hide most of its way, so that this lies over it."""
    return hand.kind != "glide" or _reach(hand) < 80


def _sways(hand: Hand) -> bool:
    """Whether a hand goes to and fro so little that its way back counts as much as its way out."""
    return hand.kind == "glide" and _reach(hand) < 32


def _stays(hand: Hand) -> bool:
    """Whether a hand kneads so nearly one place that no line is to be seen."""
    return hand.kind == "knead" and dist(hand.spots[0], hand.spots[-1]) < 37


def _goes_on(hand: Hand) -> bool:
    """Whether the places that a hand presses lead somewhere, and do not just lie about."""
    far = sum(dist(*pair) for pair in pairwise(hand.spots))
    return hand.kind == "press" and len(hand.spots) > 2 and far < 1.1 * dist(hand.spots[0], hand.spots[-1])


def _reach(hand: Hand) -> float:
    """How far a hand goes, across and down."""
    if hand.way is None:
        return 0.0
    (x, y), (_, tip) = hand.at, hand.way.heading
    return abs(tip[0] - x) + abs(tip[1] - y)


def _heads(guides: list[Hand], signs: tuple[Pen, ...]) -> tuple[str, str]:
    """The paths of all arrows and signs, and of all places."""
    heads = [_arrow(*hand.way.heading) for hand in guides if hand.way and not hand.spots]
    heads += [_arrow(*hand.way.heading) for hand in guides if hand.way and hand.kind == "knead" and not _stays(hand)]
    heads += [_onward(*hand.spots[-2:]) for hand in guides if _goes_on(hand)]
    heads += [_arrow(*hand.way.leaving) for hand in guides if hand.way and _sways(hand)]
    squeezed = [_squeeze(hand.at, _across(hand)) for hand in guides if hand.kind == "knead"]
    places = [dots(hand.spots) for hand in guides if hand.kind == "press"]
    return "".join(pen.d for pen in (*heads, *squeezed, *signs)), "".join(places)


def _halo(guides: list[Hand], signs: tuple[Pen, ...], colour: str) -> str:
    """What makes lines be seen on hands and skin alike."""
    heads, places = _heads(guides, signs)
    lines = "".join(hand.way.d for hand in guides if hand.way and not _stays(hand)) + heads
    text = lines and f'<path d="{lines}" stroke="{colour}" stroke-width="7"/>'
    return text + (places and f'<path d="{places}" stroke="{colour}" stroke-width="13"/>')


def _across(hand: Hand) -> float:
    """Which way a hand squeezes: between thumb and fingers, or toward its palm where that would lie along its line."""
    x, y = turned((hand.spots[-1][0] - hand.at[0], hand.spots[-1][1] - hand.at[1]), -hand.turn)
    return hand.turn + (0 if not _stays(hand) and abs(x) > 2 * abs(y) else 90)


def _squeeze(at: Point, turn: float) -> Pen:
    """Two arrows that point at each other: what lies between them is lifted and squeezed."""
    pen = Pen()
    for way in (turn, turn + 180):
        start, end = ahead(at, way, 20), ahead(at, way, 5)
        pen.lift(start).to(end)
        _arrow(start, end, pen, 6)
    return pen


def _onward(before: Point, last: Point) -> Pen:
    """Return an arrow from the last place on, the way it was reached."""
    angle = degrees(atan2(last[0] - before[0], before[1] - last[1]))
    tip = ahead(last, angle, 20)
    return _arrow(last, tip, Pen().to(last).to(tip))


def arrow(way: str) -> Pen:
    """Return an arrow that no hand follows."""
    pen = one(way)
    return _arrow(*pen.heading, pen)


def _arrow(before: Point, tip: Point, pen: Pen | None = None, long: float = 10) -> Pen:
    angle = degrees(atan2(tip[0] - before[0], before[1] - tip[1]))
    pen = (pen or Pen()).lift(ahead(tip, angle, -long, -long * 0.7)).to(ahead(tip, angle, 2))
    return pen.to(ahead(tip, angle, -long, long * 0.7))
