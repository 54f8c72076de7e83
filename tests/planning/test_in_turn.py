"""An exact total whose words turn out otherwise than foretold: only what is heard later takes it up."""

from __future__ import annotations

from functools import cache
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planned import SOUNDS, lengths, routine, spoken, words
from pytest import approx

from voiceguide.choices import Choices
from voiceguide.errors import RoutineError, UsageError
from voiceguide.planning import Lengths
from voiceguide.session.drafting import Draft, Drafting

STEPS = f"""
  - {{name: A, say: {words(9)}, duration: 2m..3m, check_in: true, cues: [{{at: 50%, say: {words(4)}}}]}}
  - {{name: B, say: {words(7, "Hold")}, duration: 1m..2m, hold: {{press: 5s, release: 6s}}, sides: [left, right]}}
  - name: Both
    sides: [left, right]
    steps:
      - {{name: C, say: {words(8, "Lean")}, duration: 45s..90s}}
      - {{name: D, say: {words(12, "Wait")}}}
  - {{name: E, say: {words(6, "Knead")}, duration: 1m..3m, oil: true}}
  - {{name: F, say: {words(5, "Rest")}, duration: 30s, stretch: false}}
"""


@cache
def drafted(total: float) -> tuple[Drafting, Draft]:
    """A session of these steps with all that is said around them, by what is foretold."""
    made = Drafting(routine(STEPS), Choices(length=total))
    return made, made.draft(FORETOLD)


def off(seed: int, later: int, most: float, sure: frozenset[str]) -> Lengths:
    """The foretold lengths, each off by its own share of `most`; for words that are not `sure` by another one."""

    def of(sentence):
        key = f"{sentence.spoken} {seed if sentence.spoken in sure else later}"
        return spoken(sentence) * (1 + most * (crc32(key.encode()) / 2**31 - 1))

    return Lengths(of, SOUNDS, foretold=FORETOLD)


FORETOLD = lengths()


def texts(made: Drafting, draft: Draft, stretches: int) -> frozenset[str]:
    """What is said in the first stretches of a draft."""
    said = made.written(draft).stretches()[:stretches]
    return frozenset(sentence.spoken for each in said for one in each for sentence in one.sentences())


@settings(max_examples=25)
@given(st.sampled_from([630.0, 690.0, 775.0, 850.0]), st.integers(0, 9999), st.integers(0, 9999), st.integers(1, 9))
def test_what_is_said_later_moves_nothing_before(total, seed, later, count):
    """Once a stretch is spoken, all is certain up to the chapter that it begins."""
    made, draft = drafted(total)
    sure = texts(made, draft, 99)
    true = made.again(draft, off(seed, later, 0.1, sure)).layout
    part = made.again(draft, off(seed, later, 0.1, texts(made, draft, count))).layout
    count = min(count, len(made.written(draft).stretches()) - 1)
    certain = max(count - 1, 1)
    assert part.chapters[:certain] == true.chapters[:certain]
    until = part.chapters[certain].start
    assert true.chapters[certain].start == until
    assert [c for c in part.clips if c.start < until] == [c for c in true.clips if c.start < until]
    assert true.duration == part.duration == approx(total, abs=1e-6)
    assert true.slots != draft.layout.slots


@given(st.integers(0, 9999), st.integers(0, 9999), st.integers(1, 2))
def test_what_is_said_later_in_the_opening_moves_nothing_before(seed, later, count):
    """Once a stretch of it is spoken, all is certain up to the next one's first word."""
    made, draft = drafted(690.0)
    said, following = made.written(draft).beginnings()[:count], made.written(draft).beginnings()[count]
    sure = frozenset(sentence.spoken for each in said for one in each for sentence in one.sentences())
    true = made.again(draft, off(seed, later, 0.1, texts(made, draft, 99))).layout
    part = made.again(draft, off(seed, later, 0.1, sure)).layout
    first = following[0].pieces()[0].key
    until = next(clip.start for clip in part.clips if clip.take == first)
    assert until == next(clip.start for clip in true.clips if clip.take == first)
    assert [c for c in part.clips if c.start < until] == [c for c in true.clips if c.start < until]
    assert len([c for c in part.clips if c.start < until]) >= count


def test_the_last_stretch_holds_what_the_last_work_that_stretches_needs():
    """E makes the total exact: it hears of F and of the closing."""
    made, draft = drafted(690.0)
    written = made.written(draft)
    stretches = written.stretches()
    assert len(stretches) == 1 + written.parts.index(next(p for p in written.parts if p.work == 4)) + 1
    assert set(stretches[-1]) > set(written.closing)
    every = [utterance for said in stretches for utterance in said]
    assert sorted(map(id, every)) == sorted(map(id, written.utterances()))
    assert [one for said in written.beginnings() for one in said] == [*stretches[0]]


def test_lengths_as_foretold_change_nothing():
    """A session whose words last as foretold is laid as it was planned."""
    made, draft = drafted(690.0)
    again = made.again(draft, off(1, 1, 0.0, frozenset()))
    assert again.layout.slots == approx(draft.layout.slots)


def test_words_that_are_too_long_for_a_total_are_refused():
    """Where they leave no slot what it needs, in the order of hearing or at the end."""
    made, draft = drafted(560.0)
    with pytest.raises((UsageError, RoutineError)):
        made.again(draft, Lengths(lambda sentence: 2.5 * spoken(sentence), SOUNDS, foretold=FORETOLD))
