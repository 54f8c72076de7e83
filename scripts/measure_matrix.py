"""Measure whole sessions as they are exported, and say whether each keeps what a session promises.

Three routines × four beds × two voices × short and full are rendered lossless, with the bed, without the voice and
without the bed; one MP3 of each routine is decoded. Every number is measured in the files and held against the
timeline; nothing is read from the program's inside. Prints a table in Markdown; the exit code is 1 where a promise is
broken. Run it all (a quarter of an hour) with `.venv/bin/python -P scripts/measure_matrix.py`, or a part:
`… --routine upper-back --bed rain --voice tone --length short`; `--bare` leaves out openings and closings.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]
    sys.path.append(str(Path(__file__).parent))

import numpy as np
import soundfile
from synthesis import meter as loops

from voiceguide.measure import measure
from voiceguide.measure.verdicts import document
from voiceguide.session import load, render
from voiceguide.sound.loudness import Meter, integrated
from voiceguide.store.assets import sounds_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

TESTS = Path(__file__).resolve().parent.parent / "tests" / "sessions"
ROUTINES = ("upper-back", str(TESTS / "evening.yaml"), str(TESTS / "legs.yaml"))
BEDS = ("warm-pad", "rain", "ocean", "night")
VOICES = ("hibari", "tone")
LENGTHS = ("short", "full")

RATE = 44_100
VOICE_LUFS = -16.0
BED_LU = -13.0
"""The bed's level in the pauses, from the voice."""
LATER = 1.5
"""Seconds after the last word at which the bed is back, where no other sound follows for a while."""
A_WHILE = 20.0
"""Seconds: after a shorter pause it may wait for the next sound, so as not to move more than six times a minute."""
LOOKED_AT = 0.4
"""Seconds of it that are measured there."""


@dataclass(frozen=True)
class Promise:
    """A number that every session keeps within two limits."""

    title: str
    least: float
    most: float


PROMISES = {
    "softest": Promise("softest take, LUFS", VOICE_LUFS - 0.5, VOICE_LUFS + 0.5),
    "loudest": Promise("loudest take, LUFS", VOICE_LUFS - 0.5, VOICE_LUFS + 0.5),
    "moved": Promise("speech with bed, LU from without", -0.3, 0.3),
    "under": Promise("bed under speech, LU", 20.0, 40.0),
    "back": Promise("bed 1.5 s after, LU from its level", -1.0, 1.0),
    "peak": Promise("true peak, dBTP", -40.0, -1.0),
    "clicks": Promise("clicks", 0, 0),
    "folded": Promise("lost in mono, LU", -9.0, 3.0),
    "predicted": Promise("loudness, LU from predicted", -0.1, 0.1),
    "onset": Promise("worst onset, ms", -20.0, 30.0),
    "seam": Promise("seam, percentile of its loop", 0.0, 99.0),
}


def session(routine: str, bed: str, voice: str, length: str, folder: Path, framed: dict[str, Any]) -> dict[str, float]:
    """Render a session three times to FLAC, and measure it."""
    files = {name: folder / f"{name}.flac" for name in ("whole", "voiceless", "bare")}
    chosen: dict[str, Any] = {"voice": voice, "length": length, "overwrite": True, **framed}
    read = load(routine)
    timeline = render(read, files["whole"], bed=bed, **chosen)
    render(read, files["voiceless"], bed=bed, without_voice=True, **chosen)
    # The same linger, or the other session would be laid out otherwise.
    without = render(read, files["bare"], bed="none", linger=timeline.choices["linger"], **chosen)
    apart = document(measure(files["whole"], timeline, without_voice=files["voiceless"]))
    together = document(measure(files["whole"], timeline))
    alone = document(measure(files["bare"], without))
    whole, voiceless = _read(files["whole"]), _read(files["voiceless"])
    return {
        **_voice(apart),
        "moved": together["against"]["speech"]["integrated_lufs"] - alone["against"]["speech"]["integrated_lufs"],
        "under": apart["against"]["bed"]["distance_lu"],
        "back": max(_back(timeline.to_json(), voiceless, bed), key=abs),
        "peak": max(apart["true_peak_dbtp"], alone["true_peak_dbtp"]),
        "clicks": apart["clicks"] + alone["clicks"],
        "folded": _loudness(whole) - _loudness(whole.mean(axis=1, keepdims=True)),
        "predicted": apart["integrated_lufs"] - (timeline.loudness or 0.0),
    }


def mp3(routine: str, voice: str, folder: Path, framed: dict[str, Any]) -> dict[str, float]:
    """Render a routine's short session to MP3, without a bed and as it is by itself, and measure what is decoded."""
    file, read = folder / "session.mp3", load(routine)
    timeline = render(read, file, voice=voice, bed="none", overwrite=True, **framed)
    bare = document(measure(file, timeline))
    timeline = render(read, file, voice=voice, overwrite=True, **framed)
    measured = document(measure(file, timeline))
    return {
        **_voice(measured),
        "peak": measured["true_peak_dbtp"],
        "clicks": measured["clicks"],
        "predicted": measured["integrated_lufs"] - (timeline.loudness or 0.0),
        "onset": 1000 * bare["against"]["onsets"]["worst"]["value"],
    }


