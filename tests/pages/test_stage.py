"""Drawings on the player page, in a browser: in time with the session, mirrored, and still where that is wanted."""

from __future__ import annotations

import json
import math
import re
import wave
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import bundled_for_tests as bundled
import pytest
from browsers_for_tests import chromium, until
from drawings_for_tests import GLIDE, ONE_SIDE, PRESS
from timelines_for_tests import made

from voiceguide.drawing import vector
from voiceguide.pages import player
from voiceguide.pages.player.drawn import drawn
from voiceguide.routine.notes import Notes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from voiceguide.timeline import Timeline

    Opened = Callable[..., Page]

DRAWINGS = {
    name: vector.read(text.encode(), name=name)
    for name, text in {
        "glide.svg": GLIDE,
        "press.svg": PRESS,
        "one.svg": ONE_SIDE,
        "both.svg": ONE_SIDE.replace("viewBox", 'data-both="" data-out="2" data-back="2" viewBox'),
    }.items()
}
NEAR = 0.1
"""Seconds that hands may be ahead or behind."""


def cycles(start: float, count: int, out: float, back: float) -> list[dict[str, Any]]:
    starts = [start + number * (out + back) for number in range(count)]
    return [{"out": [at, at + out], "back": [at + out, at + out + back], "voiced": True} for at in starts]


def rounds(start: float, count: int, press: float, release: float, move: float) -> list[dict[str, Any]]:
    starts = [start + number * (press + release + move) for number in range(count)]
    return [{"press": [at, at + press], "release": [at + press, at + press + release]} for at in starts]


def session(shows: Mapping[str, str] = MappingProxyType({}), **other: Any) -> Timeline:
    """Strokes on two sides, holds, a step with the drawing's own rhythm, and one of another pair of sides.

    `shows` has other drawings for the tests' own.
    """
    steps = [
        ("Strokes", "glide.svg", [("left", 7.0, 47.0, {"cycles": cycles(9.0, 5, 3.0, 4.0)})]),
        ("Strokes again", "glide.svg", []),
        ("Thumbs", "press.svg", [(None, 92.0, 132.0, {"rounds": rounds(94.0, 4, 4.0, 2.0, 1.0)})]),
        ("Circles", "one.svg", [("left", 137.0, 157.0, {}), ("right", 162.0, 182.0, {})]),
        ("Both", "both.svg", [("left", 187.0, 197.0, {}), ("right", 200.0, 210.0, {})]),
        ("Nothing", None, [(None, 217.0, 227.0, {})]),
    ]
    steps[1] = ("Strokes again", "glide.svg", [("right", 57.0, 87.0, {"cycles": cycles(60.0, 3, 3.0, 4.0)})])
    bounds = [5.0, 52.0, 88.0, 133.0, 184.0, 212.0, 230.0]
    chapters: list[dict[str, Any]] = [{"title": "Opening", "start": 0.0, "end": 5.0}]
    for number, (title, show, slots) in enumerate(steps):
        told = [{"side": side, "start": start, "end": end, **more} for side, start, end, more in slots]
        chapter = {
            "title": title,
            "step": number + 1,
            "start": bounds[number],
            "end": bounds[number + 1],
            "slots": told,
        }
        chapters.append(chapter | ({"show": shows.get(show, show)} if show else {}))
    chapters.append({"title": "Closing", "start": 230.0, "end": 240.0})
    return made(title="Drawn", summary="All there is.", duration=240.0, chapters=chapters, clips=[], **other)


def page_of(folder: Path, timeline: Timeline) -> Path:
    audio = folder / "a.wav"
    with wave.open(str(audio), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(3000)
        file.writeframes(b"\x80" * round(3000 * timeline.duration))
    with (folder / "page.html").open("wb") as file:
        player.write(file, timeline, audio, notes=Notes(drawings=DRAWINGS))
    return folder / "page.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return page_of(tmp_path_factory.mktemp("stage"), session())


@pytest.fixture
def opened(browser: Browser, path: Path) -> Iterator[Opened]:
    """A function that opens the page and begins to play; nothing may go wrong in it, and nothing be asked for."""
    faults: list[str] = []
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda asked: faults.append(asked.url) if not asked.url.startswith(("file:", "blob:", "data:")) else None,
        )
        page.goto(path.as_uri())
        page.wait_for_selector("#play:enabled")
        until(page, "audio.readyState > 0")
        page.evaluate("audio.muted = true; document.getElementById('play').click()")
        until(page, "!audio.paused")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


