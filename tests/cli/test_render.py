"""`voiceguide render`: one file, whole or absent, and its path on stdout."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import measuring
import numpy as np
import pytest
import soundfile
from batches_for_tests import TINY
from commands_for_tests import QUICK, SMALL, SOON

from voiceguide import plan, render
from voiceguide.exports import finished
from voiceguide.session import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result


def test_prints_the_path_it_wrote(run: Callable[..., Result], folder: Path) -> None:
    """Stdout is the path alone, stderr the progress; the file is what the timeline says."""
    result = run("render", "small.yaml", *QUICK, *SOON, "-o", "out.mp3", "--timeline", "out.json")
    assert (result.code, result.out) == (0, "out.mp3\n")
    assert "Speaking" in result.err
    assert "Encoding" in result.err
    timeline = json.loads(Path("out.json").read_text("utf-8"))
    samples = measuring.decoded(folder / "out.mp3")
    assert len(samples) / measuring.RATE == pytest.approx(timeline["duration"], abs=0.05)
    assert sorted(path.name for path in folder.iterdir()) == ["out.json", "out.mp3", "small.yaml"]


def test_names_the_file_itself(run: Callable[..., Result], folder: Path) -> None:
    """Without -o it is NAME-LENGTH.mp3 here, wherever the routine is."""
    (folder / "far").mkdir()
    (folder / "far" / "evening calm.yaml").write_text(TINY, "utf-8")
    for length, name in (("short", "evening calm-short.mp3"), ("0 min 45 sec", "evening calm-0-min-45-sec.mp3")):
        assert run("render", "far/evening calm.yaml", *QUICK, *SOON, "--length", length).out == f"{name}\n"
        assert (folder / name).is_file()


@pytest.mark.slow
def test_names_the_file_of_joined_routines(run: Callable[..., Result], folder: Path) -> None:
    """By all of them; what tells of the session later finds their notes again."""
    (folder / "other.yaml").write_text(
        SMALL.replace("First strokes", "Other strokes").replace("a towel", "a rug"), "utf-8"
    )
    result = run("render", "small.yaml+other.yaml", *QUICK, *SOON)
    assert (result.code, result.out) == (0, "small+other-short.mp3\n")
    assert run("player", "small+other-short.mp3", "--routines", ".").code == 0
    page = (folder / "small+other-short.html").read_text("utf-8")
    for words in ("Small one, then Small one", "a towel", "a rug", "Other strokes"):
        assert words in page
    assert run("card", "small.yaml+other.yaml", "--voice", "tone").out == "small+other-short-card.html\n"
    heard = run("preview", "small.yaml+other.yaml", *QUICK, "--bed", "none", "--step", "4", "--seconds", "2")
    assert heard.out == "small+other-step-4.mp3\n"
    shown = run("show", "small.yaml+other.yaml", "--voice", "tone").out
    assert "3. Other strokes: 20 s" in shown


def test_a_name_with_its_accents_apart(run: Callable[..., Result], folder: Path) -> None:
    """Some systems hand a file's name over with its accents apart: the audio's has them together."""
    apart = unicodedata.normalize("NFD", "Rücken.yaml")
    (folder / "small.yaml").rename(folder / apart)
    result = run("render", apart, *QUICK, *SOON)
    assert result.out == "Rücken-short.mp3\n"


def test_files_beside_the_sound_have_its_name(run: Callable[..., Result], folder: Path) -> None:
    """Every kind, by the interface's names; what they say is the session's, notes that are never spoken included."""
    wanted = ("--player", "--captions", "vtt, SRT", "--captions", "lrc", "--chapters-json", "--transcript")
    result = run("render", "small.yaml", *QUICK, *SOON, "-o", "s.mp3", *wanted)
    assert result.out == "s.mp3\n"
    assert "Beside it: s.vtt, s.srt, s.lrc, s.chapters.vtt, s.chapters.json, s.txt, s.html" in result.err
    there = {path.name for path in folder.iterdir()} - {"small.yaml"}
    beside = {"s.html", "s.vtt", "s.srt", "s.lrc", "s.chapters.vtt", "s.chapters.json", "s.txt"}
    assert there == {"s.mp3"} | beside
    for name in ("s.html", "s.vtt", "s.srt", "s.lrc", "s.txt"):
        assert "Glide up." in (folder / name).read_text("utf-8"), name
    for name in ("s.html", "s.chapters.vtt", "s.chapters.json", "s.txt"):
        assert "First strokes" in (folder / name).read_text("utf-8"), name
    assert "Eat a little first." in (folder / "s.html").read_text("utf-8")
    carried = finished.timeline_of(folder / "s.mp3", None)
    planned = plan(load(folder / "small.yaml"), voice="tone", opening=False, closing=False, gate="brief", bed="none")
    assert carried.to_json() == planned.to_json()


def test_music_of_ones_own_is_named_without_its_folder(run: Callable[..., Result], folder: Path) -> None:
    """Whoever gets the file learns what plays under the voice, and nothing of the disk it came from."""
    (folder / "private").mkdir()
    music = folder / "private" / "calm.wav"
    soundfile.write(music, np.random.default_rng(0).normal(0, 0.05, (30 * 44_100, 2)), 44_100)
    assert (
        run("render", "small.yaml", *QUICK, "--bed", str(music), "-o", "s.mp3", "--player", "--quality", "9").code == 0
    )
    assert finished.timeline_of(folder / "s.mp3", None).bed == "calm.wav"
    for name in ("s.mp3", "s.html"):
        assert b"private" not in (folder / name).read_bytes()


def test_a_file_beside_the_sound_that_is_there_stays(run: Callable[..., Result], folder: Path) -> None:
    """Refused before a word is spoken: the sound is not made either."""
    (folder / "s.srt").write_text("mine")
    result = run("render", "small.yaml", *QUICK, "-o", "s.mp3", "--captions", "srt")
    assert (result.code, (folder / "s.srt").read_text()) == (2, "mine")
    assert "s.srt" in result.err
    assert "Speaking" not in result.err
    assert not (folder / "s.mp3").exists()


@pytest.mark.parametrize("name", ["a.flac", "A.WAV"])
def test_the_suffix_picks_the_format(name: str, run: Callable[..., Result], folder: Path) -> None:
    """A format by its suffix, in either case."""
    assert run("--quiet", "render", "small.yaml", *QUICK, "--bed", "none", "-o", name).err == ""
    assert soundfile.info(folder / name).format == name.rpartition(".")[2].upper()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "a.txt"], ".mp3"),
        (["-o", "a"], ".mp3"),
        (["-o", "nowhere/a.mp3"], "nowhere"),
        (["-o", "here/"], "no such folder"),
        (["-o", "a.wav", "--bitrate", "128"], "--bitrate"),
        (["-o", "a.wav", "--quality", "5"], "--quality"),
        (["--bitrate", "127"], "128"),
        (["--captions", "vtt,asr"], 'Did you mean "srt"'),
        (["--captions", ""], "--captions: expected vtt"),
        (["--link"], "add --player"),
        (["-o", "a.mp3", "--player", "--timeline", "a.html"], "give the timeline another"),
        (["--quality", "10"], "0 to 9"),
        (["--pace", "20"], "80"),
        (["--pace", "fast"], "--pace"),
        (["--linger", "5"], '"5s"'),
        (["--linger", ""], "--linger"),
        (["--length", "15"], '"15m"'),
        (["--length", "1s"], "nearest total that works"),
        (["--length", "25h"], "24 hours"),
        (["--without", "7"], "1 First strokes, 2 Hold"),
        (["--without", "1", "--without", "Hold"], "nothing is left"),
        (["--timeline", "nowhere/a.json"], "nowhere"),
        (["--timeline", "small-short.mp3"], "--timeline"),
        (["--timeline", "small.yaml"], "--overwrite"),
        (["--bed", "no-such-bed"], "no-such-bed"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_refuses_before_it_speaks(
    arguments: list[str], words: str, refused: Callable[..., str], folder: Path, cache: Path
) -> None:
    """A choice that cannot be taken ends with 2 and what to do, and nothing is spoken or written."""
    before = sorted(folder.iterdir())
    message = refused("render", "small.yaml", *QUICK, *arguments)
    assert words in message
    assert sorted(folder.iterdir()) == before
    assert not list(cache.rglob("*.take")) and not list(cache.glob("sentences/*"))


def test_the_nearest_total_that_works_does(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """A length out of reach comes with one that can be had."""
    message = refused("render", "small.yaml", *QUICK, "--length", "30s")
    nearest = message.rpartition(" is ")[2].strip()
    timeline = run("plan", "small.yaml", *QUICK, "--length", nearest, "--json").json
    assert timeline["length"] == nearest


def test_an_existing_file(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """It is refused and stays as it is, unless --overwrite replaces it; the timeline's file too."""
    (folder / "a.wav").write_bytes(b"kept")
    assert "--overwrite" in refused("render", "small.yaml", *QUICK, "-o", "a.wav")
    assert (folder / "a.wav").read_bytes() == b"kept"
    assert run("render", "small.yaml", *QUICK, "--bed", "none", "-o", "a.wav", "--overwrite").code == 0
    assert soundfile.info(folder / "a.wav").frames > 44_100


