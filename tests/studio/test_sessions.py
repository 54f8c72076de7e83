"""Sessions: made once, heard meanwhile, whole as a render is, there after whatever happens."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from studios_for_tests import SMALL, SOON, Studio, opened, until

from voiceguide import load, render
from voiceguide.studio import making, sessions, shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE = "/api/sessions/{}"


class Slowly:
    """Lets sessions be spoken only once they may."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may = threading.Event()
        real = making.Making._tell

        def tell(made: Any, stage: str, done: int, total: int) -> None:
            while not self.may.wait(0.01) and not made.stopped:
                pass
            real(made, stage, done, total)

        monkeypatch.setattr(making.Making, "_tell", tell)


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch, cache: Path) -> Iterator[Slowly]:
    """Nothing is spoken yet, and its words come only once they may."""
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(cache))
    slow = Slowly(monkeypatch)
    yield slow
    slow.may.set()


def music(studio: Studio, identity: str, answer: Any) -> bytes:
    """A session's sound behind its tag and its Info frame, whose checksum has to wait for all of it."""
    head = studio.house.sessions.shelf.head(identity) or b""
    assert answer.content.startswith(head)
    return bytes(answer.content[len(head) + 417 :])


def test_a_session_is_what_a_render_writes(studio: Studio, routine: Path, tmp_path: Path) -> None:
    """The kept file to the byte; the stream is the same sound without a cover."""
    wanted = {"routine": "small", "choices": {**SOON, "length": "short"}}
    made = studio.ask("POST", "/api/sessions", json=wanted)
    assert (made.status_code, made.headers["location"]) == (201, ONE.format(made.json()["id"]))
    told = studio.whole(made.json()["id"])
    render(load(routine), tmp_path / "render.mp3", **{**SOON, "length": told["duration"]})
    rendered = (tmp_path / "render.mp3").read_bytes()
    kept = studio.ask("GET", ONE.format(told["id"]) + "/keep/mp3")
    assert kept.content == rendered
    assert 'filename="small-short.mp3"' in kept.headers["content-disposition"]
    stream = studio.sound(told["id"])
    assert len(stream.content) == told["share"] * int(stream.headers["content-length"])
    assert rendered.endswith(stream.content[-20_000:])
    assert len(stream.content) < len(rendered)


def test_the_same_wish_joins_the_session_that_is_there(studio: Studio) -> None:
    """However it is written; another one is another session."""
    first = studio.play()
    again = studio.ask("POST", "/api/sessions", json={"routine": "small", "choices": {**SOON, "length": "short"}})
    assert (again.status_code, again.json()["id"]) == (200, first)
    assert studio.play(pace=130) != first
    listed = studio.get("/api/sessions")["sessions"]
    assert [each["routine"] for each in listed] == ["small", "small"]
    assert listed[-1]["id"] == first
    studio.whole(first)


def test_the_sound_is_sized_before_it_is_made(studio: Studio, slowly: Slowly) -> None:
    """From its first words on; bytes that are not there yet are waited for."""
    identity = studio.play(length="3m")
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(studio.sound(identity, Range="bytes=-100")))
    asking.start()
    until(lambda: studio.house.sessions.get(identity).readers)
    assert studio.get(ONE.format(identity))["state"] == "making"
    slowly.may.set()
    asking.join()
    size = int(answers[0].headers["content-range"].partition("/")[2])
    assert (answers[0].status_code, len(answers[0].content)) == (206, 100)
    assert studio.sound(identity).content[-100:] == answers[0].content
    assert int(studio.sound(identity).headers["content-length"]) == size


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=10-19", 206, slice(10, 20)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=99999999-", 416, slice(0, 0)),
        ("bytes=-0", 416, slice(0, 0)),
        ("bytes=5-2", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=0-1,5-6", 200, slice(None)),
    ],
)
def test_any_part_of_the_sound_can_be_asked_for(whole: Studio, asked: str, status: int, part: slice) -> None:
    """As browsers do."""
    identity = only(whole)
    everything = whole.sound(identity)
    answer = whole.sound(identity, Range=asked)
    assert (answer.status_code, answer.headers["accept-ranges"]) == (status, "bytes")
    assert answer.content == everything.content[part]
    etag = everything.headers["etag"]
    assert whole.sound(identity, Range="bytes=1-2", **{"If-Range": etag}).status_code == 206
    assert whole.sound(identity, Range="bytes=1-2", **{"If-Range": '"other"'}).status_code == 200
    head = whole.ask("HEAD", ONE.format(identity) + "/session.mp3")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(everything.content)))


