"""The font that is shipped: its letters, its licence, and its place in a picture."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from scripts_for_tests import loaded

from voiceguide.drawing import font

make_font = loaded("make_font")


@pytest.fixture(scope="module")
def shipped() -> TTFont:
    """The file, read by another reader than ours."""
    return TTFont(font.FILE)


def test_the_font_is_what_the_script_makes(shipped: TTFont) -> None:
    """Just its letters, small enough to be carried by everybody."""
    assert font.FILE == make_font.FONT
    assert shipped.getBestCmap().keys() == make_font.LETTERS
    assert font.FILE.stat().st_size < 150_000


def test_the_font_may_be_passed_on(shipped: TTFont) -> None:
    """Its licence lies beside it, is the one that the font names, and reserves no name."""
    licence = make_font.LICENCE.read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Inter Project Authors" in licence
    assert "with Reserved Font Name" not in licence
    assert "SIL Open Font License, Version 1.1" in shipped["name"].getDebugName(13)


@pytest.mark.parametrize(
    "text",
    [
        "Massage für den oberen Rücken: Füße, Gäste, „Öl“ – ÄÖÜ ẞ",
        "Masaje: ¿dónde? ¡Aquí! Niño, pingüino",
        "L’épaule, ça brûle, où, Noël, œuvre, ÆŒ «doux»",
        "Łódź, Žďár, Đakovo, Iași, Győr, Ħal, Åsa, Ørsted, İstanbul",
        "Mát-xa cổ vai gáy ở nhà",
        "Βραδινό μασάζ για δύο ώμους",  # noqa: RUF001 (Greek)
        "Вечерний массаж, Київ, Ґудзик, Љубав",
        "1 h 15 min × 2 − 3 ½ · € № ™ •",
    ],
)
def test_the_languages_of_europe_can_be_written(text: str) -> None:
    """Every letter of them."""
    assert font.has(font.composed(text))


@pytest.mark.parametrize("text", ["עיסוי", "背部", "💆", "a\N{COMBINING DOUBLE TILDE}", "\u0141\u0e01", "\t", "\u200b"])
def test_what_the_font_lacks_is_known(text: str) -> None:
    """One such letter is enough."""
    assert not font.has(font.composed(text))


def test_a_width_grows_with_the_size() -> None:
    """In its units; accents take no room."""
    assert font.width("Rücken", 50) == pytest.approx(font.width("Rücken", 100) / 2)
    assert font.width("äöü", 100) == pytest.approx(font.width("aou", 100))
