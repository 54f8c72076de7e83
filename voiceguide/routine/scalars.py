"""What one scalar of a file can say: readers from the written text to its value.

They raise pydantic's custom errors, whose message is the fault's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeVar

from pydantic_core import PydanticCustomError

from voiceguide import phrases
from voiceguide.durations import DurationError, Range, meant, parse_duration, parse_range, typed
from voiceguide.errors import did_you_mean, nearest
from voiceguide.routine.model import At
from voiceguide.routine.yaml import Scalar, described
from voiceguide.text import ipa as phonetics
from voiceguide.text.lines import LONGEST_NAME, line, shown, spaced

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""A BCP 47 tag as authors write it: `en`, `de-AT`, `zh-Hant-TW`."""
_RESPELLED = re.compile(r"[\w\u0300-\u036f '’.,\-]*")
"""What may stand in a word and in a respelling."""

WORDINGS = "any"
"""The key of the wordings of one text, where others have languages."""
PHASES = (2.0, 12.0)
"""Seconds that a stroke's way out or back lasts, at least and at most."""
_SIDES = "a list of sides, as [left, right], or both"
LONGEST_WORD = 60
"""Characters of a word whose pronunciation is told, and of its respelling."""
LONGEST_WRITTEN = 64
"""Characters; no duration needs more, and patterns take their time over a page of digits."""


def _fault(rule: str, message: str, mend: str = "") -> PydanticCustomError:
    """Return a fault of one value, and what to write in its place where that is clear."""
    # The message is a value, not the template: an author's braces are no fields of it.
    return PydanticCustomError(rule, "{message}", {"message": message, "mend": mend})


def _written(value: object, expected: str) -> Scalar:
    """Return a scalar that is written out, or raise the fault that says what was expected."""
    if not isinstance(value, Scalar):
        got = "a list" if isinstance(value, list) else "keys and values"
        raise _fault("wrong-type", f"expected {expected}, got {got}: write it alone")
    if value.is_null or not value.text.strip():
        raise _fault("empty-text", f"expected {expected}, got nothing: write it, or drop the line if it is optional")
    return value


def text(value: object) -> str:
    """Return a text as it was written, a number or a truth too (a title may be 2024)."""
    return _written(value, "a text").text


def name(value: object) -> str:
    """Return who somebody is, in one line."""
    written = line(_written(value, "a name").text)
    if len(written) > LONGEST_NAME:
        message = f"expected a name of at most {LONGEST_NAME} characters, got {len(written):,}: shorten it"
        raise _fault("long-name", message)
    return written


_TRUTHS = {
    **dict.fromkeys(("yes", "on", "y", "ja", "oui", "sí", "si", "1", "x", "✓", "ture", "treu"), "true"),
    **dict.fromkeys(("no", "off", "n", "nein", "non", "none", "0", "flase", "fasle"), "false"),
}
"""What people write for them."""


def truth(value: object) -> bool:
    """Return true or false; YAML 1.2 has no yes and no."""
    scalar = _written(value, "true or false")
    word = scalar.text.casefold()
    if scalar.quoted or word not in ("true", "false"):
        meant = word if word in ("true", "false") else _TRUTHS.get(word, "")
        hint = "write it without quotes" if word == meant else f"write {meant}" if meant else "write one of them"
        raise _fault("wrong-type", f"expected true or false, got {described(scalar)}: {hint}", meant)
    return word == "true"


_COUNTED = (
    ("one", "eins", "once", "uno", "un"),
    ("two", "zwei", "twice", "dos", "deux", "light", "soft", "gentle", "leicht", "sanft"),
    ("three", "drei", "tres", "trois"),
    ("four", "vier", "cuatro", "quatre", "medium", "moderate", "mittel"),
    ("five", "fünf", "cinco", "cinq", "firm", "strong", "hard", "fest"),
    ("six", "sechs", "seis"),
    ("seven", "sieben", "siete", "sept"),
    ("eight", "acht", "ocho", "huit"),
)
_NUMBERS = {word: str(number) for number, words in enumerate(_COUNTED, 1) for word in words}
"""What people write for a number; words for a pressure too, as the program says them."""


def _number(written: str) -> str:
    """Return the number that is meant, in digits; "" where nobody can tell."""
    word = written.strip().casefold()
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]0+)?\s*(?:x|times|×|mal|rounds?|/\s*(?:7|10)|von 7|of 7)?", word)
    return found[1] if found else _NUMBERS.get(word, "")


def whole(low: int, high: int | None) -> Callable[[object], int]:
    """Return a reader of whole numbers from `low` to `high`."""
    expected = f"a whole number from {low} to {high}" if high is not None else f"a whole number, {low} or more"

    def read(value: object) -> int:
        scalar = _written(value, expected)
        if not re.fullmatch(r"[-+]?[0-9]{1,9}", scalar.text):
            meant = _number(scalar.text)
            hint = f"write {meant}" if meant else f"write it in digits, as {low + 2}"
            raise _fault("wrong-type", f"expected {expected}, got {described(scalar)}: {hint}", meant)
        if scalar.quoted:
            message = f"expected {expected}, got {described(scalar)} in quotes: write it without"
            raise _fault("wrong-type", message, scalar.text)
        number = int(scalar.text)
        if number < low or (high is not None and number > high):
            raise _fault("out-of-range", f"expected {expected}, got {number}: choose one in that range")
        return number

    return read


