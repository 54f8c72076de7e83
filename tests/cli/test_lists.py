"""`list`, `voices` and `sounds`: what there is, for people and as JSON."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL
from rich.cells import cell_len

from voiceguide.catalogue.search import COLLECTIONS
from voiceguide.routine import finding

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result

ENTRY = ["name", "title", "summary", "audience", "position", "tags", "languages", "lengths", "hands_on"]
SELF = ("summary:", "audience: self\nsummary:")
GERMAN = ("summary:", "language: de\nsummary:")
NO_SETUPS = ("setups: [lying, seated]\n", "")
LIBRARY = (
    ("ball", "A ball for the neck", (SELF, NO_SETUPS, ("[tests]", "[tests, ball, neck]"))),
    ("couples-evening", "An evening for the two of you", ()),
    ("desk-break", "A break at the desk", (SELF, ("[lying, seated]", "[seated]"), ("lying face down", "on a stool"))),
    ("deutsch", "Ein müder Rücken", (GERMAN,)),
    ("feet", "Warm feet", ()),
    ("full-body-in-one-hour", "From the shoulders to the soles of the feet, in one slow hour", ()),
    ("hands", "Hands and forearms", ()),
    ("head", "Head, face and scalp", ()),
    ("legs", "Tired legs", ()),
    ("lower-back", "Lower back and hips", ()),
    ("neck", "Neck and shoulders on a chair", ()),
    ("wall-and-ball", "Wall", (SELF, NO_SETUPS, ("[tests]", "[ball]"), ("lying face down", "standing at a wall"))),
)
"""(name, title, what differs from SMALL)."""


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the library stands in."""
    around = tmp_path_factory.mktemp("shelves")
    inside = around / "library"
    inside.mkdir()
    for number, (name, title, edits) in enumerate(LIBRARY):
        text = SMALL.replace("Small one", title).replace("20s..40s", f"20s..{60 * (number + 1)}s")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        (inside / f"{name}.yaml").write_text(text, "utf-8")
    return around


