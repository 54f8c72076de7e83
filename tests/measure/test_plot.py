"""Pictures of measured files: every text is escaped, SVG and PNG agree, and what is drawn is what was measured."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import numpy as np
import pytest
import soundfile
from timelines_for_tests import made

from voiceguide.drawing.plotletters import ABOVE, HEIGHT, dots
from voiceguide.drawing.plotshapes import Band, Box, Curve, Label, Picture, columns, fitted
from voiceguide.drawing.plotsvg import svg
from voiceguide.drawing.png import png
from voiceguide.errors import UsageError
from voiceguide.measure import measure
from voiceguide.measure.plot import LEFT, SPAN, bytes_of, check_suffix, draw, reduced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.measure.model import Measurement

RATE = 44_100
EVIL = '<script>alert("1")</script> & \x1b[31m\x00'
SVG = "{http://www.w3.org/2000/svg}"


def pixels(data: bytes) -> NDArray[np.uint8]:
    """Read a PNG as written here, shape (height, width, 3), its checksums held against its chunks."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, at = {}, 8
    while at < len(data):
        size, name = struct.unpack(">I4s", data[at : at + 8])
        chunks[name] = data[at + 8 : at + 8 + size]
        (checksum,) = struct.unpack(">I", data[at + 8 + size : at + 12 + size])
        assert checksum == zlib.crc32(name + chunks[name])
        at += 12 + size
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, depth, kind, *rest = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, kind, rest) == (8, 2, [0, 0, 0])
    rows = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(height, 1 + 3 * width)
    assert set(rows[:, 0]) == {2}, "each row is the difference from the one above"
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).reshape(height, width, 3)


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
        f"{SVG}{tag}" for tag in ("svg", "title", "rect", "path", "text")
    }
    assert b"<script" not in data
    assert b"\x1b" not in data
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert any(text is not None and text.startswith('<script>alert("1")</script> & ') for text in texts)
    assert "Zwei Hände" in texts
    assert root.findtext(f"{SVG}title") is not None


def test_a_png_has_the_pictures_size_ground_and_colours(tmp_path):
    picture = draw(measured(tmp_path), "a.wav")
    found = pixels(png(picture))
    assert found.shape == (picture.height, picture.width, 3)
    assert tuple(found[-1, -1]) == (0xFB, 0xFA, 0xF7)
    drawn = {f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in np.unique(found.reshape(-1, 3), axis=0)}
    assert drawn == {picture.ground} | {shape.colour for shape in picture.shapes}


def test_the_levels_are_drawn_where_they_are_heard(tmp_path):
    """The voice from 4 s to 6 s, the bed elsewhere but under the chime; 20 LU apart."""
    bed, voice = (shape for shape in draw(measured(tmp_path), "a.wav").shapes if isinstance(shape, Curve))
    at = (np.arange(SPAN) + 0.5) * 10 / SPAN
    assert np.isfinite(voice.y[(at > 4.02) & (at < 5.98)]).all()
    assert np.isnan(voice.y[(at < 3.98) | (at > 6.02)]).all()
    assert np.isnan(bed.y[(at > 3.92) & (at < 6.08) | (at > 7.02) & (at < 7.98)]).all()
    assert np.isfinite(bed.y[(at < 3.88) | (at > 8.02)]).all()
    units_a_lu = 150 / 60
    assert (np.nanmedian(bed.y) - np.nanmedian(voice.y)) / units_a_lu == pytest.approx(20, abs=0.3)


def test_the_waveform_is_the_samples_outline(tmp_path):
    found = measured(tmp_path)
    whole, spoken = (shape for shape in draw(found, "a.wav").shapes if isinstance(shape, Band))
    heights = whole.bottom - whole.top
    assert np.isfinite(heights).all()
    at = (np.arange(SPAN) + 0.5) * 10 / SPAN
    inside = (at > 4.02) & (at < 5.98)
    assert heights[inside].mean() == pytest.approx(10 * heights[at < 3.9].mean(), rel=0.25)
    assert (np.isfinite(spoken.top) == (at > 4.0) & (at < 6.0)).mean() > 0.99


def test_without_a_timeline_there_is_one_level_and_no_voice(tmp_path):
    shapes = draw(measured(tmp_path, planned=False), "a.wav").shapes
    (level,) = (shape for shape in shapes if isinstance(shape, Curve))
    assert np.isfinite(level.y).all()
    assert {shape.text for shape in shapes if isinstance(shape, Label)} >= {"loudness", "-16 LUFS", "0:05"}


