"""The page on which a massage is written, in a browser with its server: nothing typed is lost, all can be undone."""

from __future__ import annotations

import json
import time
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browsers_for_tests import chromium, until
from caches_for_tests import unspoken
from commands_for_tests import SMALL

import voiceguide
from voiceguide import voices
from voiceguide.lint import findings
from voiceguide.routine import finding
from voiceguide.studio import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

NOTED = SMALL.replace("  - name: Hold", "  # thumbs, not nails\n  - name: Hold")
VARIED = """\
    cues:
      - {at: 5s, say: {any: [Softer., Slower.]}} # in turn
    reminders: [Soft., {any: [Heavy hands., Warm hands.]}]
"""
SAVED = "document.getElementById('saved').textContent === 'Saved'"
HISTORY = """async () => {
  const { historyOf } = await import("/assets/history.js");
  const history = historyOf();
  const texts = ["one two", "one 2 two", "one 2", "", "three"];
  texts.slice(1).forEach((text, at) => history.note(texts[at], text));
  const back = [];
  for (let text = texts.at(-1); text !== null; text = history.undo(text)) back.unshift(text);
  const forth = [];
  for (let text = texts[0]; text !== null; text = history.redo(text)) forth.push(text);
  const typed = historyOf();
  typed.note("a", "ab", "name");
  typed.note("ab", "abc", "name");
  return { back, forth, typed: typed.undo("abc"), more: typed.canUndo };
}"""

UNCOVERED = """(() => {
  const { bottom } = document.activeElement.getBoundingClientRect();
  const bar = document.getElementById("playing");
  return bar.contains(document.activeElement) || bottom <= bar.getBoundingClientRect().top;
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    """A studio in which the voice for tests speaks."""
    folder = tmp_path_factory.mktemp("studio")
    picked, faults = voices.pick, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEGUIDE_CACHE", str(unspoken(folder / "cache")))
        patch.setattr(voices, "pick", lambda spec, **where: picked(spec or "tone", **where))
        with serving.running(folder / "data", None, faults.append) as running:
            yield running.address
    assert faults == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody's browser, in which no script fails."""
    made = browser.new_context(viewport={"width": 1000, "height": 900}, locale="en-GB")
    faults: list[str] = []
    made.on("weberror", lambda error: faults.append(str(error.error)))
    made.on("console", lambda message: faults.append(message.text) if "Content Security" in message.text else None)
    yield made
    made.close()
    assert faults == []


@pytest.fixture
def page(context: BrowserContext, address: str) -> Page:
    """The page, as the command opens it."""
    made = context.new_page()
    made.goto(address)
    made.wait_for_selector("h1")
    return made


def asked(page: Page, method: str, path: str, body: Any = None) -> Any:
    """Ask the server as the page does."""
    return page.evaluate(
        """([method, path, body]) => fetch(path, { method, headers: body ? { "Content-Type": "application/json" } : {},
        body: body && JSON.stringify(body) }).then((answer) => answer.json())""",
        [method, path, body],
    )


def drafted(page: Page, text: str) -> str:
    """Open a draft with a text, and return its id."""
    identity = str(asked(page, "POST", "/api/drafts", {"text": text})["id"])
    page.evaluate(f"window.location.hash = '#draft={identity}'")
    page.wait_for_selector("#draft-form")
    until(page, "document.getElementById('begin') && !document.getElementById('begin').disabled")
    return identity


def text_of(page: Page, identity: str) -> str:
    """What the server has of a draft."""
    return str(asked(page, "GET", f"/api/drafts/{identity}")["text"])


def saved(page: Page) -> None:
    """Wait until all that was typed is on the server."""
    page.wait_for_timeout(50)
    until(page, SAVED)


def test_undo_and_redo_lead_through_every_text(page: Page) -> None:
    """To the first one and back to the last, to the letter; what is typed on in one field is one step."""
    found = page.evaluate(HISTORY)
    assert found["back"] == found["forth"] == ["one two", "one 2 two", "one 2", "", "three"]
    assert (found["typed"], found["more"]) == ("a", False)


CALLED_OFF = """async () => {
  const { ask } = await import("/assets/api.js");
  const real = window.fetch;
  const json = () => Promise.reject(new DOMException("", "AbortError"));
  window.fetch = async () => ({ ok: true, status: 200, json });
  try {
    return await ask("GET", "/api/drafts").catch((fault) => fault.name);
  } finally {
    window.fetch = real;
  }
}"""


def test_an_answer_that_is_called_off_is_no_fault(page: Page) -> None:
    """Though it has begun to come."""
    assert page.evaluate(CALLED_OFF) == "AbortError"


def test_who_goes_on_while_a_view_is_filled_keeps_the_focus(page: Page) -> None:
    """A slow answer takes nobody away from what they have reached by keys."""
    held: list[Route] = []
    page.route("**/api/drafts?*", lambda route: held.append(route))
    page.evaluate("window.location.hash = '#drafts'")
    page.get_by_role("button", name="New", exact=True).focus()
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.wait_for_selector("#drafts li, .lead:not([hidden])")
    page.wait_for_timeout(100)
    assert page.evaluate("document.activeElement.textContent") == "New"