def test_a_routine_with_faults(run: Callable[..., Result], folder: Path) -> None:
    """Every fault with its line, exit 3, and no file."""
    (folder / "bad.yaml").write_text(SMALL.replace("duration: 20s..40s", "duration: 20").replace("title:", "titel:"))
    result = run("render", "bad.yaml", *QUICK)
    assert result.code == 3
    assert result.out == ""
    assert "bad.yaml:1:" in result.err
    assert "bad.yaml:14:" in result.err
    assert not list(folder.glob("*.mp3"))


def test_words_that_do_not_fit(run: Callable[..., Result], folder: Path) -> None:
    """Nothing is cut: what does not fit is a fault of the file, with the words too many."""
    (folder / "full.yaml").write_text(SMALL.replace("say: Glide up.", f"say: {'Glide up and up. ' * 30}"))
    result = run("render", "full.yaml", *QUICK)
    assert result.code == 3
    assert "words too many" in result.err


def test_a_language_that_is_not_there(run: Callable[..., Result]) -> None:
    """A routine that lacks the language says so in one line, and how to fill it in."""
    result = run("render", "small.yaml", *QUICK, "--language", "de")
    assert result.code == 3
    assert result.err.count("\n") == 1
    assert "texts are missing in de, at line 1 (title), line 2 (summary)" in result.err
    assert "`voiceguide translate`" in result.err


