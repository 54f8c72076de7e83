"""Texts become utterances: marks, sentences and the pauses of the contract between them (routine-format: Text)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from voiceguide.text import marks, normalise, placeholders, pronouncing, sentences
from voiceguide.text.markup import unmarked
from voiceguide.text.utterance import Breath, Piece, Sentence, Silence, Utterance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.errors import Place
    from voiceguide.text.pronouncing import Lexicon

SENTENCE_GAP = 0.6
"""Seconds between sentences, and around a breath."""
ITEM_GAP = 1.0
"""Seconds between the items of a list."""


def utter(
    role: str,
    items: Iterable[str],
    values: Mapping[str, str] | None,
    language: str,
    place: Place | None = None,
    lexicon: Lexicon | None = None,
) -> Utterance:
    """Return an utterance of `items` (texts as authors write them) with `values` in their placeholders.

    Without `values` braces are text; without a `lexicon` words are pronounced as the language's own tells. Raises
    MarkError and PlaceholderError.
    """
    texts = tuple(items)
    given: _Values = None
    if values is not None:
        given = _used(texts, values) if any("{" in text or "}" in text for text in texts) else ()
    return _uttered(role, texts, given, language, place, lexicon or pronouncing.lexicon(language))


@lru_cache(maxsize=4096)  # a draft writes its script several times, and knows works by what they are made of
def varied(wordings: tuple[Utterance, ...]) -> Utterance:
    """Return the first of an utterance's wordings, with what is said in its place on other visits."""
    return replace(wordings[0], others=wordings[1:]) if wordings[1:] else wordings[0]


_Values = tuple[tuple[str, str], ...] | None


def _used(texts: Iterable[str], values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the values that texts have placeholders for; all where one cannot be filled, which is told later."""
    try:
        names = {name for text in texts for name in placeholders.used(text)}
    except placeholders.PlaceholderError:
        return tuple(values.items())
    return tuple((name, value) for name, value in values.items() if name in names or not names <= values.keys())


@lru_cache(maxsize=16384)  # a draft writes its script several times, with the same texts
def _uttered(
    role: str, items: tuple[str, ...], given: _Values, language: str, place: Place | None, lexicon: Lexicon
) -> Utterance:
    values = None if given is None else dict(given)
    parts: list[Piece | Silence | Breath] = []
    said: list[Sentence] = []  # the piece being built
    gaps: list[float] = []
    pause: float | None = None  # marks since the last sound
    new_item = False

    def close() -> None:
        if said:
            parts.append(Piece(tuple(said), tuple(gaps)))
            said.clear()
            gaps.clear()

    for number, item in enumerate(items):
        new_item = number > 0
        parsed = marks.parse(item)
        for part in parsed if values is None else placeholders.fill_parts(parsed, values):
            if isinstance(part, marks.Pause):
                pause = (pause or 0.0) + part.seconds
            elif isinstance(part, marks.Breath):
                close()
                _silence(parts, pause, SENTENCE_GAP if parts else 0.0)
                parts.append(Breath())
                pause, new_item = None, False
            else:
                for text in sentences.split(unmarked(part), language):
                    spoken = normalise.spoken(text, language)
                    if not any(c.isalnum() for c in spoken):
                        continue  # a lone dash or full stop has no sound
                    if said:
                        default = ITEM_GAP if new_item else SENTENCE_GAP
                        gaps.append(default if pause is None else pause)
                    else:
                        _silence(parts, pause, SENTENCE_GAP if parts else 0.0)
                    said.append(Sentence(text, lexicon.carried(spoken)))
                    pause, new_item = None, False
    close()
    _silence(parts, pause, 0.0)
    return Utterance(role, tuple(parts), place)


def _silence(parts: list[Piece | Silence | Breath], pause: float | None, default: float) -> None:
    seconds = default if pause is None else pause
    if seconds > 0:
        parts.append(Silence(seconds))
