"""What cannot be laid: an author's item for which a slot has no room, and more rounds than one may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.errors import Place


class DoesNotFit(Exception):
    """An author's item found no room in a slot of `slot` seconds."""

    def __init__(self, what: str, place: Place, slot: float, missing: float) -> None:
        self.what = what
        self.place = place
        self.slot = slot
        self.missing = missing
        super().__init__(f"{what} does not fit into {slot:.1f} s: {missing:.1f} s too long")


class TooManyRounds(Exception):
    """A slot is so long that it has more rounds or strokes than one may have."""

    def __init__(self, place: Place, many: int) -> None:
        self.place = place
        self.many = many
        super().__init__(f"{many} rounds")
