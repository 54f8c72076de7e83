"""What the program adds to a slot: how much is left, bells, reminders, a word for the lost (routine-format, 6 to 9)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle
from math import ceil
from typing import TYPE_CHECKING

from voiceguide.planning.anatomy import bells
from voiceguide.planning.filling import EPSILON, Filling, Item, Span
from voiceguide.planning.fixed import WORD_GAP

if TYPE_CHECKING:
    from voiceguide.text.utterance import Utterance

LONGEST_SILENCE = 50.0
"""Seconds; reminders keep silences to at most this."""
ONE_BELL = 1.0
"""Seconds in which the same bell of an author's and the program's sound once."""
WORDS_AFTER = 2.0
"""Seconds from a bell to the words that say what it means."""
RECOVER_IN = 20.0
"""Seconds of silence in which somebody may have lost their place."""
TELLING = ("time_left", "next", "recover", "check_in", "halfway", "last-minute")
"""Roles that tell how the session goes: none within APART of another."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a slot must know of its session, in seconds from its own start."""

    time_left: tuple[tuple[float, Utterance], ...] = ()
    """The moments at which so much of the session remains, and what is said of it."""
    ringing: float = 0.0
    """How far into it earlier sounds ring."""
    said_until: float = -60.0
    """When the last words before it end."""
    said_from: float = 60.0
    """When the first words after it start, from its end."""
    bells: tuple[tuple[str, Utterance], ...] = ()
    """What is said after the first bell of each kind, where it has not rung yet."""
    recover: tuple[float, Utterance] | None = None
    """From when on somebody may have lost their place, and what they are told; None once it was said."""

    def told_in(self, slot: float) -> tuple[object, ...] | None:
        """What of it decides a slot of so many seconds, words by their identity; None where it hangs on all of it."""
        if self.time_left:
            return None
        rung = {bell for bell, _ in bells(slot)}
        explained = tuple((bell, id(words)) for bell, words in self.bells if bell in rung)
        recover = (max(0.0, self.recover[0]), id(self.recover[1])) if self.recover else None
        return max(0.0, self.ringing), explained, recover


def add(into: Filling, around: Around) -> None:
    """Place the program's own items; what finds no place is left out and counted."""
    _Programme(into, around).place()


class _Programme:
    """Places the program's items in a slot, in the contract's order."""

    def __init__(self, into: Filling, around: Around) -> None:
        self.into = into
        self.around = around

    def place(self) -> None:
        for wanted, utterance in self.around.time_left:
            self._time_left(wanted, utterance)
        self._bells()
        self._reminders()
        self._recover()

    def _add(self, role: str, wanted: float, utterance: Utterance, at: float) -> bool:
        """Say something at a moment that was found for it, where that is near enough to the one wanted."""
        length = self.into.lengths.of(utterance)
        if at > wanted + self.into.reach + EPSILON or at + length > self.into.slot + EPSILON:
            return False
        self.into.say(role, at, utterance)
        return True

    def _time_left(self, wanted: float, utterance: Utterance) -> None:
        """Say how much of the session is left, as near after `wanted` as it stands APART from all else."""
        into, around = self.into, self.around
        length = into.lengths.of(utterance)
        outside = (Span(around.said_until, around.said_until), Span(into.slot + around.said_from, into.slot + 3600.0))
        at = into.free(wanted, length, apart={span.role for span in into.taken}, outside=outside)
        if not self._add("time_left", wanted, utterance, at):
            into.left_out.append("time_left")

    def _bells(self) -> None:
        """Ring the bells; where an author's rings at the same moment, it is one. The first are said in words too."""
        into, said = self.into, dict(self.around.bells)
        for bell, at in bells(into.slot):
            into.items[:] = [i for i in into.items if not (i.sound == bell and abs(i.at - at) <= ONE_BELL)]
            into.items.append(Item(bell, at, sound=bell))
            if bell in said:
                wanted = at + WORDS_AFTER
                found = into.free(wanted, into.lengths.of(said[bell]), apart=TELLING)
                if not self._add(bell, wanted, said[bell], found):
                    into.left_out.append(bell)

    def _recover(self) -> None:
        """Tell whoever has lost their place what to do, in the middle of the first long silence from a time on."""
        if self.around.recover is None:
            return
        earliest, utterance = self.around.recover
        length = self.into.lengths.of(utterance)
        for start, end in sorted(self.into.silences()):
            if start < earliest - EPSILON or end - start < RECOVER_IN - EPSILON:
                continue
            wanted = start + (end - start - length) / 2
            if self._add("recover", wanted, utterance, self.into.free(wanted, length, apart=TELLING)):
                return

    def _reminders(self) -> None:
        if not self.into.side.reminders or self.into.work.low is None:
            return
        supply = cycle(self.into.side.reminders)
        for start, end in self.into.silences():
            self._remind(start, end - start, supply)

    def _remind(self, start: float, silence: float, supply: cycle[Utterance]) -> None:
        """Break one silence with the fewest reminders that keep each rest of it to 50 s, at equal distances."""
        chosen: list[Utterance] = []
        length = 0.0
        most = ceil(silence / LONGEST_SILENCE)
        while (silence - length) / (len(chosen) + 1) > LONGEST_SILENCE + EPSILON and len(chosen) <= most:
            chosen.append(next(supply))
            length += self.into.lengths.of(chosen[-1])
        distance = (silence - length) / (len(chosen) + 1)
        if chosen and distance < WORD_GAP:
            self.into.left_out.extend("reminder" for _ in chosen)
            return
        at = start
        for utterance in chosen:
            at += distance
            self._remind_at(at, utterance)
            at += self.into.lengths.of(utterance)

    def _remind_at(self, wanted: float, utterance: Utterance) -> None:
        """Say one reminder; beside strokes it waits like everything else, and may find no place."""
        at = self.into.free(wanted, self.into.lengths.of(utterance))
        if not self._add("reminder", wanted, utterance, at):
            self.into.left_out.append("reminder")
