"""One slot: what is said and heard at which second of it (routine-format: A step in time).

`lay` places a side's items in the contract's order and raises DoesNotFit for an author's item that finds no room; how
short a slot may be is the business of `floors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from math import ceil, inf
from typing import TYPE_CHECKING

from voiceguide.planning import anatomy
from voiceguide.planning import cycles as strokes
from voiceguide.planning.fixed import WORD_GAP
from voiceguide.planning.misfit import DoesNotFit

if TYPE_CHECKING:
    from voiceguide.errors import Place
    from voiceguide.planning.cycles import Cycle
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Work
    from voiceguide.text.utterance import Utterance

REACH = 5.0
"""Seconds an item may wait for the next free gap."""
ANSWER = 6.0
"""Seconds of silence for the answer to a check-in."""
CHECK_IN_AT = 30.0
"""Seconds into a slot (the format); a third of a shorter one."""
CHECK_IN_AFTER = 12.0
"""Seconds of strokes before a check-in."""
CHECK_IN_SOONEST = 6.0
"""Below a: seconds from the instruction to a check-in among strokes."""
HALFWAY_FROM = 240.0
"""Seconds (the format): shorter slots have no bell at their half."""
LAST_MINUTE_FROM = 180.0
"""Seconds (the format): shorter ones have no bell for the last minute."""
LONGEST_SILENCE = 50.0
"""Seconds; reminders keep silences to at most this."""
_EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Item:
    """Something placed in a slot, in seconds from the slot's start."""

    role: str
    at: float
    utterance: Utterance | None = None
    sound: str | None = None


@dataclass(frozen=True, slots=True)
class HoldRound:
    """A round in seconds from the slot's start."""

    press: tuple[float, float]
    release: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """One side's slot, laid out."""

    items: tuple[Item, ...]
    rounds: tuple[HoldRound, ...]
    cycles: tuple[Cycle, ...]
    left_out: tuple[str, ...]
    """Roles of the program's own items that found no place."""


def lay(
    work: Work,
    index: int,
    slot: float,
    lengths: Lengths,
    time_left: tuple[tuple[float, Utterance], ...] = (),
    *,
    squeezed: bool = False,
    ringing: float = 0.0,
) -> SlotPlan:
    """Lay out side `index` of a work in a slot of `slot` seconds.

    A `squeezed` slot is below a: cues move as far as they must. `time_left` are the moments of the slot at which so
    much of the session remains, and what is said of it. `ringing` is how far into the slot earlier sounds ring.
    Raises DoesNotFit.
    """
    layout = _authored(work, index, slot, lengths, squeezed=squeezed, ringing=ringing)
    layout.program(time_left)
    items = tuple(sorted(layout.items, key=lambda item: item.at))
    return SlotPlan(items, tuple(layout.rounds), layout.cycles, tuple(layout.left_out))


def packs(work: Work, slot: float, lengths: Lengths, *, squeezed: bool) -> bool:
    """Say whether every author's item of every side finds its place in a slot of `slot` seconds."""
    try:
        for index in range(len(work.sides)):
            _authored(work, index, slot, lengths, squeezed=squeezed)
    except DoesNotFit:
        return False
    return True


def _authored(
    work: Work, index: int, slot: float, lengths: Lengths, *, squeezed: bool, ringing: float = 0.0
) -> _Layout:
    """Place the author's items; where they leave the last stroke's own words no room, those are left out."""
    for says_last in (True, False):
        layout = _Layout(work, index, slot, lengths, squeezed=squeezed)
        if ringing > 0:
            layout.rings.append((0.0, ringing))
        try:
            layout.author(says_last=says_last)
        except DoesNotFit:
            if not any(item.role == "last" for item in layout.items):
                raise
        else:
            break
    return layout


