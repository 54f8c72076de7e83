"""What a measurement is held against: a line for each number, with its verdict and its target."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from voiceguide.durations import clock
from voiceguide.sound import VOICE_LUFS
from voiceguide.timeline import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.measure.against import Against, Said
    from voiceguide.measure.model import Measurement

SPEECH_LU = 0.5
"""How far from -16 LUFS a clip's speech may lie."""
PEAK_DBTP = -1.0
"""What a lossy player may add stays below full scale (EBU R 128)."""
ONSET = 0.020
"""Seconds."""
SOFT_ONSET = 0.030
"""Seconds, for natural voices: their first consonants are soft."""
PLAIN_ENGINES = ("pyttsx3", "tone")
"""The engines whose voices start at once."""
CHAPTER = 0.020
"""Seconds."""
DURATION = 0.050
"""Seconds."""
BED_LU = 20.0
"""Under the voice at least (WCAG 1.4.7)."""
OFFSET = 0.001
"""Full scale 1.0: -60 dBFS."""
BED_SILENT = 5.0
"""Seconds a bed may be silent: while it comes and goes, and in its own lulls."""

_TOLD = 5
"""Clicks that the report names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the report."""

    name: str
    verdict: Literal["ok", "look"] | None
    """None where there is nothing to hold it against."""
    said: str
    """What was measured, in words."""
    target: str = ""
    """What it is held against, in words."""


def document(measured: Measurement) -> dict[str, Any]:
    """Return one JSON document: all the numbers, and what they are held against. Seconds have 6 decimals."""
    told = {
        name: _rounded(getattr(measured, name)) for name in measured.__slots__ if name not in ("planned", "outline")
    }
    return {"schema": SCHEMA, **told, "verdicts": [_rounded(line) for line in verdicts(measured)]}


def verdicts(measured: Measurement) -> tuple[Verdict, ...]:
    """Return the lines of the report, what a listener would notice first."""
    return (*_of_the_session(measured), *_of_the_file(measured))


def _of_the_file(measured: Measurement) -> Iterator[Verdict]:
    peak = measured.true_peak_dbtp
    sample_peak = "" if measured.sample_peak_dbfs is None else f" (samples {measured.sample_peak_dbfs:.1f} dBFS)"
    yield Verdict(
        "true peak",
        _ok(peak is None or peak <= PEAK_DBTP),
        "silence" if peak is None else f"{peak:.1f} dBTP{sample_peak}",
        f"at most {PEAK_DBTP:g} dBTP",
    )
    yield Verdict("clipping", _ok(not measured.clipped), f"{_count(measured.clipped, 'peak')} cut flat", "none")
    yield _clicks(measured)
    offset = abs(measured.offset)
    yield Verdict("offset", _ok(offset <= OFFSET), f"{offset:.5f} of full scale", f"at most {OFFSET:g}")
    if measured.integrated_lufs is None:
        yield Verdict("loudness", "look", "silence: nothing is above -70 LUFS", "a sound")
    else:
        yield Verdict(
            "loudness",
            None,
            f"{measured.integrated_lufs:.1f} LUFS over the whole file, range {measured.loudness_range_lu:.1f} LU",
        )
    silence = measured.silence
    in_bed = measured.against is not None and measured.against.bed is not None
    yield Verdict(
        "silence",
        _ok(silence.seconds <= BED_SILENT) if in_bed else None,
        f"at longest {silence.seconds:.1f} s below -50 dBFS"
        + (f", at {clock(silence.start)}" if silence.seconds else ""),
        f"at most {BED_SILENT:g} s over a bed" if in_bed else "",
    )
    shown = measured.shown_duration
    if shown is not None:
        difference = shown - measured.duration
        yield Verdict(
            "shown length",
            _ok(abs(difference) <= DURATION),
            f"{shown:.3f} s, {_ms(difference)} from what is played",
            f"within {DURATION * 1000:g} ms",
        )
    if measured.against is None:
        chapters = measured.chapters
        yield Verdict("chapters", None, "tags cannot be read" if chapters is None else f"{len(chapters)} in the tags")


def _clicks(measured: Measurement) -> Verdict:
    if measured.clicks is None:
        return Verdict("clicks", None, f"not measured at {measured.sample_rate} Hz: below 32 kHz voices sound alike")
    said = "none"
    if measured.clicks:
        told = ", ".join(f"{click.at:.3f} s ({click.dbfs:.0f} dBFS)" for click in measured.first_clicks[:_TOLD])
        said = f"{measured.clicks}: {told}{' …' if measured.clicks > _TOLD else ''}"
    return Verdict("clicks", _ok(not measured.clicks), said, "none")


