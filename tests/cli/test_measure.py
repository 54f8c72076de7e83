"""`voiceguide measure` reports, judges and draws; whatever it measures it exits with 0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from voiceguide.cli import COMMANDS, main

if TYPE_CHECKING:
    from pathlib import Path

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
    document = {
        "schema": 1,
        "duration": 3.0,
        "estimated": False,
        "talk": "full",
        "voice": "tone",
        "chapters": [{"title": "All", "start": 0.0, "end": 3.0}],
        "clips": [{"track": "narration", "role": "title", **said, "sentences": [said]}],
    }
    (tmp_path / "session.json").write_text(json.dumps(document))
    return tmp_path / "session.json"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run a command; return its exit code, stdout and stderr."""
    with pytest.raises(SystemExit) as ended:
        main(["measure", *map(str, arguments)])
    printed = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, printed.out, printed.err


def test_measure_is_a_command():
    assert "measure" in COMMANDS


def test_the_report_has_a_verdict_and_a_target_a_line(capsys, sound):
    code, out, err = run(capsys, sound)
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head == f"{sound}: WAV, 0:03, 44.1 kHz stereo"
    assert {line.split()[0] for line in lines} == {"ok", "LOOK", "-"}
    (clipping,) = (line for line in lines if "clipping" in line)
    assert clipping.startswith("  LOOK  clipping ")
    assert clipping.endswith("[none]")


def test_json_is_one_document_with_the_numbers_and_the_verdicts(capsys, sound, timeline):
    code, out, err = run(capsys, sound, "--timeline", timeline, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert found["file"] == str(sound)
    assert found["duration"] == 3.0
    assert found["clipped"] > 100
    assert found["against"]["duration_difference"] == 0.0
    verdicts = {line["name"]: line["verdict"] for line in found["verdicts"]}
    assert (verdicts["duration"], verdicts["speech"], verdicts["clipping"]) == ("ok", "look", "look")


@pytest.mark.parametrize(("name", "begins"), [("p.svg", b"<svg"), ("p.png", b"\x89PNG")])
def test_the_picture_is_written_once(capsys, sound, timeline, tmp_path, name, begins):
    picture = tmp_path / name
    assert run(capsys, sound, "--timeline", timeline, "--plot", picture)[0] == 0
    assert picture.read_bytes().startswith(begins)
    code, _, err = run(capsys, sound, "--plot", picture)
    assert code == 2
    assert "overwrite" in err
    assert run(capsys, sound, "--plot", picture, "--overwrite")[0] == 0


def test_a_picture_of_another_kind_is_refused_before_anything_is_measured(capsys, tmp_path):
    code, _, err = run(capsys, tmp_path / "none.wav", "--plot", tmp_path / "p.jpg")
    assert code == 2
    assert ".svg or .png" in err


def test_a_file_that_cannot_be_read_ends_in_1(capsys, tmp_path):
    (tmp_path / "a.mp3").write_text("no sound")
    for name in ("a.mp3", "none.mp3"):
        code, out, err = run(capsys, tmp_path / name)
        assert (code, out) == (1, "")
        assert name in err


@pytest.mark.parametrize(
    ("content", "named"),
    [(None, "No such file"), ("{", "expected a timeline in JSON"), ("[]", "expected an object"), ("{}", "schema: ")],
)
def test_a_timeline_that_is_none_ends_in_2(capsys, sound, tmp_path, content, named):
    path = tmp_path / "other.json"
    if content is not None:
        path.write_text(content)
    code, _, err = run(capsys, sound, "--timeline", path)
    assert code == 2
    assert "other.json" in err
    assert named in err


def test_the_file_without_the_voice_measures_the_voice_alone(capsys, sound, timeline, tmp_path):
    silent = np.zeros((3 * RATE, 2))
    soundfile.write(tmp_path / "without.wav", silent, RATE, "PCM_24")
    code, out, _ = run(capsys, sound, "--timeline", timeline, "--without-voice", tmp_path / "without.wav")
    assert code == 0
    assert "1 of 1 heard" in out
