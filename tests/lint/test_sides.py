"""Words that name the other side than the one at work are warned of: the voice would say them all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.lint import findings

if TYPE_CHECKING:
    from pathlib import Path

ROUTINE = """\
format: 1
title: Small
summary: Small.
language: {language}
audience: giver
position: seated
steps:
  - {{name: Circles, {step}, duration: 2m}}
"""


@pytest.mark.parametrize(
    ("language", "step", "field"),
    [
        ("en", "say: 'The right side: circle slowly.', sides: [left, right]", "say"),
        ("en", "say: 'Circle.', say_again: 'Now the left side.', sides: both", "say_again"),
        ("de", "say: 'Die rechte Seite: langsam kreisen.', sides: both", "say"),
        ("es", "say: 'En el lado izquierdo, despacio.', sides: [right, left]", "say"),
        ("es", "say: 'El lado derecho, despacio.', sides: [right, left]", None),
        ("fr", "say: 'Le côté droit, en douceur.', sides: both", "say"),
        ("en", "say: 'The left side: circle slowly.', sides: [left, right]", None),
        ("en", "say: 'The {side} side: circle slowly.', sides: [right, left]", None),
        ("en", "say: 'From the left side to the right side, slowly.', sides: both", None),
        ("en", "say: 'Your right hand rests.', sides: both", None),
        ("en", "say: 'The right side: circle slowly.'", None),
    ],
)
def test_a_side_that_is_not_at_work(tmp_path: Path, language: str, step: str, field: str | None) -> None:
    """In the words of the first side and of the second, in four languages; both sides, and a hand, may be named."""
    path = tmp_path / "small.yaml"
    path.write_text(ROUTINE.format(language=language, step=step), "utf-8")
    found = [fault.place.path for fault in findings(path) if fault.rule == "other-side"]
    assert found == ([f"steps[0].{field}"] if field else [])


def test_a_group_s_sides_are_its_steps_sides(tmp_path: Path) -> None:
    """What is said in a step of a group is said on the group's side."""
    path = tmp_path / "small.yaml"
    step = "name: Both, sides: both, steps: [{name: One, say: 'The right side: circle.', duration: 2m}]"
    path.write_text(
        ROUTINE.format(language="en", step="duration: 2m").rpartition("  - ")[0] + f"  - {{{step}}}\n", "utf-8"
    )
    assert [fault.rule for fault in findings(path) if fault.rule == "other-side"] == ["other-side"]
