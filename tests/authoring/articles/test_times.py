"""Times and counts as English writes them."""

from __future__ import annotations

import pytest

from voiceguide.authoring.articles.times import counts, times


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Do this for about two minutes.", (120, 120)),
        ("Do this for three to five minutes.", (180, 300)),
        ("between two and three minutes", (120, 180)),
        ("spend two or three minutes on it", (120, 180)),
        ("3-5 min each", (180, 300)),
        ("3–5 min", (180, 300)),
        ("30 seconds to 1 minute", (30, 60)),
        ("hold for 30s", (30, 30)),
        ("half a minute", (30, 30)),
        ("a minute and a half", (90, 90)),
        ("one and a half minutes", (90, 90)),
        ("2½ minutes", (150, 150)),
        ("1,5 minutes", (90, 90)),
        ("2 minutes and 30 seconds", (150, 150)),
        ("thirty-five seconds", (35, 35)),
        ("a couple of minutes", (120, 120)),
        ("for a minute or two.", (60, 120)),
        ("two minutes or three on each arm", (120, 180)),
        ("eine Minute oder zwei", (60, 120)),
        ("un minuto o dos", (60, 120)),
        ("a five-minute massage", (300, 300)),
        ("for an hour", (3600, 3600)),
        ("Breathe for a second.", (1, 1)),
    ],
)
def test_times(text: str, seconds: tuple[float, float]) -> None:
    """Numbers in digits and words, halves, ranges, units long and short."""
    (found,) = times(text)
    assert (found.low, found.high, found.vague) == (*seconds, False)
    assert text[found.start : found.end].strip() == found.written


@pytest.mark.parametrize("text", ["Hold for a few seconds.", "for several seconds", "some seconds"])
def test_what_nobody_can_count_is_vague(text: str) -> None:
    """It becomes three to five, and says that it was not a number."""
    (found,) = times(text)
    assert (found.low, found.high, found.vague) == (3, 5, True)


@pytest.mark.parametrize(
    "text",
    [
        "every five minutes",
        "after two minutes",
        "for 20 minutes a day",
        "a second towel",
        "the second minute",
        "two minutes' walk",
        "for 3 days",
        "for 5 hours",
        "for 0 minutes",
        "from 5 to 3 minutes",
        "10 mothers",
        "12345678 s",
        "",
    ],
)
def test_what_is_no_time_that_a_step_lasts(text: str) -> None:
    """How often, when, how long ago, ranges the wrong way round, and nonsense are left where they are."""
    assert times(text) == ()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Repeat this several times.", (3, 5, True)),
        ("Repeat five times", (5, 5, False)),
        ("two or three times", (2, 3, False)),
        ("twice", (2, 2, False)),
        ("Repeat 3x for every toe.", (3, 3, False)),
        ("8-10 repetitions", (8, 10, False)),
    ],
)
def test_counts(text: str, count: tuple[int, int, bool]) -> None:
    """In digits and words, as ranges, and vague ones."""
    (found,) = counts(text)
    assert (found.low, found.high, found.vague) == count


@pytest.mark.parametrize(
    "text", ["twice a week", "three times a day", "this time", "a time", "0 times", "5 to 3 times"]
)
def test_what_is_no_count_of_rounds(text: str) -> None:
    """How often in a week is nothing that a session does."""
    assert counts(text) == ()
