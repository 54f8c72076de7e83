"""`voiceguide say`: hear a voice, or a sentence of a routine to come."""

from __future__ import annotations

from pathlib import Path

import click

from voiceguide.cli.progress import shown, warner


@click.command("say", short_help="Speak a text to a file.")
@click.argument("text")
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write; the suffix picks the format.")
@click.option("--voice", metavar="ENGINE[:NAME]", help="Who speaks; `voiceguide voices` lists them.")
@click.option("--pace", type=int, default=135, metavar="WPM", show_default=True, help="Words a minute in a sentence.")
@click.option("--language", metavar="L", help="Language of the text; the named voice's own, or English.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def command(
    obj: dict[str, bool], text: str, output: str, voice: str | None, pace: int, language: str | None, overwrite: bool
) -> None:
    """Speak TEXT to a file, as a session would say it; [pause 2s] and [breath] work."""
    from voiceguide.session.saying import say

    with shown(quiet=obj["quiet"]) as progress:
        say(
            text,
            Path(output),
            voice=voice,
            pace=pace,
            language=language,
            overwrite=overwrite,
            progress=progress,
            warn=warner(quiet=obj["quiet"]),
        )
    click.echo(output)
