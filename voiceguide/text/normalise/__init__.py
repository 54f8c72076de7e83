"""Numbers, units, ranges and abbreviations as a person says them.

Each language is one file here that exports `TABLE`. A language without a file keeps its words and numbers as they are
and only loses what no voice should meet: emoji, quotes, brackets, bullets, dashes (they become commas), a web
address's scheme and path.
"""

# ruff: noqa: RUF001 (the typographic dashes, quotes and signs that authors type)

from __future__ import annotations

import importlib
import re
import unicodedata
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from voiceguide.text.languages import primary
from voiceguide.text.normalise.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.text.normalise.table import Rule, Share

_NUMBER = r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_AMOUNT = rf"(?:(?:\d+ )?\d+/\d+(?![\d/])|{_NUMBER})"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:[0-5]\d"
_ALONE = r"(?<![\w.,/:])"
"""Before a number that is not the tail of something longer."""
_VULGAR = {"½": "1/2", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_SHARE_OF_DECIMAL = {"5": "1/2", "25": "1/4", "75": "3/4"}
_SOUNDLESS = frozenset({"So", "Sm", "Sk", "Cf", "Cc", "Cs", "Co", "Cn"})
_READ_LATER = frozenset("°+=<>~≈≤≥±×÷→⇒№")
"""Signs of these categories that the rules below, or an engine, read."""
_VARIATIONS = frozenset("\ufe0e\ufe0f\u20e3")
"""What turns a plain sign into an emoji."""


def _compile(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_CLEANING = _compile(
    (r"(?i:https?://(?:www\.)?|www\.)(\w[\w-]*(?:\.[\w-]+)+)(?:[/?#]\S*[\w/])?", r"\1"),
    (r"(?<!\S)[:;]-?[()DP](?!\w)", ""),  # emoticons
    (r"[‐‑]", "-"),
    (r"[’‘ʼ`´]", "'"),
    (r"[\"“”„‟«»‹›]|''", ""),  # never spoken, and some engines stumble over them
    (r"(?<!\w)'|'(?!\w)", ""),
    (r"\.{3,}", "…"),
    (r"-+>|=+>", "→"),
    (r"[{\[]", "("),
    (r"[}\]]", ")"),
    (r"(?<=\w)\((\w{1,3})\)", r"\1"),  # hand(s)
    (r"(?<=\d)\s?\*\s?(?=\d)", "×"),
    (r"[*^\\_]+", " "),
    (r"\s*[•·|]+\s*", ", "),
    (r"^\s*(\d+)[.)]\s+(?=\S)", r"\1, "),  # a list's number
    (r"\s+", " "),
)
_COMPOUNDS = _compile(
    (r"(?i)(\d)(h|min|m)(?=\d)", r"\1 \2 "),  # 2m30s, 1h5m
    # A glued m is minutes, as in the routine's own durations; metres have a space.
    (r"(\d)m(?![\w²³])", r"\1 min"),
    (r"(\d) m(?= \d+ ?s(?:ec\w*)?\b)", r"\1 min"),
    (r"(\d ?h \d+) m\b", r"\1 min"),
)
_TIDYING = _compile(
    (r"(?<=\w)[–‒](?=\w)", "-"),
    (r"\s*[—–‒―]+\s*|\s+-+\s+|-{2,}|^-+\s*|\s+-+$", ", "),
    (r"\s*[()]\s*", ", "),
    (r"([!?])[!?.]+", r"\1"),
    (r"\s*…\s*", "… "),
    (r"\s+", " "),
    (r"\s+(?=[,.;:!?…])", ""),
    (r",+", ","),
    (r",(?=[.;:!?…])", ""),
    (r"(?<=[.;:!?…]),", ""),
    (r"\.{3,}\s*", "… "),  # what was dropped between them
    (r"^[\s,;:.!?…]+(?=.)", ""),
)


@lru_cache(maxsize=8192)  # a draft writes its script several times, with the same sentences
def spoken(text: str, language: str) -> str:
    """Return `text` as a person says it in `language` (a BCP 47 tag; the region does not matter).

    Speaking what is already spoken changes nothing. A text with a letter or digit is never emptied; emoji and
    punctuation alone may be.
    """
    return _grammar(primary(language)).say(text)


def table(language: str) -> Table:
    """Return the table of `language`, an empty one where no file has it."""
    return _grammar(primary(language)).table


@cache
def _grammar(tag: str) -> _Grammar:
    if re.fullmatch("[a-z]{2,3}", tag) and find_spec(f"{__name__}.{tag}"):
        return _Grammar(importlib.import_module(f"{__name__}.{tag}").TABLE)
    return _Grammar(Table())


class _Grammar:
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
        end = rf"(?:{_CLOCK}|{_AMOUNT})"
        self._range = self._pattern(
            rf"(?<![\w.,/:-])({end}(?:\s?(?:{units})\.?(?=\W+{end}\s?(?:{units})(?!\w)))?)"
            rf"(?:\s*[-–‒]\s*|—|\.\.)({end})(?!\d|\s?[-–]\s?\d)"
        )
        self._spine = re.compile(r"\b([A-Z]\d{1,2})\s?[-–]\s?([A-Z]?\d{1,2})\b")
        self._chain = re.compile(r"(?<![\w-])\d+(?:-\d+){2,}(?![\w-])")
        # A glued s after a year is a decade.
        self._quantity = self._pattern(
            rf"{_ALONE}(?!(?:1[5-9]|20)\d0s)(?P<amount>{_AMOUNT})\s?(?:{named or '(?!)'})(?![^\W_])"
        )
        self._fraction = self._pattern(rf"{_ALONE}(?:(?P<whole>\d+) )?(?P<over>\d+)/(?P<under>\d+)(?![\w/]|[.,]\d)")
        self._multiple = self._pattern(rf"{_ALONE}({_NUMBER})\s?[x×](?!\w)|(?<!\w)[x×]\s?(\d+)(?!\w)")
        self._decimal = self._pattern(rf"(?<![\d.,:/])(\d+)\.(\d{{1,2}})(?!\d|\.\S)(?!{table.not_a_length})")
        if table.hour is not None and table.minute is not None and table.second is not None:
            self._clock_units = (table.hour, table.minute, table.second)
            self._clock = self._pattern(
                rf"{_ALONE}(?:(\d{{1,2}}):)?(\d{{1,2}}):([0-5]\d)(?![\w:])(?!{table.not_a_length})"
                rf"(?:\s(?:{table.minute.short}|{table.minute.words})(?!\w))?"
            )

    def say(self, text: str) -> str:
        table = self.table
        said = _apply(_CLEANING, _plain(text)).strip()
        said = _apply(table.before, _apply(_COMPOUNDS, said))
        if table.decimal != ".":
            said = self._decimal.sub(rf"\1{table.decimal}\2", said)
        if table.to is not None:
            said = self._spine.sub(rf"\1 {table.to} \2", said)
            said = self._range.sub(rf"\1 {table.to} \2", said)
        said = self._chain.sub(lambda found: found[0].replace("-", ", "), said)
        if table.by is not None:
            said = re.sub(r"(?i)(?<=\d)\s?[x×]\s?(?=\d)", f" {table.by} ", said)
        if table.hour is not None:
            said = self._clock.sub(self._say_clock, said)
        said = self._quantity.sub(self._say_quantity, said)
        said = self._fraction.sub(self._say_fraction, said)
        if table.times is not None:
            said = self._multiple.sub(self._say_multiple, said)
        said = _apply(_TIDYING, _apply(table.after, said)).strip()
        return said if text.rstrip().endswith(",") else said.rstrip(", ")

    @staticmethod
    def _pattern(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def _say_clock(self, found: re.Match[str]) -> str:
        counts = [(int(count or 0), unit) for count, unit in zip(found.groups(), self._clock_units, strict=True)]
        said = [unit.one if count == 1 else f"{count} {unit.many}" for count, unit in counts if count]
        return " ".join(said) or f"0 {self._clock_units[-1].many}"

    def _say_quantity(self, found: re.Match[str]) -> str:
        amount = found["amount"]
        # The last group that took part names the unit.
        kind, number = re.fullmatch(r"(short|words)(\d+)", found.lastgroup or "").groups()  # type: ignore[union-attr]  # the pattern has only these
        unit = self.table.units[int(number)]
        if "/" in amount:
            whole, _, fraction = amount.rpartition(" ")
        else:
            whole, _, decimals = amount.partition(self.table.decimal)
            fraction = _SHARE_OF_DECIMAL.get(decimals, "")
        said = self._share(unit.shares, whole, fraction)
        if said is not None:
            return said
        if "/" in amount:
            return f"{self._fraction.sub(self._say_fraction, amount)} {unit.many}"
        if amount == "1":
            return unit.one
        return found[0] if kind == "words" else f"{amount} {unit.many}"

    def _say_fraction(self, found: re.Match[str]) -> str:
        whole, over, under = found["whole"] or "", found["over"], found["under"]
        said = self._share(self.table.shares, whole, f"{over}/{under}")
        if said is not None:
            return said
        if self.table.out_of is None or _count(over) > _count(under):
            return found[0]
        return f"{whole} {self.table.out_of.format(over, under)}".strip()

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
        ends_a_range = self.table.to is not None and found.string[: found.start()].endswith(f" {self.table.to} ")
        if ends_a_range or count not in {"1", "2"}:
            return times.format(count)
        return once if count == "1" else twice


def _count(digits: str) -> float:
    """Return a number of any length: Python refuses to read one of thousands of digits as a whole one."""
    return int(digits) if len(digits) < 16 else float(digits)


def _plain(text: str) -> str:
    """Drop what has no sound, as emoji and invisible signs; vulgar fractions become `1/2`."""
    kept: list[str] = []
    for sign in unicodedata.normalize("NFC", text):
        if sign in _VULGAR:
            kept.append(f" {_VULGAR[sign]}" if kept and kept[-1].isdigit() else _VULGAR[sign])
        elif sign.isspace():
            kept.append(" ")
        elif sign in _VARIATIONS:
            continue
        elif sign in _READ_LATER or unicodedata.category(sign) not in _SOUNDLESS:
            kept.append(sign)
    return "".join(kept)


def _apply(changes: Iterable[Rule], text: str) -> str:
    for pattern, replacement in changes:
        text = pattern.sub(replacement, text)
    return text
