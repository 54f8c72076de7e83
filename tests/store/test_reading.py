"""Files that somebody names are read, or it is said which one cannot be, and why."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from voiceguide.errors import Failed, UsageError
from voiceguide.store.reading import beginning, check_file, content, sha256


def test_bytes_and_their_digest(tmp_path: Path):
    """The digest is that of the bytes; of a beginning there are so many and no more."""
    path = tmp_path / "a"
    path.write_bytes(b"abcdef")
    assert content(path) == b"abcdef"
    assert sha256(path) == hashlib.sha256(b"abcdef").hexdigest()
    assert beginning(path, 4, whose="a routine's", such="a .yaml file") == b"abcd"


@pytest.mark.parametrize("read", [content, sha256])
def test_what_cannot_be_read_is_named(read, tmp_path: Path):
    """With the system's own words."""
    with pytest.raises(Failed, match=rf"none: the file cannot be read \({os.strerror(2)}\)$"):
        read(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("", UsageError, "expected a routine's file, got a folder: name a .yaml file in it"),
        ("none", UsageError, "expected a routine's file, found none: check the spelling and the folder"),
        ("a\0b", Failed, "the file cannot be read"),
    ],
)
def test_no_file_of_the_kind(name: str, kind: type[Exception], said: str, tmp_path: Path):
    """A folder, a gap, and a name that no file can have."""
    with pytest.raises(kind, match=said):
        beginning(tmp_path / name, 4, whose="a routine's", such="a .yaml file")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_in_a_files_place_is_not_waited_for(tmp_path: Path):
    """One that nobody writes in is empty; what has to be read from any place is no pipe and no device."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert beginning(path, 4, whose="a routine's", such="a .yaml file") == b""
    for each in (path, Path(os.devnull)):
        with pytest.raises(Failed, match=f"{each}: expected a sound file, got a device or a pipe"):
            check_file(each, such="a sound file")
