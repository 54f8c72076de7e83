"""Recordings become a voice: every line right, its edges within 0.1 s; or nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile
from own_for_tests import TONE
from recordings_for_tests import TONES, Reading

from voiceguide import load, voices
from voiceguide.authoring.recordings.hearing import hear
from voiceguide.authoring.recordings.importing import Import
from voiceguide.authoring.recordings.understanding import understood
from voiceguide.choices import Choices
from voiceguide.errors import Failed, MissingError, UsageError, VoiceguideError
from voiceguide.sound import RECORDED_LUFS
from voiceguide.sound.loudness import energies, integrated

if TYPE_CHECKING:
    from pathlib import Path

ROUTINE = {
    "title": "Hands",
    "summary": "A minute.",
    "audience": "self",
    "steps": [
        {"name": "Rest", "say": "Rest the hands on the legs. Breathe out, slowly, three times.", "duration": "30s"},
        {
            "name": "Rub",
            "say": "Now rub them together. Then let them lie, and feel how warm they are.",
            "duration": "30s",
        },
    ],
}
CHOICES = (Choices(opening=False, closing=False, safety=False),)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of voices."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices" / "own"


def nobody() -> Any:
    raise MissingError("no recogniser")


def started(name: str = "anna") -> Import:
    return Import(load(ROUTINE), CHOICES, name)


def files(tmp_path: Path, lines: Any, name: str = "line {}.wav", **how: Any) -> list[Path]:
    """A file a line."""
    found = []
    for line in lines:
        reading = Reading(**how)
        reading.say(line.spoken)
        found.append(reading.write(tmp_path / name.format(line.number)))
    return found


def test_one_recording_with_all_that_goes_wrong(tmp_path: Path) -> None:
    """Noise, gaps, what is begun and swallowed by the recogniser, repeats and talk: every line within 0.1 s."""
    job, reading = started(), Reading()
    laid = {}
    for index, line in enumerate(job.lines):
        if index % 3 == 0:
            reading.say(line.spoken, 0.6, share=0.5)
        if index % 4 == 1:
            reading.say(line.spoken, 1.4)
        if index % 5 == 2:
            reading.say("Sorry, that was the telephone once more.", 0.8)
        laid[line.number] = reading.say(line.spoken, 0.5 + index % 3)
    path = reading.write(tmp_path / "memo.flac")
    found = understood(hear(path), job.lines, "en", reading.recogniser(path))
    assert found.taken.keys() == laid.keys()
    for number, (start, end) in laid.items():
        here = found.taken[number]
        assert max(abs(here.start - start), abs(here.end - end)) <= 0.1, job.lines[number - 1]
    made = job.bring([path], lambda: reading.recogniser(path))
    assert (made.voice, made.added, made.replaced, made.missing, made.told) == ("own:anna", len(laid), 0, (), ())
    voice = voices.pick("own:anna", language="en", pace=135)
    for line in job.lines:
        assert voice.estimate(line.spoken) == pytest.approx(TONE.estimate(line.spoken), abs=0.1)


def test_a_file_a_line_needs_no_recogniser(tmp_path: Path) -> None:
    """By the numbers in their names, or all of them in order; a line that comes again takes the old one's place."""
    job = started()
    made = job.bring(files(tmp_path, job.lines), nobody)
    assert (made.added, made.replaced, made.missing, made.how) == (len(job.lines), 0, (), "by the number in each name")
    before = voices.pick("own:anna", language="en", pace=135).fingerprint
    made = started().bring(files(tmp_path, job.lines[1:2], "2.ogg", noise_db=-50.0), nobody)
    assert (made.added, made.replaced, made.missing) == (0, 1, ())
    assert voices.pick("own:anna", language="en", pace=135).fingerprint != before
    read = files(tmp_path, job.lines, "take {} of 12.wav")
    made = started("ben").bring(read[::-1], nobody)
    assert (made.added, made.how) == (len(job.lines), "all lines, in the names' order")
    assert not made.told


