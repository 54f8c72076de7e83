"""Composing: a routine and a listener's choices become one session: its voice, its bed, its sounds, its drafts.

Making a `Session` refuses what can be refused at once; nothing is spoken or loaded by it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from voiceguide import phrases, voices
from voiceguide.choices import LINGER, Choices
from voiceguide.errors import Message, UsageError, option
from voiceguide.installed import generator
from voiceguide.script import SOUND_CODE
from voiceguide.session.drafting import Drafting
from voiceguide.sound import bed as beds
from voiceguide.timeline import Clip, Timeline

if TYPE_CHECKING:
    from voiceguide.routine.model import Routine
    from voiceguide.session.drafting import Draft
    from voiceguide.sound.bed import BedRef
    from voiceguide.voices import Voice

Progress = Callable[[str, int, int], None]
"""(stage, done, total): stages are `speaking` (sentences) and `encoding` (frames)."""
Warn = Callable[[str], None]


def silent(_warning: str) -> None:
    """Tell a warning to nobody."""


class Session:
    """One session of a routine, from its choices on."""

    def __init__(self, routine: Routine, choices: Choices, warn: Warn | None = None) -> None:
        self.routine = routine
        self.choices = choices
        self.warn = warn or silent
        self.language = choices.language or routine.language
        self._check_language()  # an unknown one is told before who could speak it
        self.voice: Voice = voices.pick(choices.voice, language=self.language, pace=choices.pace)
        self.bed: BedRef | None = beds.chosen(choices.bed, routine.bed, routine.folder)
        default = LINGER if self.bed else 0.0
        self.linger = default if choices.linger is None else choices.linger
        self.drafting = Drafting(routine, choices, self.linger)

    def _check_language(self) -> None:
        try:
            phrases.load(self.language)
        except UsageError as error:
            raise UsageError(f"{option('language')}: {error.text}", got=self.language) from None

    @cached_property
    def sounds(self) -> dict[str, float]:
        """Seconds of every sound the routine may use, by name. Raises Failed for one that cannot be read."""
        from voiceguide.sound import chimes

        return {name: chimes.seconds(chimes.find(name, self.routine.folder)) for name in self._named()}

    def _named(self) -> tuple[str, ...]:
        names = list(SOUND_CODE)
        for step in self.routine.every_step:
            names += step.sounds
        return tuple(dict.fromkeys(names))

    def check_sounds(self) -> None:
        """Load the author's own sounds once, so that a broken one is found before anything is spoken."""
        from voiceguide.sound import chimes

        for name in self.sounds:
            if name not in SOUND_CODE:
                chimes.load(chimes.find(name, self.routine.folder), name)

    def tell(self, draft: Draft) -> None:
        """Warn of what this session had better not be."""
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
            choices=choices.told() | {"linger": self.linger},
            duration=layout.duration,
            estimated=estimated,
            chapters=layout.chapters,
            clips=(*([Clip("bed", "bed", 0.0, layout.duration, sound=bed)] if bed else ()), *layout.clips),
            left_out=layout.left_out,
        )
