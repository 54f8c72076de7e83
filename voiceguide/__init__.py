"""voiceguide: a massage routine and a few choices become one narrated audio session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from voiceguide.errors import VoiceguideError
    from voiceguide.session import load, plan, render

__all__ = ["VoiceguideError", "load", "plan", "render"]


def __getattr__(name: str) -> Any:
    """Import a public name where it is first used, so that `--help` stays light."""
    if name == "VoiceguideError":
        from voiceguide.errors import VoiceguideError

        return VoiceguideError
    if name in {"load", "plan", "render"}:
        from voiceguide import session

        return getattr(session, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
