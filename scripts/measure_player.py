"""Measure how soon a player page shows and can play: `python scripts/measure_player.py`.

Renders sessions of 20 and 60 minutes with the tone voice, writes their pages and opens each from disk in Chromium,
several times, with nothing kept from one to the next. Prints medians in milliseconds since the page was asked for: its
first paint, and when play can be pressed. Needs playwright and the system's Chromium, and two minutes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parent))  # last: a script in it is named as the package

import browsers

from voiceguide.pages import player
from voiceguide.session import load, render

SESSIONS = (("upper-back", "20m"), ("full-body", "60m"))
RUNS = 5
TIMES = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  performance.getEntriesByName("play-enabled")[0].startTime,
]"""


def written(routine: str, length: str, folder: Path) -> Path:
    """Render a session and write its page."""
    audio, page = folder / f"{length}.mp3", folder / f"{length}.html"
    timeline = render(load(routine), audio, length=length, voice="tone")
    with page.open("wb") as file:
        player.write(file, timeline, audio)
    audio.unlink()
    return page


def measured(page: Path) -> list[tuple[float, float]]:
    """Open a page RUNS times; return (first paint, play) in milliseconds."""
    from playwright.sync_api import sync_playwright

    found = browsers.found()
    if found is None:
        sys.exit(browsers.MISSING)
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for _ in range(RUNS):
            context = browser.new_context(viewport={"width": 390, "height": 844})
            opened = context.new_page()
            opened.goto(page.as_uri(), wait_until="commit")
            opened.wait_for_selector("#play:enabled", timeout=60_000)
            opened.wait_for_timeout(300)
            times.append(tuple(opened.evaluate(TIMES)))
            context.close()
        browser.close()
    return times


def main() -> None:
    """Measure each session."""
    with tempfile.TemporaryDirectory() as folder:
        for routine, length in SESSIONS:
            page = written(routine, length, Path(folder))
            painted, enabled = (statistics.median(column) for column in zip(*measured(page), strict=True))
            size = page.stat().st_size / 1e6
            print(f"{length}, {size:.0f} MB: painted after {painted:.0f} ms, play after {enabled:.0f} ms")
            page.unlink()


if __name__ == "__main__":
    main()
