"""A model of the user's own may say what sentences are: it is bounded, and loses nothing whatever it answers."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.authoring.articles import drafted, judging, reading
from voiceguide.authoring.articles.roles import JUDGED, Piece
from voiceguide.authoring.articles.shapes import Sentence
from voiceguide.errors import Failed, UsageError

ARTICLE = """# Calf qaax

Kind for legs qabx.

Stroke the calf qacx. Knead it qadx. Never press the shin qaex.

Rub the heel qafx. Wipe it qagx.

Not for people with a blood clot qahx.
"""
WORDS = [f"qa{letter}x" for letter in "abcdefgh"]


PIECES = [Piece(text, 1, "say", 0.9, Sentence(text, 1, 0, "paragraph", None)) for text in ("Rub it.", "Knead it.")]


def judged(roles: dict[int, str]) -> str:
    """The draft of the article with some roles."""
    return drafted(reading.parsed(ARTICLE), "a.txt", judge=lambda _: roles).text


def test_a_judge_s_roles_are_taken() -> None:
    """A sentence becomes a step of its own, and another a reminder."""
    text = judged({3: "step", 6: "reminder"})
    assert text.count("- name:") == 3
    assert "reminders:\n  - Wipe it qagx.\n" in text


@settings(max_examples=30)
@given(roles=st.dictionaries(st.integers(0, 7), st.sampled_from(JUDGED)))
def test_nothing_is_lost_whatever_it_answers(roles: dict[int, str]) -> None:
    """Each sentence is in one place, and a caution stays one."""
    try:
        text = judged(roles)
    except Failed as error:
        assert "at least two steps" in str(error)
        return
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("# check:")]
    for word in WORDS:
        found = [line for line in lines if re.search(word, line, re.IGNORECASE)]
        again = ("title:", "After the article", "- name:")  # made of what stands elsewhere, but for an author's own
        once = [line for line in found if not any(part in line for part in again)]
        assert len(once or found[:1]) == 1, f"{word}: {found}\n{text}"
    for word in ("qaex", "qahx"):
        assert not [line for line in lines if word in line and (line.lstrip().startswith("#") or " say:" in line)]


def command(folder: Path, code: str) -> str:
    """A command line that runs some Python."""
    path = folder / "judge.py"
    path.write_text(code)
    return f'"{sys.executable}" "{path}"'


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit('no memory')", "expected exit code 0, got 1; it said: no memory"),
        ("print('sure!')", "expected roles in JSON"),
        ("print('[]')", "expected an object with keys"),
        ("print('{\"roles\": [{\"id\": 99, \"role\": \"say\"}]}')", "expected a whole number"),
        ("print('{\"roles\": [{\"id\": 0, \"role\": \"poem\"}]}')", "expected one of title, summary"),
        ("print('{\"roles\": [' + '{\"id\": 0, \"role\": \"say\"},' * 2 + '{}]}')", "expected each sentence once"),
        ("import time; time.sleep(60)", "expected an answer within 0.5 s, got none"),
    ],
)  # fmt: skip
def test_a_judge_that_fails_is_told(tmp_path: Path, code: str, told: str) -> None:
    """With what it did, by the option's name."""
    with pytest.raises(Failed, match=f"^judge: .*{re.escape(told)}"):
        judging.asking(command(tmp_path, code), limit=0.5 if "sleep" in code else 20)(PIECES)


@pytest.mark.parametrize(
    ("given_as", "told"), [("", "got nothing"), ("'", "check its quotes"), ("/no/such", "can be started")]
)
def test_a_judge_that_is_none(given_as: str, told: str) -> None:
    """A matter of usage."""
    with pytest.raises(UsageError, match=told):
        judging.asking(given_as)([])


def test_what_a_judge_is_asked(tmp_path: Path) -> None:
    """Each sentence with its line, its place, and what it was taken for."""
    code = "import sys; open(sys.argv[0] + '.json', 'w').write(sys.stdin.read()); print('{\"roles\": []}')"
    drafted(reading.parsed(ARTICLE), "a.txt", judge=judging.asking(command(tmp_path, code)))
    asked = json.loads((tmp_path / "judge.py.json").read_text())
    assert asked["roles"] == list(JUDGED)
    assert asked["sentences"][2] == {
        "id": 2, "text": "Stroke the calf qacx.", "line": 5, "kind": "paragraph", "under": None, "role": "step",
        "confidence": 0.6,
    }  # fmt: skip
