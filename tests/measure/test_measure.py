"""Measuring tells what is in a file: its numbers are those of signals made here, of pyloudnorm and of scipy."""

from __future__ import annotations

import copy
import json
import math
import tracemalloc
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pyloudnorm
import pytest
import soundfile
from scipy.signal import resample_poly
from timelines_for_tests import document
from voices_for_tests import speech

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.exports import Options, exporter
from voiceguide.measure import measure as measured
from voiceguide.measure.clicks import Clicks
from voiceguide.measure.levels import Excerpts, Levels
from voiceguide.measure.verdicts import document as told
from voiceguide.measure.verdicts import verdicts
from voiceguide.sound.duck import Ducking
from voiceguide.sound.loudness import energies, gate, gating_blocks, integrated, lufs
from voiceguide.tags import Tags
from voiceguide.timeline import reading as timeline_reading

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.measure.model import Measurement

RATE = 44_100
CHAPTERS = (("Opening", 0.0), ("Long & slow <strokes>", 6.5), ("Closing", 21.5))
SAID = (
    (1.0, "Welcome to a quiet hour", "it begins now"),
    (7.0, "Long strokes down", "and up again", "as you breathe"),
    (12.5, "Press beside the spine", "never on it", "let go", "slowly now"),
    (19.6, "Now", "softly"),
    (22.0, "Rest your hands", "lift them away"),
)
CHIME = 19.2
DURATION = 26.0


@dataclass(frozen=True)
class Session:
    """A small session, track by track, and its timeline."""

    timeline: dict[str, Any]
    voice: NDArray[np.float32]
    """Each clip at -16 LUFS; shape (frames, 2)."""
    rest: NDArray[np.float32]
    """Room tone, the chime, and the bed where there is one."""

    @property
    def samples(self) -> NDArray[np.float32]:
        """What is heard."""
        return self.voice + self.rest


def measure(path: Path, timeline: dict[str, Any] | None = None, *, without_voice: Path | None = None) -> Measurement:
    """Measure a file against a timeline's document."""
    plan = None if timeline is None else timeline_reading.timeline(timeline)
    return measured(path, plan, without_voice=without_voice)


def noise(seconds: float, rms: float, seed: int = 0, *, soft: bool = False, rate: int = RATE) -> NDArray[np.float32]:
    """Noise, shape (frames, 2); soft as a bed is, with little above 2 kHz."""
    white = np.random.default_rng(seed).standard_normal((round(seconds * rate), 2))
    if soft:
        hertz = np.fft.rfftfreq(len(white), 1 / rate)
        white = np.fft.irfft(np.fft.rfft(white, axis=0) / (1 + (hertz[:, None] / 500) ** 2), len(white), axis=0)
    return (white * rms / np.sqrt(np.mean(white**2))).astype(np.float32)


def spoken(*texts: str) -> tuple[NDArray[np.float32], list[tuple[float, float]]]:
    """Sentences 0.6 s apart at -16 LUFS together, shape (frames, 1), and where each lies in seconds."""
    quiet, gap = round(0.2 * RATE), round(0.6 * RATE)
    parts: list[NDArray[np.float32]] = []
    places = []
    for text in texts:
        said = speech(text, RATE)[quiet:-quiet]
        start = sum(map(len, parts))
        places.append((start / RATE, (start + len(said)) / RATE))
        parts += [said, np.zeros((gap, 1), np.float32)]
    clip = np.concatenate(parts[:-1])
    return clip * np.float32(10 ** ((-16 - integrated(energies(clip, RATE))) / 20)), places


