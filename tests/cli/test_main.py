"""The face: help, version, exit codes, streams; errors become messages, and nothing heavy is loaded for little."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from voiceguide.cli import COMMANDS
from voiceguide.errors import ExitCode, PartlyFailed
from voiceguide.store import owned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def test_version(run: Callable[..., Result], program: Callable[..., Result]) -> None:
    """`--version` prints name and version, also by `python -m voiceguide`."""
    result = run("--version")
    assert (result.code, result.err) == (0, "")
    assert re.fullmatch(r"voiceguide \d+\.\d+\.\d+\n", result.out)
    assert program("--version").out == result.out


def test_help_names_every_command(run: Callable[..., Result]) -> None:
    """`--help` tells of every command of the interface, each with its own help."""
    listed = {"list", "show", "check", "plan", "render", "voices", "say", "sounds", "cache", "doctor"}
    assert listed <= set(COMMANDS)
    text = run("--help").out
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", text, re.MULTILINE), name
        one = run(name, "-h")
        assert one.code == 0
        assert one.out.startswith(f"Usage: voiceguide {name}")


def test_every_option_of_the_interface(run: Callable[..., Result]) -> None:
    """Commands take the options that the interface names."""
    choices = (
        "--length --voice --pace --talk --language --setup --without --bed --bed-level --gate --skip-safety "
        "--no-opening --no-closing --linger"
    )
    options = {
        "list": "--json --routines",
        "show": choices,
        "check": "--strict --json",
        "plan": f"{choices} --explain --json",
        "render": f"{choices} -o --timeline --bitrate --quality --overwrite",
        "voices": "--json",
        "say": "-o --voice --pace",
        "sounds": "--json",
    }
    for command, named in options.items():
        text = run(command, "--help").out
        for option in named.split():
            assert re.search(rf"(^|[ ,]){re.escape(option)}\b", text, re.MULTILINE), (command, option)
    assert re.search(r"(?s)clear.*info", run("cache", "--help").out)
    assert re.search(r"(?s)--takes.*--sections", run("cache", "clear", "--help").out)


def test_no_command_is_usage(run: Callable[..., Result]) -> None:
    """Alone it shows its help and ends with 2."""
    result = run()
    assert result.code == 2
    assert "render" in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["rendr", "upper-back"], '"render"'),
        (["lst"], '"list"'),
        (["render", "small.yaml", "--lenght", "full"], "--length"),
        (["render", "upper-bak"], '"upper-back"'),
        (["render", "smal.yaml"], '"small.yaml"'),
        (["render", "small.yaml", "--voice", "hibary"], '"hibari"'),
        (["render", "small.yaml", "--voice", "hibari:hart"], '"heart"'),
        (["render", "small.yaml", "--length", "shrot"], '"short"'),
        (["render", "small.yaml", "--setup", "seatd"], '"seated"'),
        (["render", "small.yaml", "--without", "First stroke"], '"First strokes"'),
        (["render", "small.yaml", "--talk", "minimum"], '"minimal"'),
        (["render", "small.yaml", "--gate", "breif"], '"brief"'),
        (["render", "small.yaml", "--language", "German"], '"de"'),
        (["cache", "clar"], "clear"),
    ],
    ids=" ".join,
)
def test_near_misses(typed: list[str], meant: str, refused: Callable[..., str], folder: Path) -> None:
    """What is misspelt comes back with what may be meant, before anything is done."""
    before = sorted(folder.iterdir())
    assert meant in refused(*typed)
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    "arguments", [["--debug", "render", "no-such"], ["render", "no-such", "--debug"]], ids=" ".join
)
def test_debug_shows_where(arguments: list[str], run: Callable[..., Result]) -> None:
    """`--debug` adds the traceback to the message, wherever it stands, and keeps the exit code."""
    result = run(*arguments)
    assert result.code == 2
    assert "Traceback" in result.err
    assert result.err.rstrip().splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize("arguments", [["--quiet", "check", "small.yaml"], ["check", "small.yaml", "-q"]], ids=" ".join)
def test_quiet_leaves_the_result(arguments: list[str], run: Callable[..., Result]) -> None:
    """`--quiet` keeps stderr empty, wherever it stands."""
    assert run(*arguments).err == ""
    assert run("check", "small.yaml").err != ""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (MemoryError(), "there is no more memory"),
        (ImportError("x.so: failed to map segment"), "failed to map segment"),
        (OSError(errno.EMFILE, "Too many open files"), "Too many open files"),
    ],
)
def test_too_little_memory_is_no_bug(error: Exception, told: str, run: Callable[..., Result], monkeypatch) -> None:
    """Nor is a library that did not load: in one line, it says what can be done."""
    monkeypatch.setattr("voiceguide.catalogue.listed", Mock(side_effect=error))
    result = run("list")
    assert (result.code, result.err.count("\n")) == (1, 1)
    assert told in result.err
    assert "bug" not in result.err


def test_a_bug_is_told_as_one(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not the user's fault says so, without a traceback unless `--debug` asks for it."""

    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("voiceguide.catalogue.listed", broken)
    result = run("list")
    assert result.code == ExitCode.FAILED
    assert "bug" in result.err
    assert "ZeroDivisionError" in result.err
    assert "Traceback" not in result.err
    result = run("--debug", "list")
    assert result.code == ExitCode.FAILED
    assert "Traceback" in result.err


