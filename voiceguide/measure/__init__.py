"""Measuring: a sound file, with or without the timeline it was made from, becomes numbers that can be trusted. Pure.

The file is decoded and looked at block by block; what is kept is a few MB an hour. `verdicts` says what the numbers are
held against. Heavy imports stand inside the functions.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from voiceguide.errors import UsageError
from voiceguide.measure.model import Measurement, Outline

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.measure.against import Against, OnsetWatch
    from voiceguide.sound.decoding import Decoded
    from voiceguide.tags.reading import FileChapter
    from voiceguide.timeline import Timeline


def measure(path: Path, timeline: Timeline | None = None, *, without_voice: Path | None = None) -> Measurement:
    """Measure a sound file.

    `timeline` is that of the session it holds. `without_voice` is the same session rendered without its voice: with it
    the voice is measured alone, and the bed under it exactly; both files must be lossless, as two lossy ones differ in
    more than the voice.

    Raises Failed for a file that cannot be read, MissingError for one whose decoder is not installed, UsageError for a
    second file that is of another session.
    """
    from voiceguide.sound.decoding import opened

    if without_voice is not None and timeline is None:
        raise UsageError("a file without the voice says something only with the session's timeline: name it too")
    with opened(path) as sound:
        if without_voice is None:
            return _measured(path, sound, timeline, None)
        with opened(without_voice) as rest:
            for each, decoded in ((path, sound), (without_voice, rest)):
                if not decoded.lossless:
                    raise UsageError(
                        f"{each}: expected a lossless file (.wav, .flac) to take another one from, got {decoded.format}"
                    )
            if (rest.rate, rest.channels) != (sound.rate, sound.channels):
                raise UsageError(_other_session(path, without_voice))
            return _measured(path, sound, timeline, (without_voice, rest))


def _measured(path: Path, sound: Decoded, plan: Timeline | None, second: tuple[Path, Decoded] | None) -> Measurement:
    from itertools import zip_longest

    from voiceguide.measure import clicks
    from voiceguide.measure.against import OnsetWatch
    from voiceguide.measure.levels import Levels
    from voiceguide.sound.loudness import Meter, TruePeak, integrated, loudness_range, momentary_max, short_term
    from voiceguide.tags import reading as finished

    rate, channels = sound.rate, sound.channels
    levels, meter, true_peak = Levels(rate, channels), Meter(rate, channels), TruePeak(channels)
    ticks = clicks.Clicks(rate, channels) if rate >= clicks.LOWEST_RATE else None
    watch = OnsetWatch(plan, rate, voice_alone=second is not None) if plan else None
    voice, rest = (Meter(rate, channels), Meter(rate, channels)) if second else (None, None)
    for block, other in zip_longest(sound.blocks(), second[1].blocks() if second else ()):
        if second and (block is None or other is None or len(block) != len(other)):
            raise UsageError(_other_session(path, second[0]))
        levels.add(block)
        meter.add(block)
        true_peak.add(block)
        if ticks:
            ticks.add(block)
        alone = block
        if voice and rest:
            alone = block - other
            voice.add(alone)
            rest.add(other)
        if watch:
            watch.add(alone)
    powers = meter.powers()
    tags = finished.told(path)
    chapters = tags.chapters if tags else None
    against = None
    if plan and watch:
        voice_alone = (voice.powers(), rest.powers()) if voice and rest else None
        against = _against(plan, sound, levels.frames / rate, powers, voice_alone, watch, chapters)
    return Measurement(
        format=sound.format,
        lossless=sound.lossless,
        sample_rate=rate,
        channels=channels,
        duration=levels.frames / rate,
        shown_duration=tags.seconds if tags else None,
        integrated_lufs=_audible(integrated(powers)),
        loudness_range_lu=loudness_range(powers),
        momentary_max_lufs=_audible(momentary_max(powers)),
        short_term_max_lufs=_audible(float(short_term(powers).max())),
        true_peak_dbtp=_audible(true_peak.dbtp()),
        sample_peak_dbfs=20 * math.log10(levels.peak) if levels.peak > 0 else None,
        clipped=levels.clipped,
        offset=levels.offset(),
        silence=levels.longest_silence(),
        clicks=ticks.count if ticks else None,
        first_clicks=tuple(ticks.first) if ticks else (),
        chapters=chapters,
        against=against,
        planned=plan,
        outline=Outline(levels.outline(), powers, rest.powers() if rest else None),
    )


def _against(
    plan: Timeline,
    sound: Decoded,
    duration: float,
    powers: NDArray[np.float64],
    voice_alone: tuple[NDArray[np.float64], NDArray[np.float64]] | None,
    watch: OnsetWatch,
    tagged: tuple[FileChapter, ...] | None,
) -> Against:
    from voiceguide.measure import against

    bed = None
    if plan.on("bed"):
        if voice_alone:
            bed = against.bed_without_voice(plan, *voice_alone)
        elif sound.lossless:
            bed = against.bed_between_sentences(plan, powers)
        else:
            why_not = f"{sound.format} changes so soft a sound: render the session to .wav or .flac and measure that"
            bed = against.Bed(None, None, None, 0.0, why_not)
    return against.Against(
        estimated=plan.estimated,
        duration_difference=duration - plan.duration,
        chapters=against.chapter_times(plan, tagged),
        onsets=watch.result(),
        speech=against.speech(plan, voice_alone[0] if voice_alone else powers, voice_alone=voice_alone is not None),
        bed=bed,
        quiet=against.quiet(plan),
        quiet_at_most=against.quiet_at_most(plan),
    )


def _audible(level: float) -> float | None:
    return level if math.isfinite(level) else None


def _other_session(path: Path, without_voice: Path) -> str:
    return (
        f"{without_voice}: expected the session of {path} without its voice: as long, at the same rate and with as "
        "many channels. Render it again with the same choices."
    )
