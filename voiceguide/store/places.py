"""The user's own folders: where this system keeps such things, or where a variable says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.errors import UsageError
from voiceguide.store import paths

if TYPE_CHECKING:
    from collections.abc import Callable


def folder(variable: str, usual: Callable[[], Path], *, what: str) -> Path:
    """Return the folder that a variable names, else the `usual` one; `what` it is for messages, as `the cache folder`.

    Raises UsageError for what is no folder's name, and where no home is known.
    """
    if named := os.environ.get(variable):
        try:
            found = Path(named).expanduser()
        except RuntimeError:  # ~ of somebody who is unknown here
            raise UsageError(f"{variable}: expected a folder, got {named}: nobody of that name is known") from None
        if fault := paths.fault(found):
            raise UsageError(f"{variable}: expected a folder, got {named}: {fault}")
        return found
    found = usual()
    if not found.is_absolute():
        raise UsageError(
            f"{what} would be {found}, from wherever the program is run: name a folder in {variable}, or set HOME to "
            "your own"
        )
    return found
