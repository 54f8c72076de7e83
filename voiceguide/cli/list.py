"""`voiceguide list`: the routines there are."""

from __future__ import annotations

import json
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli.routines import routines_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.catalogue.search import Search

HEAD = ("NAME", "TITLE", "MINUTES", "FOR", "LANGUAGES")
GAP = "  "
"""Between two columns."""
NARROWEST_TITLE = 16
"""Columns; where the table leaves a title less, each routine gets lines of its own."""


@click.command("list")
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

    What is asked for narrows the list, to the routines that are all of it; --position goes by the names of a routine's
    setups and by the words of its position. MINUTES are those of the short and of the full routine: `render` makes any
    other length too.
    """
    from voiceguide import catalogue
    from voiceguide.routine import finding

    search = _search(**wanted)
    entries, broken = catalogue.listed(finding.folders(routines))
    found = search.found(entries)
    for message in broken if not obj["quiet"] else ():
        click.echo(message, err=True)
    if not found and not obj["quiet"]:
        click.echo(search.missed(entries), err=True)
    if as_json:
        told = [{key: entry[key] for key in catalogue.TOLD} for entry in found]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    elif found:
        for line in _table([_row(entry) for entry in found], get_terminal_size().columns):
            click.echo(line)


def _search(
    tags: tuple[str, ...], audience: str | None, position: str | None, under: str | None, language: str | None
) -> Search:
    """What is looked for. Raises UsageError for a length or a language that is none."""
    from voiceguide.catalogue.search import Search
    from voiceguide.durations import DurationError, parse_duration
    from voiceguide.errors import UsageError

    if language is not None:
        from voiceguide import phrases

        phrases.check(language)
    try:
        longest = None if under is None else parse_duration(under)
    except DurationError as error:
        raise UsageError(f"--under: {error}") from None
    return Search(tags, audience, position, longest, language)


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    """A routine's cells, in HEAD's order."""
    from voiceguide.text.lines import plain

    minutes = dict.fromkeys(str(max(1, round(seconds / 60))) for seconds in entry["lengths"].values())
    languages = " ".join(entry["languages"])
    return plain(entry["name"]), plain(entry["title"]), ", ".join(minutes), entry["audience"], languages


def _table(rows: list[tuple[str, ...]], width: int) -> Iterator[str]:
    """A line a routine below a head; a long title goes on below itself."""
    from rich.cells import cell_len, set_cell_size

    widths = [max(cell_len(row[column]) for row in (HEAD, *rows)) for column in range(len(HEAD))]
    room = width - sum(widths) + widths[1] - len(GAP) * (len(HEAD) - 1)
    if room < min(NARROWEST_TITLE, widths[1]):
        yield from _stacked(rows, width)
        return
    widths[1] = min(widths[1], room)
    for row in (HEAD, *rows):
        titles = [row[1]] if cell_len(row[1]) <= room else wrap(row[1], room)
        for number, title in enumerate(titles):
            cells = (row[0], title, *row[2:]) if number == 0 else ("", title)
            line = GAP.join(set_cell_size(cell, size) for cell, size in zip(cells, widths, strict=False)).rstrip()
            yield click.style(line, bold=True) if row is HEAD else line


def _stacked(rows: list[tuple[str, ...]], width: int) -> Iterator[str]:
    """A routine's name, and below it what a narrow terminal has no columns for."""
    for name, title, minutes, audience, languages in rows:
        yield click.style(name, bold=True)
        for told in (title, f"{minutes} min, for {audience}, in {languages}"):
            yield from wrap(told, max(width, NARROWEST_TITLE), initial_indent=GAP, subsequent_indent=GAP)
