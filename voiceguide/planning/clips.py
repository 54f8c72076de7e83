"""Utterances and sounds become clips at a time of the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.text.utterance import BREATH_SECONDS, Breath, Piece
from voiceguide.timeline import Clip, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.planning.measure import Lengths
    from voiceguide.text.utterance import Utterance


def spoken(
    utterance: Utterance, at: float, lengths: Lengths, step: int | None = None, side: str | None = None
) -> Iterator[Clip]:
    """Yield an utterance's clips from `at` seconds on: one a piece, and a chime for each breath."""
    for part in utterance.parts:
        if isinstance(part, Piece):
            text, key, offsets = lengths.kept(part, lambda part: (part.text, part.key, part.offsets(lengths.spoken)))
            words = tuple(
                Words(at + start, at + end, sentence.text)
                for (start, end), sentence in zip(offsets, part.sentences, strict=True)
            )
            end = words[-1].end
            yield Clip("narration", utterance.role, at, end, step, side, None, text, words, key)
            at = end
        elif isinstance(part, Breath):
            yield sounded("breath", at, lengths, step, side)
            at += BREATH_SECONDS
        else:
            at += part.seconds


def sounded(
    sound: str,
    at: float,
    lengths: Lengths,
    step: int | None = None,
    side: str | None = None,
    fitted: tuple[float, float] | None = None,
) -> Clip:
    """Return the clip of a sound, `fitted` to two phases or as its file has it; its role is its name."""
    end = at + (sum(fitted) if fitted else lengths.sound(sound))
    return Clip("chime", sound, at, end, step, side, sound=sound, fitted=fitted)
