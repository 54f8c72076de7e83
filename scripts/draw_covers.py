"""Draw tests/pages/covers/VERSION.png: what covers look like, every motif, with words of several lengths, small.

Run it after a change of the covers' looks, once `VERSION` in voiceguide/pages/cover is raised:
`.venv/bin/python -P scripts/draw_covers.py`. It never draws over a version's picture: covers of that version are in
people's caches.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from PIL import Image

from voiceguide.drawing.png import encoded
from voiceguide.pages.cover import MOTIFS, SIDE, VERSION, cover

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "pages" / "covers"
WORDS = (
    ("", ""),
    ("Feet", "9 minutes"),
    ("Massage für den oberen Rücken", "15 Minuten"),
    ("Ganzkörper-Entspannungsmassage mit Handtuch, Öl und ganz viel Ruhe für lange Winterabende", "1 h 15 min"),
    ("Вечерний массаж спины", "20 мин"),
)
"""Titles and minutes, one after the other for the motifs."""
SMALLER = 7
COLUMNS = 7


def drawn() -> Image.Image:
    """Return the picture of all covers."""
    side = SIDE // SMALLER
    rows = -(-len(MOTIFS) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * side, rows * side))
    for number, motif in enumerate(MOTIFS):
        page = Image.open(io.BytesIO(cover(*WORDS[number % len(WORDS)], motif)))
        sheet.paste(page.reduce(SMALLER), (number % COLUMNS * side, number // COLUMNS * side))
    return sheet


def main() -> None:
    """Write this version's picture, and delete those of others. Raises SystemExit where it is there already."""
    file = FOLDER / f"{VERSION}.png"
    if file.exists():
        sys.exit(f"{file} is there: raise VERSION in voiceguide/pages/cover first, or leave covers as they are")
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    file.write_bytes(encoded(drawn()))
    print(file)


if __name__ == "__main__":
    main()
