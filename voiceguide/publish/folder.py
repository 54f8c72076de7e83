"""A folder of finished sessions becomes a podcast and a page, from what their files carry."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from voiceguide import phrases
from voiceguide.errors import Failed, Message, UsageError, VoiceguideError, option
from voiceguide.exports import known, playable, suffixes
from voiceguide.exports.finished import read, shown_timeline
from voiceguide.publish.beside import PLAYER, Wanted, known_notes, signed
from voiceguide.publish.feed import FEED, Channel, Episode, Linked, published, rss
from voiceguide.publish.listing import LISTING, listing
from voiceguide.sidecars import beside
from voiceguide.store import paths
from voiceguide.store.files import check_name, check_target, whole
from voiceguide.store.reading import beginning
from voiceguide.tags import ARTIST
from voiceguide.text.lines import takes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from voiceguide.publish.beside import Write
    from voiceguide.tags.reading import Finished
    from voiceguide.timeline import Timeline

LINKED = {
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".chapters.json": "application/json+chapters",
}
"""MIME types of the side files that a feed names, by suffix; the best transcript first."""
COVER = "cover"
"""The channel's own picture's stem: Audiobookshelf looks for that name too."""

_COVER_FILE = f"{COVER}.png"
_CHAPTERS = ".chapters.json"
_OURS = {
    FEED: "<generator>voiceguide ",
    LISTING: '<meta name="voiceguide" content="listing">',
    PLAYER: '<meta name="voiceguide" content="player">',
}
"""What tells that a file is voiceguide's own, by its name or suffix."""
_RESERVED = (PurePath(FEED).stem, PurePath(LISTING).stem, COVER)
"""Stems whose side files would stand in the way of the folder's own."""
_HOST = re.compile(r"[^\s@/]+")
"""A host and its port; a name and password would stand in the feed for all to read."""
_HEAD = 4096
"""Bytes of a file in which it is said whose it is."""
_MOST = 16 << 20
"""Bytes of a feed that are looked at."""
_LAST = 253_402_300_799
"""The last second that a date can tell, of the year 9999: a disk may say any other."""
_WIDEST = Wanted(("vtt", "srt"), chapters=True, transcript=True, player=True, link=True)
"""All that a feed may link to."""


@dataclass(frozen=True, slots=True)
class _Session:
    """A sound file, and what is known of it."""

    path: Path
    tags: Finished
    timeline: Timeline

    @property
    def cover_name(self) -> str | None:
        """Its cover's file; None without one."""
        cover = self.tags.cover
        return None if cover is None else self.path.stem + (".png" if cover.startswith(b"\x89PNG") else ".jpg")


def publish(
    folder: Path,
    url: str,
    *,
    title: str | None = None,
    overwrite: bool = False,
    warn: Callable[[str], None] | None = None,
) -> tuple[Path, Path]:
    """Write a folder's `feed.xml` and `index.html`, and what they link to where it is missing; return the two paths.

    `url` is where the folder can be had. Each session gets its chapters, its words, its player and its cover as files
    beside it; what is there already stays as it is, and with `overwrite` is made anew. What the feed lists keeps its
    date. A session that cannot be read, or has a name that no file beside it can have, is left out, with a warning.
    Raises UsageError for an address that is none, a folder without sessions, and a feed or list that is not
    voiceguide's; Failed where no session can be read.
    """
    warn = warn or (lambda _: None)
    address = base(url)
    if title is not None and not takes(title, "utf-8"):
        raise UsageError(f"{option('title')}: expected a text, got bytes that are none: {title}")
    sessions = _sessions(sounds(folder), warn)
    overwriting = option("overwrite")
    for name in (FEED, LISTING):
        _check(folder / name)
        if not (overwrite or _is_ours(folder / name, name)):
            raise UsageError(
                f"{folder / name} is not voiceguide's: choose another folder, or add {option('overwrite')}"
            )
    cover = folder / _COVER_FILE
    for path in (cover, *(path for session in sessions for path, _ in _beside(session))):
        if overwrite or not paths.is_there(path):
            _check(path)
    for session in sessions:
        for path, write in _beside(session):
            if overwrite or not paths.is_there(path):
                _write(path, write)
            elif path.suffix == PLAYER and not _is_ours(path, PLAYER):
                warn(
                    Message(f"{path} is no player, and is linked as one: rename it, or add {overwriting} to replace it")
                )
            elif path.stat().st_mtime < session.path.stat().st_mtime:
                warn(Message(f"{path} is older than {session.path.name}; {overwriting} makes it again"))
    channel = _channel(address, sessions, title)
    if overwrite or not paths.is_there(cover):
        _write(cover, partial(_bytes, _channel_cover(channel.title)))
    dates = _listed(folder / FEED)
    episodes = _told_apart(_episode(session, dates.get(session.path.name)) for session in sessions)
    _write(folder / FEED, partial(_bytes, rss(channel, episodes).encode()))
    labels = phrases.load(channel.language).all_shown("feed")
    _write(folder / LISTING, partial(_bytes, listing(channel, episodes, labels).encode()))
    return folder / FEED, folder / LISTING


