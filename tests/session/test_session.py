"""Whole sessions, as they are decoded: what the timeline says is what sounds, to the hundredth of a second."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import cache as once
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import engines_for_tests as engines
import measuring
import numpy as np
import pytest
import soundfile
from caches_for_tests import unspoken
from mutagen.wave import WAVE
from shared_for_tests import shared

import voiceguide
from voiceguide import load, plan, render
from voiceguide.errors import ExitCode, Failed, MissingError, UsageError, VoiceguideError
from voiceguide.planning.grid import GRID
from voiceguide.sound.mix import Mix
from voiceguide.store.cache import Cache

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from voiceguide.routine.model import Routine
    from voiceguide.store.entries import Entry, Kind, Payload
    from voiceguide.timeline import Timeline

SESSIONS = Path(__file__).parents[1] / "sessions"
ROLES = {
    *("title", "settle", "sounds", "gate", "ready", "recover", "turn", "oil", "pressure", "avoid", "warn"),
    *("instruction", "name", "cue", "reminder", "check_in", "switch", "press", "release", "out", "back", "last"),
    *("next", "time_left", "halfway", "last-minute", "closing"),
}
"""Of narration, as the interface names them."""
ARTICLE = (
    *("Prepare, and rest your hands", "Warm the oil", "Gentle strokes", "Circles", "Thumbs", "Knead"),
    "Closing strokes",
)
"""The steps of upper-back, in order."""
STEPS = {"evening": ["Warm the oil", "Long strokes", "Squeeze", "Thumbs"], "stops": ["Palms", "Forearms"]}
BARE = {"gate": "brief", "opening": False, "closing": False}
"""As short as a session gets."""
QUICKLY = ("--voice", "tone", "--no-opening", "--no-closing", "--gate", "brief")
"""So on the command line, by the quickest voice."""


@dataclass(frozen=True)
class Made:
    """A session that was made, and all that can be read off its file."""

    path: Path
    timeline: dict[str, Any]
    onset_tolerance: float
    """Seconds: a natural voice begins with soft consonants."""
    peak_kb: int = field(default=0)
    """Memory of the process that made it, where it had one of its own."""

    @cached_property
    def samples(self) -> NDArray[np.float32]:
        """Decoded."""
        return measuring.decoded(self.path)

    @cached_property
    def levels(self) -> NDArray[np.float64]:
        """How loud it is, millisecond by millisecond."""
        return measuring.windows_dbfs(self.samples)

    @cached_property
    def onsets(self) -> NDArray[np.float64]:
        """When something begins to sound."""
        return measuring.onsets(self.levels)

    def clips(self, role: str) -> list[dict[str, Any]]:
        """The timeline's clips of a role."""
        return [clip for clip in self.timeline["clips"] if clip["role"] == role]


def run(*arguments: str, timeout: float = 300, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [sys.executable, "-m", "voiceguide", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=timeout, **options)


def made_here(folder: Path, routine: str, tolerance: float = 0.02, **choices: Any) -> Made:
    path = folder / "session.mp3"
    timeline = render(load(SESSIONS / f"{routine}.yaml"), path, **{"voice": "tone", "quality": 9, **choices})
    return Made(path, timeline.to_json(), tolerance)


MEASURED = """
import re, resource, sys
from pathlib import Path
from voiceguide.cli import main
try:
    main(sys.argv[1:])
finally:
    status = Path("/proc/self/status")  # getrusage counts what the process was before it became this program
    found = re.search(r"VmHWM:\\s*(\\d+) kB", status.read_text()) if status.exists() else None
    print(found[1] if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
"""A program that runs the command line, then prints the most memory it ever had."""
IN_PARTS = "from voiceguide.exports import mp3; mp3.PLAIN = 60 * 44_100"
"""Before it: an MP3 is made in parts where it lasts a minute."""


def made_apart(
    folder: Path,
    routine: str,
    *arguments: str,
    tolerance: float = 0.02,
    cache: Path | None = None,
    program: str = MEASURED,
) -> Made:
    """Make a session by the command line in a process of its own, whose memory is told."""
    path, timeline = folder / "session.mp3", folder / "session.json"
    options = ("-o", str(path), "--timeline", str(timeline), *arguments)
    environment = {**os.environ, **({"VOICEGUIDE_CACHE": str(cache)} if cache else {})}
    command = [sys.executable, "-c", program, "render", routine, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    written, peak = done.stdout.split()
    assert written == str(path)
    return Made(path, json.loads(timeline.read_text("utf-8")), tolerance, int(peak))


def made_once(name: str, make: Callable[[Path], Made]) -> Made:
    """Make a session for the tests of all processes."""

    def kept(folder: Path) -> None:
        made = make(folder)
        facts = {"timeline": made.timeline, "onset_tolerance": made.onset_tolerance, "peak_kb": made.peak_kb}
        (folder / "made.json").write_text(json.dumps(facts), "utf-8")

    folder = shared(name, kept)
    return Made(folder / "session.mp3", **json.loads((folder / "made.json").read_text("utf-8")))


@once
def _evening() -> Made:
    """Sides, holds that words mark and a stop point, in the quickest voice, whose words begin to the millisecond."""
    return made_once("evening", lambda folder: made_here(folder, "evening"))


@once
def _stops() -> Made:
    """The same in the default voice, made apart; without a bed, which would hide where words begin.

    scripts/measure_matrix.py measures sessions over beds.
    """
    stops = str(SESSIONS / "stops.yaml")
    return made_once("stops", lambda folder: made_apart(folder, stops, "--bed", "none", tolerance=0.03))


OF_EACH_KIND = (
    pytest.param(lambda _: _evening(), id="evening-tone"),
    pytest.param(lambda _: _stops(), id="stops-default-voice", marks=pytest.mark.slow),
)


@pytest.fixture(scope="module", params=OF_EACH_KIND)
def made(request: pytest.FixtureRequest) -> Made:
    """Give a session of each kind, whole."""
    session: Made = request.param(None)
    return session


def test_lasts_as_long_as_the_timeline(made: Made) -> None:
    """The decoded file, and the length a player shows, are the timeline's."""
    duration = made.timeline["duration"]
    assert len(made.samples) / measuring.RATE == pytest.approx(duration, abs=0.05)
    assert measuring.mp3_seconds(made.path) == pytest.approx(duration, abs=0.01)


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="another decoder's opinion: not on every machine")
def test_lasts_as_long_for_ffmpeg(made: Made) -> None:
    """Another decoder gives as many samples."""
    command = ["ffmpeg", "-v", "error", "-i", str(made.path), "-f", "s16le", "-ac", "1", "-"]
    frames = len(subprocess.run(command, capture_output=True, check=True).stdout) // 2
    assert frames / measuring.RATE == pytest.approx(made.timeline["duration"], abs=0.05)


