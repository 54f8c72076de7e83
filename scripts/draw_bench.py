"""Draw docs/pictures/performance.svg from the numbers that `scripts/bench.py render --json FILE` wrote.

`python -P scripts/draw_bench.py FILE`: each way's wall time as a share of one plain LAME stream's, by length and bed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from voiceguide.drawing.shapes import Box, Run, Shape, Sheet
from voiceguide.drawing.shapes import Path as Line
from voiceguide.drawing.svg import svg

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "performance.svg"
TITLE = "Time of a render, as a share of one plain LAME stream of the same samples"
WAYS = {
    "warm": ("again, all cached", "#3f8757"),
    "edited": ("after one edit", "#5aa174"),
    "spoken": ("first encode", "#2f6690"),
    "cold": ("from nothing", "#6c98bb"),
    "plain": ("one LAME stream", "#9aa5b1"),
    "ffmpeg": ("ffmpeg", "#c9a24a"),
    "pydub": ("pydub", "#b8683c"),
}
GROUND, INK, FAINT = "#fbfaf7", "#1f2933", "#5b6773"
WIDTH, LEFT, UNIT = 760, 190, 150
"""Pixels: of the picture, of what stands before the bars, and of a plain stream's bar."""
LONGEST = 3.2
"""Shares; a longer bar is cut, and its number says so."""
ROW, GAP, HEAD = 15, 22, 74
SMALL = 11


def draw(rows: list[dict[str, object]], machine: str) -> Sheet:
    """Return the picture."""
    groups: dict[tuple[int, str], dict[str, float]] = {}
    for row in rows:
        groups.setdefault((int(str(row["minutes"])), str(row["bed"])), {})[str(row["way"])] = float(str(row["wall"]))
    shapes: list[Shape] = [
        Run(16, 28, TITLE, 16, INK, bold=True),
        Run(16, 48, f"{machine}; whole processes, start-up included", SMALL, FAINT),
    ]
    y = HEAD
    for (minutes, bed), walls in groups.items():
        under = "no bed" if bed == "none" else f"over {bed}"
        shapes.append(Run(16, y + 11, f"{minutes} min, {under}", 12, INK, bold=True))
        y += ROW + 2
        for way, (name, colour) in WAYS.items():
            if way not in walls:
                continue
            share = walls[way] / walls["plain"]
            width = min(share, LONGEST) * UNIT
            said = f"{share:.2f} ({walls[way]:.1f} s)"
            shapes += [
                Run(LEFT - 8, y + 10, name, SMALL, FAINT, anchor="end"),
                Box(LEFT, y + 1, width, ROW - 4, colour),
                Run(LEFT + width + 6, y + 10, said, SMALL, FAINT),
            ]
            y += ROW
        y += GAP - ROW
    plain = Line(((LEFT + UNIT, HEAD - 8), (LEFT + UNIT, y)), INK, 0.5)
    return Sheet(WIDTH, y, TITLE, "en", (), (plain, *shapes), TITLE, ground=GROUND)


def main() -> None:
    """Write the picture."""
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(svg(draw(document["rows"], document["machine"])), encoding="utf-8", newline="\n")
    print(TARGET)


if __name__ == "__main__":
    main()
