"""An author's text as one line, of a message, a plain file or a terminal: what would break the line, or its reader."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile("[ \t\n\v\f\r\x85\u2028\u2029]+")
"""Where a text may break; spaces that hold words together, as before a French question mark, are not among them."""
_COMMANDS = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""What a terminal obeys, or what turns or breaks its lines; halves of surrogate pairs, which no encoding has."""
_KEPT_APART = "\N{WORD JOINER}"
"""Has no width, and is no part of any markup."""


LONGEST_NAME = 200
"""Signs of a person's or a group's name: players show one line."""


def spaced(text: str) -> str:
    """Return a text in one line, with single spaces; every other sign stays."""
    return " ".join(text.split())


def shown(text: str) -> str:
    """Return a text in one line, at most 60 characters of it, for a message."""
    return cut(spaced(text[:400]), 60)


def cut(text: str, most: int) -> str:
    """Return a text of at most `most` characters, the last one an ellipsis where it was longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def line(text: str) -> str:
    """Return a text in one line: single spaces, no control characters, U+FFFD for half a surrogate pair."""
    kept = (_harmless(sign) for sign in _SPACES.sub(" ", text))
    return _SPACES.sub(" ", "".join(kept)).strip(" ")


def visible(text: str, *, line: bool = False) -> str:
    r"""Return a text in which every sign that commands a terminal is shown as an escape (`\x1b`); all else stays.

    A byte of a file's name that is no letter in this locale is shown as `\xff`. Only without `line` line ends and tabs
    stay too.
    """
    shown = _COMMANDS.sub(_escape, text)
    return shown.replace("\n", "\\n").replace("\t", "\\t") if line else shown


def escaped(json: str) -> str:
    """Return JSON with the same signs as JSON's own escapes: as values they stay what they are."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF:  # as Python hands over a name's byte that its encoding lacks
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text between which a line may break."""
    return tuple(line(text).split(" ")) if line(text) else ()


def inert(text: str, signs: str) -> str:
    """Return a text in which none of `signs` begins markup, for formats that know no escape.

    Each stands between word joiners, which no player shows; an arrow `-->` is parted in the same way.
    """
    for sign in signs:
        text = text.replace(sign, f"{_KEPT_APART}{sign}{_KEPT_APART}")
    return text.replace("-->", f"--{_KEPT_APART}>")


def _harmless(sign: str) -> str:
    match unicodedata.category(sign):
        case "Cc":
            return ""
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case _:
            return sign


def plain(text: str) -> str:
    """Return a text in one line that no terminal or XML reader takes for a command.

    Whitespace becomes single spaces; control characters and lone surrogates become U+FFFD; what turns the writing's
    direction is dropped, and so is what joins emoji, because terminals disagree about a joined one's width.
    """
    kept: list[str] = []
    for sign in spaced(text):
        category = unicodedata.category(sign)
        if category in ("Cc", "Cs", "Cn", "Zl", "Zp"):
            kept.append("\N{REPLACEMENT CHARACTER}")
        elif category == "Cf":
            # Persian and the scripts of India write with joiners; elsewhere they are emoji's.
            if sign in "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}" and kept and _is_letter(kept[-1]):
                kept.append(sign)
        elif sign != "\N{VARIATION SELECTOR-16}":
            kept.append(sign)
    return "".join(kept)


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def takes(text: str, encoding: str) -> bool:
    """Say whether an encoding has every sign of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def encodable(text: str, encoding: str) -> str:
    """Return a text with a question mark for every sign that an encoding lacks."""
    return text.encode(encoding, "replace").decode(encoding)
