"""Calling: whether there is time to say two people's names wherever a session calls them, and a voice that can."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide import phrases
from voiceguide.errors import Message, RoutineError, UsageError, option
from voiceguide.script.names import Names
from voiceguide.session.drafting import Drafting
from voiceguide.session.unsaid import unsaid
from voiceguide.text import pronouncing
from voiceguide.text.sayable import worded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voiceguide.choices import Choices
    from voiceguide.planning import Lengths
    from voiceguide.routine.model import Routine
    from voiceguide.voices import Voice


def unsaid_names(choices: Choices, language: str, voice: Voice) -> Iterator[str]:
    """Yield a warning for each name with words that a voice cannot say."""
    for name in choices.names or ():
        if words := unsaid(name, language, voice, pronouncing.lexicon(language)):
            told = f'the voice "{voice.id}" cannot say {worded(words)} in {language}, and leaves it out'
            yield Message(f"{option('names')}: {told}: write it as it sounds")


def fitting(routine: Routine, choices: Choices, estimates: Lengths, warn: Callable[[str], None]) -> Choices:
    """Return choices with the names that are said: as they are, by their first words, or none where both are too long.

    By the voice's estimates alone, so that it is the same on every machine. What does not fit even without a name is
    the routine's own to mend: then they stay. Raises UsageError for a routine in which one is alone.
    """
    giver, receiver = names = choices.names or ("", "")
    Names.chosen(routine, phrases.load(choices.language or routine.language), choices.names)
    first = giver.split()[0], receiver.split()[0]
    for told in dict.fromkeys((names, first, None)):
        chosen = replace(choices, names=told)
        try:
            Drafting(routine, chosen).draft(estimates)
        except (RoutineError, UsageError):
            continue
        if told != names:
            called = f"they are called {' and '.join(told)}" if told else "nobody is called by name"
            warn(Message(f"{option('names')}: there is no time to say {' and '.join(names)} in full: {called}"))
        return chosen
    return choices
