"""A session on the way to phones: what its server gives, to whom, and for how long."""

from __future__ import annotations

import http.client
import json
import re
import sys
import threading
import time
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import finished_for_tests
import pytest
from phones_for_tests import HERE, Told, asked, at_home, listens, shared

from voiceguide.errors import Failed, MissingError
from voiceguide.store.growing import Growing, Whole
from voiceguide.studio import codes, listener
from voiceguide.studio.phone import Phones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SOUND = Random(1).randbytes(300_000)  # noqa: S311 (the same each time)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def phones(told: Told, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Iterator[Phones]:
    """Phones in a home network; nothing may go wrong, nothing may be printed, and no thread may stay."""
    at_home(monkeypatch)
    before = threading.active_count()
    made = Phones(told.failed.append)
    yield made
    made.close()
    assert told.failed == []
    assert capfd.readouterr() == ("", "")
    until(lambda: threading.active_count() <= before)


@pytest.fixture
def sound() -> Iterator[Growing]:
    """A sound that is whole."""
    with Growing(len(SOUND)) as growing:
        growing.write(0, SOUND)
        growing.finish()
        yield growing


def until(is_so: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_session_is_found_at_an_address_that_nobody_guesses(phones: Phones, sound: Growing, told: Told) -> None:
    """Its page, its sound, its timeline, and the page to keep; sixteen random letters are in it."""
    url = phones.start(shared(sound, told)).url
    assert re.fullmatch(rf"http://{HERE}:\d+/(?:[a-z]{{4}}-){{3}}[a-z]{{4}}/", url)
    page = asked(url)
    assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Rücken" in page.body.decode() or "Test" in page.body.decode()
    found = asked(f"{url}sound")
    assert (found.status, found.headers["content-type"], found.body) == (200, "audio/mpeg", SOUND)
    assert json.loads(asked(f"{url}session").body) == finished_for_tests.SESSION
    kept = asked(f"{url}saved")
    assert kept.headers["content-disposition"] == "attachment; filename*=UTF-8''back.html"
    assert kept.body.endswith(b"</body>\n</html>\n")
    assert told.news == ["opened", "fetched"]


def test_an_address_is_easily_typed(phones: Phones, sound: Growing, told: Told) -> None:
    """No two of its letters look alike, no word comes of them, and capitals or no hyphens are no other address."""
    made = [urlsplit(phones.start(shared(sound, told, str(n))).url).path.strip("/") for n in range(40)]
    assert len({*made}) == len(made)
    letters = set("".join(made).replace("-", ""))
    assert letters.isdisjoint("aeiouylq0123456789")
    assert len(letters) ** 16 >= 2**64
    url = phones.start(shared(sound, told, "0")).url
    assert url == url.lower()
    for typed in (made[0].upper(), made[0].replace("-", ""), made[0].title()):
        assert asked(url, path=f"/{typed}/sound").body == SOUND
    assert asked(url, path=f"/{made[0][:-1]}/sound").status == 404


def test_how_far_it_is_on_its_way_is_known(phones: Phones, told: Told) -> None:
    """From what went out, for the phone that has most of it; all is there once a phone asks for what comes last."""
    assert phones.way("back") is None
    with Growing(len(SOUND)) as growing:
        url = phones.start(shared(growing, told)).url
        assert phones.way("back") == ("waiting", 0.0)
        asked(url)
        assert phones.way("back") == ("coming", 0.0)
        growing.write(0, SOUND)
        growing.finish()
        asked(f"{url}sound", Range="bytes=0-149999")
        until(lambda: phones.way("back") == ("coming", 0.5))
        asked(f"{url}sound", Range="bytes=0-999")
        assert phones.way("back") == ("coming", 0.5)
        asked(f"{url}sound", Range="bytes=150000-")
        until(lambda: phones.way("back") == ("coming", 1.0))
        asked(f"{url}session")
        assert phones.way("back") == ("there", 1.0)


def test_it_is_asked_for_in_parts(phones: Phones, sound: Growing, told: Told) -> None:
    """206 with a suffix too, 416 outside, and heads alone without a byte."""
    url = phones.start(shared(sound, told)).url + "sound"
    part = asked(url, Range="bytes=1000-1999")
    assert (part.status, part.body) == (206, SOUND[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(SOUND)}"
    assert asked(url, Range="bytes=-7").body == SOUND[-7:]
    outside = asked(url, Range=f"bytes={len(SOUND)}-")
    assert (outside.status, outside.headers["content-range"], outside.body) == (416, f"bytes */{len(SOUND)}", b"")
    head = asked(url, "HEAD", Range="bytes=5-")
    assert (head.status, head.headers["content-length"], head.body) == (206, str(len(SOUND) - 5), b"")
    assert asked(url.removesuffix("sound") + "saved", "HEAD").body == b""


def test_it_comes_as_it_grows(phones: Phones, told: Told) -> None:
    """What is not made yet is waited for, the timeline until all of it is there, and its size is told at once."""
    with Growing(len(SOUND)) as growing:
        growing.write(0, SOUND[:1000])
        url = urlsplit(phones.start(shared(growing, told)).url)
        connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=30)
        connection.request("GET", f"{url.path}sound")
        answer = connection.getresponse()
        assert answer.getheader("content-length") == str(len(SOUND))
        assert answer.read(1000) == SOUND[:1000]
        late: list[bytes] = []
        asking = threading.Thread(target=lambda: late.append(asked(f"{url.geturl()}session").body))
        asking.start()
        until(lambda: growing.awaited == 1000)
        assert late == []
        growing.write(1000, SOUND[1000:])
        growing.finish()
        assert answer.read() == SOUND[1000:]
        connection.close()
        asking.join(20)
        assert json.loads(late[0]) == finished_for_tests.SESSION


@pytest.mark.parametrize(
    "path",
    [
        "/", "/x", "/api/sessions", "/open", "{}/../sound", "{}/..%2fsound", "{}/%2e%2e/", "{}//", "{}/sound/",
        "{}/SOUND", "{}/session.mp3", "{}/../../etc/passwd", "{}/sound%00", "/../{}/", "//{}/sound", "{}x/", "{}%20/",
        "/{}/sound;x",
    ],
)  # fmt: skip
def test_nothing_else_is_there(phones: Phones, sound: Growing, told: Told, path: str) -> None:
    """Under any trick with a path: no editor, no folder. A page says what to do, and nothing of this computer."""
    url = phones.start(shared(sound, told)).url
    capability = urlsplit(url).path.strip("/")
    found = asked(url, path=path.replace("{}", f"/{capability}" if path.startswith("{}") else capability))
    assert (found.status, found.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert len(found.body) < 600
    assert told.news == []


def test_a_capability_is_for_one_session_and_ends_with_it(phones: Phones, sound: Growing, told: Told) -> None:
    """Another one's does not open it; once it is over it opens nothing, and sent again it has another."""
    one, other = phones.start(shared(sound, told, "one")), phones.start(shared(sound, told, "other"))
    assert phones.start(shared(sound, told, "one")) == one == phones.invitation("one")
    assert one.url != other.url
    phones.stop("one")
    assert phones.invitation("one") is None
    assert [asked(one.url + what).status for what in ("", "sound", "session", "saved")] == [404] * 4
    assert asked(other.url).status == 200
    again = phones.start(shared(sound, told, "one"))
    assert again.url != one.url
    assert asked(one.url).status == 404


@pytest.mark.parametrize("end", [lambda phones: phones.stop("back"), Phones.close])
def test_nothing_listens_after_the_last(
    phones: Phones, sound: Growing, told: Told, end: Callable[[Phones], None]
) -> None:
    """Nor before the first; ending it twice is no fault."""
    url = phones.start(shared(sound, told)).url
    assert listens(url)
    end(phones)
    end(phones)
    assert not listens(url)


def test_who_fetches_is_cut_off_when_it_ends(phones: Phones, told: Told) -> None:
    """At once, though the session is still being made."""
    with Growing(len(SOUND)) as growing:
        growing.write(0, SOUND[:1000])
        url = urlsplit(phones.start(shared(growing, told)).url)
        connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=30)
        connection.request("GET", f"{url.path}sound")
        answer = connection.getresponse()
        answer.read(1000)
        phones.stop("back")
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            answer.read()
        connection.close()


def test_a_phone_that_goes_away_leaves_nothing(phones: Phones, told: Told) -> None:
    """No line, no thread that waits, nobody who asks for more to be made."""
    with Growing(len(SOUND)) as growing:
        growing.write(0, SOUND[:1000])
        url = urlsplit(phones.start(shared(growing, told)).url)
        for _ in range(3):
            connection = http.client.HTTPConnection(str(url.hostname), url.port, timeout=30)
            connection.request("GET", f"{url.path}sound")
            connection.getresponse().read(10)
            until(lambda: growing.awaited is not None)
            connection.close()
            until(lambda: growing.awaited is None)


def test_a_session_that_cannot_be_made_is_cut_off(phones: Phones, told: Told) -> None:
    """Its maker tells why; phones hear no word of it."""
    with Growing(len(SOUND)) as growing:
        growing.write(0, SOUND[:1000])
        url = phones.start(shared(growing, told)).url
        growing.fail(Failed("/home/me/secret: the disk is full"))
        for what in ("sound", "session", "saved"):
            with suppress(http.client.IncompleteRead, ConnectionError):
                found = asked(url + what)
                assert (found.status, b"secret" in found.body) == (500, False), what


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "GETT"])
def test_nothing_can_be_changed(phones: Phones, sound: Growing, told: Told, method: str) -> None:
    """Only GET and HEAD are answered."""
    found = asked(phones.start(shared(sound, told)).url, method, Content_Length="0")
    assert (found.status, found.headers["allow"], found.body) == (405, "GET, HEAD", b"")


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]:80", "", "x" * 3000])
def test_a_name_that_was_bent_to_this_computer_is_refused(
    phones: Phones, sound: Growing, told: Told, host: str
) -> None:
    """Whatever a page of somebody else's calls it: 421."""
    found = asked(phones.start(shared(sound, told)).url, Host=host)
    assert (found.status, found.body) == (421, b"")
    assert told.news == []


