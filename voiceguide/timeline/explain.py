"""The picture of a session: its rows and what fills them, and the lines that show them in a terminal. Pure.

`rows` cuts a timeline into the opening, each side of each step, and the closing; `picture` draws them in a terminal's
cells, and scripts/draw_timeline.py as an SVG. Nothing is printed here, and rich is imported only where it is used.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Literal, get_args

from voiceguide.durations import clock
from voiceguide.errors import option, worded
from voiceguide.text.lines import encodable, plain, takes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rich.text import Text

    from voiceguide.timeline import Chapter, Clip, Slot, Timeline

    Names = Callable[[str], str]

Kind = Literal["between", "hands", "ring", "press", "release", "out", "back", "voice", "sound"]
"""What a moment shows; each is drawn over those before it."""

_OVER: dict[Kind, int] = {kind: height for height, kind in enumerate(get_args(Kind))}

WIDTH = 80
"""Columns where no terminal says how many it has."""
NARROWEST = 40
"""Columns; a narrower terminal gets lines of this length."""

_EPSILON = 1e-6
"""Seconds: nothing shorter is drawn, as it comes from rounding."""


@dataclass(frozen=True, slots=True)
class Span:
    """One thing that fills a part of a row."""

    kind: Kind
    """A `sound` is worth a mark at its start; how long it is heard is a `ring` of its own."""
    start: float
    """Seconds."""
    end: float


@dataclass(frozen=True, slots=True)
class Row:
    """The opening, one side of a step with the changeover before it, or the closing; rows tile the session."""

    label: str
    """As `4 Circles, left`; safe to show."""
    start: float
    """Seconds."""
    end: float
    spans: tuple[Span, ...]
    """What lies over `between`, the lowest first."""
    rounds: int
    """Hold rounds."""
    cycles: tuple[tuple[float, float], ...] = ()
    """When strokes start and end that are spoken."""
    strokes: int = 0
    """All of them."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start

    @property
    def voice_share(self) -> float:
        """The part of its time in which words sound, 0 to 1."""
        spoken = sum(span.end - span.start for span in self.spans if span.kind == "voice")
        return min(1.0, spoken / self.seconds) if self.seconds > 0 else 0.0

    @property
    def longest_silence(self) -> float:
        """Seconds of its longest stretch without words; rounds and spoken strokes count, as they do for reminders."""
        held = [span for span in self.spans if span.kind in ("press", "release")]
        busy = [(span.start, span.end) for span in self.spans if span.kind == "voice"]
        busy += self.cycles
        if held:
            busy.append((min(span.start for span in held), max(span.end for span in held)))
        longest, at = 0.0, self.start
        for start, end in (*sorted(busy), (self.end, self.end)):
            longest = max(longest, start - at)
            at = max(at, end)
        return longest


def rows(timeline: Timeline) -> tuple[Row, ...]:
    """Cut a session into rows that tile it: a side a row, in order."""
    cuts = [cut for chapter in timeline.chapters for cut in _cuts(chapter)]
    starts = [start for _, _, start, _ in cuts]
    clips: list[list[Clip]] = [[] for _ in cuts]
    for clip in timeline.clips:
        if clip.track == "bed":
            continue
        index = max(0, bisect_right(starts, clip.start + _EPSILON) - 1)
        while index < len(cuts) and starts[index] < clip.end:
            clips[index].append(clip)
            index += 1
    return tuple(_row(*cut, over) for cut, over in zip(cuts, clips, strict=True))


def _cuts(chapter: Chapter) -> Iterator[tuple[Chapter, Slot | None, float, float]]:
    """A chapter's rows: (chapter, slot, start, end)."""
    ends = [*(slot.end for slot in chapter.slots[:-1]), chapter.end]
    for slot, (start, end) in zip(chapter.slots or (None,), pairwise((chapter.start, *ends)), strict=True):
        yield chapter, slot, start, end


