"""How articles write times and counts: "about two minutes", "three to five", "a few seconds", "several times".

Times are read in German, Spanish and French too: an article in one of these may be drafted anyway.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 3600.0
"""Seconds; a longer time ("rest for a day") is not one that a step of a session lasts."""

ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OTHER_ONES = (
    "ein zwei drei vier fünf sechs sieben acht neun zehn",
    "un dos tres cuatro cinco seis siete ocho nueve diez",
    "un deux trois quatre cinq six sept huit neuf dix",
)
_WORDS = (
    {word: float(n) for words in _OTHER_ONES for n, word in enumerate(words.split(), 1)}
    | {"eine": 1.0, "einer": 1.0, "une": 1.0, "una": 1.0}
    | {word: float(n) for n, word in enumerate(ONES, 1)}
    | {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
)
_SOME = {
    "a couple": (2.0, 2.0),
    **dict.fromkeys(("a few", "a number", "some", "several"), (3.0, 5.0)),
    **dict.fromkeys(("ein paar", "einige", "unos", "unas", "algunos", "quelques"), (3.0, 5.0)),
}
"""What nobody can count, as the numbers that are meant by it: every use of them is to be checked."""
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0}

_LONGEST_FIRST = sorted(_WORDS.keys() - {"dos"}, key=len, reverse=True)
_WORD = (
    rf"(?:(?:{'|'.join(_TENS)})[ -](?:{'|'.join(ONES[:9])})|{'|'.join(_LONGEST_FIRST)}"
    r"|dos(?= (?:minutos|segundos|o ))|(?<=minuto o )dos)"  # a back is a "dos", too
)
_QUANTITY = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?(?: ?½)?|½|half an?|(?:{_WORD}|\d+) and a half|ein paar|{_WORD}"
    r"|a couple(?: of)?|a few|a number of|several|some|another|an?|einige|algunos|un[oa]s|quelques)"
)
UNIT = (
    r"(?:hours?|hrs?|minutes?|mins?|seconds?|secs?|minuten?|sekunden?|sek|minutos?|segundos?|seg|secondes?"
    r"|stunden?|horas?|heures?)"
)
_SHORT_UNIT = r"(?<=\d) ?[hms]"
_ABOUT = (
    r"(?:about|around|roughly|approximately|approx\.?|nearly|almost|at least|up to|at most|no more than|another|~"
    r"|etwa|ungefähr|circa|c(?:irc)?a\.?|environ|aproximadamente|alrededor de)"
)
_OR = r" or | oder | ou | o "
_TO = rf"(?:(?<=[\d½]) ?(?:-|–|—) ?(?=[\d½])| ?(?:-|–|—) ?(?=[a-z])| to | bis | [aà] |{_OR})"
_TIME = re.compile(
    rf"(?P<for>\b(?:for|lasting|pendant|durante) )?(?:(?P<about>(?<!\w){_ABOUT}) ?)?(?P<between>between )?"
    rf"(?<![\w.,])(?P<low>{_QUANTITY})(?:[ -]?(?P<own>{UNIT})\b)?"
    rf"(?:(?:(?(between) and |(?!)))(?P<and>{_QUANTITY})|(?P<to>{_TO})(?P<high>{_QUANTITY}))?"
    rf"(?:[ -]?(?P<unit>{UNIT})\b|(?P<letter>{_SHORT_UNIT})\b)?(?P<half> and a half)?"
    rf"(?:,? (?:and |und |y |et )?(?P<rest>{_QUANTITY})"
    r"(?:[ -]?(?:seconds?|secs?|sekunden?|segundos?|secondes?)| ?s)\b)?(?P<long> lang\b)?",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?:(?P<word>once|twice|thrice)|(?P<low>{_QUANTITY})(?:{_TO}(?P<high>{_QUANTITY}))? "
    r"(?:more )?(?:times|time|repetitions|reps|rounds)|(?P<x>\d{1,2}) ?[x×])(?!\w)",
    re.IGNORECASE,
)
_AFTER_OR_TWO = re.compile(
    r"$|[^\w\s]| (?:more|or so|on|of|with|per|in|at|to|as|until|till|while|before|and|then|longer|here|there|each|if"
    r"|auf|mit|je|pro|bis|und|sur|avec|par|de|chaque|et|en|con|por|hasta|y)\b",
    re.IGNORECASE,
)
"""What can follow "a minute or two"; "a minute or two strokes" is no longer time."""
_CLOCK = re.compile(r"(?:^|[\s(\[–—-])(?P<t>(?P<m>\d{1,2})(?:['’\u2032]|:(?P<s>[0-5]\d)))[)\]]?\W*$")
_OTHER_USE_BEFORE = re.compile(
    r"\b(?:every|each|after|within|until|till|before|last|next|first|previous|wait|in|per|than)(?: the)? $",
    re.IGNORECASE,
)
_OTHER_USE_AFTER = re.compile(
    r"^(?:,? (?:a|per|each|every) (?:day|night|week|month|session)"
    r"|,? (?:daily|weekly|ago|later|after|old|before(?! (?:you|\w+ing)))\b"
    r"|['’]s? [a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Time:
    """A time as a sentence names it."""

    low: float
    """Seconds."""
    high: float
    """Seconds; the same as `low` but for a range."""
    vague: bool
    """Written with a word that is no number, as "a few"."""
    start: int
    """Where its words begin in the text, "for about" included."""
    end: int
    written: str
    """Those words."""
    follows_for: bool
    """"for two minutes", which can be left out of a sentence; "spend two minutes" cannot."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often something is done, as a sentence says it."""

    low: int
    high: int
    vague: bool
    written: str


