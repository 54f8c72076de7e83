"""Finished sessions of two seconds, for tests of what is done with them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from timelines_for_tests import document

from voiceguide.exports import Options, exporter
from voiceguide.tags import Tags

FRAMES = 2 * 44_100
COVER = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8ffff3f0005fe02fe"
    "a7359b460000000049454e44ae426082"
)
SAID = {"start": 0.5, "end": 1.5, "text": "<b>Begin</b> שלום."}
SESSION = document(
    duration=FRAMES / 44_100,
    chapters=[{"title": "Opening", "start": 0.0, "end": 1.0}, {"title": "Öl", "step": 1, "start": 1.0, "end": 2.0}],
    clips=[{"track": "narration", "role": "title", **SAID, "sentences": [SAID]}],
)
TAGS = Tags(
    title="Rücken (short)",
    album="Rücken",
    comment="Ruhig.",
    language="de",
    chapters=(("Opening", 0.0, 1.0), ("Öl", 1.0, 2.0)),
    lyrics=((0.5, "Begin שלום."), (1.25, "Go on.")),
    timeline=json.dumps(SESSION),
    cover=COVER,
)


def session(**changes: Any) -> Tags:
    """The tags of such a session, its timeline changed."""
    changed = {**SESSION, **changes}
    return replace(TAGS, title=f"{changed['title']} (short)", timeline=json.dumps(changed))


def write_session(path: Path, tags: Tags = TAGS) -> Path:
    """Write quiet in the format of a path's suffix; return the path."""
    export = exporter(path)
    with path.open("w+b") as file:
        block = np.full((FRAMES, 2), 0.01, np.float32)
        export.write(file, iter([block]), frames=FRAMES, tags=tags, options=Options())
    return path