def session(*, bed_lufs: float | None = None) -> Session:
    """Say SAID over room tone, with a chime, and a ducked bed whose level is the one in the pauses."""
    voice = np.zeros((round(DURATION * RATE), 2), np.float32)
    rest = noise(DURATION, 10 ** (-62 / 20), soft=True)
    clips: list[dict[str, Any]] = []
    for start, *texts in SAID:
        said, places = spoken(*texts)
        first = round(start * RATE)
        voice[first : first + len(said)] += said
        sentences = [
            {"start": start + low, "end": start + high, "text": text}
            for text, (low, high) in zip(texts, places, strict=True)
        ]
        clip = {"track": "narration", "role": "instruction", "start": start, "end": start + len(said) / RATE}
        clips.append({**clip, "text": ". ".join(texts), "sentences": sentences})
    chime = {"track": "chime", "role": "step", "start": CHIME, "end": CHIME + 2, "sound": "step"}
    clips.append(chime)
    at = np.arange(2 * RATE) / RATE
    ring = 0.05 * np.sin(2 * np.pi * 400 * at) * np.minimum(at / 0.01, 1) * np.exp(-at * 2)
    rest[round(CHIME * RATE) :][: len(ring)] += ring[:, None].astype(np.float32)
    bed = None if bed_lufs is None else "soft"
    if bed_lufs is not None:
        clips.append({"track": "bed", "role": "bed", "start": 0.0, "end": DURATION, "sound": bed})
    clips.sort(key=lambda clip: clip["start"])
    starts = [start for _, start in CHAPTERS]
    ends = [*starts[1:], DURATION]
    chapters = [
        {"title": title, "start": start, "end": end} for (title, start), end in zip(CHAPTERS, ends, strict=True)
    ]
    timeline = document(voice="tone", bed=bed, duration=DURATION, clips=clips, chapters=chapters)
    if bed_lufs is not None:
        ducking = Ducking(timeline_reading.timeline(timeline).clips, 9.0)
        raw = noise(DURATION, 0.05, seed=1, soft=True)
        level = bed_lufs - integrated(energies(raw, RATE))
        at = np.arange(0, DURATION + 0.01, 0.01)
        gain = level + np.interp(np.arange(len(raw)) / RATE, at, ducking.gain_db(at))
        rest += raw * (10 ** (gain / 20))[:, None].astype(np.float32)
    return Session(timeline, voice, rest)


@pytest.fixture(scope="module")
def bare() -> Session:
    return session()


@pytest.fixture(scope="module")
def bedded() -> Session:
    return session(bed_lufs=-29.0)


