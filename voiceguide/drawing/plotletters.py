"""Letters of 5 by 7 dots, for pictures made of pixels: ASCII, what European texts add to it, and a box for all else.

A letter is written as its rows from the top, one sign a row: its five dots as a number to the base 32 (`v` is all
five, `g` the left one, `1` the right one). Rows after the seventh hang below the line; empty rows at the end are left
out. Accented letters are put together from the letter and its mark.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np  # this module is imported when a picture is written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

HEIGHT = 7
"""Dots from a capital's top to the line it stands on."""
ABOVE = 4
"""Dots over a capital, for its mark."""
BELOW = 2
WIDTH = 5

_LETTERS = """
A ehhvhhh  B uhhuhhu  C ehggghe  D uhhhhhu  E vgguggv  F vgguggg  G ehgnhhe  H hhhvhhh  I e44444e  J 72222ic
K hikokih  L ggggggv  M hrllhhh  N hhpljhh  O ehhhhhe  P uhhuggg  Q ehhhlid  R uhhukih  S fgge11u  T v444444
U hhhhhhe  V hhhhha4  W hhhllla  X hha4ahh  Y hha4444  Z v1248gv
a 00e1fhf  b gguhhhu  c 00ehghe  d 11fhhhf  e 00ehvge  f 698s888  g 00fhhhf1e  h gguhhhh  i 40c444e  j 2062222ic
k ggikoki  l c44444e  m 00qllll  n 00uhhhh  o 00ehhhe  p 00uhhhugg  q 00fhhhf11  r 00mpggg  s 00fge1u  t 88s8896
u 00hhhhf  v 00hhha4  w 00hhlla  x 00ha4ah  y 00hhhhf1e  z 00v248v
0 ehjlphe  1 4c4444e  2 eh1248v  3 v2421he  4 26aiv22  5 vgu11he  6 68guhhe  7 v124888  8 ehhehhe  9 ehhf12c
! 4444404  " aa       # aavavaa  $ 4fke5u4  % op248j3  & cik8lid  ' 448      ( 2488842  ) 8422248  * 04lel4
+ 044v44   , 00000448 - 000v     . 00000cc  / 01248g   : 0cc0cc   ; 0cc0c48  < 248g842  = 00v0v    > 8421248
? eh12404  @ eh1dlle  [ e88888e  \\ 0g8421   ] e22222e  ^ 4ah      _ 000000v  ` 842      { 2448442  | 4444444
} 8442448  ~ 008l2    ß ciikiik  æ 00q5fkf  Æ fkkvkkn  ø 00ejlpe  Ø ehjlphe  œ 00alnkb  Œ fkknkkf  ł c46c44e  × 00ha4ah
° 4a4      ± 44v440v  … 000000l  – 000v     — 000v     − 000v     ’ 448      ‘ 244      “ aa       ” aa       „ 00000aak
¿ 40448he  ¡ 4044444  « 005aka5  » 00ka5ak  · 0004     □ vhhhhhv
"""
_MARKS = {
    "\N{COMBINING GRAVE ACCENT}": "84",
    "\N{COMBINING ACUTE ACCENT}": "24",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "4a",
    "\N{COMBINING TILDE}": "9m",
    "\N{COMBINING DIAERESIS}": "a",
    "\N{COMBINING RING ABOVE}": "4a4",
    "\N{COMBINING CARON}": "a4",
    "\N{COMBINING MACRON}": "e",
    "\N{COMBINING DOT ABOVE}": "4",
}
_CEDILLA = ("\N{COMBINING CEDILLA}", "\N{COMBINING OGONEK}")
_UNKNOWN = "□"
_DOTTED = "ij"


def dots(text: str) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Yield a text's letters, each with its dots: shape (ABOVE + HEIGHT + BELOW, WIDTH)."""
    for letter in unicodedata.normalize("NFC", text):
        if letter != " " and not unicodedata.combining(letter):
            yield letter, _letter(letter)
        elif letter == " ":
            yield letter, np.zeros((ABOVE + HEIGHT + BELOW, WIDTH), dtype=np.bool_)


@lru_cache(maxsize=512)
def _letter(letter: str) -> NDArray[np.bool_]:
    known = _table()
    parts = letter if letter in known else unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    grid = np.zeros((ABOVE + HEIGHT + BELOW, WIDTH), dtype=np.bool_)
    rows = _rows(known.get(base, known[_UNKNOWN]))
    if marks and base in _DOTTED:
        rows[:2] = False  # the mark stands in the dot's place
    grid[ABOVE : ABOVE + len(rows)] = rows
    for mark in marks:
        if mark in _MARKS:
            drawn = _rows(_MARKS[mark])
            highest = int(grid.any(axis=1).argmax())
            grid[highest - 1 - len(drawn) : highest - 1] = drawn
        elif mark in _CEDILLA:
            grid[ABOVE + HEIGHT : ABOVE + HEIGHT + 2] |= _rows("48")
    return grid


def _rows(written: str) -> NDArray[np.bool_]:
    numbers = np.array([int(sign, 32) for sign in written])
    return np.asarray(numbers[:, None] >> np.arange(WIDTH - 1, -1, -1) & 1, dtype=np.bool_)


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    words = _LETTERS.split()
    return dict(zip(words[::2], words[1::2], strict=True))
