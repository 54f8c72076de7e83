"""Encoding in parts: the file is as good as LAME's own stream of the same samples, and always the same bytes."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cache
from io import BytesIO

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from mixes_for_tests import Mixed, broken_off, bursts_before, restless, sentences
from numpy.typing import NDArray

from voiceguide.errors import Failed
from voiceguide.exports.mp3 import laying
from voiceguide.exports.mp3.encoding import BLOCK, encode
from voiceguide.exports.mp3.frames import FRAME_SAMPLES, parse_header, runs
from voiceguide.exports.mp3.info import Music, info_frame
from voiceguide.exports.mp3.lame import Lame
from voiceguide.exports.mp3.laying import Tally
from voiceguide.exports.mp3.reservoir import take
from voiceguide.exports.mp3.sections import BEGINNING, WINDOW, Rounds, parts
from voiceguide.timeline import SAMPLE_RATE

LAME = Lame(128, 7)
SPLICE = 8 * FRAME_SAMPLES
"""Samples of a splice window: 0.2 s around the border."""


class Kept(dict[str, bytes]):
    """A store in memory."""

    def put(self, key: str, kept: bytes) -> None:
        """Keep bytes under a key."""
        self[key] = kept


def plain(source: Mixed, lame: Lame = LAME) -> bytes:
    """Encode a session in one go."""
    return b"".join(lame.encode(source.block(at, BLOCK) for at in range(0, source.frames, BLOCK)))


def in_parts(source: Mixed, lame: Lame = LAME, **how: object) -> bytes:
    """Encode a session in parts."""
    return b"".join(run.data for run in encode(source, lame, **how))


def file(stream: bytes, samples: int) -> bytes:
    """Put an Info frame in front of a stream."""
    music = Music(samples, parse_header(stream), 5)
    for run in runs([stream]):
        music = music.then(run)
    return info_frame(music) + stream


def decode(data: bytes) -> NDArray[np.float64]:
    """Decode a file with libmpg123."""
    samples, _ = soundfile.read(BytesIO(data), always_2d=True)
    return samples


@cache
def spoken() -> Mixed:
    """Three words, over a loop that comes round every 5.2 s."""
    return sentences(36.0)


@cache
def whole(bitrate: int = 128) -> tuple[bytes, bytes, Tally]:
    """That session's plain stream, its parts' stream, and what was done for that."""
    lame, tally = Lame(bitrate, 7), Tally()
    return plain(spoken(), lame), in_parts(spoken(), lame, tally=tally), tally


@cache
def compared(bitrate: int) -> tuple[NDArray[np.float64], NDArray[np.float64], Tally]:
    """The powers of what the plain stream and the parts' add to a session, a sample; and what was done."""
    *streams, tally = whole(bitrate)
    true = spoken().block(0, spoken().frames)
    one, other = (np.square(decode(file(stream, len(true))) - true).sum(axis=1) for stream in streams)
    return one, other, tally


def db(ratio: float) -> float:
    """A ratio of powers in dB."""
    return float(10 * np.log10(ratio))


def test_as_many_frames_and_bytes_as_the_plain_stream():
    """The parts' stream has the plain one's length, so its Info frame is the same but for the music's CRC."""
    one, other, _ = whole()
    assert len(one) == len(other)
    assert len(take(one)) == len(take(other))
    before_crc = slice(0, 188)
    assert file(one, spoken().frames)[before_crc] == file(other, spoken().frames)[before_crc]


@pytest.mark.parametrize("bitrate", [64, 128, 320])
def test_as_good_as_the_plain_stream(bitrate: int):
    """Over the session, what MP3 adds is within 0.1 dB of what the plain stream adds: so all of it is in its place."""
    one, other, tally = compared(bitrate)
    assert tally.emptied == 0
    assert tally.loop_frames > 0.25 * spoken().frames / FRAME_SAMPLES
    assert db(other.sum() / one.sum()) == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize("bitrate", [64, 128, 320])
