"""Where everything stands: the largest letters with which all of a card fits one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import UsageError
from voiceguide.pages.card import letters
from voiceguide.pages.card.colours import ACCENT, CARE, HAIR, INK, SOFT
from voiceguide.pages.card.letters import LEADING
from voiceguide.pages.card.picture import legend, picture
from voiceguide.pages.card.shapes import Anchor, Block, Box, Path, Run, Shape, Sheet
from voiceguide.pages.card.signs import WIDTH as SIGN_WIDTH
from voiceguide.pages.card.signs import dot, sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voiceguide.pages.card.content import Content, Part, Section, Step


class Paper(NamedTuple):
    """A page's name, as CSS has it, and its size in points."""

    name: str
    width: float
    height: float


PAPERS = {"a4": Paper("A4", 595.28, 841.89), "letter": Paper("letter", 612.0, 792.0)}

MARGIN = 34.0
"""12 mm: printers leave up to 6 mm white."""
SMALLEST = 7.5
"""Points: the smallest letters on a card."""

_NAMES = tuple(8 * 1.04**step for step in range(36, -1, -1))
"""Sizes of a step's name, the largest first."""
_COLUMNS = {1: 1.0, 2: 0.85, 3: 0.7}
"""Columns of steps, and how much of a name's size they are worth: fewer are easier to follow from afar."""
_IN_COLUMN = 4
"""Steps in a column at least, where there are several."""
_AIRS = (3.0, 2.5, 2.0, 1.6, 1.3, 1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1, 0.0)
"""How much space there is between rows and sections; 1 is usual."""
_GUTTER = 18.0
"""Points between columns."""
_GROUP = 0.82
"""How large a group's name is beside a step's."""
_FIRST = 0.96
"""From a line's top to its baseline, in sizes."""
_NAMES_END = (0.4, 0.58)
"""Where names end and times begin, in widths of the page, when steps stand in one column: as the names need."""
_WHOLE = 8
"""Items of a list that is never cut."""
_INDENT = 9.0
"""Points that a group's steps stand to the right, beside the group's line."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """A choice of sizes."""

    name: float
    """Of steps' names."""
    columns: int
    """Of steps."""
    air: float
    """One of _AIRS."""

    @property
    def title(self) -> float:
        """Of the title and the total."""
        return min(44.0, max(18.0, self.name * 1.6))

    @property
    def detail(self) -> float:
        """Of times."""
        return min(19.0, max(SMALLEST, self.name * 0.68))

    @property
    def body(self) -> float:
        """Of notes."""
        return min(12.5, max(SMALLEST, self.name * 0.5))

    @property
    def gap(self) -> float:
        """Points between sections."""
        return 9 + 15 * min(1.4, self.air)

    @property
    def padding(self) -> float:
        """Points above and below a step."""
        return self.name * (0.16 + 0.3 * self.air)


