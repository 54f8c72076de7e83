"""The hostile campaign: it finds what is planted, keeps the smallest input of it, and goes on where it was."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from campaigns_for_tests import FoundError, cases, kinds, lab, program, records, shrinking

ROOT = Path(__file__).resolve().parents[2]
_OF_NUMBERS = ("routines", "articles", "resources", "kills", "faults", "kept", "downloads", "studio", "drafts", "send")
GENERATED = [kind for kind in kinds.KINDS if kind.name in _OF_NUMBERS]
"""The kinds whose cases are made of numbers alone."""

_TRACED = 'Traceback (most recent call last):\n  File "/a/voiceguide/x/y.py", line 3, in z\nKeyError: 1'
_PLANTED = """
import os, sys, time
sys.path.append("scripts")
import campaign
from campaigning.cases import Case, FoundError, Kind

RAN, DAMAGED = os.environ["RAN"], "DAMAGED" in os.environ

class Planted(Kind):
    name, count, short, forks, most_seconds, most_cpu = "planted", 40, 6, False, 8.0, 0.05

    def generate(self, rng, material):
        data = "".join(rng.choice("abx\\n") for _ in range(60)) if DAMAGED else ""
        return Case(data.encode(), {"suffix": ".txt"})

    def run(self, case, lab):
        with open(RAN, "a") as ran:
            ran.write("ran\\n")
        fault(case, lab)

def fault(case, lab):
    %s

