"""Phrases: every language says everything, shortly, and claims nothing."""

import re
from typing import get_args

import pytest

from voiceguide import phrases
from voiceguide.errors import UsageError
from voiceguide.phrases import Audience, Shown
from voiceguide.text import marks, placeholders, sentences
from voiceguide.text.normalise import spoken

PLACEHOLDERS = {
    "title": ("title", "minutes"),
    "need": ("need",),
    "gate_do_not_start": ("items",),
    "gate_ask_first": ("items",),
    "gate_avoid": ("items",),
    "turn": ("position",),
    "pressure": ("pressure",),
    "side_switch": ("side",),
    "side_switch_named": ("side",),
    "next": ("next",),
}
PLAIN = (
    *("chapter_opening", "chapter_closing", "calibration", "volume", "sounds_intro", "sound_step", "sound_switch"),
    *("sound_press", "sound_release", "sound_halfway", "sound_last_minute", "sound_breath", "sound_end", "sound_swell"),
    *("stroke_out", "stroke_back", "stroke_last"),
    *("gate_open", "gate_stop", "gate_leave_out", "gate_pressure", "gate_words", "gate_dizzy", "gate_seated"),
    *("gate_brief", "recover", "begin", "oil", "check_in_first", "check_in", "check_in_follow", "press", "release"),
    *("time_left_ten", "time_left_five", "ready", "closing_rest", "closing_breath", "closing_lift"),
    *("closing_thanks", "closing_up", "closing_floor", "closing_water"),
)
KEYS = {**PLACEHOLDERS, **dict.fromkeys(PLAIN, ())}

# As long as a routine may make it in practice: five, three and three items of two to four words.
USUAL = {
    "gate_do_not_start": "a fever, a skin infection, a new injury, a broken bone, or one hot leg",
    "gate_ask_first": "pregnancy, blood thinners, or a heart problem",
    "gate_avoid": "stay beside the spine, keep off every bone, and never press the neck",
}
FULL_GATE = ("open", "do_not_start", "ask_first", "stop", "avoid", "leave_out", "pressure", "words", "dizzy", "seated")

CLAIMS = r"toxin|detox|cure|heal|heil|gift|entgift|entschlack|toxina|desintoxic|curar|sanar|guéri|toxine|soigne"

everywhere = pytest.mark.parametrize(
    ("language", "audience"),
    [(language, audience) for language in phrases.languages() for audience in get_args(Audience)],
)


def all_phrases(language, audience):
    """Every (key, text) of a language for an audience."""
    book = phrases.load(language)
    return [(key, book.get(key, audience)) for key in sorted(book.keys(audience))]


def seconds(texts, language):
    """How long texts take at 135 words a minute: their words, their pauses, and 0.6 s between other sentences."""
    total = 0.0
    pause = None
    for part in (part for text in texts for part in marks.parse(text)):
        if isinstance(part, marks.Pause):
            pause = part.seconds
            continue
        for sentence in sentences.split(part, language):
            total += (0.6 if pause is None else pause) + len(spoken(sentence, language).split()) * 60 / 135
            pause = None
    return total + (pause or 0.0)


def test_four_languages_are_there():
    """The languages the contract names."""
    assert {"de", "en", "es", "fr"} <= set(phrases.languages())


@pytest.mark.parametrize("where", get_args(Shown))
@pytest.mark.parametrize("language", phrases.languages())
def test_what_is_shown_is_there_in_every_language(language, where):
    """No language lacks a label, has one more, or has other names in braces."""
    english, other = (phrases.load(each).all_shown(where) for each in ("en", language))
    assert {key: placeholders.used(text) for key, text in other.items()} == {
        key: placeholders.used(text) for key, text in english.items()
    }
    assert all(text.strip() for text in other.values())


@everywhere
def test_every_key_is_there_with_its_placeholders(language, audience):
    """No language lacks a phrase, has one more, or has other names in braces."""
    found = {key: tuple(sorted(placeholders.used(text))) for key, text in all_phrases(language, audience)}
    assert found == {key: tuple(sorted(names)) for key, names in KEYS.items()}


