"""Saying: a text spoken to a file, as a session would speak it."""

from __future__ import annotations

from pathlib import Path

from voiceguide import planning, voices
from voiceguide.errors import UsageError
from voiceguide.session.composing import Progress, Warn, narrator_of, opened_cache, sounds_of
from voiceguide.session.writing import How, write

AFTER_WORDS = 0.1
"""Seconds after the words of `say`, so that the fade at a file's end takes nothing of them."""


def say(
    text: str,
    path: str | Path,
    *,
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    language: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> None:
    """Speak a text to a file as a session would, marks included; `language` is the named voice's own unless given.

    Raises VoiceguideError as the command line does.
    """
    from voiceguide.exports import Options, exporter
    from voiceguide.sound import chimes
    from voiceguide.sound.mix import Mix
    from voiceguide.store.files import check_target
    from voiceguide.tags import Tags
    from voiceguide.text.marks import MarkError
    from voiceguide.text.utter import utter

    target = Path(path)
    exporter(target).check(Options())
    check_target(target, overwrite=overwrite)
    language = language or _language_of(voice)
    try:
        utterance = utter("say", (text,), None, language)
    except MarkError as error:
        raise UsageError(f"TEXT: {error}") from None
    if not utterance.parts:
        raise UsageError(f'TEXT: expected words to say, got "{text}"')
    speaker = voices.pick(voice, language=language, pace=pace)
    with opened_cache(warn) as cache:
        narrator = narrator_of(speaker, language, cache, progress)
        spoken = narrator.lengths(utterance.sentences())
        sounds = {"breath": chimes.seconds(chimes.find("breath", None))}
        lengths = planning.Lengths(lambda sentence: spoken[sentence.spoken], sounds)
        clips = tuple(planning.clips.spoken(utterance, 0.0, lengths))
        takes = narrator.takes(utterance.pieces())
        title = " ".join(piece.text for piece in utterance.pieces())
        tags = Tags(title=title, language=language)
        duration = lengths.of(utterance) + AFTER_WORDS
        mix = Mix(clips, duration, takes, sounds_of(clips, None, cache))
        write(mix, target, tags, Options(), cache, How(overwrite, None, progress))


def _language_of(voice: str | None) -> str:
    """Return the language of a voice named in full; English for one that speaks any, and where none is named."""
    named = voices.listing() if voice else ()
    own = next((listed.languages[0] for listed in named if listed.id == voice), voices.ANY_LANGUAGE)
    return "en" if own == voices.ANY_LANGUAGE else own
