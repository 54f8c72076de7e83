"""Two bumps on what a phone lies on: felt in modelled signals of a sensor, and what the player makes of them."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsers_for_tests import chromium
from timelines_for_tests import made

from voiceguide.exports import Options, exporter
from voiceguide.pages import player
from voiceguide.tags import Tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

DETECTOR = (Path(player.__file__).parent / "bump.js").read_bytes()
MODEL = """
  const { bumps } = await import(detector);
  let seed = 7;
  const random = () => { seed = (seed * 1664525 + 1013904223) % 4294967296; return seed / 4294967296; };
  const normal = () => { let sum = -3; for (let n = 0; n < 6; n += 1) sum += random(); return sum * Math.SQRT2; };
  const direction = () => {
    const [x, y, z] = [normal() / 2, normal() / 2, 1 + normal() / 3];
    return [x, y, z].map((value) => value / Math.hypot(x, y, z));
  };
  // A shelf rings: a sine of 12 to 42 Hz that dies away, to a third within 0.02 to 0.07 s.
  const bump = (at, size) => ({
    at, size: size * (0.8 + 0.4 * random()), decay: 0.02 + 0.05 * random(), rate: 12 + 30 * random(),
    phase: 2 * Math.PI * random(), way: direction(),
  });
  // What a sensor tells 60 times a second, give or take, of a phone that `lies` so; `noise` is of each axis.
  function told(seconds, struck, { noise = () => 0.05, lies = () => [0, 0, 9.81], sounds = () => false } = {}) {
    const feel = bumps();
    const found = [];
    for (let at = 0; at < seconds; at += (1 + 0.07 * normal()) / 60) {
      const felt = lies(at).map((value) => value + noise(at) * normal());
      for (const each of struck) {
        const since = at - each.at;
        if (since < 0 || since > 1) continue;
        const swing = Math.sin(2 * Math.PI * each.rate * since + each.phase);
        const shake = each.size * Math.exp(-since / each.decay) * swing;
        each.way.forEach((share, axis) => { felt[axis] += share * shake; });
      }
      if (feel(at, felt, sounds(at))) found.push(at);
    }
    return found;
  }
  const felt = (times, size, apart, more) => Array.from({ length: times }, () => {
    const at = 5 + random();
    return told(8, [bump(at, size), bump(at + apart(), size)], more).length;
  }).filter((count) => count === 1).length;
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Page:
    """A page with nothing in it."""
    return browser.new_page()


def modelled(page: Page, body: str) -> Any:
    """Run a model of a sensor."""
    address = f"data:text/javascript;base64,{b64encode(DETECTOR).decode()}"
    return page.evaluate(f"async (detector) => {{ {MODEL} {body} }}", address)


@pytest.mark.parametrize(
    ("size", "sounding", "least"), [(4, "false", 185), (10, "false", 194), (4, "true", 165), (10, "true", 190)]
)  # fmt: skip
def test_two_bumps_are_felt(blank: Page, size: float, sounding: str, least: int) -> None:
    """Of 200 with a peak of 4 m/s² and of 10; and while the page sounds, which its phone feels too."""
    noise = "() => (sounds ? 0.12 : 0.05)".replace("sounds", sounding)
    more = f"{{ noise: {noise}, sounds: () => {sounding} }}"
    assert modelled(blank, f"return felt(200, {size}, () => 0.22 + 0.3 * random(), {more});") >= least


@pytest.mark.parametrize(
    ("struck", "most"),
    [
        ("[bump(5, 10)]", 0),
        ("[bump(5, 10), bump(5.3, 10), bump(5.6, 10)]", 3),
        ("[bump(5, 10), bump(6.2, 10)]", 0),
        ("[bump(4.4, 3), bump(5, 10), bump(5.3, 10)]", 4),
        ("Array.from({ length: 9 }, (_, n) => bump(4 + 0.5 * n, 2))", 4),
        ("Array.from({ length: 30 }, (_, n) => bump(2 + 0.2 * n, 1 + 2 * random()))", 2),
    ],
)
def test_what_is_no_double_bump_is_not_felt(blank: Page, struck: str, most: int) -> None:
    """One alone, three, two far apart, two after a third, steps, a shelf that is worked on: of 100 of each."""
    body = f"return Array.from({{ length: 100 }}, () => told(9, {struck}).length).filter(Boolean).length;"
    assert modelled(blank, body) <= most


def test_a_phone_that_is_picked_up_is_not_bumped(blank: Page) -> None:
    """It lies otherwise afterwards."""
    lies = "(at) => { const turn = 0.5 * Math.min(1, Math.max(0, (at - 5) * 3)); "
    lies += "return [9.81 * Math.sin(turn), 0, 9.81 * Math.cos(turn)]; }"
    body = f"return felt(100, 6, () => 0.3, {{ lies: {lies} }});"
    assert modelled(blank, body) == 0