def _of_the_session(measured: Measurement) -> Iterator[Verdict]:
    against = measured.against
    if against is None or measured.planned is None:
        return
    if against.estimated:
        yield Verdict(
            "timeline",
            "look",
            "estimated, made before anything was spoken: no file keeps to it",
            "the one that `voiceguide render` writes",
        )
    yield Verdict(
        "duration",
        _ok(abs(against.duration_difference) <= DURATION),
        f"{measured.duration:.3f} s, {_ms(against.duration_difference)} from the timeline's",
        f"within {DURATION * 1000:g} ms",
    )
    yield _chapters(against)
    yield _onsets(against, measured.planned.voice)
    yield _speech(against)
    if against.bed is not None:
        yield _bed(against)
    longest, at_most = against.quiet, against.quiet_at_most
    yield Verdict(
        "quiet",
        None if at_most is None else _ok(longest.seconds <= at_most),
        f"at longest {longest.seconds:.1f} s with neither voice nor chime, at {clock(longest.start)}",
        "" if at_most is None else f"at most {at_most:g} s",
    )


def _chapters(against: Against) -> Verdict:
    times = against.chapters
    target = f"the timeline's, within {CHAPTER * 1000:g} ms"
    if times.found != times.planned:
        found = "tags that cannot be read" if times.found is None else f"{times.found} in the tags"
        return Verdict("chapters", "look", f"{found}, {times.planned} in the timeline", target)
    worst = times.worst_seconds or 0.0
    renamed = f", {_count(times.renamed, 'title')} not the timeline's" if times.renamed else ""
    where = f' ("{times.worst_title}")' if times.worst_title and abs(worst) > CHAPTER else ""
    return Verdict(
        "chapters",
        _ok(abs(worst) <= CHAPTER and not times.renamed),
        f"{times.planned}, the farthest {_ms(worst)} off{where}{renamed}",
        target,
    )


def _onsets(against: Against, voice: str) -> Verdict:
    onsets = against.onsets
    limit = ONSET if voice.partition(":")[0] in PLAIN_ENGINES else SOFT_ONSET
    target = f"within {limit * 1000:g} ms"
    covered = f"; {onsets.covered} not seen, as something else sounds there" if onsets.covered else ""
    if not onsets.measured:
        return Verdict("onsets", None, f"none seen{covered}", target)
    heard = onsets.measured - len(onsets.missing)
    said = f"{heard} of {onsets.measured} heard"
    if onsets.worst is not None and onsets.median is not None:
        worst = onsets.worst
        said += f", {_ms(onsets.median)} off in the middle, {_ms(worst.value)} at worst{_quoted(worst)}"
    if onsets.missing:
        said += f"; not heard:{_quoted(onsets.missing[0])}"
    good = not onsets.missing and onsets.worst is not None and abs(onsets.worst.value) <= limit
    return Verdict("onsets", _ok(good), said + covered, target)


def _speech(against: Against) -> Verdict:
    speech = against.speech
    target = f"every clip {VOICE_LUFS:g} ± {SPEECH_LU:g} LUFS"
    covered = f"; {speech.covered} left out, as a chime sounds with them" if speech.covered else ""
    if speech.softest is None or speech.loudest is None:
        return Verdict("speech", None, f"no clip of 1.5 s or more{covered}", target)
    if speech.integrated_lufs is None:
        return Verdict("speech", "look", "silence where the voice should be", target)
    worst = max((speech.softest, speech.loudest), key=lambda said: abs(said.value - VOICE_LUFS))
    good = abs(worst.value - VOICE_LUFS) <= SPEECH_LU
    said = (
        f"{speech.integrated_lufs:.1f} LUFS, {_count(speech.clips, 'clip')} from {speech.softest.value:.1f} to "
        f"{speech.loudest.value:.1f}{'' if good else _quoted(worst)}"
    )
    return Verdict("speech", _ok(good), said + covered, target)


def _bed(against: Against) -> Verdict:
    bed = against.bed
    target = f"at least {BED_LU:g} LU under the voice"
    if bed is None or bed.distance_lu is None or bed.uncertainty_lu is None:
        return Verdict("bed", None, f"not measured: {bed.why_not if bed else ''}", target)
    how = "between sentences" if bed.method == "gaps" else "against the file without the voice"
    return Verdict(
        "bed",
        _ok(bed.distance_lu - bed.uncertainty_lu >= BED_LU),
        f"{bed.distance_lu:.1f} ± {bed.uncertainty_lu:.1f} LU under the voice, {bed.seconds:.0f} s measured {how}",
        target,
    )


def _ok(good: bool) -> Literal["ok", "look"]:
    return "ok" if good else "look"


def _ms(seconds: float) -> str:
    if abs(seconds) >= 1:
        return f"{seconds:+.1f} s"
    ms = round(seconds * 1000)
    return f"{ms:+d} ms" if ms else "0 ms"


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _quoted(said: Said) -> str:
    from voiceguide.text.lines import cut, plain

    return f' at {clock(said.at)} ("{cut(plain(said.text), 40)}")'


def _rounded(value: Any) -> Any:
    """A value as JSON: objects by their fields, numbers with 6 decimals."""
    if isinstance(value, float):
        return round(value, 6) if math.isfinite(value) else None
    if hasattr(value, "__dataclass_fields__"):
        value = asdict(value)
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(each) for each in value]
    return value
