"""A move: hands on a figure, and the ways they go, as the text of an SVG file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING, Literal, cast

from voiceguide.drawing.figures import hands, marks
from voiceguide.drawing.figures.figure import SIDE, avoided, one
from voiceguide.drawing.figures.pen import Pen, ahead, inside, turned
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
    squeezes: bool = False
    """Whether what is pressed is squeezed between thumb and fingers."""

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


def squeeze(pose: str, side: Side, way: str, turn: float = 0.0, times: float = 0.0, arm: float = 0.0) -> Hand:
    """Return a hand that squeezes one place of its way after the other."""
    return replace(press(pose, side, way, turn, times, arm), squeezes=True)


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
        figure = self.figure
        over = [hand for hand in self._guides if _short(hand, figure.hand)]
        body = [
            figure.svg(),
            '<g fill="none" stroke-linecap="round">',
            avoided(self.avoid, figure.below),
            self._marks([hand for hand in self._guides if hand not in over], over=False),
            f'<g stroke="{figure.giver.line}" stroke-width="1.5">',
            *(self._drawn(hand) for hand in self.hands),
            "</g>",
            self._marks(over, self.signs, over=True),
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

    def _marks(self, guides: list[Hand], signs: tuple[Pen, ...] = (), *, over: bool) -> str:
        """The ways of hands, and what tells their moves; over hands with what makes it be seen on them."""
        tone = self.figure.tone
        heads = "".join(pen.d for hand in guides for pen in _heads(hand)) + "".join(pen.d for pen in signs)
        ways = "".join(
            f'<path class="way" data-way="{self.ways.index(hand.way.d) + 1}" d="{hand.way.d}"'
            + ("/>" if _lined(hand) else ' stroke="none"/>')
            for hand in guides
            if hand.way
        )
        lined = "".join(hand.way.d for hand in guides if hand.way and _lined(hand)) + heads
        text = f'<path d="{lined}" stroke="{tone.halo}" stroke-width="9"/>' if over and lined else ""
        text += ways + (f'<path d="{heads}"/>' if heads else "")
        colours = {"halo": tone.halo, "mark": tone.mark}
        pressed = [spot for hand in guides if hand.kind == "press" and not hand.squeezes for spot in hand.spots]
        text += marks.places(pressed, marks.TARGET, colours) if pressed else ""
        later = [spot for hand in guides if hand.squeezes for spot in hand.spots[1:-1]]
        text += marks.places(later, marks.STOP, colours) if later else ""
        return text and f'<g stroke="{tone.mark}" stroke-width="4">{text}</g>'

    def _drawn(self, hand: Hand) -> str:
        x, y = hand.at
        turn = f" rotate({hand.turn:g})" if hand.turn else ""
        side = f' data-hand="{hand.side}"' if hand.side else ""
        way = f' data-way="{self.ways.index(hand.way.d) + 1}"' if hand.way else ""
        own = self.figure.own
        times = f"{(hand.times or self.figure.hand) / hands.WRITTEN:g}".lstrip("0")
        of = ' data-of="self"' if own else ""
        drawn = hands.drawn(
            hand.pose, self.figure.giver, left=hand.side == "left", sleeve=SHIRT if own else SLEEVE, arm=hand.arm
        )
        return (
            f'<g class="hand"{side}{of}{way} data-kind="{hand.kind}"'
            f' transform="translate({x:g},{y:g}){turn}"><g transform="scale({times})">'
            f"{drawn}</g></g>"
        )


def _short(hand: Hand, times: float) -> bool:
    """Whether a hand would hide most of its way, so that this lies over it."""
    if hand.way is None or hand.kind != "glide" or _reach(hand) < 80:
        return True
    seen = hands.shadow(hand.pose, hand.at, hand.turn, hand.times or times, left=hand.side == "left")
    along = hand.way.along()
    return sum(inside(point, seen) for point in along) > 0.5 * len(along)


def _sways(hand: Hand) -> bool:
    """Whether a hand goes to and fro so little that its way back counts as much as its way out."""
    return hand.kind == "glide" and _reach(hand) < 32


def _far(hand: Hand) -> float:
    """How far its first place is from its last."""
    return dist(hand.spots[0], hand.spots[-1]) if hand.spots else 0.0


def _goes_on(hand: Hand) -> bool:
    """Whether the places that a hand presses or kneads lead somewhere, and do not just lie about."""
    if hand.kind == "knead":
        return _far(hand) >= 37
    return len(hand.spots) > 2 and sum(dist(*pair) for pair in pairwise(hand.spots)) < 1.1 * _far(hand)


def _reach(hand: Hand) -> float:
    """How far a hand goes, across and down."""
    if hand.way is None:
        return 0.0
    (x, y), (_, tip) = hand.at, hand.way.heading
    return abs(tip[0] - x) + abs(tip[1] - y)


def _lined(hand: Hand) -> bool:
    """Whether a hand's way is a line that is seen."""
    return hand.kind == "glide" or (hand.kind == "press" and not hand.squeezes and _goes_on(hand))


def _heads(hand: Hand) -> list[Pen]:
    """What tells a hand's move, but for its way and its places."""
    if hand.way is None:
        return []
    if hand.kind == "circle":
        return [marks.round_arrow(hand.way)]
    if _sways(hand):
        return [marks.sway(hand.way)]
    if not hand.spots:
        before, tip = hand.way.heading
        return [marks.head(tip, marks.angle_of(before, tip))]
    told = [marks.squeeze(hand.at, _across(hand))] if hand.kind == "knead" or hand.squeezes else []
    if _goes_on(hand):
        first, second, last = hand.spots[0], hand.spots[1], hand.spots[-1]
        if told:
            # From beside what is squeezed first, so that the two are told apart.
            way = one(" ".join(f"{x:.0f},{y:.0f}" for x, y in (_beside(first, second), *hand.spots[1:])))
            before, tip = way.heading
            told.append(marks.head(tip, marks.angle_of(before, tip), pen=way))
        else:
            told.append(marks.on_from(hand.spots[-2], last, 26))
    return told


def _beside(first: Point, second: Point) -> Point:
    return ahead(first, marks.angle_of(first, second), 14)


def _across(hand: Hand) -> float:
    """Which way a hand squeezes: between thumb and fingers, or toward its palm where that would lie along its line."""
    x, y = turned((hand.spots[-1][0] - hand.at[0], hand.spots[-1][1] - hand.at[1]), -hand.turn)
    return hand.turn + (0 if _goes_on(hand) and abs(x) > abs(y) else 90)
