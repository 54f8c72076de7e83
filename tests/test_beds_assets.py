"""The bundled beds are seamless, calm, alike in loudness, alive on a phone, and made by code alone.

All numbers are those of the decoded files: what a coder does to a loop's ends is heard as well.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from synthesis_for_tests import beds, blocks, loops, make_audio_assets, meter, vorbis

from voiceguide.sound.loudness import coefficients, energies, integrated
from voiceguide.store import assets

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 44_100
FRAMES = 2_297 * 1_152
NAMES = ("rain", "ocean", "stream", "night", "warm-pad", "bowls", "brown-noise")
TONES = ("warm-pad", "bowls")
REFERENCE = -30.0

RANGE = {
    "rain": (0.5, 2.0),
    "ocean": (5.5, 7.5),
    "stream": (0.5, 2.5),
    "night": (2.0, 4.5),
    "warm-pad": (0.5, 3.0),
    "bowls": (0.5, 3.0),
    "brown-noise": (0.5, 2.0),
}
"""LU between the softest and the loudest 3 s: alive, and calm. Waves come and go."""
ABOVE_300_HZ = {
    "rain": 0.9,
    "ocean": 0.7,
    "stream": 0.85,
    "night": 0.65,
    "warm-pad": 0.55,
    "bowls": 0.4,
    "brown-noise": 0.4,
}
"""The least share of the loudness that a phone's speaker can play."""
CONSONANTS_DB = {"rain": -6.0}
"""What lies between 2 and 8 kHz, from the whole; the others are at -10 dB or less."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers of a decoded bed. Windows run on around the loop."""

    shape: tuple[int, int]
    lufs: float
    peak: float
    mean: float
    short_term: NDArray[np.float64]
    """LUFS of 3 s, every 0.1 s."""
    momentary: NDArray[np.float64]
    """LUFS of 0.4 s, every 0.1 s."""
    folded: NDArray[np.float64]
    """LUFS of 3 s of the mono fold, every 0.1 s."""
    balance: NDArray[np.float64]
    """dB of the left channel over the right in 3 s, every 0.1 s."""
    onset_db: float
    """The most that 50 ms gain over the 50 ms before."""
    above_300_hz: float
    consonants_db: float
    flux: NDArray[np.float64]
    """Of 2,048 frames, every 512; those that lie across the seam are in `seam_flux`."""
    seam_flux: NDArray[np.float64]
    bends: NDArray[np.float64]
    seam_bend: float


def windows(powers: NDArray[np.float64], length: int, hop: int = 10) -> NDArray[np.float64]:
    """LUFS of `length` powers of 10 ms, every `hop`, around the loop."""
    sums = np.cumsum(np.concatenate([[0.0], powers, powers[:length]]))
    starts = np.arange(0, len(powers), hop)
    return -0.691 + 10 * np.log10((sums[starts + length] - sums[starts]) / length)


def spectra(samples: NDArray[np.float64], size: int, hop: int) -> NDArray[np.float64]:
    """Magnitudes of windows, shape (windows, bins); `samples` have the shape (frames,)."""
    framed = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    return np.abs(np.fft.rfft(framed * np.hanning(size)))


@cache
def measured(name: str) -> Measured:
    samples, rate = soundfile.read(path(name))
    assert rate == RATE
    around = samples[np.arange(-2_048, FRAMES + 2_048) % FRAMES].mean(axis=1)
    # The file has 60.003 s: the last 3 ms are no whole 10 ms.
    left, right = (energies(samples[:, [side]], RATE)[:6_000] / 2 for side in (0, 1))
    folded = energies(samples.mean(axis=1, keepdims=True), RATE)[:6_000]

    flux = np.maximum(np.diff(spectra(around, 2_048, 512), axis=0), 0).sum(axis=1)
    starts = 512 * np.arange(1, len(flux) + 1) - 2_048
    at_seam = (starts <= 0) | (starts + 2_048 >= FRAMES)

    hz = np.fft.rfftfreq(16_384, 1 / RATE)
    z = np.exp(2j * np.pi * hz / RATE)
    weighting = np.prod([np.abs(np.polyval(b, z) / np.polyval(a, z)) ** 2 for b, a in coefficients(RATE)], axis=0)
    power = weighting * sum((spectra(samples[:, side], 16_384, 8_192) ** 2).sum(axis=0) for side in (0, 1))

    return Measured(
        shape=samples.shape,
        lufs=integrated(left + right),
        peak=float(np.max(np.abs(samples))),
        mean=float(np.max(np.abs(samples.mean(axis=0)))),
        short_term=windows(left + right, 300),
        momentary=windows(left + right, 40),
        folded=windows(folded, 300),
        balance=windows(left, 300) - windows(right, 300),
        onset_db=float(np.max(np.diff(windows(left + right, 5, 5)))),
        above_300_hz=float(power[hz >= 300].sum() / power.sum()),
        consonants_db=float(10 * np.log10(power[(hz >= 2000) & (hz < 8000)].sum() / power.sum())),
        flux=flux[~at_seam],
        seam_flux=flux[at_seam],
        bends=np.abs(np.diff(samples, 2, axis=0)).max(axis=1),
        seam_bend=float(np.abs(np.diff(np.concatenate([samples[-2:], samples[:2]]), 2, axis=0)).max()),
    )