def test_a_massage_is_written_by_its_form(page: Page) -> None:
    """Typed into, moved by keys, undone to the start and redone: the file's notes stay, and the text is whole."""
    identity = drafted(page, NOTED)
    page.get_by_label("Title", exact=True).fill("Another one")
    page.locator(".step").nth(1).get_by_label("What is said", exact=True).fill("Thumb on the {side}, softly.")
    page.get_by_role("button", name="Move Hold").press("ArrowUp")
    assert "Move Hold" in page.evaluate("document.activeElement.outerHTML")
    saved(page)
    last = text_of(page, identity)
    assert "title: Another one" in last
    assert "# thumbs, not nails" in last
    assert last.index("name: Hold") < last.index("name: First strokes")
    page.get_by_role("button", name="Delete First strokes").click()
    saved(page)
    assert "First strokes" not in text_of(page, identity)
    page.mouse.wheel(0, 5000)  # at the foot of the form, undo is in sight too
    top, height = (page.get_by_role("button", name="Undo").bounding_box()[each] for each in ("y", "height"))  # type: ignore[index]
    assert 0 < top <= 900 - height
    page.keyboard.press("Control+z")
    saved(page)
    assert text_of(page, identity) == last
    for _ in range(3):
        page.keyboard.press("Control+z")
    saved(page)
    until(page, "document.querySelector('[aria-label=Undo]').disabled")
    assert text_of(page, identity) == NOTED
    assert page.get_by_label("Title", exact=True).input_value() == "Small one"
    for _ in range(3):
        page.keyboard.press("Control+y")
    saved(page)
    assert text_of(page, identity) == last


def test_a_step_is_added_after_another_and_waits_to_be_worded(page: Page) -> None:
    """Nothing that nobody wrote is ever said; its buttons are called as it is, and stay where they are."""
    identity = drafted(page, SMALL.replace("press: 5s", "press: 65s").replace("16s..60s", "4m..6m"))
    hold = page.locator(".step").nth(1)
    assert hold.locator(".mark").inner_text() == "1 to look at"
    assert not hold.get_by_text("One place is pressed for too long").is_visible()  # it is folded
    page.get_by_role("button", name="Add a step after First strokes").click()
    added = page.locator(".step").nth(1)
    name = added.get_by_label("Step", exact=True)
    assert name.evaluate("each => each === document.activeElement")
    away = added.get_by_role("button", name="Delete Step 2")
    beside = "each => each.getBoundingClientRect().y - each.closest('.step').getBoundingClientRect().y"
    place = away.evaluate(beside)
    until(page, "document.querySelectorAll('.step .faults .fault').length === 2")
    assert added.get_by_text("Nothing stands here yet").count() == 2
    assert away.evaluate(beside) == place
    assert page.locator("#begin").is_disabled()
    page.get_by_label("Title", exact=True).focus()
    page.get_by_role("button", name="2 things to mend").click()
    assert name.evaluate("each => each === document.activeElement")
    page.keyboard.type("Circles")
    for button in ("Move Circles", "Listen to Circles", "Add a step after Circles", "Delete Circles"):
        assert added.get_by_role("button", name=button).is_visible()
    added.get_by_label("What is said", exact=True).fill("Go round.")
    until(page, "!document.getElementById('begin').disabled")
    saved(page)
    steps = asked(page, "GET", f"/api/drafts/{identity}/form")["values"]["steps"]
    assert steps[1] == {"name": "Circles", "say": "Go round.", "duration": "1m"}
    page.get_by_role("button", name="Voice: Steady").click()
    page.get_by_role("dialog").get_by_label("Voice", exact=True).select_option(index=1)
    page.get_by_role("button", name="Close").click()
    until(page, "!['', 'Voice: Steady'].includes(document.getElementById('voice').textContent)")


def test_a_drawing_is_picked_for_a_step(page: Page) -> None:
    """From a grid of all there are, each with what it shows; another one, or none, in its place."""
    identity = drafted(page, NOTED)
    page.locator(".step").first.get_by_role("button", name="Choose a drawing").click()
    until(page, "document.querySelectorAll('dialog .drawing').length > 100")
    first = page.locator("dialog .drawing").first
    first.scroll_into_view_if_needed()
    until(page, "document.querySelector('dialog .drawing img').naturalWidth > 0")
    name = (
        page.evaluate("document.querySelector('dialog .drawing img').src").split("/api/drawings/")[1].split(".svg")[0]
    )
    first.click()
    saved(page)
    assert f"show: {name}" in text_of(page, identity)
    page.locator(".step").first.get_by_role("button", name="Another drawing").click()
    assert page.locator("dialog [aria-pressed=true]").count() == 1
    page.get_by_role("button", name="No drawing").click()
    saved(page)
    assert text_of(page, identity) == NOTED


