"""Pictures that somebody gives: PNG or JPEG, whole, and of a size that every player shows."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.store.reading import beginning, check_file

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}
"""MIME types, by what Pillow calls them."""
MOST_BYTES = 10 << 20
SIDES = (100, 6000)
"""Pixels of a side, at least and at most: less is a blur, more stands still on a phone."""


def read(path: Path) -> bytes:
    """Return a picture's bytes. Raises Failed, or UsageError for a folder, naming it and what is wrong."""
    data, wrong = _looked_at(path)
    if wrong:
        raise Failed(f"{path}: {wrong}")
    return data


def fault(path: Path) -> str | None:
    """Say what is wrong with a picture's file; None where nothing is. Raises as `read` for one that can't be read."""
    return _looked_at(path)[1]


def _looked_at(path: Path) -> tuple[bytes, str | None]:
    check_file(path, such="a picture")
    data = beginning(path, MOST_BYTES + 1, whose="a picture's", such="a .png or .jpg")
    if len(data) > MOST_BYTES:
        return data, f"expected a picture of at most {MOST_BYTES >> 20} MB, got more: save it smaller"
    return data, _wrong(data)


def sides(data: bytes) -> tuple[int, int]:
    """Return how many pixels wide and high a picture is that was looked at."""
    from PIL import Image

    with Image.open(BytesIO(data), formats=tuple(KINDS)) as picture:
        return picture.size


def _wrong(data: bytes) -> str | None:
    from PIL import Image, UnidentifiedImageError

    expected = "expected a picture in PNG or JPEG"
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=tuple(KINDS)) as picture:
            width, height = picture.size
            if not all(SIDES[0] <= side <= SIDES[1] for side in (width, height)):
                span = f"{SIDES[0]} to {SIDES[1]:,} pixels a side"
                return f"expected a picture of {span}, got {width:,} × {height:,}: save it in another size"
            picture.load()
    except UnidentifiedImageError:
        return f"{expected}, got something else: save it as one of them"
    except Exception as error:  # noqa: BLE001 (Pillow has as many errors as a picture has ways to be broken)
        return f"{expected}, got one that is damaged or cut short: save it again ({error})"
    return None