def base(url: str) -> str:
    """Return the address of a folder, with a slash at its end. Raises UsageError for what is none."""
    if not takes(url, "utf-8"):
        raise UsageError(f"{option('url')}: expected an address, got what is no text: {url}")
    parts = urlsplit(url)
    is_folder = bool(_HOST.fullmatch(parts.netloc)) and not (parts.query or parts.fragment or url.endswith(".xml"))
    if parts.scheme not in ("http", "https") or not is_folder:
        raise UsageError(
            f"{option('url')}: expected the address at which the folder can be had, as https://example.org/massage, "
            f'got "{url}"'
        )
    return urlunsplit(parts._replace(path=quote(unquote(parts.path).rstrip("/")) + "/"))


def sounds(folder: Path) -> list[Path]:
    """Return a folder's sound files; of those that differ in their suffix alone, the one that most players know first.

    Raises UsageError where there are none.
    """
    wanted = suffixes()
    if fault := paths.fault(folder):
        raise UsageError(f"{folder}: expected a folder with sessions: {fault}")
    try:
        found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in wanted and paths.is_file(path)]
    except OSError as error:
        raise UsageError(f"{folder}: expected a folder with sessions, got: {error.strerror or error}") from error
    shown = (path for path in found if not path.name.startswith("."))
    sounds = sorted(shown, key=lambda path: (path.stem, _known(path)))
    if not sounds:
        raise UsageError(
            f"{folder}: expected sessions ({', '.join(wanted)}), found none: make some there with `render`"
        )
    return sounds


def _known(path: Path) -> int:
    export = known(path)
    return export.rank if export else sys.maxsize


def _sessions(paths: Iterable[Path], warn: Callable[[str], None]) -> tuple[_Session, ...]:
    """Read the sessions; one that cannot be read, or stand beside its own files, is left out, and named.

    Raises UsageError for names that are taken, and Failed with every file where none can be read.
    """
    sessions: dict[str, _Session] = {}
    faults: list[str] = []
    for path in paths:
        if path.stem in _RESERVED:
            raise UsageError(f"{path}: the names {', '.join(_RESERVED)} are the folder's own: rename the session")
        if path.stem in sessions:
            warn(Message(f"{path.name} is left out: {sessions[path.stem].path.name} is the same session"))
            continue
        try:
            for there in (path, *_WIDEST.paths(path)):  # whose names are longer than the sound's
                check_name(there, None)
            sessions[path.stem] = _Session(path, read(path), shown_timeline(path))
        except VoiceguideError as error:
            faults.append(error.text)
    if not sessions:
        raise Failed("\n".join(faults))
    for fault in faults:
        warn(Message(f"left out: {fault}"))
    return tuple(sessions.values())


