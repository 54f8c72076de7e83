"""`voiceguide measure` reports, judges and draws; whatever it measures it exits with 0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
from commands_for_tests import QUICK
from timelines_for_tests import document

from voiceguide.cli import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

    Run = Callable[..., Result]

RATE = 44_100


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """Three seconds, the last of them clipped."""
    samples = np.random.default_rng(0).standard_normal((3 * RATE, 2)) * 0.01
    samples[2 * RATE :] = np.clip(samples[2 * RATE :] * 500, -1, 1)
    soundfile.write(tmp_path / "session.wav", samples, RATE, "PCM_24")
    return tmp_path / "session.wav"


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    """Its timeline: one clip, one chapter."""
    said = {"start": 1.0, "end": 2.8, "text": "A word."}
    whole = document(
        duration=3.0,
        chapters=[{"title": "All", "start": 0.0, "end": 3.0}],
        clips=[{"track": "narration", "role": "title", **said, "sentences": [said]}],
    )
    (tmp_path / "session.json").write_text(json.dumps(whole))
    return tmp_path / "session.json"


def measured(run: Run, *arguments: object) -> tuple[int, str, str]:
    """Measure; return the exit code, stdout and stderr."""
    result = run("measure", *map(str, arguments))
    return result.code, result.out, result.err


def test_measure_is_a_command():
    assert "measure" in COMMANDS


def test_the_report_has_a_verdict_and_a_target_a_line(run: Run, sound):
    code, out, err = measured(run, sound)
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head == f"{sound}: WAV, 0:03, 44.1 kHz stereo"
    assert {line.split()[0] for line in lines} == {"ok", "LOOK", "-"}
    (clipping,) = (line for line in lines if "clipping" in line)
    assert clipping.startswith("  LOOK  clipping ")
    assert clipping.endswith("[none]")


def test_json_is_one_document_with_the_numbers_and_the_verdicts(run: Run, sound, timeline):
    code, out, err = measured(run, sound, "--timeline", timeline, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert found["file"] == str(sound)
    assert found["duration"] == 3.0
    assert found["clipped"] > 100
    assert found["against"]["duration_difference"] == 0.0
    verdicts = {line["name"]: line["verdict"] for line in found["verdicts"]}
    assert (verdicts["duration"], verdicts["speech"], verdicts["clipping"]) == ("ok", "look", "look")


@pytest.mark.parametrize(("name", "begins"), [("p.svg", b"<svg"), ("p.png", b"\x89PNG")])
def test_the_picture_is_written_once(run: Run, sound, timeline, tmp_path, name, begins):
    picture = tmp_path / name
    assert measured(run, sound, "--timeline", timeline, "--plot", picture)[0] == 0
    assert picture.read_bytes().startswith(begins)
    code, _, err = measured(run, sound, "--plot", picture)
    assert code == 2
    assert "overwrite" in err
    assert measured(run, sound, "--plot", picture, "--overwrite")[0] == 0


def test_a_picture_of_another_kind_is_refused_before_anything_is_measured(run: Run, tmp_path):
    code, _, err = measured(run, tmp_path / "none.wav", "--plot", tmp_path / "p.jpg")
    assert code == 2
    assert ".svg or .png" in err


def test_a_file_that_cannot_be_read_ends_in_1(run: Run, tmp_path):
    (tmp_path / "a.mp3").write_text("no sound")
    for name in ("a.mp3", "none.mp3"):
        code, out, err = measured(run, tmp_path / name)
        assert (code, out) == (1, "")
        assert name in err


@pytest.mark.parametrize(
    ("content", "named"),
    [(None, "found none"), ("{", "expected a timeline in JSON"), ("[]", "expected an object"), ("{}", "schema: ")],
)
def test_a_timeline_that_is_none_ends_in_2(run: Run, sound, tmp_path, content, named):
    path = tmp_path / "other.json"
    if content is not None:
        path.write_text(content)
    code, _, err = measured(run, sound, "--timeline", path)
    assert code == 2
    assert "other.json" in err
    assert named in err


def test_the_file_without_the_voice_measures_the_voice_alone(run: Run, sound, timeline, tmp_path):
    silent = np.zeros((3 * RATE, 2))
    soundfile.write(tmp_path / "without.wav", silent, RATE, "PCM_24")
    code, out, _ = measured(run, sound, "--timeline", timeline, "--without-voice", tmp_path / "without.wav")
    assert code == 0
    assert "1 of 1 heard" in out


@pytest.mark.slow
def test_a_session_that_was_just_made_has_nothing_to_look_at(run: Run) -> None:
    """With a bed, lossless, from its own timeline: every line is ok."""
    made = ("-o", "s.flac", "--timeline", "s.json")
    assert run("render", "small.yaml", *QUICK, "--bed", "rain", *made).code == 0
    code, out, _ = measured(run, "s.flac", "--timeline", "s.json")
    assert code == 0
    assert "LOOK" not in out
    assert {"duration", "chapters", "onsets", "speech", "bed", "quiet", "clicks"} <= {
        row.split()[1] for row in out.splitlines()[1:]
    }
