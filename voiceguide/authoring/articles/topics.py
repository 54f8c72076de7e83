"""What an article's headings, and the lines before its lists, say is to come below them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from voiceguide.authoring.articles import cautions, english
from voiceguide.authoring.articles.blocks import CELLS
from voiceguide.authoring.articles.grammar import Grammar
from voiceguide.authoring.articles.headings import heads, timed
from voiceguide.text import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.authoring.articles.blocks import Block

Topic = Literal["need", "tips", "do_not_start", "ask_first", "avoid", "steps", "other", "title"]
SAFETY: tuple[Literal["do_not_start", "ask_first", "avoid"], ...] = ("do_not_start", "ask_first", "avoid")

_EN = Grammar("topics")
_PLAIN: tuple[Topic, ...] = ("other", "need", "tips", "steps")


@dataclass(frozen=True, slots=True)
class Method:
    """One of several ways that an article shows."""

    name: str
    start: int
    """Its first block, the heading's."""
    end: int


def topics(blocks: Sequence[Block], title: int | None) -> list[tuple[Topic | None, Topic | None]]:
    """Return what each block stands under, and what it says itself to be the label of; None for nothing."""
    found: list[tuple[Topic | None, Topic | None]] = []
    above: list[tuple[int, Topic | None]] = []
    listing: Topic | None = None
    over = False  # what a heading said is to come
    for at, one in enumerate(blocks):
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if one.kind in ("aside", "unseen"):
            found.append((None, None))
            continue
        if one.kind == "heading":
            listing, over = None, False
            while above and above[-1][0] >= one.level:
                above.pop()
            if _begins_steps(one, following):
                above = [each for each in above if each[1] not in ("need", "tips")]
            inherited = next((topic for _, topic in reversed(above) if topic), None)
            if at == title:
                found.append((None, "title"))
                continue
            if title is not None and not one.number and _words(one.text) <= _words(blocks[title].text):
                found.append((inherited, "other"))  # the title once more
                continue
            own = None if one.stepped or (one.number and english.commands(one.text)) else of(one.text)
            if own == "steps" and heads(one.text):
                own = None  # "Long strokes - 2 min" is one of them
            if inherited == "other" and own not in SAFETY:
                own = "other"
            above.append((one.level, own or inherited))
            found.append((inherited, own))
            continue
        topic = next((topic for _, topic in reversed(above) if topic), None)
        if not over and (listing or topic) == "need" and _steps_begin(blocks, at):
            listing, over = None, True
        topic = None if over and topic == "need" else topic
        if one.kind == "paragraph" or one.text.endswith(":"):
            listing = None
        label = None
        if one.text.endswith(":") and following is not None and following.kind == "item":
            listing = label = announced(one.text, topic)
            found.append((topic, label))
            continue
        found.append((listing or topic, None))
    return found


def _begins_steps(one: Block, following: Block | None) -> bool:
    """Whether a heading is a step's, wherever it stands: it has a time, or a number over what tells to do something."""
    told = following is not None and following.kind == "paragraph" and english.commands(following.text)
    return heads(one.text) or (bool(one.number) and told)


def _steps_begin(blocks: Sequence[Block], at: int) -> bool:
    """Whether a list of steps begins right below the list of what is needed, without a heading of its own.

    Two items in turn tell to do something, or a numbered list begins below something else, most of which does.
    """
    if all(_does(one, [one.text]) for one in blocks[at : at + 2]) and at + 1 < len(blocks):
        return True
    before = blocks[at - 1]
    if not blocks[at].number or before.kind == "heading" or (before.kind == "item" and before.number):
        return False
    told = [_does(one, [said for said, _ in one.sentences()]) for one in _list(blocks, at) if one.number]
    return len(told) > 1 and 2 * sum(told) >= len(told)


def _list(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    """Yield the items from a block on, up to a heading or a list of another kind, whatever stands between them."""
    for one in blocks[at:]:
        if one.kind == "heading" or (one.kind == "item" and not one.number and one.level <= blocks[at].level):
            return
        if one.kind == "item":
            yield one


def _does(one: Block, said: Sequence[str]) -> bool:
    """Whether an item, in what is said in it, tells to do something, and not only to fetch it."""
    return one.kind == "item" and any(english.commands(text) and not english.fetches(text) for text in said)


def of(text: str) -> Topic | None:
    """Return what a heading says is to come; None where it does not tell."""
    if english.tells_of_itself(text):
        return "other"
    if CELLS in text and not timed(text):  # a table's header
        return (
            "steps"
            if re.search(r"\b(?:steps?|how|what|moves?|time|minutes|technique|stroke)\b", text, re.IGNORECASE)
            else None
        )
    if cautions.warns(text) or re.search(r"^who should|\bsafety\b|\bmistakes\b", text, re.IGNORECASE):
        return cautions.list_of(text)  # type: ignore[return-value]  # one of SAFETY
    found = next((topic for topic in _PLAIN if getattr(_EN, topic).search(text)), None)
    question = text.rstrip().endswith("?") and not re.search(r"\b(?:you|i|we) need\b|\bneeded\b", text, re.IGNORECASE)
    return "other" if question and found != "steps" else found


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def announced(text: str, topic: Topic | None) -> Topic | None:
    """Return what the line before a list says of it."""
    last = sentences.split(text)[-1]
    if cautions.warns(last):
        return cautions.list_of(last)  # type: ignore[return-value]  # one of SAFETY
    own = of(last)
    if own == "other" or _EN.promises.search(last):
        return "other"
    return own if own in ("need", "tips") else topic


def methods(blocks: Sequence[Block]) -> tuple[Method, ...]:
    """Return the methods of an article that shows two or more; () for any other."""
    heads = [
        (at, found)
        for at, one in enumerate(blocks)
        if one.kind == "heading" and not one.stepped and (found := _EN.method.fullmatch(one.text))
    ]
    if len(heads) < 2:
        return ()
    made = []
    for at, found in heads:
        level = blocks[at].level
        ends = (i for i in range(at + 1, len(blocks)) if blocks[i].kind == "heading" and blocks[i].level <= level)
        name = found["name"].strip(" .:")
        made.append(Method(name or found[0].strip(" .:"), at, next(ends, len(blocks))))
    return tuple(made)
