"""The voices there are as a list: who speaks a language, and who speaks it best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from voiceguide.text.languages import primary
from voiceguide.voices.engine import ANY_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.voices.engine import Gender


class Speaking(Protocol):
    """What tells which languages it speaks."""

    @property
    def languages(self) -> tuple[str, ...]:
        """BCP 47 tags, best first."""


_Speaking = TypeVar("_Speaking", bound=Speaking)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `voices`: a voice, or an engine that has none to show because it does not work here."""

    id: str
    """`engine:name`, or the engine's name alone when it shows no voices."""
    engine: str
    name: str
    """Empty when the engine shows no voices."""
    languages: tuple[str, ...]
    licence: str
    ready: bool
    fix: str | None
    """None when ready."""
    gender: Gender | None = None
    natural: bool = False
    download_mb: float | None = None
    """What `get` would download; None for what is here, and for what is not downloaded."""
    picked: bool = True
    """Whether it may be picked by itself."""


def speaks(voice: Speaking, language: str) -> bool:
    """Say whether a voice speaks a language: `en-GB` and `en-US` are one language, spoken differently."""
    return any(tag == ANY_LANGUAGE or primary(tag) == primary(language) for tag in voice.languages)


def nearest(voices: Iterable[_Speaking], language: str) -> _Speaking:
    """Return the voice that comes nearest to a language, the first of several; there is one at least."""
    return min(voices, key=lambda voice: _distance(voice, language))


def best_first(voices: Iterable[Listed], language: str | None = None) -> tuple[Listed, ...]:
    """Sort voices that stand in their engines' order: natural ones first, an engine's own by their region."""
    engines: dict[str, int] = {}
    listed = tuple(voices)
    for voice in listed:
        engines.setdefault(voice.engine, len(engines))

    def rank(voice: Listed) -> tuple[bool, int, int]:
        return not voice.natural, engines[voice.engine], _distance(voice, language) if language else 0

    return tuple(sorted(listed, key=rank))


def _distance(voice: Speaking, language: str) -> int:
    """0 for the very tag, 1 for a wider or narrower one, 2 for another region of the same language."""

    def apart(tag: str) -> int:
        spoken, asked = tag.lower(), language.lower()
        if spoken == asked:
            return 0
        return 1 if spoken.startswith(f"{asked}-") or asked.startswith(f"{spoken}-") else 2

    return min((apart(tag) for tag in voice.languages), default=2)
