"""The words around the steps: opening, gate and closing, built from a routine's fields (routine-format)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from voiceguide.routine.joining import once, setup_of
from voiceguide.script.model import SoundLine
from voiceguide.script.selection import is_played

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.choices import Choices, Gate
    from voiceguide.durations import Length
    from voiceguide.routine.model import Routine, Step, Text
    from voiceguide.script.model import Figures
    from voiceguide.script.wording import Wording
    from voiceguide.text.utterance import Utterance

MOST_SOUNDS = 4
"""How many sounds the opening plays."""
NEVER_TOLD = ("breath", "swell", "end")
"""A breath and a swell come where words have said what they are; three bowls at the end need none."""
_FULL_STOP = re.compile(r"[.\s]+(?=(?:\[[^\]]*\]\s*)*$)")
"""At a text's end, before its last marks."""


def gate_of(choices: Choices, *, short: bool) -> Gate:
    """Return the words of care of a session: those that were asked for, or those it has time for."""
    if choices.brief:
        return "brief"
    if choices.gate == "auto":
        return "core" if short else "full"
    return choices.gate


class Frame:
    """Writes opening and closing of one session."""

    def __init__(self, routine: Routine, wording: Wording, base: Length, setup: str | None) -> None:
        self.routine = routine
        self.wording = wording
        self.base: Length = base
        self.setup = setup
        self.seated = is_seated(routine, wording, setup)

    def opening(
        self, gate: Gate, figures: Figures | None, *, welcome: bool, minimal: bool
    ) -> Iterator[Utterance | SoundLine]:
        """Yield title, who should not start, settling, what to leave out, what stops it, and time to get ready.

        Without `welcome` the words of care alone; with little talk (`minimal`) the sounds of the session too.
        """
        if welcome:
            yield self.wording.phrase("title", "title")
            if minimal:
                yield from self._sounds(figures)
        yield from self._today(gate)
        if welcome and (settle := self._settle()):
            # Put in as it is, not as a value: an author's marks and placeholders mean here what they always do.
            yield self.wording.text("settle", self.wording.own("settle").replace("{settle}", settle))
        yield from self._say_so(self.wording, full=gate == "full")
        yield self.wording.phrase("ready", "gate_ready")

    def swap(self, steps: Iterable[Step]) -> Iterator[Utterance]:
        """Yield what is said where the two change places: who received gets up, who gave settles, and is asked.

        `steps` are those of the first turn. What stops the hands is said anew: it is another one's to say.
        """
        first, second = self.wording, self.wording.exchanged()
        played = tuple(steps)
        said = [self._lift() if any(step.touch for step in played) else ""]
        said.append(first.own("swap_seated" if self.seated else "swap"))
        said.append(first.own("closing_floor") if any(step.oil for step in played) else "")
        yield first.text("turn", *said)
        if settle := self._settle():
            yield first.text("turn", first.own("swap_settle").replace("{settle}", settle))
        else:
            yield first.phrase("turn", "swap_begin")
        yield from self._say_so(second)
        yield second.phrase("ready", "ready")

    def _say_so(self, wording: Wording, *, full: bool = False) -> Iterator[Utterance]:
        """Yield what the receiver is asked, and what they say to stop the hands."""
        yield wording.phrase("gate", "gate_leave_out_full" if full else "gate_leave_out")
        yield wording.phrase("gate", "gate_words", "gate_seated" if self.seated else "gate_dizzy")

    def closing(self, steps: Iterable[Step]) -> Iterator[Utterance]:
        """Yield rest, a breath, hands away, thanks, the floor where oil was used; then the author's own.

        `steps` are those that were played: hands that touched nobody have nothing to leave.
        """
        played = tuple(steps)
        took_turns = self.routine.second_turn or self.routine.receivers > 1
        last = self.wording.exchanged() if took_turns else self.wording
        if any(step.touch for step in played):
            rising = "_quiet" if self.routine.quiet_end else "_seated" if self.seated else ""
            thanks = self.wording.own(f"closing_thanks{rising}")
            yield last.text("closing", self.wording.own("closing_rest"), self._lift(), thanks)
        else:
            yield self.wording.phrase("closing", "closing_untouched")
        if any(step.oil for step in played):
            yield self.wording.phrase("closing", "closing_floor")
        for text in once(self.routine, self.routine.closing, self.wording.language):
            yield self.wording.authored("closing", (text,), {})

    def _lift(self) -> str:
        """How the hands leave the body."""
        end = self.routine.end
        return self.wording.of(end) if end else self.wording.own("closing_lift")

    def avoid(self, part: int) -> Utterance | None:
        """Return what the one who presses minds, of the routine or of one of its parts; None where it says nothing."""
        routine = self.routine.parts[part] if self.routine.parts else self.routine
        items = self.wording.listed(routine.safety.avoid, last="and")
        return self.wording.phrase("avoid", "avoid", items=items) if items else None

    def _sounds(self, figures: Figures | None) -> Iterator[SoundLine]:
        """Yield the first sounds the session uses, each with its line."""
        heard = figures.sounds if figures else ("step",)
        told = tuple(sound for sound in heard if sound not in NEVER_TOLD)
        for number, sound in enumerate(told[:MOST_SOUNDS]):
            key = f"sound_{sound.replace('-', '_')}"
            keys = ("sounds_intro", key) if number == 0 else (key,)
            yield SoundLine(self.wording.phrase("sounds", *keys), sound)

    def _today(self, gate: Gate) -> Iterator[Utterance]:
        """Yield who is not massaged today, and who asks a doctor first."""
        routine, wording = self.routine, self.wording
        always = [wording.plain(text) for text in once(routine, routine.safety.always, wording.language)]
        if gate == "brief":
            items = wording.phrases.joined([*self._own("brief"), *always], "or")
            yield wording.phrase("gate", "gate_brief", items=items)
            return
        if gate == "core":
            items = wording.phrases.joined([*self._stops(core=True), *always], "or")
            yield wording.phrase("gate", "gate_core", "gate_core_ask", items=items)
            return
        items = wording.phrases.joined([*self._stops(core=False), *always], "or")
        yield wording.phrase("gate", "gate_full" if routine.safety.do_not_start else "gate_core", items=items)
        if routine.safety.ask_first:
            asked = [wording.plain(text) for text in once(routine, routine.safety.ask_first, wording.language)]
            yield wording.phrase("gate", "gate_full_ask", items=wording.phrases.joined(asked, "or"))
        if not all(part.safety.ask_first for part in routine.parts or (routine,)):
            yield wording.phrase("gate", "gate_core_ask")
        yield wording.phrase("gate", "gate_full_stop")

    def _stops(self, *, core: bool) -> tuple[str, ...]:
        """Who is not massaged today: a routine's list, or the language's where it has none; of each part."""
        found: dict[str, str] = {}
        for part in self.routine.parts or (self.routine,):
            texts: tuple[Text, ...] = part.safety.core if core else part.safety.do_not_start or part.safety.core
            for said in map(self.wording.plain, texts) if texts else self._own("core"):
                found.setdefault(said.casefold(), said)
        return tuple(found.values())

    def _own(self, key: Literal["core", "brief"]) -> tuple[str, ...]:
        return self.wording.phrases.items(key, self.routine.audience)

    def _settle(self) -> str:
        """What the receiver does meanwhile, all that is for this session."""
        said = (self.wording.of(s.say) for s in self.routine.settle if is_played(s.only, self.base, self.setup))
        return ", ".join(_FULL_STOP.sub("", text.strip()) for text in said)


def is_seated(routine: Routine, wording: Wording, setup: str | None) -> bool:
    """Whether the receiver sits, by the setup's name or, without setups, by the position; in any of joined routines."""
    if routine.parts:
        return any(is_seated(part, wording, setup_of(part, setup)) for part in routine.parts)
    where = setup or (wording.of(routine.position) if routine.position else "")
    return any(word in where.casefold() for word in wording.phrases.seated_words())
