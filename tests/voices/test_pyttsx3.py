"""The system's voices: one child a clip, whose hangs, crashes and bad files become one message."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import json
import sys
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from voiceguide import voices
from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.voices import pyttsx3 as module
from voiceguide.voices import pyttsx3_child as child
from voiceguide.voices.pyttsx3 import CHILD, Pyttsx3Engine, Pyttsx3Voice
from voiceguide.voices.timing import count_words

if TYPE_CHECKING:
    from pathlib import Path

ESPEAK_ONLY = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="the system's voices are others there")
TEXT = 'Don\'t press; "hold" it — über den Rücken.'

# Stands in for the child: reads the job as the child does, then does `what` with it.
STAND_IN = """
import json, os, sys, time, wave
job = json.loads(sys.stdin.buffer.read())
LISTING = {"driver": "espeak", "library": "1.52.0", "voices": VOICES}
if "say" not in job:
    print(json.dumps(LISTING))
    sys.exit()
job = job["say"]
def write(frames, value=8000):
    with wave.open(job["path"], "wb") as file:
        file.setnchannels(1), file.setsampwidth(2), file.setframerate(22050)
        swing = [sample.to_bytes(2, "little", signed=True) for sample in (value, -value)]
        file.writeframes(b"".join(swing) * (frames // 2))
"""
VOICES = [
    {"id": "gmw/en-029", "name": "English (Caribbean)", "languages": ["en-029"]},
    {"id": "gmw/en-us", "name": "English (America)", "languages": ["en-us"]},
    {"id": "gmw/de", "name": "German", "languages": ["de"]},
    {"id": "sit/cmn", "name": "Chinese (Mandarin)", "languages": ["cmn"]},
    {"id": "sit/yue", "name": "Chinese (Cantonese)", "languages": ["yue"]},
    {"id": "gmq/nb", "name": "Norwegian Bokmål", "languages": ["nb"]},
    {"id": "myn/quc", "name": "K'iche'", "languages": ["quc"]},
    {"id": "x/1", "name": "Twin", "languages": ["eo"]},
    {"id": "x/2", "name": "Twin", "languages": ["eo"]},
]


VOICES = [{"gender": "Male", **voice} for voice in VOICES]
"""As eSpeak says of all of them."""


def stand_in(what: str, listed: list[dict[str, object]] = VOICES) -> Pyttsx3Engine:
    """An engine whose child lists `listed`, and does `what` in place of speaking."""
    return Pyttsx3Engine((sys.executable, "-c", f"VOICES = {listed!r}\n{STAND_IN}\n{what}\nprint('{{}}')"))


def german(what: str) -> Pyttsx3Voice:
    return stand_in(what).voice("german", language="de", pace=135)


def test_names() -> None:
    """Names are fit for a command line and distinct; a language's plain or best-known voice comes first."""
    infos = stand_in("").voices()
    assert [(info.name, info.languages) for info in infos] == [
        ("chinese-mandarin", ("cmn", "zh")),
        ("german", ("de",)),
        ("english-us", ("en-US",)),
        ("english-029", ("en-029",)),
        ("twin", ("eo",)),
        ("twin-2", ("eo",)),
        ("norwegian-bokmal", ("nb", "no")),
        ("kiche", ("quc",)),
        ("chinese-cantonese", ("yue",)),
    ]


@pytest.mark.parametrize(
    ("told", "gender"),
    [("Male", "male"), ("VoiceGenderFemale", "female"), ("VoiceGenderNeuter", None), (None, None)],
)
def test_who_they_are(told: str | None, gender: str | None) -> None:
    """As the driver tells; eSpeak's are robotic, whatever they are called."""
    (info,) = stand_in("", [{"id": "1", "name": "Natural (Premium)", "languages": ["de"], "gender": told}]).voices()
    assert (info.gender, info.natural) == (gender, False)


def test_natural_voices_of_a_system_come_first() -> None:
    """On macOS and Windows, by what they call themselves, the best quality first, before regions."""
    listed = [
        {"id": "com.apple.voice.compact.de-DE.Anna", "name": "Anna", "languages": ["de_DE"]},
        {"id": "com.apple.voice.enhanced.de-DE.Anna", "name": "Anna (Enhanced)", "languages": ["de_DE"]},
        {"id": "com.apple.voice.premium.de-AT.Uta", "name": "Uta", "languages": ["de_AT"]},
        {"id": "x", "name": "Microsoft Katja Online (Natural) - German (Germany)", "languages": ["de-DE"]},
    ]
    engine = stand_in("", [{"gender": "VoiceGenderFemale", **voice} for voice in listed])
    infos = Pyttsx3Engine((*engine._command[:-1], engine._command[-1].replace('"espeak"', '"nsss"', 1))).voices()
    assert [(info.name, info.natural) for info in infos] == [
        ("uta", True),
        ("microsoft-katja-online-natural", True),
        ("anna-enhanced", True),
        ("anna", False),
    ]


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en_us", "en-US"),
        ("de", "de"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("en-gb-x-rp", "en-GB-x-rp"),
        ("", ""),
        (None, ""),
    ],
)
def test_language_tags(tag: str | None, written: str) -> None:
    """Whatever a driver calls a language, it is listed as BCP 47 writes it."""
    assert module._bcp47(tag) == written


def test_job_reaches_the_child_intact(tmp_path: Path) -> None:
    """Text, voice and rate arrive as they are: umlauts, quotes, apostrophes, dashes."""
    seen = tmp_path / "seen.json"
    voice = german(f"write(30000); json.dump(job, open({str(seen)!r}, 'w'))")
    audio = voice.say(TEXT)
    job = json.loads(seen.read_text())
    assert (job["text"], job["voice"], job["rate"]) == (TEXT, "gmw/de", voice.rate(TEXT))
    assert job["phonemes"] is True
    assert (audio.samples.shape, audio.sample_rate, audio.samples.dtype.str) == ((30000, 1), 22050, "<f4")


def test_sounds_are_espeak_s(tmp_path: Path) -> None:
    """Signs of its own for eSpeak in a language whose signs are known, and for nobody else."""
    seen = tmp_path / "seen.json"
    voice = german(f"write(30000); json.dump(job, open({str(seen)!r}, 'w'))")
    voice.say("Das [Handtuch](/ˈhantˌtuːx/), bitte.")
    job = json.loads(seen.read_text())
    assert (job["text"], job["phonemes"]) == ("Das [[h'antt,u:x]], bitte.", True)
    assert replace(voice, driver="sapi5").phonemes is None
    danish = replace(voice, info=replace(voice.info, languages=("da",)))
    assert danish.phonemes is None
    danish.say("Bare ord.")
    assert json.loads(seen.read_text())["phonemes"] is False


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("os.abort()", "SIGABRT" if sys.platform != "win32" else "exit code"),
        ("os._exit(0)", "without an answer (exit code 0)"),
        ("print('no voice today', file=sys.stderr); os._exit(7)", 'exit code 7): "no voice today"'),
        ("print(json.dumps({'error': 'ValueError: bad voice'}), flush=True); os._exit(1)", "ValueError: bad voice"),
        ("print(\"Can't read dictionary file: 'de_dict'\", file=sys.stderr)", "Can't read dictionary file"),
        ("pass", "wrote no sound"),
        ("open(job['path'], 'w')", "wrote no sound"),
        ("write(30000); open(job['path'], 'ab').write(bytes(4000))", "is damaged"),
        ("write(30000); os.truncate(job['path'], 20000)", "is damaged"),
        ("open(job['path'], 'w').write('no sound file')", "is damaged"),
    ],
)
def test_bad_child(what: str, words: str) -> None:
    """A crash, an error and every kind of bad file is Failed, with the voice, the sentence and what happened."""
    with pytest.raises(Failed) as raised:
        german(what).say(TEXT)
    message = str(raised.value)
    assert words in message
    assert TEXT in message
    assert "pyttsx3:german" in message


