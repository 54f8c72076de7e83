"""Locks on files and folders. Locks of one process against itself show all that those of two would."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from voiceguide.store.locks import born_held, held_folder, hold, in_turn, removed_unless_held

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="an open file is held by being open there")


@posix
def test_a_file_held_alone_is_refused_at_once(tmp_path: Path):
    """Until it is closed; those who share it do not keep each other out."""
    path = tmp_path / "file"
    path.touch()
    with path.open("rb") as mine, path.open("rb") as theirs:
        hold(mine.fileno(), alone=False)
        hold(theirs.fileno(), alone=False)
        with pytest.raises(BlockingIOError):
            hold(theirs.fileno())
    with path.open("rb") as theirs:
        hold(theirs.fileno())


def test_a_folder_is_held_until_its_number_is_closed(tmp_path: Path):
    """A second one is refused, and nothing is left behind."""
    number = held_folder(tmp_path)
    with pytest.raises((BlockingIOError, FileExistsError)):
        held_folder(tmp_path)
    os.close(number)
    os.close(held_folder(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_file_born_held_stays_until_it_is_closed(tmp_path: Path):
    """Nobody removes it meanwhile, and whoever comes afterwards does."""
    number, path = born_held(lambda: tmp_path / "a.run")
    os.write(number, b"x")
    assert list(tmp_path.iterdir()) == [path]
    assert not removed_unless_held(path)
    assert path.exists()
    os.close(number)
    assert removed_unless_held(path)
    assert not path.exists()
    with pytest.raises(FileNotFoundError):
        removed_unless_held(path)


@posix
def test_a_file_that_is_taken_for_left_before_it_is_held_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Between a file's making and its lock somebody may look: then another one is made, and none is lost."""
    names = iter(["looked-at", "removed", "kept"])
    looking: list[int] = []

    def meanwhile(number: int) -> None:
        if (tmp_path / "looked-at").exists():
            looking.append(os.open(tmp_path / "looked-at", os.O_RDONLY))
            hold(looking[0], alone=False)
            (tmp_path / "looked-at").unlink()
        elif (tmp_path / "removed").exists():
            (tmp_path / "removed").unlink()
        hold(number)

    monkeypatch.setattr("voiceguide.store.locks.hold", meanwhile)
    number, path = born_held(lambda: tmp_path / next(names))
    assert list(tmp_path.iterdir()) == [path] == [tmp_path / "kept"]
    for each in (number, *looking):
        os.close(each)


@posix
@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_what_is_no_file_of_ours_is_neither_waited_for_nor_followed(kind: str, tmp_path: Path):
    """A pipe in a lock's place, or a link that leads elsewhere: the work goes on without the lock."""
    elsewhere = tmp_path / "elsewhere"
    folder = tmp_path / "folder"
    folder.mkdir()
    if kind == "pipe":
        os.mkfifo(folder / "lock")
    else:
        (folder / "lock").symlink_to(elsewhere)
    with in_turn(folder, alone=True):
        assert not elsewhere.exists()
    with pytest.raises(OSError, match=r"not a file|[Ll]ink"):
        removed_unless_held(folder / "lock")


@posix
def test_a_lock_that_nobody_lets_go_of_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its holder may have been stopped: after a while the work goes on without it."""
    monkeypatch.setattr("voiceguide.store.locks._PATIENCE", 0.02)
    with in_turn(tmp_path, alone=True), in_turn(tmp_path, alone=True):
        pass


def test_one_waits_for_another(tmp_path: Path):
    """Whoever holds a folder's lock alone has it alone; a folder that is not there has no lock, and does not stop."""
    order: list[str] = []
    begun = threading.Event()

    def second() -> None:
        begun.set()
        with in_turn(tmp_path, alone=False):
            order.append("second")

    with in_turn(tmp_path, alone=True):
        thread = threading.Thread(target=second)
        thread.start()
        begun.wait()
        thread.join(0.1)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    with in_turn(tmp_path / "none", alone=True):
        pass


@posix
def test_those_who_share_a_folder_do_not_wait_for_each_other(tmp_path: Path):
    """Renders read one cache at once; only who wants it alone is kept out."""
    with in_turn(tmp_path, alone=False), (tmp_path / "lock").open("rb") as theirs:
        hold(theirs.fileno(), alone=False)
        with pytest.raises(BlockingIOError):
            hold(theirs.fileno())
