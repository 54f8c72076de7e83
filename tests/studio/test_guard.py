"""Who may ask: every way in which somebody else's page, name or program could."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from studios_for_tests import PORT, Studio, asked, raw

from voiceguide.studio import keys
from voiceguide.studio.guard import MOST_JSON, POLICY, Guard

if TYPE_CHECKING:
    from pathlib import Path

KEYS = keys.Keys(PORT, "t" * 43, "c" * 43, 0.0)
HELD = {"Authorization": f"Bearer {KEYS.token}"}
COOKIE = {"Cookie": f"voiceguide-{PORT}={KEYS.cookie}"}
OWN = f"http://127.0.0.1:{PORT}"
JSON = {"Content-Type": "application/json"}


async def behind(_scope: Any, receive: Any, send: Any) -> None:
    """An application that says how much of a body came."""
    came, more = 0, True
    while more:
        message = await receive()
        came, more = came + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(came).encode()})


GUARD = Guard(behind, KEYS, lambda accepted: f"stranger: {accepted}", lambda accepted: f"<p>led: {accepted}")


def status(method: str = "GET", path: str = "/api/routines", **headers: str) -> int:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return asked(GUARD, method, path, headers=given).status_code


def test_whoever_has_the_token_or_the_cookie_comes_in() -> None:
    """A script by the header, the page by the cookie."""
    assert status(**HELD) == 200
    assert status(**COOKIE) == 200
    assert status(Host=f"localhost:{PORT}", **COOKIE) == 200


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", f"127.0.0.1.evil.example:{PORT}", ""]
)
def test_a_rebound_name_and_another_port_are_refused(host: str) -> None:
    """A name of somebody else's may lead here, and the browser then thinks that it is theirs."""
    assert status(**HELD, Host=host) == 421
    assert status(**HELD, Host=host, Origin=f"http://{host}") == 421


@pytest.mark.parametrize(
    "origin",
    ["null", "http://evil.example", "http://127.0.0.1:1", f"https://127.0.0.1:{PORT}", "file://", "", f"{OWN}/"],
)
def test_other_origins_are_refused(origin: str) -> None:
    """And `null`, which sandboxed frames and files on the disk have."""
    assert status(**HELD, Origin=origin) == 403
    assert status(**HELD, Origin=OWN) == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "anything"])
def test_requests_of_other_sites_are_refused(site: str) -> None:
    """Also of another port of this computer, to which the cookie goes too."""
    assert status(**COOKIE, Sec_Fetch_Site=site) == 403
    assert status(**COOKIE, Sec_Fetch_Site="same-origin") == status(**COOKIE, Sec_Fetch_Site="none") == 200


def test_who_follows_a_link_of_another_page_sees_a_page() -> None:
    """Nothing is opened by it, and what else that page asks for is refused as ever."""
    cross = {**COOKIE, "Sec-Fetch-Site": "cross-site", "Accept-Language": "de"}
    led = asked(GUARD, "GET", "/", headers={**cross, "Sec-Fetch-Mode": "navigate"})
    assert (led.status_code, led.text) == (403, "<p>led: de")
    assert led.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in led.headers["content-security-policy"]
    for more in ({"Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Mode": "navigate", "Origin": "http://evil.example"}):
        refused = asked(GUARD, "GET", "/", headers={**cross, **more})
        assert (refused.status_code, refused.json()["error"]["code"]) == (403, 2)
    assert (
        "set-cookie"
        not in asked(GUARD, "GET", "/open?token=x", headers={**cross, "Sec-Fetch-Mode": "navigate"}).headers
    )


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Bearer {KEYS.cookie}"},
        {"Authorization": f"Basic {KEYS.token}"},
        {"Authorization": "Bearer \xe4"},
        {"Cookie": f"voiceguide-{PORT}={KEYS.token}"},
        {"Cookie": f"voiceguide-1={KEYS.cookie}"},
        {"Cookie": "voiceguide;=;;"},
    ],
)
def test_no_key_and_a_wrong_one_are_refused(key: dict[str, str]) -> None:
    """A script is told so in JSON, a person in words."""
    headers = {name: value.encode("latin-1") for name, value in key.items()}
    refused = asked(GUARD, "GET", "/api/routines", headers=headers)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, 2)
    page = asked(GUARD, "GET", "/", headers={**headers, "Accept-Language": b"de"})
    assert (page.status_code, page.text) == (401, "stranger: de")


def test_a_key_in_the_address_opens_nothing_but_the_page() -> None:
    """It would stand in the browser's history and in what it tells other pages."""
    assert status(path=f"/api/routines?token={KEYS.token}") == 401


def test_the_address_gives_the_cookie() -> None:
    """And leads to the page, whose address has no token any more."""
    opened = asked(GUARD, "GET", f"/open?token={KEYS.token}")
    assert (opened.status_code, opened.headers["location"]) == (303, "/")
    cookie, *attributes = opened.headers["set-cookie"].split("; ")
    assert cookie == f"voiceguide-{PORT}={KEYS.cookie}"
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {*attributes}


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", f"?token={KEYS.cookie}", "?token=%C3%A4"])
def test_an_old_address_gives_none(query: str) -> None:
    """A token is another one at each start."""
    refused = asked(GUARD, "GET", f"/open{query}")
    assert refused.status_code == 401
    assert "set-cookie" not in refused.headers
    assert asked(GUARD, "POST", f"/open?token={KEYS.token}", headers=JSON).status_code == 405


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp"],
)
def test_what_a_form_can_send_changes_nothing(method: str, kind: str) -> None:
    """A page of somebody else's sends these types unasked."""
    assert asked(GUARD, method, "/api/x", headers={**HELD, "Content-Type": kind}, content=b"{}").status_code == 415
    good = asked(
        GUARD, method, "/api/x", headers={**HELD, "Content-Type": "application/json; charset=utf-8"}, content=b"{}"
    )
    assert good.status_code == 200


