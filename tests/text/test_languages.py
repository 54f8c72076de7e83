"""What a language's tag falls back to."""

from __future__ import annotations

import pytest

from voiceguide.text.languages import nearest, primary, wider


def test_a_tag_falls_back_to_wider_ones():
    """One part at a time, from the end; systems write an underscore, and case does not matter."""
    assert list(wider("zh_Hant-TW")) == ["zh-hant-tw", "zh-hant", "zh"]
    assert list(wider("")) == []


@pytest.mark.parametrize(
    ("language", "expected"), [("de-AT", "de"), ("de", "de"), ("PT_br", "pt-BR"), ("pt", None), ("", None)]
)
def test_the_nearest_is_the_tag_or_a_wider_one(language: str, expected: str | None):
    """As it stands among those known; a narrower one does not serve."""
    assert nearest(language, ("de", "pt-BR", "en")) == expected


@pytest.mark.parametrize("tag", ["de", "de-AT", "DE_at"])
def test_the_language_alone(tag: str):
    """Neither its script nor its region."""
    assert primary(tag) == "de"
