"""`drawings`: what there is, for people and as JSON, and one sheet of them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from commands_for_tests import SMALL
from drawings_for_tests import atlas
from PIL import Image

from voiceguide.drawing import atlas as drawings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from commands_for_tests import Result

    Run = Callable[..., Result]


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


def test_every_drawing_is_listed_with_the_routines_that_show_it(run: Run, tmp_path: Path) -> None:
    """By name, with what it shows; for people and as JSON."""
    (tmp_path / "own").mkdir()
    own = SMALL.replace("    say: Glide up.\n", "    say: Glide up.\n    show: upper-back/glide\n")
    (tmp_path / "own" / "mine.yaml").write_text(own, "utf-8")
    told = run("drawings", "--json", "--routines", str(tmp_path / "own")).json
    assert [drawing["name"] for drawing in told] == [
        "upper-back/circles",
        "upper-back/glide",
        "upper-back/thumbs",
        "whole/rest",
    ]
    assert told[1]["title"] == "Both palms glide up beside the spine"
    assert "mine" in told[1]["routines"]
    shown = run("drawings", "--routines", str(tmp_path / "own")).out
    assert "upper-back/glide    Both palms glide up beside the spine\n" in shown


def test_the_sheet_shows_them_all(run: Run, tmp_path: Path) -> None:
    """One PNG, in which each drawing is in its place; an existing file and another suffix are refused."""
    sheet = tmp_path / "all.png"
    assert run("drawings", "--plot", str(sheet)).code == 0
    with Image.open(sheet) as image:
        assert image.format == "PNG"
        assert image.width > image.height > 250
        # The three of the upper back in one row, each with its figure's colour in the middle of its place.
        assert [image.getpixel((30 + number * 238 + 110, 30 + 25)) for number in range(3)] == [(232, 180, 143)] * 3
    assert run("drawings", "--plot", str(sheet)).code == 2
    assert run("drawings", "--plot", str(sheet), "--overwrite").code == 0
    assert run("drawings", "--plot", str(tmp_path / "all.svg")).code == 2
