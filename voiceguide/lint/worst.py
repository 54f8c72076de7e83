"""Warnings that many sessions share: one a place and rule, with the worst figure of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import Fault

if TYPE_CHECKING:
    from voiceguide.errors import Place


class Worst:
    """Keeps the worst of the warnings noted on each place."""

    def __init__(self) -> None:
        self._noted: dict[tuple[Place, str], tuple[float, Fault]] = {}

    def note(self, place: Place, rule: str, figure: float, message: str) -> None:
        """Remember a warning, unless the same one with a worse figure is noted already."""
        known = self._noted.get((place, rule))
        if known is None or known[0] < figure:
            self._noted[place, rule] = (figure, Fault(place, rule, message, "warning"))

    def faults(self) -> tuple[Fault, ...]:
        """Return what was noted."""
        return tuple(fault for _, fault in self._noted.values())
