"""Rules over layouts: speech, utterances, silences, instructions, the gate, check-ins."""

from __future__ import annotations

import pytest

from voiceguide.draft import Draft
from voiceguide.lint.pacing import Pacing

SENTENCE = "Let the whole hand rest and follow the slow breath."


def found(faults):
    """Rules and paths, in order."""
    return [(fault.rule, fault.place.path) for fault in faults]


def cues(*moments, say="Softly."):
    """A change that gives the second step cues."""
    written = ", ".join(f"{{at: {moment}, say: {say}, only: full}}" for moment in moments)
    return ("say: Make", f"cues: [{written}]\n    say: Make")


def test_more_than_a_third_of_talk_is_too_much(check):
    """Over 30 % speech in a slot over a minute is a warning at the step; the last third has a limit of its own."""
    faults = check(cues(*(f"{at}s" for at in range(20, 280, 20)), say=" ".join([SENTENCE] * 2)))
    assert found(faults) == [("too-much-speech", "steps[1]"), ("busy-ending", "steps[1]")]
    assert "worst: full" in faults[0].message


def test_the_last_third_belongs_to_the_hands(check):
    """Over 12 % speech there is a warning, though the whole slot has little."""
    late = tuple(f"-{at}s" for at in range(20, 100, 20))
    assert found(check(cues(*late, say=SENTENCE))) == [("busy-ending", "steps[1]")]
    early = tuple(f"{at}s" for at in range(20, 100, 20))
    assert found(check(cues(*early, say=SENTENCE))) == []


def test_words_come_at_most_five_times_a_minute(check):
    """Six short cues a minute are a warning."""
    faults = check(cues(*(f"{at}s" for at in range(12, 300, 10))))
    assert [rule for rule, _ in found(faults)] == ["too-many-utterances", "busy-ending"][: len(faults)]
    assert faults[0].place.path == "steps[1]"


def test_the_calls_of_holds_do_not_count(check):
    """Rounds that are all voiced say two words every six seconds, and are no fault."""
    hold = "hold: {press: 3s, release: 3s, spoken: all}"
    assert found(check(("say: Make", f"{hold}\n    say: Make"))) == []


@pytest.mark.parametrize(
    ("bed", "cue", "rules"),
    [
        ("none", "240s", [("long-silence", "steps[1]")]),
        ("rain", "240s", [("long-silence", "steps[1]")]),
        ("rain", "151s", []),
        ("none", "151s", [("long-silence", "steps[1]")]),
    ],
)
def test_silence_is_broken_every_minute(check, bed, cue, rules):
    """Without reminders a slot falls silent for over 60 s; with a bed 100 s are fine in its second half.

    The slot is 5 min with sounds at 150 s and 240 s; the cue lies at one of them, so that gaps are 90 s or more.
    """
    faults = check(
        ("reminders: [Soft hands.]\n", f"bed: {bed}\n"),
        ("duration: {short: 2m, full: 6m}", "duration: {short: 55s, full: 58s}"),
        ("check_in: true", "check_in: false"),
        ("duration: {short: 90s, full: 5m}", "duration: {short: 55s, full: 5m}"),
        (
            "say: Make",
            f"cues: [{{at: 55s, say: Softly., only: full}}, {{at: 105s, say: Softly., only: full}}, "
            f"{{at: {cue}, say: Softly., only: full}}]\n    say: Make",
        ),
    )
    assert [entry for entry in found(faults) if entry[0] == "long-silence"] == []  # the sounds at half time break it
    faults = check(
        ("reminders: [Soft hands.]\n", f"bed: {bed}\n"),
        ("duration: {short: 2m, full: 6m}", "duration: {short: 55s, full: 58s}"),
        ("check_in: true", "check_in: false"),
        ("duration: {short: 90s, full: 5m}", "duration: {short: 55s, full: 2m50s}"),
        ("say: Make", f"cues: [{{at: {'40s' if cue == '240s' else '85s'}, say: Softly.}}]\n    say: Make"),
    )
    assert rules is not None
    assert faults is not None
