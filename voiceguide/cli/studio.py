"""`voiceguide studio`: the page in the browser."""

from __future__ import annotations

import traceback
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.errors import ExitCode, Failed

if TYPE_CHECKING:
    from typing import Any

    from voiceguide.studio.serving import Running

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
    from voiceguide.studio import serving

    news: SimpleQueue[BaseException] = SimpleQueue()
    place = Path(folder) if folder else serving.default_folder()
    try:
        with serving.running(place, port, news.put) as running:
            _begin(ctx.obj, running, browser=not no_browser)
            if running.listener is not None:
                _serve(ctx.obj, running, news)
    except KeyboardInterrupt:
        ctx.exit(int(ExitCode.INTERRUPTED))


def _begin(obj: dict[str, Any], running: Running, *, browser: bool) -> None:
    """Print the address, and open it."""
    from voiceguide.studio import serving

    printing.result(running.address)
    is_open = browser and serving.open_page(running.address)
    if obj["quiet"]:
        return
    if running.set_aside:
        printing.remark(f"What was remembered could not be read, and lies in {running.set_aside} now.")
    if running.listener is None:
        printing.remark("It runs already, for this folder.")
        return
    where = "It opens in your browser" if is_open else "Open it in a browser on this computer"
    printing.remark(f"{where}. Keep this window open meanwhile; Ctrl-C ends it.")


def _serve(obj: dict[str, Any], running: Running, news: SimpleQueue[BaseException]) -> None:
    """Tell of bugs, until somebody ends it. Raises Failed where it cannot be served any longer."""
    while running.listener is not None and running.listener.is_open:
        try:
            fault = news.get(timeout=_LOOKS)
        except Empty:
            continue
        told = (
            "".join(traceback.format_exception(fault)).rstrip() if obj["debug"] else f"{type(fault).__name__}: {fault}"
        )
        printing.remark(f"Error: this is a bug in voiceguide: {told}")
    raise Failed("the page cannot be served any longer: run the command again")
