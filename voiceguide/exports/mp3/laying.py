"""Laying: parts' frames one behind the other as one stream, from its beginning, or from wherever they are certain.

Where two parts meet, the frames of the second come from an encoder with a reservoir of its own. They fit the stream
wherever it has as much in reserve. Of the few frames over which both parts are known, the second takes over where the
stream has most; where it never has enough, a bridge of some frames is encoded between them. What the stream has over
what the second part needs is then given up: so what lies before a part leaves no trace in it, but where it left less.
docs/mp3.md has a drawing.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from voiceguide.exports.mp3.frames import FARTHEST, Run
from voiceguide.exports.mp3.reservoir import Layer, Reckoned, join, joins
from voiceguide.exports.mp3.sections import WINDOW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from voiceguide.exports.mp3.reservoir import Loose
    from voiceguide.exports.mp3.sections import Part

    Bridge = Callable[[int, int, int], Loose]
    """Frames [first, stop), encoded from some frames before them."""

_BRIDGE = 24
"""Frames of a bridge."""
_BRIDGE_LEADS = (8, 5, 3, 2)
"""Frames that a bridge is encoded from before its first, tried in order: the fewer, the less it has saved up to use.

From fewer than two, what sounded before would be missing.
"""
_SPARED = 8
"""Bytes of its own encoder's reserve that a part has to do without: most streams have that much where it settles."""
_BACK = 8
"""Parts before the one that is asked for, among which a place is looked for from where all is certain."""
_WIDEST = 300
"""Reserves that a part leaves open: with more it tells too little to begin there."""


@dataclass
class Tally:
    """What was done, counted while it is."""

    encoded: int = 0
    """Sections, and loops."""
    reused: int = 0
    """Sections and loops that the store had."""
    loop_frames: int = 0
    """Frames laid out of loops."""
    bridges: int = 0
    emptied: int = 0
    """Frames for which nothing helped: they are silent."""
    loops: set[bytes] = field(default_factory=set)
    """The keys of those that were counted."""


class Laying:
    """A stream that is being laid, and the frames that come next."""

    def __init__(self, layer: Layer, part: Part, held: Loose) -> None:
        """Lay `held`, frames of a part from the layer's next frame on."""
        self.layer = layer
        self.part = part
        """The one of which the frames are."""
        self.bridges = 0
        self.chosen: tuple[int, int] = (0, 0)
        """Where the part took over, and from how many frames before it a bridge to it was encoded: 0 without one."""
        self._held = held

    @classmethod
    def begun(cls, part: Part, loose: Loose) -> Laying:
        """Return the stream of a whole session, whose first part this is."""
        return cls(Layer(loose.header), part, loose)

    def sure(self) -> Run:
        """Lay what no choice touches, but for one frame: it has to go over into the one that is chosen."""
        return self._to(_sure(self.part))

    def follow(self, part: Part, loose: Loose, bridge: Bridge) -> Run:
        """Go over into the part that follows, whose frames these are, and lay what is sure of it."""
        settled, before = settles(self.part, part), self.part.end
        self._splice(before, loose, part.begin, bridge)
        self.part = part
        if settled is None:
            return self.sure()
        laid = self._to(settled)
        if (needs := kept(self.layer, loose[settled - part.begin :])) is not None:
            self.layer.keep(needs)
        return _both(laid, self.sure())

    def end(self) -> Run:
        """Lay the rest of the session's last part."""
        return _both(self._to(self.layer.frames + len(self._held)), self.layer.end())

    def _to(self, frame: int) -> Run:
        count = max(frame - self.layer.frames, 0)
        laid, self._held = self.layer.lay(self._held[:count]), self._held[count:]
        return laid

    def _splice(self, end: int, loose: Loose, first: int, bridge: Bridge) -> None:
        """Hold what to lay next: what was held as far as it goes, `end` at most, then `loose`, from frame `first`."""
        layer, held = self.layer, self._held
        choice = _choose(layer, held, loose, first, range(first, end + 1))
        self.chosen = choice.at, 0
        length = min(_BRIDGE, first + len(loose) - 1 - end)
        for lead in () if choice.fits or not length else _BRIDGE_LEADS:
            bridged = join((held[: end - layer.frames], bridge(end, end + length, lead)))
            bridging = _choose(layer, bridged, loose, first, range(end + 1, end + length + 1))
            if bridging.fits:
                self.bridges += 1
                self.chosen = bridging.at, lead
                held, choice = bridged, bridging
                break
        self._held = join((held[: choice.at - layer.frames], loose[choice.at - first :]))


def _both(one: Run, other: Run) -> Run:
    return Run(one.data + other.data, one.frames + other.frames)


class _Choice(NamedTuple):
    """A frame from which the part that follows takes over; the greater the better."""

    fits: bool
    joins: bool
    surplus: int
    """Bytes that the stream has in reserve there over what the part's own had."""
    at: int


