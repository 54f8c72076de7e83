"""Drawings in routines: bundled names, files beside the routine, and nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from drawings_for_tests import GLIDE, atlas

from voiceguide import plan
from voiceguide.drawing import atlas as drawings
from voiceguide.routine import joining
from voiceguide.routine.json_schema import document
from voiceguide.routine.notes import notes_of
from voiceguide.routine.reading import examine, read
from voiceguide.timeline import reading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from voiceguide.errors import Fault


@pytest.fixture(autouse=True)
def small_atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An atlas of four drawings."""
    folder = atlas(tmp_path / "atlas")
    monkeypatch.setattr("voiceguide.store.assets.drawings_folder", lambda: folder)
    drawings.names.cache_clear()
    drawings.bundled.cache_clear()
    yield
    drawings.names.cache_clear()
    drawings.bundled.cache_clear()


def written(folder: Path, show: str, name: str = "routine") -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(
        f"title: {name}\nsummary: S\nsteps:\n  - {{name: A, duration: 1m}}\n"
        f"  - {{name: B {name}, duration: 2m, sides: [left, right], show: '{show}'}}\n",
        encoding="utf-8",
    )
    return path


def faults_of(folder: Path, show: str) -> tuple[Fault, ...]:
    return examine(written(folder, show))[1]


def test_a_bundled_drawing_is_known_by_its_name(tmp_path: Path):
    """It travels from the step to its chapter, and through JSON; a step without one has none."""
    routine = read(written(tmp_path, "upper-back/circles"))
    assert [step.show for step in routine.every_step] == [None, "upper-back/circles"]
    timeline = plan(routine, voice="tone")
    shown = [chapter.show for chapter in timeline.chapters]
    assert shown == [None, None, "upper-back/circles", None]
    told = timeline.to_json()
    assert ["show" in chapter for chapter in told["chapters"]] == [False, False, True, False]
    assert [chapter.show for chapter in reading.timeline(told).chapters] == shown


@pytest.mark.parametrize(
    ("show", "near"),
    [
        ("upper-back/circle", "upper-back/circles"),
        ("lower-back/thumbs", "upper-back/thumbs"),
        ("upper-back/nothing-like-it", "upper-back/glide, upper-back/circles, upper-back/thumbs"),
        ("zzz", "`voiceguide drawings` lists them"),
    ],
)
def test_an_unknown_name_is_a_fault_with_the_nearest(tmp_path: Path, show: str, near: str):
    """Those that are written alike, or are of the same place, or the same move."""
    (fault,) = faults_of(tmp_path, show)
    assert (fault.rule, fault.place.path, fault.place.line) == ("unknown-drawing", "steps[1].show", 5)
    assert near in fault.message
    assert (fault.mend.text if fault.mend else None) == (near if show == "upper-back/circle" else None)


def test_a_drawing_beside_the_routine_is_named_by_its_file(tmp_path: Path):
    """Its shapes are at hand for pages; one that is not understood is a fault that names it."""
    (tmp_path / "mine.svg").write_text(GLIDE, "utf-8")
    assert faults_of(tmp_path, "mine.svg") == ()
    routine = read(tmp_path / "routine.yaml")
    own = notes_of(routine, "en").drawings
    assert own["mine.svg"].title == "Both palms glide up beside the spine"
    (tmp_path / "mine.svg").write_text(GLIDE.replace("<title", "<script/><title"), "utf-8")
    (fault,) = faults_of(tmp_path, "mine.svg")
    assert (fault.rule, fault.place.path) == ("bad-drawing", "steps[1].show")
    assert "mine.svg:2: expected one of" in fault.message


@pytest.mark.parametrize("show", ["../mine.svg", "/etc/passwd", "https://example.org/a.svg", "C:\\a.svg"])
def test_a_drawing_from_elsewhere_is_refused(tmp_path: Path, show: str):
    """Only a file in the routine's folder, or below it."""
    (tmp_path.parent / "mine.svg").write_text(GLIDE, "utf-8")
    assert [fault.rule for fault in faults_of(tmp_path, show)] == ["unsafe-path"]


def test_joined_routines_keep_their_own_drawings(tmp_path: Path):
    """Two files of one name in two folders are two drawings."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.svg").write_text(GLIDE.replace("Both palms", f"{name} palms"), "utf-8")
    joined = joining.read_all([written(tmp_path / name, "mine.svg", name) for name in ("one", "two")])
    shown = [step.show for step in joined.every_step if step.show]
    own = notes_of(joined, "en").drawings
    assert [own[name].title.split()[0] for name in shown if name] == ["one", "two"]


def test_editors_are_offered_the_names():
    """And any file; the schema says what the key is for."""
    told = document()["$defs"]["Step"]["properties"]["show"]
    assert "upper-back/circles" in told["anyOf"][0]["enum"]
    assert "drawing" in told["description"]
