"""Hands as they look from above: each pose of the right hand, its fingers up the picture, a hand 180 units long.

A pose's (0, 0) is what touches: the middle of the palm, the finger pads, the tip of the thumb. The left hand is the
same in a mirror, and so is a hand whose palm is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.drawing.figures.pen import Pen, ahead
from voiceguide.drawing.figures.tones import SLEEVE

if TYPE_CHECKING:
    from voiceguide.drawing.figures.pen import Point
    from voiceguide.drawing.figures.tones import Skin


@dataclass(frozen=True, slots=True)
class Finger:
    """A finger by its middle line."""

    root: Point
    """Where it leaves the palm."""
    angle: float
    """Its direction at the root; 0 is up, 90 to the right."""
    long: float
    wide: float
    bend: float = 0.0
    """Degrees by which its tip looks further to the right."""

    @property
    def _knuckle(self) -> Point:
        return ahead(self.root, self.angle, self.long * 0.5)

    @property
    def _end(self) -> Point:
        """Where its round tip begins."""
        return ahead(self._knuckle, self.angle + self.bend, self.long * 0.5 - self.wide * 0.42)

    def drawn(self, pen: Pen) -> None:
        """Draw it from the left of its root, round the tip, to the right of it."""
        half, narrow, way = self.wide / 2, self.wide * 0.4, self.angle + self.bend
        pen.to(ahead(self.root, self.angle, 0, -half))
        pen.to(*self._bent(-half), ahead(self._end, way, 0, -narrow))
        beyond = self.wide * 0.58
        pen.to(
            ahead(self._end, way, beyond, -narrow),
            ahead(self._end, way, beyond, narrow),
            ahead(self._end, way, 0, narrow),
        )
        pen.to(*self._bent(half), ahead(self.root, self.angle, 0, half))

    def _bent(self, aside: float) -> tuple[Point, ...]:
        """What a bent side is drawn by."""
        return (ahead(self._knuckle, self.angle + self.bend / 2, 0, aside),) if self.bend else ()

    def nail(self, pen: Pen) -> None:
        """Draw the line that a thick pen makes its nail of."""
        way = self.angle + self.bend
        pen.lift(ahead(self._end, way, self.wide * 0.02)).to(ahead(self._end, way, self.wide * 0.2))


@dataclass(frozen=True, slots=True)
class Pose:
    """How a hand is held."""

    fingers: tuple[Finger, ...]
    """From the pointing finger to the little one."""
    thumb: Finger
    touch: Point = (0, 0)
    """What touches: it comes to the place where the hand is drawn."""
    arm: float = 56
    """How much of the forearm is seen, below the wrist."""
    palm: bool = False
    """Whether the palm is seen, and not the back of the hand."""
    over: bool = False
    """Whether the fingers reach over an edge, so that their nails are not seen."""


def _fan(spread: float, long: float = 1.0, bend: float = 0.0, lean: float = 0.0) -> tuple[Finger, ...]:
    """Four fingers, so far spread, so long, so bent."""
    return (
        Finger((-31, -46), lean - 7 * spread, 73 * long, 21, bend),
        Finger((-10, -51), lean - 1.5 * spread, 83 * long, 21.5, bend),
        Finger((11.5, -48), lean + 4 * spread, 76 * long, 21, bend),
        Finger((32, -39), lean + 11 * spread, 59 * long, 18.5, bend),
    )


_PINCHED = (
    Finger((-31, -46), -34, 64, 21, -34),
    Finger((-10, -51), -10, 62, 21.5, -20),
    Finger((11.5, -48), 2, 56, 21, -10),
    Finger((32, -39), 8, 46, 18.5, -6),
)
POSES = {
    # The whole palm lies on.
    "flat": Pose(_fan(1), Finger((-39, 6), -36, 74, 24, 16)),
    # Fingers wide, in the hair.
    "spread": Pose(_fan(2.2), Finger((-39, 6), -62, 76, 24, 14), (0, -104)),
    # The pads of the fingers press.
    "pads": Pose(_fan(1.2, 0.8), Finger((-39, 6), -36, 62, 24, 24), (-2, -108)),
    # The tip of the thumb presses, the fingers lie aside.
    "thumb": Pose(_fan(1.5, 0.9, lean=16), Finger((-37, 10), -58, 86, 25, 4), (-106, -32)),
    # The thumb presses, and the fingers hold from behind.
    "clasp": Pose(_fan(0.5, 0.42, 10, 12), Finger((-37, 10), -46, 92, 25, 14), (-94, -58), over=True),
    # Fingers over an edge, the thumb this side of it.
    "grip": Pose(_fan(0.3, 0.6, -14, 2), Finger((-38, 10), -66, 84, 25, 40), (-56, -44), over=True),
    # The hand round a wrist, an ankle, a heel.
    "wrap": Pose(_fan(0.15, 0.78, -4, 2), Finger((-39, 6), -44, 70, 24, 24), (-6, -50), over=True),
    # The heel of the hand leans in, the fingers rest.
    "heel": Pose(_fan(1.6, 0.92), Finger((-39, 6), -58, 74, 24, 8), (0, 34)),
    # Something small between thumb and finger.
    "pinch": Pose(_PINCHED, Finger((-38, 10), -48, 96, 25, 24), (-92, -76)),
    # Palm up, below what it carries.
    "under": Pose(_fan(1), Finger((-39, 6), -48, 74, 24, 16), palm=True),
    # The thumb in a hollow, the fingers up over the head.
    "hollow": Pose(_fan(0.8), Finger((-34, 20), -104, 82, 25, 10), (-112, 24)),
    # Knuckles.
    "fist": Pose(_fan(0.1, 0.24), Finger((-40, 0), 2, 66, 26, 62), (0, -56), over=True),
    # The soft side of the forearm.
    "forearm": Pose(_fan(0.2, 0.45, -10), Finger((-38, 6), -30, 58, 24, 30), (0, 150), 215, over=True),
}


BALL, ROLLER, MASSAGER = "ball", "roller", "massager"
"""Tools, in place of a hand."""
_RADII = {BALL: 44, ROLLER: 60, MASSAGER: 50}
CUFF = 24
"""How wide a sleeve's end is, along the arm."""
WRITTEN = 0.5
"""A hand is written in units so many times its own, which takes fewer digits."""
TOOL, TOOL_LINE = "#e08a3c", "#8a4a12"