def test_tells_its_chapters(made: Made) -> None:
    """Every chapter of the timeline is in the tags, in order, and they tile the session."""
    tagged, planned = measuring.tagged_chapters(made.path), made.timeline["chapters"]
    assert [title for title, _, _ in tagged] == [chapter["title"] for chapter in planned]
    for (_, start, end), chapter in zip(tagged, planned, strict=True):
        assert (start, end) == pytest.approx((chapter["start"], chapter["end"]), abs=0.02)
    assert (planned[0]["start"], planned[-1]["end"]) == (0, made.timeline["duration"])
    assert all(before["end"] == after["start"] for before, after in pairwise(planned))


def test_speaks_when_it_says(made: Made) -> None:
    """Every narration clip that nothing masks sounds at its start, read off the file alone."""
    clear = measuring.unmasked(made.timeline)
    assert len(clear) >= 9
    early, late = -made.onset_tolerance, made.onset_tolerance
    for clip in clear:
        sounds = measuring.onset_near(made.onsets, clip["start"])
        assert early <= sounds - clip["start"] <= late, (clip, sounds)


def test_greets_at_once(made: Made) -> None:
    """The first word is heard within five seconds."""
    assert made.timeline["clips"][0]["role"] == "title"
    assert made.onsets[0] <= 5


def test_never_leaves_you_alone(made: Made) -> None:
    """No stretch of more than a minute goes by without a voice or a sound."""
    assert measuring.longest_quiet(made.timeline) <= 60
    assert measuring.longest_hush(made.levels) <= 60 + 3  # a sound's tail falls below the threshold before its end


def test_speaks_at_one_level(made: Made) -> None:
    """Every take of 1.5 s or more stands at -16 LUFS, as it is decoded."""
    takes = [clip for clip in measuring.unmasked(made.timeline) if clip["end"] - clip["start"] >= 1.5]
    levels = {clip["text"]: measuring.lufs(made.samples, clip["start"], clip["end"]) for clip in takes}
    assert len(levels) >= 7
    assert levels == pytest.approx(dict.fromkeys(levels, -16.0), abs=0.5)


def test_stays_below_full_scale(made: Made) -> None:
    """The true peak stays at -1 dBTP or below after decoding."""
    assert measuring.true_peak_dbtp(made.samples) <= -1


def test_is_never_dead(made: Made) -> None:
    """A pause is faint room tone, not digital zero."""
    assert measuring.digital_silence(made.samples) < 0.001


def test_tells_the_truth_in_the_timeline(made: Made) -> None:
    """Clips are sorted, inside the session and in roles the interface names; narration never overlaps itself."""
    timeline = made.timeline
    clips = timeline["clips"]
    assert [clip["start"] for clip in clips] == sorted(clip["start"] for clip in clips)
    assert all(0 <= clip["start"] < clip["end"] <= timeline["duration"] for clip in clips)
    narration = [clip for clip in clips if clip["track"] == "narration"]
    assert {clip["role"] for clip in narration} <= ROLES
    for before, after in pairwise(narration):
        assert before["end"] <= after["start"] + 1e-6, (before, after)
    for clip in narration:
        assert clip["text"] == " ".join(sentence["text"] for sentence in clip["sentences"])
        assert not re.search(r"[\[\]{}]", clip["text"])
        assert clip["sentences"][0]["start"] == clip["start"]
        assert clip["sentences"][-1]["end"] == clip["end"]
    assert all(clip["role"] == clip["sound"] for clip in clips if clip["track"] == "chime")
    assert not timeline["estimated"]


def test_gives_both_sides_the_same(made: Made) -> None:
    """The slots of a step are equally long in the timeline."""
    for chapter in made.timeline["chapters"]:
        spans = [slot["end"] - slot["start"] for slot in chapter["slots"]]
        assert spans == pytest.approx(spans[:1] * len(spans), abs=1e-5)


def test_plays_the_steps(made: Made) -> None:
    """They are there, in order, numbered from 1."""
    chapters = [(chapter["step"], chapter["title"]) for chapter in made.timeline["chapters"]]
    assert chapters[1:-1] == list(enumerate(STEPS[made.timeline["routine"]], 1))
    assert [step for step, _ in (chapters[0], chapters[-1])] == [None, None]


def test_the_article_is_as_long_as_it_says() -> None:
    """Its seven steps are there, in order, and its named lengths are exact."""
    for length, seconds in (("short", 540), ("full", 1200)):
        timeline = plan(load("upper-back"), voice="tone", length=length)
        assert [(chapter.step, chapter.title) for chapter in timeline.chapters[1:-1]] == list(enumerate(ARTICLE, 1))
        assert timeline.duration == pytest.approx(seconds, abs=1e-6)


def test_fits_in_memory(made: Made) -> None:
    """A whole render with the default voice takes at most 450 MB."""
    if not made.peak_kb:
        pytest.skip("made in the tests' own process")
    assert 20 * 1024 <= made.peak_kb <= 450 * 1024


