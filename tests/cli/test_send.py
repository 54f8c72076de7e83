"""`voiceguide send`: a session on its way to a phone."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click
import pytest
from commands_for_tests import QUICK, Result
from phones_for_tests import asked, at_home, listens

from voiceguide.cli import printing, send
from voiceguide.errors import ExitCode, Failed
from voiceguide.studio import addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from queue import SimpleQueue

    from voiceguide.studio.phone import Shared

SOON = (*QUICK, "--bed", "none")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Callable[[Shared, str], None]]]:
    """What is done while a session is sent, with it and the address that was printed; then Ctrl-C is pressed."""
    at_home(monkeypatch)
    monkeypatch.setattr(send, "_LOOKS", 0.01)
    acts: list[Callable[[Shared, str], None]] = []
    urls: list[str] = []
    printed = printing.result

    def result(text: str) -> None:
        urls.append(text)
        printed(text)

    def serve(shared: Shared, news: SimpleQueue[object], *, quiet: bool) -> None:
        for act in acts:
            act(shared, urls[0])
        threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
        serving(shared, news, quiet=quiet)

    serving = send._serve
    monkeypatch.setattr(printing, "result", result)
    monkeypatch.setattr(send, "_serve", serve)
    yield acts
    assert urls
    assert not listens(urls[0])


def test_a_routine_is_sent_while_it_is_made(run: Callable[..., Result], served: list[Callable[..., None]]) -> None:
    """Its address is the result, how to scan it is told beside it, and when a phone has it; Ctrl-C ends it with 130."""

    def fetch(shared: Shared, url: str) -> None:
        sound = asked(f"{url}sound")
        assert sound.headers["content-type"] == "audio/mpeg"
        assert len(sound.body) == shared.sound.size
        assert asked(f"{url}session").status == 200
        assert b"small-short.html" in asked(f"{url}saved", "HEAD").headers["content-disposition"].encode()

    served.append(fetch)
    result = run("send", "small.yaml", *SOON)
    assert result.code == ExitCode.INTERRUPTED
    assert result.out.startswith("http://127.0.0.1:")
    assert result.out.count("\n") == 1
    assert "same Wi-Fi" in result.err
    assert "A phone has all of it now" in result.err


def test_a_finished_file_is_sent_with_its_own_steps(
    run: Callable[..., Result], served: list[Callable[..., None]], rendered: Path
) -> None:
    """Byte by byte; and quietly the address alone."""
    sent = []
    served.append(lambda _shared, url: sent.append((asked(url).body.decode(), asked(f"{url}sound").body)))
    result = run("send", str(rendered / "s.mp3"), "--quiet")
    assert result.err == ""
    page, sound = sent[0]
    assert "First strokes" in page
    assert sound == (rendered / "s.mp3").read_bytes()


def test_any_sound_file_is_sent_whole(
    run: Callable[..., Result], served: list[Callable[..., None]], folder: Path
) -> None:
    """As one part, with its name, where it tells of no session."""
    import numpy as np
    import soundfile

    soundfile.write(folder / "rain on <leaves>.flac", np.full((22_050, 1), 0.1), 22_050)
    told = []
    served.append(lambda shared, _url: told.append(shared.timeline()))
    assert run("send", "rain on <leaves>.flac").code == ExitCode.INTERRUPTED
    assert [chapter.title for chapter in told[0].chapters] == ["rain on <leaves>"]


def test_what_fails_meanwhile_ends_it(
    run: Callable[..., Result], served: list[Callable[..., None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that cannot be made does, with its own message and exit code."""
    monkeypatch.setattr(threading, "Timer", lambda *_given: threading.Thread())

    def fail(shared: Shared, _url: str) -> None:
        shared.sound.fail(Failed("the disk is full"))  # type: ignore[attr-defined]  # a growing one

    served.append(fail)
    result = run("send", "small.yaml", *SOON)
    assert (result.code, result.err.splitlines()[-1]) == (ExitCode.FAILED, "Error: the disk is full")


