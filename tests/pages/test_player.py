"""The player page, in a browser: opened from disk, played, touched, and looked at."""

from __future__ import annotations

import hashlib
import io
import math
import re
import wave
from base64 import b64decode, b64encode
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import goldens_for_tests as goldens
import pytest
from browsers_for_tests import chromium, until
from caches_for_tests import unspoken
from timelines_for_tests import made

from voiceguide import phrases
from voiceguide.errors import Failed, UsageError
from voiceguide.exports import suffixes
from voiceguide.pages import player
from voiceguide.routine.notes import Notes
from voiceguide.session import load, render
from voiceguide.timeline import reading as timeline_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from voiceguide.timeline import Timeline

    Opened = Callable[..., Page]
    Rendered = Callable[[str], tuple[Path, Timeline]]

PACKAGE = Path(player.__file__).parent
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
NOTES = Notes(position="Lying face down", need=("a towel",), avoid=("stay beside the spine",), more=("Eat a little.",))

WATCHED = """
  window.locks = []; window.handlers = {};
  Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
    const lock = new EventTarget();
    lock.release = async () => { locks.push("released"); lock.dispatchEvent(new Event("release")); };
    locks.push("asked");
    return window.lock = lock;
  } } });
  MediaSession.prototype.setActionHandler = (action, handler) => { handlers[action] = handler; };
"""
"""Stands before the page's script: notes what it asks of the browser."""


def said(role: str, start: float, *texts: str, **more: Any) -> dict[str, Any]:
    """A narration clip of sentences, one second each."""
    sentences = [{"start": start + n, "end": start + n + 1, "text": text} for n, text in enumerate(texts)]
    end = start + len(texts)
    return {"track": "narration", "role": role, "start": start, "end": end, "text": " ".join(texts)} | {
        "sentences": sentences,
        **more,
    }


def slot(side: str | None, start: float, end: float, *held: float) -> dict[str, Any]:
    """A slot whose rounds begin at `held`: 2 s of pressing, 3 s of letting go."""
    rounds = [{"press": [at, at + 2], "release": [at + 2, at + 5]} for at in held]
    return {"side": side, "start": start, "end": end} | ({"rounds": rounds} if rounds else {})


def session(**other: Any) -> Timeline:
    """A minute with a hold on two sides, a stop point, an opening and a closing."""
    return made(
        title="A minute",
        summary="All there can be.",
        duration=60.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 5.0},
            {
                "title": "Thumbs",
                "step": 1,
                "start": 5.0,
                "end": 25.0,
                "slots": [slot("left", 7.0, 14.0, 8.0), slot("right", 17.0, 24.9)],
            },
            {"title": "Turn over", "step": 2, "start": 25.0, "end": 52.0, "slots": [slot(None, 27.0, 30.0)]},
            {"title": "Long strokes", "step": 3, "start": 52.0, "end": 56.0, "slots": [slot(None, 53.0, 56.0)]},
            {"title": "Closing", "start": 56.0, "end": 60.0},
        ],
        clips=[
            said("title", 1.0, "A minute.", "Set the volume now."),
            said("instruction", 7.0, "Thumb on the left."),
            {"track": "chime", "role": "switch", "sound": "switch", "start": 14.0, "end": 14.8, "side": "right"},
            said("switch", 15.0, "Now the right side.", side="right"),
            said("ready", 30.0, "Pause me here.", "Otherwise we go on."),
        ],
        **other,
    )


def asking(**other: Any) -> Timeline:
    """Half a minute whose opening ends with a question and time to answer it."""
    return made(
        title="Asking",
        duration=30.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 5.0},
            {"title": "Thumbs", "step": 1, "start": 5.0, "end": 30.0, "slots": [slot(None, 7.0, 30.0)]},
        ],
        clips=[
            said("settle", 0.4, "Now settle: face down."),
            said("ready", 1.5, "Unsure, or not ready? Pause me."),
            {"track": "chime", "role": "step", "sound": "step", "start": 5.0, "end": 6.0, "step": 1},
            said("avoid", 6.0, "While you press: the spine.", step=1),
            *(said(role, at, f"{role}.", step=1) for role, at in (("recover", 9.0), ("halfway", 12.0))),
            said("last-minute", 20.0, "One more minute.", step=1),
        ],
        **other,
    )


