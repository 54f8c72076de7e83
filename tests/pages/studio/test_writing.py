"""The page on which a massage is written, in a browser with its server: nothing typed is lost, all can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from browsers_for_tests import chromium, until
from commands_for_tests import SMALL

from voiceguide import voices
from voiceguide.studio import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

NOTED = SMALL.replace("  - name: Hold", "  # thumbs, not nails\n  - name: Hold")
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
        patch.setenv("VOICEGUIDE_CACHE", str(folder / "cache"))
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
    page.locator(".step").nth(0).get_by_label("Time", exact=True).fill("2 Minuten")
    mend = page.locator(".step").nth(0).locator(".faults:visible .mend")
    mend.wait_for()
    assert page.locator("#begin").is_disabled()
    mend.click()
    page.locator(".step .faults .fault").wait_for(state="detached")
    saved(page)
    assert "Minuten" not in text_of(page, identity)
    until(page, "!document.getElementById('begin').disabled")


def test_what_is_typed_outlives_the_page_and_a_lost_server(page: Page, context: BrowserContext) -> None:
    """A window that closes within the pause, and a server that is away for a while: the words are there after."""
    identity = drafted(page, SMALL)
    page.get_by_label("Title", exact=True).press("End")
    page.keyboard.type("!")
    page.goto("about:blank")
    page.go_back()
    page.wait_for_selector("#draft-form .step")
    saved(page)
    assert "title: Small one!" in text_of(page, identity)
    context.set_offline(True)
    page.get_by_label("Title", exact=True).press("End")
    page.keyboard.type("?")
    until(page, "document.getElementById('saved').textContent.includes('This browser keeps it')")
    context.set_offline(False)
    saved(page)
    assert "title: Small one!?" in text_of(page, identity)


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
    """What is missing is counted; a sentence that is changed in the form later keeps its translation's place."""
    identity = drafted(page, SMALL.replace("say: Glide up.", "say: [Glide up., And down.]"))
    page.get_by_role("button", name="Translate").click()
    page.get_by_label("Glide up.").fill("Gleite hoch.")
    page.get_by_label("And down.").fill("Und hinunter.")
    page.get_by_role("button", name="Close").click()
    saved(page)
    page.locator(".step").nth(0).get_by_label("What is said", exact=True).fill("Glide up.\nAnd slowly down.")
    saved(page)
    form = asked(page, "GET", f"/api/drafts/{identity}/form")["values"]
    assert form["steps"][0]["say"] == [
        {"en": "Glide up.", "de": "Gleite hoch."},
        {"en": "And slowly down.", "de": "Und hinunter."},
    ]
