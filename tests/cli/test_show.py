"""`voiceguide show`: what a routine needs and asks, and how its times come about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from voiceguide import phrases

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def test_shows_all_there_is_to_know(run: Callable[..., Result]) -> None:
    """What is needed, safety with what is never spoken, the steps by number, and each one's time and sides."""
    result = run("show", "small.yaml", "--voice", "tone")
    assert result.code == 0
    assert result.err == ""
    for words in ("a towel", "a fever", "stay beside the spine", "Eat a little first.", "lying face down"):
        assert words in result.out
    assert "1. First strokes: 20 s" in result.out
    assert "2. Hold: 2 × 16 s (left, right), 1 hold a side" in result.out


TOUCHING = """\
title: Prepared
summary: Something to do before.
setups: [lying, seated]
settle:
  - {say: the back bare, only: lying}
  - {say: the brow on your arms, only: seated}
  - eyes closed
safety: {always: [a torn muscle]}
steps:
  - {name: Fetch, say: Fetch a towel., duration: 20s, touch: false}
  - {name: Rest, say: Rest both hands on the back., duration: 40s, oil: true}
"""


def test_shows_what_is_no_longer_spoken(run: Callable[..., Result], folder: Path) -> None:
    """Volume, numbers, the sounds, what to do when lost or faint; whom it is not for, and how to lie."""
    (folder / "prepared.yaml").write_text(TOUCHING, "utf-8")
    text = run("show", "prepared.yaml", "--voice", "tone", "--setup", "seated").out
    words = " ".join(text.split())
    for line in phrases.load("en").all_shown("notes").values():
        assert ("{title}" in line) or line in words
    assert "Settle: - the brow on your arms - eyes closed" in words
    assert "or feeling ill" not in words
    assert "Not today with: - fever - infection" in words
    assert "- feeling ill - a torn muscle" in words
    assert "The sounds: - A bowl begins each step." in words
    assert "1. Fetch: 20 s, hands on nobody" in text
    assert "2. Rest: 40 s\n" in text
    assert ", hands on 0:40, in en" in words


def test_tells_the_same_as_json(run: Callable[..., Result], folder: Path) -> None:
    """Every note, and each step's numbers."""
    (folder / "prepared.yaml").write_text(TOUCHING, "utf-8")
    told = run("show", "prepared.yaml", "--voice", "tone", "--json").json
    assert (told["title"], told["setup"], told["hands_on"]) == ("Prepared", "lying", 40.0)
    assert told["duration"] > 60
    notes = told["notes"]
    assert notes["settle"] == ["the back bare", "eyes closed"]
    assert (notes["not_today"][0], notes["not_today"][-1]) == ("fever", "a torn muscle")
    assert notes["sounds"]["step"] == "A bowl begins each step."
    book = phrases.load("en").all_shown("notes")
    assert all(notes[key] == book[key] for key in ("volume", "numbers", "lost", "faint", "oil"))
    assert [(step["number"], step["title"], step["touch"], step["seconds"]) for step in told["steps"]] == [
        (1, "Fetch", False, 20.0),
        (2, "Rest", True, 40.0),
    ]
    small = run("show", "small.yaml", "--voice", "tone", "--json").json
    assert small["notes"]["oil"] is None
    assert (small["steps"][1]["sides"], small["steps"][1]["holds"]) == (["left", "right"], 1)


def test_shows_times_as_the_interface_does(run: Callable[..., Result]) -> None:
    """`2 × 2 m 30 s`: as many slots, each so long."""
    text = run("show", "small.yaml", "--voice", "tone", "--length", "full").out
    assert " 2 × " in text
    assert " m " in text


def test_shows_the_bundled_routine(run: Callable[..., Result]) -> None:
    """Its seven steps, for short and full, and for the other setup."""
    for choices in (["--length", "full"], ["--setup", "seated"], ["--length", "15m", "--without", "Knead"]):
        text = run("show", "upper-back", "--voice", "tone", *choices).out
        assert text.partition("Steps:")[2].count("Gentle strokes") == 1
        assert ("Knead" in text.partition("Steps:")[2]) == ("Knead" not in choices)


@pytest.mark.parametrize("columns", [100, 80, 40])
def test_fits_the_terminal(columns: int, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider, and what goes on does so below its own beginning, right of bullets and times."""
    wide = run("show", "upper-back", "--voice", "tone", "--length", "full").out
    monkeypatch.setenv("COLUMNS", str(columns))
    narrow = run("show", "upper-back", "--voice", "tone", "--length", "full").out
    assert narrow.split() == wide.split()
    assert max(cell_len(line) for line in narrow.splitlines()) <= columns
    for line in narrow.partition("Not today with:")[2].partition("Steps:")[0].splitlines():
        assert line == "" or line.endswith(":") or line.startswith(("  - ", "    "))
    for line in narrow.partition("Steps:")[2].splitlines()[1:]:
        assert line[:15].strip() == "" or line[13:15] == ". "


def test_wide_terminals_get_lines_that_can_be_read(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than 100 columns."""
    monkeypatch.setenv("COLUMNS", "300")
    assert max(map(len, run("show", "upper-back", "--voice", "tone").out.splitlines())) <= 100


def test_shows_what_there_is_to_choose(run: Callable[..., Result]) -> None:
    """The setups, which one this is, the languages and the tags."""
    text = run("show", "upper-back", "--voice", "tone", "--setup", "seated").out
    assert "short, seated: 9:00" in text
    assert "Setups: lying, seated" in text
    assert "Languages: en, de, es, fr" in text
    assert "Tags: back" in text


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (["uper-back"], "upper-back"),
        (["uper-back.yml"], "upper-back"),
        (["smal.yaml"], "small.yaml"),
        (["small.yaml", "--setup", "seatd"], "seated"),
        (["small.yaml", "--without", "Firs strokes"], "First strokes"),
        (["small.yaml", "--language", "Germn"], "de"),
        (["small.yaml", "--length", "ful"], "full"),
        (["small.yaml", "--talk", "clam"], "calm"),
        (["small.yaml", "--voice", "ton"], "tone"),
        (["small.yaml", "--bed", "rainn"], "rain"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_misspelt_names_are_told_with_the_nearest(
    arguments: list[str], nearest: str, refused: Callable[..., str]
) -> None:
    """Routines, setups, steps, languages and all other names."""
    message = refused("show", *arguments)
    assert f'Did you mean "{nearest}"?' in message