def silence(path: Path, seconds: float) -> Path:
    """Write a file of silence, as small as browsers play."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(3000)
        file.writeframes(b"\x80" * round(3000 * seconds))
    return path


def page_of(folder: Path, timeline: Timeline, **options: Any) -> Path:
    """Write a page, and the silence that it plays."""
    audio = silence(folder / "a session.wav", timeline.duration)
    with (folder / "page.html").open("wb") as file:
        player.write(file, timeline, audio, **options)
    return folder / "page.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def minute(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of `session`, which most tests open."""
    return page_of(tmp_path_factory.mktemp("minute"), session(), notes=NOTES, cover=PNG)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opened]:
    """A function that opens a page from disk and waits until it can play; nothing may go wrong in it."""
    faults: list[str] = []
    contexts = []

    def opened(path: Path, *, ready: bool = True, script: str = WATCHED, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": {"width": 390, "height": 844}, **options})
        contexts.append(context)
        context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(path.as_uri())
        if ready:
            page.wait_for_selector("#play:enabled")
            until(page, "audio.readyState > 0")  # so that it can be brought to a time
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []


def at(page: Page, seconds: float) -> None:
    """Bring the audio to a time, by the browser's own means."""
    page.evaluate(
        """seconds => new Promise(done => {
            audio.addEventListener("seeked", () => requestAnimationFrame(done), { once: true });
            audio.currentTime = seconds;
        })""",
        seconds,
    )


def text(page: Page, name: str) -> str:
    """What an element says to who looks at it; "" for one that is not shown."""
    element = page.locator(f"#{name}")
    return element.inner_text().strip() if element.is_visible() else ""


def state(page: Page) -> str:
    return str(page.evaluate("document.body.dataset.state"))


def seconds(page: Page) -> float:
    return float(page.evaluate("audio.currentTime"))


# What is written


def test_the_audio_is_in_the_page_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Piece by piece, and it can be put together again."""
    monkeypatch.setattr(player, "PIECE", 3000)
    page = page_of(tmp_path, session()).read_text("utf-8")
    pieces = re.findall(r'<script type="text/plain" class="sound">([^<]*)</script>', page)
    assert len(pieces) > 50
    assert b"".join(map(b64decode, pieces)) == (tmp_path / "a session.wav").read_bytes()


def test_a_linked_page_holds_the_name_and_no_audio(tmp_path: Path) -> None:
    """The name as it stands in a URL."""
    page = page_of(tmp_path, session(), link=True)
    assert page.stat().st_size < 100_000
    assert '"link":"a%20session.wav"' in page.read_text("utf-8")


def test_a_page_tells_other_programs_what_it_is(minute: Path) -> None:
    """A folder's publisher knows it by its mark; a browser asks no server for an icon of it."""
    head = minute.read_text("utf-8").partition("</head>")[0]
    assert '<meta name="voiceguide" content="player">' in head
    assert '<link rel="icon" href="data:,">' in head


def test_only_the_pages_own_script_and_style_may_run(minute: Path) -> None:
    """The policy names them by their hashes, and no address but that of the audio made in the page."""
    page = minute.read_text("utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)

    def hashed(content: str) -> str:
        return f"'sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"

    assert found[1].split("; ") == [
        "default-src 'none'",
        f"script-src {hashed(script)}",
        f"style-src {hashed(style)}",
        "img-src data:",
        "media-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "$" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def test_audio_that_no_page_plays_is_refused(tmp_path: Path) -> None:
    """By its suffix, before anything is written; and a file that is gone, by what the system says of it."""
    page = io.BytesIO()
    with pytest.raises(UsageError, match=r"expected a session's file \(\.flac, .*got \.aiff"):
        player.write(page, session(), tmp_path / "s.aiff")
    assert page.getvalue() == b""
    with pytest.raises(Failed, match="No such file"):
        player.write(page, session(), tmp_path / "s.mp3")


def test_a_language_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="expected a language"):
        page_of(tmp_path, session(language="xx"))


# The scripts


def test_each_module_stands_after_those_that_it_imports() -> None:
    """Joined, every module is there once, and nothing is left of importing and exporting."""
    order = player.in_order("main.js")
    assert set(order) == {path.name for path in PACKAGE.glob("*.js")}
    for number, name in enumerate(order):
        source = (PACKAGE / name).read_text("utf-8")
        assert set(re.findall(r'from "\./([^"]+)"', source)) <= set(order[:number])
    assert not re.search(r"^\s*(import|export)\b", player.joined(), re.MULTILINE)


def test_the_modules_are_plain_ones(browser: Browser, minute: Path) -> None:
    """A browser that is served the very files, unjoined, plays the session with them."""
    page = minute.read_text("utf-8")
    page = re.sub(r"<meta http-equiv[^>]*>", "", page)
    page = re.sub(
        r'<script type="module">.*?</script>', '<script type="module" src="main.js"></script>', page, flags=re.S
    )
    served = {"": ("text/html", page)}
    served |= {path.name: ("text/javascript", path.read_text("utf-8")) for path in PACKAGE.glob("*.js")}
    asked: list[str] = []

    def answer(route: Any) -> None:
        name = route.request.url.rpartition("/")[2]
        asked.append(name)
        kind, body = served.get(name, ("text/plain", ""))
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=body)

    opened = browser.new_page()
    opened.route("http://player.test/*", answer)
    opened.goto("http://player.test/")
    opened.wait_for_selector("#play:enabled")
    assert {path.name for path in PACKAGE.glob("*.js")} <= set(asked)
    opened.close()


def test_a_moment_is_the_one_that_python_knows(browser: Browser) -> None:
    """At every edge of sides, groups, holds and strokes, just beside them, and outside of the session."""
    page = browser.new_page()
    page.goto("about:blank")
    bundled = ("couples-evening-short-full", "legs-short-full", "upper-back-15m-full-lying")
    rhythm = goldens.FOLDER.parent / "sessions" / "rhythm-short-full.json"
    for path in (*(goldens.FOLDER / f"{name}.json" for name in bundled), rhythm):
        timeline = timeline_reading.read(path)
        edges = {0.0, timeline.duration}
        for chapter in timeline.chapters:
            edges |= {chapter.start, chapter.end}
            for work in chapter.slots:
                edges |= {work.start, work.end}
                edges |= {edge for each in work.rounds for edge in (*each.press, *each.release)}
                edges |= {edge for each in work.cycles for edge in (*each.out, *each.back)}
        times = sorted({edge + beside for edge in edges for beside in (-0.3, 0.0, 0.3)})
        shown = page.evaluate(
            """async ([source, session, times]) => {
                const { moment } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
                return times.map((time) => moment(session, time));
            }""",
            [(PACKAGE / "moment.js").read_text("utf-8"), timeline.to_json(), times],
        )
        for when, found in zip(times, shown, strict=True):
            now = timeline.at(when)
            expected = (now.index, now.phase, now.side, now.next)
            assert (found["index"], found["phase"], found["side"], found["next"]) == expected, (path.name, when)
            assert found["leftInChapter"] == pytest.approx(now.left_in_chapter, abs=1e-6)
            assert found["left"] == pytest.approx(now.left, abs=1e-6)
            assert found["way"] == (None if now.way is None else pytest.approx(now.way, abs=1e-6))
    page.close()


def test_a_bar_fills_as_the_hands_go_out_and_empties_as_they_come_back(opened: Opened, tmp_path: Path) -> None:
    """With the word of the way, and as far as the timeline says; before the first stroke it is empty."""
    timeline = timeline_reading.read(goldens.FOLDER.parent / "sessions" / "rhythm-short-full.json")
    page = opened(page_of(tmp_path, timeline))
    stroke = timeline.chapters[1].slots[0].cycles[2]
    for when, word, phase in (
        (stroke.out[0] + 1.5, "Glide", "out"),
        (stroke.out[1] - 0.01, "Glide", "out"),
        (stroke.back[0] + 4.5, "Back", "back"),
        (timeline.chapters[1].slots[0].start + 1, "", ""),
    ):
        at(page, when)
        assert (text(page, "cue-word"), page.locator("#cue").get_attribute("data-phase")) == (word, phase)
        far = float(page.evaluate("getComputedStyle(document.getElementById('screen')).getPropertyValue('--way')"))
        assert far == pytest.approx(timeline.at(when).way or 0.0, abs=0.02)
        assert page.locator("#cue").is_visible()


# What is shown


def test_before_it_begins_the_page_says_what_it_is(opened: Opened, minute: Path) -> None:
    """Title, summary, cover, how long, and what to do; it is painted, and can be played."""
    page = opened(minute)
    assert state(page) == "before"
    assert text(page, "title") == "A minute"
    assert text(page, "caption") == "All there can be."
    assert text(page, "left-in-step") == "1:00"
    assert text(page, "message") == "Tap anywhere to begin"
    assert page.locator("#cover").is_visible()
    assert page.evaluate("performance.getEntriesByName('play-enabled').length") == 1
    assert page.evaluate("performance.getEntriesByName('first-contentful-paint').length") == 1


def test_what_is_not_spoken_is_read_before_it_begins(opened: Opened, tmp_path: Path) -> None:
    """All of it, in order, unfolded; on a phone it begins on the first screen. It is folded once the session begins."""
    told = replace(NOTES, do_not_start=("a fever",), always=("a torn muscle",), first_time="First time")
    page = opened(page_of(tmp_path, asking(), notes=told))
    book = phrases.load("en")
    read = page.locator("#notes").inner_text().split("\n")
    lines = [line.strip() for line in read if line.strip()]
    assert lines == [
        *("Lying face down", "New to this? Hear “First time” once, about four minutes."),
        *("You need", "a towel", book.shown("notes", "volume"), "Not today with", "a fever", "a torn muscle"),
        *("While you press", "stay beside the spine", book.shown("notes", "numbers"), book.shown("card", "words")),
        *("The sounds", "A bowl begins each step.", book.shown("notes", "lost"), book.shown("notes", "faint")),
        *("Good to know", "Eat a little."),
    ]
    box = page.locator("#notes p").first.bounding_box()
    assert box
    assert box["y"] + box["height"] < 844
    page.keyboard.press(" ")
    until(page, "!audio.paused")
    assert not page.locator("#notes").is_visible()
    page.get_by_text("Before you begin").click()
    assert page.locator("#notes").is_visible()


def test_the_step_shown_is_the_timelines(opened: Opened, tmp_path: Path) -> None:
    """The bundled upper back at 20 times: after a jump, the page says what the timeline says of that very time."""
    timeline = timeline_reading.read(goldens.FOLDER / "upper-back-short-full-lying.json")
    page = opened(page_of(tmp_path, timeline))
    for number in range(20):
        when = (number + 0.37) * timeline.duration / 20
        at(page, when)
        now = timeline.at(when)
        count = max(chapter.step or 0 for chapter in timeline.chapters)
        assert text(page, "name") == now.chapter.title
        assert text(page, "number") == (f"Step {now.chapter.step} of {count}" if now.chapter.step else "")
        if state(page) != "ready":  # where nothing is counted down
            minutes, rest = text(page, "left-in-step").split(":")
            ahead = [slot.end - when for slot in now.chapter.slots if when < slot.end]
            left = ahead[0] if ahead and len(now.chapter.slots) > 1 else now.left_in_chapter
            assert 0 <= int(minutes) * 60 + int(rest) - left < 1.01
        assert text(page, "next") == (f"Next: {now.next}" if now.next else "This is the last part.")
        shown = page.locator("#sides [aria-current=true]")
        assert now.side is None or shown.inner_text() == now.side


def test_hold_rounds_and_changeovers_are_told(opened: Opened, minute: Path) -> None:
    """What to do, and for how many seconds more, or on which side next."""
    page = opened(minute)
    for when, cue, left in (
        (7.5, "", ""),
        (8.5, "Press", "2"),
        (9.5, "Press", "1"),
        (10.1, "Let go", "3"),
        (15.0, "Change sides", "right"),
    ):
        at(page, when)
        assert (text(page, "cue-word"), text(page, "cue-left")) == (cue, left)
        assert page.locator("#sides [aria-current=true]").inner_text() == ("right" if when > 14 else "left")
        assert text(page, "countdown-label") == "left on this side"
        assert text(page, "left-in-step") == f"0:{math.ceil((14.0 if when < 14 else 24.9) - when):02}"
    at(page, 54.0)
    assert text(page, "countdown-label") == "left in this step"
    at(page, 58.0)
    assert text(page, "countdown-label") == "left in this part"


def test_captions_are_the_sentence_said_last(opened: Opened, minute: Path) -> None:
    """From its first word until it has been over for a while; then the step's instruction stays, dimmed."""
    page = opened(minute)
    for when, caption in ((0.5, ""), (1.5, "A minute."), (2.1, "Set the volume now."), (4.0, "Set the volume now.")):
        at(page, when)
        assert text(page, "caption") == caption
    dimmed = "document.getElementById('caption').dataset.over"
    for when, caption, is_over in (
        (7.5, "Thumb on the left.", "false"),
        (13.5, "Thumb on the left.", "true"),
        (15.5, "Now the right side.", "false"),
        (23.0, "Thumb on the left.", "true"),
        (26.0, "", "true"),
    ):
        at(page, when)
        assert (text(page, "caption"), page.evaluate(dimmed)) == (caption, is_over), when


def test_a_groups_next_step_is_named_with_its_side(opened: Opened, tmp_path: Path) -> None:
    """The same step comes again on the other side, and the words between them are a changeover."""
    parts = [
        {"title": "Calf", "step": 1, "group": "One leg", "start": 0.0, "end": 10.0, "slots": [slot("left", 1.0, 6.0)]},
        {
            "title": "Calf",
            "step": 1,
            "group": "One leg",
            "start": 10.0,
            "end": 20.0,
            "slots": [slot("right", 11.0, 20.0)],
        },
    ]
    chime = {"track": "chime", "role": "switch", "sound": "switch", "start": 6.0, "end": 6.8, "side": "right"}
    page = opened(page_of(tmp_path, made(duration=20.0, chapters=parts, clips=[chime])))
    at(page, 5.0)
    assert (text(page, "group"), text(page, "next"), text(page, "cue-word")) == ("One leg", "Next: Calf, right", "")
    at(page, 7.0)
    assert (text(page, "cue-word"), text(page, "cue-left")) == ("Change sides", "right")


NASTY = (
    '"q" </script><img src=x onerror=alert(1)> $name {title} שלום \N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}'
)


def test_texts_are_texts_wherever_they_stand(opened: Opened, tmp_path: Path) -> None:
    """Markup, quotes, placeholders, emoji and right-to-left words are shown as written, and run nothing."""
    chapters = [
        {"title": "Opening", "start": 0.0, "end": 5.0},
        {"title": NASTY, "step": 1, "group": NASTY, "start": 5.0, "end": 10.0, "slots": [slot(NASTY, 6.0, 9.0)]},
    ]
    clips = [said("instruction", 6.0, NASTY)]
    timeline = made(title=NASTY, summary=NASTY, duration=10.0, chapters=chapters, clips=clips)
    page = opened(page_of(tmp_path, timeline, notes=Notes(NASTY, (NASTY,), more=(NASTY,))))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    assert page.title() == NASTY
    assert (text(page, "title"), text(page, "caption")) == (NASTY, NASTY)
    assert page.locator("#notes li").all_text_contents() == [NASTY, NASTY]
    assert page.locator("#notes p").first.text_content() == NASTY
    assert page.locator("#steps bdi").last.text_content() == f"{NASTY}, {NASTY}"
    at(page, 6.5)
    for name in ("name", "caption", "group"):
        assert text(page, name) == NASTY
    assert page.locator("#sides li").text_content() == NASTY
    assert page.evaluate("document.querySelectorAll('img').length") == 0


SIZES = [(195, 422), (320, 568), (390, 844), (768, 1024), (844, 390), (1440, 900)]
LONG_SIDES = (("linke", 1.0, 5.0), ("rechte", 6.0, 10.0))
LONG = "Unterarmmuskulatur ausstreichen und zwischen den Schulterblättern verweilen"
CUT_OFF = """() => "p h1 h2 li bdi button".split(" ").flatMap((tag) => [...document.querySelectorAll(`#screen ${tag}`)])
  .filter((each) => each.id !== "announcement" && each.id !== "title" && each.offsetParent)
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"
      || box.left < -0.5 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 1;
  }).map((each) => each.id || each.tagName)"""


@pytest.mark.parametrize(
    "language", ["de", *(pytest.param(each, marks=pytest.mark.slow) for each in ("en", "es", "fr"))]
)
def test_nothing_is_cut_off_on_any_screen(opened: Opened, tmp_path: Path, language: str) -> None:
    """Before, in a hold, in a changeover, in a pause, at a stop point: all of it is on every screen."""
    timeline = session(language=language)
    page = opened(page_of(tmp_path, timeline, notes=NOTES))
    asks = opened(page_of(tmp_path, asking(language=language), notes=replace(NOTES, avoid=(LONG.replace(" ", ""),))))
    words = phrases.load(language).all_shown("player")
    for width, height in SIZES:
        asks.set_viewport_size({"width": width, "height": height})
        at(asks, 0.0)
        assert asks.evaluate(CUT_OFF) == [], (width, height, "before")
        assert asks.evaluate("document.documentElement.scrollWidth") == width
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for when in (0.0, 8.5, 15.2, 28.0, 34.0, 59.0):
            at(page, when)
            assert page.evaluate(CUT_OFF) == [], (width, height, when, state(page))
            assert page.evaluate("document.documentElement.scrollWidth") == width
            if when == 34.0:
                assert text(page, "message") == words["ready"]


def test_what_is_read_from_two_metres_is_large(opened: Opened, minute: Path) -> None:
    """On a phone: the time left 100 px or more, the step 44; both the largest, the time above all."""
    page = opened(minute)
    at(page, 8.5)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("#screen *")].filter((each) => each.textContent.trim())
             .map((each) => [each.id, parseFloat(getComputedStyle(each).fontSize)])"""
    )
    by_name = dict(sizes)
    assert by_name["left-in-step"] == max(by_name.values()) >= 100
    assert by_name["name"] >= 44
    targets = page.locator("#controls button, #map").evaluate_all("all => all.map((each) => each.clientHeight)")
    assert min(targets) >= 64


def test_a_long_name_wraps_and_shrinks(opened: Opened, tmp_path: Path) -> None:
    """So do long names of sides: no letter is lost on the smallest phone, and the buttons stay on it."""
    slots = [slot(f"die {side} Unterarmseite der ersten Person", *when) for side, *when in LONG_SIDES]
    chapters = [{"title": LONG, "step": 1, "start": 0.0, "end": 10.0, "slots": slots}]
    page = opened(
        page_of(tmp_path, made(duration=10.0, chapters=chapters, clips=[], language="de")),
        viewport={"width": 320, "height": 568},
    )
    at(page, 2.0)
    assert text(page, "name") == LONG
    assert page.evaluate(CUT_OFF) == []


def test_nothing_bars_anybody(opened: Opened, minute: Path, tmp_path: Path) -> None:
    """Checked by axe: it finds no fault, on any width, in the dark and in the light, with everything unfolded.

    Where the system sets the colours, every button has its edge.
    """
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(minute)

    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for when, width, scheme in (
        *((0.0, 320, "light"), (0.0, 1440, "dark"), (8.5, 320, "dark")),
        *((8.5, 768, "light"), (15.0, 768, "dark"), (34.0, 1440, "light")),
    ):
        at(page, when)
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = axe.run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == [], (when, width, scheme)
    asks = opened(page_of(tmp_path, asking(), notes=NOTES), viewport={"width": 320, "height": 800})
    for scheme in ("light", "dark"):
        asks.emulate_media(color_scheme=scheme)
        assert [rule["id"] for rule in axe.run(asks).response["violations"]] == [], scheme
    assert asks.locator("#waiting").bounding_box()["height"] >= 44
    page.emulate_media(forced_colors="active")
    edges = page.locator("button").evaluate_all(
        "all => all.map((each) => [getComputedStyle(each).borderTopWidth, getComputedStyle(each).borderTopStyle])"
    )
    assert edges == [["2px", "solid"]] * 10


# What it does

ELBOW = 450
"""Milliseconds after which a touch is a new one."""


def test_a_touch_anywhere_plays_and_pauses(opened: Opened, minute: Path) -> None:
    """The screen stays on while it plays; an elbow that lands twice counts once; the notes are not the screen."""
    page = opened(minute)
    page.mouse.click(200, 300)
    until(page, "!audio.paused && audio.currentTime > 0.1")
    page.wait_for_timeout(ELBOW)
    page.mouse.dblclick(200, 300)
    until(page, "document.body.dataset.state === 'paused'")
    assert page.evaluate("locks") == ["asked", "released"]
    page.locator("summary").first.click()
    assert state(page) == "paused"


def test_the_screen_is_kept_on_again_when_somebody_returns(opened: Opened, minute: Path) -> None:
    """The browser takes the lock back when the page is hidden."""
    page = opened(minute)
    page.keyboard.press(" ")
    until(page, "locks.length === 1")
    page.evaluate("lock.dispatchEvent(new Event('release')); document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("locks") == ["asked", "asked"]
    page.keyboard.press(" ")
    until(page, "locks.length === 3")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.evaluate("locks") == ["asked", "asked", "released"]


def test_a_browser_without_locks_and_lock_screen_plays(opened: Opened, minute: Path) -> None:
    page = opened(minute, script="delete Navigator.prototype.wakeLock; delete Navigator.prototype.mediaSession;")
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 0.1")
    assert state(page) == "playing"


def test_keys_move_by_step(opened: Opened, minute: Path) -> None:
    """Right: the next step. Left: this step's beginning, within its first seconds the step before. Home: all of it.

    What pedals and remotes send does the same: up and down, page up and page down, Enter. A key that is held acts once,
    and scrolls nothing.
    """
    page = opened(minute)
    for key, when in (
        *(("ArrowRight", 5.0), ("ArrowRight", 25.0), ("ArrowLeft", 5.0), ("ArrowLeft", 0.0), ("ArrowLeft", 0.0)),
        *(
            ("ArrowRight", 5.0),
            ("PageDown", 25.0),
            ("ArrowUp", 5.0),
            ("ArrowDown", 25.0),
            ("PageUp", 5.0),
            ("Home", 0.0),
        ),
    ):
        page.keyboard.press(key)
        assert seconds(page) == pytest.approx(when, abs=0.01), key
    at(page, 20.0)
    page.keyboard.press("ArrowLeft")
    assert seconds(page) == pytest.approx(5.0, abs=0.01)
    at(page, 57.0)
    page.keyboard.press("ArrowRight")
    assert seconds(page) == pytest.approx(57.0, abs=0.01)
    page.keyboard.press("Control+ArrowLeft")
    assert seconds(page) == pytest.approx(57.0, abs=0.01)
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    for focused, key, when, is_paused, after in (
        ("body", "ArrowLeft", 57.0, True, 52.0),
        ("body", " ", 1.0, False, 1.0),
        ("#play", "Enter", 1.0, True, 1.0),
        ("body", "Enter", 1.0, False, 1.0),
    ):
        at(page, when)
        page.locator(focused).focus()
        for _ in range(4):
            page.keyboard.down(key)  # all but the first as the repeats of a key that is held
        page.keyboard.up(key)
        assert page.evaluate("[audio.paused, scrollY]") == [is_paused, 0], key
        assert after <= seconds(page) < after + 1, key


def test_buttons_list_and_map_move_by_step(opened: Opened, minute: Path) -> None:
    """An elbow that lands twice counts once, and after a touch the space bar is the screen's again."""
    page = opened(minute)
    page.dblclick("#following")
    assert text(page, "name") == "Thumbs"
    page.keyboard.press(" ")
    until(page, "!audio.paused")
    page.wait_for_timeout(ELBOW)
    page.dblclick("#play")
    until(page, "document.body.dataset.state === 'paused'")
    page.locator("#previous").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # typed at once, and never an elbow's
    assert seconds(page) == 0
    page.get_by_text("Steps", exact=True).click()
    page.keyboard.press(" ")
    until(page, "!audio.paused")
    page.keyboard.press(" ")
    page.wait_for_timeout(ELBOW)
    entry = page.locator("#steps button").nth(3)
    entry.scroll_into_view_if_needed()
    box = entry.bounding_box()
    assert box
    page.mouse.dblclick(box["x"] + 20, box["y"] + 20)  # the second time on the screen, which is there now
    assert text(page, "name") == "Long strokes"
    assert page.locator("#steps [aria-current=step] bdi").inner_text() == "Long strokes"
    assert page.evaluate("[scrollY, document.activeElement.tagName]") == [0, "BODY"]
    page.wait_for_timeout(ELBOW)
    assert page.locator("#map *").count() <= 10  # however many steps: each change of step lays all of the screen out
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 40 / 60, box["y"] + 20)
    assert seconds(page) == 25
    assert state(page) == "paused"
    page.wait_for_timeout(ELBOW)
    assert text(page, "undo") == "Go back to 0:52"
    page.click("#undo")
    assert seconds(page) == 52
    assert page.locator("#undo").is_hidden()


