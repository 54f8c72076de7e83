"""Every sentence is spoken once, every take stands at its level, and a voice that fails or hangs is named."""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import pairwise
from pathlib import Path

import measuring
import numpy as np
import pyloudnorm
import pytest

from voiceguide.errors import Failed, MissingError
from voiceguide.session.narrate import CALIBRATION, Narrator, time_limit
from voiceguide.sound.loudness import energies, integrated
from voiceguide.sound.room import SECONDS as ROOM_SECONDS
from voiceguide.sound.takes import CEILING_DBTP
from voiceguide.store.cache import Cache
from voiceguide.voices import Audio
from voiceguide.voices.plugged import PluggedVoice
from voiceguide.voices.tone import ToneEngine

sys.path.insert(0, str(Path(__file__).parents[1]))
from voices_for_tests import FailingVoice, HangingVoice, SpeakingVoice, piece, sentence, speech

RATE = 44_100
LONG = "Slide both hands outward from the spine, slowly, and come back without weight."
PIECES = (
    piece(LONG, "Hold there.", gap=3.0),
    piece("Press."),
    piece("Release slowly.", "Breathe.", "Now the other side.", gap=1 / 3),
    piece(LONG),
)
TEXTS = {LONG, "Hold there.", "Press.", "Release slowly.", "Breathe.", "Now the other side."}


@pytest.fixture
def cache(tmp_path):
    with Cache(tmp_path / "cache", limit_bytes=10**9, warn=pytest.fail) as opened:
        yield opened


def heard(take) -> np.ndarray:
    """The take as it is mixed: float, on both channels."""
    return np.repeat(take.samples() / 32768, 2, axis=1)


def lufs(take) -> float:
    return pyloudnorm.Meter(RATE).integrated_loudness(heard(take))


@pytest.mark.parametrize("rms", [0.002, 0.03, 0.2])
def test_a_take_of_1_5_s_or_more_stands_at_minus_16_lufs(cache, rms):
    takes = Narrator(SpeakingVoice(rms=rms), cache).takes(PIECES)
    for each in PIECES:
        take = takes[each.key]
        if take.seconds >= 1.5:
            assert lufs(take) == pytest.approx(-16, abs=0.5)
        assert measuring.clip_peak_dbtp(take.samples() / np.float32(32768)) <= CEILING_DBTP + 0.05


def test_a_peaky_voice_reaches_its_level_under_the_ceiling(cache):
    knocks = speech(LONG) * 0.1
    knocks[::2400] += 0.5
    voice = FailingVoice(at=LONG, instead=lambda: Audio(knocks, 24_000))
    take = Narrator(voice, cache).takes([piece(LONG)])[piece(LONG).key]
    assert lufs(take) == pytest.approx(-16, abs=0.5)
    assert measuring.clip_peak_dbtp(take.samples() / np.float32(32768)) <= CEILING_DBTP + 0.05


def test_a_short_take_gets_the_gain_of_the_calibration_sentence(cache):
    voice = SpeakingVoice()
    reference = piece(CALIBRATION)
    takes = Narrator(voice, cache).takes([piece("Press."), piece("Release."), reference])
    assert takes[piece("Press.").key].gain_db == takes[piece("Release.").key].gain_db
    assert takes[piece("Press.").key].gain_db == pytest.approx(takes[reference.key].gain_db, abs=0.1)
    assert voice.spoken.count(CALIBRATION) == 1


def test_the_calibration_sentence_is_spoken_only_for_short_takes_and_can_be_another(cache):
    voice = SpeakingVoice()
    narrator = Narrator(voice, cache, calibration="Lassen Sie beide Hände langsam gleiten.")
    narrator.takes([piece(LONG)])
    assert voice.spoken == [LONG]
    narrator.takes([piece("Drücken.")])
    assert voice.spoken == [LONG, "Drücken.", "Lassen Sie beide Hände langsam gleiten."]


