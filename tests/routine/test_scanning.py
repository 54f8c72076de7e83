"""What is read of a routine's notation, compared with what ruamel reads without a short way."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from voiceguide.routine import scanning
from voiceguide.store.assets import routines_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUTINE = (routines_folder() / "upper-back.yaml").read_text(encoding="utf-8")
SIGNS = (*"\n\n\n    --::??#,,[]{}&*!|>'\"%@`\\\t\r.", "\ufeff", "\x85", "\u2028", "\0", "---\n", "...\n", "- ", ": ")
SIGNS += (
    ":\n",
    "key: ",
    "'it''s'",
    '"a\\n"',
    '"a\n b"',
    "|\n  x\n",
    "# c\n",
    "\n  #c\n",
    "{a: b}",
    "[a, b]",
    "é",
    "word",
)
SIGNS += ("&x ", "*x", "!!str ", "%YAML 1.1\n", "1:30", "a:b", "x #y", "\n- ", "\n  - a\n", "word word\n", "\n\n")


def seen(events: Iterator[Any]) -> list[tuple[object, ...]]:
    """Tell every event with its marks, and the error that ends them."""
    found: list[tuple[object, ...]] = []
    try:
        for event in events:
            told = (getattr(event, name, None) for name in ("value", "anchor", "style", "flow_style", "implicit"))
            marks = ((mark.index, mark.line, mark.column) for mark in (event.start_mark, event.end_mark))
            found.append((type(event), str(getattr(event, "ctag", None)), *told, *marks))
    except MarkedYAMLError as error:
        found.append((type(error), str(error), error.problem_mark and error.problem_mark.index))
    except YAMLError as error:
        found.append((type(error), str(error)))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_every_event_mark_and_error_is_ruamels(seed: int) -> None:
    """Whatever a file holds, whole or damaged."""
    chance = random.Random(seed)  # noqa: S311 (the same again, no secret)
    lines = ROUTINE.splitlines(keepends=True)
    for _ in range(100):
        start = chance.randrange(len(lines))
        text = "".join(lines[start : start + chance.randint(1, 12)])
        if chance.random() < 0.3:
            text = "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 30)))
        for _ in range(chance.choice((0, 1, 1, 2, 4))):
            at = chance.randint(0, len(text))
            text = text[:at] + chance.choice(SIGNS) + text[at + chance.choice((0, 0, 1, 3)) :]
        assert seen(scanning.events(text)) == seen(YAML(typ="safe", pure=True).parse(text)), repr(text)


def test_a_whole_routine_is_read_alike() -> None:
    assert seen(scanning.events(ROUTINE)) == seen(YAML(typ="safe", pure=True).parse(ROUTINE))