def times(text: str) -> tuple[Time, ...]:
    """Return the times that something lasts, in order: not "every two minutes", "after a minute" or "twice a day"."""
    found = []
    for match in _TIME.finditer(text):
        time = _time(match)
        if time is not None and not _of_another_use(text, match):
            found.append(time)
    return tuple(found)


def clock(text: str) -> tuple[Time, ...]:
    """Return the time that a heading ends with as a clock or a sign writes it, "3:00" or "3'"; () for none.

    In a sentence these may be hours of the day, or feet.
    """
    found = _CLOCK.search(text)
    if not found:
        return ()
    seconds = 60.0 * int(found["m"]) + int(found["s"] or 0)
    return (Time(seconds, seconds, False, found.start("t"), found.end("t"), found["t"], False),)


def counts(text: str) -> tuple[Count, ...]:
    """Return how often something is done, in order: not "twice a week"."""
    found = []
    for match in _COUNT.finditer(text):
        if _of_another_use(text, match):
            continue
        if match["word"]:
            number = {"once": 1, "twice": 2, "thrice": 3}[match["word"].lower()]
            found.append(Count(number, number, vague=False, written=match[0]))
            continue
        low, vague = _quantity(match["low"] or match["x"])
        high, vague_too = _quantity(match["high"]) if match["high"] else (low, False)
        ends = (round(low[0]), round(high[1]))
        if (match["low"] or "").lower() in ("a", "an", "half a", "half an") or not 1 <= ends[0] <= ends[1] <= 100:
            continue
        found.append(Count(*ends, vague=vague or vague_too, written=match[0]))
    return tuple(found)


def _of_another_use(text: str, match: re.Match[str]) -> bool:
    return bool(_OTHER_USE_BEFORE.search(text[: match.start()]) or _OTHER_USE_AFTER.match(text[match.end() :]))


def _time(match: re.Match[str]) -> Time | None:
    written_unit = match["unit"] or match["letter"] or match["own"]
    if not written_unit:
        return None
    unit = _seconds_of(written_unit)
    own = _seconds_of(match["own"]) if match["own"] else unit
    (low, high), vague = _quantity(match["low"])
    if match["low"].lower() == "a" and unit == 1.0 and not match["for"]:
        return None  # "a second towel"
    low, high = low * own, high * own
    second = match["high"] or match["and"]
    if second:
        (_, last), vague_too = _quantity(second)
        if not (match["unit"] or match["letter"]) and not _or_two(match, last):
            return None  # "two minutes to a side"
        high, vague = last * unit, vague or vague_too
    elif match["own"] and (match["unit"] or match["letter"]):
        return None
    more = 0.5 * unit if match["half"] else 0.0
    if match["rest"]:
        more += _quantity(match["rest"])[0][0]
    low, high = low + more, high + more
    if not 0 < low <= high <= LONGEST:
        return None
    written = match[0]
    apart = bool(match["for"] or match["long"])
    return Time(low, high, vague, match.start(), match.end(), written.strip(), follows_for=apart)


def _or_two(match: re.Match[str], last: float) -> bool:
    """Whether a range ends with a number of the unit before it, as "a minute or two" does."""
    counted = match["high"] and match["high"].lower() in (*_WORDS, *map(str, range(100)))
    follows = _AFTER_OR_TWO.match(match.string, match.end())
    return bool(match["to"] and match["to"].strip() in ("or", "oder", "ou", "o") and counted and follows) and last > 1


def _seconds_of(unit: str) -> float:
    unit = unit.strip().lower()
    return _UNITS["h" if unit.startswith("stunde") else unit[0]]


def _quantity(written: str) -> tuple[tuple[float, float], bool]:
    """Return the least and the most that a quantity stands for, and whether it is vague."""
    text = written.lower().replace(",", ".").removesuffix(" of").strip()
    if text in _SOME:
        return _SOME[text], text != "a couple"
    half = text.endswith((" and a half", "½"))
    text = text.removesuffix("and a half").removesuffix("½").strip()
    if not text:
        number = 0.0
    elif text in ("a", "an", "another"):
        number = 1.0
    elif text in ("half a", "half an"):
        number = 0.5
    elif text[0].isdigit():
        number = float(text)
    else:
        number = sum(_WORDS[word] for word in re.split("[ -]", text))
    number += 0.5 * half
    return (number, number), False