def path(name: str) -> Path:
    return assets.sounds_folder() / "beds" / f"{name}.ogg"


each_bed = pytest.mark.parametrize("name", NAMES)


# ---- the files ----------------------------------------------------------------------------------------------------


def test_every_bed_has_a_file_and_a_line_in_the_readme():
    assert set(NAMES) == set(beds.BEDS)
    assert [name for name in NAMES if not path(name).is_file()] == []
    words = (assets.sounds_folder() / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"| `{name}` |" not in words] == []


@each_bed
def test_a_bed_is_whole_mp3_frames_of_stereo_vorbis_in_at_most_1500_kb(name):
    info = soundfile.info(path(name))
    assert (info.format, info.subtype, info.samplerate) == ("OGG", "VORBIS", RATE)
    assert measured(name).shape == (FRAMES, 2)
    assert path(name).stat().st_size <= 1_500_000


@each_bed
def test_the_seam_changes_no_more_than_any_other_moment(name):
    bed = measured(name)
    assert 4 <= len(bed.seam_flux) <= 10
    assert bed.seam_flux.max() <= np.percentile(bed.flux, 99)


@each_bed
def test_the_seam_does_not_click(name):
    bed = measured(name)
    assert bed.seam_bend <= np.percentile(bed.bends, 99)


# ---- levels -------------------------------------------------------------------------------------------------------


@each_bed
def test_all_beds_are_equally_loud(name):
    assert measured(name).lufs == pytest.approx(REFERENCE, abs=0.1)


@each_bed
def test_no_peak_is_18_db_over_the_loudness(name):
    assert 20 * np.log10(measured(name).peak) <= REFERENCE + 18
    assert measured(name).mean < 1e-5, "DC"


@each_bed
def test_a_bed_moves_within_a_calm_range(name):
    softest, widest = RANGE[name]
    assert softest <= np.ptp(measured(name).short_term) <= widest


@each_bed
def test_no_3_s_cover_a_sentence_that_the_whole_bed_would_not(name):
    """A bed 26 LU under the voice is then well over 20 LU under every sentence."""
    assert measured(name).short_term.max() <= REFERENCE + 2.0


@each_bed
def test_nothing_jumps_out(name):
    bed = measured(name)
    assert bed.momentary.max() <= REFERENCE + 3.5
    assert bed.onset_db < 9.0