# -- sides and holds, read off the file ---------------------------------------------------------------------------


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(lambda folder: made_here(folder, "sides", **BARE, length="3m"), id="three-in-3m"),
        pytest.param(lambda folder: made_here(folder, "legs", **BARE), id="a-group"),
        *OF_EACH_KIND,
    ],
)
def sided(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Give a session with sides."""
    session: Made = request.param(tmp_path_factory.mktemp("sided"))
    return session


def _from_to(made: Made, slot: dict[str, Any]) -> tuple[float, float] | None:
    """When a slot's instruction begins and when what follows the slot does, read off the file; None if unmarked."""
    clips = made.timeline["clips"]
    ends = [clip for clip in clips if clip["role"] in {"switch", "ready"} and abs(clip["start"] - slot["end"]) < 1e-5]
    if not ends:
        return None
    return measuring.onset_near(made.onsets, slot["start"]), measuring.onset_near(made.onsets, slot["end"])


def test_sides_sound_equally_long(sided: Made) -> None:
    """From the instruction's onset to the onset of the switch sound (or the stop point's words): each side alike."""
    # A voice begins where its consonant does; what is read off may differ by that between the sides.
    tolerance = 0.02 if sided.onset_tolerance <= 0.02 else 0.03
    compared = 0
    by_step: dict[int, list[float]] = {}
    for chapter in sided.timeline["chapters"]:
        for slot in chapter["slots"]:
            span = _from_to(sided, slot)
            if slot["side"] is not None and span is not None:
                assert span[1] - span[0] == pytest.approx(slot["end"] - slot["start"], abs=0.05)
                by_step.setdefault(chapter["step"], []).append(span[1] - span[0])
    for spans in by_step.values():
        assert max(spans) - min(spans) <= tolerance
        compared += len(spans) > 1
    assert compared


def test_press_and_release_sound_when_they_should(sided: Made) -> None:
    """Every hold is marked: at the press and at the release something begins to sound, on every side alike."""
    rounds = [r for chapter in sided.timeline["chapters"] for slot in chapter["slots"] for r in slot.get("rounds", ())]
    assert rounds
    for phases in rounds:
        for at in (phases["press"][0], phases["release"][0]):
            sounds = measuring.onset_near(sided.onsets, at)
            assert sounds - at == pytest.approx(0, abs=0.03), (at, sounds)
        assert phases["press"][1] == phases["release"][0]
    for chapter in sided.timeline["chapters"]:
        laid = [
            [round(time - slot["start"], 5) for r in slot["rounds"] for time in (*r["press"], *r["release"])]
            for slot in chapter["slots"]
            if "rounds" in slot
        ]
        assert all(side == pytest.approx(laid[0], abs=1e-4) for side in laid)


def test_sided_totals(sided: Made) -> None:
    """The whole is as long as the timeline says, and a total asked for is kept."""
    assert len(sided.samples) / measuring.RATE == pytest.approx(sided.timeline["duration"], abs=0.05)
    if sided.timeline["length"] == "3m":
        assert sided.timeline["duration"] == pytest.approx(180, abs=1e-6)


def test_steps_lie_on_the_frame_grid(sided: Made) -> None:
    """Every chapter starts on a whole MP3 frame, and no tail is longer than two."""
    for chapter in sided.timeline["chapters"]:
        frames = chapter["start"] / GRID
        assert frames == pytest.approx(round(frames), abs=1e-3)


def test_numbers_a_groups_steps_alike_on_every_side(tmp_path: Path) -> None:
    """A group's chapters: one a step and side, the same numbers on every side, and the group's name."""
    timeline = plan(load(SESSIONS / "legs.yaml"), voice="tone", **BARE).to_json()
    assert [(c["step"], c["group"], [s["side"] for s in c["slots"]]) for c in timeline["chapters"][1:]] == [
        (1, "One leg", ["left"]),
        (2, "One leg", ["left"]),
        (1, "One leg", ["right"]),
        (2, "One leg", ["right"]),
        (3, None, [None]),
    ]
    switches = [c for c in timeline["clips"] if c["role"] == "switch" and c["track"] == "narration"]
    assert [(c["step"], c["side"], c["text"]) for c in switches] == [(2, "right", "Go round to the right leg.")]


# -- the same again ---------------------------------------------------------------------------------------------------


def test_a_plan_after_the_render_is_measured(tmp_path: Path) -> None:
    """Before it is spoken a plan is estimated, afterwards it is the very timeline."""
    routine = load(SESSIONS / "sides.yaml")
    assert plan(routine, voice="tone", **BARE).estimated
    timeline = render(routine, tmp_path / "a.wav", voice="tone", **BARE)
    assert plan(routine, voice="tone", **BARE) == timeline
    assert not timeline.estimated


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Timeline]:
    """Give a function that renders, but for the audio, with what is cached under a name, and returns the timeline."""
    engines.register(monkeypatch)
    monkeypatch.setattr("voiceguide.session.narrate.Narrator.takes", lambda *_arguments: {})
    monkeypatch.setattr("voiceguide.sound.mix.Mix", lambda *_arguments, made=Mix, **_options: made((), 1.0, {}, {}))
    monkeypatch.setattr("voiceguide.session.writing.Target.write", lambda *_arguments, **_options: None)

    def laid(cached: str, routine: Routine, **choices: Any) -> Timeline:
        monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(tmp_path / cached)))
        return render(routine, tmp_path / "a.wav", **choices)

    return laid


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["drawling", "hasty"])
def test_what_is_cached_never_decides_whose_steps_are_played(voice: str, laid: Callable[..., Timeline]) -> None:
    """Near the least total of full's steps an estimate cannot tell: a cold render decides as a warm one does."""
    routine = load(SESSIONS / "longer.yaml")
    chosen = {**BARE, "voice": voice}
    below, above = 20.0, 200.0  # seconds between which it lies, by estimate
    while above - below > 0.1:
        middle = (below + above) / 2
        try:
            is_full = len(plan(routine, length=f"{middle:.2f}s", **chosen).chapters) == 3
        except UsageError:  # too short for either
            is_full = False
        below, above = (below, middle) if is_full else (middle, above)
    laid("warm", routine, length="full", **chosen)
    played = set()
    # What is spoken lasts 1.9 s more or less than estimated, and 1.3 s of that are of full's own words.
    for number, offset in enumerate((-2.6, -1.4, 1.4, 2.6)):
        total = round(above + offset, 1)
        first = laid(f"cold-{number}", routine, length=f"{total}s", **chosen)
        assert first == laid("warm", routine, length=f"{total}s", **chosen)
        assert first == laid(f"cold-{number}", routine, length=f"{total}s", **chosen)
        assert first.duration == pytest.approx(total)
        played.add(len(first.chapters))
    assert played == {2, 3}


