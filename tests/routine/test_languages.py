"""Which languages a routine is in, and every place that lacks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.routine.reading import languages, partial, untranslated

if TYPE_CHECKING:
    from collections.abc import Callable

BILINGUAL = """
title: {en: Neck, de: Nacken}
summary: {en: Short., de: Kurz.}
setups: [lying]
tags: [neck]
steps:
  - name: {en: Strokes, de: Streichen}
    sides: [left, right]
    say: {en: [Go., Slow.], de: [Los., Langsam.]}
    duration: 2m
    hold: {press: 5s, say_press: {en: Press, de: Drücken}}
    cues: [{at: 50%, say: {en: Breathe., de: Atmen.}}]
"""


def test_whole_languages(examined: Callable):
    """Every language that all texts are in is whole; names and the sides left and right need no translation."""
    routine, faults = examined(BILINGUAL)
    assert faults == ()
    assert (languages(routine), partial(routine)) == (("en", "de"), ())
    assert untranslated(routine, "de-AT") == ()


def test_every_missing_text_is_named(examined: Callable):
    """A language that is only partly there is one warning with all its gaps."""
    content = BILINGUAL.replace("{en: Press, de: Drücken}", "Press").replace("{en: Short., de: Kurz.}", "Short.")
    routine, (warning,) = examined(content)
    assert (languages(routine), partial(routine)) == (("en",), ("de",))
    assert [text.place.path for text in untranslated(routine, "de")] == ["summary", "steps[0].hold.say_press"]
    assert (warning.level, warning.rule, warning.place.line) == ("warning", "partly-translated", 3)
    assert "line 3 (summary), line 11 (steps[0].hold.say_press)" in warning.message


def test_every_text_of_every_part_counts(examined: Callable):
    """No field that is spoken or shown is forgotten, in steps, groups and at the top."""
    routine, faults = examined(
        """
title: T
summary: S
position: P
need: [N]
settle: [F, {say: H, only: full}]
end: Z
safety: {do_not_start: [D], ask_first: [A], core: [AA], always: [BB], avoid: [V], more: [M]}
reminders: [R.]
closing: [C.]
steps:
  - name: G
    sides: [one, other]
    switch: W
    steps:
      - {name: B, say: [I.], say_again: J, warn: K, duration: 2m, cues: [{at: 5s, say: L}], reminders: [O.]}
      - {name: E, hold: {press: 1s, times: 2, say_press: Q, say_release: U}, position: X, switch: Y}
""".replace("position: X", "position: P")
    )
    assert faults == ()
    found = [text.get("en") for text in untranslated(routine, "de")]
    expected = "T S P N F H Z D A AA BB V M R. C. G one other W B I. J O. K L E Y P Q U"
    assert sorted(filter(None, found)) == sorted(expected.split())


def test_languages_differ_by_tag_not_by_case(examined: Callable):
    """DE and de are one language; de-AT is served by de, not the other way round."""
    routine, _ = examined(
        "title: {en: T, DE: T}\nsummary: {en: S, de: S}\nsteps: [{name: {en: A, de: B}, say: {en: A, de-AT: B}}]"
    )
    assert (languages(routine), partial(routine)) == (("en", "de-AT"), ("DE",))


def test_what_stands_around_the_steps_is_named_at_its_place(examined: Callable):
    """Settling, the end, and both new lists of care, in one warning."""
    around = """
settle: [down, {say: bare, only: full}, {en: up, de: oben}]
end: Off.
safety: {core: [a cold], always: [{en: tear, de: Riss}, a blow]}
"""
    routine, (warning,) = examined(BILINGUAL + around)
    missing = ["settle[0]", "settle[1].say", "end", "safety.core[0]", "safety.always[1]"]
    assert sorted(text.place.path for text in untranslated(routine, "de")) == sorted(missing)
    assert all(f"({path})" in warning.message for path in missing)
