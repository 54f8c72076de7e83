"""A draft's words agree with its plan, whatever the words depend on."""

from __future__ import annotations

import pytest
from planned import SOUNDS, Plan, lengths, plan, routine, spoken, words
from pytest import approx

import voiceguide
from voiceguide.choices import Choices
from voiceguide.errors import RoutineError, UsageError
from voiceguide.planning import Lengths
from voiceguide.session.drafting import Drafting

STEPS = "  - {name: A, say: 'For {minutes}.', duration: 1m..9m}\n  - {name: B, say: Go., sides: [left, right]}"


@pytest.mark.parametrize("length", ["short", "full", "5m", "8m20s", "19m"])
def test_words_that_tell_minutes_tell_the_plans_own(length):
    """Session and slots."""
    made = plan(STEPS, opening=True, length=length)
    figures = made.draft.figures
    assert figures.minutes in made.clips[0].text
    assert made.in_slot()[0][3] == f"For {figures.slots[0]}."
    halves = round(made.seconds() / 30)
    assert figures.slots[0].startswith(str(halves // 2))


@pytest.mark.parametrize(
    ("said", "title"),
    [("For {minutes}.", "T"), ("For { minutes }.", "T"), ("Of {title}.", "A tea of {minutes}"), ("Go on.", "T")],
)
def test_steps_are_written_anew_only_where_a_text_tells_minutes(said, title):
    """A placeholder is read with spaces in it too, and a title may bring it into any text."""
    own = routine(f"  - {{name: A, say: '{said}', duration: 1m..9m}}", head=f"title: '{title}'\nsummary: S")
    drafting = Drafting(own, Choices(length="9m"))
    draft = drafting.draft(lengths())
    before, after = (drafting.written(draft._replace(figures=f)) for f in (None, draft.figures))
    assert (before.works is not after.works) == ("minutes" in said + title)
    assert draft.script.works == after.works


def test_sounds_are_those_of_the_steps_and_the_closing():
    """In the order in which they are first heard, the opening's own not counted."""
    assert plan(STEPS, opening=True, talk="minimal").draft.figures.sounds == ("step", "switch")
    both = "  - {name: A, say: Go., chime: switch}\n  - {name: B, say: 'Go. [breath]'}"
    made = plan(both, "settle: 'down [breath]'", opening=True, closing=True)
    assert made.draft.figures.sounds == ("switch", "step", "breath", "end")


@pytest.mark.parametrize(
    ("choices", "short"),
    [
        ({"length": "14m59s"}, True),
        ({"length": "15m"}, False),
        ({"length": "short"}, True),
        ({"length": "full"}, False),
        # As an exact total has it, whatever is asked besides.
        ({"length": "15m", "gate": "core", "linger": 0.0}, False),
        ({"length": "14m59s", "gate": "full", "linger": 300.0}, True),
        # A longer end that is asked for makes no session a longer one.
        ({"length": "short", "linger": 600.0}, True),
        ({"length": "full", "closing": False}, False),
    ],
)
def test_a_session_is_short_below_15_minutes(choices, short):
    """Which decides its words of care and its end."""
    steps = "  - {name: A, duration: {short: 6m, full: 16m}}"
    made = plan(steps, **{"opening": True, "closing": True, "gate": "auto", "linger": None, **choices})
    assert made.draft.short is short


def test_again_keeps_a_sessions_words_of_care():
    """What was spoken for a short session is laid out as one, though measured it comes out longer."""
    drafting = Drafting(routine("  - {name: A, duration: 740s}"), Choices(length="short"))
    first = drafting.draft(lengths(estimated=True))
    assert first.short
    second = drafting.again(first, lengths().scaled(1.2))
    assert second.short
    assert second.layout.duration > 900 > first.layout.duration
    words = [[u.sentences() for u in draft.script.utterances()] for draft in (first, second)]
    assert words[0] == words[1]


def test_again_lays_the_same_words_out_by_other_lengths():
    """What was spoken lasts what it lasts; the total stays."""
    drafting = Drafting(routine(STEPS), Choices(length="10m"))
    first = drafting.draft(lengths(estimated=True))
    slower = lengths().scaled(1.1)
    second = Plan(drafting.again(first, slower))
    assert second.draft.script.base == first.script.base
    assert second.duration == approx(600)
    assert sum(c.end - c.start for c in second.clips) > sum(c.end - c.start for c in first.layout.clips)


def test_what_does_not_fit_is_a_fault_with_its_line_of_the_file(tmp_path):
    """The excerpt is the line itself."""
    from voiceguide.routine.reading import read

    file = tmp_path / "r.yaml"
    file.write_text(f"title: T\nsummary: S\nsteps:\n  - name: A\n    say: {words(30)}\n    duration: 20s\n")
    with pytest.raises(RoutineError) as caught:
        Drafting(read(file), Choices()).draft(lengths())
    assert caught.value.faults[0].excerpt == "    duration: 20s"
    assert caught.value.faults[0].place.line == 6


def test_estimated_faults_of_the_other_length_are_told_too():
    """The file is at fault as a whole."""
    cues = f"[{{at: -5s, say: {words(9)}, only: full}}]"
    steps = f"  - {{name: A, say: Go., duration: {{short: 20s, full: 9m}}, cues: {cues}}}"
    with pytest.raises(RoutineError, match="the cue does not fit"):
        plan(steps, measured=lengths(estimated=True))
    assert plan(steps, measured=lengths()).duration > 0


def test_every_fault_is_told_at_once():
    """Of all steps."""
    steps = "\n".join(f"  - {{name: S{n}, say: {words(30)}, duration: 20s}}" for n in range(3))
    with pytest.raises(RoutineError) as caught:
        plan(steps)
    assert [fault.place.line for fault in caught.value.faults] == [5, 6, 7]


def test_an_estimate_just_too_long_is_laid_out_with_a_warning():
    """Speaking will tell: by less than a tenth it may fit yet."""
    made = plan(f"  - {{name: A, say: {words(10)}, duration: 11.5s}}", measured=lengths(estimated=True))
    assert [(w.rule, w.level) for w in made.draft.warnings] == [("tight-fit", "warning")]
    with pytest.raises(RoutineError):
        plan(f"  - {{name: A, say: {words(10)}, duration: 11.5s}}", measured=lengths())


def test_a_total_for_full_only_is_refused_with_fulls_least():
    """Where no step is played in short."""
    steps = "  - {name: A, duration: 5m..9m, only: full}"
    with pytest.raises(UsageError, match=r"length 2m: out of reach for test; the nearest total that works is 5m\d+s"):
        plan(steps, length="2m")


@pytest.mark.parametrize("length", ["short", "full", "6m"])
def test_again_asks_for_no_words_that_were_not_spoken(length):
    """Not even where the other length has other steps."""
    steps = """
  - {name: A, say: 'For {minutes}.', duration: 1m..9m}
  - {name: B, say: This is for full., duration: 1m, only: full}
  - {name: C, say: And this for short., duration: 1m, only: short}"""
    drafting = Drafting(routine(steps), Choices(length=length))
    first = drafting.draft(lengths(estimated=True))
    known = {s.spoken for u in first.script.utterances() for s in u.sentences()}

    def measured(sentence):
        assert sentence.spoken in known
        return spoken(sentence)

    second = drafting.again(first, Lengths(measured, SOUNDS))
    assert second.layout.duration == approx(first.layout.duration)
    assert second.figures == first.figures


@pytest.mark.parametrize("length", ["10m", "23h"])
def test_words_that_do_not_fit_are_told_whatever_is_asked(length):
    """Where they are laid as if they just fitted, the session's only total is another one."""
    held = {"press": "1s", "times": 11, "spoken": "all"}
    step = {"name": "A", "say": "Slow and even.", "hold": held}
    made = voiceguide.Routine.from_dict({"title": "T", "summary": "S.", "steps": [step]})
    with pytest.raises(RoutineError, match="fit"):
        voiceguide.plan(made, voice="tone", length=length)
