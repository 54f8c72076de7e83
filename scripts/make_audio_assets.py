"""Make the bundled sounds: each is computed from sines and seeded noise; no recording, no sample from elsewhere.

    python scripts/make_audio_assets.py [--only NAME]

A sound is one function that returns float64 samples (frames, 2): a chime in `synthesis/chimes.py`, a bed in
`synthesis/beds.py`. Making it again gives the same decoded samples. Files are stored at one reference loudness; how
loud a sound plays is the mix's decision. It needs numpy and soundfile alone, and of the package one file: the swell is
computed while a session is made, too.

Beds take seconds to make, so their tests don't: `synthesis/beds.json` keeps, for each, digests of the code that made it
and of its file. A change of that code asks for all beds again, a minute's work: those that sound alike stay.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import soundfile
from synthesis import beds, chimes, vorbis
from synthesis.blocks import RATE
from synthesis.meter import integrated_lufs, momentary_lufs, peak_dbfs

FOLDER = Path(__file__).parent.parent / "audio_assets"
MADE = Path(__file__).parent / "synthesis" / "beds.json"
"""By a bed's name: {"code", "file"}, the digests of what made it and of what was made."""


def code_digest() -> str:
    """Return a digest of all the code that makes beds, whatever ends its lines."""
    sources = sorted(path for path in Path(beds.__file__).parent.glob("*.py") if path.stem != "chimes")
    texts = [f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sources]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """Return a file's digest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def made_of() -> dict[str, dict[str, str]]:
    """Return what was noted of the beds."""
    return dict(json.loads(MADE.read_text(encoding="utf-8"))) if MADE.exists() else {}


def write_chime(name: str) -> str:
    """Write a chime as FLAC and return its line of numbers."""
    sound = chimes.CHIMES[name]()
    path = FOLDER / "chimes" / f"{name}.flac"
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, chimes.samples(sound), RATE, subtype="PCM_16")
    return f"{len(sound) / RATE:7.2f} s{peak_dbfs(sound):8.1f} dBFS{momentary_lufs(sound):8.1f} LUFS at most"


def write_bed(name: str) -> str:
    """Write a bed as Ogg Vorbis, note what made it, and return its line of numbers: those of the decoded file."""
    path = FOLDER / "beds" / f"{name}.ogg"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = vorbis.encoded_loop(beds.made(name))
    sound = vorbis.decoded(file)
    # A file that would sound alike stays: only the random serial number in it would change.
    if not path.exists() or not np.array_equal(sound, vorbis.decoded(path.read_bytes())):
        path.write_bytes(file)
    made = {**made_of(), name: {"code": code_digest(), "file": file_digest(path)}}
    MADE.write_text(json.dumps(made, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    numbers = f"{len(sound) / RATE:7.2f} s{peak_dbfs(sound):8.1f} dBFS{integrated_lufs(sound):8.1f} LUFS"
    return f"{numbers}{path.stat().st_size / 1e6:12.2f} MB"


def main(arguments: list[str] | None = None) -> None:
    """Write the files, and print each with its seconds, peak and loudness."""
    names = [*chimes.CHIMES, *beds.BEDS]
    parser = argparse.ArgumentParser(description="Make the bundled sounds in audio_assets/.")
    parser.add_argument("--only", metavar="NAME", choices=names, help=f"make one sound: {', '.join(names)}")
    only = parser.parse_args(arguments).only
    for name in names if only is None else [only]:
        print(f"{name:14}{write_chime(name) if name in chimes.CHIMES else write_bed(name)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