def drawn(name: str, skin: Skin, *, left: bool = False, sleeve: str = SLEEVE, arm: float = 0.0) -> str:
    """Return the SVG of a hand in a pose, or of a tool, `WRITTEN`; of its forearm `arm`, or 0 as it is."""
    if name in POSES:
        pose = POSES[name]
        return hand(replace(pose, arm=arm or pose.arm), skin, left=left, sleeve=sleeve)
    text = f'<path d="{_round(_RADII[name] * WRITTEN).d}" fill="{TOOL}" stroke="{TOOL_LINE}"/>'
    if name == ROLLER:
        return text + f'<path d="{_round(24 * WRITTEN).d}" stroke="{TOOL_LINE}"/>'
    if name == MASSAGER:
        handle = Pen().to((-16, 44)).to((-18, 150)).to((-18, 166), (18, 166), (18, 150)).to((16, 44)).close()
        handle = handle.placed((0, 0), 0, WRITTEN)
        return f'<path d="{handle.d}" fill="#59636b" stroke="#2f363b"/>' + text
    return text + f'<path d="{Pen().to((-9, -8)).to((-4, -14), (4, -13)).d}" stroke="#fbe3c6" stroke-width="3"/>'


def _round(radius: float) -> Pen:
    return Pen().through(
        [((0, -radius), False), ((radius, 0), False), ((0, radius), False), ((-radius, 0), False)], True
    )


