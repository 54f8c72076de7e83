"""Engines for tests, registered as a third party's: one that counts, and one for each way to fail."""

from __future__ import annotations

import os
import threading
import time
from collections import Counter
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from zlib import crc32

import numpy as np

from voiceguide import voices
from voiceguide.errors import MissingError
from voiceguide.voices import ANY_LANGUAGE, Audio, VoiceInfo
from voiceguide.voices.tone import ToneVoice

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from voiceguide.voices import Gender

FALLS_SILENT = "Fall silent"
"""How a sentence begins that the guessing engine fails at, where it is held there."""
FAILS_AT = "Lean in on the left."
"""The sentence, of sessions/sides.yaml, that the failing engines fail at."""


@dataclass(frozen=True)
class _Voice:
    """Sounds like the tone; its engine says what else it does."""

    engine: _Engine
    tone: ToneVoice
    name: str = "steady"

    @property
    def id(self) -> str:
        return f"{self.engine.name}:{self.name}"

    @property
    def fingerprint(self) -> str:
        return f"{self.engine.name} {self.tone.fingerprint}"

    def say(self, text: str) -> Audio:
        return self.engine.say(text, self.tone.say(text))

    def estimate(self, text: str) -> float:
        return self.tone.estimate(text)


class _Engine:
    """An engine with one voice for every language, never picked by itself."""

    name = ""
    picked = False

    def probe(self) -> str | None:
        return None

    def voices(self) -> tuple[VoiceInfo, ...]:
        return (VoiceInfo("steady", (ANY_LANGUAGE,), "MIT"),)

    def voice(self, name: str | None, *, language: str, pace: int) -> _Voice:  # noqa: ARG002 (the Protocol's)
        return _Voice(self, ToneVoice("steady", pace))

    def say(self, text: str, audio: Audio) -> Audio:  # noqa: ARG002 (the others')
        """Return what is given for a text, of which `audio` is the tone."""
        return audio


class Counting(_Engine):
    """Remembers what it has spoken, and how often."""

    name = "counting"
    spoken: ClassVar[Counter[str]] = Counter()

    def say(self, text: str, audio: Audio) -> Audio:
        """Count."""
        self.spoken[text] += 1
        return audio


class Failing(_Engine):
    """Raises an error of its own library."""

    name = "failing"

    def say(self, text: str, audio: Audio) -> Audio:
        """Raise."""
        if text == FAILS_AT:
            raise OSError("the sound card is on fire")
        return audio


class Hanging(_Engine):
    """Never comes back."""

    name = "hanging"

    def say(self, text: str, audio: Audio) -> Audio:
        """Wait."""
        if text == FAILS_AT:
            threading.Event().wait()
        return audio


class Silent(_Engine):
    """Gives silence in a sentence's place."""

    name = "silent"

    def say(self, text: str, audio: Audio) -> Audio:
        """Keep silent."""
        return Audio(np.zeros_like(audio.samples), audio.sample_rate) if text == FAILS_AT else audio


class Slow(_Engine):
    """Takes its time, and tells that it has begun by a file that SLOW_ENGINE_BEGAN names."""

    name = "slow"

    def say(self, text: str, audio: Audio) -> Audio:  # noqa: ARG002 (the others')
        """Tell, and wait a little."""
        Path(os.environ["SLOW_ENGINE_BEGAN"]).touch()
        time.sleep(0.2)
        return audio


class Drawling(_Engine):
    """Takes longer over its words than it says it will."""

    name = "drawling"

    def say(self, text: str, audio: Audio) -> Audio:  # noqa: ARG002 (the others')
        """Add a little."""
        more = len(audio.samples) // 30
        return Audio(np.concatenate((audio.samples, audio.samples[-more:])), audio.sample_rate)


