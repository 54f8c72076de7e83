"""Nothing that is printed commands a terminal, whatever names, texts and options it is made of."""

from __future__ import annotations

import ast
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.text.lines import escaped, visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result

HOSTILE = "a\x1b]0;x\x07\r\b\x1b[2J\x85\x9b\u202e\u2066\u2028\u2029b"
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
CLI = Path(__file__).parents[2] / "voiceguide" / "cli"


def test_signs_are_shown() -> None:
    """What a terminal obeys is shown as an escape; letters, line ends and tabs stay."""
    assert visible("\x1b[1m\x85\u202e\udcff\ud800 Größe\n\tस्") == "\\x1b[1m\\x85\\u202e\\xff\\ud800 Größe\n\tस्"
    assert visible("a\nb", line=True) == "a\\nb"


def test_json_keeps_what_it_means() -> None:
    """In JSON the same signs are JSON's own escapes, so that the values are what they were."""
    value = {HOSTILE: [HOSTILE + "\udcff"]}
    text = escaped(json.dumps(value, ensure_ascii=False, indent=1))
    assert not COMMANDS.search(text)
    assert json.loads(text) == value


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "--routines", "X"],
        ["list", "--routines", "."],
        ["list", "--tag", "X"],
        ["check", "X.yaml"],
        ["check", "X.yaml", "--json"],
        ["show", "X.yaml", "--voice", "tone"],
        ["plan", "X.yaml", "--voice", "tone", "--json"],
        ["plan", "small.yaml", "--voice", "X"],
        ["render", "small.yaml", "--length", "X"],
        ["feed", ".", "--url", "X"],
        ["measure", "X.wav"],
        ["player", "X.mp3"],
        ["import", "X.yaml"],
        ["batch", "X", "-o", "out"],
        ["X"],
        ["list", "--X"],
        ["--debug", "show", "X"],
        ["cache", "X"],
        ["schema", "-o", "X.json"],
    ],
    ids=" ".join,
)
def test_no_command_lets_one_through(arguments: list[str], folder: Path, run: Callable[..., Result]) -> None:
    """Files' names, options' values and what is mistyped, in results, remarks, faults and the words of click."""
    (folder / f"{HOSTILE}.yaml").write_bytes((folder / "small.yaml").read_bytes() + b"unknown: 1\n")
    result = run(*(argument.replace("X", HOSTILE) for argument in arguments))
    assert "this is a bug" not in result.err
    assert result.out + result.err != ""
    assert not COMMANDS.search(result.out + result.err)


def test_a_result_is_a_line(folder: Path, run: Callable[..., Result]) -> None:
    """The path that was written is one line, however its folder is called."""
    if os.name == "nt":
        pytest.skip("no such names there")
    (folder / "a\nb").mkdir()
    assert run("schema", "-o", "a\nb/s.json").out == "a\\nb/s.json\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "X.yaml"],
        ["list", "--routines", "."],
        ["measure", "X.wav"],
        ["card", "X/s.mp3"],
        ["import", "X.html"],
        ["plan", "small.yaml", "--bed=X.wav"],
    ],
    ids=" ".join,
)
def test_no_name_writes_a_line_of_its_own(arguments: list[str], folder: Path, run: Callable[..., Result]) -> None:
    """Such as `ok`, or another error's."""
    if os.name == "nt":
        pytest.skip("no such names there")
    (folder / "a\nForged: b.yaml").write_text("title: T\nunknown: 1\n")
    result = run(*(argument.replace("X", "a\nForged: b") for argument in arguments))
    assert "a\\nForged: b" in result.out + result.err
    assert not re.search("^Forged", result.out + result.err, re.MULTILINE)


def test_nothing_else_prints() -> None:
    """Only `printing` writes to a stream, asks, or opens what does; the rest of the program prints nothing at all."""
    allowed = {"printing.py", "streams.py"}
    for path in sorted(CLI.parent.rglob("*.py")):
        if path.parent == CLI and path.name in allowed:
            continue
        text = path.read_text("utf-8")
        if not re.search(r"\bprint|click\.|sys\.std|Console", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = ast.unparse(node.func)
                assert called not in {"print", "click.echo", "click.secho", "click.prompt", "click.confirm"}, path
                assert not re.fullmatch(r"sys\.std(out|err)\.(write|writelines)|traceback\.print_\w+", called), path
            if path.parent == CLI and isinstance(node, ast.ImportFrom):
                assert (node.module, node.names[0].name) != ("rich.console", "Console"), path
