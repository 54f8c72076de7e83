"""Saying: a text spoken to a file, as a session would speak it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from voiceguide import phrases, planning, voices
from voiceguide.errors import UsageError, option
from voiceguide.session import filling
from voiceguide.session.making import booth
from voiceguide.session.speakable import check_text
from voiceguide.sound import VOICE_LUFS
from voiceguide.tags import Tags
from voiceguide.text.lines import takes
from voiceguide.text.marks import MarkError
from voiceguide.text.utter import utter
from voiceguide.voices import getting

if TYPE_CHECKING:
    from voiceguide.choices import Choices
    from voiceguide.session.making import Means
    from voiceguide.session.writing import Target

AFTER_WORDS = 0.1
"""Seconds after the words, so that the fade at a file's end takes nothing of them."""


def say(text: str, target: Target, choices: Choices, means: Means) -> None:
    """Speak a text to a file, marks included, with the voice, pace and language of some choices.

    The language is the named voice's own unless it is chosen. Raises VoiceguideError.
    """
    from voiceguide.sound import chimes

    if not isinstance(text, str):
        raise UsageError(f"{option('text')}: expected a text, got {text!r}", got=text)
    if not takes(text, "utf-8"):
        raise UsageError(f"{option('text')}: expected a text, got bytes that are none: {text}", got=text)
    language = language_of(choices)
    try:
        utterance = utter("say", (text,), None, language)
    except MarkError as error:
        raise UsageError(f"{option('text')}: {error}", got=text) from None
    if not utterance.parts:
        raise UsageError(f'{option("text")}: expected words to say, got "{text}"', got=text)
    voice = filling.chosen(choices, language)
    check_text(text, language, voice)
    if means.warn and (note := getting.note(choices.voice, language, phrases.called(language))):
        means.warn(note)
    with booth(voice, language, means) as opened:
        spoken = opened.narrator.lengths(utterance.sentences())
        found = partial(chimes.find, folder=None)
        sounds = {"breath": chimes.seconds(found("breath"))}
        lengths = planning.Lengths(lambda sentence: spoken[sentence.spoken], sounds)
        clips = planning.clips.spoken(utterance, 0.0, lengths)
        mix = opened.mix(clips, lengths.of(utterance) + AFTER_WORDS, utterance.pieces(), found)
        title = " ".join(piece.text for piece in utterance.pieces())
        target.write(mix, Tags(title=title, language=language, speech_lufs=VOICE_LUFS), opened.cache, means)


def language_of(choices: Choices) -> str:
    """Return the language that a text is spoken in: the chosen one, else that of a voice named in full, else English.

    A voice that speaks any language speaks English.
    """
    voice = choices.voice
    if choices.language or voice is None:
        return choices.language or "en"
    named = () if voice in voices.GENDERS else voices.listed_of(voices.engine(voices.split(voice)[0]))
    own = next(
        (listed.languages[0] for listed in named if listed.id == voice and listed.languages), voices.ANY_LANGUAGE
    )
    return "en" if own == voices.ANY_LANGUAGE else own