class Hasty(_Engine):
    """Takes less."""

    name = "hasty"

    def say(self, text: str, audio: Audio) -> Audio:  # noqa: ARG002 (the others')
        """Leave a little out."""
        return Audio(audio.samples[: -(len(audio.samples) // 30)], audio.sample_rate)


class _Rough(_Voice):
    """Foretells its words wrongly, each by its own tenth at most."""

    def estimate(self, text: str) -> float:
        return self.tone.estimate(text) * (0.9 + 0.2 * crc32(text.encode()) / 2**32)


class Guessing(_Engine):
    """Foretells how long its words last no better than to a tenth, and waits before those that it is held at."""

    name = "guessing"
    held: ClassVar[str] = ""
    """What a sentence begins with that it waits at."""
    gate: ClassVar[threading.Event] = threading.Event()

    def voice(self, name: str | None, *, language: str, pace: int) -> _Voice:  # noqa: ARG002 (the Protocol's)
        """Return the one."""
        return _Rough(self, ToneVoice("steady", pace))

    def say(self, text: str, audio: Audio) -> Audio:
        """Wait until it may go on; where it is held at FALLS_SILENT, it fails."""
        if self.held and text.startswith(self.held):
            self.gate.wait(60)
            if self.held == FALLS_SILENT:
                raise OSError("the sound card is on fire")
        return audio


class Absent(_Engine):
    """Is known, and not installed."""

    name = "absent"

    def probe(self) -> str | None:
        """The fix."""
        return "Run: pip install absent-voice"


class Choir(_Engine):
    """Natural voices that are downloaded, in English, German and Spanish; `here` has those that are."""

    name = "choir"
    picked = True
    here: ClassVar[set[str]] = set()
    reachable: ClassVar[bool] = True
    singers: ClassVar[dict[str, tuple[str, Gender]]] = {
        "berta": ("de-DE", "female"),
        "bruno": ("de-DE", "male"),
        "eva": ("es", "female"),
        "tom": ("en-US", "male"),
    }

    def voices(self) -> tuple[VoiceInfo, ...]:
        """All of them, as they are."""
        return tuple(
            VoiceInfo(
                name,
                (language,),
                "CC0-1.0",
                None if name in self.here else f"Get it: voiceguide voices get choir:{name}",
                gender,
                natural=True,
                download_mb=None if name in self.here else 63,
            )
            for name, (language, gender) in self.singers.items()
        )

    def voice(self, name: str | None, *, language: str, pace: int) -> _Voice:
        """Return a voice that is here."""
        voices.find(self.voices(), name, engine=self.name, language=language)
        return _Voice(self, ToneVoice("steady", pace), name or "")

    def get(self, name: str, told: Callable[[int, int], None]) -> None:
        """Have it here, where there is a connection."""
        if not self.reachable:
            raise MissingError(f'The voice "choir:{name}" could not be downloaded: there is no connection.')
        told(1_000_000, 63_000_000)
        told(63_000_000, 63_000_000)
        self.here.add(name)

    def remove(self, name: str) -> tuple[str, ...]:
        """Have it here no more."""
        if name not in self.here:
            return ()
        self.here.discard(name)
        return (f"voices/{name}.bin",)


class Robot(_Engine):
    """Speaks German and Spanish like a robot, a man."""

    name = "robot"
    picked = True

    def voices(self) -> tuple[VoiceInfo, ...]:
        """One a language."""
        return (VoiceInfo("hans", ("de",), "MIT", gender="male"), VoiceInfo("juan", ("es",), "MIT", gender="male"))

    def voice(self, name: str | None, *, language: str, pace: int) -> _Voice:
        """Return a voice."""
        found = voices.find(self.voices(), name, engine=self.name, language=language)
        return _Voice(self, ToneVoice("steady", pace), found.name)


ENGINES = (Absent, Counting, Drawling, Failing, Guessing, Hanging, Hasty, Silent, Slow)


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register them beside the installed ones, in this process."""
    points = [EntryPoint(each.name, f"{__name__}:{each.__name__}", voices.GROUP) for each in ENGINES]
    installed = voices.entry_points(group=voices.GROUP)
    monkeypatch.setattr(voices, "entry_points", lambda group: [p for p in (*installed, *points) if p.group == group])


def register_alone(monkeypatch: pytest.MonkeyPatch, *engines: type[_Engine]) -> None:
    """Register them beside the default engine and the tone alone, with nothing of the choir's here."""
    ours = [point for point in voices.entry_points(group=voices.GROUP) if point.name in ("hibari", "tone")]
    points = [*ours, *(EntryPoint(each.name, f"{__name__}:{each.__name__}", voices.GROUP) for each in engines)]
    monkeypatch.setattr(voices, "entry_points", lambda group: [p for p in points if p.group == group])
    monkeypatch.setattr(Choir, "here", set())
    monkeypatch.setattr(Choir, "reachable", True)


def install(folder: Path, *engines: type[_Engine]) -> None:
    """Register them, or those that are named, for every process that has `folder` and the tests' on its PYTHONPATH."""
    info = folder / "engines_for_tests-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: engines-for-tests\nVersion: 1.0\n")
    lines = "".join(f"{each.name} = {__name__}:{each.__name__}\n" for each in engines or ENGINES)
    (info / "entry_points.txt").write_text(f"[{voices.GROUP}]\n{lines}")
