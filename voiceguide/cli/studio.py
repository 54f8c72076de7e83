"""`voiceguide studio`: the page in the browser."""

from __future__ import annotations

import traceback
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.errors import ExitCode, Failed, VoiceguideError

if TYPE_CHECKING:
    from typing import Any

    from voiceguide.studio.serving import Running

_RUNS = "That is the page, for a browser on this computer. Keep this window open meanwhile; Ctrl-C ends it."
_OTHER_PORT = (
    "It runs already, for this folder, and listens on port {}, not on {}: end that one first (Ctrl-C in its window), "
    "or name another --folder."
)
_LOOKS = 0.5
"""Seconds between two looks whether it still serves."""


@click.command("studio", cls=Command)
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Where to listen; a free one by default.")
@click.option("--folder", metavar="DIR", help="Where sessions, own music and what it remembers are kept.")
@click.option("--no-browser", is_flag=True, help="Print the page's address alone.")
@click.pass_context
def command(ctx: click.Context, /, port: int | None, folder: str | None, no_browser: bool) -> None:
    """Open a page in the browser to choose a massage and hear it at once; until Ctrl-C.

    Only this computer reaches the page, and only who has its address. What was made, music of your own and what it
    remembers of you lie in one folder. Where it runs already, that one's page opens.
    """
    from voiceguide.studio import heap, serving

    heap.share()
    news: SimpleQueue[BaseException] = SimpleQueue()
    place = Path(folder) if folder else serving.default_folder()
    try:
        with serving.running(place, port, news.put, partial(_begin, browser=not no_browser)) as running:
            if running.listener is None:
                if running.port != port and port is not None:
                    printing.remark(_OTHER_PORT.format(running.port, port))
                elif not ctx.obj["quiet"]:
                    printing.remark("It runs already, for this folder.")
                return
            if not ctx.obj["quiet"]:
                printing.remark(_RUNS)
            _serve(ctx.obj, running, news)
    except KeyboardInterrupt:
        ctx.exit(int(ExitCode.INTERRUPTED))


def _begin(address: str, *, browser: bool) -> None:
    """Print the address, and open it."""
    from voiceguide.studio import serving

    printing.result(address)
    if browser:
        serving.open_page(address)


def _serve(obj: dict[str, Any], running: Running, news: SimpleQueue[BaseException]) -> None:
    """Tell of faults, until somebody ends it. Raises Failed where it cannot be served any longer."""
    while running.listener is not None and running.listener.is_open:
        with suppress(Empty):
            printing.remark(f"Error: {_told(news.get(timeout=_LOOKS), debug=obj['debug'])}")
    raise Failed("the page cannot be served any longer: run the command again")


def _told(fault: BaseException, *, debug: bool) -> str:
    """Word what no answer told."""
    if isinstance(fault, VoiceguideError):
        return str(fault)
    if debug:
        return "".join(traceback.format_exception(fault)).rstrip()
    return f"this is a bug in voiceguide: {type(fault).__name__}: {fault}. Run it again with --debug, and report it."
