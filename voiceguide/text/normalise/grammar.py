"""One language's rules over a text: ranges, units, fractions, counts, each in its turn."""

# ruff: noqa: RUF001 (the typographic dashes and primes that authors type)

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.text.markup import unmarked
from voiceguide.text.normalise import primes
from voiceguide.text.normalise.changes import Changes
from voiceguide.text.normalise.cleaning import clean, compiled, tidy
from voiceguide.text.normalise.clocks import ALONE, Clocks
from voiceguide.text.normalise.table import rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from voiceguide.text.normalise.table import Rule, Share, Table, Unit

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_AMOUNT = rf"(?:(?:\d+ )?\d+/\d+(?![\d/])|{_NUMBER})"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:[0-5]\d"
_SHARE_OF_DECIMAL = {"5": "1/2", "25": "1/4", "75": "3/4"}
_LETTER = r"[^\W\d_]"
_COMPOUNDS = compiled(
    (r"(\d)m(?=\s?[x×]\s?\d)|(?<=[x×])(\s?\d+(?:[.,]\d+)?)m\b", r"\1\2 m"),
    (r"(?i)(\d)(h|min|m)(?=\d)", r"\1 \2 "),  # 2m30s, 1h5m
    # A glued m is minutes, as in the routine's own durations; metres have a space.
    (r"(\d)m(?![\w²³])", r"\1 min"),
    (r"(\d) m(?= \d+ ?s(?:ec\w*)?\b)", r"\1 min"),
    (r"(\d ?h \d+) m\b", r"\1 min"),
)
_DATE = re.compile(
    r"(?<![\w./:-])(?:(?P<iso>[12]\d{3})-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)"
    r"|(?P<one>\d{1,2})(?P<sign>[./-])(?P<two>\d{1,2})(?P=sign)(?P<year>(?:19|20)?\d\d))(?![\w/:-]|[.,]\d)"
)
_COUNTED = re.compile(r"(?<![\w.,])\d{1,4}(?:\s?(?:\.(?:\s?\.)+|…)\s?\d{1,4}(?!\d))+(?![.,]?\d)")
_HALVES = re.compile(r"(?<![\w.,/:-])(\d\d)(/|[-–])(\d\d?)(?![\w/-]|[.,]\d)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+\d{1,3}(?:[\s./()-]{1,2}\d{1,8}){2,6}|0\d{1,5}\s?[/ -]\s?\d{5,8}|"
    r"(?:1[\s.-])?\(?\d{3}\)?[\s.-]{1,2}\d{3}[\s.-]\d{4})(?![\w/-])"
)
_VERTEBRAE = re.compile(r"\b([CTLS]\d{1,2})\s?/\s?([CTLS]\d{1,2})\b")
_SPINE = re.compile(r"\b([A-Z][a-z]?\d{1,2})\s?(?:[-–]|→)\s?((?:[A-Z][a-z]?)?\d{1,2})\b")
_ARROW = re.compile(r"(?<=[\d%°])\s?→\s?(?=\d)")
_FEW = re.compile(r"(?<![\w:.,])\d([:,.])\d(?:\1\d)+(?![\w:]|[.,]\d)")
_PARTS = re.compile(r"(?<![\w/.,])\d+(?:/\d+){2,}(?![\w/])")
_CHAIN = re.compile(r"(?<![\w-])\d+(?:-\d+){2,}(?!\w|-\d)")
_COUNTED_PER = r"\b(drops?|Tropfen|gotas?|gouttes?|gocc[ei])\s?/\s?(?=\d)"
_TIMES_PER = r"(\d\s?[x×])\s?/\s?(?=[^\W\d_])"
_DIGIT = re.compile(r"\d")
_WHOLE = 100


