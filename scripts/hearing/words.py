"""Words said and words heard, side by side: which were added, left out or changed, homophones being the same."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.text import normalise
from voiceguide.voices.espeak import spelled
from voiceguide.voices.kokoro import phonemes

if TYPE_CHECKING:
    from collections.abc import Sequence

ESPEAK = {"de": "gmw/de", "en": "gmw/en-US", "es": "roa/es", "fr": "roa/fr", "it": "roa/it", "pt": "roa/pt-BR"}
SAME = {
    "en": (
        ("to", "two", "too"),
        ("for", "four", "fore"),
        ("a", "uh"),
        ("their", "there", "theyre"),
        ("toward", "towards"),
        ("ok", "okay"),
        ("palm", "pom"),
        ("your", "youre"),
        ("pyjamas", "pajamas"),
    )
}
"""Words that sound the same in a sentence, and not by themselves, or that are spelled in two ways."""
_ONE = {"es": (("θ", "s"), ("ʎ", "ʝ")), "fr": (("ɔz", "oz"), ("nj", "ɲ"))}
"""Sounds that most who speak a language say alike (*rozar* and *rosar*, *yemas* and *llemas*), or that eSpeak alone
tells apart, by the spelling (*pause* and *pose*); in these languages a sound twice over is one, too."""
_TWICE = re.compile(r"(\w)\1")
_STRESS = re.compile("[ˈˌ\\s]")
_JOINS = ((1, 2), (2, 1), (2, 2))
"""How many words said may be how many words heard, when they sound the same: forearms, four arms."""


def plain(text: str, language: str) -> list[str]:
    """Return a text's words in lower case, numbers as words, without punctuation; accents are kept.

    An apostrophe ends a word, as in French, but in English, where it is left out.
    """
    told = unicodedata.normalize("NFC", normalise.spoken(text, language).casefold().replace("’", "'"))
    if language == "en":  # it's, its, the givers', the giver's: they sound the same
        told = told.replace("'", "")
    words = re.sub(r"\d+", lambda number: f" {_number(int(number[0]), language)} ", told)
    return re.findall(r"[^\W_]+(?:'(?!\s))?", words)


def _number(number: int, language: str) -> str:
    from num2words import num2words

    return str(num2words(number, lang=language))


@cache
def sounds(text: str, language: str) -> str:
    """Return a text's sounds without stress, as eSpeak has them, but for what hardly anybody tells apart."""
    said = _STRESS.sub("", spelled(text, ESPEAK[language]))
    if language in _ONE:
        for sound, other in _ONE[language]:
            said = said.replace(sound, other)
        said = _TWICE.sub(r"\1", said)
    return said


@cache
def _spoken(text: str) -> str:
    """An English text's sounds without stress, as the default voice is given them; what it cannot say, as it stands."""
    try:
        return _STRESS.sub("", phonemes.signs(text, "en-US"))
    except Failed:
        return text


def _alike(one: str, other: str, language: str, most: int | None = None) -> bool:
    """Whether two texts sound the same, or up to `most` sounds of theirs; in English to either of two dictionaries."""
    if sounds(one, language)[:most] == sounds(other, language)[:most]:
        return True
    return language == "en" and _spoken(one)[:most] == _spoken(other)[:most]


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back of a stretch of words."""

    words: tuple[str, ...]
    wrong: int
    """How many were added, left out or changed."""


def heard(said: Sequence[str], came: Sequence[str], language: str) -> list[Heard]:
    """Return what came back of every word said, by the cheapest way to lay both side by side.

    Words that came from nowhere belong to the one before them; those at the very beginning to the first.
    """
    way = _cheapest(said, came, language)
    out = [Heard((), 0) for _ in said]
    ahead = Heard((), 0)
    at, place = 0, 0
    for taken, others, wrong in way:
        here = Heard(tuple(came[place : place + others]), wrong)
        if taken:
            out[at] = _joined(_joined(ahead, here) if at == 0 else here, Heard((), 0))
        elif at:
            out[at - 1] = _joined(out[at - 1], here)
        else:
            ahead = _joined(ahead, here)
        at, place = at + taken, place + others
    return out


def wrong(said: Sequence[str], came: Sequence[str], language: str) -> int:
    """Return how many words were added, left out or changed, at least."""
    return sum(cost for _, _, cost in _cheapest(said, came, language))


def _joined(first: Heard, then: Heard) -> Heard:
    return Heard((*first.words, *then.words), first.wrong + then.wrong)


def _cheapest(said: Sequence[str], came: Sequence[str], language: str) -> list[tuple[int, int, int]]:
    """Return the steps from both beginnings to both ends: how many words said, how many heard, how many wrong."""
    best: dict[tuple[int, int], tuple[int, tuple[int, int, int]]] = {(0, 0): (0, (0, 0, 0))}
    for at in range(len(said) + 1):
        for place in range(len(came) + 1):
            if not (at or place):
                continue
            ways = []
            if at and place:
                same = _same(said[at - 1 : at], came[place - 1 : place], language)
                ways.append((1, 1, 0 if same else 1))
            if at:
                ways.append((1, 0, 1))
            if place:
                ways.append((0, 1, 1))
            ways += [
                (taken, others, 0)
                for taken, others in _JOINS
                if at >= taken
                and place >= others
                and _joins(said[at - taken : at], came[place - others : place], language)
            ]
            best[at, place] = min((best[at - a, place - b][0] + cost, (a, b, cost)) for a, b, cost in ways)
    steps = []
    at, place = len(said), len(came)
    while at or place:
        step = best[at, place][1]
        steps.append(step)
        at, place = at - step[0], place - step[1]
    return steps[::-1]


def _joins(said: Sequence[str], came: Sequence[str], language: str) -> bool:
    # Most pairs of words begin otherwise: whole sounds are looked up only of those that might be the same.
    begins = said[0][0] == came[0][0] or _alike(said[0], came[0], language, most=1)
    return begins and _same(said, came, language)


def _same(said: Sequence[str], came: Sequence[str], language: str) -> bool:
    one, other = "".join(said), "".join(came)
    if one == other or any(one in group and other in group for group in SAME.get(language, ())):
        return True
    return _alike(" ".join(said), " ".join(came), language)
