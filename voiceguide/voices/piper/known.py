"""The voices that Piper is known to have: `voices.toml`, and where their files lie."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.store import downloads
from voiceguide.store.downloads import Download

if TYPE_CHECKING:
    from voiceguide.voices import Gender

ADDRESS = "https://huggingface.co/rhasspy/piper-voices/resolve"
_FILE = Path(__file__).with_name("voices.toml")


@dataclass(frozen=True, slots=True)
class Known:
    """One voice: two files, what they are made of, and how fast it speaks."""

    name: str
    language: str
    """BCP 47."""
    gender: Gender | None
    licence: str
    """That of the recordings, as SPDX has it."""
    base: str
    """The voice it was fine-tuned from; "" for one that was trained from nothing."""
    pace: float
    """Words a minute of running text at `voice.REFERENCE`."""
    model: Download
    config: Download
    package: str
    """A package that has the two files; "" for none."""

    @property
    def bytes(self) -> int:
        """What is downloaded."""
        return self.model.size + self.config.size

    @property
    def files(self) -> tuple[Path, Path]:
        """Model and config, where they would be downloaded to. Raises UsageError where no folder of voices is known."""
        folder = downloads.folder() / "piper"
        model, config = (folder / each.url.rpartition("/")[2] for each in (self.model, self.config))
        return model, config

    def here(self) -> tuple[Path, Path] | None:
        """Return model and config, downloaded or from the package; None where they are not. Raises as `files` does."""
        folders = [self.files[0].parent]
        spec = find_spec(self.package) if self.package else None
        folders += [Path(place) / "data" for place in (spec and spec.submodule_search_locations) or ()]
        for folder in folders:
            model, config = (folder / path.name for path in self.files)
            if downloads.is_here(model, self.model.size) and downloads.is_here(config, self.config.size):
                return model, config
        return None


@cache
def voices() -> tuple[Known, ...]:
    """Return them all, the best of a language first."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_known(name, voice, told["revision"]) for name, voice in told["voices"].items())


def _known(name: str, told: dict[str, Any], revision: str) -> Known:
    address = f"{ADDRESS}/{revision}/{told['path']}.onnx"
    return Known(
        name,
        told["language"],
        told.get("gender"),
        told["licence"],
        told.get("base", ""),
        told["pace"],
        Download(address, **told["model"]),
        Download(f"{address}.json", **told["config"]),
        told.get("package", ""),
    )
