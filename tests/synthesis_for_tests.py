"""The scripts that make the bundled sounds, as tests import them."""

from __future__ import annotations

import importlib
import sys

from voiceguide.store import assets

# At the end of the path, and after the package: scripts/ has a voiceguide.py of its own.
sys.path.append(str(assets.PACKAGE.parent / "scripts"))

make_audio_assets = importlib.import_module("make_audio_assets")
beds, blocks, chimes, loops, meter, vorbis = (
    importlib.import_module(f"synthesis.{name}") for name in ("beds", "blocks", "chimes", "loops", "meter", "vorbis")
)
