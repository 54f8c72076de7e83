"""The golden timelines, and the six of them that stand for all where a test says something of any timeline.

tests/test_golden.py holds every one. What is made of a timeline (captions, chapters, a transcript) knows nothing of
routines, so that one timeline of each kind tells as much as all of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"
CHOSEN = {
    "first-time-self-short-full": "for oneself, and the shortest: nobody is touched, every bell is heard",
    "couples-evening-short-full": "a group that is played twice, on sides that its author named, in half an hour",
    "upper-back-full-full-lying": "the most holds, strokes in a rhythm, all that is told of how it goes",
    "upper-back-15m-calm-seated": "seated, in a total that was asked for, with less talk",
    "upper-back-full-minimal-lying": "the least talk: long silences, and steps that are only named",
    "full-body-short-full": "the longest: the most chapters, clips and groups",
}
"""The six, each with what it alone brings."""

each_golden = pytest.mark.parametrize("path", [FOLDER / f"{name}.json" for name in CHOSEN], ids=lambda path: path.stem)