def test_what_is_cached_never_decides_the_minutes(laid: Callable[..., Timeline]) -> None:
    """Where the spoken length of the session rounds either way, a cold render says what a warm one does."""
    routine = load(SESSIONS / "sides.yaml")
    chosen = {"gate": "brief", "voice": "drawling"}
    to_the_edge = (15 - plan(routine, linger=0.0, **chosen).duration) % 30  # where "5" become "5 and a half"
    said = set()
    for number, earlier in enumerate((-0.5, 0.9, 2.1)):
        linger = (to_the_edge - earlier) % 30
        first, second = (laid(f"cold-{number}", routine, linger=linger, **chosen) for _ in range(2))
        assert first == second
        said.add(first.clips[0].text)
    assert len(said) >= 2


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> type[engines.Counting]:
    """Register a voice that counts."""
    engines.register(monkeypatch)
    engines.Counting.spoken.clear()
    return engines.Counting


def test_speaks_nothing_twice(counting: type[engines.Counting], tmp_path: Path) -> None:
    """A second render speaks nothing; after one sentence was edited it speaks that sentence; both are told."""
    source = tmp_path / "sides.yaml"
    source.write_text((SESSIONS / "sides.yaml").read_text("utf-8"), "utf-8")
    told: list[tuple[str, int, int]] = []

    def made(name: str) -> list[str]:
        counting.spoken.clear()
        told.clear()
        render(
            load(source),
            tmp_path / name,
            voice="counting",
            progress=lambda stage, done, total: told.append((stage, done, total)),
            **BARE,
        )
        assert sum(stage == "speaking" for stage, _, _ in told) == counting.spoken.total()
        return sorted(counting.spoken.elements())

    first = made("1.wav")
    assert len(first) == len(set(first)) > 10
    assert told[-1][0] == "encoding"
    assert told[-1][1] == told[-1][2]
    assert made("2.wav") == []
    source.write_text(source.read_text("utf-8").replace("Now the {side}.", "And now the {side}."), "utf-8")
    assert made("3.wav") == ["And now the middle.", "And now the right."]


# -- what goes wrong --------------------------------------------------------------------------------------------------


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give a file that is there already, and must stay as it is."""
    path = tmp_path / "out" / "session.mp3"
    path.parent.mkdir()
    path.write_bytes(b"kept")
    return path


def untouched(target: Path) -> bool:
    """Say whether the target is as it was, with nothing beside it."""
    return target.read_bytes() == b"kept" and list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("failing", "the sound card is on fire"),
        ("silent", "silence"),
        ("hanging", "hangs"),
    ],
)
def test_a_voice_that_fails_is_named(engine: str, words: str, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that fails, gives silence or hangs ends the render, told with the sentence and what to do."""
    from voiceguide.session.narrate import Narrator

    engines.register(monkeypatch)
    monkeypatch.setitem(Narrator.__init__.__kwdefaults__, "watchdog", lambda _estimate: 3.0)
    with pytest.raises(Failed, match=re.escape(engines.FAILS_AT)) as raised:
        render(load(SESSIONS / "sides.yaml"), target, voice=engine, overwrite=True, **BARE)
    assert words in str(raised.value)
    assert f"{engine}:steady" in str(raised.value)
    assert raised.value.exit_code is ExitCode.FAILED
    assert untouched(target)


def test_a_voice_that_is_not_installed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A known engine that is not installed comes with its fix."""
    engines.register(monkeypatch)
    with pytest.raises(MissingError, match="pip install absent-voice") as raised:
        render(load(SESSIONS / "sides.yaml"), target, voice="absent", overwrite=True)
    assert raised.value.exit_code is ExitCode.MISSING
    assert untouched(target)


def test_a_full_disk(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while the audio is written leaves what was there, and says so."""
    render(load(SESSIONS / "sides.yaml"), target.with_name("first.wav"), voice="tone", **BARE)
    target.with_name("first.wav").unlink()
    written = os.write
    room = 100_000

    def full(number: int, data: bytes) -> int:
        nonlocal room
        room -= len(data)
        if room < 0:
            raise OSError(28, "No space left on device")
        return written(number, data)

    monkeypatch.setattr("voiceguide.store.files.os.write", full)
    with pytest.raises(Failed, match="disk is full") as raised:
        render(load(SESSIONS / "sides.yaml"), target, voice="tone", overwrite=True, quality=9, **BARE)
    assert str(target) in str(raised.value)
    monkeypatch.undo()
    assert untouched(target)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such limit")
