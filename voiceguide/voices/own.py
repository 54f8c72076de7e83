"""The engine for an author's own voice: it says what was recorded, each line as it was read, and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from voiceguide.errors import MissingError, UsageError, VoiceguideError, option
from voiceguide.plugins import words
from voiceguide.voices import ANY_LANGUAGE, Audio, VoiceInfo, find, recorded
from voiceguide.voices.timing import count_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from voiceguide.voices.recorded import Line

NAME = "own"
SHORTEST = 0.4
"""Seconds that a line is thought to last at least, before it is read."""


class OwnEngine:
    """A voice a folder; none is ever picked by itself."""

    name = NAME
    picked = False

    def probe(self) -> str | None:
        """None: what was recorded can be played."""
        return None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice that was imported, by name."""
        return tuple(map(_info, recorded.names()))

    def voice(self, name: str | None, *, language: str, pace: int) -> OwnVoice:
        """Return a voice by name, or the first one that has lines in the language.

        Raises UsageError for an unknown name, and where its index is damaged.
        """
        if not (infos := self.voices()):
            raise UsageError(f'{option("voice")}: no voice of your own is here. "voiceguide voices import" makes one.')
        found = find(infos, name, engine=self.name, language=language).name
        return OwnVoice(found, recorded.folder() / found, language, pace)

    def get(self, name: str, told: Callable[[int, int], None]) -> None:  # noqa: ARG002 (the Protocol's)
        """Nothing can be downloaded. Raises UsageError where the voice is not here."""
        find(self.voices(), name, engine=self.name, language=ANY_LANGUAGE)

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove a voice with all its recordings, and return its folder. Raises UsageError for an unknown name."""
        return recorded.remove(find(self.voices(), name, engine=self.name, language=ANY_LANGUAGE).name)


def _info(name: str) -> VoiceInfo:
    """What is known of a voice; a damaged one says so, and can be removed."""
    try:
        languages = tuple(dict.fromkeys(line.language for line in recorded.lines(name)))
    except VoiceguideError as fault:
        return VoiceInfo(name, (ANY_LANGUAGE,), "yours", words(fault), natural=True)
    return VoiceInfo(name, languages, "yours", natural=True)


@dataclass(frozen=True)
class OwnVoice:
    """What one person read in one language."""

    name: str
    folder: Path
    language: str
    pace: int
    """Words a minute at which a line that nobody has read is thought to be."""

    @property
    def id(self) -> str:
        """`own:NAME`."""
        return f"{NAME}:{self.name}"

    @property
    def phonemes(self) -> frozenset[str]:
        """None: it is given the words as they stand."""
        return frozenset()

    @cached_property
    def _lines(self) -> dict[tuple[str, str], Line]:
        return {line.key: line for line in recorded.lines(self.name)}

    @cached_property
    def fingerprint(self) -> str:
        """Name and recordings: a line that is read anew makes it another voice."""
        told = repr(sorted((*key, line.file) for key, line in self._lines.items()))
        return f"own 1 {self.name} {self.language} {hashlib.sha256(told.encode()).hexdigest()}"

    def say(self, text: str) -> Audio:
        """Return a line as it was recorded. Raises MissingError for one that was not, and Failed for a damaged one."""
        from io import BytesIO

        import soundfile

        from voiceguide.errors import Failed

        if (line := self._line(text)) is None:
            raise MissingError(f'The voice "{self.id}" has no recording of "{text}".')
        try:
            samples, rate = soundfile.read(BytesIO(recorded.read(self.name, line)), dtype="float32", always_2d=True)
        except soundfile.SoundFileError as error:
            raise Failed(f"{self.folder / line.file}: the recording is no FLAC; import its line again.") from error
        return Audio(samples, int(rate))

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)`, exactly; of a line that nobody has read, what it takes at the pace."""
        line = self._line(text)
        return line.seconds if line else max(SHORTEST, count_words(text) * 60 / self.pace)

    def lacks(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return those of some texts that nobody has read yet, each once."""
        return tuple(text for text in dict.fromkeys(texts) if self._line(text) is None)

    def _line(self, text: str) -> Line | None:
        return self._lines.get(recorded.key(self.language, text))
