"""Which sentence of an article is what: one function decides, from its shape, its place and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from voiceguide.authoring.articles import cautions, english, framing
from voiceguide.authoring.articles.steps import only_time
from voiceguide.authoring.articles.times import times
from voiceguide.authoring.articles.topics import SAFETY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from voiceguide.authoring.articles.shapes import Sentence

Role = Literal[
    "title",
    "summary",
    "position",
    "name",
    "say",
    "time",
    "total",
    "side",
    "again",
    "need",
    "reminder",
    "caution",
    "label",
    "closing",
    "farewell",
    "left",
]
"""`position` is how somebody lies or sits for it. Of a step: its `name`, what it is to `say`, its `time`; `side` where
it is done on the other one too, `again` where all before it is. `total` is the whole massage's time, a `label` heads a
list, the `closing` ends the massage, a `farewell` ends the article, and what is `left` has no place."""
JUDGED: tuple[str, ...] = ("title", "summary", "step", "name", "say", "side", "need", "reminder", "caution", "left")
"""What somebody else may judge a sentence to be; a `step` is said, and begins one."""
_HOW_LONG = re.compile(r"\bhow long\b[^.]*\??$", re.IGNORECASE)
_THIS = re.compile(r"\b(?:this|that|it|stroke|movement|motion|stretch)\b", re.IGNORECASE)
SURE = 0.75
"""Confidence from which nobody is asked to look."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or the part of one that has a place of its own."""

    text: str
    line: int
    role: Role
    confidence: float
    """From 0 to 1, of its role."""
    of: Sentence
    step: int | None = None
    opens: bool = False


def decided(
    said: Sequence[Sentence], judge: Callable[[Sequence[Piece]], Mapping[int, str]] | None = None
) -> list[Piece]:
    """Return every sentence with its role; `judge` may give others, by the piece's number, but for cautions."""
    steps_at = [at for at, sentence in enumerate(said) if sentence.step is not None and sentence.taken]
    begins = min(steps_at, default=len(said))
    ends = max(steps_at, default=len(said))
    pieces: list[Piece] = []
    summarised = False
    for at, sentence in enumerate(said):
        opening = sentence.opens
        heads = sentence.label is not None and not (sentence.label in SAFETY and _asks(sentence.text))
        for text, warns in ((sentence.text, False),) if heads else cautions.parted(sentence.text):
            place = "before" if at < begins else "after" if at > ends else "among"
            asked = at > 0 and bool(_HOW_LONG.search(said[at - 1].text))
            answers = at > 0 and said[at - 1].block == sentence.block and said[at - 1].text.endswith("?")
            warns = warns or (answers and cautions.warns(said[at - 1].text))
            beside = at > 0 and said[at - 1].block == sentence.block and cautions.warns(said[at - 1].text)
            if sentence.step is not None and sentence.topic not in SAFETY and not beside:
                warns = warns and not cautions.instructs(text)
            role, confidence = _role(text, sentence, warns=warns, place=place, summarised=summarised)
            if asked and role in ("left", "say", "summary") and times(text):
                role = "total"
            if role is None:
                continue
            confidence = min(confidence, 0.6) if sentence.guessed else confidence
            summarised = summarised or role == "summary"
            step = sentence.step if sentence.taken else None
            pieces.append(Piece(text, sentence.line, role, confidence, sentence, step, opening))
            opening = False
    pieces = _closed(_without_farewell(_at_the_end(pieces)))
    return [*_judged(pieces, judge(pieces))] if judge else pieces


