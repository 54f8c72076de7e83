"""Drawings that show another side, or another hand, than the words say; and steps of the library without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.drawing import atlas
from voiceguide.errors import VoiceguideError
from voiceguide.routine.languages import SIDE_WORDS
from voiceguide.routine.model import Group
from voiceguide.store.assets import routines_folder
from voiceguide.text.languages import primary
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.drawing.vector import Element, Vector
    from voiceguide.errors import Fault
    from voiceguide.lint.sheet import Sheet
    from voiceguide.routine.model import Routine, Step, Text

OF_THE_RIGHT = "-right"
"""How the name of a bundled drawing ends that is of the receiver's right; all others are of the left, or of both."""
_OF_A_HAND = ("self-hand", "self-forearm")
"""Areas in which a hand is massaged."""
TELLING = ("name", "say")
"""The fields that say where the hands go."""
_HAND = re.compile(r"(?<!\w)(\{side\}|left|right) hand(?!s?\w)", re.IGNORECASE)


def check(routine: Routine, sheet: Sheet) -> Iterator[Fault]:
    """Yield a warning for each step whose drawing and words disagree, and in the library for each without a drawing."""
    for owner in routine.steps:
        is_sided = _is_mirrored(routine, owner.sides)
        for step in owner.steps if isinstance(owner, Group) else (owner,):
            if step.show is None:
                if step.touch and routine.folder == routines_folder():
                    message = "expected a drawing of what the hands do, got none: add show, as show: upper-back/circles"
                    yield from _at_name(sheet, step, "no-drawing", message)
                continue
            if drawing := _found(routine, step.show):
                yield from _other_side(sheet, step, drawing, is_sided=is_sided)
                if routine.audience == "self":
                    yield from _other_hand(sheet, step, drawing, is_sided=is_sided)


def _is_mirrored(routine: Routine, sides: tuple[Text, ...]) -> bool:
    """Say whether a drawing is mirrored on any of a step's sides."""
    if primary(routine.language) not in phrases.languages():
        return False
    book = phrases.load(routine.language)
    said = [side.get(routine.language) or "" for side in sides]
    return any(book.mirrored([book.side(each) if each in SIDE_WORDS else each for each in said]))


def _found(routine: Routine, name: str) -> Vector | None:
    """A drawing; None for one that went away a moment ago."""
    from pathlib import Path

    try:
        return atlas.bundled(name) if name in atlas.names() else atlas.own(Path(*routine.beside(name)))
    except VoiceguideError:
        return None


def _other_side(sheet: Sheet, step: Step, drawing: Vector, *, is_sided: bool) -> Iterator[Fault]:
    """A drawing of one side in a step of the other, or of both in a step that goes from side to side."""
    if drawing.root.get("data-both") is not None:
        return
    drawn = "right" if (step.show or "").endswith(OF_THE_RIGHT) else "left"
    if is_sided:
        if drawn == "right":
            message = f'the drawing of a step with sides is mirrored: expected one of the left side, got "{step.show}"'
            yield from _at_name(sheet, step, "drawing-side", message)
        return
    for text in sheet.texts_of(step.place):
        named = sides_named(text.leaf.text, text.language) if text.field in TELLING else set()
        if len(named) == 1 and drawn not in named:
            message = f'the words say the {named.pop()} side and the drawing shows the {drawn}: "{step.show}". '
            yield sheet.fault(
                text.leaf, "drawing-side", f"{message}Expected one of the same side, or sides in the step"
            )
            return


def sides_named(text: str, language: str) -> set[str]:
    """Return which of left and right a text names; neither in a language without phrases."""
    if primary(language) not in phrases.languages():
        return set()
    return set(phrases.load(language).sides_in(text))


def _other_hand(sheet: Sheet, step: Step, drawing: Vector, *, is_sided: bool) -> Iterator[Fault]:
    """One's own hand by another name than the one that is drawn; of the left side, as all is drawn.

    Where a hand or its arm is what is massaged, words of a hand may mean that one.
    """
    hands = set() if (step.show or "").partition("/")[0] in _OF_A_HAND else set(_hands(drawing.root))
    for text in sheet.texts_of(step.place) if hands else ():
        if text.field not in TELLING or primary(text.language) != "en":
            continue
        for found in _HAND.finditer(text.leaf.text):
            said = found[1].lower()
            expected = "left" if said == "{side}" else said
            if expected not in hands and (said == "{side}" or not is_sided):
                drawn = " and ".join(sorted(hands))
                message = f'the words say "{shown(found[0])}" and the drawing has the {drawn} one: "{step.show}"'
                yield sheet.fault(text.leaf, "drawing-hand", f"{message}: change the one or the other")


def _hands(element: Element) -> Iterator[str]:
    if (hand := element.get("data-hand")) and element.get("data-of") == "self":
        yield hand
    for child in element.children:
        yield from _hands(child)


def _at_name(sheet: Sheet, step: Step, rule: str, message: str) -> Iterator[Fault]:
    named = next((text for text in sheet.texts_of(step.place) if text.field == "name"), None)
    if named:
        yield sheet.fault(named.leaf, rule, message)
