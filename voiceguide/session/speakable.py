"""What a session's voice cannot say is refused before anything is spoken: an engine would leave it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from voiceguide.errors import Fault, RoutineError, UsageError, option
from voiceguide.routine.languages import spoken
from voiceguide.routine.source import with_excerpts
from voiceguide.session.unsaid import unsaid
from voiceguide.text import ipa, pronouncing
from voiceguide.text.sayable import worded
from voiceguide.voices import phonemes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.session.composing import Session
    from voiceguide.voices import Voice


def check(session: Session) -> None:
    """Look through all that a routine says in a session's language. Raises RoutineError with every place."""
    if found := [*with_excerpts((*letters(session), *sounds(session)))]:
        raise RoutineError(found)


def check_text(text: str, language: str, voice: Voice) -> None:
    """Raise UsageError for a text with words that a voice cannot say."""
    if words := unsaid(text, language, voice, pronouncing.lexicon(language)):
        raise UsageError(
            f"{option('text')}: the voice {voice.id} cannot say {worded(words)} in {language}: write it as it sounds, "
            f"or choose another {option('language')} or {option('voice')}",
            got=text,
        )


def letters(session: Session) -> Iterator[Fault]:
    """Yield a fault for each text with letters that the session's voice cannot say."""
    language, voice = session.language, session.voice
    for number, part in enumerate(session.routine.parts or (session.routine,)):
        lexicon = pronouncing.lexicon(language, part.pronunciations(language))
        turn = (part.position,) if number and part.position else ()  # told where the part begins
        for text in (*spoken(part), *turn):
            said = " ".join(text.wordings(language))
            if words := unsaid(said, language, voice, lexicon):
                message = f"the voice {voice.id} cannot say {worded(words)}: expected letters of {language}; write it "
                message += f'as it sounds, tell so under "pronounce", or choose another {option("voice")}'
                yield Fault(text.place, "unsayable-letters", message)


def sounds(session: Session, level: Literal["fault", "warning"] = "fault") -> Iterator[Fault]:
    """Yield a fault for each pronunciation of the routine's with sounds that the session's voice has not."""
    known = phonemes_of(session.voice)
    if not known:  # it takes letters alone
        return
    for part in session.routine.parts or (session.routine,):
        held = part.pronunciations(session.language)
        for one in part.pronounce:
            if one.how in held and (wrong := ipa.foreign(one.how.ipa, known)):
                message = f'the voice {session.voice.id} has no sound for "{" ".join(wrong)}" in "{one.how.ipa}": '
                message += 'expected those of its language; write it with them, or leave "ipa" out and tell "as"'
                yield Fault(one.place, "unknown-sound", message, level)
