"""What a terminal shows while a session plays: made of a timeline and what is heard, and drawn by whoever has a screen.

It is read from some way off, by somebody whose hands are busy: the time left in the step is as large as there is room.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from voiceguide import phrases
from voiceguide.durations import clock
from voiceguide.text.lines import encodable, plain, takes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.phrases import Phrases
    from voiceguide.play.transport import Heard
    from voiceguide.timeline import Moment, Timeline

_DIGITS = dict(
    zip("0123456789", "75557 26227 71747 71717 55711 74717 74757 71222 75757 75717".split(), strict=True)  # noqa: SIM905
)
"""A row of three pixels is the bits of one octal digit."""
_TALLEST = 3
"""How often a pixel is doubled at most."""
_TITLE_LINES, _SAID_LINES = 2, 3
"""The most that a step's name and the words take."""
_WAY = 12
"""Columns of a stroke's bar."""
_AIR = 4
"""Empty lines between the groups, before the digits grow."""
_ROOMY = 16
"""Lines from which on a screen has one to spare."""


class Screen(NamedTuple):
    """Where it is drawn."""

    width: int = 80
    """Columns."""
    height: int = 24
    """Lines."""
    encoding: str = "utf-8"


def view(timeline: Timeline, heard: Heard, screen: Screen) -> Text:
    """Return all of a screen: `height` lines, none wider than `width` columns; what `encoding` lacks is shown as `?`.

    Texts of a session are shown as text, whatever they hold.
    """
    drawing = _Drawing(timeline, heard, screen)
    lines = drawing.lines()
    return Text("\n", no_wrap=True, overflow="crop", end="").join(lines)


