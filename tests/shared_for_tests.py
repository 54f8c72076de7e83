"""What one of the tests' processes makes for all of them: xdist gives each its stretch of the same tests."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 300.0
"""Seconds for what others make."""


def of_all(name: str) -> Path:
    """Return the path of a name that all of this run's processes know."""
    own = Path(os.environ["HOME"]).parent  # in pytest's folder of this run, by tests/conftest.py
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name


def shared(name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of a name that `make` has filled; who comes while another process fills it waits for it.

    Where making fails the folder is gone, and the next one makes it.
    """
    folder = of_all(f"shared-{name}")
    filled = folder.with_suffix(".filled")
    until = time.monotonic() + PATIENCE
    while not filled.exists():
        try:
            folder.mkdir()
        except FileExistsError:
            assert time.monotonic() < until, f"{folder} is not filled after {PATIENCE:.0f} s"
            time.sleep(0.05)
            continue
        try:
            make(folder)
        except BaseException:
            shutil.rmtree(folder)
            raise
        filled.touch()
    return folder
