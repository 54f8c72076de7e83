"""The page that a phone gets, in a browser as large as one."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsers_for_tests import chromium, until
from commands_for_tests import QUICK, SMALL
from phones_for_tests import Told, at_home, listens, shared

from voiceguide.cli import send
from voiceguide.errors import ExitCode, Failed
from voiceguide.exports import finished
from voiceguide.pages import phone
from voiceguide.session import load, render
from voiceguide.store.growing import ClosedError, Whole
from voiceguide.studio import addresses
from voiceguide.studio.phone import Phones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

KEPT = """
  const made = URL.createObjectURL;
  URL.createObjectURL = (blob) => { window.kept = blob; return made(blob); };
"""
"""Stands before the page's script: notes what it plays."""
CHECKSUM = """async () => {
  let [low, high] = [1, 0];
  for (const byte of new Uint8Array(await kept.arrayBuffer())) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def until_it_is(page: Page, state: str) -> None:
    """Wait until the session's way to the phone is told to be so."""
    until(page, f"document.getElementById('way').dataset.state === '{state}'")


def test_a_phone_plays_on_when_the_program_has_ended(browser: Browser, tmp_path: Path) -> None:
    """It fetches all of a session while that is made, and says that the computer may be switched off, which is true."""
    try:
        addresses.reachable()
    except Failed as error:
        pytest.skip(str(error))
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    command = [sys.executable, "-m", "voiceguide", "send", "small.yaml", *QUICK, "--bed", "none"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            url = running.stdout.readline().strip()
            page = browser.new_page(viewport={"width": 360, "height": 640}, has_touch=True)
            page.goto(url)
            until_it_is(page, "here")
            assert "may be switched off" in page.locator("#way").inner_text()
            assert page.locator("#save a").is_visible()
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=180)
        finally:
            running.kill()
    assert (running.returncode, said.splitlines()[-1]) == (ExitCode.INTERRUPTED, send._FETCHED)
    assert not listens(url)
    page.tap("#caption")
    until(page, "audio.currentTime > 0.3 && !audio.paused")
    page.evaluate("audio.currentTime = 0.9 * audio.duration")
    until(page, "!audio.seeking && audio.currentTime > 0.9 * audio.duration")
    assert page.evaluate("document.body.dataset.state") == "playing"


def test_a_connection_lost_after_the_last_byte_keeps_nothing_back(browser: Browser) -> None:
    """All is here, though nobody said that it is the end: nothing behind it is asked for, again and again."""
    page = browser.new_page()
    page.goto("about:blank")
    source = (Path(phone.__file__).parent / "fetching.js").read_text("utf-8")
    size, asked = page.evaluate(
        """async (source) => {
            const { soundFrom } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
            const asked = [];
            window.fetch = async (_url, { headers }) => {
                asked.push(headers.Range || "all");
                if (asked.length > 1) return new Response(null, { status: 416 });
                let pulls = 0;
                return new Response(new ReadableStream({ pull(stream) {
                    pulls += 1;
                    if (pulls === 1) stream.enqueue(new Uint8Array(9));
                    else stream.error(new TypeError("network error"));
                } }));
            };
            const sound = soundFrom("sound", { type: "audio/mpeg", bytes: 9 }, () => {}, () => null);
            const late = new Promise((resolve) => { setTimeout(() => resolve({ size: -1 }), 5000); });
            return [(await Promise.race([sound, late])).size, asked];
        }""",
        source,
    )
    assert (size, asked) == (9, ["all"])
    page.close()


class Breaking(Whole):
    """A sound that comes no further than its first third, breaks off there, and is mended."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.cut, self.mended = threading.Event(), threading.Event()
        self.asked: list[int] = []

    def read(self, start: int, end: int, timeout: float | None = None) -> bytes:
        """Read, or break off."""
        if start > self.size // 3 and not self.mended.wait(timeout=0.05):
            raise ClosedError if self.cut.is_set() else TimeoutError
        self.asked.append(start)
        return super().read(start, end, timeout)


def test_what_was_lost_on_the_way_is_fetched_from_there_on(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The page says so meanwhile, and that nothing is sent any more; what it plays in the end is the file."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    at_home(monkeypatch)
    path = tmp_path / "s.mp3"
    (tmp_path / "small.yaml").write_text(SMALL, "utf-8")
    render(load(tmp_path / "small.yaml"), path, voice="tone", opening=False, gate="brief", quality=9, bed="none")
    session, told = finished.shown_timeline(path), Told()
    phones = Phones(told.failed.append)
    with Breaking(path) as broken:
        url = phones.start(shared(broken, told, timeline=lambda: session)).url
        page = browser.new_page(viewport={"width": 320, "height": 640}, color_scheme="dark")
        page.add_init_script(KEPT)
        page.goto(url)
        until(page, "document.getElementById('bar').value > 0.3")
        assert "On its way to this phone: 3" in page.locator("#way").inner_text()
        broken.cut.set()
        until_it_is(page, "lost")
        assert "goes on by itself" in page.locator("#way").inner_text()
        assert page.locator("#play").is_disabled()
        assert [rule["id"] for rule in axe.run(page).response["violations"]] == []
        broken.mended.set()
        until_it_is(page, "here")
        assert broken.asked.count(0) == 1
        assert page.evaluate(CHECKSUM) == zlib.adler32(path.read_bytes())
        page.emulate_media(color_scheme="light")
        assert [rule["id"] for rule in axe.run(page).response["violations"]] == []
        late = browser.new_page()
        broken.mended.clear()
        late.goto(url)
        until_it_is(late, "lost")
        phones._sent.clear()  # as if it was sent anew under the same port
        until_it_is(late, "gone")
        assert "no longer sent" in late.locator("#way").inner_text()
        assert late.locator("#again").is_visible()
        phones.close()
    assert told.news == ["opened", "fetched", "opened"]
    assert told.failed == []