def _duration(value: object, parse: Callable[[str], T]) -> T:
    """Return what `parse` makes of a duration, its fault worded as one of the file."""
    scalar = _written(value, "a duration, as 90s or 2m")
    if len(scalar.text) > LONGEST_WRITTEN:
        raise _fault("bad-duration", f"expected a duration, as 90s or 2m, got {described(scalar)}: write it shorter")
    try:
        return parse(scalar.text)
    except DurationError as error:
        raise _fault("bad-duration", str(error), error.meant) from None


def exact(value: object) -> float:
    """Return the seconds of a duration above zero."""
    return _duration(value, parse_duration)


def exact_or_zero(value: object) -> float:
    """Return the seconds of a duration."""
    return _duration(value, lambda written: parse_duration(written, zero=True))


def phase(value: object) -> float:
    """Return the seconds of a stroke's one way."""
    seconds = exact(value)
    if not PHASES[0] <= seconds <= PHASES[1]:
        low, high = (f"{bound:g} s" for bound in PHASES)
        message = f"expected {low} to {high}, got {described(value) if isinstance(value, Scalar) else value}"
        raise _fault("bad-phase", f"{message}: choose a time in that range")
    return seconds


def open_duration(value: object) -> Range:
    """Return a duration that may be a range."""
    return _duration(value, parse_range)


def moment(value: object) -> At:
    """Return a cue's moment: `50%`, `45s` after the slot's start or `-30s` before its end."""
    scalar = _written(value, "a moment of the slot, as 50%, 45s or -30s")
    written = scalar.text.strip()
    if len(written) > LONGEST_WRITTEN:
        raise _fault("bad-moment", f"expected 50%, 45s or -30s, got {described(scalar)}: write it shorter")
    if share := re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?)\s*%", written):
        percent = float(share[1].replace(",", "."))
        if percent >= 100:
            message = (
                f'expected a share below 100%, got "{written}": the slot is over there; -10s is 10 s before its end'
            )
            raise _fault("cue-outside", message)
        return At("share", percent / 100, written)
    from_end = re.fullmatch(r"[-−]\s*(?=[\dPp])(.*)", written, re.DOTALL)
    try:
        seconds = parse_duration(from_end[1] if from_end else written, zero=not from_end)
    except DurationError as error:
        meant = _moment_meant(written)
        message = "" if meant else str(error).partition(", got")[2].partition('": ')[2].strip()
        hint = message or "write a share, a time after the slot's start, or one before its end"
        hint = f'write "{meant}"' if meant else hint
        raise _fault("bad-moment", f"expected 50%, 45s or -30s, got {described(scalar)}: {hint}", meant) from None
    return At("end" if from_end else "start", seconds, written)


_FROM_END = re.compile(
    r"[–—‐‑]\s*(.+)|(.+?)\s+(?:before|from|vor|antes|avant)\b.*|(.+?)\s+(?:left|to go|remaining)",  # noqa: RUF001 (dashes)
    re.IGNORECASE,
)
_FROM_START = re.compile(r"(?:after|at|nach|bei|tras|après)\s+(.+)|(.+?)\s+(?:in|after|into)\b.*", re.IGNORECASE)
_SHARE = re.compile(r"(\d{1,2})\s*(?:percent|per cent|prozent|por ciento|pour ?cent|pct)\b.*", re.IGNORECASE)
_HALF = re.compile(r"half(?:way)?|middle|the middle|1/2|½|hälfte|mitte|mitad|moitié|milieu", re.IGNORECASE)


def _moment_meant(written: str) -> str:
    """Return the moment that is meant, as it is read; "" where nobody can tell."""
    if _HALF.fullmatch(written):
        return "50%"
    if share := _SHARE.fullmatch(written):
        return f"{share[1]}%"
    for pattern, sign in ((_FROM_END, "-"), (_FROM_START, "")):
        if found := pattern.fullmatch(written):
            time = next(group for group in found.groups() if group)
            try:
                return f"{sign}{typed(parse_duration(time))}"
            except DurationError as error:
                return f"{sign}{error.meant}" if error.meant else ""
    return meant(written)


def one_of(*words: str) -> Callable[[object], str]:
    """Return a reader of one of a few words."""
    expected = " or ".join(words)

    def read(value: object) -> str:
        scalar = _written(value, expected)
        if scalar.text not in words:
            hint = did_you_mean(scalar.text, words)
            message = f"expected {expected}, got {described(scalar)}: choose one of them.{hint}"
            raise _fault("wrong-word", message, nearest(scalar.text, words) or "")
        return scalar.text

    return read


