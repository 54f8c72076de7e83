"""`voiceguide doctor`: what works here, what doesn't, and how to mend it."""

from __future__ import annotations

import platform
from functools import partial
from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@click.command("doctor", cls=Command)
def command() -> None:
    """Show what works here, what doesn't, and how to mend it; exit 1 when a session cannot be made."""
    from voiceguide.errors import ExitCode
    from voiceguide.installed import generator

    printing.result(f"{generator()}, Python {platform.python_version()}, {platform.platform(terse=True)}")
    works = True
    for needed, name, check in _checks():
        problem = check()
        works = works and (problem is None or not needed)
        printing.result(
            f"  {'ok ' if problem is None else 'NO ' if needed else '-- '} {name}{f': {problem}' if problem else ''}"
        )
    printing.result("A session can be made." if works else "No session can be made until the lines with NO are mended.")
    if not works:
        click.get_current_context().exit(int(ExitCode.FAILED))


def _checks() -> Iterator[tuple[bool, str, Callable[[], str | None]]]:
    """(whether a session needs it, what it is, what is wrong with it or None)."""
    from voiceguide import phrases, voices
    from voiceguide.exports import suffixes

    yield True, "the bundled routines", _routines
    yield True, "the sounds", _sounds
    for engine in voices.engines():
        yield engine.name == "hibari", f"voice engine {engine.name}", engine.probe
    for language in phrases.languages():
        yield False, *_spoken(language)
    for suffix in suffixes():
        yield suffix == ".mp3", f"{suffix} files", partial(_writes, suffix)
    yield False, "playing", _plays
    yield False, "cache folder", _cache


def _spoken(language: str) -> tuple[str, Callable[[], str | None]]:
    """Who speaks a language of sessions, and what brings a natural voice where that is a robot, or nobody."""
    from voiceguide import phrases, voices
    from voiceguide.voices import getting

    called, best = phrases.called(language), voices.best(language)
    who = f"{best.id}, {'natural' if best.natural else 'robotic'}" if best else "nobody"
    told = None if best and best.natural else getting.better(language, called)
    return f"{called}, spoken by {who}", lambda: told


def _routines() -> str | None:
    from voiceguide.routine import finding

    return None if finding.files() else "none were found: install voiceguide again"


def _sounds() -> str | None:
    from voiceguide.script import SOUND_CODE
    from voiceguide.sound import chimes

    missing = [name for name in SOUND_CODE if name not in chimes.names()]
    return f"{', '.join(missing)} not found: install voiceguide again" if missing else None


def _writes(suffix: str) -> str | None:
    from pathlib import Path

    from voiceguide.errors import VoiceguideError
    from voiceguide.exports import exporter

    try:
        exporter(Path(f"session{suffix}"))
    except VoiceguideError as error:
        return str(error)
    return None


def _plays() -> str | None:
    from voiceguide.errors import VoiceguideError
    from voiceguide.play import device, keys
    from voiceguide.timeline import SAMPLE_RATE

    try:
        keys.check()
        with device.opened(SAMPLE_RATE):
            return None
    except VoiceguideError as error:
        return str(error)


def _cache() -> str | None:
    from voiceguide.errors import VoiceguideError
    from voiceguide.store.cache import Cache, default_folder

    said: list[str] = []
    try:
        with Cache(default_folder(), warn=said.append) as cache:
            cache.put("sentences", "doctor", b"works", {})
    except VoiceguideError as error:
        return str(error)
    return " ".join(said) or None
