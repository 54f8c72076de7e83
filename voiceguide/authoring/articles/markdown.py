"""Markdown, by the rules of CommonMark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from voiceguide.authoring.articles import webpage
from voiceguide.authoring.articles.blocks import Article, Block, as_heading, calm, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*(['\"]?)(.+?)\1\s*$", re.MULTILINE)


def article(text: str) -> Article:
    """Return a Markdown text's blocks, and the title of its front matter; HTML in it is read too, code is not."""
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    if front:
        text = "\n" * front[0].count("\n") + text[front.end() :]
    return Article(tidy(title[2]) if title else "", tuple(_blocks(MarkdownIt("commonmark").parse(text))))


def _blocks(tokens: list[Token]) -> Iterator[Block]:
    lists: list[int | None] = []
    """The number of the next item of each open list, None in one with bullets."""
    heading = 0
    item = False
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        match token.type:
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_close" | "bullet_list_close":
                lists.pop()
            case "list_item_open":
                item = True
            case "list_item_close":
                item = False
                if lists[-1] is not None:
                    lists[-1] += 1
            case "heading_open":
                heading = int(token.tag[1])
            case "heading_close":
                heading = 0
            case "html_block":
                for block in webpage.article(token.content).blocks:
                    yield Block(block.kind, block.text, line + block.line - 1, block.level, block.number, block.lead)
            case "inline":
                text, lead = _said(token.children or [])
                if not any(sign.isalnum() for sign in text):
                    continue
                if heading:
                    yield Block("heading", calm(text), line, heading)
                elif item:
                    yield Block("item", text, line, len(lists), lists[-1], lead)
                    item = False
                else:
                    yield as_heading(Block("paragraph", text, line, lead=lead))


def _said(inline: list[Token]) -> tuple[str, str]:
    """Return the words of a paragraph, and those in bold at its start; pictures say nothing."""
    text, lead, bold = "", "", False
    for token in inline:
        if token.type in ("strong_open", "strong_close"):
            bold = token.type == "strong_open"
        elif token.type in ("text", "code_inline"):
            lead += token.content if bold and lead.strip() == text.strip() else ""
            text += token.content
        elif token.type in ("softbreak", "hardbreak"):
            text += " "
    return tidy(text), tidy(lead)
