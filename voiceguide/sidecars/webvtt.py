"""WebVTT, as the W3C has it: a signature, and cues whose texts hold no markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from voiceguide.durations import timecode

if TYPE_CHECKING:
    from collections.abc import Iterable


def document(cues: Iterable[tuple[float, float, str]]) -> str:
    """Return a file of (start, end, text) cues in seconds; a text's lines are parted by newlines and none is empty."""
    blocks = (
        f"{timecode(start)} --> {timecode(end)}\n{escape(text, quote=False)}\n"  # few readers undo a quote's escape
        for start, end, text in cues
    )
    return "\n".join(("WEBVTT\n", *blocks))
