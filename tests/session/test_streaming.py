"""A session is heard while it is made, and is the rendered one in the end."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import engines_for_tests
import pytest
from caches_for_tests import unspoken
from engines_for_tests import FALLS_SILENT, Guessing

from voiceguide import load, render
from voiceguide.choices import Choices, Label, Options
from voiceguide.errors import Failed, UsageError
from voiceguide.exports.mp3.layout import Layout
from voiceguide.session.composing import Session
from voiceguide.session.making import Means
from voiceguide.session.streaming import Streamed, ahead, exactly, streamed
from voiceguide.store.growing import ClosedError, Growing
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

STEPS = [
    {"name": "Sit", "say": "Sit down behind the chair and let both hands rest.", "duration": "15s-1m"},
    {"name": "Press", "say": "Lean in with both thumbs, slowly, and wait.", "duration": "20s-1m", "sides": ["l", "r"]},
    {"name": "Knead", "say": "Knead from the neck to the shoulders. Then go back.", "duration": "15s-1m"},
    {"name": "Fall", "say": f"{FALLS_SILENT} now, and let go.", "duration": "15s-1m"},
]
FAST = Options(quality=9)


@pytest.fixture(autouse=True)
def voices(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The voices of the tests; the guessing one is held nowhere. Above 145 s a session is made in parts."""
    engines_for_tests.register(monkeypatch)
    for module in ("voiceguide.exports.mp3", "voiceguide.exports.mp3.streaming"):
        monkeypatch.setattr(f"{module}.PLAIN", 145 * SAMPLE_RATE)
    monkeypatch.setattr(Guessing, "gate", threading.Event())
    yield
    Guessing.gate.set()


def session(**choices: Any) -> Session:
    """A session of the steps, by a voice that foretells its words roughly."""
    routine = load({"title": "Hands", "summary": "Rest.", "steps": STEPS})
    own = {"voice": "guessing", "gate": "brief", "closing": False, "bed": "rain"}
    return Session(routine, Choices.of({**own, **choices}))


def made(**choices: Any) -> AbstractContextManager[Streamed]:
    """Stream it."""
    return streamed(session(**choices), Means(), options=FAST)


def all_of(file: Growing) -> bytes:
    """Read a file from its first byte to its last, as it comes."""
    data = b""
    while len(data) < file.size:
        data += file.read(len(data), file.size, timeout=60)
    return data


def rendered(stream: Streamed, path: Path) -> bytes:
    """The file of a render of the same length."""
    chosen = stream.session.choices
    asked = {"length": chosen.length.typed, "bed": chosen.bed, "voice": chosen.voice, "gate": chosen.gate}
    routine = load({"title": "Hands", "summary": "Rest.", "steps": STEPS})
    render(routine, path, **asked, closing=chosen.closing, quality=9)
    return path.read_bytes()


@pytest.mark.parametrize(("length", "bed"), [("2m20s", "none"), ("2m30s", "rain")])
def test_what_is_heard_before_the_rest_is_spoken_is_what_is_rendered(
    length: str, bed: str, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a cold cache, with estimates a tenth off: in parts, and in one go; in a cache of its own."""
    monkeypatch.setattr(Guessing, "held", "Knead from")
    with made(length=length, bed=bed) as stream:
        file, layout = stream.mp3.file, stream.mp3.layout
        early = stream.unfolding.timeline
        assert early.estimated
        while stream.unfolding.certain < 20.0:
            stream.unfolding.wait(stream.unfolding.until)
        heard = file.read(0, layout.music, timeout=60)
        while layout.seconds(len(heard)) < 4.0:
            heard += file.read(len(heard), layout.size, timeout=60)
        assert not file.finished
        certain = stream.unfolding.certain
        clips = [clip for clip in stream.unfolding.timeline.on("narration") if clip.start < certain]
        Guessing.gate.set()
        whole = all_of(file)
        file.wait(60)
        assert whole[layout.music : len(heard)] == heard[layout.music :]
        final = stream.keep(tmp_path / "kept.mp3")
        assert [clip for clip in final.on("narration") if clip.start < certain] == clips
        assert final.duration == early.duration
        kept = (tmp_path / "kept.mp3").read_bytes()
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(home / f"cache-of-{length}")))
    assert rendered(stream, tmp_path / "rendered.mp3") == kept
    assert kept.endswith(whole[layout.music :])


def test_the_title_sounds_while_all_else_is_still_to_be_spoken(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a cold cache: two seconds of the rendered file, the bed going down in them for what is not there yet."""
    routine = load({"title": "Both of the hands and all of the fingers", "summary": "Rest.", "steps": STEPS})
    monkeypatch.setattr(Guessing, "held", "Same two")
    chosen = {"voice": "guessing", "gate": "brief", "closing": False, "bed": "rain", "length": "2m40s"}
    with streamed(Session(routine, Choices.of(chosen)), Means(), options=FAST) as stream:
        file, layout = stream.mp3.file, stream.mp3.layout
        while layout.seconds(file.ready_to(0)) < 1.5:
            file.read(file.ready_to(0), layout.size, timeout=60)
        heard = file.read(0, layout.size)
        assert [clip.role for clip in stream.unfolding.timeline.clips if clip.start < stream.unfolding.certain] == [
            "bed",
            "title",
        ]
        Guessing.gate.set()
        file.wait(60)
        assert file.read(layout.music, len(heard)) == heard[layout.music :]
        stream.keep(tmp_path / "kept.mp3")
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(home / "another")))
    render(routine, tmp_path / "rendered.mp3", **chosen, quality=9)
    assert (tmp_path / "rendered.mp3").read_bytes() == (tmp_path / "kept.mp3").read_bytes()


