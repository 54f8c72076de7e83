"""A preview is a piece of the session: its samples, its times, and no more words spoken than it needs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import engines_for_tests as engines
import measuring
import numpy as np
import pytest
from caches_for_tests import unspoken

from voiceguide import load, plan, render
from voiceguide.errors import RoutineError, UsageError
from voiceguide.session import preview
from voiceguide.session.previewing import FADE_IN, FADE_OUT, SECONDS, Wanted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.routine.model import Routine
    from voiceguide.timeline import Chapter, Timeline

SESSIONS = Path(__file__).parents[1] / "sessions"
BARE = {"gate": "brief", "opening": False, "closing": False}
BED = {"bed": "ocean", **BARE}


@pytest.fixture(scope="module")
def evening() -> Routine:
    """Four steps, two of them on both sides."""
    return load(SESSIONS / "evening.yaml")


@pytest.fixture(scope="module")
def rendered(evening: Routine, tmp_path_factory: pytest.TempPathFactory) -> tuple[Timeline, NDArray[np.float32], Path]:
    """The session it is a preview of, with a bed, and its cache."""
    path = tmp_path_factory.mktemp("whole") / "whole.wav"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEGUIDE_CACHE", str(unspoken(path.parent / "cache")))
        timeline = render(evening, path, voice="tone", **BED)
    return timeline, measuring.decoded(path), path.parent / "cache"


@pytest.fixture
def whole(
    rendered: tuple[Timeline, NDArray[np.float32], Path], monkeypatch: pytest.MonkeyPatch
) -> tuple[Timeline, NDArray[np.float32]]:
    """The session, with what it needed cached."""
    timeline, samples, cached = rendered
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(cached))
    return timeline, samples


def chapters(timeline: Timeline, step: int) -> list[Chapter]:
    """A step's chapters."""
    return [chapter for chapter in timeline.chapters if chapter.step == step]


def same(heard: NDArray[np.float32], session: NDArray[np.float32], start: float) -> bool:
    """Whether a preview's samples are a session's from `start` on, but for the fades at their ends."""
    clear = slice(round(FADE_IN * measuring.RATE) + 1, len(heard) - round(FADE_OUT * measuring.RATE) - 1)
    first = round(start * measuring.RATE)
    return np.array_equal(heard[clear], session[first : first + len(heard)][clear])


@pytest.mark.parametrize(("asked", "step"), [("2", 2), ("squeeze", 3), ("Thumbs", 4)])
def test_a_step_is_what_the_session_plays(
    asked: str, step: int, evening: Routine, whole: tuple[Timeline, NDArray[np.float32]], tmp_path: Path
) -> None:
    """Sample by sample: words, chime, bed and levels, from the chapter's start to its end."""
    timeline, session = whole
    (part,) = preview(evening, tmp_path / "step.wav", **BED, step=asked, voice="tone")
    (chapter,) = chapters(timeline, step)
    assert (part.title, part.start, part.end) == (chapter.title, chapter.start, chapter.end)
    heard = measuring.decoded(tmp_path / "step.wav")
    assert len(heard) == pytest.approx((chapter.end - chapter.start) * measuring.RATE, abs=1)
    assert same(heard, session, chapter.start)
    assert np.abs(heard[[0, -1]]).max() < 1e-3


def test_beginnings_are_what_the_session_plays(
    evening: Routine, whole: tuple[Timeline, NDArray[np.float32]], tmp_path: Path
) -> None:
    """Without a step the first 8 s of each, one after the other; no more than a step has, and as many as asked."""
    timeline, session = whole
    parts = preview(evening, tmp_path / "all.wav", **BED, voice="tone")
    assert [part.title for part in parts] == [chapter.title for chapter in timeline.chapters[1:]]
    heard = measuring.decoded(tmp_path / "all.wav")
    assert len(heard) == 4 * 8 * measuring.RATE
    for number, part in enumerate(parts):
        assert same(heard[number * 8 * measuring.RATE :][: 8 * measuring.RATE], session, part.start)
    shorter = preview(evening, tmp_path / "few.wav", **BED, seconds=3, voice="tone")
    assert [part.end - part.start for part in shorter] == pytest.approx([3] * 4)
    longer = preview(evening, tmp_path / "more.wav", **BED, seconds=1000, voice="tone")
    assert [(part.start, part.end) for part in longer] == [(c.start, c.end) for c in timeline.chapters[1:]]