def test_a_fault_stands_under_its_field_with_its_mend(page: Page) -> None:
    """In the words of check; one click mends it, and it is gone."""
    identity = drafted(page, SMALL)
    page.locator(".step").nth(0).get_by_label("Time", exact=True).fill("2")
    page.get_by_text("Minutes or seconds? Write 2m or 2s.").wait_for()
    page.locator(".step").nth(0).get_by_label("Time", exact=True).fill("2 Minuten")
    mend = page.locator(".step").nth(0).locator(".faults:visible .mend")
    mend.wait_for()
    assert page.locator("#begin").is_disabled()
    mend.click()
    page.locator(".step .faults .fault").wait_for(state="detached")
    saved(page)
    assert "Minuten" not in text_of(page, identity)
    until(page, "!document.getElementById('begin').disabled")
    page.locator(".step").nth(1).get_by_label("Step", exact=True).fill("Hold {sied}")
    mend = page.locator(".step .faults:visible .mend")
    mend.wait_for()
    page.set_viewport_size({"width": 390, "height": 500})
    page.evaluate("window.scrollTo(0, 0)")
    page.get_by_role("button", name="1 thing to mend").click()  # shows what is said of it, not the field alone
    page.wait_for_timeout(100)
    told, bar = (page.locator(each).bounding_box() for each in (".step .faults:visible", "#playing"))
    assert told
    assert bar
    assert 0 <= told["y"] <= bar["y"] - told["height"]


def test_what_is_typed_outlives_the_page_and_a_lost_server(page: Page, context: BrowserContext) -> None:
    """A window that closes within the pause, and a server that is away for a while: the words are there after."""
    identity = drafted(page, SMALL)
    page.get_by_label("Title", exact=True).press("End")
    page.keyboard.type("!")
    page.get_by_label("Name in your list").focus()
    page.keyboard.type("For Eva")
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("#draft-form .step")
    saved(page)
    assert "title: Small one!" in text_of(page, identity)
    assert asked(page, "GET", f"/api/drafts/{identity}")["name"] == "For Eva"
    context.set_offline(True)
    page.get_by_label("Title", exact=True).press("End")
    page.keyboard.type("?")
    until(page, "document.getElementById('saved').textContent.includes('This browser keeps it')")
    context.set_offline(False)
    saved(page)
    assert "title: Small one!?" in text_of(page, identity)


def test_what_a_page_left_is_saved_by_one_that_comes_slowly(page: Page) -> None:
    """Whatever else it waits for meanwhile; and so is what is typed then."""
    draft = asked(page, "POST", "/api/drafts", {"text": SMALL})
    change = {"ops": [{"op": "set", "path": ["title"], "value": "Small one!"}], "key": "title", "isTyped": True}
    note = json.dumps({"base": draft["hash"], "changes": [change]})
    page.evaluate("([id, note]) => localStorage.setItem(`voiceguide:draft:${id}`, note)", [draft["id"], note])
    page.route("**/api/sounds?*", lambda route: (time.sleep(0.5), route.continue_()))
    page.evaluate(f"window.location.hash = '#draft={draft['id']}'")
    page.get_by_label("Title", exact=True).press("End")
    page.keyboard.type("?")
    saved(page)
    assert "title: Small one!?" in text_of(page, draft["id"])


def test_who_types_on_is_saved_meanwhile(page: Page) -> None:
    """Not only at a pause: a browser that is killed takes its note with it."""
    identity = drafted(page, SMALL)
    page.get_by_label("Title", exact=True).press("End")
    page.evaluate(
        """() => { window.typing = setInterval(() => document.execCommand("insertText", false, "x"), 50); }""",
    )
    until(page, f"fetch('/api/drafts/{identity}').then((got) => got.text()).then((got) => got.includes('onexx'))")
    page.evaluate("clearInterval(window.typing)")
    saved(page)
    assert "title: Small onexx" in text_of(page, identity)


@pytest.mark.parametrize(
    ("change", "asks"),
    [
        ({"text": SMALL.replace("Glide up", "Gl up"), "isTyped": True}, False),
        ({"ops": [{"op": "set", "path": ["steps", 0, "say"], "value": "Gl up."}], "isTyped": True}, False),
        ({"text": SMALL.replace("Glide up", "Gl up"), "isTyped": False}, True),
        ({"ops": [{"op": "set", "path": ["steps", 0, "say"], "value": "Glow up."}], "isTyped": True}, True),
    ],
)  # fmt: skip
def test_an_old_note_of_what_was_saved_since_is_let_go(page: Page, change: dict[str, Any], asks: bool) -> None:
    """As a browser has that was killed; what was taken away, or stands otherwise there, is asked about."""
    identity = str(asked(page, "POST", "/api/drafts", {"text": SMALL})["id"])
    page.evaluate(
        "([id, note]) => localStorage.setItem(`voiceguide:draft:${id}`, JSON.stringify(note))",
        [identity, {"base": "0" * 64, "changes": [{**change, "key": "x"}]}],
    )
    page.evaluate(f"window.location.hash = '#draft={identity}'")
    if asks:
        page.wait_for_selector("#conflict")
    else:
        page.wait_for_selector("#draft-form .step")
        saved(page)
        page.wait_for_timeout(50)
        assert page.locator("#conflict").count() == 0
    assert text_of(page, identity) == SMALL