class PairVoice(SpeakingVoice):
    """Speaks two sentences at once, each of them only once the one before it in a list has begun."""

    at_once = 2

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        self.turns = dict(zip(texts, [threading.Event() for _ in texts], strict=True))
        self.before = dict(pairwise(texts[::-1]))
        self.free = threading.Semaphore(2)

    def say(self, text: str) -> Audio:
        """Speak. Raises AssertionError for a third sentence at once, and for one out of turn."""
        assert self.free.acquire(blocking=False), "a third sentence at once"
        self.turns[text].set()
        assert text not in self.before or self.turns[self.before[text]].wait(20), "out of turn"
        self.free.release()
        return super().say(text)


def test_a_sparing_voice_speaks_in_the_order_it_is_asked(cache):
    """Two sentences at once, whatever the machine has, and none before the one that is asked for before it."""
    texts = [f"Sentence number {number}." for number in range(6)]
    voice = PairVoice(texts)
    Narrator(PluggedVoice(voice, voice.id, ""), cache, threads=8).lengths(map(sentence, texts))
    assert sorted(voice.spoken) == texts


def test_lengths_are_those_of_the_takes_and_pauses_lie_between(cache):
    narrator = Narrator(SpeakingVoice(), cache)
    lengths = narrator.lengths(s for each in PIECES for s in each.sentences)
    takes = narrator.takes(PIECES)
    assert set(lengths) == TEXTS
    for each in PIECES:
        take = takes[each.key]
        assert take.seconds == pytest.approx(each.length(lambda s: lengths[s.spoken]), abs=1 / RATE)
        assert take.sentences == each.offsets(lambda s: lengths[s.spoken])
        samples = take.samples()[:, 0]
        for (_, end), (start, _) in zip(take.sentences, take.sentences[1:], strict=False):
            pause = samples[round(end * RATE) + 1 : round(start * RATE)]
            assert not pause.any(), "silence up to the frame"
            assert abs(len(pause) + 1 - round(each.gaps[0] * RATE)) <= 1
            assert samples[round(start * RATE) : round((start + 0.02) * RATE)].any()


def test_the_tone_voice_lasts_what_it_estimates_to_the_frame(cache):
    voice = ToneEngine().voice(None, language="en", pace=135)
    texts = ["One.", "One two three.", "Slide both hands outward from the spine."]
    lengths = Narrator(voice, cache).lengths(map(sentence, texts))
    assert lengths == {text: voice.estimate(text) for text in texts}


def test_a_take_begins_with_its_sound(cache):
    """The first 5 ms above -50 dBFS end within 20 ms of the start."""
    for take in Narrator(SpeakingVoice(), cache).takes(PIECES).values():
        blocks = (take.samples()[:880, 0] / 32768).reshape(4, 220)
        assert (10 * np.log10(np.mean(blocks**2, axis=1) + 1e-12) > -50).any()


def test_edges_do_not_click(cache):
    for take in Narrator(SpeakingVoice(), cache).takes(PIECES).values():
        samples = take.samples()[:, 0] / 32768
        for start, end in take.sentences:
            assert abs(samples[round(start * RATE)]) < 0.002
            assert abs(samples[round(end * RATE) - 1]) < 0.002


def test_a_take_carries_its_energies(cache):
    for take in Narrator(SpeakingVoice(), cache).takes(PIECES).values():
        expected = energies(take.samples() / 32768, RATE)
        assert take.energies() == pytest.approx(expected, rel=0.01, abs=1e-7)
        assert integrated(take.energies().astype(float)) == pytest.approx(lufs(take), abs=0.1)


def test_a_second_render_speaks_nothing_and_an_edited_sentence_is_spoken_alone(tmp_path):
    def narrated(*pieces):
        voice = SpeakingVoice()
        with Cache(tmp_path, limit_bytes=10**9, warn=pytest.fail) as cache:
            narrator = Narrator(voice, cache)
            narrator.lengths(s for each in pieces for s in each.sentences)
            return voice.spoken, narrator.takes(pieces)

    spoken, first = narrated(*PIECES)
    assert sorted(spoken) == sorted(TEXTS | {CALIBRATION}), "each once, though one stands in two pieces"
    spoken, second = narrated(*PIECES)
    assert spoken == []
    assert second == first
    edited = piece(LONG, "Stay there.", gap=3.0)
    spoken, third = narrated(edited, *PIECES[1:])
    assert spoken == ["Stay there."]
    assert {key: third[key] for key in first if key in third} == {each.key: first[each.key] for each in PIECES[1:]}


