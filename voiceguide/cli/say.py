"""`voiceguide say`: hear a voice, or a sentence of a routine to come."""

from __future__ import annotations

from typing import Any

import click

from voiceguide.cli import fetching, printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_say
from voiceguide.cli.progress import shown, warner


@click.command("say", cls=Command)
@click.argument("text", required=False)
@click.option("-o", "--output", required=True, metavar="FILE", help="Where to write; the suffix picks the format.")
@of_say
@fetching.yes_option
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def command(obj: dict[str, bool], /, text: str | None, output: str, yes: bool, overwrite: bool, **options: Any) -> None:
    """Speak TEXT to a file, as a session would say it; [pause 2s] and [breath] work.

    The language is the named voice's own, or English, unless it is chosen. Without TEXT it is a sentence to hear the
    voice by.
    """
    from voiceguide.choices import Choices
    from voiceguide.session import say, writing
    from voiceguide.session.saying import language_of

    choices = chosen(options)
    asked = Choices.of(choices)
    language = language_of(asked)
    text = _sample(language) if text is None else text
    # Before a voice is downloaded for it, the file is found to be possible.
    writing.target(output, overwrite=overwrite)
    fetching.having(yes=yes, quiet=obj["quiet"])(asked.voice, language)
    with shown(quiet=obj["quiet"]) as progress:
        say(text, output, **choices, overwrite=overwrite, progress=progress, warn=warner(quiet=obj["quiet"]))
    printing.made(output)


def _sample(language: str) -> str:
    """A sentence to hear a voice by. Raises UsageError where there is none in its language."""
    from voiceguide import phrases
    from voiceguide.errors import UsageError, option

    try:
        return phrases.load(language).get("calibration", "giver")
    except UsageError:
        called = phrases.called(language)
        raise UsageError(f"{option('text')}: expected words to say, as there is no sample in {called}") from None
