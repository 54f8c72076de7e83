"""The page that lists sessions: readable, accessible, and nothing in a title runs."""

from __future__ import annotations

import pytest
from browsers_for_tests import chromium
from finished_for_tests import TAGS, session, write_session

from voiceguide.publish.folder import publish

NASTY = "</title><script>document.title = 'run'</script> \"Öl\" שלום"
SHOWN = [("light", 320, 568), ("dark", 320, 568), ("light", 768, 1024), ("dark", 1440, 900)]


@pytest.fixture(scope="module")
def listed(tmp_path_factory):
    """A folder of two sessions, published; the page's path."""
    folder = tmp_path_factory.mktemp("sessions")
    write_session(folder / "a #1.mp3", session(title=NASTY, summary=NASTY))
    write_session(folder / "b.flac", TAGS)
    return publish(folder, "https://example.org")[1]


@pytest.mark.slow
def test_it_is_accessible_and_loads_only_what_is_beside_it(listed):
    """axe-core finds nothing at a phone's, a tablet's and a laptop's width, light and dark; titles are texts."""
    with chromium() as browser:
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        for scheme, width, height in SHOWN:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            page = context.new_page()
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(listed.as_uri())
            assert axe.run(page).response["violations"] == []
            assert page.title() == "Massage sessions"
            assert page.locator("h2").first.inner_text().startswith(NASTY)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert {url.rpartition("/")[0] for url in asked} == {listed.as_uri().rpartition("/")[0]}
            context.close()
