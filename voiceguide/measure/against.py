"""A file held against its timeline: onsets, speech, the bed under it, chapters and silences.

Imported when a file is measured, so numpy stands at the top.
"""

from __future__ import annotations

import math
import statistics
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from voiceguide.measure.levels import Excerpts, Stretch, onset
from voiceguide.sound.loudness import ENERGIES_PER_SECOND, gate, gating_blocks, integrated, lufs
from voiceguide.timeline.limits import LONGEST_SILENCE, LONGEST_SILENCE_WITH_BED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from voiceguide.tags.reading import FileChapter
    from voiceguide.timeline import Clip, Timeline

ONSET_DBFS = -50.0
"""The interface promises it: a clip is above this within 20 ms of its start."""
CLEAR = 0.15
"""Seconds around a clip's start in which nothing else may sound, or its onset is not looked at."""
LEVELLED_SECONDS = 1.5
"""A take shorter than this is not levelled by itself, so its loudness is not judged."""

_BEFORE = 0.1
"""Seconds before a clip's start from which its onset is looked for."""
_AFTER = 0.3
"""Seconds after a clip's start in which its onset is looked for: a later one is no onset any more."""
_HEAD = 0.05
"""The first seconds of these; where they are louder than an onset already, the clip's own cannot be seen."""

_EDGE = 0.05
"""Seconds at either side of a gap between sentences that are left to the voice."""
_ONE_RUN = 1.35
"""Seconds: sentences less than this apart are one stretch of speech, under which the bed does not move."""
_SHORTEST_GAP = 0.25
"""Seconds: in a shorter gap the voice's edges leave no bed to measure."""
_FADES = 5.0
"""Seconds at both ends of a bed in which it may be fading."""
_FEWEST_GAPS = 5
"""Fewer say nothing of how sure the mean is."""
_SURE = 1.96
"""Standard errors either way: 95 times of 100 the truth lies between."""
_TAILS_LU = 0.3
"""What the ends of words add to the gaps: seen against second files, with five beds."""
_EXACT_LU = 0.1
"""What remains uncertain when voice and bed are measured apart."""


class _Spans:
    """Stretches of time that may overlap, asked whether one of them touches another stretch."""

    def __init__(self, spans: Iterable[tuple[float, float]]) -> None:
        """Take (start, end) pairs in seconds, in any order."""
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._latest_ends = list(accumulate((end for _, end in ordered), max))

    def touch(self, start: float, end: float) -> bool:
        """Say whether a span shares time with [start, end)."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._latest_ends[before - 1] > start


@dataclass(frozen=True, slots=True)
class Said:
    """A narration clip that stands out."""

    at: float
    """Seconds."""
    text: str
    value: float
    """What was measured: seconds or LUFS."""


@dataclass(frozen=True, slots=True)
class Onsets:
    """When clips begin to sound, against when they should."""

    measured: int
    covered: int
    """Clips whose onset cannot be seen, as something else sounds there."""
    worst: Said | None
    """The clip farthest off; seconds, below 0 for too early."""
    median: float | None
    """Seconds off."""
    missing: tuple[Said, ...]
    """Clips that are not heard within 0.3 s of their start; the value is 0."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How loud the voice is while it speaks, over the clips of 1.5 s and more."""

    integrated_lufs: float | None
    """Over all of them; None where none was measured."""
    softest: Said | None
    """LUFS."""
    loudest: Said | None
    clips: int
    covered: int
    """Clips left out, as a chime sounds with them."""


@dataclass(frozen=True, slots=True)
class Bed:
    """How far the bed lies under the voice while it speaks."""

    distance_lu: float | None
    """None where it cannot be measured; `why_not` says why."""
    uncertainty_lu: float | None
    """The truth lies within this, 95 times of 100."""
    method: Literal["gaps", "without voice"] | None
    """Measured between sentences, where the bed stays down; or in a second file that lacks the voice."""
    seconds: float
    """How much of the bed was measured."""
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class ChapterTimes:
    """The chapters in the file's tags against the timeline's."""

    planned: int
    found: int | None
    """None where the file's tags cannot be read."""
    worst_seconds: float | None
    """The largest difference between starts; None unless there are as many as planned."""
    worst_title: str | None
    renamed: int
    """Titles that are not the timeline's."""


@dataclass(frozen=True, slots=True)
class Against:
    """What a file is like, held against its timeline."""

    estimated: bool
    """The timeline was made without speaking: no file has to keep it to the millisecond."""
    duration_difference: float
    """Seconds, above 0 when the file is longer."""
    chapters: ChapterTimes
    onsets: Onsets
    speech: Speech
    bed: Bed | None
    """None when none is planned."""
    quiet: Stretch
    """The longest stretch with neither voice nor chime, up to the last of them."""
    quiet_at_most: float | None
    """Seconds that routines are warned above; None where the listener asked for less talk."""


