"""How wide letters are, and where lines break.

Helvetica's widths are known, and Arial and Liberation Sans share them; a writer presses other fonts into them. What
Helvetica has no letters for is estimated on the wide side.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

LEADING = 1.22
"""From one line to the next, in sizes."""

_WIDTHS = {
    # In thousandths of the size, from Adobe's metrics of the core fonts; accents are as wide as their letter.
    False: {
        191: "'",
        222: "ijl‘’\u201a",
        260: "|",
        278: " !,./:;I[\\]ft\N{NO-BREAK SPACE}·ìíîï",
        333: "()-`r“”„¡²³\u2039\u203a",
        334: "{}",
        350: "•",
        355: '"',
        389: "*",
        400: "°",
        469: "^",
        500: "Jckvsxyz",
        556: "#$_0123456789?Labdeghnopqu–«»€£¥§",
        584: "+<=>~×−±÷",
        611: "FTZßø¿",
        667: "&ABEKPSVXY",
        722: "CDHNRUw",
        778: "GOQØ",
        833: "Mm",
        834: "½¼¾",
        889: "%æ",
        944: "Wœ",
        1000: "—…ÆŒ",
        1015: "@",
    },
    True: {
        238: "'",
        278: " ,./I\\ijl\N{NO-BREAK SPACE}·ìíîï‘’\u201a",
        280: "|",
        333: "!()-:;[]`ft¡²³\u2039\u203a",
        350: "•",
        389: "*r{}",
        400: "°",
        474: '"',
        500: "z“”„",
        556: "#$_0123456789Jaceksvxy–«»€£¥§",
        584: "+<=>^~×−±÷",
        611: "?FLTZbdghnopquß¿ø",
        667: "EPSVXY",
        722: "&ABCDHKNRU",
        778: "GOQwØ",
        833: "M",
        834: "½¼¾",
        889: "%mæ",
        944: "Wœ",
        975: "@",
        1000: "—…ÆŒ",
    },
}
_EM = {
    bold: {sign: thousandths / 1000 for thousandths, signs in table.items() for sign in signs}
    for bold, table in _WIDTHS.items()
}
_WIDE, _EMOJI, _TALL, _OTHER = 1.05, 1.4, 0.9, 0.75
"""Sizes a letter is taken to be wide: of East Asia, an emoji, any other capital, and any other letter."""

_JOINER = "\N{ZERO WIDTH JOINER}"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is in points."""
    return _ems(text, bold) * size


def known(text: str) -> bool:
    """Say whether Helvetica has every letter, so that the width is exact."""
    return all(_base(sign) in _EM[False] for sign in text)


def clean(text: str) -> str:
    """Return a text as one line: spaces and line ends become one space, and those that never break stay so."""
    text = text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}").replace("\N{SOFT HYPHEN}", "")
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029\u0085]+", " ", text).strip(" ")


def right_to_left(text: str) -> bool:
    """Say whether a text is read from the right, by its first letter that has a direction (Unicode, UAX 9: P2)."""
    direction = next((d for sign in text if (d := unicodedata.bidirectional(sign)) in ("L", "R", "AL")), "L")
    return direction != "L"


def lines(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Break a clean text into lines no wider than `room`: between words, or inside of one that is wider by itself."""
    done: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer, size, bold=bold) <= room:
            line = longer
            continue
        if line:
            done.append(line)
        *whole, line = _pieces(word, room, size, bold)
        done += whole
    return (*done, line) if line else tuple(done)


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide the widest word of a clean text is."""
    return max(width(word, size, bold=bold) for word in text.split(" "))


def _pieces(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word in pieces no wider than `room`, of a letter at least; marks and joined emoji stay with their letter."""
    pieces = [""]
    for cluster in _clusters(word):
        if pieces[-1] and width(pieces[-1] + cluster, size, bold=bold) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def _clusters(word: str) -> list[str]:
    """Letters with what is written on them."""
    found: list[str] = []
    for sign in word:
        if found and (unicodedata.category(sign)[0] == "M" or sign == _JOINER or found[-1].endswith(_JOINER)):
            found[-1] += sign
        else:
            found.append(sign)
    return found


@cache
def _base(sign: str) -> str:
    """A letter without its accents."""
    return unicodedata.normalize("NFD", sign)[0] if sign not in _EM[False] else sign


@lru_cache(maxsize=10_000)
def _ems(text: str, bold: bool) -> float:
    """How wide a text is, in sizes."""
    return sum(_em(sign, bold) for sign in text)


@cache
def _em(sign: str, bold: bool) -> float:
    """How wide a letter is, in sizes."""
    if (base := _base(sign)) in _EM[bold]:
        return _EM[bold][base]
    category = unicodedata.category(sign)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return 0.0
    if category == "So":
        return _EMOJI
    if unicodedata.east_asian_width(sign) in ("W", "F"):
        return _WIDE
    return _TALL if category == "Lu" else _OTHER
