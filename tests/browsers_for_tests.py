"""A browser for the tests of pages: the system's Chromium, without a window."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from scripts_for_tests import loaded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

_BROWSERS = loaded("browsers")
_PATIENCE = 180
"""Seconds: how soon something is so is not what is tested, and a machine on which all else runs too has its time."""


@cache
def _fault_of_the_driver() -> str:
    """Why Playwright cannot start, "" where it can: its Node needs a library that a bare Debian lacks (libatomic1)."""
    asked = subprocess.run(
        [sys.executable, "-m", "playwright", "--version"], capture_output=True, text=True, check=False
    )
    return asked.stderr.strip() if asked.returncode else ""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Launch a browser that asks nobody anything; skips the test where there is none.

    Playwright's event loop runs until the end of the block, so nothing in it may start one of its own.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    found = _BROWSERS.found()
    if found is None:
        pytest.skip(_BROWSERS.MISSING)
    if fault := _fault_of_the_driver():
        pytest.skip(f"Playwright's driver does not start here: {fault}")
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", "--disable-background-networking"]  # as root, Chromium has no sandbox
        browser = started.chromium.launch(executable_path=found, headless=True, args=arguments)
        for opening in ("new_context", "new_page"):
            setattr(browser, opening, _patient(getattr(browser, opening)))
        yield browser
        browser.close()


def _patient(opening: Callable[..., Any]) -> Callable[..., Any]:
    def opened(**options: Any) -> Any:
        made = opening(**options)
        made.set_default_timeout(1000 * _PATIENCE)
        return made

    return opened


def until(page: Page, expression: str) -> None:
    """Wait for something to be true; not by playwright's own means, which the page's policy forbids."""
    began = time.monotonic()
    while not page.evaluate(expression):
        assert time.monotonic() - began < _PATIENCE, f"not within {_PATIENCE} s: {expression}"
        page.wait_for_timeout(20)
