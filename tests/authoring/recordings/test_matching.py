"""Lines are found by the words understood, whatever went wrong in the reading."""

from __future__ import annotations

from itertools import count

import pytest

from voiceguide.authoring.recordings.lines import Line
from voiceguide.authoring.recordings.listening import Atom, Word
from voiceguide.authoring.recordings.matching import CERTAIN, GOOD, LEAST_SHARE, Found, letters, match

TEXTS = (
    "Rest both hands on the back, warm and still.",
    "Glide up to the shoulders.",
    "And back.",
    "Now the right side.",
    "Press for 30 seconds, then let go.",
    "Five minutes left.",
)
LINES = tuple(Line(number, "Step", text, text) for number, text in enumerate(TEXTS, 1))


def atoms(*phrases: str | tuple[str, ...], again: bool = False) -> tuple[Atom, ...]:
    """Phrases a second apart; a tuple is one of several parts. Each word lasts 0.3 s."""
    found, at = [], 0.0
    for number, phrase in enumerate(phrases):
        for part in (phrase,) if isinstance(phrase, str) else phrase:
            words = tuple(
                Word(at + 0.3 * index, at + 0.3 * (index + 1), f" {word}") for index, word in enumerate(part.split())
            )
            end = at + 0.3 * max(1, len(words))
            found.append(Atom(at, end, number, words, words if again else None))
            at = end + 0.25
        at += 0.75
    return tuple(found)


def numbers(found: Found) -> dict[int, tuple[float, float]]:
    return {number: (round(here.start, 2), round(here.end, 2)) for number, here in found.taken.items()}


def test_a_clean_reading_is_itself() -> None:
    """Letter by letter, though the recogniser writes numbers and signs in its own way."""
    read = atoms(*(text.replace("30", "thirty").replace(",", "") for text in TEXTS))
    found = match(read, LINES, "en")
    assert {number: (here.start, here.end) for number, here in found.taken.items()} == {
        number: (atom.start, atom.end) for number, atom in enumerate(read, 1)
    }
    assert found.share == 1
    assert min(here.score for here in found.taken.values()) >= CERTAIN


@pytest.mark.parametrize(
    ("read", "where"),
    [
        ((TEXTS[1], TEXTS[1], TEXTS[2]), {2: 1, 3: 2}),
        ((TEXTS[2], TEXTS[0], TEXTS[1]), {3: 0, 1: 1, 2: 2}),
        (("Glide up to", TEXTS[1], TEXTS[2]), {2: 1, 3: 2}),
        ((TEXTS[1], "Sorry, the dog wants to go out again.", TEXTS[2], "And."), {2: 0, 3: 2}),
        (("", TEXTS[1], "", TEXTS[2]), {2: 1, 3: 3}),
        ((TEXTS[1], "Glide down to the elbow."), {2: 0}),
        ((TEXTS[1], TEXTS[2], "Glide up the shoulders"), {2: 2, 3: 1}),
    ],
    ids=["twice", "out of order", "begun", "talk", "noises", "a bad repeat", "a repeat with a word left out"],
)  # fmt: skip
def test_what_goes_wrong_in_a_reading(read: tuple[str, ...], where: dict[int, int]) -> None:
    """Of several readings the last good one is taken; what is no line is nobody's."""
    laid = atoms(*read, again=True)
    assert numbers(match(laid, LINES, "en")) == {
        number: (round(laid[index].start, 2), round(laid[index].end, 2)) for number, index in where.items()
    }


def test_a_line_read_with_pauses_is_one() -> None:
    """And it is listened to again, as something begun may be hidden in it."""
    laid = atoms(TEXTS[1], "Rest both hands on the back,", ("warm", "and still"), TEXTS[2])
    found = match(laid, LINES, "en")
    assert numbers(found)[1] == (round(laid[1].start, 2), round(laid[3].end, 2))
    assert found.unsure == {1, 2}


def test_what_was_begun_without_a_pause_is_left_out() -> None:
    """The cut is at the word where the line begins."""
    (start, _end) = numbers(match(atoms("Glide up glide up to the shoulders", again=True), LINES, "en"))[2]
    assert start == pytest.approx(0.6)


def test_what_is_only_near_is_told() -> None:
    """It is taken between its neighbours in order, and not taken elsewhere."""
    near = "Glad of the shower doors"
    alone = match(atoms(near, again=True), LINES, "en")
    assert not alone.taken
    assert alone.doubtful[2].score < GOOD
    between = match(atoms(TEXTS[0], near, TEXTS[2], again=True), LINES, "en")
    assert between.taken[2].score < GOOD
    assert not between.doubtful


def test_another_routines_recording_is_known_by_its_share() -> None:
    """Phrases of the program are shared; most of what is said is not."""
    other = (
        "Sit on a chair and put one foot on your knee.",
        "Stroke the sole with your thumbs.",
        "Now the right side.",
    )
    found = match(atoms(*other, again=True), LINES, "en")
    assert [*found.taken] == [4]
    assert found.share < LEAST_SHARE


def test_a_long_reading_costs_little() -> None:
    """Each line is like many others, and read twice."""
    lines = tuple(
        Line(number, "", text, text)
        for number, text in zip(count(1), [f"Move hand number {n} slowly up to place {n + 3}." for n in range(40)])
    )
    laid = atoms(*(line.spoken for line in lines for _ in range(2)), again=True)
    found = match(laid, lines, "en")
    assert len(found.taken) == 40
    assert all(here.start == laid[2 * number - 1].start for number, here in found.taken.items())


def test_letters_are_what_is_said() -> None:
    """Of two spellings of one word too."""
    assert letters("Don’t  press: 30 s!", "en") == letters("don't press thirty seconds", "en")
    assert not letters("… !", "en")
