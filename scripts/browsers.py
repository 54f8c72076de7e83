"""The Chromium by which pages are tried, measured and pictured: whichever is on the path."""

from __future__ import annotations

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The one without the parts that a window needs first: it takes half the time."""
MISSING = f"expected a browser ({', '.join(NAMES)}), found none: apt-get install {NAMES[0]}"
"""What to say where there is none."""


def found() -> str | None:
    """Return its path, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)
