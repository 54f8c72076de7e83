"""Plain text: headings stand alone, lists have bullets or numbers, the rest are paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.authoring.articles.blocks import MOST_HEADING_WORDS, Block, calm, tidy
from voiceguide.text.markup import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.authoring.articles.blocks import Kind

_BULLET = re.compile(r"(\s*)[•◦▪●‣·∙*–+-]\s+(\S.*)")
_NUMBERED = re.compile(r"(\s*)(\d{1,2})[.):]\s+(\S.*)")
_STEP = re.compile(r"\s*step\s+\w+\b.*", re.IGNORECASE)
_RULE = re.compile(r"\s*([=~_*-])\1{2,}\s*")
_ENDS = (".", "!", ",", ";")
_DEEP = 4
"""Spaces before a bullet that make its list one within another."""
_LONGEST_HEADING = 70
"""Characters; a longer line is text, or a wrapped one's first."""


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a plain text; tags and entities that a line was pasted with are read as in a routine."""
    lines: list[str] = []
    start = 0
    first = True
    for number, line in enumerate(map(unmarked, [*text.split("\n"), ""]), 1):
        begins = _BULLET.match(line) or _NUMBERED.match(line) or _STEP.fullmatch(line)
        ruled = _RULE.fullmatch(line)
        if lines and (not line.strip() or begins or ruled):
            for block in _blocks(lines, start, underlined=bool(ruled)):
                title = first and block.kind == "heading"
                yield Block("heading", block.text, block.line, level=1) if title else block
                first = False
            lines = []
        if line.strip() and not ruled:
            start = start if lines else number
            lines.append(line)


def _blocks(lines: list[str], start: int, *, underlined: bool) -> Iterator[Block]:
    """Yield what a run of lines without a blank between them is."""
    if bullet := _BULLET.match(lines[0]):
        yield from _block("item", [bullet[2], *lines[1:]], start, level=1 + (len(bullet[1].expandtabs()) >= _DEEP))
    elif numbered := _NUMBERED.match(lines[0]):
        deep = len(numbered[1].expandtabs()) >= _DEEP
        words = [numbered[3], *lines[1:]]
        yield from _block("item", words[:1] if _heads(words) else words, start, 1 + deep, int(numbered[2]))
        if _heads(words):
            yield from _block("paragraph", words[1:], start + 1)
    elif (len(lines) == 1 and (underlined or _is_heading(lines[0]))) or (
        _STEP.fullmatch(lines[0]) and len(lines) == 1 and len(lines[0].split()) <= MOST_HEADING_WORDS
    ):
        yield from _block("heading", lines, start, level=2)
    elif _heads(lines):
        yield from _block("heading", lines[:1], start, level=2)
        yield from _block("paragraph", lines[1:], start + 1)
    else:
        yield from _block("paragraph", lines, start)


def _block(kind: Kind, lines: list[str], line: int, level: int = 1, number: int | None = None) -> Iterator[Block]:
    text = tidy(" ".join(lines))
    if any(sign.isalnum() for sign in text):
        yield Block(kind, calm(text) if kind == "heading" else text, line, level, number)


def _heads(lines: list[str]) -> bool:
    """Whether the first of several lines is a heading: short, where the next one begins a sentence."""
    return len(lines) > 1 and _is_heading(lines[0]) and lines[1].strip()[:1].isupper() and len(lines[0]) < len(lines[1])


def _is_heading(line: str) -> bool:
    text = line.strip()
    return (
        len(text) <= _LONGEST_HEADING
        and len(text.split()) <= MOST_HEADING_WORDS
        and not text.endswith(_ENDS)
        and not re.search(r"[.!]\s+[A-Z]", re.sub(r"^\S+\.\s", "", text))
    )
