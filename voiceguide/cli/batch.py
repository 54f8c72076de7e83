"""`voiceguide batch`: every combination of some routines and choices, into one folder."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import fetching, printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_batch, said
from voiceguide.cli.routines import routines_option
from voiceguide.errors import ExitCode, PartlyFailed
from voiceguide.text.lines import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.batch.jobs import Combined, Wish
    from voiceguide.batch.pools import Pool
    from voiceguide.batch.running import Event, Fell


_ALL = '"all" is each that a routine has.'
of_choices = partial(of_batch, notes={"language": _ALL, "setup": _ALL})


@click.command("batch", cls=Command)
@click.argument("what", nargs=-1, required=True, metavar="JOBS.yaml|ROUTINE...")
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder to write in; made if it is not there.")
@of_choices
@click.option("--format", "suffix", metavar="mp3|flac|…", help="The format of the files.  [default: mp3]")
@routines_option
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="How many are made at once; one a core by default.")
@click.option("--dask", metavar="ADDRESS", help="Make them on a Dask cluster, as tcp://10.0.0.5:8786.")
@fetching.yes_option
@click.option("--overwrite", is_flag=True, help="Replace files in the folder that no batch has written.")
@click.option("--json", "as_json", is_flag=True, help="Print what happens as JSON, an event a line.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: tuple[str, ...],
    output: str,
    routines: tuple[str, ...],
    jobs: int | None,
    dask: str | None,
    yes: bool,
    overwrite: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Make every combination of some routines and choices, several at once, and print the paths of the files.

    ROUTINE is a name from `voiceguide list`, or a routine's file; JOBS.yaml lists what to make. Options with several
    values take them between commas, or are repeated; in a batch of JOBS.yaml a typed option replaces what the file says
    of it.

    What is in the folder, whole and current, is not made again: an interrupted batch goes on where it was. A session
    that cannot be made stops no other, and leads to exit code 5. The folder's index.json and index.m3u tell what is
    there.
    """
    from voiceguide.batch.index import opened
    from voiceguide.batch.jobs import combine
    from voiceguide.batch.running import due, run

    quiet = ctx.obj["quiet"]
    combined = combine(_wishes(what, routines, options), fetching.having(yes=yes, quiet=quiet))
    for note in combined.notes if not quiet else ():
        printing.remark(note)
    telling = _Telling(combined, as_json=as_json, quiet=quiet, debug=ctx.obj["debug"])
    try:
        with opened(Path(output), overwrite=overwrite) as index, telling.shown():
            left = due(combined, index, telling.tell, overwrite=overwrite)
            index.write()
            if left:
                with _pool(dask, jobs, len(left), combined) as pool:
                    run(left, pool, index, telling.tell, overwrite=overwrite)
    except KeyboardInterrupt:
        telling.end("interrupted")
        ctx.exit(int(ExitCode.INTERRUPTED))
    telling.end("finished")
    if telling.fallen:
        raise PartlyFailed(f"{len(telling.fallen)} of {telling.total} sessions could not be made")


def _wishes(what: tuple[str, ...], routines: tuple[str, ...], options: dict[str, Any]) -> list[Wish]:
    """Return what is asked for: each argument a routine, or a file that lists jobs."""
    from voiceguide.batch import jobsfile
    from voiceguide.batch.jobs import AXES, Wish
    from voiceguide.routine import finding

    suffix = options.pop("suffix")
    typed = chosen(options, everything=False)
    typed_axes = {axis: tuple(v for values in typed.pop(axis) for v in values) for axis in AXES if axis in typed}
    folders = finding.folders(routines)
    wishes: list[Wish] = []
    for argument in what:
        files = finding.find_all(argument, folders)
        if len(files) == 1 and jobsfile.is_jobs(files[0]):
            wishes += jobsfile.read(files[0], folders)
        else:
            wishes.append(Wish(files, {}, {}))
    return [
        replace(
            wish,
            axes={**wish.axes, **typed_axes},
            settings={**wish.settings, **typed},
            suffix=f".{suffix.lower().removeprefix('.')}" if suffix else wish.suffix,
        )
        for wish in wishes
    ]


