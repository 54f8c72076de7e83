"""Streams that are closed or full: what is made is made, and what is asked for and cannot be shown is a failure."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import QUICK

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the shell and the device of Linux")
SAY = ("say", "One.", "--voice", "tone", "-o", "s.wav", "--overwrite")


def shell(*arguments: str, then: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the program with its streams as a shell's words say."""
    line = f'exec "$@" {then}'
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "voiceguide", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, env={**os.environ, **variables}
    )


@pytest.mark.parametrize("then", [">&- 2>&- <&-", ">/dev/full 2>/dev/full", ">/dev/full", "2>&-"])
def test_what_is_made_is_made(then: str, folder: Path) -> None:
    """A sound is whole, and nothing that is printed goes into it, though nobody can be told."""
    done = shell(*SAY, then=then)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert (folder / "s.wav").read_bytes().startswith(b"RIFF")
    size = (folder / "s.wav").stat().st_size
    assert size == int.from_bytes((folder / "s.wav").read_bytes()[4:8], "little") + 8


@pytest.mark.parametrize(
    ("then", "why"),
    [(">/dev/full", "No space left"), (">&-", "it is closed"), (">/dev/full 2>/dev/full", ""), (">&- 2>&-", "")],
)
def test_a_result_that_cannot_be_printed_is_a_failure(then: str, why: str) -> None:
    """It ends with 1, and with one line where that can be printed."""
    done = shell("schema", then=then)
    assert done.returncode == 1
    assert done.stdout == ""
    assert why in done.stderr
    assert done.stderr.count("\n") == (1 if why else 0)


def test_the_help_too() -> None:
    """What click prints itself comes out, and is told of as well where it cannot."""
    done = shell("--help", then="")
    assert (done.returncode, done.stdout[:6], done.stderr) == (0, "Usage:", "")
    done = shell("--help", then=">/dev/full", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "could not be printed on stdout: No space left" in done.stderr


def test_a_fault_keeps_its_code() -> None:
    """A message that cannot be printed changes nothing of how it ends."""
    assert shell("render", "nothing", *QUICK, then="2>/dev/full").returncode == 2


def test_ctrl_c_while_modules_load() -> None:
    """It is an answer from the first moment: one line and 130, whatever is being loaded."""
    code = (
        "import os, signal, sys\n"
        "class Slow:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'click':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Slow())\n"
        "from voiceguide.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "Interrupted: nothing was written.\n")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("stdout", ["ascii", "latin-1"])
def test_a_locale_without_letters(stdout: str, folder: Path) -> None:
    """Where Python is told to take a locale without letters as it is, names and texts have theirs all the same."""
    name = "größe ş.yaml"
    (folder / name).write_bytes((folder / "small.yaml").read_bytes())
    variables = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": stdout}
    command = [sys.executable, "-m", "voiceguide", "plan", name, "--voice", "tone", "--json"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **variables}, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