def test_what_the_form_has_no_field_for_is_told_and_kept(page: Page) -> None:
    """Lengths, bed, drawing and versions have fields; all else is named where it belongs, and stays to the letter."""
    more = f"    stretch: false # as long as it takes\n{VARIED}"
    odd = SMALL.replace("    duration: 20s..40s\n", f"    duration: 20s..40s\n{more}")
    identity = drafted(page, odd)
    page.get_by_text("Length, and sound underneath").click()
    page.get_by_label("How long: Full").fill("4m")
    page.get_by_label("Sound underneath").select_option(label="Ocean")
    page.get_by_label("What to do while it opens").fill("face down, back bare")
    first = page.locator(".step").nth(0)
    first.get_by_text("More", exact=True).click()
    first.get_by_label("Seated").check()
    first.get_by_label("Full").check()
    first.get_by_label("Full").uncheck()
    first.get_by_role("button", name="Choose a drawing").click()
    page.get_by_role("dialog").get_by_role("button").filter(has=page.locator("img[src*='upper-back/glide']")).click()
    first.get_by_label("Say (one wording a line, another at each visit)").fill("Softer.\nSlower still.\nSlower.")
    first.get_by_role("button", name="Add a reminder").click()
    page.keyboard.type("Slow and even.!")
    first.get_by_label("Reminder (one wording a line, another at each visit)").fill("Heavy hands.")
    assert first.locator(".as-is").inner_text() == "Not in this form, and kept in the text: stretch: false"
    assert "tags, setups" in page.locator("#draft-form > .as-is").inner_text()
    saved(page)
    form = asked(page, "GET", f"/api/drafts/{identity}/form")["values"]
    assert (form["lengths"], form["bed"], form["settle"]) == ({"full": "4m"}, "ocean", "face down, back bare")
    assert (form["steps"][0]["only"], form["steps"][0]["show"]) == ("seated", "upper-back/glide")
    there = text_of(page, identity)
    assert "    stretch: false # as long as it takes\n" in there
    assert "{at: 5s, say: {any: [Softer., Slower still., Slower.]}} # in turn\n" in there
    assert "reminders: [Soft., {any: [Heavy hands.]}, Slow and even.!]\n" in there


def test_a_hold_and_a_rhythm_have_fields_as_soon_as_they_are_ticked(page: Page) -> None:
    """And none any more as soon as they are not; who ticks by keys stays where she is."""
    identity = drafted(page, SMALL)
    first = page.locator(".step").nth(0)
    first.get_by_text("More", exact=True).click()
    for tick, label, other, line in (
        ("Press and hold", "Press for", "7s", "hold: {press: 7s, release: 3s}"),
        ("Strokes in a rhythm", "Out", "9s", "rhythm: {out: 9s, back: 6s}"),
    ):
        first.get_by_label(tick, exact=True).focus()
        page.keyboard.press("Space")
        assert page.evaluate("document.activeElement.checked") is True
        first.get_by_label(label, exact=True).fill(other)
        saved(page)
        assert line in text_of(page, identity)
        first.get_by_label(tick, exact=True).uncheck()
        assert first.get_by_label(label, exact=True).count() == 0
        saved(page)
        assert text_of(page, identity) == SMALL


def test_undo_outlives_the_page(page: Page) -> None:
    """A reload, and a way over another page, keep every step back and forth."""
    identity = drafted(page, NOTED)
    page.get_by_label("Title", exact=True).fill("Another one")
    saved(page)
    page.get_by_role("button", name="Delete First strokes").click()
    saved(page)
    last = text_of(page, identity)
    page.reload()
    page.wait_for_selector("#draft-form .step")
    page.keyboard.press("Control+z")
    saved(page)
    assert "First strokes" in text_of(page, identity)
    page.evaluate("window.location.hash = '#drafts'")
    page.wait_for_selector("#drafts li")
    page.evaluate(f"window.location.hash = '#draft={identity}'")
    page.wait_for_selector("#draft-form .step")
    page.get_by_role("button", name="Undo").click()
    saved(page)
    assert text_of(page, identity) == NOTED
    for _ in range(2):
        page.get_by_role("button", name="Redo").click()
    saved(page)
    assert text_of(page, identity) == last


def test_the_last_words_of_a_long_text_are_sent_while_its_page_is_left(page: Page, context: BrowserContext) -> None:
    """A browser sends little then: what was changed, not all of it; even a page that never comes back loses nothing."""
    identity = drafted(page, SMALL + "# another note, ä, \U0001f642\n" * 3000)
    second = context.new_page()
    second.goto(page.url)
    page.evaluate("Storage.prototype.setItem = () => {}")
    page.get_by_role("tab", name="Text").click()
    page.locator("#draft-text").wait_for()
    page.locator("#draft-text").press("Control+End")
    page.evaluate("window.setTimeout = () => 0")  # no pause ends
    page.keyboard.type("# the last \U0001f642 one")
    second = context.new_page()
    second.goto(page.url)
    page.close()
    until(
        second,
        f"fetch('/api/drafts/{identity}').then((answer) => answer.json()).then(({{ text }}) => text.endsWith('one'))",
    )
    assert text_of(second, identity).endswith("\n# the last \U0001f642 one")


def test_form_and_text_are_two_sides_of_one_thing(page: Page) -> None:
    """What is typed into the text stands in the form; a text at fault says so, and is saved all the same."""
    identity = drafted(page, SMALL)
    page.get_by_role("tab", name="Text").click()
    area = page.locator("#draft-text")
    area.fill(SMALL.replace("Small one", "From the text"))
    saved(page)
    page.keyboard.press("Control+e")
    until(page, "document.querySelector('#draft-form input').value === 'From the text'")
    page.keyboard.press("Control+e")
    area.fill("title: [\n")
    saved(page)
    assert text_of(page, identity) == "title: [\n"
    page.wait_for_selector("#findings .fault")
    page.keyboard.press("Control+z")
    saved(page)
    assert "From the text" in text_of(page, identity)


