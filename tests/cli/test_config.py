"""Where an option's value comes from: the command line, then a variable, then the config file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from commands_for_tests import QUICK

from voiceguide.cli import COMMANDS, cli
from voiceguide.cli.config import defaults
from voiceguide.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result


@pytest.fixture
def config(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes the config file."""
    path = tmp_path / "mine.toml"
    monkeypatch.setenv("VOICEGUIDE_CONFIG", str(path))

    def write(text: str) -> Path:
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.fixture
def planned(run: Callable[..., Result]) -> Callable[..., dict[str, object]]:
    """A function that plans the small routine and returns the timeline."""

    def planned(*arguments: str) -> dict[str, object]:
        result = run("plan", "small.yaml", "--json", *arguments)
        assert result.code == 0, result.err
        timeline: dict[str, object] = result.json
        return timeline

    return planned


def test_the_nearer_wins(
    config: Callable[[str], Path], planned: Callable[..., dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Command line over variable over config file over default."""
    config("")
    monkeypatch.setenv("VOICEGUIDE_RENDER_VOICE", "tone")
    assert planned()["pace"] == 135
    config("[render]\npace = 150\n")
    assert planned()["pace"] == 150
    monkeypatch.setenv("VOICEGUIDE_RENDER_PACE", "120")
    assert planned()["pace"] == 120
    assert planned("--pace", "110")["pace"] == 110


def test_a_command_about_sessions_may_differ(
    config: Callable[[str], Path], planned: Callable[..., dict[str, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What holds for render holds for plan and show, unless they are told otherwise."""
    config('[render]\nvoice = "tone"\nlength = "full"\n')
    assert planned()["length"] == "full"
    config('[render]\nvoice = "tone"\nlength = "full"\n[plan]\nlength = "4m"\n')
    assert planned()["length"] == "4m"
    monkeypatch.setenv("VOICEGUIDE_RENDER_LENGTH", "5m")
    monkeypatch.setenv("VOICEGUIDE_PLAN_LENGTH", "6m")
    assert planned()["length"] == "6m"


def test_every_choice_by_variable(planned: Callable[..., dict[str, object]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Flags, texts and repeatable options all have their variable."""
    values = {
        "LENGTH": "4m",
        "VOICE": "tone",
        "TALK": "calm",
        "SETUP": "seated",
        "WITHOUT": "First strokes",
        "SKIP_SAFETY": "1",
        "NO_OPENING": "true",
        "NO_CLOSING": "yes",
        "LINGER": "5s",
        "BED": "none",
        "LANGUAGE": "en",
        "GATE": "full",
        "CHIME_LEVEL": "-6",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"VOICEGUIDE_RENDER_{name}", value)
    timeline = planned()
    assert (timeline["length"], timeline["talk"], timeline["setup"]) == ("4m", "calm", "seated")
    assert timeline["choices"] == {
        "gate": "full",
        "chime_level": -6.0,
        "safety": False,
        "opening": False,
        "closing": False,
        "without": ["First strokes"],
        "linger": 5.0,
    }


def test_several_steps_in_one_variable(
    planned: Callable[..., dict[str, object]], monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    """Steps' names have spaces: several stand between semicolons."""
    monkeypatch.setenv("VOICEGUIDE_RENDER_VOICE", "tone")
    monkeypatch.setenv("VOICEGUIDE_RENDER_WITHOUT", " First strokes ; ")
    assert planned()["choices"]["without"] == ["First strokes"]  # type: ignore[index]
    monkeypatch.setenv("VOICEGUIDE_RENDER_WITHOUT", "First strokes; 2")
    assert "nothing is left" in run("plan", "small.yaml").err


def test_render_by_variable(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Render's own options have theirs too."""
    monkeypatch.setenv("VOICEGUIDE_RENDER_OUTPUT", "by-variable.wav")
    monkeypatch.setenv("VOICEGUIDE_RENDER_TIMELINE", "by-variable.json")
    result = run("render", "small.yaml", *QUICK, "--bed", "none")
    assert result.out == "by-variable.wav\n"
    assert Path("by-variable.json").is_file()
    assert run("render", "small.yaml", *QUICK, "--bed", "none").code == 2
    monkeypatch.setenv("VOICEGUIDE_RENDER_OVERWRITE", "1")
    assert run("render", "small.yaml", *QUICK, "--bed", "none").code == 0


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('without = "First strokes"', {"without": ["First strokes"]}),
        ('without = ["First strokes"]', {"without": ["First strokes"]}),
        ("without = 1", {"without": ["1"]}),
        ("skip-safety = true", {"safety": False}),
        ("skip_safety = true", {"safety": False}),
        ("no-opening = true", {"opening": False}),
        ('linger = "1m"', {"linger": 60.0}),
    ],
)
def test_config_values(
    written: str,
    expected: dict[str, object],
    config: Callable[[str], Path],
    planned: Callable[..., dict[str, object]],
) -> None:
    """An option in the file is written as on the command line, one value or a list where several may stand."""
    config(f'[render]\nvoice = "tone"\n{written}\n')
    assert expected.items() <= planned()["choices"].items()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[render]\nvoic = 'tone'", '"voice"'),
        ("[render]\nskip-safty = true", '"skip-safety"'),
        ("[rendr]\nvoice = 'tone'", 'got [rendr]. Did you mean "render"?'),
        ("render = 5", "[render]"),
        ("this is not TOML", "TOML"),
        ('[render]\n"a\\nb" = 1', "got a\\nb."),
        ('["a\\nb"]\nc = 1', "got [a\\nb]."),
        ('[render]\nvoice = "a\\nb"', "got a\\nb:"),
        ("[render]\npace = 'fast'", "pace"),
        ("[render]\nlength = 'shrot'", '"short"'),
    ],
)
def test_config_faults(text: str, words: str, config: Callable[[str], Path], refused: Callable[..., str]) -> None:
    """What is wrong in the file is told, with what may be meant."""
    path = config(text)
    message = refused("plan", "small.yaml", "--voice", "tone")
    assert words in message
    assert str(path) in message or words in {"pace", '"short"'}


def test_a_config_file_that_is_not_there(
    refused: Callable[..., str], run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    """One that a variable names must be there, and a text; the usual one need not."""
    monkeypatch.setenv("VOICEGUIDE_CONFIG", "/nowhere/config.toml")
    assert "/nowhere/config.toml" in refused("list")
    (home / "latin.toml").write_bytes("# für mich".encode("latin-1"))
    for unreadable in (home, home / "latin.toml"):
        monkeypatch.setenv("VOICEGUIDE_CONFIG", str(unreadable))
        told = refused("list")
        assert f"{unreadable}: " in told
        assert "Errno" not in told
        assert "codec" not in told
    monkeypatch.delenv("VOICEGUIDE_CONFIG")
    assert run("list").code == 0


@pytest.mark.skipif(os.name == "nt" or not os.environ.get("HOME"), reason="where it is differs there")
def test_the_usual_config_file(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without the variable it is in the user's own folder for settings."""
    monkeypatch.delenv("VOICEGUIDE_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    from platformdirs import user_config_path

    path = user_config_path("voiceguide", appauthor=False) / "config.toml"
    if tmp_path not in path.parents:
        pytest.skip("this system has no XDG_CONFIG_HOME")
    path.parent.mkdir(parents=True)
    path.write_text("[render]\nvoice = 'tone'\npace = 100\n")
    assert run("plan", "small.yaml", "--json").json["pace"] == 100


def test_options_go_by_their_long_names(config: Callable[[str], Path], run: Callable[..., Result]) -> None:
    """As they are typed, whatever the program calls them."""
    config("[list]\njson = true\n")
    assert isinstance(run("list").json, list)


_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\udc80-\udcff]")
_VALUES = ("[]", "[[]]", "{}", "{a = 1}", "true", "1e400", "nan", "0x" + "f" * 5000, "2024-01-01", "[1, 2024-01-01]")
_VALUES += ("1", "1.5", '"x"', '""', '"\\u001b]0;x\\u0007"', '"\\u202e"', '"a\\nb"', '["x", true]', '["\\u0085"]')


def test_any_value_works_or_is_told(config: Callable[[str], Path]) -> None:
    """Whatever TOML has, in options of every command: what cannot be taken is one message that names the option."""
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command
        options = [param for param in command.params if isinstance(param, click.Option)]
        for option in {(option.is_flag, option.multiple): option for option in options}.values():  # one of each kind
            for value in _VALUES:
                written = max(option.opts, key=len).removeprefix("--")
                config(f"[{name}]\n{written} = {value}\n")
                try:
                    taken = defaults(COMMANDS, lambda name: cli.get_command(context, name) or pytest.fail(name))
                except UsageError as error:
                    assert f"[{name}] {written}: expected " in error.text, (value, error)
                else:
                    assert not _HIDDEN.search(json.dumps(taken[name], ensure_ascii=False)), (option.name, value)


@pytest.mark.parametrize(
    "option", ["bed_level", "pace", "length", "voice", "bed", "language", "setup", "gate", "linger", "without"]
)
def test_any_value_of_a_choice_works_or_is_told(
    option: str, config: Callable[[str], Path], run: Callable[..., Result]
) -> None:
    """So it is where a session is planned by them."""
    for value in ("1", "-1", "1e400", "nan", '"x"', '""', str(2**63 - 1), '["x"]'):
        config(f"[render]\n{option} = {value}\n")
        told = run("plan", "small.yaml", *(("--voice", "tone") if option != "voice" else ()))
        assert told.code in {0, 2}, (value, told)
        assert not re.search("this is a bug|Traceback", told.err), (value, told)


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
@pytest.mark.parametrize("kind", ["endless", "pipe", "large", "deep", "long number"])
def test_a_config_file_that_is_none(
    kind: str, config: Callable[[str], Path], refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A device, a pipe and a large file are not read to their end; nesting and numbers have bounds."""
    path = config({"deep": "a = " + "[" * 5000, "long number": "a = " + "1" * 5000}.get(kind, ""))
    if kind == "endless":
        path = Path("/dev/zero")
        monkeypatch.setenv("VOICEGUIDE_CONFIG", str(path))
    elif kind == "pipe":
        path.unlink()
        os.mkfifo(path)
    elif kind == "large":
        os.truncate(path, 1 << 30)
    assert refused("list").startswith(f"Error: {path}: expected ")


@pytest.mark.parametrize("value", ["\x1b]0;x\x07", "a\udcff", "x" * 300, "-", "[]", "\u202e"])
def test_hostile_variables(value: str, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable's value ends in a message as the command line's does."""
    for option in ("BED", "BED_LEVEL", "LENGTH", "VOICE", "LANGUAGE", "SETUP", "GATE", "LINGER", "NO_OPENING"):
        monkeypatch.setenv(f"VOICEGUIDE_PLAN_{option}", value)
        told = run("plan", "small.yaml", "--quiet")
        assert (told.code, told.out) == (2, ""), (option, told)
        assert not re.search("this is a bug|Traceback", told.err), told
        assert not _HIDDEN.search(told.err), told
        monkeypatch.delenv(f"VOICEGUIDE_PLAN_{option}")