sys.exit(campaign.main(sys.argv[1:], (Planted(),)))
"""


def _campaign(folder: Path, body: str, *arguments: str) -> tuple[int, str, int]:
    """Run a campaign of one planted kind; return its exit code, what it said, and how many cases it ran so far."""
    ran = folder / "ran"
    done = subprocess.run(
        [sys.executable, "-P", "-c", _PLANTED % body, "--state", str(folder / "state"), *arguments],
        cwd=ROOT,
        env={"PATH": "", "RAN": str(ran), "PYTHONPATH": str(ROOT), **({"DAMAGED": "1"} if "case.data" in body else {})},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr, len(ran.read_text().splitlines())


def test_a_planted_fault_is_found_and_its_smallest_input_kept(tmp_path: Path) -> None:
    """With a command that runs it again; the exit code is 1, and 0 where nothing is found."""
    body = "if b'x' in case.data: lab.step('read', lambda: {}['gone'])"
    code, said, _ = _campaign(tmp_path, body)
    assert code == 1
    assert re.search(r"^planted +6 run, 6 finds, worst ", said, re.MULTILINE)
    (again,) = re.findall(r"planted: KeyError \(read\), 1 bytes: scripts/campaign.py --again (.*)", said)
    assert (Path(again) / "input.txt").read_bytes() == b"x"
    assert "'gone'" in (Path(again) / "told.txt").read_text()
    assert _campaign(tmp_path, body, "--again", again)[0] == 1
    assert _campaign(tmp_path, "pass", "--again", again)[0] == 0
    code, said, _ = _campaign(tmp_path, "pass", "--markdown")
    assert code == 0
    assert "| planted | 6 | 0 |" in said


def test_an_interrupted_campaign_goes_on(tmp_path: Path) -> None:
    """What was run is not run again, and what was found counts."""
    assert _campaign(tmp_path, "raise FoundError('odd')", "--count", "2")[0] == 1
    before = len((tmp_path / "ran").read_text().splitlines())
    code, said, ran = _campaign(tmp_path, "pass", "--count", "5", "--resume")
    assert (code, ran - before) == (1, 3)
    assert re.search(r"planted +5 run, 2 finds", said)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("time.sleep(60)", "hangs"),
        ("os._exit(3)", "dies: 3"),
        ("lab.step('plan', lambda: sum(range(6_000_000)))", "slow: plan"),
        ("(lab.work / '.s.mp3.0123abcd.part').touch(); lab.leftovers()", "leaves a hidden file: .s.mp3.*.part"),
        ("lab.step('show', lambda: lab.told('show', 'a' * 400_001))", "says too much: show"),
        ("raise ValueError('not in a step')", "ValueError (outside of a step)"),
    ],
)  # fmt: skip
def test_what_ends_a_case_is_a_find(tmp_path: Path, body: str, found: str) -> None:
    """A hang, a crash and a price too."""
    code, said, _ = _campaign(tmp_path, body, "--case", "1")
    assert code == 1
    assert f"planted 1: {found}\n" in said


def test_a_program_that_is_changed_while_it_runs_is_told_of(tmp_path: Path) -> None:
    """What it did then is neither the old one's nor the new one's."""
    code, said, _ = _campaign(tmp_path, "(lab.material / 'made').write_text('another')", "--case", "1")
    assert (code, said) == (1, "The program was changed meanwhile: what was found may be of neither.\n")


@pytest.mark.parametrize("kind", GENERATED, ids=lambda kind: kind.name)
def test_the_same_seed_makes_the_same_cases(kind: Any, tmp_path: Path) -> None:
    """And another number another one."""

    def made(number: int) -> Any:
        return kind.generate(Random(f"1 {number}"), tmp_path)  # noqa: S311 (the same for the same seed)

    first = [made(number) for number in range(12)]
    assert first[::-1] == [made(number) for number in reversed(range(12))]
    assert len({str(case) for case in first}) > 3


def test_a_cut_record_is_run_again(tmp_path: Path) -> None:
    """A campaign that is killed while it writes has a line less, and no other is lost by it."""
    kept = records.Records(tmp_path, 1, resume=False)
    kept.add(records.Record("planted", 1, None, 0.5, 3.0))
    file = tmp_path / "campaign-1.jsonl"
    file.write_text(file.read_text() + '["planted", 2, 0.')
    again = records.Records(tmp_path, 1, resume=True)
    again.add(records.Record("planted", 3, cases.Find("odd", ""), 0.1, 9.0))
    tally = records.Records(tmp_path, 1, resume=True).tallies["planted"]
    assert tally == records.Tally({1, 3}, 1, 0.5, 9.0)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (program.Said(1, "", _TRACED), "KeyError in x/y.py:z (show)"),
        (program.Said(7, "", "Error: s.yaml"), "exit code 7: show"),
        (program.Said(-11, "", ""), "exit code -11: show"),
        (program.Said(0, "a\x1b[31m", ""), "U+001B on stdout: show"),
        (program.Said(0, "", "a\x85"), "U+0085 on stderr: show"),
        (program.Said(1, "", ""), "fails without a word: show"),
        (program.Said(1, "", "Error: no such file"), "names no file: show"),
        (program.Said(0, "", "", ("reads /dev/stdin",)), "reads outside its folder: show: /dev/stdin"),
    ],
)  # fmt: skip
def test_what_is_said_is_held_against_the_promises(said: Any, found: str, tmp_path: Path) -> None:
    """Each broken promise is a find by its name."""
    own = lab.Lab(tmp_path, lab.Limits(1, 1), tmp_path)
    with pytest.raises(FoundError) as raised:
        program.look(own, said, ("show",), names="s.yaml")
    assert raised.value.find.kind == found
    program.look(own, program.Said(3, "s.yaml:1:1: a fault", ""), ("show",), names="s.yaml")


@pytest.mark.parametrize("data", [b"one\ntwo\nthree x\nfour\n", "éé\nx".encode(), b"\xff\xfe\x00x\x80"])
def test_what_can_go_goes(data: bytes) -> None:
    """Lines first, then signs, and bytes of what is no text."""
    assert shrinking.smallest(data, lambda part: b"x" in part) == b"x"


def test_the_page_tells_of_every_class() -> None:
    """By the names that the script has."""
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    names = [kind.name for kind in kinds.KINDS]
    assert [name for name in re.findall(r"^\| (\w+) \|", page, re.MULTILINE) if name in names] == [*names, *names]