def test_the_text_has_an_editor_that_is_fetched_when_it_is_looked_at(page: Page, context: BrowserContext) -> None:
    """In colours, with a mark where something is wrong; its finding leads to its line, and undo is the page's."""
    fetched = "performance.getEntriesByType('resource').filter(({ name }) => name.includes('codemirror')).length"
    identity = drafted(page, SMALL)
    assert page.evaluate(fetched) == 0
    page.get_by_role("tab", name="Text").click()
    area = page.locator("#draft-text")
    area.wait_for()
    assert page.evaluate(fetched) == 1
    assert area.get_attribute("contenteditable") == "true"
    area.fill(SMALL.replace("release: 3s", "release: 3 sex"))
    finding = page.locator("#findings p", has_text="3 sex")
    finding.wait_for()
    page.locator(".cm-lint-marker-error").wait_for()
    assert page.locator(".cm-lintRange-error").inner_text().startswith("3 sex")
    finding.get_by_role("button", name="Line 18").click()
    page.keyboard.type("    hold: {press: 5s, release: 4s}")
    page.locator(".cm-lint-marker-error").wait_for(state="detached")
    saved(page)
    assert text_of(page, identity) == SMALL.replace("release: 3s", "release: 4s")
    page.get_by_role("button", name="Undo").click()
    saved(page)
    assert "release: 3 sex" in text_of(page, identity)
    assert "release: 3 sex" in area.inner_text()
    page.keyboard.press("Control+z")
    saved(page)
    assert text_of(page, identity) == SMALL


def test_a_browser_without_the_editor_has_a_plain_field(page: Page, context: BrowserContext) -> None:
    """It says so, and all that is typed is kept there, too."""
    context.route("**/codemirror.js*", lambda route: route.abort())
    identity = drafted(page, SMALL)
    page.get_by_role("tab", name="Text").click()
    page.get_by_text("without colours").wait_for()
    page.locator("textarea#draft-text").fill(SMALL.replace("Small one", "Plainly"))
    saved(page)
    assert "title: Plainly" in text_of(page, identity)


def test_two_tabs_write_one_draft(page: Page, context: BrowserContext) -> None:
    """What one saves stands in the other; another program's text is never overwritten unasked."""
    identity = drafted(page, SMALL)
    second = context.new_page()
    second.goto(page.url)
    second.wait_for_selector("#draft-form .step")
    page.get_by_label("Title", exact=True).fill("Of the first")
    saved(page)
    until(second, "document.querySelector('#draft-form input').value === 'Of the first'")
    second.close()
    known = asked(page, "GET", f"/api/drafts/{identity}")
    page.evaluate(
        """([id, hash, text]) => fetch(`/api/drafts/${id}`, { method: "PUT", body: JSON.stringify({ text }),
        headers: { "Content-Type": "application/json", "If-Match": `"${hash}"` } })""",
        [identity, known["hash"], known["text"].replace("Glide up", "Glide on")],
    )
    page.get_by_label("Title", exact=True).fill("Of mine")
    page.wait_for_selector("#conflict")
    assert "Glide on" in text_of(page, identity)
    page.get_by_role("button", name="Put mine over it").click()
    saved(page)
    both = text_of(page, identity)
    assert "Glide on" in both
    assert "title: Of mine" in both


def test_a_translation_stands_beside_its_text(page: Page) -> None:
    """What is missing is counted; a sentence that is changed in the form later keeps its translation's place.

    What is at fault in it is said beside it, and in the form as what it is.
    """
    text = SMALL.replace("say: Glide up.", "say: [Glide up., And down.]")
    identity = drafted(page, text.replace("    duration: 20s..40s\n", f"    duration: 20s..40s\n{VARIED}"))
    page.get_by_role("button", name="Translate").click()
    page.get_by_label("Glide up.").fill("Gleite hoch.")
    page.get_by_label("And down.").fill("Und hinunter.")
    page.get_by_label("Warm hands.").fill("Warme Hände.")
    page.get_by_role("button", name="Close").click()
    saved(page)
    page.locator(".step").nth(0).get_by_label("What is said", exact=True).fill("Glide up.\nAnd slowly down.")
    saved(page)
    form = asked(page, "GET", f"/api/drafts/{identity}/form")["values"]
    assert form["steps"][0]["say"] == [
        {"en": "Glide up.", "de": "Gleite hoch."},
        {"en": "And slowly down.", "de": "Und hinunter."},
    ]
    assert form["steps"][0]["reminders"][1] == {"any": ["Heavy hands.", {"en": "Warm hands.", "de": "Warme Hände."}]}
    page.get_by_role("button", name="Translate").click()
    page.get_by_label("Glide up.").fill("Gleite hoch, {sied}.")
    dialog = page.locator("dialog")
    told = "In braces only these are understood"
    dialog.locator(".fault", has_text=told).wait_for()
    page.get_by_role("button", name="Close").click()
    fault = page.locator(".step .fault", has_text=f"Translation, German: {told}")
    fault.get_by_role("button", name="Show").click()
    assert page.evaluate("document.activeElement.value") == "Gleite hoch, {sied}."
    dialog.get_by_role("button", name="Make it {side}").click()
    fault.wait_for(state="detached")
    assert page.get_by_label("Glide up.").input_value() == "Gleite hoch, {side}."