def test_an_errors_code_is_the_programs(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever error comes up, its exit code comes out."""

    def partly(*_arguments: object) -> None:
        raise PartlyFailed("2 of 3 failed")

    monkeypatch.setattr("voiceguide.catalogue.listed", partly)
    result = run("list")
    assert (result.code, result.err) == (5, "Error: 2 of 3 failed\n")


def test_ctrl_c_is_130(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130 and one line."""

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("voiceguide.catalogue.listed", interrupted)
    result = run("list")
    assert result.code == 130
    assert result.err.strip() == "Interrupted: nothing was written."


def test_ctrl_c_after_a_file_says_that_it_is_whole(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is not told away."""

    def interrupted(*_arguments: object) -> None:
        owned.wrote()
        raise KeyboardInterrupt

    monkeypatch.setattr("voiceguide.catalogue.listed", interrupted)
    assert run("list").err.strip() == "Interrupted: what was written before that is whole."


def test_light() -> None:
    """Help and lists load no library of sound, of speech, or of reading routines."""
    commands = ("--help", "--version", "list", "list --json", "render --help", "plan --help", "cache info")
    code = (
        "import sys; from voiceguide.cli import main\n"
        "for command in sys.argv[1:]:\n"
        "    try: main(command.split())\n"
        "    except SystemExit as ended: assert not ended.code, command\n"
        "    print('loaded', command, sorted(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *commands], capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if line.startswith("loaded ")]
    assert len(told) == len(commands)
    heavy = {"numpy", "pydub", "onnxruntime", "soundfile", "soxr", "hibari", "pyttsx3", "pydantic", "ruamel", "mutagen"}
    for line in told:  # one after the other: the first that loads something is the one at fault
        loaded = set(re.findall(r"'(\w+)'", line))
        assert loaded >= {"click", "voiceguide"}
        assert not loaded & heavy, line[:40]


@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise on Windows")
@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["voices"], 0), (["sounds", "--json"], 0), (["check", "bad.yaml"], 3), (["render", "nothing"], 2)],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_a_reader_that_leaves(arguments: list[str], code: int, folder: Path) -> None:
    """A closed pipe is nobody's fault: the command ends with its own code, and says nothing of it."""
    (folder / "bad.yaml").write_text("title: x\n" * 3)
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "voiceguide", *arguments]
    try:
        done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True)
        mute = subprocess.run(command, stdout=writer, stderr=writer)
    finally:
        os.close(writer)
    assert done.returncode == mute.returncode == code
    assert "Broken" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="pipes break otherwise on Windows")
def test_a_render_outlives_its_readers(folder: Path) -> None:
    """A render whose progress nobody reads any more still makes its file."""
    reader, writer = os.pipe()
    os.close(reader)
    choices = ("--voice", "tone", "--no-opening", "--no-closing", "--gate", "brief", "--bed", "none", "-o", "a.wav")
    try:
        command = [sys.executable, "-m", "voiceguide", "render", "small.yaml", *choices]
        assert subprocess.run(command, stdout=writer, stderr=writer).returncode == 0
    finally:
        os.close(writer)
    assert (folder / "a.wav").stat().st_size > 1_000_000


@pytest.mark.parametrize("variables", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}])
def test_any_encoding(variables: dict[str, str], program: Callable[..., Result]) -> None:
    """Letters that a terminal does not have never stop a command."""
    command = [sys.executable, "-m", "voiceguide", "show", "small.yaml", "--voice", "tone"]
    done = subprocess.run(command, capture_output=True, env={**os.environ, **variables})
    assert (done.returncode, b"bug" in done.stderr) == (0, False)


@pytest.mark.parametrize("arguments", [["plan", "small.yaml", "--voice", "tone", "--explain"], ["list"], ["rendr"]])
def test_no_color(arguments: list[str], program: Callable[..., Result]) -> None:
    """NO_COLOR keeps every escape out, even where color is asked for."""
    result = program(*arguments, NO_COLOR="1", FORCE_COLOR="1", COLORTERM="truecolor", TERM="xterm-256color")
    assert "\x1b[" not in result.out + result.err
