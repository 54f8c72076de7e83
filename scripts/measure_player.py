"""Measure how soon a player page shows and can play, and its longest task: `python scripts/measure_player.py`.

Renders sessions of 20 and 60 minutes with the tone voice, writes their pages and opens each from disk in Chromium,
several times, with nothing kept from one to the next. Prints medians in milliseconds since the page was asked for: its
first paint, and when play can be pressed. Then it plays each at every step in turn, with drawings and without, and
prints the longest task of the page's main thread: milliseconds that it computed, however often it had to wait, the
least of three rounds; four times as many where a processor is four times as slow. The exit code is 1 where that reaches
50 ms, in which a touch is felt to be late. Needs playwright and the system's Chromium, and three minutes.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parent))  # last: a script in it is named as the package

import browsers

from voiceguide.pages import player
from voiceguide.session import load, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

SESSIONS = (("upper-back", "20m"), ("full-body", "60m"))
RUNS, ROUNDS = 5, 3
SLOWER, LONGEST = 4, 50.0
"""How much slower a phone is, and how many milliseconds one task may take it."""
TIMES = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  performance.getEntriesByName("play-enabled")[0].startTime,
]"""


def written(routine: str, length: str, folder: Path) -> tuple[Path, Path, list[float]]:
    """Render a session and write its page with drawings and without; returns both, and its steps' starts in seconds."""
    audio = folder / f"{length}.mp3"
    timeline = render(load(routine), audio, length=length, voice="tone")
    plain = replace(timeline, chapters=[replace(chapter, show=None) for chapter in timeline.chapters])
    pages = folder / f"{length}.html", folder / f"{length}-without.html"
    for page, told in zip(pages, (timeline, plain), strict=True):
        with page.open("wb") as file:
            player.write(file, told, audio)
    audio.unlink()
    return *pages, [chapter.start for chapter in timeline.chapters]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Launch the browser that is found."""
    from playwright.sync_api import sync_playwright

    found = browsers.found()
    if found is None:
        sys.exit(browsers.MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, page: Path) -> Iterator[Page]:
    """Open a page as a phone shows it, with nothing kept from earlier, until it can play."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    shown = context.new_page()
    shown.goto(page.as_uri(), wait_until="commit")
    shown.wait_for_selector("#play:enabled", timeout=60_000)
    shown.wait_for_timeout(300)
    yield shown
    context.close()


def readiness(browser: Browser, page: Path) -> tuple[float, float]:
    """Open a page RUNS times; return the medians of its first paint and of play, in milliseconds."""
    times = []
    for _ in range(RUNS):
        with opened(browser, page) as shown:
            times.append(shown.evaluate(TIMES))
    painted, enabled = (statistics.median(column) for column in zip(*times, strict=True))
    return painted, enabled


def longest_task(browser: Browser, page: Path, starts: list[float]) -> float:
    """Return the longest task while a page plays a little of every step, in milliseconds; the least of ROUNDS."""
    with opened(browser, page) as shown:
        shown.evaluate("audio.muted = true; document.getElementById('play').click()")
        shown.wait_for_timeout(1000)
        rounds = []
        for _ in range(ROUNDS):
            browser.start_tracing(page=shown, categories=["toplevel"])
            shown.wait_for_timeout(200)  # the page's process hears of it a little later
            for start in starts:
                shown.evaluate("seconds => { audio.currentTime = seconds; }", start + 1)
                shown.wait_for_timeout(400)
            rounds.append(_longest(json.loads(browser.stop_tracing())["traceEvents"]))
    return min(rounds)


def _longest(events: list[dict[str, Any]]) -> float:
    main = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"].endswith("RunTask") and (event["pid"], event["tid"]) in main]
    return float(max(task["tdur"] for task in tasks if "tdur" in task)) / 1000


def main() -> None:
    """Measure each session."""
    late = False
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for routine, length in SESSIONS:
            page, without, starts = written(routine, length, Path(folder))
            painted, enabled = readiness(browser, page)
            size = page.stat().st_size / 1e6
            print(f"{length}, {size:.0f} MB: painted after {painted:.0f} ms, play after {enabled:.0f} ms")
            drawn, plain = longest_task(browser, page, starts), longest_task(browser, without, starts)
            page.unlink()
            without.unlink()
            late |= drawn * SLOWER >= LONGEST
            print(
                f"{length}, {len(starts)} steps: longest task {drawn:.1f} ms, {SLOWER * drawn:.0f} ms at a quarter of"
                f" the speed; {plain:.1f} ms without drawings, {drawn / plain:.2f} times as long with them"
            )
    sys.exit(late)


if __name__ == "__main__":
    main()