def test_a_jump_can_be_taken_back_for_eight_seconds(opened: Opened, minute: Path) -> None:
    """Then the way back is gone; so it is at the very beginning, where there is nothing to go back to."""
    page = opened(minute)
    page.clock.install()
    click = """share => {
      const map = document.getElementById("map");
      const { left, width } = map.getBoundingClientRect();
      map.dispatchEvent(new MouseEvent("click", { bubbles: true, clientX: left + share * width }));
    }"""
    page.evaluate(click, 8 / 60)
    assert page.locator("#undo").is_hidden()
    page.evaluate(click, 40 / 60)
    page.clock.run_for(7_500)
    assert page.locator("#undo").is_visible()
    page.clock.run_for(1_000)
    assert page.locator("#undo").is_hidden()
    assert seconds(page) == 25


def test_the_lists_below_are_the_screen_too(opened: Opened, minute: Path) -> None:
    """A touch on them pauses and goes on; before the session they are there to be read."""
    page = opened(minute)
    page.locator("#notes").click(position={"x": 5, "y": 5})
    assert state(page) == "before"
    page.wait_for_timeout(ELBOW)
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    until(page, "!audio.paused")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.locator("#notes").click(position={"x": 5, "y": 5})
    until(page, "audio.paused")


def test_a_lock_keeps_elbows_out(opened: Opened, minute: Path) -> None:
    """While it plays, touches do nothing but tell how to open it; keys work, and what waits goes on by a touch."""
    page = opened(minute)
    page.click("#lock")
    assert page.locator("#lock").get_attribute("aria-pressed") == "true"
    page.wait_for_timeout(ELBOW)
    page.click("#name" if page.locator("#name").is_visible() else "#title")
    until(page, "!audio.paused")
    for touched in ("#name", "#play", "#map", "#lock", "#following"):
        page.wait_for_timeout(ELBOW)
        page.locator(touched).click(force=True)
        assert (state(page), text(page, "message")) == ("playing", "Locked: hold the lock to open it"), touched
    assert seconds(page) < 5
    page.keyboard.press("PageDown")
    assert seconds(page) >= 5
    page.locator("#lock").hover()
    page.mouse.down()
    until(page, "document.getElementById('lock').getAttribute('aria-pressed') === 'false'")
    page.mouse.up()
    page.wait_for_timeout(ELBOW)
    page.click("#play")
    until(page, "audio.paused")


