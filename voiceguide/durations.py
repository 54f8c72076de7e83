"""Parse and print durations and ranges (routine-format: Durations)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

LONGEST = 24 * 3600.0
"""Seconds; nothing may last longer."""

_LONGEST_TEXT = 64
"""Characters; nobody writes more, and searching more takes time."""
_ONE = '"90s", "2m", "3m30s" or "1:30"'
_ONE_OR_RANGE = '"90s", "2m", "3m30s", "1:30" or "3-5 min"'

_UNIT_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0}
_UNITS = (r"h(?:ours?|rs?)?", r"m(?:in(?:ute)?s?)?", r"s(?:ec(?:ond)?s?)?")
_UNIT = f"(?:{'|'.join(_UNITS)})"
_NUMBER = r"\d+(?:[.,]\d+)?"
_PART = re.compile(rf"({_NUMBER})\s*({_UNIT})\.?(?![a-z])", re.IGNORECASE)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})")
_ISO = re.compile(rf"PT(?=\d)(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:\.\.|[-–—]|\bto\b)\s*", re.IGNORECASE)


def _any_case(pattern: str) -> str:
    """Return a pattern for small letters as one for both kinds: JSON Schema's expressions have no flags."""
    return re.sub(r"(?<!\\)[a-z]", lambda letter: f"[{letter[0].upper()}{letter[0]}]", pattern)


_PARTS = "".join(rf"(?:{_NUMBER}\s*{unit}\.?\s*)?" for unit in map(_any_case, _UNITS))
_ISO_PARTS = "".join(f"(?:{_NUMBER}{unit})?" for unit in map(_any_case, "hms"))

ONE_WRITTEN = rf"(?:(?:\d{{1,2}}:[0-5]?\d|\d{{1,3}}):[0-5]\d|[Pp][Tt](?=\d){_ISO_PARTS}|(?=\d){_PARTS})"
"""What `parse_duration` reads, as an expression that JSON Schema knows; how long it may be is not in it."""
RANGE_WRITTEN = rf"(?:(?:{ONE_WRITTEN}|{_NUMBER})(?:\s*(?:\.\.|[-–—])\s*|\s+[Tt][Oo]\s+))?{ONE_WRITTEN}"
"""What `parse_range` reads, likewise; that the shorter time comes first is not in it."""


Length = Literal["short", "full"]
LENGTHS: tuple[Length, ...] = ("short", "full")
"""The lengths that every routine has a name for."""


class DurationError(ValueError):
    """A text that is no duration; the message says what was expected and what came."""

    def __init__(self, message: str, meant: str = "") -> None:
        super().__init__(message)
        self.meant = meant
        """What was meant in all likelihood, as it is read; "" where nobody can tell."""


@dataclass(frozen=True, slots=True)
class Range:
    """A duration an author left open: low ≤ high."""

    low: float
    """Seconds."""
    high: float
    """Seconds."""


def parse_duration(text: str, *, zero: bool = False) -> float:
    """Return the seconds of `90s`, `2m`, `1.5m`, `3m30s`, `1h5m`, `1 min 30 sec`, `1:30` or `PT2M`.

    Raises DurationError for anything else, a bare number included, and outside (0, 24 h]; `zero` allows 0 s.
    """
    seconds = _seconds(text.strip())
    if seconds is None:
        raise _refused(f"expected a duration like {_ONE}", text)
    return _checked(seconds, text, zero=zero)


