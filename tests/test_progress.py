"""Whoever waits for the tests is told how many there are, how far they are, and how long the rest takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from progress_for_tests import DEAR, EVERY, NEIGHBOURS, Progress, dear_first

TESTS = Path(__file__).parent


class Run:
    """A run of tests in a time of its own."""

    def __init__(self, total: int, dear: int = 0) -> None:
        self.now = 100.0
        self._told = [("dear tests", dear)]
        self.lines: list[str] = []
        self._progress = Progress(lambda: self.now)
        reporter = SimpleNamespace(write_line=self.lines.append)
        plugins = SimpleNamespace(get_plugin=lambda _name: reporter)
        session: Any = SimpleNamespace(testscollected=total, config=SimpleNamespace(pluginmanager=plugins))
        self._progress.pytest_sessionstart(session)

    def tests(self, count: int, seconds: float, *marks: str, failed: str = "") -> None:
        """Run some, each for so long."""
        for _ in range(count):
            self._progress.pytest_runtest_logstart()
            self.now += seconds
            for when in ("setup", "call", "teardown"):
                report: Any = SimpleNamespace(
                    when=when,
                    failed=when == failed,
                    nodeid="tests/test_it.py::test_it",
                    keywords=dict.fromkeys(marks, 1),
                    user_properties=self._told,
                )
                self._progress.pytest_runtest_logreport(report)


class Test:
    """One of pytest's, in a browser or slow."""

    __test__ = False

    def __init__(self, fixture: str, slow: bool) -> None:
        self.fixturenames = [fixture] if fixture else []
        self.slow = slow
        self.keywords: dict[str, bool] = {}
        self.user_properties: list[tuple[str, int]] = []

    def get_closest_marker(self, _name: str) -> bool:
        """Whether it is marked `slow`."""
        return self.slow


def test_a_line_now_and_then() -> None:
    """Not one a test, nor one at the very end, where pytest has its own: how many, how long, how long yet."""
    run = Run(5000)
    run.tests(5000, EVERY / 500)
    assert run.lines[0] == "500 of 5,000 tests (10 %), 0:15 so far, about 2:20 left"
    assert run.lines[-1] == "4,500 of 5,000 tests (90 %), 2:15 so far, about 0:20 left"
    assert len(run.lines) == 9


def test_dear_ones_weigh_more() -> None:
    """They come first: the many others take less of the time than of the count."""
    run = Run(1000, dear=100)
    run.tests(100, DEAR / 32, "dear")
    run.tests(900, 1 / 32)
    assert run.lines[0] == "20 of 1,000 tests (2 %), 0:15 so far, about 1:30 left"
    assert run.lines[-2] == "100 of 1,000 tests (10 %), 1:15 so far, about 0:30 left"


def test_dear_ones_come_first_in_every_stretch() -> None:
    """Each process gets as many tests, and of those in a browser some neighbours in turn; none is lost."""
    tests = [Test("browser" * (n % 3 == 0), n % 7 == 0) for n in range(301)]
    items: list[Any] = list(tests)
    dear_first(items, 3)
    assert sorted(map(id, items)) == sorted(map(id, tests))
    stretches = [[tests.index(each) for each in items[301 * at // 3 : 301 * (at + 1) // 3]] for at in range(3)]
    in_browser = [[n for n in stretch if n % 3 == 0] for stretch in stretches]
    slow = [[n for n in stretch if n % 3 and n % 7 == 0] for stretch in stretches]
    assert in_browser[1][: NEIGHBOURS + 1] == [*range(3 * NEIGHBOURS, 6 * NEIGHBOURS, 3), 12 * NEIGHBOURS]
    assert max(map(len, in_browser)) - min(map(len, in_browser)) <= NEIGHBOURS
    assert max(map(len, slow)) - min(map(len, slow)) <= 1
    for stretch, *dear in zip(stretches, in_browser, slow, strict=True):
        assert stretch[: sum(map(len, dear))] == [*dear[0], *dear[1]]
        assert [n for n in stretch if tests[n].keywords] == [*dear[0], *dear[1]]
    assert {told for each in tests for told in each.user_properties} == {("dear tests", 101 + 28)}


@pytest.mark.parametrize("when", ["setup", "call", "teardown"])
def test_a_failure_is_named_at_once(when: str) -> None:
    """Wherever it fails; it is counted in every line from then on."""
    run = Run(3)
    run.tests(1, 1.0, failed=when)
    assert run.lines == ["FAILED tests/test_it.py::test_it"]
    run.tests(1, EVERY)
    assert run.lines[1:] == ["2 of 3 tests (66 %), 1 failed, 0:16 so far, about 0:10 left"]


@pytest.mark.parametrize("processes", [(), ("-n", "2", "--dist", "worksteal")], ids=["alone", "in-processes"])
def test_pytest_still_has_the_last_word(tmp_path: Path, processes: tuple[str, ...]) -> None:
    """No letters; each failure is shown whole at the end, with its summary, and how many passed in the last line."""
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text("utf-8"), "utf-8")
    (tmp_path / "pytest.ini").write_text(
        f"[pytest]\nconsole_output_style = classic\npythonpath = {TESTS}\nmarkers = slow\n", "utf-8"
    )
    (tmp_path / "test_some.py").write_text(
        "import pytest\nimport progress_for_tests\nprogress_for_tests.EVERY = 0\n"
        "def test_one(): pass\ndef test_two(): raise ValueError('two')\n"
        "@pytest.mark.slow\ndef test_three(): pass\n@pytest.mark.skip\ndef test_four(): pass\n",
        "utf-8",
    )
    command = [sys.executable, "-P", "-m", "pytest", "-p", "no:cacheprovider", "--basetemp", "files", *processes]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    begin = next(number for number, line in enumerate(lines) if "4 items" in line)
    end = next(number for number, line in enumerate(lines) if "= FAILURES =" in line)
    told = [line for line in lines[begin + 1 : end] if line and "scheduling" not in line]
    assert "FAILED test_some.py::test_two" in told
    assert all(line.startswith(("FAILED", "1 of 4 tests", "2 of 4 tests", "3 of 4 tests")) for line in told), told
    assert "E   ValueError: two" in lines
    assert "FAILED test_some.py::test_two - ValueError: two" in lines
    assert "1 failed, 2 passed, 1 skipped in " in lines[-1]