def test_a_click_is_marked_where_it_is(tmp_path):
    sound = np.random.default_rng(0).standard_normal((4 * RATE, 2)) * 1e-3
    sound[RATE] = 0.5
    soundfile.write(tmp_path / "a.wav", sound, RATE)
    shapes = draw(measure(tmp_path / "a.wav"), "a.wav").shapes
    marks = [shape.x for shape in shapes if isinstance(shape, Box) and shape.colour == "#c22f2f" and shape.height > 50]
    assert marks == [pytest.approx(LEFT + SPAN / 4, abs=2)]


def test_files_of_any_length_can_be_drawn(tmp_path):
    for frames in (1, 30, 4000):
        soundfile.write(tmp_path / "a.wav", np.full((frames, 1), 0.1), 8000)
        picture = draw(measure(tmp_path / "a.wav"), "a.wav")
        ElementTree.fromstring(svg(picture))  # noqa: S314 (written here)
        assert pixels(png(picture)).shape[1] == picture.width


def test_the_suffix_picks_the_format(tmp_path):
    picture = Picture(10, 10, "t", "#ffffff", ())
    assert bytes_of(picture, Path("a.PNG")) == png(picture)
    assert bytes_of(picture, Path("a.svg")) == svg(picture)
    for name in ("a.jpg", "a"):
        with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
            check_suffix(Path(name))
        with pytest.raises(UsageError, match=r"ends in \.svg or \.png"):
            bytes_of(picture, Path(name))


def test_the_same_measurement_gives_the_same_bytes(tmp_path):
    one, other = (draw(measured(tmp_path), "a.wav") for _ in range(2))
    assert svg(one) == svg(other)
    assert png(one) == png(other)


def test_columns_and_curves_reach_where_they_say():
    top = np.array([2.0, np.nan, 5.0])
    shapes = (
        Band(1, top, np.array([4.0, 4.0, 5.0]), "#ff0000"),
        Curve(5, np.array([2.0, 6.0, np.nan]), "#0000ff", 2.0),
    )
    found = pixels(png(Picture(8, 9, "t", "#000000", shapes)))
    assert [np.flatnonzero(found[:, x, 0]).tolist() for x in (1, 2, 3)] == [[2, 3], [], [5]]
    assert [np.flatnonzero(found[:, x, 2]).tolist() for x in (5, 6, 7)] == [[1, 2, 3, 4], [3, 4, 5, 6], []]


def test_text_at_the_pictures_edges_is_cut_and_does_not_fail():
    labels = tuple(Label(x, y, "Text", "#ff0000", 2) for x in (-5, 6, 30) for y in (0, 4, 12, 40))
    assert pixels(png(Picture(20, 20, "t", "#000000", labels)))[:, :, 0].any()


def test_letters_differ_and_accents_stand_over_them():
    texts = "".join(map(chr, range(33, 127))) + "äöüÄÖÜßàâçéèêëîïñóáíúåøæœÆŒŠž¿¡"
    drawn = {letter: grid.tobytes() for letter, grid in dots(texts)}
    assert len(drawn) == len(texts)
    assert len(set(drawn.values())) == len(texts)
    (_, plain), (_, umlaut) = dots("oö")
    assert (umlaut & plain).sum() == plain.sum()
    assert umlaut[: ABOVE + 1].sum() == 2
    (_, capital), (_, accented) = dots("EÉ")
    assert not capital[:ABOVE].any()
    assert accented[:ABOVE].any()
    (_, dotted), (_, circumflex) = dots("iî")
    assert dotted[ABOVE].sum() == 1
    assert circumflex[ABOVE + HEIGHT - 1].tolist() == dotted[ABOVE + HEIGHT - 1].tolist()


def test_what_has_no_letter_is_a_box_and_east_asian_text_takes_two_widths():
    (_, box), (_, other) = dots("按Ж")
    assert box.tolist() == other.tolist()
    assert columns("按压 ä") == 6
    assert fitted("按压背部", 6 * 5) == "按压…"


@pytest.mark.parametrize(("room", "expected"), [(14, "Gentle strokes"), (13, "Gentle strok…"), (4, "Gen…"), (3, "")])
def test_texts_are_cut_to_fit(room, expected):
    assert fitted("Gentle strokes", room * 6) == expected


def test_columns_put_together_what_falls_into_them():
    values = np.arange(SPAN * 3, dtype=np.float64)
    assert reduced(values, np.maximum).tolist() == list(range(2, SPAN * 3, 3))
    few = reduced(np.array([1.0, 2.0]), np.add)
    assert few.tolist() == [1.0] * (SPAN // 2) + [2.0] * (SPAN // 2)
