"""`voiceguide play`: hear a session here, with its steps on the screen and keys to move in it."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from voiceguide.cli.options import Choice, loaded, routines_option, session_arguments, session_choices
from voiceguide.cli.progress import shown, warner
from voiceguide.errors import ExitCode, UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.play.ahead import Ahead
    from voiceguide.play.device import Device
    from voiceguide.play.keys import Key
    from voiceguide.play.source import Source
    from voiceguide.play.transport import Heard, Transport
    from voiceguide.timeline import Timeline

_LOOKS = 4
"""How often a second the screen is looked at again."""


@click.command("play", short_help="Play a session here.")
@click.argument("what", metavar="ROUTINE|FILE")
@session_choices
@routines_option
@click.option("--timeline", metavar="FILE.json", help="The timeline of a sound FILE, where it carries none.")
@click.option("--from", "begin", metavar="STEP|m:ss", help="Where to begin: a step's name or number, or a time.")
@click.option("--device", metavar="NAME|null", help="A part of a sound device's name; null plays without sound.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    what: str,
    routines: tuple[str, ...],
    timeline: str | None,
    begin: str | None,
    device: str | None,
    **options: Any,
) -> None:
    """Play a session, and show where it is; nothing is written.

    ROUTINE is a name from `voiceguide list`, or a routine's file: its session is mixed while it plays. FILE is a
    finished session, or any other sound file. Space pauses and goes on, the arrows left and right go to the step
    before and after, + and - turn the volume, q ends it. At a stop point it pauses by itself.

    Where no terminal is, it plays to the end, and says each step in a line.
    """
    from voiceguide import phrases
    from voiceguide.play import device as devices
    from voiceguide.play import keys
    from voiceguide.play.ahead import reading
    from voiceguide.play.transport import Chapters, Transport
    from voiceguide.sound.decoding import SUFFIXES

    quiet, keyed = ctx.obj["quiet"], _has_terminal()
    devices.library()
    if keyed:
        keys.check()
    if Path(what).suffix.lower() in SUFFIXES:
        _refuse_choices(ctx)
        opened = _file(Path(what), Path(timeline) if timeline else None, device, quiet=quiet)
    else:
        if timeline is not None:
            raise UsageError("--timeline: expected with a sound file, which may carry none; a routine makes its own")
        opened = _routine(what, routines, options, begin, device, quiet=quiet)
    try:
        with opened as (source, session, sounding), reading(source) as ahead:
            phrases.load(session.language)
            start = round(_begun(begin, session) * source.rate)
            chapters = Chapters.of(session, source.rate, stopping=keyed)
            transport = Transport(ahead, chapters, start=start, latency=sounding.latency)
            ahead.wait(start)
            sounding.start(transport.pull)
            playing = _Playing(session, transport, ahead, sounding)
            if keyed:
                _follow_keys(playing)
            else:
                _follow(playing, quiet=quiet)
    except KeyboardInterrupt:
        ctx.exit(int(ExitCode.INTERRUPTED))


# ---- what is played -------------------------------------------------------------------------------------------------


class _Opened(NamedTuple):
    source: Source
    timeline: Timeline
    device: Device


@contextmanager
def _file(path: Path, timeline: Path | None, device: str | None, *, quiet: bool) -> Iterator[_Opened]:
    from voiceguide.play import device as devices
    from voiceguide.play.files import timeline_of
    from voiceguide.play.source import opened

    with opened(path) as source:
        found = timeline_of(path, timeline, source.frames / source.rate, warner(quiet=quiet))
        with devices.opened(source.rate, device) as sounding:
            yield _Opened(source, found, sounding)


@contextmanager
def _routine(
    what: str, routines: tuple[str, ...], options: dict[str, Any], begin: str | None, device: str | None, *, quiet: bool
) -> Iterator[_Opened]:
    """A session that is mixed while it plays. What cannot be is found before a word of it is spoken."""
    from voiceguide.choices import Choices
    from voiceguide.play import device as devices
    from voiceguide.play.source import MixSource
    from voiceguide.session.composing import Session, mixed

    chosen = session_arguments(options)
    voice, pace = chosen.pop("voice"), chosen.pop("pace")
    session = Session(loaded(what, routines), Choices(**chosen), voice, pace, warner(quiet=quiet))
    if begin is not None:
        _begun(begin, session.timeline(session.drafting.draft(session.guessed(None)), estimated=True))
    with devices.opened(MixSource.rate, device) as sounding, ExitStack() as progress:
        bars: list[Callable[[str, int, int], None]] = []

        def tell(stage: str, done: int, total: int) -> None:
            # Where all is spoken already, it sounds before a bar could be drawn.
            if not bars:
                bars.append(progress.enter_context(shown(quiet=quiet)))
            bars[0](stage, done, total)

        with mixed(session, progress=tell) as made:
            progress.close()
            yield _Opened(MixSource(made.mix), made.timeline, sounding)


def _refuse_choices(ctx: click.Context) -> None:
    """Raise UsageError for a choice that was typed for a file: it is finished."""
    for param in ctx.command.params:
        typed = ctx.get_parameter_source(str(param.name)) is click.core.ParameterSource.COMMANDLINE
        if typed and (isinstance(param, Choice) or param.name == "routines"):
            raise UsageError(f"{param.opts[0]}: expected with a routine only; a finished sound file stays as it is")


def _begun(begin: str | None, timeline: Timeline) -> float:
    """Return the second of a session that --from means. Raises UsageError for a place that it has not."""
    from voiceguide.durations import DurationError, clock, parse_duration
    from voiceguide.text.lines import plain

    if begin is None:
        return 0.0
    asked = begin.strip()
    for chapter in timeline.chapters:
        if asked.casefold() in (chapter.title.casefold(), (chapter.group or "").casefold(), str(chapter.step)):
            return chapter.start
    try:
        seconds = parse_duration(asked, zero=True)
    except DurationError:
        titles = [chapter.title for chapter in timeline.chapters]
        steps = dict.fromkeys(f"{each.step or ''} {plain(each.title)}".strip() for each in timeline.chapters)
        hint = did_you_mean(asked, titles)
        raise UsageError(
            f'--from: expected a time as 4:30, or a step: {", ".join(steps)}; got "{begin}".{hint}'
        ) from None
    if seconds >= timeline.duration:
        raise UsageError(
            f'--from: expected a time in the session, which lasts {clock(timeline.duration)}, got "{begin}"'
        )
    return seconds


# ---- while it plays -------------------------------------------------------------------------------------------------


class _Playing(NamedTuple):
    """A session that sounds."""

    timeline: Timeline
    transport: Transport
    ahead: Ahead
    device: Device

    def heard(self) -> Heard:
        """Look where it is. Raises what made it fail, if it did."""
        from voiceguide.durations import clock

        heard = self.transport.heard()
        if self.ahead.fault is not None:
            raise self.ahead.fault
        self.device.check(clock(heard.seconds))
        return heard


def _has_terminal() -> bool:
    """Whether there is a screen to draw on and a keyboard to listen to."""
    streams = (sys.stdin, sys.stdout)
    return all(stream is not None and stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def _follow(playing: _Playing, *, quiet: bool) -> None:
    """Say each step in a line as it begins, to the end."""
    from voiceguide.durations import clock
    from voiceguide.text.lines import plain

    said = None
    while not (heard := playing.heard()).over:
        moment = playing.timeline.at(heard.seconds)
        if moment.index != said and not quiet:
            number = f"{moment.chapter.step} " if moment.chapter.step else ""
            click.echo(f"{clock(heard.seconds):>7}  {number}{plain(moment.chapter.title)}", err=True)
        said = moment.index
        sleep(1 / _LOOKS)


def _follow_keys(playing: _Playing) -> None:
    """Show where it is, and do what keys say, to the end."""
    from voiceguide.play import keys

    with _restored(), _screen(playing.timeline) as draw, keys.listening() as pressed:
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


def _fall_silent(playing: _Playing) -> None:
    """Fade, so that the end does not click, and let that be heard."""
    from voiceguide.play.transport import FADE

    if not playing.transport.heard().paused:
        playing.transport.toggle()
        sleep(FADE + playing.device.latency / playing.ahead.rate)


@contextmanager
def _screen(timeline: Timeline) -> Iterator[Callable[[Heard], None]]:
    """A screen of its own, which is gone afterwards."""
    from rich.console import Console
    from rich.live import Live

    from voiceguide.play.view import Screen, view

    console = Console()

    def draw(heard: Heard) -> None:
        width, height = console.size
        drawn = view(timeline, heard, Screen(width, height, console.encoding))
        if drawn != live.get_renderable():
            live.update(drawn, refresh=True)

    with Live(console=console, screen=True, auto_refresh=False) as live:
        yield draw


@contextmanager
def _restored() -> Iterator[None]:
    """Leave the terminal as it was also when the program is told to end, and don't let it be suspended meanwhile."""

    def end(number: int, _frame: object) -> None:
        sys.exit(128 + number)

    names = [name for name in ("SIGTERM", "SIGHUP", "SIGTSTP") if hasattr(signal, name)]  # Windows has not all of them
    before = {name: signal.getsignal(getattr(signal, name)) for name in names}
    for name in names:
        signal.signal(getattr(signal, name), signal.SIG_IGN if name == "SIGTSTP" else end)
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
