"""Files are looked at until they change: by content, however an editor saves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.cli.watching import EVERY, changes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Enough(Exception):
    """The time of a test is over."""


def _seen(paths: list[Path], *events: Callable[[], object] | None) -> list[int]:
    """Let one event happen in each wait; return after how many waits a change was seen."""
    waits: list[float] = []

    def sleep(seconds: float) -> None:
        if len(waits) == len(events):
            raise Enough
        event = events[len(waits)]
        waits.append(seconds)
        if event:
            event()

    seen: list[int] = []
    with pytest.raises(Enough):
        for _ in changes(paths, sleep):
            seen.append(len(waits))  # noqa: PERF401 (what was seen counts, though the loop ends in an error)
    assert set(waits) <= {EVERY}
    return seen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file."""
    path = tmp_path / "one.yaml"
    path.write_text("one", "utf-8")
    return path


def test_at_once_and_after_a_change(path: Path) -> None:
    """The first look counts; a change when it has stood for two looks; a file that stays is not told of again."""
    assert _seen([path], None, None, None) == [0]
    assert _seen([path], None, lambda: path.write_text("two", "utf-8"), None, None, None) == [0, 3]


def test_any_of_several(path: Path) -> None:
    """One change of one file is one check."""
    other = path.with_name("other.yaml")
    other.write_text("x", "utf-8")
    assert _seen([path, other], lambda: other.write_text("y", "utf-8"), None, None) == [0, 2]


def test_the_same_again_is_no_change(path: Path) -> None:
    """Saved without a change, only its time is another."""
    assert _seen([path], lambda: path.write_text("one", "utf-8"), None, None) == [0]


def test_same_size_and_time_is_a_change(path: Path) -> None:
    """It is the content that counts."""
    import os

    stat = path.stat()

    def edit() -> None:
        path.write_text("eno", "utf-8")
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert _seen([path], edit, None) == [0, 2]


def test_an_editor_that_replaces_the_file(path: Path) -> None:
    """What lies between the old file and the new one is not told of."""
    new = path.with_name("new")
    new.write_text("two", "utf-8")
    assert _seen([path], path.unlink, lambda: new.rename(path), None, None) == [0, 3]


def test_an_editor_that_empties_it_first(path: Path) -> None:
    """Nor what it holds while it is written."""
    empty, full = lambda: path.write_text(""), lambda: path.write_text("two")
    assert _seen([path], empty, full, None, None) == [0, 3]


def test_a_file_that_goes_and_comes_back(path: Path) -> None:
    """Both are changes when they last."""
    assert _seen([path], path.unlink, None, None, lambda: path.write_text("one", "utf-8"), None, None) == [0, 2, 5]
