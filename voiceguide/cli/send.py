"""`voiceguide send`: a session on its way to a phone in the same house."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import fetching, printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_session, refuse_choices
from voiceguide.cli.progress import Bars, warner
from voiceguide.cli.routines import loaded, routines_option
from voiceguide.errors import ExitCode, UsageError, option

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from voiceguide.studio.phone import Invitation, News, Shared

_LOOKS = 0.5
"""Seconds between two looks whether the session can still be made."""
_LONELY = 60
"""Seconds without a phone after which it is said what may keep one out."""
_NO_PHONE = (
    "No phone has come yet. It has to be in the same Wi-Fi as this computer, and not in its guest network; and a "
    "firewall here may have to let Python be reached from private networks."
)
_FETCHED = "A phone has all of it now: Ctrl-C ends this, and it plays on. Until then other phones can fetch it too."


@click.command("send", cls=Command)
@click.argument("what", metavar="FILE|ROUTINE")
@of_session
@routines_option
@click.option("--timeline", metavar="FILE.json", help="The timeline of a sound FILE, where it carries none.")
@fetching.yes_option
@click.pass_context
def command(
    ctx: click.Context, /, what: str, routines: tuple[str, ...], timeline: str | None, yes: bool, **options: Any
) -> None:
    """Send a session to a phone in the same Wi-Fi: print a page's address and its QR code, and serve it until Ctrl-C.

    ROUTINE is a name from `voiceguide list`, or a routine's file: its session is made while the phone fetches it. FILE
    is a finished session, or another sound file that pages play. Scan the code with the phone's camera: the page
    fetches the whole session, says when it is there, and plays it, whether this still runs or not.

    Only who has the address finds the page; nothing can be changed by it, and nothing else of this computer is there.
    """
    from voiceguide.choices import Choices
    from voiceguide.session.making import Means
    from voiceguide.sound.decoding import SUFFIXES
    from voiceguide.studio import addresses, listener, sending
    from voiceguide.studio.phone import Phones

    quiet = ctx.obj["quiet"]
    listener.check()
    addresses.reachable()
    news: SimpleQueue[News | Exception] = SimpleQueue()
    bars = Bars(quiet=quiet)
    opened: AbstractContextManager[Shared]
    if Path(what).suffix.lower() in SUFFIXES:
        refuse_choices(ctx, but="routines")
        opened = sending.of_file(Path(what), Path(timeline) if timeline else None, routines, news.put)
    else:
        if timeline is not None:
            raise UsageError(f"{option('timeline')}: expected with a sound file; a routine makes its own")
        choices, read = chosen(options), loaded(what, routines)
        fetching.for_session(read, choices, yes=yes, quiet=quiet)
        opened = sending.of_routine(read, Choices.of(choices), Means(warner(quiet=quiet), bars.tell), news.put)
    try:
        with bars, opened as shared, closing(Phones(news.put)) as phones:
            bars.close()
            _invite(phones.start(shared), quiet=quiet)
            _serve(shared, news, quiet=quiet)
    except KeyboardInterrupt:
        ctx.exit(int(ExitCode.INTERRUPTED))


def _invite(invitation: Invitation, *, quiet: bool) -> None:
    """Print where the session is: the address as the result, its code beside it."""
    printing.result(invitation.url)
    if quiet:
        return
    _draw(invitation.url)
    printing.remark("Scan it with the phone's camera. The phone has to be in the same Wi-Fi as this computer.")
    if invitation.others:
        printing.remark(f"If the phone does not find it: {' or '.join(invitation.others)}")
    printing.remark("The phone says when it has everything. Ctrl-C ends this.")


def _draw(url: str) -> None:
    """Print the QR code of an address, where somebody sees it and it fits."""
    from voiceguide.studio import codes

    if not printing.is_watched(err=True):
        return
    rows = codes.rows(url)
    if not printing.modules(rows, columns=shutil.get_terminal_size().columns):
        printing.remark("(This window is too narrow for its QR code: make it wider and run the command again.)")


def _serve(shared: Shared, news: SimpleQueue[News | Exception], *, quiet: bool) -> None:
    """Tell what phones do, until somebody ends it. Raises what keeps the session from being made."""
    waited = 0.0
    seen: set[str] = set()
    while True:
        try:
            heard = news.get(timeout=_LOOKS)
        except Empty:
            if shared.sound.fault is not None:
                raise shared.sound.fault from None
            waited += _LOOKS
            if waited >= _LONELY and not seen and not quiet:
                seen.add("lonely")
                printing.remark(_NO_PHONE)
            continue
        if isinstance(heard, Exception):
            raise heard
        if heard == "fetched" and heard not in seen and not quiet:
            printing.remark(_FETCHED)
        seen.add(heard)
