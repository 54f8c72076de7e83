"""What every kind of article becomes: headings, paragraphs and items, each of whose words knows its line."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from voiceguide.authoring.articles import cautions, headings
from voiceguide.authoring.articles.headings import MOST_WORDS
from voiceguide.authoring.articles.times import ONES, UNIT, times
from voiceguide.routine.source import UNSPEAKABLE
from voiceguide.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kind = Literal["heading", "paragraph", "item", "aside", "unseen"]
"""An `aside` is read beside the article (a footer, a caption), the `unseen` by nobody (a menu, what is hidden)."""

MOST_HEADING_WORDS = 12
"""A bold paragraph of more words is a paragraph."""
CELLS = " | "
"""Between the cells of a table's row."""
TERM = 6
"""The level of a definition list's terms, as headings."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe0e\ufe0f]")
"""Soft hyphens, spaces without width, marks of direction: never spoken, and they part words for a search."""
_NAMES = ONES[:12]
STEP = re.compile(
    r"(?:step|schritt|paso|[eé]tape|(?:move(?:ment)?|stroke|technique|exercise|griff|[uü]bung|movimiento|ejercicio|t[eé]cnica"
    rf"|mouvement|geste|exercice)(?=\s*#?(?:\d{{1,2}}|{'|'.join(_NAMES)})\s*(?:[.:)–—]|-\s|$)))"
    rf"\s*(?:n[or°º]\.?\s*|#\s*)?(?P<n>\d{{1,2}}|{'|'.join(_NAMES)})\b[\s.:)–—-]*",
    re.IGNORECASE,
)
"""`Step 1`, and `Move 1:`, as "Stroke 3 times" is none."""
NUMBER = re.compile(
    r"\(?(?P<n>\d{1,2}(?:\.\d{1,2}){0,3})(?:\.\)|\)|\.(?!\d)|:(?!\d)|\s[–—-](?=\s)|(?<=\.\d)(?=\s+[A-Z]))[.:]?\s*"
)
"""`1.`, `1.)`, `1)`, `(1)`, `1:`, `1 -`, `2.1.` and `2.1`, whatever follows."""
_BARE_NUMBER = re.compile(rf"#?(\d{{1,2}})[/\]]?\s+(?=[^\W\d_])(?!(?:{UNIT}|[hms])\b)", re.IGNORECASE)
BULLET = re.compile(r"(?:[•◦▪●‣·∙○■✓✔➢➤]\s*|[*–—+-](?:\s+|(?=[A-Z][a-z])(?!.*\*\W*$)))")
_INLINE = re.compile(r"(?:(?<=\s)|(?<=^))\(?(\d{1,2})[.)]\)?\s+(?=\D)")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article that its author set apart."""

    kind: Kind
    text: str
    """On one line, single-spaced; a table's row has CELLS between its cells."""
    line: int
    """In the file, from 1."""
    level: int = 1
    """Of a heading 1 to 6, as in HTML; of an item how deep its list lies in others, from 1."""
    number: tuple[int, ...] = ()
    """As `2.1` is (2, 1); () for what has none."""
    lead: str = ""
    """The bold words it starts with, or a row's first cell."""
    breaks: tuple[tuple[int, int], ...] = ()
    """Where in the text another line of the file begins, and its number."""
    stepped: bool = False
    """Whether it says that it is a step: "Step 2"."""

    def line_at(self, offset: int) -> int:
        """Return the line of the file in which a character of the text stands."""
        at = bisect_right(self.breaks, (offset, 1 << 30))
        return self.breaks[at - 1][1] if at else self.line

    def cut(self, start: int, end: int | None = None) -> Block:
        """Return the part of it between two characters of its text, spaces around it gone."""
        end = len(self.text) if end is None else end
        start += len(self.text[start:end]) - len(self.text[start:end].lstrip())
        breaks = tuple((offset - start, line) for offset, line in self.breaks if start < offset < end)
        lead = self.lead[start:].lstrip(" :.)–—-") if self.text.startswith(self.lead) else self.lead
        return replace(self, text=self.text[start:end].strip(), line=self.line_at(start), lead=lead, breaks=breaks)

    def sentences(self) -> Iterator[tuple[str, int]]:
        """Yield its sentences, each with its line, of a row those of each cell; a table's header is one.

        None is longer than is read as one.
        """
        at = 0
        whole = self.kind == "heading" and len(self.text) < sentences.LONGEST
        for cell in (self.text,) if whole else self.text.split(CELLS):
            for sentence in (part for said in sentences.split(cell) for part in textwrap.wrap(said, sentences.LONGEST)):
                at = max(self.text.find(sentence, at), at)
                yield sentence, self.line_at(at)
                at += len(sentence)


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it was read."""

    title: str
    """What the file itself calls its title (a page's `<title>`, a front matter's); "" when it does not."""
    blocks: tuple[Block, ...]


def tidy(text: str) -> str:
    """Return a text on one line, its letters composed, without what cannot be seen or said."""
    return " ".join(_UNSEEN.sub("", UNSPEAKABLE.sub("", unicodedata.normalize("NFC", text))).split())


def worded(text: str) -> bool:
    """Whether there is anything to read in a text."""
    return any(sign.isalnum() for sign in text)


def block(kind: Kind, lines: Iterable[tuple[int, str]], level: int = 1, lead: str = "") -> Block | None:
    """Return the block of some lines of a file, each with its number; None where they have no words."""
    text, breaks = "", []
    for number, written in lines:
        if piece := tidy(written):
            text = f"{text} " if text else ""
            breaks.append((len(text), number))
            text += piece
    return Block(kind, text, breaks[0][1], level, lead=tidy(lead), breaks=tuple(breaks)) if worded(text) else None


def row(cells: list[tuple[int, str]], header: list[str]) -> Block | None:
    """Return the item that a table's row is.

    A number of its own is its number, a short first cell its lead, and a number below "Minutes" so many of them.
    """
    number: tuple[int, ...] = ()
    kept: list[str] = []
    text, breaks = "", []
    for at, (line, written) in enumerate(cells):
        cell, head = tidy(written), tidy(header[at]) if at < len(header) else ""
        if at == 0 and len(cells) > 1 and (found := _COUNTED.fullmatch(cell)):
            number = (int(found[1]),)
        elif worded(cell):
            if (unit := _UNIT.search(head)) and _BARE.fullmatch(cell):
                cell = f"{cell} {unit[0].lower().rstrip('s') if cell == '1' else unit[0].lower()}"
            kept.append(f"{head}: {cell}" if len(header) > 1 and _FORBIDDEN.search(head) else cell)
            text += CELLS if text else ""
            breaks.append((len(text), line))
            text += kept[-1]
    if not kept:
        return None
    named = (
        len(kept[0].split()) <= 4
        and any(map(str.isalpha, kept[0]))
        and not any(time.written == kept[0] for time in times(kept[0]))
        and any(len(cell.split()) > 2 for cell in kept[1:])
    )
    return Block("item", text, breaks[0][1], number=number, lead=kept[0] if named else "", breaks=tuple(breaks))


_UNIT = re.compile(r"\b(?:minutes?|mins?|seconds?|secs?)\b", re.IGNORECASE)
_BARE = re.compile(r"(?:\d{1,3}(?:[.,]\d{1,2})?(?: ?½)?|½)(?: ?(?:-|–|to) ?\d{1,3})?")
"""A time in a column whose header says its unit."""
_COUNTED = re.compile(r"(?:step\s*)?#?(\d{1,2})\.?", re.IGNORECASE)
HEADS_TABLE = re.compile(
    r"\b(?:steps?|how|what|moves?|technique|area|time|minutes|duration|avoid|warnings?|cautions?|notes?)\b",
    re.IGNORECASE,
)
"""What the first row of a table says where it is its header, though nobody marked it as one."""
_FORBIDDEN = re.compile(r"\b(?:avoid|not|never|warnings?|cautions?|careful|don['’]?ts?|contra-?indications?)\b", re.I)


# -- what blocks say of themselves -----------------------------------------------------------------------------


def marked(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks whose numbers and bullets, wherever they were typed, are no part of their texts any more."""
    found: list[Block] = []
    waiting: Block | None = None
    counted = 0
    for each in (part for one in blocks for part in _parted(one)):
        made = _marked(each) if each.kind in ("heading", "paragraph", "item") else each
        if (alone := _COUNTED.fullmatch(made.text)) and int(alone[1]) in (1, counted + 1):  # a number in a box
            made, counted = replace(made.cut(len(made.text)), number=(int(alone[1]),), kind="item"), int(alone[1])
        if waiting is not None:  # "Step 1" stood alone: what follows is the step, or its name
            named = made.kind == "heading" or (made.kind == "paragraph" and _heads(made))
            kind: Kind = "heading" if named and waiting.kind == "heading" else "item"
            if waiting.kind == "heading" and not named:
                found.append(waiting)
            elif not made.number and made.kind not in ("aside", "unseen"):
                made = replace(
                    made, kind=kind, number=waiting.number, stepped=waiting.stepped, level=waiting.level, line=made.line
                )
            waiting = None
        if worded(made.text):
            found.append(made)
        elif made.number:
            waiting = replace(made, text=each.text, line=each.line)
    return _over_texts(_headed(found))