def only(studio: Studio) -> str:
    """The id of its one session."""
    (session,) = studio.get("/api/sessions")["sessions"]
    return str(session["id"])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio with one session that is whole."""
    folder = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        (folder / "small.yaml").write_text(SMALL, "utf-8")
        patch.setenv("VOICEGUIDE_ROUTINES", str(folder))
        with opened(folder / "studio") as studio:
            studio.whole(studio.play())
            yield studio


def test_a_session_outlives_its_studio(studio: Studio, tmp_path: Path) -> None:
    """Whole or half made, it is listed after the next start, and its sound is the same to the byte."""
    first, second = studio.play(), studio.play(pace=130)
    for identity in (first, second):
        studio.whole(identity)
    heard = {identity: studio.sound(identity) for identity in (first, second)}
    studio.close()
    place = tmp_path / "studio" / "sessions" / second
    facts = json.loads((place / shelf.FACTS).read_text("utf-8"))
    (place / shelf.FACTS).write_text(json.dumps({**facts, "sound": None}), "utf-8")  # as a kill leaves it
    (place / shelf.KEPT).unlink()
    with opened(tmp_path / "studio") as again:
        states = {each["id"]: each["state"] for each in again.get("/api/sessions")["sessions"]}
        assert states == {first: "whole", second: "waiting"}
        for identity in (first, second):
            answer = again.sound(identity)
            assert music(again, identity, answer) == music(again, identity, heard[identity])
            assert answer.headers["etag"] == heard[identity].headers["etag"]
        assert again.whole(second)["state"] == "whole"


def test_what_a_kill_left_is_nobodys(studio: Studio, tmp_path: Path) -> None:
    """A folder without facts goes; facts that cannot be read stay, and are told of."""
    identity = studio.play()
    studio.whole(identity)
    studio.close()
    folder = tmp_path / "studio" / "sessions"
    (folder / "left").mkdir()
    (folder / "left" / "head").touch()
    (folder / "broken").mkdir()
    (folder / "broken" / shelf.FACTS).write_text("{", "utf-8")
    shutil.copytree(folder / identity, folder / "copied")
    with opened(tmp_path / "studio") as again:
        told = again.get("/api/sessions")
        assert [each["id"] for each in told["sessions"]] == [identity]
        assert [("broken" in message, "copied" in message) for message in told["left_out"]] == [
            (True, False),
            (False, True),
        ]
    assert not (folder / "left").exists()
    assert (folder / "broken").exists()


def test_a_file_that_is_gone_is_made_again(studio: Studio, tmp_path: Path) -> None:
    """Whoever listens gets the same bytes."""
    identity = studio.play()
    studio.whole(identity)
    before = studio.sound(identity)
    (tmp_path / "studio" / "sessions" / identity / shelf.KEPT).unlink()
    assert music(studio, identity, studio.sound(identity)) == music(studio, identity, before)
    assert studio.whole(identity)["state"] == "whole"
    assert studio.sound(identity).content == before.content


def test_a_routine_that_changed_is_not_made_as_another(studio: Studio, routine: Path, tmp_path: Path) -> None:
    """What is half made of the old one says that it is to be played anew, and that is another session."""
    identity = studio.play()
    studio.whole(identity)
    studio.close()
    (tmp_path / "studio" / "sessions" / identity / shelf.KEPT).unlink()
    routine.write_text(SMALL.replace("Glide up.", "Glide up, and down again."), "utf-8")
    with opened(tmp_path / "studio") as again:
        refused = again.sound(identity)
        assert (refused.status_code, "anew" in refused.json()["error"]["message"]) == (409, True)
        assert again.get(ONE.format(identity))["state"] == "failed"
        assert again.play() != identity


def test_deleting_ends_it(studio: Studio, slowly: Slowly, tmp_path: Path) -> None:
    """Its making, its file, and who listens."""
    identity = studio.play()
    answers: list[Any] = []
    asking = threading.Thread(target=lambda: answers.append(studio.sound(identity)))
    asking.start()
    until(lambda: studio.house.sessions.get(identity).readers)
    studio.delete(ONE.format(identity))
    asking.join()
    assert answers[0].status_code == 404
    for path in ("", "/session.mp3", "/timeline", "/events", "/keep/mp3"):
        assert studio.ask("GET", ONE.format(identity) + path).status_code == 404
    until(lambda: not list((tmp_path / "studio" / "sessions").iterdir()))
    studio.delete(ONE.format(identity), 404)


def test_what_is_heard_is_made_first(studio: Studio, slowly: Slowly, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all places are taken, one that nobody listens to is put back."""
    monkeypatch.setattr(sessions, "MOST_MADE", 1)
    first, second = studio.play(), studio.play(pace=130)

    def state(identity: str) -> str:
        return studio.house.sessions.get(identity).state

    assert (state(first), state(second)) == ("making", "waiting")
    heard = studio.house.sessions.heard(studio.house.sessions.get(second))
    assert (state(first), state(second)) == ("waiting", "making")
    slowly.may.set()
    for identity in (second, first):
        until(lambda identity=identity: state(identity) == "whole")
    heard.close()


