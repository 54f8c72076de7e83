"""voiceguide: a massage routine and a few choices become one narrated audio session."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voiceguide.errors import RoutineError, UsageError, VoiceguideError
    from voiceguide.routine.model import Routine
    from voiceguide.session import load, plan, preview, render, say

__all__ = [
    "Routine",
    "RoutineError",
    "UsageError",
    "VoiceguideError",
    "load",
    "plan",
    "preview",
    "render",
    "say",
]

_ROOMS = {"Routine": "voiceguide.routine.model"} | dict.fromkeys(
    ("RoutineError", "UsageError", "VoiceguideError"), "voiceguide.errors"
)


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used, so that `--help` stays light."""
    if name in __all__:
        return getattr(import_module(_ROOMS.get(name, "voiceguide.session")), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