def test_a_file_that_may_not_grow(target: Path) -> None:
    """Neither audio nor cache may grow: exit 1, the target as it was, no traceback."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    arguments = ("render", str(SESSIONS / "sides.yaml"), *QUICKLY, "-o", str(target), "--overwrite")
    done = run(*arguments, preexec_fn=limit)
    assert done.returncode == 1, done.stderr
    assert "Error:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert untouched(target)


@pytest.fixture
def slow_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Register the tests' engines for child processes; the file tells when the slow one has begun."""
    engines.install(tmp_path)
    began = tmp_path / "began"
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), str(SESSIONS.parent))))
    monkeypatch.setenv("SLOW_ENGINE_BEGAN", str(began))
    return began


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
@pytest.mark.parametrize(("stage", "stop"), [("speaking", "SIGHUP"), ("encoding", "SIGTERM"), ("encoding", "SIGKILL")])
def test_a_render_that_is_stopped(stage: str, stop: str, target: Path, slow_voice: Path) -> None:
    """Asked to end, it does with 130 and one line; killed, as it must. The target stays as it was."""
    voice = "slow" if stage == "speaking" else "tone"
    command = [sys.executable, "-m", "voiceguide", "render", str(SESSIONS / "sides.yaml"), "--voice", voice]
    choices = ["--no-opening", "--gate", "brief", "--linger", "2h", "-o", str(target), "--overwrite"]
    process = subprocess.Popen([*command, *choices], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = ""
    for line in process.stderr:
        said = line
        if line.startswith(stage.capitalize()):
            break
    else:
        pytest.fail(f"it never came to {stage}: {said}")
    while stage == "speaking" and not slow_voice.exists():
        assert process.poll() is None
    process.send_signal(getattr(signal, stop))
    _, rest = process.communicate(timeout=30)
    assert target.read_bytes() == b"kept"
    if stop == "SIGKILL":
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == ExitCode.INTERRUPTED
        assert rest.strip() == "Interrupted: nothing was written."
        assert untouched(target)


@pytest.mark.slow
def test_a_hanging_voice_does_not_keep_the_process(target: Path, slow_voice: Path) -> None:
    """The process ends with 1 though a thread of the engine's never does."""
    shortened = (
        "from voiceguide.session.narrate import Narrator; "
        "Narrator.__init__.__kwdefaults__['watchdog'] = lambda _: 3.0; "
        "import sys; from voiceguide.cli import main; main()"
    )
    arguments = ["render", str(SESSIONS / "sides.yaml"), "--voice", "hanging", "-o", str(target), "--overwrite"]
    command = [sys.executable, "-c", shortened, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert engines.FAILS_AT in done.stderr
    assert "Traceback" not in done.stderr
    assert untouched(target)


@pytest.mark.parametrize(
    ("choices", "kind"),
    [
        ({"length": "3s"}, UsageError),
        ({"length": "forever"}, UsageError),
        ({"voice": "nobody"}, UsageError),
        ({"without": ("Nothing",)}, UsageError),
        ({"setup": "floating"}, UsageError),
        ({"language": "klingon"}, UsageError),
        ({"language": "de"}, VoiceguideError),
        ({"gate": "none"}, UsageError),
        ({"talk": "loud"}, UsageError),
        ({"bed": "no-such-bed"}, UsageError),
        ({"pace": 900}, UsageError),
        ({"bitrate": 129}, UsageError),
        ({"quality": 11}, UsageError),
    ],
    ids=str,
)
def test_cheap_faults_come_before_the_first_word(
    choices: dict[str, Any], kind: type[VoiceguideError], counting: type[engines.Counting], tmp_path: Path
) -> None:
    """What is wrong with the choices is found before anything is spoken or written."""
    with pytest.raises(kind):
        render(load(SESSIONS / "evening.yaml"), tmp_path / "a.mp3", **{"voice": "counting", **choices})
    assert not counting.spoken
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.txt", "a", "nowhere/a.mp3", "a.ogg2", "CON.mp3"])
def test_a_name_that_cannot_be_written_comes_first(name: str, counting: type[engines.Counting], tmp_path: Path) -> None:
    """So is what is wrong with the file's name."""
    with pytest.raises(UsageError):
        render(load(SESSIONS / "sides.yaml"), tmp_path / name, voice="counting")
    assert not counting.spoken


def test_an_existing_file_is_refused(counting: type[engines.Counting], target: Path) -> None:
    """A file that is there stays, unless `overwrite` says otherwise."""
    with pytest.raises(UsageError, match="overwrite"):
        render(load(SESSIONS / "sides.yaml"), target, voice="counting")
    assert not counting.spoken
    assert untouched(target)


def test_a_broken_sound_of_the_authors_comes_first(counting: type[engines.Counting], tmp_path: Path) -> None:
    """So is a sound beside the routine that is none."""
    (tmp_path / "gong.wav").write_bytes(b"this is no sound")
    (tmp_path / "gong.yaml").write_text(
        "title: Gong\nsummary: A broken gong.\nsteps: [{name: One, say: Lie down., duration: 20s, chime: gong.wav}]\n"
    )
    with pytest.raises(VoiceguideError, match=r"gong\.wav"):
        render(load(tmp_path / "gong.yaml"), tmp_path / "a.mp3", voice="counting")
    assert not counting.spoken
    assert not (tmp_path / "a.mp3").exists()


# -- choices ----------------------------------------------------------------------------------------------------------


def test_frame_choices() -> None:
    """Without opening the gate stays; without closing no end sound rings; skip-safety leaves the brief gate."""
    routine = load(SESSIONS / "evening.yaml")

    def roles(**choices: Any) -> list[str]:
        timeline = plan(routine, voice="tone", **choices).to_json()
        return list(dict.fromkeys(clip["role"] for clip in timeline["clips"]))

    whole = roles()
    assert whole[0] == "title"
    assert whole[-1] == "end"
    bare = roles(opening=False, closing=False)
    assert bare[0] == "gate"
    assert not {"title", "settle", "closing", "end"} & set(bare)
    full, brief = (plan(routine, voice="tone", gate=gate).on("narration") for gate in ("full", "brief"))
    skipped = plan(routine, voice="tone", safety=False).on("narration")
    assert [c.text for c in skipped] == [c.text for c in brief]
    assert sum(c.role == "gate" for c in brief) < sum(c.role == "gate" for c in full)


def test_opening_and_closing_are_left_out_each_by_itself(laid: Callable[..., Timeline]) -> None:
    """Without the one the other is all there, planned as rendered; what is said in between stays."""
    routine = load(SESSIONS / "evening.yaml")
    for made in (plan, partial(laid, "cached")):
        whole, unopened, unclosed = (
            made(routine, voice="tone", **choices) for choices in ({}, {"opening": False}, {"closing": False})
        )
        roles = [{clip.role for clip in timeline.clips} for timeline in (whole, unopened, unclosed)]
        assert roles[0] - roles[1] == {"title", "settle"}
        assert roles[0] - roles[2] == {"closing", "end"}
        assert (unopened.choices["opening"], unopened.choices["closing"]) == (False, True)
        assert (unclosed.choices["opening"], unclosed.choices["closing"]) == (True, False)


def test_without_a_step_the_total_stays() -> None:
    """A step is left out by name or number, counted before leaving out; a total asked for is kept."""
    routine = load(SESSIONS / "evening.yaml")
    by_name = plan(routine, voice="tone", without="squeeze", length="6m")
    by_number = plan(routine, voice="tone", without=(3,), length="6m")
    assert by_name.chapters == by_number.chapters
    assert [chapter.title for chapter in by_name.chapters[1:-1]] == ["Warm the oil", "Long strokes", "Thumbs"]
    assert [chapter.step for chapter in by_name.chapters[1:-1]] == [1, 2, 3]
    assert by_name.duration == pytest.approx(360)
    assert by_number.to_json()["choices"]["without"] == ["3"]


def test_a_bundled_routine_keeps_its_total_without_a_step() -> None:
    """A named length's total stays too."""
    timeline = plan(load("upper-back"), voice="tone", without=("Circles",))
    assert timeline.duration == pytest.approx(540)
    assert "Circles" not in {chapter.title for chapter in timeline.chapters}


def test_the_bed_is_the_listeners_else_the_routines_else_the_default(tmp_path: Path) -> None:
    """A bed lies under every session unless somebody says none, and lingers after the end sound."""
    plain = tmp_path / "plain.yaml"
    plain.write_text(
        "title: Plain\nsummary: One step.\nsteps:\n  - {name: Rest, say: Rest your hands., duration: 20s}\n",
        encoding="utf-8",
    )
    rainy = tmp_path / "rainy.yaml"
    rainy.write_text(f"bed: rain\n{plain.read_text(encoding='utf-8')}", encoding="utf-8")
    beds = {
        (path.stem, asked): plan(load(path), voice="tone", bed=asked).bed
        for path in (plain, rainy)
        for asked in (None, "ocean", "none")
    }
    assert beds == {
        ("plain", None): "warm-pad",
        ("plain", "ocean"): "ocean",
        ("plain", "none"): None,
        ("rainy", None): "rain",
        ("rainy", "ocean"): "ocean",
        ("rainy", "none"): None,
    }
    timeline = plan(load(plain), voice="tone")
    end = [clip for clip in timeline.clips if clip.role == "end"][-1]
    assert timeline.duration - end.end == pytest.approx(5, abs=2 * GRID)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.mp3", b"", "damaged"),
        ("disguised.mp3", b"<!DOCTYPE html><title>Not found</title>", "damaged"),
        ("broken.flac", b"fLaC" + bytes(300), "damaged"),
        ("list.m4a", b"#EXTM3U\nsong.mp3\n", "damaged"),
        ("silent.wav", "silence", "silence"),
        ("short.wav", "short", "at least 2 s"),
        ("long.wav", "long", "at most 3 s"),
        ("folder.ogg", None, "found none"),
    ],
)
def test_music_that_cannot_be_played_comes_before_the_first_word(
    name: str,
    content: bytes | str | None,
    said: str,
    counting: type[engines.Counting],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is one message that names the file, before anything is spoken or written."""
    music = tmp_path / name
    tone = 0.1 * np.sin(np.arange(4 * 44_100)[:, None] * 0.05)
    match content:
        case bytes():
            music.write_bytes(content)
        case None:
            music.mkdir()
        case _:
            sounds = {"silence": 0 * tone[: 3 * 44_100], "short": tone[:44_100], "long": tone}
            soundfile.write(music, sounds[content], 44_100)
    monkeypatch.setattr("voiceguide.sound.bed.LONGEST", 3.0)
    with pytest.raises(VoiceguideError, match=said) as raised:
        render(load(SESSIONS / "sides.yaml"), tmp_path / "a.mp3", voice="counting", bed=str(music))
    assert raised.value.exit_code in (ExitCode.FAILED, ExitCode.USAGE)
    assert name in str(raised.value)
    assert "\n" not in str(raised.value)
    assert not counting.spoken
    assert not (tmp_path / "a.mp3").exists()


def _minutes(path: Path, *, edited: bool = False) -> Path:
    """Write a routine of three steps of 46 s; `edited` changes a word in the middle of the second."""
    lines = ["title: Three steps", "summary: Three steps.", "steps:"]
    for number, name in enumerate(("One", "Two", "Three")):
        word = "warm" if edited and number == 1 else "soft"
        cue = f"{{at: 25s, say: Keep both hands quite {word} for step {name}.}}"
        lines.append(f"  - {{name: {name}, say: Glide slowly {number} times., duration: 46s, cues: [{cue}]}}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_an_edit_encodes_again_only_what_it_touches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same takes give the same bytes, by any number of threads, cached or not; an edit costs its own section.

    Over a bed, which steps back for the words that are edited; a short one, as it is decoded for each cache.
    """
    bed = tmp_path / "bed.wav"
    soundfile.write(bed, np.random.default_rng(0).normal(0, 0.05, (4 * measuring.RATE, 2)), measuring.RATE)
    encoded: list[str] = []
    spoken: list[str] = []
    put = Cache.put

    def counted(self: Cache, kind: Kind, key: str, payload: Payload, meta: Mapping[str, Any]) -> Entry:
        (encoded if kind == "sections" else spoken if kind == "sentences" else []).append(key)
        return put(self, kind, key, payload, meta)

    monkeypatch.setattr(Cache, "put", counted)
    monkeypatch.setattr("voiceguide.exports.mp3.PLAIN", 60 * measuring.RATE)

    def made(name: str, routine: Path, cache: str, threads: int) -> tuple[bytes, int, int]:
        monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(tmp_path / cache)))
        encoded.clear()
        spoken.clear()
        choices = {**BARE, "voice": "tone", "bed": str(bed), "quality": 9, "threads": threads}
        render(load(routine), tmp_path / name, **choices)
        return (tmp_path / name).read_bytes(), len(encoded), len(spoken)

    plain, edited = _minutes(tmp_path / "plain.yaml"), _minutes(tmp_path / "edited.yaml", edited=True)
    first, sections, sentences = made("first.mp3", plain, "one", 2)
    assert sections >= 5
    assert sentences >= 9
    assert made("again.mp3", plain, "one", 2) == (first, 0, 0)
    changed, some, one = made("edited.mp3", edited, "one", 2)
    assert changed != first
    assert one == 1, "only the sentence that was edited is spoken"
    assert 1 <= some <= 2, "only the sections that it touches are encoded"
    assert made("anew.mp3", edited, "two", 1) == (changed, sections, sentences)


