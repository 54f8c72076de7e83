"""What stands before and after an article's steps: how somebody lies or sits for it, the closing and the farewell.

Unlike the rest, these are known in German, Spanish and French too, in which an article may be drafted anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.authoring.articles.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterator

_LANGUAGES = {code: Grammar(code, "framing.toml") for code in ("en", "de", "es", "fr")}
_POSTURES = {
    "en": {"down": "face down", "up": "face up", "side": "on one side", "seated": "seated"},
    "de": {"down": "auf dem Bauch", "up": "auf dem Rücken", "side": "auf der Seite", "seated": "im Sitzen"},
    "es": {"down": "boca abajo", "up": "boca arriba", "side": "de lado", "seated": "en posición sentada"},
    "fr": {"down": "sur le ventre", "up": "sur le dos", "side": "sur le côté", "seated": "en position assise"},
}
_MOST_WORDS = 12
"""Of a wish; a longer sentence tells more."""
_HANDS = re.compile(
    r"\b(?:hands?|palms?|fingers?|thumbs?|händen?|daumen|manos?|pulgar\w*|mains?|pouces?)\b", re.IGNORECASE
)


def settles(text: str) -> bool:
    """Whether a sentence tells whoever is massaged how to lie or sit, or what else to do before it begins."""
    return not _LANGUAGES["en"].daily.search(text) and any(
        each.told.search(text) and (each.readies.search(text) or any(_postures(code, text)))
        for code, each in _LANGUAGES.items()
    )


def settles_reader(text: str) -> bool:
    """Whether a sentence tells its reader how to lie or sit."""
    return any(each.own.search(text) for each in _LANGUAGES.values()) and bool(posture(text))


def posture(text: str) -> str:
    """Return how a sentence says that somebody lies or sits, as `face down`; "" where it names none, or several."""
    for code in _LANGUAGES:
        found = [*_postures(code, text)]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def parts(text: str) -> bool:
    """Whether a sentence is a farewell: to whoever reads the article, or a wish for those who are in the massage."""
    return any(each.parting.search(text) for each in _LANGUAGES.values()) or wishes(text)


def wishes(text: str) -> bool:
    """Whether a sentence is a wish for those who are in the massage, as "Enjoy the calm."."""
    short = len(text.split()) <= _MOST_WORDS and not _HANDS.search(text)
    return short and any(each.wish.search(text) for each in _LANGUAGES.values())


def closes(text: str, *codes: str) -> bool:
    """Whether a sentence begins, or a heading heads, what is done at the end, in some languages or any."""
    return any(_LANGUAGES[code].closes.search(text) for code in codes or _LANGUAGES)


def only_closes(text: str) -> bool:
    """Whether a heading says that it is the end, and nothing else: "To finish", "Zum Schluss"."""
    return any(not re.search(r"\w", each.closes.sub("", text, count=1)) for each in _LANGUAGES.values())


def goes_on(text: str) -> bool:
    """Whether a sentence in another language than English goes on to another step: "Danach …", "Pour finir, …"."""
    return any(each.goes_on.search(text) for each in _LANGUAGES.values())


def _postures(code: str, text: str) -> Iterator[str]:
    for name, words in _POSTURES[code].items():
        if getattr(_LANGUAGES[code], name).search(text):
            yield words
