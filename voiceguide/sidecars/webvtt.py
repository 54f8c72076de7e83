"""WebVTT, as the W3C has it: a signature, and cues whose texts hold no markup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def document(cues: Iterable[tuple[float, float, str]]) -> str:
    """Return a file of (start, end, text) cues in seconds; a text's lines are parted by newlines and none is empty."""
    blocks = (
        f"{clock(start)} --> {clock(end)}\n{escape(text, quote=False)}\n"  # few readers undo a quote's escape
        for start, end, text in cues
    )
    return "\n".join(("WEBVTT\n", *blocks))


def clock(seconds: float, point: str = ".") -> str:
    """Return a time as `hh:mm:ss.mmm`."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, secs = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{secs:02}{point}{thousandths:03}"