def parse_range(text: str) -> Range:
    """Return the range of `3m..5m`, `3-5 min`, `3 to 5 minutes` (a shared unit stands last) or of one duration.

    Raises DurationError as `parse_duration` does, and for low > high.
    """
    whole = _seconds(text.strip())
    if whole is not None:
        seconds = _checked(whole, text)
        return Range(seconds, seconds)
    ends = _RANGE.split(text.strip())
    if len(ends) != 2 or not all(ends):
        raise _refused(f"expected a duration like {_ONE_OR_RANGE}", text)
    high = _seconds(ends[1])
    low = _seconds(ends[0])
    if low is None and high is not None and re.fullmatch(_NUMBER, ends[0]):
        # A shared unit stands on the last number: "3-5 min".
        unit = _PART.findall(ends[1])
        low = _seconds(ends[0] + unit[-1][1]) if len(unit) == 1 else None
    if low is None or high is None:
        raise _refused('expected a range like "3-5 min" or "3m..5m"', text)
    low, high = _checked(low, text), _checked(high, text)
    if low > high:
        message = f"expected the shorter time first, got {_quote(text)}: write it the other way round"
        raise DurationError(message, f"{typed(high)}..{typed(low)}")
    return Range(low, high)


@lru_cache(maxsize=4096)  # a file's durations are read by its model and by each rule
def _seconds(text: str) -> float | None:
    """Seconds of one duration, None when it is not one."""
    if len(text) > _LONGEST_TEXT:
        return None
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = (float(group or 0) for group in clock.groups())
        if seconds >= 60 or (clock[1] is not None and minutes >= 60):
            return None
        return hours * 3600 + minutes * 60 + seconds
    if iso := _ISO.fullmatch(text):
        return sum(_number(n) * u for n, u in zip(iso.groups(), (3600.0, 60.0, 1.0), strict=True) if n)
    total, end, last = 0.0, 0, float("inf")
    for part in _PART.finditer(text):
        unit = _UNIT_SECONDS[part[2][0].lower()]
        if text[end : part.start()].strip() or unit >= last:
            return None
        total, end, last = total + _number(part[1]) * unit, part.end(), unit
    return total if end and end == len(text.rstrip()) else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _checked(seconds: float, text: str, *, zero: bool = False) -> float:
    if seconds > LONGEST:
        raise DurationError(f"expected at most 24 hours, got {_quote(text)}")
    if seconds < 0 or (seconds == 0 and not zero):
        raise DurationError(f"expected a time above zero, got {_quote(text)}")
    return seconds


def _refused(expected: str, text: str) -> DurationError:
    """Return the error of what is no duration, with what was meant where that is clear."""
    if re.fullmatch(_NUMBER, text.strip()):
        hint = f': add a unit, as "{text.strip()}s" or "{text.strip()}m"'
        return DurationError(f"{expected}, got {_quote(text)}{hint}")
    found = meant(text)
    hint = f': write "{found}"' if found else ""
    if found and _EACH_SIDE.search(text):
        hint += ", since every side has as long anyway"
    return DurationError(f"{expected}, got {_quote(text)}{hint}", found)


