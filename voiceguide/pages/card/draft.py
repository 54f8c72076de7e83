"""A card in one choice of sizes: where everything stands, and how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.drawing import letters
from voiceguide.drawing.shapes import Block, Box, Path, Photo, Picture, Shape, Sheet
from voiceguide.pages.card.colours import ACCENT, CARE, HAIR, INK, SOFT
from voiceguide.pages.card.picture import legend, picture
from voiceguide.pages.card.setting import FIRST, Type, beside, flowed, stacked
from voiceguide.pages.card.signs import WIDTH as SIGN_WIDTH
from voiceguide.pages.card.signs import dot, sign
from voiceguide.pages.card.sizes import MARGIN, SMALLEST
from voiceguide.store.pictures import sides
from voiceguide.tags import picture_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voiceguide.pages.card.content import Content, Part, Step
    from voiceguide.pages.card.sizes import Paper, Scale
    from voiceguide.routine.notes import Section

_COVER = 2.2
"""How high a cover of its own is at most, in sizes of the title."""
_GUTTER = 18.0
"""Points between columns."""
_GROUP = 0.82
"""How large a group's name is beside a step's."""
_NAMES_END = (0.4, 0.56)
"""Where names end and times begin, in widths of the page, when steps stand in one column: at least and at most."""
_WHOLE = 8
"""Items of a list that is never cut."""
_DRAWING, _BESIDE = 1.9, 0.2
"""How large a step's drawing is, in sizes of its name; how much room is beside it, in sizes of the drawing."""
_INDENT = 9.0
"""Points that a group's steps stand to the right, beside the group's line."""


