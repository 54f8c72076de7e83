"""A new routine is all well whatever its author asks for, and explains itself."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from voiceguide import phrases
from voiceguide.authoring import starter
from voiceguide.authoring.starter import Step, Wishes
from voiceguide.errors import UsageError
from voiceguide.lint import findings
from voiceguide.routine.reading import read

if TYPE_CHECKING:
    from voiceguide.routine.model import Routine

FOLDER = Path(starter.__file__).parent
OWN = (Step("Warm hands", "40s"), Step("Slow circles", "2-3 min", both=True), Step("Rest", "1:30"))
TITLES = {
    "de": "Ein ruhiger Abend für den Rücken",
    "en": "A calm evening for the upper back",
    "es": "Una tarde tranquila para la espalda",
    "fr": "Une soirée calme pour le haut du dos",
}
"""Long ones: they are said before hands touch."""


def _written(tmp_path: Path, **wishes: Any) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(starter.file(Wishes(**{"title": "Mine"} | wishes), f"check {path.name}", schema=None), "utf-8")
    return path


def _texts(routine: Routine) -> list[str]:
    return [text.get(routine.language) or "" for step in routine.steps for text in (step.name, *step.say)]  # type: ignore[union-attr]  # no groups


@pytest.mark.parametrize("audience", ["giver", "self"])
@pytest.mark.parametrize("posture", ["lying", "seated"])
@pytest.mark.parametrize("language", starter.languages())
def test_the_usual_routine_is_all_well(audience: str, language: str, posture: str, tmp_path: Path) -> None:
    """Not one warning, in every language and for both who listen."""
    path = _written(tmp_path, title=TITLES[language], audience=audience, language=language, posture=posture)
    assert not "\n".join(map(str, findings(path, strict=True)))
    routine = read(path)
    assert (routine.audience, routine.language) == (audience, language)
    assert len(routine.steps) == 3


@pytest.mark.parametrize("language", starter.languages())
def test_steps_of_one_s_own_are_all_well(language: str, tmp_path: Path) -> None:
    """Short ones, ranges and both sides, without a bed; the first that is long enough asks about pressure."""
    path = _written(tmp_path, title=TITLES[language], language=language, steps=OWN, bed="none")
    assert not "\n".join(map(str, findings(path, strict=True)))
    routine = read(path)
    assert [step.check_in for step in routine.steps] == [False, True, False]  # type: ignore[union-attr]  # no groups
    assert [bool(step.sides) for step in routine.steps] == [False, True, False]
    assert all(name in " ".join(_texts(routine)) for name in ("Warm hands", "Slow circles", "Rest"))


def test_a_usual_step_keeps_its_words(tmp_path: Path) -> None:
    """Whoever names one gets its instruction; done on other sides than usual, a neutral one."""
    steps = (Step("long strokes", "4m"), Step("Circles", "2m"))
    first, second = read(_written(tmp_path, steps=steps)).steps
    assert "Glide both hands" in str(first.say)  # type: ignore[union-attr]  # no group
    assert "Circles: slowly" in str(second.say)  # type: ignore[union-attr]  # no group
    assert not "\n".join(map(str, findings(_written(tmp_path, steps=steps), strict=True)))


@pytest.mark.parametrize(
    "text", ["No", "null", "2024", "A: b # c", "- x", 'She said "go"', "Été, d'abord", "Hands & heart", "a\\b", "~"]
)
def test_texts_are_read_as_they_were_typed(text: str, tmp_path: Path) -> None:
    """Whatever YAML would make of them."""
    routine = read(_written(tmp_path, title=text, summary=text, steps=(Step(text, "1m"),)))
    assert {routine.title.get("en"), routine.summary.get("en"), routine.steps[0].name.get("en")} == {text}


@pytest.mark.parametrize("steps", [(), OWN])
def test_what_is_commented_out_can_be_taken_in(steps: tuple[Step, ...], tmp_path: Path) -> None:
    """The optional parts of the first step are all well once their # is gone."""
    path = _written(tmp_path, steps=steps)
    written = path.read_text("utf-8")
    taken = re.sub(r"^( +)# (?=(?:pressure|rhythm|warn|oil|ready|cues):|  - \{)", r"\1", written, flags=re.MULTILINE)
    assert taken.count("#") < written.count("#") - 4
    path.write_text(taken, "utf-8")
    assert not "\n".join(str(fault) for fault in findings(path) if fault.level == "fault")
    step = read(path).steps[0]
    assert step.pressure == 2  # type: ignore[union-attr]  # no group
    assert step.rhythm  # type: ignore[union-attr]  # no group
    assert step.warn  # type: ignore[union-attr]  # no group
    assert step.oil  # type: ignore[union-attr]  # no group
    assert step.ready  # type: ignore[union-attr]  # no group
    assert len(step.cues) == 2  # type: ignore[union-attr]  # no group


