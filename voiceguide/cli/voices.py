"""`voiceguide voices`: who can speak here, and what brings a voice and takes it away."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing, voices_own
from voiceguide.cli.options import Holding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.voices import Listed

_MOST = 6
"""Robotic voices of one engine, above which one line stands for all of them."""
_ROW = ("id", "engine", "name", "languages", "licence", "gender", "natural", "download_mb", "ready", "fix")
_WIDEST = 60
"""Columns of a cell beside which the others' next cells are aligned."""
_PERSON = {"female": "woman", "male": "man", None: "-"}


@click.group("voices", cls=Holding, invoke_without_command=True)
@click.option("--language", metavar="L", help="Only those that speak it, the best first, as es or en-GB.")
@click.option("--gender", type=click.Choice(("female", "male")), help="Only women's or men's voices.")
@click.option("--all", "everyone", is_flag=True, help="A line for every voice of the system too.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON: all of them.")
@click.pass_context
def command(ctx: click.Context, language: str | None, gender: str | None, everyone: bool, as_json: bool) -> None:
    """List voices with their languages and licences, natural ones first; what is missing comes with what brings it."""
    from voiceguide.voices import listing
    from voiceguide.voices.listed import best_first

    if ctx.invoked_subcommand:
        return
    listed = best_first(_narrowed(listing(), language, gender), language)
    if as_json:
        printing.document([{key: getattr(voice, key) for key in _ROW} for voice in listed])
        return
    for line in _lines(listed, whole=everyone or language is not None):
        printing.result(line)
    if not listed and not ctx.obj["quiet"]:
        printing.remark(_none(language, gender))


@command.command("get")
@click.argument("voice")
@click.pass_obj
def get(obj: dict[str, bool], voice: str) -> None:
    """Download a voice, once, and check it; says first how large it is and under which licence.

    VOICE is an id of `voiceguide voices`, as kokoro:ef_dora.
    """
    from voiceguide.cli.fetching import bring
    from voiceguide.voices import getting

    wanted = getting.voice(voice)
    if wanted.ready:
        if not obj["quiet"]:
            printing.remark(f"{wanted.id} is here already.")
    else:
        if wanted.download_mb is not None and not obj["quiet"]:
            printing.remark(f"{', '.join(_who(wanted))}: {wanted.download_mb:g} MB to download, {wanted.licence}")
        wanted = bring(voice, quiet=obj["quiet"])
    printing.made(wanted.id)
    if not obj["quiet"]:
        printing.remark(f"Hear it: voiceguide say --voice {wanted.id} -o {wanted.name}.mp3")


@command.command("remove")
@click.argument("voice")
@click.option("-y", "--yes", is_flag=True, help="Remove a voice of your own without being asked.")
@click.pass_obj
def remove(obj: dict[str, bool], voice: str, yes: bool) -> None:
    """Remove what was downloaded for a voice, or one of your own, and print the paths; says who else spoke by it."""
    from voiceguide.voices import getting

    if not voices_own.may_remove(voice, yes=yes):
        return
    removed = getting.remove(voice)
    for path in removed.paths:
        printing.made(path)
    if obj["quiet"]:
        return
    if removed.voices:
        printing.remark(f"Not here any more: {', '.join(removed.voices)}.")
    if not removed.paths:
        printing.remark(f"Nothing was removed: nothing was downloaded for {voice}.")


def _narrowed(listed: Iterable[Listed], language: str | None, gender: str | None) -> Iterator[Listed]:
    """Yield those that are asked for; a voice that speaks any language is no answer to one, unless it is picked."""
    from voiceguide.voices import ANY_LANGUAGE, speaks

    for voice in listed:
        means_it = voice.picked or ANY_LANGUAGE not in voice.languages
        if (language is None or (speaks(voice, language) and means_it)) and gender in (None, voice.gender):
            yield voice


def _none(language: str | None, gender: str | None) -> str:
    from voiceguide import phrases

    whose, what = f"{gender} voice" if gender else "voice", f" for {language}" if language else ""
    return f"No {whose}{what} is known here.{phrases.near(language) if language else ''}"


def _lines(listed: tuple[Listed, ...], *, whole: bool) -> Iterator[str]:
    """A table: natural voices, robotic ones, and engines that do not work."""
    named = [voice for voice in listed if voice.name]
    rows: list[tuple[str, ...]] = []
    for natural, kind in groupby(named, lambda voice: voice.natural):
        rows.append(("Natural" if natural else "Robotic",))
        for engine, group in groupby(kind, lambda voice: voice.engine):
            voices = tuple(group)
            if natural or whole or len(voices) <= _MOST:
                rows += [(*_who(voice), _state(voice), voice.licence) for voice in voices]
            else:
                rows.append(_summed(engine, voices))
    cells = [row for row in rows if len(row) > 1]
    widths = [max((len(row[n]) for row in cells if len(row[n]) <= _WIDEST), default=0) for n in range(4)]
    for row in rows:
        if len(row) == 1:
            yield printing.Bold(row[0])
        else:
            yield "  " + "  ".join((*map(str.ljust, row, widths), row[-1]))
    broken = [voice for voice in listed if not voice.name]
    if broken:
        yield printing.Bold("No voices here")
    for voice in broken:
        yield f"  {voice.id}: {voice.fix}"


def _who(voice: Listed) -> tuple[str, str, str]:
    from voiceguide.voices import ANY_LANGUAGE

    languages = "any" if ANY_LANGUAGE in voice.languages else ", ".join(voice.languages)
    return voice.id, languages, _PERSON[voice.gender]


def _state(voice: Listed) -> str:
    if voice.ready:
        return "ready"
    if voice.download_mb is not None:
        return f"{voice.download_mb:g} MB: voiceguide voices get {voice.id}"
    return f"not ready: {voice.fix}"


def _summed(engine: str, voices: tuple[Listed, ...]) -> tuple[str, ...]:
    """One row for many voices of an engine."""
    from voiceguide.text.languages import primary

    languages = {primary(voice.languages[0]) for voice in voices}
    licences = {voice.licence for voice in voices}
    ready = sum(voice.ready for voice in voices)
    told = "ready" if ready == len(voices) else f"{ready} of them ready"
    state = f"{len(voices)} voices, {told}; each: voiceguide voices --all"
    return engine, f"{len(languages)} languages", "-", state, " / ".join(sorted(licences))


for _own in (voices_own.script, voices_own.import_):
    command.add_command(_own)
