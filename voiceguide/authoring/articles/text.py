"""Plain text and Markdown, read by the same eyes: people paste the one into the other."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.authoring.articles.blocks import (
    BULLET,
    CELLS,
    MOST_HEADING_WORDS,
    NUMBER,
    STEP,
    TERM,
    Article,
    Block,
    as_heading,
    block,
    marked,
    row,
    tidy,
    unnumbered,
)
from voiceguide.authoring.articles.cautions import LABEL
from voiceguide.authoring.articles.english import DATE
from voiceguide.authoring.articles.headings import timed
from voiceguide.text.markup import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(['\"]?)(.+?)\1[ \t]*$", re.MULTILINE)
_RUN = re.compile(r"([^\S\n]|#)\1{39,}")
"""So much blank, or so many marks, that no place within it says more than another; told as 40."""
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_FENCE = re.compile(r"\s*(?:```|~~~).*")
_RULE = re.compile(r"\s*(?:([=~_*–—-])\s?)(?:\1\s?){2,}")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_DEFINITION = re.compile(r"^\s{0,3}:\s+")
_ABOUT = re.compile(rf"\s*(?:(?:https?://|www\.)\S+|{DATE.pattern})\s*", re.IGNORECASE)
"""An address or a date on a line of its own."""
_SEPARATOR = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")
_ALONE = re.compile(r"\s*(?:\(?(\d{1,2})(?:\.\)|[.):])?|[•◦▪●*–—+-])\s*")
"""A number or a bullet on a line of its own."""
_INLINE = (
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\[\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(?<!\w)[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?!\w)"), ""),
    (re.compile(r"`([^`]+)`"), r"\1"),
)
_BOLD = re.compile(r"((?:\S{1,6}\s+)?)(?:\*\*|__)(?=\S)(.+?)(?:\*\*|__)")
_LAST = 5
"""Words of a heading that stands right above a list, with no empty line before it."""
_LONGEST_HEADING = 70
"""Characters; a longer line is text, or a wrapped one's first."""
_TIMED = re.compile(r"\d\s*(?:min|sec)|\bminutes?\b|\bseconds?\b|^(?:time|duration|repeat)\b", re.IGNORECASE)


def article(text: str) -> Article:
    """Return a text's blocks, and the title of its front matter."""
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search("\n".join(_lines(front[1]))) if front else None
    about: list[Block] = []
    if front:
        lines = enumerate(_lines(front[0]), 1)
        given = [(n, line) for n, line in lines if ":" in line and not _TITLE.match(line)]
        about = [made for each in given if (made := block("aside", [each]))]
        text = "\n" * front[0].count("\n") + text[front.end() :]
    return Article(tidy(title[2]) if title else "", marked([*about, *_Lines(text).blocks()]))


def _lines(text: str) -> list[str]:
    return _RUN.sub(lambda run: 40 * run[1], text).split("\n")


