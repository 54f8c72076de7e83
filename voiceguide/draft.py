"""Drafts: a routine's script and its plan, brought to agree.

Some words depend on the plan (`{minutes}`, which sounds the opening names) and the plan on the words: a draft is
written and laid out again until both say the same. Totals that cannot be had are refused with the nearest that can.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import phrases, planning, script
from voiceguide.errors import Fault, RoutineError, UsageError
from voiceguide.planning import totals
from voiceguide.script import SOUND_CODE, Figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.choices import Choices
    from voiceguide.planning import Layout, Lengths
    from voiceguide.routine.model import Length, Routine
    from voiceguide.script import Script

FULL_TURNS = 4
"""How often a script is written again until its words agree with its plan."""


class Draft(NamedTuple):
    """A script and its layout that agree."""

    script: Script
    layout: Layout
    figures: Figures
    warnings: tuple[Fault, ...]


class Drafting:
    """Makes drafts of one routine with one listener's choices."""

    def __init__(self, routine: Routine, choices: Choices, linger: float) -> None:
        """`linger` is how many seconds sound after the end sound."""
        self.routine = routine
        self.choices = choices
        self.linger = linger
        self.phrases = phrases.load(choices.language or routine.language)

    def draft(self, lengths: Lengths, figures: Figures | None = None, turns: int = FULL_TURNS) -> Draft:
        """Write and lay out until the words agree with the plan, `turns` times at most.

        Raises RoutineError for what cannot fit, and UsageError or RoutineError for a total out of reach.
        """
        total = self.choices.total()
        if total is None:
            base: Length = "full" if self.choices.length == "full" else "short"
            return self._draft(base, self.routine.total(base), lengths, figures, turns)
        full = self._written("full", figures)
        if full is not None and totals.reach(full, lengths, self.linger).low <= total:
            return self._draft("full", total, lengths, figures, turns)
        return self._draft("short", total, lengths, figures, turns)

    def again(self, draft: Draft, lengths: Lengths) -> Draft:
        """Lay a draft's steps out once more with other lengths, its words as they are."""
        base = draft.script.base
        total = self.choices.total() or self.routine.total(base)
        return self._draft(base, total, lengths, draft.figures, turns=1)

    def _written(self, base: Length, figures: Figures | None) -> Script | None:
        """The script of a length, None where nothing is played in it."""
        try:
            written = script.write(self.routine, self.choices, base, figures)
        except UsageError:
            if self.choices.without:
                raise
            return None
        return written

    def _draft(self, base: Length, total: float | None, lengths: Lengths, figures: Figures | None, turns: int) -> Draft:
        for turn in range(turns):
            written = script.write(self.routine, self.choices, base, figures)
            found = planning.faults(written, lengths)
            if turn == 0:
                other = self._written("short" if base == "full" else "full", figures)
                # The file is at fault as a whole: what does not fit in the other length is told too.
                found += planning.faults(other, lengths) if other and lengths.estimated else ()
            found = tuple({(fault.place, fault.rule): fault for fault in found}.values())
            if any(fault.level == "fault" for fault in found):
                raise RoutineError(self._with_excerpts(fault for fault in found if fault.level == "fault"))
            try:
                layout = self._laid(written, lengths, total)
            except totals.OutOfReach as error:
                raise self._out_of_reach(error, base, lengths, figures) from None
            figured = self._figures(layout)
            if figured == figures or turn + 1 == turns:
                break
            figures = figured
        return Draft(written, layout, figured, found)

    def _laid(self, written: Script, lengths: Lengths, total: float | None) -> Layout:
        try:
            return planning.lay_out(written, lengths, total=total, linger=self.linger)
        except planning.DoesNotFit as error:
            certain = error
        if lengths.estimated:
            # Within the margin of an estimate: lay it out as if it just fitted; speaking will tell.
            try:
                return planning.lay_out(written, lengths.scaled(1 / planning.MARGIN), total=total, linger=self.linger)
            except planning.DoesNotFit as error:
                certain = error
        raise RoutineError(self._with_excerpts([planning.fault(certain, written, lengths)]))

    def _with_excerpts(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Show the line of the file that each fault stands on."""
        lines: dict[str, list[str]] = {}
        for fault in faults:
            file = fault.place.file
            if file not in lines:
                try:
                    lines[file] = Path(file).read_text(encoding="utf-8-sig").splitlines()
                except (OSError, UnicodeDecodeError):
                    lines[file] = []
            number = fault.place.line
            excerpt = lines[file][number - 1] if 0 < number <= len(lines[file]) else ""
            yield replace(fault, excerpt=excerpt)

    def _out_of_reach(
        self, error: totals.OutOfReach, base: Length, lengths: Lengths, figures: Figures | None
    ) -> RoutineError | UsageError:
        nearest = self._nearest(error, base, lengths, figures)
        asked = self.choices.total()
        works = f"the nearest total that works is {_typed(nearest)}" if nearest else "no total works"
        if asked is not None:
            return UsageError(f"--length {self.choices.length}: out of reach for {self.routine.name}; {works}")
        place = dict(self.routine.length_places).get(base, self.routine.place)
        message = f"expected a total that the steps can reach, got {_typed(error.total)}; {works}"
        return RoutineError(self._with_excerpts([Fault(place, "out-of-reach", message)]))

    def _nearest(
        self, error: totals.OutOfReach, base: Length, lengths: Lengths, figures: Figures | None
    ) -> float | None:
        """A total near the asked one that can be had: tried, not guessed."""
        near = list(error.nearest)
        if base == "short" and self.choices.total() is not None:
            full = self._written("full", figures)
            if full is not None:
                near.append(totals.reach(full, lengths, self.linger).low)
        margin = 1.02 if lengths.estimated else 1.0
        for candidate in sorted(near, key=lambda seconds: abs(seconds - error.total)):
            wanted = ceil(candidate * margin) if candidate > error.total else round(candidate, 2)
            for _ in range(8):
                if self._reaches(wanted, base, lengths, figures):
                    return float(wanted)
                wanted += 1
        return None

    def _reaches(self, total: float, base: Length, lengths: Lengths, figures: Figures | None) -> bool:
        if self.choices.total() is not None:
            full = self._written("full", figures)
            if full is not None and totals.reach(full, lengths, self.linger).low <= total:
                base = "full"
        try:
            for _ in range(FULL_TURNS):
                written = script.write(self.routine, self.choices, base, figures)
                figures = self._figures(planning.lay_out(written, lengths, total=total, linger=self.linger))
        except (totals.OutOfReach, planning.DoesNotFit):
            return False
        return True

    def _figures(self, layout: Layout) -> Figures:
        """What the words need to know of a layout."""
        begins = layout.chapters[0].end
        heard = {clip.sound for clip in layout.clips if clip.track == "chime" and clip.start >= begins - 1e-9}
        return Figures(
            self.phrases.minutes(layout.duration),
            tuple(self.phrases.minutes(slot) for slot in layout.slots),
            tuple(sound for sound in SOUND_CODE if sound in heard),
        )


def _typed(seconds: float) -> str:
    """A total as it can be typed after --length."""
    minutes, rest = divmod(round(seconds, 2), 60)
    tail = f"{rest:.2f}".rstrip("0").rstrip(".")
    return f"{int(minutes)}m{tail}s" if minutes and rest else f"{int(minutes)}m" if minutes else f"{tail}s"
