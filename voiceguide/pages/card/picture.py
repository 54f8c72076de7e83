"""The session to scale: bars of working time in the patterns of their sides, sounds above, a ruler below."""

from __future__ import annotations

from itertools import count, pairwise
from math import ceil
from typing import TYPE_CHECKING

from voiceguide.drawing import letters
from voiceguide.drawing.shapes import Block, Box, Path, Run, Shape
from voiceguide.durations import clock
from voiceguide.pages.card.colours import ACCENT, HANDS, INK, SIDES, SOFT
from voiceguide.pages.card.signs import diamond

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.pages.card.content import Content
    from voiceguide.timeline import Chapter, Slot

_ABOVE, _BAR, _BELOW = 8.0, 21.0, 16.0
"""A row: the lane of sounds, the bar, and the ruler's numbers."""
_PRESS = 3.0
"""How high the line is that shows pressing, at a bar's foot."""
_NUMBER = 8.0
"""The size of a step's number on its bar."""
_SMALL = 7.5
_NARROWEST = letters.width("88", _NUMBER, bold=True) + 1
"""Points of a bar that holds any usual step's number."""
_LONGEST_ROW = 30 * 60.0
"""Seconds."""
_RULER = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800)
"""Seconds from one number of the ruler to the next."""
_CLOSEST = 32.0
"""Points between two of them at least."""
_HATCH = 3.2
"""Points from one line of a pattern to the next."""
_SWATCH, _SWATCH_HEIGHT = 14.0, 8.0


def picture(content: Content, width: float, enlarged: float, most: int) -> Block:
    """Draw a session, `width` points wide, in as many rows as its steps' numbers need, up to `most`.

    Letters and bars are `enlarged`; a number that has no room is left out.
    """
    width /= enlarged
    seconds = _row_seconds(content, width, most)
    duration = content.timeline.duration
    shapes: list[Shape] = []
    height = 0.0
    for number in range(ceil(duration / seconds - 1e-9)):
        start = number * seconds
        row = _Row(content, start, seconds, width / seconds)
        shapes += Block(0, tuple(row.drawn())).at(0, height)
        height += _ABOVE + _BAR + _BELOW
    return Block(height, tuple(shapes)).scaled(enlarged)


def legend(content: Content, width: float, enlarged: float) -> Block:
    """Draw what the picture's patterns mean, in as many lines as they need."""
    slots = [slot for chapter in content.timeline.chapters for slot in chapter.slots]
    entries: list[tuple[tuple[Shape, ...], str]] = [
        (tuple(_pattern(number, 0, 0, _SWATCH, _SWATCH_HEIGHT)), f"{side.mark} {side.word}")
        for number, side in enumerate(content.sides)
    ]
    if any(slot.side is None for slot in slots):
        entries.append(((Box(0, 0, _SWATCH, _SWATCH_HEIGHT, HANDS),), content.labels["hands"]))
    between = Box(0.3, 0.3, _SWATCH - 0.6, _SWATCH_HEIGHT - 0.6, None, SOFT)
    entries.append(((between,), content.labels["between"]))
    if any(slot.rounds for slot in slots):
        entries.append(((Box(0, _SWATCH_HEIGHT - _PRESS, _SWATCH, _PRESS, INK),), content.labels["press"]))
    entries.append(((diamond(_SWATCH / 2, _SWATCH_HEIGHT / 2, 3, ACCENT),), content.labels["sound"]))
    return _flowed(entries, width / enlarged).scaled(enlarged)


def _flowed(entries: list[tuple[tuple[Shape, ...], str]], width: float) -> Block:
    """Swatches with their words, one after the other and line by line."""
    gap, line = 14.0, _SMALL * 1.5
    shapes: list[Shape] = []
    x = y = 0.0
    for swatch, words in entries:
        room = width - _SWATCH - 4
        texts = letters.lines(words, room, _SMALL)
        wide = _SWATCH + 4 + max(letters.width(text, _SMALL) for text in texts)
        if x and x + wide > width:
            x, y = 0.0, y + line
        shapes += Block(0, swatch).at(x, y)
        turned = letters.right_to_left(words)
        for number, text in enumerate(texts):
            baseline = y + _SWATCH_HEIGHT - 1.3 + number * line
            shapes.append(Run(x + _SWATCH + 4, baseline, text, _SMALL, SOFT, from_the_right=turned))
        y += line * (len(texts) - 1)
        x += wide + gap
    return Block(y + line, tuple(shapes))


def _row_seconds(content: Content, width: float, most: int) -> float:
    """How much of the session a row shows: whole minutes, unless the session is shorter than one."""
    duration = content.timeline.duration
    slots = [(chapter, slot) for chapter in content.timeline.chapters for slot in chapter.slots]
    for rows in range(1, most):
        seconds = min(duration, ceil(duration / rows / 60) * 60)
        rooms = (_number_room(chapter, slot, seconds) for chapter, slot in slots)
        if seconds <= _LONGEST_ROW and all((end - start) * width / seconds >= _NARROWEST for start, end in rooms):
            return seconds
    return min(duration, ceil(duration / most / 60) * 60)


def _number_room(chapter: Chapter, slot: Slot, seconds: float) -> tuple[float, float]:
    """The time in which a slot's number may stand, where rows are of `seconds`: in the row with most of the slot.

    A chapter's only slot may have its number reach over its ends.
    """
    cuts = [slot.start, *(cut for cut in _multiples(seconds, slot.end) if cut > slot.start), slot.end]
    longest = max(pairwise(cuts), key=lambda piece: piece[1] - piece[0])
    row = sum(longest) / 2 // seconds * seconds
    start, end = (chapter.start, chapter.end) if len(chapter.slots) == 1 else (slot.start, slot.end)
    return max(start, row), min(end, row + seconds)


