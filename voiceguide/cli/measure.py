"""`voiceguide measure`: what a sound file is like, and whether it keeps what its timeline promises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.measure.model import Measurement

_LABELS = {"ok": "ok", "look": "LOOK", None: "-"}


@click.command("measure", cls=Command)
@click.argument("file")
@click.option(
    "--timeline", metavar="T.json", help="What `render --timeline` wrote with the file: hold it against that."
)
@click.option(
    "--without-voice",
    metavar="FILE",
    help="The same session without its voice; both lossless. Measures the bed exactly.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the measurement as JSON.")
@click.option("--plot", metavar="FILE", help="Draw it too: .svg or .png.")
@click.option("--overwrite", is_flag=True, help="Replace a picture that exists.")
def command(
    file: str, timeline: str | None, without_voice: str | None, as_json: bool, plot: str | None, overwrite: bool
) -> None:
    """Measure a sound file: loudness, peaks, clicks, silence; with a timeline also onsets, speech, bed and chapters.

    Each line says "ok", or "LOOK" where the number is not what it is held against (in brackets), or "-" where there is
    nothing to hold it against. It is a report: the exit code is 0 whatever was measured, and 1 for a file that cannot
    be read.
    """
    from voiceguide.measure import measure
    from voiceguide.measure.plot import bytes_of, check_suffix, draw
    from voiceguide.measure.verdicts import document
    from voiceguide.store.files import check_target, whole
    from voiceguide.timeline.reading import read

    path = Path(file)
    picture = Path(plot) if plot else None
    if picture:
        check_suffix(picture)
        check_target(picture, overwrite=overwrite)
    measured = measure(
        path,
        None if timeline is None else read(Path(timeline)),
        without_voice=Path(without_voice) if without_voice else None,
    )
    if picture:
        with whole(picture, overwrite=overwrite) as target:
            target.write(bytes_of(draw(measured, path.name), picture))
    if as_json:
        printing.document({"file": file, **document(measured)})
    else:
        printing.result("\n".join(_report(file, measured)))


def _report(file: str, measured: Measurement) -> Iterator[str]:
    """The file's line, and one for each verdict."""
    from voiceguide.durations import clock
    from voiceguide.measure.verdicts import verdicts

    channels = "mono" if measured.channels == 1 else "stereo"
    yield f"{file}: {measured.format}, {clock(measured.duration)}, {measured.sample_rate / 1000:g} kHz {channels}"
    for line in verdicts(measured):
        target = f"  [{line.target}]" if line.target else ""
        yield f"  {_LABELS[line.verdict]:<5} {line.name:<13} {line.said}{target}"