def test_the_lock_screen_shows_the_step_and_moves_by_it(opened: Opened, minute: Path) -> None:
    """Title, album, picture and place; every action that it offers."""
    page = opened(minute)
    page.evaluate("handlers.play()")
    until(page, "!audio.paused")
    for action, details, name, when in (
        ("nexttrack", {}, "Thumbs", 5.0),
        ("nexttrack", {}, "Turn over", 25.0),
        ("previoustrack", {}, "Thumbs", 5.0),
        ("seekto", {"seekTime": 53.0}, "Long strokes", 53.0),
        ("seekbackward", {"seekOffset": 20}, "Turn over", 33.0),
        ("seekforward", {}, "Turn over", 43.0),
    ):
        page.evaluate("([action, details]) => handlers[action](details)", [action, details])
        assert when <= seconds(page) < when + 2, action
        shown = page.evaluate("(({ title, album, artist }) => [title, album, artist])(navigator.mediaSession.metadata)")
        assert shown[:2] == [name, "A minute"], action
    assert page.evaluate("navigator.mediaSession.metadata.artwork[0].src").startswith("data:image/png;base64,")
    page.evaluate("handlers.pause()")
    until(page, "navigator.mediaSession.playbackState === 'paused'")


def test_it_goes_on_where_it_was_left(opened: Opened, minute: Path) -> None:
    """Paused, at the same second; a session that was heard to its end begins anew."""
    page = opened(minute)
    at(page, 20.0)
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 20.1")
    page.keyboard.press(" ")
    until(page, "document.body.dataset.state === 'paused'")
    left = seconds(page)
    page.reload()
    page.wait_for_selector("#play:enabled")
    until(page, "audio.readyState > 0 && audio.currentTime > 20")
    assert seconds(page) == pytest.approx(left, abs=0.02)
    assert (state(page), text(page, "name"), text(page, "message")) == ("paused", "Thumbs", "Tap anywhere to go on")
    at(page, 59.7)
    page.keyboard.press(" ")
    until(page, "document.body.dataset.state === 'ended'")
    assert text(page, "message") == "The session is over."
    page.reload()
    page.wait_for_selector("#play:enabled")
    assert (state(page), seconds(page)) == ("before", 0)