def sheet(content: Content, paper: Paper) -> Sheet:
    """Lay a card out on one page. Raises UsageError when not even the smallest letters make it fit."""
    steps = sum(len(part.steps) for part in content.parts)
    most = max(1, steps // _IN_COLUMN)
    scales = sorted(
        (_Scale(name, columns, 0.0) for name, columns in product(_NAMES, _COLUMNS) if columns <= most),
        key=lambda scale: -scale.name * _COLUMNS[scale.columns],
    )
    # A word is broken only where no size leaves it whole.
    for whole_words in (True, False):
        for scale in scales:
            draft = _Draft(content, paper, scale)
            if (draft.words_are_whole or not whole_words) and draft.fits:
                return next(
                    airy for air in _AIRS if (airy := _Draft(content, paper, replace(scale, air=air))).fits
                ).sheet()
    raise _too_much(
        content, paper, min((_Draft(content, paper, scale) for scale in scales), key=lambda draft: draft.height)
    )


def _too_much(content: Content, paper: Paper, draft: _Draft) -> UsageError:
    steps = sum(len(part.steps) for part in content.parts)
    return UsageError(
        f"the card of {content.name} does not fit one page of {paper.name}: its {steps} steps take "
        f"{draft.steps.height:.0f} points at the smallest size that can be read, its title, picture and notes "
        f"{draft.height - draft.steps.height:.0f}, and the page has {paper.height - 2 * MARGIN:.0f}. "
        "Leave steps out with --without, choose a shorter --length, or shorten the routine's safety notes"
    )


@dataclass(frozen=True, slots=True)
class _Type:
    """How a text is set."""

    size: float
    colour: str
    bold: bool = False
    anchor: Anchor = "start"

    def set(self, text: str, x: float, y: float, room: float) -> Block:
        """Set a text in lines no wider than `room`, the first one's top at y; nothing for no text.

        The block's height is the place it takes below `y`.
        """
        texts = letters.lines(text, room, self.size, bold=self.bold)
        runs = (
            Run(
                x,
                y + (_FIRST + number * LEADING) * self.size,
                line,
                self.size,
                self.colour,
                self.bold,
                self.anchor,
                room,
            )
            for number, line in enumerate(texts)
        )
        return Block(len(texts) * self.size * LEADING, tuple(runs))


class _Draft:
    """A card in one choice of sizes: blocks one below the other, those from the picture on at the page's foot."""

    def __init__(self, content: Content, paper: Paper, scale: _Scale) -> None:
        self._content = content
        self._paper = paper
        self._scale = scale
        self._width = paper.width - 2 * MARGIN
        self._column = (self._width - _GUTTER * (scale.columns - 1)) / scale.columns
        self._note_columns = 3 if scale.body <= 9.2 else 2
        self._note_column = (self._width - _GUTTER * (self._note_columns - 1)) / self._note_columns
        steps = [step for part in content.parts for step in part.steps]
        self._number = max((letters.width(step.number, scale.name, bold=True) for step in steps), default=0.0)
        self._start = max((letters.width(step.start, scale.detail) for step in steps), default=0.0)
        self._total = letters.width(content.total, scale.title, bold=True)
        self._name_x = self._number + scale.name * 0.5
        if scale.columns == 1:  # the times stand beside the names
            least, most = (self._width * share for share in _NAMES_END)
            names = max((letters.width(step.name, scale.name, bold=True) for step in steps), default=0.0)
            self._name_room = min(max(least, self._name_x + _INDENT + names + 1), most) - self._name_x
        else:
            self._name_room = self._column - self._start - 8 - self._name_x
        self.head = self._head()
        self.steps = self._steps()
        enlarged = min(1.25, max(1.0, scale.body / 8.5))
        self._picture = picture(content, self._width, enlarged)
        self._legend = legend(content, self._width, enlarged)
        self._below = (
            self._heading(content.labels["in_time"], ACCENT, self._width),
            self._picture,
            self._legend,
            self._promise(),
            self._notes(),
            self._colophon(),
        )

    @property
    def height(self) -> float:
        """Of all of it."""
        return self.head.height + self.steps.height + sum(block.height for block in self._below)

    @property
    def fits(self) -> bool:
        """Whether it is no higher than the page."""
        return self.height <= self._paper.height - 2 * MARGIN

    @property
    def words_are_whole(self) -> bool:
        """Whether no word is wider than its place."""
        content, scale = self._content, self._scale
        places = [(content.title, scale.title, True, self._width - self._total - _GUTTER)]
        for part in content.parts:
            room = self._name_room - (_INDENT if part.group else 0)
            places += [(step.name, scale.name, True, room) for step in part.steps]
            places.append((part.group, scale.name * _GROUP, True, self._column - _INDENT))
        for section in content.sections:
            room = self._note_column - self._item_x(section)
            places += [(item, scale.body, False, room) for item in section.items]
        return all(letters.widest_word(text, size, bold=bold) <= room for text, size, bold, room in places)

    def sheet(self) -> Sheet:
        """The page."""
        shapes = [*self.head.at(MARGIN, MARGIN), *self.steps.at(MARGIN, MARGIN + self.head.height)]
        seen: list[Shape] = []
        y = self._paper.height - MARGIN - sum(block.height for block in self._below)
        for block in self._below:
            (seen if block in (self._picture, self._legend) else shapes).extend(block.at(MARGIN, y))
            y += block.height
        content, paper = self._content, self._paper
        language, label = content.timeline.language, content.labels["in_time"]
        return Sheet(paper.width, paper.height, paper.name, content.title, language, tuple(shapes), tuple(seen), label)

    def _head(self) -> Block:
        """Title and total on one line, and the position below."""
        content, scale = self._content, self._scale
        heading = _Type(scale.title, INK, bold=True)
        title = heading.set(content.title, 0, 0, self._width - self._total - _GUTTER)
        total = replace(heading, colour=ACCENT, anchor="end").set(content.total, self._width, 0, self._width)
        position = _Type(scale.detail, SOFT).set(content.position, 0, title.height, self._width)
        height = title.height + position.height + scale.gap * 0.6
        return Block(height, (*title.shapes, *total.shapes, *position.shapes))

    # ---- steps

    def _steps(self) -> Block:
        rows = [row for part in self._content.parts for row in self._part(part)]
        steps = _beside(_flowed(rows, self._scale.columns), self._column)
        return replace(steps, height=steps.height + self._scale.gap)

    def _part(self, part: Part) -> list[Block]:
        """A row a step; a group's name stands on its first row, and a line beside all of them."""
        if not part.group:
            return [self._row(step, 0.0) for step in part.steps]
        first, *others = (self._row(step, _INDENT) for step in part.steps)
        # No line parts a group's name from its first step.
        first = replace(first, shapes=first.shapes[1:])
        rows = [_stacked(self._group(part), first), *others]
        ends = [row.height for row in rows[:-1]] + [rows[-1].height - 1.5]
        return [
            Block(row.height, (*row.shapes, Path(((1.25, 0.3), (1.25, end)), ACCENT, 2.5)))
            for row, end in zip(rows, ends, strict=True)
        ]

    def _group(self, part: Part) -> Block:
        """A group's name, and when each of its sides begins: beside it where there is room, else below."""
        scale = self._scale
        room = self._column - _INDENT
        heading, times = _Type(scale.name * _GROUP, ACCENT, bold=True), _Type(scale.detail, SOFT)
        name = heading.set(part.group, _INDENT, scale.padding, room)
        bottom = scale.padding + name.height
        taken = letters.width(part.group, heading.size, bold=True) + scale.detail
        if taken + letters.width(part.sides, times.size) <= room:
            same_line = scale.padding + (heading.size - times.size) * _FIRST
            sides = replace(times, anchor="end").set(part.sides, self._column, same_line, room - taken)
        else:
            sides = times.set(part.sides, _INDENT, bottom, room)
            bottom += sides.height
        return Block(bottom, (_hair(0, self._column), *name.shapes, *sides.shapes))

    def _row(self, step: Step, indent: float) -> Block:
        """A step: its number and name, when it begins, and its times beside the name or below it."""
        scale = self._scale
        numeral = _Type(scale.name, ACCENT, bold=True, anchor="end")
        left = indent + self._name_x
        # Smaller letters stand on the name's line.
        same_line = scale.padding + (scale.name - scale.detail) * _FIRST
        number = numeral.set(step.number, indent + self._number, scale.padding, self._number)
        name = _Type(scale.name, INK, bold=True).set(step.name, left, scale.padding, self._name_room - indent)
        start = _Type(scale.detail, SOFT, anchor="end").set(step.start, self._column, same_line, self._start)
        bottom = scale.padding + name.height
        if scale.columns == 1:
            beside = self._name_x + self._name_room + scale.detail
            times = self._times(step, beside, same_line, self._column - self._start - _GUTTER - beside)
            bottom = max(bottom, same_line + times.height)
        else:
            times = self._times(step, left, bottom, self._column - left)
            bottom += times.height
        shapes = (_hair(indent, self._column), *number.shapes, *name.shapes, *start.shapes, *times.shapes)
        return Block(bottom + scale.padding, shapes)

    def _times(self, step: Step, x: float, y: float, room: float) -> Block:
        """How long a step lasts, on which sides, and its holds; the sides on the first line where there is room."""
        scale = self._scale
        small = _Type(scale.body, SOFT)
        lasting = _Type(scale.detail, INK).set(step.lasting, x, y, room)
        shapes, height = [*lasting.shapes], lasting.height
        taken = letters.width(step.lasting, scale.detail) + scale.body
        for detail in step.details:
            if detail is step.details[0] and taken + letters.width(detail, scale.body) <= room:
                same_line = y + (scale.detail - scale.body) * _FIRST
                shapes += small.set(detail, x + taken, same_line, room - taken).shapes
            else:
                below = small.set(detail, x, y + height, room)
                shapes += below.shapes
                height += below.height
        return Block(height, tuple(shapes))

    # ---- what is below

    def _heading(self, text: str, colour: str, room: float) -> Block:
        size = self._scale.body * 1.12
        heading = _Type(size, colour, bold=True).set(text, 0, 0, room)
        return replace(heading, height=heading.height + size * 0.15)

    def _promise(self) -> Block:
        """What everybody may say at any time, in a frame."""
        gap = self._scale.gap
        size = min(16.0, self._scale.body * 1.45)
        loud = _Type(size, INK, bold=True, anchor="middle")
        text = loud.set(self._content.promise, self._width / 2, gap * 0.5 + size * 0.33, self._width - 2 * size)
        height = text.height + size * 0.7
        frame = Box(0.6, gap * 0.5, self._width - 1.2, height, None, INK, 1.2, 5)
        return Block(gap * 1.5 + height, (frame, *text.shapes))

    def _notes(self) -> Block:
        blocks = [block for section in self._content.sections for block in self._section(section)]
        return _beside(_flowed(blocks, self._note_columns), self._note_column)

    def _section(self, section: Section) -> list[Block]:
        """A section as blocks that stay in one column: all of it, unless it is long.

        A long one is cut between its items, two at least on either side.
        """
        labels = self._content.labels
        of_care = section.heading in (labels["do_not_start"], labels["ask_first"])
        heading = self._heading(section.heading, CARE if of_care else ACCENT, self._note_column)
        items = [self._item(section, number) for number in range(len(section.items))]
        items[-1] = replace(items[-1], height=items[-1].height + self._scale.gap * 0.6)
        if (len(items) <= _WHOLE and section.heading != labels["more"]) or len(items) < 4:
            return [_stacked(heading, *items)]
        return [_stacked(heading, *items[:2]), *items[2:-2], _stacked(*items[-2:])]

    def _item_x(self, section: Section) -> float:
        return self._scale.body * (SIGN_WIDTH + 0.4 if section.sounds else 0.9)

    def _item(self, section: Section, number: int) -> Block:
        size = self._scale.body
        left = self._item_x(section)
        text = _Type(size, INK).set(section.items[number], left, 0, self._note_column - left)
        mark: Iterable[Shape] = (dot(size * 0.2, size * 0.67, size * 0.15, SOFT),)
        if section.sounds:
            mark = Block(0, sign(section.sounds[number], size * 0.9)).at(0, size * 0.2)
        return Block(text.height + size * 0.2, (*mark, *text.shapes))

    def _colophon(self) -> Block:
        """Which session this is, and whether its times are estimated; on one line where there is room."""
        small = _Type(SMALLEST, SOFT)
        content = self._content
        name = small.set(content.name, 0, 0, self._width)
        taken = letters.width(content.name, SMALLEST) + _GUTTER
        if taken + letters.width(content.estimate, SMALLEST) <= self._width:
            told = replace(small, anchor="end").set(content.estimate, self._width, 0, self._width - taken)
            return Block(name.height, (*name.shapes, *told.shapes))
        return _stacked(name, small.set(content.estimate, 0, 0, self._width))


def _hair(left: float, right: float) -> Path:
    return Path(((left, 0.0), (right, 0.0)), HAIR, 0.6)


def _stacked(*blocks: Block) -> Block:
    """Blocks as one, each below the one before."""
    shapes: list[Shape] = []
    y = 0.0
    for block in blocks:
        shapes += block.at(0, y)
        y += block.height
    return Block(y, tuple(shapes))


def _beside(columns: Sequence[Sequence[Block]], width: float) -> Block:
    """Columns as one block."""
    stacks = [_stacked(*column) for column in columns]
    shapes = (shape for number, stack in enumerate(stacks) for shape in stack.at(number * (width + _GUTTER), 0))
    return Block(max((stack.height for stack in stacks), default=0.0), tuple(shapes))


def _flowed(blocks: Sequence[Block], columns: int) -> list[list[Block]]:
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
