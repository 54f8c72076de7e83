"""Texts set in lines, and blocks in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.drawing import letters
from voiceguide.drawing.shapes import Anchor, Block, Run, Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST = 0.96
"""From a line's top to its baseline, in sizes."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a text is set."""

    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"

    def set(self, text: str, x: float, y: float, room: float) -> Block:
        """Set a clean text in lines no wider than `room`, the first one's top at y; none for no text.

        The block's height is the room it takes below `y`.
        """
        look = (self.size, self.colour, self.bold, self.anchor, letters.right_to_left(text))
        lines = letters.lines(text, room, self.size, bold=self.bold)
        baselines = (y + (FIRST + number * letters.LEADING) * self.size for number in range(len(lines)))
        runs = (Run(x, baseline, line, *look) for baseline, line in zip(baselines, lines, strict=True))
        return Block(len(lines) * self.size * letters.LEADING, tuple(runs))


def stacked(*blocks: Block) -> Block:
    """Blocks as one, each below the one before."""
    shapes: list[Shape] = []
    y = 0.0
    for block in blocks:
        shapes += block.at(0, y)
        y += block.height
    return Block(y, tuple(shapes))


def beside(columns: Sequence[Sequence[Block]], width: float, gutter: float) -> Block:
    """Columns of a width as one block."""
    stacks = [stacked(*column) for column in columns]
    shapes = (shape for number, stack in enumerate(stacks) for shape in stack.at(number * (width + gutter), 0))
    return Block(max((stack.height for stack in stacks), default=0.0), tuple(shapes))


def flowed(blocks: Sequence[Block], columns: int) -> list[list[Block]]:
    """Fill columns one after the other, so that the highest is as low as can be."""
    low, high = max((block.height for block in blocks), default=0.0), sum(block.height for block in blocks)
    best = _filled(blocks, high)
    for _ in range(12):
        middle = (low + high) / 2
        filled = _filled(blocks, middle)
        if len(filled) <= columns:
            best, high = filled, middle
        else:
            low = middle
    return best


def _filled(blocks: Sequence[Block], height: float) -> list[list[Block]]:
    columns: list[list[Block]] = [[]]
    y = 0.0
    for block in blocks:
        if columns[-1] and y + block.height > height + 1e-9:
            columns.append([])
            y = 0.0
        columns[-1].append(block)
        y += block.height
    return columns
