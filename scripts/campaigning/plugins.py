"""Voices that do not do what a voice does, installed as anybody's would be: a package with an entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from campaigning.lab import CHECKOUT

if TYPE_CHECKING:
    from campaigning.lab import Lab

_SAYS = {
    "nothing": "return None",
    "raises": "raise ValueError('no\\x1b[31m voice')",
    "exits": "raise SystemExit(7)",
    "text": "return 'sound'",
    "nan": "return Audio(np.full((4000, 1), np.nan, np.float32), 24000)",
    "huge": "return Audio(np.full((4000, 1), 1e38, np.float32), 24000)",
    "silent": "return Audio(np.zeros((4000, 1), np.float32), 24000)",
    "short": "return Audio(np.full((1, 1), 0.5, np.float32), 24000)",
    "empty": "return Audio(np.zeros((0, 1), np.float32), 24000)",
    "flat": "return Audio(np.full(4000, 0.1, np.float32), 24000)",
    "rate": "return Audio(np.full((4000, 1), 0.1, np.float32), 0)",
    "rate-text": "return Audio(np.full((4000, 1), 0.1, np.float32), '24000')",
    "whole": "return Audio(np.full((4000, 1), 3, np.int16), 24000)",
    "complex": "return Audio(np.full((4000, 1), 1j), 24000)",
}
"""What `say` does, by the engine's name."""
_HOOKS = ("probe", "voices", "voice", "estimate", "fingerprint", "construct", "import")
"""Where else one may raise, or answer None: `probe-raises`, `probe-none`."""
ENGINES = (*_SAYS, *(f"{hook}-{how}" for hook in _HOOKS for how in ("raises", "none")))

_CODE = """\
import numpy as np
from voiceguide.voices import ANY_LANGUAGE, Audio, VoiceInfo

{importing}

class Voice:
    id = "{name}:steady"

    @property
    def fingerprint(self):
        {fingerprint}

    def say(self, text):
        {say}

    def estimate(self, text):
        {estimate}

class Engine:
    name = "{name}"
    picked = False

    def __init__(self):
        {construct}

    def probe(self):
        {probe}

    def voices(self):
        {voices}

    def voice(self, name, *, language, pace):
        {voice}
"""
_WELL = {
    "importing": "",
    "fingerprint": "return '1'",
    "say": "return Audio(np.full((12000, 1), 0.1, np.float32), 24000)",
    "estimate": "return 0.5",
    "construct": "pass",
    "probe": "return None",
    "voices": "return (VoiceInfo('steady', (ANY_LANGUAGE,), 'MIT'),)",
    "voice": "return Voice()",
}


def install(lab: Lab, engine: str) -> str:
    """Install an engine in the lab, and return the search path on which it is found."""
    bodies = dict(_WELL)
    if engine in _SAYS:
        bodies["say"] = _SAYS[engine]
    else:
        hook, _, how = engine.rpartition("-")
        bad = "raise RuntimeError('broken')" if how == "raises" else "return None"
        if hook == "import":
            bodies["importing"] = "raise RuntimeError('broken')" if how == "raises" else "Engine = None"
        elif hook == "construct":
            bodies["construct"] = "raise RuntimeError('broken')" if how == "raises" else "self.probe = None"
        else:
            bodies[hook] = bad
    folder = lab.home / "site"
    info = folder / "hostile-1.0.dist-info"
    info.mkdir(parents=True)
    code = _CODE.format(name=engine, **bodies)
    (folder / "hostile.py").write_text(code, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[voiceguide.engines]\n{engine} = hostile:Engine\n", "utf-8")
    return f"{folder}:{CHECKOUT}"
