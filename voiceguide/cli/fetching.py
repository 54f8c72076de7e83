"""A voice that a session wants and that is not here: asked about once at a terminal, agreed to by --yes, downloaded."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import printing
from voiceguide.cli.options import ChoiceOption
from voiceguide.cli.progress import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.routine.model import Routine
    from voiceguide.voices import Listed
    from voiceguide.voices.getting import Offer

yes_option = click.option(
    "--yes", is_flag=True, cls=ChoiceOption, help="Download the voice that is wanted, where it is not here."
)


def for_session(routine: Routine, options: dict[str, Any], *, yes: bool, quiet: bool) -> None:
    """Have the voice of a session here, of a command's choices. Raises what they, or a download, are refused by."""
    from voiceguide import phrases
    from voiceguide.choices import Choices

    choices = Choices.of(options)
    language = choices.language or routine.language
    phrases.check(language)
    having(yes=yes, quiet=quiet)(choices.voice, language)


def having(*, yes: bool, quiet: bool) -> Callable[[str | None, str], None]:
    """Return what has a voice (as `voices.pick` takes it) here for a language: it asks of each once.

    Where nobody agrees nothing happens: the session then has another voice, or none. Raises MissingError where it
    cannot be downloaded, and Failed.
    """

    @cache
    def have(voice: str | None, language: str) -> None:
        from voiceguide.voices import getting

        offer = getting.offer(voice, language)
        if offer is None:
            return
        told = _told(offer, language)
        if yes:
            if not quiet:
                printing.remark(f"{told}.")
        elif not _agreed(offer, told, quiet=quiet):
            return
        bring(offer.voice.id, quiet=quiet)

    return have


def bring(voice: str, *, quiet: bool) -> Listed:
    """Download what a voice needs, and show how far it is. Raises as `voices.getting.get` does."""
    from voiceguide.voices import getting

    with shown(quiet=quiet) as progress:
        return getting.get(voice, lambda so_far, in_all: progress("getting", so_far, in_all))


def _told(offer: Offer, language: str) -> str:
    """What one has to know before a voice is downloaded."""
    from voiceguide import phrases

    natural = "natural " if offer.voice.natural else ""
    person = f" ({offer.person})" if offer.person else ""
    return (
        f"The {natural}{phrases.called(language)} voice {offer.voice.id}{person} is a download of {offer.mb:g} MB, "
        f"licence {offer.voice.licence}"
    )


def _agreed(offer: Offer, told: str, *, quiet: bool) -> bool:
    """Ask where somebody sits at a terminal; of a voice that could be done without, once and for all."""
    from voiceguide.voices import getting

    if quiet or not (printing.can_ask() and printing.is_watched(err=True)):
        return False
    if not offer.needed and getting.declined(offer):
        return False
    if printing.agreed(f"{told}. Get it now?", usually=True):
        return True
    if not offer.needed:
        getting.decline(offer)
    return False
