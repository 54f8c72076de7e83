"""HTML, as it comes from the web: what a reader sees of a page's own text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from voiceguide.authoring.articles.blocks import Article, Block, as_heading, calm, tidy
from voiceguide.errors import Failed

_UNREAD = {
    *("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "video", "audio", "canvas"),
    *("nav", "footer", "aside", "form", "button", "select", "textarea", "figure"),
}
"""Elements whose words are no part of the article."""
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_BREAKS = {
    *("p", "div", "section", "article", "main", "header", "blockquote", "pre", "hr", "address", "body", "table", "tr"),
    *("dl", "dt", "dd", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
}
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
    return Article(_SITE.sub("", tidy("".join(page.title))), tuple(page.blocks))


class _Page(HTMLParser):
    """Collects blocks while the parser goes through a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title: list[str] = []
        self._in_title = False
        self._unread = ""
        """The element that is being passed over; "" while reading."""
        self._depth = 0
        """How many elements of its name are open."""
        self._lists: list[int | None] = []
        """The number of the last item of each open list, None in one with bullets."""
        self._heading = 0
        self._item = False
        """Whether the words to come open an item."""
        self._bold = 0
        self._text = self._lead = ""
        self._line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread:
            self._depth += tag == self._unread
            return
        values = dict(attrs)
        hidden = "hidden" in values or re.search(r"display:\s*none", values.get("style") or "", re.IGNORECASE)
        if tag in _UNREAD or (hidden and tag not in _VOID):
            self._unread, self._depth = tag, 1
            return
        if tag in _BREAKS:
            self.end()
        if tag == "title":
            self._in_title = True
        elif re.fullmatch("h[1-6]", tag):
            self._heading = int(tag[1])
        elif tag == "ol":
            start = values.get("start") or ""
            self._lists.append(int(start) - 1 if re.fullmatch("[0-9]{1,4}", start) else 0)
        elif tag == "ul":
            self._lists.append(None)
        elif tag == "li":  # its end may not be written
            self._item = True
            if self._lists and (number := self._lists[-1]) is not None:
                self._lists[-1] = number + 1
        elif tag in ("b", "strong"):
            self._bold += 1
        elif tag == "br":
            if self._text.endswith("\n"):
                self.end()
            self._text += "\n" if self._text.strip() else ""
        elif tag == "td":
            self._text += " "

    def handle_endtag(self, tag: str) -> None:
        if self._unread:
            self._depth -= tag == self._unread
            if not self._depth:
                self._unread = ""
            return
        if tag in _BREAKS:
            self.end()
        if tag == "title":
            self._in_title = False
        elif re.fullmatch("h[1-6]", tag):
            self._heading = 0
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()
            self._item = False
        elif tag == "li":
            self._item = False
        elif tag in ("b", "strong"):
            self._bold = max(0, self._bold - 1)

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        if self._in_title:
            self.title.append(data)
            return
        if not self._text.strip():
            self._line = self.getpos()[0] + data[: len(data) - len(data.lstrip())].count("\n")
        if self._bold and self._lead.strip() == self._text.strip():
            self._lead += data
        # A line's end in the source is a space; `\n` stands for a break that the author asked for.
        self._text += data.replace("\n", " ")

    def end(self) -> None:
        """Close the block at hand."""
        text, lead = tidy(self._text), tidy(self._lead)
        self._text = self._lead = ""
        if not any(sign.isalnum() for sign in text):
            return
        if self._heading:
            self.blocks.append(Block("heading", calm(text), self._line, self._heading))
        elif self._item:
            number = self._lists[-1] if self._lists else None
            self.blocks.append(Block("item", text, self._line, max(1, len(self._lists)), number, lead))
            self._item = False
        else:
            self.blocks.append(as_heading(Block("paragraph", text, self._line, lead=lead)))