def outline(pose: Pose) -> Pen:
    """Return a hand's outline, from the forearm's left round the fingers."""
    end = 58 + pose.arm
    wide = 29 + pose.arm * 0.07
    pen = Pen()
    pen.to((-wide, end)).to((-wide * 1.04, 62 + pose.arm * 0.5), (-29, 66))
    pen.to((-29, 56), (-34, 46), (-40, 34))
    pose.thumb.drawn(pen)
    for finger in pose.fingers:
        finger.drawn(pen)
    pen.to((50, 0), (34, 42), (30, 68)).to((wide * 1.08, 62 + pose.arm * 0.5), (wide, end))
    return pen


def _cuff(pose: Pose) -> Pen:
    """Return the line that a thick pen makes its sleeve of."""
    end, wide = 62 + pose.arm, 26 + pose.arm * 0.07
    return Pen().to((-wide, end)).to((wide, end))


def shadow(name: str, at: Point, turn: float, times: float, *, left: bool = False, arm: float = 0.0) -> list[Point]:
    """Return the outline of a hand and its cuff, or of a tool's head, where it lies: what it hides."""
    if name not in POSES:
        return _round(_RADII[name]).placed(at, turn, times).along()
    pose = POSES[name]
    pen = outline(replace(pose, arm=(arm or pose.arm) + 16)).placed((-pose.touch[0], -pose.touch[1]))
    return (pen.mirrored() if left != pose.palm else pen).placed(at, turn, times).along()


def sleeve(
    name: str, at: Point, turn: float, times: float, *, left: bool = False, arm: float = 0.0
) -> list[tuple[Point, Point]]:
    """Return the ends of the line in the middle of a hand's cuff, which is `CUFF * times` wide; none of a tool."""
    if name not in POSES:
        return []
    pose = POSES[name]
    pen = _cuff(replace(pose, arm=arm or pose.arm)).placed((-pose.touch[0], -pose.touch[1]))
    line = (pen.mirrored() if left != pose.palm else pen).placed(at, turn, times).along()
    return [(line[0], line[-1])]


def lies(name: str, at: Point, turn: float, times: float, *, left: bool = False) -> list[Point]:
    """Return the outline of what lies on: palm and fingers up to the wrist, the forearm where that works, or a tool."""
    if name not in POSES or name == "forearm":
        return shadow(name, at, turn, times, left=left)
    pose = POSES[name]
    pen = outline(replace(pose, arm=-16)).placed((-pose.touch[0], -pose.touch[1]))
    return (pen.mirrored() if left != pose.palm else pen).placed(at, turn, times).along()


def hand(pose: Pose, skin: Skin, *, left: bool = False, sleeve: str = SLEEVE) -> str:
    """Return a hand's SVG, `WRITTEN`, from the forearm's sleeve to the nails."""
    move = (-pose.touch[0] * WRITTEN, -pose.touch[1] * WRITTEN)

    def d(pen: Pen) -> str:
        pen = pen.placed(move, 0, WRITTEN)
        return (pen.mirrored() if left != pose.palm else pen).d

    # Creases may lie in the outline's path: what it would fill of them is filled already.
    pen = outline(pose)
    if pose.palm:
        pen.lift((-34, -14)).to((-4, -10), (-8, 40)).lift((-30, -26)).to((8, -24), (38, -8))
    else:
        for finger in pose.fingers:
            x, y = ahead(finger.root, finger.angle, -10)
            pen.lift((x - 6, y)).to((x, y - 6), (x + 6, y))
    nails = Pen()
    for finger in (pose.thumb,) if pose.over else (*pose.fingers, pose.thumb):
        finger.nail(nails)
    text = f'<path d="{d(pen)}" fill="{skin.fill}"/>'
    text += f'<path d="{d(_cuff(pose))}" stroke="{sleeve}" stroke-width="{CUFF * WRITTEN:g}"/>'
    return text if pose.palm else f'{text}<path d="{d(nails)}" stroke="{skin.nail}" stroke-width="4.5"/>'
