"""The routine that a command is about, and the folders it is looked for in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.routine.model import Routine

    F = TypeVar("F", bound=Callable[..., Any])


def routines_option(function: F) -> F:
    """Add --routines."""
    return click.option(
        "--routines",
        multiple=True,
        metavar="DIR",
        help="A folder with routines of your own; repeatable.",
    )(function)


def loaded(routine: str, folders: tuple[str, ...]) -> Routine:
    """Read the routine a user named, or join those with a `+` between them."""
    from voiceguide.routine import finding, joining

    return joining.load(routine, finding.folders(folders))
