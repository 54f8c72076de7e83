"""`voiceguide play`: a session heard here; with a terminal, keys and a view, without one a line a step."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import miniaudio
import numpy as np
import pytest
import soundfile
from commands_for_tests import QUICK as SHORT
from commands_for_tests import Result
from playing_for_tests import Eager
from timelines_for_tests import made

from voiceguide.cli import play
from voiceguide.errors import Failed
from voiceguide.play import device as devices
from voiceguide.play import keys
from voiceguide.play.keys import Key
from voiceguide.play.sessions import begun

QUICK = (*SHORT, "--bed", "none")
NULL = ("--device", "null")


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> Eager:
    """A device that takes half a second whenever somebody looks, in place of the system's; nobody sleeps."""
    device = Eager(22_050)
    monkeypatch.setattr(devices, "opened", lambda _rate, _named=None: nullcontext(device))
    monkeypatch.setattr(play, "sleep", lambda _seconds: None)
    return device


@pytest.fixture
def sound(folder: Path) -> Path:
    """A sound file of 1.5 s."""
    path = folder / "rain.flac"
    soundfile.write(path, np.full((72_000, 1), 0.1), 48_000)
    return path


def test_each_step_in_a_line(run: Callable[..., Result], folder: Path, eager: Eager) -> None:
    """In order, on stderr, with its time; it ends by itself, and nothing is written."""
    result = run("play", "small.yaml", *QUICK)
    assert (result.code, result.out) == (0, "")
    told = [line.split(maxsplit=1)[1] for line in result.err.splitlines() if ":" in line[:8]]
    assert told == ["Opening", "1 First strokes", "2 Hold"]
    assert [path.name for path in folder.iterdir()] == ["small.yaml"]
    assert sum(piece.any() for piece in eager.heard) > 100


def test_quiet(run: Callable[..., Result], sound: Path, eager: Eager) -> None:
    """--quiet says nothing at all."""
    assert run("-q", "play", "rain.flac") == Result(0, "", "")


def test_from_a_step(run: Callable[..., Result], eager: Eager) -> None:
    """It begins there, and what is before is not told."""
    result = run("play", "small.yaml", *QUICK, "--from", "2")
    assert result.code == 0
    (told,) = [line for line in result.err.splitlines() if ":" in line[:8]]
    assert told.endswith("  2 Hold")


@pytest.mark.parametrize(
    ("begin", "seconds"),
    [(None, 0), ("hold ", 30), ("2", 30), ("Opening", 0), ("Legs", 20), ("0:25", 25), ("1m", 60), ("7", 70)],
)
def test_where_it_begins(begin: str | None, seconds: float) -> None:
    """At a step by its name, its number as the screen counts, or its group; at a time; a name comes before a number."""
    timeline = made(
        duration=90.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 20.0},
            {"title": "Glide", "step": 1, "group": "Legs", "start": 20.0, "end": 30.0},
            {"title": "Hold", "step": 2, "group": "Legs", "start": 30.0, "end": 70.0},
            {"title": "7", "step": 3, "start": 70.0, "end": 90.0},
        ],
        clips=[],
    )
    assert begun(begin, timeline) == seconds


def test_a_file_on_the_silent_device(run: Callable[..., Result], sound: Path) -> None:
    """Decoded as it plays, at its own rate, to its end in its own time."""
    begun = time.monotonic()
    result = run("play", "rain.flac", *NULL)
    assert (result.code, result.out, result.err.split()) == (0, "", ["0:00", "rain"])
    assert time.monotonic() - begun >= 1.5


