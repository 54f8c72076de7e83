"""The drawings of moves in the studio: all of them to pick from, and those of a session that is heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL
from studios_for_tests import opened, with_small

from voiceguide.drawing import atlas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studios_for_tests import Studio


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Studio]:
    """A studio whose only routine shows a drawing on two sides."""
    text = SMALL.replace(
        "    say: Thumb on the {side}.\n", "    say: Thumb on the {side}.\n    show: upper-back/thumb\n"
    )
    with_small(monkeypatch, tmp_path, text)
    with opened(tmp_path / "studio") as made:
        yield made


def test_all_drawings_are_listed_and_given(studio: Studio) -> None:
    """By name; each is the very drawing, as an SVG."""
    told = studio.get("/api/drawings")["drawings"]
    assert [each["name"] for each in told] == [*atlas.names()]
    given = studio.ask("GET", told[0]["picture"])
    assert given.headers["content-type"].startswith("image/svg+xml")
    assert given.text == atlas.bundled(told[0]["name"]).svg
    assert all(each["title"] for each in told)


@pytest.mark.parametrize("name", ["upper-back/none", "nothing/glide", "..%2F..%2Fetc/passwd", "upper-back/..%2F..%2Fx"])
def test_no_other_file_is_given(studio: Studio, name: str) -> None:
    """Names are looked up, and never paths."""
    assert studio.ask("GET", f"/api/drawings/{name}.svg").status_code == 404


def test_a_session_has_its_drawings(studio: Studio) -> None:
    """What its steps show, and which sides are mirrored."""
    identity = studio.play()
    drawn = studio.get(f"/api/sessions/{identity}/timeline")["drawn"]
    assert set(drawn["drawings"]) == {"upper-back/thumb"}
    assert [False, True] in drawn["mirrored"]
    assert drawn["svg"].startswith('<g id="figure-1">')