class _Lines:
    """Gathers lines into blocks."""

    def __init__(self, text: str) -> None:
        self.lines = [(n, _QUOTE.sub("", unmarked(line))) for n, line in enumerate(_lines(text), 1)]
        self.run: list[tuple[int, str]] = []
        self.indents: list[int] = []
        self.level = 0
        """Of the item whose lines are being gathered; 0 in a paragraph."""
        self.titled = False
        self.defined = False
        self.counted = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        at = 0
        while at < len(self.lines):
            number, line = self.lines[at]
            at += 1
            if heading := _HEADING.fullmatch(line):
                yield from self.flush()
                yield from self._heading([(number, heading[2])], len(heading[1]))
            elif "|" in line and (rows := self._table(at - 1)):
                yield from self.flush()
                yield from _rows(self.lines[at - 1 : at - 1 + rows])
                at += rows - 1
            elif _ABOUT.fullmatch(line):
                yield from self.flush()
                yield from _made("paragraph", [(number, line)])
            elif definition := _DEFINITION.match(line):
                if len(self.run) == 1 and not self.level and not self.defined:
                    yield from self._heading([self.run.pop()], TERM)
                yield from self.flush()
                self.defined = True
                self.run.append((number, line[definition.end() :]))
            elif _FENCE.fullmatch(line) or not line.strip():
                yield from self.flush()
            elif _RULE.fullmatch(line):
                yield from self.flush(underlined="=" in line or "-" in line)
            elif (mark := _ALONE.fullmatch(line)) and self._follows(mark, at):
                yield from self.flush()
                self.counted = int(mark[1] or self.counted)
                self._begin(number, f"{mark[1]}. " if mark[1] else "- ")
            elif begins := _begins(line):
                yield from self.flush()
                self.level = self._level(len(line) - len(line.lstrip())) if begins == "item" else 1
                self._begin(number, line)
            else:
                self.run.append((number, line))
        yield from self.flush()

    def _begin(self, number: int, line: str) -> None:
        self.level = self.level or 1
        self.run.append((number, line))

    def _follows(self, mark: re.Match[str], at: int) -> bool:
        """Whether a lone number counts on from the last one; a lone bullet needs a text."""
        text = next((line for _, line in self.lines[at : at + 2] if line.strip()), "")
        if not text or _ALONE.fullmatch(text):
            return False
        return not mark[1] or int(mark[1]) in (1, self.counted + 1)

    def _level(self, indent: int) -> int:
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1] + 1:
            self.indents.append(indent)
        return len(self.indents)

    def _table(self, at: int) -> int:
        """Return how many lines a table that begins here has; 0 for none."""
        rows = 0
        while at + rows < len(self.lines) and "|" in self.lines[at + rows][1]:
            rows += 1
        framed = self.lines[at][1].strip().startswith("|")
        ruled = rows > 1 and _SEPARATOR.fullmatch(self.lines[at + 1][1])
        return rows if framed or ruled else 0

    def flush(self, *, underlined: bool = False) -> Iterator[Block]:
        """Yield what the lines gathered so far are."""
        lines, self.run = self.run, []
        defined, self.defined = self.defined, False
        level, self.level = self.level, 0
        if not lines:
            return
        if defined:
            yield from _made("paragraph", lines)
        elif level:
            first, *rest = lines
            if _is_heading(first[1]) and rest and _heads(lines, 0) and NUMBER.match(first[1].strip()):
                yield from _made("item", [first], level)
                yield from self._paragraphs(rest)
            else:
                yield from _made("item", lines, level)
        elif underlined and len(lines) == 1:
            yield from self._heading(lines, 2)
        else:
            yield from self._paragraphs(lines)

    def _paragraphs(self, lines: list[tuple[int, str]]) -> Iterator[Block]:
        """Yield the paragraphs of lines without a blank between them, and the headings over them."""
        start = 0
        for at, (_, line) in enumerate(lines):
            ended = at == start or lines[at - 1][1].rstrip().endswith((".", "!", "?", ":"))
            last = at == len(lines) - 1 and len(line.split()) <= _LAST
            alone = len(lines) == 1 or last or _heads(lines, at)
            if ended and alone and _is_heading(line) and not _BOLD.fullmatch(line.strip()):
                yield from _made("paragraph", lines[start:at])
                yield from self._heading([lines[at]], 2)
                start = at + 1
        yield from map(as_heading, _made("paragraph", lines[start:]))

    def _heading(self, lines: list[tuple[int, str]], level: int) -> Iterator[Block]:
        self.indents, self.counted = [], 0
        for made in _made("heading", lines):
            yield replace(made, level=level if self.titled else 1, lead="")
            self.titled = True


def _begins(line: str) -> str:
    """Return what a line begins: an `item`, a `step` or what has a label; "" for the next line of what is there."""
    text = line.strip()
    if STEP.match(text) or LABEL.match(text):
        return "step"
    bold = text.startswith(("**", "__"))
    if NUMBER.match(text.lstrip("*_")) or (not bold and BULLET.match(text)):
        return "item"
    return ""


def _made(kind: str, lines: list[tuple[int, str]], level: int = 1) -> Iterator[Block]:
    if not lines:
        return
    bold = _BOLD.match(lines[0][1].strip())
    lead = bold[1] + bold[2] if bold and (not bold[1] or BULLET.match(bold[1]) or NUMBER.match(bold[1])) else ""
    made = block(kind, [(n, _inline(line)) for n, line in lines], level, _inline(lead))  # type: ignore[arg-type]  # ours
    if made:
        yield made


def _inline(text: str) -> str:
    for pattern, kept in _INLINE:
        text = pattern.sub(kept, text)
    return text


def _rows(lines: list[tuple[int, str]]) -> Iterator[Block]:
    """Yield a table: its header as a heading, each row as an item."""
    header: list[str] = []
    cut = [(n, [_inline(cell) for cell in line.strip().strip("|").split("|")]) for n, line in lines]
    for at, (number, cells) in enumerate(cut):
        if _SEPARATOR.fullmatch(lines[at][1]):
            continue
        if at + 1 < len(lines) and _SEPARATOR.fullmatch(lines[at + 1][1]):
            header = cells
            made = block("heading", [(number, CELLS.join(map(tidy, cells)))], 6)
        else:
            made = row([(number, cell) for cell in cells], header)
        if made:
            yield made


def _heads(lines: list[tuple[int, str]], at: int) -> bool:
    """Whether a line of several is a heading over the next: short, where that one begins a sentence."""
    if at + 1 >= len(lines) or len(lines) == 1:
        return False
    line, following = lines[at][1].strip(), lines[at + 1][1].strip()
    return following[:1].isupper() and (len(line) < len(following) or len(line.split()) <= 4)


def _is_heading(line: str) -> bool:
    text = _inline(line.strip())
    if (found := timed(unnumbered(text))) and found.apart:
        text = found.name
    return (
        0 < len(text) <= _LONGEST_HEADING
        and len(text.split()) <= MOST_HEADING_WORDS
        and not text.endswith((".", "!", ",", ";", ":"))
        and not re.search(r"[.!?]\s+[A-Z]", re.sub(r"^\S+\.\s", "", text))
        and not _TIMED.search(re.sub(r"[(\[].*?[)\]]", "", text))
    )
