"""The sentences of an article, each with its role, become the parts of a routine: each goes to one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import cautions, english, framing
from voiceguide.authoring.articles.blocks import CELLS
from voiceguide.authoring.articles.roles import SURE
from voiceguide.authoring.articles.steps import Step
from voiceguide.authoring.articles.times import times
from voiceguide.authoring.articles.topics import SAFETY
from voiceguide.routine.rules import MOST_SPOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voiceguide.authoring.articles.roles import Piece
    from voiceguide.authoring.articles.times import Time
    from voiceguide.authoring.articles.topics import Topic

MOST_REMINDERS = 12
"""More than a session has silences for."""
MOST_CLOSING = 6
"""Sentences at the end; more are a step."""
_FINITE = re.compile(r"\b(?:is|are|was|will|can|may|should|works?|makes?|helps?|does|do|has|have)\b", re.IGNORECASE)
_SELF = re.compile(
    r"\b(?:self[- ]?massage|massag\w+ (?:yourself|your own)|on yourself"
    r"|your own (?:hands?|feet|foot|neck|back|legs?))\b",
    re.IGNORECASE,
)
_MOST_OF_POSTURE = 9
"""Words of a sentence that says how to lie, and nothing else of weight."""
LISTS = ("do_not_start", "ask_first", "avoid", "more")
_KEYS: dict[Topic | None, str] = {
    "need": "need",
    "tips": "reminders",
    "steps": "steps",
    **dict(zip(SAFETY, SAFETY, strict=True)),
}
"""The list that a label of a topic heads."""


@dataclass(frozen=True, slots=True)
class Item:
    """A text of a list."""

    text: str
    line: int
    source: str = ""
    """The article's sentence, where the text is not all of it; only at the first of its texts."""
    check: str = ""
    """What a person should look at."""


@dataclass(frozen=True, slots=True)
class Left:
    """A sentence that has no place in the routine, kept in a comment."""

    text: str
    line: int
    step: int
    """Which step it stands before, from 0."""
    check: str = ""
    """What a person could do about it."""


@dataclass(frozen=True, slots=True)
class Both:
    """Steps that are done on one side and then on the other."""

    start: int
    end: int
    part: str
    """As `leg`."""
    source: str
    line: int


@dataclass(slots=True)
class Outline:
    """What a routine is made of."""

    title: str = ""
    """As the article has it."""
    title_line: int = 1
    language: str = ""
    """"" for English, or one that is not known."""
    summary: Item | None = None
    alone: bool = False
    """Whether it is for oneself."""
    position: Item | None = None
    """How whoever is massaged lies or sits."""
    need: list[Item] = field(default_factory=list)
    reminders: list[Item] = field(default_factory=list)
    closing: list[Item] = field(default_factory=list)
    """What is done, and said, when the last step has ended."""
    safety: dict[str, list[Item]] = field(default_factory=lambda: {key: [] for key in LISTS})
    labels: list[tuple[str, Item]] = field(default_factory=list)
    """What heads a list, with the key of the list."""
    steps: list[Step] = field(default_factory=list)
    both: list[Both] = field(default_factory=list)
    total: tuple[Time, Item] | None = None
    left: list[Left] = field(default_factory=list)


def outlined(pieces: Sequence[Piece], title: str = "") -> Outline:
    """Return the outline of some pieces: each of their texts is in one place of it.

    `title` is what the file itself calls the article, for one without a title of its own.
    """
    made = _Making(pieces)
    heads = [piece.text for piece in pieces if piece.role in ("title", "summary")]
    made.outline.alone = bool(_SELF.search(" ".join([title, *heads])))
    for piece in pieces:
        made.take(piece)
    made.outline.title = made.outline.title or title
    return made.outline


