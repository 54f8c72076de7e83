"""Covers: what people see of a session in their podcast app."""

from __future__ import annotations

import functools
import io
import itertools

import pytest
from PIL import Image, ImageChops, ImageStat

from voiceguide import catalogue
from voiceguide.pages.cover import DEFAULT, MARGIN, MOTIFS, SIDE, cover, lettering, motif_of

BUNDLED = {
    "couples-evening": "couple",
    "desk-break": "desk",
    "feet": "feet",
    "full-back": "back",
    "full-body": "full body",
    "hands-forearms": "hands",
    "head-face": "head",
    "legs": "legs",
    "lower-back": "lower back",
    "neck-shoulders": "shoulders",
    "self-upper-back-ball": "ball",
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


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast of two colours by WCAG 2.1, 1 to 21."""

    def luminance(colour: tuple[int, int, int]) -> float:
        shares = [c / 255 for c in colour]
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


@pytest.mark.parametrize("motif", MOTIFS)
def test_words_and_figures_stand_out(motif):
    """A title has 7:1 on its ground (WCAG 1.4.6), minutes 4.5:1 (1.4.3), and a figure is seen on its disc."""
    palette = MOTIFS[motif].palette
    assert contrast(palette.figure, palette.ground) >= 7
    assert contrast(palette.minutes, palette.ground) >= 4.5
    assert contrast(palette.figure, palette.disc) >= 1.7


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


def drawn(text: str) -> Image.Image:
    """A line's letters, large."""
    mask = Image.new("L", (1600, 320))
    lettering.write(mask, text, 40, 220, 200)
    return mask


PAIRS = """äa öo üu ÄA ÖO ÜU ßs éeèe êe ëe ïi îi àa âa ùu ûu ôo çc ÉE ÀA ÇC œo æa ŒO áa íi óo úu ñn ÑN ¿? ¡! –- —– šs"""
"""Letters that the font lacks, each before one that it is like."""


@pytest.mark.parametrize("pair", PAIRS.split())
def test_letters_that_the_font_lacks_are_put_together(pair):
    """Each of the four languages' letters is writable, and looks like no other; an accent keeps its letter's width."""
    for letter, like in zip(pair[::2], pair[1::2], strict=True):
        assert lettering.writable(letter)
        assert drawn(letter).tobytes() != drawn(like).tobytes()
        if letter not in "ßœæŒ–—¿¡":
            assert lettering.width(letter, 100) == lettering.width(like, 100)


def test_an_accent_stands_over_its_letter():
    """Nothing of the letter itself changes, and the mark lies above it, over its middle."""
    mark = ImageChops.difference(drawn("é"), drawn("e")).getbbox()
    left, top, right, _ = drawn("e").getbbox()
    assert mark[3] <= top
    assert left < (mark[0] + mark[2]) / 2 < right
    dots = ImageChops.difference(drawn("ï"), drawn("i")).getbbox()
    assert dots[3] <= drawn("x").getbbox()[1] + 2


@pytest.mark.parametrize("title", ["עיסוי גב", "Back 💆", "Łódź", " \n"])
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
