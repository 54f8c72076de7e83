"""Piper: natural voices for languages that no other engine here speaks well, German first; each is a download.

Piper itself (`piper-tts`) is under the GPL and no dependency: getting a voice installs it, told beforehand. Nothing
heavy is imported, and no model loaded, until a voice first speaks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import MissingError
from voiceguide.store import downloads
from voiceguide.voices import VoiceInfo, find
from voiceguide.voices.piper import known, package
from voiceguide.voices.piper.voice import PiperVoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from voiceguide.voices.piper.known import Known


class PiperEngine:
    """The voices of `voices.toml`."""

    name = "piper"
    picked = True

    def probe(self) -> str | None:
        """None when Piper is installed, else how it comes to be. Imports none of it."""
        if package.is_here():
            return None
        return f"It is installed with its first voice, as by: voiceguide voices get piper:{known.voices()[0].name}"

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice; one that is not here says how to get it. Raises UsageError where no folder for them is known."""
        installed = package.is_here()
        return tuple(_info(voice, installed=installed) for voice in known.voices())

    def voice(self, name: str | None, *, language: str, pace: int) -> PiperVoice:
        """Return a voice. Raises UsageError for an unknown name, MissingError for one that is not here."""
        info = find(self.voices(), name, engine=self.name, language=language)
        if info.fix:
            raise MissingError(f'The voice "piper:{info.name}" is not here. {info.fix}')
        return PiperVoice(self._known(info.name), pace)

    def get(self, name: str, told: Callable[[int, int], None]) -> None:
        """Download a voice's two files, and Piper itself where it is not installed.

        Raises UsageError for an unknown name, MissingError where something cannot be had, and Failed.
        """
        voice = self._known(name)
        parts = () if voice.here() else tuple(zip((voice.config, voice.model), reversed(voice.files), strict=True))
        brought = 0 if package.is_here() else package.BYTES
        total = brought + sum(download.size for download, _ in parts)
        if brought:
            told(0, total)
            package.install(lambda: told(0, total))
            told(brought, total)
        for download, target in parts:
            downloads.fetch(download, target, _after(brought, total, told))
            brought += download.size

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove a voice's two files; Piper itself stays, for the others. Raises UsageError and Failed."""
        return downloads.removed(*self._known(name).files)

    def _known(self, name: str) -> Known:
        found = find(self.voices(), name, engine=self.name, language="").name
        return next(voice for voice in known.voices() if voice.name == found)


def _after(brought: int, total: int, told: Callable[[int, int], None]) -> Callable[[int, int], None]:
    """Tell of a part's bytes as of those of the whole."""
    return lambda had, _size: told(brought + had, total)


def _info(voice: Known, *, installed: bool) -> VoiceInfo:
    based = f" (base: {voice.base}, research only)" if voice.base else ""
    bytes_wanted = (0 if voice.here() else voice.bytes) + (0 if installed else package.BYTES)
    megabytes = max(1, round(bytes_wanted / 1e6)) if bytes_wanted else None
    return VoiceInfo(
        voice.name,
        (voice.language,),
        f"{voice.licence}{based} + {package.LICENCE} program",
        f"It is downloaded, {megabytes} MB, by: voiceguide voices get piper:{voice.name}" if megabytes else None,
        voice.gender,
        natural=True,
        download_mb=megabytes,
    )
