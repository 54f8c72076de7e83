"""Importing: recordings of a routine's lines become a voice of their own, or nothing does.

Imported by modules that handle samples.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.authoring.recordings import files, lines, matching
from voiceguide.authoring.recordings.cutting import Levels, Span, cut
from voiceguide.authoring.recordings.hearing import hear
from voiceguide.authoring.recordings.understanding import understood
from voiceguide.errors import Failed, VoiceguideError
from voiceguide.sound.loudness import ENERGIES_PER_SECOND
from voiceguide.voices import LEAST_SECONDS, own, recorded
from voiceguide.voices.timing import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.authoring.recordings.hearing import Heard
    from voiceguide.authoring.recordings.lines import Line
    from voiceguide.authoring.recordings.listening import Recogniser
    from voiceguide.authoring.recordings.matching import Found
    from voiceguide.choices import Choices
    from voiceguide.routine.model import Routine

ODD = 2.5
"""Times as fast, or as slow, as the same person's other lines: then it may be another line."""
_ODD_SECONDS = 1.0
_MOST_LISTED = 20


class Told(NamedTuple):
    """A line with which something is."""

    line: Line
    what: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of it."""

    voice: str
    """`own:NAME`."""
    how: str
    """How it was told which line is which."""
    added: int
    replaced: int
    """Lines that were there, and have a new reading now."""
    told: tuple[Told, ...]
    """What had better be looked at."""
    missing: tuple[Line, ...]
    """What the sessions still lack."""
    faults: tuple[VoiceguideError, ...]
    """Why one of the sessions cannot be as it was read."""


@dataclass(frozen=True, slots=True)
class _Source:
    """A recording, and the lines in it."""

    path: Path
    spans: dict[int, Span]
    powers: dict[int, NDArray[np.float64]]
    """Of each line, every 10 ms."""


class Import:
    """One import of recordings of a routine's lines for some sessions, all in one language."""

    def __init__(self, routine: Routine, sessions: Iterable[Choices], name: str, *, visits: bool = True) -> None:
        """Find what is to be read, with `visits` for all of them. Raises UsageError and RoutineError as sessions do."""
        self.routine = routine
        self.visits = visits
        self.sessions = tuple(sessions)
        self.name = recorded.check_name(name)
        self.language = self.sessions[0].language or routine.language
        self.before = {line.key for line in (recorded.lines(name) if name in recorded.names() else ())}
        known = any(key[0] == recorded.key(self.language, "")[0] for key in self.before)
        self.lines = lines.lines(routine, self.sessions, self.id if known else None, visits=visits)
        self._by_number = {line.number: line for line in self.lines}
        self._told: list[Told] = []

    @property
    def id(self) -> str:
        """The voice's."""
        return f"{own.NAME}:{self.name}"

    def bring(
        self,
        paths: Sequence[Path],
        recogniser: Callable[[], Recogniser],
        progress: Callable[[int, int], None] | None = None,
    ) -> Imported:
        """Cut the lines out of recordings, and keep them. `recogniser` is asked for where words are to be recognised.

        Raises Failed and keeps nothing for recordings of other lines, without speech, and for what is no sound;
        MissingError without a recogniser, or a decoder; UsageError for files that are named twice.
        """
        found = files.sort(paths, self.lines, [line for line in self.lines if self._key(line) not in self.before])
        if found.lines:
            sources = self._of_lines(found.lines)
        else:
            listening = recogniser()
            sources = [self._of_many(path, listening, progress) for path in paths]
        where = {number: source for source in sources for number in source.spans}  # the last reading counts
        levels = Levels.of(source.powers[number] for number, source in where.items())
        kept: list[Line] = []
        recorded.add(self.name, self._readings(sources, where, levels, kept))
        new = sum(self._key(line) not in self.before for line in kept)
        missing, faults = lines.missing(self.lines, self.routine, self.sessions, self.id, visits=self.visits)
        told = tuple(sorted(self._told, key=lambda each: each.line.number))
        return Imported(self.id, found.how, new, len(kept) - new, told, missing, faults)

    def _key(self, line: Line) -> tuple[str, str]:
        return recorded.key(self.language, line.spoken)

    def _of_lines(self, found: Iterable[tuple[Path, Line]]) -> list[_Source]:
        """Take each recording for one line. Raises Failed where many cannot be theirs."""
        sources, lasting = [], []
        for path, line in found:
            heard = hear(path)
            stretches = heard.stretches()
            span = Span(stretches[0].start, stretches[-1].end)
            sources.append(_Source(path, {line.number: span}, {line.number: _powers(heard, span)}))
            lasting.append((path, line, span.end - span.start, max(0.5, count_words(line.spoken) * 60 / 135)))
        usual = median(seconds / expected for _, _, seconds, expected in lasting)
        misfits = [
            (path, line, seconds, expected * usual)
            for path, line, seconds, expected in lasting
            if not 1 / ODD <= seconds / (expected * usual) <= ODD and abs(seconds - expected * usual) > _ODD_SECONDS
        ]
        files.refuse_misfits(misfits, len(lasting))
        self._told += [
            Told(line, f"{path.name} lasts {seconds:.1f} s, where about {expected:.1f} s was expected")
            for path, line, seconds, expected in misfits
        ]
        return sources

    def _of_many(self, path: Path, recogniser: Recogniser, progress: Callable[[int, int], None] | None) -> _Source:
        """Find the lines in a recording of many. Raises Failed for one of other lines."""
        heard = hear(path)
        found = understood(heard, self.lines, self.language, recogniser, progress)
        self._refuse_others(path, found)
        spans = {number: Span(taken.start, taken.end) for number, taken in found.taken.items()}
        for number, taken in sorted((found.taken | found.doubtful).items()):
            if taken.score < matching.GOOD:
                kept = "kept" if number in found.taken else "not kept"
                self._told.append(
                    Told(self._by_number[number], f'understood as "{taken.understood}" ({taken.score:.0%}), {kept}')
                )
        return _Source(path, spans, {number: _powers(heard, span) for number, span in spans.items()})

    def _refuse_others(self, path: Path, found: Found) -> None:
        if found.taken and found.share >= matching.LEAST_SHARE:
            return
        did = [f'\n  {number}  "{self._by_number[number].text}"' for number in sorted(found.taken)]
        rest = f"\n  and {len(did) - _MOST_LISTED} more" if len(did) > _MOST_LISTED else ""
        matched = f" What did match:{''.join(did[:_MOST_LISTED])}{rest}" if did else " No line matched."
        raise Failed(
            f"{path}: expected a reading of this routine's lines, and only {found.share:.0%} of what is said there is "
            f"theirs, so nothing is kept. Is it of this routine, with these choices?{matched}"
        )

    def _readings(
        self, sources: Iterable[_Source], where: dict[int, _Source], levels: Levels, kept: list[Line]
    ) -> Iterator[recorded.Reading]:
        """Yield the lines of recordings as they are cut, and note them. Raises Failed where there is none."""
        for source in sources:
            spans = {number: span for number, span in source.spans.items() if where[number] is source}
            gains = {number: levels.gain_db(source.powers[number]) for number in spans}
            for number, made in cut(source.path, spans, gains):
                line = self._by_number[number]
                if made is None or not _can_be(line, made.seconds):
                    self._told.append(Told(line, f"no speech of its length is in {source.path.name}, not kept"))
                    continue
                if made.distorted:
                    self._told.append(Told(line, "distorted: it was too loud for the recording, kept"))
                kept.append(line)
                yield recorded.Reading(self.language, line.spoken, made.seconds, made.flac)
        if not kept:
            raise Failed("No line was found in what was recorded, so nothing is kept.")


def _can_be(line: Line, seconds: float) -> bool:
    """Whether a reading of so many seconds can be a line's."""
    return seconds >= LEAST_SECONDS * max(count_words(line.spoken), 1)


def _powers(heard: Heard, span: Span) -> NDArray[np.float64]:
    first, after = (round(seconds * ENERGIES_PER_SECOND) for seconds in span)
    return heard.powers[first : max(after, first + 1)]
