"""Small finished sessions, one of each format: what hostile files are made of."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from campaigning.cases import Kind

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = (".mp3", ".ogg", ".opus", ".flac", ".m4b", ".wav")
SMALL = """\
title: Small one
summary: Two steps, for a campaign.
audience: self
tags: [tests]
need: [a towel]
safety:
  do_not_start: [a fever, a skin infection]
  avoid: [stay beside the spine]
  more: [Eat a little first.]
steps:
  - name: First strokes
    say: Glide up. And down.
    duration: 5s
    transition: 1s
  - name: Hold
    sides: [left, right]
    say: The {side}.
    hold: {press: 2s, release: 2s}
    duration: 8s
    transition: 1s
"""
CHOICES: dict[str, Any] = {
    "voice": "tone",
    "opening": False,
    "closing": False,
    "safety": False,
    "bed": "none",
    "pace": 220,
}
OPTIONS = (
    "--voice",
    "tone",
    "--no-opening",
    "--no-closing",
    "--skip-safety",
    "--bed",
    "none",
    "--pace",
    "220",
    "--quality",
    "9",
)


def routine(material: Path) -> Path:
    """Return the file of the routine."""
    return material / "small.yaml"


def timeline(material: Path) -> Path:
    """Return the file of its timeline."""
    return material / "small.json"


def session(material: Path, suffix: str) -> Path:
    """Return the file of its session in a format."""
    return material / f"small{suffix}"


def make(material: Path) -> None:
    """Make all of them, where they are not there yet; the cache that they were made with stays beside them."""
    from voiceguide.session import load, render

    if timeline(material).exists():
        return
    routine(material).write_text(SMALL, "utf-8")
    with patch.dict(os.environ, VOICEGUIDE_CACHE=str(material / "cache")):
        read = load(routine(material))
        for suffix in FORMATS:
            made = render(
                read, session(material, suffix), quality=9 if suffix == ".mp3" else None, overwrite=True, **CHOICES
            )
    timeline(material).write_text(json.dumps(made.to_json(), ensure_ascii=False, indent=1), "utf-8")


class OfSessions(Kind):
    """A kind whose cases are made of finished sessions."""

    def prepare(self, material: Path) -> None:
        """Render the sessions."""
        make(material)


class OfPrograms(OfSessions):
    """One whose cases are programs started anew, by whose price nothing is told of a step's."""

    forks = False
    most_seconds = 240.0
    most_cpu = 60.0
    most_megabytes = 1000.0