# -- a whole routine, from an empty page to a phone --------------------------------------------------------------------

GUIDE = Path(__file__).parents[3] / "docs" / "guide.md"
FIELDS = {
    "What it is, in a line": "A few minutes of slow strokes and one good squeeze.",
    "How one lies or sits": "seated, leaning on a table",
    "What to do while it opens": "leaning on the table, shoulders bare",
    "Not today with these": "a fever\na skin infection\na new injury",
    "A doctor first with these": "",
    "Take care while pressing": "stay off the spine and every other bone",
    "To be read, never spoken": "",
    "Short reminders": "Slow and even.\nSoft hands.",
}
FIRST = {
    "What is said": "Glide both hands from the neck out to the shoulders. [pause 4s]\n"
    "Slow and even, and lighter on the way back.",
    "Time": "2m30s",
    "Time to move on to this step": "",
}
SECOND = {
    "What is said": "Take the top of the {side} shoulder in your whole hand, and squeeze softly.",
    "Time": "75s..2m",
    "What is said on the other side": "The {side} shoulder, just the same.",
}
GERMAN = (
    *("Ein Abend für müde Schultern", "Ein paar Minuten langsame Striche und ein guter Griff."),
    *("sitzend, an einen Tisch gelehnt", "an den Tisch lehnen, Schultern frei", "Fieber", "eine Hautinfektion"),
    *("eine frische Verletzung", "bleib weg von der Wirbelsäule und jedem anderen Knochen", "ein Handtuch"),
    *("ein wenig Öl", "Langsam und gleichmäßig.", "Weiche Hände.", "Lange Striche"),
    "Gleite mit beiden Händen vom Nacken hinaus zu den Schultern. [pause 4s]",
    *("Langsam und gleichmäßig, und leichter auf dem Rückweg.", "Lass die eigenen Schultern sinken.", "Griff"),
    "Nimm die {side} Schulter oben in die ganze Hand, und drücke sie weich.",
    "Die {side} Schulter, genau so.",
)
BETWEEN = """(target) => {
  const top = [...document.querySelectorAll("dialog[open]")].at(-1) || document;
  const all = [...top.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((each) => !each.disabled && each.checkVisibility());
  const from = document.activeElement;
  const isBehind = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  if (isBehind(from, target)) return all.filter((each) => isBehind(from, each) && !isBehind(target, each)).length;
  return -all.filter((each) => isBehind(each, from) && !isBehind(each, target)).length;
}"""


class Keys:
    """Somebody with a keyboard alone: Tab leads everywhere. The other tests of this file click."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def _reach(self, found: Locator) -> None:
        found.wait_for()
        for _ in range(3):  # a page that is drawn meanwhile moves its focus
            way = int(found.evaluate(BETWEEN))
            for _ in range(abs(way)):
                self.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
            if found.evaluate("(target) => target === document.activeElement"):
                return
        raise AssertionError(f"Tab does not lead to {found}")

    def press(self, found: Locator) -> None:
        """A button, a link, a tick: by Space or Enter."""
        self._reach(found)
        self.page.keyboard.press("Space" if found.get_attribute("type") == "checkbox" else "Enter")

    def fill(self, found: Locator, text: str) -> None:
        """A field: by typing over all of it."""
        self._reach(found)
        self.page.keyboard.press("Control+a")
        if text:
            self.page.keyboard.insert_text(text)
        else:
            self.page.keyboard.press("Delete")

    def choose(self, found: Locator, label: str) -> None:
        """One of a list: by its first letters."""
        self._reach(found)
        self.page.keyboard.type(label)


def test_a_routine_is_written_heard_translated_and_sent(page: Page, tmp_path: Path) -> None:
    """The guide's example, by the form and keys alone: as by hand in the end, with nothing to be said against it."""
    by = Keys(page)
    by.press(page.get_by_role("link", name="Write"))
    by.press(page.get_by_role("button", name="New", exact=True))
    by.fill(page.get_by_label("Title"), "An evening for tired shoulders")
    by.fill(page.get_by_label("Its steps, one a line; without any, three examples"), "Long strokes\nSqueeze")
    by.press(page.get_by_role("button", name="Begin"))
    page.wait_for_selector("#draft-form")
    identity = page.url.partition("#draft=")[2]
    start = text_of(page, identity)
    by.press(page.get_by_text("Length, and sound underneath"))
    by.choose(page.get_by_label("Sound underneath"), "The usual one")
    by.press(page.get_by_text("Words of care, reminders, the end"))
    for label, text in FIELDS.items():
        by.fill(page.locator("#draft-form > .entry, #draft-form > details").get_by_label(label), text)
    first, second = page.locator(".step").nth(0), page.locator(".step").nth(1)
    for step, fields in ((first, FIRST), (second, SECOND)):
        by.press(step.get_by_text("More", exact=True))
        for label, text in fields.items():
            by.fill(step.get_by_label(label, exact=label in ("What is said", "Time")), text)
    by.choose(first.get_by_label("Pressure, 1 to 7"), "2")
    by.press(first.get_by_role("button", name="Add words at a moment"))
    by.fill(first.get_by_label("When"), "50s")
    by.fill(first.get_by_label("Say", exact=True), "Let your own shoulders drop.")
    by.choose(second.get_by_label("Sides"), "Left, then right")
    saved(page)

    with page.expect_response("**/api/preview*") as heard:  # heard
        by.press(first.get_by_role("button", name="Listen to Long strokes"))
    assert heard.value.headers["content-type"] == "audio/mpeg"
    by.press(second.get_by_role("button", name="Squeeze earlier"))  # moved about
    saved(page)
    assert text_of(page, identity).index("name: Squeeze") < text_of(page, identity).index("name: Long strokes")
    by.press(first.get_by_role("button", name="Squeeze later"))
    saved(page)

    written = text_of(page, identity)  # undone to the start and redone
    for key, end, expected in (("Control+z", "Undo", start), ("Control+y", "Redo", written)):
        while not page.get_by_role("button", name=end).is_disabled():
            page.keyboard.press(key)
            saved(page)
        assert text_of(page, identity) == expected
    mine, theirs = tmp_path / "form" / "evening.yaml", tmp_path / "hand" / "evening.yaml"
    for path, text in (
        (mine, written),
        (theirs, GUIDE.read_text("utf-8").partition("```yaml\n")[2].partition("```")[0]),
    ):
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    assert [str(finding) for finding in findings(mine)] == []
    assert planned(mine) == planned(theirs)

    by.press(page.get_by_role("button", name="Translate"))  # translated
    fields = page.locator(".columns textarea")
    assert fields.count() == len(GERMAN)
    for number, text in enumerate(GERMAN):
        by.fill(fields.nth(number), text)
    assert page.get_by_text("All of it is there.").is_visible()
    by.press(page.get_by_role("button", name="Close"))
    saved(page)
    mine.write_text(text_of(page, identity), "utf-8")
    assert [str(finding) for finding in findings(mine)] == []
    assert planned(mine) == planned(theirs)
    assert GERMAN[-1] in str(asked(page, "GET", f"/api/drafts/{identity}/form")["values"])

    until(page, "!document.getElementById('begin').disabled")  # sent to the phone
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name="An evening for tired shoulders").first.wait_for()
    by.press(page.get_by_role("button", name="To the phone").first)
    link = page.locator(".address").inner_text()
    phone = page.context.new_page()
    phone.goto(link)
    assert phone.title() == "An evening for tired shoulders"

    page.keyboard.press("Escape")  # and written on
    page.get_by_role("link", name="Go on writing").click()
    page.wait_for_selector("#draft-form .step")
    assert page.url.endswith(identity)