_ABOUT = re.compile(
    r"^(?:about|approx(?:imately)?\.?|around|circa|ca\.?|etwa|ungefähr|unos|environ|[~≈])\s*", re.IGNORECASE
)
_EACH_SIDE = re.compile(
    r"[,\s]*(?:\b(?:each|every|per|on each|on both|for each|je|pro|por|cada|par|chaque)\s+"
    r"(?:side|sides|way|seite|lado|côté)|\beach|\ba side|/\s*side)\b.*$",
    re.IGNORECASE,
)
_SPELLED = (
    (r"\bhalf an?\b|\bhalbe\b|\b(?:eine )?halbe\b|\bmedi[ao]\b|\bdemi-", "0.5 "),
    (r"\bforty-?five\b", "45"),
    (r"\b(?:(?<!and )an?|one|eine?|un[ae]?)\b", "1"),
    (r"\b(?:two|zwei|dos|deux)\b", "2"),
    (r"\b(?:three|drei|tres|trois)\b", "3"),
    (r"\b(?:four|vier|cuatro|quatre)\b", "4"),
    (r"\b(?:five|fünf|cinco|cinq)\b", "5"),
    (r"\b(?:six|sechs|seis)\b", "6"),
    (r"\b(?:seven|sieben|siete|sept)\b", "7"),
    (r"\b(?:eight|acht|ocho|huit)\b", "8"),
    (r"\b(?:nine|neun|nueve|neuf)\b", "9"),
    (r"\b(?:ten|zehn|diez|dix)\b", "10"),
    (r"\b(?:fifteen|fünfzehn|quince|quinze)\b", "15"),
    (r"\b(?:twenty|zwanzig|veinte|vingt)\b", "20"),
    (r"\b(?:thirty|dreißig|treinta|trente)\b", "30"),
    (r"(\d+)\s*minutes? and a half", r"\1.5m"),
    (r"(\d+)\s*(?:and a half|1/2|½)", r"\1.5"),
    (r"(\d+)\s*(?:¼|1/4)", r"\1.25"),
    (r"(\d+)\s*(?:¾|3/4)", r"\1.75"),
    (r"½|1/2", "0.5"),
    (r"¼|1/4", "0.25"),
    (r"¾|3/4", "0.75"),
    (r"(?<=\d)\s*['\u2032](?!['\u2032])|\s*(?:minuten|minutos?|mn|mins)\b\.?", "m"),
    (r"(?<=\d)\s*(?:''|[\"″])|\s*(?:sekunden?|sek|segundos?|secondes?|secs)\b\.?", "s"),
    (r"\s*(?:stunden?|std|horas?|heures?)\b\.?", "h"),
    (r"(?<=\d)\s+(?:and|und|y|et)\s+(?=\d)|\s+(?:bis|à)\s+", " to "),
    (r"\s+(?:and|und|y|et)\s+|,\s+", " "),
)
"""How people spell times, and what stands for it here."""


def meant(text: str) -> str:
    """Return what somebody who wrote no duration meant, as it is read: `2 Minuten` is 2m; "" where nobody can tell."""
    if len(text) > _LONGEST_TEXT:
        return ""
    told = _EACH_SIDE.sub("", _ABOUT.sub("", text.strip().casefold())).rstrip(".")
    for said, stands in _SPELLED:
        told = re.sub(said, stands, told)
    told = re.sub(r"^([\d.]+m)\s*(\d{1,2})$", r"\1\2s", told.strip())
    if over := re.fullmatch(r"(\d{1,3}):(\d{2})", told):
        told = f"{int(over[1]) * 60 + int(over[2])}s"
    if told == text.strip().casefold():
        return ""
    try:
        found = parse_range(told)
    except DurationError as error:
        return error.meant if error.meant and told != text else ""
    return typed(found.low) if found.low == found.high else f"{typed(found.low)}..{typed(found.high)}"


def _ends(found: re.Match[str]) -> str:
    """Return the two times of `2m to 30s` as one of minutes and seconds, of others as a range."""
    both = found[1].endswith("m") and found[2].endswith("s")
    return f"{found[1]} {found[2]}" if both else f"{found[1]}..{found[2]}"


def _quote(text: str) -> str:
    return f'"{text.strip()[:60]}"' if text.strip() else "nothing"


def clock(seconds: float) -> str:
    """Print seconds as `m:ss`, or `h:mm:ss` from an hour on."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def timecode(seconds: float, point: str = ".") -> str:
    """Print seconds as `hh:mm:ss.mmm`, as captions and chapters in files have them."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, secs = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{secs:02}{point}{thousandths:03}"


def words(seconds: float) -> str:
    """Print seconds as an author would write them: `45 s`, `2 min`, `2 min 30 s`, `1 h 5 min`."""
    tenth = round(seconds, 1)
    if tenth < 60:
        return f"{tenth:g} s"
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes else "", f"{secs} s" if secs else ""]
    return " ".join(part for part in parts if part)


def typed(seconds: float) -> str:
    """Return a time as it can be typed: 15m, 7m30s, 612.34s as 10m12.34s."""
    minutes, rest = divmod(round(seconds, 2), 60)
    tail = f"{rest:.2f}".rstrip("0").rstrip(".")
    return f"{int(minutes)}m{tail}s" if minutes and rest else f"{int(minutes)}m" if minutes else f"{tail}s"
