"""A listener's choices for one session, checked against nothing but themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from voiceguide.durations import DurationError, parse_duration
from voiceguide.errors import UsageError, did_you_mean
from voiceguide.routine.model import LENGTHS
from voiceguide.sound import VOICE_LUFS

Talk = Literal["full", "calm", "minimal"]
Gate = Literal["full", "brief"]

SOFTEST_LUFS = -30.0
MOST_SETTLED_DB = 8.0
LINGER = 20.0
"""Seconds the bed plays on after the end sound."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What one session of a routine should be."""

    length: str = "short"
    """`short`, `full` or an exact total, as typed."""
    talk: Talk = "full"
    language: str | None = None
    """None is the routine's own."""
    setup: str | None = None
    """None is the routine's first."""
    without: tuple[str, ...] = ()
    """Steps' names or numbers."""
    opening: bool = True
    closing: bool = True
    gate: Gate = "full"
    safety: bool = True
    """False leaves the brief gate."""
    bed: str | None = None
    """None is the routine's own."""
    bed_level: float | None = None
    """LU of the bed from the voice, in the pauses; None is the default."""
    linger: float | None = None
    """Seconds the bed (or room tone) goes on after the end sound; None is 20 s with a bed."""

    def __post_init__(self) -> None:
        _one_of("--talk", self.talk, get_args(Talk))
        _one_of("--gate", self.gate, get_args(Gate))
        self.total()

    @property
    def brief(self) -> bool:
        """Whether the gate is the brief one."""
        return self.gate == "brief" or not self.safety

    def total(self) -> float | None:
        """Seconds of an exact total that was asked for, None for a named length. Raises UsageError."""
        if self.length in LENGTHS:
            return None
        try:
            return parse_duration(self.length)
        except DurationError as error:
            hint = did_you_mean(self.length, LENGTHS)
            fault = f"{error}." if hint else f"{error}"
            raise UsageError(f"--length: expected short, full or a total like 15m; {fault}{hint}") from None


@dataclass(frozen=True, slots=True)
class Levels:
    """How loud a session is and how its voice stands in it; changes no time."""

    loudness: float = VOICE_LUFS
    """LUFS of the voice; all else keeps its distance."""
    room: bool = False
    """Whether the voice stands in a small warm room."""
    settle: float = 0.0
    """dB by which the voice grows softer, step by step."""

    def __post_init__(self) -> None:
        if not SOFTEST_LUFS <= self.loudness <= VOICE_LUFS:
            raise UsageError(
                f"--loudness: expected {SOFTEST_LUFS:g} to {VOICE_LUFS:g} LUFS, got {self.loudness:g}: "
                "a louder voice would have its peaks cut"
            )
        if not 0.0 <= self.settle <= MOST_SETTLED_DB:
            raise UsageError(
                f"--settle: expected 0 to {MOST_SETTLED_DB:g} dB, got {self.settle:g}: "
                "a softer voice would sink into the bed"
            )


def _one_of(option: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        expected = ", ".join(allowed[:-1]) + f" or {allowed[-1]}"
        raise UsageError(f'{option}: expected {expected}, got "{value}".{did_you_mean(value, allowed)}')
