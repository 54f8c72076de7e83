"""A voice of recordings says what was read, knows what it lacks, and is whole or absent on the disk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from own_for_tests import TONE, read_by, reading

from voiceguide import voices
from voiceguide.errors import Failed, MissingError, UsageError, VoiceguideError
from voiceguide.voices import recorded

if TYPE_CHECKING:
    from pathlib import Path

UP, DOWN = "Glide up.", "And down."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of voices."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices" / "own"


def own(name: str = "anna", language: str = "en") -> voices.Voice:
    return voices.pick(f"own:{name}", language=language, pace=135)


def test_a_line_sounds_as_it_was_read_and_its_length_is_known(folder: Path) -> None:
    """And what nobody has read is told, all of it, and refused alone; it is guessed at the pace."""
    read_by("anna", (UP, DOWN))
    voice = own()
    assert voice.id == "own:anna"
    assert len(voice.say(UP).samples) == len(TONE.say(UP).samples)
    assert voice.estimate(UP) == pytest.approx(TONE.estimate(UP), abs=1e-5)
    assert voices.is_recorded(voice)
    assert isinstance(voice, voices.Recorded)
    assert voice.lacks(("One more.", UP, "One more.", "Rest.")) == ("One more.", "Rest.")
    assert voice.estimate("One more line to be read by nobody.") == pytest.approx(8 * 60 / 135)
    with pytest.raises(MissingError, match=r'"own:anna" has no recording of "Rest\."'):
        voice.say("Rest.")
    assert not voices.is_recorded(voices.pick("tone", language="en", pace=135))


def test_a_line_that_is_read_again_takes_the_old_ones_place(folder: Path) -> None:
    """The others stay, the voice is another one for the cache, and no file of the old line is left."""
    read_by("anna", (UP, DOWN))
    before = own().fingerprint
    assert own().fingerprint == before
    read_by("anna", (UP,), pace=90)
    assert own().fingerprint != before
    assert own().estimate(UP) == pytest.approx(2 * 60 / 90, abs=1e-3)
    assert own().lacks((UP, DOWN)) == ()
    assert len([*(folder / "anna").glob("*.flac")]) == 2


def test_words_are_of_a_language(folder: Path) -> None:
    """One voice reads several; `en-GB` is English."""
    read_by("anna", ("Stop.",))
    recorded.add("anna", [reading("Stop.", language="de-AT")])
    (info,) = voices.engine("own").voices()
    assert (info.languages, info.licence, info.natural, info.gender) == (("en", "de-AT"), "yours", True, None)
    assert own(language="en-GB").lacks(("Stop.",)) == ()
    assert own(language="de").lacks(("Stop.",)) == ()
    with pytest.raises(UsageError, match="does not speak"):
        own(language="fr")


def test_only_who_is_named_speaks(folder: Path) -> None:
    """It is never picked by itself, an unknown one is told with the near one, and none at all with what makes one."""
    with pytest.raises(UsageError, match='"voiceguide voices import" makes one'):
        voices.pick("own", language="en", pace=135)
    read_by("anna", (UP,))
    assert not voices.engine("own").picked
    assert voices.pick("own", language="en", pace=135).id == "own:anna"
    with pytest.raises(UsageError, match='Did you mean "anna"'):
        own("ana")


@pytest.mark.parametrize("name", ["", "..", "a/b", "Anna", "con", ".hidden", "a b", "x" * 61, "e\u0301va", "-a"])
def test_a_name_is_a_folder_of_its_own_everywhere(name: str) -> None:
    """Also on disks that know no capitals."""
    with pytest.raises(UsageError, match="expected a name of small letters"):
        recorded.check_name(name)
    assert recorded.check_name("josé-2") == "josé-2"


def test_a_write_that_fails_leaves_nothing(folder: Path) -> None:
    """Neither a voice of half its lines nor files that nobody knows; one that was there stays as it was."""

    def broken() -> object:
        yield reading(UP)
        raise Failed("no more")

    with pytest.raises(Failed, match="no more"):
        recorded.add("anna", broken())  # type: ignore[arg-type]  # an iterator
    assert not (folder / "anna").exists()
    read_by("anna", (DOWN,))
    with pytest.raises(Failed, match="no more"):
        recorded.add("anna", broken())  # type: ignore[arg-type]  # an iterator
    assert own().lacks((UP, DOWN)) == (UP,)
    assert len([*(folder / "anna").glob("*.flac")]) == 1


def test_removing_takes_the_voice_and_leaves_what_is_not_its_own(folder: Path) -> None:
    """A file of somebody else's in the folder stays."""
    read_by("anna", (UP,))
    read_by("ben", (UP,))
    (folder / "ben" / "notes.txt").write_text("mine")
    engine = voices.engine("own")
    assert isinstance(engine, voices.Fetching)
    assert engine.remove("anna") == (str(folder / "anna"),)
    assert engine.remove("ben") == (str(folder / "ben"),)
    assert [path.name for path in folder.rglob("*") if path.is_file() and path.name != "lock"] == ["notes.txt"]
    with pytest.raises(UsageError):
        engine.remove("anna")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda index: index["lines"][0].pop("text"), r"lines\[0\]\.text: expected this key"),
        (lambda index: index["lines"][0].update(file="../../x.flac"), "the name of a line's file"),
        (lambda index: index["lines"][0].update(seconds=0), "more than 0 s"),
        (lambda index: index["lines"][0].update(language="\x1b"), "a language's tag"),
        (lambda index: index.update(schema=2), "schema: expected 1"),
        (lambda index: index.update(lines=[]), "a line at least"),
    ],
)  # fmt: skip
def test_a_damaged_index_is_told_and_can_be_removed(folder: Path, change: object, told: str) -> None:
    """It hides no other voice."""
    read_by("anna", (UP,))
    read_by("ben", (UP,))
    path = folder / "anna" / "index.json"
    index = json.loads(path.read_text())
    change(index)  # type: ignore[operator]  # a function, from the table
    path.write_text(json.dumps(index))
    with pytest.raises(VoiceguideError, match=told):
        own().estimate(UP)
    damaged, whole = voices.engine("own").voices()
    assert (damaged.name, whole.fix) == ("anna", None)
    assert "remove the voice" in str(damaged.fix)
    assert recorded.remove("anna")
    assert recorded.names() == ("ben",)


def test_a_recording_that_was_changed_is_refused(folder: Path) -> None:
    """By its digest, as is one that is gone, a link, or no sound."""
    read_by("anna", (UP,))
    (path,) = (folder / "anna").glob("*.flac")
    data = path.read_bytes()
    for instead in (data[:-1], data + b"x"):
        path.write_bytes(instead)
        with pytest.raises(Failed, match="damaged, or was changed"):
            own().say(UP)
    path.unlink()
    path.symlink_to("/dev/zero")
    with pytest.raises(Failed, match="cannot be read"):
        own().say(UP)
    path.unlink()
    recorded.add("anna", [recorded.Reading("en", UP, 1.0, b"no sound")])
    with pytest.raises(Failed, match="is no FLAC"):
        own().say(UP)