LOOK = """async () => {
  await new Promise(requestAnimationFrame); // hands are where they were drawn: between two pictures only sound goes on
  const hands = [...document.querySelectorAll("#drawing .hand")].map((hand) => {
    const { a, e, f } = new DOMMatrix(getComputedStyle(hand.closest(".moving") || hand.parentElement).transform);
    return { side: hand.dataset.hand, x: e, y: f, size: a };
  });
  return { at: audio.currentTime, hands };
}"""
SEEN = f"""async (times) => {{
  const look = {LOOK};
  const seen = [];
  for (const time of times) {{
    await new Promise((done) => {{
      audio.addEventListener("seeked", () => requestAnimationFrame(done), {{ once: true }});
      audio.currentTime = time;
    }});
    seen.push(await look());
  }}
  return seen;
}}"""


def seen(page: Page, times: list[float], *, playing: bool = False) -> list[dict[str, Any]]:
    """Where the hands are at times that are sought."""
    page.evaluate("playing => playing ? audio.play() : audio.pause()", playing)
    found: list[dict[str, Any]] = page.evaluate(SEEN, times)
    return found


def gone_out(seconds: float, start: float, count: int, out: float, back: float) -> float:
    """How far hands are out on their way, from 0 to 1, as they turn round slowly."""
    turn, into = divmod(seconds - start, out + back)
    if not 0 <= turn < count:
        return 0.0
    share = into / out if into < out else 1 - (into - out) / back
    return (1 - math.cos(math.pi * share)) / 2


def is_near(value: float, due: Callable[[float], float], seconds: float, slack: float = 0.02) -> bool:
    """Whether a value is one that is due within NEAR of a time."""
    around = [due(seconds + NEAR * step / 10) for step in range(-10, 11)]
    return min(around) - slack <= value <= max(around) + slack


def test_hands_glide_in_the_session_s_strokes(opened: Opened) -> None:
    """At forty times, sought in any order, on both sides, while it plays and while it is paused."""
    page = opened()
    times = [5.5 + 19.7 * number % 41 for number in range(20)]
    again = [57.5 + 13.3 * number % 29 for number in range(20)]
    for playing in (True, False):
        for at, start, count in ((times, 9.0, 5), (again, 60.0, 3)):
            for moment in seen(page, at, playing=playing):
                out = -moment["hands"][0]["y"] / 180
                assert is_near(out, lambda t: gone_out(t, start, count, 3.0, 4.0), moment["at"]), moment  # noqa: B023
                assert moment["hands"][0]["y"] == pytest.approx(moment["hands"][1]["y"], abs=2)


def test_hands_stay_in_time_by_themselves(opened: Opened) -> None:
    """For seconds of playing, faster too, without being sought."""
    page = opened()
    seen(page, [12.0], playing=True)
    for speed in (1, 2):
        page.evaluate("speed => { audio.playbackRate = speed; }", speed)
        for _ in range(10):
            page.wait_for_timeout(130)
            moment = page.evaluate(LOOK)
            out = -moment["hands"][0]["y"] / 180
            assert is_near(out, lambda t: gone_out(t, 9.0, 5, 3.0, 4.0), moment["at"], slack=0.03), moment
    page.evaluate("audio.pause()")
    page.wait_for_timeout(50)
    still = page.evaluate(LOOK)
    page.wait_for_timeout(200)
    assert page.evaluate(LOOK) == still


def test_hands_press_and_let_go_spot_by_spot(opened: Opened) -> None:
    """They are smaller while they press, each round at the next spot of their way, and go there in between."""
    page = opened()
    at = {93.0: (0, 1.0), 96.0: (0, 0.9), 99.5: (0, 1.0), 103.0: (-90, 0.9), 110.0: (-180, 0.9), 117.0: (0, 0.9)}
    at |= {121.0: (0, 1.0), 130.0: (0, 1.0)}
    for playing in (False, True):
        for moment, (place, size) in zip(seen(page, [*at], playing=playing), at.values(), strict=True):
            for hand in moment["hands"]:
                assert (hand["y"], hand["size"]) == (pytest.approx(place, abs=6), pytest.approx(size, abs=0.02)), moment