class _Drawing:
    """One moment, drawn for one screen."""

    def __init__(self, timeline: Timeline, heard: Heard, screen: Screen) -> None:
        self.timeline = timeline
        self.heard = heard
        self.moment: Moment = timeline.at(heard.seconds)
        self.screen = screen
        self.words: Phrases = phrases.load(timeline.language)
        self.margin = 1 if screen.width < 60 else 4
        self.room = max(screen.width - 2 * self.margin, 1)
        self.signs = takes("█━─┃←→…×", screen.encoding)

    def lines(self) -> list[Text]:
        """All lines: what is going on in the middle of what is left above the bar."""
        gap = [Text()] * (self.screen.height >= _ROOMY)
        foot = [self._bar(), self._times(), *gap, *self._keys()]
        height = max(self.screen.height - len(foot), 1)
        groups = [group for group in self._groups(height) if group]
        spare = height - sum(map(len, groups))
        between, rest = divmod(max(spare, 0), len(groups) + 1)
        lines: list[Text] = []
        for number, group in enumerate(groups):
            lines += [Text()] * (between + (number < rest))
            lines += [self._centred(line) for line in group]
        lines += [Text()] * (height - len(lines))
        indent = " " * self.margin
        return [*lines[:height], *(Text(indent).append_text(line) for line in foot)][: self.screen.height]

    def _groups(self, height: int) -> list[list[Text]]:
        """The groups of lines above the bar, in all no more than `height`: what matters less goes first.

        Nothing moves when words come and go: they have their lines, said or not.
        """
        where, following = self._where(), [self._next()]
        doing = [*self._name(), *self._state()]
        others = len(doing) + len(where) + len(following)
        said = self._said(min(_SAID_LINES, max(height - others - 1, 0)))
        left = self._left(height - others - len(said) - _AIR)
        over = others + len(said) + len(left) - height
        return [where if over <= 0 else [], doing, left, said, following if over <= len(where) else []]

    # -- the groups -----------------------------------------------------------------------------------

    def _where(self) -> list[Text]:
        """Which step of how many, and of which group."""
        chapter = self.moment.chapter
        count = max((each.step or 0 for each in self.timeline.chapters), default=0)
        parts = [self._shown("step", number=str(chapter.step), count=str(count))] if chapter.step else []
        parts += [chapter.group] if chapter.group else []
        if not parts and self.timeline.title != chapter.title:
            parts = [self.timeline.title]
        return [self._line("  ·  ".join(parts), "dim")] if parts else []

    def _name(self) -> list[Text]:
        """The step, and its side."""
        title, side = self.moment.chapter.title, self.moment.side
        return self._wrapped(f"{title} – {side}" if side else title, "bold", _TITLE_LINES)

    def _state(self) -> list[Text]:
        """The one thing to know now: that it waits or is paused, else what the hands do."""
        if self.heard.waiting:
            return [self._line(self._own("ready"), "bold reverse", pad=True)]
        if self.heard.paused:
            return [self._line(self._own("paused"), "bold reverse", pad=True)]
        if self.heard.coming:
            return [self._line(self._own("coming"), "bold reverse", pad=True)]
        seconds, phase = self.heard.seconds, self.moment.phase
        if phase in ("press", "release"):
            rounds = (held for slot in self.moment.chapter.slots for held in slot.rounds)
            spans = [span for held in rounds for span in (held.press, held.release)]
            end = next((end for start, end in spans if start <= seconds < end), seconds)
            style = "bold yellow" if phase == "press" else "bold green"
            return [self._line(f"{self._shown(phase)}  {ceil(end - seconds)} s", style)]
        if phase in ("out", "back"):
            style = "bold yellow" if phase == "out" else "bold green"
            return [self._line(f"{self._shown(phase)}  {self._way()}", style)]
        if phase == "changeover":
            coming = next((slot.side for slot in self.moment.chapter.slots if slot.start > seconds), None)
            change = self._shown("change")
            return [self._line(f"{change}: {coming}" if coming else change, "bold cyan")]
        return [Text()]

    def _way(self) -> str:
        """How far the hands are on their stroke, as a bar that fills and empties."""
        far = round((self.moment.way or 0.0) * _WAY)
        full, empty = ("█", "─") if self.signs else ("#", "-")
        return full * far + empty * (_WAY - far)

    def _left(self, room: int) -> list[Text]:
        """The time left in the step, in large digits where there are five lines or more."""
        left = clock(ceil(self.moment.left_in_chapter - 1e-6))
        label = self._line(self._shown("left_in_step"), "dim")
        size = min(_TALLEST, room // 5, self.room // _big_width(left))
        if size < 1 or self.room < cell_len(label.plain):
            return [self._line(f"{left}  {self._shown('left_in_step')}", "bold")]
        return [*(Text(line, "bold") for line in _big(left, size, "█" if self.signs else "#")), label]

    def _said(self, lines: int) -> list[Text]:
        """The words being said, in so many lines; those said last in this step stay, dim."""
        now = self.heard.seconds
        sentences = [said for clip in self.timeline.on("narration") for said in clip.sentences]
        begun = [said for said in sentences if self.moment.chapter.start <= said.start <= now]
        text, style = (begun[-1].text, "italic" if now < begun[-1].end else "dim italic") if begun else ("", "")
        shown = self._wrapped(text, style, lines) if lines else []
        return [*shown, *[Text()] * (lines - len(shown))]

    def _next(self) -> Text:
        """What comes next."""
        following = self.moment.next
        return self._line(self._shown("next", title=following) if following else self._shown("last"))

    def _bar(self) -> Text:
        """The session, a mark where each chapter begins; what is heard is drawn heavily."""
        duration = max(self.timeline.duration, 1e-6)
        marks = {round(each.start / duration * self.room) for each in self.timeline.chapters[1:]}
        heard = self.heard.seconds / duration * self.room
        heavy, light, mark = ("━", "─", "┃") if self.signs else ("=", "-", "|")
        bar = Text()
        for cell in range(self.room):
            done = cell < heard
            bar.append(mark if cell in marks else heavy if done else light, "bold cyan" if done else "dim")
        return bar

    def _times(self) -> Text:
        """How long it has been, and how long it will be."""
        been = clock(self.heard.seconds)
        will = f"{clock(ceil(self.moment.left - 1e-6))} {self._shown('left')}"
        gap = self.room - cell_len(been) - cell_len(will)
        return self._line(f"{been}{' ' * gap}{will}" if gap > 0 else will)

    def _keys(self) -> Iterator[Text]:
        """The keys, as many to a line as fit, in two lines at most."""
        stopped = self.heard.paused
        arrows = "← →" if self.signs else "< >"
        volume = (
            f"{self._own('volume')} {self.heard.volume_db:+.0f} dB" if self.heard.volume_db else self._own("volume")
        )
        items = [
            (self._own("space"), self._own("go_on" if stopped else "pause")),
            (arrows, self._own("steps")),
            ("+ -", volume),
            ("q", self._own("end")),
        ]
        line = Text()
        for key, meaning in items:
            item = Text.assemble((self._safe(key), "bold"), " ", (self._safe(meaning), "dim"))
            if line and line.cell_len + 3 + item.cell_len > self.room:
                yield line
                line = Text()
            line = Text("   ").join([line, item]) if line else item
        yield line

    # -- texts --------------------------------------------------------------------------------------

    def _shown(self, key: str, **filling: str) -> str:
        """The player's words for something; texts of the session are put in as they are."""
        return self.words.shown("player", key).format(**filling)

    def _own(self, key: str) -> str:
        return self.words.shown("terminal", key)

    def _safe(self, text: str) -> str:
        """A text that the terminal shows and does not obey."""
        return encodable(plain(text), self.screen.encoding)

    def _line(self, text: str, style: str = "", *, pad: bool = False) -> Text:
        """One line, cut where it is too long."""
        kept = " " if pad else ""
        # `plain` makes one of several spaces; those here are the layout's.
        parts = text.split("  ")
        return Text(kept + self._cut("  ".join(map(self._safe, parts)), self.room - 2 * len(kept)) + kept, style)

    def _cut(self, text: str, room: int) -> str:
        if cell_len(text) <= room:
            return text
        more = "…" if self.signs else ".."
        return set_cell_size(text, max(room - len(more), 0)).rstrip() + more

    def _wrapped(self, text: str, style: str, most: int) -> list[Text]:
        """A text broken between words, in `most` lines at most; the last one tells where there is more."""
        safe = self._safe(text)
        # As long as is read at a glance.
        room = min(self.room, 72)
        lines = [line.plain.rstrip() for line in Text(safe).wrap(Console(width=room), room)]
        if len(lines) > most:
            lines = [*lines[: most - 1], self._cut(f"{lines[most - 1]} {lines[most]}", room)]
        return [Text(line, style) for line in lines]

    def _centred(self, line: Text) -> Text:
        gap = max((self.screen.width - line.cell_len) // 2, 0)
        return Text(" " * gap).append_text(line) if line else line


def _big_width(text: str) -> int:
    """Columns of a time in the smallest large digits."""
    return sum(4 if sign == ":" else 8 for sign in text) - 2


def _big(text: str, size: int, ink: str) -> Iterator[str]:
    """A time in digits of 5 × `size` lines; a pixel is twice as many columns as lines, and so nearly square."""
    for row in range(5):
        line = ""
        for sign in text:
            pixels = "01010"[row] if sign == ":" else f"{int(_DIGITS[sign][row]):03b}"
            line += "".join((ink if pixel == "1" else " ") * 2 * size for pixel in pixels) + " " * 2 * size
        for _ in range(size):
            # All lines are equally long, so that they stay above each other when they are centred.
            yield line[: -2 * size]