def test_a_session_that_fails_says_why(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """And is tried again when it is asked for again."""

    def full(*_: Any, **__: Any) -> None:
        raise making.ClosedError  # as if somebody had closed the stream

    with monkeypatch.context() as patch:
        patch.setattr(making.Making, "_make", full)
        identity = studio.play()
        until(lambda: studio.house.sessions.get(identity).state == "failed")
    told = studio.get(ONE.format(identity))
    assert (told["state"], told["error"]["code"]) == ("failed", 1)
    assert studio.sound(identity).status_code == 409
    assert studio.ask("GET", ONE.format(identity) + "/keep/mp3").status_code == 409
    assert studio.play() == identity
    assert studio.whole(identity)["error"] is None


def test_events_tell_until_it_is_whole(studio: Studio) -> None:
    """What it is, how far it is certain, and its end; of one that is whole at once."""
    identity = studio.play()
    told = studio.ask("GET", ONE.format(identity) + "/events")
    assert told.headers["content-type"].startswith("text/event-stream")
    events = [dict(line.split(": ", 1) for line in each.splitlines()) for each in told.text.split("\n\n") if each]
    assert {"session", "whole"} <= {each["event"] for each in events} <= {"session", "timeline", "whole"}
    assert events[-1]["event"] == "whole"
    assert json.loads(events[-1]["data"]) == studio.get(ONE.format(identity))


def test_the_timeline_is_the_players(whole: Studio) -> None:
    """With its words and notes, and how far it is certain."""
    studio, identity = whole, only(whole)
    told = studio.get(ONE.format(identity) + "/timeline")
    assert (told["estimated"], told["key"], told["waits"]) == (False, identity, True)
    assert told["certain"] == told["session"]["duration"]
    assert told["audio"]["bytes"] == int(studio.sound(identity).headers["content-length"])
    assert "towel" in str(told["notes"])
    assert told["words"]["play"]


def test_a_hearing_counts_once_where_most_of_it_sounded(whole: Studio) -> None:
    """Wherever it stopped, it goes on from there."""
    studio, identity = whole, only(whole)
    heard = ONE.format(identity) + "/heard"
    assert studio.post(heard, {"hearing": "a", "share": 0.5, "position": 12.5})["position"] == 12.5
    assert studio.get(ONE.format(identity))["heard"] == 0
    for _ in range(3):
        studio.post(heard, {"hearing": "a", "share": 0.81, "position": 20})
    told = studio.post(heard, {"hearing": "a", "share": 1, "position": None})
    assert (told["heard"], told["position"]) == (1, None)
    assert studio.post(heard, {"hearing": "b", "share": 0.9})["heard"] == 2
    assert studio.get("/api/memory")["routines"]["small"]["visits"] == 2
    for wrong in ({"hearing": "", "share": 1}, {"hearing": "c", "share": 2}, {"hearing": "c"}, [], {"share": 1}):
        studio.post(heard, wrong, 400)


def test_the_page_and_the_card_are_kept_too(whole: Studio) -> None:
    """Under the session's own name, with the sound in the page."""
    studio, identity = whole, only(whole)
    page = studio.ask("GET", ONE.format(identity) + "/keep/page")
    assert "small-short.html" in page.headers["content-disposition"]
    assert "First strokes" in page.text
    card = studio.ask("GET", ONE.format(identity) + "/keep/card")
    assert "small-short-card.html" in card.headers["content-disposition"]
    assert "First strokes" in card.text
    assert studio.ask("GET", ONE.format(identity) + "/keep/exe").status_code == 404


def test_nothing_is_left_when_it_is_closed(studio: Studio, slowly: Slowly) -> None:
    """No thread, and nobody is kept waiting."""
    before = {thread.name for thread in threading.enumerate()}
    assert "making" not in before
    studio.play()
    assert "making" in {thread.name for thread in threading.enumerate()}
    studio.close()
    left = {thread.name for thread in threading.enumerate()}
    assert not left & {"making", "speaking", "streaming"}


def test_a_client_that_goes_away_leaves_no_work(studio: Studio, slowly: Slowly) -> None:
    """It is no reader any more, whether bytes came or not."""
    import asyncio

    identity = studio.play()
    entry = studio.house.sessions.get(identity)

    async def leave() -> None:
        sent: list[Any] = []
        gone = asyncio.Event()

        async def receive() -> Any:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": ONE.format(identity) + "/session.mp3",
            "raw_path": b"",
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1:8123"), (b"authorization", f"Bearer {studio.keys.token}".encode())],
        }
        asking = asyncio.create_task(studio.app(scope, receive, send))
        while not entry.readers:
            await asyncio.sleep(0.01)
        gone.set()
        await asyncio.wait_for(asking, 5)

    asyncio.run(leave())
    assert entry.readers == 0