def test_every_part_is_explained_once(tmp_path: Path) -> None:
    """Each key has a comment above it where it stands for the first time."""
    lines = _written(tmp_path).read_text("utf-8").splitlines()
    seen: set[str] = set()
    for before, line in zip(["", *lines], lines, strict=False):
        key = re.match(r" *([a-z_]+):", line)
        if key and key[1] not in seen:
            seen.add(key[1])
            assert before.lstrip().startswith("#"), line
    assert {"title", "bed", "do_not_start", "say", "say_again", "duration", "sides", "check_in", "steps"} <= seen
    assert all(len(line) <= 120 for line in lines)


def test_the_first_line_is_the_editors(tmp_path: Path) -> None:
    """The schema's file, where there is one; else the first line is for the author."""
    line = starter.file(Wishes("Mine"), "check mine.yaml", schema="routine.schema.json").splitlines()[0]
    assert line == "# yaml-language-server: $schema=routine.schema.json"
    assert "schema" not in starter.file(Wishes("Mine"), "check mine.yaml", schema=None)


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("Circles: 1m", Step("Circles", "1m")),
        ("Long strokes: 2", Step("Long strokes", "2m")),
        ("Circles: 1-3 min, both", Step("Circles", "1-3 min", both=True)),
        ("Rest:1:30 both sides", Step("Rest", "1:30", both=True)),
        ("Rest: 1,5", Step("Rest", "1,5m")),
    ],
)
def test_a_step_is_read(written: str, step: Step) -> None:
    """Its name, its time, and whether it is for both sides."""
    assert starter.step(written) == step


@pytest.mark.parametrize(
    ("written", "told"),
    [("Circles", '"Circles: 1m"'), (": 2m", "a step"), ("A: soon", "duration"), ("A: 5s", "at least 20 s")],
)
def test_what_is_no_step_is_refused(written: str, told: str) -> None:
    """With how it is written."""
    with pytest.raises(UsageError, match=re.escape(told)):
        starter.step(written)


def test_every_language_has_the_same_texts() -> None:
    """As many steps as well; and there are the languages that the program itself speaks."""
    assert starter.languages() == phrases.languages()

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items() if key != "name"}
        return [shape(inner) for inner in value] if isinstance(value, list) and isinstance(value[0], dict) else None

    shapes = [shape(tomllib.loads(path.read_text("utf-8"))) for path in sorted(FOLDER.glob("*.toml"))]
    assert all(each == shapes[0] for each in shapes)
    with pytest.raises(UsageError, match="de, en, es, fr"):
        starter.usual_steps("giver", "it")


@pytest.mark.parametrize("language", starter.languages())
def test_comments_are_in_the_routine_s_language(language: str) -> None:
    """Every one, and none twice in two languages; commands and names are put into all of them alike."""
    own, english = (starter._texts(each)["comments"] for each in (language, "en"))
    for table, other in ((own, english), *((own[key], english[key]) for key in ("step", "also"))):
        assert table.keys() == other.keys()
        for key in table.keys() - {"step", "also"}:
            assert re.findall(r"\{\w+\}", table[key]) == re.findall(r"\{\w+\}", other[key]), key
            assert (table[key] == other[key]) == (language == "en"), key
    written = starter.file(Wishes("Mine", language=language), "check mine.yaml", schema=None)
    assert f"# {own['title']}" in written
    assert "#     check mine.yaml" in written