def _at_the_end(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces; where only the last step's last sentence changes sides, all before it is done on both."""
    sides = [at for at, piece in enumerate(pieces) if piece.role in ("side", "again") and piece.step is not None]
    inside = [at for at, piece in enumerate(pieces) if piece.step is not None]
    if len(sides) != 1 or sides != inside[-1:] or _THIS.search(pieces[sides[0]].text):
        return pieces
    if any(piece.role == "say" and english.other_side(piece.text) for piece in pieces):
        return pieces
    pieces[sides[0]] = replace(pieces[sides[0]], role="again", confidence=0.6)
    return pieces


def _without_farewell(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces; what ends the last step's words and is a farewell belongs to it no more.

    A last paragraph with a farewell in which nobody is told to do anything is one as a whole.
    """
    last = max((piece.step for piece in pieces if piece.step is not None), default=None)
    said = [at for at, piece in enumerate(pieces) if piece.step == last is not None and piece.role == "say"]
    ends = [at for at in said if pieces[at].of.block == pieces[said[-1]].of.block]
    of_all = (
        ends[:1] != said[:1]
        and any(framing.parts(pieces[at].text) for at in ends)
        and not any(english.commands(pieces[at].text) and not framing.parts(pieces[at].text) for at in ends)
    )
    for at in reversed(said[1:]):
        if not (framing.parts(pieces[at].text) or (of_all and at in ends)):
            break
        pieces[at] = replace(pieces[at], role="farewell", confidence=0.8)
    return pieces


def _closed(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces; what the article does at its end, after the last step, closes the massage.

    It stands below a heading that says so, or begins with such words: "To finish: wrap both hands in a warm towel.".
    """
    last = max((at for at, piece in enumerate(pieces) if piece.step is not None), default=len(pieces))
    parting = {piece.of.block for piece in pieces if framing.parts(piece.text)}
    below, block, heading = False, -1, None
    for at in range(last + 1, len(pieces)):
        piece = pieces[at]
        if piece.of.kind == "heading":
            below, heading = framing.only_closes(piece.text), at
            continue
        opens = piece.of.block != block and framing.closes(piece.text) and not piece.of.cell
        block = piece.of.block if below or opens else block
        if (
            piece.role != "left"
            or piece.of.block != block
            or piece.of.cell
            or piece.of.kind not in ("paragraph", "item")
        ):
            continue
        listed = below and (piece.of.kind == "item" or not framing.closes(pieces[heading or 0].text, "en"))
        told = english.commands(piece.text) or opens or listed
        if told and piece.of.block not in parting and not piece.text.endswith("?"):
            pieces[at] = replace(piece, role="closing", confidence=0.7)
            if below and heading is not None:
                pieces[heading] = replace(pieces[heading], role="closing")
    return pieces


def _role(text: str, at: Sentence, *, warns: bool, place: str, summarised: bool) -> tuple[Role | None, float]:
    """Return what a piece of a sentence is, and how sure that is; None for a menu's words, which are no article's."""
    inside = at.step is not None and at.taken
    if at.kind == "unseen":
        return ("caution", 0.5) if warns and len(text.split()) > 3 else (None, 1.0)
    if at.label is not None and not (at.label in SAFETY and _asks(text)):
        return ("title" if at.label == "title" else "left" if at.label == "other" else "label"), 0.9
    if warns or at.topic in SAFETY:
        if at.kind == "heading" and at.topic in SAFETY and not warns:
            return "label", 0.9
        return "caution", 0.9 if warns else 0.6
    if (found := times(text)) and english.whole_time(text) and (not inside or english.WHOLE.search(text)):
        return ("total", 0.8) if found[-1].high >= 180 else ("say" if inside else "left", 0.8)
    if english.needed(text) is not None and at.topic != "other":
        return "need", 0.9
    if inside:
        return _in_step(text, at)
    if not at.taken or at.kind == "aside":
        return "left", 0.9
    if place != "before" and at.topic in (None, "steps") and english.other_side(text) and english.only_again(text):
        return "again", 0.7
    if at.kind == "heading":
        return "left", 0.9
    if place == "before" and at.topic != "other" and (framing.settles(text) or framing.settles_reader(text)):
        return "position", 0.8
    if at.topic == "need":
        return "need", 0.9
    if at.topic == "tips":
        return ("left" if text.endswith("?") else "reminder"), 0.9
    plain = at.kind == "paragraph" and at.topic is None and len(text.split()) > 3 and not text.endswith("?")
    about = english.tells_of_itself(text) or english.DATE.search(text)
    if place == "before" and not summarised and plain and not about and not text.endswith(":"):
        return "summary", 0.8
    return "left", 0.8


def _asks(text: str) -> bool:
    """Whether a heading asks about a risk ("Is it safe in pregnancy?"), rather than says what is listed below it."""
    return text.endswith("?") and not re.search(r"\bnot\b|n['’]t\b|avoid|skip", text, re.IGNORECASE)


def _in_step(text: str, at: Sentence) -> tuple[Role, float]:
    if at.named:
        return "name", 0.9
    if english.CAPTION.match(text) or not any(sign.isalpha() for sign in text):
        return "left", 0.9
    if english.other_side(text) and english.only_again(text):
        every = at.opens or english.WHOLE.search(english.OTHER_SIDE.sub("", text))
        return ("again", 0.7) if every else ("side", 0.9)
    if only_time(text):
        return "time", 0.9
    return "say", 0.6 if at.kind == "paragraph" and at.opens else 0.9


def _judged(pieces: Sequence[Piece], answers: Mapping[int, str]) -> Iterator[Piece]:
    """Yield the pieces with the roles somebody else gave them; what was a caution stays one, a label a label."""
    step = -1
    named = False
    for number, piece in enumerate(pieces):
        role = answers.get(number, "")
        if piece.role in ("caution", "label", "total") or not role:
            if piece.opens:
                step, named = step + 1, piece.role == "name"
            yield replace(piece, step=step if piece.step is not None and step >= 0 else None)
            continue
        opens = role == "name" or (role == "step" and not named) or (role == "say" and step < 0)
        if opens:
            step += 1
        named = role == "name"
        kind: Role = "say" if role == "step" else role  # type: ignore[assignment]  # one of JUDGED
        if kind == "say" and only_time(piece.text):
            kind = "time"
        inside = kind in ("name", "say", "time", "side")
        yield replace(piece, role=kind, confidence=0.9, step=step if inside and step >= 0 else None, opens=opens)
