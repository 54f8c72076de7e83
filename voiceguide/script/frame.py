"""The words around the steps: opening, gate and closing, built from a routine's fields (routine-format)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from voiceguide.routine.joining import once, setup_of
from voiceguide.script.model import SoundLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.routine.model import Routine, Text
    from voiceguide.script.model import Figures
    from voiceguide.script.wording import Wording
    from voiceguide.text.utterance import Utterance

MOST_SOUNDS = 4
"""How many sounds the opening plays."""


def before(routine: Routine, wording: Wording, *, minimal: bool) -> tuple[Utterance, ...]:
    """Title, what is needed, and the volume; in minimal the title alone."""
    title = wording.phrase("title", "title")
    if minimal:
        return (title,)
    volume = wording.phrase("need", "volume")
    if not routine.need:
        return (title, volume)
    return (title, wording.phrase("need", "need", need=_listed(routine, routine.need, wording, "and")), volume)


def sounds(wording: Wording, figures: Figures | None) -> tuple[SoundLine, ...]:
    """The sounds the session uses, the most telling first, each with its line."""
    lines = []
    told = tuple(sound for sound in (figures.sounds if figures else ("step",)) if sound != "swell")
    for number, sound in enumerate(told[:MOST_SOUNDS]):  # a swell comes where the words of strokes were: it is known
        key = f"sound_{sound.replace('-', '_')}"
        keys = ("sounds_intro", key) if number == 0 else (key,)
        lines.append(SoundLine(wording.phrase("sounds", *keys), sound))
    return tuple(lines)


def gate(routine: Routine, wording: Wording, setup: str | None, *, brief: bool) -> tuple[Utterance, ...]:
    """A minute of care: who should not start, what to leave out, the words that stop it."""
    if brief:
        return (wording.phrase("gate", "gate_brief"),)
    safety = routine.safety
    first = [wording.phrase("gate", "gate_open")]
    if safety.do_not_start:
        items = _listed(routine, safety.do_not_start, wording, "or")
        first.append(wording.phrase("gate", "gate_do_not_start", items=items))
    if safety.ask_first:
        first.append(wording.phrase("gate", "gate_ask_first", items=_listed(routine, safety.ask_first, wording, "or")))
    if safety.do_not_start or safety.ask_first:
        first.append(wording.phrase("gate", "gate_stop"))
    avoid = ["gate_avoid"] if safety.avoid else []
    leave_out = wording.phrase("gate", *avoid, "gate_leave_out", items=_listed(routine, safety.avoid, wording, "and"))
    seated = ["gate_seated"] if is_seated(routine, wording, setup) else []
    return (*first, leave_out, wording.phrase("gate", "gate_pressure", "gate_words", "gate_dizzy", *seated))


def _listed(routine: Routine, texts: Iterable[Text], wording: Wording, last: Literal["and", "or"]) -> str:
    """One of a routine's lists in a sentence."""
    return wording.listed(once(routine, texts, wording.language), last=last)


def is_seated(routine: Routine, wording: Wording, setup: str | None) -> bool:
    """Whether the receiver sits, by the setup's name or, without setups, by the position; in any of joined routines."""
    if routine.parts:
        return any(is_seated(part, wording, setup_of(part, setup)) for part in routine.parts)
    where = setup or (wording.of(routine.position) if routine.position else "")
    return any(word in where.casefold() for word in wording.phrases.seated_words())


def closing(routine: Routine, wording: Wording) -> tuple[Utterance, ...]:
    """Rest, a breath, lift away, thanks, time to get up, water, the floor; then the author's own."""
    return (
        wording.phrase("closing", "closing_rest", "closing_breath"),
        wording.phrase("closing", "closing_lift", "closing_thanks"),
        wording.phrase("closing", "closing_up", "closing_water", "closing_floor"),
        *(wording.authored("closing", (text,), {}) for text in once(routine, routine.closing, wording.language)),
    )
