"""The engine of the system's own voices: SAPI5 on Windows, NSSpeech on macOS, eSpeak NG elsewhere, through pyttsx3.

Every clip is spoken by a child process (`pyttsx3_child.py`), which also contains what hangs and what crashes; several
run at once. Tried on Linux; the ways of macOS and Windows follow pyttsx3's own code and await a first run there: that
voices which call themselves enhanced, premium, natural or neural sound natural, too.
"""

from __future__ import annotations

import hashlib
import json
import re
import signal
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

from voiceguide.errors import Failed, MissingError, UsageError, option
from voiceguide.store.temporary import Folder
from voiceguide.text.languages import primary
from voiceguide.text.pronouncing import letters
from voiceguide.voices import Audio, Gender, VoiceInfo, espeak_phonemes, find
from voiceguide.voices.timing import RULE, SHORT, Timing, count_words, ratio

# By its path and with -P: Python would put neither the working folder nor this one, whose pyttsx3.py hides the real
# one, on the child's path.
CHILD = (sys.executable, "-P", str(Path(__file__).with_name("pyttsx3_child.py")))

_LISTING_SECONDS = 30.0
_PATIENCE = 15.0
"""Seconds a clip may take at least: a child starts in half a second, on a busy machine in several."""
_GRACE = 2.0
"""Seconds more until a child that does not end by itself is ended."""

_PREFERRED = ("en-US", "fr-FR")
"""Where a language has no plain tag among eSpeak's voices: the region most listeners know."""
_WIDER = {"cmn": "zh", "nb": "no"}
"""Languages better known by a wider tag."""

_QUALITIES = (re.compile("premium|natural|neural", re.IGNORECASE), re.compile("enhanced", re.IGNORECASE))
"""What macOS and Windows call voices that sound natural, the best first."""

REFERENCE_RATE = 100
"""Of pyttsx3's `rate`; eSpeak's lengths go with its inverse."""
_SLOWEST_RATE = 80
"""eSpeak speaks no slower, whatever the rate."""


@dataclass(frozen=True, slots=True)
class _Tempo:
    """How fast a language is spoken at the reference rate: running text of words of that language's length."""

    pace: float
    """Words a minute."""
    timing: Timing


# From scripts/calibrate_pyttsx3.py, eSpeak NG 1.52.
_TEMPI = {
    "en": _Tempo(125.3, Timing(base=0.2743, nucleus=0.1573, consonant=0.1046, pause=0.5917)),
    "de": _Tempo(108.0, Timing(base=0.0559, nucleus=0.2314, consonant=0.0452, pause=0.5675)),
    "es": _Tempo(112.8, Timing(base=0.1385, nucleus=0.1316, consonant=0.0932, pause=0.6389)),
    "fr": _Tempo(132.1, Timing(base=0.087, nucleus=0.2294, consonant=0.0118, pause=0.5186)),
}
_UNMEASURED = _Tempo(115.0, Timing(base=0.15, nucleus=0.2, consonant=0.07, pause=0.58))
"""Between English and German; other languages' paces are as far off as their words are longer or shorter."""


@dataclass(frozen=True, slots=True)
class _SystemVoice:
    """A voice as the driver knows it."""

    id: str
    info: VoiceInfo


@dataclass(frozen=True, slots=True)
class _System:
    """What the system speaks with."""

    driver: str
    """pyttsx3's name: espeak, nsss or sapi5."""
    library: str
    """eSpeak's version, else empty."""
    voices: tuple[_SystemVoice, ...]
    """The best of each language first."""


