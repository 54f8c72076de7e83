"""The README's picture is the bundled routine's real plan, to scale, and a whole and harmless SVG."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from scripts_for_tests import loaded
from timelines_for_tests import CHOICES

from voiceguide.timeline import Chapter, Clip, Round, Slot, Timeline

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CHECKOUT = Path(__file__).parents[2]
SCRIPT = CHECKOUT / "scripts" / "draw_timeline.py"
SVG = "{http://www.w3.org/2000/svg}"


draw_timeline = loaded("draw_timeline")


def _session(name: str = "Thumbs") -> Timeline:
    held = (Round((30.0, 35.0), (35.0, 38.0)),)
    return Timeline(
        generator="voiceguide 0",
        routine="back",
        title=name,
        summary="",
        audience="giver",
        length="full",
        setup=None,
        talk="full",
        language="en",
        voice="tone:steady",
        pace=135,
        bed=None,
        choices=CHOICES,
        duration=100.0,
        estimated=True,
        chapters=(
            Chapter("Opening", 0.0, 20.0),
            Chapter(name, 20.0, 100.0, step=1, group=name, slots=(Slot(name, 24.0, 100.0, held),)),
        ),
        clips=(
            Clip("narration", "title", 1.0, 11.0, text="x"),
            Clip("chime", "step", 20.0, 23.0, step=1, sound="step"),
            Clip("narration", "instruction", 24.0, 29.0, step=1, text="x"),
        ),
    )


def _drawn(session: Timeline) -> Element:
    return ElementTree.fromstring(draw_timeline.drawn(session))  # noqa: S314 (our own output)


def _bars(picture: Element, kind: str) -> list[tuple[float, float]]:
    """(x, width) of a kind's bars, the legend's swatch aside."""
    bars = [bar for bar in picture.iter(f"{SVG}rect") if bar.get("class") == kind]
    return [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in bars][:-1]


def test_bars_are_to_scale() -> None:
    """The longest row fills the width, and every bar starts and lasts by one scale."""
    picture = _drawn(_session())
    (opening, step) = _bars(picture, "between")
    scale = step[1] / 80.0
    assert step[0] + step[1] == draw_timeline.WIDTH - draw_timeline.RIGHT
    for found, start, seconds in (
        (opening, 0.0, 20.0),
        (_bars(picture, "voice")[0], 1.0, 10.0),
        (_bars(picture, "voice")[1], 4.0, 5.0),
        (_bars(picture, "hands")[0], 4.0, 76.0),
        (_bars(picture, "press")[0], 10.0, 5.0),
        (_bars(picture, "release")[0], 15.0, 3.0),
    ):
        assert abs(found[0] - draw_timeline.LEFT - start * scale) <= 0.1
        assert abs(found[1] - seconds * scale) <= 0.1


def test_every_sound_has_its_mark() -> None:
    """One mark for each sound, and one in the legend."""
    marks = [mark for mark in _drawn(_session()).iter(f"{SVG}path") if mark.get("class") == "sound"]
    assert len(marks) == 1 + 1


@given(st.text())
def test_any_title_is_text(name: str) -> None:
    """No title breaks the document, adds an element to it, or runs into the bars."""
    plain, named = _drawn(_session()), _drawn(_session(name))
    assert [element.tag for element in named.iter()] == [element.tag for element in plain.iter()]
    labels = [text.text or "" for text in named.iter(f"{SVG}text") if text.get("class") == "label"]
    assert all(cell_len(label) <= draw_timeline.LABEL for label in labels)


def test_a_title_with_markup_is_escaped() -> None:
    """Markup in a title is shown as it was written."""
    heading = next(text for text in _drawn(_session("<b>&amp;</b>")).iter(f"{SVG}text"))
    assert heading.text == "<b>&amp;</b>: a session of 1:40"


def test_picture_stands_alone() -> None:
    """It has a ground of its own in light and dark, colours for all it draws in both, and fetches nothing."""
    svg = draw_timeline.drawn(_session())
    light, dark = draw_timeline.STYLE.split("@media (prefers-color-scheme: dark)")
    for kind in set(re.findall(r'<(?:rect|path|line) class="(\w+)"', svg)):
        assert f".{kind} {{" in light
        assert f".{kind} {{" in dark
    ground = next(_drawn(_session()).iter(f"{SVG}rect"))
    assert ground.get("class") == "ground"
    assert float(ground.get("width", "")) == draw_timeline.WIDTH - 1
    assert not re.search(r"url\(|@import|@font-face|href|<script|<image", svg)


def test_the_committed_picture_shows_the_bundled_routine(tmp_path: Path) -> None:
    """docs/upper-back.svg has today's rows and total; after a change: `python scripts/draw_timeline.py`."""
    new = tmp_path / "new.svg"
    subprocess.run([sys.executable, SCRIPT, "-o", new], check=True, capture_output=True, cwd=tmp_path)

    def told(file: Path) -> list[str | None]:
        texts = ElementTree.parse(file).iter(f"{SVG}text")  # noqa: S314 (our own output)
        return [text.text for text in texts if text.get("class") in ("head", "label")]

    assert told(CHECKOUT / "docs" / "upper-back.svg") == told(new)
