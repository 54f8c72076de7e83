"""The picture of how long renders take is drawn to scale from the numbers of a run."""

from __future__ import annotations

from scripts_for_tests import loaded

from voiceguide.drawing.shapes import Box
from voiceguide.drawing.svg import svg

draw_bench = loaded("draw_bench")

ROWS = [
    {"minutes": 20, "bed": "none", "way": "plain", "wall": 4.0},
    {"minutes": 20, "bed": "none", "way": "warm", "wall": 1.0},
    {"minutes": 60, "bed": "rain", "way": "plain", "wall": 10.0},
    {"minutes": 60, "bed": "rain", "way": "pydub", "wall": 90.0},
]


def test_bars_are_shares_of_one_plain_stream() -> None:
    """By length and bed; a bar too long is cut, and its number is not."""
    sheet = draw_bench.draw(ROWS, "2 cores <of> something")
    bars = [shape.width for shape in sheet.picture if isinstance(shape, Box)]
    unit = draw_bench.UNIT
    assert bars == [unit / 4, unit, unit, draw_bench.LONGEST * unit]
    words = [run.text for run in sheet.runs]
    assert {"20 min, no bed", "60 min, over rain", "0.25 (1.0 s)", "9.00 (90.0 s)"} <= set(words)
    assert all(run.box[2] <= sheet.width and run.box[3] <= sheet.height for run in sheet.runs)
    assert "2 cores &lt;of&gt; something" in svg(sheet)
