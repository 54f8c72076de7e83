"""Whatever asks the program to end is heard as Ctrl-C is, once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from voiceguide.cli import signals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")

ALL = ["SIGINT", "SIGTERM", "SIGHUP"]


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(signals, "_heard", None)
    numbers = [getattr(signal, name) for name in ALL]
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("first", ALL)
@pytest.mark.parametrize("second", ALL)
def test_the_first_is_heard_and_the_next_does_not_disturb_the_cleaning_up(
    first: str, second: str, monkeypatch: pytest.MonkeyPatch
):
    """Whichever they are; somebody who asks again later is heard again."""
    signals.heed()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(getattr(signal, first))
    signal.raise_signal(getattr(signal, second))
    monkeypatch.setattr(signals, "_CLEANING", 0.0)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(getattr(signal, second))
    signals.ignore()
    signal.raise_signal(getattr(signal, second))


def test_what_is_ignored_stays_so():
    """Under nohup, a render goes on when its terminal is closed."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signals.heed()
    signal.raise_signal(signal.SIGHUP)
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGTERM)


def test_a_terminal_that_is_closed_is_written_to_no_more(monkeypatch: pytest.MonkeyPatch):
    """What cleans up may still draw on it, and must not fail for that."""
    import pty

    ours, theirs = pty.openpty()
    monkeypatch.setattr(signals, "_terminals", (theirs,))
    os.close(ours)
    with pytest.raises(OSError, match="Input/output"):
        os.write(theirs, b"x")
    with pytest.raises(KeyboardInterrupt):
        signals._end(signal.SIGHUP, None)
    assert os.write(theirs, b"x") == 1
    os.close(theirs)


def test_the_code_is_ours_wherever_a_signal_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A module that is run kills itself after one that came in a text that was executed, as a dataclass is."""
    (tmp_path / "signalled.py").write_text(
        "import sys, voiceguide.catalogue as catalogue\n"
        "from voiceguide.cli import main\n"
        "inside = 'import signal; signal.raise_signal(signal.SIGTERM)'\n"
        "catalogue.listed = lambda *_: exec(inside)\n"
        "sys.argv = ['voiceguide', 'list']\n"
        "main()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    ended = subprocess.run([sys.executable, "-P", "-m", "signalled"], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr.strip()) == (130, "Interrupted: nothing was written.")
