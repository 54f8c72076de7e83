"""HTML, as it comes from the web: what a reader sees of a page, and what is beside it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from voiceguide.authoring.articles import headings
from voiceguide.authoring.articles.blocks import (
    CELLS,
    HEADS_TABLE,
    TERM,
    Article,
    Block,
    Kind,
    as_heading,
    block,
    marked,
    row,
    tidy,
    unnumbered,
)
from voiceguide.errors import Failed

_UNREAD = {"script", "style", "noscript", "template", "svg", "math", "iframe", "object", "video", "audio", "canvas"}
_UNSEEN = {"nav", "form", "button", "select", "textarea"}
_ASIDE = {"footer", "aside", "figcaption", "caption", "address"}
"""Elements whose words are read, and belong to no step."""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_INLINE = {
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label"),
    *("mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
    *("u", "var", "wbr", "img", "br", "input", "picture", "source"),
}
"""Elements that end no paragraph; all others do, known or not."""
MOST_SIGNS = 512 * 1024
"""Of a page without its scripts, styles and comments."""
_CODE = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1[^<>]*>|\Z)", re.DOTALL | re.IGNORECASE)
_LONE = re.compile(r"<(?![A-Za-z/!?][^<>]*>)")
"""With these two the parser takes the square of their number: what never ends, and `<` as a mere sign."""
_SITE = re.compile(r"\s+[|»·–—-]\s+[^|»·–—]{1,40}$")
"""What a page's title ends with: the name of the site."""


def article(text: str) -> Article:
    """Return a page's blocks and its title.

    Raises Failed for what no browser's rules make a page of, and for more than MOST_SIGNS.
    """
    bare = _CODE.sub(lambda found: "\n" * found[0].count("\n"), text)
    if len(bare) > MOST_SIGNS:
        raise Failed(
            f"expected a page of at most {MOST_SIGNS // 1024} KiB without its scripts, got {len(bare) // 1024}: copy "
            "the article alone to a text file of its own"
        )
    page = _Page()
    try:
        page.feed(_LONE.sub("&lt;", bare))
        page.close()
    except AssertionError as error:  # what html.parser raises for some marked sections
        raise Failed(f"the page cannot be read as HTML ({error}): save its text as a .txt file") from None
    page.end()
    return Article(_SITE.sub("", tidy("".join(page.title))), marked(page.blocks))


