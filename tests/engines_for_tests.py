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

import numpy as np

from voiceguide import voices
from voiceguide.voices import ANY_LANGUAGE, Audio, VoiceInfo
from voiceguide.voices.tone import ToneVoice

if TYPE_CHECKING:
    import pytest

FAILS_AT = "Lean in on the left."
"""The sentence, of sessions/sides.yaml, that the failing engines fail at."""


@dataclass(frozen=True)
class _Voice:
    """Sounds like the tone; its engine says what else it does."""

    engine: _Engine
    tone: ToneVoice

    @property
    def id(self) -> str:
        return f"{self.engine.name}:steady"

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


class Absent(_Engine):
    """Is known, and not installed."""

    name = "absent"

    def probe(self) -> str | None:
        """The fix."""
        return "Run: pip install absent-voice"


ENGINES = (Absent, Counting, Drawling, Failing, Hanging, Hasty, Silent, Slow)


def register(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register them beside the installed ones, in this process."""
    points = [EntryPoint(each.name, f"{__name__}:{each.__name__}", voices.GROUP) for each in ENGINES]
    installed = voices.entry_points(group=voices.GROUP)
    monkeypatch.setattr(voices, "entry_points", lambda group: [p for p in (*installed, *points) if p.group == group])


def install(folder: Path) -> None:
    """Register them for every process that has `folder` and the tests' on its PYTHONPATH."""
    info = folder / "engines_for_tests-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: engines-for-tests\nVersion: 1.0\n")
    lines = "".join(f"{each.name} = {__name__}:{each.__name__}\n" for each in ENGINES)
    (info / "entry_points.txt").write_text(f"[{voices.GROUP}]\n{lines}")
