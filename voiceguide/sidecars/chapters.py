"""A session's chapters for players beside the file's own: a WebVTT track, and JSON as podcast apps read it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from voiceguide.sidecars.webvtt import document
from voiceguide.text.lines import line

if TYPE_CHECKING:
    from voiceguide.timeline import Chapter, Timeline

VERSION = "1.2.0"
"""Of the JSON, which is served as application/json+chapters."""


def titles(timeline: Timeline) -> tuple[str, ...]:
    """Return a title for each chapter, no two the same.

    It is the timeline's own. Where two would read the same, those get their side, as in `Calf (left)`; where that is
    not enough, their group's name too, as in `Leg: Calf (left)`; and then a number.
    """
    shown = [line(chapter.title) for chapter in timeline.chapters]
    for more in (_with_side, _with_group):
        often = Counter(shown)
        shown = [
            more(title, chapter) if often[title] > 1 else title
            for title, chapter in zip(shown, timeline.chapters, strict=True)
        ]
    numbered: dict[str, None] = {}
    last: dict[str, int] = {}
    for title in shown:
        own, number = title, last.get(title, 1)
        while own in numbered:
            number += 1
            own = f"{title} ({number})"
        numbered[own], last[title] = None, number
    return tuple(numbered)


def webvtt(timeline: Timeline) -> str:
    """Return the chapters as a WebVTT track of the kind `chapters`; their cues tile the session."""
    return document(
        (chapter.start, chapter.end, title) for chapter, title in zip(timeline.chapters, titles(timeline), strict=True)
    )


def podcasting(timeline: Timeline) -> dict[str, Any]:
    """Return the chapters as the Podcasting 2.0 JSON document; times in seconds, to the thousandth.

    https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
    """
    return {
        "version": VERSION,
        "title": line(timeline.title),
        "chapters": [
            {"startTime": round(chapter.start, 3), "endTime": round(chapter.end, 3), "title": title}
            for chapter, title in zip(timeline.chapters, titles(timeline), strict=True)
        ],
    }


def podcasting_json(timeline: Timeline) -> str:
    """Return `podcasting` as the text of a file."""
    return json.dumps(podcasting(timeline), ensure_ascii=False, indent=1) + "\n"


def _with_side(title: str, chapter: Chapter) -> str:
    sides = {slot.side for slot in chapter.slots if slot.side}
    return f"{title} ({line(sides.pop())})" if len(sides) == 1 else title


def _with_group(title: str, chapter: Chapter) -> str:
    return f"{line(chapter.group)}: {title}" if chapter.group else title
