"""What does not stretch: the opening, lead-ins, changeovers, stop points and the closing (routine-format)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.script.model import SoundLine
from voiceguide.text.utterance import Breath, Silence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Changeover, Lead, Part, Script
    from voiceguide.text.utterance import Piece, Utterance

FIRST_WORD = 1.0
"""Seconds into the session: the ear turns to the voice."""
PARAGRAPH_GAP = 1.0
"""Seconds between utterances of the opening and the closing."""
AFTER_TEXT = 0.5
"""Seconds from a sound's name to the sound."""
SOUND_HEARD = 2.4
"""Seconds a sound of the opening is left alone before the next words; its tail rings on under them."""
CHIME_LEAD = 1.5
"""Seconds from a chime to the words after it, and the least a lead-in with a chime lasts."""
WORD_GAP = 0.6
"""Seconds of silence that keep two utterances apart."""
OIL_SILENCE = 10.0
"""Seconds with no words after an oil moment's phrase."""
READY_SILENCE = 20.0
"""Seconds after a stop point's phrase."""
BEFORE_END_SOUND = 1.5
"""Seconds from the last words to the end sound."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An utterance or a sound at seconds from the start of what it belongs to."""

    at: float
    utterance: Utterance | None = None
    sound: str | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A stretch of the session that is laid out: its length and what is in it."""

    length: float
    """Seconds."""
    items: tuple[Placed, ...]


def opening(script: Script, lengths: Lengths) -> Laid:
    """Lay what is said before the first step, clips a second apart; a pause at one's end stands in its place."""
    items: list[Placed] = []
    at = FIRST_WORD
    for said in script.opening:
        utterance = said.text if isinstance(said, SoundLine) else said
        items.append(Placed(at, utterance))
        at += lengths.of(utterance)
        if isinstance(said, SoundLine):
            at += AFTER_TEXT
            items.append(Placed(at, sound=said.sound))
            at += min(lengths.sound(said.sound) + 0.4, SOUND_HEARD)
        else:
            at += _gap(utterance.parts[-1:])
    return Laid(at, tuple(items))


def _gap(edges: Iterable[Piece | Silence | Breath]) -> float:
    """Seconds between two clips with these at their edges: a mark there stands in the place of the usual gap."""
    marks = {type(part) for part in edges}
    return 0.0 if Silence in marks else WORD_GAP if Breath in marks else PARAGRAPH_GAP


def lead_in(lead: Lead, lengths: Lengths) -> Laid:
    """Lay a lead-in: chime, change of places, turn and oil at the front; pressure and care end just before the slot."""
    return lengths.kept(lead, lambda lead: _lead_in(lead, lengths))


def _lead_in(lead: Lead, lengths: Lengths) -> Laid:
    items: list[Placed] = []
    if lead.chime:
        items.append(Placed(0.0, sound=lead.chime))
    front = CHIME_LEAD if lead.chime or lead.swap or lead.turn or lead.oil else 0.0
    for utterance in lead.swap:
        items.append(Placed(front, utterance))
        front += lengths.of(utterance) + _gap(utterance.parts[-1:])
    if lead.swap:
        front += READY_SILENCE
    end = front
    if lead.turn:
        items.append(Placed(front, lead.turn))
        end = front + lengths.of(lead.turn)
        front = end + WORD_GAP
    if lead.oil:
        items.append(Placed(front, lead.oil))
        end = front = front + lengths.of(lead.oil) + OIL_SILENCE
    back = sum(lengths.of(utterance) + WORD_GAP for utterance in lead.words)
    length = max(lead.transition, (front if lead.words else end) + back, CHIME_LEAD if lead.chime else 0.0)
    at = length - back
    for utterance in lead.words:
        items.append(Placed(at, utterance))
        at += lengths.of(utterance) + WORD_GAP
    return Laid(length, tuple(items))


def changeover(change: Changeover, lengths: Lengths) -> Laid:
    """Lay a changeover: the switch sound, then its text."""
    return lengths.kept(change, lambda change: _changeover(change, lengths))


def _changeover(change: Changeover, lengths: Lengths) -> Laid:
    length = max(change.transition, CHIME_LEAD + lengths.of(change.text) + WORD_GAP)
    return Laid(length, (Placed(0.0, sound="switch"), Placed(CHIME_LEAD, change.text)))


def ready(part: Part, lengths: Lengths) -> Laid:
    """Lay a stop point: its phrase at the last slot's end, and the silence after it; nothing where there is none."""
    if part.ready is None:
        return Laid(0.0, ())
    return Laid(lengths.of(part.ready) + READY_SILENCE, (Placed(0.0, part.ready),))


def closing(script: Script, lengths: Lengths, linger: float) -> Laid:
    """Lay the closing's words, the end sound, and `linger` seconds after its end; after the words in a quiet end."""
    items: list[Placed] = []
    at = PARAGRAPH_GAP
    for number, utterance in enumerate(script.closing):
        if number:
            at += _gap((*script.closing[number - 1].parts[-1:], *utterance.parts[:1]))
        items.append(Placed(at, utterance))
        at += lengths.of(utterance)
    if script.quiet_end:
        return Laid(at + linger, tuple(items))
    at += BEFORE_END_SOUND
    items.append(Placed(at, sound="end"))
    return Laid(at + lengths.sound("end") + linger, tuple(items))


def part_overhead(part: Part, lengths: Lengths) -> float:
    """Seconds of a chapter that are no slot."""
    return lengths.kept(part, lambda part: _part_overhead(part, lengths))


def _part_overhead(part: Part, lengths: Lengths) -> float:
    changes = (*part.between, *((part.after,) if part.after else ()))
    total = lead_in(part.lead, lengths).length + ready(part, lengths).length
    return total + sum(changeover(change, lengths).length for change in changes)
