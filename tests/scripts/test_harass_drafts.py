"""The harness that kills while a draft is typed: it finds nothing, and what is planted."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PLANTED = """
import sys
sys.path.append("scripts")
import harass_drafts
from harassing import rounds
from harassing.typing import LostError

def lost(_place, _rng):
    raise LostError("a word")

if __name__ == "__main__":
    rounds.ROUNDS.clear()
    rounds.ROUNDS["late"] = lambda _place, _rng: rounds.Result(0.31)
    rounds.ROUNDS["lost"] = lost
    rounds.ROUNDS["soon"] = lambda _place, _rng: rounds.Result(0.25, 2)
    sys.exit(harass_drafts.main(["--rounds", "3", "--browser", "0"]))
"""


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-P", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_nothing_typed_is_lost_whatever_is_killed() -> None:
    """A round of each kind: the server, what typed, both, two that type, two servers that are started."""
    done = _run("scripts/harass_drafts.py", "--rounds", "6", "--browser", "0", "--lost", "20000")  # no clock
    assert (done.stderr, done.returncode) == ("", 0)
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|", done.stdout, re.MULTILINE)
    assert len(rows) == 7
    assert all(int(kills) >= int(rounds) for _, rounds, kills, _ in rows)


def test_what_is_lost_is_told(tmp_path: Path) -> None:
    """A text that is not what was typed at once, more than 300 ms when it comes again; less than that is none."""
    script = tmp_path / "planted.py"
    script.write_text(_PLANTED, "utf-8")
    done = _run(str(script))
    assert done.returncode == 1
    assert re.findall(r"^\| (\w+) \| (\d+) \| \d+ \| (\d+) \| 0 \| (\d) \|", done.stdout, re.MULTILINE) == [
        ("late", "3", "310", "1"), ("lost", "1", "0", "1"), ("soon", "1", "250", "0"), ("all", "5", "310", "2"),
    ]  # fmt: skip
    assert done.stderr.count("310 ms are lost") == 3
    assert "LostError: a word" in done.stderr