VARIED = SMALL.replace(
    "    duration: 6s..20s\n",
    "    duration: 6s..20s\n    cues: [{at: 3s, say: {any: [Soft., Slow., Still.]}}]\n",
)


def test_each_visit_says_other_words(studio: Studio, routine: Path) -> None:
    """What is played after a visit is the next one, and asked for again it is joined; the choices stay as they were."""
    routine.write_text(VARIED, encoding="utf-8")

    def cue(identity: str) -> str:
        studio.whole(identity)
        clips = studio.get(f"{ONE.format(identity)}/timeline")["session"]["clips"]
        return next(clip["text"] for clip in clips if clip["role"] == "cue")

    first = studio.play()
    assert studio.play() == first
    studio.post(f"{ONE.format(first)}/heard", {"hearing": "a", "share": 0.9})
    second = studio.play()
    assert second != first
    assert studio.play() == second
    assert studio.play(visit=1) == first
    assert [cue(first), cue(second), cue(studio.play(visit=3))] == ["Soft.", "Slow.", "Still."]
    planned = studio.post("/api/plan", {"routine": "small", "choices": {**SOON}})["timeline"]
    assert planned["choices"]["visit"] == 2
    studio.play()
    assert studio.get("/api/memory")["routines"]["small"]["last"] == SOON
    again = studio.get(ONE.format(second))
    assert again["choices"]["visit"] == 2


def test_visits_change_nothing_where_there_are_no_other_words(studio: Studio) -> None:
    """The session that is there is joined, however often it was heard."""
    first = studio.play()
    studio.post(f"{ONE.format(first)}/heard", {"hearing": "a", "share": 0.9})
    assert studio.play() == first
