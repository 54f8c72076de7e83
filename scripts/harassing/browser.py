"""Rounds in a real browser: somebody types into the page, and it, its browser or its server is killed."""

from __future__ import annotations

import os
import signal
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import browsers

from harassing.rounds import Place, Result
from harassing.typing import LATEST, LostError, Typed, line_of, typist
from harassing.writer import begun

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from playwright.sync_api import BrowserContext, Page

_MOST_SIGNS = 40
_PATIENCE = 180.0
"""Seconds for anything at all, with a crowded machine in mind: it ends what would never come."""
_TICK = 0.005
_SIDES = ("form", "text")
_ARGUMENTS = ["--no-sandbox", "--disable-background-networking"]  # as root, Chromium has no sandbox
_STATE = """() => document.getElementById("conflict") ? "conflict"
  : document.getElementById("saved")?.textContent === "Saved" ? "saved" : "" """


class Desk:
    """A browser with a profile that outlives it, and a studio."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._profiles = 0
        self.place = Place(scratch / "desk")

    def __enter__(self) -> Self:
        from playwright.sync_api import sync_playwright

        self._stack = ExitStack()
        self._driver = self._stack.enter_context(sync_playwright())
        self._launch()
        return self

    def __exit__(self, *_ended: object) -> None:
        self.place.close()
        with suppress(Exception):
            self._context.close()
        self._stack.close()

    def _launch(self) -> None:
        found = browsers.found()
        if found is None:
            raise SystemExit(f"{browsers.MISSING}; --browser 0 does without")
        self._profile = self._scratch / "profile"
        self._context: BrowserContext = self._driver.chromium.launch_persistent_context(
            self._profile,
            executable_path=found,
            headless=True,
            args=_ARGUMENTS,
            locale="en-GB",
            timeout=_PATIENCE * 1000,
        )
        self._context.set_default_timeout(_PATIENCE * 1000)

    def kill(self) -> None:
        """Kill the browser, with all of its processes, and wait until they are gone: one holds its notes."""
        while alive := self._processes():
            for number in alive:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            time.sleep(_TICK)

    def _processes(self) -> list[int]:
        wanted = f"--user-data-dir={self._profile}".encode()
        found = []
        for each in Path("/proc").iterdir():
            with suppress(OSError):
                if each.name.isdigit() and wanted in (each / "cmdline").read_bytes():
                    found.append(int(each.name))
        return found

    def again(self) -> None:
        """Start the browser again after its kill."""
        with suppress(Exception):
            self._context.close()
        (self._profile / "SingletonLock").unlink(missing_ok=True)
        self._launch()

    def opened(self, identity: str) -> Page:
        """Open a draft in a tab of its own."""
        page = self._context.new_page()
        page.goto(self.place.server.address)
        page.wait_for_selector("h1")
        page.evaluate(f"window.location.hash = '#draft={identity}'")
        page.wait_for_selector("#draft-form")
        return page


def _field(page: Page, side: str, number: int) -> None:
    """Go to the end of one of the two lines, in the form or in the text."""
    page.locator(f"#tab-{side}").click()
    if side == "form":
        page.locator(".step").nth(number).get_by_label("What is said", exact=True).click()
        page.keyboard.press("End")
        return
    page.wait_for_selector("#draft-text")
    page.locator(".cm-line", has_text="say:").nth(number).click()
    page.keyboard.press("End")


def _typed(page: Page, rng: Random, signs: int) -> tuple[Typed, float]:
    """Type, wait, and return what was typed, and when something is to be killed: now."""
    who, typed = typist(rng, signs), Typed()
    for sign, pause in zip(who.signs, who.pauses, strict=True):
        page.wait_for_timeout(pause * 1000)
        typed.type(sign)
        page.keyboard.press(sign)
    page.wait_for_timeout(min(who.until_kill, LATEST) * 1000)
    return typed, time.monotonic()


def _settled(page: Page) -> int:
    """Wait until all is saved, and return how often the page asked which of two texts is meant: the one typed here."""
    asked, end = 0, time.monotonic() + _PATIENCE
    while (state := page.evaluate(_STATE)) != "saved" or page.evaluate(_STATE) != "saved":
        if time.monotonic() > end:
            raise LostError(f"what was typed is not saved in {_PATIENCE:.0f} s: the page says {state!r}")
        if state == "conflict":
            asked += 1
            page.locator("#conflict ~ .row button").nth(1).click()
        page.wait_for_timeout(50)
    return asked


def _round(desk: Desk, rng: Random, strike: Callable[[Page], Any], *, goes_on: bool = False) -> Result:
    """Type, strike, and open the draft once more unless the page goes on."""
    identity = begun(desk.place.server)
    page = desk.opened(identity)
    _settled(page)
    _field(page, rng.choice(_SIDES), 0)
    typed, end = _typed(page, rng, rng.randint(1, _MOST_SIGNS))
    strike(page)
    if not goes_on:
        page = desk.opened(identity)
    asked = _settled(page)
    there = line_of(desk.place.text(identity), 0)
    page.close()
    return Result(typed.lost(there, end), 1, asked)


def crash(desk: Desk, rng: Random) -> Result:
    """The tab crashes."""

    def strike(page: Page) -> None:
        with suppress(Exception):  # nobody is left to answer
            page.goto("chrome://crash", timeout=10_000)
        page.close()

    return _round(desk, rng, strike)


def close(desk: Desk, rng: Random) -> Result:
    """The tab is closed, and the page is not asked."""
    return _round(desk, rng, lambda page: page.close(run_before_unload=False))


def kill(desk: Desk, rng: Random) -> Result:
    """All of the browser is killed."""

    def strike(_page: Page) -> None:
        desk.kill()
        desk.again()

    return _round(desk, rng, strike)


def server(desk: Desk, rng: Random) -> Result:
    """The server is killed, and comes again; the page goes on."""
    return _round(desk, rng, lambda _page: desk.place.restart(rng.uniform(0, 0.5)), goes_on=True)


def everything(desk: Desk, rng: Random) -> Result:
    """Server and browser are killed at once."""

    def strike(_page: Page) -> None:
        desk.kill()
        desk.place.restart(0)
        desk.again()

    return _round(desk, rng, strike)._replace(kills=2)


def tabs(desk: Desk, rng: Random) -> Result:
    """Two tabs have one draft, each types on a line of hers, and one of them is closed; the server is killed, too."""
    identity = begun(desk.place.server)
    pages = [desk.opened(identity) for _ in range(2)]
    lines = []
    for number, page in enumerate(pages):
        page.bring_to_front()
        _settled(page)
        _field(page, "form", number)
        lines.append(_typed(page, rng, rng.randint(1, _MOST_SIGNS // 2)))
    pages[1].close(run_before_unload=False)
    desk.place.restart(rng.uniform(0, 0.2))
    asked = _settled(pages[0])
    pages[0].close()
    last = desk.opened(identity)
    asked += _settled(last)
    last.close()
    text = desk.place.text(identity)
    lost = [typed.lost(line_of(text, number), end) for number, (typed, end) in enumerate(lines)]
    return Result(max(lost), 2, asked)


IN_BROWSER: dict[str, Callable[[Desk, Random], Result]] = {
    "page: tab crashed": crash,
    "page: tab closed": close,
    "page: browser": kill,
    "page: server": server,
    "page: server and browser": everything,
    "page: server, one of two tabs": tabs,
}
