"""What a command prints. Nothing else here prints, so that no name, text or option's value commands a terminal.

Results go to stdout, all else to stderr. Signs that a terminal obeys are shown as escapes, in JSON as JSON's.
"""

from __future__ import annotations

import json
import re
import sys
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import click

from voiceguide.text.lines import escaped, takes, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from os import PathLike

    from rich.console import Console

_WHITE, _BLACK = 231, 16
"""Of the 256 colours, those that no theme changes."""
_HALVES = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
"""Two modules, the upper and the lower one, of which the light ones are drawn."""
_broken_names: list[str] = []
"""Parts of paths and of values, as they were given, that have a line end in them."""


class Bold(str):
    """A line in bold, where a terminal shows it."""

    __slots__ = ()


def result(text: str) -> None:
    """Print what was asked for; that it could not be printed is a failure."""
    shown = _shown(text)
    _print(click.style(shown, bold=True) if isinstance(text, Bold) else shown)


def document(value: Any) -> None:
    """Print what was asked for as JSON."""
    _print(as_json(value, indent=1))


def as_json(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON in which no sign commands a terminal."""
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))


def made(what: str | PathLike[str]) -> None:
    """Print, in one line, the path of what was made, or what was done: it is, also where it cannot be printed."""
    click.get_current_context().obj["made"] = True
    _print(visible(str(what), line=True))


def remark(text: str) -> None:
    """Print what is no result."""
    _print(_shown(text), err=True)


def modules(rows: Sequence[Sequence[bool]], *, columns: int) -> bool:
    """Draw the modules of a code on stderr, True dark and the others light; say whether there are columns enough.

    Two rows become one of half blocks, or a module two letters where the terminal has no such signs. In black and
    white, whatever the terminal's own colours are; without colours it is taken for a dark one.
    """
    blocks = takes("█▀▄", getattr(sys.stderr, "encoding", None) or "ascii")
    width = len(rows[0]) * (1 if blocks else 2)
    if width > columns:
        return False
    for line in _halved(rows) if blocks else ("".join("  " if dark else "##" for dark in row) for row in rows):
        _print(click.style(line, fg=_WHITE, bg=_BLACK), err=True)
    return True


def _halved(rows: Sequence[Sequence[bool]]) -> Iterator[str]:
    light = (False,) * len(rows[0])
    for upper, lower in zip_longest(rows[::2], rows[1::2], fillvalue=light):
        yield "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True))


def given(arguments: Iterable[str]) -> None:
    """Note what was asked for, so that no name in it writes a line of its own."""
    _broken_names[:] = sorted({part for said in arguments for part in re.split("[/=]", said) if "\n" in part.strip()})


def ask(question: str, *, default: str, **details: Any) -> Any:
    """Ask on stderr for a value; the default is what is shown as such."""
    default = visible(default)
    return click.prompt(visible(question), default=default, show_default=bool(default), err=True, **details)


def agreed(question: str, *, usually: bool = False) -> bool:
    """Ask on stderr whether something is so; `usually` is what Enter alone says."""
    return click.confirm(visible(question), default=usually, err=True)


def can_ask() -> bool:
    """Whether somebody sits there who can answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def console(*, err: bool = False, **details: Any) -> Console:
    """Return what draws on stdout or stderr; whoever draws makes texts `visible` first."""
    from rich.console import Console

    return Console(stderr=err, **details)


def is_watched(*, err: bool) -> bool:
    """Whether a terminal shows what is printed."""
    stream = sys.stderr if err else sys.stdout
    return stream is not None and stream.isatty()


def _shown(text: str) -> str:
    for name in _broken_names:
        text = text.replace(name, visible(name, line=True))
    return visible(text)


def _print(text: str, *, err: bool = False) -> None:
    # Named, as click would put a stream of its own over one whose letters are few.
    stream = sys.stderr if err else sys.stdout
    if stream is not None:
        click.echo(text, file=stream)
