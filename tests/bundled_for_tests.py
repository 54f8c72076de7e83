"""The bundled routines: each is read once in a process; what tests are counted by stands in the index, unread."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from voiceguide.routine import finding
from voiceguide.session import load
from voiceguide.store.assets import routines_folder

if TYPE_CHECKING:
    from voiceguide.routine.model import Routine

_INDEX = json.loads((routines_folder() / finding.INDEX).read_text("utf-8"))
LANGUAGES: dict[str, tuple[str, ...]] = {entry["name"]: tuple(entry["languages"]) for entry in _INDEX}
"""Those that each is wholly there in, by its name. tests/catalogue holds the index to the files."""
NAMES = tuple(sorted(LANGUAGES))


@cache
def routine(name: str) -> Routine:
    """Return a bundled routine, or several with `+` between them."""
    return load(name)


def setups(name: str) -> tuple[str | None, ...]:
    """Return the setups that one can be chosen in; None where there is no choice."""
    return routine(name).setups or (None,)
