"""`voiceguide play`: hear a session here, with its steps on the screen and keys to move in it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import fetching, printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import chosen, of_session, refuse_choices
from voiceguide.cli.progress import Bars, warner
from voiceguide.cli.routines import loaded, routines_option
from voiceguide.errors import ExitCode, UsageError, option

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.play.keys import Key
    from voiceguide.play.sessions import Playing
    from voiceguide.play.transport import Heard, Transport

_LOOKS = 4
"""How often a second the screen is looked at again."""


@click.command("play", cls=Command)
@click.argument("what", metavar="ROUTINE|FILE")
@of_session
@routines_option
@click.option("--timeline", metavar="FILE.json", help="The timeline of a sound FILE, where it carries none.")
@click.option("--from", "begin", metavar="STEP|m:ss", help="Where to begin: a step's name or number, or a time.")
@fetching.yes_option
@click.option("--device", metavar="NAME|null", help="A part of a sound device's name; null plays without sound.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: str,
    routines: tuple[str, ...],
    timeline: str | None,
    begin: str | None,
    yes: bool,
    device: str | None,
    **options: Any,
) -> None:
    """Play a session, and show where it is; nothing is written.

    ROUTINE is a name from `voiceguide list`, or a routine's file: its session sounds as soon as its first words
    are spoken, while the rest is made. Without an exact length it lasts as long as expected, rounded up to 5 s.
    FILE is a finished session, or any other sound file. Space pauses and goes on, the arrows left and right go to
    the step before and after, + and - turn the volume, q ends it. At a stop point it pauses by itself.

    Where no terminal is, it plays to the end, and says each step in a line.
    """
    from voiceguide import phrases
    from voiceguide.choices import Choices
    from voiceguide.play import device as devices
    from voiceguide.play import keys
    from voiceguide.play.ahead import reading
    from voiceguide.play.sessions import KnownChapters, Playing, begun, of_file, of_routine
    from voiceguide.play.transport import Transport
    from voiceguide.session.making import Means
    from voiceguide.sound.decoding import SUFFIXES

    quiet, keyed = ctx.obj["quiet"], _has_terminal()
    devices.library()
    if keyed:
        keys.check()
    bars = Bars(quiet=quiet)
    means = Means(warner(quiet=quiet), bars.tell)
    if Path(what).suffix.lower() in SUFFIXES:
        refuse_choices(ctx)
        opened = of_file(Path(what), Path(timeline) if timeline else None, device, means)
    else:
        if timeline is not None:
            raise UsageError(
                f"{option('timeline')}: expected with a sound file, which may carry none; a routine makes its own"
            )
        choices, read = chosen(options), loaded(what, routines)
        fetching.for_session(read, choices, yes=yes, quiet=quiet)
        opened = of_routine(read, Choices.of(choices), begin, device, means)
    try:
        with bars, opened as (source, known, sounding), reading(source) as ahead:
            phrases.load(known().language)
            start = round(begun(begin, known()) * source.rate)
            chapters = KnownChapters(known, source.rate, stopping=keyed)
            transport = Transport(ahead, chapters(), start=start, latency=sounding.latency, unfolding=chapters)
            ahead.wait(start)
            bars.close()
            sounding.start(transport.pull)
            playing = Playing(known, transport, ahead, sounding)
            if keyed:
                _follow_keys(playing)
            else:
                _follow(playing, quiet=quiet)
    except KeyboardInterrupt:
        ctx.exit(int(ExitCode.INTERRUPTED))


# ---- while it plays -------------------------------------------------------------------------------------------------


def _has_terminal() -> bool:
    """Whether there is a screen to draw on and a keyboard to listen to."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def _follow(playing: Playing, *, quiet: bool) -> None:
    """Say each step in a line as it begins, to the end."""
    from voiceguide import phrases
    from voiceguide.durations import clock
    from voiceguide.text.lines import plain

    said, waits = None, False
    while not (heard := playing.heard()).over:
        if heard.coming and not waits and not quiet:
            printing.remark(phrases.load(playing.timeline.language).shown("terminal", "coming"))
        waits = heard.coming
        moment = playing.timeline.at(heard.seconds)
        if moment.index != said and not quiet:
            number = f"{moment.chapter.step} " if moment.chapter.step else ""
            printing.remark(f"{clock(heard.seconds):>7}  {number}{plain(moment.chapter.title)}")
        said = moment.index
        sleep(1 / _LOOKS)


def _follow_keys(playing: Playing) -> None:
    """Show where it is, and do what keys say, to the end."""
    from voiceguide.play import keys

    with _never_suspended(), _screen(playing) as draw, keys.listening() as pressed:
        draw(playing.heard())
        while not (heard := playing.heard()).over:
            draw(heard)
            key = pressed(1 / _LOOKS)
            if key is keys.Key.END:
                _fall_silent(playing)
                return
            if key is not None:
                _act(key, playing.transport)


def _act(key: Key, transport: Transport) -> None:
    from voiceguide.play.keys import Key

    match key:
        case Key.TOGGLE:
            transport.toggle()
        case Key.PREVIOUS:
            transport.previous()
        case Key.FOLLOWING:
            transport.following()
        case Key.LOUDER:
            transport.louder()
        case Key.SOFTER:
            transport.softer()


def _fall_silent(playing: Playing) -> None:
    """Fade, so that the end does not click, and let that be heard."""
    from voiceguide.play.transport import FADE

    if not playing.transport.heard().paused:
        playing.transport.toggle()
        sleep(FADE + playing.device.latency / playing.ahead.rate)


@contextmanager
def _screen(playing: Playing) -> Iterator[Callable[[Heard], None]]:
    """A screen of its own, which is gone afterwards."""
    from rich.live import Live

    from voiceguide.play.view import Screen, view

    console = printing.console()

    def draw(heard: Heard) -> None:
        width, height = console.size
        drawn = view(playing.timeline, heard, Screen(width, height, console.encoding))
        if drawn != live.get_renderable():
            live.update(drawn, refresh=True)

    with Live(console=console, screen=True, auto_refresh=False) as live:
        yield draw


@contextmanager
def _never_suspended() -> Iterator[None]:
    """Don't let it be suspended meanwhile: the shell would get the terminal as it is for a session."""
    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGTSTP, before)
