"""`voiceguide show`: what a routine needs and asks, and how its times come about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result


def test_shows_all_there_is_to_know(run: Callable[..., Result]) -> None:
    """What is needed, safety with what is never spoken, the steps by number, and each one's time and sides."""
    result = run("show", "small.yaml", "--voice", "tone")
    assert result.code == 0
    assert result.err == ""
    for words in ("a towel", "a fever", "stay beside the spine", "Eat a little first.", "lying face down"):
        assert words in result.out
    assert "1. First strokes: 20 s" in result.out
    assert "2. Hold: 2 × 30 s (left, right), 3 holds a side" in result.out


def test_shows_times_as_the_interface_does(run: Callable[..., Result]) -> None:
    """`2 × 2 m 30 s`: as many slots, each so long."""
    text = run("show", "small.yaml", "--voice", "tone", "--length", "12m").out
    assert " 2 × " in text
    assert " m " in text


def test_shows_the_bundled_routine(run: Callable[..., Result]) -> None:
    """Its seven steps, for short and full, and for the other setup."""
    for choices in (["--length", "full"], ["--setup", "seated"], ["--length", "15m", "--without", "Knead"]):
        text = run("show", "upper-back", "--voice", "tone", *choices).out
        assert text.count("Prepare the area") == 1
        assert ("Knead" in text.partition("Steps:")[2]) == ("Knead" not in choices)