def planned(path: Path) -> dict[str, Any]:
    """What would be played of a routine."""
    return dict(voiceguide.plan(voiceguide.load(path), voice="tone").to_json())


ARTICLE = """\
# How to rub calves

Written by somebody who rubs calves.

## Method 1 of 2: By hand

1. Stroke the calf upward for 2 minutes.
2. Knead the calf for 3 minutes. Never press the shin.

## Method 2 of 2: With a ball

1. Roll the ball along the calf for 2 minutes.
2. Roll it in circles for 1 minute.
"""


PLACES: tuple[tuple[str, tuple[str | int, ...], Any], ...] = (
    ("Said at the end, a sentence a line", ("closing",), ["Stroke the calf upward for 2 minutes."]),
    ("New step", ("steps", 2, "name"), "Stroke the calf upward"),
)
"""Where a sentence that was left out may stand, by its name, with its path and what stands there then."""


COPIED = """<h2>Calf rub</h2><ol style="color: red"><li><b>Stroke</b> the calf
upward for 2 minutes.</li><li>Knead the calf.</li></ol><p><b>At a glance</b></p><p><b>Rhythm:</b> slow</p><table>
<thead><tr><th>Stroke</th><th>Minutes</th></tr></thead><tr><td>a</td><td>b</td></tr></table>"""
PASTED = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  return field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true }));
}"""


def test_the_form_says_in_its_own_words_what_it_has_a_field_for(page: Page) -> None:
    """No key of a routine stands in them, and a touch leads to the field, though it is folded; the text has them."""
    page.evaluate("window.location.hash = '#drafts'")
    page.get_by_role("button", name="From an article").click()
    field = page.get_by_label("The article")
    field.evaluate(PASTED, COPIED)
    glance = "\n\n**At a glance**\n\n**Rhythm:** slow\n\n| Stroke | Minutes |\n| --- | --- |\n| a | b |"
    steps = "## Calf rub\n\n1. Stroke the calf upward for 2 minutes.\n2. Knead the calf."
    assert field.input_value() == steps + glance
    field.press("ControlOrMeta+a")
    pasted = page.evaluate_handle("document.activeElement")
    for plain in (
        "<pre>1. Stroke\n2. Knead</pre>",
        "<div>1. Stroke</div>",
    ):  # its text is better: the browser pastes that
        assert pasted.evaluate(PASTED, plain)
    field.press("ControlOrMeta+End")  # what is mended in it keeps its numbers
    for _ in glance:
        field.press("Backspace")
    page.get_by_role("button", name="Begin").click()
    said = page.locator("#findings p", has_text="Nobody is told who should not begin")
    said.wait_for()
    assert "do_not_start" not in page.locator("#findings").inner_text()
    said.get_by_role("button", name="Show").click()
    field = page.get_by_role("textbox", name="Not today with these")
    assert field.evaluate("each => each === document.activeElement")
    page.get_by_role("tab", name="Text").click()
    page.locator("#findings p", has_text="do_not_start").wait_for()
    page.get_by_role("tab", name="Form").click()
    field.fill("a fever")
    said.wait_for(state="detached")
    page.set_viewport_size({"width": 390, "height": 844})
    until(page, "!document.getElementById('begin').disabled")
    assert page.locator("#playing").bounding_box()["height"] <= 96  # type: ignore[index]  # it is there


def test_an_article_is_pasted_looked_at_and_said_after_all(page: Page) -> None:
    """A note shows its field and leaves the text when ticked; a sentence left out goes into a step; all is undone.

    Until it is sent the article stays where it was pasted, whatever closes the dialog.
    """
    page.evaluate("window.location.hash = '#drafts'")
    page.get_by_role("button", name="From an article").click()
    page.get_by_label("The article").fill(ARTICLE)
    left, top = (page.get_by_label("The article").bounding_box()[side] for side in "xy")  # type: ignore[index]
    page.mouse.move(left + 60, top + 20)
    page.mouse.down()
    page.mouse.move(2, top + 20)  # the marking of a line ends behind the dialog
    page.mouse.up()
    page.wait_for_timeout(50)
    assert page.locator("dialog").is_visible()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("button", name="From an article").click()
    assert page.get_by_label("The article").input_value() == ARTICLE
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="With a ball").click()
    page.wait_for_selector("#draft-form")
    identity = page.url.partition("#draft=")[2]
    assert asked(page, "GET", "/api/drafts")["drafts"][0]["id"] == identity
    start = text_of(page, identity)
    assert "name: Roll the ball along the calf" in start
    notes = page.locator(".looked-at")
    assert notes.get_by_text("never press the shin", exact=True).is_visible()
    count = notes.locator("input").count()
    lying = notes.locator("li", has_text="The article does not say how one lies or sits.")
    assert notes.locator("li", has_text="The article gives this step no name. Is this one right?").count() == 2
    assert notes.locator("summary").inner_text().endswith(f"{count} to look at")
    notes.locator("li", has_text="never press the shin").first.get_by_role("button", name="Show").click()
    assert page.evaluate("document.activeElement.value") == "never press the shin"
    page.get_by_role("button", name="Back to the list").click()
    assert page.evaluate("document.activeElement.closest('li').textContent").startswith("never press the shin")
    lying.get_by_role("button", name="Show").click()
    assert page.get_by_role("textbox", name="How one lies or sits").evaluate("each => each === document.activeElement")
    page.keyboard.type("face down")  # answered, and so looked at
    page.keyboard.press("Tab")
    until(page, f"document.querySelectorAll('.looked-at input').length === {count - 1}")
    saved(page)
    left = 'left out, line 7: "Stroke the calf upward for 2 minutes."'
    assert "lie or sit" not in text_of(page, identity)
    assert left in text_of(page, identity)
    notes.get_by_label("Where to say: Stroke the calf upward").select_option(label="Roll it in circles")
    until(page, "!document.querySelector('.looked-at').textContent.includes('Stroke the calf upward')")
    saved(page)
    assert left not in text_of(page, identity)
    steps = asked(page, "GET", f"/api/drafts/{identity}/form")["values"]["steps"]
    assert steps[1]["say"] == ["Roll it in circles.", "Stroke the calf upward for 2 minutes."]
    said = page.locator(".step").nth(1).get_by_label("What is said", exact=True)
    assert said.input_value() == "\n".join(steps[1]["say"])
    page.keyboard.press("Control+z")
    saved(page)
    assert left in text_of(page, identity)
    for where, at, said in PLACES:
        notes.get_by_label("Where to say: Stroke the calf upward").select_option(label=where)
        until(page, "!document.querySelector('[aria-label^=\"Where to say: Stroke the calf upward\"]')")
        saved(page)
        values = asked(page, "GET", f"/api/drafts/{identity}/form")["values"]
        assert reduce(lambda value, key: value[key], at, values) == said
        page.keyboard.press("Control+z")
        saved(page)
    notes.get_by_role("button", name="Delete all of these").click()
    until(page, "!document.querySelector('.looked-at').textContent.includes('Left out')")
    page.keyboard.press("Control+z")
    saved(page)
    for _ in range(2):
        page.keyboard.press("Control+z")
    saved(page)
    assert text_of(page, identity) == start
    assert notes.locator("input").count() == count
    page.evaluate("window.location.hash = '#drafts'")
    until(page, "document.querySelector('#drafts .found')?.textContent.endsWith(' to look at')")


def test_a_massage_is_changed_from_its_own_page(page: Page) -> None:
    """In a copy of it, which the text of the massage begins; by keys alone, each field is seen that is typed into."""
    page.evaluate("window.location.hash = '#routine=desk-break'")
    page.get_by_role("button", name="Change this massage").click()
    page.wait_for_selector("#draft-form .step")
    until(page, "!document.getElementById('begin').disabled")
    for _ in range(40):
        page.keyboard.press("Tab")
        page.wait_for_timeout(20)
        assert page.evaluate(UNCOVERED), page.evaluate("document.activeElement.outerHTML")
    assert text_of(page, page.url.partition("#draft=")[2]) == finding.find("desk-break").read_text("utf-8")
