"""Phrases: every language says everything, shortly, and claims nothing."""

import re
from pathlib import Path
from typing import get_args

import pytest

from voiceguide import phrases
from voiceguide.errors import Failed, UsageError
from voiceguide.phrases import Audience, Shown
from voiceguide.text import marks, placeholders, sentences
from voiceguide.text.normalise import spoken

PLACEHOLDERS = {
    "title": ("title", "minutes"),
    "gate_core": ("items",),
    "gate_full": ("items",),
    "gate_full_ask": ("items",),
    "gate_brief": ("items",),
    "settle": ("settle",),
    "swap_settle": ("settle",),
    "avoid": ("items",),
    "turn": ("position",),
    "pressure": ("pressure",),
    "side_switch": ("side",),
    "side_switch_named": ("side",),
    "next": ("next",),
}
PLAIN = (
    *("chapter_opening", "chapter_closing", "calibration", "sounds_intro", "sound_step", "sound_switch", "sound_press"),
    *("sound_release", "sound_halfway", "sound_last_minute", "sound_breath", "sound_end", "sound_swell"),
    *("gate_core_ask", "gate_full_stop", "gate_leave_out", "gate_leave_out_full", "gate_words", "gate_dizzy"),
    *("gate_seated", "gate_ready", "recover", "press", "release", "stroke_out", "stroke_back", "stroke_last", "oil"),
    *("check_in_first", "check_in_number", "check_in_number_firm", "check_in", "check_in_follow", "halfway"),
    *("last_minute", "time_left_ten", "time_left_five", "ready", "closing_rest", "closing_lift", "closing_thanks"),
    *("closing_thanks_seated", "closing_thanks_quiet", "closing_floor", "closing_untouched"),
    *("swap", "swap_seated", "swap_begin"),
)
KEYS = {**PLACEHOLDERS, **dict.fromkeys(PLAIN, ())}

# What a routine fills in: a title of three words with its length, and a settle of six.
FILLED = {
    "en": ("Upper back massage", "face down, your back quite bare"),
    "de": ("Massage des Rückens", "auf dem Bauch, der Rücken frei"),
    "es": ("Masaje de espalda", "boca abajo, con la espalda descubierta"),
    "fr": ("Massage du dos", "à plat ventre, le dos nu"),
}
# As long as a routine may make its lists in practice: five and three items of two to four words.
USUAL = {
    "gate_full": "a fever, a skin infection, a new injury, a broken bone, or one hot leg",
    "gate_full_ask": "pregnancy, blood thinners, or a heart problem",
}
# Seconds for getting up, and for lying down, where the two change places.
CHANGING_PLACES = {"swap": 20.0, "swap_seated": 15.0, "swap_settle": 20.0, "swap_begin": 20.0}
# The stop word that somebody says, in the voice and on the page alike.
STOP = {"en": "stop", "de": "stopp", "es": "para", "fr": "stop"}

CLAIMS = r"toxin|detox|cure|heal|heil|gift|entgift|entschlack|toxina|desintoxic|curar|sanar|guéri|toxine|soigne"

everywhere = pytest.mark.parametrize(
    ("language", "audience"),
    [(language, audience) for language in phrases.languages() for audience in get_args(Audience)],
)


def all_phrases(language, audience):
    """Every (key, text) of a language for an audience."""
    book = phrases.load(language)
    return [(key, book.get(key, audience)) for key in sorted(book.keys(audience))]


def seconds(text, language):
    """How long a text takes at 135 words a minute: its words, its pauses, and 0.6 s between other sentences."""
    total, pause = 0.0, 0.0
    for part in marks.parse(text):
        if isinstance(part, marks.Pause):
            pause = part.seconds
            continue
        for sentence in sentences.split(part, language):
            total += pause + len(spoken(sentence, language).split()) * 60 / 135
            pause = 0.6
    ends_in_pause = isinstance(marks.parse(text)[-1], marks.Pause)
    return total + (pause if ends_in_pause else 0.0)


def opening(language, audience, gate, *, seated=False):
    """The clips of an opening, in the contract's order (routine-format, Opening)."""
    book = phrases.load(language)
    title, settle = FILLED[language]
    filling = {"title": title, "minutes": book.minutes(540), "settle": settle}

    def said(key, **also):
        return placeholders.fill(book.get(key, audience), filling | also)

    def listed(key):
        return book.joined(book.items(key, audience), "or")

    gates = {
        "core": (said("gate_core", items=listed("core")), said("gate_core_ask")),
        "brief": (said("gate_brief", items=listed("brief")),),
        "full": (*(said(key, items=items) for key, items in USUAL.items()), said("gate_full_stop")),
    }
    return (
        said("title"),
        *gates[gate],
        said("settle"),
        said("gate_leave_out_full" if gate == "full" else "gate_leave_out"),
        f"{said('gate_words')} {said('gate_seated' if seated else 'gate_dizzy')}",
        said("gate_ready"),
    )


def laid(clips, language):
    """How long clips last: the first at 1.0 s, then 1.0 s apart where no mark ends the one before."""
    gaps = sum(not isinstance(marks.parse(clip)[-1], marks.Pause) for clip in clips[:-1])
    return 1.0 + gaps + sum(seconds(clip, language) for clip in clips)


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
@pytest.mark.parametrize("seated", [False, True])
def test_the_core_opening_lets_hands_begin(language, audience, seated):
    """A giver's within 50 s, one's own within 40 s, its silences included; 1 s more for somebody who sits.

    At 135 words a minute; the default voices rest at commas, and take 5 to 9 s more.
    """
    most = (50 if audience == "giver" else 40) + seated
    assert 30 < laid(opening(language, audience, "core", seated=seated), language) <= most


