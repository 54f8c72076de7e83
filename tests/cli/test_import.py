"""`voiceguide import`: an article's draft is written once, told about, and can be planned."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

ARTICLE = """\
How to Rub a Hand: a Start

You will need a towel and some oil.

1. Warm up
Rub the oil between your hands.

2. Press the palm
Press with both thumbs for five seconds, then release. Repeat ten times.

3. Stroke
Stroke from the wrist to the fingertips for two to three minutes.

Sources

An old book.
"""


@pytest.fixture(autouse=True)
def article(folder: Path) -> None:
    """An article in the folder."""
    (folder / "hand.txt").write_text(ARTICLE, "utf-8")


def test_a_draft(run: Callable[..., Result], folder: Path) -> None:
    """The path on stdout; what was understood, left out and is to be checked on stderr; and it is a routine."""
    result = run("import", "hand.txt")
    assert (result.code, result.out) == (0, "rub-a-hand.yaml\n")
    for told in (
        "3 steps",
        'Stroke (line 11): 2 min to 3 min, "for two to three minutes"',
        "line 14: Sources",
        "line 16: An old book.",
    ):
        assert told in result.err
    text = (folder / "rub-a-hand.yaml").read_text("utf-8")
    assert f"{text.count('# check: ')} places to look at" in result.err
    assert run("check", "rub-a-hand.yaml").code == 0
    assert "Press the palm" in run("plan", "rub-a-hand.yaml", "--voice", "tone").out


def test_where_it_goes(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """`-o` names the file, one that is there stays unless --overwrite, --quiet says nothing but the path."""
    result = run("import", "hand.txt", "-o", "mine.yaml", "--quiet")
    assert (result.code, result.out, result.err) == (0, "mine.yaml\n", "")
    (folder / "mine.yaml").write_text("kept", "utf-8")
    assert "exists" in refused("import", "hand.txt", "-o", "mine.yaml")
    assert (folder / "mine.yaml").read_text("utf-8") == "kept"
    assert run("import", "hand.txt", "-o", "mine.yaml", "--overwrite").code == 0
    assert "title: Rub a hand\n" in (folder / "mine.yaml").read_text("utf-8")
    assert "ends in .yaml" in refused("import", "hand.txt", "-o", "mine.mp3")


def test_what_is_refused(refused: Callable[..., str], folder: Path) -> None:
    """No file: 2. No how-to, no text: 1, with a reason, and nothing is written."""
    assert "none.txt" in refused("import", "none.txt")
    assert "https://example.org/neck: expected" in (told := refused("import", "https://example.org/neck"))
    assert "save the page" in told
    (folder / "poem.txt").write_text("Roses are red.\nViolets are blue.\n", "utf-8")
    assert "expected a how-to" in refused("import", "poem.txt", code=1)
    (folder / "scan.txt").write_bytes(b"{\\rtf1")
    assert "an RTF document" in refused("import", "scan.txt", code=1)
    (folder / "pup.txt").write_text("Rub a puppy\n\n1. Rub its back.\n2. Rub its paws.\n", "utf-8")
    assert "for animals" in (told := refused("import", "pup.txt", code=1))
    assert "--anyway drafts it" in told
    assert sorted(path.name for path in folder.iterdir()) == [
        "hand.txt",
        "poem.txt",
        "pup.txt",
        "scan.txt",
        "small.yaml",
    ]


def test_cautions_come_first(run: Callable[..., Result], folder: Path) -> None:
    """Those that were not understood before the others, each where it went; then every sentence that was left out."""
    (folder / "hand.txt").write_text(f"{ARTICLE}\nStop if it hurts. Not for anyone with a fever.\n", "utf-8")
    told = run("import", "hand.txt").err
    parts = ("Stop if it hurts. (more, to be checked)", "a fever. (do_not_start)", "Left out")
    order = [told.index(part) for part in parts]
    assert order == sorted(order)


def test_a_judge_and_a_method(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """A judge's roles are taken; one that fails, or a method that there is not, is told by its option's name."""
    (folder / "judge.py").write_text(
        "import json, sys\n"
        "said = json.load(sys.stdin)['sentences']\n"
        "roles = [{'id': s['id'], 'role': 'reminder'} for s in said if 'old book' in s['text']]\n"
        "json.dump({'roles': roles}, sys.stdout)\n"
    )
    assert run("import", "hand.txt", "--judge", f"{sys.executable} judge.py").code == 0
    assert "reminders:\n  - An old book.\n" in (folder / "rub-a-hand.yaml").read_text("utf-8")
    assert "--judge: no-such" in refused("import", "hand.txt", "--judge", "no-such --x", "--overwrite")
    assert "--method: expected a number from 1 to 1, got 2" in refused("import", "hand.txt", "--method", "2")
