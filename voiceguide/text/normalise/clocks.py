"""`1:30` as a length, and `19:45` as a time of day: by the words around it, and by what a routine would mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.text.normalise.table import Clock, Table, Unit

ALONE = r"(?<![\w.,/:])"
"""Before a number that is not the tail of something longer."""
_AROUND = 40
"""Characters before and after that tell what is meant: a few words."""
_AFTERNOON = range(13, 24)
"""Hours that are minutes only where a word says so: nobody holds for 19 minutes and 45 seconds."""


class Clocks:
    """The clocks of one language."""

    def __init__(self, table: Table) -> None:
        self._clock = clock = table.clock
        assert table.hour is not None and table.minute is not None and table.second is not None  # noqa: S101 (asked by its only caller)
        self._units = (table.hour, table.minute, table.second)
        names, kept = (clock.names, clock.kept) if clock else ("(?!)", "(?!)")
        self._pattern = re.compile(
            rf"{ALONE}(?:(?P<h>\d{{1,2}}):)?(?P<m>\d{{1,2}}):(?P<s>[0-5]\d)(?![:\d])"
            rf"(?:(?P<named>\s?(?:{names}))(?!\w)|\s(?:{_of(table.minute)})(?!\w)|(?P<hours>\s?(?:{_of(table.hour)}))(?!\w))?"
            r"(?!\w)",
            re.IGNORECASE,
        )
        if clock is not None:
            other = rf"(?P<hour>\d{{1,2}})(?:(?::[0-5]\d)?\s?(?P<known>{names}|{kept})(?!\w)|:[0-5]\d(?![:\d]))"
            self._kept = re.compile(rf"\s?(?:{kept})(?!\w)", re.IGNORECASE)
            self._next = re.compile(
                rf"(?:\s(?:{clock.joints})\s(?:(?:{clock.leads})\s)?|\s?[-–]\s?){other}", re.IGNORECASE
            )
            self._last = re.compile(
                rf"(?:(?<!\w)(?P<lead>{clock.leads})\s)?(?<![\w:.]){other}"
                rf"(?:\s(?:{clock.joints})\s(?:(?:{clock.leads})\s)?|\s?[-–]\s?)$",
                re.IGNORECASE,
            )
            self._led = re.compile(rf"(?<!\w)(?<!\d )(?:{clock.leads})\s$", re.IGNORECASE)
            self._lasts = re.compile(rf"(?<!\w)(?:{clock.lengths})\s$", re.IGNORECASE)
            self._lasted = re.compile(rf"\s(?:{clock.lasted})(?!\w)", re.IGNORECASE)

    def say(self, text: str) -> str:
        """Return a text with its clocks in words, or as its voices read them."""
        return self._pattern.sub(self._said, text)

    def _said(self, found: re.Match[str]) -> str:
        if self._clock is not None and not found["h"] and (said := self._time_of_day(self._clock, found)):
            return said
        counts = (found["h"], found["m"], found["s"])
        if found["hours"] and not found["h"]:
            counts = (found["m"], found["s"], None)
        parts = [(int(count or 0), unit) for count, unit in zip(counts, self._units, strict=True)]
        said = " ".join(unit.one if count == 1 else f"{count} {unit.many}" for count, unit in parts if count)
        return f"{said or f'0 {self._units[-1].many}'}{found['named'] or ''}"

    def _time_of_day(self, clock: Clock, found: re.Match[str]) -> str | None:
        text, start, end = found.string, found.start(), found.end()
        before = text[max(0, start - _AROUND) : start]
        last = self._last.search(before)
        others = [other for other in (last, self._next.match(text, end)) if other]
        hours = [int(found["m"]), *(int(other["hour"]) for other in others)]
        kept = self._kept.match(text, found.end("s"))
        if max(hours) > 24:
            return None
        hour, minute = int(found["m"]), int(found["s"])
        if not (found["named"] or kept or any(other["known"] for other in others)):
            led = last["lead"] if last else self._led.search(before)
            if end != found.end("s") and not (found["hours"] and (led or hour in _AFTERNOON)):
                return None  # "2:00 min"
            lasts = self._lasts.search(before[: last.start()] if last else before) or self._lasted.match(text, end)
            afternoon = max(hours) in _AFTERNOON and (minute > 0 or bool(others)) and not lasts
            if min(hours) == 0 or not (led or afternoon):
                return None
        rest = text[found.end("s") : end] if kept else ""
        said = clock.one if hour == 1 and clock.one else clock.many.format(h=hour)
        if minute == 0 and kept:
            return f"{said}{rest}"
        if minute == 0 and not (others and ":" in clock.full):
            return clock.sharp.format(hour=said)
        return f"{clock.full.format(hour=said, m=minute)}{rest}"


def _of(unit: Unit) -> str:
    return f"{unit.short}|{unit.words}"