class _Making:
    """Puts one piece after the other in its place."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.outline = Outline()
        self.steps: dict[int, Step] = {}
        self.real = {p.step for p in pieces if p.step is not None and p.role in ("name", "say")}
        """Steps that do something: a caution alone is none, wherever it stands."""
        self.listed = False
        """Whether what is needed stands in a list: then the text around it only talks of it."""
        self.row: tuple[int, int | None, int] | None = None
        """The block and step of the last cell that was left out, and how much was by then: a row is in one piece."""
        self.lines: dict[int, int] = {}
        for piece in pieces:
            if piece.step is not None:
                self.lines.setdefault(piece.step, piece.line)

    def take(self, piece: Piece) -> None:
        """Put a piece in its place."""
        step = self._step(piece) if piece.step in self.real else None
        text, line = piece.text, piece.line
        match piece.role:
            case "title" if not self.outline.title:
                self.outline.title, self.outline.title_line = text, line
            case "summary" if self.outline.summary is None:
                self.outline.summary = Item(text, line)
            case "position":
                self._position(piece)
            case "farewell":
                wish = "a wish, which nobody hears; to have it said at the end; as: closing: [Enjoy the calm.]"
                self.left(text, line, wish if framing.wishes(text) else "")
            case "name" if step is not None and not step.name and not step.said:
                step.name = text
            case "name" | "say" | "time" if step is not None:
                step.said.append((text, line))
            case "side" if step is not None:
                step.sides.append((text, line))
            case "side" | "again" if self.outline.steps:
                self._again(piece)
            case "total" if self.outline.total is None:
                self.outline.total = (times(text)[-1], Item(text, line))
            case "need":
                self._need(piece)
            case "reminder" if len(self.outline.reminders) < MOST_REMINDERS:
                self.outline.reminders.append(Item(english.sentence(text), line))
            case "label" if key := _KEYS.get(piece.of.label or piece.of.topic):
                self.outline.labels.append((key, Item(text, line)))
            case "caution":
                self._caution(piece, step)
            case "closing" if piece.of.kind == "heading":
                self.outline.labels.append(("closing", Item(text, line)))
            case "closing" if len(self.outline.closing) < MOST_CLOSING:
                self.outline.closing.append(Item(english.sentence(text), line))
            case _ if piece.of.cell and self.row == (piece.of.block, piece.step, len(self.outline.left)):
                before = self.outline.left[-1]
                self.outline.left[-1] = replace(before, text=f"{before.text}{CELLS}{text}")
            case _:
                self.left(text, line)
                self.row = (piece.of.block, piece.step, len(self.outline.left))

    def left(self, text: str, line: int, check: str = "") -> None:
        """Keep a sentence as a comment where it stands."""
        self.outline.left.append(Left(text, line, len(self.outline.steps), check))

    def _position(self, piece: Piece) -> None:
        """Take how somebody lies from the first sentence that is clear about it; nobody hears the others."""
        posture = framing.posture(piece.text) if self.outline.alone or framing.settles(piece.text) else ""
        if posture and self.outline.position is None:
            more = len(piece.text.split()) > _MOST_OF_POSTURE
            self.outline.position = Item(posture, piece.line, piece.text, "says more than this" if more else "")
        else:
            check = "nobody hears the next line; to have it said while it opens, in up to eight words"
            self.left(piece.text, piece.line, f"{check}; as: settle: lying down, a pillow under the feet")

    def _step(self, piece: Piece) -> Step:
        assert piece.step is not None  # noqa: S101 (it is one of the real ones)
        if piece.step not in self.steps:
            self.steps[piece.step] = Step(self.lines[piece.step], unsure=piece.confidence < SURE)
            self.outline.steps.append(self.steps[piece.step])
        return self.steps[piece.step]

    def _again(self, piece: Piece) -> None:
        """Take it that what went before, since the last such place, is done on the other side too."""
        steps = self.outline.steps
        if (named := english.STEPS_AGAIN.search(piece.text)) and int(named["first"]) <= int(named["last"] or 0) <= len(
            steps
        ):
            start, end = int(named["first"]) - 1, int(named["last"])
            if start >= max((both.end for both in self.outline.both), default=0) and not any(
                s.sides for s in steps[start:end]
            ):
                part = english.other_side(piece.text) or "side"
                self.outline.both.append(Both(start, end, part, piece.text, piece.line))
                return
        start = max((both.end for both in self.outline.both), default=0)
        while start < len(steps) and english.prepares(_words(steps[start])):
            start += 1
        if start == len(steps) or (len(steps) - start == 1):
            steps[-1].sides.append((piece.text, piece.line))
        elif any(step.sides for step in steps[start:]):
            self.left(piece.text, piece.line)
            for step in steps[start:]:
                step.sides = step.sides or [(piece.text, piece.line)]
        else:
            part = english.other_side(piece.text) or "side"
            self.outline.both.append(Both(start, len(steps), part, piece.text, piece.line))

    def _need(self, piece: Piece) -> None:
        said = english.needed(piece.text)
        item = piece.of.kind == "item"
        talk = english.commands(piece.text) or _FINITE.search(piece.text) or self.listed
        if said is None and not item and talk:
            self.left(piece.text, piece.line)
            return
        self.listed = self.listed or item
        whole = said is None and item
        things = [piece.text] if whole else [*cautions.listed(said or piece.text)]
        for number, each in enumerate(things):
            text = english.thing(each)
            same = _alike(text) == _alike(piece.text)
            self.outline.need.append(Item(text, piece.line, "" if number or same or whole else piece.text))

    def _caution(self, piece: Piece, step: Step | None) -> None:
        topic = piece.of.topic
        heads = piece.of.kind == "heading" or piece.text.endswith(":")
        listed = "heading" if heads else topic if topic in SAFETY else ""
        item = piece.of.kind == "item"
        care = cautions.understood(piece.text, listed=listed, item=item, in_step=step is not None)
        if not care.texts:
            self.outline.labels.append((care.place, Item(piece.text, piece.line)))
        elif care.place == "warn" and step is not None:
            step.warn.append((care.texts[0], piece.line))
        else:
            for number, text in enumerate(care.texts):
                source = "" if number or _alike(text) == _alike(piece.text) else piece.text
                self._safe(care.place, Item(text, piece.line, source, "" if care.sure else _doubt(care.place)))

    def _safe(self, place: str, item: Item) -> None:
        """Add a text to a safety list, or to what is only shown where there is no time to say it."""
        items = self.outline.safety[place]
        if any(_alike(other.text) == _alike(item.text) for other in items):
            self.outline.labels.append((place, Item(item.source or item.text, item.line)))
        elif len(items) >= MOST_SPOKEN.get(place, 1000):
            check = "there is no time to say this too; are the weightiest above?"
            self.outline.safety["more"].append(Item(item.text, item.line, item.source, check))
        else:
            items.append(item)


def _doubt(place: str) -> str:
    if place == "more":
        return "a caution, word for word: shown, not spoken; does it belong to one of the lists above?"
    return (
        'does this read well after "While you press"?'
        if place == "avoid"
        else 'does this read well after "Not today with"?'
    )


def _words(step: Step) -> str:
    return " ".join([step.name, *(text for text, _ in step.said)])


def _alike(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
