"""Pictures for covers: plain ones, of any size."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image


@cache
def picture(kind: str = "PNG", size: tuple[int, int] = (120, 120)) -> bytes:
    """Return a picture's file, `PNG` or `JPEG`, of so many pixels, with a gradient, so that it is no few bytes."""
    file = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind)
    return file.getvalue()
