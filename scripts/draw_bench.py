"""Draw docs/pictures/performance.svg from the numbers that `scripts/bench.py render --json FILE` wrote.

`python -P scripts/draw_bench.py FILE`: each way's wall time as a share of one plain LAME stream's, by length and bed.
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "performance.svg"
WAYS = {
    "warm": ("again, all cached", "#3f8757"),
    "edited": ("after one edit", "#5aa174"),
    "spoken": ("first encode", "#2f6690"),
    "cold": ("from nothing", "#6c98bb"),
    "plain": ("one LAME stream", "#9aa5b1"),
    "ffmpeg": ("ffmpeg", "#c9a24a"),
    "pydub": ("pydub", "#b8683c"),
}
WIDTH, LEFT, UNIT = 760, 190, 150
"""Pixels: of the picture, of what stands before the bars, and of a plain stream's bar."""
LONGEST = 3.3
"""Shares; a longer bar is cut, and its number says so."""
ROW, GAP, HEAD = 15, 22, 74


def draw(rows: list[dict[str, object]], machine: str) -> str:
    """Return the picture as SVG."""
    groups: dict[tuple[int, str], dict[str, float]] = {}
    for row in rows:
        groups.setdefault((int(str(row["minutes"])), str(row["bed"])), {})[str(row["way"])] = float(str(row["wall"]))
    shapes, y = [], HEAD
    for (minutes, bed), walls in groups.items():
        under = "no bed" if bed == "none" else f"over {bed}"
        shapes.append(f'<text x="16" y="{y + 11}" class="head">{minutes} min, {escape(under)}</text>')
        y += ROW + 2
        for way, (name, colour) in WAYS.items():
            if way not in walls:
                continue
            share = walls[way] / walls["plain"]
            width = min(share, LONGEST) * UNIT
            shapes.append(f'<text x="{LEFT - 8}" y="{y + 10}" class="name">{escape(name)}</text>')
            shapes.append(f'<rect x="{LEFT}" y="{y + 1}" width="{width:.1f}" height="{ROW - 4}" fill="{colour}"/>')
            said = f"{share:.2f} ({walls[way]:.1f} s)"
            shapes.append(f'<text x="{LEFT + width + 6:.1f}" y="{y + 10}" class="small">{said}</text>')
            y += ROW
        y += GAP - ROW
    floor = LEFT + UNIT
    line = f'<line x1="{floor}" y1="{HEAD - 8}" x2="{floor}" y2="{y}" stroke="#1f2933" stroke-dasharray="2 3"/>'
    style = (
        'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:#1f2933;font-size:11px}'
        ".head{font-weight:600;font-size:12px}.name{text-anchor:end;fill:#5b6773}.small{fill:#5b6773}"
        ".title{font-size:16px;font-weight:600}"
    )
    title = "Time of a render, as a share of one plain LAME stream of the same samples"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" aria-label="{title}">',
            f"<style>{style}</style>",
            f'<rect width="{WIDTH}" height="{y}" fill="#fbfaf7"/>',
            f'<text x="16" y="28" class="title">{title}</text>',
            f'<text x="16" y="48" class="small">{escape(machine)}; whole processes, start-up included</text>',
            line,
            *shapes,
            "</svg>",
            "",
        ]
    )


def main() -> None:
    """Write the picture."""
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(draw(document["rows"], document["machine"]), encoding="utf-8")
    print(TARGET)


if __name__ == "__main__":
    main()
