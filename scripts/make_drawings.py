"""Write voiceguide/drawings: the atlas, an SVG file a move, from the points in voiceguide/drawing/figures.

Run it after changing a figure, a hand or a move: `python -P scripts/make_drawings.py`. A test holds the files against
what it writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

# This folder has a voiceguide.py of its own, which would be imported in the package's place.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

import voiceguide
from voiceguide.drawing.figures.moves import MOVES

FOLDER = Path(voiceguide.__file__).parent / "drawings"


def drawings() -> dict[str, str]:
    """Every file's text, by its path in the folder."""
    return {f"{move.area}/{move.name}.svg": move.svg() for move in MOVES}


if __name__ == "__main__":
    texts = drawings()
    for name, text in texts.items():
        target = FOLDER / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for stray in sorted(FOLDER.rglob("*.svg")):
        if stray.relative_to(FOLDER).as_posix() not in texts:
            stray.unlink()
    sizes = [len(text.encode()) for text in texts.values()]
    print(f"{len(texts)} drawings in {FOLDER}, {sum(sizes) / len(sizes):.0f} bytes each, {max(sizes)} at most")