def test_what_is_spoken_ahead_is_not_spoken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A session sounds at once whose first seconds were spoken ahead; what follows was not."""
    ahead(session(length="2m30s"), Means(), seconds=5.0)
    monkeypatch.setattr(Guessing, "held", "Knead from")
    told: list[tuple[str, int, int]] = []
    with streamed(session(length="2m30s"), Means(progress=lambda *each: told.append(each)), options=FAST) as stream:
        stream.mp3.file.read(stream.mp3.layout.music, stream.mp3.layout.size, timeout=60)
        assert not told
        assert stream.unfolding.timeline.estimated


def test_speaking_ahead_ends_when_it_is_over() -> None:
    """Nobody wants it any more: what was spoken until then is kept, and no thread goes on."""
    before, over, told = threading.active_count(), threading.Event(), []

    def tell(_stage: str, done: int, _total: int) -> None:
        told.append(done)
        over.set()

    ahead(session(length="2m30s"), Means(progress=tell, threads=1), seconds=999.0, over=over)
    assert len(told) == 1
    assert threading.active_count() <= before


def test_a_session_that_is_spoken_already_streams_as_the_rendered_file_without_its_cover(tmp_path: Path) -> None:
    """Its tag tells all from the beginning, and any of its bytes can be waited for."""
    for _ in range(2):
        with made(length="2m20s") as stream:
            stream.mp3.file.read(stream.mp3.layout.size - 1, stream.mp3.layout.size, timeout=60)
            stream.mp3.file.wait(60)
            whole = all_of(stream.mp3.file)
    file = rendered(stream, tmp_path / "rendered.mp3")
    tag = stream.mp3.layout.tag
    assert not stream.unfolding.timeline.estimated
    assert file[10:].startswith(whole[10:tag])
    assert file[tag : tag + 4] == b"APIC"
    assert file.endswith(whole[tag:])


@pytest.mark.parametrize("end", ["the voice fails", "nobody listens any more"])
def test_what_is_never_made_is_told_and_leaves_nothing(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was heard can be read on, what will not come is refused; no thread goes on."""
    monkeypatch.setattr(Guessing, "held", FALLS_SILENT)
    before = threading.active_count()
    with made(length="2m30s") as stream:
        file = stream.mp3.file
        assert file.read(stream.mp3.layout.music, file.size, timeout=60)
        if end == "the voice fails":
            Guessing.gate.set()
            with pytest.raises(Failed, match="sound card is on fire"):
                file.read(file.size - 1, file.size, timeout=60)
            assert file.read(0, 10, timeout=0)[:3] == b"ID3"
        else:
            Guessing.held = ""
            Guessing.gate.set()
    with pytest.raises(ClosedError):
        file.read(0, 10)
    assert threading.active_count() <= before


@pytest.mark.parametrize(("length", "typed"), [("short", "2m25s"), ("2m31s", "2m31s")])
def test_a_session_lasts_what_is_told_before_it_is_spoken(length: str, typed: str) -> None:
    """As it was asked for, else its estimated length in whole steps of five seconds: a render may be asked for it."""
    exact = exactly(session(length=length))
    assert exact.drafting.total is not None
    assert exact.choices.length.typed == typed


def test_steps_that_stretch_to_no_total_are_spoken_before_they_are_heard() -> None:
    """Nothing tells how long they last."""
    routine = load({"title": "Hands", "summary": "Rest.", "steps": [{"name": "Rest", "say": "Rest your hands."}]})
    own = Session(routine, Choices.of({"voice": "tone", "gate": "brief", "bed": "none"}))
    assert exactly(own) is own
    with streamed(own, Means(), options=FAST) as stream:
        assert not stream.unfolding.timeline.estimated
        assert isinstance(stream.mp3.layout, Layout)
        stream.mp3.file.wait(60)


def test_a_cover_that_is_not_there_is_told_before_a_word_is_spoken(tmp_path: Path) -> None:
    """As a render tells it: nobody hears a session to its end for a file that cannot be written."""
    missing = Label(cover=str(tmp_path / "cover.png"))
    with pytest.raises(UsageError, match="there is no such file"), streamed(session(), Means(), label=missing):
        pass
