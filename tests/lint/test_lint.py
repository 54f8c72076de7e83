"""Findings: warnings with the place of what they are about, in the file's order, with its line."""

from __future__ import annotations

import pytest

from voiceguide.planning import authored, slots


def at(fault):
    """Where a finding stands, and of which rule it is."""
    return fault.rule, fault.place.line, fault.place.column, fault.place.path


def test_a_calm_routine_is_all_well(check):
    """What keeps to every rule is warned of nothing."""
    assert check() == []


def test_findings_stand_in_the_files_order_each_with_its_line(check):
    """A warning carries the line it is about, for the caret; the first line's comes first."""
    found = check(
        ("beside the spine", "on the spine"), ("say: Make", "say: Press and make"), ("Two slow steps", "A detox")
    )
    assert [at(fault) for fault in found] == [
        ("claim", 2, 10, "summary"),
        ("forbidden-place", 14, 10, "steps[1].say"),
    ]
    assert found[1].excerpt == "    say: Press and make slow circles on the spine."
    assert found[1].with_caret().endswith("\n             ^")
    assert {fault.level for fault in found} == {"warning"}


def test_strict_makes_every_warning_a_fault(check):
    """With strict nothing is left at the level of a warning."""
    assert [fault.level for fault in check(("Two slow steps", "A detox"), strict=True)] == ["fault"]


def test_every_text_is_read_where_it_stands_in_its_language(check):
    """A German sentence is judged by German words, and warned of at its own place."""
    text = "{en: Make slow circles., de: Drück auf die Wirbelsäule.}"
    assert [at(f) for f in check(("Make slow circles beside the spine.", text)) if f.rule == "forbidden-place"] == [
        ("forbidden-place", 14, 39, "steps[1].say.de")
    ]


def test_items_of_a_translated_list_are_found(check):
    """The second German item has its own line and path."""
    text = "\n      en: [Circle., Rest.]\n      de:\n        - Kreise.\n        - Drück auf die Kehle."
    assert [at(f) for f in check((" Make slow circles beside the spine.", text)) if f.rule == "forbidden-place"] == [
        ("forbidden-place", 18, 11, "steps[1].say.de[1]")
    ]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("name: Circles", "name: Press the spine", "steps[1].name"),
        ("[Soft hands.]", "[Press the spine.]", "reminders[0]"),
        ("steps:", "closing: Press the spine.\nsteps:", "closing"),
        ("say: Make", "warn: Press the spine.\n    say: Make", "steps[1].warn"),
        ("say: Make", "cues: [{at: 50%, say: Press the spine.}]\n    say: Make", "steps[1].cues[0].say"),
        (
            "say: Make",
            "hold: {press: 9s, release: 9s, say_press: Press the spine}\n    say: Make",
            "steps[1].hold.say_press",
        ),
    ],
)
def test_everything_that_is_said_is_judged(check, old, new, path):
    """Names, reminders, closing, warnings, cues and a hold's words are texts too."""
    assert ("forbidden-place", path) in [(fault.rule, fault.place.path) for fault in check((old, new))]


def test_what_to_avoid_may_be_named(check):
    """A list of what to avoid names places without a negation, but claims nothing."""
    lists = "do_not_start: [a fever]\n  avoid: [pressing on the spine]\n  more: [It flushes toxins.]"
    assert [fault.place.path for fault in check(("do_not_start: [a fever]", lists))] == ["safety.more[0]"]


def test_a_roller_in_the_step_tells_what_rolling_means(check):
    """Rolling up to the neck is a warning where a roller is about, in another text of the step too."""
    roll = ("Make slow circles beside the spine.", "Roll up to your neck.")
    assert check(roll) == []
    assert [fault.rule for fault in check(roll, ("name: Circles", "name: Foam roller"))] == ["roller-place"]


def test_faults_of_the_reader_come_alone(check):
    """A file that cannot be read is not judged by its words."""
    assert [fault.level for fault in check(("Two slow steps", "A detox"), ("pressure: 3", "pressure: 30"))] == ["fault"]


def test_a_slot_is_laid_out_a_few_times_whatever_is_drafted(check, monkeypatch):
    """What fits is judged once, by two margins in each length; besides, a slot is laid out as its sessions are."""
    laid = []
    real = authored.authored
    for module in (authored, slots):
        monkeypatch.setattr(module, "authored", lambda *given, **named: laid.append(given) or real(*given, **named))
    assert check() == []
    slots_of_both_steps, margins, lengths, turns = 2, 2, 2, 2
    assert 0 < len(laid) <= slots_of_both_steps * lengths * (margins + 2 * turns + 1)
