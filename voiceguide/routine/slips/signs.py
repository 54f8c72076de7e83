"""Signs that look like YAML's and are none: spaces, bullets, colons; and how messages name them."""

from __future__ import annotations

import re
import unicodedata

ODD = "\u00a0\u00ad\u1680\u2000-\u200d\u202f\u205f\u2060\u3000"
"""Spaces, and signs without a width, that no keyboard's space bar makes: part of an expression's set."""
LEAD = re.compile(rf"[ \t{ODD}]*")
ODD_SPACE = re.compile(rf"[{ODD}]")
_SURE = "•·▪●‣◦∙○–—−‐‑‒"  # noqa: RUF001 (hyphens that are none)
BULLET = re.compile(
    rf"(?:[{_SURE}]{{1,2}}|(?:[*+]|--|\d{{1,2}}[.)])(?=[ {ODD}])|-(?=[{ODD}])|-(?=[^\s\d\-{ODD}]))[ {ODD}]*(?=\S)"
)
"""What an author may write before a list's item in place of a hyphen and a space."""
ODD_COLON = re.compile(rf"[ {ODD}]*(?:[=;：﹕∶]|->|=>|:=)[ {ODD}]*")  # noqa: RUF001 (colons of other scripts)
WORD = re.compile(r"[A-Za-z_]\w*")

_NAMES = {
    "\t": "a tab",
    "\u00a0": "a no-break space",
    "\u00ad": "a hidden hyphen",
    "\u202f": "a narrow no-break space",
    "\u3000": "a wide space",
    "–": "an en dash",
    "—": "an em dash",
    "−": "a minus sign",
    "*": "an asterisk",
    "+": "a plus sign",
    "=": "an equals sign",
    ";": "a semicolon",
}


def named(sign: str) -> str:
    """Return what a sign is called, and how it looks where that can be seen."""
    known = _NAMES.get(sign)
    if sign.isspace() or unicodedata.category(sign) == "Cf":
        return known or f"the invisible sign U+{ord(sign):04X}"
    return f"{known} ({sign})" if known else f'"{sign}"'
