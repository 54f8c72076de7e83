"""Ranking: which routines answer plain words best, by their tags, texts, times and whom they are for. Pure."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, Any

from voiceguide.catalogue.vocabulary import Asked, meanings, plain
from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterable

    Entry = dict[str, Any]
    """What `catalogue.entry` tells of a routine."""

WEIGHTS = {"title": 3.0, "tags": 3.0, "summary": 1.5, "position": 1.0}
"""How much it counts where a meaning stands."""
IMPLIED = {
    "upper back": "back",
    "lower back": "back",
    "calves": "legs",
    "jaw": "face",
    "face": "head",
    "eyes": "head",
    "sleep": "evening",
    "story": "child",
}
"""What has something of another meaning, for half of its weight."""
OTHERWISE = 0.3
"""What is left of a routine's rank that is for others than those who ask."""
UNASKED = {"first": 0.1, "child": 0.3}
"""What is left of the rank of what nobody means who does not say so."""
HASTE = {"short": 420.0, "long": 2700.0}
"""Seconds that are meant where no number says so."""
_KEPT = 0.35
"""Of the best one's rank: less is no answer."""
_MOST = 8


def ranked(entries: Iterable[Entry], wanted: Asked) -> list[Entry]:
    """Return the routines that answer a wish, the best first; none where nothing of it is about any of them."""
    known = [(entry, _about(entry), _words(entry)) for entry in entries]
    weights = _weights(wanted, [about for _, about, _ in known])
    scored = [(_score(entry, about, words, wanted, weights), entry) for entry, about, words in known]
    best = max((score for score, _ in scored), default=0.0)
    answers = [(score, entry) for score, entry in scored if score > 0 and score >= _KEPT * best]
    answers.sort(key=lambda each: (-round(each[0], 6), each[1]["lengths"]["short"], each[1]["name"]))
    return [entry for _, entry in answers[:_MOST]]


def _weights(wanted: Asked, abouts: list[dict[str, float]]) -> dict[str, float]:
    """Return how much each meaning tells one routine from another: the fewer have it, the more."""
    said = dict.fromkeys(wanted.meanings, 1.0)
    for meaning in wanted.meanings:
        if meaning in IMPLIED:
            said.setdefault(IMPLIED[meaning], 0.5)
    return {
        meaning: part * log(1 + len(abouts) / (1 + sum(meaning in about for about in abouts)))
        for meaning, part in said.items()
    }


def _score(
    entry: Entry, about: dict[str, float], words: frozenset[str], wanted: Asked, weights: dict[str, float]
) -> float:
    score = sum(weight * about.get(meaning, 0.0) for meaning, weight in weights.items())
    score += sum(1.5 for other in wanted.others if any(word.startswith(other) for word in words))
    if not (wanted.meanings or wanted.others):
        score = 1.0
    seconds = wanted.seconds or (HASTE[wanted.haste] if wanted.haste else None)
    if seconds:
        score *= 0.4 + 0.6 * _near(entry, seconds)
    if wanted.audience and entry["audience"] != wanted.audience:
        score *= OTHERWISE
    for meaning, left in UNASKED.items():
        if meaning in about and meaning not in wanted.meanings:
            score *= left
    return score


def _near(entry: Entry, seconds: float) -> float:
    """How near a routine's own lengths come to one, from 0 to 1; any between them can be had."""
    short, full = sorted(entry["lengths"].values())
    nearest = min(max(seconds, short), full)
    return exp(-2 * abs(log(nearest / seconds)))


def _about(entry: Entry) -> dict[str, float]:
    """Return what a routine is about, each meaning with the weight of the best place where it stands."""
    found: dict[str, float] = {}
    texts = [("tags", " , ".join(entry["tags"]), "en"), ("tags", entry["name"], "en")]
    for language, said in entry["said"].items():
        texts += [(field, text, primary(language)) for field, text in said.items()]
    for field, text, language in texts:
        for meaning in meanings(text, language):
            found[meaning] = max(found.get(meaning, 0.0), WEIGHTS[field])
            if implied := IMPLIED.get(meaning):
                found[implied] = max(found.get(implied, 0.0), WEIGHTS[field] / 2)
    return found


def _words(entry: Entry) -> frozenset[str]:
    said = (text for texts in entry["said"].values() for text in texts.values())
    return frozenset(word for text in (*entry["tags"], entry["name"], *said) for word in plain(text))