def test_another_voice_or_setting_speaks_anew(cache):
    Narrator(SpeakingVoice(), cache).lengths([sentence(LONG)])
    other = SpeakingVoice(fingerprint="fake speaking at another pace")
    Narrator(other, cache).lengths([sentence(LONG)])
    assert other.spoken == [LONG]


def test_a_take_in_the_room_and_one_without_are_kept_apart_in_one_cache(cache, tmp_path):
    """Neither is handed out in the other's place, and no word is spoken again."""
    voice = SpeakingVoice()
    dry = Narrator(voice, cache).takes(PIECES)
    before = list(voice.spoken)
    wet = Narrator(voice, cache, room=True).takes(PIECES)
    assert Narrator(voice, cache).takes(PIECES) == dry
    assert Narrator(voice, cache, room=True).takes(PIECES) == wet
    assert voice.spoken == before
    assert not {take.key for take in dry.values()} & {take.key for take in wet.values()}
    with Cache(tmp_path / "another", limit_bytes=10**9, warn=pytest.fail) as another:
        anew = Narrator(voice, another, room=True).takes(PIECES)
        for key, take in wet.items():
            assert take.frames == dry[key].frames + round(ROOM_SECONDS * RATE) - 1
            assert take.sentences == dry[key].sentences
            assert np.array_equal(take.samples(), anew[key].samples())


def test_known_lengths_speak_nothing(cache):
    voice = SpeakingVoice()
    narrator = Narrator(voice, cache)
    wanted = [sentence("Press."), sentence(LONG)]
    assert narrator.known_lengths(wanted) == {}
    lengths = narrator.lengths([sentence(LONG)])
    assert Narrator(voice, cache).known_lengths(wanted) == lengths
    assert voice.spoken == [LONG]


def test_the_same_takes_come_out_whatever_the_number_of_threads(tmp_path):
    made = []
    for threads in (1, 4):
        with Cache(tmp_path / str(threads), limit_bytes=10**9, warn=pytest.fail) as cache:
            takes = Narrator(SpeakingVoice(), cache, threads=threads).takes(PIECES)
            made.append([(key, take.key, take.samples().tobytes()) for key, take in takes.items()])
    assert made[0] == made[1]


def test_progress_counts_what_is_spoken_anew(cache):
    told = []
    narrator = Narrator(SpeakingVoice(), cache, progress=lambda done, total: told.append((done, total)))
    narrator.lengths(map(sentence, ["One.", "Two.", "One."]))
    assert told == [(1, 2), (2, 2)]
    narrator.lengths(map(sentence, ["One.", "Two."]))
    assert len(told) == 2


@pytest.mark.parametrize("kind", ["sentences", "takes"])
def test_a_damaged_entry_is_made_again(tmp_path, kind):
    def made():
        with Cache(tmp_path, limit_bytes=10**9, warn=pytest.fail) as cache:
            return [take.samples().tobytes() for take in Narrator(SpeakingVoice(), cache).takes(PIECES).values()]

    first = made()
    for path in (tmp_path / kind).iterdir():
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    assert made() == first


def raising(error: BaseException):
    def instead():
        raise error

    return instead


def plugged(voice: FailingVoice) -> PluggedVoice:
    """A voice as the registry gives it."""
    return PluggedVoice(voice, voice.id, "")


def sounding(samples: np.ndarray):
    return lambda: Audio(samples.astype(np.float32)[:, None], 24_000)