@pytest.mark.slow
def test_a_short_session_is_the_plain_stream_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under four minutes nothing is gained by parts: one stream, whatever is cached and the threads; none is cached."""
    routine = tmp_path / "short.yaml"
    step = "{name: Lean, sides: [left, right], say: 'Lean on the {side}.', duration: 14s, hold: {press: 5s}}"
    routine.write_text(f"title: Two sides\nsummary: One step.\nsteps: [{step}]\n", "utf-8")
    files = []
    for number, (cached, threads) in enumerate((("one", 1), ("one", 3), ("two", 3))):
        monkeypatch.setenv("VOICEGUIDE_CACHE", str(unspoken(tmp_path / cached)))
        path = tmp_path / f"{number}.mp3"
        render(load(routine), path, **BARE, voice="tone", bed="none", quality=9, threads=threads)
        files.append(path.read_bytes())
    assert files[0] == files[1] == files[2]
    assert [path.name for path in tmp_path.rglob("*.entry") if path.parent.name == "sections"] == []
    assert list(tmp_path.rglob("*.entry"))


def test_bowls_under_bowls_are_warned_of(tmp_path: Path) -> None:
    """The bed that sounds like the chimes plays, and the listener is told, by the choice where it was one."""
    told: list[str] = []
    own = tmp_path / "own.yaml"
    own.write_text((SESSIONS / "sides.yaml").read_text("utf-8").replace("bed: none", "bed: bowls"), "utf-8")
    plan(load(SESSIONS / "sides.yaml"), voice="tone", bed="bowls", warn=told.append)
    plan(load(SESSIONS / "sides.yaml"), voice="tone", bed="rain", warn=told.append)
    plan(load(own), voice="tone", warn=told.append)
    chosen, routine_s = told
    assert routine_s.startswith('the bed "bowls" sings')
    assert chosen == f"bed: {routine_s}"


@pytest.mark.slow
def test_without_the_voice_everything_else_is_where_it_was(tmp_path: Path) -> None:
    """What the voice leaves out is the voice: chimes and a bed that steps back for it stay to the sample."""
    whole, voiceless = tmp_path / "whole.wav", tmp_path / "voiceless.wav"
    timeline = render(load(SESSIONS / "sides.yaml"), whole, voice="tone", bed="rain", **BARE)
    silent = render(load(SESSIONS / "sides.yaml"), voiceless, voice="tone", bed="rain", without_voice=True, **BARE)
    assert silent == timeline
    assert timeline.loudness is not None
    assert silent.loudness is not None
    assert silent.loudness < timeline.loudness
    assert "TXXX:REPLAYGAIN_TRACK_GAIN" not in WAVE(voiceless).tags
    voice = soundfile.read(whole)[0] - soundfile.read(voiceless)[0]
    heard = np.zeros(len(voice), dtype=bool)
    for clip in timeline.clips:
        if clip.track == "narration":
            heard[round((clip.start - 0.01) * 44_100) : round((clip.end + 0.2) * 44_100)] = True
    assert np.abs(voice[heard]).max() > 0.05
    assert np.abs(voice[~heard]).max() < 1e-6


def test_chimes_are_softer_or_left_out_and_nothing_else_changes(tmp_path: Path) -> None:
    """By the decibels asked for; left out, only the bowls that end the session are heard. No word or time moves."""
    asked: dict[str, Any] = {"voice": "tone", "bed": "none", "gate": "brief", "opening": False}
    made = {
        level: render(load(SESSIONS / "sides.yaml"), tmp_path / f"{level}.wav", **asked, chime_level=level)
        for level in (None, -12, "none")
    }
    usual, softer, none = (measuring.decoded(tmp_path / f"{level}.wav") for level in made)
    words = made[None].on("narration")
    chimes = [
        clip for clip in made[None].on("chime") if not any(w.start < clip.end and clip.start < w.end for w in words)
    ]
    assert {clip.role for clip in chimes} == {"step", "press", "release", "end"}
    for clip in chimes:
        at = (clip.start, min(clip.end, clip.start + 1.0))
        assert measuring.level_dbfs(softer, *at) - measuring.level_dbfs(usual, *at) == pytest.approx(-12, abs=0.5)
        assert (measuring.level_dbfs(none, *at) > -50) == (clip.role == "end")
    assert made["none"].on("narration") == made[-12].on("narration") == words
    assert [clip.role for clip in made["none"].on("chime")] == ["end"]
    assert made["none"].chapters == made[-12].chapters == made[None].chapters
    assert made[-12].on("chime") == made[None].on("chime")


def _as_without(
    folder: Path, routine: str, **choices: Any
) -> tuple[Timeline, NDArray[np.float32], NDArray[np.float32]]:
    """Render a session without these choices, then with them; return the timeline, the same for both, and both sounds.

    Both come from one cache and are lossless.
    """
    common = {**BARE, "voice": "tone", "bed": choices.pop("bed", None)}
    without = render(load(SESSIONS / f"{routine}.yaml"), folder / "without.wav", **common)
    chosen = render(load(SESSIONS / f"{routine}.yaml"), folder / "with.wav", **common, **choices)
    assert replace(chosen, loudness=None) == replace(without, loudness=None)
    return without, measuring.decoded(folder / "without.wav"), measuring.decoded(folder / "with.wav")


def test_in_a_room_the_voice_rings_on_after_its_words(tmp_path: Path) -> None:
    """Where only room tone followed a clip's words they ring on, softly, for a third of a second; no time moves."""
    timeline, dry, wet = _as_without(tmp_path, "stops", room=True)
    voice, sounds = timeline.on("narration"), [clip for clip in timeline.clips if clip.track != "bed"]
    last = [clip for clip in voice if not any(c.start < clip.end + 1 and c.end > clip.end for c in sounds)]
    assert len(last) >= 6
    for clip in last:
        said, rung = (clip.start, clip.end), (clip.end + 0.02, clip.end + 0.15)
        assert measuring.level_dbfs(dry, *rung) < -60
        assert -30 < measuring.level_dbfs(wet, *rung) - measuring.level_dbfs(wet, *said) < -10
        assert measuring.level_dbfs(wet, *said) == pytest.approx(measuring.level_dbfs(dry, *said), abs=3)
        over = slice(*(round((clip.end + after) * measuring.RATE) for after in (0.33, 1.0)))
        assert np.array_equal(wet[over], dry[over])
    assert np.array_equal(wet[: measuring.RATE], dry[: measuring.RATE]), "before the first word"


