"""The plan: a script and the lengths of its words become chapters and clips, exact to the frame grid. Pure.

`lay_out` is the way in; `faults` says what cannot fit, before anything is laid out.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.planning import anatomy, clips, cycles, fixed, slots, totals
from voiceguide.planning.fitting import MARGIN, fault, faults
from voiceguide.planning.grid import GRID, snap
from voiceguide.planning.measure import Lengths
from voiceguide.planning.misfit import DoesNotFit, TooManyRounds
from voiceguide.planning.programme import Around
from voiceguide.planning.totals import OutOfReach
from voiceguide.routine.model import MOST_ROUNDS
from voiceguide.script.model import is_short
from voiceguide.timeline import Chapter, Cycle, Round, Slot

if TYPE_CHECKING:
    from voiceguide.planning.filling import Item
    from voiceguide.script.model import Changeover, Part, Script, Side, Work
    from voiceguide.text.utterance import Utterance
    from voiceguide.timeline import Clip

__all__ = ["MARGIN", "DoesNotFit", "Layout", "Lengths", "OutOfReach", "TooManyRounds", "fault", "faults", "lay_out"]

RECOVER_FROM = 480.0
"""Sessions at least this long have a word for whoever has lost their place."""
LOST_FROM = 180.0
"""Seconds of a session after which somebody may have."""
MINIMAL_ROLES = frozenset(
    {
        *("title", "settle", "sounds", "gate", "name", "turn", "oil", "avoid", "warn", "check_in", "switch", "ready"),
        "closing",
    }
)
FULL_ROLES = frozenset({"recover", "halfway", "last-minute"})
"""Roles that only full talk says; what is laid out is the same at every level."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A session, laid out."""

    duration: float
    """Seconds."""
    chapters: tuple[Chapter, ...]
    clips: tuple[Clip, ...]
    """Narration and chimes, sorted by start."""
    slots: tuple[float, ...]
    """Each work's slot in seconds."""
    left_out: tuple[tuple[str, int], ...]
    """(role, count) of the program's own items that found no place."""


def lay_out(script: Script, lengths: Lengths, *, total: float | None, linger: float) -> Layout:
    """Lay a session out: every slot in its place, `total` seconds in all when it is given.

    Raises DoesNotFit where an author's item finds no room, OutOfReach for a total that no slots can give, and
    TooManyRounds.
    """
    reach = totals.reach(script, lengths, linger)
    if total is not None and lengths.foretold is not None:
        lasting = totals.in_turn(script, lengths.foretold, lengths, linger, total)
    elif total is not None:
        lasting = reach.slots(total)
    else:
        lasting = tuple(span.low if script.base == "short" else span.high for span in reach.spans)
    for work, slot in zip(script.works, lasting, strict=True):
        many = anatomy.round_count(work, slot, lengths) + anatomy.stroke_count(work, slot, lengths)
        if many > MOST_ROUNDS:
            raise TooManyRounds(work.place, many)
    squeezed = tuple(slot < span.low - 1e-6 for slot, span in zip(lasting, reach.spans, strict=True))
    return _Session(script, lengths, lasting, squeezed, linger).layout()


def _follow(side: Side) -> Utterance | None:
    return side.check_in.follow if side.check_in else None


