"""Write what the pages in docs/ show of the program: `python scripts/make_docs.py`, in the project's environment.

Some things of a page are made, the rest is its author's:

- What follows `$ voiceguide …` in a ```console block is what the command prints. A ```yaml block with a file's name
  after `yaml` is that file, for the commands below it. Words after `console` keep the paragraphs that start with them,
  as "console Long strokes / Closing".
- In a table below `<!-- messages -->`, the last column is what `check` says of the line before it; below
  `<!-- spoken -->` it is how the text before it is said.
- Between `<!-- commands -->` and `<!-- /commands -->` stands the help of every command, and between `<!-- api -->` and
  `<!-- /api -->` the signature and the docstring of everything that Python may import from the package itself.

The plans are the default voice's estimates alone, so that every machine writes the same page. A test holds the pages
against the program.
"""

from __future__ import annotations

import inspect
import os
import re
import shlex
import sys
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import click

# This folder has a voiceguide.py of its own, which would be imported in the package's place.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

import voiceguide
from voiceguide import cli
from voiceguide.cli.options import ABOUT_SESSIONS
from voiceguide.lint import findings
from voiceguide.routine.reading import from_dict
from voiceguide.text.normalise import spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CHECKOUT = Path(__file__).parents[1]
PAGES = ("docs/routine-format.md", "docs/interface.md", "docs/api.md")

_BLOCK = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MESSAGES = re.compile(r"(?<=<!-- messages -->\n)(?:\|[^\n]*\n)+")
_SPOKEN = re.compile(r"(?<=<!-- spoken -->\n)(?:\|[^\n]*\n)+")
_COMMANDS = re.compile(r"(?<=<!-- commands -->\n).*?(?=<!-- /commands -->)", re.DOTALL)
_API = re.compile(r"(?<=<!-- api -->\n).*?(?=<!-- /api -->)", re.DOTALL)

_HEAD = {"title": "Example", "summary": "An example.", "safety": "{do_not_start: [a fever]}"}
_STEP = {"name": "Strokes", "say": "Glide.", "duration": "1m"}
_STEPS = "[{name: Strokes, say: Glide., duration: 1m}]"
_WHERE = {
    "routine": (_HEAD | {"steps": _STEPS}, ""),
    "step": (_STEP, "    "),
    "step without a duration": ({"name": "Strokes", "say": "Glide."}, "    "),
    "step with a hold": (_STEP | {"hold": "{press: 5s}"}, "    "),
    "hold": ({"press": "5s"}, "      "),
    "cue": ({"at": "50%", "say": "Slowly."}, "        "),
    "group": ({"name": "One leg", "sides": "[left, right]", "steps": "[{name: Calf, duration: 1m}]"}, "    "),
    "group's step": ({"name": "Calf", "duration": "1m"}, "        "),
    "safety": ({}, "  "),
}
"""The lines that stand around one that is to be judged, by the place it stands in, and its indentation."""
_AROUND = {
    "hold": "  - name: Thumbs\n    duration: 1m\n    hold:\n",
    "cue": "  - name: Strokes\n    say: Glide.\n    duration: 1m\n    cues:\n      -\n",
    "group's step": "  - name: One leg\n    sides: [left, right]\n    steps:\n      -\n",
}


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    rest: str
    """What stands behind the language: a file's name, or what to keep of an output."""
    body: str
    line: int
    """Of its first line in the page, from 1."""


def blocks(page: str) -> tuple[Block, ...]:
    """Return a page's fenced blocks in order."""
    found = []
    for block in _BLOCK.finditer(page):
        language, _, rest = block[1].partition(" ")
        found.append(Block(language, rest, block[2], page.count("\n", 0, block.start(2)) + 1))
    return tuple(found)


