"""Draw the README's picture of a session: `python scripts/draw_timeline.py [ROUTINE] [--length L] [-o FILE.svg]`.

The plan is the program's own, by the default voice's estimates alone, so that every machine draws the same file. Run it
in the project's environment when the bundled routine or the phrases change. The picture has its own ground and needs no
font: it reads on light and dark pages.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

# scripts/voiceguide.py stands beside this file and would be imported in the package's place.
sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.durations import clock
from voiceguide.text.markup import escaped
from voiceguide.timeline import explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.timeline import Timeline
    from voiceguide.timeline.explain import Row, Span

WIDTH = 880
"""Units; about the pixels of a README."""
LEFT = 206
"""Where bars start: labels stand left of it."""
RIGHT = 20
TOP = 84
ROW = 38
"""Height of a row: the voice's lane above the hands'."""
FOOT = 44
LABEL = 26
"""Columns of a terminal, in which letters' widths are counted; a longer label is cut."""

STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds from one line of the ruler to the next."""
CLOSEST = 58
"""Units: lines of the ruler stand at least this far apart."""

STYLE = """
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: #1f2933; }
.head { font-size: 17px; font-weight: 600; }
.label { font-size: 13px; font-weight: 500; }
.small { font-size: 11px; fill: #5b6773; }
.ground { fill: #fbfaf7; stroke: #d9d5cb; }
.line { stroke: #e3dfd5; }
.between { fill: #dad5c7; }
.hands { fill: #b9d3c2; }
.press { fill: #c0692b; }
.release { fill: #e8b98f; }
.out { fill: #5f9c83; }
.back { fill: #95bfa9; }
.voice { fill: #2f6690; }
.ring { fill: #d8c3e4; }
.sound { fill: #8e4fae; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6e9ec; }
  .small { fill: #a3afba; }
  .ground { fill: #171b20; stroke: #343b44; }
  .line { stroke: #2a3038; }
  .between { fill: #434b55; }
  .hands { fill: #3c6350; }
  .press { fill: #e08a4a; }
  .release { fill: #8a5a35; }
  .out { fill: #5fa487; }
  .back { fill: #4a7d68; }
  .voice { fill: #6fb1e0; }
  .ring { fill: #553a66; }
  .sound { fill: #c58be3; }
}
"""

LEGEND = (
    ("voice", "voice"),
    ("sound", "a sound, and its ring"),
    ("hands", "hands only"),
    ("press", "press"),
    ("release", "release"),
    ("out", "stroke out"),
    ("back", "and back"),
    ("between", "lead-in, changeover, waiting"),
)


def drawn(timeline: Timeline) -> str:
    """Return the picture of a session as an SVG document."""
    rows = explain.rows(timeline)
    longest = max(row.seconds for row in rows)
    scale = (WIDTH - LEFT - RIGHT) / longest
    height = TOP + ROW * len(rows) + FOOT
    title = explain.plain(f"{timeline.title}: a session of {clock(timeline.duration)}")
    told = f"Each of the {len(rows)} rows is a part of the session, drawn to scale: voice above, hands below."
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
        ' role="img" aria-labelledby="title told">',
        f'<title id="title">{escaped(title)}</title>',
        f'<desc id="told">{escaped(told)}</desc>',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="10"/>',
        _text(20, 32, "head", title),
        *_ruler(longest, scale, TOP + ROW * len(rows)),
    ]
    for number, row in enumerate(rows):
        lines += _row(row, TOP + ROW * number, scale)
    lines += [*_legend(rows, height - 18), "</svg>", ""]
    return "\n".join(lines)


def _ruler(longest: float, scale: float, bottom: int) -> Iterator[str]:
    """Thin lines at round times, counted from the start of a row."""
    step = next((step for step in STEPS if step * scale >= CLOSEST), STEPS[-1])
    for number in range(int(longest / step) + 1):
        x = LEFT + number * step * scale
        yield f'<line class="line" x1="{x:.1f}" y1="{TOP - 12}" x2="{x:.1f}" y2="{bottom}"/>'
        yield _text(x, TOP - 18, "small", clock(number * step), "middle" if number else "start")


def _row(row: Row, top: int, scale: float) -> Iterator[str]:
    """A row: its label, and its bar in two lanes."""
    label = row.label if cell_len(row.label) <= LABEL else f"{set_cell_size(row.label, LABEL - 1)}…"
    yield _text(20, top + 15, "label", label)
    yield _text(20, top + 29, "small", f"at {clock(row.start)}, lasts {clock(row.seconds)}")
    yield _bar("between", row, row.start, row.end, top + 18, 10, scale)
    for span in row.spans:
        yield _span(span, row, top, scale)


def _span(span: Span, row: Row, top: int, scale: float) -> str:
    """What fills a part of a row: sounds and voice in the upper lane, the hands in the lower."""
    if span.kind == "sound":
        x = LEFT + (span.start - row.start) * scale
        return f'<path class="sound" d="M{x:.1f} {top + 1}l4.5 5.5l-4.5 5.5l-4.5 -5.5z"/>'
    at, thick = {"voice": (4, 12), "ring": (8, 4)}.get(span.kind, (18, 10))
    return _bar(span.kind, row, span.start, span.end, top + at, thick, scale)


def _bar(kind: str, row: Row, start: float, end: float, y: float, height: float, scale: float) -> str:
    x = LEFT + (start - row.start) * scale
    return f'<rect class="{kind}" x="{x:.1f}" y="{y}" width="{(end - start) * scale:.1f}" height="{height}"/>'


def _legend(rows: Iterable[Row], y: int) -> Iterator[str]:
    x = LEFT
    has_strokes = any(row.strokes for row in rows)
    for kind, name in LEGEND:
        if kind in ("out", "back") and not has_strokes:
            continue
        if kind == "sound":
            yield f'<path class="sound" d="M{x + 6} {y - 9}l4.5 5.5l-4.5 5.5l-4.5 -5.5z"/>'
        else:
            yield f'<rect class="{kind}" x="{x}" y="{y - 9}" width="12" height="10"/>'
        yield _text(x + 17, y, "small", name)
        x += 38 + round(5.6 * len(name))


def _text(x: float, y: float, kind: str, text: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escaped(text)}</text>'


def main(arguments: list[str] | None = None) -> None:
    """Draw one routine's plan."""
    parser = argparse.ArgumentParser(description="Draw a session as an SVG picture, without speaking.")
    parser.add_argument("routine", nargs="?", default="upper-back", help="a bundled name, or a file")
    parser.add_argument("--length", default="full", help="short, full or a total, as 15m")
    parser.add_argument("-o", "--output", type=Path, help="by default docs/ROUTINE.svg here")
    asked = parser.parse_args(arguments)
    from voiceguide.errors import VoiceguideError
    from voiceguide.session import load, plan

    with TemporaryDirectory() as empty:
        os.environ["VOICEGUIDE_CACHE"] = empty  # takes spoken here before would be measured, and draw another picture
        try:
            routine = load(asked.routine)
            picture = drawn(plan(routine, length=asked.length))
        except VoiceguideError as error:
            sys.exit(str(error))
    output = asked.output or Path(__file__).parents[1] / "docs" / f"{routine.name}.svg"
    output.write_text(picture, "utf-8", newline="\n")
    print(output)


if __name__ == "__main__":
    main()
