"""Which languages a routine is written in, and what is missing of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.routine.model import Group, inner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.routine.model import Routine, Step, Text

SIDE_WORDS = ("left", "right")
"""Sides that the phrases of every language translate."""


MOST_PLACES = 100
"""Places of missing texts that a message names."""


def untranslated(routine: Routine, language: str) -> tuple[Text, ...]:
    """Return every text, spoken or shown, that is not there in `language` (`de-AT` falls back to `de`)."""
    return tuple(text for text in texts(routine) if text.get(language) is None)


def languages(routine: Routine) -> tuple[str, ...]:
    """Return the languages a whole session can be in: the routine's own first, then in the file's order."""
    return tuple(tag for tag in mentioned(routine) if not untranslated(routine, tag))


def partial(routine: Routine) -> tuple[str, ...]:
    """Return the languages of which some texts are there, and some are missing."""
    return tuple(tag for tag in mentioned(routine) if untranslated(routine, tag))


def lacking(routine: Routine, language: str) -> str:
    """Say what a routine has that is not wholly there in a language, or those of its parts that are not; else ""."""
    said = []
    for part in routine.parts or (routine,):
        if count := len(untranslated(part, language)):
            has = ", ".join(languages(part)) or "no language wholly"
            are = "are" if count > 1 else "is"
            said.append(f"{part.name} has {has}; in {language} {count} of its texts {are} missing")
    return ". ".join(said)


def gaps(routine: Routine, language: str) -> str:
    """Say what is not there in a language, naming every place, and what writes it."""
    missing, count = untranslated(routine, language), sum(1 for _ in texts(routine))
    places = ", ".join(f"line {text.place.line} ({text.place.path})" for text in missing[:MOST_PLACES])
    more = f" and {len(missing) - MOST_PLACES:,} more" if len(missing) > MOST_PLACES else ""
    some = f"{len(missing)} of its {count} texts" if len(missing) < count else f"all of its {count} texts"
    are = "is" if len(missing) == 1 else "are"
    return f"{some} {are} missing in {language}, at {places}{more}: `voiceguide translate` writes a place for each"


def texts(routine: Routine) -> Iterator[Text]:
    """Yield every text that an author must translate; sides called left and right are the program's."""
    safety = routine.safety
    yield routine.title
    yield from (text for text in (routine.summary, routine.position) if text)
    yield from (*routine.need, *safety.do_not_start, *safety.ask_first, *safety.core, *safety.always)
    yield from (*safety.avoid, *safety.more)
    yield from (settle.say for settle in routine.settle)
    yield from (*routine.reminders, *((routine.end,) if routine.end else ()), *routine.closing)
    for step in routine.steps:
        if isinstance(step, Group):
            yield from _of_any(step)
        for each in inner(step):
            yield from _of_any(each)
            yield from _of_step(each)


def varies(routine: Routine) -> bool:
    """Whether a text of a routine has other wordings, so that each visit to it is another."""
    return any(text.others for each in routine.parts or (routine,) for text in texts(each))


def spoken(routine: Routine) -> Iterator[Text]:
    """Yield every text that may be said, in some session or other; the others are only shown."""
    shown = {id(text) for text in (routine.summary, routine.position, *routine.need, *routine.safety.more)}
    return (text for text in texts(routine) if id(text) not in shown)


def _of_any(step: Step | Group) -> Iterator[Text]:
    """Yield what a step and a group both have; a group's own step has no sides."""
    yield step.name
    yield from (side for side in step.sides if not is_side_word(side))
    yield from (text for text in (step.switch,) if text)


def _of_step(step: Step) -> Iterator[Text]:
    """Yield what a group has not."""
    yield from (*step.say, *step.say_again, *step.reminders)
    yield from (text for text in (step.warn, step.position) if text)
    yield from (text for cue in step.cues for text in (cue.say, cue.say_again) if text)
    if step.hold:
        yield from (text for text in (step.hold.say_press, step.hold.say_release) if text)
    if rhythm := step.rhythm:
        yield from (text for text in (rhythm.say_out, rhythm.say_back, rhythm.say_last) if text)


def is_side_word(side: Text) -> bool:
    """Whether a side is `left` or `right`, a keyword of the phrases."""
    return len(side.by_language) == 1 and side.by_language[0][1] in SIDE_WORDS


def mentioned(routine: Routine) -> tuple[str, ...]:
    """Return the routine's language and every other one that a text is in, each once whatever its case."""
    found = {routine.language.lower(): routine.language}
    for text in texts(routine):
        for tag in text.languages():
            found.setdefault(tag.lower(), tag)
    return tuple(found.values())