@dataclass(frozen=True)
class Files:
    """The two sessions, written once."""

    bare: Path
    """WAV."""
    mp3: Path
    """The same as MP3, with its chapters."""
    bedded: Path
    """WAV."""
    without_voice: Path
    """WAV."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, bare: Session, bedded: Session) -> Files:
    folder = tmp_path_factory.mktemp("sessions")
    return Files(
        written(folder / "bare.wav", bare.samples),
        exported(folder / "bare.mp3", bare.samples),
        written(folder / "bedded.wav", bedded.samples),
        written(folder / "without.wav", bedded.rest),
    )


def written(path: Path, samples: NDArray[np.floating], rate: int = RATE) -> Path:
    """Write a plain file: 24 bits where the format has bits."""
    subtype = "PCM_24" if path.suffix in (".wav", ".flac") else "OPUS" if path.suffix == ".opus" else None
    soundfile.write(path, samples, rate, subtype, format="OGG" if path.suffix == ".opus" else None)
    return path


def exported(path: Path, samples: NDArray[np.float32]) -> Path:
    """Write a file as a session is written, with its chapters."""
    ends = [*(start for _, start in CHAPTERS[1:]), DURATION]
    tags = Tags("t", chapters=tuple((*chapter, end) for chapter, end in zip(CHAPTERS, ends, strict=True)))
    with path.open("w+b") as file:
        exporter(path).write(file, iter([samples]), frames=len(samples), tags=tags, options=Options())
    return path


def line(measured: Measurement, name: str) -> tuple[str | None, str]:
    """The verdict of one line of the report, and what it says."""
    return next((each.verdict, each.said) for each in verdicts(measured) if each.name == name)


# -- the file alone -----------------------------------------------------------------------------------


def with_pauses(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.concatenate((sound, np.zeros_like(sound), sound / 4, np.zeros_like(sound)))


def sine(hz: float, rate: int = RATE, seconds: float = 3.0) -> NDArray[np.float32]:
    tone = 0.2 * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return np.repeat(tone[:, None], 2, axis=1).astype(np.float32)


TEN_SIGNALS = {
    "white": (noise(3, 0.1), RATE),
    "white at 48 kHz": (noise(3, 0.1, rate=48_000), 48_000),
    "white at 22 kHz": (noise(3, 0.1, rate=22_050), 22_050),
    "soft": (noise(3, 0.1, soft=True), RATE),
    "faint": (noise(5, 0.001), RATE),
    "low": (sine(60), RATE),
    "middle": (sine(1000), RATE),
    "high": (sine(9000), RATE),
    "with pauses": (with_pauses(noise(2, 0.1)), RATE),
    "speech": (np.repeat(spoken("some words that go on for a while")[0], 2, axis=1), RATE),
}


@pytest.mark.parametrize("name", TEN_SIGNALS)
def test_the_loudness_of_a_file_is_within_a_tenth_of_pyloudnorms(tmp_path, name):
    samples, rate = TEN_SIGNALS[name]
    found = measure(written(tmp_path / "a.wav", samples, rate)).integrated_lufs
    assert found == pytest.approx(pyloudnorm.Meter(rate).integrated_loudness(samples.astype(float)), abs=0.1)


PEAKS = {
    "between samples": 0.7 * np.sin(2 * np.pi * np.arange(40_000) / 4 + np.pi / 4),
    "noise to 16 kHz": resample_poly(noise(2, 0.2, rate=32_000)[:, 0], 441, 320),
    "soft noise": noise(2, 0.2, soft=True)[:, 0],
    "speech": resample_poly(np.concatenate([speech(" ".join(texts), 24_000)[:, 0] for _, *texts in SAID]), 147, 80),
    "a click": np.where(np.arange(30_000) == 15_000, 0.9, 0.0),
}


@pytest.mark.parametrize("name", PEAKS)
def test_the_true_peak_is_within_a_tenth_of_scipys_fourfold_resampling(tmp_path, name):
    samples = np.stack((PEAKS[name] * 0.3, PEAKS[name]), axis=1)
    expected = 20 * math.log10(np.abs(resample_poly(samples, 4, 1, axis=0)).max())
    assert measure(written(tmp_path / "a.wav", samples)).true_peak_dbtp == pytest.approx(expected, abs=0.1)


def aac(path: Path, samples: NDArray[np.float32]) -> Path:
    """Write AAC with the session's chapters, by PyAV."""
    av = pytest.importorskip("av")
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="stereo", bit_rate=128_000)
        ms = Fraction(1, 1000)
        ends = [*(start for _, start in CHAPTERS[1:]), DURATION]
        container.set_chapters(
            [
                {
                    "id": number,
                    "time_base": ms,
                    "start": round(start / ms),
                    "end": round(end / ms),
                    "metadata": {"title": title},
                }
                for number, ((title, start), end) in enumerate(zip(CHAPTERS, ends, strict=True))
            ]
        )
        for start in range(0, len(samples), 1024):
            block = np.ascontiguousarray(samples[start : start + 1024].T)
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = RATE, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "format_name", "lossless", "chapters"),
    [
        ("s.wav", "WAV", True, True),
        ("s.flac", "FLAC", True, True),
        ("s.mp3", "MP3", False, True),
        ("s.ogg", "OGG", False, False),
        ("s.opus", "Opus", False, False),
        ("s.m4b", "AAC in m4b", False, True),
    ],
)
def test_every_format_is_read_with_its_length_loudness_and_chapters(
    tmp_path, bare, name, format_name, lossless, chapters
):
    path = tmp_path / name
    rate = 48_000 if name.endswith("opus") else RATE
    samples = resample_poly(bare.samples, 160, 147, axis=0) if rate == 48_000 else bare.samples
    if name.endswith("m4b"):
        aac(path, samples)
    elif chapters:
        exported(path, samples)
    else:
        written(path, samples, rate)
    found = measure(path)
    assert (found.format, found.lossless, found.sample_rate, found.channels) == (format_name, lossless, rate, 2)
    assert found.duration == pytest.approx(DURATION, abs=0.05)
    assert found.integrated_lufs == pytest.approx(integrated(energies(bare.samples, RATE)), abs=0.2)
    assert found.chapters is not None
    assert [(chapter.title, chapter.start) for chapter in found.chapters] == (list(CHAPTERS) if chapters else [])
    assert found.shown_duration == pytest.approx(found.duration, abs=0.05)
    assert found.clicks == 0


def test_chapters_are_read_from_comments_whatever_their_order(tmp_path):
    import mutagen

    path = written(tmp_path / "a.ogg", noise(1, 0.1))
    tagged = mutagen.File(path)
    tagged["CHAPTER002"], tagged["CHAPTER002NAME"] = "01:00:01.500", "Second"
    tagged["CHAPTER001"], tagged["CHAPTER001NAME"] = "00:00:00.250", "First"
    tagged["CHAPTER003"] = "soon"
    tagged.save()
    chapters = measure(path).chapters
    assert chapters is not None
    assert [(chapter.title, chapter.start) for chapter in chapters] == [("First", 0.25), ("Second", 3601.5)]