def _row(chapter: Chapter, slot: Slot | None, start: float, end: float, clips: Iterable[Clip]) -> Row:
    rounds = slot.rounds if slot else ()
    spans = [Span("hands", slot.start, slot.end)] if slot else []
    spans += [Span("press", *held.press) for held in rounds]
    spans += [Span("release", *held.release) for held in rounds]
    cycles = slot.cycles if slot else ()
    spans += [Span("out", *stroke.out) for stroke in cycles]
    spans += [Span("back", *stroke.back) for stroke in cycles]
    # A phase begins with a sound of its own, which its bar stands for.
    begun = {round(span.start, 3) for span in spans if span.kind != "hands"}
    for clip in clips:
        if clip.track == "narration":
            spans.append(Span("voice", clip.start, clip.end))
        elif round(clip.start, 3) not in begun:
            spans.append(Span("ring", clip.start, clip.end))
            if clip.start >= start - _EPSILON:
                spans.append(Span("sound", clip.start, clip.end))
    inside = (Span(span.kind, max(span.start, start), min(span.end, end)) for span in spans)
    drawn = sorted((span for span in inside if span.end - span.start > _EPSILON), key=lambda span: _OVER[span.kind])
    spoken = tuple((stroke.out[0], stroke.back[1]) for stroke in cycles if stroke.voiced)
    label = _label(chapter, slot.side if slot else None)
    return Row(label, start, end, tuple(drawn), len(rounds), spoken, len(cycles))


def _label(chapter: Chapter, side: str | None) -> str:
    number = f"{chapter.step} " if chapter.step else ""
    group = f"{chapter.group}: " if chapter.group else ""
    return plain(f"{number}{group}{chapter.title}{f', {side}' if side else ''}")


# ---- the terminal ---------------------------------------------------------------------------------------------------

_LOOKS: dict[Kind, tuple[str, str, str, str]] = {
    # kind: mark, mark in plain ASCII, colour, name
    "voice": ("█", "#", "cyan", "voice"),
    "press": ("▅", "=", "yellow", "press"),
    "release": ("▂", "_", "green", "release"),
    "out": ("╱", "/", "yellow", "stroke out"),  # noqa: RUF001 (a slope, no slash)
    "back": ("╲", "\\", "green", "back"),
    "hands": ("─", "-", "dim", "hands only"),
    "sound": ("♪", "*", "bold magenta", "a sound starts"),
    "ring": ("~", "~", "magenta", "it rings on"),
    "between": ("·", ":", "dim", "lead-in, changeover, waiting"),
}

_SCALES = ((1, 10), (2, 10), (3, 10), (5, 12), (10, 12), (15, 12), (30, 10), (60, 10), (120, 15), (300, 12))
"""(seconds a cell, cells from one number of the ruler to the next): numbers that are read at a glance."""


def picture(timeline: Timeline, *, width: int = WIDTH, encoding: str = "utf-8", names: Names = str) -> tuple[Text, ...]:
    """Return the session as lines for a terminal of `width` columns whose output takes `encoding`.

    Each row has a line of numbers and below it a bar, all to one scale, which goes on in the next line where it is
    longer than one. Marks tell apart what fills it, colours only help; where `encoding` lacks the marks they are
    plain ASCII, and letters it lacks are shown as `?`. `names` words the names of choices.
    """
    return tuple(_Drawing(timeline, max(width, NARROWEST), encoding, names).lines())