def test_hanging_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that hangs is ended, and the sentence named."""
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    monkeypatch.setattr(module, "_GRACE", 0.5)
    voice = german("time.sleep(600)")
    with pytest.raises(Failed, match=r"Hallo.*did not answer"):
        voice.say("Hallo")


def test_patience_ends_before_the_watchdog() -> None:
    """The child's own limit strikes first, so that its message, not the watchdog's, is seen."""
    from voiceguide.session.narrate import time_limit

    for seconds in (0.1, 1, 2, 3, 10, 30):
        assert max(module._PATIENCE, 5 * seconds) + module._GRACE < time_limit(seconds)


@pytest.mark.parametrize(
    "command",
    [
        (sys.executable, "-c", "import os; os._exit(3)"),
        (sys.executable, "-c", "print('[]')"),
        ("no-such-program-anywhere",),
    ],
)
def test_system_without_voices(command: tuple[str, ...]) -> None:
    """An engine that cannot list voices has none, says what to do, and breaks no list."""
    engine = Pyttsx3Engine(command)
    assert engine.voices() == ()
    assert "nstall" in (engine.probe() or "")
    with pytest.raises(MissingError, match="nstall"):
        engine.voice(None, language="en", pace=135)


def test_voices_are_listed_once(tmp_path: Path) -> None:
    """Voices are asked for when needed and once a process."""
    count = tmp_path / "count"
    count.touch()
    program = f"open({str(count)!r}, 'a').write('x')\nVOICES = {VOICES!r}\n{STAND_IN}"
    engine = Pyttsx3Engine((sys.executable, "-c", program))
    assert count.read_text() == ""
    engine.voices(), engine.probe(), engine.voice(None, language="de", pace=120)
    assert count.read_text() == "x"


def test_pace_out_of_reach() -> None:
    """A pace that eSpeak would miss by far is a usage error with the slowest it speaks."""
    engine = stand_in("")
    assert engine.voice(None, language="de", pace=85).rate("Atme langsam aus und lass die Hände auf dem Rücken.") == 80
    with pytest.raises(UsageError, match=r"100 words a minute or more"):
        engine.voice(None, language="en", pace=85)


def test_fingerprint() -> None:
    """Voice, pace and the library's version tell takes apart; the command does not."""
    voice = german("")
    others = [replace(voice, pace=90), replace(voice, library="1.53"), replace(voice, system_id="gmw/en-us")]
    assert len({voice.fingerprint, *(other.fingerprint for other in others)}) == 4
    assert replace(voice, command=()).fingerprint == voice.fingerprint


