"""The steps' words: works with their sides, and the chapters they are played in."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.routine.languages import is_side_word
from voiceguide.script.model import Changeover, CheckIn, CueLine, Lead, Part, Rounds, Side, Strokes, Work
from voiceguide.script.selection import chapters, is_played

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from voiceguide.durations import Length
    from voiceguide.routine.model import Cue, Group, Routine, Step, Text
    from voiceguide.script.model import Figures
    from voiceguide.script.selection import Entry
    from voiceguide.script.visits import Visit
    from voiceguide.script.wording import Wording
    from voiceguide.text.utterance import Utterance

TURN_SECONDS = 45.0
"""A turn's lead-in lasts at least this long."""
STROKES_AFTER = 3.0
"""Seconds from an instruction to the first stroke."""
STROKES_AFTER_OIL = 5.0
FIRM_FROM = 3
"""The pressure from which less than right may be too little, and from which a routine's `avoid` is said before."""
UNTOLD_SLOT = 60.0
"""Seconds that stand for the slot of a step without `duration` before its first plan."""


class Steps:
    """Writes works and parts, remembering what was said before: position, pressure, the first check-in."""

    def __init__(
        self,
        routine: Routine,
        wording: Wording,
        base: Length,
        setup: str | None,
        figures: Figures | None,
        visit: Visit,
    ) -> None:
        self.routine = routine
        self.wordings = [wording.of_part(part) for part in range(len(routine.parts) or 1)]
        self.wording = wording
        """That of the part whose step is being written."""
        self.base: Length = base
        self.setup = setup
        self.figures = figures
        self.visit = visit
        self.position = wording.of(routine.position).casefold() if routine.position else ""
        self.part = 0
        self.pressure: int | None = None
        self.pressed = ""
        """The word for it."""
        self.checked_in = False
        self.turn = 0
        """Whose turn it is, of a routine in two."""
        self.changing: tuple[Utterance, ...] = ()
        """What is said before the next step where the two change places."""

    def write(
        self, kept: Iterable[Step | Group], avoid: Callable[[int], Utterance | None], swap: tuple[Utterance, ...] = ()
    ) -> tuple[tuple[Work, ...], tuple[Part, ...]]:
        """Return the works, each once, and the chapters they are played in.

        `avoid` is what the one who presses minds, by the number of the routine's part; `swap` is what is said where the
        two change places.
        """
        order = chapters(kept)
        self.visit.keep(text for entry in order if entry.first for text in self._cue_texts(entry))
        titles = [self._title(entry) for entry in order]
        following = [*titles[1:], None]
        after: dict[int, list[str | None]] = {}
        for entry, title in zip(order, following, strict=True):
            after.setdefault(entry.work, []).append(title)
        # The end of a routine is not the place to tell of the next one's first step: it was not made to hold that.
        ends = {entry.work for entry, coming in pairwise(order) if entry.step.part != coming.step.part}
        minding = {entry.work: avoid(entry.step.part) for entry in _minding(order)}
        works: list[Work] = []
        parts: list[Part] = []
        for entry, title, coming in zip(order, titles, following, strict=True):
            self.changing = ()
            if swap and self.turn == 0 and self._turn(entry, 0):
                self._change(entry, swap)
            if entry.first:
                works.append(self._work(entry, after[entry.work], previewing=entry.work not in ends))
            parts.append(self._part(entry, title, coming, minding.get(entry.work)))
        return tuple(works), tuple(parts)

    def _turn(self, entry: Entry, side: int) -> int:
        """Return which of two turns a side of a step is in: 0 or 1."""
        if self.routine.receivers < 2:
            return int(0 < self.routine.second_turn <= entry.step.part)
        sides = (entry.group or entry.step).sides
        return 0 if all(map(is_side_word, sides)) else side % 2

    def _change(self, entry: Entry, swap: tuple[Utterance, ...]) -> None:
        """Begin the second turn: somebody else lies down, who knows of no pressure yet."""
        self.turn, self.changing = 1, swap
        self.part, self.pressure, self.pressed, self.checked_in = entry.step.part, None, "", False
        first = self.routine.parts[self.part].position
        self.position = self.wordings[self.part].of(first).casefold() if first else ""

    def _worded(self, entry: Entry, side: int) -> Wording:
        """Return the words of a step, on one of its sides."""
        wording = self.wordings[entry.step.part]
        return wording.exchanged() if self._turn(entry, side) else wording

    def _sides(self, entry: Entry) -> tuple[str, ...]:
        return tuple(self.wording.side(text) for text in (entry.group or entry.step).sides)

    def _title(self, entry: Entry) -> str:
        """A chapter's title; `{side}` is a group's side, or both of a step that has its sides in one chapter."""
        self.wording = self._worded(entry, entry.side)
        words = self._sides(entry)
        side = words[entry.side] if entry.group and words else self.wording.phrases.joined(words, last="and")
        title = self.wording.plain(entry.step.name, self._values(entry, side or None, None))
        # A name is as its author wrote it, but for the word that stands for a placeholder at its start.
        return title[:1].upper() + title[1:] if self.wording.name(entry.step.name).startswith("{") else title

    def _values(self, entry: Entry, side: str | None, coming: str | None) -> dict[str, str]:
        """What stands for the placeholders in a step's texts, on one of its sides; `coming` is the next title."""
        if self.figures:
            minutes = self.figures.slots[entry.work]
        else:
            duration = entry.step.duration
            minutes = self.wording.phrases.minutes(duration.low if duration else UNTOLD_SLOT)
        known = {"minutes": minutes, "side": side, "next": coming}
        return {name: value for name, value in known.items() if value is not None}

    # -- chapters ------------------------------------------------------------------------------

    def _part(self, entry: Entry, title: str, coming: str | None, avoid: Utterance | None) -> Part:
        step, group = entry.step, entry.group
        self.wording = self._worded(entry, entry.side)
        words = self._sides(entry)
        side = words[entry.side] if group and words else None
        values = self._values(entry, side or (words[0] if words else None), coming)
        lead = self._lead(entry, values, avoid)
        ready = step.ready and (group is None or entry.side + 1 >= len(words))
        stop = self.wording.phrase("ready", "ready") if ready else None
        if group is None:
            between = tuple(self._changeover(step.switch, word, values, step.transition) for word in words[1:])
            return Part(title, entry.work, tuple(range(max(1, len(words)))), lead, between, None, stop, None, None)
        after = None
        if entry.last_step and entry.side + 1 < len(words):
            after = self._changeover(group.switch, words[entry.side + 1], values, group.transition)
        name = self.wording.plain(group.name, values)
        return Part(title, entry.work, (entry.side,), lead, (), after, stop, name, side)

    def _lead(self, entry: Entry, values: dict[str, str], avoid: Utterance | None) -> Lead:
        """Turn, oil, pressure and `avoid` are said once a step, a group's on its first side; `warn` on every side."""
        step, wording = entry.step, self.wording
        turn = pressure = None
        position = step.position
        if step.part != self.part:  # its routine begins here, whatever of it is left out
            self.part = step.part
            position = position or self.routine.parts[step.part].position
        if position is not None and wording.of(position).casefold() != self.position:
            self.position = wording.of(position).casefold()
            turn = wording.phrase("turn", "turn", position=wording.plain(position, values))
        if entry.first and step.pressure is not None:
            self.pressure = step.pressure
            word = wording.phrases.pressure_word(step.pressure)
            if word != self.pressed:
                self.pressed = word
                pressure = wording.phrase("pressure", "pressure", pressure=word)
        return Lead(
            chime=None if step.chime == "none" else step.chime,
            turn=turn,
            oil=wording.phrase("oil", "oil") if step.oil and entry.first else None,
            pressure=pressure,
            avoid=avoid if entry.first else None,
            warn=wording.authored("warn", (step.warn,), values) if step.warn else None,
            transition=max(step.transition, TURN_SECONDS) if turn else step.transition,
            swap=self.changing,
        )

    def _changeover(self, text: Text | None, side: str, values: dict[str, str], transition: float) -> Changeover:
        if text is None:
            key = "side_switch_named" if " " in side else "side_switch"  # "the left side", but "the second person"
            return Changeover(self.wording.phrase("switch", key, side=side), side, transition)
        return Changeover(self.wording.authored("switch", (text,), {**values, "side": side}), side, transition)

    # -- works ---------------------------------------------------------------------------------

    def _work(self, entry: Entry, following: list[str | None], *, previewing: bool) -> Work:
        """A step's slots; `following` are the titles after each of its chapters, `previewing` whether it tells them."""
        step = entry.step
        words: tuple[str | None, ...] = self._sides(entry) or (None,)
        following = following if entry.group else following * len(words)
        duration = step.duration
        sides = []
        for index, word in enumerate(words):
            self.wording = self._worded(entry, index)
            values = self._values(entry, word, following[index])
            previews = previewing and index + 1 == len(words)
            sides.append(self._side(step, word, index, values, previews=previews))
        self.checked_in = self.checked_in or step.check_in
        return Work(
            number=entry.work + 1,
            low=duration.low if duration else None,
            high=duration.high if duration else None,
            stretch=step.stretch,
            rounds=Rounds(step.hold, dict(step.hold.times).get(self.base)) if step.hold else None,
            sides=tuple(sides),
            place=step.place,
            duration_place=duration.place if duration else step.place,
            strokes=Strokes(step.rhythm, STROKES_AFTER_OIL if step.oil else STROKES_AFTER) if step.rhythm else None,
            touch=step.touch,
            show=step.show,
        )

    def _side(self, step: Step, word: str | None, index: int, values: dict[str, str], *, previews: bool) -> Side:
        wording = self.wording
        # On later sides the name stands for the instruction: a step that says nothing says nothing again.
        said = step.say if index == 0 else step.say_again or ((step.name,) if step.say else ())
        cues = tuple(
            CueLine(
                cue.at,
                wording.varied("cue", text, self.visit.cue(text), values) if text else None,
                cue.chime,
                cue.place,
            )
            for cue in self._played(step)
            if not (index and cue.once)
            for text in ((cue.say_again if index else None) or cue.say,)
        )
        reminders: tuple[Utterance, ...] = ()
        if step.duration:
            texts = (*step.reminders, *self.routine.reminders)
            ordered = texts if index == 0 else texts[::-1]
            each = self.visit.reminders(ordered)
            reminders = tuple(wording.varied("reminder", text, said, values) for text, said in each)
        after = values.get("next")
        hold, rhythm = step.hold, step.rhythm
        return Side(
            side=word,
            instruction=wording.authored("instruction", said, values) if said else None,
            name=wording.authored("name", (step.name,), values),
            cues=cues,
            check_in=self._check_in(step) if step.check_in and index == 0 else None,
            reminders=reminders,
            next=wording.phrase("next", "next", next=after) if previews and after and not step.ready else None,
            press=self._called("press", "press", hold.say_press, values) if hold else None,
            release=self._called("release", "release", hold.say_release, values) if hold else None,
            out=self._called("out", "stroke_out", rhythm.say_out, values) if rhythm else None,
            back=self._called("back", "stroke_back", rhythm.say_back, values) if rhythm and not rhythm.lift else None,
            last=self._called("last", "stroke_last", rhythm.say_last, values) if rhythm else None,
        )

    def _played(self, step: Step) -> Iterator[Cue]:
        """Yield the cues of a step that are for this session."""
        yield from (cue for cue in step.cues if is_played(cue.only, self.base, self.setup))

    def _cue_texts(self, entry: Entry) -> Iterator[Text]:
        """Yield what the cues of a step say on any side."""
        many = len((entry.group or entry.step).sides) > 1
        for cue in self._played(entry.step):
            yield from (text for text in (cue.say, cue.say_again if many else None) if text)

    def _check_in(self, step: Step) -> CheckIn:
        """The first asks for a number and says what it means, later ones ask for more, less or the same."""
        # A chapter's words come before its lead-in: what it says of the pressure is not known yet.
        pressure = self.pressure if step.pressure is None else step.pressure
        if self.checked_in:
            keys = ("check_in", "check_in_follow")
        elif pressure is not None and pressure >= FIRM_FROM:
            keys = ("check_in_first", "check_in_number_firm")
        else:
            keys = ("check_in_first", "check_in_number")
        return CheckIn(*(self.wording.phrase("check_in", key) for key in keys))

    def _called(self, role: str, key: str, text: Text | None, values: dict[str, str]) -> Utterance:
        """A hold's or a stroke's word: the author's, or the language's own."""
        return self.wording.authored(role, (text,), values) if text else self.wording.phrase(role, key)


def _minding(order: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the chapter of each part before which the one who presses is told what to mind.

    It is the first that presses, else the second that touches, or the only one.
    """
    parts: dict[int, list[Entry]] = {}
    for entry in order:
        if entry.first:
            parts.setdefault(entry.step.part, []).append(entry)
    for entries in parts.values():
        touching = [entry for entry in entries if entry.step.touch]
        presses = [e for e in entries if e.step.hold or (e.step.pressure is not None and e.step.pressure >= FIRM_FROM)]
        yield from (presses or touching[1:2] or touching)[:1]