@pytest.mark.slow
def test_a_voice_that_settles_grows_softer_step_by_step_and_the_bed_with_it(tmp_path: Path) -> None:
    """By what was asked in the middle, half more in the last step, where the bed is as much softer; no time moves."""
    timeline, plain, settled = _as_without(tmp_path, "legs", settle=6.0, bed="rain")

    def softer_by(start: float, end: float) -> float:
        return measuring.level_dbfs(plain, start, end) - measuring.level_dbfs(settled, start, end)

    gates, instructions = ([c for c in timeline.on("narration") if c.role == role] for role in ("gate", "instruction"))
    voice = [gates[0], *instructions]
    gate, first, second, third, fourth, last = (softer_by(clip.start, clip.end) for clip in voice)
    assert (gate, first, third, fourth, last) == pytest.approx((0, 0, 6, 6, 9), abs=0.1)
    assert 1 < second < 5
    assert softer_by(voice[-1].end + 1.5, timeline.duration) == pytest.approx(9, abs=0.1), "the bed alone"


def test_linger_is_room_tone(tmp_path: Path) -> None:
    """Without a bed a session goes on as long after the end sound, as room tone; or as long as is asked."""
    plain = plan(load(SESSIONS / "sides.yaml"), voice="tone")
    longer = plan(load(SESSIONS / "sides.yaml"), voice="tone", linger=7.5)
    assert plain.clips[-1].role == "end"
    assert plain.duration - plain.clips[-1].end == pytest.approx(5, abs=2 * GRID)
    assert longer.duration - plain.duration == pytest.approx(2.5, abs=1e-6)


