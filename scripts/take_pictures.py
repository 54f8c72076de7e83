"""Take the docs' pictures of what one chooses and listens with: `.venv/bin/python -P scripts/take_pictures.py`.

It opens the studio in Chromium and photographs its page. It renders three routines and photographs theirs: the player
on a phone and on a laptop, the card, four covers, the list of sessions, and the terminal; and draws the sheet of
drawings. It needs a Chromium or Chrome on the path and the development tools. Run it when a page's
looks change, and look at every picture.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.terminal_theme import MONOKAI

sys.path.append(str(Path(__file__).parent))  # last: a script in it is named as the package

import browsers

from voiceguide import phrases
from voiceguide.drawing.png import png
from voiceguide.pages import card
from voiceguide.pages import drawings as drawn
from voiceguide.pages.cover import cover, motif_of
from voiceguide.play.transport import Heard
from voiceguide.play.view import Screen, view
from voiceguide.publish.beside import Wanted
from voiceguide.publish.folder import publish
from voiceguide.routine.notes import notes_of
from voiceguide.session import load, plan, render
from voiceguide.studio import serving
from voiceguide.timeline.reading import timeline as timeline_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from voiceguide.timeline import Timeline

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SESSIONS = ("upper-back", "feet", "desk-break")
COVERS = ("upper-back", "feet", "hands-forearms", "head-face")
COVER = 300
"""Pixels."""
PHONE, LAPTOP, LIST, PAPER = (390, 844), (1280, 800), (900, 760), (794, 1123)
STUDIO, HALF = (1280, 860), (1024, 768)
TERMINAL = Screen(width=84, height=24)


def main() -> None:
    """Take them all."""
    found = browsers.found()
    if found is None:
        sys.exit(browsers.MISSING)
    with TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        studio(browser, Path(folder) / "studio")
        sessions(browser, Path(folder))
        on_paper(browser)
        browser.close()
    covers()
    drawings()


def studio(browser: Browser, folder: Path) -> None:
    """What the README opens with: the massages there are, the choices for one, and that one in the middle of a step."""
    with serving.running(folder, None, lambda fault: print(fault, file=sys.stderr)) as running:
        page = opened(browser, STUDIO, "light")
        page.goto(running.address)
        page.wait_for_selector("#tiles li")
        page.wait_for_load_state("networkidle")
        taken(page, "studio")
        page = opened(browser, HALF, "dark")
        page.goto(running.address)
        page.wait_for_selector("#tiles li")
        page.get_by_role("link", name="Upper back massage").click()
        page.wait_for_selector("#result strong")
        page.wait_for_timeout(600)
        taken(page, "studio-choices")
        page.locator("#begin").click()
        page.wait_for_selector("#play:enabled", timeout=120_000)
        identity = page.url.rpartition("=")[2]
        while page.evaluate(f"fetch('/api/sessions/{identity}').then((a) => a.json())")["state"] != "whole":
            page.wait_for_timeout(500)
        told = page.evaluate(f"fetch('/api/sessions/{identity}/timeline').then((a) => a.json())")["session"]
        if page.evaluate("!document.querySelector('audio').paused"):
            page.locator("#play").click()
        at(page, explaining(timeline_of(told)))
        taken(page, "studio-hear")


def sessions(browser: Browser, folder: Path) -> None:
    """The player in the middle of a press and of a step; the terminal then; and the list that leads to it."""
    for name in SESSIONS:
        routine = load(name)
        timeline = render(routine, folder / f"{name}.mp3", beside=Wanted(player=True), voice="hibari")
        if name == SESSIONS[0]:
            player(browser, folder / f"{name}.html", timeline)
            terminal(browser, timeline)
    _, listing = publish(folder, "https://example.org/massage", overwrite=True)
    page = opened(browser, LIST, "dark")
    page.goto(listing.as_uri())
    taken(page, "sessions")


def player(browser: Browser, path: Path, timeline: Timeline) -> None:
    """On a phone while thumbs press, and on a laptop in light while a step is explained."""
    page = opened(browser, PHONE, "dark")
    page.goto(path.as_uri())
    page.wait_for_selector("#play:enabled")
    taken(page, "player-before")
    at(page, pressing(timeline))
    taken(page, "player-phone")
    page = opened(browser, LAPTOP, "light")
    page.goto(path.as_uri())
    page.wait_for_selector("#play:enabled")
    at(page, explaining(timeline))
    taken(page, "player-laptop")


def at(page: Page, seconds: float) -> None:
    """Let it play from a time on, for as long as a picture needs to settle."""
    page.keyboard.press(" ")
    sought(page, seconds)
    if page.evaluate("document.querySelector('audio').paused"):  # it waits for the one who listens
        page.keyboard.press(" ")
        sought(page, seconds)


def sought(page: Page, seconds: float) -> None:
    """Seek, and let the picture settle."""
    page.evaluate("seconds => { document.querySelector('audio').currentTime = seconds }", seconds)
    page.wait_for_timeout(600)


def pressing(timeline: Timeline) -> float:
    """A second into the second press of the session."""
    rounds = [held for chapter in timeline.chapters for slot in chapter.slots for held in slot.rounds]
    return rounds[1].press[0] + 1.0


def explaining(timeline: Timeline) -> float:
    """Half a second into the longest sentence of an instruction."""
    said = [words for clip in timeline.on("narration") if clip.role == "instruction" for words in clip.sentences]
    return max(said, key=lambda words: words.end - words.start).start + 0.5


def terminal(browser: Browser, timeline: Timeline) -> None:
    """What `play` shows at the same moment."""
    heard = Heard(pressing(timeline))
    console = Console(
        record=True, width=TERMINAL.width, height=TERMINAL.height, file=io.StringIO(), force_terminal=True
    )
    console.print(view(timeline, heard, TERMINAL))
    page = opened(browser, (860, 500), "dark")
    page.set_content(console.export_html(theme=MONOKAI))
    taken(page, "terminal")


def on_paper(browser: Browser) -> None:
    """The card of the full routine."""
    routine = load("upper-back")
    timeline = plan(routine, length="full")
    page = opened(browser, PAPER, "light")
    sheet = card.card(timeline, notes_of(routine, timeline.language))
    page.set_content(card.bytes_of(sheet, Path("card.html")).decode())
    taken(page, "card")


def covers() -> None:
    """Some covers in a row."""
    row = Image.new("RGB", (COVER * len(COVERS), COVER))
    for number, name in enumerate(COVERS):
        routine = load(name)
        timeline = plan(routine)
        minutes = phrases.load(timeline.language).minutes(timeline.duration)
        picture = cover(timeline.title, minutes, motif_of(routine.tags))
        row.paste(Image.open(io.BytesIO(picture)).resize((COVER, COVER), Image.Resampling.LANCZOS), (number * COVER, 0))
    row.quantize(128).save(FOLDER / "covers.png", optimize=True)
    print(FOLDER / "covers.png")


def drawings() -> None:
    """The sheet of all drawings, half as large."""
    sheet = Image.open(io.BytesIO(png(drawn.sheet()))).reduce(2)
    sheet.quantize(128, dither=Image.Dither.NONE).save(FOLDER / "drawings.png", optimize=True)
    print(FOLDER / "drawings.png")


def opened(browser: Browser, size: tuple[int, int], scheme: str) -> Page:
    """An empty page of a size in pixels."""
    viewport = {"width": size[0], "height": size[1]}
    return browser.new_context(viewport=viewport, color_scheme=scheme).new_page()  # type: ignore[arg-type]  # literals


def taken(page: Page, name: str) -> None:
    """Keep what a page shows, in few colours: pictures are read with the repository."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
    print(FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