def test_mono(tmp_path: Path) -> None:
    """A clip in stereo becomes mono."""
    path = tmp_path / "clip.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(16000)
        file.writeframes(np.full((500, 2), (8000, 0), "<i2").tobytes())
    audio = module._read(path)
    assert audio.samples.shape == (500, 1)
    assert audio.samples[0, 0] == pytest.approx(4000 / 32768)


@pytest.mark.slow
@ESPEAK_ONLY
def test_real_voices() -> None:
    """ESpeak's voices are listed with distinct names; English and German have their usual ones."""
    names = [info.name for info in Pyttsx3Engine().voices()]
    assert len(set(names)) == len(names) > 50
    assert voices.pick("pyttsx3", language="en", pace=135).id == "pyttsx3:english-us"
    assert voices.pick(None, language="de", pace=135).id == "pyttsx3:german"
    assert voices.pick("pyttsx3:english-gb-scotland", language="en", pace=135).id == "pyttsx3:english-gb-scotland"


@pytest.mark.slow
@ESPEAK_ONLY
def test_umlauts_are_spoken() -> None:
    """An umlaut is spoken as one: `schwül` and `schwul` sound different, as they would not were it lost."""
    voice = voices.pick("pyttsx3:german", language="de", pace=120)
    with_umlaut, without = voice.say("schwül").samples, voice.say("schwul").samples
    mangled = voice.say("schwÃ¼l").samples
    assert len(with_umlaut) < 0.8 * len(mangled)
    shared = min(len(with_umlaut), len(without))
    assert not np.allclose(with_umlaut[:shared], without[:shared], atol=0.05)