def _choose(layer: Layer, held: Loose, loose: Loose, first: int, candidates: range) -> _Choice:
    """Choose where `loose`, whose first frame is number `first`, takes over from `held`, which is laid next."""
    before = held.heads[candidates.start - layer.frames - 1 : candidates.stop - layer.frames - 1]
    joined = joins(before, loose.heads[candidates.start - first : candidates.stop - first])

    def choice(at: int, joining: bool) -> _Choice:
        kept, rest = held[: at - layer.frames], loose[at - first :]
        free = layer.free(np.concatenate((kept.sizes, rest.sizes)))
        surplus = int(free[len(kept)] - rest.reservoir[0])
        return _Choice(bool((free >= 0).all()), joining, surplus, at)

    return max(choice(at, bool(joining)) for at, joining in zip(candidates, joined, strict=True))


# ---- from anywhere --------------------------------------------------------------------------------------------------


def _sure(part: Part) -> int:
    """The frame before which all of a part's are laid before it is known what follows."""
    return part.stop - WINDOW - 1


def settles(before: Part, part: Part) -> int | None:
    """Return the first frame that is the part's own wherever it took over; None where it is too short for one."""
    first = before.end + _BRIDGE
    return first if first <= _sure(part) else None


def kept(layer: Layer, rest: Loose) -> int | None:
    """Return how much a stream keeps in reserve at most before the rest of a part, which is laid next.

    That is a little less than the part's own encoder had, but enough; None where no reserve is.
    """
    least = max(int(rest.reservoir[0]) - _SPARED, 0)
    return next((reserve for reserve in range(least, FARTHEST + 1) if layer.fits(rest.sizes, reserve)), None)


def resumed(
    parts: Sequence[Part], earliest: int, frame: int, loose: Callable[[int], Loose], bridge: Bridge
) -> tuple[int, Laying] | None:
    """Return a stream that is laid from `frame` on, or from a little before it, with the number of its part.

    It is the session's, whatever was laid before: all reserves that the stream can have had where a part before it
    settled lead here to one. Of the parts, from number `earliest` on, the fewest that will do are `loose`. None where
    they tell too little. Only a stream with a silent frame (`Tally.emptied`) may be another one.
    """
    settled = (settles(before, part) for before, part in pairwise(parts))
    last = max((number for number, at in enumerate(settled, 1) if at is not None and at <= frame), default=0)
    for first in range(last, max(last - _BACK, earliest - 1, 0), -1):
        if found := _certain(parts, first, last, loose, cache(bridge)):
            return found
    return None


def _certain(
    parts: Sequence[Part], first: int, last: int, loose: Callable[[int], Loose], bridge: Bridge
) -> tuple[int, Laying] | None:
    """Follow the reserves that a stream can have where the part number `first` settles, until they are one."""
    reserves: tuple[int, int] | None = 0, FARTHEST
    for number in range(first, last + 1):
        own, before = _Own(parts[number - 1], parts[number], loose(number)), reserves
        if own.settled is None or before is None:
            return None
        if number == first:
            reserves = own.possible()
        if reserves and reserves[0] == reserves[1]:
            return number, own.laying(Layer(own.loose.header, own.settled, reserves[0]))
        if reserves and number < last:
            reserves = own.followed(reserves, parts[number + 1], loose(number + 1), bridge)
    return None


@dataclass(frozen=True)
class _Own:
    """A part where it has settled: all of its frames from there on are laid, whatever was before."""

    before: Part
    part: Part
    loose: Loose

    @property
    def settled(self) -> int | None:
        return settles(self.before, self.part)

    def laying(self, layer: Layer) -> Laying:
        """Lay it from there on."""
        return Laying(layer, self.part, self.loose[layer.frames - self.part.begin :])

    def possible(self) -> tuple[int, int] | None:
        """The least and the most that a stream can have in reserve there; None where that is not known."""
        settled = self.settled or 0
        layer, rest = Reckoned(self.loose.header, settled), self.loose[settled - self.part.begin :]
        most = kept(layer, rest)
        if most is None:
            return None
        sizes = rest.sizes[: _sure(self.part) - settled]
        least = bisect_left(range(most), True, key=lambda reserve: layer.fits(sizes, reserve))
        return (least, most) if most - least < _WIDEST else None

    def followed(self, reserves: tuple[int, int], part: Part, loose: Loose, bridge: Bridge) -> tuple[int, int] | None:
        """The least and the most that the stream has where the next part settles; None where that is not known.

        What would lead to a silent frame is left out: the more in reserve, the more fits. Where two reserves lead to
        one choice, all between them do: what a frame finds in reserve is the less of the first one's and some number,
        and some limit, so that of two candidates' surpluses the difference only rises, or only falls.
        """

        @cache
        def at(reserve: int) -> tuple[int | None, bool, tuple[int, int]]:
            layer = Reckoned(self.loose.header, self.settled or 0, reserve)
            laying = self.laying(layer)
            laying.sure()
            laying.follow(part, loose, bridge)
            return layer.kept, not layer.emptied, laying.chosen

        least, most = reserves
        least += bisect_left(range(least, most + 1), True, key=lambda reserve: at(reserve)[1])
        found, open_ = [], [(least, most)] if least <= most else []
        while open_:
            low, high = open_.pop()
            if at(low)[2] == at(high)[2] or high - low < 2:
                found += [at(low)[0], at(high)[0]]
            else:
                middle = (low + high) // 2
                open_ += [(low, middle), (middle, high)]
        known = [reserve for reserve in found if reserve is not None]
        return (min(known), max(known)) if known and len(known) == len(found) else None
