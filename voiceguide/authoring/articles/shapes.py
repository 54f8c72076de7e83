"""Where an article's steps are: under headings, in a list, in a table, in running text; and every sentence of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import cautions, english, framing
from voiceguide.authoring.articles.blocks import CELLS, STEP
from voiceguide.authoring.articles.headings import timed
from voiceguide.authoring.articles.times import times
from voiceguide.text import sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from voiceguide.authoring.articles.blocks import Block, Kind
    from voiceguide.authoring.articles.topics import Topic

FEWEST = 2
"""Steps that make a how-to."""
_TOLD = 0.4
"""The share of a list's items that tell somebody to do something, or for how long, where nobody calls them steps."""
_SHORT_NAME = 4
"""Words of a name that is a sentence."""
_TITLED = re.compile(r"(?P<name>[^.:!?;,]{3,50})(?::|(?P<dash> [–—-])) +\S.{9,}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, where it stands, and what stands around it."""

    text: str
    line: int
    block: int
    kind: Kind
    topic: Topic | None
    """What the headings above it, or the line before its list, say is to come."""
    label: Topic | None = None
    """What it says is to come below it."""
    step: int | None = None
    """Which step it stands in, from 0."""
    opens: bool = False
    """Whether it is its step's first."""
    named: bool = False
    """Whether its author set it apart as the step's name."""
    taken: bool = True
    """Whether it is of the method that is drafted."""
    guessed: bool = False
    """Whether that its step is one is a guess, whatever it says."""
    cell: bool = False
    """Whether it stands in a table's row, beside others."""


def laid_out(
    blocks: Sequence[Block], topics: Sequence[tuple[Topic | None, Topic | None]], taken: Collection[int]
) -> tuple[str, tuple[Sentence, ...]]:
    """Return the form of the steps, "" for none, and every sentence; steps are looked for in the blocks `taken`.

    The forms: `numbered headings`, `numbered steps`, `a table`, `headings`, `a list`, `sentences`.
    """
    article = _Article(blocks, topics, taken)
    forms: tuple[tuple[str, Callable[[], dict[int, int]]], ...] = (
        ("numbered headings", lambda: article.headed(numbered=True)),
        ("numbered steps", lambda: article.listed(lambda one: bool(one.number))),
        ("a table", article.tabled),
        ("headings", lambda: article.headed(numbered=False)),
        ("a list", lambda: article.listed(lambda one: CELLS not in one.text) or article.listed(lambda _: True)),
    )
    for shape, find in forms:
        openers = find()
        if len(openers) >= FEWEST:
            return shape, tuple(article.sentences(article.gone_on(openers), openers))
    told = tuple(article.running())
    steps = {sentence.step for sentence in told} - {None}
    return ("sentences" if len(steps) >= FEWEST else "", told)


class _Article:
    """The blocks, and what each stands under."""

    def __init__(
        self, blocks: Sequence[Block], topics: Sequence[tuple[Topic | None, Topic | None]], taken: Collection[int]
    ) -> None:
        self.blocks = blocks
        self.topics = topics
        self.taken = taken

    def may_step(self, at: int) -> bool:
        """Whether a block may be, or belong to, a step."""
        one, (topic, label) = self.blocks[at], self.topics[at]
        beside = one.kind in ("aside", "unseen")
        return at in self.taken and not beside and topic in (None, "steps") and label in (None, "steps")

    def told(self, at: int, end: int | None = None) -> bool:
        """Whether a block, or one up to another, tells somebody to do something, or for how long."""
        said = [s for one in self.blocks[at : end or at + 1] for s, _ in one.sentences()]
        said += [s for s in (_after_name(self.blocks[at]),) if s]
        return any((english.commands(s) and not cautions.warns(s)) or times(s) or timed(s) for s in said)

    # -- which blocks begin steps -----------------------------------------------------------------------------

    def headed(self, *, numbered: bool) -> dict[int, int]:
        """Return the headings that steps stand under, each with the end of its step."""
        heads = [
            at
            for at, one in enumerate(self.blocks)
            if one.kind == "heading"
            and self.may_step(at)
            and self.topics[at][1] is None
            and bool(one.number) >= numbered
            and not (framing.only_closes(one.text) and self.is_rest(at + 1, self.end(at)))
        ]
        if not numbered:
            heads = [at for at in heads if self.end(at) > at + 1 or timed(self.blocks[at].text)]
        for level in sorted({self.blocks[at].level for at in heads}):
            found = {at: self.end(at) for at in heads if self.blocks[at].level == level}
            stepped = any(self.blocks[at].stepped for at in found)
            if not stepped:
                found = {at: end for at, end in found.items() if self.told(at, end)}
            below = [sum(self.is_list(i) for i in range(at, end)) for at, end in found.items()]
            lists = sum(many >= FEWEST for many in below)
            if len(found) < FEWEST or (not stepped and 2 * lists >= len(found)):
                continue  # phases, whose numbered items are the steps
            if not numbered and not self.are_steps(found):
                continue
            return found
        return {}

    def are_steps(self, found: dict[int, int]) -> bool:
        """Whether most of what stands below some headings tells what to do."""
        said = [s for at, end in found.items() for one in self.blocks[at + 1 : end] for s, _ in one.sentences()]
        under = any(self.topics[at][0] == "steps" or timed(self.blocks[at].text) for at in found)
        return under or 5 * sum(english.commands(s) or bool(times(s)) for s in said) >= 2 * len(said)

    def is_list(self, at: int) -> bool:
        return self.blocks[at].kind == "item" and bool(self.blocks[at].number)

    def end(self, at: int) -> int:
        """Return where what stands under a heading ends."""
        level = self.blocks[at].level
        for i in range(at + 1, len(self.blocks)):
            one = self.blocks[i]
            if one.kind == "aside" or (one.kind == "heading" and (one.level <= level or self.topics[i][1])):
                return i
        return len(self.blocks)

    def listed(self, wanted: Callable[[Block], bool]) -> dict[int, int]:
        """Return the items that are steps, each with the end of its step."""
        found: dict[int, int] = {}
        for items in self.lists(wanted):
            stepped = any(self.blocks[at].stepped for at in items)
            numbered = bool(self.blocks[items[0]].number)
            share = sum(self.told(at) for at in items) / len(items)
            called = self.topics[items[0]][0] == "steps"
            if not (stepped or share >= (_TOLD if not called else 0.2)):
                continue
            kept = [at for at in items if stepped or numbered or self.told(at)]
            ends = [*kept[1:], self.tail(kept)]
            found |= {at: min(end, self.stop(at, end)) for at, end in zip(kept, ends, strict=True)}
        return found

    def tabled(self) -> dict[int, int]:
        """Return the rows that are steps; none where they only sum up the steps that stand before them."""
        found = self.listed(lambda one: CELLS in one.text)
        for others in (self.headed(numbered=False), self.listed(lambda one: CELLS not in one.text)):
            if found and len(others) >= FEWEST and max(others) < min(found):
                told = _words(" ".join(one.text for at in others for one in self.blocks[at : others[at]]))
                again = [bool(_words(self.blocks[at].text.split(CELLS)[0]) & told) for at in found]
                if 2 * sum(again) > len(again):
                    return {}
        return found

    def lists(self, wanted: Callable[[Block], bool]) -> Iterator[list[int]]:
        """Yield the outer items of each list, whatever stands between them but headings."""
        items: list[int] = []
        for at, one in enumerate(self.blocks):
            if one.kind == "heading" and not (one.number and len(one.number) > 1):
                if items:
                    yield items
                items = []
            elif one.kind == "item" and self.may_step(at) and wanted(one):
                shallow = self.blocks[items[0]].level if items else one.level
                if one.level < shallow:
                    items = []
                if one.level <= shallow:
                    items.append(at)
        if items:
            yield items

    def stop(self, at: int, end: int) -> int:
        """Return where a step ends that goes no further than `end`: at a heading, or at what is beside the article."""
        return next((i for i in range(at + 1, end) if self.blocks[i].kind in ("heading", "aside")), end)

    def tail(self, items: list[int]) -> int:
        """Return where the last item of a list ends: below it stands what stood below the others."""
        last = items[-1]
        between = [any(one.kind == "paragraph" for one in self.blocks[a + 1 : b]) for a, b in pairwise(items)]
        paragraph = len(between) > 0 and 2 * sum(between) >= len(between)
        end = last + 1
        while end < len(self.blocks):
            one = self.blocks[end]
            inner = one.kind == "item" and one.level > self.blocks[last].level
            if not (inner or (paragraph and one.kind == "paragraph" and self.may_step(end))):
                break
            paragraph = paragraph and one.kind != "paragraph"
            end += 1
        return end

    def gone_on(self, openers: dict[int, int]) -> dict[int, int]:
        """Return the steps with those that the text goes on to after the last: "Then …", "Finally, …"."""
        *others, end = sorted(openers)
        most = max(self.paragraphs(at, openers[at]) for at in others)
        found, last = dict(openers), end
        for at in range(end + 1, len(self.blocks)):
            if CELLS in self.blocks[at].text:
                continue  # a table that sums up
            said, _ = next(self.blocks[at].sentences())
            again = english.other_side(said) and english.only_again(said)
            told = english.begins_a_step(said) and self.is_told(at) and not again
            heads = self.blocks[at].kind == "heading"
            if (heads and not (told and timed(said) and self.may_step(at))) or self.blocks[at].kind == "aside":
                break
            below = heads or (self.paragraphs(end, at) >= most and self.may_step(at))
            further = heads or (below and self.blocks[at].kind == "paragraph")
            lasts = bool(times(self.blocks[at].text))
            if below and framing.closes(said) and self.is_rest(at, at + 1):
                found[last] = min(found[last], at)
                break  # nobody is massaged any more
            if further and (told or (lasts and not again and (framing.goes_on(said) or framing.closes(said)))):
                found[at] = self.stop(at, at + 2) if heads else max(found[last], at + 1)
                found[last], last = min(found[last], at) if heads else self.stop(last, at), at
        return found

    def is_rest(self, at: int, end: int) -> bool:
        """Whether no hand works on anybody in some blocks, and none names a time."""
        texts = [one.text for one in self.blocks[at:end]]
        return not any(times(text) or timed(text) for text in texts) and english.prepares(" ".join(texts))

    def paragraphs(self, at: int, end: int) -> int:
        """Return how many paragraphs stand below a block, up to another."""
        return sum(one.kind == "paragraph" for one in self.blocks[at + 1 : end])

    # -- every sentence -----------------------------------------------------------------------------------------

    def plain(self, at: int) -> Iterator[Sentence]:
        """Yield a block's sentences, of no step."""
        one, (topic, label) = self.blocks[at], self.topics[at]
        said = [*one.sentences()]
        for number, (text, line) in enumerate(said):
            ends = number == len(said) - 1
            yield Sentence(
                text,
                line,
                at,
                one.kind,
                topic,
                label if ends or one.kind == "heading" else None,
                taken=at in self.taken,
                cell=CELLS in one.text,
            )

    def sentences(self, openers: dict[int, int], sure: Collection[int]) -> Iterator[Sentence]:
        """Yield every sentence, those of steps with their step, which is a guess where its opener is not `sure`."""
        step, end, opens = -1, 0, False
        names = self.short_names(openers)
        for at, one in enumerate(self.blocks):
            if at in openers:
                step, end = step + 1, openers[at]
                said, opens = [*self.opening(at, names.get(at, ""), alone=end == at + 1)], True
            elif at < end and one.kind not in ("aside", "unseen"):
                said = [*self.plain(at)]
            else:
                said = []
                sums = CELLS in one.text and at + 1 not in openers  # the header of a table without steps
                yield from (replace(each, label=None) if sums else each for each in self.plain(at))
            for sentence in said:
                yield replace(sentence, step=step, opens=opens, guessed=opens and at not in sure)
                opens = False

    def short_names(self, openers: Collection[int]) -> dict[int, str]:
        """Return the first sentences that are names, as "Thumb circles." is; of a list where most begin so.

        Who pastes a text without its bold letters has them.
        """
        firsts: dict[int, str] = {}
        for at in openers:
            said = sentences.split(self.blocks[at].text) if self.blocks[at].kind != "heading" else []
            if len(said) > 1 and said[0].endswith(".") and len(said[0].split()) <= _SHORT_NAME:
                firsts[at] = said[0]
        names = [at for at, said in firsts.items() if " " not in said or not english.commands(said)]
        if 2 * len(firsts) <= len(openers) or 2 * len(names) < len(firsts):
            return {}
        return {at: said for at, said in firsts.items() if not cautions.warns(said) and not times(said)}

    def opening(self, at: int, short_name: str, *, alone: bool) -> Iterator[Sentence]:
        """Yield the sentences of the block that a step begins with, its name set apart.

        `short_name` is its first sentence where that is one.
        """
        one = self.blocks[at]
        topic, taken = self.topics[at][0], at in self.taken
        whole = Sentence(one.text, one.line, at, one.kind, topic, named=True, taken=taken)
        short = len(one.text) <= english.LONGEST_TITLE and len(sentences.split(one.text)) == 1
        if one.kind == "heading" and STEP.fullmatch(one.text):
            return
        if one.kind == "heading" and short:
            yield whole
            return
        name = _name(one) or (short_name if one.text.startswith(short_name) else "")
        if name and len(name) <= english.LONGEST_TITLE:
            yield replace(whole, text=name.strip(" .:–—-"))
            said = one.cut(len(name))
            said = said.cut(len(said.text) - len(said.text.lstrip(" :.–—-|")))
        elif (
            not alone
            and len(one.text.split()) <= 8
            and not one.text.endswith((".", "!", "?"))
            and CELLS not in one.text
        ):
            yield replace(whole, text=one.text.rstrip(" :"))
            return
        else:
            said = one
        for text, line in said.sentences():
            yield replace(whole, text=text, line=line, named=False)

    def running(self) -> Iterator[Sentence]:
        """Yield every sentence, with the steps of running text: a new one where a sentence goes on to it."""
        step = -1
        called = any(self.topics[at][0] == "steps" and self.is_told(at) for at in range(len(self.blocks)))
        for at, one in enumerate(self.blocks):
            said = [*self.plain(at)]
            wanted = self.may_step(at) and one.kind in ("paragraph", "item") and self.is_told(at)
            if not wanted or (called and self.topics[at][0] != "steps"):
                yield from said
                continue
            inside = timed = False
            for sentence in said:
                for text in self.in_turn(sentence.text):
                    tells = english.commands(text) and not cautions.parted(text)[0][1] and english.needed(text) is None
                    own = bool(times(text))
                    again = english.other_side(text) and english.only_again(text)
                    new = tells and not again and (not inside or english.begins_a_step(text) or (own and timed))
                    if new:
                        step, timed = step + 1, False
                    inside = inside or new
                    timed = timed or own
                    yield replace(sentence, text=text, step=step if inside else None, opens=new)

    def is_told(self, at: int) -> bool:
        """Whether a paragraph tells what to do, rather than talks about it."""
        said = [s for s, _ in self.blocks[at].sentences() if not cautions.warns(s)]
        told = [english.commands(s) for s in said]
        return any(told) and (3 * sum(told) >= len(told) or (told[0] and self.topics[at][0] == "steps"))

    def in_turn(self, text: str) -> tuple[str, ...]:
        return english.in_turn(text) if len(times(text)) != 1 or len(text.split()) > english.LONGEST else (text,)


def _name(one: Block) -> str:
    """Return the words that a block's author set apart at its beginning, a mark after them included; else ""."""
    said = one.text.split(CELLS)
    if len(said) > 1:
        return one.lead
    rest = one.text[len(one.lead) :].strip(" :.–—-")
    if one.lead and rest and one.text.startswith(one.lead) and not cautions.warns(one.lead):
        ends = one.lead.endswith((".", ":", "!")) or one.text[len(one.lead) :].lstrip()[:1] in tuple(":.–—-")
        return one.lead if ends or rest[:1].isupper() or len(sentences.split(one.lead)) > 1 else ""
    titled = _TITLED.match(one.text)
    told = titled and titled["dash"] and english.commands(titled["name"])  # a sentence with a dash in it
    lasts = titled and times(titled["name"]) and not ((found := timed(titled["name"])) and found.apart)
    if titled and not told and not cautions.warns(titled["name"]) and not lasts:
        return titled["name"]
    return ""


def _words(text: str) -> set[str]:
    """Return how the words of a text begin, so that "Stroking" is "stroke"; shorter ones tell little."""
    return {word[:4].casefold() for word in re.findall(r"[^\W\d_]{4,}", text)}


def _after_name(one: Block) -> str:
    return one.text[len(name) :].lstrip(" :.–—-|") if (name := _name(one)) else ""