def test_an_engine_that_is_not_installed(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known but not installed ends with 4 and its fix."""
    import engines_for_tests as engines

    engines.register(monkeypatch)
    assert "pip install absent-voice" in refused("render", "small.yaml", "--voice", "absent", code=4)


def test_a_codec_that_is_not_installed(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """So does a codec."""
    monkeypatch.setattr("voiceguide.exports.mp3.Mp3Export.probe", lambda _self: "run: pip install lameenc")
    assert "pip install lameenc" in refused("render", "small.yaml", *QUICK, code=4)


def test_a_voice_that_fails(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A sentence that cannot be spoken is named, exit 1, and no file."""
    import engines_for_tests as engines

    engines.register(monkeypatch)
    monkeypatch.setattr(engines, "FAILS_AT", "Thumb on the left.")
    message = refused("--quiet", "render", "small.yaml", "--voice", "failing", "--no-opening", code=1)
    assert "Thumb on the left." in message
    assert "another voice" in message
    assert not list(folder.glob("*.mp3"))


def test_choices_reach_the_session(run: Callable[..., Result], folder: Path) -> None:
    """What is chosen on the command line is what the library is asked for."""
    chosen = ("--length", "150s", "--talk", "calm", "--setup", "seated", "--without", "2", "--linger", "3s")
    timeline = run("plan", "small.yaml", "--voice", "tone", "--pace", "120", *chosen, "--skip-safety", "--json").json
    same = plan(
        load("small.yaml"),
        voice="tone",
        pace=120,
        length="150s",
        talk="calm",
        setup="seated",
        without=["2"],
        linger=3.0,
        safety=False,
    )
    assert timeline == same.to_json()
    assert timeline["duration"] == 150


@pytest.mark.slow
def test_how_it_sounds_reaches_the_session(run: Callable[..., Result], folder: Path) -> None:
    """So is what changes nothing but the sound: the file is the library's.

    That each of them is heard: tests/session/test_session.py and tests/session/test_making.py.
    """
    words = ("--room", "--settle", "6", "--loudness", "-20")
    assert run("render", "small.yaml", *QUICK, "--bed", "none", *words, "-o", "chosen.wav").code == 0
    bare = {"voice": "tone", "gate": "brief", "opening": False, "closing": False, "bed": "none"}
    render(load("small.yaml"), "same.wav", **bare, room=True, settle=6.0, loudness=-20.0)
    assert Path("chosen.wav").read_bytes() == Path("same.wav").read_bytes()


def test_a_render_in_the_users_folder(
    run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ROUTINE is found by name in the folders that --routines and VOICEGUIDE_ROUTINES name."""
    own = folder / "own"
    own.mkdir()
    (folder / "small.yaml").rename(own / "mine.yaml")
    assert run("plan", "mine", "--voice", "tone").code == 2
    assert run("plan", "mine", "--voice", "tone", "--routines", "own").code == 0
    monkeypatch.setenv("VOICEGUIDE_ROUTINES", os.pathsep.join((str(folder), str(own))))
    result = run("--quiet", "render", "mine", *QUICK, "--bed", "none", "-o", "mine.wav")
    assert (result.code, result.out, result.err) == (0, "mine.wav\n", "")