def test_deleting_needs_no_body_but_a_key() -> None:
    """No form sends it; one with a body says that it is JSON."""
    assert asked(GUARD, "DELETE", "/api/x", headers=HELD).status_code == 200
    assert asked(GUARD, "DELETE", "/api/x").status_code == 401
    assert (
        asked(GUARD, "DELETE", "/api/x", headers={**HELD, "Content-Type": "text/plain"}, content=b"x").status_code
        == 415
    )


def test_music_comes_as_bytes_alone() -> None:
    """And nothing else does."""
    kind = {"Content-Type": "application/octet-stream"}
    assert asked(GUARD, "PUT", "/api/music/a/b.mp3", headers={**HELD, **kind}, content=b"x").status_code == 200
    assert asked(GUARD, "PUT", "/api/music/a/b.mp3", headers={**HELD, **JSON}, content=b"x").status_code == 415
    assert asked(GUARD, "POST", "/api/sessions", headers={**HELD, **kind}, content=b"x").status_code == 415


def test_a_body_that_is_too_large_is_refused_before_it_comes() -> None:
    """By what it says of itself."""
    large = asked(GUARD, "POST", "/api/x", headers={**HELD, **JSON}, content=b" " * (MOST_JSON + 1))
    assert large.status_code == 413
    assert asked(GUARD, "POST", "/api/x", headers={**HELD, **JSON}, content=b" " * MOST_JSON).text == str(MOST_JSON)


def test_a_body_that_says_nothing_of_its_length_is_counted(studio: Studio) -> None:
    """However it comes."""

    async def pieces() -> Any:
        for _ in range(MOST_JSON // 1024 + 1):
            yield b" " * 1024

    refused = studio.ask("POST", "/api/sessions", headers=JSON, content=pieces())
    assert (refused.status_code, refused.json()["error"]["code"]) == (413, 2)


def test_every_answer_says_what_it_may_be_used_for(studio: Studio) -> None:
    """Also a refusal; and nothing allows another origin anything."""
    for answer in (
        studio.ask("GET", "/api/languages"),
        studio.ask("GET", "/nothing"),
        studio.ask("GET", "/", headers={"Host": "evil.example"}),
        studio.ask("OPTIONS", "/api/sessions", headers={"Origin": OWN, "Access-Control-Request-Method": "PUT"}),
    ):
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert not [name for name in answer.headers if name.startswith("access-control")]


@pytest.mark.parametrize(
    "path",
    [
        "/../etc/passwd",
        "/assets/../../studio.json",
        "/assets/%2e%2e%2fkeys.py",
        "/assets/..%5ckeys.py",
        "/assets/%00",
        "/assets//etc/passwd",
        "//evil.example/",
        "/api/routines/..%2f..%2fetc",
        "/api/sessions/..%2fmemory.json",
        "/api/sessions/../../studio.json",
        "/api/sounds/beds/..%2f..%2fx/sample",
        "/api/sounds/etc/passwd/sample",
        "/api/music/%2e%2e/sample",
        "/api/music/..%2fsessions/sample",
        "/api/sessions/x/keep/mp3",
        "/api/routines/",
        "/OPEN",
        "/studio.json",
    ],
)
def test_no_path_leads_to_a_file(studio: Studio, path: str) -> None:
    """What is not an address is none, and nothing of a path reaches the disk."""
    assert raw(studio.app, path, {"Authorization": f"Bearer {studio.keys.token}"}) == 404


def test_a_socket_of_another_kind_is_not_spoken_with() -> None:
    """There are no web sockets here."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(GUARD({"type": "websocket", "path": "/", "headers": []}, behind, send))
    assert not sent


def test_keys_are_renewed_at_each_start_and_stay_private(tmp_path: Path) -> None:
    """The token always, the cookie's secret once it is old; the file is its owner's alone."""
    first = keys.renewed(None, 1, now=0.0)
    keys.keep(tmp_path, first)
    assert keys.kept(tmp_path) == first
    assert (tmp_path / keys.FILE).stat().st_mode & 0o077 == 0
    second = keys.renewed(keys.kept(tmp_path), 2, now=10.0)
    assert second.token != first.token
    assert second.cookie == first.cookie
    assert len({first.token, second.token, first.cookie}) == 3
    assert keys.renewed(second, 2, now=keys.LASTING + 1.0).cookie != first.cookie
    assert keys.renewed(second, 2, now=-1.0).cookie != first.cookie


@pytest.mark.parametrize(
    "content", ["", "{}", '{"port": 1, "token": "short", "cookie": "c", "made": 0}', "[1", '{"port": "x"}']
)
def test_keys_that_were_changed_are_none(tmp_path: Path, content: str) -> None:
    """A start makes new ones."""
    (tmp_path / keys.FILE).write_text(content, "utf-8")
    assert keys.kept(tmp_path) is None
