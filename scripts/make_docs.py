"""Write what the pages in docs/ show of the program: `python scripts/make_docs.py`, in the project's environment.

Three things of a page are made, the rest is its author's:

- What follows `$ voiceguide …` in a ```console block is what the command prints. A ```yaml block with a file's name
  after `yaml` is that file, for the commands below it. Words after `console` keep the paragraphs that start with them,
  as "console Long strokes / Closing".
- In a table below `<!-- messages -->`, the last column is what `check` says of the line before it.
- Between `<!-- commands -->` and `<!-- /commands -->` stands the help of every command.

The plans are the default voice's estimates alone, so that every machine writes the same page. A test holds the pages
against the program.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

# This folder has a voiceguide.py of its own, which would be imported in the package's place.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from voiceguide import cli
from voiceguide.lint import findings

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).parents[1]
PAGES = ("docs/routine-format.md", "docs/interface.md")

_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MESSAGES = re.compile(r"(?<=<!-- messages -->\n)(?:\|[^\n]*\n)+")
_COMMANDS = re.compile(r"(?<=<!-- commands -->\n).*?(?=<!-- /commands -->)", re.DOTALL)

_HEAD = {"title": "Example", "summary": "An example."}
_STEP = {"name": "Strokes", "say": "Glide.", "duration": "2m"}
_WHERE = {
    "routine": (_HEAD | {"steps": "[{name: Strokes, say: Glide., duration: 2m}]"}, ""),
    "step": (_STEP, "    "),
    "step without a duration": ({"name": "Strokes", "say": "Glide."}, "    "),
    "step with a hold": (_STEP | {"hold": "{press: 5s}"}, "    "),
    "hold": ({"press": "5s"}, "      "),
    "cue": ({"at": "50%"}, "        "),
    "group": ({"name": "One leg", "sides": "[left, right]", "steps": "[{name: Calf, duration: 2m}]"}, "    "),
    "group's step": ({"name": "Calf", "duration": "2m"}, "        "),
    "safety": ({}, "  "),
}
"""The lines that stand around one that is to be judged, by the place it stands in, and its indentation."""
_AROUND = {
    "hold": "  - name: Thumbs\n    duration: 2m\n    hold:\n",
    "cue": "  - name: Strokes\n    say: Glide.\n    duration: 2m\n    cues:\n      -\n",
    "group's step": "  - name: One leg\n    sides: [left, right]\n    steps:\n      -\n",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    language: str
    rest: str
    """What stands behind the language: a file's name, or what to keep of an output."""
    body: str
    line: int
    """Of its first line in the page, from 1."""


def blocks(page: str) -> tuple[Block, ...]:
    """Return a page's fenced blocks in order."""
    return tuple(
        Block(*f"{found[1]} ".split(" ", 1), found[2], page.count("\n", 0, found.start(2)) + 1)
        for found in _BLOCK.finditer(page)
    )


def whole(body: str) -> str:
    """Return a whole routine of a block that may be steps, or lines for the top of a file."""
    if re.search(r"^title:", body, re.MULTILINE) and re.search(r"^steps:", body, re.MULTILINE):
        return body
    lines = [f"{key}: {value}\n" for key, value in _HEAD.items() if not re.search(rf"^{key}:", body, re.MULTILINE)]
    if re.match(r"(#[^\n]*\n)*- ", body):
        return "".join((*lines, "steps:\n", body))
    steps = "" if re.search(r"^steps:", body, re.MULTILINE) else "steps: [{name: Strokes, say: Glide., duration: 2m}]\n"
    return "".join((*lines, body, steps))


def around(where: str, line: str) -> str:
    """Return a routine with one line in it, in place of the usual line with its key."""
    usual, indent = _WHERE[where]
    key = line.partition(":")[0]
    body = "".join(f"{indent}{k}: {v}\n" for k, v in usual.items() if k != key) + f"{indent}{line}\n"
    if where == "routine":
        return body
    head = "".join(f"{k}: {v}\n" for k, v in _HEAD.items())
    if where == "safety":
        return f"{head}safety:\n{body}steps: [{{name: Strokes, say: Glide., duration: 2m}}]\n"
    opening = _AROUND.get(where, "  -\n")
    return f"{head}steps:\n{opening}{body}"


def made(page: str) -> str:
    """Return a page with everything in it that is made, made anew."""
    with TemporaryDirectory() as folder, _clean_environment(Path(folder)):
        page = _BLOCK.sub(lambda found: _renewed(found, Path(folder) / "files"), page)
        page = _MESSAGES.sub(lambda found: _table(found[0], Path(folder)), page)
    return _COMMANDS.sub(lambda _: f"\n{reference()}\n", page)


