"""Headings that say how long what stands below them lasts: "Knead the shoulders - 3 min", "(3 min) Knead"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from voiceguide.authoring.articles import cautions, english
from voiceguide.authoring.articles.times import Time, clock, times

MOST_WORDS = 9
"""Words of a line that heads what is below it, rather than saying it all."""
_LONGEST = 120
"""Characters of such a line."""
_LEAST = 10.0
"""Seconds; a shorter time is one of pressing or holding, and no step's."""

_SEPARATED = re.compile(r"[)\]]?\s*[:|–—/-]\s*|(?<=[)\]])\s+")
"""Between a time and the name after it."""
_JOINT = re.compile(r"[^\w)\]\"'”’?!.…]*$")
"""Between a name and the time after it."""
_TIME = r"(?:time|duration|length|dauer|zeit|duración|tiempo|durée|temps)"
_LABEL = re.compile(rf"(?:^|[(\[,;:|–—-])\s*{_TIME}\s*:?$", re.IGNORECASE)
"""What a time may be called, behind a mark."""
_NO_NAME = re.compile(
    rf".*{_TIME}|total|gesamt|(?:and |then )?(?:repeat|hold|press|rest|wait|pause|release|take|spend)", re.IGNORECASE
)
"""What stands before a time and only calls it something, as "Reading time", or says how to spend it."""
_SHORTENED = re.compile(r"\b(?:Min|Sek|Std)\.$")


@dataclass(frozen=True, slots=True)
class Timed:
    """A heading of a name and a time."""

    name: str
    time: Time
    apart: bool
    """Whether a mark sets them apart, as nobody does in a sentence."""


def timed(text: str) -> Timed | None:
    """Return the name and the time of a heading that has both, None for any other text."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    found = times(text) or clock(text)
    if len(found) != 1 or found[0].high < _LEAST:
        return None
    time = found[0]
    start, end = span(text, time)
    before, after = text[:start], text[end:]
    if not any(sign.isalnum() for sign in after):
        name = _JOINT.sub("", before)
        marks = before[len(name) :].strip(" ~")
        label = _LABEL.search(name) or next((s for s in english.EACH_SIDE.finditer(name) if s.end() == len(name)), None)
        name = _JOINT.sub("", name[: label.start()] if label else name)
        name += ")" if name.count("(") > name.count(")") else ""
        apart = text[start] in "([" or bool(marks) or label is not None
        if after.startswith(".") and marks in ("", ",") and text[start] not in "([" and not _SHORTENED.search(text):
            return None  # "Roll the calf, 3 min." is a sentence
    elif not before.strip() and (gap := _SEPARATED.match(text, end)):
        name, apart = text[gap.end() :].strip(" :–—-"), True
    else:
        return None
    says = any(sign.isalpha() for sign in name) and not _NO_NAME.fullmatch(name) and not english.whole_time(name)
    if not says or cautions.warns(name) or len(name.split()) > MOST_WORDS or re.search(r"[.!?;](?:\s|$)|,$", name):
        return None
    return Timed(name, time, apart and not time.follows_for)


def heads(line: str, *, marked: bool = True) -> bool:
    """Whether a line is a name and its time; where it stands alone, the two need not be set apart by a mark."""
    found = timed(line)
    return found is not None and (found.apart or not (marked or found.time.follows_for))


def span(text: str, time: Time) -> tuple[int, int]:
    """Return where a time's words begin and end in a text, with its side and the brackets around it."""
    start, end = time.start, time.end
    for more in (english.EACH_SIDE, english.IN_ALL):
        gap = 2 if text.startswith(". ", end) else 1  # "3 Min. pro Seite"
        if text[end : end + gap].endswith(" ") and (side := more.match(text, end + gap)):
            end = side.end()
    if (text[start - 1 : start], text[end : end + 1]) in (("(", ")"), ("[", "]")):
        start, end = start - 1, end + 1
    return start, end
