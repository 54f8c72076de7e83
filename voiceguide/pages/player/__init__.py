"""The player page: a whole session in one HTML file, which opens from disk on any phone and loads nothing.

The scripts are plain ES modules. A page opened from disk may not import files, so they stand in it as one module: each
after those that it imports, with its `import` lines and `export` words taken off.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote

from voiceguide import phrases
from voiceguide.errors import Failed
from voiceguide.exports import playable
from voiceguide.routine.notes import Notes, sections
from voiceguide.tags import picture_type
from voiceguide.text.languages import primary
from voiceguide.text.markup import escaped, script_data

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from voiceguide.timeline import Timeline

PIECE = 3 * 2**18
"""Bytes of audio in one element: whole groups of base64, small enough for a phone to decode between two pictures."""

BASE = "base.css"
"""Colours, letters and edges that other pages share."""
STYLES = (BASE, "page.css", "controls.css", "states.css")
"""What the page looks like, in this order: all pages, the screen, what is touched, and how both change."""
_NO_NOTES = Notes()
_FOLDER = Path(__file__).parent
_ENTRY = "main.js"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const)", re.MULTILINE)
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def write(
    file: BinaryIO,
    timeline: Timeline,
    audio: Path,
    *,
    link: bool = False,
    notes: Notes = _NO_NOTES,
    cover: bytes | None = None,
) -> None:
    """Write a session's page to an open file.

    With `link` the page plays the file of the audio's name beside it; without, the audio's bytes are in the page.
    `cover` is a PNG or JPEG, shown before the session begins and on the lock screen. Raises UsageError for audio or a
    language that pages don't know, and Failed for audio that cannot be read.
    """
    file.write(_page(timeline, audio, link=link, notes=notes, cover=cover).encode())
    if not link:
        for piece in _pieces(audio):
            file.write(b'<script type="text/plain" class="sound">' + b64encode(piece) + b"</script>\n")
    file.write(b"</body>\n</html>\n")


def _page(timeline: Timeline, audio: Path, *, link: bool, notes: Notes, cover: bytes | None) -> str:
    """The page as far as the audio's bytes."""
    book = phrases.load(timeline.language)
    script, style = joined(), "".join(map(_read, STYLES))
    address = quote(audio.name) if link else None
    document = timeline.to_json()
    session = {
        "session": document,
        "words": book.all_shown("player"),
        "artist": notes.author,
        "key": hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:16],
        "audio": {
            "type": playable(audio),
            "format": audio.suffix,
            "link": address,
            "bytes": None if link else _size(audio),
        },
    }
    otherwise = f'<p><a href="{address}">{escaped(audio.name)}</a></p>' if link else ""
    return Template(_read("page.html")).substitute(
        language=escaped(timeline.language),
        direction="rtl" if primary(timeline.language) in _RIGHT_TO_LEFT else "ltr",
        policy=_policy(script, style, link=link),
        generator=escaped(timeline.generator),
        title=escaped(timeline.title),
        screen=_screen(
            book,
            title=escaped(timeline.title),
            cover=_cover(cover),
            otherwise=f"<noscript><p>{escaped(book.shown('player', 'no_script'))}</p>{otherwise}</noscript>\n",
            notes=_notes(notes, timeline, book),
            waiting=_waiting(book) if _waits(timeline) else "",
        ),
        style=style,
        session=script_data(session),
        script=script,
    )


def blank(language: str) -> str:
    """Return the screen of no session yet, in a language's words, as HTML; its page's script fills it.

    It has no cover, an empty list of notes, and the switch for sessions whose opening waits.
    """
    book = phrases.load(language)
    return _screen(book, title="", cover="", otherwise="", notes="", waiting=_waiting(book))


def _screen(book: phrases.Phrases, *, title: str, cover: str, otherwise: str, notes: str, waiting: str) -> str:
    """The player's screen, and what is to be read below it. All that is given is HTML."""
    words = {key: escaped(text) for key, text in book.all_shown("player").items()}
    return Template(_read("screen.html")).substitute(
        words | {"title": title, "cover": cover, "otherwise": otherwise, "unspoken": notes, "waiting": waiting}
    )


def _policy(script: str, style: str, *, link: bool) -> str:
    """A Content-Security-Policy under which the page runs its own script and style, and loads nothing else."""
    # 'self' is nothing to a page from disk in some browsers: there the file beside it is of the scheme file:.
    sound = "'self' file:" if link else "blob:"
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data:; "
        f"media-src {sound}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _cover(cover: bytes | None) -> str:
    if cover is None:
        return ""
    picture = b64encode(cover).decode()
    return f'<img id="cover" alt="" src="data:{picture_type(cover)};base64,{picture}">'


def _notes(notes: Notes, timeline: Timeline, book: phrases.Phrases) -> str:
    """What to read before beginning: as little of it is spoken."""
    by = book.shown("card", "by").format(name=notes.author) if notes.author else ""
    parts = [f'<p dir="auto">{escaped(text)}</p>' for text in (by, notes.position) if text]
    for section in sections(notes, timeline):
        if section.heading:
            parts.append(f"<h3>{escaped(section.heading)}</h3>{_list(section.items)}")
        else:
            parts += [f'<p class="{section.key}" dir="auto">{escaped(item)}</p>' for item in section.items]
    return "\n".join(parts)


def _waits(timeline: Timeline) -> bool:
    """Whether the opening has a stop point, at which the player waits unless that is switched off."""
    ready = (clip for clip in timeline.on("narration") if clip.role == "ready")
    return any(timeline.at(clip.start).chapter.step is None for clip in ready)


def _waiting(book: phrases.Phrases) -> str:
    said = escaped(book.shown("player", "wait"))
    return f'<label id="waiting"><input type="checkbox" id="wait" checked> <span>{said}</span></label>'


def _list(items: tuple[str, ...]) -> str:
    entries = "".join(f'<li dir="auto">{escaped(item)}</li>' for item in items)
    return f"<ul>{entries}</ul>"


def _size(audio: Path) -> int:
    """The audio's bytes. Raises Failed."""
    try:
        return audio.stat().st_size
    except OSError as error:
        raise _unreadable(audio, error) from error


def _pieces(audio: Path) -> Iterator[bytes]:
    """The audio, PIECE bytes at a time. Raises Failed."""
    try:
        with audio.open("rb") as opened:
            while piece := opened.read(PIECE):
                yield piece
    except OSError as error:
        raise _unreadable(audio, error) from error


def _unreadable(audio: Path, error: OSError) -> Failed:
    return Failed(f"{audio}: expected a session's file that can be read, got: {error.strerror or error}")


@cache
def joined() -> str:
    """Return the page's modules as one, in an order in which each comes after those that it imports."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", _read(name))) for name in in_order(_ENTRY))


def in_order(name: str) -> tuple[str, ...]:
    """Return the names of a module and of all that it imports, those it needs first, each once."""
    needed = [before for imported in _IMPORT.findall(_read(name)) for before in in_order(imported)]
    return tuple(dict.fromkeys((*needed, name)))


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
