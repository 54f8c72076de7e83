"""Durations are read as authors write them, and printed as they would be written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.durations import DurationError, Range, clock, parse_duration, parse_range, timecode, words

WRITTEN = [
    # text, seconds
    ("90s", 90),
    ("2m", 120),
    ("1.5m", 90),
    ("1,5 min", 90),
    ("3m30s", 210),
    ("1h5m", 3900),
    ("1 min 30 sec", 90),
    ("1:30", 90),
    ("0:05", 5),
    ("90:00", 5400),
    ("1:00:05", 3605),
    ("PT2M", 120),
    ("pt1h2m3s", 3723),
    ("PT1.5M", 90),
    ("2 minutes", 120),
    ("2 Minutes 5 Seconds", 125),
    ("1 hour", 3600),
    ("2 hrs", 7200),
    ("5 secs.", 5),
    (" 2m ", 120),
    ("24h", 86400),
    ("0.5s", 0.5),
]


@pytest.mark.parametrize(("text", "seconds"), WRITTEN)
def test_a_duration_is_read(text, seconds):
    """In every form of the contract."""
    assert parse_duration(text) == seconds
    assert parse_range(text) == Range(seconds, seconds)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("90", 'add a unit, as "90s" or "90m"'),
        ("1.5", 'add a unit, as "1.5s" or "1.5m"'),
        ("0s", "above zero"),
        ("0:00", "above zero"),
        ("PT0S", "above zero"),
        ("24h1s", "at most 24 hours"),
        ("", "got nothing"),
        ("soon", 'got "soon"'),
        ("2x", 'got "2x"'),
        ("m", 'got "m"'),
        ("-2m", 'got "-2m"'),
        ("30s2m", 'got "30s2m"'),
        ("2m 2m", 'got "2m 2m"'),
        ("2 m i n", 'got "2 m i n"'),
        ("1:75", 'got "1:75"'),
        ("1:60:00", 'got "1:60:00"'),
        ("PT", 'got "PT"'),
        ("2mm", 'got "2mm"'),
        ("2 months", 'got "2 months"'),
        ("3-5 min", 'got "3-5 min"'),
    ],
)
def test_what_is_no_duration_is_refused(text, says):
    """With what was expected, what came, and what to do."""
    with pytest.raises(DurationError, match="expected") as caught:
        parse_duration(text)
    assert says in str(caught.value)


def test_zero_is_allowed_where_asked():
    """A transition may be 0s."""
    assert parse_duration("0s", zero=True) == 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("3m..5m", 180, 300),
        ("3..5m", 180, 300),
        ("3-5 min", 180, 300),
        ("3–5 min", 180, 300),
        ("3—5 min", 180, 300),
        ("3 to 5 minutes", 180, 300),
        ("30s..2m", 30, 120),
        ("30 s to 1 min 30 s", 30, 90),
        ("1:30-2:00", 90, 120),
        ("1.5..2m", 90, 120),
        ("2m..2m", 120, 120),
        ("PT30S..PT2M", 30, 120),
    ],
)
def test_a_range_is_read(text, low, high):
    """A shared unit stands on the last number."""
    assert parse_range(text) == Range(low, high)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("5m..3m", "the shorter time first"),
        ("3-5", "range like"),
        ("3m..", "expected a duration"),
        ("3m..5m..6m", "expected a duration"),
        ("0s..5m", "above zero"),
        ("3m..25h", "at most 24 hours"),
        ("3-1m30s", "range like"),
        ("5", "add a unit"),
    ],
)
def test_what_is_no_range_is_refused(text, says):
    """Low above high, a unit that is not clear."""
    with pytest.raises(DurationError) as caught:
        parse_range(text)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("seconds", "written", "counted"),
    [
        (5, "5 s", "0:05"),
        (45.24, "45.2 s", "0:45"),
        (59.97, "1 min", "1:00"),
        (60, "1 min", "1:00"),
        (150, "2 min 30 s", "2:30"),
        (150.4, "2 min 30 s", "2:30"),
        (3600, "1 h", "1:00:00"),
        (3900, "1 h 5 min", "1:05:00"),
        (3905.6, "1 h 5 min 6 s", "1:05:06"),
    ],
)
def test_seconds_are_printed(seconds, written, counted):
    """As an author would write them, and as a clock shows them."""
    assert words(seconds) == written
    assert clock(seconds) == counted


@given(st.integers(1, 86400))
def test_what_is_printed_is_read_back(seconds):
    """In words and on the clock."""
    assert parse_duration(words(seconds)) == seconds
    assert parse_duration(clock(seconds)) == seconds


def test_a_timecode_has_milliseconds():
    """Rounded as a whole, so that no part of it reaches its next one's unit."""
    assert timecode(3725.0625) == "01:02:05.062"
    assert timecode(59.9996, ",") == "00:01:00,000"