def test_what_is_answered_is_kept_nowhere_and_runs_nothing_else(phones: Phones, sound: Growing, told: Told) -> None:
    """Whatever it is; the page runs its own script, and fetches from this server alone."""
    url = phones.start(shared(sound, told)).url
    for found in (asked(url), asked(f"{url}sound"), asked(f"{url}x"), asked(url, "POST"), asked(url, Host="x")):
        assert found.headers["cache-control"] == "no-store"
        assert found.headers["x-content-type-options"] == "nosniff"
        assert found.headers["referrer-policy"] == "no-referrer"
        assert found.headers["content-security-policy"].startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in found.headers["content-security-policy"]
        assert not {"server", "set-cookie", "access-control-allow-origin"} & found.headers.keys()
    policy = asked(url).headers["content-security-policy"]
    assert re.search(r"script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; img-src data:; ", policy)
    assert "media-src blob:; connect-src 'self'; " in policy


def test_an_address_that_leads_nowhere_says_so_in_the_phones_language(
    phones: Phones, sound: Growing, told: Told
) -> None:
    """The first of its languages that there are words in; English without any. Typed without its end, it is right."""
    url = phones.start(shared(sound, told)).url
    said = [asked(f"{url}x", Accept_Language=each).body.decode() for each in ("nl, de-AT, en;q=0.8", "xx", "")]
    assert '<html lang="de">' in said[0]
    assert "am Computer" in said[0]
    assert all('<html lang="en">' in each for each in said[1:])
    assert asked(url.removesuffix("/")).headers["location"] == urlsplit(url).path


