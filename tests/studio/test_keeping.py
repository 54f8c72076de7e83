"""What the studio keeps: memory, own music, and the room that all of it takes."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from studios_for_tests import SOON, Studio, opened

from voiceguide.sound.bed import SHORTEST
from voiceguide.store.files import whole
from voiceguide.studio import memory, room
from voiceguide.studio.drafts import TEXT, Drafts
from voiceguide.studio.music import Music
from voiceguide.studio.routes import keeping
from voiceguide.studio.shelf import Shelf
from voiceguide.voices import recorded

if TYPE_CHECKING:
    from pathlib import Path

BYTES = {"Content-Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Three seconds of music."""
    import soundfile

    file = tmp_path_factory.mktemp("music") / "music.flac"
    times = np.arange(round((SHORTEST + 1) * 44_100)) / 44_100
    soundfile.write(file, 0.1 * np.sin(2 * np.pi * 220 * times), 44_100)
    return file.read_bytes()


def upload(studio: Studio, path: str, content: bytes) -> Any:
    return studio.ask("PUT", f"/api/music/{path}", content=content, headers=BYTES)


# ---- kills ----------------------------------------------------------------------------------------------------------


def test_what_a_kill_left_half_written_goes_at_the_next_start(tmp_path: Path) -> None:
    """Beside drafts, sessions and music; what another program writes there stays, and so does what is the user's."""
    places = [Drafts(tmp_path).file(Drafts(tmp_path).create("x").id).parent]
    for name, holds in (("sessions", "session.json"), ("music", "one.mp3")):
        places.append(tmp_path / name / "any")
        places[-1].mkdir(parents=True)
        (places[-1] / holds).write_text("{", "utf-8")
    left = [place / ".s.mp3.0123abcd.voiceguide" for place in places]
    for path in (*left, places[0] / ".hers"):
        path.write_bytes(b"half")
        os.utime(path, (1e9, 1e9))
    with whole(places[0] / TEXT, overwrite=True, follow=False) as written:
        written.write(b"y")
        Drafts(tmp_path), Shelf(tmp_path).read(), Music(tmp_path)  # as a start looks at them
    assert not any(path.exists() for path in left)
    assert (places[0] / TEXT).read_text("utf-8") == "y"
    assert (places[0] / ".hers").exists()


# ---- memory ---------------------------------------------------------------------------------------------------------


def test_the_last_choices_are_remembered(studio: Studio, tmp_path: Path) -> None:
    """As they were chosen, and after the next start."""
    studio.play()
    studio.play(talk="calm")
    listed = {each["name"]: each for each in studio.get("/api/routines")["routines"]}
    assert listed["small"]["last"] == {**SOON, "talk": "calm"}
    studio.close()
    with opened(tmp_path / "studio") as again:
        assert again.get("/api/routines/small")["last"] == {**SOON, "talk": "calm"}


def test_fewer_words_are_offered_after_the_third_visit(studio: Studio) -> None:
    """Until they are chosen, or nobody wants to be asked."""
    kept = studio.house.memory
    for _ in range(memory.KNOWN_AFTER):
        assert kept.of("small").suggestion is None
        kept.visited("small")
    assert studio.get("/api/routines/small")["suggestion"] == {"gate": "brief", "talk": "calm"}
    kept.played("small", {"gate": "brief", "talk": "minimal"})
    assert kept.of("small").suggestion is None
    kept.played("small", {"gate": "brief"})
    assert kept.of("small").suggestion
    assert studio.patch("/api/memory/small", {"suggest": False})["suggest"] is False
    assert studio.get("/api/routines/small")["suggestion"] is None


def test_what_is_remembered_can_be_forgotten(studio: Studio) -> None:
    for name in ("a", "b"):
        studio.house.memory.visited(name)
    studio.delete("/api/memory/a")
    assert [*studio.get("/api/memory")["routines"]] == ["b"]
    studio.delete("/api/memory/a", 404)
    studio.delete("/api/memory")
    assert studio.get("/api/memory") == {"routines": {}, "set_aside": None}


@pytest.mark.parametrize("content", ["", "[", '{"routines": {"a": {"visits": -1}}}', '{"routines": []}', "\x00"])
def test_a_memory_that_cannot_be_read_is_set_aside(tmp_path: Path, content: str) -> None:
    """It is told of, and never lost."""
    (tmp_path / memory.FILE).write_text(content, "utf-8")
    kept = memory.Memory(tmp_path)
    assert kept.set_aside
    assert [path.read_text("utf-8") for path in tmp_path.glob("memory.broken-*")] == [content]
    kept.visited("a")
    assert memory.Memory(tmp_path).of("a").visits == 1
    assert "Delete this file" in (tmp_path / memory.FILE).read_text("utf-8")


# ---- own music ------------------------------------------------------------------------------------------------------