class Pictures:
    """A session's picture and what its patterns mean, drawn once for each size of letters."""

    def __init__(self, content: Content, width: float, rows: int) -> None:
        self._content = content
        self._width = width
        self._rows = rows
        self._drawn: dict[float, tuple[Block, Block]] = {}

    def drawn(self, enlarged: float) -> tuple[Block, Block]:
        """The picture and its legend."""
        if enlarged not in self._drawn:
            self._drawn[enlarged] = (
                picture(self._content, self._width, enlarged, self._rows),
                legend(self._content, self._width, enlarged),
            )
        return self._drawn[enlarged]


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all drafts of a card have in common."""

    content: Content
    paper: Paper
    pictures: Pictures


class Draft:
    """A card in one choice of sizes: blocks one below the other, those from the picture on at the page's foot."""

    def __init__(self, setting: Setting, scale: Scale) -> None:
        content, paper = setting.content, setting.paper
        self._content = content
        self._paper = paper
        self._scale = scale
        self._width = paper.width - 2 * MARGIN
        self._column = (self._width - _GUTTER * (scale.columns - 1)) / scale.columns
        self._note_columns = 2 if scale.body > 9.2 else 3 if scale.body > SMALLEST else 4
        self._note_column = (self._width - _GUTTER * (self._note_columns - 1)) / self._note_columns
        steps = [step for part in content.parts for step in part.steps]
        self._number = max((letters.width(step.number, scale.name, bold=True) for step in steps), default=0.0)
        self._start = max((letters.width(step.start, scale.detail) for step in steps), default=0.0)
        self._title = self._title_size()
        self._total = letters.width(content.total, self._title, bold=True)
        self._side = scale.name * _DRAWING if any(step.drawing for step in steps) else 0.0
        self._drawing_x = self._number + scale.name * 0.5
        self._name_x = self._drawing_x + self._side * (1 + _BESIDE)
        self._name_room = self._names_end(steps) - self._name_x
        self.head = self._head()
        self.steps = self._steps()
        self._picture, self._legend = setting.pictures.drawn(scale.picture)
        self._below = (
            self._heading(content.labels["in_time"], ACCENT, self._width),
            self._picture,
            self._legend,
            self._promise(),
            self._notes(),
            self._colophon(),
        )

    @property
    def worth(self) -> float:
        """How easily its steps are read."""
        return self._scale.worth

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
        places = [(content.title, self._title, True, self._width - self._cover_room - self._total - _GUTTER)]
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
            drawn = seen if block is self._picture or block is self._legend else shapes
            drawn += block.at(MARGIN, y)
            y += block.height
        content, paper = self._content, self._paper
        return Sheet(
            paper.width,
            paper.height,
            title=content.title,
            language=content.timeline.language,
            shapes=tuple(shapes),
            picture=tuple(seen),
            picture_title=content.labels["in_time"],
            paper=paper.name,
        )

    def _title_size(self) -> float:
        """The title's size: such that it stays on one line with the total, unless a step would then be as large."""
        usual = self._scale.title
        wide = sum(letters.width(text, 1, bold=True) for text in (self._content.title, self._content.total))
        alone = (self._width - self._cover_room - _GUTTER) / wide - 0.01
        return min(usual, alone) if alone >= self._scale.name * 1.1 else usual

    def _head(self) -> Block:
        """Title and total on one line, position and author below; a cover of its own at the end of both."""
        content, scale = self._content, self._scale
        heading = Type(self._title, INK, bold=True)
        ends = self._width - self._cover_room
        title = heading.set(content.title, 0, 0, ends - self._total - _GUTTER)
        total = replace(heading, colour=ACCENT, anchor="end").set(content.total, ends, 0, ends)
        told = " · ".join(filter(None, (content.position, content.author)))
        below = Type(scale.detail, SOFT).set(told, 0, title.height, ends)
        cover = self._cover()
        height = max(title.height + below.height, *(each.height for each in cover), 0.0) + scale.gap * 0.6
        return Block(height, (*title.shapes, *total.shapes, *below.shapes, *cover))

    @property
    def _cover_room(self) -> float:
        """What a cover of its own takes of the title's width."""
        return sum(each.width + _GUTTER * 0.6 for each in self._cover())

    def _cover(self) -> tuple[Photo, ...]:
        """A cover of its own at the page's right edge: none without one."""
        cover = self._content.cover
        if cover is None:
            return ()
        wide, high = sides(cover)
        shrunk = min(self._scale.title * _COVER / high, self._width / 4 / wide)
        left = self._width - wide * shrunk
        return (Photo(left, 0.0, wide * shrunk, high * shrunk, cover, picture_type(cover)),)

    # ---- steps

    def _names_end(self, steps: Sequence[Step]) -> float:
        """Where names end in a column: before the start, and in a lone column before the times that stand between."""
        scale = self._scale
        if scale.columns > 1:
            return self._column - self._start - 8
        least, most = (self._width * share for share in _NAMES_END)
        names = max((letters.width(step.name, scale.name, bold=True) for step in steps), default=0.0)
        details = max((letters.width(text, scale.body) for step in steps for text in step.details), default=0.0)
        times_begin = self._width - self._start - _GUTTER - details - scale.detail - 1
        return min(most, max(least, times_begin, self._name_x + _INDENT + names + 1))

    def _steps(self) -> Block:
        rows = [row for part in self._content.parts for row in self._part(part)]
        steps = beside(flowed(rows, self._scale.columns), self._column, _GUTTER)
        return replace(steps, height=steps.height + self._scale.gap)

    def _part(self, part: Part) -> list[Block]:
        """A row a step; a group's name stands on its first row, and a line beside all of them."""
        if not part.group:
            return [self._row(step, 0.0) for step in part.steps]
        first, *others = (self._row(step, _INDENT) for step in part.steps)
        # No line parts a group's name from its first step.
        first = replace(first, shapes=first.shapes[1:])
        rows = [stacked(self._group(part), first), *others]
        ends = [row.height for row in rows[:-1]] + [rows[-1].height - 1.5]
        return [
            Block(row.height, (*row.shapes, Path(((1.25, 0.0), (1.25, end)), ACCENT, 2.5)))
            for row, end in zip(rows, ends, strict=True)
        ]

    def _group(self, part: Part) -> Block:
        """A group's name, and when each of its sides begins: beside it where there is room, else below."""
        scale = self._scale
        room = self._column - _INDENT
        heading, times = Type(scale.name * _GROUP, ACCENT, bold=True), Type(scale.detail, SOFT)
        name = heading.set(part.group, _INDENT, scale.padding, room)
        bottom = scale.padding + name.height
        taken = letters.width(part.group, heading.size, bold=True) + scale.detail
        if taken + letters.width(part.sides, times.size) <= room:
            same_line = scale.padding + (heading.size - times.size) * FIRST
            sides = replace(times, anchor="end").set(part.sides, self._column, same_line, room - taken)
        else:
            sides = times.set(part.sides, _INDENT, bottom, room)
            bottom += sides.height
        return Block(bottom, (_hair(0, self._column), *name.shapes, *sides.shapes))

    def _row(self, step: Step, indent: float) -> Block:
        """A step: its number and name, when it begins, and its times beside the name or below it."""
        scale = self._scale
        numeral = Type(scale.name, ACCENT, bold=True, anchor="end")
        left = indent + self._name_x
        # Smaller letters stand on the name's line.
        same_line = scale.padding + (scale.name - scale.detail) * FIRST
        number = numeral.set(step.number, indent + self._number, scale.padding, self._number)
        name = Type(scale.name, INK, bold=True).set(step.name, left, scale.padding, self._name_room - indent)
        start = Type(scale.detail, SOFT, anchor="end").set(step.start, self._column, same_line, self._start)
        below = scale.padding + name.height
        if scale.columns == 1:
            beside = self._name_x + self._name_room + scale.detail
            times = self._times(step, beside, same_line, self._column - self._start - _GUTTER - beside)
            ends = same_line + times.height
            # Beside a second line of times it has less room, and takes none of the row's.
            todo = self._todo(step.todo, left, below, (beside if ends > below else self._column) - left - scale.body)
        else:
            times = self._times(step, left, below, self._column - left)
            ends = below + times.height
            todo = self._todo(step.todo, left, ends, self._column - left)
            below = ends
        drawing = tuple(self._drawing(step, indent))
        bottom = max(ends, below + todo.height, *(each.y + each.height for each in drawing))
        shapes = (_hair(indent, self._column), *number.shapes, *name.shapes, *start.shapes, *times.shapes, *todo.shapes)
        return Block(bottom + scale.padding, (*shapes, *drawing))

    def _drawing(self, step: Step, indent: float) -> Iterator[Picture]:
        """A step's drawing between its number and its name, where it has one."""
        if step.drawing:
            yield Picture(indent + self._drawing_x, self._scale.padding, self._side, self._side, step.drawing)

    def _todo(self, text: str, x: float, y: float, room: float) -> Block:
        """What to do, on one line: as many of its words as there is room for."""
        kind = Type(self._scale.body, SOFT)
        if letters.width(text, kind.size) <= room:
            return kind.set(text, x, y, room)
        words = text.split(" ")
        while words and letters.width(f"{' '.join(words)} …", kind.size) > room:
            words.pop()
        return kind.set(f"{' '.join(words)} …" if words else "", x, y, room)

    def _times(self, step: Step, x: float, y: float, room: float) -> Block:
        """How long a step lasts, on which sides, and its holds; the sides on the first line where there is room."""
        scale = self._scale
        small = Type(scale.body, SOFT)
        lasting = Type(scale.detail, INK).set(step.lasting, x, y, room)
        shapes, height = [*lasting.shapes], lasting.height
        taken = letters.width(step.lasting, scale.detail) + scale.body
        for detail in step.details:
            if detail is step.details[0] and taken + letters.width(detail, scale.body) <= room:
                same_line = y + (scale.detail - scale.body) * FIRST
                shapes += small.set(detail, x + taken, same_line, room - taken).shapes
            else:
                below = small.set(detail, x, y + height, room)
                shapes += below.shapes
                height += below.height
        return Block(height, tuple(shapes))

    # ---- what is below

    def _heading(self, text: str, colour: str, room: float) -> Block:
        size = self._scale.body * 1.12
        heading = Type(size, colour, bold=True).set(text, 0, 0, room)
        return replace(heading, height=heading.height + size * 0.15)

    def _promise(self) -> Block:
        """What everybody may say at any time, in a frame."""
        gap = self._scale.gap
        size = min(16.0, self._scale.body * 1.45)
        loud = Type(size, INK, bold=True, anchor="middle")
        text = loud.set(self._content.promise, self._width / 2, gap * 0.5 + size * 0.33, self._width - 2 * size)
        height = text.height + size * 0.7
        frame = Box(0.6, gap * 0.5, self._width - 1.2, height, None, INK, 1.2, 5)
        return Block(gap * 1.5 + height, (frame, *text.shapes))

    def _notes(self) -> Block:
        blocks = [block for section in self._content.sections for block in self._section(section)]
        return beside(flowed(blocks, self._note_columns), self._note_column, _GUTTER)

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
            return [stacked(heading, *items)]
        return [stacked(heading, *items[:2]), *items[2:-2], stacked(*items[-2:])]

    def _item_x(self, section: Section) -> float:
        return self._scale.body * (SIGN_WIDTH + 0.4 if section.sounds else 0.9)

    def _item(self, section: Section, number: int) -> Block:
        size = self._scale.body
        left = self._item_x(section)
        text = Type(size, INK).set(section.items[number], left, 0, self._note_column - left)
        mark: Iterable[Shape] = (dot(size * 0.2, size * 0.67, size * 0.15, SOFT),)
        if section.sounds:
            mark = Block(0, sign(section.sounds[number], size * 0.9)).at(0, size * 0.2)
        return Block(text.height + size * 0.2, (*mark, *text.shapes))

    def _colophon(self) -> Block:
        """Which session this is, and whether its times are estimated; on one line where there is room."""
        small = Type(SMALLEST, SOFT)
        content = self._content
        name = small.set(content.name, 0, 0, self._width)
        taken = letters.width(content.name, SMALLEST) + _GUTTER
        if taken + letters.width(content.estimate, SMALLEST) <= self._width:
            told = replace(small, anchor="end").set(content.estimate, self._width, 0, self._width - taken)
            return Block(name.height, (*name.shapes, *told.shapes))
        return stacked(name, small.set(content.estimate, 0, 0, self._width))


def _hair(left: float, right: float) -> Path:
    return Path(((left, 0.0), (right, 0.0)), HAIR, 0.6)