def _over_texts(found: list[Block]) -> tuple[Block, ...]:
    """Return blocks in which a line of its own that is a name and a time heads the text below it."""
    timed = (one.level for one in found if one.kind == "heading" and headings.heads(one.text))
    level = next(timed, TERM)

    def is_over(at: int) -> bool:
        one, below = found[at], found[at + 1].kind if at + 1 < len(found) else None
        numbered = one.kind == "item" and bool(one.number) and CELLS not in one.text
        alone = one.kind == "paragraph" or (numbered and below == "paragraph")
        return alone and below is not None and headings.heads(one.text, marked=below != "paragraph")

    return tuple(
        replace(one, kind="heading", level=level, lead="") if is_over(at) else one for at, one in enumerate(found)
    )


def unnumbered(line: str) -> str:
    """Return a line without the number or bullet before its words."""
    for mark in (STEP, NUMBER, _BARE_NUMBER, BULLET):
        if found := mark.match(line):
            return line[found.end() :]
    return line


def _parted(one: Block) -> Iterator[Block]:
    """Yield a paragraph in which items are numbered, "1) … 2) …", as what stands before them, and the items."""
    if one.kind not in ("paragraph", "item"):
        yield one
        return
    first = one.breaks[1][0] if len(one.breaks) > 1 else len(one.lead) if one.text.startswith(one.lead) else 0
    if one.text[first:].lstrip()[:1].isupper() and headings.heads(unnumbered(one.text[:first]), marked=False):
        yield replace(one.cut(0, first), lead="")
        one = replace(one.cut(first), kind="paragraph", lead="")
    marks = [*_INLINE.finditer(one.text)]
    wanted = 1
    cuts = []
    for mark in marks:
        if int(mark[1]) == wanted:
            cuts.append(mark.start())
            wanted += 1
    if len(cuts) < 2:
        yield one
        return
    if cuts[0]:
        yield one.cut(0, cuts[0])
    for start, end in zip(cuts, [*cuts[1:], len(one.text)], strict=True):
        yield replace(one.cut(start, end), kind="item", lead="")