@pytest.mark.parametrize(
    "instead",
    [
        raising(RuntimeError("the model is gone")),
        raising(Failed("the child process died")),
        sounding(np.zeros(0)),
        sounding(np.zeros(24_000)),
        sounding(np.sign(np.sin(np.arange(24_000) / 20.0))),
        sounding(np.full(24_000, np.nan)),
        sounding(0.1 * np.sin(np.arange(24_000 * 60) / 20.0)),
        sounding(np.r_[np.zeros(24_000), 0.5 * np.ones(240), np.zeros(24_000)]),
    ],
    ids=["raises", "fails", "empty", "silent", "clipped", "not numbers", "far too long", "a click"],
)
def test_a_fault_names_the_sentence_and_the_voice_and_stops_the_rest(cache, instead):
    voice = FailingVoice(at="Press.", instead=instead)
    with pytest.raises(Failed, match=r"Press\.") as caught:
        Narrator(plugged(voice), cache, threads=1).lengths(map(sentence, ["One.", "Press.", *map(str, range(50))]))
    assert voice.id in str(caught.value)
    assert voice.spoken == ["One.", "Press."]
    assert set(Narrator(SpeakingVoice(), cache).known_lengths([sentence("Press.")])) == set()


def test_a_missing_engine_keeps_its_own_error(cache):
    voice = FailingVoice(at="Press.", instead=raising(MissingError("pip install it")))
    with pytest.raises(MissingError, match="pip install it"):
        Narrator(plugged(voice), cache).lengths([sentence("Press.")])


@pytest.mark.parametrize("threads", [1, 3])
def test_a_hanging_voice_meets_the_watchdog(cache, threads):
    voice = HangingVoice(at="Press.")
    before = set(threading.enumerate())

    def limit(estimate: float) -> float:
        return 0.3 if estimate == voice.estimate("Press.") else 60

    try:
        with pytest.raises(Failed, match=r'"Press\." was not spoken within 0\.3 s') as caught:
            Narrator(voice, cache, threads=threads, watchdog=limit).lengths(
                map(sentence, ["One and two.", "Press.", "Three and four.", "Five and six."])
            )
        assert voice.id in str(caught.value)
        assert "Press." not in voice.spoken
    finally:
        voice.let_go.set()
        for thread in set(threading.enumerate()) - before:
            thread.join(10)
    assert Narrator(voice, cache).known_lengths([sentence("One and two.")]), "what was spoken before is kept"


def test_the_watchdog_waits_a_minute_or_forty_times_the_estimate():
    assert time_limit(0.5) == 60
    assert time_limit(1.5) == 60
    assert time_limit(8.0) == 320


@pytest.mark.parametrize("ending", ["expires", "is interrupted"])
def test_a_hanging_voice_does_not_keep_the_process(tmp_path, ending):
    code = f"""
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from voices_for_tests import HangingVoice, sentence
from voiceguide.store.cache import Cache
from voiceguide.errors import Failed
from voiceguide.session.narrate import Narrator

class Interrupted(HangingVoice):
    def say(self, text):
        os.kill(os.getpid(), signal.SIGINT)
        return super().say(text)

voice, limit = (HangingVoice, 0.3) if sys.argv[2] == "expires" else (Interrupted, 60)
with Cache(Path(sys.argv[1]), limit_bytes=10**9, warn=print) as cache:
    try:
        Narrator(voice(at="Press."), cache, watchdog=lambda _: limit).lengths([sentence("Press.")])
    except (Failed, KeyboardInterrupt) as error:
        print(type(error).__name__)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), ending], capture_output=True, text=True, timeout=50, check=False
    )
    expected = "KeyboardInterrupt\n" if ending == "is interrupted" else "Failed\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, expected, "")


def test_an_unwritable_cache_does_not_stop_a_render(tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = []
    with Cache(tmp_path / "file" / "cache", limit_bytes=10**9, warn=said.append) as cache:
        take = Narrator(SpeakingVoice(), cache).takes([piece(LONG)])[piece(LONG).key]
        assert lufs(take) == pytest.approx(-16, abs=0.5)
    assert len(said) == 1