@everywhere
def test_marks_parse_and_every_phrase_says_something(language, audience):
    """A phrase is words, with the marks of any author's text."""
    for key, text in all_phrases(language, audience):
        assert marks.strip(text), key


@everywhere
def test_sentences_are_short(language, audience):
    """At most 22 words each, most of them 12 or fewer; what precedes a sound is one sentence of at most 15."""
    lengths = []
    for key, text in all_phrases(language, audience):
        said = sentences.split(marks.strip(text), language)
        counts = [len(re.findall(r"[\w{}'-]+", sentence)) for sentence in said]
        lengths += counts
        assert max(counts) <= 22, key
        if key.startswith("sound_"):
            assert len(counts) == 1, key
            assert counts[0] <= 15, key
    assert sum(length <= 12 for length in lengths) > 0.9 * len(lengths)


@everywhere
def test_the_gate_keeps_its_time(language, audience):
    """At most 75 s with a usual routine's lists and a seated receiver, the brief one between 15 and 25 s."""
    book = phrases.load(language)
    full = [
        placeholders.fill(book.get(key, audience), {"items": USUAL.get(key, "")})
        for key in (f"gate_{part}" for part in FULL_GATE)
    ]
    assert 30 < seconds(full, language) <= 75
    assert 15 <= seconds([book.get("gate_brief", audience)], language) <= 25


@everywhere
def test_hold_words_fit_a_short_phase(language, audience):
    """`press` lasts under 2.5 s and `release` under 2 s at the default pace."""
    book = phrases.load(language)
    assert len(book.get("press", audience).split()) * 60 / 135 < 2.5
    assert len(book.get("release", audience).split()) * 60 / 135 < 2.0


@everywhere
def test_words_of_strokes_fit_half_of_the_shortest_phase(language, audience):
    """1 s at the default pace for the way out and the way back; the last stroke's fit a cycle of 4 s."""
    book = phrases.load(language)
    for key in ("stroke_out", "stroke_back"):
        assert len(book.get(key, audience).split()) * 60 / 135 < 1.0
    assert len(book.get("stroke_last", audience).split()) * 60 / 135 < 4.0


@everywhere
def test_silences_of_the_contract_are_there(language, audience):
    """3 s to stop before it begins, 7 s for the receiver's answer (less where nobody else is asked), one breath."""
    book = phrases.load(language)
    assert marks.parse(book.get("gate_stop", audience))[-1] == marks.Pause(3.0)
    assert marks.parse(book.get("gate_leave_out", audience))[-1] == marks.Pause(7.0 if audience == "giver" else 4.0)
    assert marks.Breath() in marks.parse(book.get("closing_breath", audience))


@everywhere
def test_nothing_is_claimed(language, audience):
    """Massage relaxes; no phrase promises more."""
    for key, text in all_phrases(language, audience):
        assert not re.search(CLAIMS, text, re.IGNORECASE), key


@everywhere
def test_spoken_phrases_need_no_normalising(language, audience):
    """The program's own words are words already: no digits, units or abbreviations."""
    for key, text in all_phrases(language, audience):
        assert not re.search(r"\d|\w/\w|&|%|\b\w\.", marks.strip(text)), key


@pytest.mark.parametrize("language", phrases.languages())
def test_self_massage_has_its_own_words(language):
    """Where there is nobody else, nobody else is spoken to."""
    book = phrases.load(language)
    for key in ("title", "gate_open", "gate_leave_out", "gate_brief", "check_in_first", "check_in", "closing_thanks"):
        assert book.get(key, "self") != book.get(key, "giver"), key


@pytest.mark.parametrize(
    ("language", "left", "right"),
    [
        ("en", "left", "right"),
        ("de", "linke", "rechte"),
        ("es", "izquierdo", "derecho"),
        ("fr", "gauche", "droit"),
    ],
)
def test_left_and_right_are_the_contracts_words(language, left, right):
    """The two keywords of `sides`."""
    book = phrases.load(language)
    assert (book.side("left"), book.side("right")) == (left, right)


