"""What voiceguide offers from Python: signatures that tell every choice, values of any form, faults by their names."""

from __future__ import annotations

import ast
import doctest
import inspect
import io
from pathlib import Path
from typing import Any

import pytest
from planned import HEAD
from scripts_for_tests import loaded

import voiceguide
from voiceguide import Routine, RoutineError, UsageError, load, plan, preview, render, say
from voiceguide.choices import TABLE, Choices, Label, Levels, Options

STEPS = {"steps": [{"name": "A", "say": "Glide.", "duration": "20s..1m"}, {"name": "B", "duration": "30s"}]}
DOCUMENT = {"title": "Test", "summary": "For tests.", "safety": {"do_not_start": ["a fever"]}} | STEPS
MOST_OWN = 8


def test_the_signatures_are_the_table_s() -> None:
    """What `scripts/make_signatures.py` writes is there."""
    script = loaded("make_signatures")
    source = script.FILE.read_text("utf-8")
    assert script.signed(source) == source


@pytest.mark.parametrize("function", [plan, render, preview, say])
def test_beside_the_choices_there_is_little(function: Any) -> None:
    """Eight parameters at most of a function's own."""
    own = set(inspect.signature(function).parameters) - {choice.field for choice in TABLE}
    assert len(own) <= MOST_OWN


def test_every_choice_is_a_keyword() -> None:
    """Of `render`; `plan` takes those that change times."""
    assert {choice.field for choice in TABLE} <= inspect.signature(render).parameters.keys()
    assert {each.name for each in Choices.__dataclass_fields__.values()} <= inspect.signature(plan).parameters.keys()
    assert len(TABLE) == sum(len(each.__dataclass_fields__) for each in (Choices, Label, Levels, Options))