class _Drawing:
    """One timeline being drawn for one terminal."""

    def __init__(self, timeline: Timeline, width: int, encoding: str, names: Names) -> None:
        self.timeline = timeline
        self.names = names
        self.width = width
        self.encoding = encoding
        blocks = takes("…".join(look[0] for look in _LOOKS.values()), encoding)
        self.marks = {kind: look[0] if blocks else look[1] for kind, look in _LOOKS.items()}
        self.more = "…" if blocks else ".."
        self.rows = rows(timeline)
        self.has_strokes = any(row.strokes for row in self.rows)
        self.indent = max(map(len, ("start", *(clock(row.start) for row in self.rows)))) + 2
        self.line = self.width - self.indent
        """Cells of a whole bar line."""
        self.scale, self.tick = self._scale()

    def _scale(self) -> tuple[int, int]:
        """The finest scale at which most rows have one line."""
        most = max(12.0, 1.5 * len(self.rows))
        for seconds, tick in _SCALES:
            lines = sum(max(1, ceil(row.seconds / seconds / self.line)) for row in self.rows)
            if lines <= most:
                return seconds, tick
        return _SCALES[-1]

    def lines(self) -> Iterator[Text]:
        """All lines, from the title to what was left out."""
        from rich.text import Text

        timeline = self.timeline
        how = "estimated" if timeline.estimated else "measured"
        yield from self._prose(
            f"{timeline.title}, {timeline.length}: {clock(timeline.duration)} ({how}), voice {timeline.voice}", "bold"
        )
        if timeline.estimated:
            yield from self._prose(
                "Estimated: not all of it has been spoken yet, so words may come out a little longer."
            )
        yield Text()
        yield from self._table()
        yield Text()
        yield from self._legend()
        yield from self._prose(
            f"One mark is {self.scale} s, and the ruler counts from the start of each row."
            " Voice is the share of time with words, silence the longest time without words or holds."
        )
        yield Text()
        for sentence in left_out(timeline, self.names):
            yield from self._prose(sentence)

    def _table(self) -> Iterator[Text]:
        """The heads, the ruler, and each row's numbers and bar."""
        from rich.text import Text

        numbers = self._numbers()
        yield Text(self._numbered("start", "step", numbers[0]), "bold")
        yield Text(self._ruler(), "dim")
        for row, line in zip(self.rows, numbers[1:], strict=True):
            yield Text(self._numbered(clock(row.start), row.label, line))
            yield from self._bar(row)

    def _numbers(self) -> list[str]:
        """The columns right of the labels, heads first, all of one length; the last ones go where room is short."""
        columns = [
            ["length", *(clock(row.seconds) for row in self.rows)],
            ["voice", *(f"{row.voice_share:.0%}" for row in self.rows)],
            ["silence", *(clock(row.longest_silence) for row in self.rows)],
        ]
        if any(row.rounds for row in self.rows):
            columns.append(["rounds", *(str(row.rounds or "") for row in self.rows)])
        if self.has_strokes:
            columns.append(["strokes", *(str(row.strokes or "") for row in self.rows)])
        lines = [""] * (len(self.rows) + 1)
        for column in columns:
            wide = max(map(len, column)) + 2
            if self.indent + _SHORTEST_LABEL + len(lines[0]) + wide > self.width:
                break
            lines = [line + cell.rjust(wide) for line, cell in zip(lines, column, strict=True)]
        return lines

    def _numbered(self, start: str, label: str, numbers: str) -> str:
        from rich.cells import cell_len, set_cell_size

        room = self.width - self.indent - len(numbers)
        label = encodable(label, self.encoding)
        if cell_len(label) > room:
            label = set_cell_size(label, room - len(self.more)) + self.more
        return f"{start:>{self.indent - 2}}  {set_cell_size(label, room)}{numbers}".rstrip()

    def _ruler(self) -> str:
        numbers = (f"|{clock(cell * self.scale)}".ljust(self.tick) for cell in range(0, self.line, self.tick))
        ruler = "".join(numbers).rstrip()
        # The last number goes whole or not at all.
        return " " * self.indent + (ruler if len(ruler) <= self.line else ruler[: ruler.rindex("|")].rstrip())

    def _bar(self, row: Row) -> Iterator[Text]:
        """A row's bar; each further line of it starts with its own time."""
        from rich.text import Text

        cells = _cells(row, self.scale)
        for first in range(0, len(cells), self.line):
            at = clock(row.start + first * self.scale) if first else ""
            line = Text().append(f"{at:>{self.indent - 2}}  ", "dim")
            for kind in cells[first : first + self.line]:
                line.append(self.marks[kind], _LOOKS[kind][2])
            yield line

    def _legend(self) -> Iterator[Text]:
        """What the marks mean, as many to a line as fit."""
        from rich.text import Text

        line = Text()
        for kind, (_, _, style, name) in _LOOKS.items():
            if kind in ("out", "back") and not self.has_strokes:
                continue
            item = Text.assemble((self.marks[kind], style), " ", name)
            if line and line.cell_len + 3 + item.cell_len > self.width:
                yield line
                line = Text()
            line = Text("   ").join([line, item]) if line else item
        yield line

    def _prose(self, sentence: str, style: str = "") -> Iterator[Text]:
        """A sentence, broken between words."""
        from rich.console import Console
        from rich.text import Text

        text = Text(encodable(plain(sentence), self.encoding), style)
        for line in text.wrap(Console(width=self.width), self.width):
            line.rstrip()
            yield line


