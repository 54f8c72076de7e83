"""One slot: what is said and heard at which second of it (routine-format: A step in time).

`lay` places a side's items in the contract's order and raises DoesNotFit for an author's item that finds no room; how
short a slot may be is the business of `floors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.planning import programme
from voiceguide.planning.authored import authored
from voiceguide.planning.misfit import DoesNotFit
from voiceguide.planning.programme import Around

if TYPE_CHECKING:
    from voiceguide.planning.cycles import Cycle
    from voiceguide.planning.filling import HoldRound, Item
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Work


@dataclass(frozen=True, slots=True)
class SlotPlan:
    """One side's slot, laid out."""

    items: tuple[Item, ...]
    rounds: tuple[HoldRound, ...]
    cycles: tuple[Cycle, ...]
    left_out: tuple[str, ...]
    """Roles of the program's own items that found no place."""


def lay(
    work: Work, index: int, slot: float, lengths: Lengths, around: Around | None = None, *, squeezed: bool = False
) -> SlotPlan:
    """Lay out side `index` of a work in a slot of `slot` seconds; `around` is what it must know of its session.

    A `squeezed` slot is below a: cues move as far as they must. Raises DoesNotFit.
    """
    around = around or Around()
    if (told := around.told_in(slot)) is None:
        return _lay(work, index, slot, lengths, around, squeezed=squeezed)

    def find() -> tuple[Around, SlotPlan]:
        return around, _lay(work, index, slot, lengths, around, squeezed=squeezed)  # while it is kept, so are its words

    return lengths.alike(work, ("slot", index, slot, squeezed, told), find)[1]


def _lay(work: Work, index: int, slot: float, lengths: Lengths, around: Around, *, squeezed: bool) -> SlotPlan:
    filled = authored(work, index, slot, lengths, squeezed=squeezed, ringing=around.ringing)
    programme.add(filled, around)
    items = tuple(sorted(filled.items, key=lambda item: item.at))
    return SlotPlan(items, tuple(filled.rounds), filled.cycles, tuple(filled.left_out))


def packs(work: Work, slot: float, lengths: Lengths, *, squeezed: bool) -> bool:
    """Say whether every author's item of every side finds its place in a slot of `slot` seconds."""
    try:
        for index in range(len(work.sides)):
            authored(work, index, slot, lengths, squeezed=squeezed)
    except DoesNotFit:
        return False
    return True