def test_splices_are_as_good(bitrate: int):
    """Around every border, MP3 adds at most 1.5 dB more than the plain stream does."""
    one, other, _ = compared(bitrate)
    borders = [part.first for part in parts(spoken(), Lame(bitrate, 7).settling)[1:]]
    worse = []
    for border in borders:
        window = slice(border * FRAME_SAMPLES - SPLICE // 2, border * FRAME_SAMPLES + SPLICE // 2)
        worse.append(db(other[window].sum() / one[window].sum()))
    assert len(worse) >= 5
    assert max(worse) <= 1.5


def test_decoders_agree_on_the_length():
    """libmpg123 and FFmpeg decode the session's samples, to the sample, and alike."""
    data = file(whole()[1], spoken().frames)
    decoded = decode(data)
    assert len(decoded) == spoken().frames
    with av.open(BytesIO(data)) as container:
        other = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T
    assert other.shape == decoded.shape
    assert np.allclose(other, decoded, atol=1e-5)


def test_a_short_session_is_the_plain_stream():
    """Below one section, nothing is spliced: it decodes with difference 0 to LAME's own."""
    source = Mixed(2 * SAMPLE_RATE + 17, ((SAMPLE_RATE // 2, SAMPLE_RATE),))
    streams = (file(stream, source.frames) for stream in (plain(source), in_parts(source)))
    assert np.array_equal(*map(decode, streams))


@pytest.mark.parametrize("frames", [1, 575, 576, 1151, 1152, 1153, 2304, 40_000])
def test_any_length(frames: int):
    """However short, it decodes to its samples."""
    source = Mixed(frames)
    stream = in_parts(source)
    assert len(stream) == len(plain(source))
    assert len(decode(file(stream, frames))) == frames


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_nothing(threads: int):
    """Any number of threads gives the same bytes."""
    assert in_parts(spoken(), threads=threads) == whole()[1]


def test_a_store_changes_nothing_but_the_work():
    """With a store, empty or full, the bytes are the same; from a full one, nothing is encoded."""
    store, cold, warm = Kept(), Tally(), Tally()
    assert in_parts(spoken(), store=store, tally=cold, threads=2) == whole()[1]
    assert in_parts(spoken(), store=store, tally=warm) == whole()[1]
    assert (cold.reused, warm.encoded) == (0, 0)
    assert cold.encoded == warm.reused == len(store) > 4


def test_other_settings_find_nothing():
    """Neither another bitrate nor another quality takes what was kept for these."""
    source, store = Mixed(50_000), Kept()
    for count, lame in enumerate((LAME, Lame(96, 7), Lame(128, 6)), 1):
        in_parts(source, lame, store=store)
        assert len(store) == count


def test_an_edited_sentence_encodes_its_section_only():
    """Where one word sounds otherwise, what it lies in is encoded anew; the file is as if there were no store."""
    store, first, tally = Kept(), Tally(), Tally()
    in_parts(spoken(), store=store, tally=first)
    edited = replace(spoken(), seeds={1: 99})
    again = in_parts(edited, store=store, tally=tally)
    assert 1 <= tally.encoded <= 2
    assert tally.encoded + tally.reused == first.encoded
    assert again == in_parts(edited)


@settings(max_examples=8)
@given(st.sets(st.integers(33, 350), max_size=8), st.sampled_from([32, 64, 128, 192, 320]), st.integers(0, 99))
def test_cut_anywhere(borders: set[int], bitrate: int, seed: int):
    """Cut at any frames, at any bitrate, every frame finds its room; nothing is silent and nothing is missing."""
    source, tally, lame = broken_off(9.0, seed), Tally(), Lame(bitrate, 7)
    stream = in_parts(source, lame, starts=[border * FRAME_SAMPLES for border in borders], tally=tally)
    assert tally.emptied == 0
    assert len(take(stream)) == len(take(plain(source, lame)))


BORDERS = range(33, 260, 33)


def test_a_bridge_is_built_where_nothing_fits():
    """Cuts where a burst has just emptied the reservoir need bridges, and with them nothing is lost."""
    source, tally = bursts_before(BORDERS, 7.0), Tally()
    stream = in_parts(source, starts=[border * FRAME_SAMPLES for border in BORDERS], tally=tally)
    assert tally.bridges > 0
    assert tally.emptied == 0
    assert len(take(stream)) == len(take(plain(source)))


def test_where_no_bridge_helps_a_frame_is_silent(monkeypatch: pytest.MonkeyPatch):
    """The stream is whole even then, and the tally says so."""
    monkeypatch.setattr(laying, "_BRIDGE_LEADS", ())
    source, tally = bursts_before(BORDERS, 7.0), Tally()
    stream = in_parts(source, starts=[border * FRAME_SAMPLES for border in BORDERS], tally=tally)
    assert tally.emptied > 0
    assert len(take(stream)) == len(take(plain(source)))
    assert len(decode(file(stream, source.frames))) == source.frames


def test_runs_come_while_it_encodes():
    """The stream is handed out in order and little is begun ahead: memory does not grow with the session."""
    source = restless(np.zeros((60 * SAMPLE_RATE, 2)))
    borders = range(0, source.frames, 33 * FRAME_SAMPLES)
    done, ahead = 0, []
    for run in encode(source, Lame(128, 9), starts=borders):
        done += run.frames
        ahead.append(source.farthest // FRAME_SAMPLES - done)
    assert len(ahead) > 50
    assert 0 < max(ahead) < 11 * 33 < source.frames // FRAME_SAMPLES / 6


def test_what_a_source_raises_is_raised():
    """A fault in a thread reaches the caller, and no thread is left."""
    sound = np.zeros((20 * SAMPLE_RATE, 2))
    source = restless(sound)
    source.round[15 * SAMPLE_RATE] = 1.5
    with pytest.raises(Failed, match="too loud"):
        in_parts(source, threads=2, starts=range(0, source.frames, 100 * FRAME_SAMPLES))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("mp3")]


def test_closed_early_it_stops():
    """Whoever stops listening stops the threads, and what had not begun is never encoded."""
    source = restless(np.zeros((60 * SAMPLE_RATE, 2)))
    stream = encode(source, LAME, threads=1, starts=range(0, source.frames, 100 * FRAME_SAMPLES))
    next(stream)
    stream.close()
    assert source.farthest < 600 * FRAME_SAMPLES
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("mp3")]


def test_what_is_certain_is_handed_out_at_once():
    """The beginning does not wait for the section behind it, and no run is empty."""
    source = Mixed(20 * SAMPLE_RATE)
    stream = list(encode(source, Lame(128, 9)))
    assert BEGINNING[0] - WINDOW - 6 < stream[0].frames < BEGINNING[0] - WINDOW
    assert all(run.frames for run in stream)
    assert sum(run.frames for run in stream) == len(take(plain(source)))


def test_loops_are_encoded_once():
    """However often a loop comes round, its frames are encoded once."""
    tally = whole()[2]
    tiled = parts(spoken(), LAME.settling)
    rounds = [part for part in tiled if isinstance(part, Rounds)]
    assert len(rounds) >= 4
    assert tally.encoded == len(tiled) - len(rounds) + 1
    assert tally.loop_frames == sum(part.stop - part.first for part in rounds)