@pytest.mark.parametrize("language", phrases.languages())
def test_pressures_and_seats_have_words(language):
    """Seven different words for 1..7; a seat is known in the language itself and as a setup's English name."""
    book = phrases.load(language)
    assert len({book.pressure_word(level) for level in range(1, 8)}) == 7
    assert any("seated".startswith(word) for word in book.seated_words())
    assert not any(word in "lying, face down position" for word in book.seated_words())
    assert "lying" in book.lying_words()
    assert not any(word in "seated on a chair, leaning on a pillow" for word in book.lying_words())


@pytest.mark.parametrize(
    ("language", "items", "last", "expected"),
    [
        ("en", [], "or", ""),
        ("en", ["a fever"], "or", "a fever"),
        ("en", ["pregnancy", "blood thinners"], "or", "pregnancy or blood thinners"),
        ("en", ["a fever", "a cut.", " a scar "], "or", "a fever, a cut, or a scar"),
        ("en", ["oil", "a towel"], "and", "oil and a towel"),
        ("en", ["stay beside it, off the bone", "slow"], "and", "stay beside it, off the bone; and slow"),
        ("de", ["Öl", "ein Tuch", "Zeit"], "and", "Öl, ein Tuch und Zeit"),
        ("de", ["Fieber", "Grippe"], "or", "Fieber oder Grippe"),
        ("es", ["fiebre", "infección"], "and", "fiebre e infección"),
        ("es", ["agua", "hielo"], "and", "agua y hielo"),
        ("es", ["fiebre", "hongos"], "or", "fiebre u hongos"),
        ("es", ["fiebre", "tos", "gripe"], "or", "fiebre, tos o gripe"),
        ("fr", ["fièvre", "toux", "grippe"], "or", "fièvre, toux ou grippe"),
    ],
)
def test_items_are_joined_as_a_list_is_said(language, items, last, expected):
    """Commas, conjunctions and their changes before a vowel."""
    assert phrases.load(language).joined(items, last) == expected


@pytest.mark.parametrize(
    ("seconds", "english", "german", "spanish", "french"),
    [
        (5, "half a minute", "eine halbe Minute", "medio minuto", "une demi-minute"),
        (44, "half a minute", "eine halbe Minute", "medio minuto", "une demi-minute"),
        (45, "1 minute", "eine Minute", "un minuto", "une minute"),
        (90, "1 and a half minutes", "eineinhalb Minuten", "un minuto y medio", "une minute et demie"),
        (150, "2 and a half minutes", "zweieinhalb Minuten", "2 minutos y medio", "2 minutes et demie"),
        (540.4, "9 minutes", "9 Minuten", "9 minutos", "9 minutes"),
        (3570, "59 and a half minutes", "neunundfünfzigeinhalb Minuten", "59 minutos y medio", "59 minutes et demie"),
        (3600, "1 hour", "eine Stunde", "una hora", "une heure"),
        (3614, "1 hour", "eine Stunde", "una hora", "une heure"),
        (3900, "1 hour and 5 minutes", "eine Stunde und 5 Minuten", "una hora y 5 minutos", "une heure et 5 minutes"),
        (7260, "2 hours and 1 minute", "2 Stunden und eine Minute", "2 horas y un minuto", "2 heures et une minute"),
    ],
)
def test_lengths_are_said_to_the_nearest_half_minute(seconds, english, german, spanish, french):
    """As they are spoken; from an hour on to the minute."""
    said = {
        language: spoken(phrases.load(language).minutes(seconds), language) for language in ("en", "de", "es", "fr")
    }
    assert said == {"en": english, "de": german, "es": spanish, "fr": french}
    assert phrases.load("en").minutes(seconds) == english


def test_regions_fall_back_to_their_language():
    """`de-AT` and `DE_at` are German."""
    assert phrases.load("de-AT").language == phrases.load("DE_at").language == "de"


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("pt", "expected a language: "),
        ("German", 'Did you mean "de"?'),
        ("français", 'Did you mean "fr"?'),
        ("", 'got ""'),
    ],
)
def test_an_unknown_language_is_a_usage_error_that_lists_them(language, says):
    """A language by its name leads to its tag."""
    with pytest.raises(UsageError) as caught:
        phrases.load(language)
    assert says in str(caught.value)
    assert all(known in str(caught.value) for known in phrases.languages())