def both(value: object) -> str:
    """Read the one word that stands for two sides."""
    scalar = _written(value, _SIDES)
    if scalar.text != "both":
        words = [word for word in _APART.split(scalar.text.strip("[] ")) if word]
        pair = f"[{', '.join(words)}]" if len(words) > 1 else ""
        two = scalar.text.casefold() in ("both sides", "each", "each side", "2", "true", "yes", "beide", "l/r", "both.")
        new = "both" if two or (scalar.text.casefold() == "both") else pair
        hint = f"write {new}" if new else "write it as a list"
        raise _fault("wrong-word", f"expected {_SIDES}, got {described(scalar)}: {hint}", new)
    return scalar.text


_APART = re.compile(r"\s*(?:,|/|\+|&|;|\band\b|\bthen\b|\bund\b|\by\b|\bet\b)\s*")
"""What stands between two sides that are no list."""


def language(value: object) -> str:
    """Return a language's tag."""
    scalar = _written(value, 'a language, as "en" or "de-AT"')
    if not LANGUAGE.fullmatch(scalar.text):
        tag = phrases.tag_of(scalar.text) or ""
        hint = f'write "{tag}"' if tag else "write its tag"
        message = f'expected a language, as "en" or "de-AT", got {described(scalar)}: {hint}'
        raise _fault("bad-language", message, tag)
    return scalar.text


def language_key(key: str) -> str:
    """Return a language's tag that stands before a colon."""
    if key == WORDINGS:
        message = 'expected one text here, got several ("any"): only what a cue says and a reminder may be'
        raise _fault("misplaced-any", f"{message} said otherwise each time, and none inside another; keep one of them")
    if not LANGUAGE.fullmatch(key):
        message = f'expected a language before the colon, as "en" or "de", got "{key[:60]}"'
        raise _fault("bad-language", f"{message}: a text with a colon, a comma or braces needs quotes")
    return key


def spoken(value: object) -> int | Literal["all"]:
    """Return how many rounds are voiced."""
    if isinstance(value, Scalar) and value.text == "all":
        return "all"
    return whole(0, None)(value)


def word_key(key: str) -> str:
    """Return a word, or some, before a colon: those whose pronunciation is told."""
    word = spaced(key)
    if not any(sign.isalpha() for sign in word) or not _RESPELLED.fullmatch(word):
        message = f'expected a word as it stands in the texts, got "{shown(key)}": letters, hyphens and apostrophes'
        raise _fault("bad-word", message)
    if len(word) > LONGEST_WORD:
        raise _fault("bad-word", f"expected a word of at most {LONGEST_WORD} characters, got {len(word):,}: shorten it")
    return key


def respelling(value: object) -> str:
    """Return how a word would be spelled if it were spelled as it sounds."""
    scalar = _written(value, "a respelling, as efflurazh")
    written = spaced(scalar.text)
    if not any(sign.isalpha() for sign in written) or not _RESPELLED.fullmatch(written):
        raise _fault("bad-respelling", f"expected letters as they sound, got {described(scalar)}: write it in words")
    if len(written) > LONGEST_WORD:
        message = f"expected a respelling of at most {LONGEST_WORD} characters, got {len(written):,}: shorten it"
        raise _fault("bad-respelling", message)
    return written


def ipa(value: object) -> str:
    """Return a pronunciation in the IPA, in one way of writing."""
    scalar = _written(value, "a pronunciation in the IPA, as twe")
    signs = phonetics.canonical(scalar.text)
    if wrong := phonetics.foreign(signs, phonetics.SIGNS):
        message = f'expected signs of the IPA, got "{shown(" ".join(wrong))}" in {described(scalar)}'
        raise _fault("bad-ipa", f'{message}: take them from a dictionary, or write "as: …" as it sounds')
    if not any(sign in phonetics.VOWELS for sign in signs):
        raise _fault("bad-ipa", f"expected a pronunciation with a vowel, got {described(scalar)}: write all of it")
    if len(signs) > phonetics.LONGEST:
        message = f"expected at most {phonetics.LONGEST} signs of the IPA, got {len(signs):,}: tell of fewer words"
        raise _fault("bad-ipa", message)
    return signs


def first_format(value: object) -> Literal[1]:
    """Return the number of the format, which is 1."""
    scalar = _written(value, "1")
    if scalar.text != "1":
        message = f"expected 1, the only format there is, got {described(scalar)}: update voiceguide, or write 1"
        raise _fault("bad-format", message)
    return 1


def moment_of(scalar: Scalar) -> At | None:
    """Return a cue's moment, None where it is at fault (which its model names)."""
    try:
        return moment(scalar)
    except PydanticCustomError:
        return None


def exact_of(scalar: Scalar) -> float | None:
    """Return the seconds of a duration, None where it is at fault (which its model names)."""
    try:
        return exact(scalar)
    except PydanticCustomError:
        return None


def range_of(scalar: Scalar) -> Range | None:
    """Return a duration, None where it is at fault (which its model names)."""
    try:
        return open_duration(scalar)
    except PydanticCustomError:
        return None