def test_the_right_side_is_mirrored_and_so_are_the_hands(opened: Opened) -> None:
    """From the changeover on; labels stay readable; a drawing of both sides stays as it is."""
    page = opened()
    place = """() => {
      const hand = document.querySelector("#drawing .hand");
      const stage = document.getElementById("drawing").getBoundingClientRect();
      const box = hand.getBoundingClientRect();
      const label = document.querySelector("#drawing text");
      return [(box.x + box.width / 2 - stage.x) / stage.width, hand.dataset.hand, label.getScreenCTM().a,
        new DOMMatrix(getComputedStyle(label).transform).a];
    }"""
    told = {}
    for time in (137.2, 160.0, 162.2, 190.0, 205.0):
        seen(page, [time])
        told[time] = page.evaluate(place)
    assert told[137.2][0] == pytest.approx(0.33, abs=0.06)
    assert told[162.2][0] == pytest.approx(0.67, abs=0.06)
    assert [told[time][1] for time in told] == ["right", "left", "left", "right", "right"]
    assert all(told[time][2] * told[time][3] > 0 or told[time][2] > 0 for time in told)
    assert told[162.2][3] == -1


def test_a_circle_is_gone_round_in_the_drawing_s_own_time(opened: Opened) -> None:
    """Where the step has no rhythm: six seconds a round, from where its slot begins."""
    page = opened()
    start, half, whole = (moment["hands"][0] for moment in seen(page, [137.0, 140.0, 143.0]))
    assert abs(start["x"]) + abs(start["y"]) < 3
    assert math.hypot(half["x"], half["y"]) == pytest.approx(60, abs=4)
    assert abs(whole["x"]) + abs(whole["y"]) < 6


def test_the_next_drawing_is_small_beside_its_name(opened: Opened) -> None:
    """And none is shown where there is none: of this step, or of the next."""
    page = opened()
    big, small = page.locator("#drawing"), page.locator("#next-drawing")
    seen(page, [20.0])
    assert big.is_visible() and small.is_visible()
    assert big.bounding_box()["width"] > 2 * small.bounding_box()["width"] > 60  # type: ignore[index]
    seen(page, [205.0])
    assert big.is_visible() and not small.is_visible()
    seen(page, [220.0])
    assert not big.is_visible()
    assert big.get_attribute("aria-label") and big.get_attribute("lang") == "en"


def test_nothing_moves_where_motion_is_unwelcome_or_on_paper(opened: Opened) -> None:
    """The hands stand where their way begins, and the way is drawn."""
    page = opened(reduced_motion="reduce")
    moments = seen(page, [20.0, 21.5, 23.0], playing=True)
    assert all(hand["x"] == hand["y"] == 0 for moment in moments for hand in moment["hands"])
    assert page.evaluate("document.querySelectorAll('#drawing .way').length") == 2
    page = opened()
    page.emulate_media(media="print")
    moments = seen(page, [20.0, 21.5, 23.0], playing=True)
    assert all(hand["x"] == hand["y"] == 0 for moment in moments for hand in moment["hands"])


@pytest.mark.parametrize("size", [(360, 640), (320, 568), (390, 844), (844, 390), (1280, 800)])
def test_a_drawing_takes_no_room_from_what_is_read(browser: Browser, tmp_path: Path, size: tuple[int, int]) -> None:
    """The name, the time and the word of a phase are as large as without, and everything is on the screen."""
    width, height = size
    told = []
    plain = session().to_json()
    for chapter in plain["chapters"]:
        chapter.pop("show", None)
    for number, timeline in enumerate((session(), made(**plain))):
        folder = tmp_path / str(number)
        folder.mkdir()
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(page_of(folder, timeline).as_uri())
        page.wait_for_selector("#play:enabled")
        until(page, "audio.readyState > 0")
        page.evaluate("audio.muted = true; document.getElementById('play').click()")
        until(page, "!audio.paused")
        sizes = []
        for time in (20.0, 96.0, 140.0):
            seen(page, [time])
            ids = "['name', 'left-in-step', 'cue', 'countdown-label', 'next', 'left']"
            sizes.append(page.evaluate(f"{ids}.map(id => getComputedStyle(document.getElementById(id)).fontSize)"))
            bottom = page.evaluate("document.getElementById('controls').getBoundingClientRect().bottom")
            assert bottom <= height
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        places = page.evaluate(
            "['said', 'time', 'coming', 'controls'].map(id => document.getElementById(id).getBoundingClientRect().top)"
        )
        told.append((sizes, places[-1]))
        if number == 0:
            side = page.locator("#drawing").bounding_box()
            assert side and side["width"] >= 60
        context.close()
    assert told[0] == told[1]