def loop(bed: str) -> dict[str, float]:
    """Measure a bundled bed as it is decoded."""
    samples = _read(sounds_folder() / "beds" / f"{bed}.ogg")
    return {
        "seam": 100 * loops.flux_rank(samples.astype(np.float64)),
        "folded": _loudness(samples) - _loudness(samples.mean(axis=1, keepdims=True)),
    }


def _voice(measured: dict[str, Any]) -> dict[str, float]:
    speech = measured["against"]["speech"]
    return {end: speech[end]["value"] for end in ("softest", "loudest")}


def _back(document: dict[str, Any], voiceless: NDArray[np.float32], bed: str) -> Iterator[float]:
    """Yield how far the bed is from its level 1.5 s after speech, wherever no other sound begins or rings there.

    Its level is that of the bundled loop itself, brought 13 LU under the voice.
    """
    source = _read(sounds_folder() / "beds" / f"{bed}.ogg")
    gain = 10 ** ((VOICE_LUFS + BED_LU - _loudness(source)) / 20)
    clips = [clip for clip in document["clips"] if clip["track"] != "bed"]
    words = [sentence for clip in clips for sentence in clip.get("sentences", ())]
    for sentence in words:
        start = sentence["end"] + LATER
        end = start + LOOKED_AT
        quiet = all(word["end"] <= sentence["end"] or word["start"] > sentence["end"] + A_WHILE for word in words)
        # A chime's ring is in the file, and the bed steps back for it.
        bare = all(
            clip["end"] + 1.2 <= start or clip["start"] > sentence["end"] + A_WHILE
            for clip in clips
            if clip["track"] == "chime"
        )
        if quiet and bare and start > 4.0 and end < document["duration"] - 20.0:
            first, last = round(start * RATE), round(end * RATE)
            expected = np.take(source, np.arange(first, last), axis=0, mode="wrap") * gain
            yield float(10 * np.log10(np.mean(voiceless[first:last] ** 2) / np.mean(expected**2)))


def _read(path: Path) -> NDArray[np.float32]:
    return np.asarray(soundfile.read(path, dtype="float32", always_2d=True)[0])


def _loudness(samples: NDArray[np.float32]) -> float:
    meter = Meter(RATE, samples.shape[1])
    for start in range(0, len(samples), 1 << 16):
        meter.add(samples[start : start + (1 << 16)])
    return integrated(meter.powers())


def broken(numbers: dict[str, float]) -> list[str]:
    """Return the titles of the promises that these numbers break."""
    kept = {name: PROMISES[name].least - 1e-9 <= value <= PROMISES[name].most + 1e-9 for name, value in numbers.items()}
    return [PROMISES[name].title for name, fine in kept.items() if not fine]


def _table(titles: Sequence[str], names: Sequence[str], rows: list[tuple[tuple[str, ...], dict[str, float]]]) -> None:
    print("| " + " | ".join((*titles, *(PROMISES[name].title for name in names))) + " |")
    print("|" + "---|" * (len(titles) + len(names)))
    for row, numbers in rows:
        cells = [f"{numbers[name]:.2f}".replace("-0.00", "0.00") if name in numbers else "" for name in names]
        print("| " + " | ".join((*row, *cells)) + " |")
    print()


def main() -> int:
    """Measure what the command line asks for; all of it unless told otherwise."""
    parser = argparse.ArgumentParser(description="Measure whole sessions as they are exported.")
    for name, every in (("routine", ROUTINES), ("bed", BEDS), ("voice", VOICES), ("length", LENGTHS)):
        parser.add_argument(f"--{name}", action="append", help=f"repeatable; {', '.join(map(str, every))} unless given")
    parser.add_argument("--bare", action="store_true", help="leave out openings and closings: a quick look")
    asked = parser.parse_args()
    framed = {"gate": "brief", "opening": False, "closing": False} if asked.bare else {}
    routines, chosen = asked.routine or ROUTINES, asked.bed or BEDS
    voices, lengths = asked.voice or VOICES, asked.length or LENGTHS
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    failed = []
    lossless: list[tuple[tuple[str, ...], dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as folder:
        for which in product(routines, chosen, voices, lengths):
            numbers = session(*which, Path(folder), framed)
            lossless.append(((Path(which[0]).stem, *which[1:]), numbers))
            failed += [(which, title) for title in broken(numbers)]
            print(f"{len(lossless)} of {len(routines) * len(chosen) * len(voices) * len(lengths)}", file=sys.stderr)
        lossy = [((Path(each).stem, voices[0]), mp3(each, voices[0], Path(folder), framed)) for each in routines]
    seams = [((bed,), loop(bed)) for bed in chosen]
    failed += [(row, title) for row, numbers in (*lossy, *seams) for title in broken(numbers)]
    names = ("softest", "loudest", "moved", "under", "back", "peak", "clicks", "folded", "predicted")
    _table(("routine", "bed", "voice", "length"), names, lossless)
    _table(("MP3 of", "voice"), ("softest", "loudest", "peak", "clicks", "predicted", "onset"), lossy)
    _table(("bed",), ("seam", "folded"), seams)
    for which, title in failed:
        print(f"broken: {' '.join(map(str, which))}: {title}")
    print(f"{len(lossless)} sessions, {len(lossy)} MP3s and {len(seams)} beds: {len(failed) or 'no'} promises broken")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