class _Layout:
    """A slot being filled."""

    def __init__(self, work: Work, index: int, slot: float, lengths: Lengths, *, squeezed: bool) -> None:
        self.work = work
        self.side = work.sides[index]
        self.later = index > 0
        self.slot = slot
        self.lengths = lengths
        self.squeezed = squeezed
        self.items: list[Item] = []
        self.rounds: list[HoldRound] = []
        self.cycles: tuple[Cycle, ...] = ()
        self.reach = REACH + (work.strokes.rhythm.cycle if work.strokes else 0.0)
        self.left_out: list[str] = []
        self.taken: list[tuple[float, float]] = []
        """Spans with narration, an answer's silence included."""
        self.rings: list[tuple[float, float]] = []
        """Spans in which a sound of an author's cue rings, or one from before the slot."""
        self.rounds_span: tuple[float, float] | None = None
        """From the first round's start to the last one's end."""
        self.said_until = 0.0
        """End of the instruction and rounds, then of each cue: below a, items follow it in order."""

    # -- items 1 to 5: the author's ----------------------------------------------------------------

    def author(self, *, says_last: bool = True) -> None:
        """Place the instruction, rounds or strokes, preview, cues and check-in."""
        self._instruction()
        self._rounds()
        self._strokes(says_last=says_last)
        self._next()
        if self.said_until > self.slot + _EPSILON:
            raise DoesNotFit("the instruction", self.work.duration_place, self.slot, self.said_until - self.slot)
        cues = sorted(self.side.cues, key=lambda cue: cue.at.seconds(self.slot))
        for cue in cues:
            if cue.chime:
                at = cue.at.seconds(self.slot)
                if not 0 <= at <= self.slot:
                    raise DoesNotFit("the cue", cue.place, self.slot, max(-at, at - self.slot))
                self.items.append(Item(cue.chime, at, sound=cue.chime))
                self.rings.append((at, at + self.lengths.sound(cue.chime)))
        spoken = [(cue.at.seconds(self.slot), cue.say, cue.place) for cue in cues if cue.say]
        if self.squeezed and self.side.check_in:
            # Below a, a check-in moves like a cue: it takes its turn among them.
            wanted = self._check_in_wanted()
            before = [entry for entry in spoken if entry[0] <= wanted]
            self._cues(before)
            self._check_in()
            self._cues(spoken[len(before) :])
        else:
            self._cues(spoken)
            self._check_in()

    def _say(self, role: str, at: float, utterance: Utterance) -> None:
        self.items.append(Item(role, at, utterance))
        self.taken.append((at, at + self.lengths.of(utterance)))

    def _instruction(self) -> None:
        if self.side.instruction:
            self._say("instruction", 0.0, self.side.instruction)
            self.said_until = self.lengths.of(self.side.instruction)

    def _rounds(self) -> None:
        rounds = self.work.rounds
        if rounds is None:
            return
        count = anatomy.round_count(self.work, self.slot, self.lengths)
        if count == 0:
            missing = anatomy.rounds_start(self.work, self.lengths) + rounds.hold.round + anatomy.SLACK - self.slot
            raise DoesNotFit("one hold round", rounds.hold.place, self.slot, max(missing, 0.1))
        hold = rounds.hold
        start = anatomy.rounds_start(self.work, self.lengths)
        voiced = (
            set(range(count)) if hold.spoken == "all" else {*range(hold.spoken), *((count - 1,) if hold.spoken else ())}
        )
        for number in range(count):
            at = start + number * hold.round
            press = at + hold.sink
            release = press + hold.press
            done = release + hold.release
            self.rounds.append(HoldRound((press, release), (release, done)))
            for role, phase, ends, utterance in (
                ("press", press, release, self.side.press),
                ("release", release, done, self.side.release),
            ):
                lasts = ends - phase > _EPSILON
                if lasts:
                    self.items.append(Item(role, phase, sound=role))
                # A phase of no length has no sound and no word of the language's own; an author's cannot fit it.
                if number in voiced and utterance and (lasts or utterance.place):
                    length = self.lengths.of(utterance)
                    if length > ends - phase + _EPSILON:
                        raise DoesNotFit(f"the {role} word", hold.place, ends - phase, length - (ends - phase))
                    self._say(role, phase, utterance)
        self.said_until = start + count * hold.round
        self.rounds_span = (start, self.said_until)

    def _strokes(self, *, says_last: bool) -> None:
        if self.work.strokes is None:
            return
        rhythm = self.work.strokes.rhythm
        start = anatomy.strokes_start(self.work, self.lengths)
        many = anatomy.stroke_count(self.work, self.slot, self.lengths)
        if many < strokes.LEAST:
            missing = anatomy.strokes_missing(self.work, self.slot, self.lengths)
            raise DoesNotFit("the second stroke", rhythm.place, self.slot, missing)
        if many > strokes.MOST:
            over = (many - strokes.MOST) * rhythm.cycle
            raise DoesNotFit(f"a slot of over {strokes.MOST} strokes", rhythm.place, self.slot, over)
        self.cycles = strokes.laid(self.work.strokes, start, many, later=self.later)
        for role, at, utterance in strokes.calls(rhythm, self.cycles, self.side, self.lengths):
            self.items.append(Item(role, at, utterance))
        self.taken += [(cycle.start, cycle.end) for cycle in self.cycles if cycle.voiced]
        if last := strokes.last_call(rhythm, self.cycles, self.side, self.lengths):
            if says_last:
                self._say("last", *last)
            else:
                self.left_out.append("last")

    def _next(self) -> None:
        if not self.side.next or self.side is not self.work.sides[-1] or not anatomy.has_preview(self.work, self.slot):
            return
        length = self.lengths.of(self.side.next)
        at = self.slot - anatomy.SLACK - length
        if self._free(at, length, []) > at + _EPSILON:
            self.left_out.append("next")
            return
        self._say("next", at, self.side.next)

    def _cues(self, cues: list[tuple[float, Utterance, Place]]) -> None:
        for wanted, utterance, place in cues:
            at = self._find(wanted, self.lengths.of(utterance), place, "the cue")
            self._say("cue", at, utterance)
            self.said_until = max(self.said_until, at + self.lengths.of(utterance))

    def _check_in_wanted(self) -> float:
        wanted = min(CHECK_IN_AT, self.slot / 3)
        if self.cycles:
            wanted = max(wanted, anatomy.instruction_length(self.work, self.lengths) + CHECK_IN_AFTER)
        return wanted

    def _check_in(self) -> None:
        check_in = self.side.check_in
        if check_in is None:
            return
        question = self.lengths.of(check_in.question)
        length = question + ANSWER + self.lengths.of(check_in.follow)
        place = self.work.place
        # No sound of ours may ring into the answer.
        rings = [(start - question - ANSWER, end - question) for start, end in self.rings]
        try:
            at = self._find(self._check_in_wanted(), length, place, "the check-in", rings)
        except DoesNotFit:
            if not (self.cycles and self.squeezed):
                raise
            soonest = anatomy.instruction_length(self.work, self.lengths) + CHECK_IN_SOONEST
            at = self._find(soonest, length, place, "the check-in", rings)
        self.items.append(Item("check_in", at, check_in.question))
        self.items.append(Item("check_in", at + question + ANSWER, check_in.follow))
        self.taken.append((at, at + length))
        self.said_until = max(self.said_until, at + length)

    def _find(
        self, wanted: float, length: float, place: Place, what: str, rings: list[tuple[float, float]] | None = None
    ) -> float:
        """The first moment from `wanted` on at which `length` seconds stand free, at most REACH later.

        Below a (squeezed), it starts at its time or 1 s after what precedes it, whichever is later. Among strokes it
        may wait a cycle more, and a check-in however long.
        """
        first = max(wanted, 0.0)
        reach = inf if self.cycles and what == "the check-in" else first + self.reach
        if self.squeezed:
            spaced = self.said_until + anatomy.SPACING if self.said_until else 0.0
            # An item among hold rounds keeps its time where a gap between their words allows.
            among_rounds = self.rounds_span is not None and wanted < self.rounds_span[1]
            first, reach = first if among_rounds else max(first, spaced), inf
        at = self._free(first, length, rings or [])
        if at > reach + _EPSILON or at + length > self.slot + _EPSILON:
            raise DoesNotFit(
                what, place, self.slot, max(at + length - self.slot, at - reach if reach < inf else 0.0, 0.1)
            )
        return at

    def _free(self, first: float, length: float, rings: list[tuple[float, float]]) -> float:
        """The first moment from `first` on that is WORD_GAP clear of all narration; `rings` are starts forbidden.

        Among strokes it waits for the end of a cycle that is not voiced.
        """
        at = self._waited(first)
        while True:
            blocked = [
                e + WORD_GAP
                for s, e in self.taken
                if at < e + WORD_GAP - _EPSILON and at + length > s - WORD_GAP + _EPSILON
            ]
            blocked += [end for start, end in rings if start + _EPSILON < at < end - _EPSILON]
            if not blocked:
                return at
            at = self._waited(max(blocked))

    def _waited(self, at: float) -> float:
        """The first moment from `at` on at which nothing cuts a stroke in two."""
        if not self.cycles or at >= self.cycles[-1].end - _EPSILON:
            return at
        ends = (cycle.end for cycle in self.cycles if cycle.voiced is None and cycle.end >= at - _EPSILON)
        return next(ends, self.cycles[-1].end)

    # -- items 6 to 8: the program's ------------------------------------------------------------------

    def program(self, time_left: tuple[tuple[float, Utterance], ...]) -> None:
        """Place time left, halfway, last minute and reminders; what finds no place is left out and counted."""
        for wanted, utterance in time_left:
            self._time_left(wanted, utterance)
        if self.slot >= HALFWAY_FROM - _EPSILON:
            self.items.append(Item("halfway", self.slot / 2, sound="halfway"))
        if self.slot >= LAST_MINUTE_FROM - _EPSILON:
            self.items.append(Item("last-minute", self.slot - 60.0, sound="last-minute"))
        self._reminders()

    def _time_left(self, wanted: float, utterance: Utterance) -> None:
        """Say how much of the session is left, as near after `wanted` as there is a gap."""
        length = self.lengths.of(utterance)
        at = self._free(wanted, length, [])
        if at > wanted + self.reach + _EPSILON or at + length > self.slot + _EPSILON:
            self.left_out.append("time_left")
            return
        self._say("time_left", at, utterance)

    def _reminders(self) -> None:
        if not self.side.reminders or self.work.low is None:
            return
        supply = cycle(self.side.reminders)
        spans = sorted([*self.taken, *([self.rounds_span] if self.rounds_span else [])])
        at = 0.0
        stretches: list[tuple[float, float]] = []
        for start, end in spans:
            if start > at:
                stretches.append((at, start))
            at = max(at, end)
        if at < self.slot:
            stretches.append((at, self.slot))
        for start, end in stretches:
            self._remind(start, end - start, supply)

    def _remind(self, start: float, silence: float, supply: cycle[Utterance]) -> None:
        """Break one silence with the fewest reminders that keep each rest of it to 50 s, at equal distances."""
        chosen: list[Utterance] = []
        length = 0.0
        most = ceil(silence / LONGEST_SILENCE)
        while (silence - length) / (len(chosen) + 1) > LONGEST_SILENCE + _EPSILON and len(chosen) <= most:
            chosen += islice(supply, 1)
            length = sum(self.lengths.of(utterance) for utterance in chosen)
        distance = (silence - length) / (len(chosen) + 1)
        if chosen and distance < WORD_GAP:
            self.left_out.extend("reminder" for _ in chosen)
            return
        at = start
        for utterance in chosen:
            at += distance
            self._remind_at(at, utterance)
            at += self.lengths.of(utterance)

    def _remind_at(self, wanted: float, utterance: Utterance) -> None:
        """Say one reminder; beside strokes it waits like everything else, and may find no place."""
        length = self.lengths.of(utterance)
        at = self._free(wanted, length, []) if self.cycles else wanted
        if at > wanted + self.reach + _EPSILON or at + length > self.slot + _EPSILON:
            self.left_out.append("reminder")
            return
        self._say("reminder", at, utterance)