def test_steps_without_a_break_between_them_have_no_fade(
    evening: Routine, whole: tuple[Timeline, NDArray[np.float32]], tmp_path: Path
) -> None:
    """All steps whole are the session between its opening and its closing."""
    timeline, session = whole
    preview(evening, tmp_path / "more.wav", **BED, seconds=1000, voice="tone")
    assert same(measuring.decoded(tmp_path / "more.wav"), session, timeline.chapters[1].start)


@pytest.mark.parametrize(("voice", "share"), [("drawling", 0.5), ("hasty", -0.2)])
def test_a_step_lasts_as_long_as_in_the_session(
    voice: str, share: float, evening: Routine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For any exact total, where the voice's estimates are off and nothing was spoken before."""
    engines.register(monkeypatch)
    monkeypatch.setattr(
        "voiceguide.session.writing.Target.write", lambda *_arguments: None
    )  # only its times are asked for
    short, full = (plan(evening, voice=voice, length=length, **BARE).duration for length in ("short", "full"))
    length = f"{short + share * (full - short):.0f}s"
    chosen = {"length": length, "bed": "none", **BARE}
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(tmp_path / "rendered")))
    timeline = render(evening, tmp_path / "whole.wav", voice=voice, **chosen)
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(tmp_path / "previewed")))
    (part,) = preview(evening, tmp_path / "step.wav", **chosen, step="3", voice=voice)
    (chapter,) = chapters(timeline, 3)
    assert (part.start, part.end) == pytest.approx((chapter.start, chapter.end), abs=1e-3)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> type[engines.Counting]:
    """Register a voice that counts."""
    engines.register(monkeypatch)
    engines.Counting.spoken.clear()
    return engines.Counting


def test_only_what_sounds_is_spoken(counting: type[engines.Counting], evening: Routine, tmp_path: Path) -> None:
    """A step's sentences for a step, none of the opening; what was spoken is there for the session."""
    preview(evening, tmp_path / "a.wav", step="3", voice="counting")
    timeline = plan(evening, voice="counting")
    (chapter,) = chapters(timeline, 3)
    clips = [clip for clip in timeline.on("narration") if chapter.start <= clip.start < chapter.end]
    short = "Rest both hands on the back, warm"  # levels what is too short to be measured
    assert {text for text in counting.spoken if not text.startswith(short)} == {
        words.text for clip in clips for words in clip.sentences
    }
    once = set(counting.spoken)
    render(evening, tmp_path / "whole.wav", voice="counting", **BARE)
    assert all(counting.spoken[text] == 1 for text in once)


def test_a_groups_step_is_heard_on_every_side(tmp_path: Path) -> None:
    """Each of its chapters, in the session's order; a group's name is all of it, and its beginnings come once."""
    routine = load(SESSIONS / "legs.yaml")
    timeline = plan(routine, voice="tone", **BARE)
    group = next(chapter for chapter in timeline.chapters if chapter.group)
    choices = dict(BARE)

    def starts(**asked: Any) -> list[float]:
        return [p.start for p in preview(routine, tmp_path / "a.wav", voice="tone", **choices, overwrite=True, **asked)]

    assert starts(step=group.title) == [c.start for c in timeline.chapters if c.step == group.step]
    assert len(starts(step=group.title)) == 2
    assert starts(step=group.group) == [c.start for c in timeline.chapters if c.group == group.group]
    assert len(starts()) == len({c.step for c in timeline.chapters if c.step})


def test_numbers_count_before_leaving_out(evening: Routine, tmp_path: Path) -> None:
    """As those of without do: leaving out the first step does not make another one number 3."""
    choices = {"without": ("1",), **BARE}
    (part,) = preview(evening, tmp_path / "a.wav", **choices, step="3", voice="tone")
    assert part.title == "Squeeze"
    with pytest.raises(UsageError, match="left out by without"):
        preview(evening, tmp_path / "b.wav", **choices, step="Warm the oil", voice="tone")


@pytest.mark.parametrize(
    ("step", "choices", "words"),
    [
        ("Thumps", {}, 'Did you mean "Thumbs"?'),
        ("5", {}, "3 Squeeze, 4 Thumbs"),
        ("0", {}, "step"),
        ("", {}, "step"),
        ("Only full", {}, "not played in short and the setup lying"),
    ],
)
def test_a_step_that_is_not_there(
    step: str, choices: dict[str, Any], words: str, counting: type[engines.Counting], tmp_path: Path
) -> None:
    """It is told with the nearest, before anything is spoken or written."""
    source = tmp_path / "evening.yaml"
    text = (SESSIONS / "evening.yaml").read_text("utf-8")
    source.write_text(f"{text}  - {{name: Only full, say: Rest., duration: 1m, only: full}}\n", "utf-8")
    with pytest.raises(UsageError) as raised:
        preview(load(source), tmp_path / "a.wav", **choices, step=step, voice="counting")
    assert words in str(raised.value)
    assert not counting.spoken
    assert not (tmp_path / "a.wav").exists()