class Pyttsx3Engine:
    """The voices installed in the operating system."""

    name = "pyttsx3"
    picked = True

    def __init__(self, command: tuple[str, ...] = CHILD) -> None:
        """`command` runs the child; another one stands in for an engine that hangs or crashes."""
        self._command = command

    def probe(self) -> str | None:
        """None when a child lists voices (0.3 s, once a process), else what to do."""
        try:
            _system(self._command)
        except Failed as fault:
            return f"{_INSTALL} ({fault})"
        return None

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The system's voices; none where pyttsx3 does not work."""
        try:
            return tuple(voice.info for voice in _system(self._command).voices)
        except Failed:
            return ()  # probe() says why

    def voice(self, name: str | None, *, language: str, pace: int) -> Pyttsx3Voice:
        """Return a voice. Raises UsageError for an unknown name, MissingError when the system has no voices."""
        try:
            system = _system(self._command)
        except Failed as fault:
            raise MissingError(f'The voice engine "pyttsx3" does not work here. {_INSTALL} ({fault})') from fault
        info = find([voice.info for voice in system.voices], name, engine=self.name, language=language)
        system_id = next(voice.id for voice in system.voices if voice.info is info)
        _check_pace(system.driver, info.languages[0], pace)
        return Pyttsx3Voice(info, system_id, system.driver, system.library, pace, self._command)


@dataclass(frozen=True, slots=True)
class Pyttsx3Voice:
    """One of the system's voices at one pace."""

    info: VoiceInfo
    system_id: str
    """As the driver names it."""
    driver: str
    library: str
    pace: int
    """Words a minute."""
    command: tuple[str, ...]

    @property
    def id(self) -> str:
        """`pyttsx3:german`."""
        return f"pyttsx3:{self.info.name}"

    @property
    def fingerprint(self) -> str:
        """The versions of pyttsx3, eSpeak and our signs, driver, voice, pace, and how a sentence keeps it."""
        signs = espeak_phonemes.version(self.info.languages[0]) if self.driver == "espeak" else ""
        calibration = hashlib.sha256(repr((_tempo(self.info.languages[0]), RULE)).encode()).hexdigest()[:12]
        system = f"pyttsx3 {version('pyttsx3')} {self.driver} {self.library} {self.system_id}"
        return f"{system} pace={self.pace} {calibration} {signs}"

    @property
    def phonemes(self) -> frozenset[str] | None:
        """The sounds of the languages whose signs we know, of eSpeak's voices alone."""
        return espeak_phonemes.signs(self.info.languages[0]) if self.driver == "espeak" else None

    def say(self, text: str) -> Audio:
        """Speak one sentence in a child process.

        Raises Failed as `spoken` does.
        """
        return self.spoken(text, self.rate(letters(text)))

    def spoken(self, text: str, rate: int) -> Audio:
        """Speak one sentence at one of pyttsx3's rates.

        Raises Failed when the child hangs, crashes or reports an error, or when what it wrote is no sound.
        """
        limit = max(_PATIENCE, 5 * self.estimate(letters(text)))
        phonemes = self.phonemes is not None
        with Folder() as folder:
            path = folder / ("clip.aiff" if self.driver == "nsss" else "clip.wav")
            job = {
                "text": espeak_phonemes.converted(text, self.info.languages[0]) if phonemes else text,
                "phonemes": phonemes,
                "voice": self.system_id,
                "rate": rate,
                "path": str(path),
                "seconds": limit,
            }
            try:
                _ask(self.command, {"say": job}, limit + _GRACE)
                return _read(path)
            except _ChildError as fault:
                raise Failed(f'The voice "{self.id}" could not say "{text}": {fault}') from fault

    def rate(self, text: str) -> int:
        """What pyttsx3's `rate` must be for a sentence to keep the pace; a cue has the rate of the pace itself."""
        language, tempo = self.info.languages[0], _tempo(self.info.languages[0])
        relative = tempo.pace / self.pace
        if count_words(text) >= SHORT:
            relative = ratio(text, tempo.timing, language=language, pace=self.pace, reference=tempo.pace)
        rate = round(self._reference / relative)
        return max(rate, _SLOWEST_RATE) if self.driver == "espeak" else rate

    def estimate(self, text: str) -> float:
        """Seconds of `say(text)` once trimmed at -50 dBFS."""
        language = self.info.languages[0]
        return _tempo(language).timing.seconds(text, language=language) * self._reference / self.rate(text)

    @property
    def _reference(self) -> float:
        """The rate at which a voice speaks as fast as its timing tells.

        NSSpeech and SAPI5 count in words a minute; not measured yet.
        """
        return REFERENCE_RATE if self.driver == "espeak" else _tempo(self.info.languages[0]).pace


