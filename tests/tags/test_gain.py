"""How loud the speech is, as each format tells the players that level what they play."""

from __future__ import annotations

from io import BytesIO

import mutagen
import numpy as np
import pytest

from voiceguide.choices import Options
from voiceguide.exports import exporter
from voiceguide.tags import Tags
from voiceguide.timeline import SAMPLE_RATE

SOUND = np.zeros((SAMPLE_RATE // 2, 2), np.float32)


def _told(suffix: str, tags: Tags, tmp_path) -> dict[str, str]:
    file = BytesIO()
    exporter(tmp_path / f"a{suffix}").write(file, iter([SOUND]), frames=len(SOUND), tags=tags, options=Options())
    (path := tmp_path / f"b{suffix}").write_bytes(file.getvalue())
    read = mutagen.File(path).tags
    if hasattr(read, "getall"):
        return {frame.desc: frame.text[0] for frame in read.getall("TXXX")}
    return {key.upper(): value for key, value in read if "GAIN" in key.upper()}


@pytest.mark.parametrize("suffix", [".mp3", ".wav", ".flac", ".ogg"])
@pytest.mark.parametrize(("lufs", "gain", "peak"), [(-16.0, "-2.00 dB", "0.891251"), (-19.5, "+1.50 dB", "0.595662")])
def test_replaygain(suffix: str, lufs: float, gain: str, peak: str, tmp_path) -> None:
    """A player that levels by ReplayGain brings the voice to -18 LUFS, whatever share of the file is pause."""
    tags = Tags("t", speech_lufs=lufs, most_dbtp=-1.0 + lufs + 16.0)
    assert _told(suffix, tags, tmp_path) == {"REPLAYGAIN_TRACK_GAIN": gain, "REPLAYGAIN_TRACK_PEAK": peak}


@pytest.mark.parametrize(("lufs", "level"), [(-16.0, 0.0), (-19.5, 3.5), (-30.0, 14.0)])
def test_sound_check(lufs: float, level: float, tmp_path) -> None:
    """Apple's players bring the voice to -16 LUFS by MP3's own comment, as they read it back: dB from 1000 and 2500."""
    file = BytesIO()
    tags = Tags("t", comment="c", speech_lufs=lufs, most_dbtp=-1.0)
    exporter(tmp_path / "a.mp3").write(file, iter([SOUND]), frames=len(SOUND), tags=tags, options=Options())
    file.seek(0)
    comments = mutagen.File(file).tags.getall("COMM")
    assert [(each.desc, each.text[0]) for each in comments if not each.desc] == [("", "c")]
    (text,) = [each.text[0] for each in comments if each.desc == "iTunNORM"]
    numbers = [int(number, 16) for number in text.split()]
    assert len(text) == 90
    told = [-10 * np.log10(number / full) for number, full in zip(numbers, (1000, 1000, 2500, 2500), strict=False)]
    assert told == pytest.approx([level] * 4, abs=0.2)
    assert numbers[4:] == [0, 0, 29205, 29205, 0, 0]


@pytest.mark.parametrize(("lufs", "gain"), [(-16.0, "-1792"), (-30.0, "1792")])
def test_opus_counts_in_r128(lufs: float, gain: str, tmp_path) -> None:
    """Opus tells it by R 128 alone, in steps of 1/256 dB from -23 LUFS (RFC 7845, 5.2.1)."""
    assert _told(".opus", Tags("t", speech_lufs=lufs), tmp_path) == {"R128_TRACK_GAIN": gain}


@pytest.mark.parametrize("suffix", [".mp3", ".ogg", ".opus"])
def test_without_speech(suffix: str, tmp_path) -> None:
    """A file without a voice claims nothing."""
    assert _told(suffix, Tags("t"), tmp_path) == {}
