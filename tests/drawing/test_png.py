"""A sheet as PNG: every shape in its pixels, and letters that can be told apart."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from voiceguide.drawing.png import drawn, encoded, png
from voiceguide.drawing.shapes import Box, Path, Run, Sheet, band, trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.drawing.shapes import Shape

RED, BLACK = "#ff0000", "#000000"


def pixels(*shapes: Shape, size: tuple[int, int] = (12, 12)) -> NDArray[np.uint8]:
    """The red of shapes on black, shape (height, width)."""
    return np.asarray(drawn(shapes, size, BLACK))[:, :, 0]


def ink(text: str, *, fixed: bool = False, bold: bool = False, size: float = 40) -> NDArray[np.uint8]:
    """A line's letters on a strip."""
    return pixels(Run(20, 70, text, size, RED, bold=bold, fixed=fixed), size=(400, 100))


def test_a_png_is_the_sheet_a_pixel_a_unit() -> None:
    """In colour, on its ground, with nothing else told in it; the same sheet gives the same bytes."""
    sheet = Sheet(20, 10, "t", "en", (Box(0, 0, 5, 5, RED),), (Box(5, 5, 1, 1, "#00ff00"),), ground="#fbfaf7")
    page = Image.open(io.BytesIO(png(sheet)))
    assert (page.format, page.mode, page.size, page.info) == ("PNG", "RGB", (20, 10), {})
    assert [page.getpixel(at) for at in ((4, 4), (5, 5), (19, 9))] == [(255, 0, 0), (0, 255, 0), (0xFB, 0xFA, 0xF7)]
    assert png(sheet) == png(sheet)
    assert encoded(page) == png(sheet)


@pytest.mark.parametrize(
    ("box", "rows", "columns"),
    [
        (Box(2, 3, 4, 5, RED), (3, 8), (2, 6)),
        (Box(2.4, 3.4, 4, 0.2, RED), (3, 4), (2, 6)),
        (Box(2.1, 3.1, 4, 0.2, RED), (3, 4), (2, 6)),
        (Box(2.1, 3.1, 0.2, 5, RED), (3, 8), (2, 3)),
        (Box(-5, 10, 50, 50, RED), (10, 12), (0, 12)),
    ],
    ids=["whole", "thin", "within a row", "within a column", "beyond"],
)
def test_a_box_fills_whole_pixels(box: Box, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """One at least, so that a thin line is sharp; what lies outside is cut off."""
    found = pixels(box)
    expected = np.zeros_like(found)
    expected[slice(*rows), slice(*columns)] = 255
    assert found.tolist() == expected.tolist()


def test_an_area_fills_what_it_encloses() -> None:
    """And a third of a pixel more at most."""
    found = pixels(Path(((2, 3), (6, 3), (6, 8), (2, 8)), RED))
    assert np.argwhere(found == 255).tolist() == [[y, x] for y in range(3, 8) for x in range(2, 6)]
    assert 20 <= found.sum() / 255 <= (4 + 1 / 3) * (5 + 1 / 3) + 0.1


def test_bands_and_traces_reach_where_they_say() -> None:
    """Column by column."""
    columns = pixels(*band(1, np.array([2.0, np.nan, 5.0]), np.array([4.0, 4.0, 6.0]), RED))
    assert [np.flatnonzero(columns[:, x] > 128).tolist() for x in range(5)] == [[], [2, 3], [], [5], []]
    line = pixels(*trace(2, np.full(6, 5.0), RED, 2.0)).astype(float) / 255
    assert line[:, 4].sum() == pytest.approx(2, abs=0.4)
    assert np.flatnonzero(line[:, 4] > 0.5).tolist() == [4, 5]


def test_an_outline_and_round_corners_are_drawn() -> None:
    """What a card's frames have."""
    found = pixels(Box(1, 1, 10, 10, None, RED, 1, 3))
    assert found[6, 6] == 0
    assert found[1, 6] > 0
    assert found[1, 1] == 0


def test_letters_differ_and_accents_stand_over_them() -> None:
    """Each letter has a shape of its own; an accent leaves its letter as it is."""
    texts = "".join(map(chr, range(33, 127))) + "äöüÄÖÜßàâçéèêëîïñóáíúåøæœÆŒŠž¿¡ŁșťЖщΩδ"
    assert len({ink(letter).tobytes() for letter in texts}) == len(texts)
    assert ink("e\N{COMBINING ACUTE ACCENT}").tobytes() == ink("é").tobytes()
    plain, umlaut = ink("o"), ink("ö")
    top = np.flatnonzero(plain.any(axis=1))[0]
    assert (umlaut[top:] == plain[top:]).all()
    assert umlaut[:top].any()


def test_what_has_no_letter_is_a_box() -> None:
    """All the same one."""
    assert ink("按").any()
    assert ink("按").tobytes() == ink("ש").tobytes()


def test_letters_stand_where_they_are_anchored() -> None:
    """Start, middle or end, on their line."""
    edges = {}
    for anchor in ("start", "middle", "end"):
        found = pixels(Run(100, 50, "HUH", 30, RED, anchor=anchor), size=(200, 60))
        columns = np.flatnonzero(found.any(axis=0))
        edges[anchor] = (columns[0], columns[-1])
        assert np.flatnonzero(found.any(axis=1))[-1] == pytest.approx(49, abs=1)
    assert edges["start"][0] == pytest.approx(100, abs=4)
    assert edges["end"][1] == pytest.approx(100, abs=4)
    assert sum(edges["middle"]) / 2 == pytest.approx(100, abs=2)


def test_letters_of_one_width_keep_to_their_room() -> None:
    """Broad ones are made smaller; others are not."""
    broad = Run(20, 70, "WWWW", 40, RED, fixed=True)
    assert np.flatnonzero(ink("WWWW", fixed=True).any(axis=0))[-1] <= broad.box[2]
    assert ink("till", fixed=True).tobytes() == ink("till").tobytes()


def test_bold_letters_are_bolder() -> None:
    """There is one weight of the font; its letters are drawn thicker."""
    assert ink("Massage", bold=True).sum() > 1.15 * ink("Massage").sum()


def test_text_at_the_edges_is_cut_and_does_not_fail() -> None:
    """Wherever it stands."""
    labels = [Run(x, y, "Text", 19, RED) for x in (-5, 6, 30) for y in (0, 4, 12, 40)]
    assert pixels(*labels).any()
