"""Drafts: a routine's script and its plan, brought to agree.

Some words depend on the plan (`{minutes}`, which sounds the opening names) and the plan on the words: a draft is
written and laid out again until both say the same. Totals that cannot be had are refused with the nearest that can.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property
from itertools import chain
from math import ceil, floor
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from voiceguide import phrases, planning, script
from voiceguide.durations import typed
from voiceguide.errors import Fault, RoutineError, UsageError, option
from voiceguide.planning import totals
from voiceguide.routine.finding import JOIN, companion
from voiceguide.routine.model import MOST_ROUNDS
from voiceguide.routine.source import with_excerpts
from voiceguide.script import SHORT_UNDER, SOUND_CODE, Figures, is_short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from voiceguide.choices import Choices
    from voiceguide.durations import Length
    from voiceguide.planning import Layout, Lengths
    from voiceguide.routine.model import Routine
    from voiceguide.script import Script

T = TypeVar("T")

FULL_TURNS = 4
"""How often a script is written again until its words agree with its plan."""

NEAREST_TURNS = 8
"""How often a total near an asked one is tried, its words changing with it."""

LINGERS = (5.0, 12.0)
"""Seconds that sound after the end sound, in a short session and in others."""

SURELY_LONG = 2 * SHORT_UNDER
"""Seconds; no words that have not settled yet make a session of these one for few words of care."""


class Draft(NamedTuple):
    """A script and its layout that agree."""

    script: Script
    layout: Layout
    figures: Figures
    warnings: tuple[Fault, ...]
    short: bool
    """Whether it is one of those that have time for few words of care."""


class Drafting:
    """Makes drafts of one routine with one listener's choices."""

    def __init__(self, routine: Routine, choices: Choices) -> None:
        self.routine = routine
        self.choices = choices
        self._scripts: dict[tuple[Length, Figures | None, bool], Script] = {}
        self._steps: dict[tuple[Length, Figures | None], Script] = {}
        """One of the scripts whose steps are said in the same words."""
        self._found: dict[tuple[object, ...], tuple[Lengths, Any]] = {}
        self.phrases = phrases.load(choices.language or routine.language)

    def in_length(self, choices: Choices) -> Drafting:
        """Return the drafting by choices that differ in their length alone; both know what either has found out."""
        other = copy(self)
        other.choices = choices
        return other

    @property
    def _named(self) -> Length:
        return "full" if self.choices.length.typed == "full" else "short"

    @property
    def total(self) -> float | None:
        """The exact total that the session lasts, by its listener or its routine; None where it lasts as it comes."""
        return self.choices.length.total or self.routine.total(self._named)

    def draft(self, lengths: Lengths) -> Draft:
        """Write and lay out until the words agree with the plan.

        Raises RoutineError for what cannot fit, and UsageError or RoutineError for a total out of reach.
        """
        total = self.choices.length.total
        if total is None:
            return self._draft(self._named, self.total, lengths)
        least = self._least_of_full(lengths, total)
        if least is not None and least > total and self._written("short") is None:
            raise self._out_of_reach(totals.OutOfReach(total, (least,)), "full", lengths)
        return self._draft(_steps_for(total, least), total, lengths)

    def again(self, draft: Draft, lengths: Lengths) -> Draft:
        """Lay a draft's steps out once more with other lengths, its words as they are."""
        base = draft.script.base
        try:
            return self._settled(base, self.total, lengths, draft.figures, 1, short=draft.short)
        except totals.OutOfReach as error:
            raise self._out_of_reach(error, base, lengths) from None

    def written(self, draft: Draft) -> Script:
        """Return the script of a draft with its own figures in its words."""
        return self._write(draft.script.base, draft.figures, short=draft.short)

    @cached_property
    def _tells_minutes(self) -> bool:
        return script.tells_minutes(self.routine)

    def _linger(self, *, short: bool) -> float:
        """How many seconds sound after the end sound."""
        return (LINGERS[0] if short else LINGERS[1]) if self.choices.linger is None else self.choices.linger

    def _written(self, base: Length, figures: Figures | None = None, *, short: bool = True) -> Script | None:
        """The script of a length, None where nothing is played in it."""
        try:
            return self._write(base, figures, short=short)
        except UsageError:
            return None

    def _write(self, base: Length, figures: Figures | None, *, short: bool) -> Script:
        """The script of a length, written once. Raises UsageError and RoutineError."""
        key = base, figures, short
        if key not in self._scripts:
            words = base, figures if self._tells_minutes else None
            alike = self._steps.get(words)
            written = script.write(self.routine, self.choices, base, figures, short=short, alike=alike)
            self._scripts[key] = self._steps[words] = written
        return self._scripts[key]

    def _least_of_full(self, lengths: Lengths, asked: float) -> float | None:
        """The total of full's steps with every slot at its short value, None where nothing is played in full.

        What is said around them is as in a session of `asked` seconds.
        """
        found = self._full_at_least(lengths, asked)
        return found[0] if found else None

    def _full_at_least(self, lengths: Lengths, asked: float) -> tuple[float, Script] | None:
        """That total, and the script it is of, found out once by the same lengths."""
        short = is_short(asked)
        return self._once(("least", short), lengths, lambda: self._find_full_at_least(lengths, short=short))

    def _once(self, what: tuple[object, ...], lengths: Lengths, find: Callable[[], T]) -> T:
        """What `find` finds by the same lengths as the last time, found out once."""
        if what not in self._found or self._found[what][0] is not lengths:
            self._found[what] = lengths, find()
        found: T = self._found[what][1]
        return found

    def _find_full_at_least(self, lengths: Lengths, *, short: bool) -> tuple[float, Script] | None:
        found, figures = None, None
        for _ in range(FULL_TURNS):
            written = self._written("full", figures, short=short)
            if written is None:
                break
            least = totals.reach(written, lengths, self._linger(short=short)).low
            found = least, written
            try:
                figured = self._figures(self._laid(written, lengths, least, short=short))
            except (RoutineError, totals.OutOfReach):
                break  # told where these steps are laid out
            if figured == figures:
                break
            figures = figured
        return found

    def _draft(self, base: Length, total: float | None, lengths: Lengths) -> Draft:
        try:
            if total is not None:
                return self._settled(base, total, lengths, None, FULL_TURNS, short=is_short(total))
            if not self._surely_long(base, lengths):
                found = self._settled(base, None, lengths, None, FULL_TURNS, short=True)
                # A longer linger that was asked for leaves no more time for words before.
                lasts = found.layout.duration
                if self.choices.closing:
                    lasts += LINGERS[0] - self._linger(short=True)
                if is_short(lasts):
                    return found
            return self._settled(base, None, lengths, None, FULL_TURNS, short=False)
        except totals.OutOfReach as error:
            raise self._out_of_reach(error, base, lengths) from None

    def _surely_long(self, base: Length, lengths: Lengths) -> bool:
        """Whether a length's steps last so long that it need not be laid out. Raises RoutineError."""
        written = self._write(base, None, short=True)
        self._fitting(written, lengths, both=True)
        return totals.reach(written, lengths, self._linger(short=True)).of(base) > SURELY_LONG

    def _settled(
        self,
        base: Length,
        total: float | None,
        lengths: Lengths,
        figures: Figures | None,
        turns: int,
        *,
        short: bool,
    ) -> Draft:
        """Write and lay out until the words agree with the plan. Raises RoutineError and OutOfReach."""
        for turn in range(turns):
            written = self._write(base, figures, short=short)
            found = self._fitting(written, lengths, both=turn == 0)
            try:
                layout = self._laid(written, lengths, total, short=short)
            except totals.OutOfReach as refused:
                # Words that have not settled yet make a session shorter or longer: judge it once they have, for what
                # could be had.
                nearest = _nearest_to(refused.total, refused.nearest)
                figured = self._figures_near(written, lengths, nearest, short=short)
                if figured == figures or turn + 1 == turns:
                    raise
            else:
                figured = self._figures(layout)
                if figured == figures or turn + 1 == turns:
                    break
            figures = figured
        return Draft(written, layout, figured, found, short)

    def _fitting(self, written: Script, lengths: Lengths, *, both: bool) -> tuple[Fault, ...]:
        """Warnings on what hardly fits, by estimate in `both` lengths. Raises RoutineError for what does not."""
        found = planning.faults(written, lengths)
        if both and lengths.estimated:
            # The file is at fault as a whole: what does not fit in the other length is told too.
            found += self._faults_of("short" if written.base == "full" else "full", lengths)
        found = tuple({(fault.place, fault.rule): fault for fault in found}.values())
        if any(fault.level == "fault" for fault in found):
            raise RoutineError(with_excerpts(fault for fault in found if fault.level == "fault"))
        return found

    def _faults_of(self, base: Length, lengths: Lengths) -> tuple[Fault, ...]:
        """What cannot fit in the steps of a length, found out once by the same lengths."""

        def find() -> tuple[Fault, ...]:
            written = self._written(base)
            return planning.faults(written, lengths) if written else ()

        return self._once(("faults", base), lengths, find)

    def _laid(self, written: Script, lengths: Lengths, total: float | None, *, short: bool) -> Layout:
        linger = self._linger(short=short)
        try:
            return self._within(written, lengths, total, linger)
        except planning.TooManyRounds as error:
            where = f"{error.place.file}:{error.place.line}"
            raise UsageError(
                f"{option('length')} {self.choices.length}: expected at most {MOST_ROUNDS} rounds or strokes in a "
                f"slot, got {error.many:,} in the step at {where}: ask for a shorter session"
            ) from None

    def _within(self, written: Script, lengths: Lengths, total: float | None, linger: float) -> Layout:
        try:
            return planning.lay_out(written, lengths, total=total, linger=linger)
        except planning.DoesNotFit as error:
            certain = error
        if lengths.estimated:
            # Within the margin of an estimate: lay it out as if it just fitted; speaking will tell.
            try:
                return planning.lay_out(written, lengths.scaled(1 / planning.MARGIN), total=total, linger=linger)
            except planning.DoesNotFit as error:
                certain = error
        raise RoutineError(with_excerpts([planning.fault(certain, written, lengths)]))

    def _out_of_reach(self, error: totals.OutOfReach, base: Length, lengths: Lengths) -> RoutineError | UsageError:
        nearest = self._nearest(error, base, lengths)
        if nearest is None:  # no total would do where the file itself is at fault
            found = dict.fromkeys(chain(self._faults_of("short", lengths), self._faults_of("full", lengths)))
            if faults := [fault for fault in found if fault.level == "fault"]:
                return RoutineError(with_excerpts(faults))
        asked = self.choices.length.total
        works = f"the nearest total that works is {typed(nearest)}" if nearest else "no total works"
        if nearest is not None and error.total > nearest and (more := companion(self.routine)):
            works = f"for so long a session join another routine to it, as {JOIN}{more}; {works}"
        if asked is not None or self.routine.parts:  # a total made of the parts' stands in no file
            return UsageError(
                f"{option('length')} {self.choices.length}: out of reach for {self.routine.name}; {works}",
                known=[typed(nearest)] if nearest else (),
            )
        place = dict(self.routine.length_places).get(base, self.routine.place)
        message = f"expected a total that the steps can reach, got {typed(error.total)}; {works}"
        return RoutineError(with_excerpts([Fault(place, "out-of-reach", message)]))

    def _nearest(self, error: totals.OutOfReach, base: Length, lengths: Lengths) -> float | None:
        """A total near the asked one that can be had and typed: tried, not guessed."""
        asked = self.choices.length.total is not None
        leasts: dict[bool, float | None] = {}

        def steps_for(total: float) -> Length:
            if not asked:
                return base
            short = is_short(total)
            if short not in leasts:
                leasts[short] = self._least_of_full(lengths, total)
            return _steps_for(total, leasts[short])

        steps_for(error.total)
        near = [*error.nearest, *(least for least in leasts.values() if base == "short" and least is not None)]
        if not is_short(error.total):
            near.append(SHORT_UNDER - 1.0)  # with fewer words of care, more may be in reach
        for first in sorted(near, key=lambda seconds: abs(seconds - error.total)):
            candidate = first
            for turn in range(NEAREST_TURNS):
                # Whole seconds read best; where nothing stretches, only the very total will do.
                whole = floor if first < error.total else ceil
                farther = float(2**turn) * (-1 if whole is floor else 1)
                for wanted in (float(whole(candidate)), floor(candidate * 100) / 100, ceil(candidate * 100) / 100):
                    refused = self._refused(wanted, steps_for(wanted), lengths, farther=farther)
                    if refused is None:
                        return wanted
                    candidate = refused
        return None

    def _refused(self, total: float, base: Length, lengths: Lengths, *, farther: float) -> float | None:
        """None where a total can be had, else one to try next: `farther` seconds on where words crowd each other."""
        try:
            self._settled(base, total, lengths, None, FULL_TURNS, short=is_short(total))
        except totals.OutOfReach as error:
            return _nearest_to(total, error.nearest)
        except RoutineError:
            return total + farther
        return None

    def _figures_near(self, written: Script, lengths: Lengths, total: float, *, short: bool) -> Figures:
        """Those of a script in a total that it can have, found out once by the same lengths."""
        key = "near", id(written), total  # every script is kept
        return self._once(key, lengths, lambda: self._figures(self._laid(written, lengths, total, short=short)))

    def _figures(self, layout: Layout) -> Figures:
        """What the words need to know of a layout."""
        begins = layout.chapters[0].end
        heard = (clip.sound for clip in layout.clips if clip.track == "chime" and clip.start >= begins - 1e-9)
        return Figures(
            self.phrases.minutes(layout.duration),
            tuple(self.phrases.minutes(slot) for slot in layout.slots),
            tuple(sound for sound in dict.fromkeys(heard) if sound in SOUND_CODE),
        )


def _steps_for(total: float, least_of_full: float | None) -> Length:
    """Whose steps an asked total is made of: full's, where they can be as short."""
    return "full" if least_of_full is not None and least_of_full <= total else "short"


def _nearest_to(total: float, others: Iterable[float]) -> float:
    return min(others, key=lambda seconds: abs(seconds - total))