@pytest.fixture
def library(shelves: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve routines, as many as are bundled, of every kind, in a folder beside; they are read once for all tests."""
    monkeypatch.chdir(shelves)
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(shelves / "cache"))


def names(result: Result) -> list[str]:
    """The routines of `list --json`."""
    assert result.code == 0, result
    return [entry["name"] for entry in result.json]


def test_list(run: Callable[..., Result]) -> None:
    """Every bundled routine with title, minutes, for whom and languages; a line for each length."""
    result = run("list")
    assert (result.code, result.err) == (0, "")
    head, *lines = result.out.splitlines()
    assert head.split() == ["NAME", "TITLE", "MINUTES", "FOR", "LANGUAGES"]
    listed = run("list", "--json").json
    assert [entry["name"] for entry in listed] == sorted(finding.files())
    assert all(list(entry) == ENTRY for entry in listed)
    (back,) = (entry for entry in listed if entry["name"] == "full-back")
    assert back["lengths"]["short"] * 0.6 < back["hands_on"]["short"] < back["lengths"]["short"]
    assert back["languages"][0] == "en"
    short, full = (
        f"{round(back['lengths'][length] / 60)} min, {round(back['hands_on'][length] / 60)} hands on"
        for length in ("short", "full")
    )
    at = next(number for number, line in enumerate(lines) if line.startswith("full-back "))
    assert re.split(r"\s{2,}", lines[at])[:4] == ["full-back", "Full back massage", short, "giver"]
    assert lines[at + 1].strip() == full


def test_list_says_when_hands_are_on_a_body(
    run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By each length, in steps that touch; where none does, the minutes alone, in a narrow terminal too."""
    (folder / "own").mkdir()
    lines = "title: A\nsummary: S\nsteps:\n  - {name: A, say: Wait., duration: 3m, touch: false}\n"
    (folder / "own" / "aaa.yaml").write_text(lines, "utf-8")
    (folder / "own" / "aab.yaml").write_text(lines + "  - {name: B, say: Glide., duration: 2m..8m}\n", "utf-8")
    aaa, aab = run("list", "--routines", "own", "--json").json[:2]
    assert (aaa["hands_on"], aab["hands_on"]) == ({"short": 0.0, "full": 0.0}, {"short": 120.0, "full": 480.0})
    told = run("list", "--routines", "own").out.splitlines()
    assert re.split(r"\s{2,}", told[1])[2] == f"{round(aaa['lengths']['short'] / 60)} min"
    assert re.split(r"\s{2,}", told[2])[2].endswith(" min, 2 hands on")
    monkeypatch.setenv("COLUMNS", "50")
    assert " min, 2 hands on; " in run("list", "--routines", "own").out


@pytest.mark.parametrize("columns", [100, 80, 60, 40, 20])
def test_the_table_fits_the_terminal(
    columns: int, library: None, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line is wider, no title is cut, and at 80 columns nearly every routine has a line for each length."""
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("list", "--routines", "library").out.splitlines()
    assert max(cell_len(line) for line in lines) <= max(columns, 22)
    words = " ".join(lines).split()
    assert all(word in words for _, title, _ in LIBRARY for word in title.split())
    if columns == 80:
        assert len(lines) <= 1 + 2 * len(run("list", "--routines", "library", "--json").json) + 6
    if columns >= 80:
        starts = {line.index(" giver ") for line in lines if " giver " in line}
        assert len(starts) == 1


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (["--tag", "ball"], ["ball", "wall-and-ball"]),
        (["--tag", "BALL", "--tag", "neck"], ["ball"]),
        (["--for", "self"], ["ball", "desk-break", "wall-and-ball"]),
        (["--position", "seated", "--for", "self"], ["desk-break"]),
        (["--tag", "tests", "--position", "lying", "--for", "self"], ["ball"]),
        (["--tag", "tests", "--language", "de"], ["deutsch"]),
        (["--tag", "tests", "--language", "de-CH"], ["deutsch"]),
    ],
    ids=" ".join,
)
def test_narrowed(wish: list[str], expected: list[str], library: None, run: Callable[..., Result]) -> None:
    """Each wish narrows the list, for people and as JSON."""
    own = {name for name, _, _ in LIBRARY}
    assert [name for name in names(run("list", "--routines", "library", *wish, "--json")) if name in own] == expected
    table = run("list", "--routines", "library", *wish).out.splitlines()[1:]
    first = [line.split()[0] for line in table if not line.startswith(" ")]
    assert [name for name in first if name in own] == expected


@pytest.mark.parametrize("option", ["--under", "--length"])
def test_narrowed_by_length(option: str, library: None, run: Callable[..., Result]) -> None:
    """What has a named length of at most that."""
    everything = run("list", "--routines", "library", "--json").json
    found = run("list", "--routines", "library", option, "9m", "--json").json
    assert found == [entry for entry in everything if min(entry["lengths"].values()) < 540.5]
    assert any(max(entry["lengths"].values()) > 540.5 for entry in found)


def test_nothing_found(run: Callable[..., Result]) -> None:
    """It is said, with what may be meant and what there is; the JSON is an empty array, and all is well."""
    result = run("list", "--tag", "sholders")
    assert (result.code, result.out) == (0, "")
    assert 'No routine has the tag "sholders". Did you mean "shoulders"?' in result.err
    assert "languages: " in result.err
    result = run("list", "--under", "10s", "--json")
    assert (result.code, result.json) == (0, [])
    assert "the shortest lasts " in result.err
    assert run("-q", "list", "--under", "10s").err == ""


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (["--language", "Germn"], '--language: expected a language: de, en, es, fr, got "Germn". Did you mean "de"?'),
        (["--under", "15"], '"15m"'),
        (["--for", "both"], "'giver', 'self'"),
        (["--position", "standing"], "'lying', 'seated'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wishes_that_are_none(wish: list[str], words: str, refused: Callable[..., str]) -> None:
    """They are told with what can be wished."""
    assert words in refused("list", *wish)


def test_list_of_own_folders(run: Callable[..., Result], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Routines of one's own join, from --routines and VOICEGUIDE_ROUTINES; what cannot be read is told on stderr."""
    for name, text in (
        ("one/a.yaml", SMALL),
        ("two/b.yml", SMALL),
        ("two/broken.yaml", "title: x"),
        ("two/no.txt", ""),
    ):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.setenv("VOICEGUIDE_ROUTINES", os.pathsep.join(("one", "two")))
    result = run("list", "--json")
    assert result.code == 0
    assert names(result) == sorted(["a", "b", *finding.files()])
    assert "broken.yaml" in result.err
    assert all(list(entry) == ENTRY for entry in result.json)
    monkeypatch.delenv("VOICEGUIDE_ROUTINES")
    result = run("list", "--routines", "one", "--json")
    assert names(result) == sorted(["a", *finding.files()])
    (small,) = (entry for entry in result.json if entry["name"] == "a")
    assert (small["title"], small["tags"], small["position"]) == ("Small one", ["tests"], "lying face down")
    assert 60 < small["lengths"]["short"] < small["lengths"]["full"]


def test_list_without_the_folder(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is not there is told."""
    assert "nowhere" in refused("list", "--routines", "nowhere")
    monkeypatch.setenv("VOICEGUIDE_ROUTINES", "gone")
    assert "gone" in refused("list")


def test_voices(run: Callable[..., Result]) -> None:
    """Every engine's voices with languages and licence; what is missing comes with its fix."""
    result = run("voices")
    assert (result.code, result.err) == (0, "")
    assert "hibari:heart" in result.out
    listed = run("voices", "--json").json
    told = {"id", "engine", "name", "languages", "licence", "gender", "natural", "download_mb", "ready", "fix"}
    assert all(set(voice) == told for voice in listed)
    by_id = {voice["id"]: voice for voice in listed}
    assert by_id["hibari:heart"] == {
        "id": "hibari:heart",
        "engine": "hibari",
        "name": "heart",
        "languages": ["en-US"],
        "licence": "Apache-2.0",
        "gender": "female",
        "natural": True,
        "download_mb": None,
        "ready": True,
        "fix": None,
    }
    assert {"hibari", "pyttsx3", "tone"} <= {voice["engine"] for voice in listed}
    assert all((voice["fix"] is None) == voice["ready"] for voice in listed)


def test_sounds(run: Callable[..., Result]) -> None:
    """Chimes and beds with their seconds."""
    listed = run("sounds", "--json").json
    assert set(listed) == {"chimes", "beds"}
    assert all(set(sound) == {"name", "seconds"} for kind in listed.values() for sound in kind)
    code = {"step", "switch", "press", "release", "halfway", "last-minute", "breath", "swell", "end"}
    assert code <= {sound["name"] for sound in listed["chimes"]}
    assert all(sound["seconds"] > 0 for kind in listed.values() for sound in kind)
    result = run("sounds")
    assert all(sound["name"] in result.out for kind in listed.values() for sound in kind)


def test_plain_words(run: Callable[..., Result]) -> None:
    """The best answer first, quoted or not, as a table or as JSON in that order; care before all else."""
    ranked = names(run("list", "neck and shoulders of my partner, ten minutes", "--json"))
    assert ranked[0] == "neck-shoulders"
    told = run("list", "neck", "and", "shoulders", "of", "my", "partner,", "ten", "minutes")
    assert [line.split()[0] for line in told.out.splitlines()[1:] if line[0] != " "] == ranked
    told = run("list", "pregnant, lower back")
    assert told.out.splitlines()[0].startswith("In pregnancy")
    told = run("list", "pregnant, lower back", "--json")
    assert told.json[0]["name"] == "lower-back"
    assert told.err.startswith("In pregnancy")
    nothing = run("list", "xyzzy")
    assert (nothing.code, nothing.out) == (0, "")
    assert "No routine is about that." in nothing.err


def test_collections(run: Callable[..., Result]) -> None:
    """Each can be asked for by name, and narrows what words find."""
    for name in COLLECTIONS:
        assert names(run("list", "--collection", name, "--json")), name
    assert names(run("list", "back", "--collection", "couple", "--json")) != names(run("list", "back", "--json"))
    assert run("list", "--collection", "morning").code == 2