def test_what_cannot_be_sent_is_refused_before_a_word_is_spoken(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, rendered: Path, folder: Path
) -> None:
    """Each with what to do."""
    at_home(monkeypatch)
    file = str(rendered / "s.mp3")
    assert "--bed: expected with a routine only" in refused("send", file, "--bed", "none")
    assert "--timeline: expected with a sound file" in refused("send", "small.yaml", "--timeline", "t.json")
    assert "nowhere.mp3" in refused("send", "nowhere.mp3", code=1)
    whole = (rendered / "s.mp3").read_bytes()
    (folder / "cut.mp3").write_bytes(whole[: len(whole) // 2])
    assert "the file is cut off" in refused("send", "cut.mp3", code=1)
    (folder / "s.m4a").touch()
    assert "expected a session's file" in refused("send", "s.m4a")
    assert "Did you mean" in refused("send", "uper-back")
    monkeypatch.setitem(sys.modules, "segno", None)
    assert "pip install segno starlette uvicorn" in refused("send", file, code=4)


def test_without_a_network_nothing_is_made(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is said what to join."""
    for name in ("_routed", "_named"):
        monkeypatch.setattr(addresses, name, tuple)
    monkeypatch.setattr(addresses, "_of_interfaces", dict)
    assert "Join the Wi-Fi that the phone is in" in refused("send", "small.yaml", code=1)


def test_who_waits_alone_is_told_what_may_keep_phones_out(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, rendered: Path
) -> None:
    """Once, after a while."""
    at_home(monkeypatch)
    monkeypatch.setattr(send, "_LOOKS", 0.01)
    monkeypatch.setattr(send, "_LONELY", 0.03)
    remarks: list[str] = []

    def remark(text: str) -> None:
        remarks.append(text)
        if "No phone has come yet" in text:
            monkeypatch.setattr(send, "_LONELY", -1.0)
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(printing, "remark", remark)
    assert run("send", str(rendered / "s.mp3")).code == ExitCode.INTERRUPTED
    assert sum("No phone has come yet" in each for each in remarks) == 1


# The code in the terminal


class Terminal:
    """A stream that somebody watches."""

    def __init__(self, encoding: str) -> None:
        self.encoding, self.written = encoding, ""

    def isatty(self) -> bool:
        """It is one."""
        return True

    def write(self, text: str) -> int:
        """Keep it."""
        self.written += text
        return len(text)

    def flush(self) -> None:
        """Nothing waits."""


def modules(text: str) -> list[list[bool]]:
    """Read a drawing back: which modules are dark."""
    rows = []
    for line in text.splitlines():
        if set(line) & set("█▀▄"):
            rows += [[sign in " ▄" for sign in line], [sign in " ▀" for sign in line]]
        else:
            rows.append([pair == "  " for pair in map("".join, zip(line[::2], line[1::2], strict=True))])
    return rows


CODE = [[(x * y + x) % 3 == 1 for x in range(9)] for y in range(9)]


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252", "cp437"])
@pytest.mark.parametrize("colours", [True, False])
def test_a_code_is_drawn_in_whatever_signs_there_are(
    monkeypatch: pytest.MonkeyPatch, encoding: str, *, colours: bool
) -> None:
    """White on black whatever the terminal's colours; without colours in those of a dark terminal."""
    stream = Terminal(encoding)
    monkeypatch.setattr(sys, "stderr", stream)
    with click.Context(click.Command("send"), color=None if colours else False):
        assert printing.modules(CODE, columns=80)
        assert not printing.modules(CODE, columns=8)
    plain = click.unstyle(stream.written)
    assert modules(plain)[: len(CODE)] == CODE
    assert ("\x1b[38;5;231m\x1b[48;5;16m" in stream.written) == colours
    assert {len(line) for line in plain.splitlines()} == {9 if encoding in ("utf-8", "cp437") else 18}
