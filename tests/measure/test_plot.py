"""Pictures of measured files: every text is escaped, SVG and PNG agree, and what is drawn is what was measured."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
from PIL import Image
from timelines_for_tests import made

from voiceguide.drawing.png import png
from voiceguide.drawing.shapes import Box, Sheet
from voiceguide.drawing.shapes import Path as Line
from voiceguide.drawing.svg import svg
from voiceguide.errors import UsageError
from voiceguide.measure import measure
from voiceguide.measure.plot import LEFT, SPAN, bytes_of, check_suffix, draw, reduced

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from voiceguide.measure.model import Measurement

RATE = 44_100
EVIL = '<script>alert("1")</script> & \x1b[31m\x00'
SVG = "{http://www.w3.org/2000/svg}"


BED, VOICE, WHOLE = "#3f8757", "#2f6690", "#9aa5b1"


def pixels(data: bytes) -> NDArray[np.uint8]:
    """Read a PNG, shape (height, width, 3)."""
    return np.asarray(Image.open(io.BytesIO(data)))


def level(sheet: Sheet, colour: str) -> NDArray[np.float64]:
    """The height of a level's line in every column; no number where there is none."""
    found = np.full(SPAN, np.nan)
    for shape in sheet.picture:
        if isinstance(shape, Line) and shape.weight and shape.colour == colour:
            for x, y in shape.points:
                found[int(x - LEFT)] = y
    return found