def _marked(one: Block) -> Block:
    """Return a block without the number or bullet that its text begins with."""
    if found := STEP.match(one.text):
        given = found["n"].lower()
        number: tuple[int, ...] = (int(given) if given.isdigit() else _NAMES.index(given) + 1,)
        kind: Kind = "heading" if one.kind == "heading" else "item"
        return replace(one.cut(found.end()), kind=kind, number=number, stepped=True)
    if found := NUMBER.match(one.text):
        number = tuple(map(int, found["n"].split(".")))
        kind = "heading" if one.kind == "heading" else "item"
        level = max(one.level, len(number))
        return replace(one.cut(found.end()), kind=kind, number=number, level=level)
    if (found := _BARE_NUMBER.match(one.text)) and headings.heads(one.text[found.end() :], marked=False):
        kind = "heading" if one.kind == "heading" else "item"
        return replace(one.cut(found.end()), kind=kind, number=(int(found[1]),))
    led = one.lead and one.text.startswith(one.lead) and re.match(r"\s*[:.–—-]|(?<=[:.])", one.text[len(one.lead) :])
    if one.kind == "paragraph" and led and one.lead != one.text and not cautions.LABEL.match(f"{one.lead}: "):
        return replace(one, kind="item")
    if one.kind != "heading" and (found := BULLET.match(one.text)):
        return replace(one.cut(found.end()), kind="item", number=())
    return one


def _headed(found: list[Block]) -> list[Block]:
    """Return blocks in which short numbered lines that have something below them are headings."""
    depths: dict[int, list[int]] = {}
    for at, one in enumerate(found):
        if one.kind == "item" and one.number:
            depths.setdefault(len(one.number), []).append(at)
    for depth, places in depths.items():
        short = [at for at in places if _heads(found[at])]
        above = [at for at in short if at + 1 < len(found) and _is_below(found[at], found[at + 1])]
        if len(above) < 2 or 3 * len(above) < 2 * len(places):
            continue
        level = 1
        for at, one in enumerate(found):
            if one.kind == "heading" and not one.number:
                level = one.level
            elif at in short:
                found[at] = replace(one, kind="heading", level=min(6, level + depth))
    return found


def _heads(one: Block) -> bool:
    if headings.heads(one.text, marked=False):
        return True
    return len(one.text.split()) <= MOST_WORDS and not one.text.endswith((".", "!", ";", ",")) and CELLS not in one.text


def _is_below(one: Block, following: Block) -> bool:
    if following.kind == "paragraph":
        return True
    deeper = len(following.number) > len(one.number) or following.level > one.level
    return following.kind == "item" and (deeper or not following.number)


def as_heading(one: Block) -> Block:
    """Return a paragraph that is bold from end to end as the heading it stands for."""
    bold = one.kind == "paragraph" and one.lead == one.text
    sentence = re.search(r"[.!]\s+\S", one.text) and not headings.heads(unnumbered(one.text), marked=False)
    if not bold or len(one.text.split()) > MOST_HEADING_WORDS or sentence:
        return one
    return replace(one, kind="heading", level=6, lead="")
