"""How wide letters are and where lines break: what every layout reckons with."""

from __future__ import annotations

import pytest

from voiceguide.drawing import letters


def test_widths_are_helveticas() -> None:
    """Each letter's, as a PDF's own font has them."""
    fpdf = pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    document = fpdf.FPDF(unit="pt")
    document.core_fonts_encoding = "cp1252"
    tried = 0
    for number in [*range(32, 127), *range(128, 256)]:
        letter = bytes([number]).decode("cp1252", "ignore")
        if not letter or not letters.known(letter):
            continue
        for bold in (False, True):
            document.set_font("Helvetica", "B" if bold else "", 1000)
            assert letters.width(letter, 1000, bold=bold) == pytest.approx(document.get_string_width(letter)), letter
            tried += 1
    assert tried > 360


def test_lines_break_between_words() -> None:
    """No wider than their room; a mark stays with its letter, and a space that never breaks does not."""
    text = "a word, another word and 5\N{NO-BREAK SPACE}min"
    for room in (40, 50, 80):
        lines = letters.lines(text, room, 10)
        assert " ".join(lines) == text
        assert all(letters.width(line, 10) <= room for line in lines)
    assert letters.lines("", 50, 10) == ()
    accented = letters.lines("e\N{COMBINING ACUTE ACCENT}" * 12, 12, 10)
    assert len(accented) > 1
    assert not any(line.startswith("\N{COMBINING ACUTE ACCENT}") for line in accented)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("静かな夜。", ["静", "か", "な", "夜。"]),
        ("「オイル」", ["「オ", "イ", "ル」"]),
        ("マッサージ", ["マッ", "サー", "ジ"]),
        ("a 손 massage", ["a ", "손 ", "massage"]),
        ("5\N{NO-BREAK SPACE}分", ["5\N{NO-BREAK SPACE}分"]),
        ("שלום 😀🤲🏽👩\u200d💻", ["שלום ", "😀", "🤲🏽", "👩\u200d💻"]),
        ("Donaudampfschifffahrt", ["Donaudampfschifffahrt"]),
    ],
)
def test_lines_break_beside_letters_of_east_asia(text: str, parts: list[str]) -> None:
    """But not before what begins no line, and not inside of an emoji (UAX 14)."""
    assert letters.widest_word(text, 10) == max(letters.width(part.rstrip(" "), 10) for part in parts)
    for room in (1, 15, 30, 60):
        places = {len("".join(parts[:count]).replace(" ", "")) for count in range(len(parts) + 1)}
        lines = letters.lines(text, max(room, letters.widest_word(text, 10)), 10)
        ends = {len("".join(lines[:count]).replace(" ", "")) for count in range(len(lines) + 1)}
        assert ends <= places


def test_any_measure_of_letters_breaks_lines_alike() -> None:
    """In letters of one width as in Helvetica's; each line as full as it can be."""
    assert letters.broken("one two three", 7, len) == ("one two", "three")
    assert letters.broken("Donaudampf", 4, len) == ("Dona", "udam", "pf")
    assert letters.broken("", 4, len) == ()


def test_a_mark_has_no_column_and_an_east_asian_letter_two() -> None:
    """As terminals and fonts of one width have it."""
    assert letters.columns("按压 ä") == 6
    assert letters.columns("a\N{COMBINING DIAERESIS}") == 1


@pytest.mark.parametrize(("room", "expected"), [(14, "Gentle strokes"), (13, "Gentle strok…"), (4, "Gen…"), (3, "")])
def test_texts_of_one_width_are_cut_to_fit(room: int, expected: str) -> None:
    """With an ellipsis; nothing at all is better than one letter."""
    assert letters.fitted("Gentle strokes", (room + 0.01) * letters.FIXED * 10, 10) == expected


def test_a_cut_counts_columns() -> None:
    """And not signs."""
    assert letters.fitted("按压背部", 5.01 * letters.FIXED * 10, 10) == "按压…"
