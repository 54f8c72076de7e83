"""Letters that a language has not are warned of in every text that may be said, and sounds that its voice has not."""

from __future__ import annotations


def found(faults):
    """Rules and paths, in order."""
    return [(fault.rule, fault.place.path) for fault in faults]


def test_each_language_has_its_letters(check):
    """The warning stands at the text of that language, and names the word; what is only shown is not judged."""
    title = "title: {en: Calm שלום, de: Ruhe, ru: Покой}\nlanguage: en"
    faults = [
        fault
        for fault in check(("title: Calm hands", title), ("summary: Two slow steps.", "summary: 二 steps.\nneed: [油]"))
        if fault.rule == "unsayable-letters"
    ]
    assert found(faults) == [("unsayable-letters", "title.en")]
    assert 'no voice of en can say "שלום" (Hebrew)' in faults[0].message


def test_a_word_whose_sound_is_told_is_none(check):
    """Nothing is said against it; in another language it is told of still."""
    told = ("steps:", "pronounce: {en: {circles шаг: {as: shag}}}\nsteps:")
    assert found(check(told, ("say: Make slow circles", "say: Make circles шаг"))) == []
    assert ("unsayable-letters", "steps[1].say") in found(check(told, ("say: Make slow circles", "say: Make slow шаг")))


def test_a_sound_that_the_usual_voice_has_not(check):
    """Is warned of, since another voice may have it."""
    told = ("steps:", "pronounce: {en: {slow: {ipa: ʁy}}}\nsteps:")
    faults = check(told)
    assert [(fault.rule, fault.place.path, fault.level) for fault in faults] == [
        ("unknown-sound", "pronounce.en.slow", "warning")
    ]


def test_a_word_that_is_never_said_is_pronounced_in_vain(check):
    """It may be misspelled: whole words of what is said, the program's own too, as they are spoken."""
    words = {"strokes": 0, "SLOWLY up": 0, "seconds": 0, "dizzy": 0, "strok": 1, "effleurage": 1}
    told = ", ".join(f"{word}: {{as: ah}}" for word in words)
    faults = check(("steps:", f"pronounce: {{en: {{{told}}}}}\nsteps:"), ("Glide both", "For 3s glide both"))
    assert found(faults) == [
        ("unused-pronunciation", f"pronounce.en.{word}") for word, in_vain in words.items() if in_vain
    ]
