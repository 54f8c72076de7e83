"""Sentences as signs: what the model reads, and nothing that it would leave out in silence."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

from pathlib import Path

import pytest
from scripts_for_tests import loaded

from voiceguide.errors import Failed
from voiceguide.text import ipa
from voiceguide.text.pronouncing import of_language
from voiceguide.voices.kokoro import phonemes

calibration = loaded("calibration_sentences")
ENGLISH, FRENCH, SPANISH = calibration.ENGLISH, calibration.FRENCH, calibration.SPANISH


@pytest.mark.parametrize(
    ("tongue", "text", "expected"),
    [
        ("es", "¿Qué tal, así?", "kˈe tˈal, asˈi?"),
        ("es", "Ocho: y suelta.", "ˈoʧo: i swˈelta."),
        ("fr", "« Encore », une minute !", "“ ɑ̃kˈɔʁ ”, yn minˈyt !"),
        ("fr", "Un week-end.", "œ̃ wˈiːkˈɛnd."),
        ("it", "Una pizza.", "ˌʊna pˈiʦːa."),
        ("pt-BR", "As mãos.", "az mˈɐ̃ʊ̃s."),
        ("en-US", "Glide up, slowly.", "ɡlˈId ˌʌp, slˈOli."),
        ("en-GB", "Glide up, slowly.", "ɡlˈId ˌʌp, slˈQli."),
    ],
)
def test_signs(tongue: str, text: str, expected: str) -> None:
    """Sounds of two signs are one, punctuation stays, flags around foreign words and marks without a sound go."""
    assert phonemes.signs(text, tongue) == expected


@pytest.mark.parametrize(("tongue", "texts"), [("es", SPANISH), ("fr", FRENCH), ("en-US", ENGLISH), ("en-GB", ENGLISH)])
def test_every_sentence_has_signs(tongue: str, texts: tuple[str, ...]) -> None:
    """A session's sentences are said whole: no word of them is without a sign, and none is refused."""
    for text in texts:
        made = phonemes.signs(text, tongue)
        assert len(phonemes.tokens(made)) == len(made)
        assert len(made.split()) >= 0.6 * len(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Di [masaje](/masˈaxe/), sí.", "dˈi masˈaxe, sˈi."),
        ("Di [cha](/tʃa/).", "dˈi ʧa."),
        ("Di [שלום](/ʃaˈlom/).", "dˈi ʃalˈom."),
    ],
)
def test_given_sounds_are_taken(text: str, expected: str) -> None:
    """A word with its sounds beside it sounds so, in whatever letters it is, stress at its vowels."""
    assert phonemes.signs(text, "es") == expected


def test_the_sounds_that_are_taken_are_the_ipa_s() -> None:
    """Nothing is offered that a pronunciation cannot hold, and the bundled words of the voices' languages are taken."""
    for tongue in ("es", "fr", "en-US", "en-GB"):
        assert phonemes.sayable(tongue) <= ipa.SIGNS
        for word in of_language(tongue.partition("-")[0]):
            assert not ipa.foreign(word.ipa, phonemes.sayable(tongue)), word
            assert phonemes.signs(f"A [{word.word}](/{word.ipa}/).", tongue)


def test_given_sounds_in_english() -> None:
    """The voices of English write their diphthongs as one sign, and Americans no lengths."""
    text = "A [tui na](/tweɪ nɑː/) stroke."
    assert "twA nɑ" in phonemes.signs(text, "en-US")
    assert "twA nɑː" in phonemes.signs(text, "en-GB")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hola, привет.", "letters that the voice cannot read: в е и п р т"),
        ("Di [x](/ħa/).", 'sounds that the voice has no sign for: "ħ" \\(U\\+0127\\)'),
        ("¿…?", "no word that could be said"),
    ],
)
def test_what_cannot_be_said_is_refused(text: str, told: str) -> None:
    """Letters and sounds that the model does not know are named, with their sentence."""
    with pytest.raises(Failed, match=told) as refused:
        phonemes.signs(text, "es")
    assert text in refused.value.text


def test_long_sentences_are_cut_where_they_pause() -> None:
    """Nothing of a sentence is lost when it is longer than the model takes; a word that is too long is refused."""
    made = phonemes.signs("Desliza las manos despacio, sin prisa, hacia los hombros; " * 20, "es")
    pieces = phonemes.pieces(made)
    assert len(pieces) > 1
    assert all(len(piece) <= phonemes.MOST for piece in pieces)
    assert " ".join(pieces) == made
    assert all(piece.endswith(";") for piece in pieces)
    with pytest.raises(Failed, match="12 sounds, where 10"):
        phonemes.pieces("a" * 12, most=10)


def test_vocabulary() -> None:
    """The signs are those of hibari's alphabet, which the same model taught."""
    import json
    from importlib.util import find_spec

    spec = find_spec("hibari")
    assert spec is not None
    assert spec.origin is not None
    theirs = json.loads((Path(spec.origin).parent / "assets" / "vocab.json").read_text(encoding="utf-8"))
    assert phonemes.vocabulary() == theirs
