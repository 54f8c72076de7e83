"""The house as docs/design.md has it: who may know whom, who speaks the command line, how large a room is."""

from __future__ import annotations

import ast
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import click
import pytest

from voiceguide import cli

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "voiceguide"
FILES = sorted(PACKAGE.rglob("*.py"))
DESIGN = (ROOT / "docs" / "design.md").read_text("utf-8")
LONGEST = 400
"""Lines of a file that is no table."""
MOST_PARAMETERS = 10
PUBLIC = {"plan", "render", "preview", "say"}
"""The functions that take every choice by its keyword."""


def module(path: Path) -> str:
    """A file's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in FILES}


@cache
def parsed(path: Path) -> ast.Module:
    """A file's tree."""
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """What a file imports of the package: wherever it does, for its types alone too."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in inner}
        elif (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("import_module")
            and isinstance(node.args[0], ast.Constant)
        ):
            found.add(str(node.args[0].value))
    return found & MODULES.keys()


def room(name: str) -> str:
    """The top-level folder or file that a module is in; the package's own face is `voiceguide`."""
    return name.split(".")[1] if "." in name else name


def floors() -> list[set[str]]:
    """The table in docs/design.md, the ground floor first."""
    table = DESIGN.partition("<!-- floors -->")[2].partition("<!-- /floors -->")[0]
    rows = re.findall(r"^\| (\d+) \| ([^|]+) \|", table, re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(len(rows), 0, -1))
    return [set(re.findall(r"`([\w.]+)`", rooms)) for _, rooms in reversed(rows)]


def test_every_room_stands_on_one_floor() -> None:
    """And the table names no other."""
    rooms = {room(name) for name in MODULES} - {"__main__"}
    stated = [name for floor in floors() for name in floor]
    assert sorted(stated) == sorted(rooms)


def test_a_room_imports_from_below_alone() -> None:
    """Also what it imports late, or for types only."""
    level = {name: number for number, floor in enumerate(floors()) for name in floor}
    upwards = [
        f"{module(path)} imports {name}"
        for path in FILES
        for name in imported(path)
        if room(module(path)) != "__main__"
        and room(name) != room(module(path))
        and level[room(name)] >= level[room(module(path))]
    ]
    assert not upwards


def test_no_files_import_each_other() -> None:
    """In a circle, however long."""
    graph = {module(path): imported(path) - {module(path)} for path in FILES}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " -> ".join((*above[above.index(name) :], name))
        if name not in done:
            for other in sorted(graph[name]):
                visit(other, (*above, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def _flags(command: click.Command) -> set[str]:
    held = command.commands.values() if isinstance(command, click.Group) else ()
    own = {flag for param in command.params for flag in (*param.opts, *param.secondary_opts) if flag.startswith("-")}
    return own.union(*map(_flags, held))


def test_only_the_face_names_the_options_of_the_command_line() -> None:
    """A room's message names the choice, which the face words: a caller from Python, or a form, has no options."""
    context = click.Context(cli.cli)
    commands = [cli.cli.get_command(context, name) for name in cli.COMMANDS]
    flags = {"-o", *(flag for command in commands if command for flag in _flags(command) if flag.startswith("--"))}
    after_dash = "|".join(re.escape(flag[1:]) for flag in sorted(flags, reverse=True))
    named = re.compile(rf"-(?<![\w-]-)(?:{after_dash})(?![\w-])")  # a letter first: ten times as fast
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in FILES
        if path.relative_to(PACKAGE).parts[0] not in ("cli", "__main__.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if named.search(line)
    ]
    assert not found


def test_no_file_is_long() -> None:
    """What grows past it holds two things."""
    code = [path for kind in ("*.py", "*.js", "*.css", "*.html") for path in PACKAGE.rglob(kind)]
    code += (ROOT / "scripts").rglob("*.py")
    long = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in code}
    assert not {name: lines for name, lines in long.items() if lines > LONGEST}


def test_no_function_takes_many_parameters() -> None:
    """The public ones take every choice; all others take them as one value."""
    many = []
    for path in FILES:
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                given = node.args
                names = [*given.posonlyargs, *given.args, *given.kwonlyargs]
                public = path.parent.name == "session" and path.name == "__init__.py" and node.name in PUBLIC
                if len(names) > MOST_PARAMETERS and not public:
                    many.append(f"{path.relative_to(ROOT)}: {node.name} takes {len(names)}")
    assert not many


@pytest.mark.parametrize("heading", ["## Rooms", "## Floors", "## Decisions"])
def test_the_design_has_its_parts(heading: str) -> None:
    """In this order."""
    assert heading in DESIGN
    at = [DESIGN.index(each) for each in ("## Rooms", "## Floors", "## Decisions")]
    assert all(before < after for before, after in pairwise(at))
