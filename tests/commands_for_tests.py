"""What tests of commands share: a routine to run them on, and what they said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

SMALL = """\
title: Small one
summary: Two steps, for tests of the command line.
tags: [tests]
position: lying face down
setups: [lying, seated]
need: [a towel]
safety:
  do_not_start: [a fever, a skin infection, a new injury]
  avoid: [stay beside the spine]
  more: [Eat a little first.]
steps:
  - name: First strokes
    say: Glide up.
    duration: 20s..40s
  - name: Hold
    sides: [left, right]
    say: Thumb on the {side}.
    hold: {press: 5s, release: 3s}
    duration: 16s..60s
"""
QUICK = ("--voice", "tone", "--no-opening", "--no-closing", "--gate", "brief")
"""Choices that make a session short."""
SOON = ("--quality", "9", "--bed", "none")
"""Those that make an MP3 soonest, where it is not listened to."""


@dataclass(frozen=True)
class Result:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)
