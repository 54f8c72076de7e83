"""What stands beside a sound has its name, and is written whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from finished_for_tests import SESSION, write_session

from voiceguide.errors import UsageError
from voiceguide.publish.beside import Wanted, known_notes
from voiceguide.routine.notes import Notes
from voiceguide.timeline.reading import timeline

ALL = Wanted(("vtt", "srt", "lrc"), chapters=True, transcript=True, player=True)
NAMES = {"s.html", "s.vtt", "s.srt", "s.lrc", "s.chapters.vtt", "s.chapters.json", "s.txt"}


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (ALL, NAMES),
        (Wanted(), set()),
        (Wanted(("vtt",)), {"s.vtt", "s.chapters.vtt"}),
        (Wanted(("srt",)), {"s.srt"}),
        (Wanted(chapters=True), {"s.chapters.vtt", "s.chapters.json"}),
        (Wanted(transcript=True), {"s.txt"}),
        (Wanted(player=True, link=True), {"s.html"}),
    ],
)
def test_what_is_wanted_is_named_after_the_sound_and_written(tmp_path, wanted, names):
    """Exactly those, none of them empty."""
    sound = write_session(tmp_path / "s.mp3")
    wanted.check(sound, overwrite=False)
    paths = wanted.write(sound, timeline(SESSION), Notes(), None, overwrite=False)
    assert {path.name for path in paths} == names
    assert {path.name for path in tmp_path.iterdir()} == names | {"s.mp3"}
    assert all(path.stat().st_size for path in paths)


def test_a_file_that_is_there_is_found_before_anything_is_done(tmp_path):
    """And stays as it is."""
    (tmp_path / "s.srt").write_text("mine")
    with pytest.raises(UsageError, match=r"s\.srt"):
        ALL.check(tmp_path / "s.mp3", overwrite=False)
    ALL.check(tmp_path / "s.mp3", overwrite=True)
    assert (tmp_path / "s.srt").read_text() == "mine"


def test_captions_of_another_kind_are_refused():
    """With what there is, and what was perhaps meant."""
    with pytest.raises(UsageError, match=r'captions: expected vtt, srt, lrc.*got "vt".*Did you mean "vtt"'):
        Wanted(("vt",))


def test_a_link_without_a_player_is_refused():
    """It would do nothing."""
    with pytest.raises(UsageError, match=r"link .* add player"):
        Wanted(link=True)


def test_a_name_with_dots_keeps_them():
    """Only the last suffix is the format's."""
    assert Wanted(("lrc",)).paths(Path("a.b.mp3")) == (Path("a.b.lrc"),)


@pytest.mark.parametrize("name", ["/dev/stdin", "own/neck", "own/neck.yaml", "../own/neck", "+", "feet+", "x" * 999])
def test_what_a_sound_says_of_its_routine_names_no_file(tmp_path, monkeypatch, name):
    """It may come from anywhere: notes are those of a routine that is known by its name, or none."""
    (tmp_path / "own").mkdir()
    text = "title: Test\nsummary: A.\nneed: [a secret]\nsteps: [{name: A, duration: 1m}]\n"
    (tmp_path / "own" / "neck.yaml").write_text(text)
    monkeypatch.chdir(tmp_path)
    assert known_notes(timeline({**SESSION, "routine": name})) == Notes()
    own = known_notes(timeline({**SESSION, "routine": "neck"}), ("own",))
    assert own.need == ("a secret",)


def test_notes_of_joined_routines_are_found_by_their_names():
    """As a session of several is called."""
    title = "Neck and shoulder massage, then Foot massage"
    assert known_notes(timeline({**SESSION, "routine": "neck-shoulders+feet", "title": title})).need