def test_a_browser_that_keeps_nothing_plays(opened: Opened, minute: Path) -> None:
    refusing = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    page = opened(minute, script=refusing)
    page.keyboard.press("ArrowRight")
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 5.1")
    page.keyboard.press(" ")
    until(page, "document.body.dataset.state === 'paused'")


def test_a_stop_point_waits_and_going_on_leaves_its_waiting_out(opened: Opened, minute: Path) -> None:
    """It pauses when its words are over, says what to do with the screen still on, and goes on with the next step."""
    page = opened(minute)
    at(page, 31.6)
    page.keyboard.press(" ")
    until(page, "document.body.dataset.state === 'ready'")
    assert 32.0 <= seconds(page) < 34
    assert text(page, "message") == "Waiting for you: tap to go on"
    assert not page.locator("#countdown").is_visible()
    assert page.evaluate("locks") == ["asked"]
    page.mouse.click(200, 300)
    until(page, "!audio.paused")
    assert 52.0 <= seconds(page) < 54
    assert text(page, "name") == "Long strokes"
    at(page, 31.6)
    until(page, "document.body.dataset.state === 'ready'")
    page.keyboard.press("PageDown")  # a pedal's way on
    until(page, "!audio.paused")
    assert 52.0 <= seconds(page) < 54


