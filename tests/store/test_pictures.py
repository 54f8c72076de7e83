"""A picture that somebody gives: PNG or JPEG, whole, and of a size that players show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pictures_for_tests import picture

from voiceguide.errors import VoiceguideError
from voiceguide.store import pictures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_is_its_bytes(tmp_path: Path, kind: str) -> None:
    """Whatever its name ends in."""
    path = tmp_path / "cover.png"
    path.write_bytes(picture(kind))
    assert pictures.read(path) == picture(kind)
    assert pictures.fault(path) is None
    assert pictures.sides(picture(kind, (300, 200))) == (300, 200)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "something else"),
        (b"GIF89a", "something else"),
        (b"\x89PNG\r\n\x1a\n", "PNG or JPEG"),
        (picture("PNG")[:-40], "cut short"),
        (picture("JPEG")[:-400], "cut short"),
        (picture("PNG", (99, 300)), "99 × 300"),
        (picture("PNG", (100, 6001)), "100 × 6,001"),
        (picture("PNG") + bytes(pictures.MOST_BYTES), "at most 10 MB"),
    ],
)
def test_what_is_no_sane_picture_is_refused(tmp_path: Path, data: bytes, told: str) -> None:
    """By its name, with what is wrong with it."""
    path = tmp_path / "cover.png"
    path.write_bytes(data)
    with pytest.raises(VoiceguideError) as raised:
        pictures.read(path)
    assert raised.value.text.startswith(f"{path}: expected a picture")
    assert told in raised.value.text


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """As any file that cannot be read."""
    for path in (tmp_path, tmp_path / "none.png"):
        with pytest.raises(VoiceguideError, match=path.name):
            pictures.read(path)
