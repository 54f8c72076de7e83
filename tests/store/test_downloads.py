"""Downloads are right or absent, whatever a server does, and begun ones are gone on with."""

from __future__ import annotations

import hashlib
import multiprocessing
import threading
from pathlib import Path

import numpy as np
import pytest
from campaigns_for_tests import serving

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.store import downloads, fetching, part
from voiceguide.store.downloads import Download

BODY = np.random.default_rng(1).bytes(300_000)
OTHER = np.random.default_rng(2).bytes(300_000)
Answer = serving.Answer


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for long, and no proxy of this machine's is asked."""
    monkeypatch.setattr(fetching, "PAUSES", (0.0, 0.0))
    monkeypatch.setattr(fetching, "PATIENCE", 0.3)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def known(url: str, body: bytes = BODY) -> Download:
    return Download(url, len(body), sha256=hashlib.sha256(body).hexdigest())


def fetched(server: serving.Server, target: Path) -> list[tuple[int, int]]:
    """Fetch, and return what was told."""
    told: list[tuple[int, int]] = []
    downloads.fetch(known(server.url), target, lambda had, size: told.append((had, size)))
    return told


GOOD = {
    "honest": [Answer()],
    "cut twice": [Answer(cut=100_000), Answer(cut=50_000), Answer()],
    "cut before anything": [Answer(cut=0), Answer()],
    "without ranges": [Answer(cut=100_000), Answer(ranges=False)],
    "with wrong ranges": [Answer(cut=100_000), Answer(shift=7), Answer()],
    "changed in between, silently": [Answer(body=OTHER, cut=99_000), Answer(), Answer()],
    "busy for a moment": [Answer(status=503, body=b""), Answer(status=429, body=b""), Answer()],
    "stopped in the middle": [Answer(cut=100_000, stall=True), Answer()],
    "of no said length": [Answer(length=-1)],
    "led elsewhere": [Answer(status=302, location="/there", body=b""), Answer()],
    "cut, and led elsewhere": [Answer(cut=9_000), Answer(status=307, location="/there", body=b""), Answer()],
}


@pytest.mark.parametrize("answers", GOOD.values(), ids=GOOD)
def test_a_server_that_comes_to_it(answers: list[serving.Answer], tmp_path: Path) -> None:
    """The file is right, and alone in its folder; what was told ends with all of it."""
    with serving.Server(BODY, answers) as server:
        told = fetched(server, tmp_path / "voices" / "a.onnx")
    assert (tmp_path / "voices" / "a.onnx").read_bytes() == BODY
    assert [path.name for path in (tmp_path / "voices").iterdir()] == ["a.onnx"]
    assert told[-1] == (len(BODY), len(BODY))


BAD = {
    "another file": ([Answer(body=OTHER)], Failed, "expected 300,000 bytes with the sha256 [0-9a-f]{64}, got 300,000"),
    "a longer file": ([Answer(body=BODY + b"x")], Failed, "of 300,000 bytes, got one of 300,001"),
    "a portal's page": ([Answer(body=b"<html>")], Failed, "got one of 6"),
    "more than it said": ([Answer(body=BODY + OTHER, length=-1)], Failed, "got one of more"),
    "no end": ([Answer(endless=True)], Failed, "got one of more"),
    "no such file": ([Answer(status=404, body=b"")], MissingError, "answered 404"),
    "always busy": ([Answer(status=503, body=b"")], MissingError, "answered 503"),
    "always cut": ([Answer(cut=0)], MissingError, "was cut"),
    "nothing": ([Answer(cut=0, stall=True)], MissingError, "nothing came for"),
    "an address that is not safe": ([Answer(status=302, location="http://example.org/")], MissingError, "https"),
    "an address of a file": ([Answer(status=302, location="file:///etc/passwd")], MissingError, "answered 302"),
    "a circle": ([Answer(status=302, location="/again", body=b"")], MissingError, "answered 302"),
}


@pytest.mark.parametrize(("answers", "error", "says"), BAD.values(), ids=BAD)
def test_a_server_that_does_not(
    answers: list[serving.Answer], error: type[Exception], says: str, tmp_path: Path
) -> None:
    """It is told with its address, and nothing is there."""
    with serving.Server(BODY, answers) as server, pytest.raises(error, match=says) as told:
        fetched(server, tmp_path / "a.onnx")
    assert server.url.rstrip("/") in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_no_server(tmp_path: Path) -> None:
    """Without a connection the file is missing, at once, and the message says where it may be put by hand."""
    with serving.Server(BODY) as server:
        pass
    with pytest.raises(MissingError, match=rf"could not be downloaded.*put it here as {tmp_path}"):
        fetched(server, tmp_path / "a.onnx")


def test_what_has_come_is_gone_on_with(tmp_path: Path) -> None:
    """What one run left is asked for by no later one, and it is nowhere near the file's name."""
    with serving.Server(BODY, [Answer(cut=200_000), Answer(cut=0)]) as server:
        with pytest.raises(MissingError, match="What has come stays"):
            fetched(server, tmp_path / "a.onnx")
        assert not (tmp_path / "a.onnx").exists()
        server.answers[:] = [Answer()]
        fetched(server, tmp_path / "a.onnx")
    assert server.asked[-1][1] == "bytes=200000-"
    assert (tmp_path / "a.onnx").read_bytes() == BODY