def whole(body: str) -> str:
    """Return a whole routine of a block that may be steps, or lines for the top of a file."""
    if re.search(r"^title:", body, re.MULTILINE) and re.search(r"^steps:", body, re.MULTILINE):
        return body
    lines = [f"{key}: {value}\n" for key, value in _HEAD.items() if not re.search(rf"^{key}:", body, re.MULTILINE)]
    if re.match(r"(#[^\n]*\n)*- ", body):
        return "".join((*lines, "steps:\n", body))
    steps = "" if re.search(r"^steps:", body, re.MULTILINE) else f"steps: {_STEPS}\n"
    return "".join((*lines, body, steps))


def around(where: str, line: str) -> str:
    """Return a routine with one line in it, in place of the usual line with its key."""
    usual, indent = _WHERE[where]
    key = line.partition(":")[0]
    body = "".join(f"{indent}{k}: {v}\n" for k, v in usual.items() if k != key) + f"{indent}{line}\n"
    if where == "routine":
        return body
    head = "".join(f"{k}: {v}\n" for k, v in _HEAD.items() if k != where)
    if where == "safety":
        return f"{head}safety:\n{body}steps: {_STEPS}\n"
    opening = _AROUND.get(where, "  -\n")
    return f"{head}steps:\n{opening}{body}"


def made(page: str) -> str:
    """Return a page with everything in it that is made, made anew."""
    with TemporaryDirectory() as folder, _clean_environment(Path(folder)):
        page = _BLOCK.sub(lambda found: _renewed(found, Path(folder) / "files"), page)
        page = _MESSAGES.sub(lambda found: _judged(found[0], Path(folder)), page)
        page = _SPOKEN.sub(lambda found: _read_out(found[0]), page)
    page = _COMMANDS.sub(lambda _: f"\n{reference()}\n", page)
    return _API.sub(lambda _: f"\n{api()}\n", page)


@contextmanager
def _clean_environment(folder: Path) -> Iterator[None]:
    """Hide what the user has set and spoken, and make a folder for the files of a page."""
    kept = dict(os.environ)
    for name in kept:
        if name.startswith("VOICEGUIDE_"):
            del os.environ[name]
    os.environ |= {
        "VOICEGUIDE_CACHE": str(folder / "cache"),
        "VOICEGUIDE_CONFIG": str(folder / "empty.toml"),
        "NO_COLOR": "1",
    }
    (folder / "empty.toml").touch()
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
    with redirect_stdout(output), redirect_stderr(output), suppress(SystemExit):
        cli.main(shlex.split(command.removeprefix("$ voiceguide")))
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


def _judged(table: str, folder: Path) -> str:
    """Fill the last column of a table: what `check` says of each row's line in its place."""
    head, rows = _rows(table)
    for where, line in rows:
        head.append(f"| {where} | {line} | {_cell(said(where, line.strip('`'), folder))} |")
    return "".join(f"{row}\n" for row in head)


def _read_out(table: str) -> str:
    """Fill the last column of a table: how each row's text is said."""
    head, rows = _rows(table)
    head += [f"| {text} | {_cell(spoken(text, 'en'))} |" for text, _ in rows]
    return "".join(f"{row}\n" for row in head)


def _rows(table: str) -> tuple[list[str], list[list[str]]]:
    """A table's first two lines, and the first two cells of each row below them."""
    lines = table.splitlines()
    return lines[:2], [[cell.strip() for cell in line.split("|")[1:3]] for line in lines[2:]]


def said(where: str, line: str, folder: Path) -> str:
    """Return what is said of a line in its place, each finding's message after its level."""
    path = folder / "line.yaml"
    path.write_text(around(where, line), "utf-8")
    found = findings(path)
    return " / ".join(f"{'warning: ' * (fault.level == 'warning')}{fault.message}" for fault in found)


def _cell(text: str) -> str:
    """Return a text as a table's cell shows it letter by letter."""
    return re.sub(r"([|\\`*_<>])", r"\\\1", text)