def test_an_hour_of_rest_is_an_hour_without_a_bump(blank: Page) -> None:
    """While it sounds a third of the time, as loud as a phone feels it on wood; and rhythm reaches the shelf."""
    body = """
      const struck = [];
      const found = [];
      for (let part = 0; part < 60; part += 1) {
        const rhythm = Array.from({ length: 100 }, (_, n) => bump(0.6 * n + 0.1 * random(), 0.2 + 0.2 * random()));
        const sounds = (at) => at % 20 < 7;
        found.push(...told(60, rhythm, { noise: (at) => (sounds(at) ? 0.2 : 0.04), sounds }));
      }
      return found.length;"""
    assert modelled(blank, body) == 0


# In the player


MOVED = """async (events) => {
  for (const [seconds, z] of events) {
    const event = new DeviceMotionEvent("devicemotion", { accelerationIncludingGravity: { x: 0, y: 0, z } });
    Object.defineProperty(event, "timeStamp", { value: 1000 * seconds });
    window.dispatchEvent(event);
  }
}"""


def lying(start: float, *bumps: float) -> list[list[float]]:
    """A sensor that lies still for five seconds, but for bumps at some times after its start."""
    times = [start + n / 60 for n in range(300)]
    return [[at, 9.81 + (6.0 if any(0 <= at - start - bump < 0.03 for bump in bumps) else 0.0)] for at in times]


def opened(browser: Browser, folder: Path, script: str = "", **options: Any) -> Page:
    """A page of half a minute, from disk."""
    import numpy as np

    timeline = made(
        title="A minute",
        duration=30.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 5.0},
            {"title": "Thumbs", "step": 1, "start": 5.0, "end": 30.0, "slots": [{"side": None, "start": 6, "end": 30}]},
        ],
        clips=[],
    )
    audio = folder / "s.wav"
    with audio.open("w+b") as file:
        block = np.zeros((30 * 44_100, 2), np.float32)
        exporter(audio).write(file, iter([block]), frames=len(block), tags=Tags(title="A minute"), options=Options())
    with (folder / "s.html").open("wb") as file:
        player.write(file, timeline, audio)
    page = browser.new_page(viewport={"width": 390, "height": 844}, **options)
    page.add_init_script(script)
    page.goto((folder / "s.html").as_uri())
    page.wait_for_selector("#play:enabled")
    return page


def test_bumps_pause_and_go_on_and_do_nothing_else(browser: Browser, tmp_path: Path) -> None:
    """Once somebody has switched it on: they begin nothing, and lead nowhere; the screen stays on for the next."""
    awake = """
      DeviceMotionEvent.requestPermission = undefined;  // this phone asks nobody, whatever its browser does
      window.locks = [];
      Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
        const lock = new EventTarget();
        lock.release = async () => { locks.push("released"); };
        locks.push("asked");
        return lock;
      } } });
    """
    page = opened(browser, tmp_path, awake)

    def bumped(start: float) -> str:
        page.evaluate(MOVED, lying(start, 2.0, 2.3))
        page.wait_for_timeout(60)
        return str(page.evaluate("document.body.dataset.state"))

    assert page.locator("#bumping").is_hidden()
    assert bumped(0) == "before"
    assert page.locator("#bumping").is_visible()  # there is a sensor
    page.locator("#play").click()
    page.wait_for_timeout(300)
    assert bumped(10) == "playing"  # nobody has asked for it
    page.locator("#bump").check()
    where = page.evaluate("audio.currentTime")
    assert bumped(20) == "paused"
    assert page.evaluate("locks") == ["asked"]
    assert bumped(30) == "playing"
    assert 0 <= page.evaluate("audio.currentTime") - where < 5
    page.locator("#bump").uncheck()
    assert bumped(40) == "playing"


def test_where_no_sensor_is_there_is_no_switch(browser: Browser, tmp_path: Path) -> None:
    """A computer's browser knows the same interface, and tells nothing by it."""
    page = opened(browser, tmp_path, has_touch=True)
    page.evaluate("window.dispatchEvent(new DeviceMotionEvent('devicemotion', {}))")
    assert page.locator("#bumping").is_hidden()


@pytest.mark.parametrize("answer", ["granted", "denied"])
def test_a_phone_that_asks_is_asked_on_a_tap(browser: Browser, tmp_path: Path, answer: str) -> None:
    """And where it refuses, the switch goes back and says so."""
    asking = (
        "window.addEventListener('devicemotion', (event) => event.isTrusted && event.stopImmediatePropagation(), true);"
        f"window.asked = 0; DeviceMotionEvent.requestPermission = async () => {{ asked += 1; return '{answer}'; }};"
    )
    page = opened(browser, tmp_path, asking, has_touch=True)
    assert page.locator("#bumping").is_visible()
    assert page.evaluate("asked") == 0
    page.locator("#bump").click()
    page.wait_for_timeout(60)
    assert page.evaluate("asked") == 1
    assert page.locator("#bump").is_checked() == (answer == "granted")
    assert ("does not let" in page.locator("#bumping").inner_text()) == (answer == "denied")
