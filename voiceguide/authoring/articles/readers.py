"""For whom an article is, and in which language: what no routine can be made of is refused, with the reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import cautions
from voiceguide.authoring.articles.grammar import Grammar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voiceguide.authoring.articles.blocks import Block

_EN = Grammar("readers")
_KNOWN = Grammar("languages").lists()
"""The words of each language that running text is fullest of."""
_MASSAGE = _EN.words("massage")
_SHORT = 6
"""Words from which a language shows, if barely."""

_ENGLISH_SHARE = 0.25
"""Of a text's words; English how-tos have a third and more such words."""


def unfit(titles: Sequence[str], said: Iterable[str]) -> str:
    """Return whom an article is for that nobody should massage by a voice's instructions; "" for any other.

    `titles` are what it calls itself and its steps' headings, `said` its sentences.
    """
    for who, named in (("babies or children", _EN.young), ("animals", _EN.animal)):
        if any(named.search(_EN.otherwise.sub(" ", title)) and not cautions.warns(title) for title in titles):
            return who
        handled = [
            text
            for each in said
            if named.search(text := _EN.otherwise.sub(" ", each))
            and _EN.handled.search(text)
            and not cautions.warns(each)
        ]
        if len(handled) >= 2:
            return who
    return ""


def about_pregnancy(titles: Sequence[str], said: Iterable[str]) -> bool:
    """Whether an article is for people who are pregnant: by its titles, or by more than what it warns of."""
    return (
        any(_EN.pregnant.search(title) for title in titles)
        or sum(
            bool(_EN.pregnant.search(text)) and not re.search(r"\b(?:not|never|avoid|doctor|if)\b", text, re.I)
            for text in said
        )
        >= 2
    )


def language(blocks: Sequence[Block]) -> tuple[str, bool]:
    """Return which language a text is in, and whether that is sure; a name that is not known is "another language"."""
    text = " ".join(block.text for block in blocks)
    letters = [sign for sign in text if sign.isalpha()]
    if letters and sum(ord(sign) > 0x24F for sign in letters) > 0.3 * len(letters):
        return "another language", True
    said = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {name: sum(word in known for word in said) for name, known in _KNOWN.items()}
    counts["English"] += sum(word in _MASSAGE for word in said)
    likely = max(counts, key=lambda name: counts[name])
    english = counts["English"]
    if likely != "English":
        several = len(_KNOWN[likely].intersection(said))
        sure = several >= 2 and counts[likely] >= 2 * english and (counts[likely] >= 3 or english == 0)
        return likely, sure
    return "English", len(said) < _SHORT or english >= _ENGLISH_SHARE * len(said)