def test_own_music_is_a_bed(studio: Studio, music: bytes, tmp_path: Path) -> None:
    """One file, or several; its folder is told to nobody."""
    assert upload(studio, "Evening/b.flac", music).status_code == 201
    told = upload(studio, "Evening/a.flac", music).json()
    assert [each["file"] for each in told["pieces"]] == ["a.flac", "b.flac"]
    assert (told["bed"], told["seconds"]) == ("music/Evening", 2 * (SHORTEST + 1))
    assert studio.get("/api/music")["music"] == [told]
    assert studio.ask("GET", told["sample"]).content.startswith(b"ID3")
    identity = studio.play(bed=told["bed"])
    made = studio.whole(identity)
    assert made["bed"] == told["bed"]
    timeline = studio.ask("GET", f"/api/sessions/{identity}/timeline").text
    assert '"bed":"Evening"' in timeline
    assert str(tmp_path) not in timeline
    planned = studio.ask("POST", "/api/plan", json={"routine": "small", "choices": {**SOON, "bed": told["bed"]}}).text
    assert str(tmp_path) not in planned
    studio.delete("/api/music/Evening/a.flac")
    assert studio.play(bed=told["bed"]) != identity
    studio.delete("/api/music/Evening")
    assert studio.get("/api/music")["music"] == []
    studio.delete("/api/music/Evening", 404)


@pytest.mark.parametrize(
    "path",
    ["x/a.exe", "x/a", ".x/a.flac", "x/.a.flac", "con/a.flac", "a%0Ab/a.flac", "..%2fx/a.flac", "x/..%2fa.flac",
     f"{'x' * 81}/a.flac", "x/%20.flac", "..%5cx/a.flac"],
)  # fmt: skip
def test_music_has_a_plain_name(studio: Studio, music: bytes, tmp_path: Path, path: str) -> None:
    """Nothing of a request's path leads elsewhere."""
    assert upload(studio, path, music).status_code in (400, 404, 405)
    assert not list((tmp_path / "studio").rglob("*.flac"))
    assert studio.get("/api/music")["music"] == []


@pytest.mark.parametrize("content", [b"no music", b"", b"#EXTM3U\n/etc/passwd\n"])
def test_what_is_no_music_does_not_stay(studio: Studio, content: bytes, tmp_path: Path) -> None:
    """The message names the file as it came."""
    refused = upload(studio, "x/a.mp3", content)
    assert refused.status_code == 400
    assert str(tmp_path) not in refused.text
    assert "a.mp3" in refused.text or not content
    assert studio.get("/api/music")["music"] == []


# ---- room -----------------------------------------------------------------------------------------------------------


def test_the_oldest_session_goes_when_room_is_needed(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one that is kept or heard."""
    sizes = {}
    for pace in (125, 130, 135):
        identity = studio.play(pace=pace)
        studio.whole(identity)
        sizes[identity] = studio.house.sessions.shelf.bytes(identity)
    kept, heard, old = sizes
    assert studio.patch(f"/api/sessions/{kept}", {"kept": True})["kept"]
    listening = studio.house.sessions.heard(studio.house.sessions.get(heard))
    monkeypatch.setattr(keeping, "LEAST_BYTES", 1)
    told = studio.patch("/api/room", {"cap_bytes": sum(sizes.values()) - 1000})
    assert [each["count"] for each in told["kinds"] if each["kind"] == "sessions"] == [2]
    assert [each["id"] for each in studio.get("/api/sessions")["sessions"]] == [heard, kept]
    assert studio.ask("GET", f"/api/sessions/{old}").status_code == 404
    listening.close()


def test_room_is_told_and_cleared(
    studio: Studio, music: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A kind at a time; what an author recorded is no download."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    identity = studio.play()
    studio.whole(identity)
    upload(studio, "x/a.flac", music)
    told = {each["kind"]: each for each in studio.get("/api/room")["kinds"]}
    assert [*told] == list(room.KINDS)
    assert all(told[kind]["bytes"] > 0 for kind in ("sessions", "music", "cache"))
    cleared = studio.post("/api/room/clear", {"kinds": ["sessions", "music"]})
    assert cleared["freed_bytes"] == told["sessions"]["bytes"] + told["music"]["bytes"]
    assert studio.get("/api/sessions")["sessions"] == []
    recording = recorded.folder() / "ada" / "index.json"
    recording.parent.mkdir(parents=True, exist_ok=True)
    recording.write_text("{}", "utf-8")
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(tmp_path / "empty"))
    assert studio.post("/api/room/clear", {"kinds": ["cache", "voices"]})["freed_bytes"] == 0
    assert recording.exists()
    studio.post("/api/room/clear", {"kinds": ["disk"]}, 400)
    studio.patch("/api/room", {"cap_bytes": 7}, 400)


def test_the_cap_outlives_the_studio(studio: Studio, tmp_path: Path) -> None:
    """And no file of it is needed."""
    assert studio.get("/api/room")["cap_bytes"] == room.USUAL_BYTES
    studio.patch("/api/room", {"cap_bytes": 10**9})
    with opened(tmp_path / "studio") as again:
        assert again.get("/api/room")["cap_bytes"] == 10**9
    (tmp_path / "studio" / room.FILE).write_text(json.dumps({"cap_bytes": "x"}), "utf-8")
    with opened(tmp_path / "studio") as again:
        assert again.get("/api/room")["cap_bytes"] == room.USUAL_BYTES


def test_music_beyond_the_cap_is_refused(studio: Studio, music: bytes) -> None:
    """It would push out what somebody hears."""
    studio.house.room.cap_bytes = 10
    refused = upload(studio, "x/a.flac", music)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, 1)
