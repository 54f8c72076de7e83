"""Composing: a routine and a listener's choices become one session: its voice, its bed, its sounds, its drafts.

Making a `Session` refuses what can be refused at once; nothing is spoken or loaded by it.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.choices.kinds import NO_CHIMES
from voiceguide.errors import Message, UsageError, option
from voiceguide.installed import generator
from voiceguide.planning import Lengths
from voiceguide.routine.joining import twice
from voiceguide.routine.model import Routine
from voiceguide.script import SOUND_CODE
from voiceguide.session import calling, filling
from voiceguide.session.drafting import Drafting
from voiceguide.session.joined import with_total
from voiceguide.sound import bed as beds
from voiceguide.timeline import Clip, Timeline
from voiceguide.voices import DEFAULT_PACE, getting, is_recorded, slowest

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.choices import Choices
    from voiceguide.session.drafting import Draft
    from voiceguide.sound.bed import BedRef
    from voiceguide.text.utterance import Sentence
    from voiceguide.voices import Voice

Progress = Callable[[str, int, int], None]
"""(stage, done, total): stages are `speaking` (sentences) and `encoding` (frames)."""
Warn = Callable[[str], None]


def silent(_warning: str) -> None:
    """Tell a warning to nobody."""


class Session:
    """One session of a routine, from its choices on."""

    def __init__(self, routine: Routine, choices: Choices, warn: Warn | None = None) -> None:
        if not isinstance(routine, Routine):
            message = f"expected a routine, as `load` returns one, got {type(routine).__name__}"
            raise UsageError(f"{option('routine')}: {message}", got=routine)
        self.routine = routine
        """With the exact totals of its named lengths, which a joined one has from its parts."""
        self.choices = choices
        self.warn = warn or silent
        self.language = choices.language or routine.language
        phrases.check(self.language)  # an unknown one is told before who could speak it
        self.voice: Voice = filling.chosen(choices, self.language)
        self.bed: BedRef | None = _bed(routine, choices)
        if choices.swap:
            self.routine = twice(routine)
        if self.routine.parts:
            self.routine = with_total(self.routine, choices, self._estimates)
        if choices.names:
            self.choices = calling.fitting(self.routine, choices, self.estimates, self.warn)
        self.drafting = Drafting(self.routine, self.choices)
        if warn and (note := getting.note(choices.voice, self.language, phrases.called(self.language))):
            warn(note)

    def in_length(self, choices: Choices) -> Session:
        """Return the session by choices that differ in their length alone; what both say is written once."""
        other = copy(self)
        other.choices = choices
        other.drafting = self.drafting.in_length(choices)
        return other

    @cached_property
    def sounds(self) -> dict[str, float]:
        """Seconds of every sound the routine may use, by name. Raises Failed for one that cannot be read."""
        return _sounds(self.routine)

    @cached_property
    def estimates(self) -> Lengths:
        """How long the words last by the voice's estimates alone: the same on every machine."""
        seen: dict[str, float] = {}

        def of(sentence: Sentence) -> float:
            if sentence.spoken not in seen:
                seen[sentence.spoken] = self.voice.estimate(sentence.spoken)
            return seen[sentence.spoken]

        return Lengths(of, self.sounds, estimated=True)

    @property
    def chime_db(self) -> float:
        """How much softer the chimes are than their files."""
        level = self.choices.chime_level
        return float(level) if level is not None and level != NO_CHIMES else 0.0

    def sound(self, name: str) -> Path:
        """Return the file of a sound of the routine's. Raises Failed."""
        return _sound(self.routine, name)

    def _estimates(self, routine: Routine) -> Lengths:
        """The lengths of a routine's words by the voice's estimate alone."""
        return Lengths(lambda sentence: self.voice.estimate(sentence.spoken), _sounds(routine), estimated=True)

    def check_sounds(self) -> None:
        """Load the author's own sounds once, so that a broken one is found before anything is spoken."""
        from voiceguide.sound import chimes

        for name in self.sounds:
            if name not in SOUND_CODE:
                chimes.load(self.sound(name), name)

    def _sounds(self, clip: Clip) -> bool:
        """Whether a clip is heard: without chimes only those that end the session are."""
        return self.choices.chime_level != NO_CHIMES or clip.track != "chime" or clip.sound == END

    def tell(self, draft: Draft) -> None:
        """Warn of what this session had better not be."""
        if self.choices.pace != DEFAULT_PACE and is_recorded(self.voice):
            self.warn(Message(f'{option("pace")}: the voice "{self.voice.id}" keeps the pace of its recordings'))
        elif self.choices.pace != DEFAULT_PACE and self.choices.pace < (least := slowest(self.voice) or 0):
            told = f'the voice "{self.voice.id}" speaks about {least} words a minute at least'
            self.warn(Message(f"{option('pace')}: {told}, got {self.choices.pace}"))
        for unsaid in calling.unsaid_names(self.choices, self.language, self.voice):
            self.warn(unsaid)
        if self.bed and self.bed.name == beds.MASKS_BOWLS:
            self.warn(Message(f"{option('bed')}: {beds.MASKING}" if self.choices.bed else beds.MASKING))
        for warning in draft.warnings:
            self.warn(warning.text)

    def timeline(self, draft: Draft, *, estimated: bool) -> Timeline:
        """A draft's layout with the session's facts."""
        written, layout, choices = draft.script, draft.layout, self.choices
        bed = self.bed.name if self.bed else None
        return Timeline(
            generator=generator(),
            routine=self.routine.name,
            title=written.title,
            summary=written.summary,
            audience=self.routine.audience,
            length=choices.length.typed,
            setup=written.setup,
            talk=choices.talk,
            language=self.language,
            voice=self.voice.id,
            pace=choices.pace,
            bed=bed,
            choices=choices.told(),
            duration=layout.duration,
            estimated=estimated,
            chapters=layout.chapters,
            clips=(
                *([Clip("bed", "bed", 0.0, layout.duration, sound=bed)] if bed else ()),
                *(clip for clip in layout.clips if self._sounds(clip)),
            ),
            left_out=layout.left_out,
        )


END = "end"
"""The sound that is heard whatever is left out: without it nobody knows that the session is over."""


def _bed(routine: Routine, choices: Choices) -> BedRef | None:
    """The listener's bed, else the routine's from where it stands, else the default."""
    folder, file = routine.beside(routine.bed) if routine.bed else (routine.folder, routine.bed)
    return beds.chosen(choices.bed, file, folder)


def _sound(routine: Routine, name: str) -> Path:
    from voiceguide.sound import chimes

    folder, file = routine.beside(name)
    return chimes.find(file, folder)


def _sounds(routine: Routine) -> dict[str, float]:
    """Seconds of every sound a routine may use, by name."""
    from voiceguide.sound import chimes

    names = list(SOUND_CODE)
    for step in routine.every_step:
        names += step.sounds
    return {name: chimes.seconds(_sound(routine, name)) for name in dict.fromkeys(names)}
