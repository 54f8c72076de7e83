"""Drawings by the words of their steps: the side, one's own hand, and none missing in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.lint import findings

if TYPE_CHECKING:
    from pathlib import Path

RULES = ("no-drawing", "drawing-side", "drawing-hand")
LEFT, RIGHT, BOTH = "hand-palm/thumbs", "hand-palm/thumbs-right", "upper-back/glide"
OWN, MASSAGED = "self-neck/circles", "self-hand/circles"
"""The left hand on the neck's left side, and the right one on the left palm."""


def found(folder: Path, step: str, *, audience: str = "giver", language: str = "en") -> list[tuple[str, int]]:
    """What is warned of in a routine of one step, as (rule, line)."""
    file = folder / "hands.yaml"
    head = f"title: Hands\nsummary: Slow hands.\nlanguage: {language}\naudience: {audience}\nsteps:\n"
    file.write_text(f"{head}  - {{name: Press, duration: 1m, {step}}}\n", encoding="utf-8")
    told = [fault for fault in findings(file) if fault.rule in RULES]
    assert all(fault.level == "warning" for fault in told)
    return [(fault.rule, fault.place.line) for fault in told]


def test_a_touching_step_of_the_library_has_a_drawing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An author's may have none, and so may one that touches nobody."""
    assert found(tmp_path, "say: Press.") == []
    monkeypatch.setattr("voiceguide.lint.drawings.routines_folder", lambda: tmp_path)
    assert found(tmp_path, "say: Press.") == [("no-drawing", 6)]
    assert found(tmp_path, f"say: Press., show: {BOTH}") == []
    assert found(tmp_path, "say: Warm the oil., touch: false") == []


@pytest.mark.parametrize(
    ("step", "is_wrong"),
    [
        (f"say: Press the right palm., show: {LEFT}", True),
        (f"say: Press the right palm., show: {RIGHT}", False),
        (f"say: Press the left palm., show: {RIGHT}", True),
        (f"say: Press the left palm., show: {LEFT}", False),
        (f"say: From the left palm to the right., show: {LEFT}", False),
        (f"say: Press the right shoulder., show: {BOTH}", False),
        (f'say: "Press the {{side}} palm.", sides: [left, right], show: {LEFT}', False),
        (f'say: "Press the {{side}} palm.", sides: [left, right], show: {RIGHT}', True),
        (f"say: Press the right palm., sides: [first person, second person], show: {RIGHT}", False),
        (f"say: Press the right palm., sides: [first person, second person], show: {LEFT}", True),
    ],
)
def test_the_side_that_is_said_is_drawn(tmp_path: Path, step: str, is_wrong: bool):
    """Drawings of the left are mirrored on the right side, and shown as they are where there are no sides."""
    assert found(tmp_path, step) == ([("drawing-side", 6)] if is_wrong else [])


def test_the_side_is_known_in_every_language(tmp_path: Path):
    """Whatever its ending."""
    assert found(tmp_path, f"say: Drück die rechte Handfläche., show: {LEFT}", language="de") == [("drawing-side", 6)]
    assert found(tmp_path, f"say: Presiona la palma derecha., show: {LEFT}", language="es") == [("drawing-side", 6)]
    assert found(tmp_path, f"say: Presse la paume droite., show: {LEFT}", language="fr") == [("drawing-side", 6)]


@pytest.mark.parametrize(
    ("said", "is_wrong"),
    [
        ("Lay the left hand on it.", False),
        ("Lay the right hand on it.", True),
        ("Lay the other hand on it.", False),
    ],
)
def test_one_s_own_hand_that_is_said_is_drawn(tmp_path: Path, said: str, is_wrong: bool):
    """In a routine for oneself; a giver's hands are not left or right in words."""
    told = [rule for rule, _ in found(tmp_path, f"say: {said}, show: {OWN}", audience="self")]
    assert ("drawing-hand" in told) == is_wrong


def test_a_hand_that_is_massaged_is_not_the_one_that_works(tmp_path: Path):
    """On both sides the hand that is said is the one that lies there."""
    for show in (OWN, MASSAGED):
        sided = f'say: "Lay the {{side}} hand down.", sides: [left, right], show: {show}'
        assert found(tmp_path, sided, audience="self") == []
