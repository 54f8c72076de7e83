"""What an author places in a slot: instruction, rounds or strokes, cues, the check-in (routine-format, 1 to 5)."""

from __future__ import annotations

from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

from voiceguide.planning import anatomy
from voiceguide.planning import cycles as strokes
from voiceguide.planning.anatomy import ANSWER, CHECK_IN_SOONEST, bells
from voiceguide.planning.filling import EPSILON, Filling, HoldRound, Item, Span
from voiceguide.planning.misfit import DoesNotFit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.errors import Place
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Work
    from voiceguide.text.utterance import Utterance

CHECK_IN_AT = 30.0
"""Seconds into a slot (the format); a third of a shorter one."""
CHECK_IN_AFTER = 12.0
"""Seconds from the instruction to a check-in: the hands are at work by then."""


def authored(work: Work, index: int, slot: float, lengths: Lengths, *, squeezed: bool, ringing: float = 0.0) -> Filling:
    """Return a slot with the author's items in it; `ringing` is how far into it earlier sounds ring.

    Where they leave the last stroke's own words no room, those are left out, and in a squeezed slot a check-in that
    leaves the others none comes as soon as it can. Raises DoesNotFit.
    """
    misfit: DoesNotFit | None = None
    for soonest in (False, True) if squeezed and work.sides[index].check_in else (False,):
        for says_last in (True, False) if work.strokes else (True,):
            layout = _Authored(Filling(work, index, slot, lengths, squeezed=squeezed), soonest=soonest)
            if ringing > 0:
                layout.into.rings.append((0.0, ringing))
            try:
                layout.place(says_last=says_last)
            except DoesNotFit as error:
                misfit = misfit or error
                if not any(item.role == "last" for item in layout.into.items):
                    break
            else:
                return layout.into
    raise misfit or AssertionError("no slot was tried")


