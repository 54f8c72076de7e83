"""An article's file becomes blocks: which kind it is, how its letters are written, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import Failed, MissingError
from voiceguide.store.reading import beginning

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from voiceguide.authoring.articles.blocks import Article

MOST_BYTES = 2 * 1024 * 1024
"""A saved page with all its scripts is smaller."""

MOST_TEXT = 64 * 1024
"""Signs of an article's words, or of a text file: a long how-to has a third, and each takes its time."""
MOST_BLOCKS = 5_000

MOST_SIGNS = 10_000
"""Of a paragraph; nobody writes longer ones, and cutting them into sentences takes the square of their length."""

_NO_TEXT = (
    (b"PK\x03\x04", "a document of LibreOffice, or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "a document of an old Word, or one with a password"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "a sound"),
)
_SAVE_AS = "open it and save it as plain text (.txt), or copy its text to such a file"
_BYTE_ORDERS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_HTML = re.compile(r"<!doctype html|<html|<body|</(?:p|li|div|h[1-6])>", re.IGNORECASE)
_MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdown")
_SNIFFED = 8192
"""Characters in which a file shows of what kind it is."""


def read(path: Path) -> Article:
    """Return an article's blocks: .docx, PDF, HTML, Markdown or plain text, by its ending or what stands in it.

    Raises UsageError where there is no such file, Failed where it cannot be read, is larger than 2 MiB, has more than
    64 KiB of text, is no text, or has no words.
    """
    from voiceguide.authoring.articles import office

    kind = _document(beginning(path, _SNIFFED, whose="an article's", such="a text file"), path)
    most = office.MOST_BYTES if kind else MOST_BYTES
    data = beginning(path, most + 1, whose="an article's", such="a text file")
    try:
        if kind:
            article = parsed(office.text_of(data, kind), ".html" if kind == "docx" else "")
        else:
            article = parsed(decoded(data), path.suffix.lower())
    except (Failed, MissingError) as error:
        raise type(error)(f"{path}: {error}") from None
    if not article.blocks:
        raise Failed(f"{path}: expected a how-to text, got a file without words: check that it is the right one")
    return article


def _document(start: bytes, path: Path) -> Literal["docx", "pdf"] | None:
    """Return which kind of document a file is, by its first bytes; None for text."""
    if start.lstrip().startswith(b"%PDF"):
        return "pdf"
    return "docx" if start.startswith(b"PK\x03\x04") and (b"word/" in start or path.suffix.lower() == ".docx") else None


def parsed(text: str, suffix: str = "") -> Article:
    """Return the blocks of a text; without a suffix that tells, its first lines do. Raises Failed as `read` does."""
    article = _parsed(text, suffix)
    _refuse_longer(sum(len(block.text) for block in article.blocks))
    if len(article.blocks) > MOST_BLOCKS:
        raise Failed(
            f"expected an article of at most {MOST_BLOCKS:,} paragraphs, items and headings, got "
            f"{len(article.blocks):,}: make several articles of it"
        )
    _refuse_longer_parts((block.line, block.text) for block in article.blocks)
    return article


def _parsed(text: str, suffix: str) -> Article:
    start = text[:_SNIFFED]
    if suffix in (".html", ".htm", ".xhtml") or (suffix not in _MARKDOWN_SUFFIXES and _HTML.search(start)):
        from voiceguide.authoring.articles import webpage

        return webpage.article(text)
    from voiceguide.authoring.articles.text import article

    _refuse_longer(len(text))
    _refuse_longer_parts(enumerate(text.split("\n"), 1))  # before its marks are looked for, which takes the square too
    return article(text)


def _refuse_longer(signs: int) -> None:
    if signs > MOST_TEXT:
        raise Failed(
            f"expected an article of at most {MOST_TEXT // 1024} KiB of text, got {signs // 1024}: make several "
            "articles of it"
        )


def _refuse_longer_parts(parts: Iterable[tuple[int, str]]) -> None:
    for line, text in parts:
        if len(text) > MOST_SIGNS:
            raise Failed(
                f"line {line}: expected paragraphs of at most {MOST_SIGNS:,} characters, got one of {len(text):,}: "
                "part it with empty lines, or delete what is no text"
            )


def decoded(data: bytes) -> str:
    """Return a file's text with plain line ends: UTF-8 or -16, the page's own charset, else as Windows writes it.

    Raises Failed for more than 2 MiB, and for what is no text.
    """
    if len(data) > MOST_BYTES:
        raise Failed(
            f"expected at most {MOST_BYTES // 1024**2} MiB, got more: copy the article alone to a text file of its own"
        )
    for magic, name in _NO_TEXT:
        if data.lstrip().startswith(magic):
            raise Failed(f"expected text, Markdown or HTML, got {name}: {_SAVE_AS}")
    text = _decoded(data)
    if "\0" in text:
        raise Failed(f"expected text, Markdown or HTML, got a file that is no text: {_SAVE_AS}")
    whole = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)  # some charsets have halves of signs
    return re.sub("\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", whole)


def _decoded(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDERS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    named = _CHARSET.search(data[:_SNIFFED])
    for encoding in ("utf-8", named[1].decode("ascii", "replace") if named else "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):  # a charset that does not fit, or that nobody knows
            continue
    return data.decode("latin-1")  # every byte is a letter there
