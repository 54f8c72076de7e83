"""Narration: how long a session's words last, by estimate and once spoken, and the drafts that are laid out by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.planning import Lengths
from voiceguide.session import filling
from voiceguide.voices import is_recorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.script import Script
    from voiceguide.session.composing import Session
    from voiceguide.session.drafting import Draft
    from voiceguide.session.narrate import Narrator
    from voiceguide.text.utterance import Piece, Sentence, Utterance
    from voiceguide.timeline import Clip, Timeline

NARRATIONS = 2
"""How often words that depend on the session's length may be spoken again."""


def by_estimate(session: Session, lengths: Lengths | None = None) -> Draft:
    """Return a session's draft by the voice's estimates alone, the same on every machine.

    `lengths` are the `estimates` of a session of the same routine in the same voice.
    """
    return session.drafting.draft(lengths or session.estimates)


def estimated(session: Session, narrator: Narrator) -> Timeline:
    """Return the timeline without speaking."""
    draft = drafted(session, narrator)
    wanted = narrator.sayable(everything(session, draft).values())
    known = narrator.known_lengths(wanted)
    complete = len(known) == len(wanted)
    if complete:
        draft = measured(session, known, draft)
        said = said_in(draft)
        complete = len(narrator.sayable(said)) == len(said)
    session.tell(draft)
    return session.timeline(draft, estimated=not complete)


def drafted(session: Session, narrator: Narrator) -> Draft:
    """Return the draft whose words are to be spoken.

    What is said in an exact total is decided by the estimates alone: nothing that is spoken can change what was said
    before it. In any other session the words tell how long it really lasts.
    """
    return by_estimate(session) if session.drafting.total is not None else guessed(session, narrator)


def guessed(session: Session, narrator: Narrator) -> Draft:
    """Return a draft by what is measured of its sentences already, and the voice's estimates of the others."""
    seen: dict[str, float] = {}

    def of(sentence: Sentence) -> float:
        if sentence.spoken not in seen:
            known = narrator.known_lengths([sentence])
            seen[sentence.spoken] = known.get(sentence.spoken) or session.estimates.spoken(sentence)
        return seen[sentence.spoken]

    if session.drafting.total is None:
        return session.drafting.draft(Lengths(of, session.sounds, estimated=True))
    lengths = Lengths(of, session.sounds, estimated=True, foretold=session.estimates)
    return session.drafting.again(by_estimate(session), lengths)


def narrated(session: Session, narrator: Narrator, draft: Draft) -> Draft:
    """Speak a draft's words and lay it out as they came.

    Where its minutes come out otherwise, the draft is made again as if nothing had ever been estimated, and spoken:
    a render that finds everything spoken makes the same session. What a voice of recordings lacks is told at once, all
    of it, as far as it would be heard: it knows beforehand how long its lines last.
    """
    begin(session, narrator, draft)
    for _ in range(NARRATIONS if session.drafting.total is None else 0):
        narrator.lengths(narrator.sayable(everything(session, draft).values()))
        settled = guessed(session, narrator)
        if _words_of(settled) == _words_of(draft):
            break
        draft = settled
    wanted = narrator.sayable(everything(session, draft).values())
    return measured(session, narrator.lengths(wanted), draft)


def begin(session: Session, narrator: Narrator, draft: Draft) -> None:
    """Tell of a draft what is to be told before it is spoken. Raises MissingError for what a voice has not recorded."""
    session.tell(draft)
    if is_recorded(session.voice):
        said = said_in(measured(session, {}, draft))
        narrator.refuse_lacking(said)
        tell_filled(session, said)


def tell_filled(session: Session, said: tuple[Sentence, ...]) -> None:
    """Warn of how much of what is heard another voice says for one of recordings."""
    if warning := filling.told(session.voice, tuple(dict.fromkeys(sentence.spoken for sentence in said))):
        session.warn(warning)


def unsaid(draft: Draft, spoken: Mapping[str, float]) -> Clip | None:
    """Return the first words of a draft that are not spoken yet; None where all are."""
    pieces = (piece for utterance in draft.script.utterances() for piece in utterance.pieces())
    takes = {piece.key for piece in pieces if not all(sentence.spoken in spoken for sentence in piece.sentences)}
    return next((clip for clip in draft.layout.clips if clip.take in takes), None)


def said_in(draft: Draft) -> tuple[Sentence, ...]:
    """Return every sentence that is heard in a draft."""
    pieces = heard(draft.layout.clips, draft.script)
    return tuple(sentence for piece in pieces for sentence in piece.sentences)


def measured(session: Session, spoken: Mapping[str, float], draft: Draft) -> Draft:
    """Lay a draft's words out again by their measured lengths."""

    def of(sentence: Sentence) -> float:
        # The nearest total to one out of reach may have words that were never spoken: a refusal is near enough.
        return spoken.get(sentence.spoken) or session.estimates.spoken(sentence)

    foretold = None if session.drafting.total is None else session.estimates
    return session.drafting.again(draft, Lengths(of, session.sounds, foretold=foretold))


def _words_of(draft: Draft) -> object:
    """What decides a draft's words."""
    return draft.figures, draft.script.base, draft.short


def everything(session: Session, draft: Draft) -> dict[str, Sentence]:
    """Everything to be spoken once the words are filled from a draft's figures, by what is spoken."""
    return sentences(session.drafting.written(draft).utterances())


def sentences(utterances: Iterable[Utterance]) -> dict[str, Sentence]:
    """Return the sentences of utterances, by what is spoken."""
    return {sentence.spoken: sentence for utterance in utterances for sentence in utterance.sentences()}


def heard(clips: Iterable[Clip], written: Script) -> tuple[Piece, ...]:
    """Return the pieces of a script that sound in some clips."""
    keys = {clip.take for clip in clips}
    pieces = (piece for utterance in written.utterances() for piece in utterance.pieces())
    return tuple(piece for piece in pieces if piece.key in keys)