class _Authored:
    """Places the author's items in a slot, in the contract's order."""

    def __init__(self, into: Filling, *, soonest: bool) -> None:
        self.into = into
        self.work, self.side, self.slot, self.lengths = into.work, into.side, into.slot, into.lengths
        self.squeezed = into.squeezed
        self.soonest = soonest
        """Whether a check-in stands as near to the instruction as it may."""
        self.said_until = 0.0
        """End of the instruction and rounds, then of each cue: below a, items follow it in order."""

    def place(self, *, says_last: bool) -> None:
        """Place the instruction, rounds or strokes, preview, cues and check-in."""
        self._instruction()
        self._rounds()
        self._strokes(says_last=says_last)
        self._next()
        if self.said_until > self.slot + EPSILON:
            raise DoesNotFit("the instruction", self.work.duration_place, self.slot, self.said_until - self.slot)
        self.into.rings += [(at, at + self.lengths.sound(bell)) for bell, at in bells(self.slot)]
        cues = sorted(((cue.at.seconds(self.slot), cue) for cue in self.side.cues), key=itemgetter(0))
        for at, cue in cues:
            if cue.chime:
                if not 0 <= at <= self.slot:
                    raise DoesNotFit("the cue", cue.place, self.slot, max(-at, at - self.slot))
                self.into.items.append(Item(cue.chime, at, sound=cue.chime))
                self.into.rings.append((at, at + self.lengths.sound(cue.chime)))
        spoken = [(at, cue.say, cue.place) for at, cue in cues if cue.say]
        if self.squeezed and self.side.check_in:
            # Below a, a check-in moves like a cue: it takes its turn among them.
            wanted = self._soonest() if self.soonest else self._check_in_wanted()
            before = [entry for entry in spoken if entry[0] <= wanted]
            self._cues(before)
            self._check_in()
            self._cues(spoken[len(before) :])
        else:
            self._cues(spoken)
            self._check_in()

    def _instruction(self) -> None:
        if self.side.instruction:
            self.said_until = self.into.say("instruction", 0.0, self.side.instruction)

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
            self.into.rounds.append(HoldRound((press, release), (release, done)))
            for role, phase, ends, utterance in (
                ("press", press, release, self.side.press),
                ("release", release, done, self.side.release),
            ):
                lasts = ends - phase > EPSILON
                if lasts:
                    self.into.items.append(Item(role, phase, sound=role))
                # A phase of no length has no sound and no word of the language's own; an author's cannot fit it.
                if number in voiced and utterance and (lasts or utterance.place):
                    length = self.lengths.of(utterance)
                    if length > ends - phase + EPSILON:
                        raise DoesNotFit(f"the {role} word", hold.place, ends - phase, length - (ends - phase))
                    self.into.say(role, phase, utterance)
        self.said_until = start + count * hold.round
        self.into.rounds_span = (start, self.said_until)

    def _strokes(self, *, says_last: bool) -> None:
        if self.work.strokes is None:
            return
        rhythm = self.work.strokes.rhythm
        start = anatomy.strokes_start(self.work, self.lengths)
        many = anatomy.stroke_count(self.work, self.slot, self.lengths)
        if many < strokes.LEAST:
            missing = anatomy.strokes_missing(self.work, self.slot, self.lengths)
            raise DoesNotFit("the second stroke", rhythm.place, self.slot, missing)
        self.into.stroke(strokes.laid(self.work.strokes, start, many, later=self.into.later))
        for role, at, utterance in strokes.calls(rhythm, self.into.cycles, self.side, self.lengths):
            self.into.items.append(Item(role, at, utterance))
        if last := strokes.last_call(rhythm, self.into.cycles, self.side, self.lengths):
            if says_last:
                self.into.say("last", *last)
            else:
                self.into.left_out.append("last")

    def _next(self) -> None:
        if not self.side.next or self.side is not self.work.sides[-1] or not anatomy.has_preview(self.work, self.slot):
            return
        length = self.lengths.of(self.side.next)
        at = self.slot - anatomy.SLACK - length
        if self.into.free(at, length) > at + EPSILON:
            self.into.left_out.append("next")
            return
        self.into.say("next", at, self.side.next)

    def _cues(self, cues: list[tuple[float, Utterance, Place]]) -> None:
        for wanted, utterance, place in cues:
            at = self._find(wanted, self.lengths.of(utterance), place, "the cue")
            self.said_until = max(self.said_until, self.into.say("cue", at, utterance))

    def _soonest(self) -> float:
        return anatomy.instruction_length(self.work, self.lengths) + CHECK_IN_SOONEST

    def _check_in_wanted(self) -> float:
        after = anatomy.instruction_length(self.work, self.lengths) + CHECK_IN_AFTER
        return max(after, min(CHECK_IN_AT, self.slot / 3))

    def _check_in(self) -> None:
        check_in = self.side.check_in
        if check_in is None:
            return
        question = self.lengths.of(check_in.question)
        length = question + ANSWER + self.lengths.of(check_in.follow)
        # No sound of ours may ring into the answer.
        rings = [(start - question - ANSWER, end - question) for start, end in self.into.rings]
        at = self._check_in_at(length, rings)
        self.into.items.append(Item("check_in", at, check_in.question))
        self.into.items.append(Item("check_in", at + question + ANSWER, check_in.follow))
        self.into.take(Span(at, at + length, "check_in"))
        self.said_until = max(self.said_until, at + length)

    def _check_in_at(self, length: float, rings: list[tuple[float, float]]) -> float:
        """When a check-in starts: near the moment that is wanted, else before it, else as soon after it as can be."""
        wanted, place = self._check_in_wanted(), self.work.place
        if self.squeezed:
            return self._find(self._soonest() if self.soonest else wanted, length, place, "the check-in", rings)
        at = self.into.free(wanted, length, rings=rings)
        fits = at + length <= self.slot + EPSILON
        if self.into.cycles or (fits and at <= wanted + self.into.reach + EPSILON):
            earlier = None
        else:
            earlier = self.into.latest(wanted, self._soonest(), length, rings)
        if earlier is None and not fits:
            raise DoesNotFit("the check-in", place, self.slot, max(at + length - self.slot, 0.1))
        return at if earlier is None else earlier

    def _find(
        self, wanted: float, length: float, place: Place, what: str, rings: Iterable[tuple[float, float]] = ()
    ) -> float:
        """The first moment from `wanted` on at which `length` seconds stand free, at most REACH later.

        Below a (squeezed), it starts at its time or 1 s after what precedes it, whichever is later. Among strokes it
        may wait a cycle more.
        """
        first = max(wanted, 0.0)
        reach = first + self.into.reach
        if self.squeezed:
            spaced = self.said_until + anatomy.SPACING if self.said_until else 0.0
            # An item among hold rounds keeps its time where a gap between their words allows.
            among_rounds = self.into.rounds_span is not None and wanted < self.into.rounds_span[1]
            first, reach = first if among_rounds else max(first, spaced), inf
        at = self.into.free(first, length, rings=rings)
        if at > reach + EPSILON or at + length > self.slot + EPSILON:
            raise DoesNotFit(
                what, place, self.slot, max(at + length - self.slot, at - reach if reach < inf else 0.0, 0.1)
            )
        return at