def test_calm_and_minimal_keep_the_slots() -> None:
    """However little is said, chapters and slots stay where they are; minimal names the steps."""
    routine = load(SESSIONS / "evening.yaml")
    full, minimal = (plan(routine, voice="tone", talk=talk, **BARE) for talk in ("full", "minimal"))
    spans = [[slot.end - slot.start for chapter in t.chapters for slot in chapter.slots] for t in (full, minimal)]
    assert spans[0] == pytest.approx(spans[1], abs=1e-6)
    named = [clip.text for clip in minimal.on("narration") if clip.role == "name"]
    assert named == ["Warm the oil", "Long strokes", "Squeeze", "Squeeze", "Thumbs", "Thumbs"]
    assert not {"instruction", "cue", "reminder", "pressure", "next"} & {clip.role for clip in minimal.on("narration")}


# -- the library ------------------------------------------------------------------------------------------------------


def test_public_names() -> None:
    """The library offers what the interface names, and its errors carry an exit code."""
    errors = {"RoutineError", "UsageError", "VoiceguideError"}
    assert set(voiceguide.__all__) == errors | {"Routine", "load", "plan", "preview", "render", "say"}
    assert {name: code.value for name, code in ExitCode.__members__.items()} == {
        "DONE": 0,
        "FAILED": 1,
        "USAGE": 2,
        "ROUTINE": 3,
        "MISSING": 4,
        "PARTLY": 5,
        "INTERRUPTED": 130,
    }
    with pytest.raises(voiceguide.VoiceguideError) as raised:
        voiceguide.load("no-such-routine")
    assert raised.value.exit_code == 2
    with pytest.raises(AttributeError):
        voiceguide.nothing  # noqa: B018 (looking it up is the test)


def test_signatures() -> None:
    """Every argument the interface names is there, by keyword, with its default."""
    from inspect import Parameter, signature

    common = {
        "length": "short",
        "voice": None,
        "pace": 135,
        "talk": "full",
        "language": None,
        "setup": None,
        "without": (),
        "opening": True,
        "closing": True,
        "gate": "auto",
        "bed": None,
    }
    for function, positional, named in (
        (voiceguide.load, ["path"], {}),
        (voiceguide.plan, ["routine"], common),
        (voiceguide.render, ["routine", "path"], {**common, "overwrite": False, "progress": None}),
    ):
        parameters = signature(function).parameters
        assert list(parameters)[: len(positional)] == positional
        rest = {name: p for name, p in parameters.items() if name not in positional}
        assert all(p.kind is Parameter.KEYWORD_ONLY and p.default is not Parameter.empty for p in rest.values())
        assert {name: rest[name].default for name in named} == named


def test_the_library_prints_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`load`, `plan` and `render` return values and print nothing."""
    routine = load(str(SESSIONS / "sides.yaml"))
    planned = plan(routine, voice="tone", **BARE)
    rendered = render(routine, str(tmp_path / "a.wav"), voice="tone", **BARE)
    assert planned.duration == rendered.duration
    assert capfd.readouterr() == ("", "")


# -- other voices, and a long day -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_whole_session_of_the_systems_voice(tmp_path: Path) -> None:
    """pyttsx3 speaks every clip: none missing, wrong or cut."""
    made = made_here(tmp_path, "stops", voice="pyttsx3", **BARE)
    from voiceguide import voices

    voice = voices.pick("pyttsx3", language="en", pace=135)
    window = round(0.05 * measuring.RATE)
    for clip in (clip for clip in made.timeline["clips"] if clip["track"] == "narration"):
        for sentence in clip["sentences"]:
            lasts = sentence["end"] - sentence["start"]
            # A sentence's words and length: what is not its own is far from what it should last.
            assert lasts == pytest.approx(voice.estimate(_spoken(sentence["text"])), rel=0.3, abs=0.25), sentence
            sound = made.samples[round(sentence["start"] * measuring.RATE) : round(sentence["end"] * measuring.RATE)]
            power = np.mean(sound[: len(sound) // window * window].reshape(-1, window * 2) ** 2, axis=1)
            level = 10 * np.log10(power + 1e-12)
            assert np.mean(level > -45) > 0.6, sentence  # speech has gaps, a missing or cut clip is one
            assert level[-4:].max() > -45, sentence
            assert level[:4].max() > -45, sentence


def _spoken(text: str) -> str:
    from voiceguide.text.normalise import spoken

    return spoken(text, "en")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_session(tmp_path: Path) -> None:
    """A routine five times as long takes no more memory. Both are made in parts, which begin at a minute here.

    Within a fifth: how threads meet is as much as a tenth. The samples of what it is longer would take far more.
    """
    peaks, seconds = [], []
    for times in (1, 8):
        steps = "".join(
            f"  - name: Step {number}\n    say: Stroke number {number} from the middle of the back to the shoulders.\n"
            "    duration: 40s\n"
            for number in range(times)
        )
        source = tmp_path / f"{times}.yaml"
        source.write_text(f"title: Long\nsummary: Long.\nsteps:\n{steps}", "utf-8")
        folder = tmp_path / str(times)
        folder.mkdir()
        arguments = (str(source), *QUICKLY, "--quality", "9")
        made = made_apart(folder, *arguments, cache=folder / "cache", program=IN_PARTS + MEASURED)
        peaks.append(made.peak_kb)
        seconds.append(made.timeline["duration"])
    assert seconds[0] > 60
    assert seconds[1] > 5 * seconds[0]
    assert peaks[1] == pytest.approx(peaks[0], rel=0.2)
