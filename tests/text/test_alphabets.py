"""Letters that a language is not written with are found, whatever their script."""

from __future__ import annotations

import pytest

from voiceguide.text.alphabets import foreign

FOREIGN = [
    # text, languages, the words that cannot be said
    ("שלום glide up.", ["en"], [("שלום", "Hebrew")]),
    ("Привет, “日本”!", ["de-AT"], [("Привет", "Cyrillic"), ("日本", "Chinese")]),
    ("λ ٣ نعم ไทย", ["fr"], [("λ", "Greek"), ("٣", "Arabic"), ("نعم", "Arabic"), ("ไทย", "Thai")]),
    ("שלום, hello", ["he"], []),
    ("Привет שלום", ["ru", "he"], []),
    ("さくらの気持ち、ラーメン", ["ja"], []),
    ("Señor Ægir, piñata, Łódź, thảo, 5 µm², ½ — → ✓ 🙂 “so”", ["es"], []),
    ("anything ماذا", ["tlh"], []),
    ("ıŋɡ ẞ ﬁ", ["en"], []),
]


@pytest.mark.parametrize(("text", "languages", "words"), FOREIGN)
def test_words_of_another_script_are_named_with_it(text, languages, words):
    """Latin letters with any accent, signs and digits are everybody's; a language that nobody here knows has all."""
    assert [*foreign(text, languages)] == words
