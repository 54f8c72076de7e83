"""Words are pronounced as a routine or its language says, and nothing else in a sentence changes."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import pytest

from voiceguide.text import ipa, pronouncing
from voiceguide.text.pronouncing import Pronunciation, heard, lexicon, of_language, parts, plain
from voiceguide.text.utter import utter

OWN = (
    Pronunciation("effleurage", "ˌɛfləˈɹɑʒ", "efflurazh"),
    Pronunciation("erector spinae", "ɪˈɹɛktə"),
    Pronunciation("tui", "", "tway"),
)
SENTENCES = [
    # as written; for a voice of letters, for a recording, for a voice of sounds, for its estimate
    ("Effleurage, slowly.", "efflurazh, slowly.", "Effleurage, slowly.", "[Effleurage](/ˌɛfləˈɹɑʒ/), slowly.", None),
    ("The ERECTOR  spinae.", "The ERECTOR spinae.", None, "The [ERECTOR spinae](/ɪˈɹɛktə/).", "The ERECTOR spinae."),
    ("Tui, tuı, tuin, étui.", "tway, tuı, tuin, étui.", "Tui, tuı, tuin, étui.", "tway, tuı, tuin, étui.", None),
    ("Self-effleurage", "Self-efflurazh", "Self-effleurage", "Self-[effleurage](/ˌɛfləˈɹɑʒ/)", None),
    ("Effleurages [pause 1s]", "Effleurages", "Effleurages", "Effleurages", "Effleurages"),
]


def carried(text: str, own: tuple[Pronunciation, ...] = OWN, language: str = "en") -> str:
    """Return what is spoken of a text of one sentence."""
    (sentence,) = utter("say", (text,), None, language, None, lexicon(language, own)).sentences()
    return sentence.spoken


@pytest.mark.parametrize(("text", "letters", "recorded", "sounds", "spelled"), SENTENCES)
def test_each_voice_is_given_what_it_takes(text, letters, recorded, sounds, spelled):
    """Whole words alone, whatever their case: by another spelling, as they stand, or by sounds; by letters in sum."""
    spoken = carried(text)
    given = (
        heard(spoken, None),
        heard(spoken, frozenset()),
        heard(spoken, ipa.SIGNS),
        heard(spoken, ipa.SIGNS, spelled=True),
    )
    assert given == (letters, recorded or plain(spoken), sounds, spelled or given[3])
    assert "/" not in given[3]


def test_a_sound_that_a_voice_lacks_leaves_the_word_to_its_letters():
    """What an engine has no sign for is respelled, or said as the engine would say it; it never drops a sound."""
    spoken = carried("Effleurage on the erector spinae.")
    assert heard(spoken, frozenset("ab")) == "efflurazh on the erector spinae."


def test_nothing_that_an_author_writes_is_taken_for_one():
    """A pronunciation stands in brackets, and normalising leaves none: not from a title that fills a placeholder."""
    (sentence,) = utter("say", ("Say {title}.",), {"title": "[a](/b/c/) {d}"}, "en").sentences()
    assert sentence.spoken == plain(sentence.spoken) == heard(sentence.spoken, ipa.SIGNS)
    assert not {*"[]()"} & {*sentence.spoken}


def test_a_sentence_is_counted_by_its_words():
    """Pronunciations add no word, and part of what names a take is how it is pronounced."""
    text = ("Tui the erector spinae.",)
    said, other = (utter("say", text, None, "en", None, lexicon("en", own)) for own in (OWN, ()))
    assert said.words() == other.words() == 4
    assert said.pieces()[0].text == other.pieces()[0].text
    assert said.pieces()[0].key != other.pieces()[0].key


def test_an_engine_reads_letters_and_sounds():
    """`parts` gives back all of a sentence, in order, and `letters` what of it is written."""
    given = heard(carried("Do effleurage, and effleurage."), ipa.SIGNS)
    assert [*parts(given)] == [
        ("Do ", ""),
        ("effleurage", "ˌɛfləˈɹɑʒ"),
        (", and ", ""),
        ("effleurage", "ˌɛfləˈɹɑʒ"),
        (".", ""),
    ]
    assert [*parts("Words.")] == [("Words.", "")]
    assert pronouncing.letters(given) == "Do effleurage, and effleurage."


def test_a_word_is_compared_once_normalised():
    """A key is normalised as the text is: typographic apostrophes and double spaces make no other word."""
    own = (Pronunciation("l’aine", "", "lenne"),)
    assert heard(carried("Sur l'aine.", own, "fr"), None) == "Sur lenne."


def test_a_region_has_its_language_s_words_and_its_own_over_them():
    """`en-GB` falls back to `en`, and a routine's own word is over the language's."""
    for word in (of_language("en")[0],):
        assert lexicon("en-GB").carried(word.word) == lexicon("en").carried(word.word) != word.word
        assert lexicon("en", (Pronunciation(word.word, "a"),)).carried(word.word) == f"[{word.word}](/a//)"
    assert of_language("../en") == of_language("xx") == ()