def test_the_opening_waits_at_its_end(opened: Opened, tmp_path: Path) -> None:
    """By itself, in the silence before the first step, which a tap begins; a jump over it does not stop."""
    page = opened(page_of(tmp_path, asking()))
    at(page, 4.2)
    page.keyboard.press(" ")
    until(page, "document.body.dataset.state === 'ready'")
    assert 4.5 <= seconds(page) < 5
    assert (text(page, "message"), text(page, "name")) == ("Waiting for you: tap to go on", "Opening")
    page.mouse.click(200, 300)
    until(page, "!audio.paused")
    assert 5.0 <= seconds(page) < 6
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    until(page, "audio.currentTime > 5.3")
    assert state(page) == "playing"


def test_a_browser_that_looks_too_late_waits_all_the_same(opened: Opened, tmp_path: Path) -> None:
    """Where it has run into the step already, it goes back to where it waits."""
    asleep = """
      const true_interval = window.setInterval;
      window.setInterval = (tick, every) => true_interval(() => { if (!window.asleep) tick(); }, every);
      window.addEventListener("timeupdate", (event) => { if (window.asleep) event.stopImmediatePropagation(); }, true);
    """
    page = opened(page_of(tmp_path, asking()), script=WATCHED + asleep)
    at(page, 4.2)
    page.evaluate("window.asleep = true")
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 5.3")
    page.evaluate("window.asleep = false")
    until(page, "document.body.dataset.state === 'ready'")
    assert 4.5 <= seconds(page) < 5


