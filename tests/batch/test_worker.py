"""A worker makes of a job what `render` makes, with nothing but the job; and says why when it cannot."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batches_for_tests import QUICK, TINY, bell, wish
from pictures_for_tests import picture

from voiceguide.batch.jobs import Job, combine
from voiceguide.batch.worker import Failure, Made, make
from voiceguide.installed import generator
from voiceguide.session import load, render


def _packed(file: Path, axes: dict[str, Any] | None = None, **settings: Any) -> tuple[Job, dict[str, bytes]]:
    """A job, and the content of all that it names."""
    combined = combine([wish(file, axes, **settings)])
    return combined.jobs[0], {digest: path.read_bytes() for digest, path in combined.sources.items()}


def _failed(job: Job) -> Failure:
    answer = make(job, {}, 1)
    assert isinstance(answer, Failure), answer
    return answer


@pytest.mark.parametrize("bed", ["music.wav", "songs/"])
def test_it_is_what_render_makes_with_nothing_but_the_job(tiny: Path, bed: str) -> None:
    """The same bytes and timeline, though the routine, its bell, the music and the cover are gone from the disk."""
    bell(tiny.with_name("bell.wav"), seconds=0.5)
    bell(tiny.with_name("music.wav"), pitch=330.0)
    tiny.with_name("songs").mkdir()
    for pitch in (220.0, 330.0):
        bell(tiny.parent / "songs" / f"{pitch:g}.wav", pitch=pitch)
    tiny.with_name("mine.png").write_bytes(picture())
    tiny.write_text(TINY + "    chime: bell.wav\n", "utf-8")
    own = {"cover": "mine.png", "artist": "Ana Rossi", "quality": 9}
    timeline = render(load(tiny), "here.mp3", voice="tone", bed=bed, **own, **QUICK)
    expected = Path("here.mp3").read_bytes()
    job, sources = _packed(tiny, {"bed": (bed,)}, **own)
    for path in [*tiny.parent.rglob("*.*")]:
        path.unlink()
    made = make(job, sources, 1)
    assert isinstance(made, Made), made
    assert made.data == expected
    assert made.timeline == timeline.to_json()
    assert [*tiny.parent.iterdir()] == [Path("songs").absolute()]


def test_joined_routines_are_made_alike(tiny: Path) -> None:
    """Each with the sound of its own, two of one name."""
    other = tiny.parent / "other" / "other.yaml"
    other.parent.mkdir()
    for path, pitch, name in ((tiny, 440.0, "Rest"), (other, 330.0, "Stay")):
        bell(path.with_name("bell.wav"), pitch, seconds=0.5)
        path.write_text(TINY.replace("Rest", name) + "    chime: bell.wav\n", "utf-8")
    render(load(f"{tiny}+{other}"), "here.mp3", voice="tone", bed="none", quality=9, **QUICK)
    combined = combine([replace(wish(tiny, quality=9), files=(tiny, other))])
    made = make(combined.jobs[0], {digest: path.read_bytes() for digest, path in combined.sources.items()}, 1)
    assert isinstance(made, Made), made
    assert made.data == Path("here.mp3").read_bytes()
    assert made.timeline["routine"] == "tiny+other"


def test_sources_may_be_files_of_this_machine(tiny: Path) -> None:
    """They are read where they are, and stay."""
    music = bell(tiny.with_name("music.wav"))
    job, sources = _packed(tiny, {"bed": ("music.wav",)}, quality=9)
    (digest,) = job.digests
    by_bytes, by_path = make(job, sources, 1), make(job, {digest: music}, 1)
    assert isinstance(by_bytes, Made)
    assert by_bytes == by_path
    assert music.exists()


def test_another_program_is_refused(tiny: Path) -> None:
    """The worker says what was expected, and what it has."""
    job, _ = _packed(tiny)
    why = _failed(replace(job, generator="voiceguide 9.9.9"))
    assert why.message.startswith(f"expected voiceguide 9.9.9, the worker has {generator()}")
    assert why.code == "failed"


def test_another_version_of_the_voice_is_refused(tiny: Path) -> None:
    """Its fingerprint tells."""
    job, _ = _packed(tiny)
    why = _failed(replace(job, fingerprint="tone 0"))
    assert why.message.startswith(f"expected {generator()} with tone:steady, the worker has another version of it")


def test_a_voice_that_is_not_there_is_refused(tiny: Path) -> None:
    """As missing."""
    job, _ = _packed(tiny)
    why = _failed(replace(job, voice="tone:brass"))
    assert (why.code, "the worker has no such voice" in why.message) == ("missing", True)


def test_what_does_not_fit_is_told_of_the_users_file(tiny: Path) -> None:
    """Not of the folder that the worker has put it in; with the line of the file."""
    tiny.write_text(TINY + '    cues: [{at: 50%, say: "' + "Very slowly now. " * 20 + '"}]\n', "utf-8")
    job, _ = _packed(Path("tiny.yaml"))
    why = _failed(job)
    assert why.code == "routine"
    assert why.message.startswith("tiny.yaml:8:")
    assert "    cues:" in why.message
    assert "voiceguide-" not in why.message


def test_a_broken_sound_is_told_of_the_users_file(tiny: Path) -> None:
    """A chime by the routine's folder, music as it was typed."""
    (tiny.parent / "in").mkdir()
    inside = Path(shutil.copy(tiny, tiny.parent / "in" / "tiny.yaml"))
    inside.write_text(TINY + "    chime: bell.wav\n", "utf-8")
    inside.with_name("bell.wav").write_text("no sound")
    Path("music.wav").write_text("no sound")
    for file, axes, words in (
        (inside, {}, f"{inside.parent}/bell.wav: "),
        (tiny, {"bed": ("music.wav",)}, "music.wav: "),
    ):
        job, sources = _packed(file, axes)
        why = make(job, sources, 1)
        assert isinstance(why, Failure)
        assert why.message.startswith(words)


def test_a_bug_is_a_failure_too(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes back as a value, with its traceback beside it."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no luck")

    job, _ = _packed(tiny)
    monkeypatch.setattr("voiceguide.session.render", broken)
    why = _failed(job)
    assert "bug in voiceguide: ZeroDivisionError: no luck" in why.message
    assert "in broken" in why.trace
