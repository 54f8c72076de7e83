"""The studio's page in a browser, with its server: from the opened page to a session that sounds, and back to it."""

from __future__ import annotations

import math
import re
import struct
import wave
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from browsers_for_tests import chromium, until
from caches_for_tests import unspoken
from commands_for_tests import SMALL
from phones_for_tests import asked as phone

from voiceguide import voices
from voiceguide.studio import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

SOUNDS = "!audio.paused && audio.currentTime > 0.2"
STATE = "document.getElementById('player').dataset.state"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """A studio with a short routine of somebody's own; the voice for tests speaks where nobody is chosen."""
    folder = tmp_path_factory.mktemp("studio")
    own = folder / "own"
    own.mkdir()
    (own / "small.yaml").write_text(SMALL, "utf-8")
    picked, faults = voices.pick, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEGUIDE_ROUTINES", str(own))
        patch.setenv("VOICEGUIDE_CACHE", str(unspoken(folder / "cache")))
        patch.setattr(voices, "pick", lambda spec, **where: picked(spec or "tone", **where))
        with serving.running(folder / "data", None, faults.append) as running:
            yield running.address
    assert faults == []


@pytest.fixture
def context(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Somebody's browser, on a phone's width; nothing goes wrong in it, and it asks nobody but the studio."""
    made = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    origin = address.partition("/open")[0]
    asked: list[str] = []
    faults: list[str] = []
    made.on("request", lambda request: asked.append(request.url))
    made.on("weberror", lambda error: faults.append(str(error.error)))
    made.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield made
    made.close()
    assert [url for url in asked if not url.startswith((origin, "data:", "blob:"))] == []
    assert faults == []


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The page, as the command opens it."""
    return opened(context, address)


def opened(context: BrowserContext, address: str, where: str = "") -> Page:
    page = context.new_page()
    page.goto(address if not where else f"{address.partition('/open')[0]}/{where}")
    page.wait_for_selector("h1")
    return page


def small(page: Page) -> None:
    """Play the short routine from its tile."""
    page.get_by_role("button", name="Play Small one").click()
    until(page, SOUNDS)


def sessions(page: Page) -> list[dict[str, Any]]:
    """What the server knows."""
    return list(page.evaluate("fetch('/api/sessions').then((answer) => answer.json())")["sessions"])


def test_a_newcomer_has_a_break_at_the_desk_in_five_taps(page: Page, context: BrowserContext, address: str) -> None:
    """Tile, Short, Play: it sounds, and says how long it is. One more, and there is an address for the phone."""
    page.get_by_role("link", name=re.compile("Desk break")).click()
    page.get_by_label(re.compile("Short")).check()
    page.wait_for_selector("#result:not(.stale) strong:has-text('5 min')")
    page.locator("#begin").click()
    until(page, SOUNDS)
    assert page.evaluate("Math.round(audio.duration)") == 300
    assert page.evaluate(STATE) == "playing"
    page.locator("#hand-over button").click()
    page.wait_for_selector("dialog .qr")
    url = page.locator("dialog .address").inner_text()
    assert url.startswith("http://")
    assert page.evaluate(STATE) == "paused"  # from here on it is the phone's to play
    # What a phone fetches is told here, too.
    assert page.locator("dialog .way").inner_text() == "No phone has opened it yet."
    assert phone(f"{url}sound", Range="bytes=0-9").status == 206
    page.wait_for_selector("dialog .way:has-text('On its way to the phone: 0%')")
    assert len(phone(f"{url}sound").body) == int(phone(f"{url}sound", "HEAD").headers["content-length"])
    page.wait_for_selector("dialog .way:has-text('On its way to the phone: 100%')")
    assert phone(f"{url}session").status == 200
    page.wait_for_selector("dialog .way:has-text('Everything is on the phone')")
    assert page.locator("dialog progress").is_hidden()
    page.get_by_role("button", name="Stop sending").click()
    page.wait_for_selector("dialog", state="detached")
    assert page.evaluate("document.activeElement.parentElement.id") == "hand-over"
    # What is deleted can be brought back, and is gone when the page is.
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Bring it back").click()
    page.wait_for_selector("#screen")
    page.get_by_role("button", name="Delete").click()
    page.wait_for_selector("#notices .notice")
    (deleted,) = [session["id"] for session in sessions(page) if session["routine"] == "desk-break"]
    page.goto("about:blank")
    until(opened(context, address), f"fetch('/api/sessions/{deleted}').then((answer) => answer.status === 404)")


def test_a_reload_and_a_second_tab_lose_nothing(page: Page, context: BrowserContext, address: str) -> None:
    """The address has the session: it goes on where it was, and in another tab it is the same one."""
    small(page)
    page.evaluate("audio.currentTime = 30")
    until(page, "audio.currentTime > 30.2")
    page.reload()
    page.wait_for_selector("#play:enabled")
    until(page, "audio.currentTime >= 30")
    assert page.evaluate(STATE) == "paused"
    second = opened(context, address, page.url.rpartition("/")[2])
    second.wait_for_selector("#play:enabled")
    assert len([session for session in sessions(second) if session["routine"] == "small"]) == 1
    second.close()
    page.locator("#play").click()
    until(page, SOUNDS)


def test_where_it_was_left_is_known_to_the_moment(page: Page) -> None:
    """A step that was jumped to is the step after a reload; leaving for all massages forgets nothing either."""
    small(page)
    identity = page.url.rpartition("=")[2]
    page.keyboard.press("Space")
    page.keyboard.press("PageDown")
    until(page, "audio.paused && !audio.seeking && audio.currentTime > 1")
    step = page.locator("#name").inner_text()
    page.reload()
    page.wait_for_selector("#play:enabled")
    until(page, "audio.readyState > 0 && !audio.seeking")
    assert page.locator("#name").inner_text() == step
    page.evaluate("audio.currentTime = 20.123456")
    until(page, "!audio.seeking && audio.currentTime > 20")
    page.locator("#return a").click()
    page.wait_for_selector("a.go-on")
    told = f"fetch('/api/sessions/{identity}').then((answer) => answer.json())"
    until(page, f"{told}.then(({{ position }}) => position === 20.123456)")
    assert page.evaluate(f"localStorage.getItem('voiceguide:{identity}')") == "20.123456"


def test_sound_that_breaks_off_goes_on_by_itself(page: Page, context: BrowserContext) -> None:
    """While the server is away it says so in plain words; nothing has to be touched when it is back."""
    small(page)
    page.evaluate("audio.currentTime = 10")
    until(page, "audio.currentTime > 10.2")
    context.set_offline(True)
    page.evaluate("audio.dispatchEvent(new Event('error'))")
    page.wait_for_selector("#notices .fault:has-text('does not answer')")
    said, button = (page.locator(each).bounding_box() for each in ("#notices .fault", "#play"))
    assert said and button and said["y"] + said["height"] < button["y"], "what pauses it is in reach"
    context.set_offline(False)
    page.wait_for_selector("#notices .fault", state="detached")
    until(page, "!audio.paused && audio.currentTime > 10.2")


def test_the_timeline_under_the_player_becomes_the_measured_one(page: Page) -> None:
    """When all is made, the page has the very times that the server has, and nothing jumped."""
    small(page)
    identity = page.url.rpartition("=")[2]
    until(page, f"fetch('/api/sessions/{identity}').then((a) => a.json()).then((s) => s.state === 'whole')")
    path = f"/api/sessions/{identity}/timeline"
    told = page.evaluate(f"fetch('{path}').then((answer) => answer.json())")["session"]
    shown = [round(chapter["end"] - chapter["start"]) for chapter in told["chapters"]]
    lengths = "[...document.querySelectorAll('#steps span')].map((each) => each.textContent)"
    until(page, f"{lengths}.length === {len(shown)}")
    minutes = [text.split(":") for text in page.evaluate(lengths)]
    assert [int(m) * 60 + int(s) for m, s in minutes] == pytest.approx(shown, abs=1)
    assert page.evaluate(STATE) == "playing"


def test_the_keyboard_alone_does_everything(page: Page) -> None:
    """Find, play, pause, go back, open choices, leave out a step, play that: with Tab, space and Enter."""
    keys = page.keyboard
    page.locator("#home").focus()
    for _ in range(9):
        keys.press("Tab")
        if page.evaluate("document.activeElement.id") == "search":
            break
    keys.type("smäll")
    assert page.locator("#tiles li").count() == 1
    assert page.locator("#found").inner_text() == "1 found"
    for _ in range(4):  # over two rows of filters
        keys.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')"):
            break
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#routine=small"
    keys.press("Enter")
    page.wait_for_selector("#result strong")
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.locator("summary", has_text="Steps").focus()
    keys.press("Enter")
    page.wait_for_selector("#steps-chosen input:visible")
    keys.press("Tab")
    keys.press("Space")
    page.wait_for_selector("#steps-chosen small:text('left out')")
    assert page.evaluate("document.activeElement.value") == "1"
    page.locator("#begin").focus()
    keys.press("Enter")
    until(page, SOUNDS)
    assert sessions(page)[0]["choices"] == {"without": ["1"]}
    keys.press("Space")
    until(page, f"{STATE} === 'paused'")


def test_a_tile_says_what_its_play_plays(page: Page) -> None:
    """As last time, with that length; and what is searched for comes first where it is the title."""
    wish = "{ routine: 'small', choices: { length: 'full', bed: 'none' } }"
    sent = f"method: 'POST', headers: {{ 'Content-Type': 'application/json' }}, body: JSON.stringify({wish})"
    page.evaluate(f"fetch('/api/sessions', {{ {sent} }})")
    full = page.evaluate("fetch('/api/routines/small').then((answer) => answer.json())")["lengths"]["full"]
    page.reload()
    tile = page.locator(".tile", has_text="Small one")
    tile.wait_for()
    told = tile.locator(".length").inner_text()
    assert told.startswith(f"{round(full / 60)} min")
    assert "As last time: Full, None" in told
    page.evaluate("fetch('/api/memory/small', { method: 'DELETE' })")
    page.locator("#search").fill("shoulder")
    assert page.locator(".tile .title").first.inner_text() == "Neck and shoulder massage"
    assert page.locator(".tile").count() > 1


def test_collections_narrow_the_tiles(page: Page) -> None:
    """With what is searched for, and for whom; how many are left is told."""
    page.get_by_label("Office").check()
    found = page.locator(".tile .title").all_inner_texts()
    assert "Desk break" in found
    assert "Foot massage" not in found
    assert page.locator("#found").inner_text() in (f"{len(found)} found", "1 found")
    page.get_by_label("For two").check()
    assert "Desk break" not in page.locator(".tile .title").all_inner_texts()
    page.get_by_label("Any", exact=True).check()
    page.get_by_label("All", exact=True).check()
    assert page.locator("#found").inner_text() == ""


def test_a_fault_stands_at_its_field(page: Page) -> None:
    """In plain words, with the nearest that can be had as a button; it goes when the choice fits again."""
    page.goto(page.url.partition("#")[0] + "#routine=small")
    page.wait_for_selector("#result strong")
    page.get_by_label("Other …").check()
    page.locator("#minutes").fill("90")
    page.locator("#minutes").press("Enter")
    page.wait_for_selector("#fault-length:visible")
    assert page.locator("#fault-length").inner_text().startswith("Too long for these steps")
    page.get_by_role("button", name=re.compile("Take .* min")).click()
    page.wait_for_selector("#fault-length", state="hidden")
    page.wait_for_selector("#result:not(.stale) strong")
    assert page.get_by_label("Other …").is_checked()


def test_own_music_is_taken_by_the_button(page: Page, tmp_path: Path) -> None:
    """Several files are one bed, which is chosen at once; what is none is told by its name, and nothing of it stays."""
    page.goto(page.url.partition("#")[0] + "#routine=small")
    page.wait_for_selector("#result strong")
    good, bad = tmp_path / "An evening.wav", tmp_path / "broken.mp3"
    with wave.open(str(good), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "NONE"))
        file.writeframes(b"".join(struct.pack("<h", round(9000 * math.sin(n / 5))) for n in range(80_000)))
    bad.write_bytes(b"no sound" * 40)
    page.locator("#music-files").set_input_files([good, bad])
    page.wait_for_selector("#fault-music:visible")
    assert "broken.mp3" in page.locator("#fault-music").inner_text()
    until(page, "document.querySelector('[name=bed]:checked').value === 'music/An evening'")
    until(page, "document.querySelector('#result strong')")
    assert page.locator("#fault-music").is_visible()
    page.get_by_role("button", name="Remove An evening").click()
    until(page, "document.querySelector('[name=bed]:checked').value !== 'music/An evening'")


