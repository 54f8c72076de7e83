"""What every kind of article becomes: headings, paragraphs and items, each with its line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from voiceguide.routine.source import UNSPEAKABLE
from voiceguide.text.lines import spaced

Kind = Literal["heading", "paragraph", "item"]

MOST_HEADING_WORDS = 12
"""A bold paragraph of more words is a paragraph."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060]")
"""Soft hyphens, spaces without width, marks of direction: never spoken, and they part words for a search."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article that its author set apart."""

    kind: Kind
    text: str
    """On one line, single-spaced, never empty."""
    line: int
    """In the file, from 1."""
    level: int = 1
    """Of a heading 1 to 6, as in HTML; of an item how deep its list lies in others, from 1."""
    number: int | None = None
    """Of an item in a numbered list."""
    lead: str = ""
    """The bold words it starts with."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read."""

    title: str
    """What the file itself calls its title (a page's `<title>`, a front matter's); "" when it does not."""
    blocks: tuple[Block, ...]


def tidy(text: str) -> str:
    """Return a text on one line, its letters composed, without what cannot be seen or said."""
    return spaced(_UNSEEN.sub("", UNSPEAKABLE.sub("", unicodedata.normalize("NFC", text))))


def calm(text: str) -> str:
    """Return a heading written all in capitals as a sentence is."""
    return text.capitalize() if text.isupper() and " " in text else text


def as_heading(block: Block) -> Block:
    """Return a paragraph that is bold from end to end as the heading it stands for."""
    bold = block.kind == "paragraph" and block.lead == block.text
    if not bold or len(block.text.split()) > MOST_HEADING_WORDS:
        return block
    return Block("heading", calm(block.text), block.line, level=6)
