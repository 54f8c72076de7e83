"""Numbers, units, ranges and abbreviations as a person says them.

Each language is one file here that exports `TABLE`. A language without a file keeps its words and numbers as they are
and only loses what no voice should meet: pasted HTML, emoji, quotes, brackets, bullets, dashes (they become commas), a
web address's scheme and path.
"""

from __future__ import annotations

import importlib
import re
from functools import cache, lru_cache
from importlib.util import find_spec

from voiceguide.text.languages import primary
from voiceguide.text.normalise.grammar import Grammar
from voiceguide.text.normalise.table import Table


@lru_cache(maxsize=8192)  # a draft writes its script several times, with the same sentences
def spoken(text: str, language: str) -> str:
    """Return `text` as a person says it in `language` (a BCP 47 tag; the region does not matter).

    Speaking what is already spoken changes nothing. A text with a letter or digit is never emptied; emoji and
    punctuation alone may be.
    """
    return _grammar(primary(language)).say(text)


def table(language: str) -> Table:
    """Return the table of `language`, an empty one where no file has it."""
    return _grammar(primary(language)).table


@cache
def _grammar(tag: str) -> Grammar:
    if re.fullmatch("[a-z]{2,3}", tag) and find_spec(f"{__name__}.{tag}"):
        return Grammar(importlib.import_module(f"{__name__}.{tag}").TABLE)
    return Grammar(Table())
