"""Marks after numbers: `5' 4"` is feet and inches, or minutes and seconds, unless it closes a quotation."""

# ruff: noqa: RUF001, RUF002 (the typographic quotes and primes that authors type)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.text.normalise.table import Primes

_NUMBER = r"\d+(?:[.,]\d+|/\d+)?(?:\s?[½¼¾⅓⅔⅛⅜⅝⅞]| \d/\d+)?|[½¼¾⅓⅔⅛⅜⅝⅞]"
_START = r"(?:(?<![\w.,:])(?<!\d/)|(?<=[\d\"″”'′][x×]))"
_BOTH = re.compile(
    rf"{_START}(?P<over>{_NUMBER})\s?[′'’´`](?:\s?-?\s?(?P<under>{_NUMBER})\s?(?:''|’’|′′|``|[″”\"])|(?P<bare>\d{{1,2}}))(?![\w'’])"
    rf"|{_START}(?P<number>{_NUMBER})(?:(?P<small>''|’’|′′|\s?″|[”\"])|(?P<great>\s?′|['’]))(?:(?!\w)|(?=[x×]\s?\d))"
    r"|(?P<quote>[\"“”„«»])|(?P<single>(?<![^\W_])['‘](?=\w)|(?<=[^\W_])['’](?![^\W_]))"
)
_MARKS = frozenset("′″'’‘´`”“„«»\"")
"""What is read here, or tells how it is."""
_AROUND = 40
"""Characters before and after that tell what is measured: a few words."""
_JOINT = re.compile(r"\s?(?:[-–x×]|[a-zà]{1,3})\s?", re.IGNORECASE)
"""Between two numbers that are measured alike."""
_INCHES = 12
_TALL = range(3, 8)
"""Feet, of people."""


def read(text: str, primes: Primes) -> str:
    """Return a text with `5′`, `4″` for feet and inches and `5 min`, `4 s` for minutes and seconds."""
    if _MARKS.isdisjoint(text):
        return text
    said: list[str] = []
    at = 0
    quoted, single, last_time = False, False, False
    last_end = -1
    for found in _BOTH.finditer(text):
        if found["quote"]:
            quoted = {"“": True, "„": True, "«": True, '"': not quoted}.get(found[0], False)
            continue
        if found["single"]:
            single = found[0] == "‘" or (found[0] == "'" and text[found.end() : found.end() + 1].isalnum())
            continue
        if found["over"] is None:
            sign = (found["small"] or found["great"]).strip()
            if sign in ('"', "”", "''", "’’") and quoted:
                quoted = False
                continue
            if sign in ("'", "’") and single:
                single = False
                continue
        before = text[max(0, found.start() - _AROUND) : found.start()]
        after = text[found.end() : found.end() + _AROUND]
        joined = 0 <= last_end <= found.start() and _JOINT.fullmatch(text[last_end : found.start()])
        time = last_time if joined else _lasts(found, primes, before, after)
        great, small = (" min", " s") if time else ("′", "″")
        mark = small if found["small"] else great
        if joined and not found["over"] and said[-1] == mark:
            said.pop()  # 5"-6" and 5" x 6" have one unit
        said.append(text[at : found.start()])
        if found["over"]:
            said.append(f"{found['over']}{great} {found['under'] or found['bare']}{small}")
        else:
            said += [found["number"], mark]
        at = last_end = found.end()
        last_time = time
    return "".join([*said, text[at:]])


def _lasts(found: re.Match[str], primes: Primes, before: str, after: str) -> bool:
    """Whether minutes and seconds are meant."""
    if primes.sizes.search(after) or (primes.sized is not None and primes.sized.search(before)):
        return False
    if primes.lasting.search(before) or primes.lasted.match(after):
        return True
    if (under := found["under"] or found["bare"]) is None:
        return primes.times
    if not under.isdigit() or len(under) > 2 or not found["over"].isdigit():
        return primes.times
    if int(under) >= _INCHES:
        return True
    tall = len(found["over"]) == 1 and int(found["over"]) in _TALL
    return primes.times and not (tall and int(under) % 5 != 0)
