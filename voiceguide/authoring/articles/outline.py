"""Which block of an article is what: title, things needed, steps, tips, when not to begin, and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from voiceguide.authoring.articles import wording
from voiceguide.authoring.articles.times import times
from voiceguide.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from voiceguide.authoring.articles.blocks import Article, Block

Topic = Literal["need", "tips", "dont", "ask", "steps", "other"]

FEWEST = 2
"""Steps that make a how-to."""

_TOPICS: tuple[tuple[Topic, str], ...] = (
    (
        "other",
        r"\b(?:how (?:often|long|much)|faqs?|frequently asked|benefits?|conclusion|references|sources|related"
        r"|about|introduction|overview|summary|final thoughts|final words|comments|why|share|aftercare)\b",
    ),
    ("ask", r"\b(?:ask|see|consult|talk to|check with)\b.*\b(?:doctor|physician|midwife)\b"),
    (
        "dont",
        r"\b(?:not to|not massage|avoid massage|contra-?indications?|precautions?|cautions?|safety|warnings?"
        r"|to skip|should(?: not|n['’]t)|who (?:can['’]t|cannot)|don['’]?ts|do not)\b",
    ),
    (
        "need",
        r"\b(?:you(?:['’]ll| will)? need|need(?:ed)?|supplies|materials|equipment|ingredients|gather"
        r"|what to (?:get|have|gather))\b",
    ),
    ("tips", r"\b(?:tips?|hints?|advice|good to know|remember|keep in mind)\b"),
    (
        "steps",
        r"\b(?:steps?|how (?:do|to)|method|instructions?|techniques?|directions|routine|sequence"
        r"|the massage)\b",
    ),
)
"""The topic that a heading has, by the first pattern that is found in it."""
_STEP = re.compile(
    r"(?:step\s+(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\d{1,2}[.)])"
    r"[\s.:)–—-]*(?P<name>.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A text of the article, and where it stands."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step as the article tells it."""

    name: str
    """"" where it has none."""
    texts: tuple[str, ...]
    """What stands below its name: paragraphs and items."""
    line: int


@dataclass(slots=True)
class Outline:
    """What was found in an article."""

    title: str
    line: int
    """Of the title; 1 where the text has none."""
    intro: str = ""
    """The first sentence of what has no place of its own."""
    shape: str = ""
    """In which form the steps stood: `numbered steps`, `headings`, `a list`, `sentences`."""
    need: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    tips: list[Line] = field(default_factory=list)
    dont: list[Line] = field(default_factory=list)
    """Reasons not to begin, as the article words them."""
    ask: list[Line] = field(default_factory=list)
    """Reasons to ask a doctor first."""
    avoid: list[Line] = field(default_factory=list)
    """What to leave alone, outside steps."""
    left_out: list[Line] = field(default_factory=list)
    """Headings of sections, and lone texts, that no routine has a place for."""


@dataclass(slots=True)
class _Section:
    heading: Block | None
    topic: Topic | None
    blocks: list[Block] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    """Blocks that have found their place, by their number in `blocks`."""

    def free(self) -> Iterator[tuple[int, Block]]:
        """Yield the blocks that have found no place yet."""
        return ((i, block) for i, block in enumerate(self.blocks) if i not in self.used)


def outline(article: Article) -> Outline:
    """Return what an article holds; without steps where it tells none."""
    blocks = list(article.blocks)
    first = next((b for b in blocks if b.kind == "heading" and b.level == 1 and not _is_step(b)), None)
    if first is None and blocks and blocks[0].kind == "heading" and not _is_step(blocks[0]):
        first = blocks[0]
    found = Outline(first.text if first else article.title, first.line if first else 1)
    sections = _sections(blocks, first)
    for section in sections:
        _lists(section, found)
    _find_steps(sections, found)
    for section in sections:
        _rest(section, found)
    return found


def topic_of(text: str) -> Topic | None:
    """Return what a heading, or the line before a list, says is to come; None where it does not tell."""
    found = next((topic for topic, pattern in _TOPICS if re.search(pattern, text, re.IGNORECASE)), None)
    question = text.rstrip().endswith("?")
    return "other" if question and found in (None, "tips") else found