@everywhere
def test_the_other_openings_keep_their_time(language, audience):
    """The full one within 65 s with a usual routine's lists; the brief one is shorter than the core."""
    full, core, brief = (laid(opening(language, audience, gate), language) for gate in ("full", "core", "brief"))
    assert core < full <= 65
    assert 20 < brief < core


@everywhere
@pytest.mark.parametrize("key", ["core", "brief"])
def test_lists_of_the_gate_are_short(language, audience, key):
    """At most 8 items of at most 6 words, as many in every language; no comma or full stop, for they are joined."""
    items = phrases.load(language).items(key, audience)
    assert len(items) == len(phrases.load("en").items(key, audience)) <= 8
    assert len(set(items)) == len(items)
    for item in items:
        assert 1 <= len(item.split()) <= 6, item
        assert not re.search(r"[.,;:]|^\s|\s$", item), item


@everywhere
def test_lists_end_their_sentence(language, audience):
    """Outside English what an author lists comes last, in any case and gender: after a colon, a verb or a "with"."""
    if language != "en":
        for key, names in PLACEHOLDERS.items():
            if names == ("items",):
                assert phrases.load(language).get(key, audience).endswith("{items}."), key


@everywhere
def test_the_stop_word_is_one(language, audience):
    """The word that stops it is said at every gate, and is the page's."""
    book = phrases.load(language)
    word = rf"\b{STOP[language]}\b"
    shown = book.shown("card", "words" if audience == "giver" else "words_self")
    assert re.search(word, book.get("gate_words", audience), re.IGNORECASE)
    assert re.search(word, shown, re.IGNORECASE)


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
    """To stop before it begins, for the receiver's answer (nobody else is asked in self), and one slow breath."""
    book = phrases.load(language)
    silences = {
        "gate_full_stop": 4.0,
        "gate_leave_out": 4.0 if audience == "giver" else None,
        "gate_leave_out_full": 5.0 if audience == "giver" else None,
        "gate_ready": 4.0,
        "closing_rest": 7.0,
        **CHANGING_PLACES,
    }
    ends = {key: marks.parse(book.get(key, audience))[-1] for key in silences}
    found = {key: end.seconds if isinstance(end, marks.Pause) else None for key, end in ends.items()}
    assert found == silences
    thanks = {"closing_thanks", "closing_thanks_seated", "closing_thanks_quiet"}
    for key in thanks:
        assert marks.parse(book.get(key, audience))[0] == marks.Pause(2.0), key
    others = KEYS.keys() - silences.keys() - thanks - {"closing_untouched"}
    assert [key for key in others if len(marks.parse(book.get(key, audience))) > 1] == []


@everywhere
def test_the_closing_is_short(language, audience):
    """Rest, lift and thanks within 27 s at the default pace, as they are laid."""
    book = phrases.load(language)
    clips = [book.get(key, audience) for key in ("closing_rest", "closing_lift", "closing_thanks_seated")]
    assert 14 < laid(clips, language) <= 27


@everywhere
def test_a_number_is_explained_alike(language, audience):
    """What a number means is the same for a firm pressure, which may also be more."""
    book = phrases.load(language)
    plain, firm = (book.get(key, audience) for key in ("check_in_number", "check_in_number_firm"))
    assert firm.strip().startswith(f"{plain} ")
    assert seconds(firm, language) <= 10


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
    for key in ("gate_core", "gate_full", "gate_brief", "gate_leave_out", "gate_words", "check_in_first"):
        assert book.get(key, "self") != book.get(key, "giver"), key
    for key in ("check_in", "closing_rest", "closing_thanks", "closing_thanks_seated", "closing_untouched"):
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
    """Three words for 1 to 7; a seat is known in the language itself and as a setup's English name."""
    book = phrases.load(language)
    words = [book.pressure_word(level) for level in range(1, 8)]
    assert words == [word for word, times in zip(dict.fromkeys(words), (2, 2, 3), strict=True) for _ in range(times)]
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


def test_a_partial_file_names_what_is_missing(tmp_path, monkeypatch):
    """Every phrase at once, by its table and key: whoever adds a language knows what is left to write."""
    german = (Path(phrases.__file__).parent / "de.toml").read_text("utf-8")
    english = (Path(phrases.__file__).parent / "en.toml").read_text("utf-8")
    without = re.sub(r"(?m)^(title|serial_comma|many_and_half) = .*\n", "", german).partition("[terminal]")[0]
    for name, text in (("en", english), ("xx", without)):
        (tmp_path / f"{name}.toml").write_text(text, "utf-8")
    monkeypatch.setattr(phrases, "_FOLDER", tmp_path)
    for cached in (phrases.languages, phrases.load, phrases._read):
        cached.cache_clear()
    try:
        with pytest.raises(Failed) as caught:
            phrases.load("xx")
        told = re.search(r"is missing (.+): add them as en\.toml has them", str(caught.value))[1].split(", ")
        assert {"joining.serial_comma", "time.many_and_half", "common.title"} <= set(told)
        assert all(f"terminal.{key}" in told for key in phrases.load("en").all_shown("terminal"))
    finally:
        monkeypatch.undo()
        for cached in (phrases.languages, phrases.load, phrases._read):
            cached.cache_clear()


@pytest.mark.parametrize("language", phrases.languages())
def test_no_language_of_ours_lacks_any(language):
    """By the same reckoning."""
    assert phrases.missing(phrases._read(language)) == ()