def test_only_what_was_missing_is_asked_for(tmp_path: Path) -> None:
    """The missing lines are told, and come in by their order alone."""
    job = started()
    some, others = job.lines[:3], job.lines[3:]
    made = job.bring(files(tmp_path, some), nobody)
    assert made.missing == others
    made = started().bring(files(tmp_path, others, "memo {} (1).wav"), nobody)
    assert (made.added, made.missing, made.how) == (len(others), (), "the lines that were missing, in the names' order")


@pytest.mark.parametrize("rate", [8_000, 48_000])
def test_every_line_has_one_level(rate: int, tmp_path: Path, folder: Path) -> None:
    """However loud the phone was; in stereo and at any rate, and short ones by the others' loudness."""
    job = started()
    for line in job.lines:
        loud = TONE.say(line.spoken).samples[:: TONES // rate or 1]
        quiet = np.zeros((rate // 4, 1), np.float32)
        soundfile.write(tmp_path / f"{line.number}.flac", np.tile(np.vstack((quiet, loud * 0.05, quiet)), 2), rate)
    job.bring([tmp_path / f"{line.number}.flac" for line in job.lines], nobody)
    voice = voices.pick("own:anna", language="en", pace=135)
    for line in job.lines:
        audio = voice.say(line.spoken)
        level = integrated(energies(np.tile(audio.samples, (4, 1)), audio.sample_rate))
        assert level == pytest.approx(RECORDED_LUFS, abs=1.0), line


def test_recordings_of_other_lines_are_refused(tmp_path: Path, folder: Path) -> None:
    """By what is said in them, with what did match; and files by how long they last. Nothing is kept."""
    job, reading = started(), Reading()
    for text in ("Sit down on a chair.", job.lines[2].spoken, "Put one foot on the other knee, and hold it there."):
        reading.say(text)
    path = reading.write(tmp_path / "memo.wav")
    with pytest.raises(Failed, match="of what is said there is theirs") as told:
        job.bring([path], lambda: reading.recogniser(path))
    assert f'{job.lines[2].number}  "{job.lines[2].text}"' in str(told.value)
    wrong = files(tmp_path, job.lines)
    for number in [line.number for line in job.lines if line.number % 5 < 2]:
        swapped = Reading()
        swapped.say("Word " * 40)
        swapped.write(tmp_path / f"line {number}.wav")
    with pytest.raises(Failed, match="do not fit their lines"):
        job.bring(wrong, nobody)
    assert not folder.exists()


def _noise(path: Path) -> None:
    soundfile.write(path, np.random.default_rng(1).standard_normal(40_000) * 0.05, 16_000)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: soundfile.write(path, np.zeros(40_000), 16_000), "got silence"),
        (_noise, "speech does not stand out"),
        (lambda path: path.write_bytes(b"RIFF"), "or the file is damaged"),
        (lambda path: soundfile.write(path, np.zeros((0, 1)), 16_000), "nothing in it"),
        (lambda path: path.mkdir(), "can be read"),
        (lambda _path: None, "No such file"),
    ],
    ids=["silence", "noise", "damaged", "empty", "folder", "none"],
)  # fmt: skip
def test_what_is_no_recording_ends_in_one_message(make: Any, told: str, tmp_path: Path, folder: Path) -> None:
    """And nothing is kept."""
    path = tmp_path / "1.wav"
    make(path)
    with pytest.raises(VoiceguideError, match=told) as fault:
        started().bring([path], nobody)
    assert str(path) in str(fault.value)
    assert not folder.exists()


def test_files_are_named_once(tmp_path: Path) -> None:
    """Two of one number, or the same twice, are told; names without numbers are for who recognises words."""
    job = started()
    one, two = files(tmp_path, job.lines[:2])
    other = tmp_path / "01.wav"
    other.write_bytes(one.read_bytes())
    with pytest.raises(UsageError, match="both of line 1"):
        job.bring([one, other], nobody)
    with pytest.raises(UsageError, match="named twice"):
        job.bring([one, two, one], nobody)
    other.rename(tmp_path / "memo.wav")
    with pytest.raises(MissingError, match="no recogniser"):
        job.bring([tmp_path / "memo.wav"], nobody)
