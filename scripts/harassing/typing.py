"""What is typed, when each sign of it was, and how much of it a kill took."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

TEMPLATE = """\
title: Small one
summary: Half a minute.
steps:
  - name: First strokes
    say: {0}
    duration: 6s..20s
  - name: Second strokes
    say: {1}
    duration: 6s..20s
"""
"""A draft in which two people type, each on a line of her own."""
_SIGNS = "abcdefghijklmnopqrstuvwxyz"
_QUIET = 0.4
"""The share of kills that come at once after a key: the others come up to `LATEST` later."""
LATEST = 0.35


class LostError(Exception):
    """What is there is not what was typed."""


@dataclass(frozen=True, slots=True)
class Typist:
    """How somebody types in one round, and how long after her last key something is killed."""

    signs: str
    pauses: tuple[float, ...]
    """Seconds before each sign."""
    until_kill: float
    """Seconds."""


def typist(rng: Random, count: int) -> Typist:
    """Return somebody who types so many signs, fast or slowly, in bursts or evenly."""
    signs = "".join(rng.choice(_SIGNS) for _ in range(count))
    usual, burst = rng.choice((0.01, 0.04, 0.12, 0.2)), rng.choice((0, 0, 0.1))
    pauses = tuple(usual * rng.uniform(0.4, 1.6) + (0.5 if rng.random() < burst else 0) for _ in signs)
    return Typist(signs, pauses, rng.uniform(0, 0.02 if rng.random() < _QUIET else LATEST))


@dataclass(slots=True)
class Typed:
    """The signs of one line so far."""

    signs: str = ""
    times: list[float] = field(default_factory=list)

    def type(self, sign: str) -> None:
        """Note a sign, now."""
        self.signs += sign
        self.times.append(time.monotonic())

    def lost(self, there: str, end: float) -> float:
        """Return how many seconds before the end the first sign that is not there was typed, 0 where all are.

        Raises LostError where what is there is not the beginning of what was typed.
        """
        if not self.signs.startswith(there):
            raise LostError(f"typed {self.signs!r}, and there is {there!r}")
        return max(0.0, end - self.times[len(there)]) if len(there) < len(self.signs) else 0.0


def line_of(text: str, number: int) -> str:
    """Return what stands on one of the two lines. Raises LostError where the rest of the draft is not as it was."""
    lines = [line.partition("say:")[2].strip().strip("'\"") for line in text.splitlines() if "say:" in line]
    if len(lines) != 2 or text.count("\n") != TEMPLATE.count("\n"):
        raise LostError(f"expected a draft with two lines of words, there is {text!r}")
    return lines[number]