def _sections(blocks: list[Block], title: Block | None) -> list[_Section]:
    """Part an article at its headings; below a heading that tells its topic, deeper ones share it."""
    sections = [_Section(None, None)]
    above: list[tuple[int, Topic | None]] = []
    for i, block in enumerate(blocks):
        listed = i + 1 < len(blocks) and blocks[i + 1].kind == "item"
        if block.kind == "heading":
            while above and above[-1][0] >= block.level:
                above.pop()
            own = None if block is title or _is_step(block) else topic_of(block.text)
            inherited = next((topic for _, topic in reversed(above) if topic), None)
            if not _is_step(block) and block is not title:
                above.append((block.level, own or inherited))
            sections.append(_Section(block, own or inherited))
        elif block.kind == "paragraph" and block.text.endswith(":") and listed and (own := _announced(block.text)):
            # The list below belongs to this line, whatever the section is about.
            sections.append(_Section(block, own))
        else:
            sections[-1].blocks.append(block)
    return sections


def _announced(text: str) -> Topic | None:
    """What the line before a list says of it."""
    last = sentences.split(text)[-1]
    if wording.not_with(last) is not None:
        return "dont"
    if wording.doctor_first(last) is not None:
        return "ask"
    topic = topic_of(last)
    return topic if topic in ("need", "tips", "dont", "ask") else None


def _is_step(block: Block) -> bool:
    return bool(_STEP.fullmatch(block.text)) and block.kind == "heading"


def _lists(section: _Section, found: Outline) -> None:
    """Take what a section's topic says it holds."""
    if section.topic in (None, "steps", "other"):
        return
    for i, block in enumerate(section.blocks):
        section.used.add(i)
        for text in (block.text,) if block.kind == "item" else sentences.split(block.text):
            line = Line(text, block.line)
            if section.topic == "need":
                said = wording.needed(text) or text
                found.need += [line] if block.kind == "item" else [Line(t, block.line) for t in wording.listed(said)]
            elif section.topic == "tips":
                found.tips.append(line)
            elif not _care(line, found):
                _cautioned(section.topic, block, line, found)


def _cautioned(topic: Topic | None, block: Block, line: Line, found: Outline) -> None:
    """Sort what stands in a section on safety, and is no sentence of its own about when not to begin."""
    if block.kind != "item":
        (found.avoid if wording.forbids(line.text) else found.left_out).append(line)
    elif topic == "ask":
        found.ask.append(line)
    elif wording.forbids(line.text) or wording.is_action(line.text):
        found.avoid.append(line)
    else:
        found.dont.append(line)


def _care(line: Line, found: Outline) -> bool:
    """Take a sentence that says when not to begin, or when to ask a doctor; whether it was one."""
    for reasons, into in ((wording.doctor_first(line.text), found.ask), (wording.not_with(line.text), found.dont)):
        if reasons is not None:
            into += [Line(text, line.line) for text in wording.listed(reasons, either=True)]
            return True
    return False


# -- steps ---------------------------------------------------------------------------------------------


def _find_steps(sections: list[_Section], found: Outline) -> None:
    """Find the steps in the first of their forms that there are at least two of."""
    for shape, find in (
        ("headings with numbers", _headed),
        ("numbered steps", _numbered),
        ("headings", _below_headings),
        ("a list", _bulleted),
        ("sentences", _told),
    ):
        steps = list(find(sections))
        if len(steps) >= FEWEST:
            found.shape = shape
            for section, used, _ in steps:
                section.used |= used
            found.steps = [_without_care(step, found) for _, _, step in steps]
            return


def _without_care(step: Step, found: Outline) -> Step:
    """Return a step sentence by sentence, without those that say when not to begin: they belong before it all."""
    said = [s for text in step.texts for s in sentences.split(text)]
    return Step(step.name, tuple(s for s in said if not _care(Line(s, step.line), found)), step.line)


_Found = tuple[_Section, set[int], Step]
"""The section a step stands in, which of its blocks it takes, and the step."""


def _headed(sections: list[_Section]) -> Iterator[_Found]:
    """Steps below headings of their own: "Step 1: Warm up"."""
    for section in sections:
        if section.heading and (step := _STEP.fullmatch(section.heading.text)) and section.heading.kind == "heading":
            yield _whole(section, step["name"])


def _below_headings(sections: list[_Section]) -> Iterator[_Found]:
    """Steps below headings without numbers, where somebody is told to do something."""
    for section in sections:
        title = section.heading is None or (section.heading.level == 1 and section.topic is None)
        if title or section.topic not in (None, "steps") or not section.heading:
            continue
        said = [s for _, block in section.free() for s in sentences.split(block.text)]
        told = sum(wording.is_action(s) for s in said)
        if told and (section.topic == "steps" or 2 * told >= len(said) or any(times(s) for s in said)):
            if topic_of(section.heading.text) == "steps" and any(b.kind == "item" for b in section.blocks):
                continue  # the heading of a list of steps
            yield _whole(section, section.heading.text)


