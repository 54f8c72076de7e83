"""Sounds in routines: bundled names, files beside the routine, and nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.routine.reading import examine
from voiceguide.routine.sounds import BEDS, CHIMES, bundled

if TYPE_CHECKING:
    from pathlib import Path

    from voiceguide.errors import Fault


def faults_of(folder: Path, *, bed: str = "none", chime: str = "step", cue: str = "end") -> tuple[Fault, ...]:
    path = folder / "routine.yaml"
    path.write_text(
        f"title: T\nsummary: S\nbed: '{bed}'\nsteps:\n"
        f"  - {{name: A, duration: 2m, chime: '{chime}', cues: [{{at: 50%, chime: '{cue}'}}]}}\n",
        encoding="utf-8",
    )
    return examine(path)[1]


def test_the_format_s_sounds_are_known(tmp_path: Path):
    """The code's chimes and the bundled beds are known by name, and none is silence for a bed and a step."""
    for chime in CHIMES:
        assert faults_of(tmp_path, chime=chime, cue=chime) == ()
    for bed in BEDS:
        assert faults_of(tmp_path, bed=bed) == ()
    assert faults_of(tmp_path, bed="none", chime="none") == ()


def test_more_bundled_sounds_are_found_by_their_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A new sound is one new file."""
    (tmp_path / "sounds" / "chimes").mkdir(parents=True)
    (tmp_path / "sounds" / "chimes" / "gong.flac").touch()
    monkeypatch.setattr("voiceguide.store.assets.sounds_folder", lambda: tmp_path / "sounds")
    assert bundled("chimes") == (*CHIMES, "gong")
    assert faults_of(tmp_path, chime="gong") == ()
    (fault,) = faults_of(tmp_path, chime="gon")
    assert 'Did you mean "gong"?' in fault.message


def test_files_beside_the_routine_are_sounds(tmp_path: Path):
    """A file in the routine's folder, or below it, is named with its suffix."""
    (tmp_path / "my sounds").mkdir()
    (tmp_path / "my sounds" / "bell.wav").touch()
    (tmp_path / "sea.ogg").touch()
    assert faults_of(tmp_path, bed="sea.ogg", chime="my sounds/bell.wav", cue="./sea.ogg") == ()
    (fault,) = faults_of(tmp_path, bed="see.ogg")
    assert (fault.rule, fault.place.path) == ("unknown-sound", "bed")
    assert 'Did you mean "sea.ogg"?' in fault.message


def test_a_cue_must_sound(tmp_path: Path):
    """None is no sound for a cue, and a bed is no chime; the known ones are listed."""
    (fault,) = faults_of(tmp_path, cue="none")
    assert (fault.rule, fault.place.path) == ("unknown-sound", "steps[0].cues[0].chime")
    (fault,) = faults_of(tmp_path, chime="ocean")
    assert "Chimes are: step, switch," in fault.message


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../outside.ogg",
        "a/../../outside.ogg",
        "..",
        "C:/Windows/Media/tada.wav",
        "C:tada.wav",
        "\\\\server\\share\\a.wav",
        "//server/share/a.wav",
        "..\\outside.ogg",
        "sub\\a.wav",
        "http://example.org/a.ogg",
        "file:///etc/passwd",
        "~/a.ogg",
    ],
)
def test_paths_that_lead_out_are_refused(name: str, tmp_path: Path):
    """Absolute paths, drives, shares, URLs, `..` and backslashes are refused on every system, there or not."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside.ogg").touch()
    found = faults_of(folder, bed=name, chime=name, cue=name)
    assert [fault.rule for fault in found] == ["unsafe-path"] * 3


def test_links_that_lead_out_are_refused(tmp_path: Path):
    """A link stays inside the folder, or is refused; one that leads to itself is no file."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "outside.ogg").touch()
    (folder / "inside.ogg").touch()
    (folder / "good.ogg").symlink_to(folder / "inside.ogg")
    (folder / "bad.ogg").symlink_to(tmp_path / "outside.ogg")
    (folder / "loop.ogg").symlink_to(folder / "loop.ogg")
    assert faults_of(folder, bed="good.ogg") == ()
    assert [fault.rule for fault in faults_of(folder, bed="bad.ogg")] == ["unsafe-path"]
    assert [fault.rule for fault in faults_of(folder, bed="loop.ogg")] == ["unknown-sound"]


@pytest.mark.parametrize("name", ["folder", "a" * 5000])
def test_what_is_no_file_is_no_sound(name: str, tmp_path: Path):
    """A folder and a name no disk can hold are unknown sounds."""
    (tmp_path / "folder").mkdir()
    assert [fault.rule for fault in faults_of(tmp_path, bed=name)] == ["unknown-sound"]
