"""Where a sentence of Kokoro's begins and ends: what the model makes up around its words, when it speaks slowly, goes.

It waits longer before the first sound than it learned to, and stays longer on the last, and fills that: with a vowel
before, up to 0.3 s long and as loud as a word, and with the hiss of an s after.
"""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE = 24_000
_FRAME = SAMPLE_RATE // 40
"""Samples of the frames in which the model tells how long a sign lasts."""
_LEAD = round(0.06 * SAMPLE_RATE)
"""Samples by which a consonant comes before its frames, at all speeds: p, t and k burst in the middle of them."""
_LEAD_OF_VOWELS = round(0.03 * SAMPLE_RATE)
"""More of what comes before a vowel makes a consonant of it: *calza* for *alza*."""
_FADE = round(0.01 * SAMPLE_RATE)
_BLOCK = SAMPLE_RATE // 100
"""Samples over which it is told whether something hisses."""
_HISS_HERTZ = 4000.0
"""A hiss has more above than below it, a voice far less."""
_HISS = 10 ** (-45 / 20)
"""Of the loudest block: what is softer is not heard."""
_SOUNDED = 6
"""Blocks in which the last sound was heard; before that, what hisses may be the sound itself, whispered."""
_NOISY = "ptkcqfsʃçxχhθɸʦʧbdɡvzʒʝɣðʣʤʂʐɕʑST"
"""Signs that hiss or burst by themselves."""
_VOWELS = "aeiouyɐɑɒæɔəɘɚɛɜɝɞɤɨɪɯɵøœɶʉʊʌʏᵊᵻAIOQWY"
_MARKS = "ˈˌːˑʲʰʷ"
"""Signs that are letters to Unicode, and no sounds."""

CONSTANTS = (_FRAME, _LEAD, _FADE, _BLOCK, _HISS_HERTZ, _HISS, _SOUNDED, _LEAD_OF_VOWELS, _NOISY, _VOWELS)
"""All that an edge hangs on."""


def cleared(samples: NDArray[np.float32], signs: str, frames: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return samples (frames,) with silence before the first sound of `signs`, and after its last where that hisses.

    `frames` are those of each sign and of the silences around them, one more at either end.
    """
    letters = [place for place, sign in enumerate(signs) if sign.isalpha() and sign not in _MARKS]
    if not letters:
        return samples
    first = letters[0] - (letters[0] > 0 and signs[letters[0] - 1] in _MARKS)  # its stress is the beginning of it
    begin, end = (int(frames[: place + 1].sum()) * _FRAME for place in (first, letters[-1]))
    quiet = _begun(samples, begin - (_LEAD_OF_VOWELS if signs[letters[0]] in _VOWELS else _LEAD))
    return quiet if signs[letters[-1]] in _NOISY else _ended(quiet, max(end - _LEAD, 0))


def _begun(samples: NDArray[np.float32], start: int) -> NDArray[np.float32]:
    start = max(start, 0)
    quiet = samples.copy()
    quiet[:start] = 0.0
    quiet[start : start + _FADE] *= _rise()[: max(len(samples) - start, 0)]
    return quiet


def _ended(samples: NDArray[np.float32], start: int) -> NDArray[np.float32]:
    """Silence what hisses after a voiced sound that starts at `start`, and all that follows."""
    import numpy as np

    blocks = samples[: len(samples) // _BLOCK * _BLOCK].reshape(-1, _BLOCK)
    levels = np.sqrt(np.mean(blocks**2, axis=1))
    last = start // _BLOCK
    powers = np.abs(np.fft.rfft(blocks[last:] * np.hanning(_BLOCK), axis=1)) ** 2
    high = powers[:, np.fft.rfftfreq(_BLOCK, 1 / SAMPLE_RATE) > _HISS_HERTZ].sum(axis=1)
    heard = levels[last:] > _HISS * levels.max(initial=0.0)
    hisses = heard & (high > powers.sum(axis=1) / 2)
    sounded = np.cumsum(heard & ~hisses) >= _SOUNDED
    (places,) = np.nonzero(hisses & sounded)
    if not len(places):
        return samples
    end = (last + int(places[0])) * _BLOCK
    quiet = samples.copy()
    quiet[end:] = 0.0
    quiet[end - _FADE : end] *= _rise()[::-1]
    return quiet


def _rise() -> NDArray[np.float32]:
    """A raised cosine from 0 to 1."""
    import numpy as np

    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(_FADE) + 0.5) / _FADE)).astype(np.float32)