def test_waiting_before_the_first_step_can_be_switched_off(opened: Opened, tmp_path: Path) -> None:
    """For good: the browser remembers it. By a touch or a key, which plays nothing; only where there is a stop."""
    path = page_of(tmp_path, asking())
    page = opened(path)
    assert page.locator("#wait").is_checked()
    assert page.locator("#waiting").inner_text() == "Wait for me before we begin"
    page.locator("#waiting").click()
    assert (page.locator("#wait").is_checked(), state(page)) == (False, "before")
    at(page, 4.2)
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 5.2")
    assert state(page) == "playing"
    page.keyboard.press(" ")
    page.reload()
    page.wait_for_selector("#play:enabled")
    assert not page.locator("#wait").is_checked()
    page.locator("#wait").focus()
    page.keyboard.press(" ")
    assert (page.locator("#wait").is_checked(), page.evaluate("audio.paused")) == (True, True)
    page.reload()
    page.wait_for_selector("#play:enabled")
    assert page.locator("#wait").is_checked()
    (tmp_path / "none").mkdir()
    assert opened(page_of(tmp_path / "none", session())).locator("#wait").count() == 0


def test_all_that_is_said_is_a_caption(opened: Opened, tmp_path: Path) -> None:
    """Whatever its role, but for what comes next: that stands below all the time."""
    timeline = asking()
    page = opened(page_of(tmp_path, timeline))
    for clip in timeline.on("narration"):
        at(page, clip.start + 0.5)
        assert text(page, "caption") == clip.text


def test_a_leap_to_the_next_step_leaves_no_words_of_the_last_one(opened: Opened, tmp_path: Path) -> None:
    """One line tells what comes next, and it is the new step's; words that were leapt over are not shown."""
    chapters = [
        {"title": name, "step": n, "group": None, "start": 10.0 * n - 10, "end": 10.0 * n, "slots": []}
        for n, name in enumerate(("Glide", "Knead", "Rest"), 1)
    ]
    clips = [
        said("instruction", 1.0, "Glide up."),
        *(said("reminder", 6.0, "Soft hands."), said("next", 8.0, "Next: Knead.")),
        said("instruction", 12.0, "Pick it up."),
    ]
    page = opened(page_of(tmp_path, made(duration=30.0, chapters=chapters, clips=clips)))
    at(page, 8.5)
    assert (text(page, "caption"), text(page, "next")) == ("Soft hands.", "Next: Knead")
    page.locator("#following").click()
    until(page, "document.getElementById('name').textContent === 'Knead'")
    assert (text(page, "caption"), text(page, "next")) == ("", "Next: Rest")


def test_words_stay_to_be_read_but_for_those_of_a_phase(opened: Opened, tmp_path: Path) -> None:
    """What lets go is gone when the next press begins, as its sound is; what else was said stays for some seconds."""
    chapters = [{"title": "A", "step": 1, "group": None, "start": 0.0, "end": 20.0, "slots": []}]
    clips = [said("cue", 2.0, "Soft hands."), said("release", 10.0, "Let go.")]
    page = opened(page_of(tmp_path, made(duration=20.0, chapters=chapters, clips=clips)))
    shown = {}
    for seconds in (2.5, 5.5, 10.5, 11.5):
        at(page, seconds)
        shown[seconds] = text(page, "caption")
    assert shown == {2.5: "Soft hands.", 5.5: "Soft hands.", 10.5: "Let go.", 11.5: ""}


def test_a_jump_over_a_stop_point_does_not_stop(opened: Opened, minute: Path) -> None:
    page = opened(minute)
    at(page, 31.0)
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 31.1")
    page.keyboard.press("ArrowRight")
    until(page, "audio.currentTime > 52.4")
    assert state(page) == "playing"


def test_screen_readers_hear_of_jumps_and_pauses_only(opened: Opened, minute: Path) -> None:
    """Never of what the voice says by itself."""
    page = opened(minute)
    at(page, 4.6)
    page.keyboard.press(" ")
    until(page, "document.getElementById('name').textContent === 'Thumbs'")
    announced = page.locator("#announcement")
    assert announced.text_content() == ""
    page.keyboard.press("ArrowRight")
    assert announced.text_content() == "Step 2 of 3. Turn over"
    page.keyboard.press(" ")
    until(page, "announcement.textContent === 'Tap anywhere to go on. Step 2 of 3. Turn over'")
    assert page.locator("#play").get_attribute("aria-label") == "Play"


def test_nothing_leaves_the_page(browser: Browser, minute: Path, tmp_path: Path) -> None:
    """It asks for nothing but itself; a linked one for the file beside it, and plays that."""
    linked = page_of(tmp_path, session(), link=True)
    for path, beside in ((minute, ()), (linked, ((tmp_path / "a session.wav").as_uri(),))):
        asked: list[str] = []
        context = browser.new_context()
        context.on("request", lambda request, asked=asked: asked.append(request.url))
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("#play:enabled")
        page.keyboard.press(" ")
        until(page, "audio.currentTime > 0")
        context.close()
        assert {url for url in asked if not url.startswith(("blob:", "data:"))} == {path.as_uri(), *beside}


