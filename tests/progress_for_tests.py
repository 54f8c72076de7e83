"""How far the tests are, in a line now and then; in place of pytest's letters, of which there would be thousands."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

DEAR = 24
"""What a test in a browser, or marked `slow`, weighs in the estimate: measured, 1.5 s to the others' 0.06 s."""
NEIGHBOURS = 8
"""Tests in a browser that stay together."""
EVERY = 15.0
"""Seconds from one line to the next."""


def dear_first(items: list[pytest.Item], processes: int = 1) -> None:
    """Put first in what each process gets what is opened in a browser, then slow tests, so that none is begun late.

    Each gets an equal stretch of all of them (xdist's worksteal), with an equal part of each kind. Of those in a
    browser it is some neighbours here and there, as they share a page, and one file's take much longer than another's.
    Notes on every test how many of both there are.
    """
    browser: list[pytest.Item] = []
    slow: list[pytest.Item] = []
    others: list[pytest.Item] = []
    for item in items:
        kind = slow if item.get_closest_marker("slow") else others
        (browser if "browser" in getattr(item, "fixturenames", ()) else kind).append(item)
    for item in items:  # whose report takes both to the process that counts, which under xdist collects no tests
        item.user_properties.append(("dear tests", len(browser) + len(slow)))
    for item in (*browser, *slow):
        item.keywords["dear"] = True
    total = len(items)
    items.clear()
    for number in range(processes):
        mine = [item for at, item in enumerate(browser) if at // NEIGHBOURS % processes == number]
        mine += slow[len(slow) * number // processes : len(slow) * (number + 1) // processes]
        size = total * (number + 1) // processes - len(items)
        mine, others = mine + others[: max(0, size - len(mine))], others[max(0, size - len(mine)) :]
        items += mine


class Progress:
    """A plugin of pytest that prints how many tests are done, how long it took, and about how long the rest will."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._write: Callable[[str], None] = print
        self._total: Callable[[], int] = lambda: 0
        self._begun: float | None = None
        self._told = 0.0
        self._done = self._failed = 0
        self._dear = self._dear_done = 0

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Take the reporter's place for what it prints while tests run, but not for what stands at the end."""
        reporter = session.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.showfspath = False  # no line a file
            self._write = reporter.write_line
        self._total = lambda: session.testscollected

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self) -> Generator[None, tuple[str, str, object], tuple[str, str, object]]:
        """Print no letter; words and counts stay for the summary."""
        category, _, word = yield
        return category, "", word

    def pytest_runtest_logstart(self) -> None:
        """Reckon from the first test on: collecting is no part of the pace."""
        if self._begun is None:
            self._begun = self._told = self._clock()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count, name a failure at once (what it was stands at the end), and tell when it is time."""
        if report.failed:
            self._failed += 1
            self._write(f"FAILED {report.nodeid}")
        if report.when != "teardown":
            return
        self._done += 1
        self._dear_done += "dear" in report.keywords
        for name, value in report.user_properties:
            if name == "dear tests" and isinstance(value, int):
                self._dear = value
        now = self._clock()
        if self._begun is not None and now - self._told >= EVERY and self._done < self._total():
            self._told = now
            self._write(self._line(now - self._begun))

    def _line(self, seconds: float) -> str:
        total = max(self._total(), self._done)
        weight_done = self._done + (DEAR - 1) * self._dear_done
        weight = total + (DEAR - 1) * self._dear
        left = seconds * (weight - weight_done) / weight_done
        failed = f", {self._failed} failed" if self._failed else ""
        return (
            f"{self._done:,} of {total:,} tests ({100 * self._done // total} %){failed}, "
            f"{_minutes(seconds)} so far, about {_minutes(10 * round(left / 10))} left"
        )


def _minutes(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"
