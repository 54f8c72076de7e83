"""What is written of a text is read back as that text."""

from __future__ import annotations

import pytest
import yaml

from voiceguide.routine.editing.writing import scalar


@pytest.mark.parametrize(
    "text",
    ["Knead the calf, slowly.", "Die Füße (beide)", "Für’s Erste – so", "a / b; c!", "Yes, gently"],
)
def test_a_plain_text_stays_as_it_is(text: str):
    """So that an author may go on writing without a thought of YAML."""
    assert scalar(text) == text
    assert yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " a",
        "a ",
        "No",
        "y",
        "NULL",
        "1:30",
        "90",
        "1.5",
        "-3",
        "2026-11-30",
        "1e3",
        "- a",
        "a: b",
        "a #b",
        '"a"',
        "[pause 3s]",
        "{side}",
        "a\nb",
        "*",
    ],
)
def test_any_other_is_quoted(text: str):
    """What YAML would take for a number, a word of its own, a mark or a comment."""
    assert scalar(text).startswith('"')
    assert yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize("text", ["2m", "3m..5m", "-30s", "50%", "3-5 min"])
def test_a_time_stays_as_it_is(text: str):
    """No reader of YAML takes it for a number."""
    assert scalar(text) == text
    assert yaml.safe_load(scalar(text)) == text


def test_a_comma_is_quoted_in_brackets_alone():
    assert scalar("slow, even", flow=True) == '"slow, even"'
    assert scalar("slow, even") == "slow, even"