class _Session:
    """A session being laid out, chapter by chapter."""

    def __init__(
        self,
        script: Script,
        lengths: Lengths,
        lasting: tuple[float, ...],
        squeezed: tuple[bool, ...],
        linger: float,
    ) -> None:
        self.script = script
        self.lengths = lengths
        self.lasting = lasting
        self.squeezed = squeezed
        self.linger = linger
        self.clips: list[Clip] = []
        self.left_out: dict[str, int] = {}
        self.ringing = 0.0
        """Until when the sounds placed so far ring."""
        self.said_until = 0.0
        """When the last words laid out so far end, said or not."""
        self.bells = script.bells
        """What has not been said of its bell yet."""
        self.recover: Utterance | None = None
        """What whoever has lost their place has still to be told."""

    def layout(self) -> Layout:
        """Lay the opening, the parts and the closing, each on the grid."""
        opening = fixed.opening(self.script, self.lengths)
        closing = fixed.closing(self.script, self.lengths, self.linger) if self.script.closing else None
        spans = [opening.length, *(self._part_length(part) for part in self.script.parts)]
        spans += [closing.length] if closing else []
        exact = [0.0]
        for span in spans:
            exact.append(exact[-1] + span + GRID)
        starts = [snap(at) for at in exact[:-1]]
        duration = round(exact[-1], 9)  # exactly what was asked, off the grid
        bounds = list(pairwise([*starts, duration]))
        lost = duration >= RECOVER_FROM - 1e-6 and self.script.talk == "full"
        self.recover = self.script.recover if lost else None
        self._place(opening, 0.0, None, None)
        moments = self._time_left(duration, starts)
        chapters = [Chapter(self.script.opening_title, *bounds[0])]
        for number, part in enumerate(self.script.parts):
            told = [moments.get((number, index), ()) for index in range(len(part.sides))]
            chapters.append(self._chapter(number, *bounds[number + 1], told))
        if self.recover:
            self._leave_out("recover")
        if closing:
            self._place(closing, starts[-1], None, None)
            chapters.append(Chapter(self.script.closing_title, *bounds[-1]))
        self.clips = [replace(clip, end=duration) if clip.end > duration else clip for clip in self.clips]
        in_order = tuple(sorted(self.clips, key=lambda clip: (clip.start, clip.end)))
        return Layout(duration, tuple(chapters), in_order, self.lasting, tuple(sorted(self.left_out.items())))

    def _part_length(self, part: Part) -> float:
        return fixed.part_overhead(part, self.lengths) + len(part.sides) * self.lasting[part.work]

    def _slot_starts(self, part: Part, start: float) -> list[float]:
        """Where each slot of a chapter starts, from the chapter's start."""
        at = start + fixed.lead_in(part.lead, self.lengths).length
        found = [at]
        for change in part.between:
            at += self.lasting[part.work] + fixed.changeover(change, self.lengths).length
            found.append(at)
        return found

    def _time_left(
        self, duration: float, starts: list[float]
    ) -> dict[tuple[int, int], tuple[tuple[float, Utterance], ...]]:
        """(chapter's part, slot) → (seconds into the slot, what is said): where so much of the session remains."""
        found: dict[tuple[int, int], list[tuple[float, Utterance]]] = {}
        for remains, utterance in () if is_short(duration) else self.script.time_left:
            moment = duration - remains
            number = bisect_right(starts, moment) - 2  # after the opening's
            part = self.script.parts[number] if 0 <= number < len(self.script.parts) else None
            for index, start in enumerate(self._slot_starts(part, starts[number + 1]) if part else ()):
                if part and start <= moment < start + self.lasting[part.work]:
                    found.setdefault((number, index), []).append((moment - start, utterance))
                    break
            else:
                self._leave_out("time_left")
        return {key: tuple(value) for key, value in found.items()}

    def _leave_out(self, role: str) -> None:
        """Count what found no place, where this level of talk would have said it."""
        if not self._speaks(role):
            return
        self.left_out[role] = self.left_out.get(role, 0) + 1

    def _speaks(self, role: str) -> bool:
        """Whether this level of talk says words of a role."""
        talk = self.script.talk
        return talk == "full" or (role not in FULL_ROLES and (talk != "minimal" or role in MINIMAL_ROLES))

    def _chapter(
        self, number: int, start: float, end: float, told: list[tuple[tuple[float, Utterance], ...]]
    ) -> Chapter:
        part = self.script.parts[number]
        work = self.script.works[part.work]
        slot = self.lasting[part.work]
        self._place(fixed.lead_in(part.lead, self.lengths), start, work.number, part.side)
        placed: list[Slot] = []
        slot_starts = self._slot_starts(part, start)
        for index, (side_index, at) in enumerate(zip(part.sides, slot_starts, strict=True)):
            around = self._around(at, told[index], self._said_from(number, index))
            placed.append(self._slot(work, side_index, at, slot, around))
            if index < len(part.between):
                self._changeover(part.between[index], at + slot, work.number)
        at = slot_starts[-1] + slot
        if part.ready:
            stop = fixed.ready(part, self.lengths)
            self._place(stop, at, work.number, None)
            at += stop.length
        if part.after:
            self._changeover(part.after, at, work.number)
        return Chapter(part.title, start, end, work.number, part.group, tuple(placed), work.touch, work.show)

    def _changeover(self, change: Changeover, at: float, step: int) -> None:
        self._place(fixed.changeover(change, self.lengths), at, step, change.side)

    def _said_from(self, number: int, index: int) -> float:
        """Seconds from the end of one of a chapter's slots to the next words."""
        part = self.script.parts[number]
        if index < len(part.between):
            return fixed.CHIME_LEAD
        if part.ready or part.after:
            return 0.0 if part.ready else fixed.CHIME_LEAD
        if number + 1 == len(self.script.parts):
            return fixed.PARAGRAPH_GAP
        lead = fixed.lead_in(self.script.parts[number + 1].lead, self.lengths)
        return min((item.at for item in lead.items if item.utterance), default=lead.length)

    def _around(self, start: float, time_left: tuple[tuple[float, Utterance], ...], said_from: float) -> Around:
        """What the slot that starts at `start` must know of the session so far."""
        return Around(
            time_left=time_left,
            ringing=self.ringing - start,
            said_until=self.said_until - start,
            said_from=said_from,
            bells=self.bells,
            recover=(LOST_FROM - start, self.recover) if self.recover else None,
        )

    def _slot(self, work: Work, index: int, start: float, slot: float, around: Around) -> Slot:
        side = work.sides[index]
        laid = self._laid(work, index, slot, around)
        for role in laid.left_out:
            self._leave_out(role)
        rung = {bell for bell, _ in anatomy.bells(slot)}
        self.bells = tuple((bell, words) for bell, words in self.bells if bell not in rung)
        if any(item.role == "recover" for item in laid.items):
            self.recover = None
        for item in laid.items:
            if item.utterance:
                self.said_until = max(self.said_until, start + item.at + self.lengths.of(item.utterance))
        said: list[tuple[float, float]] = []
        for item in laid.items:
            if item.sound:
                self._sound(item.sound, start + item.at, work.number, side.side)
            elif words := self._said(item, laid, side.name, slot):
                self._say(words, start + item.at, work.number, side.side)
                # From a check-in's question to what follows the answer is one.
                begins = said.pop()[0] if item.role == "check_in" and item.utterance is _follow(side) else item.at
                said.append((begins, item.at + self.lengths.of(words)))
        if work.strokes:
            self._stroke_sounds(work, laid, start, side.side, said)
        rounds = tuple(
            Round((start + r.press[0], start + r.press[1]), (start + r.release[0], start + r.release[1]))
            for r in laid.rounds
        )
        strokes = tuple(
            Cycle(
                (start + c.out[0], start + c.out[1]),
                (start + c.back[0], start + c.back[1]),
                cycles.spoken(c, self.script.talk),
            )
            for c in laid.cycles
        )
        return Slot(side.side, start, start + slot, rounds, strokes)

    def _laid(self, work: Work, index: int, slot: float, around: Around) -> slots.SlotPlan:
        """One slot's plan. In a total of the listener's, cues among strokes may wait longer than an author meant."""
        squeezed = self.squeezed[work.number - 1]
        try:
            return slots.lay(work, index, slot, self.lengths, around, squeezed=squeezed)
        except DoesNotFit:
            if squeezed or not work.strokes or slot in (work.low, work.high):
                raise
        return slots.lay(work, index, slot, self.lengths, around, squeezed=True)

    def _said(self, item: Item, laid: slots.SlotPlan, name: Utterance, slot: float) -> Utterance | None:
        """What an item of a slot says at this level of talk."""
        talk = self.script.talk
        if item.role == "instruction" and talk == "minimal":
            if self._has_room(name, laid.items, slot):
                return name
            self._leave_out("name")
            return None
        if item.role in ("out", "back"):
            return item.utterance if cycles.spoken(cycles.at(laid.cycles, item.at), talk) else None
        if talk == "calm" and item.role == "reminder" and item.at >= slot / 2:
            return None
        return item.utterance if self._speaks(item.role) else None

    def _stroke_sounds(
        self, work: Work, laid: slots.SlotPlan, start: float, side: str | None, said: list[tuple[float, float]]
    ) -> None:
        """Lay the sound of the strokes beside what is said of a slot."""
        rhythm = work.strokes.rhythm if work.strokes else None
        if rhythm is None or rhythm.sound == "none":
            return
        fitted = (rhythm.out, rhythm.back) if rhythm.sound == "swell" else None
        rings = rhythm.cycle if fitted else self.lengths.sound(rhythm.sound)
        unsaid = self.script.talk == "minimal" and any(item.role == "last" for item in laid.items)
        for at in cycles.sounds(laid.cycles, self.script.talk, said, rings, ends_unsaid=unsaid):
            self._sound(rhythm.sound, start + at, work.number, side, fitted)

    def _has_room(self, name: Utterance, items: tuple[Item, ...], slot: float) -> bool:
        """Whether a name, in place of a shorter instruction, ends in its slot and clear of what minimal says next."""
        said = (item for item in items if item.utterance and item.utterance.role in MINIMAL_ROLES)
        ends = min((item.at - fixed.WORD_GAP for item in said), default=slot)
        return self.lengths.of(name) <= ends + 1e-9

    def _place(self, laid: fixed.Laid, start: float, step: int | None, side: str | None) -> None:
        for item in laid.items:
            if item.sound:
                self._sound(item.sound, start + item.at, step, side)
            elif item.utterance:
                self._say(item.utterance, start + item.at, step, side)
                self.said_until = max(self.said_until, start + item.at + self.lengths.of(item.utterance))

    def _sound(
        self, sound: str, at: float, step: int | None, side: str | None, fitted: tuple[float, float] | None = None
    ) -> None:
        self.clips.append(clips.sounded(sound, at, self.lengths, step, side, fitted))
        self.ringing = max(self.ringing, self.clips[-1].end)

    def _say(self, utterance: Utterance, at: float, step: int | None, side: str | None) -> None:
        if self._speaks(utterance.role):
            self.clips.extend(clips.spoken(utterance, at, self.lengths, step, side))
