"""Exports: the Protocol every file format keeps, and the registry that finds one by a path's suffix.

A format is one file with one class, registered under the entry-point group `voiceguide.exports`; the entry's name is
the suffix without its dot. A format changes no gain: what it writes decodes to what the mix played.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from voiceguide import plugins
from voiceguide.choices import Options
from voiceguide.errors import Failed, MissingError, UsageError, option
from voiceguide.exports.format import Export, PartsExport, ReadingExport
from voiceguide.exports.plugged import plugged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.metadata import EntryPoint
    from pathlib import Path

__all__ = ["GROUP", "Export", "Options", "PartsExport", "ReadingExport", "exporter", "known", "playable", "suffixes"]

GROUP = "voiceguide.exports"


def suffixes() -> tuple[str, ...]:
    """Return every suffix that can be written, sorted; loads no format."""
    return tuple(sorted({f".{entry.name}" for entry in _entries()}))


def known(path: Path) -> Export | None:
    """Return the format of a file by its suffix, in either case; None for one that nobody writes.

    Raises Failed for a format that is broken.
    """
    found = _entry(path.suffix.lower())
    return _loaded(found) if found else None


def playable(path: Path) -> str:
    """Return the MIME type of a file that pages play. Raises UsageError for any other, by its suffix."""
    export = known(path)
    if export and export.plays_in_pages:
        return export.media_type
    if export:
        raise UsageError(f"{path}: pages cannot play {export.suffix} files: choose another format")
    raise UsageError(f"{path}: expected a session's file ({', '.join(suffixes())}), got {path.suffix or 'no suffix'}")


def exporter(path: Path) -> Export:
    """Return the format that a path's suffix asks for, in either case.

    Raises UsageError for a suffix nobody writes, and MissingError when its codec does not work here.
    """
    suffix = path.suffix.lower()
    found = _entry(suffix)
    if not found:
        choose = f"choose {_either(suffixes())}"
        if suffix:
            raise UsageError(f"cannot write {suffix} files: {choose}", field="path", got=path, known=suffixes())
        raise UsageError(
            f'the name "{path.name}" does not end in a format: {choose}', field="path", got=path, known=suffixes()
        )
    try:
        export = _loaded(found)
    except Failed as error:
        raise MissingError(f"cannot write {suffix} files here: {error.text}") from error
    if fix := export.probe():
        raise MissingError(f"cannot write {suffix} files here: {fix}")
    return export


def refuse_options(export: Export, options: Options) -> None:
    """Raise UsageError when an encoder's option is given for a format that keeps every sample as it is."""
    for name, value in (("bitrate", options.bitrate), ("quality", options.quality)):
        if value is not None:
            raise UsageError(
                f"{option(name)} {value}: {export.suffix} files lose nothing and know no such choice; "
                f"leave {option(name)} out, or write an .mp3"
            )


def bitrate_within(export: Export, options: Options, legal: range, default: int) -> int:
    """Return the bitrate, in kb/s, for a format whose quality is its bitrate.

    Raises UsageError for a quality, and for a bitrate that is not legal.
    """
    least, most = legal[0], legal[-1]
    if options.quality is not None:
        raise UsageError(
            f"{option('quality')} {options.quality}: an {export.suffix} is as good as its bitrate; "
            f"leave it out, or choose {option('bitrate')} {least} to {most}"
        )
    bitrate = default if options.bitrate is None else options.bitrate
    if bitrate not in legal:
        raise UsageError(f"{option('bitrate')} {bitrate}: an {export.suffix} has {least} to {most} kb/s")
    return bitrate


def _entries() -> Sequence[EntryPoint]:
    # Read anew each time: scanning costs milliseconds, only `render` and `doctor` ask, and nothing can be stale.
    return plugins.entry_points(GROUP)


def _entry(suffix: str) -> EntryPoint | None:
    """The format of a suffix. Raises Failed where two packages register one."""
    found = [entry for entry in _entries() if f".{entry.name}" == suffix]
    if len(found) > 1:
        raise Failed(
            f"Two packages register the format {suffix}: {' and '.join(map(plugins.origin, found))}. "
            "Uninstall one of them."
        )
    return found[0] if found else None


def _loaded(entry: EntryPoint) -> Export:
    whose = f"The format .{entry.name}{plugins.of(entry)}"
    return plugged(plugins.asked(whose, "loading", lambda: cast("Export", entry.load()())), whose)


def _either(choices: Sequence[str]) -> str:
    """`.flac, .mp3 or .wav`."""
    return " or ".join(filter(None, (", ".join(choices[:-1]), *choices[-1:])))