def _multiples(step: float, below: float) -> Iterator[float]:
    for number in count(1):
        if number * step >= below:
            return
        yield number * step


class _Row:
    """A part of the session of `seconds` from `start`, or up to its end, at `scale` points a second."""

    def __init__(self, content: Content, start: float, seconds: float, scale: float) -> None:
        self._content = content
        self._start = start
        self._seconds = seconds
        self._end = min(start + seconds, content.timeline.duration)
        self._scale = scale
        self._numbers = {side.word: number for number, side in enumerate(content.sides)}

    def drawn(self) -> Iterator[Shape]:
        """Its shapes, from (0, 0) on."""
        wide = self._x(self._end)
        for chapter in self._content.timeline.chapters:
            yield from self._chapter(chapter)
        # The outline lies over the bars' edges, and inside of the row.
        yield Box(0.4, _ABOVE + 0.4, wide - 0.8, _BAR - 0.8, None, SOFT, 0.8)
        yield from self._sounds(wide)
        yield from self._ruler(wide)

    def _x(self, seconds: float) -> float:
        return (min(max(seconds, self._start), self._end) - self._start) * self._scale

    def _chapter(self, chapter: Chapter) -> Iterator[Shape]:
        left, right = self._x(chapter.start), self._x(chapter.end)
        if right <= left:
            return
        for slot in chapter.slots:
            yield from self._slot(slot)
        if chapter.start > self._start:
            yield Path(((left, _ABOVE), (left, _ABOVE + _BAR)), SOFT, 0.6)
        for slot in chapter.slots:
            yield from self._number(chapter, slot)
        title, middle = letters.clean(chapter.title), (left + right) / 2
        if not chapter.slots and letters.width(title, _SMALL) + 2 <= right - left:
            turned = letters.right_to_left(title)
            line = _ABOVE + _BAR / 2 + _SMALL * 0.36
            yield Run(middle, line, title, _SMALL, SOFT, anchor="middle", from_the_right=turned)

    def _slot(self, slot: Slot) -> Iterator[Shape]:
        left, right = self._x(slot.start), self._x(slot.end)
        if right <= left:
            return
        if slot.side is None:
            yield Box(left, _ABOVE, right - left, _BAR, HANDS)
        else:
            yield from _pattern(self._numbers[letters.clean(slot.side)], left, _ABOVE, right - left, _BAR)
        for held in slot.rounds:
            begin, end = map(self._x, held.press)
            if end > begin:
                yield Box(begin, _ABOVE + _BAR - _PRESS, end - begin, _PRESS, INK)

    def _number(self, chapter: Chapter, slot: Slot) -> Iterator[Shape]:
        """A slot's number with its side's mark, or without where there is less room; on white, as near as it can be."""
        start, end = _number_room(chapter, slot, self._seconds)
        if not self._start <= start < self._end:
            return
        left, right = self._x(start), self._x(end)
        number = str(chapter.step)
        mark = self._content.sides[self._numbers[letters.clean(slot.side)]].mark if slot.side else ""
        for text in (f"{number} {mark}".strip(), number):
            wide = letters.width(text, _NUMBER, bold=True)
            if wide + 1 <= right - left:
                half = min((right - left) / 2, wide / 2 + 2)
                middle = min(max((self._x(slot.start) + self._x(slot.end)) / 2, left + half), right - half)
                line = _ABOVE + (_BAR - _PRESS) / 2 + _NUMBER * 0.36
                yield Box(middle - half + 0.4, line - _NUMBER * 0.84, 2 * half - 0.8, _NUMBER, "#ffffff", radius=2)
                turned = letters.right_to_left(text)
                yield Run(middle, line, text, _NUMBER, INK, bold=True, anchor="middle", from_the_right=turned)
                return

    def _sounds(self, wide: float) -> Iterator[Shape]:
        """A diamond for each sound, but for those that holds and strokes are full of."""
        for clip in self._content.timeline.on("chime"):
            if self._start <= clip.start < self._end and clip.role not in ("press", "release", "swell"):
                x = min(max(self._x(clip.start), 2.5), wide - 2.5)
                yield diamond(x, _ABOVE / 2 - 0.5, 2.5, ACCENT)

    def _ruler(self, wide: float) -> Iterator[Shape]:
        step = next((step for step in _RULER if step * self._scale >= _CLOSEST), _RULER[-1])
        bottom = _ABOVE + _BAR
        free = 0.0
        for number in range(ceil(self._start / step - 1e-9), int(self._end / step + 1e-9) + 1):
            x, text = self._x(number * step), clock(number * step)
            half = letters.width(text, _SMALL) / 2
            middle = min(max(x, half), wide - half)
            yield Path(((x, bottom), (x, bottom + 3)), SOFT, 0.6)
            if middle - half >= free:
                yield Run(middle, bottom + 3 + _SMALL, text, _SMALL, SOFT, anchor="middle")
                free = middle + half + 3


def _pattern(number: int, x: float, y: float, width: float, height: float) -> Iterator[Shape]:
    """A side's ground, and lines on it: none, rising, falling, or both."""
    kind = number % len(SIDES)
    ground, ink = SIDES[kind]
    yield Box(x, y, width, height, ground)
    for place in range(int((width + height) / _HATCH) + 1):
        offset = place * _HATCH - height
        begin, end = max(0.0, -offset), min(height, width - offset)
        if end > begin:
            if kind in (1, 3):
                yield Path(((x + offset + begin, y + height - begin), (x + offset + end, y + height - end)), ink, 0.5)
            if kind in (2, 3):
                yield Path(((x + offset + begin, y + begin), (x + offset + end, y + end)), ink, 0.5)
