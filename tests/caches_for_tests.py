"""Caches for tests: no word is in one, but what sounds decoded and covers drawn come to is the same in all of them."""

from __future__ import annotations

from pathlib import Path

from shared_for_tests import of_all

ALIKE = ("sounds", "covers")
"""What is kept under these names depends on files and versions alone: a test that looks at how it is made needs more
than this."""


def unspoken(folder: Path) -> Path:
    """Make the folder of a cache in which nothing is spoken yet, and return it; all tests' share `ALIKE`."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ALIKE:
        common = of_all("decoded-and-drawn") / kind
        common.mkdir(parents=True, exist_ok=True)
        if not (folder / kind).is_symlink():
            (folder / kind).symlink_to(common, target_is_directory=True)
    return folder