_SHORTEST_LABEL = 12
"""Columns a label keeps before numbers are given up for it."""


def _cells(row: Row, scale: float) -> Sequence[Kind]:
    """What each cell of a row's bar shows; nothing is shorter than a cell."""
    cells: list[Kind] = ["between"] * max(1, round(row.seconds / scale))

    def paint(kind: Kind, start: float, end: float) -> None:
        first = min(round((start - row.start) / scale), len(cells) - 1)
        last = min(max(first + 1, round((end - row.start) / scale)), len(cells))
        cells[first:last] = [kind] * (last - first)

    for span in row.spans:
        paint(span.kind, span.start, span.start if span.kind == "sound" else span.end)
    return cells


# ---- what was left out ----------------------------------------------------------------------------------------------

_NO_PLACE = {
    "next": ("the name of the next step", "the words or holds before it reach too near to the end of the step"),
    "reminder": ("reminders", "the silence they were for is too short to keep clear of the other words"),
    "last": ("that the last stroke comes", "a cue of the author's stands where it would be said"),
    "time_left": ("how much time is left", "its moment lies between two steps, or among other words"),
    "halfway": ("what the bell at half of a step means", "other words stand too near to it"),
    "last-minute": ("what the bell of the last minute means", "other words stand too near to it"),
    "recover": ("what to do for whoever has lost their place", "no silence from the fourth minute on is long enough"),
}
"""The program's own items: what it is, and why it found no place."""


def left_out(timeline: Timeline, names: Names = str) -> Iterator[str]:
    """Say what is not in a session and why, a sentence each: first what found no place, then what was not wanted.

    `names` words the names of choices.
    """
    said = [*_without_place(timeline), *_unwanted(timeline)]
    yield from (
        ["Left out:", *(f"- {worded(sentence, names)}" for sentence in said)] if said else ["Nothing was left out."]
    )


def _without_place(timeline: Timeline) -> Iterator[str]:
    for role, count in timeline.left_out:
        what, why = _NO_PLACE.get(role, (role, "it found no gap between the other words"))
        yield f"{what} ({count} time{'s' * (count != 1)}): {why}."


def _unwanted(timeline: Timeline) -> Iterator[str]:
    chosen = timeline.choices
    if chosen.get("without"):
        yield f"steps, by {option('without')}: {', '.join(chosen['without'])}."
    if chosen.get("opening") is False:
        yield f"the opening but for the words of care, by {option('opening')}."
    if chosen.get("safety") is False:
        yield f"all but the brief words of care, by {option('safety')}."
    elif chosen.get("gate") == "brief":
        yield f"all but the brief words of care, by {option('gate')} brief."
    if chosen.get("closing") is False:
        yield f"the closing, by {option('closing')}."
    if chosen.get("chime_level") == "none":
        yield f"all chimes but the end's, by {option('chime_level')} none."
    if timeline.talk == "calm":
        yield f"reminders in the second half of each step's time, by {option('talk')} calm."
    elif timeline.talk == "minimal":
        yield f"all words but names, care, warnings and questions, by {option('talk')} minimal."