def _is_ours(path: Path, kind: str) -> bool:
    """Whether a file was written here, or is not there. Raises Failed for one that cannot be read."""
    return not paths.is_there(path) or _OURS[kind] in _text_of(path, _HEAD)


def _listed(path: Path) -> Mapping[str, datetime]:
    """When each session was published, by its sound's name, as far as a feed of voiceguide's says so already."""
    return published(_text_of(path, _MOST)) if paths.is_there(path) and _is_ours(path, FEED) else {}


def _text_of(path: Path, size: int) -> str:
    """The beginning of a file, as text."""
    return beginning(path, size, whose="voiceguide's", such="another").decode("utf-8", "replace")


def _beside(session: _Session) -> Iterator[tuple[Path, Write]]:
    """The files that stand beside a session's sound, and what writes each."""
    cover, notes = session.tags.cover, signed(known_notes(session.timeline), session.tags.artist)
    yield from _wanted(session).files(session.path, session.timeline, notes, cover)
    if cover and session.cover_name:
        yield session.path.with_name(session.cover_name), partial(_bytes, cover)


def _wanted(session: _Session) -> Wanted:
    """What a feed links to; a session of which no words are known has no captions."""
    return _WIDEST if session.timeline.on("narration") else replace(_WIDEST, captions=(), transcript=False)


def _bytes(data: bytes, file: BinaryIO) -> None:
    file.write(data)


def _episode(session: _Session, listed: datetime | None) -> Episode:
    """An episode with the date at which it was `listed` already, else with its file's."""
    path, timeline = session.path, session.timeline
    there = path.stat()
    there_too = {each.name for each in _wanted(session).paths(path)}
    named = {suffix: Linked(beside(path, suffix).name, kind) for suffix, kind in LINKED.items()}
    linked = {suffix: each for suffix, each in named.items() if each.name in there_too}
    return Episode(
        sound=Linked(path.name, playable(path)),
        bytes=there.st_size,
        seconds=session.tags.seconds,
        name=timeline.title,
        title=f"{timeline.title}, {phrases.load(timeline.language).minutes(session.tags.seconds)}",
        summary=timeline.summary,
        language=timeline.language,
        published=listed or datetime.fromtimestamp(min(max(int(there.st_mtime), 0), _LAST), UTC),
        page=Linked(beside(path, PLAYER).name, "text/html"),
        chapters=linked[_CHAPTERS],
        transcripts=tuple(each for suffix, each in linked.items() if suffix != _CHAPTERS),
        cover=Linked(session.cover_name, _picture_type(session.cover_name)) if session.cover_name else None,
    )


def _told_apart(episodes: Iterable[Episode]) -> tuple[Episode, ...]:
    """Give sessions of one title and length the names of their files as well."""
    found = tuple(episodes)
    often = Counter(episode.title for episode in found)
    return tuple(
        replace(each, title=f"{each.title} ({PurePath(each.sound.name).stem})") if often[each.title] > 1 else each
        for each in found
    )


def _channel(base: str, sessions: tuple[_Session, ...], title: str | None) -> Channel:
    from voiceguide.installed import generator

    language = Counter(session.timeline.language for session in sessions).most_common(1)[0][0]
    shown = phrases.load(language).all_shown("feed")
    return Channel(
        base=base,
        title=title or shown["title"],
        summary=shown["about"],
        language=language,
        author=sessions[0].tags.artist or ARTIST,
        generator=generator(),
        cover=Linked(_COVER_FILE, "image/png"),
    )


def _channel_cover(title: str) -> bytes:
    from voiceguide.pages.cover import cover, motif_of

    return cover(title, "", motif_of(()))


def _picture_type(name: str) -> str:
    return "image/png" if name.endswith(".png") else "image/jpeg"


def _check(path: Path) -> None:
    check_target(path, overwrite=True, named=None, follow=False)


def _write(path: Path, write: Write) -> None:
    with whole(path, overwrite=True, named=None, follow=False) as file:
        write(file)
