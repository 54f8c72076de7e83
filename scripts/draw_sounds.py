"""Draw the sounds in docs/pictures: a spectrogram of each chime and bed, and three sessions as `measure` sees them.

Time goes to the right, pitch upwards (logarithmic), and a sound is the brighter the louder it is: white is the
loudest of its own, dark 80 dB less. Run it after a sound or the mix has changed:
`.venv/bin/python -P scripts/draw_sounds.py`.
"""

from __future__ import annotations

import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

import numpy as np
import soundfile
from PIL import Image

from voiceguide.drawing.png import drawn, encoded
from voiceguide.drawing.shapes import Run
from voiceguide.measure import measure
from voiceguide.measure.plot import bytes_of, draw
from voiceguide.session import load, render
from voiceguide.store.assets import sounds_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SESSIONS = {"short-warm-pad": ("short", "warm-pad"), "short-rain": ("short", "rain"), "full-ocean": ("full", "ocean")}

RATE = 44_100
WINDOW = 4096
LOWEST, HIGHEST = 60.0, 16_000.0
"""Hz."""
DEPTH = 80.0
"""dB from the brightest to the darkest."""
WIDTH, HEIGHT = 420, 150
"""Of one spectrogram."""
LEFT, ABOVE, GAP = 64, 26, 16
PITCHES = (100, 300, 1000, 3000, 10_000)
LETTERS = 11
GROUND, INK, FAINT = "#fbfaf7", "#1f2933", "#5b6773"
COLOURS = np.array([(12, 14, 38), (64, 30, 110), (160, 50, 110), (235, 120, 60), (255, 215, 130), (255, 255, 245)])


def spectrogram(samples: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Return a sound's picture in RGB, shape (HEIGHT, WIDTH, 3): both channels together."""
    padded = np.pad(samples, ((WINDOW // 2, WINDOW), (0, 0)))
    starts = np.linspace(0, len(samples), WIDTH).astype(int)
    windows = np.stack([padded[start : start + WINDOW] for start in starts])
    power = np.square(np.abs(np.fft.rfft(windows * np.hanning(WINDOW)[:, None], axis=1))).sum(axis=2)
    edges = np.geomspace(LOWEST, HIGHEST, HEIGHT + 1) * WINDOW / RATE
    bins = [slice(int(low), max(int(high), int(low) + 1)) for low, high in pairwise(edges)]
    rows = np.stack([power[:, each].max(axis=1) for each in bins])[::-1]
    decibels = 10 * np.log10(np.maximum(rows / rows.max(), 1e-12))
    # Few shades pack well: noise is most of a picture, and its last bits say nothing.
    shade = np.round(np.clip(1 + decibels / DEPTH, 0, 1) * 24) / 24 * (len(COLOURS) - 1)
    return np.stack([np.interp(shade, np.arange(len(COLOURS)), COLOURS[:, part]) for part in range(3)], axis=2).astype(
        np.uint8
    )


def sheet(files: list[Path], columns: int) -> bytes:
    """Return a PNG with the spectrograms of sound files, named, side by side."""
    rows = -(-len(files) // columns)
    cell_width, cell_height = LEFT + WIDTH + GAP, ABOVE + HEIGHT + GAP
    labels, pictures = [], []
    for number, file in enumerate(files):
        x, y = number % columns * cell_width + LEFT, number // columns * cell_height + ABOVE
        samples = soundfile.read(file, dtype="float32", always_2d=True)[0]
        labels.append(Run(x, y - 8, f"{file.stem}, {len(samples) / RATE:.1f} s", LETTERS, INK))
        for hertz in PITCHES:
            at = y + HEIGHT * (1 - np.log(hertz / LOWEST) / np.log(HIGHEST / LOWEST))
            labels.append(Run(x - 6, float(at) + 3, f"{hertz} Hz", LETTERS, FAINT, anchor="end"))
        pictures.append((x, y, spectrogram(samples)))
    page = drawn(labels, (columns * cell_width, rows * cell_height), GROUND)
    for x, y, picture in pictures:
        page.paste(Image.fromarray(picture), (x, y))
    return encoded(page)


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for kind, suffix in (("chimes", "flac"), ("beds", "ogg")):
        files = sorted((sounds_folder() / kind).glob(f"*.{suffix}"))
        (FOLDER / f"{kind}.png").write_bytes(sheet(files, 2))
    routine = load("upper-back")
    with tempfile.TemporaryDirectory() as folder:
        for name, (length, bed) in SESSIONS.items():
            files = Path(folder) / f"{name}.flac", Path(folder) / f"{name}-without-voice.flac"
            timeline = render(routine, files[0], length=length, bed=bed)
            render(routine, files[1], length=length, bed=bed, without_voice=True)
            measured = measure(files[0], timeline, without_voice=files[1])
            title = f"upper-back, {length}, over {bed}"
            picture = FOLDER / f"{name}.png"
            picture.write_bytes(bytes_of(draw(measured, title), picture))


if __name__ == "__main__":
    main()