@pytest.mark.parametrize(
    ("link", "told"),
    [(True, "a session.wav is not beside this page"), (False, "this browser does not know .wav files")],
)
def test_sound_that_cannot_be_played_is_told_in_words(browser: Browser, tmp_path: Path, link, told) -> None:
    """The file is gone, or is no sound."""
    audio = tmp_path / "a session.wav"
    audio.write_bytes(b"no sound")
    with (tmp_path / "page.html").open("wb") as file:
        player.write(file, session(), audio, link=link)
    if link:
        audio.unlink()
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    until(page, "document.body.dataset.state === 'failed'")
    assert text(page, "message").startswith("The sound cannot be played here: ")
    assert told in text(page, "message")
    page.close()


def test_a_page_that_was_copied_in_part_says_so(browser: Browser, tmp_path: Path) -> None:
    """It would end too soon. So does one whose sound the browser gives up on later, whatever it calls that.

    But where Firefox finds no sound device it says so: nothing is wrong with the sound.
    """
    whole = page_of(tmp_path, session()).read_bytes()
    (tmp_path / "part.html").write_bytes(whole[: -len(whole) // 4])
    page = browser.new_page()
    page.goto((tmp_path / "part.html").as_uri())
    until(page, "document.body.dataset.state === 'failed'")
    assert text(page, "message").endswith("the sound is damaged or cut short. Copy it again, or make it anew.")
    page.goto((tmp_path / "page.html").as_uri())
    until(page, "audio.readyState > 0")
    damaged = "the sound is damaged or cut short. Copy it again, or make it anew."
    device = "finds nothing to play sound on. Connect or switch on a speaker, then load this page again."
    told = (("NETWORK", "", damaged), ("SRC_NOT_SUPPORTED", "", damaged), ("DECODE", "OnMediaSinkAudioError", device))
    for code, message, expected in told:
        page.evaluate(
            """([code, message]) => {
                const value = { code: MediaError[`MEDIA_ERR_${code}`], message };
                Object.defineProperty(audio, "error", { value, configurable: true });
                audio.dispatchEvent(new Event("error"));
            }""",
            [code, message],
        )
        assert text(page, "message").endswith(expected)
    page.close()


def test_without_scripts_the_page_says_so(browser: Browser, minute: Path, tmp_path: Path) -> None:
    """And leads to the file beside it, where there is one."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(minute.as_uri())
    assert "Scripts are turned off here" in page.locator("noscript").inner_text()
    assert page.locator("noscript a").count() == 0
    page.goto(page_of(tmp_path, session(), link=True).as_uri())
    link = page.locator("noscript a")
    assert (link.inner_text(), link.get_attribute("href")) == ("a session.wav", "a%20session.wav")
    context.close()


# A real session

SHORT = """\
title: A short one
summary: Two steps and a hold, for a browser.
bed: none
steps:
  - name: Arrive
    say: Lay both hands down.
    duration: 4s
    transition: 1s
  - name: Thumbs
    sides: [left, right]
    say: Thumb on the {side}.
    hold: {times: 1, sink: 1s, press: 2s, release: 1s}
    duration: 9s
    transition: 1s
"""


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A function that renders those steps alone in a format, spoken once for all of them, and writes their page."""
    folder = tmp_path_factory.mktemp("short")
    (folder / "short.yaml").write_text(SHORT, "utf-8")
    bare: dict[str, Any] = {"opening": False, "closing": False, "gate": "brief", "linger": 0.0}

    @cache
    def rendered(suffix: str) -> tuple[Path, Timeline]:
        audio, page = folder / f"short{suffix}", folder / f"short{suffix}.html"
        with pytest.MonkeyPatch.context() as patch, page.open("wb") as file:
            patch.setenv("VOICEGUIDE_CACHE", str(unspoken(folder / "cache")))
            timeline = render(load(folder / "short.yaml"), audio, voice="tone", pace=220, **bare)
            player.write(file, timeline, audio)
        return page, timeline

    return rendered


@pytest.mark.slow
@pytest.mark.parametrize("suffix", suffixes())
def test_every_format_plays_from_any_place(opened: Opened, rendered: Rendered, suffix: str) -> None:
    """It is as long as its timeline, as far as its format can say."""
    path, timeline = rendered(suffix)
    page = opened(path)
    at(page, 10.0)
    assert page.evaluate("audio.duration") == pytest.approx(timeline.duration, abs=0.1)
    page.keyboard.press(" ")
    until(page, "audio.currentTime > 10.5")
    assert state(page) == "playing"


@pytest.mark.slow
def test_a_session_plays_from_its_first_to_its_last_second(opened: Opened, rendered: Rendered) -> None:
    """Rendered, opened from disk, played: at any time the page says what the timeline says within 250 ms."""
    path, timeline = rendered(".mp3")
    page = opened(path)
    words = [each for clip in timeline.on("narration") for each in clip.sentences]
    page.mouse.click(200, 300)
    until(page, "!audio.paused && audio.currentTime > 0")
    speed = 4  # the page goes by the audio's time, however fast that passes
    page.evaluate(
        """speed => {
            const said = (id) => document.getElementById(id).textContent;
            window.names = [said("name")];
            window.captions = [said("caption")];
            const note = () => { names.push(said("name")); captions.push(said("caption")); };
            new MutationObserver(note).observe(document.body, { childList: true, characterData: true, subtree: true });
            audio.playbackRate = speed;
        }""",
        speed,
    )
    while not page.evaluate("audio.ended"):
        seconds, name = page.evaluate("[audio.currentTime, document.getElementById('name').textContent]")
        near = [timeline.at(seconds + beside * speed) for beside in (-0.25, 0.25)]
        assert name in {now.chapter.title for now in near}, seconds
        if state(page) == "ready":
            page.keyboard.press(" ")
        page.wait_for_timeout(50)
    assert list(dict.fromkeys(page.evaluate("names"))) == [chapter.title for chapter in timeline.chapters]
    passed = set(page.evaluate("captions"))
    assert len(passed) > len({each.text for each in words}) / 2
    assert page.evaluate("audio.duration") == pytest.approx(timeline.duration, abs=0.1)
    until(page, "locks.length === 2 && document.body.dataset.state === 'ended'")
    assert page.evaluate("locks") == ["asked", "released"]
    for each in words:  # a machine on which all else runs too may look too late at this speed
        if each.text not in passed:
            at(page, each.start + 0.01)
            assert text(page, "caption") == each.text
