"""Rules over layouts: speech, utterances, silences, instructions, the gate, check-ins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from voiceguide.lint import sheet
from voiceguide.lint.pacing import Pacing
from voiceguide.lint.sessions import problems
from voiceguide.routine.reading import read
from voiceguide.routine.source import load
from voiceguide.routine.yaml import parse
from voiceguide.timeline import Clip, Words


def found(faults):
    """Rules and paths, in order."""
    return [(fault.rule, fault.place.path) for fault in faults]


@pytest.fixture
def full(check, tmp_path):
    """The full session of the calm routine, and what judges it: its second slot is 5 min long."""
    check()
    file = tmp_path / "calm.yaml"
    routine = read(file)
    drafts = []
    assert problems(routine, drafts.append) == ()
    draft = next(draft for draft in drafts if draft.script.base == "full")

    def judge(*clips, bed=None):
        """Judge the session with nothing but `clips` in its second slot, and a sound all through the rest."""
        (slot,) = draft.layout.chapters[2].slots
        assert slot.end - slot.start == pytest.approx(300)
        around = [Clip("chime", "step", 0.0, slot.start), Clip("chime", "step", slot.end, draft.layout.duration)]
        moved = [
            replace(
                clip,
                start=slot.start + clip.start,
                end=slot.start + clip.end,
                sentences=tuple(Words(slot.start + w.start, slot.start + w.end, w.text) for w in clip.sentences),
            )
            for clip in clips
        ]
        clips = tuple(sorted([*around, *moved], key=lambda clip: clip.start))
        pacing = Pacing(replace(routine, bed=bed), sheet.of(parse(load(file)), "en"), ("en",))
        pacing.judge(draft._replace(layout=replace(draft.layout, clips=clips)))
        return found(pacing.faults())

    return judge


def said(start, end, role="cue"):
    """A clip of one sentence."""
    return Clip("narration", role, start, end, 2, sentences=(Words(start, end, "Softly."),))


def every(distance, seconds, start=0.0, end=300.0):
    """Sentences of `seconds`, one each `distance`."""
    count = int((end - start) / distance)
    return [said(start + distance * n, start + distance * n + seconds) for n in range(count)]


HUM = Clip("chime", "breath", 0.0, 300.0, 2)
"""Keeps a slot from being silent."""


@pytest.mark.parametrize(
    ("clips", "rules"),
    [
        ([HUM, *every(15, 6.7, end=200)], []),  # 87 s of 300
        ([HUM, *every(15, 7.1, end=200)], ["too-much-speech"]),  # 92 s of 300
        ([HUM, *every(20, 2.3, start=200)], []),  # 11.5 s of the last 100
        ([HUM, *every(20, 2.5, start=200)], ["busy-ending"]),
        ([HUM, *every(20, 2.3, start=200), said(290, 296, "recover")], []),  # the program's, wherever it fits
        ([HUM, said(190, 211)], []),  # what began before counts from the third on
        ([HUM, *every(12, 0.5)], []),  # 25 in 5 min
        ([HUM, *every(11.5, 0.5)], ["too-many-utterances"]),
        ([HUM, *(replace(clip, role="press") for clip in every(6, 3))], []),  # calls are apart
        ([HUM, *(replace(clip, role="release") for clip in every(6, 3))], []),
    ],
)
def test_hands_need_time_without_words(full, clips, rules):
    """Over 30 % speech, 12 % in the last third, or 5 utterances a minute is a warning at the step."""
    assert full(*clips) == [(rule, "steps[1]") for rule in rules]


def test_what_a_breath_parts_is_one_utterance(full):
    """An instruction with a breath after each sentence is said in one go; sentences in other roles are not."""
    words = every(10, 0.5)
    breaths = [replace(HUM, start=clip.end + 0.6, end=clip.end + 9) for clip in words]
    assert full(*words, *breaths) == []
    roles = [replace(clip, role="cue" if n % 2 else "reminder") for n, clip in enumerate(words)]
    assert full(*roles, *breaths) == [("too-many-utterances", "steps[1]")]


@pytest.mark.parametrize(
    ("gap", "bed", "silent"),
    [
        ((20, 80), None, False),
        ((20, 80.1), None, True),
        ((20, 80.1), "rain", True),
        ((160, 250), None, True),
        ((160, 250), "none", True),
        ((160, 250), "rain", False),
        ((160, 260.1), "rain", True),
        ((140, 230), "rain", True),  # begins in the first half
    ],
)
def test_silence_lasts_a_minute_at_most(full, gap, bed, silent):
    """Neither word nor sound for over 60 s is a warning; with a bed 100 s are fine in a slot's second half."""
    start, end = gap
    rings = [Clip("chime", "halfway", 0.0, start), Clip("chime", "halfway", end, 300.0)]
    assert full(*rings, bed=bed) == ([("long-silence", "steps[1]")] if silent else [])


def test_an_instruction_of_over_eight_seconds_has_a_pause_in_it(check):
    """Words on end are warned of at the text, with where they begin; a pause of 2 s ends them, 1.9 s does not."""
    sentence = "Glide both hands slowly up the back."
    rest = " Then let them come slowly down the sides, as soft as before, and begin the next stroke."
    longer = (
        "Glide both hands slowly up the back. [pause 4s] Come back down the sides.",
        f"{sentence} [pause 2s]{rest}",
    )
    assert check(longer) == []
    (fault,) = check((longer[0], f"{sentence} [pause 1.9s]{rest}"))
    assert (fault.rule, fault.place.path) == ("long-instruction", "steps[0].say")
    assert f'from "{sentence}" on' in fault.message


def test_an_instruction_is_warned_of_in_its_language(check):
    """A German instruction that is too long is warned of where the German stands."""
    changes = [
        ("Calm hands", "{en: Calm, de: Ruhe}"),
        ("Two slow steps.", "{en: Two slow steps., de: Zwei Schritte.}"),
        ("[a fever]", "{en: [a fever], de: [Fieber]}"),
        ("[Soft hands.]", "{en: [Soft hands.], de: [Weiche Hände.]}"),
        ("name: Strokes", "name: {en: Strokes, de: Streichen}"),
        ("name: Circles", "name: {en: Circles, de: Kreise}"),
        ("say: Make slow circles beside the spine.", "say: {en: Circle., de: Kreise.}"),
        (
            "say: Glide both hands slowly up the back. [pause 4s] Come back down the sides.",
            "say:\n      en: Glide slowly.\n      de: Gleite mit beiden Händen ganz langsam den Rücken hinauf und an "
            "den Seiten wieder herunter. Dann fang unten noch einmal an, so weich wie vorher.",
        ),
    ]
    (fault,) = check(*changes)
    assert (fault.rule, fault.place.path) == ("long-instruction", "steps[0].say.de")
    assert "worst: short, de" in fault.message


def test_a_giver_asks_in_a_session_of_over_ten_minutes(check):
    """Without a check-in a giver's long session is a warning; one for oneself, or a short one, is not."""
    silent = ("check_in: true", "check_in: false")
    assert found(check(silent)) == [("no-check-in", "")]
    alone = found(check(silent, ("title:", "audience: self\ntitle:")))
    assert "no-check-in" not in dict(alone)
    assert found(check(silent, ("full: 6m", "full: 4m"), ("full: 5m", "full: 3m"))) == []