class OnsetWatch:
    """Looks at the moments in which narration should begin, in a signal that comes block by block."""

    def __init__(self, planned: Timeline, rate: int, *, voice_alone: bool) -> None:
        """Watch at a rate in Hz. Where the signal is the voice alone, no chime and no bed can cover it."""
        self._clips = _without_neighbours(planned, voice_alone=voice_alone)
        self._covered = len(planned.on("narration")) - len(self._clips)
        self._bed = not voice_alone and bool(planned.on("bed"))
        self._rate = rate
        self._firsts = [max(0, round((clip.start - _BEFORE) * rate)) for clip in self._clips]
        lasts = [round((clip.start + _AFTER) * rate) for clip in self._clips]
        self._excerpts = Excerpts(tuple(zip(self._firsts, lasts, strict=True)))
        self._found: list[Said] = []
        self._unheard = dict.fromkeys(range(len(self._clips)))
        """Numbers of the clips that have not been seen to begin, in order."""

    def add(self, block: NDArray[np.float32]) -> None:
        """Take the next block, shape (frames, channels)."""
        for number, samples in self._excerpts.add(block):
            self._look(number, samples)

    def result(self) -> Onsets:
        """Return what was seen; the signal is over."""
        for number, samples in self._excerpts.rest():
            self._look(number, samples)
        missing = tuple(Said(clip.start, clip.text or "", 0.0) for clip in map(self._clips.__getitem__, self._unheard))
        return Onsets(
            measured=len(self._found) + len(missing),
            covered=self._covered,
            worst=max(self._found, key=lambda said: abs(said.value), default=None),
            median=statistics.median(said.value for said in self._found) if self._found else None,
            missing=missing,
        )

    def _look(self, number: int, samples: NDArray[np.float32]) -> None:
        at = onset(samples, self._rate, ONSET_DBFS)
        if at is None:
            return
        del self._unheard[number]
        if self._bed and at < _HEAD:
            self._covered += 1
        else:
            clip = self._clips[number]
            self._found.append(Said(clip.start, clip.text or "", self._firsts[number] / self._rate + at - clip.start))


def _without_neighbours(planned: Timeline, *, voice_alone: bool) -> tuple[Clip, ...]:
    """The narration clips around whose start no other clip sounds."""
    narration = planned.on("narration")
    chimes = _Spans(() if voice_alone else ((clip.start, clip.end) for clip in planned.on("chime")))
    ends = [0.0 if at == 0 else narration[at - 1].end + CLEAR for at in range(len(narration))]
    return tuple(
        clip
        for clip, clear_from in zip(narration, ends, strict=True)
        if clip.start >= clear_from and not chimes.touch(clip.start - CLEAR, clip.start + CLEAR)
    )


def chapter_times(planned: Timeline, found: tuple[FileChapter, ...] | None) -> ChapterTimes:
    """Compare chapters one by one, where there are as many as planned."""
    if found is None or len(found) != len(planned.chapters):
        return ChapterTimes(len(planned.chapters), None if found is None else len(found), None, None, 0)
    pairs = list(zip(planned.chapters, found, strict=True))
    worst = max(pairs, key=lambda pair: abs(pair[0].start - pair[1].start), default=None)
    return ChapterTimes(
        planned=len(pairs),
        found=len(pairs),
        worst_seconds=worst[1].start - worst[0].start if worst else None,
        worst_title=worst[0].title if worst else None,
        renamed=sum(wanted.title.strip() != got.title.strip() for wanted, got in pairs),
    )


def speech(planned: Timeline, powers: NDArray[np.float64], *, voice_alone: bool) -> Speech:
    """Measure every clip of 1.5 s and more by the signal's 10 ms energies; what sounds with it is in them."""
    clips = [clip for clip in planned.on("narration") if clip.end - clip.start >= LEVELLED_SECONDS]
    alone = clips if voice_alone else _without_chimes(planned, clips)
    each = [Said(clip.start, clip.text or "", integrated(_joined(powers, _spoken([clip])))) for clip in alone]
    whole = integrated(_joined(powers, _spoken(alone)))
    return Speech(
        integrated_lufs=whole if math.isfinite(whole) else None,
        softest=min(each, key=lambda said: said.value, default=None),
        loudest=max(each, key=lambda said: said.value, default=None),
        clips=len(each),
        covered=len(clips) - len(alone),
    )