def heights(sheet: Sheet, colour: str) -> NDArray[np.float64]:
    """How high an area is in every column; no number where there is none."""
    found = np.full(SPAN, np.nan)
    for shape in sheet.picture:
        if isinstance(shape, Line) and not shape.weight and shape.colour == colour:
            tops, bottoms = np.split(np.array(shape.points), 2)
            first = int(tops[0, 0]) - LEFT
            found[first : first + len(tops) // 2] = (bottoms[::-1, 1] - tops[:, 1])[::2]
    return found


def clip(track: str, start: float, end: float) -> dict[str, object]:
    """A clip of a timeline."""
    place = {"track": track, "role": "step", "start": start, "end": end}
    if track != "narration":
        return {**place, "sound": "step"}
    return {**place, "text": "words", "sentences": [{"start": start, "end": end, "text": "words"}]}


def measured(tmp_path: Path, *, title: str = "One", planned: bool = True, bed: bool = True) -> Measurement:
    """Measure ten seconds: noise at -30 dBFS, twenty dB louder from 4 s to 6 s, where a voice is planned."""
    sound = np.random.default_rng(0).standard_normal((10 * RATE, 2)) * 10 ** (-30 / 20)
    sound[4 * RATE : 6 * RATE] *= 10
    soundfile.write(tmp_path / "a.wav", sound, RATE, "PCM_24")
    clips = [clip("narration", 4.0, 6.0), clip("chime", 7.0, 8.0), *([clip("bed", 0.0, 10.0)] if bed else [])]
    chapters = [{"title": title, "start": 0.0, "end": 5.0}, {"title": "Zwei Hände", "start": 5.0, "end": 10.0}]
    timeline = made(duration=10.0, chapters=chapters, clips=clips)
    return measure(tmp_path / "a.wav", timeline if planned else None)


def test_an_svg_is_well_formed_and_every_text_in_it_escaped(tmp_path):
    data = svg(draw(measured(tmp_path, title=EVIL), f"{EVIL}.wav"))
    root = ElementTree.fromstring(data)  # noqa: S314 (written here)
    assert {element.tag for element in root.iter()} == {
        f"{SVG}{tag}" for tag in ("svg", "title", "rect", "path", "text", "g")
    }
    assert "<script" not in data
    assert "\x1b" not in data
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert any(text is not None and text.startswith('<script>alert("1")</script> & ') for text in texts)
    assert "Zwei Hände" in texts
    assert root.findtext(f"{SVG}title") is not None


def test_a_png_has_the_pictures_size_ground_and_colours(tmp_path):
    sheet = draw(measured(tmp_path), "a.wav")
    found = pixels(png(sheet))
    assert found.shape == (sheet.height, sheet.width, 3)
    assert tuple(found[-1, -1]) == (0xFB, 0xFA, 0xF7)
    drawn = {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in np.unique(found.reshape(-1, 3), axis=0)}
    areas = {shape.fill for shape in sheet.picture if isinstance(shape, Box)}
    assert drawn >= {sheet.ground, WHOLE} | areas


def test_the_levels_are_drawn_where_they_are_heard(tmp_path):
    """The voice from 4 s to 6 s, the bed elsewhere but under the chime; 20 LU apart."""
    sheet = draw(measured(tmp_path), "a.wav")
    bed, voice = level(sheet, BED), level(sheet, VOICE)
    at = (np.arange(SPAN) + 0.5) * 10 / SPAN
    assert np.isfinite(voice[(at > 4.02) & (at < 5.98)]).all()
    assert np.isnan(voice[(at < 3.98) | (at > 6.02)]).all()
    assert np.isnan(bed[(at > 3.92) & (at < 6.08) | (at > 7.02) & (at < 7.98)]).all()
    assert np.isfinite(bed[(at < 3.88) | (at > 8.02)]).all()
    units_a_lu = 150 / 60
    assert (np.nanmedian(bed) - np.nanmedian(voice)) / units_a_lu == pytest.approx(20, abs=0.3)


def test_the_waveform_is_the_samples_outline(tmp_path):
    sheet = draw(measured(tmp_path), "a.wav")
    whole, spoken = heights(sheet, WHOLE), heights(sheet, VOICE)
    assert np.isfinite(whole).all()
    at = (np.arange(SPAN) + 0.5) * 10 / SPAN
    inside = (at > 4.02) & (at < 5.98)
    assert whole[inside].mean() == pytest.approx(10 * whole[at < 3.9].mean(), rel=0.25)
    assert (np.isfinite(spoken) == (at > 4.0) & (at < 6.0)).mean() > 0.99


def test_without_a_timeline_there_is_one_level_and_no_voice(tmp_path):
    sheet = draw(measured(tmp_path, planned=False), "a.wav")
    assert np.isfinite(level(sheet, VOICE)).all()
    assert np.isnan(level(sheet, BED)).all()
    assert np.isnan(heights(sheet, VOICE)).all()
    assert {run.text for run in sheet.runs} >= {"loudness", "-16 LUFS", "0:05"}


def test_a_click_is_marked_where_it_is(tmp_path):
    sound = np.random.default_rng(0).standard_normal((4 * RATE, 2)) * 1e-3
    sound[RATE] = 0.5
    soundfile.write(tmp_path / "a.wav", sound, RATE)
    shapes = draw(measure(tmp_path / "a.wav"), "a.wav").picture
    marks = [shape.x for shape in shapes if isinstance(shape, Box) and shape.fill == "#c22f2f" and shape.height > 50]
    assert marks == [pytest.approx(LEFT + SPAN / 4, abs=2)]


def test_files_of_any_length_can_be_drawn(tmp_path):
    for frames in (1, 30, 4000):
        soundfile.write(tmp_path / "a.wav", np.full((frames, 1), 0.1), 8000)
        picture = draw(measure(tmp_path / "a.wav"), "a.wav")
        ElementTree.fromstring(svg(picture))  # noqa: S314 (written here)
        assert pixels(png(picture)).shape[1] == picture.width


def test_the_suffix_picks_the_format(tmp_path):
    picture = Sheet(10, 10, "t", "en", ())
    assert bytes_of(picture, PurePath("a.PNG")) == png(picture)
    assert bytes_of(picture, PurePath("a.svg")) == svg(picture).encode()
    for name in ("a.jpg", "a"):
        with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
            check_suffix(PurePath(name))
        with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
            bytes_of(picture, PurePath(name))


def test_the_same_measurement_gives_the_same_bytes(tmp_path):
    one, other = (draw(measured(tmp_path), "a.wav") for _ in range(2))
    assert svg(one) == svg(other)
    assert png(one) == png(other)


def test_columns_put_together_what_falls_into_them():
    values = np.arange(SPAN * 3, dtype=np.float64)
    assert reduced(values, np.maximum).tolist() == list(range(2, SPAN * 3, 3))
    few = reduced(np.array([1.0, 2.0]), np.add)
    assert few.tolist() == [1.0] * (SPAN // 2) + [2.0] * (SPAN // 2)