@pytest.mark.parametrize("seconds", [0, 0.5, -3, float("nan")])
def test_seconds_that_are_none(seconds: float, evening: Routine, tmp_path: Path) -> None:
    """A part is a second at least."""
    with pytest.raises(UsageError, match="seconds"):
        preview(evening, tmp_path / "a.wav", seconds=seconds, voice="tone")


def _tight(folder: Path, off: float) -> Routine:
    """A routine whose second step has `off` seconds more than its words are estimated to need."""
    path = folder / "tight.yaml"
    text = (
        "title: T\nsummary: S.\nsafety: {{do_not_start: [a fever]}}\nsteps:\n"
        "  - {{name: A, say: Glide., duration: 20s}}\n"
        "  - {{name: B, say: {words}, duration: {seconds}s}}\n"
    )
    words = "Glide up and down along both sides of the spine. " * 8
    path.write_text(text.format(words=f'"{words}"', seconds=300), "utf-8")
    timeline = plan(load(path), voice="tone", **BARE)
    (said,) = (clip for clip in timeline.on("narration") if clip.role == "instruction" and clip.step == 2)
    path.write_text(text.format(words=f'"{words}"', seconds=round(said.end - said.start + 2 + off, 1)), "utf-8")
    return load(path)


def test_words_that_turn_out_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step whose words are longer than estimated is refused, as `render` refuses it; another one can be heard."""
    engines.register(monkeypatch)
    routine = _tight(tmp_path, 0.2)
    assert preview(routine, tmp_path / "a.wav", **BARE, step="A", voice="drawling")
    with pytest.raises(RoutineError, match="does not fit"):
        preview(routine, tmp_path / "b.wav", **BARE, step="B", voice="drawling")
    assert not (tmp_path / "b.wav").exists()


def test_words_that_turn_out_to_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that fits only once it is spoken is no obstacle, to itself or another."""
    engines.register(monkeypatch)
    routine = _tight(tmp_path, -0.2)
    for step in ("A", "B"):
        assert preview(routine, tmp_path / f"{step}.wav", **BARE, step=step, voice="hasty")


def test_the_file_says_what_it_is(evening: Routine, tmp_path: Path) -> None:
    """A player shows that it is a preview, and a chapter for each part, in the file's own time."""
    parts = preview(evening, tmp_path / "a.mp3", **BARE, seconds=2, voice="tone")
    assert measuring.tagged_chapters(tmp_path / "a.mp3") == [
        (part.title, 2.0 * number, 2.0 * (number + 1)) for number, part in enumerate(parts)
    ]
    assert measuring.mp3_seconds(tmp_path / "a.mp3") == pytest.approx(2.0 * len(parts), abs=0.03)


@pytest.mark.parametrize(
    ("step", "seconds", "wanted"),
    [
        (None, None, (None, SECONDS)),
        (None, 1, (None, 1.0)),
        ("Knead", None, ("Knead", None)),
        ("Knead", 1.5, ("Knead", 1.5)),
        (2, None, ("2", None)),
    ],
)
def test_what_is_wanted(step: Any, seconds: Any, wanted: tuple[Any, Any]) -> None:
    """All of a step, or the beginning of each; a second at least, and a step's number as a number."""
    assert Wanted.of(step, seconds) == wanted


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"seconds": 0.99}, "seconds"),
        ({"seconds": "long"}, "seconds"),
        ({"seconds": float("nan")}, "seconds"),
        ({"seconds": True}, "seconds"),
        ({"step": 1.5}, "step"),
        ({"step": True}, "step"),
        ({"step": ["Knead"]}, "step"),
    ],
)
def test_what_is_no_step_or_no_time_is_refused_by_its_keyword(wrong: dict[str, Any], field: str) -> None:
    """Never a TypeError."""
    with pytest.raises(UsageError) as caught:
        Wanted.of(**{"step": None, "seconds": None} | wrong)
    assert caught.value.field == field
