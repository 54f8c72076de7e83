"""`voiceguide list`: the routines there are."""

from __future__ import annotations

from itertools import zip_longest
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.routines import routines_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.catalogue.search import Search

HEAD = ("NAME", "TITLE", "MINUTES", "FOR", "LANGUAGES")
GAP = "  "
"""Between two columns."""
NARROWEST_TITLE = 16
"""Columns; where the table leaves a title less, each routine gets lines of its own."""


@click.command("list", cls=Command)
@click.argument("words", nargs=-1)
@click.option(
    "--collection",
    type=click.Choice(("evening", "office", "couple", "feet")),
    help="Only those that go together: for the evening, the office, a couple, or feet.",
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only routines with this tag; repeatable: with all.")
@click.option(
    "--for",
    "audience",
    type=click.Choice(("giver", "self")),
    help="Only those that somebody gives, or that one does alone.",
)
@click.option(
    "--position",
    type=click.Choice(("lying", "seated")),
    help="Only those in which the receiver lies, or sits.",
)
@click.option(
    "--under", "--length", metavar="DURATION", help="Only those whose short or full routine lasts no longer, as 15m."
)
@click.option("--language", metavar="L", help="Only those that are in this language, as de.")
@routines_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def command(obj: dict[str, bool], /, routines: tuple[str, ...], as_json: bool, **wanted: Any) -> None:
    """List the bundled routines, and those in your own folders (--routines DIR, or VOICEGUIDE_ROUTINES).

    WORDS say what you look for as you would say it: "sore neck at the desk, 5 minutes". The routines that answer best
    come first, by what they are about, how long they last, and whom they are for. In English, German, Spanish or
    French; nothing leaves this computer.

    What is asked for narrows the list, to the routines that are all of it; --position goes by the names of a routine's
    setups and by the words of its position. MINUTES are those of the short and of the full routine, and for how many of
    them hands are on a body: `render` makes any other length too.
    """
    from voiceguide import catalogue
    from voiceguide.routine import finding

    search = _search(**wanted)
    entries, broken = catalogue.listed(finding.folders(routines))
    found = search.found(entries)
    for message in broken if not obj["quiet"] else ():
        printing.remark(message)
    if not found and not obj["quiet"]:
        printing.remark(search.missed(entries))
    for care in search.words.care if search.words else ():
        (printing.remark if as_json else printing.result)(care)
    if as_json:
        told = [{key: entry[key] for key in catalogue.TOLD} for entry in found]
        printing.document(told)
    elif found:
        for line in _table([_row(entry) for entry in found], get_terminal_size().columns):
            printing.result(line)


def _search(words: tuple[str, ...], under: str | None, language: str | None, **wanted: Any) -> Search:
    """What is looked for. Raises UsageError for a length or a language that is none."""
    from voiceguide.catalogue.search import Search
    from voiceguide.catalogue.vocabulary import asked
    from voiceguide.durations import DurationError, parse_duration
    from voiceguide.errors import UsageError

    if language is not None:
        from voiceguide import phrases

        phrases.check(language)
    try:
        longest = None if under is None else parse_duration(under)
    except DurationError as error:
        raise UsageError(f"--under: {error}") from None
    asking = asked(" ".join(words)) if words else None
    return Search(**wanted, longest=longest, language=language, words=asking)


class _Row(NamedTuple):
    """A routine's cells, in HEAD's order."""

    name: str
    title: str
    minutes: tuple[str, ...]
    """A line a length."""
    audience: str
    languages: str

    @property
    def cells(self) -> tuple[str, ...]:
        """One text a column, the widest of its lines."""
        return self.name, self.title, max(self.minutes, key=len), self.audience, self.languages


def _row(entry: dict[str, Any]) -> _Row:
    from voiceguide.text.lines import plain

    lasting = dict.fromkeys(_minutes(seconds, entry["hands_on"][name]) for name, seconds in entry["lengths"].items())
    languages = " ".join(entry["languages"])
    return _Row(plain(entry["name"]), plain(entry["title"]), tuple(lasting), entry["audience"], languages)


def _minutes(seconds: float, hands_on: float) -> str:
    """A length, as `9 min, 7 hands on`; where nobody is touched, the length alone."""
    whole, on = (max(1, round(each / 60)) for each in (seconds, hands_on))
    return f"{whole} min, {on} hands on" if hands_on else f"{whole} min"


def _table(rows: list[_Row], width: int) -> Iterator[str]:
    """A line a length of a routine below a head; a long title goes on below itself."""
    from rich.cells import cell_len, set_cell_size

    head = _Row(HEAD[0], HEAD[1], (HEAD[2],), HEAD[3], HEAD[4])
    widths = [max(map(cell_len, column)) for column in zip(*(row.cells for row in (head, *rows)), strict=True)]
    room = width - sum(widths) + widths[1] - len(GAP) * (len(HEAD) - 1)
    if room < min(NARROWEST_TITLE, widths[1]):
        yield from _stacked(rows, width)
        return
    widths[1] = min(widths[1], room)
    for row in (head, *rows):
        titles = [row.title] if cell_len(row.title) <= room else wrap(row.title, room)
        for number, (title, minutes) in enumerate(zip_longest(titles, row.minutes, fillvalue="")):
            cells = (row.name, title, minutes, *row.cells[3:]) if number == 0 else ("", title, minutes)
            line = GAP.join(set_cell_size(cell, size) for cell, size in zip(cells, widths, strict=False)).rstrip()
            yield printing.Bold(line) if row is head else line


def _stacked(rows: list[_Row], width: int) -> Iterator[str]:
    """A routine's name, and below it what a narrow terminal has no columns for."""
    for row in rows:
        yield printing.Bold(row.name)
        for told in (row.title, "; ".join(row.minutes), f"for {row.audience}, in {row.languages}"):
            yield from wrap(told, max(width, NARROWEST_TITLE), initial_indent=GAP, subsequent_indent=GAP)