class _Page(HTMLParser):
    """Collects blocks while the parser goes through a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title: list[str] = []
        self._in_title = False
        self._outside: list[tuple[str, Kind | None]] = []
        """The open elements that are beside the article, with what their words are; None for no words at all."""
        self._lists: list[int | None] = []
        """The number of the last item of each open list, None in one with bullets."""
        self._heading = 0
        self._item = False
        """Whether the words to come open an item."""
        self._bold = 0
        self._pieces: list[tuple[int, str]] = []
        self._lead = ""
        self._cells: list[tuple[int, str]] | None = None
        """Of the open row of a table."""
        self._header: list[str] = []
        self._th = self._fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        hidden = "hidden" in values or re.search(r"display:\s*none", values.get("style") or "", re.IGNORECASE)
        if tag not in _INLINE or tag in _ASIDE | _UNSEEN or (tag == "a" and self._outside):
            self.end(cell=tag not in ("td", "th", "tr") and self._cells is not None)
        if tag not in _VOID and (tag in _UNREAD | _UNSEEN | _ASIDE or hidden or self._is_open(tag)):
            self._outside.append((tag, self._beside(tag, hidden=bool(hidden))))
        if tag == "title":
            self._in_title = True
        elif re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        elif tag in ("dt", "dd"):
            self._heading = TERM if tag == "dt" else 0
        elif tag == "ol":
            start = values.get("start") or ""
            self._lists.append(int(start) - 1 if re.fullmatch("[0-9]{1,4}", start) else 0)
        elif tag in ("ul", "menu"):
            self._lists.append(None)
        elif tag == "li":
            self._item = True
            if self._lists and (number := self._lists[-1]) is not None:
                self._lists[-1] = number + 1
        elif tag in ("b", "strong"):
            self._bold += 1
        elif tag == "br":
            self._break()
        elif tag == "table":
            self._header, self._fresh = [], True
        elif tag == "tr":
            self._row()
            self._cells, self._th = [], True
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append((self.getpos()[0], ""))
            self._th = self._th and tag == "th"

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE or tag in _ASIDE | _UNSEEN:
            self.end(cell=tag not in ("td", "th", "tr") and self._cells is not None)
        if self._is_open(tag):
            while self._outside and self._outside.pop()[0] != tag:
                pass
        if tag == "title":
            self._in_title = False
        elif re.fullmatch("h[1-6]|dt", tag):
            self._heading = 0
        elif tag in ("ol", "ul", "menu") and self._lists:
            self._lists.pop()
            self._item = False
        elif tag == "li":
            self._item = False
        elif tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)
        elif tag in ("tr", "table"):
            self._row()

    def _beside(self, tag: str, *, hidden: bool) -> Kind | None:
        """Return what words in an element are; None for no words. What is in a menu stays so, whatever it stands in."""
        if tag in _UNREAD or (self._outside and self._outside[-1][1] is None):
            return None
        inside = self._outside[-1][1] if self._outside else "aside"
        return "unseen" if tag in _UNSEEN or hidden else inside

    def _is_open(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._outside)

    def _row(self) -> None:
        cells, self._cells = self._cells or [], None
        if not cells or any(kind is None for _, kind in self._outside):
            return
        first = self._fresh and all(len(text.split()) <= 4 for _, text in cells)
        self._fresh = False
        if self._th or (first and HEADS_TABLE.search(" ".join(text for _, text in cells))):
            self._header = [text for _, text in cells]
            made = block("heading", [(cells[0][0], CELLS.join(map(tidy, self._header)))], 6)
        else:
            made = row(cells, self._header)
        if made:
            self.blocks.append(made)

    def _break(self) -> None:
        """Take `<br>` for a space; two of them, and one before a number or bullet, end a paragraph."""
        if self._pieces and not self._pieces[-1][1].strip("\n"):
            self.end()
        elif self._pieces:
            self._pieces.append((self.getpos()[0], "\n"))

    def handle_data(self, data: str) -> None:
        if self._outside and self._outside[-1][1] is None:
            return
        if self._in_title:
            self.title.append(data)
            return
        number = self.getpos()[0]
        if self._cells:
            line, text = self._cells[-1]
            self._cells[-1] = (line, f"{text}{data}")
            return
        if self._pieces and self._pieces[-1][1] == "\n" and _MARK.match(data.lstrip()):
            self.end()
        if self._bold and self._lead.strip() == "".join(text for _, text in self._pieces).strip():
            self._lead += data
        for offset, piece in enumerate(data.split("\n")):
            self._pieces.append((number + offset, f"{piece} " if offset < data.count("\n") else piece))

    def end(self, *, cell: bool = False) -> None:
        """Close the block at hand; within a table's cell, part its words."""
        if cell and self._cells:
            line, text = self._cells[-1]
            self._cells[-1] = (line, f"{text} ")
            return
        pieces, self._pieces = self._pieces, []
        lead, self._lead = self._lead, ""
        if not self._heading and not self._item and (lines := _short_lines(pieces)):
            self.blocks += [
                replace(made, kind=self._outside[-1][1] or "unseen") if self._outside else made for made in lines
            ]
            return
        if not self._heading and (first := _heading_line(pieces)):
            self._pieces, self._lead = pieces[:first], ""
            self.end()
            pieces, lead = pieces[first + 1 :], ""
        kind: Kind = "heading" if self._heading else "item" if self._item else "paragraph"
        made = block(kind, _glued(pieces), self._heading or max(1, len(self._lists)), lead)
        if made is None:
            return
        if self._outside:
            made = replace(made, kind=self._outside[-1][1] or "unseen")
        elif self._item:  # a heading that begins one has its number
            number = self._lists[-1] if self._lists else None
            made = replace(made, number=() if number is None else (number,))
            self._item = False
        self.blocks.append(as_heading(made))


_SHORT = 8
"""Words of a line that is one of a list, though only `<br>` parts it from the others."""
_MARK = re.compile(r"(?:\(?\d{1,2}[.)]|[•◦▪●‣·*–-]\s|step\s*\d)", re.IGNORECASE)


def _heading_line(pieces: list[tuple[int, str]]) -> int:
    """Return where a `<br>` ends a first line that is a name and its time, as a heading's are; 0 for no such line."""
    texts = [text for _, text in pieces]
    at = texts.index("\n") if "\n" in texts else 0
    return (
        at
        if any(map(str.strip, texts[at:])) and headings.heads(unnumbered(tidy("".join(texts[:at]))), marked=False)
        else 0
    )


def _short_lines(pieces: list[tuple[int, str]]) -> list[Block]:
    """Return lines that are parted by `<br>` and no sentences, as a list's items; [] for any other paragraph."""
    lines: list[list[tuple[int, str]]] = [[]]
    for number, text in pieces:
        if text == "\n":
            lines.append([])
        else:
            lines[-1].append((number, text))
    made = [one for line in lines if (one := block("item", _glued(line)))]
    short = [len(one.text.split()) <= _SHORT and not one.text.endswith((".", "!", "?", ":", ";", ",")) for one in made]
    return made if len(made) > 1 and all(short) else []


def _glued(pieces: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return pieces a line of the file each, so that a word half in bold stays one word."""
    lines: dict[int, str] = {}
    for number, text in pieces:
        lines[number] = lines.get(number, "") + text.replace("\n", " ")
    return [*lines.items()]
