"""The frame grid: steps start on whole MP3 frames, and nothing drifts (routine-format: Lengths)."""

from __future__ import annotations

from voiceguide.timeline import SAMPLE_RATE

GRID = 1152 / SAMPLE_RATE
"""Seconds of one MP3 frame."""


def snap(seconds: float) -> float:
    """The nearest point of the grid."""
    return round(seconds / GRID) * GRID
