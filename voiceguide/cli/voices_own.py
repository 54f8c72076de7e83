"""`voiceguide voices script` and `voices import`: an author's own voice, from the page to read to the recordings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_lines, said
from voiceguide.cli.progress import shown
from voiceguide.cli.routines import loaded, routines_option
from voiceguide.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.authoring.recordings.importing import Imported
    from voiceguide.authoring.recordings.lines import Line
    from voiceguide.choices import Choices

WIDTH = 76
"""Columns of the page: it prints on any paper."""
_HOW = (
    "Sit in a quiet room with soft things in it, the phone a hand's length from your mouth, and read each line as you "
    "would say it to somebody who lies there. Be silent for two seconds after each.",
    "When a line goes wrong, be silent for a moment and read it again from its beginning: the last reading counts.",
)
_NOT_READ = ("fill", "bed", "bed_level", "chime_level")
"""Choices that change no words."""


@click.command("script", cls=Command)
@click.argument("routine")
@click.option("-o", "--output", metavar="FILE", help="Write them to a file, as plain text.")
@partial(of_lines, but=_NOT_READ)
@routines_option
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
def script(routine: str, output: str | None, routines: tuple[str, ...], *, overwrite: bool, **options: Any) -> None:
    """Print the numbered lines to read aloud for a voice of your own.

    They are all that the session says in its short and in its full length, on every visit, and what it would say to
    whoever reads faster or slower. With --voice own:NAME only the lines that this voice lacks are printed; their
    numbers stay.
    """
    from voiceguide.authoring.recordings.lines import lines, missing
    from voiceguide.session.composing import Session
    from voiceguide.store.files import check_target, whole
    from voiceguide.voices import is_recorded

    if output is not None:
        check_target(Path(output), overwrite=overwrite)
    sessions, visits = _sessions(options)
    read = loaded(routine, routines)
    session = Session(read, sessions[0]) if sessions[0].voice else None
    voice = session.voice.id if session and is_recorded(session.voice) else None
    found = lines(read, sessions, voice, visits=visits)
    lacking = missing(found, read, sessions, voice, visits=visits).lines if voice else found
    language = sessions[0].language or read.language
    page = [*_page(read.title.get(language) or read.name, lacking, len(found), voice)]
    if output is None:
        for line in page:
            printing.result(line)
        return
    with whole(Path(output), overwrite=overwrite) as file:
        file.write("".join(f"{line}\n" for line in page).encode())
    printing.made(output)


@click.command("import", cls=Command)
@click.argument("routine")
@click.argument("recordings", metavar="RECORDING...", nargs=-1, required=True)
@click.option("--as", "name", metavar="NAME", required=True, help="What the voice is called: own:NAME speaks it.")
@click.option("-y", "--yes", is_flag=True, help="Fetch what recognises words (145 MB) where it is not here.")
@partial(of_lines, but=("voice", *_NOT_READ))
@routines_option
@click.pass_obj
def import_(
    obj: dict[str, bool],
    /,
    routine: str,
    recordings: tuple[str, ...],
    name: str,
    routines: tuple[str, ...],
    *,
    yes: bool,
    **options: Any,
) -> None:
    """Cut the lines of `voices script` out of recordings, for a voice of your own, and print its id.

    RECORDING is one of many lines, in which words are recognised (the extra "record"), or each is one line: by the
    line's number in its name, as 07.m4a, or all lines in the names' order. Choices are those that the lines were
    printed with. Lines that were there are replaced; of recordings of other lines nothing is kept.
    """
    from voiceguide.authoring.recordings.importing import Import
    from voiceguide.authoring.recordings.recognising import recogniser

    sessions, visits = _sessions(options)
    started = Import(loaded(routine, routines), sessions, name, visits=visits)
    with shown(quiet=obj["quiet"]) as progress:
        made = started.bring(
            [Path(each) for each in recordings],
            lambda: recogniser(lambda: yes or _agreed()),
            lambda done, total: progress("listening", done, total),
        )
    if not obj["quiet"]:
        for line in _summary(made, len(started.lines)):
            printing.remark(line)
    printing.made(made.voice)


def may_remove(voice: str, *, yes: bool) -> bool:
    """Ask whether a voice of somebody's own may go with all its recordings; any other may. Raises UsageError."""
    from voiceguide.voices import own, recorded

    engine, _, name = voice.partition(":")
    if engine != own.NAME or name not in recorded.names() or yes:
        return True
    place = recorded.folder() / name
    told = f"{voice} is {_lines(recorded.count(name))} that somebody has read, in {place}"
    if not printing.can_ask():
        raise UsageError(f"{told}: add --yes to remove them for good")
    return printing.agreed(f"{told}. Remove them for good?")


def _sessions(options: dict[str, Any]) -> tuple[tuple[Choices, ...], bool]:
    """The sessions of a command's choices, one a length; and whether they are all visits to them, or the one typed."""
    from voiceguide.choices import Choices
    from voiceguide.durations import LENGTHS

    lengths = options.pop("length", None) or LENGTHS
    given = chosen(options)
    visits = given["visit"] is None
    if visits:
        del given["visit"]
    return tuple(Choices.of({**given, "length": length}) for length in lengths), visits


def _agreed() -> bool:
    from voiceguide.authoring.recordings.recognising import MEGABYTES

    if not printing.can_ask():
        return False
    return printing.agreed(f"Fetch what recognises words, once ({MEGABYTES} MB, licence MIT)?")


def _page(title: str, found: Sequence[Line], of: int, voice: str | None) -> Iterator[str]:
    """The page's lines."""
    from voiceguide.text.lines import plain

    count = _lines(len(found))
    yield from wrap(
        f"{plain(title)}: {count} to read aloud" + (f", of {of}, that {voice} lacks" if voice else ""), WIDTH
    )
    yield ""
    for part in _HOW:
        yield from wrap(part, WIDTH)
    chapter = None
    for line in found:
        if line.chapter != chapter:
            chapter = line.chapter
            yield from ("", plain(chapter), "")
        yield from wrap(plain(line.text), WIDTH, initial_indent=f"{line.number:>4}  ", subsequent_indent=" " * 6)


def _summary(made: Imported, lines: int) -> Iterator[str]:
    """What came of an import."""
    yield f"{_lines(made.added)} added, {_lines(made.replaced)} replaced; which is which was told {made.how}."
    if made.told:
        yield "Listen to these:"
        yield from (f"  {told.line.number:>4}  {told.line.text}\n        {told.what}" for told in made.told)
    if made.missing:
        yield f"Still missing, of {lines}:"
        yield from (f"  {line.number:>4}  {line.text}" for line in made.missing)
    else:
        yield "Nothing that these sessions say is missing."
    for fault in made.faults:
        yield f"As it was read it does not fit:\n{said(fault.text)}"


def _lines(count: int) -> str:
    return f"{count} line{'s' * (count != 1)}"