def _whole(section: _Section, name: str) -> _Found:
    texts = tuple(block.text for _, block in section.free())
    used = {i for i, _ in section.free()}
    return section, used, Step(name.strip(" .:"), texts, section.heading.line if section.heading else 1)


def _numbered(sections: list[_Section]) -> Iterator[_Found]:
    yield from _items(sections, lambda block: block.number is not None)


def _bulleted(sections: list[_Section]) -> Iterator[_Found]:
    """Items where most of them tell somebody to do something."""
    for section in sections:
        items = [block for _, block in section.free() if block.kind == "item" and block.level == 1]
        told = [
            b for b in items if any(wording.is_action(s) for t in _item_step(b, ()).texts for s in sentences.split(t))
        ]
        if len(items) >= FEWEST and len(told) >= 0.6 * len(items):
            yield from _items([section], lambda _: True)


def _after_lead(block: Block) -> str:
    return block.text.removeprefix(block.lead).strip(" :.–—-") or block.text


def _items(sections: list[_Section], wanted: Callable[[Block], bool]) -> Iterator[_Found]:
    """Items of outer lists, each with what stands below it."""
    for section in sections:
        if section.topic not in (None, "steps"):
            continue
        starts = [i for i, b in section.free() if b.kind == "item" and b.level == 1 and wanted(b)]
        for at, end in pairwise([*starts, len(section.blocks)]):
            block = section.blocks[at]
            below = tuple(section.blocks[i].text for i in range(at + 1, end))
            yield section, set(range(at, end)), _item_step(block, below)


def _item_step(block: Block, below: tuple[str, ...]) -> Step:
    lead = _STEP.fullmatch(block.lead)
    name = (lead["name"] if lead else block.lead).strip(" .:–—-")
    if name and _after_lead(block) != block.text:
        return Step(name, (_after_lead(block), *below), block.line)
    titled = re.fullmatch(r"([^.:!?]{3,50})(?::| [–—-]) +(\S.{10,})", block.text)
    if titled:
        return Step(titled[1], (titled[2], *below), block.line)
    short = len(block.text.split()) <= 8 and len(sentences.split(block.text)) == 1
    if below and short and not block.text.endswith("."):
        return Step(block.text.strip(" .:"), below, block.line)
    return Step("", (block.text, *below), block.line)


def _told(sections: list[_Section]) -> Iterator[_Found]:
    """Steps told in running text: a new one where a sentence says "next", and where a paragraph begins."""
    for section in sections:
        if section.topic not in (None, "steps"):
            continue
        for i, block in section.free():
            step: list[str] = []
            taken: list[list[str]] = []
            for said in sentences.split(block.text):
                if wording.needed(said) or (not step and not wording.is_action(said)):
                    continue
                if not step or (wording.begins_a_step(said) and wording.is_action(said)):
                    step = []
                    taken.append(step)
                step.append(said)
            for texts in taken:
                yield section, {i}, Step("", tuple(texts), block.line)


# -- what is left --------------------------------------------------------------------------------------


def _rest(section: _Section, found: Outline) -> None:
    """Look through what no step took: the introduction, what is needed, when not to begin; and note the rest."""
    told = {text for step in found.steps for text in step.texts}
    running = found.shape == "sentences" and section.topic in (None, "steps")
    rest = [*enumerate(section.blocks)] if running else [*section.free()]
    if section.heading and section.heading.kind == "paragraph":
        for said in sentences.split(section.heading.text)[:-1]:
            _care(Line(said, section.heading.line), found)
    lone = []
    for _, block in rest:
        for said in sentences.split(block.text):
            line = Line(said, block.line)
            if said in told:
                continue
            if section.topic != "other" and (things := wording.needed(said)):
                found.need += [Line(text, block.line) for text in wording.listed(things)]
            elif not _care(line, found):
                lone.append(line)
                if not found.intro and len(said.split()) > 3 and block.kind == "paragraph":
                    found.intro = said
    if section.heading and section.heading.line != found.line and section.heading.kind == "heading":
        found.left_out += [Line(section.heading.text, section.heading.line)] if lone else []
    else:
        found.left_out += [line for line in lone if line.text != found.intro]


def unused(lines: Iterable[Line]) -> tuple[str, ...]:
    """Return lines for a report, shortened, each with its number."""
    return tuple(f"line {line.line}: {line.text if len(line.text) <= 60 else line.text[:59] + '…'}" for line in lines)
