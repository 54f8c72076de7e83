"""A voice that is not here: told of, asked about once at a terminal, downloaded when somebody agrees, else never."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import engines_for_tests as engines
import pytest
from commands_for_tests import QUICK
from engines_for_tests import Choir, Robot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from commands_for_tests import Result

GERMAN = "title: Ruhe\nsummary: Kurz.\nlanguage: de\nsteps:\n  - {name: Ruhen, say: Ruh dich aus., duration: 30s}\n"
FRAME = QUICK[2:]
"""Without a voice."""
NOTE = "German is spoken by robot:hans here, which sounds like a robot. A natural voice, choir:berta (a woman), is a "
GETS = "voiceguide voices get choir:berta"


@pytest.fixture(autouse=True)
def choir(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: Path) -> None:
    """Natural voices that can be downloaded, a robot, and a German routine."""
    engines.register_alone(monkeypatch, Choir, Robot)
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    (folder / "ruhe.yaml").write_text(GERMAN, "utf-8")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A function that lets somebody sit at a terminal and type some lines."""

    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    def terminal(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", Typed("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr("voiceguide.cli.printing.is_watched", lambda *, err: err)

    return terminal


def test_without_a_terminal_nothing_is_downloaded_and_the_robot_is_told_of(run: Callable[..., Result]) -> None:
    """In one line, once, with the command that brings a natural voice; by what makes sessions and what plans them."""
    commands = {"render": ["-o", "a.wav"], "preview": ["-o", "b.wav"], "plan": [], "show": [], "card": []}
    for name, rest in commands.items():
        result = run(name, "ruhe.yaml", *FRAME[:4], *rest)
        assert result.code == 0, result
        told = [line for line in result.err.splitlines() if "robot:hans" in line]
        assert told == [f"{NOTE}download of 63 MB: {GETS}"], name
    assert json.loads(run("plan", "ruhe.yaml", "--json").out)["voice"] == "robot:hans"
    assert run("-q", "plan", "ruhe.yaml").err == ""
    assert NOTE in run("say", "Ruhig.", "-o", "d.wav", "--language", "de").err
    assert not Choir.here


def test_yes_brings_the_voice_first(run: Callable[..., Result], folder: Path) -> None:
    """Size, licence and who it is are told, and nothing of a robot."""
    result = run("render", "ruhe.yaml", *FRAME, "-o", "a.wav", "--timeline", "a.json", "--yes")
    assert (result.code, result.out) == (0, "a.wav\n")
    told = "The natural German voice choir:berta (a woman) is a download of 63 MB, licence CC0-1.0.\nGetting ..."
    assert told in result.err
    assert "robot" not in result.err
    assert Choir.here == {"berta"}
    assert json.loads((folder / "a.json").read_text())["voice"] == "choir:berta"


@pytest.mark.parametrize("command", ["preview", "say", "play", "batch"])
def test_yes_is_an_option_of_all_that_speak(
    command: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the voice is the one that is spoken with."""
    arguments = {
        "preview": ("ruhe.yaml", *FRAME[:4], "-o", "a.wav"),
        "say": ("Ruhig.", "--language", "de", "-o", "a.wav"),
        "play": ("ruhe.yaml", *FRAME[:4], "--device", "nothing-like-it"),
        "batch": ("ruhe.yaml", "-o", "made"),
    }[command]
    monkeypatch.setattr("voiceguide.batch.running.run", lambda *_, **__: None)
    run(command, *arguments, "--yes")
    assert Choir.here == {"berta"}


@pytest.mark.parametrize(
    ("variable", "config"), [("VOICEGUIDE_RENDER_YES", ""), ("", "[render]\nyes = true\n")], ids=["variable", "config"]
)
def test_yes_may_be_said_for_good(
    variable: str, config: str, run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By render's variable or the config file, for the other commands too."""
    if variable:
        monkeypatch.setenv(variable, "1")
    (folder / "config.toml").write_text(config)
    monkeypatch.setenv("VOICEGUIDE_CONFIG", str(folder / "config.toml"))
    assert run("preview", "ruhe.yaml", *FRAME[:4], "-o", "a.wav").code == 0
    assert Choir.here == {"berta"}


def test_it_is_asked_once(run: Callable[..., Result], terminal: Callable[..., None]) -> None:
    """A no is remembered, the robot is told of; `voices get` brings the voice all the same."""
    terminal("n")
    result = run("preview", "ruhe.yaml", *FRAME[:4], "-o", "a.wav")
    assert "licence CC0-1.0. Get it now? [Y/n]" in result.err
    assert NOTE in result.err
    terminal()  # nobody answers
    result = run("preview", "ruhe.yaml", *FRAME[:4], "-o", "b.wav")
    assert (result.code, "Get it now?" in result.err, NOTE in result.err) == (0, False, True)
    assert run("voices", "get", "choir:berta").code == 0
    assert Choir.here == {"berta"}


def test_enter_is_a_yes(run: Callable[..., Result], terminal: Callable[..., None]) -> None:
    """The voice is downloaded, and speaks."""
    terminal("")
    assert run("preview", "ruhe.yaml", *FRAME[:4], "-o", "a.wav").code == 0
    assert Choir.here == {"berta"}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such terminals")
def test_a_real_terminal_is_asked(tmp_path: Path, folder: Path) -> None:
    """The question stands on it, and what is typed is the answer; the result alone goes to stdout."""
    import pty

    engines.install(tmp_path, Choir, Robot)
    paths = (str(tmp_path), str(Path(__file__).parents[1]), *os.environ.get("PYTHONPATH", "").split(os.pathsep))
    outer, inner = pty.openpty()
    asked = [sys.executable, "-m", "voiceguide", "say", "Ruhig.", "--language", "de", "-o", "a.wav"]
    started = subprocess.Popen(
        asked,
        stdin=inner,
        stdout=subprocess.PIPE,
        stderr=inner,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    os.close(inner)
    os.write(outer, b"y\n")
    shown = "".join(_shown(outer))
    result, _ = started.communicate(timeout=120)
    assert (started.returncode, result) == (0, b"a.wav\n"), shown
    assert "licence CC0-1.0. Get it now? [Y/n]" in shown
    assert "robot" not in shown


def _shown(terminal: int) -> Iterator[str]:
    """What a terminal shows, until nobody writes on it any more."""
    with contextlib.suppress(OSError):
        while read := os.read(terminal, 10_000):
            yield read.decode(errors="replace")
    os.close(terminal)


def test_who_is_quiet_is_not_asked(run: Callable[..., Result], terminal: Callable[..., None]) -> None:
    """And gets the robot."""
    terminal("")
    assert run("-q", "preview", "ruhe.yaml", *FRAME[:4], "-o", "a.wav").err == ""
    assert not Choir.here


def test_leaving_at_the_question_makes_nothing(run: Callable[..., Result], terminal: Callable[..., None]) -> None:
    """The end of what is typed is Ctrl-D."""
    terminal()
    assert run("preview", "ruhe.yaml", *FRAME[:4], "-o", "a.wav").code == 130


@pytest.mark.parametrize("voice", ["choir:bruno", "choir", "female"])
def test_a_voice_that_was_named_and_is_not_here(
    voice: str, refused: Callable[..., str], run: Callable[..., Result], terminal: Callable[..., None]
) -> None:
    """Is refused with the line that brings it, by what plans too. At a terminal it is asked about each time."""
    asked = ("preview", "ruhe.yaml", *FRAME[:4], "-o", "a.wav", "--voice", voice)
    who = "bruno" if voice == "choir:bruno" else "berta"
    for arguments in (asked, ("plan", "ruhe.yaml", "--voice", voice)):
        assert f"voiceguide voices get choir:{who}" in refused(*arguments, code=4)
    for _ in range(2):
        terminal("n")
        assert "Get it now?" in refused(*asked, code=4)
    terminal("y")
    assert run(*asked).code == 0
    assert Choir.here == {who}


@pytest.mark.parametrize("voice", [(), ("--voice", "choir:berta")], ids=["agreed", "named"])
def test_without_a_connection(
    voice: tuple[str, ...], refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """Who agreed to a voice gets no other in silence: exit 4, and nothing is written."""
    monkeypatch.setattr(Choir, "reachable", False)
    before = {*folder.iterdir()}
    assert "there is no connection" in refused("render", "ruhe.yaml", "-o", "a.wav", "--yes", *voice, code=4)
    assert {*folder.iterdir()} == before


def test_faults_come_before_a_download(refused: Callable[..., str]) -> None:
    """An output that cannot be, a choice or a language that is none."""
    for wrong in (
        ("render", "ruhe.yaml", "-o", "ruhe.yaml"),
        ("render", "ruhe.yaml", "-o", "nowhere/a.mp3"),
        ("render", "ruhe.yaml", "--pace", "1"),
        ("render", "ruhe.yaml", "--language", "xx"),
        ("say", "Ruhig.", "--language", "de", "-o", "a.txt"),
        ("preview", "ruhe.yaml", "-o", "nowhere/a.mp3"),
        ("batch", "ruhe.yaml", "--voice", "nobody", "-o", "made"),
    ):
        refused(*wrong, "--yes")
        assert not Choir.here, wrong


def test_a_batch_asks_before_it_makes_anything(
    run: Callable[..., Result], terminal: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a voice, whatever paces it is wanted at; a robot is told of once."""
    made: list[str] = []
    monkeypatch.setattr("voiceguide.batch.running.run", lambda jobs, *_, **__: made.extend(job.voice for job in jobs))
    asked = ("batch", "ruhe.yaml", "--pace", "120,130", *FRAME, "-o", "made")
    terminal("n")
    result = run(*asked)
    assert (result.err.count("Get it now?"), result.err.count(NOTE)) == (1, 1)
    assert made == ["robot:hans"] * 2
    made.clear()
    assert "robot" not in run(*asked, "--yes").err
    assert made == ["choir:berta"] * 2
    made.clear()
    run(*asked, "--voice", "male", "--yes")
    assert made == ["choir:bruno"] * 2


def test_voices_by_language(run: Callable[..., Result]) -> None:
    """The best first, natural before robotic, with who they are and what brings them; others are not shown."""
    listed = run("voices", "--language", "de", "--json").json
    assert [voice["id"] for voice in listed] == ["choir:berta", "choir:bruno", "robot:hans"]
    men = run("voices", "--gender", "male", "--language", "es", "--json").json
    assert [voice["id"] for voice in men] == ["robot:juan"]
    lines = run("voices", "--language", "de").out.splitlines()
    assert lines[0] == "Natural"
    assert lines[1].split() == ["choir:berta", "de-DE", "woman", "63", "MB:", *GETS.split(), "CC0-1.0"]
    assert lines[4].split() == ["robot:hans", "de", "man", "ready", "MIT"]
    assert "No voice for German is known here. Did you mean" in run("voices", "--language", "German").err


def test_many_robots_stand_in_one_line(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless all are asked for, or those of a language."""
    from voiceguide.voices import VoiceInfo

    many = tuple(VoiceInfo(f"v{n}", (language,), "MIT") for n in range(50) for language in ("de", "sv"))
    monkeypatch.setattr(Robot, "voices", lambda _self: many)
    (line,) = (line for line in run("voices").out.splitlines() if "robot" in line)
    assert line.split()[:4] == ["robot", "2", "languages", "-"]
    assert "100 voices, ready; each: voiceguide voices --all" in line
    for narrowed, lines in ((["--all"], 100), (["--language", "sv"], 50)):
        assert run("voices", *narrowed).out.count("robot:v") == lines


def test_get_and_remove(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """Size and licence first; the voice's id, then the paths, are the result; what is there already is said."""
    result = run("voices", "get", "choir:eva")
    assert (result.code, result.out) == (0, "choir:eva\n")
    assert result.err.startswith("choir:eva, es, woman: 63 MB to download, CC0-1.0\nGetting ...\n")
    result = run("voices", "get", "choir:eva")
    assert (result.code, result.out) == (0, "choir:eva\n")
    assert result.err == "choir:eva is here already.\nHear it: voiceguide say --voice choir:eva -o eva.mp3\n"
    result = run("voices", "remove", "choir:eva")
    assert (result.out, result.err) == ("voices/eva.bin\n", "Not here any more: choir:eva.\n")
    assert "Nothing was removed" in run("voices", "remove", "choir:eva").err
    assert 'Did you mean "eva"?' in refused("voices", "get", "choir:evaa")
    assert "VOICE: expected one voice" in refused("voices", "get", "choir")
    assert 'Did you mean "get"?' in refused("voices", "gett", "choir:eva")
    assert 'VOICE: "robot:hans" is no voice that is downloaded' in refused("voices", "remove", "robot:hans")
