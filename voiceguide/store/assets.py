"""Find what is bundled: sounds and routines, in a checkout, an editable install and a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def sounds_folder() -> Path:
    """Return the folder that holds `chimes/` and `beds/`."""
    inside = PACKAGE / "audio_assets"  # a wheel carries them within the package
    return inside if inside.is_dir() else PACKAGE.parent / "audio_assets"


def routines_folder() -> Path:
    """Return the folder of the bundled routines."""
    return PACKAGE / "routines"


def drawings_folder() -> Path:
    """Return the folder of the bundled drawings, in which an area is a folder."""
    return PACKAGE / "drawings"