def reference() -> str:
    """Return the help of every command as markdown: first what all of them take, then what sessions share."""
    context = click.Context(cli.cli)
    commands = {name: command for name in cli.COMMANDS if (command := cli.cli.get_command(context, name))}
    general = [param for param in cli.cli.params if param in commands[next(iter(cli.COMMANDS))].params]
    everywhere = {param.name for param in general}
    of_sessions = set.intersection(*({param.name for param in commands[name].params} for name in ABOUT_SESSIONS))
    choices = [param for param in commands[ABOUT_SESSIONS[0]].params if param.name in of_sessions - everywhere]
    parts = ["## Every command takes", _options(general)]
    parts += ["## The choices", f"{', '.join(f'`{name}`' for name in ABOUT_SESSIONS)} share them.", _options(choices)]
    parts += ["## The commands"]
    for name, command in commands.items():
        parts += _section(name, command, everywhere, of_sessions, shared=name in ABOUT_SESSIONS)
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(
    name: str, command: click.Command, everywhere: set[str | None], of_sessions: set[str | None], *, shared: bool
) -> Iterator[str]:
    """A command's usage, its help and its options, without the choices where it shares them; its own commands after."""
    arguments = [p.make_metavar(click.Context(command)) for p in command.params if isinstance(p, click.Argument)]
    yield f"### `voiceguide {' '.join((name, *arguments))}`"
    yield "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    without = everywhere | of_sessions if shared else everywhere
    if shared:
        yield "It takes [the choices](#the-choices) too."
    yield _options([param for param in command.params if param.name not in without])
    if isinstance(command, click.Group):
        for inner_name, inner in command.commands.items():
            chooses = "gate" in {param.name for param in inner.params}  # which lengths is said otherwise there
            yield from _section(f"{name} {inner_name}", inner, everywhere, of_sessions - {"length"}, shared=chooses)


def _options(params: Iterable[click.Parameter]) -> str:
    """A table of options as their help tells them; "" for none."""
    options = (param for param in params if isinstance(param, click.Option))
    records = [option.get_help_record(click.Context(click.Command("help"))) for option in options]
    rows = [f"| `{_piped(written)}` | {_piped(told)} |" for written, told in filter(None, records)]
    return "\n".join(("| option | what it does |", "|---|---|", *rows)) if rows else ""


def api() -> str:
    """Return what the package offers as markdown: functions first, then what they take and raise."""
    offered = {name: getattr(voiceguide, name) for name in voiceguide.__all__}
    functions = {name: each for name, each in offered.items() if inspect.isfunction(each)}
    parts = [_offered(name, each, _signature(name, each)) for name, each in functions.items()]
    for name, each in offered.items():
        if name not in functions:
            parts.append(_offered(name, each, f"class {name}"))
    parts.append(_offered("Routine.from_dict", from_dict, _signature("Routine.from_dict", from_dict)))
    return "\n\n".join(parts) + "\n"


def _signature(name: str, function: Callable[..., object]) -> str:
    """A function's signature, a parameter a line where it is long."""
    signature = inspect.signature(function)
    short = f"{name}{signature}".replace("'", "")
    if len(short) <= 100:
        return short
    lines, starred = [], False
    for parameter in signature.parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            lines.append("    *,")
            starred = True
        lines.append(
            f"    {parameter},".replace("'", "")
            if parameter.default in ("", inspect.Parameter.empty)
            else f"    {parameter.name}: {parameter.annotation} = {parameter.default!r},"
        )
    returns = str(signature.return_annotation)
    return "\n".join((f"{name}(", *lines, f") -> {returns}"))


def _offered(name: str, thing: object, signature: str) -> str:
    """A section of the page: a heading, the signature, and the docstring with its examples as code."""
    text, _, examples = (inspect.getdoc(thing) or "").partition("Examples:")
    parts = [f"## `{name}`", f"```python\n{signature}\n```", text.strip()]
    if examples.strip():
        parts.append(f"```pycon\n{inspect.cleandoc(examples)}\n```")
    return "\n\n".join(parts)


def _piped(text: str) -> str:
    return text.replace("|", r"\|")


def main() -> None:
    """Renew every page."""
    for name in PAGES:
        page = CHECKOUT / name
        page.write_text(made(page.read_text("utf-8")), "utf-8", newline="\n")
        print(page)


if __name__ == "__main__":
    main()
