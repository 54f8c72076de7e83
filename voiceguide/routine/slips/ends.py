"""Where a value of a routine's file ends: quoted texts, brackets, plain words and the comment behind them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
"""What begins a text on the lines below."""

_STRUCTURE = re.compile(r"([ ]*)(?:-[ ]|[^\s#\"'\[\]{}:,]{1,40}:(?=[ \n]|\Z)|[A-Za-z_]\w*:(?!/))")


def quote_end(text: str, start: int) -> int | None:
    """Return where a quoted text that opens at `start` is over; None where nothing closes it."""
    quote, at = text[start], start + 1
    while (at := text.find(quote, at)) >= 0:
        if quote == "'" and text[at + 1 : at + 2] == "'":
            at += 2
        elif quote == '"' and (len(text[start + 1 : at]) - len(text[start + 1 : at].rstrip("\\"))) % 2:
            at += 1
        else:
            return at + 1
    return None


@dataclass(frozen=True, slots=True)
class Brackets:
    """A list or mapping in brackets."""

    end: int | None
    """Where it is over; None where nothing closes it."""
    opened: tuple[int, ...]
    """Where each bracket opens that is not closed."""
    comment: int | None
    """Where the first comment in it begins, its space before it."""


def brackets(text: str, start: int, column: int) -> Brackets:
    """Follow the brackets that open at `start`, behind a key or dash at a column."""
    opened: list[int] = []
    comment = None
    at, fresh = start, True
    while at < len(text):
        sign = text[at]
        if sign in "[{":
            opened.append(at)
        elif sign in "]}":
            opened = opened[:-1]
            if not opened:
                return Brackets(at + 1, (), comment)
        elif sign in "\"'" and fresh:
            end = quote_end(text, at)
            if end is None or broken_off(text, at, end, column) is not None:
                return Brackets(None, (*opened, at), comment)
            at, fresh = end, False
            continue
        elif sign == "#" and text[at - 1] in " \t\n":
            comment = at - 1 if comment is None else comment
            at = text.find("\n", at)
            if at < 0:
                break
        fresh = sign in "[{,\n" or (sign in " \t" and fresh) or (sign == ":" and text[at + 1 : at + 2] in (" ", "\n"))
        at += 1
    return Brackets(None, tuple(opened), comment)


def broken_off(text: str, start: int, end: int, column: int) -> int | None:
    """Return where a text that opens at `start` must be over, since keys or items of around it follow; else None.

    `column` is that of its key or dash, and `end` how far it seems to go.
    """
    at = text.find("\n", start, end)
    while at >= 0:
        found = _STRUCTURE.match(text, at + 1)
        if found and len(found[1]) <= column:
            return start + len(text[start:at].rstrip())
        at = text.find("\n", at + 1, end)
    return None


def comment(line: str, start: int) -> int:
    """Return where the words from `start` on are over: before their comment, or at the line's end."""
    found = re.compile(r"[ \t]+(?:#.*)?$|[ \t]#").search(line, start)
    return found.start() if found else len(line)


def quoted(words: str) -> str:
    """Return words in quotes that hold them as they are."""
    if '"' not in words and "\\" not in words:
        return f'"{words}"'
    return f"'{words}'" if "'" not in words else json.dumps(words, ensure_ascii=False)


def requoted(written: str) -> str:
    """Return a quoted text with quotes inside it in such quotes that they are words; what follows it too."""
    quote = written[0]
    whole = len(written) > 1 and written[-1] == quote
    return quoted(written[1:-1] if whole else written)
