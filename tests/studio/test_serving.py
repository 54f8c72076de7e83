"""The real thing: the command, a port of its own, and what is there afterwards."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import webbrowser
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from studios_for_tests import SOON, with_small

from voiceguide.errors import Failed, UsageError
from voiceguide.studio import keys, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]


class Command:
    """A studio in a process of its own."""

    def __init__(self, folder: Path, *more: str) -> None:
        command = [sys.executable, "-P", "-m", "voiceguide", "studio", "--no-browser", "--folder", str(folder), *more]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, **pipes)
        assert self.process.stdout
        self.address = self.process.stdout.readline().strip()
        self.port = urlsplit(self.address).port or 0
        self.token = self.address.partition("token=")[2]

    def ask(self, method: str, path: str, document: Any = None) -> tuple[int, bytes]:
        """Ask with the token."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=180)) as asking:
            asking.request(method, path, None if document is None else json.dumps(document), headers)
            answer = asking.getresponse()
            return answer.status, answer.read()

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """End it by a signal; return its code and what it said."""
        self.process.send_signal(number)
        _, said = self.process.communicate(timeout=180)
        return self.process.returncode, said


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    with_small(monkeypatch, tmp_path / "routines")
    return tmp_path / "studio"


@pytest.fixture
def started(folder: Path) -> Iterator[list[Command]]:
    """What is started is ended."""
    running: list[Command] = []
    yield running
    for each in running:
        each.process.kill()
        each.process.communicate()


def test_the_command_serves_until_it_is_killed_and_again(folder: Path, started: list[Command]) -> None:
    """A session that was being heard is there after it, at the same address, under the same name."""
    first = Command(folder)
    started.append(first)
    status, made = first.ask("POST", "/api/sessions", {"routine": "small", "choices": SOON})
    assert status == 201
    identity = json.loads(made)["id"]
    assert first.ask("GET", "/api/languages")[0] == 200

    second = Command(folder, "--port", "1")  # on the same folder: it tells where the first one is, and ends
    assert second.address == first.address
    assert f"port {first.port}, not on 1" in second.process.communicate(timeout=180)[1]
    assert second.process.returncode == 0

    first.process.kill()
    first.process.communicate()
    again = Command(folder)
    started.append(again)
    assert (again.port, again.token != first.token) == (first.port, True)
    status, told = again.ask("GET", "/api/sessions")
    assert [each["id"] for each in json.loads(told)["sessions"]] == [identity]
    status, sound = again.ask("GET", f"/api/sessions/{identity}/session.mp3")
    assert (status, sound[:3]) == (200, b"ID3")
    token, again.token = again.token, first.token
    assert again.ask("GET", "/api/sessions")[0] == 401
    again.token = token
    code, said = again.end(signal.SIGTERM)
    assert code == 130
    assert "Error" not in said
    assert "Traceback" not in said
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", again.port), timeout=2).close()


def test_it_listens_on_this_computer_alone(folder: Path) -> None:
    """Under the addresses that others know nothing answers."""
    with serving.running(folder, None, lambda _: None) as running:
        port = urlsplit(running.address).port or 0
        with closing(socket.socket()) as other:
            other.bind(("127.0.0.2", port))  # nobody else has it: not all addresses are listened on
        assert running.listener
        assert running.listener.hosts == (f"127.0.0.1:{port}",)
    names = {thread.name for thread in threading.enumerate()}
    assert not names & {"listening", "making"}


def test_a_port_that_is_taken_is_one_message(folder: Path) -> None:
    """Asked for, it is refused; only remembered, another one is found."""
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match="free") as refused, serving.running(folder, port, lambda _: None):
            pass
        assert refused.value.field == "port"
        folder.mkdir(exist_ok=True)
        keys.keep(folder, keys.renewed(None, port))
        with serving.running(folder, None, lambda _: None) as running:
            assert urlsplit(running.address).port != port


def test_a_studio_that_runs_is_found_with_its_port(folder: Path) -> None:
    """Whatever port a second one asks for, it is told where the first one listens."""
    with serving.running(folder, None, lambda _: None) as first, serving.running(folder, 1, lambda _: None) as second:
        assert (second.address, second.port, second.listener) == (first.address, first.port, None)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises((UsageError, Failed), match="file"), serving.running(folder, None, lambda _: None):
            pass


def test_a_browser_that_takes_the_terminal_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is there one where there is none."""
    opened: list[str] = []

    class Browser(webbrowser.BaseBrowser):
        def open(self, url: str, *_: object) -> bool:  # type: ignore[override]
            opened.append(url)
            return True

    monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
    assert not serving.open_page("http://x/")
    monkeypatch.setattr(webbrowser, "get", Browser)
    assert serving.open_page("http://x/")
    assert opened == ["http://x/"]

    def none() -> None:
        raise webbrowser.Error

    monkeypatch.setattr(webbrowser, "get", none)
    assert not serving.open_page("http://x/")


def test_the_first_answer_loads_no_voice(folder: Path) -> None:
    """The page is there before what speaks is."""
    code = (
        "import sys\n"
        "from voiceguide.studio import app, listener, serving\n"
        "from voiceguide.studio.routes import page\n"
        "from voiceguide.pages import studio\n"
        "page.routes(), studio.page('en')\n"
        "heavy = {'numpy', 'soundfile', 'onnxruntime', 'PIL', 'pydub', 'ruamel', 'pydantic'} & {*sys.modules}\n"
        "print(sorted(heavy))\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.strip() == "[]"