def test_a_session_on_the_silent_device(run: Callable[..., Result]) -> None:
    """The last second of one, mixed as it plays."""
    duration = run("plan", "small.yaml", *QUICK, "--json").json["duration"]
    result = run("play", "small.yaml", *QUICK, *NULL, "--from", f"{duration - 1:.1f}s")
    assert result.code == 0
    assert result.err.splitlines()[-1].endswith("2 Hold")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["small.yaml", "--from", "Holt"], '1 First strokes, 2 Hold; got "Holt". Did you mean "Hold"?'),
        (["small.yaml", "--from", "59:00"], "lasts"),
        (["small.yaml", "--timeline", "t.json"], "--timeline"),
        (["small.yaml", "--language", "Germn"], 'Did you mean "de"?'),
        (["smal"], "smal"),
        (["small.yaml", "--device", "phone line"], "null"),
        (["rain.flac", "--pace", "120"], "--pace"),
        (["rain.flac", "--routines", "."], "--routines"),
        (["rain.flac", "--timeline", "t.json"], "t.json"),
        (["rain.flac", "--from", "0:02", *NULL], "0:02"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refuses_before_it_speaks(
    arguments: list[str], words: str, refused: Callable[..., str], sound: Path, cache: Path
) -> None:
    """What cannot be played ends with 2 and what to do."""
    quick = QUICK if arguments[0] == "small.yaml" else ()
    assert words in refused("play", *arguments, *quick)
    assert not list(cache.glob("sentences/*"))


def test_what_is_configured_for_sessions_is_no_fault_for_files(
    run: Callable[..., Result], sound: Path, eager: Eager, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a choice that was typed is refused."""
    monkeypatch.setenv("VOICEGUIDE_RENDER_PACE", "120")
    assert run("play", "rain.flac").code == 0


def _fails(*_arguments: object, **_options: object) -> None:
    raise miniaudio.MiniaudioError("failed to init device", -401)


def test_no_sound_device(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Exit 1, and what to do instead, before a word is spoken."""
    monkeypatch.setattr(miniaudio, "PlaybackDevice", _fails)
    assert "voiceguide render" in refused("play", "small.yaml", *QUICK, code=1)
    assert not list(cache.glob("sentences/*"))


def test_without_the_extra(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    """Exit 4, and what to install, before a word is spoken."""
    monkeypatch.setitem(sys.modules, "miniaudio", None)
    assert "-m pip install blessed miniaudio" in refused("play", "small.yaml", *QUICK, code=4)
    assert not list(cache.glob("sentences/*"))


def test_a_device_that_stops(run: Callable[..., Result], sound: Path, eager: Eager) -> None:
    """Exit 1 with the device's own message, and no traceback."""

    def stop() -> None:
        if eager.heard:
            raise Failed("the device stopped")

    eager.looked = stop
    result = run("play", "rain.flac")
    assert (result.code, result.err.splitlines()[-1]) == (1, "Error: the device stopped")


def test_a_file_that_is_damaged(run: Callable[..., Result], folder: Path, eager: Eager) -> None:
    """It plays up to there, and the fault is told."""
    samples = np.zeros((10 * 44_100, 2), np.float32)
    samples[-100:] = np.nan
    soundfile.write(folder / "a.wav", samples, 44_100, subtype="FLOAT")
    result = run("play", "a.wav")
    assert result.code == 1
    assert "a.wav: the file is damaged after 10 s" in result.err


# ---- with a terminal ------------------------------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, eager: Eager) -> Callable[..., list[str]]:
    """A function that says which keys are pressed, one a look; it returns what the view showed at each look."""

    def typed(pressed: Iterable[Key | type[BaseException] | None]) -> list[str]:
        left: Iterator[Key | type[BaseException] | None] = iter(pressed)

        def press(_timeout: float) -> Key | None:
            key = next(left, None)
            if isinstance(key, type):
                raise key
            return key

        @contextmanager
        def screen(playing):
            from voiceguide.play.view import Screen, view

            yield lambda heard: screens.append(view(playing.timeline, heard, Screen()).plain)

        monkeypatch.setattr(play, "_has_terminal", lambda: True)
        monkeypatch.setattr(play, "_screen", screen)
        monkeypatch.setattr(keys, "listening", lambda: nullcontext(press))
        return screens

    screens: list[str] = []
    return typed


def test_keys_move_in_it(run: Callable[..., Result], typed: Callable[..., list[str]]) -> None:
    """Right, space and minus do what they say; q ends it with 0, and nothing is said beside the view."""
    screens = typed([Key.FOLLOWING, None, None, Key.TOGGLE, None, None, None, Key.SOFTER, None, Key.END])
    result = run("play", "small.yaml", *QUICK)
    assert (result.code, result.out) == (0, "")
    assert "First strokes" not in result.err
    assert "Step 1 of 2" in screens[-1]
    assert "Paused" in screens[-1]
    assert "volume -2 dB" in screens[-1]
    assert len(screens) == 11


def test_it_ends_by_itself(run: Callable[..., Result], typed: Callable[..., list[str]]) -> None:
    """Once it was told to begin: at the end of the session, after every step."""

    def begun() -> Iterator[Key | None]:
        while "when you are ready" not in screens[-1]:
            yield None
        yield Key.TOGGLE

    screens = typed(begun())
    assert run("play", "small.yaml", *QUICK).code == 0
    seen = [title for screen in screens for title in ("Opening", "First strokes", "Hold") if f"  {title}" in screen]
    assert sorted(set(seen), key=seen.index) == ["Opening", "First strokes", "Hold"]
    assert "0:00 left in the session" in screens[-1] or "0:01 left in the session" in screens[-1]


@pytest.mark.slow
def test_a_stop_point_waits_for_somebody(
    run: Callable[..., Result], typed: Callable[..., list[str]], folder: Path
) -> None:
    """However long nothing is pressed, before the first step too; then it goes on with the next step."""
    text = (folder / "small.yaml").read_text("utf-8")
    (folder / "small.yaml").write_text(text.replace("20s..40s", "20s..40s\n    ready: true"), "utf-8")
    waits = "when you are ready"

    def pressed() -> Iterator[Key | None]:
        for step in ("Opening", "First strokes"):
            while not (waits in screens[-1] and step in screens[-1]):
                yield None
            yield from [None] * 100
            yield Key.TOGGLE
        yield from [None] * 3
        yield Key.END

    screens = typed(pressed())
    assert run("play", "small.yaml", *QUICK).code == 0
    assert sum(waits in screen for screen in screens) > 200
    assert waits not in screens[-1]
    assert "Step 2 of 2" in screens[-1]


def test_ctrl_c(run: Callable[..., Result], typed: Callable[..., list[str]]) -> None:
    """Exit 130."""
    typed([None, KeyboardInterrupt])
    assert run("-q", "play", "small.yaml", *QUICK) == Result(130, "", "")


def test_keys_that_cannot_be_heard(
    refused: Callable[..., str], typed: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 4 before anything else, where the package for keys is missing."""
    typed([])
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert "-m pip install blessed miniaudio" in refused("play", "small.yaml", *QUICK, code=4)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX's")
@pytest.mark.parametrize(("end", "code"), [(b"q", 0), (b"\x1b", 0), (b"\x03", 130), (signal.SIGTERM, 130)])
def test_a_terminal_is_left_as_it_was(end: bytes | signal.Signals, code: int, folder: Path) -> None:
    """However it ends: the first screen is back, the cursor is shown, and keys are heard by the shell again."""
    import pty
    import termios

    soundfile.write(folder / "long.wav", np.zeros((44_100 * 60, 2)), 44_100)
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"no pseudo-terminal can be had here: {error}")
    before = termios.tcgetattr(theirs)
    command = [sys.executable, "-m", "voiceguide", "play", "long.wav", *NULL]
    environment = {**os.environ, "TERM": "xterm-256color", "LINES": "24", "COLUMNS": "80"}
    started = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True, preexec_fn=_own
    )
    seen = b""
    while b"left in the session" not in seen:
        seen += os.read(ours, 4096)
    assert b"\x1b[?1049h" in seen
    if isinstance(end, signal.Signals):
        started.send_signal(end)
    else:
        os.write(ours, end)
    while started.poll() is None:
        seen += os.read(ours, 4096) if _has_more(ours) else b""
    while _has_more(ours):
        seen += os.read(ours, 4096)
    assert started.returncode == code
    assert seen.rindex(b"\x1b[?1049l") > seen.rindex(b"\x1b[?1049h")
    assert seen.rindex(b"\x1b[?25h") > seen.rindex(b"\x1b[?25l")
    assert termios.tcgetattr(theirs)[:4] == before[:4]
    assert b"Traceback" not in seen
    os.close(ours)
    os.close(theirs)


def _own() -> None:
    """Make the terminal the new session's own, so that it gets Ctrl-C."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _has_more(descriptor: int) -> bool:
    import select

    return bool(select.select([descriptor], [], [], 0.1)[0])
