"""Values as a routine's file has them: in the style of what stood there, within its lines' width."""

from __future__ import annotations

import json
import re
from typing import Any

from voiceguide.routine.yaml import NULLS

WIDE = 110
"""Columns; a new line is no longer where it can be laid out otherwise."""
_FLOW = ("hold", "rhythm", "lengths", "duration", "times", "sides", "only", "tags", "setups")
"""Fields that stand in brackets, on the line of their key."""

_SAFE = re.compile(r"(?:[^\W\d_]|-?\d)(?:[\w ,.;!?'’()/–%+-]|(?<=\d):(?=\d))*")
_NUMBER = re.compile(r"[-+]?\d[\d.:_eE+-]*")
"""What some reader of YAML takes for a number, a time of day or a date."""
_SPLITS = re.compile(r": |:$| #|^- |[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NO_WORDS = ("true", "false", "yes", "no", "on", "off", "y", "n", *NULLS)
"""What some reader of YAML takes for something else than a text."""


def scalar(value: object, *, flow: bool = False, style: str = "") -> str:
    """Return a value in one line: plain where that is the style and says the same, else in quotes."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if style == "'" and not _SPLITS.search(text) and "\n" not in text and "\t" not in text:
        return "'" + text.replace("'", "''") + "'"
    if style in ("", ">", "|") and is_plain(text, flow=flow):
        return text
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPED)


_ESCAPED = {sign: f"\\u{sign:04x}" for sign in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)}
"""What JSON writes as it is and YAML does not take so."""


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether a text says the same without quotes, to whatever reads YAML."""
    if text != text.strip() or text.casefold() in _NO_WORDS or _NUMBER.fullmatch(text):
        return False
    return bool(_SAFE.fullmatch(text)) and not (flow and "," in text)


def lines_of(value: Any, column: int, key: str = "") -> list[str]:
    """Return a list or mapping as lines, its keys or dashes at a column."""
    pad = " " * column
    written: list[str] = []
    if isinstance(value, dict):
        for name, each in value.items():
            written += _held(f"{pad}{_key(name)}:", each, column, name)
        return written
    for each in value:
        if isinstance(each, dict) and each and not _in_brackets(each, column + 2, key):
            first, *others = lines_of(each, column + 2)
            written += [f"{pad}- {first.lstrip(' ')}", *others]
        else:
            written += _held(f"{pad}-", each, column, "")
    return written


def _held(head: str, value: Any, column: int, key: str) -> list[str]:
    """Return the lines of a value behind its key or dash."""
    if isinstance(value, dict | list) and value and not _in_brackets(value, len(head) + 1, key):
        return [head, *lines_of(value, column + 2, key)]
    return [f"{head} {inline(value)}"]


def _in_brackets(value: Any, column: int, key: str) -> bool:
    """Whether a list or mapping is written on one line."""
    if any(isinstance(each, dict | list) for each in (value.values() if isinstance(value, dict) else value)):
        return False
    fits = column + len(inline(value)) <= WIDE and not any("\n" in str(each) for each in value)
    is_texts = isinstance(value, dict) and all(re.fullmatch(r"[A-Za-z]{2,3}(?:-\w+)*", name) for name in value)
    return fits and (key in _FLOW or (isinstance(value, dict) and (key == "cues" or is_texts or "at" in value)))


def is_inline(value: Any, column: int, key: str) -> bool:
    """Whether a new value stands on the line of its key."""
    return not isinstance(value, dict | list) or not value or _in_brackets(value, column, key)


def inline(value: Any) -> str:
    """Return any value in brackets, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)}: {inline_item(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline_item, value)) + "]"
    return scalar(value, flow=False)


def inline_item(value: Any) -> str:
    """Return a value inside brackets."""
    return inline(value) if isinstance(value, dict | list) else scalar(value, flow=True)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name) else json.dumps(name, ensure_ascii=False)


def folded(text: str, indent: int, width: int) -> list[str] | None:
    """Return a text as the lines below a `>`; None where they would say something else."""
    if (
        text != text.strip()
        or "\n" in text
        or "  " in text
        or _SPLITS.search(text.replace(": ", " ").replace(" #", " "))
    ):
        return None
    if text.endswith(":"):
        text = text[:-1] + "\0"
    found, line = [], ""
    for word in text.replace("\0", ":").split(" "):
        if line and indent + len(line) + 1 + len(word) > width:
            found.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [" " * indent + each for each in (*found, line)]


def literal(text: str, indent: int) -> list[str] | None:
    """Return a text as the lines below a `|`; None where they would say something else."""
    lines = text.split("\n")
    if (
        not text
        or text != text.rstrip()
        or lines[0] != lines[0].lstrip()
        or re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
    ):
        return None
    return [" " * indent + each if each else "" for each in lines]