def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C leaves what can be gone on with, and nothing under the name; removing removes that too."""

    def told(had: int, _size: int) -> None:
        if had:
            raise KeyboardInterrupt

    with serving.Server(BODY) as server, pytest.raises(KeyboardInterrupt):
        downloads.fetch(known(server.url), tmp_path / "a.onnx", told)
    (left,) = tmp_path.iterdir()
    assert left.name == ".a.onnx.part"
    assert downloads.removed(tmp_path / "a.onnx") == (str(left),)
    assert list(tmp_path.iterdir()) == []


def test_what_is_here_is_not_asked_for(tmp_path: Path) -> None:
    """A right file is left as it is; one that is wrong, by a single bit, is replaced."""
    target = tmp_path / "a.onnx"
    target.write_bytes(BODY)
    with serving.Server(BODY) as server:
        fetched(server, target)
        assert server.asked == []
        target.write_bytes(BODY[:-1] + bytes([BODY[-1] ^ 1]))
        fetched(server, target)
    assert target.read_bytes() == BODY
    assert downloads.is_here(target, len(BODY))
    assert downloads.removed(target, tmp_path / "b") == (str(target),)
    assert not downloads.is_here(target, len(BODY))


def test_two_at_once_share_one(tmp_path: Path) -> None:
    """The second waits, is told how far the first one is, and asks for nothing."""
    told: list[int] = []
    waits = threading.Event()

    def first(had: int, _size: int) -> None:
        if had:
            waits.wait(10)

    def second(had: int, _size: int) -> None:
        told.append(had)
        waits.set()

    with serving.Server(BODY) as server:
        begun = threading.Thread(target=downloads.fetch, args=(known(server.url), tmp_path / "a.onnx", first))
        begun.start()
        while not (tmp_path / ".a.onnx.part").exists():
            pass
        with pytest.raises(Failed, match="being downloaded just now"):
            downloads.removed(tmp_path / "a.onnx")
        downloads.fetch(known(server.url), tmp_path / "a.onnx", second)
        begun.join()
        assert len(server.asked) == 1
    assert told
    assert [path.name for path in tmp_path.iterdir()] == ["a.onnx"]


def _fetch_and_wait(download: Download, target: Path) -> None:
    downloads.fetch(download, target, lambda had, _size: threading.Event().wait() if had else None)


def test_killed(tmp_path: Path) -> None:
    """Nobody waits for one that is gone: what it left is gone on with."""
    with serving.Server(BODY) as server:
        process = multiprocessing.get_context("fork").Process(
            target=_fetch_and_wait, args=(known(server.url), tmp_path / "a.onnx")
        )
        process.start()
        begun = tmp_path / ".a.onnx.part"
        while not (begun.exists() and begun.stat().st_size):
            pass
        process.kill()
        process.join()
        fetched(server, tmp_path / "a.onnx")
        assert server.asked[-1][1] is not None
    assert [path.name for path in tmp_path.iterdir()] == ["a.onnx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write on")
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One message, and nothing stays in the way."""
    full = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115 (closed below)
    with serving.Server(BODY) as server, full:
        real = part.os.write
        monkeypatch.setattr(part.os, "write", lambda _number, data: real(full.fileno(), data))
        with pytest.raises(Failed, match=r"a\.onnx: the disk is full"):
            fetched(server, tmp_path / "a.onnx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", ["a folder", "a link", "a part that is a link"])
def test_other_things_in_its_place(there: str, tmp_path: Path) -> None:
    """A folder is told of; a link is replaced, and nothing is written where it leads."""
    target, elsewhere = tmp_path / "in" / "a.onnx", tmp_path / "elsewhere"
    target.parent.mkdir()
    elsewhere.write_bytes(b"bait")
    if there == "a folder":
        target.mkdir()
    else:
        (target if there == "a link" else target.with_name(".a.onnx.part")).symlink_to(elsewhere)
    with serving.Server(BODY) as server:
        if there == "a link":
            fetched(server, target)
            assert target.read_bytes() == BODY
        else:
            with pytest.raises(Failed, match=r"a\.onnx"):
                fetched(server, target)
    assert elsewhere.read_bytes() == b"bait"


def test_placed(tmp_path: Path) -> None:
    """What comes from elsewhere is whole and right, or absent; what is there is not made again."""
    made: list[int] = []

    def bring(file: downloads.Part, body: bytes = BODY) -> None:
        made.append(file.size)
        file.write(body[:1000])
        file.write(body[1000:])

    target, right = tmp_path / "a" / "model", hashlib.sha256(BODY).hexdigest()
    with pytest.raises(Failed, match="model: expected 300,000 bytes"):
        downloads.placed(target, len(BODY), right, lambda file: bring(file, OTHER))
    with pytest.raises(ZeroDivisionError):
        downloads.placed(target, len(BODY), right, lambda file: (bring(file), 1 / 0))
    assert not target.exists()
    downloads.placed(target, len(BODY), right, bring)
    downloads.placed(target, len(BODY), right, bring)
    assert made == [0, 0, 0]
    assert target.read_bytes() == BODY


@pytest.mark.parametrize("url", ["http://example.org/a", "ftp://127.0.0.1/a", "file:///etc/passwd"])
def test_addresses(url: str, tmp_path: Path) -> None:
    """Only https is asked, or this machine."""
    with pytest.raises(MissingError, match="begins with https"):
        downloads.fetch(known(url), tmp_path / "a", lambda _had, _size: None)


def test_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Voices lie in the user's own data, or where VOICEGUIDE_VOICES says; a folder that is none is told."""
    assert downloads.folder().parts[-2:] == ("voiceguide", "voices")
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path))
    assert downloads.folder() == tmp_path
    monkeypatch.setenv("VOICEGUIDE_VOICES", "~nobody-of-that-name/x")
    with pytest.raises(UsageError, match="VOICEGUIDE_VOICES"):
        downloads.folder()