@pytest.mark.parametrize("name", ["load", "plan", "render", "preview", "say"])
def test_the_examples_are_true(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each public function has some, and they do what they say."""
    monkeypatch.chdir(tmp_path)
    names = {each: getattr(voiceguide, each) for each in voiceguide.__all__}
    (tests,) = doctest.DocTestFinder(recurse=False).find(names[name], name, globs=names)
    assert tests.examples
    said: list[str] = []
    doctest.DocTestRunner().run(tests, out=said.append)
    assert not said, "".join(said)


def test_public_names_are_the_package_s() -> None:
    """Each is there, and no other is promised."""
    tree = ast.parse(Path(voiceguide.__file__).read_text("utf-8"))
    typed = {a.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for a in node.names}
    assert set(voiceguide.__all__) == typed - {"annotations", "import_module", "TYPE_CHECKING", "Any"}
    assert all(getattr(voiceguide, name) for name in voiceguide.__all__)


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"length": 15}, "length", "length 15s: out of reach"),
        ({"length": "15"}, "length", 'add a unit, as "15s"'),
        ({"length": None, "pace": "fast"}, "pace", 'got "fast"'),
        ({"pace": 120.5}, "pace", "a whole number"),
        ({"pace": True}, "pace", "got True"),
        ({"bed_level": 0}, "bed_level", "expected -40 to -9 dB from the voice, got 0"),
        ({"bed_level": float("nan")}, "bed_level", "got nan"),
        ({"bed": "rian"}, "bed", 'Did you mean "rain"?'),
        ({"bed": 3}, "bed", "got 3"),
        ({"voice": "nobody"}, "voice", "there is no engine"),
        ({"voice": "tone:nobody"}, "voice", "has no voice"),
        ({"language": "xx"}, "language", "expected a language"),
        ({"language": ["de"]}, "language", "got ['de']"),
        ({"setup": "standing"}, "setup", "it has none"),
        ({"without": [3.5]}, "without", "got 3.5"),
        ({"without": "Knead"}, "without", 'got "Knead"'),
        ({"opening": "no"}, "opening", "expected true or false"),
        ({"talk": "mini"}, "talk", 'Did you mean "minimal"?'),
        ({"gate": 1}, "gate", "got 1"),
        ({"linger": -1}, "linger", "got -1"),
        ({"linger": "soon"}, "linger", 'got "soon"'),
    ],
)
def test_a_wrong_value_is_a_usage_error_with_its_keyword(wrong: dict[str, Any], field: str, says: str) -> None:
    """Never a TypeError, whatever came; and no option of the command line is named."""
    with pytest.raises(UsageError) as caught:
        plan(load(DOCUMENT), **{"voice": "tone"} | wrong)
    assert caught.value.field == field
    assert str(caught.value).startswith(field)
    assert says in str(caught.value)
    assert "--" not in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"loudness": -3}, "loudness"),
        ({"settle": "much"}, "settle"),
        ({"bitrate": 127}, "bitrate"),
        ({"room": 1}, "room"),
        ({"threads": 0}, "threads"),
        ({"threads": -1}, "threads"),
        ({"threads": "two"}, "threads"),
        ({"without_voice": "no"}, "without_voice"),
        ({"overwrite": "no"}, "overwrite"),
    ],
)
def test_so_are_those_of_a_file(wrong: dict[str, Any], field: str, tmp_path: Path) -> None:
    """Before anything is spoken or written."""
    with pytest.raises(UsageError) as caught:
        render(load(DOCUMENT), tmp_path / "a.mp3", voice="tone", **wrong)
    assert caught.value.field == field
    assert not [*tmp_path.iterdir()]


def test_an_existing_file_is_told_by_the_keywords(tmp_path: Path) -> None:
    """What to do is said as Python has it."""
    (tmp_path / "a.wav").touch()
    with pytest.raises(UsageError, match=r"exists: add overwrite or choose another path$"):
        say("Hello.", tmp_path / "a.wav", voice="tone")


def test_there_is_no_file_where_something_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its loudness, which is told at the end, is known before it is written."""

    def fails(_: object) -> float:
        raise OSError

    monkeypatch.setattr("voiceguide.sound.mix.Mix.powers", fails)
    with pytest.raises(OSError, match=r"^$"):
        render(load(DOCUMENT), tmp_path / "a.wav", voice="tone", bed="none")
    assert not [*tmp_path.glob("a*")]


@pytest.mark.parametrize("length", [240, 240.0, "240s", "4m", "4:00"])
def test_a_length_is_seconds_or_typed(length: str | float) -> None:
    """The total is the same."""
    timeline = plan(load(DOCUMENT), voice="tone", length=length)
    assert timeline.duration == pytest.approx(240)
    assert timeline.length == (length if isinstance(length, str) else "4m")


def test_a_routine_is_loaded_from_anything(tmp_path: Path) -> None:
    """A path, a mapping, an open file in text or bytes, and text in memory make the same session."""
    text = HEAD.rstrip() + "\nsteps:\n  - {name: A, say: Glide., duration: 1m}\n"
    path = tmp_path / "test.yaml"
    path.write_text(text, "utf-8")
    with path.open(encoding="utf-8") as opened, path.open("rb") as raw:
        routines = [load(path), load(opened), load(raw), load(io.StringIO(text))]
    assert [routine.name for routine in routines] == ["test", "test", "test", "routine"]
    sessions = [plan(routine, voice="tone").to_json() | {"routine": ""} for routine in routines]
    assert all(session == sessions[0] for session in sessions)


def test_a_mapping_is_a_file_without_one() -> None:
    """Tuples are lists, and what is shared between two places is there twice."""
    cue = {"at": "50%", "say": "Slowly."}
    shared = {"name": "A", "say": ("Glide.", "Slow and even."), "duration": "1m", "cues": (cue, {**cue, "at": "30s"})}
    routine = Routine.from_dict(DOCUMENT | {"steps": (shared, shared | {"name": "B"})}, name="mine")
    assert (routine.name, len(routine.steps)) == ("mine", 2)


def test_faults_of_a_mapping_have_their_paths() -> None:
    """All of them at once."""
    wrong = DOCUMENT | {"steps": [{"name": "A", "duraton": "1m"}, {"name": "B", "duration": 90}]}
    with pytest.raises(RoutineError) as caught:
        load(wrong)
    assert {fault.place.path for fault in caught.value.faults} >= {"steps[0].duraton", "steps[1].duration"}


@pytest.mark.parametrize("wrong", [5, None, ["title"], {"title": {1, 2}}])
def test_what_is_no_routine_is_refused(wrong: Any) -> None:
    """By the argument's name."""
    with pytest.raises((UsageError, RoutineError)) as caught:
        load(wrong)
    assert not isinstance(caught.value, UsageError) or caught.value.field in ("path", "document")


def test_a_circle_in_a_mapping_is_refused() -> None:
    """No file could say it."""
    endless: dict[str, Any] = {"title": "T"}
    endless["steps"] = [endless]
    with pytest.raises(UsageError, match=r"^document: "):
        load(endless)


@pytest.mark.parametrize("wrong", ["desk-break", None, DOCUMENT])
def test_what_was_not_loaded_is_no_routine(wrong: Any, tmp_path: Path) -> None:
    """A name of one neither: the message says what makes it one."""
    for ask in (plan, lambda routine, **choices: render(routine, tmp_path / "a.wav", **choices)):
        with pytest.raises(UsageError, match=r"^routine: expected a routine, as `load` returns one, got "):
            ask(wrong, voice="tone")
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("wrong", [5, None, b"a.wav", ""])
def test_what_is_no_path_is_told_by_its_keyword(wrong: Any) -> None:
    """By each function that writes a file."""
    routine = load(DOCUMENT)
    for write in (render, preview):
        with pytest.raises(UsageError, match=r"^path: expected a text \(a file's path\), got "):
            write(routine, wrong, voice="tone")
    with pytest.raises(UsageError, match=r"^path: "):
        say("Hello.", wrong, voice="tone")


@pytest.mark.parametrize("wrong", [5, None, b"Hello.", ["Hello."], "", "…"])
def test_what_is_no_text_is_not_said(wrong: Any, tmp_path: Path) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError, match=r"^text: expected "):
        say(wrong, tmp_path / "a.wav", voice="tone")
    assert not [*tmp_path.iterdir()]


def test_an_open_file_that_gives_no_text_is_refused(tmp_path: Path) -> None:
    """One that is closed, or to be written, or in another encoding."""
    path = tmp_path / "routine.yaml"
    path.write_bytes("title: Rücken".encode("latin-1"))
    closed = io.StringIO("title: T")
    closed.close()
    with path.open(encoding="utf-8") as latin, (tmp_path / "new").open("w", encoding="utf-8") as new:
        for wrong in (latin, new, closed):
            with pytest.raises(UsageError, match=r"^path: expected an open file with a routine's text, got: "):
                load(wrong)


def test_a_mapping_has_its_sounds_in_a_folder(tmp_path: Path) -> None:
    """As a path or a text; what is neither is refused by its keyword, and so is a name."""
    (tmp_path / "own.wav").touch()
    own = DOCUMENT | {"steps": [{"name": "A", "duration": "1m", "chime": "own.wav"}]}
    for folder in (tmp_path, str(tmp_path)):
        assert Routine.from_dict(own, folder=folder).folder == tmp_path
    with pytest.raises(RoutineError, match=r"own\.wav"):
        Routine.from_dict(own)
    for wrong, says in (({"folder": 5}, "folder: "), ({"name": 5}, "name: ")):
        with pytest.raises(UsageError, match=f"^{says}"):
            Routine.from_dict(own, **wrong)
