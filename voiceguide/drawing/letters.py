"""How wide letters are, and where lines break.

Helvetica's widths are known, and Arial and Liberation Sans share them; a writer presses other fonts into them. A text
with any letter that Helvetica lacks is shown in whatever fonts there are, at their own widths: there every letter,
Helvetica's too, is taken to be as wide as in DejaVu Sans Bold, the widest of the usual fonts. Lines break as UAX 14 has
it: at spaces, and between the letters of East Asia, which stand without any. Letters of one width are counted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LEADING = 1.22
"""From one line to the next, in sizes."""
FIXED = 0.612
"""How wide letters of one width are, in sizes: a little wider than those of the usual fonts, which have 0.6."""

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
        737: "©®",
        778: "GOQØ",
        833: "Mm",
        834: "½¼¾",
        889: "%æ",
        944: "Wœ",
        1000: "—…ÆŒ‰™",
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
        737: "©®",
        778: "GOQwØ",
        833: "M",
        834: "½¼¾",
        889: "%mæ",
        944: "Wœ",
        975: "@",
        1000: "—…ÆŒ‰™",
    },
}
_EM = {
    bold: {sign: thousandths / 1000 for thousandths, signs in table.items() for sign in signs}
    for bold, table in _WIDTHS.items()
}
_BROADER, _BROADEST = {"L": 0.17, "N": 0.21, "Z": 0.07}, 0.33
"""Sizes by which a wide font's letters, numbers and spaces, and its other signs, may be broader than Helvetica's."""
_SIGN, _WIDE, _CAPITAL, _CASELESS, _OTHER, _BOX = 1.6, 1.05, 1.05, 0.77, 0.87, 0.6
"""Sizes that what Helvetica lacks is wide, at most: emoji and other signs; letters of East Asia and of rarer scripts;
other capitals; letters without capitals, as Hebrew's; all others; and a box in place of a mark that a font lacks."""
_BROAD = {
    sign: width for width, signs in {1.05: "بتثپڤفکگطظ", 1.15: "жмфшщыюљњ", 1.4: "ЖШЩЮЉЊسشصض"}.items() for sign in signs
}
"""Those that are broader than their like."""
_USUAL = "\u0700"
"""Scripts that come before it (Latin to Arabic) are in all usual fonts, with their marks."""

_JOINER = "\N{ZERO WIDTH JOINER}"
_SKINS = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"


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
    return broken(text, room, lambda line: width(line, size, bold=bold))


def broken(text: str, room: float, wide: Callable[[str], float]) -> tuple[str, ...]:
    """Break a clean text as `lines` does, in letters that are as `wide` as that says."""
    done: list[str] = []
    line = ""
    for word in words(text):
        longer = line + word
        if wide(longer.rstrip(" ")) <= room:
            line = longer
            continue
        if line:
            done.append(line.rstrip(" "))
        *whole, line = _pieces(word, room, wide)
        done += whole
    return (*done, line.rstrip(" ")) if line else tuple(done)


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide the widest part of a clean text is that no line breaks in."""
    return max((width(word.rstrip(" "), size, bold=bold) for word in words(text)), default=0.0)


def columns(text: str) -> int:
    """Return how many letters of one width a text takes: none for a mark on one, two for an East Asian letter."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def fitted(text: str, room: float, size: float) -> str:
    """Return a text of letters of one width, cut with an ellipsis to fit; "" where not even three letters would."""
    most = int(room / (FIXED * size))
    if columns(text) <= most:
        return text
    if most < 4:
        return ""
    while columns(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


@lru_cache(maxsize=1_000)
def words(text: str) -> tuple[str, ...]:
    """Return a clean text's parts between which lines may break, each with the space that follows it."""
    found = [""]
    before = ""
    for cluster in _clusters(text):
        if before == " " or (before and _parted(before[0], cluster[0])):
            found.append("")
        found[-1] += cluster
        before = cluster
    return tuple(found)


def _parted(before: str, after: str) -> bool:
    """Say whether a line may break between two signs beside each other: by East Asia's letters (UAX 14: ID, H2, H3).

    A small kana, a closing bracket and most other punctuation begin no line (CJ, CL, NS), an opening bracket ends none
    (OP).
    """
    if unicodedata.east_asian_width(before) not in "WF" and unicodedata.east_asian_width(after) not in "WF":
        return False
    held = after in " \N{NO-BREAK SPACE}" or before == "\N{NO-BREAK SPACE}"
    begins_none = unicodedata.category(after) in ("Pe", "Pf", "Po", "Pd", "Lm") or " LETTER SMALL " in _name(after)
    return not (held or begins_none or unicodedata.category(before) in ("Ps", "Pi"))


def _name(sign: str) -> str:
    """A kana's name; "" for other letters, of which many are small."""
    name = unicodedata.name(sign, "")
    return name if name.startswith(("HIRAGANA", "KATAKANA")) else ""


def _pieces(word: str, room: float, wide: Callable[[str], float]) -> list[str]:
    """A word in pieces no wider than `room`, of a letter at least; marks and joined emoji stay with their letter."""
    pieces = [""]
    for cluster in _clusters(word):
        if pieces[-1] and cluster != " " and wide(pieces[-1] + cluster) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces


def _clusters(word: str) -> list[str]:
    """Letters with what is written on them, emoji with their skin."""
    found: list[str] = []
    for sign in word:
        written_on = unicodedata.category(sign)[0] == "M" or sign in _SKINS or sign == _JOINER
        if found and (written_on or found[-1].endswith(_JOINER)):
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
    if known(text):
        return sum(_EM[bold][_base(sign)] for sign in text)
    return sum(map(_widest, text))


@cache
def _widest(sign: str) -> float:
    """How wide a letter is in the widest of the usual fonts, in sizes."""
    category = unicodedata.category(sign)
    if (base := _base(sign)) in _EM[True]:
        return _EM[True][base] + _BROADER.get(category[0], _BROADEST)
    if sign in _BROAD:
        return _BROAD[sign]
    if category in ("Mn", "Me"):
        return 0.0 if sign < _USUAL or unicodedata.name(sign, "").startswith("VARIATION SELECTOR") else _BOX
    if category in ("Cf", "Cc"):
        return 0.0
    if len(parts := unicodedata.normalize("NFKD", sign)) > 1:
        # A ligature is no wider than its letters.
        return sum(map(_widest, parts))
    if category in ("So", "Sm", "Sc"):
        return _SIGN
    if unicodedata.east_asian_width(sign) in "WF" or (sign >= _USUAL and category[0] == "L"):
        return _WIDE
    return {"Lu": _CAPITAL, "Lt": _CAPITAL, "Lo": _CASELESS}.get(category, _OTHER)
