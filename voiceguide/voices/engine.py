"""What an engine is: the Protocols of engines and their voices, and what they give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    from numpy.typing import NDArray


ANY_LANGUAGE = "mul"
"""The tag (BCP 47: multiple languages) of a voice that speaks whatever it is given."""

Gender = Literal["female", "male"]


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """What an engine gives back for one sentence."""

    samples: NDArray[np.float32]
    """Shape (frames, 1), full scale 1.0."""
    sample_rate: int
    """Hz."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice of an engine, for lists and for picking by language."""

    name: str
    """As in `ENGINE:NAME`."""
    languages: tuple[str, ...]
    """BCP 47 tags, best first."""
    licence: str
    fix: str | None = None
    """None when it is ready, else the one line that makes it so."""
    gender: Gender | None = None
    """None where nobody tells."""
    natural: bool = False
    """Whether people take it for a person reading; a robotic one says of itself that a better one can be had."""
    download_mb: float | None = None
    """Megabytes that `get` would download; None for a voice that is here, and for one that nothing can be got of."""


class Voice(Protocol):
    """A voice ready to speak, at a pace and in a language. Safe to call from several threads at once."""

    @property
    def id(self) -> str:
        """`engine:name`, as `hibari:heart`."""

    @property
    def fingerprint(self) -> str:
        """Engine, version, model and settings: two voices with equal fingerprints speak the same audio."""

    def say(self, text: str) -> Audio:
        """Speak one normalised sentence.

        Raises Failed with the engine's own words when it cannot; never returns silence instead.
        """

    def estimate(self, text: str) -> float:
        """Seconds that `say(text)` will last once trimmed; needs no model and no engine loaded."""


@runtime_checkable
class Phonetic(Protocol):
    """A voice that takes sounds as well as letters: what it has beside a voice's own."""

    @property
    def phonemes(self) -> frozenset[str] | None:
        """The IPA's signs (`text.ipa`) that `say` takes in a sentence, as `[word](/ipa/)`; it must sound them all.

        `text.pronouncing.parts` reads such a sentence. None is as for a voice that is no Phonetic: it is given an
        author's respellings. An empty set is for a recording, which is given the words as they stand.
        """


@runtime_checkable
class Sparing(Protocol):
    """A voice whose sentences take much memory while they are spoken: what it has beside a voice's own."""

    @property
    def at_once(self) -> int:
        """How many sentences it is to speak at once, whatever number of cores there is."""


@runtime_checkable
class Brisk(Protocol):
    """A voice that sounds wrong when it is slowed too far, so that it is not: what it has beside a voice's own."""

    @property
    def slowest(self) -> int:
        """Words a minute of running text that it does not speak below, whatever pace was asked for."""


class Engine(Protocol):
    """A source of voices. Making one imports nothing heavy."""

    name: str
    """Its name alone."""
    picked: bool
    """False for an engine that is never picked by itself, only when named."""

    def probe(self) -> str | None:
        """None when it works here, else the one-line fix. Never raises."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice, the best of each language first; a voice that needs a download says so in `fix`."""

    def voice(self, name: str | None, *, language: str, pace: int) -> Voice:
        """Return a voice by name, or the best for the language; loads nothing until it speaks.

        Raises UsageError for an unknown name (listing the near ones) and MissingError for one not installed.
        """


@runtime_checkable
class Fetching(Protocol):
    """An engine whose voices are downloaded: what it has beside an engine's own."""

    def get(self, name: str, told: Callable[[int, int], None]) -> None:
        """Download what a voice needs, checked, and shared with whoever else is at it; nothing when it is here.

        `told` is told (bytes so far, bytes in all). Raises UsageError for an unknown name, MissingError where it
        cannot be had, as without a connection, and Failed.
        """

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove what was downloaded for a voice, and return the paths; none when nothing of it is here.

        Raises UsageError for an unknown name, and Failed.
        """


@runtime_checkable
class Recorded(Protocol):
    """A voice of recordings: it says what somebody has read, as fast as it was read. What it has beside a voice's own.

    Its `estimate` of what was read is exact.
    """

    def lacks(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return those of some normalised sentences that it cannot say, each once, in order."""