def _pool(dask: str | None, jobs: int | None, left: int, combined: Combined) -> Pool:
    from voiceguide.batch.pools import Cluster, Processes
    from voiceguide.installed import cores

    if dask is not None:
        return Cluster(dask, jobs, combined.sources)
    return Processes(min(jobs or cores(), left), combined.sources)


class _Telling:
    """What is said of a batch: paths or events on stdout, progress and failures on stderr."""

    def __init__(self, combined: Combined, *, as_json: bool, quiet: bool, debug: bool) -> None:
        self.total = len(combined.jobs) + len(combined.refused)
        self.fallen: list[Fell] = []
        self._json = as_json
        self._quiet = quiet
        self._debug = debug
        self._made = 0
        self._skipped = 0
        self._move: Callable[[], None] = lambda: None
        self._say: Callable[[str], None] = printing.made
        self._remark: Callable[[str], None] = printing.remark

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show a bar on stderr where someone is watching."""
        if self._quiet or not printing.is_watched(err=True):
            yield
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = printing.console(err=True)
        before = self._say, self._remark
        # rich would send what goes to stdout to the bar's console, that is to stderr.
        with Progress(*columns, console=console, redirect_stdout=False, redirect_stderr=False) as bars:
            task = bars.add_task("Sessions", total=self.total)

            def move() -> None:
                failed = f", {len(self.fallen)} failed" if self.fallen else ""
                done = self._made + self._skipped + len(self.fallen)
                bars.update(task, completed=done, description=f"Sessions{failed}")

            self._move = move
            show = partial(console.print, markup=False, highlight=False, soft_wrap=True)
            self._remark = lambda text: show(visible(text))
            if printing.is_watched(err=False):  # the same screen, where lines have to pass above the bar
                self._say = self._remark
            try:
                yield
            finally:
                self._say, self._remark = before

    def tell(self, event: Event) -> None:
        """Tell one event, and count it."""
        from voiceguide.batch.running import Fell, Skipped, Started, Written

        match event:
            case Started(file):
                self._event("started", file=file)
            case Skipped(file):
                self._skipped += 1
                self._event("skipped", file=file)
            case Written(file, path, made):
                self._made += 1
                facts = {"path": str(path), "bytes": len(made.data), "sha256": made.sha256}
                self._event("made", file=file, **facts, duration=made.timeline["duration"], warnings=made.warnings)
                if not self._json:
                    self._say(str(path))
                    for warning in made.warnings if not self._quiet else ():
                        self._remark(f"{file}: {warning}")
            case Fell(file, why):
                self.fallen.append(event)
                self._event("failed", file=file, code=why.code, message=said(why.message))
        self._move()

    def end(self, how: str) -> None:
        """Tell how it all came out."""
        self._event(how, sessions=self.total, made=self._made, skipped=self._skipped, failed=len(self.fallen))
        if self.fallen:
            printing.remark(self._table())
        if not self._quiet:
            current = f", {self._skipped} there already" if self._skipped else ""
            failed = f", {len(self.fallen)} failed" if self.fallen else ""
            printing.remark(f"{self._made} of {self.total} sessions made{current}{failed}.")
        if how == "interrupted":
            printing.remark("Interrupted: what was made stays, and the same command makes the rest.")

    def _event(self, name: str, **facts: Any) -> None:
        if self._json:
            self._say(printing.as_json({"event": name, **facts}))

    def _table(self) -> str:
        """The failures, a row each: the file, the kind of fault, and why."""
        rows = [("file", "code", "why"), *((one.file, one.why.code, said(one.why.message)) for one in self.fallen)]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        below = "\n" + " " * (sum(widths) + 4)
        lines = [f"{file:<{widths[0]}}  {code:<{widths[1]}}  {why.replace(chr(10), below)}" for file, code, why in rows]
        traces = [one.why.trace for one in self.fallen if self._debug and one.why.trace]
        return "\n".join((*lines, *traces))