if sys.platform in {"darwin", "win32"}:
    _INSTALL = 'Install it: pip install "pyttsx3>=2.99,<3"'
else:
    _INSTALL = 'Install a speech library: pip install espeakng-loader, or the system\'s package "espeak-ng".'


class _ChildError(Exception):
    """A child gave no clip; the message is the engine's words, or what became of the child."""


def _ask(command: tuple[str, ...], job: dict[str, Any], limit: float) -> dict[str, Any]:
    """Run a child with a job and return its answer. Raises _ChildError after `limit` seconds, or without an answer."""
    try:
        # JSON in ASCII: umlauts and quotes reach the child whatever the system's encoding is.
        ended = subprocess.run(  # noqa: S603 (our own program; what varies reaches it as data)
            command,
            input=json.dumps(job).encode("ascii"),
            capture_output=True,
            timeout=limit,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise _ChildError(f"the system's voice did not answer within {limit:.0f} s and was ended") from None
    except OSError as fault:
        raise _ChildError(f"the system's voice could not be started: {fault}") from fault
    said = ended.stderr.decode(errors="replace").strip()
    try:
        answer = json.loads(ended.stdout)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        last = f': "{said.splitlines()[-1]}"' if said else ""
        raise _ChildError(f"the system's voice {_ending(ended.returncode)}{last}")
    if "error" in answer:
        raise _ChildError(answer["error"])
    if "say" in job and (lines := [line for line in said.splitlines() if _NO_DICTIONARY in line]):
        raise _ChildError(lines[0])
    return answer


_NO_DICTIONARY = "Can't read dictionary file"
"""What eSpeak prints where it then spells a text letter by letter and reports success."""


def _ending(code: int) -> str:
    """How a child that gave no answer ended."""
    if code >= 0:
        return f"ended without an answer (exit code {code})"
    try:
        return f"crashed ({signal.Signals(-code).name})"
    except ValueError:
        return f"crashed (signal {-code})"


def _read(path: Path) -> Audio:
    """Return the clip a child wrote, mono. Raises _ChildError when it is no whole sound file."""
    import soundfile

    if not path.is_file() or path.stat().st_size == 0:
        raise _ChildError("it wrote no sound")
    try:
        if path.suffix == ".wav":
            _check_wav(path)
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError) as fault:
        raise _ChildError(f"what it wrote cannot be read: {fault}") from fault
    return Audio(samples.mean(axis=1, keepdims=True), rate)


def _check_wav(path: Path) -> None:
    """Raise _ChildError when the length in a WAV file's header is not the file's: libraries read past such a fault."""
    with path.open("rb") as file:
        header = file.read(8)
    told, size = int.from_bytes(header[4:8], "little") + 8, path.stat().st_size
    if header[:4] != b"RIFF" or told not in {size, size - 1}:  # an odd length may be padded
        raise _ChildError(f"its file is damaged: the header tells {told} bytes, it has {size}")


