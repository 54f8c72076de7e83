"""Telling: a session as the API has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voiceguide.studio.answers import time_told

if TYPE_CHECKING:
    from voiceguide.studio.sessions import Entry


def told(entry: Entry, phone: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a session as JSON's values, but for its fault; `phone` is where a phone finds it."""
    facts, making, stream = entry.facts, entry.making, entry.stream
    address = f"/api/sessions/{facts.id}"
    names = ("id", "title", "summary", "audience", "language", "voice", "setup", "bed", "length", "duration")
    certain = facts.duration if facts.behind else stream.made.unfolding.certain if stream else 0.0
    size = stream.size if stream else None
    share = 1.0 if facts.behind else stream.there / stream.size if stream else 0.0
    stage = making.stage if making else None
    is_spoken = stream is not None and certain >= facts.duration
    return {
        **{name: getattr(facts, name) for name in names},
        "routine": facts.wish.routine,
        "choices": dict(facts.wish.choices),
        "state": entry.state,
        "stage": None if not making else "encoding" if is_spoken else "speaking",
        "done": stage.done if stage else None,
        "total": stage.total if stage else None,
        "share": round(share, 4),
        "bytes": size,
        "certain": round(certain, 3),
        "begun": time_told(facts.begun),
        "heard": facts.heard,
        "position": facts.position,
        "kept": facts.kept,
        "phone": phone,
        "sound": f"{address}/session.mp3",
        "cover": f"{address}/cover.png",
    }
