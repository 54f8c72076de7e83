"""Where a command writes: the file that -o names, one of the usual name in the folder that it names, or here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Output(NamedTuple):
    """A file to be written."""

    path: Path
    named: bool
    """Whether somebody named it: only then is a link followed."""


def output_of(given: str | None, usual: str | Path) -> Output:
    """Return the file that is meant by what was typed; `usual` is its name otherwise.

    A name that ends as a folder's is one. Raises UsageError where there is no such folder.
    """
    from voiceguide.errors import UsageError, option
    from voiceguide.store import paths

    if given is None:
        return Output(Path(usual), named=False)
    path = Path(given)
    if paths.is_folder(path):
        return Output(path / Path(usual).name, named=False)
    if given.endswith(("/", os.sep)):
        raise UsageError(f"{option('output')}: {given}: there is no such folder: make it, or name another")
    return Output(path, named=True)