@lru_cache(maxsize=8)
def _system(command: tuple[str, ...]) -> _System:
    """Ask a child what the system speaks with, once a process. Raises Failed, which is asked again next time."""
    try:
        answer = _ask(command, {}, _LISTING_SECONDS)
    except _ChildError as fault:
        raise Failed(str(fault)) from fault
    driver = answer["driver"]
    tagged = [(voice, [tag for tag in map(_bcp47, voice["languages"]) if tag]) for voice in answer["voices"]]
    names = _names([(voice["name"] or voice["id"], tags) for voice, tags in tagged], espeak=driver == "espeak")
    licence = "GPL-3.0-or-later (eSpeak NG)" if driver == "espeak" else "comes with the operating system"
    voices = []
    for (voice, tags), name in zip(tagged, names, strict=True):
        wider = [_WIDER[tag] for tag in tags if tag in _WIDER]
        quality = len(_QUALITIES) if driver == "espeak" else _quality(f"{voice['name']} {voice['id']}")
        languages, gender = (*tags, *wider) or ("und",), _gender(voice["gender"])
        info = VoiceInfo(name, languages, licence, gender=gender, natural=quality < len(_QUALITIES))
        voices.append((_rank(info, quality), _SystemVoice(voice["id"], info)))
    voices.sort(key=lambda ranked: (*ranked[0], ranked[1].info.name))
    if not voices:
        raise Failed(f"{driver} has no voices")
    return _System(driver, answer["library"], tuple(voice for _, voice in voices))


def _rank(info: VoiceInfo, quality: int) -> tuple[str, int, int, int]:
    """Sort a language's voices: natural ones; its plain tag or best-known region, regions, dialects and scripts."""
    tag = info.languages[0]
    subtags = tag.split("-")
    return subtags[0], quality, 0 if len(subtags) == 1 or tag in _PREFERRED else len(subtags), len(info.name)


def _quality(told: str) -> int:
    """Which of _QUALITIES a voice's name and id speak of; their number for none."""
    return next((rank for rank, words in enumerate(_QUALITIES) if words.search(told)), len(_QUALITIES))


def _gender(told: str | None) -> Gender | None:
    """Return what a driver tells: `Female`, or `VoiceGenderFemale`; None for neither a woman nor a man."""
    word = (told or "").lower()
    return "female" if word.endswith("female") else "male" if word.endswith("male") else None


def _bcp47(tag: str | None) -> str:
    """Return a driver's language tag as BCP 47 writes it: `en_US` and `en-us` are `en-US`; "" for none."""
    subtags = (tag or "").replace("_", "-").split("-")
    if not re.fullmatch(r"[A-Za-z]{2,8}", subtags[0]):
        return ""
    written = [subtags[0].lower()]
    for subtag in subtags[1:]:
        after_x = "x" in written
        if len(subtag) == 2 and not after_x:
            written.append(subtag.upper())
        elif len(subtag) == 4 and subtag.isalpha() and not after_x:
            written.append(subtag.title())
        else:
            written.append(subtag.lower())
    return "-".join(written)


def _names(voices: list[tuple[str, list[str]]], *, espeak: bool) -> list[str]:
    """Return a name for the command line for each (name, tags): `english-us`, `german`, `samantha`; no two alike.

    eSpeak's voices are languages, so the language and the rest of the tag name them, or all of its name where that
    is not enough.
    """
    if espeak:
        regions = [tags[0].split("-")[1:] if tags else [] for _, tags in voices]
        short = [_slug(" ".join([name.partition("(")[0], *r])) for (name, _), r in zip(voices, regions, strict=True)]
    else:
        short = [_slug(name.partition(" - ")[0]) for name, _ in voices]
    named: list[str] = []
    for (name, _), slug in zip(voices, short, strict=True):
        whole = slug if short.count(slug) == 1 else _slug(name)
        free = (f"{whole}-{number}" if number > 1 else whole for number in count(1))
        named.append(next(candidate for candidate in free if candidate not in named))
    return named


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _tempo(language: str) -> _Tempo:
    return _TEMPI.get(primary(language), _UNMEASURED)


def _check_pace(driver: str, language: str, pace: int) -> None:
    """Raise UsageError for a pace that eSpeak would miss by more than 10 %, because it speaks no slower."""
    slowest = round(_SLOWEST_RATE * _tempo(language).pace / REFERENCE_RATE)
    if driver == "espeak" and round(REFERENCE_RATE * pace / _tempo(language).pace) < _SLOWEST_RATE - 2:
        raise UsageError(
            f"{option('pace')}: eSpeak's voices speak {slowest} words a minute or more here, got {pace}.", got=pace
        )
