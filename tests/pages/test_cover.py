"""Covers: what people see of a session in their podcast app."""

from __future__ import annotations

import functools
import io
import itertools

import PIL
import pytest
from PIL import Image, ImageChops, ImageStat
from scripts_for_tests import loaded

from voiceguide import catalogue
from voiceguide.pages.cover import DEFAULT, MARGIN, MOTIFS, SIDE, VERSION, cover, drawn_by, fitted, lettering, motif_of

draw_covers = loaded("draw_covers")

BUNDLED = {
    "bedtime-back": "bedtime",
    "chest-neck-arms": "chest",
    "child-back-story": "child",
    "couples-evening": "couple",
    "desk-break": "desk",
    "feet": "feet",
    "first-time": DEFAULT,
    "first-time-self": DEFAULT,
    "full-back": "back",
    "full-body": "full body",
    "hands-forearms": "hands",
    "head-face": "head",
    "legs": "legs",
    "lower-back": "lower back",
    "neck-shoulders": "shoulders",
    "self-feet-calves": "feet",
    "self-hands-eyes": "hands",
    "self-upper-back-ball": "ball",
    "side-lying-back": "side",
    "upper-back": "upper back",
}


made = functools.cache(cover)
"""Each cover is drawn once for all tests."""


def opened(png: bytes) -> Image.Image:
    """The picture in a PNG."""
    return Image.open(io.BytesIO(png))


def words_box(title: str, minutes: str) -> tuple[int, int, int, int] | None:
    """The letters' box: where a cover is not its ground, below the drawing."""
    page = opened(made(title, minutes, DEFAULT))
    ground = Image.new("RGB", page.size, page.getpixel((0, 0)))
    lower = (0, 860, SIDE, SIDE)
    found = ImageChops.difference(page, ground).crop(lower).getbbox()
    return (found[0], found[1] + 860, found[2], found[3] + 860) if found else None


def colours(page: Image.Image, least: int = 1) -> set[object]:
    """The colours that so many of its pixels have."""
    return {colour for count, colour in page.getcolors(page.width * page.height) if count >= least}


def large_areas(page: Image.Image) -> set[object]:
    """Colours that are more than edges: those of a hundredth of a small cover."""
    return colours(page, 400)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.1, 1 to 21."""

    def luminance(colour: str) -> float:
        shares = [c / 255 for c in bytes.fromhex(colour[1:])]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_cover_is_a_square_png_that_a_feed_takes(motif):
    """1400 pixels a side, in colour, and small."""
    png = made("", "", motif)
    page = opened(png)
    assert (page.format, page.mode, page.size) == ("PNG", "RGB", (1400, 1400))
    assert not page.info, "no date, no text"
    assert len(png) < 120_000


def test_the_same_session_has_the_same_cover():
    """Byte for byte, and small with its words too."""
    words = ("Massage für Nacken und Schultern", "15 Minuten", "shoulders")
    assert cover(*words) == made(*words)
    assert len(made(*words)) < 120_000


def test_every_bundled_routine_has_a_drawing_of_its_own():
    """Its tags find it."""
    found = {entry["name"]: motif_of(entry["tags"]) for entry in catalogue.listed()[0]}
    assert found == BUNDLED


def test_no_two_drawings_look_alike_in_a_list():
    """At 64 pixels, without a word, any two differ in shape or colours: by a sixteenth of the scale on average."""
    small = [opened(made("", "", name)).resize((64, 64), Image.Resampling.LANCZOS) for name in MOTIFS]
    for one, other in itertools.combinations(small, 2):
        assert max(ImageStat.Stat(ImageChops.difference(one, other)).mean) > 16


def test_a_cover_looks_as_its_version_says():
    """Within what another Pillow may draw otherwise: the covers that are kept were drawn so.

    After a change that is meant, raise `VERSION` in voiceguide/pages/cover and run `scripts/draw_covers.py`.
    """
    kept = Image.open(draw_covers.FOLDER / f"{VERSION}.png")
    assert [path.name for path in draw_covers.FOLDER.iterdir()] == [f"{VERSION}.png"]
    now = draw_covers.drawn()
    assert max(high for _, high in ImageChops.difference(now, kept).getextrema()) <= 12
    assert large_areas(now) <= colours(kept)
    assert large_areas(kept) <= colours(now)


def test_what_draws_a_cover_is_named():
    """Its version, and Pillow's."""
    assert drawn_by() == (VERSION, PIL.__version__)