def test_a_file_that_is_no_sound_is_named(tmp_path):
    for name, content in (("a.mp3", b"no sound"), ("a.wav", b""), ("a.flac", b"fLaC" + bytes(100)), ("a.txt", b"text")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Failed, match=f"{name}: expected a sound"):
            measure(path)
    with pytest.raises(Failed, match=r"none\.mp3: .*No such file"):
        measure(tmp_path / "none.mp3")
    with pytest.raises(Failed, match="nothing in it"):
        measure(written(tmp_path / "empty.wav", np.zeros((0, 2))))
    with pytest.raises(Failed, match=r"mono or stereo.*got 5 channels"):
        measure(written(tmp_path / "five.wav", np.zeros((100, 5))))


def test_a_file_that_was_cut_off_is_told(tmp_path, files, bare):
    flac, mp3 = exported(tmp_path / "a.flac", bare.samples), tmp_path / "a.mp3"
    flac.write_bytes(flac.read_bytes()[: flac.stat().st_size // 2])
    with pytest.raises(Failed, match=r"a\.flac: the file is damaged or cut off, soon after \d+ s"):
        measure(flac)
    mp3.write_bytes(files.mp3.read_bytes()[: files.mp3.stat().st_size // 2])
    assert line(measure(mp3), "shown length")[0] == "look"


def test_a_playlist_in_an_m4b_is_not_followed(tmp_path):
    pytest.importorskip("av")
    written(tmp_path / "secret.wav", noise(1, 0.1))
    (tmp_path / "list.m4b").write_text("#EXTM3U\n#EXTINF:1,\nsecret.wav\n")
    with pytest.raises(Failed, match=r"list\.m4b: expected a sound"):
        measure(tmp_path / "list.m4b")


def test_m4b_without_its_package_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "av", None)
    (tmp_path / "a.m4b").write_bytes(b"x")
    with pytest.raises(MissingError, match=r"-m pip install av$"):
        measure(tmp_path / "a.m4b")


def test_samples_that_are_no_numbers_are_found_with_their_time(tmp_path):
    samples = noise(6, 0.1)
    samples[5 * RATE] = np.nan
    soundfile.write(tmp_path / "a.wav", samples, RATE, "FLOAT")
    with pytest.raises(Failed, match="damaged after 5 s"):
        measure(tmp_path / "a.wav")


def test_digital_silence_has_no_loudness_and_no_peak(tmp_path):
    found = measure(written(tmp_path / "a.wav", np.zeros((3 * RATE, 1))))
    assert (found.integrated_lufs, found.true_peak_dbtp, found.sample_peak_dbfs) == (None, None, None)
    assert found.silence.seconds == pytest.approx(3)
    assert line(found, "loudness")[0] == "look"
    json.dumps(told(found), allow_nan=False)


def test_the_longest_silence_is_found_across_blocks(tmp_path):
    samples = noise(14, 0.01)
    samples[round(1.5 * RATE) : 2 * RATE] *= 0.1
    samples[round(3.3 * RATE) : round(9.7 * RATE)] *= 0.1
    silence = measure(written(tmp_path / "a.wav", samples)).silence
    assert (silence.start, silence.seconds) == (pytest.approx(3.3), pytest.approx(6.4))


def test_clipped_peaks_and_an_offset_are_found(tmp_path):
    samples = 0.9 * sine(100, seconds=1) / 0.2
    assert line(measure(written(tmp_path / "a.wav", samples)), "clipping")[0] == "ok"
    found = measure(written(tmp_path / "a.wav", np.clip(samples * 1.5, -1, 1)))
    assert found.clipped == 200, "100 Hz for a second, above and below"
    assert line(found, "clipping")[0] == "look"
    found = measure(written(tmp_path / "a.wav", samples * 0.5 + np.array([0.001, -0.004])))
    assert found.offset == pytest.approx(-0.004, abs=1e-4)
    assert line(found, "offset")[0] == "look"


def test_a_clipped_peak_that_lies_in_two_blocks_counts_once():
    levels = Levels(100, 1)
    block = np.zeros((100, 1), np.float32)
    block[-2:], after = 1.0, block.copy()
    after[:2] = 1.0
    levels.add(block)
    levels.add(after)
    assert levels.clipped == 1


def test_memory_does_not_grow_with_the_length(tmp_path):
    """But for the energies and the outline: 1.6 kB a second, of which copies are made at the end."""
    peaks = []
    for minutes in (1, 6):
        path = written(tmp_path / "a.wav", np.tile(noise(10, 0.1, rate=8000)[:, :1], (6 * minutes, 1)), 8000)
        tracemalloc.start()
        measure(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 5 * 60 * 6_000
    assert peaks[1] < 0.7 * 6 * 60 * 8000 * 4, "far from all of the samples"


# -- clicks -----------------------------------------------------------------------------------------------


def clicked(samples: NDArray[np.float32], times: tuple[float, ...], size: float = 0.1) -> NDArray[np.float32]:
    """Put single samples out of place on the left channel."""
    samples = samples.copy()
    for at in times:
        samples[round(at * RATE), 0] += size
    return samples


IN_GAPS = (0.5, 3.3, 5.5, 8.5, 12.1, 18.95, 25.5)


def test_single_samples_out_of_place_are_found_in_a_bed_and_between_words(tmp_path, bare, bedded):
    for made in (bare, bedded):
        found = measure(written(tmp_path / "a.wav", clicked(made.samples, IN_GAPS)))
        assert [click.at for click in found.first_clicks] == pytest.approx(list(IN_GAPS), abs=0.002)
        assert [click.dbfs for click in found.first_clicks] == pytest.approx([-20] * len(IN_GAPS), abs=1)
        verdict, said = line(found, "clicks")
        assert verdict == "look"
        assert said.startswith("7: 0.")


def test_speech_chimes_and_beds_have_no_clicks(tmp_path, files, bedded):
    for path in (files.bare, files.bedded, files.mp3, exported(tmp_path / "bedded.mp3", bedded.samples)):
        assert measure(path).clicks == 0, path.name


def test_our_own_chimes_and_rain_have_no_clicks(tmp_path):
    from voiceguide.store.assets import sounds_folder

    for path in sorted((sounds_folder() / "chimes").glob("*.flac")):
        assert measure(path).clicks == 0, path.name
    assert measure(sounds_folder() / "beds" / "rain.ogg").clicks == 0


def test_a_seam_is_a_click_and_a_struck_note_is_none(tmp_path):
    at = np.arange(3 * RATE) / RATE
    tone = 0.2 * np.sin(2 * np.pi * 300 * at)
    tone[RATE : RATE + 40] = 0.0  # a cut and its other end are a millisecond apart: one click
    struck = 0.3 * np.sin(2 * np.pi * 3000 * at) * np.where(at < 1, 0, np.exp(-8 * np.maximum(at - 1, 0)))
    struck += np.where(at < 1, 0, np.exp(-60 * np.maximum(at - 1, 0))) * noise(3, 0.1)[:, 0]
    for sound, count in ((tone, 1), (struck, 0)):
        faded = sound * np.clip((3 - at) / 0.05, 0, 1)
        assert measure(written(tmp_path / "a.wav", np.stack((faded, faded), axis=1))).clicks == count


def test_any_cut_into_blocks_finds_the_same_clicks(bedded):
    samples = clicked(bedded.samples[: round(8.6 * RATE)], (0.05, 0.5, 5.4, 5.41, 8.55))
    found = []
    for cuts in ((), (1, 70, round(5.4 * RATE), round(5.4 * RATE) + 5), tuple(range(5000, len(samples), 5000))):
        clicks = Clicks(RATE, 2)
        for block in np.split(samples, cuts):
            clicks.add(block)
        found.append([round(click.at, 6) for click in clicks.first])
    assert len(found[0]) == 5
    assert found[1] == found[2] == found[0]


def test_below_32_khz_clicks_are_not_guessed_at(tmp_path):
    found = measure(written(tmp_path / "a.wav", noise(1, 0.1, rate=24_000), 24_000))
    assert found.clicks is None
    assert line(found, "clicks")[0] is None


# -- against the timeline -----------------------------------------------------------------------------------


def test_a_session_that_is_as_planned_has_nothing_to_look_at(tmp_path, files, bare, bedded):
    flac = exported(tmp_path / "a.flac", bedded.samples)
    for made, path in ((bare, files.mp3), (bedded, flac)):
        found = measure(path, made.timeline)
        assert [each for each in verdicts(found) if each.verdict == "look"] == [], path.name
        assert found.against is not None
        assert found.against.duration_difference == pytest.approx(0, abs=0.001)
        assert found.against.speech.integrated_lufs == pytest.approx(-16, abs=0.15)
        assert (found.against.speech.clips, found.against.speech.covered) == (4, 0)


def test_onsets_are_measured_clip_by_clip(files, bare):
    timeline = copy.deepcopy(bare.timeline)
    narration = [clip for clip in timeline["clips"] if clip["track"] == "narration"]
    exact = measure(files.bare, timeline).against
    assert exact is not None
    assert (exact.onsets.measured, exact.onsets.covered) == (4, 1), "a chime rings over one"
    assert exact.onsets.median == pytest.approx(0, abs=0.006)
    narration[2]["start"] -= 0.06
    late = measure(files.bare, timeline)
    assert late.against is not None
    assert late.against.onsets.worst is not None
    assert late.against.onsets.worst.value == pytest.approx(0.06, abs=0.006)
    assert late.against.onsets.worst.text.startswith("Press beside")
    assert line(late, "onsets")[0] == "look"
    narration[2]["start"] += 0.13
    narration[2]["sentences"][0]["start"] = narration[2]["start"]
    early = measure(files.bare, timeline).against
    assert early is not None
    assert early.onsets.worst is not None
    assert early.onsets.worst.value == pytest.approx(-0.07, abs=0.006)


def test_a_clip_that_is_not_heard_is_missing_also_after_the_files_end(tmp_path, bare):
    silent = bare.rest + bare.voice * (np.arange(len(bare.voice)) > 6 * RATE)[:, None]
    found = measure(written(tmp_path / "a.wav", silent[: 21 * RATE]), bare.timeline)
    assert found.against is not None
    assert [said.at for said in found.against.onsets.missing] == [1.0, 22.0]
    assert line(found, "onsets")[0] == "look"
    assert line(found, "duration") == ("look", "21.000 s, -5.0 s from the timeline's")


def test_a_bed_hides_onsets_and_the_file_without_the_voice_shows_them(files, bedded):
    found = measure(files.bedded, bedded.timeline).against
    assert found is not None
    assert found.onsets.measured == 0
    assert found.onsets.covered == 5
    alone = measure(files.bedded, bedded.timeline, without_voice=files.without_voice).against
    assert alone is not None
    assert (alone.onsets.measured, alone.onsets.covered) == (5, 0)
    assert alone.onsets.worst is not None
    assert abs(alone.onsets.worst.value) < 0.01


def test_the_clip_that_is_too_loud_is_named(tmp_path, bare):
    voice = bare.voice.copy()
    voice[12 * RATE : 19 * RATE] *= 10 ** (1.5 / 20)
    found = measure(written(tmp_path / "a.wav", voice + bare.rest), bare.timeline)
    assert found.against is not None
    loudest, softest = found.against.speech.loudest, found.against.speech.softest
    assert loudest is not None
    assert softest is not None
    assert loudest.value == pytest.approx(-14.5, abs=0.15)
    assert softest.value == pytest.approx(-16.0, abs=0.15)
    verdict, said = line(found, "speech")
    assert verdict == "look"
    assert "Press beside" in said


def distance(made: Session) -> float:
    """How far the bed truly lies under the voice, over the 400 ms in which it speaks."""
    spans = [(c["start"], c["end"]) for c in made.timeline["clips"] if c["track"] == "narration" and c["start"] != 19.6]
    tracks = [energies(track, RATE) for track in (made.voice, made.rest)]
    voice, rest = (
        gating_blocks(np.concatenate([t[math.floor(a * 100) : math.ceil(b * 100)] for a, b in spans])) for t in tracks
    )
    speaking = gate(voice)
    return lufs(voice[speaking].mean()) - lufs(rest[speaking].mean())


def test_the_beds_distance_is_told_within_its_uncertainty(files, bedded):
    """Between sentences from the file alone, and closely with the file without the voice."""
    gaps = measure(files.bedded, bedded.timeline)
    exact = measure(files.bedded, bedded.timeline, without_voice=files.without_voice)
    for found, method in ((gaps, "gaps"), (exact, "without voice")):
        assert found.against is not None
        bed = found.against.bed
        assert bed is not None
        assert bed.method == method
        assert bed.distance_lu == pytest.approx(distance(bedded), abs=bed.uncertainty_lu)
        assert line(found, "bed")[0] == "ok"


def test_a_bed_that_is_too_loud_is_pointed_out(tmp_path):
    made = session(bed_lufs=-22.0)
    found = measure(written(tmp_path / "a.wav", made.samples), made.timeline)
    assert found.against is not None
    assert found.against.bed is not None
    assert found.against.bed.distance_lu == pytest.approx(distance(made), abs=0.5)
    assert line(found, "bed")[0] == "look"


def test_a_lossy_file_says_nothing_of_the_bed(files, bedded):
    found = measure(files.mp3, bedded.timeline)
    assert found.against is not None
    assert found.against.bed is not None
    assert found.against.bed.distance_lu is None
    assert line(found, "bed")[0] is None
    assert ".flac" in line(found, "bed")[1]


def test_a_second_file_must_be_lossless_and_of_the_same_session(tmp_path, files, bedded):
    path = files.bedded
    with pytest.raises(UsageError, match=r"bare\.mp3: expected a lossless file"):
        measure(path, bedded.timeline, without_voice=files.mp3)
    short = written(tmp_path / "short.wav", bedded.rest[: 25 * RATE])
    with pytest.raises(UsageError, match=r"short\.wav: expected the session of .*bedded\.wav without its voice"):
        measure(path, bedded.timeline, without_voice=short)
    with pytest.raises(UsageError, match="timeline"):
        measure(path, without_voice=path)


def test_chapters_that_moved_went_or_changed_their_names_are_told(files, bare):
    path = files.mp3
    timeline = copy.deepcopy(bare.timeline)
    for chapter, edge in zip(timeline["chapters"], ("end", "start"), strict=False):
        chapter[edge] += 0.03
    assert line(measure(path, timeline), "chapters") == (
        "look",
        '3, the farthest -30 ms off ("Long & slow <strokes>")',
    )
    timeline = copy.deepcopy(bare.timeline)
    timeline["chapters"][0]["title"] = "Another"
    assert line(measure(path, timeline), "chapters")[0] == "look"
    timeline["chapters"][-1]["end"] = timeline["chapters"].pop()["end"]  # of what is left
    assert line(measure(path, timeline), "chapters") == ("look", "3 in the tags, 2 in the timeline")


def test_quiet_is_the_longest_stretch_without_voice_and_chime(files, bare):
    found = measure(files.bare, bare.timeline).against
    assert found is not None
    first, second = (clip for clip in bare.timeline["clips"][:2])
    assert found.quiet.start == pytest.approx(first["end"])
    assert found.quiet.seconds == pytest.approx(second["start"] - first["end"])
    assert found.quiet_at_most == 60
    calm = measure(files.bare, {**bare.timeline, "talk": "calm"})
    assert line(calm, "quiet")[0] is None


def test_an_estimated_timeline_is_pointed_out(files, bare):
    found = measure(files.bare, {**bare.timeline, "estimated": True})
    assert line(found, "timeline")[0] == "look"


def test_the_json_is_whole_and_plain(tmp_path, bedded):
    found = told(measure(written(tmp_path / "a.wav", clicked(bedded.samples, (5.5,))), bedded.timeline))
    assert found == json.loads(json.dumps(found, allow_nan=False))
    assert found["schema"] == 1
    assert found["first_clicks"][0]["at"] == pytest.approx(5.5, abs=0.002)
    assert found["against"]["speech"]["clips"] == 4
    assert {each["name"] for each in found["verdicts"]} >= {
        "speech",
        "true peak",
        "bed",
        "onsets",
        "clicks",
        "chapters",
    }
    assert "outline" not in found


def test_excerpts_are_cut_out_of_any_blocks():
    signal = np.arange(1000, dtype=np.float32)[:, None]
    spans = ((0, 10), (5, 300), (290, 310), (999, 1200))
    excerpts = Excerpts(spans)
    found = dict(each for block in np.split(signal, (7, 8, 300, 600)) for each in excerpts.add(block))
    found |= dict(excerpts.rest())
    assert {number: part[:, 0].tolist() for number, part in found.items()} == {
        number: list(range(first, min(last, 1000))) for number, (first, last) in enumerate(spans)
    }
