"""All moves of the atlas."""

from __future__ import annotations

from voiceguide.drawing.figures.areas import arms, backs, feet, heads, legs, selves, sides, whole

_LEFT = (
    *backs.MOVES,
    *sides.MOVES,
    *legs.MOVES,
    *feet.MOVES,
    *arms.MOVES,
    *heads.MOVES,
    *selves.MOVES,
    *whole.MOVES,
)
RIGHT_TOO = ("back/knead-side", "hand-palm/thumbs", "foot-sole/thumbs")
"""What a bundled step does on the right side alone: it has no sides of its own."""

MOVES = (*_LEFT, *(move.mirrored() for move in _LEFT if f"{move.area}/{move.name}" in RIGHT_TOO))