@each_bed
def test_no_shorter_pattern_repeats_within_the_loop(name):
    level = measured(name).momentary - measured(name).momentary.mean()
    spectrum = np.abs(np.fft.rfft(level)) ** 2
    alike = np.fft.irfft(spectrum, len(level)) / np.mean(level**2) / len(level)
    assert alike[40 : len(level) // 2 + 1].max() < 0.6


# ---- phones, speech -----------------------------------------------------------------------------------------------


@each_bed
def test_mono_speakers_lose_at_most_3_db_at_any_time(name):
    assert (measured(name).folded - measured(name).short_term).min() >= -3.0


@each_bed
def test_enough_lies_where_phones_play(name):
    assert measured(name).above_300_hz >= ABOVE_300_HZ[name]


@each_bed
def test_consonants_have_room(name):
    assert measured(name).consonants_db <= CONSONANTS_DB.get(name, -10.0)


@each_bed
def test_the_channels_move_by_themselves_around_the_middle(name):
    balance = measured(name).balance
    assert abs(balance.mean()) < 0.3
    assert balance.std() > 0.3
    assert np.abs(balance).max() < 4.0


# ---- characters ---------------------------------------------------------------------------------------------------


def test_waves_come_every_7_to_12_s_and_never_in_step():
    level = measured("ocean").momentary
    smooth = np.fft.irfft(np.fft.rfft(level)[:20], len(level))
    higher = [np.roll(smooth, shift) for shift in range(-30, 31)]
    crests = np.flatnonzero(smooth == np.max(higher, axis=0)) / 10
    apart = np.diff([*crests, crests[0] + 60.0])
    assert len(crests) == 6
    assert apart.min() >= 7.0
    assert apart.max() <= 12.5
    assert np.ptp(apart) > 1.5


@pytest.mark.parametrize("name", TONES)
def test_tones_are_of_the_chimes_family_and_beat_slower_than_once_a_second(name):
    samples, _ = soundfile.read(path(name))
    power = np.sum(spectra(samples.mean(axis=1), 1 << 18, 1 << 17) ** 2, axis=0)
    hz = np.fft.rfftfreq(1 << 18, 1 / RATE)
    tonal = (hz > 80) & (hz < 1500)
    notes = np.unique([blocks.in_family(one) for one in np.geomspace(80, 1500, 500)])
    near = np.min(np.abs(hz[tonal, None] - notes), axis=1) < 1.0
    assert power[tonal][near].sum() > 0.93 * power[tonal].sum()


@pytest.mark.parametrize("name", TONES)
def test_no_tone_is_struck(name):
    """A listener waits for the bowl of the next step: nothing under it may sound like one."""
    assert measured(name).onset_db < 3.0


# ---- making them --------------------------------------------------------------------------------------------------


def test_the_committed_file_is_what_the_script_makes_wherever_it_starts():
    """The bed that is made soonest, made anew; of the others `test_no_bed_is_older_than_the_code` tells."""
    made = beds.made("brown-noise")
    heard, _ = soundfile.read(path("brown-noise"))
    made = np.roll(made, -_start(made[:, 0], heard[: 1 << 16, 0]), axis=0)
    assert 10 * np.log10(np.mean((heard - made) ** 2) / np.mean(made**2)) < -15


@each_bed
def test_no_bed_is_older_than_the_code(name):
    """When its file was last made, the code was this, and the file too: else run scripts/make_audio_assets.py."""
    expected = {"code": make_audio_assets.code_digest(), "file": make_audio_assets.file_digest(path(name))}
    assert make_audio_assets.made_of()[name] == expected


def test_any_change_of_the_code_that_makes_beds_is_noticed(tmp_path, monkeypatch):
    """In each of its files, but not in how lines end or in what makes chimes."""
    folder = shutil.copytree(Path(beds.__file__).parent, tmp_path / "synthesis")
    monkeypatch.setattr(beds, "__file__", str(folder / "beds.py"))
    before = make_audio_assets.code_digest()
    for name in ("beds", "blocks", "loops", "meter", "vorbis", "one-more"):
        with (folder / f"{name}.py").open("a", encoding="utf-8") as source:
            source.write("# changed\n")
        changed = make_audio_assets.code_digest()
        assert changed != before
        before = changed
    (folder / "chimes.py").write_bytes(b"")
    (folder / "beds.py").write_bytes((folder / "beds.py").read_bytes().replace(b"\n", b"\r\n"))
    assert make_audio_assets.code_digest() == before


def _start(loop: NDArray[np.float64], piece: NDArray[np.float64]) -> int:
    """The frame of a loop at which a piece of it begins."""
    size = 675 << 12  # no less than both together: the loop's own length has a large prime in it, which costs seconds
    around = np.concatenate([loop, loop[: len(piece)]])
    alike = np.fft.irfft(np.conj(np.fft.rfft(piece, size)) * np.fft.rfft(around, size), size)
    return int(np.argmax(alike[: len(loop)]))


def test_many_frequencies_sound_as_they_would_one_by_one():
    half = np.zeros(FRAMES // 2 + 1, complex)
    half[[1, 60, 1_152, 2_297, 700_000]] = 1, 2j, 3, -1 + 1j, 0.5
    assert np.allclose(loops._sounding(half), np.fft.irfft(half, FRAMES), rtol=0, atol=1e-15)


def test_making_a_loop_twice_gives_the_same_samples():
    """Two files of it differ, in a random serial number."""
    levels = loops.wander(1, 0.5)
    assert np.array_equal(loops.wander(1, 0.5), levels)
    sound = 0.1 * levels[:RATE, None] * blocks.noise(2 * RATE, 1).reshape(-1, 2)
    assert np.array_equal(vorbis.decoded(vorbis.encoded(sound)), vorbis.decoded(vorbis.encoded(sound)))


def test_what_rings_over_the_end_goes_on_at_the_start():
    loop = loops.nothing()
    loops.lay(loop, FRAMES - 2, np.ones((5, 2)))
    assert np.flatnonzero(loop[:, 0]).tolist() == [0, 1, 2, FRAMES - 2, FRAMES - 1]


def test_a_slow_curve_joins_its_start():
    curve = loops.wander(3, 0.5)
    assert abs(curve[0] - curve[-1]) <= np.max(np.abs(np.diff(curve)))
    assert np.mean(curve**2) == pytest.approx(1.0, rel=0.01)


def test_the_meter_of_the_scripts_agrees_with_the_packages():
    sound = 0.1 * np.stack([blocks.noise(5 * RATE, 1), blocks.noise(5 * RATE, 2)], axis=1)
    assert meter.integrated_lufs(sound) == pytest.approx(integrated(energies(sound, RATE)), abs=0.02)


def test_a_seam_with_a_step_is_told_from_one_without():
    frames = 200 * 512
    t = np.arange(frames) / frames
    # Whole numbers of periods, with a little noise in which small things happen everywhere.
    tones = sum(np.sin(2 * np.pi * whole * t) for whole in (301, 507, 911))
    loop = 0.05 * np.stack([tones, tones], axis=1) + 1e-4 * blocks.noise(2 * frames, 7).reshape(-1, 2)
    # Where the tones cross zero together they are steepest, but straight.
    assert meter.bend_rank(loop) < 0.9
    assert meter.flux_rank(loop) < 1.0
    torn = loop[: -frames // 50]
    assert meter.bend_rank(torn) == 1.0
    assert meter.flux_rank(torn) == 1.0


def test_a_loop_whose_seam_is_heard_wherever_it_starts_is_refused(monkeypatch):
    monkeypatch.setattr(vorbis, "calm_moments", lambda _loop, _count: [0])
    rising = np.linspace(0.0, 0.5, 2 * RATE)[:, None] * np.sin(np.arange(2 * RATE) / 20)[:, None].repeat(2, axis=1)
    with pytest.raises(ValueError, match="the seam is heard"):
        vorbis.encoded_loop(rising)


def test_a_bed_with_a_peak_too_high_is_refused(monkeypatch):
    knocks = loops.nothing()
    knocks[::RATE] = 1.0
    monkeypatch.setitem(beds.BEDS, "rain", lambda: knocks)
    with pytest.raises(ValueError, match=r"rain: .*soften what jumps out"):
        beds.made("rain")


def test_the_script_writes_a_bed_and_leaves_a_file_that_sounds_alike(tmp_path, monkeypatch, capsys):
    sound = 0.05 * blocks.noise(2 * RATE, 1).reshape(-1, 2)
    monkeypatch.setattr(make_audio_assets, "FOLDER", tmp_path)
    monkeypatch.setattr(make_audio_assets, "MADE", tmp_path / "beds.json")
    monkeypatch.setattr(beds, "made", lambda _name: sound)
    monkeypatch.setattr(vorbis, "encoded_loop", vorbis.encoded)
    make_audio_assets.main(["--only", "rain"])
    written = (tmp_path / "beds" / "rain.ogg").read_bytes()
    noted = make_audio_assets.made_of()
    assert noted == {"rain": {"code": make_audio_assets.code_digest(), "file": hashlib.sha256(written).hexdigest()}}
    make_audio_assets.main(["--only", "rain"])
    assert (tmp_path / "beds" / "rain.ogg").read_bytes() == written
    sound *= 0.5
    make_audio_assets.main(["--only", "rain"])
    assert (tmp_path / "beds" / "rain.ogg").read_bytes() != written
    assert make_audio_assets.made_of() != noted
    assert "1.00 s" in capsys.readouterr().out
