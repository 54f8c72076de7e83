"""How loud a session's speech is, for players that level what they play.

ReplayGain 2.0, Sound Check in MP3 for Apple's, and R128 in Opus (RFC 7845).

They level by the whole file unless a tag says otherwise, and a session is mostly pause: two whose voices are alike
would come out up to 5 LU apart. So the tag tells of the voice, and all sessions sound alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.tags import Tags

REPLAYGAIN_LUFS = -18.0
"""What ReplayGain 2.0 brings everything to."""
SOUND_CHECK_LUFS = -16.0
"""What Apple's Sound Check does."""
R128_LUFS = -23.0
"""What EBU R 128 does, by which Opus counts."""
_MILLIWATTS = (1000, 1000, 2500, 2500)
"""In which Sound Check counts a level, left and right, twice: 0 dB is the number itself."""
_STEPS = 256
"""To a dB, in Opus's comment (Q7.8)."""


def replaygain(tags: Tags) -> Iterator[tuple[str, str]]:
    """Give the names and texts of ReplayGain; nothing where the loudness is not known.

    The peak is the highest that there may be: that of the file is not known while its beginning is written.
    """
    if tags.speech_lufs is None:
        return
    yield "REPLAYGAIN_TRACK_GAIN", f"{REPLAYGAIN_LUFS - tags.speech_lufs:+.2f} dB"
    yield "REPLAYGAIN_TRACK_PEAK", f"{10 ** (tags.most_dbtp / 20):.6f}"


def sound_check(tags: Tags) -> str:
    """Return Sound Check's text, ten numbers in hexadecimal; "" where the loudness is not known.

    They are four levels, two of a use that nobody knows, two peaks of 16 bits, and two unknown ones again.
    """
    if tags.speech_lufs is None:
        return ""
    power = 10 ** ((tags.speech_lufs - SOUND_CHECK_LUFS) / 10)
    peak = min(round(2**15 * 10 ** (tags.most_dbtp / 20)), 2**15 - 1)
    numbers = (*(round(full * power) for full in _MILLIWATTS), 0, 0, peak, peak, 0, 0)
    return "".join(f" {number:08X}" for number in numbers)


def r128(tags: Tags) -> Iterator[tuple[str, str]]:
    """Give Opus's name and text: nothing of ReplayGain's may stand in an Opus file."""
    if tags.speech_lufs is not None:
        yield "R128_TRACK_GAIN", str(round((R128_LUFS - tags.speech_lufs) * _STEPS))
