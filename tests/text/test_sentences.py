"""Sentences: cut where a person would breathe, with nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.text.sentences import LONGEST, split

TABLE = {
    "en": [
        ["Begin slowly.", "Slow and even!", "Is it fine?", "Go on…", "Then rest."],
        ["Use oil, e.g. almond oil.", "Warm it, i.e. rub it."],
        ["Knead for approx. 3 min. on this side.", "Then 30 sec. on the other."],
        ["Hold for 3 min.", "Then release."],
        ["Press 1.5 cm deep, no. 3 first.", "Count to 5.", "Then stop."],
        ["It is 1.5 m.", "Step back."],
        ["Say no.", "Then hold 30 s max.", "Now max. 20 s, min. 3 times."],
        ["Ask Dr. J. Smith, vs. nobody.", "Then go."],
        ["Slower … and slower... and rest.", "Good."],
        ["“Softer.”", "Then wait.", "(Slowly.)", "Now."],
        ["“Stop!” she says.", "“Softer.” he says.", "Wait."],
        ["1. Warm the hands.", "2. Take some oil."],
        ["Really?!", "Yes."],
        ["Hold. …", "Release."],
    ],
    "de": [
        ["Nimm z. B. Öl, ca. 3 Min. lang, d. h. kurz.", "Dann weiter."],
        ["Der 3. Finger ist dran.", "Am 4. Finger weiter.", "Am 24.12. um acht."],
        ["Zähle bis 5.", "Dann löse."],
        ["Nach 3 Min. Pause geht es weiter.", "Halte 3 Min.", "Dann löse."],
        ["„Weicher.“", "So ist es gut, bzw. besser."],
        ["3. Finger massieren.", "4. Ruhen."],
    ],
    "es": [
        ["¿Más o menos?", "¡Sí!", "P. ej. el cuello.", "Aprox. 3 min. más."],
        ["Presiona 3 min.", "Luego suelta."],
        ["La Dra. Ruiz lo dice, etc.", "Sigue."],
    ],
    "fr": [
        ["Prêt ?", "Oui.", "« Plus doux ! » dit-elle.", "« Bien. »", "Ensuite."],
        ["Massez, c.-à-d. le cou, env. 3 min. au total.", "P. ex. ici."],
        ["Encore 3 min.", "Puis la main."],
    ],
    "xx": [["One.", "Two!", "Three."]],
}


@pytest.mark.parametrize(
    ("language", "sentences"), [(language, row) for language, rows in TABLE.items() for row in rows]
)
def test_cuts_between_sentences_and_nowhere_else(language, sentences):
    """Abbreviations, decimals, ordinals, initials and ellipses do not end a sentence."""
    assert list(split(" ".join(sentences), language)) == sentences


def test_regions_share_their_language():
    """`de-AT` splits as `de`."""
    assert split("Nimm z. B. Öl. Gut.", "de-AT") == split("Nimm z. B. Öl. Gut.", "de")


def test_newlines_are_spaces_and_blank_is_nothing():
    """YAML's folded and literal blocks read alike."""
    assert split("Begin\n  slowly.\nThen rest.\n") == ("Begin slowly.", "Then rest.")
    assert split(" \n ") == ()


def test_a_very_long_sentence_is_cut_at_its_inner_punctuation():
    """Engines lose their breath: no part is over the limit where a comma allows it, semicolons go first."""
    clause = "glide outward over the shoulder with a soft and patient hand"
    long = f"{', '.join([clause] * 5)}; {', '.join([clause] * 5)}."
    parts = split(long)
    assert " ".join(parts) == long
    assert max(map(len, parts)) <= LONGEST
    assert any(part.endswith(";") for part in parts)
    assert split("a" * 1000) == ("a" * 1000,)


PIECES = st.sampled_from(
    (
        *("Press", "gently", "Dann", "then", "ß", "2", "3.", "1.5", "min.", "e.g.", "z. B.", "c.-à-d.", "Dr.", "A."),
        *("…", "...", ".", "!", "?", "?!", ",", ";", ":", "-", "—", "“", "”", "»", "«", '"', "(", ")", "🙂", "\n", " "),
    )
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)), st.sampled_from(["en", "de", "es", "fr", "x"]))
def test_no_character_is_lost_or_added(text, language):
    """Joined without spaces the sentences are the text."""
    assert "".join("".join(split(text, language)).split()) == "".join(text.split())


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_sentence_has_words_when_the_text_has(text):
    """Nothing that cannot be spoken stands alone."""
    if any(sign.isalnum() for sign in text):
        assert all(any(sign.isalnum() for sign in sentence) for sentence in split(text))


@pytest.mark.parametrize(
    "run", ["?!" * 50_000, "." * 30_000 + "x", ".»" + "»" * 10_000 + "x", "Go. " * 20_000, "? " * 50_000]
)
def test_no_run_of_signs_takes_its_time(run):
    """Cutting is linear in the text: each of these would take minutes where every sign looks at all the others."""
    found = split(f"{run} And on.")
    assert "".join(" ".join(found).split()) == "".join(f"{run} And on.".split())