def test_each_figure_is_in_the_page_once_and_the_page_stays_small(path: Path, tmp_path: Path) -> None:
    """Three drawings share two figures; all that they need is less than 60 kB, and 3 kB a drawing."""
    page = path.read_text("utf-8")
    assert len(re.findall(r'data-figure="back"', page)) == 2
    plain = session().to_json()
    for chapter in plain["chapters"]:
        chapter.pop("show", None)
    without = page_of(tmp_path, made(**plain)).stat().st_size
    assert path.stat().st_size - without <= 3_000 * len(DRAWINGS)


def test_a_stranger_s_timeline_names_no_file(tmp_path: Path) -> None:
    """A drawing that is neither bundled nor given is left out."""
    assert drawn(session(), {}).told is None
    assert set(drawn(session(), {"one.svg": DRAWINGS["one.svg"]}).told["drawings"]) == {"one.svg"}  # type: ignore[index]


@pytest.mark.parametrize(
    ("language", "sides", "mirrored"),
    [
        ("en", ("left", "right"), [False, True]),
        ("en", ("right", "left"), [True, False]),
        ("en", ("right foot", "left foot"), [True, False]),
        ("en", ("one", "other"), [False, True]),
        ("en", ("first person", "second person"), [False, False]),
        ("en", ("upper", "lower"), [False, False]),
        ("de", ("linker", "rechter"), [False, True]),
        ("de", ("ein", "anderes"), [False, True]),
        ("es", ("derecha", "izquierda"), [True, False]),
        ("es", ("uno", "otro"), [False, True]),
        ("fr", ("gauche", "droite"), [False, True]),
        ("fr", ("l’un", "l’autre"), [False, True]),
    ],
)
def test_sides_are_mirrored_by_their_words(language: str, sides: tuple[str, str], mirrored: list[bool]) -> None:
    """In any language; of two that only tell one from the other, the second; of any others, none. In groups too."""
    slots = [{"side": side, "start": 1.0 + 4 * n, "end": 4.0 + 4 * n} for n, side in enumerate(sides)]
    step = {"title": "A", "step": 1, "start": 0.0, "end": 10.0, "slots": slots, "show": "one.svg"}
    timeline = made(duration=10.0, language=language, chapters=[step], clips=[])
    assert drawn(timeline, DRAWINGS).told["mirrored"] == [mirrored]  # type: ignore[index]
    group = [
        {
            **step,
            "start": 5.0 * n,
            "end": 5.0 * n + 5,
            "slots": [{**one, "start": 5.0 * n, "end": 5.0 * n + 4}],
            "group": "G",
        }
        for n, one in enumerate(slots)
    ]
    timeline = made(duration=10.0, language=language, chapters=group, clips=[])
    assert drawn(timeline, DRAWINGS).told["mirrored"] == [[each] for each in mirrored]  # type: ignore[index]


@pytest.mark.parametrize("name", [name for name in bundled.NAMES if not name.startswith("first-time")])
def test_a_bundled_routine_s_drawings_are_small(name: str) -> None:
    """At most 3 kB a drawing, its figure, its labels and what the script is told of it included."""
    shown = [step.show for step in bundled.routine(name).every_step if step.show]
    chapters = [
        {"title": "A", "step": n + 1, "start": float(n), "end": n + 1.0, "slots": [], "show": show}
        for n, show in enumerate(shown)
    ]
    pictures = drawn(made(duration=float(len(shown)), language="de", chapters=chapters, clips=[]), {})
    assert pictures.told
    assert len((pictures.svg + json.dumps(pictures.told["drawings"])).encode()) <= 3_000 * len(set(shown))


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_a_page_with_drawings_is_accessible(browser: Browser, path: Path, scheme: str) -> None:
    """Checked by axe at 320 pixels, on a mirrored side: it finds no fault."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#play:enabled")
    until(page, "audio.readyState > 0")
    page.evaluate("audio.muted = true; document.getElementById('play').click()")
    seen(page, [163.0])
    page.wait_for_timeout(100)
    assert page.locator("#drawing").is_visible()
    found = axe.run(page).response["violations"]
    assert [rule["id"] for rule in found] == []
    context.close()