@contextmanager
def _clean_environment(folder: Path) -> Iterator[None]:
    """Hide what the user has set and spoken, and make a folder for the files of a page."""
    kept = dict(os.environ)
    for name in kept:
        if name.startswith("VOICEGUIDE_"):
            del os.environ[name]
    os.environ |= {
        "VOICEGUIDE_CACHE": str(folder / "cache"),
        "VOICEGUIDE_CONFIG": str(folder / "none.toml"),
        "NO_COLOR": "1",
    }
    (folder / "files").mkdir()
    try:
        with chdir(folder / "files"):
            yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def _renewed(found: re.Match[str], folder: Path) -> str:
    """Write a block's file, or run its command."""
    language, _, rest = found[1].partition(" ")
    if language == "yaml" and rest:
        (folder / rest).write_text(whole(found[2]), "utf-8")
    if language != "console":
        return found[0]
    command = found[2].partition("\n")[0]
    return f"```{found[1]}\n{command}\n{_kept(printed(command), rest)}```"


def printed(command: str) -> str:
    """Return what a line `$ voiceguide …` prints here, errors too."""
    output = StringIO()
    with redirect_stdout(output), redirect_stderr(output):
        try:
            cli.main(shlex.split(command.removeprefix("$ voiceguide")))
        except SystemExit:
            pass
    return "".join(f"{line.rstrip()}\n" for line in output.getvalue().splitlines())


def _kept(output: str, wanted: str) -> str:
    """Keep the paragraphs that have one of the wanted words in their first line; … stands for what is left out."""
    if not wanted:
        return output
    kept: list[str] = []
    for paragraph in output.rstrip("\n").split("\n\n"):
        if any(words in paragraph.partition("\n")[0] for words in wanted.split(" / ")):
            kept.append(paragraph)
        elif kept[-1:] != ["…"]:
            kept.append("…")
    return "\n".join(kept) + "\n"


def _table(table: str, folder: Path) -> str:
    """Fill the last column of a table: what `check` says of each row's line."""
    rows = []
    for number, row in enumerate(table.splitlines()):
        where, line = (cell.strip() for cell in row.replace(r"\|", "¦").split("|")[1:3])
        if number > 1:
            row = f"| {where} | {line.replace('¦', chr(92) + '|')} | {_cell(said(where, line.strip('`'), folder))} |"
        rows.append(f"{row}\n")
    return "".join(rows)


def said(where: str, line: str, folder: Path) -> str:
    """Return what is said of a line in its place, each finding's message after its level."""
    path = folder / "line.yaml"
    path.write_text(around(where, line.replace("¦", "|")), "utf-8")
    found = findings(path)
    return " / ".join(f"{'warning: ' * (fault.level == 'warning')}{fault.message}" for fault in found)


def _cell(text: str) -> str:
    """Return a text as a table's cell shows it letter by letter."""
    return re.sub(r"([|\\`*_<>])", r"\\\1", text)


def reference() -> str:
    """Return the help of every command as markdown: what the session's commands share first."""
    commands = {name: _command(name) for name in cli.COMMANDS}
    sessions = [{param.name for param in commands[name].params} for name in ("show", "plan", "render")]
    shared = set.intersection(*sessions) - {"routine"}
    choices = [param for param in commands["show"].params if param.name in shared]
    parts = ["### The choices", "`show`, `plan` and `render` share them.", _options(choices), "### The commands"]
    parts += [_options([param for param in cli.cli.params if isinstance(param, click.Option)])]
    for name, command in commands.items():
        parts += _section(name, command, shared if name in ("show", "plan", "render") else set())
    return "\n\n".join(part for part in parts if part) + "\n"


def _command(name: str) -> click.Command:
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    return command


def _section(name: str, command: click.Command, shared: set[str | None]) -> Iterator[str]:
    """A command's usage, its help and its options; a group's commands after it."""
    arguments = [param.make_metavar(click.Context(command)) for param in command.params if isinstance(param, click.Argument)]
    usage = " ".join((name, *arguments, *(("…",) if isinstance(command, click.Group) else ())))
    yield f"#### `voiceguide {usage}`"
    yield "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    if shared:
        yield "And [the choices](#the-choices)."
    yield _options([p for p in command.params if isinstance(p, click.Option) and p.name not in shared])
    if isinstance(command, click.Group):
        for inner_name, inner in command.commands.items():
            yield from _section(f"{name} {inner_name}", inner, set())


def _options(options: list[click.Parameter]) -> str:
    rows = [option.get_help_record(click.Context(click.Command("help"))) for option in options]
    lines = [f"| `{written.replace('|', chr(92) + '|')}` | {told} |" for written, told in filter(None, rows)]
    return "\n".join(("| option | what it does |", "|---|---|", *lines)) if lines else ""


def main() -> None:
    """Renew every page."""
    for name in PAGES:
        page = CHECKOUT / name
        page.write_text(made(page.read_text("utf-8")), "utf-8", newline="\n")
        print(page)


if __name__ == "__main__":
    main()