def test_every_address_of_this_computer_is_told(told: Told, sound: Growing, monkeypatch: pytest.MonkeyPatch) -> None:
    """The likeliest first, all under one port; when the network is another one, so are they."""
    at_home(monkeypatch, "127.0.0.2", "127.0.0.3")
    phones = Phones(told.failed.append)
    try:
        found = phones.start(shared(sound, told))
        assert found.url.startswith("http://127.0.0.2:")
        assert found.others == (found.url.replace("127.0.0.2", "127.0.0.3"),)
        assert [asked(each).status for each in (found.url, *found.others)] == [200, 200]
        at_home(monkeypatch, "127.0.0.4")
        moved = phones.start(shared(sound, told))
        assert moved.url.startswith("http://127.0.0.4:")
        assert asked(moved.url).status == 200
        assert not listens(found.url)
    finally:
        phones.close()


def test_what_no_answer_should_raise_is_told_here_and_not_to_the_phone(
    sound: Growing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of the program's."""
    at_home(monkeypatch)
    told = Told()
    phones = Phones(told.failed.append)
    try:
        found = asked(phones.start(shared(sound, told, cover=lambda: {}["secret"])).url)
        assert (found.status, found.body) == (500, b"")
        assert [type(fault) for fault in told.failed] == [KeyError]
    finally:
        phones.close()


def test_an_address_that_cannot_be_had_is_one_message(
    told: Told, sound: Growing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And nothing is sent."""
    at_home(monkeypatch, "203.0.113.7")
    phones = Phones(told.failed.append)
    with pytest.raises(Failed, match="no phone can be let in"):
        phones.start(shared(sound, told))
    assert phones.invitation("back") is None


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the line that installs it."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(MissingError, match=r"uvicorn.*pip install segno starlette uvicorn"):
        listener.check()


def test_a_file_is_sent_as_it_is(phones: Phones, told: Told, tmp_path: Path) -> None:
    """Byte by byte, and held open: whatever happens to its name meanwhile."""
    path = finished_for_tests.write_session(tmp_path / "s.mp3")
    data = path.read_bytes()
    with Whole(path) as whole:
        url = phones.start(shared(whole, told)).url
        path.unlink()
        assert asked(f"{url}sound").body == data
        assert asked(f"{url}sound", Range="bytes=-5").body == data[-5:]


def test_a_code_is_dark_on_light_with_room_around_it() -> None:
    """As a picture that is as large as it is made, and as rows."""
    rows = codes.rows("http://192.168.1.20:51423/AAAAAAAAAAAAAAAAAAAAAA/")
    assert {len(row) for row in rows} == {len(rows)} == {41}
    assert not any(any(row) for row in (*rows[:4], *rows[-4:]))
    assert [row[4:11] for row in rows[4:11]] == [  # the mark in a corner
        tuple(map(bool, map(int, row)))
        for row in ("1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111")
    ]
    svg = codes.svg("http://192.168.1.20:51423/AAAAAAAAAAAAAAAAAAAAAA/")
    assert svg.startswith('<svg viewBox="0 0 41 41"><path fill="#fff" d="M0 0h41v41h-41z"/><path stroke="#000" ')