def test_the_page_speaks_the_chosen_language_from_then_on(page: Page) -> None:
    """Whatever the browser's is, in every tab, and where it was; its longer words fit on a small phone, too."""
    page.locator("#tongue select").select_option("de")
    page.wait_for_selector("h1:text('Welche Massage heute?')")
    page.set_viewport_size({"width": 320, "height": 800})
    views = {
        "sessions": "h1:text('Deine Massagen')",
        "drafts": "body[data-view='drafts'] h1",
        "routine=small": "#result strong",
    }
    for view, sign in views.items():
        page.goto(page.url.partition("#")[0].partition("?")[0] + f"#{view}")
        page.reload()
        page.wait_for_selector(sign)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, view


WIDTHS = (320, 360, 768, 1440)
OPEN = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
SMALL_TARGETS = """[...document.querySelectorAll("a, button, select, summary, label:has(input), :not(label) > input")]
  .filter((each) => each.offsetParent && !each.closest(".unseen") && !each.matches(".unseen"))
  .filter((each) => each.getBoundingClientRect().height < 43.5).map((each) => each.outerHTML.slice(0, 90))"""
SMALL_LETTERS = """[...document.querySelectorAll("body *")]
  .filter((each) => each.offsetParent && !each.closest("#player"))
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((each) => parseFloat(getComputedStyle(each).fontSize) < 15.9).map((each) => each.outerHTML.slice(0, 90))"""