@pytest.mark.parametrize("motif", MOTIFS)
def test_words_stand_out(motif):
    """A title has 7:1 on its ground (WCAG 1.4.6), minutes 4.5:1 (1.4.3)."""
    palette = MOTIFS[motif].palette
    assert contrast(palette.figure, palette.ground) >= 7
    assert contrast(palette.minutes, palette.ground) >= 4.5


@pytest.mark.parametrize(
    "title",
    [
        "Feet",
        "Masaje para la parte alta de la espalda",
        "Ganzkörper-Entspannungsmassage mit Handtuch, Öl und ganz viel Ruhe für lange Winterabende zu zweit",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenmassage",
        "word " * 120,
        "W" * 400,
    ],
    ids=["short", "spanish", "long", "one long word", "very long", "unbroken"],
)
def test_no_letter_is_cut_off(title):
    """Words of any length stay inside the margins, clear of the drawing and of the picture's edge."""
    left, top, right, bottom = words_box(title, "1 h 15 min")
    assert left >= MARGIN - 2
    assert right <= SIDE - MARGIN + 2
    assert top >= 880
    assert bottom <= SIDE - 40


def test_every_letter_of_a_title_is_written():
    """Broken into lines, no word is lost; a word wider than a line goes on in the next."""
    text = "Massage für den oberen Rücken"
    assert " ".join(lettering.balanced(text, 150, 1220)) == text
    parts = lettering.balanced("M" * 40, 150, 1220)
    assert "".join(parts) == "M" * 40
    assert all(lettering.width(part, 150) <= 1220 for part in parts)


def test_a_long_word_is_kept_whole_where_letters_stay_large():
    """Smaller letters before a word in two parts; one that no letters keep whole is broken."""
    room = SIDE - 2 * MARGIN
    for title in ("Ganzkörper-Entspannungsmassage mit Öl", "Masaje de hombros"):
        lines, size, _ = fitted(title)
        assert " ".join(lines) == title
        assert size >= 64
        assert all(lettering.width(line, size) <= room for line in lines)
    lines, size, _ = fitted("Donaudampfschifffahrtsgesellschaftskapitänsmützenmassage")
    assert len(lines) > 1
    assert size >= 64


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("  Füße \n & Hände ", "Füße & Hände"),
        ("Ru\N{COMBINING DIAERESIS}cken", "Rücken"),
        ("Mas\N{SOFT HYPHEN}sage", "Massage"),
        ("l’épaule\N{NO-BREAK SPACE}!", "l’épaule !"),
        ("Łódź, Вечер, Ώμος", "Łódź, Вечер, Ώμος"),
        ("עיסוי", None),
        (" \n", None),
    ],
)
def test_a_title_is_written_in_one_font(title, written):
    """On one line, letters and accents as one; a text with any that the font lacks is not written."""
    assert lettering.written(title) == written


@pytest.mark.parametrize("title", ["עיסוי גב", "Back 💆", "背部按摩", " \n"])
def test_a_title_that_cannot_be_written_is_left_out(title):
    """No boxes: the drawing is larger instead, and the minutes stay."""
    png = cover(title, "9 min", "back")
    assert png == made("", "9 min", "back")
    assert png not in (made("", "", "back"), made("Back", "9 min", "back"))


def test_minutes_that_cannot_be_written_are_left_out():
    """They are the caller's words."""
    assert made("Back", "9 דקות", "back") == made("Back", "", "back")


@pytest.mark.parametrize(
    ("tags", "motif"),
    [
        ((), DEFAULT),
        (("evening", "oil"), DEFAULT),
        (("Rücken", "Schultern"), "upper back"),
        (("espalda", "caderas"), "lower back"),
        (("dos",), "back"),
        (("back", "hips", "shoulders"), "back"),
        (("FEET", "back"), "feet"),
        (("foot massage",), "feet"),
        (("back", "couple"), "couple"),
        (("legs", "full body"), "full body"),
        (("shoulders", "back"), "shoulders"),
        (("<b>", "", "  "), DEFAULT),
    ],
)
def test_tags_choose_the_drawing(tags, motif):
    """The first part of the body that a tag names, in any of the four languages; some say more than a part."""
    assert motif_of(tags) == motif
    assert motif in MOTIFS