def bed_between_sentences(planned: Timeline, powers: NDArray[np.float64]) -> Bed:
    """Measure the bed where it lies bare yet low: in the gaps within speech.

    Between sentences less than 1.35 s apart a session's bed keeps the gain it has under the words, so those gaps are
    samples of the bed under speech, at every level and depth. The uncertainty is that of their mean, from how much they
    differ (1.96 standard errors), and of the words' ends in them; a bed that came and went with the sentences
    themselves would not be seen in it.
    """
    chimes = _Spans((clip.start, clip.end) for clip in planned.on("chime"))
    beds = [(clip.start + _FADES, clip.end - _FADES) for clip in planned.on("bed")]
    words = sorted((said.start, said.end) for clip in planned.on("narration") for said in clip.sentences)
    gaps = []
    for (_, end), (start, _) in pairwise(words):
        in_bed = any(low <= end and start <= high for low, high in beds)
        if _SHORTEST_GAP <= start - end < _ONE_RUN and in_bed and not chimes.touch(end, start):
            gaps.append(_within(powers, end + _EDGE, start - _EDGE))
    gaps = [gap for gap in gaps if len(gap)]  # the file may end before its timeline does
    if len(gaps) < _FEWEST_GAPS:
        return Bed(None, None, None, 0.0, f"it lies bare in only {len(gaps)} gaps between sentences")
    lengths = np.array([len(gap) for gap in gaps], dtype=np.float64)
    means = np.array([gap.mean() for gap in gaps])
    under = float(np.average(means, weights=lengths))
    error = math.sqrt(float(np.square(lengths * (means - under)).sum())) / float(lengths.sum())
    clips = _without_chimes(planned, list(planned.on("narration")))
    voice = 10 ** (integrated(_joined(powers, _spoken(clips))) / 10)
    voice -= 10 ** (lufs(under) / 10)  # the bed sounds with it
    if voice <= 0 or under <= 0:
        return Bed(None, None, None, 0.0, "there is no voice above it" if under > 0 else "it is silent")
    return Bed(
        distance_lu=10 * math.log10(voice) - lufs(under),
        uncertainty_lu=math.hypot(_SURE * 10 / math.log(10) * error / under, _TAILS_LU),
        method="gaps",
        seconds=float(lengths.sum()) / ENERGIES_PER_SECOND,
    )


def bed_without_voice(planned: Timeline, voice: NDArray[np.float64], rest: NDArray[np.float64]) -> Bed:
    """Measure by the energies of the voice alone and of all else: over the 400 ms in which the voice speaks."""
    spans = _spoken(_without_chimes(planned, list(planned.on("narration"))))
    spoken, under = gating_blocks(_joined(voice, spans)), gating_blocks(_joined(rest, spans))
    speaking = gate(spoken)
    if not speaking.any() or under[speaking].mean() <= 0:
        return Bed(None, None, None, 0.0, "it is silent" if speaking.any() else "the two files have the same voice")
    distance = lufs(spoken[speaking].mean()) - lufs(under[speaking].mean())
    seconds = sum(end - start for start, end in spans)
    return Bed(distance, _EXACT_LU, "without voice", seconds)


def quiet(planned: Timeline) -> Stretch:
    """Return the longest stretch with neither voice nor chime before the last of them; what follows was asked for."""
    longest, at = Stretch(0.0, 0.0), 0.0
    for clip in planned.clips:
        if clip.track != "bed":
            if clip.start - at > longest.seconds:
                longest = Stretch(at, clip.start - at)
            at = max(at, clip.end)
    return longest


def quiet_at_most(planned: Timeline) -> float | None:
    """Return how many seconds a session may be quiet before its listener wonders, as `check` has it."""
    if planned.talk != "full":
        return None
    return LONGEST_SILENCE_WITH_BED if planned.on("bed") else LONGEST_SILENCE


def _without_chimes(planned: Timeline, clips: list[Clip]) -> list[Clip]:
    chimes = _Spans((clip.start, clip.end) for clip in planned.on("chime"))
    return [clip for clip in clips if not chimes.touch(clip.start, clip.end)]


def _spoken(clips: Sequence[Clip]) -> list[tuple[float, float]]:
    """The stretches of clips in which the voice speaks: a pause within one, in which the bed comes back, is none."""
    stretches: list[tuple[float, float]] = []
    for clip in clips:
        for sentence in clip.sentences or (clip,):
            if stretches and 0 <= sentence.start - stretches[-1][1] < _ONE_RUN:
                stretches[-1] = (stretches[-1][0], sentence.end)
            else:
                stretches.append((sentence.start, sentence.end))
    return stretches


def _of(powers: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """The energies that a stretch of seconds touches."""
    return powers[math.floor(start * ENERGIES_PER_SECOND) : math.ceil(end * ENERGIES_PER_SECOND)]


def _within(powers: NDArray[np.float64], start: float, end: float) -> NDArray[np.float64]:
    """The energies that lie in a stretch of seconds as a whole."""
    return powers[math.ceil(start * ENERGIES_PER_SECOND) : math.floor(end * ENERGIES_PER_SECOND)]


def _joined(powers: NDArray[np.float64], spans: list[tuple[float, float]]) -> NDArray[np.float64]:
    return np.concatenate([powers[:0], *(_of(powers, start, end) for start, end in spans)])