def test_nothing_bars_anybody(page: Page) -> None:
    """No screen scrolls sideways or has small targets or letters; axe finds no fault, in the dark and the light."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    seen: set[str] = set()

    def looked_at(name: str, width: int, scheme: str) -> None:
        page.evaluate(OPEN)
        for each in WIDTHS if name not in seen else ():
            page.set_viewport_size({"width": each, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") == each, (name, each)
        seen.add(name)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its two
        assert page.evaluate(SMALL_TARGETS) == [], name
        assert page.evaluate(SMALL_LETTERS) == [], name
        found = axe.run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], (name, width, scheme)

    home = page.url.partition("#")[0]
    page.wait_for_selector("#tiles li")
    looked_at("choose", 320, "light")
    looked_at("choose", 1440, "dark")
    page.goto(f"{home}#routine=small")
    page.wait_for_selector("#result strong")
    looked_at("routine", 320, "dark")
    looked_at("routine", 768, "light")
    page.goto(f"{home}#")
    page.wait_for_selector("#tiles li")
    small(page)
    looked_at("hear", 320, "light")
    looked_at("hear", 1440, "dark")
    for language, where in product(("de", "es", "fr"), (page.url.partition("#")[2], "routine=small")):
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{home}?language={language}#{where}")
        page.wait_for_selector("#result strong" if where == "routine=small" else "#play:enabled")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, (language, where)
    page.goto(f"{home}#")
    page.wait_for_selector("#tiles li")
    small(page)
    page.get_by_role("button", name="Keep").click()
    page.wait_for_selector("dialog h2")
    looked_at("keep", 768, "dark")
    page.keyboard.press("Escape")
    page.locator("#hand-over button").click()
    page.wait_for_selector("dialog .qr")
    looked_at("phone", 320, "light")
    pieces = "[...document.querySelectorAll('.address span')].map((each) => [each.textContent, each.offsetHeight])"
    assert len({height for _, height in page.evaluate(pieces)}) == 1  # no line ends within a piece
    assert "\n" not in page.locator(".address").inner_text()
    page.goto(f"{home}#sessions")
    page.wait_for_selector("#sessions li")
    page.wait_for_selector("#room li")
    looked_at("sessions", 1440, "light")
