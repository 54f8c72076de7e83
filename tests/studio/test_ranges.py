"""Which bytes of a sound are asked for."""

from __future__ import annotations

import pytest

from voiceguide.studio.ranges import Part, asked

WHOLE = Part(0, 100, partial=False)


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ("bytes=0-9", Part(0, 10, partial=True)),
        ("bytes=90-", Part(90, 100, partial=True)),
        ("bytes=99-99", Part(99, 100, partial=True)),
        ("bytes=50-1000", Part(50, 100, partial=True)),
        ("bytes=-10", Part(90, 100, partial=True)),
        ("bytes=-1000", Part(0, 100, partial=True)),
        ("bytes=100-", None),
        ("bytes=100-200", None),
        ("bytes=-0", None),
        ("bytes=9-0", WHOLE),
        ("bytes=0-9,20-29", WHOLE),
        ("bytes=", WHOLE),
        ("bytes=-", WHOLE),
        ("bytes=a-b", WHOLE),
        ("bytes=٣-٩", WHOLE),
        ("items=0-9", WHOLE),
        (f"bytes={'9' * 4000}-", WHOLE),
        ("", WHOLE),
    ],
)
def test_a_range_is_read_as_the_standard_has_it(given: str, part: Part | None) -> None:
    """One that lies outside is None; what is no range, and several at once, ask for the whole."""
    assert asked({"range": given}, 100, '"a"') == part


def test_a_range_of_another_file_asks_for_the_whole() -> None:
    """By `If-Range`, in the letters of its mark."""
    assert asked({"range": "bytes=5-", "if-range": '"a"'}, 100, '"a"') == Part(5, 100, partial=True)
    assert asked({"range": "bytes=5-", "if-range": '"b"'}, 100, '"a"') == WHOLE


def test_an_empty_file_has_no_ranges() -> None:
    """And can be had whole."""
    assert asked({"range": "bytes=0-"}, 0, '"a"') is None
    assert asked({"range": "bytes=-5"}, 0, '"a"') is None
    assert asked({}, 0, '"a"') == Part(0, 0, partial=False)
