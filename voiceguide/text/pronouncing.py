"""How words are pronounced where an engine would guess wrong: a routine's own list over the one of the language.

A sentence that is ready to be spoken carries pronunciations in it, as `[effleurage](/ˌɛfləˈɹɑʒ/efflurazh/)`: the word,
its sounds and its respelling, either of which may be missing. A normalised text has no brackets of its own. What a
voice is given of that is the door's to choose (`voices/plugged`); `parts` reads what a voice of sounds is given.
"""

# ruff: noqa: RUF002 (the signs of the IPA)

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.text import ipa, normalise
from voiceguide.text.languages import wider

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FOLDER = Path(__file__).parent / "lexicon"
_CARRIED = re.compile(r"\[([^\[\]]*)\]\(/([^/]*)/([^/]*)/\)")
_GIVEN = re.compile(r"\[([^\[\]]*)\]\(/([^/]*)/\)")


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How one word is said, by sounds, by another spelling, or by both."""

    word: str
    """As it is written; case does not matter."""
    ipa: str = ""
    """Its sounds, `ipa.canonical`; "" where nobody tells."""
    respelled: str = ""
    """What voices that take no sounds are given in place of it; "" where nobody tells."""


class Lexicon:
    """Words of one language and how they are pronounced."""

    def __init__(self, known: Iterable[Pronunciation], language: str) -> None:
        """Of two for one word the later one holds."""
        self._known: dict[str, str] = {}
        spellings = []
        for one in known:
            if spelling := normalise.spoken(one.word, language):
                respelled = normalise.spoken(one.respelled, language)
                self._known[spelling.casefold()] = f"(/{one.ipa}/{respelled}/)"
                spellings.append(spelling)
        words = "|".join(re.escape(word) for word in sorted(spellings, key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if words else None

    def carried(self, spoken: str) -> str:
        """Return a normalised text with the pronunciations of its words in it."""
        return self._pattern.sub(self._carried, spoken) if self._pattern else spoken

    def _carried(self, found: re.Match[str]) -> str:
        # Letters that only look alike without their case (a dotless i) make another word of it.
        how = self._known.get(found[0].casefold())
        return f"[{found[0]}]{how}" if how else found[0]


@lru_cache(maxsize=64)
def lexicon(language: str, own: tuple[Pronunciation, ...] = ()) -> Lexicon:
    """Return the lexicon of a language (`de-AT` has what `de` has), with a routine's own pronunciations over it."""
    bundled = [one for tag in reversed([*wider(language)]) for one in of_language(tag)]
    return Lexicon([*bundled, *own], language)


@cache
def of_language(tag: str) -> tuple[Pronunciation, ...]:
    """Return what is bundled for exactly this tag, none for a language without a list."""
    path = _FOLDER / f"{tag}.toml"
    if not re.fullmatch("[a-z]{2,3}(?:-[a-z0-9]+)*", tag) or not path.is_file():
        return ()
    table: Mapping[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(Pronunciation(word, ipa.canonical(written)) for word, written in table.items())


def plain(spoken: str) -> str:
    """Return a sentence with its words alone, as they are written."""
    return _CARRIED.sub(r"\1", spoken) if "](/" in spoken else spoken


def heard(spoken: str, signs: frozenset[str] | None, *, spelled: bool = False) -> str:
    """Return what a voice is given of a sentence, the sounds of a word as `[word](/ipa/)`.

    `signs` are those that the voice takes. One that takes none at all (None) is given respellings, and so is another
    where a word has no sounds, or some that it lacks. An empty set is a recording's: it has the words as they stand.
    `spelled` leaves the sounds out, for estimates by spelling.
    """
    if "](/" not in spoken:
        return spoken

    def given(found: re.Match[str]) -> str:
        word, sounds, respelled = found.groups()
        if signs is not None and not signs:
            return word
        if signs and sounds and not ipa.foreign(sounds, signs):
            return word if spelled else f"[{word}](/{sounds}/)"
        return respelled or word

    return _CARRIED.sub(given, spoken)


def letters(given: str) -> str:
    """Return what a voice of sounds is given as it is written, without the sounds."""
    return "".join(text for text, _ in parts(given))


def parts(given: str) -> Iterator[tuple[str, str]]:
    """Yield what a voice of sounds is given, in order: (text, "") to be read, and (word, its sounds)."""
    at = 0
    for found in _GIVEN.finditer(given):
        if text := given[at : found.start()]:
            yield text, ""
        yield found[1], found[2]
        at = found.end()
    if text := given[at:]:
        yield text, ""