@pytest.mark.slow
@ESPEAK_ONLY
def test_many_children_at_once() -> None:
    """Forty clips from four threads: every one whole, at its own rate (once in 270 it was not, see the child)."""
    slow, fast = (voices.pick("pyttsx3:english-us", language="en", pace=pace) for pace in (110, 200))
    with ThreadPoolExecutor(4) as threads:
        takes = list(threads.map(lambda voice: voice.say("Don't press; hold it there."), [slow, fast] * 20))
    slows, fasts = ({len(take.samples) for take in takes[start::2]} for start in (0, 1))
    assert min(slows) > 0.99 * max(slows)
    assert min(fasts) > 0.99 * max(fasts)
    assert min(slows) / max(fasts) == pytest.approx(200 / 110, rel=0.1)


@pytest.mark.slow
@ESPEAK_ONLY
@pytest.mark.parametrize(("pace", "tolerance"), [(110, 0.1), (135, 0.1), (160, 0.1)])
def test_pace_and_estimates(pace: int, tolerance: float) -> None:
    """Running text is within 10 % of the pace, and the estimates' sum within 5 %."""
    texts = (
        "Stroke outward along the top of the shoulders.",
        "Move the towel aside and warm a little oil in your hands.",
        "Rest your left hand on the middle of the back while the right one works.",
        "Make three small circles beside each bone of the spine, then slide a little higher.",
        "If the receiver tenses up, lighten your hands and wait until the muscle lets go.",
        "From here on, every stroke is a little lighter than the one before.",
    )
    voice = voices.pick("pyttsx3:english-us", language="en", pace=pace)
    with ThreadPoolExecutor(2) as threads:
        takes = list(threads.map(voice.say, texts))
    seconds = 0.0
    for take in takes:
        loud = np.flatnonzero(np.abs(take.samples[:, 0]) > 10 ** (-50 / 20))
        seconds += (loud[-1] - loud[0]) / take.sample_rate
    assert 60 * sum(map(count_words, texts)) / seconds == pytest.approx(pace, rel=tolerance)
    assert sum(map(voice.estimate, texts)) == pytest.approx(seconds, rel=0.05)


@pytest.mark.slow
@ESPEAK_ONLY
def test_no_speech_library() -> None:
    """With neither the system's library nor the wheel's, the engine says what to install."""
    blocked = """
import ctypes, runpy, sys
class Blocked(ctypes.CDLL):
    def __init__(self, name, *rest, **more):
        if name and "espeak" in str(name):
            raise OSError("no such library")
        super().__init__(name, *rest, **more)
ctypes.CDLL = Blocked
ctypes.cdll._dlltype = Blocked
sys.modules["espeakng_loader"] = None
"""
    engine = Pyttsx3Engine(
        (sys.executable, "-P", "-c", f"{blocked}\nrunpy.run_path({CHILD[-1]!r}, run_name='__main__')")
    )
    assert "pip install espeakng-loader" in (engine.probe() or "")
    with pytest.raises(MissingError, match="do not have eSpeak"):
        engine.voice(None, language="en", pace=135)


@pytest.mark.slow
@ESPEAK_ONLY
def test_unknown_system_voice() -> None:
    """A voice that the driver does not know is an error, not its default voice or silence."""
    voice = voices.pick("pyttsx3:german", language="de", pace=120)
    with pytest.raises(Failed, match="SetVoiceByName failed"):
        replace(voice.voice, system_id="gmw/none").say("Hallo.")


@pytest.mark.slow
@ESPEAK_ONLY
def test_file_that_cannot_be_written() -> None:
    """An error in the C library's callback, where the file is written, ends the child at once with its words."""
    job = {"text": "Hallo.", "phonemes": True, "voice": "gmw/de", "rate": 120, "seconds": 30}
    job["path"] = "/no/such/folder/clip.wav"
    with pytest.raises(module._ChildError, match="No such file or directory"):
        module._ask(CHILD, {"say": job}, 20)


def test_a_child_whose_parent_has_ended_ends_too(monkeypatch):
    """However its parent went: it then has another one."""
    ended = []

    def end(code):
        ended.append(code)
        raise SystemExit

    parents = iter([7, 7, 1])
    monkeypatch.setattr(child.os, "getppid", lambda: next(parents))
    monkeypatch.setattr(child.os, "_exit", end)
    monkeypatch.setattr(child.time, "sleep", lambda _: None)
    with pytest.raises(SystemExit):
        child.end_with(7)
    assert ended == [1]
