"""Texts made safe for one line."""

from __future__ import annotations

import pytest

from voiceguide.text.lines import cut, encodable, line, plain, shown, spaced, takes


def test_one_line_with_single_spaces():
    """Whatever kind of space it was; nothing else is touched."""
    assert spaced("  A\tneck\n\nand\u2003more \u202e") == "A neck and more \u202e"


def test_a_message_quotes_at_most_60_characters():
    """The last one is an ellipsis where something is left out."""
    assert shown("a\nb") == "a b"
    assert shown("x" * 60) == "x" * 60
    assert shown("x" * 61) == "x" * 59 + "…"


def test_cut_to_a_number_of_characters():
    """Never longer, and untouched where it fits."""
    assert (cut("abcd", 4), cut("abcde", 4)) == ("abcd", "abc…")


@pytest.mark.parametrize(
    ("text", "in_a_file", "on_a_terminal"),
    [
        ("Neck\x1b[31m", "Neck[31m", "Neck�[31m"),
        ("half \ud83d", "half �", "half �"),
        ("turned \u202e", "turned \u202e", "turned "),
        ("Ça va\u00a0?", "Ça va\u00a0?", "Ça va ?"),
    ],
)
def test_for_files_and_for_terminals(text: str, in_a_file: str, on_a_terminal: str):
    """A file drops control characters and keeps spaces that hold; a terminal shows them and nothing it would obey."""
    assert (line(text), plain(text)) == (in_a_file, on_a_terminal)


def test_an_encoding_without_a_sign():
    """It is told, and a question mark stands in the sign's place."""
    assert (takes("Rücken", "cp1252"), takes("背", "cp1252")) == (True, False)
    assert encodable("背 Rücken", "cp1252") == "? Rücken"