class Grammar:
    """A table with its patterns compiled."""

    def __init__(self, table: Table) -> None:
        self.table = table
        units = "|".join(f"(?:{unit.short}|{unit.words})" for unit in table.units) or "(?!)"
        # In a language with capitals for nouns alone a capital after "min." may be the same sentence's.
        goes_on = r"[\w,;:(–-]" if table.starters is not None else r"(?-i:[a-zà-ÿ\d,;:(–-])"
        named = "|".join(
            rf"(?P<short{i}>{unit.short})(?:\.(?=\s*{goes_on}))?|(?P<words{i}>{unit.words})"
            for i, unit in enumerate(table.units)
        )
        self._units = units
        self._measured = self._pattern(rf"\s?(?:{units})(?!\w)")
        self._ratios = self._pattern(table.ratios)
        # A glued s after a year is a decade.
        self._quantity = self._pattern(
            rf"{ALONE}(?!(?:1[5-9]|20)\d0s)(?P<amount>{_AMOUNT})\s?(?:{named or '(?!)'})(?![^\W_])"
        )
        worded = "|".join(unit.words for unit in table.units) or "(?!)"
        self._per = self._pattern(
            rf"(?<!{_LETTER})(?P<left>(?:{worded})|{_LETTER}{{3,}}+(?=\s?/\s?(?:{_LETTER}{{2}}|h)))\s?/\s?"
            rf"(?:{named or '(?!)'})(?![^\W_])"
        )
        self._fraction = self._pattern(rf"{ALONE}(?:(?P<whole>\d+) )?(?P<over>\d+)/(?P<under>\d+)(?![\w/]|[.,]\d)")
        self._ratio = re.compile(rf"{ALONE}(\d{{1,3}})\s?:\s?(\d{{1,3}})(?![\w:]|[.,]\d)")
        self._multiple = self._pattern(rf"{ALONE}({_NUMBER})\s?[x×](?!\w)|(?<!\w)[x×]\s?(\d+)(?!\w)")
        alone = re.compile(rf"(?<![\w/.-])(?:{table.alone})(?![\w-])")
        self._clocks = None if table.hour is None else Clocks(table)
        times = [] if table.times is None else [(self._multiple, self._say_multiple)]
        self._shaped = Changes(self._shapes())
        self._before = Changes(table.before)
        self._amounts = Changes(self._amount_rules(units))
        self._alone = Changes([(alone, self._say_alone)])
        self._fractions = Changes([(self._fraction, self._say_fraction), *times])
        self._after = Changes(table.after)

    def _shapes(self) -> Iterator[Rule]:
        """Yield the rules for what has numbers in a shape of their own, before any word is changed."""
        if self.table.months:
            yield _DATE, self._say_date
        yield _PARTS, lambda found: found[0].replace("/", " ")
        yield _PHONE, _say_phone
        yield _HALVES, self._say_halves
        yield from _COMPOUNDS.rules

    def _amount_rules(self, units: str) -> Iterator[Rule]:
        """Yield the rules for sizes, amounts and ranges, in this order."""
        table = self.table
        end = rf"(?:{_CLOCK}|{_AMOUNT})"
        of_day = rf"(?:{table.clock.kept}|{table.clock.names})(?!\w)" if table.clock else "(?!)"
        if table.across is not None:
            yield from rules(
                (
                    rf"(?<=\d)(\s?(?:{units}))?\s?[x×]\s?(?=(?:{_NUMBER})(?:(?:\s?(?:{units}))?\s?[x×]\s?(?:{_NUMBER}))?"
                    r"\s?(?:mm|cm|m|ft|in|inch(?:es)?|[″′])(?![^\W_]))",
                    rf"\1 {table.across} ",
                )
            )
        if table.per is not None:
            yield from rules((_COUNTED_PER, rf"\1 {table.per} "), (_TIMES_PER, rf"\1 {table.per} "))
        if table.either is not None:
            yield re.compile(r"(?<=[^\W\d_])\s?/\s?(?=\d)"), f" {table.either} "  # 70 cm/28 in
        yield from table.numbered
        if table.decimal == ".":  # 1,5 h
            decimal = rf"(?<![\d.,:/])(\d+),(\d{{1,2}})(?=\s?(?:{units})(?![^\W_]))"
        else:
            decimal = rf"(?<![\d.,:/])(\d+)\.(\d{{1,2}})(?!\d|\.\S)(?!\s?{of_day})"
        yield from rules((decimal, rf"\1{table.decimal}\2"))
        yield _VERTEBRAE, r"\1 \2"
        if table.to is not None:
            yield _SPINE, rf"\1 {table.to} \2"
            yield _ARROW, "-"
            yield from rules(
                (
                    rf"(?<![\w.,/:-])({end}(?:\s?{of_day}|\s?(?:{units})\.?(?=\W+{end}\s?(?:{units})(?!\w)))?)"
                    rf"(?:\s*[-–‒]\s*|—|\.\.)({end})(?!\d|\s?[-–]\s?\d)",
                    rf"\1 {table.to} \2",
                )
            )
        yield _CHAIN, lambda found: found[0].replace("-", ", ")
        if table.by is not None:
            yield from rules((r"(?<=\d)\s?[x×]\s?(?=\d)|(?<=[^\W\d_])\s[x×]\s(?=\d+\s[^\W\d_])", f" {table.by} "))
        if self._clocks is not None:
            yield _FEW, lambda found: found[0].replace(found[1], ", ")

    def say(self, text: str) -> str:
        """Return a text as a person says it."""
        table = self.table
        said = unmarked(text)
        numbered = _DIGIT.search(said) is not None
        if numbered:
            if table.primes is not None:
                said = primes.read(said, table.primes)
            said = _COUNTED.sub(self._say_counted, said)
        said = clean(said)
        numbered = numbered or _DIGIT.search(said) is not None  # ½ is 1/2 by now
        if numbered:
            said = self._shaped.made(said)
        said = self._before.made(said)
        if numbered:
            said = self._numbers(said)
        said = self._alone.made(said)
        if table.per is not None and "/" in said:
            said = self._per.sub(self._say_per, said)
        if numbered:
            said = self._fractions.made(said)
        if table.then is not None and "→" in said:
            said = table.then.join(part for part in (part.strip() for part in said.split("→")) if part)
        said = tidy(self._after.made(said))
        return said if text.rstrip().endswith(",") else said.rstrip(", ")

    def _numbers(self, said: str) -> str:
        """Read ranges, sizes, times and amounts, in this order."""
        said = self._amounts.made(said)
        if self._clocks is not None and ":" in said:
            said = self._clocks.say(self._say_ratios(said))
        return self._quantity.sub(self._say_quantity, said)

    @staticmethod
    def _pattern(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def _say_counted(self, found: re.Match[str]) -> str:
        """Say `4...6...8` with pauses; `3..5` and `3…5 min` are ranges, and `3.. 5` is a sentence's end."""
        if re.search(r"\d\.\. ", found[0]):
            return found[0]
        counts = re.findall(r"\d+", found[0])
        ends = ".." in found[0] and "..." not in found[0]
        if len(counts) == 2 and (ends or self._measured.match(found.string, found.end())):
            return "..".join(counts)
        return ", ".join(counts)

    def _say_date(self, found: re.Match[str]) -> str:
        if found["iso"]:
            day, month, year = int(found["iso_day"]), int(found["iso_month"]), found["iso"]
        else:
            day, month, year = int(found["one"]), int(found["two"]), found["year"]
            if month > len(self.table.months) or (not self.table.day_first and day <= len(self.table.months)):
                day, month = month, day
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return found[0]
        whole = year if len(year) > 2 else f"20{year}"
        first = self.table.first_day if day == 1 else str(day)
        return self.table.date.format(d=first, month=self.table.months[month - 1], y=whole)

    def _say_halves(self, found: re.Match[str]) -> str:
        """Say `50/50`, the parts of a whole; a rising `40-60` is a range, and so is what has a unit."""
        one, two = int(found[1]), int(found[3])
        if found[0] == "24/7":
            return "24 7"
        whole = one + two == _WHOLE and not self._measured.match(found.string, found.end())
        return f"{one}{self.table.split}{two}" if whole and (found[2] == "/" or one >= two) else found[0]

    def _say_ratios(self, text: str) -> str:
        """Say `2:1`; what may be a clock is one, unless the words are about a mixture."""
        if self.table.ratio is None or ":" not in text:
            return text
        mixture = self._ratios.search(text) is not None

        def say(found: re.Match[str]) -> str:
            clock = len(found[2]) == 2 and len(found[1]) < 3
            return found[0] if clock and not mixture else f"{found[1]} {self.table.ratio} {found[2]}"

        return self._ratio.sub(say, text)

    def _unit(self, found: re.Match[str]) -> tuple[str, Unit]:
        """Return whether a unit's abbreviation or its words were found, and which: the last group that took part."""
        kind, number = re.fullmatch(r"(short|words)(\d+)", found.lastgroup or "").groups()  # type: ignore[union-attr]  # the pattern has only these
        return kind, self.table.units[int(number)]

    def _say_quantity(self, found: re.Match[str]) -> str:
        amount = found["amount"]
        kind, unit = self._unit(found)
        if "/" in amount:
            whole, _, fraction = amount.rpartition(" ")
        else:
            whole, _, decimals = amount.partition(self.table.decimal)
            fraction = _SHARE_OF_DECIMAL.get(decimals, "")
        said = self._share(unit.shares, whole, fraction)
        if said is not None:
            return said
        if "/" in amount and not whole and self.table.either is not None:
            over, _, under = amount.partition("/")
            between = self.table.over if _count(over) > _count(under) else self.table.either
            return f"{over} {between} {under} {unit.many}"
        if "/" in amount:
            return f"{self._fraction.sub(self._say_fraction, amount)} {unit.many}"
        if amount == "1":
            return unit.one
        return found[0] if kind == "words" else f"{amount} {unit.many}"

    def _say_per(self, found: re.Match[str]) -> str:
        return f"{found['left']} {self.table.per} {_bare(self._unit(found)[1])}"

    def _say_alone(self, found: re.Match[str]) -> str:
        unit = next((unit for unit in self.table.units if re.fullmatch(unit.short, found[0])), None)
        if unit is None:
            return found[0]
        after_per = found.string.endswith(f" {self.table.per} ", 0, found.start())
        return _bare(unit) if after_per else unit.many

    def _say_fraction(self, found: re.Match[str]) -> str:
        table, whole, over, under = self.table, found["whole"] or "", found["over"], found["under"]
        said = self._share(table.shares, whole, f"{over}/{under}")
        if said is not None:
            return said
        if _count(over) > _count(under):
            year = len(over) == 4 and len(under) == 2  # 2024/25
            return found[0] if table.over is None or year else f"{whole} {over} {table.over} {under}".strip()
        return found[0] if table.out_of is None else f"{whole} {table.out_of.format(over, under)}".strip()

    def _share(self, shares: Mapping[str, Share], whole: str, fraction: str) -> str | None:
        """Return a fraction's words, None where the language has none for it."""
        if (share := shares.get(fraction)) is None:
            return None
        count, numbers = _count(whole or "0"), self.table.numbers
        if count < 2:
            return share.with_one if count else share.alone
        return share.with_more.format(n=numbers[int(count)] if count < len(numbers) else whole)

    def _say_multiple(self, found: re.Match[str]) -> str:
        count = found[1] or found[2]
        once, twice, times = self.table.times or ("", "", "")
        ends_a_range = self.table.to is not None and found.string.endswith(f" {self.table.to} ", 0, found.start())
        if ends_a_range or count not in {"1", "2"}:
            return times.format(count)
        return once if count == "1" else twice


def _say_phone(found: re.Match[str]) -> str:
    """Say a telephone number digit by digit."""
    groups = re.findall(r"\d+", found[0])
    if all(len(group) == 1 for group in groups):
        return found[0]
    return f"{'+' if found[0][0] == '+' else ''}{', '.join(' '.join(group) for group in groups)}"


def _bare(unit: Unit) -> str:
    """Return a unit in the singular without its number."""
    return re.split("[ ']", unit.one, maxsplit=1)[1]


def _count(digits: str) -> float:
    """Return a number of any length: Python refuses to read one of thousands of digits as a whole one."""
    return int(digits) if len(digits) < 16 else float(digits)
