"""The player page: a whole session in one HTML file, which opens from disk on any phone and loads nothing.

The scripts are plain ES modules. A page opened from disk may not import files, so they stand in it as one module: each
after those that it imports, with its `import` lines and `export` words taken off.
"""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from urllib.parse import quote

from voiceguide import phrases
from voiceguide.exports import playable
from voiceguide.pages.player.drawn import drawn
from voiceguide.routine.notes import Notes, sections
from voiceguide.store.growing import Whole
from voiceguide.tags import picture_type
from voiceguide.text.languages import primary
from voiceguide.text.markup import escaped, script_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    from voiceguide.timeline import Timeline

PIECE = 3 * 2**18
"""Bytes of audio in one element: whole groups of base64, small enough for a phone to decode between two pictures."""

BASE = "base.css"
"""Colours, letters and edges that other pages share."""
STYLES = (BASE, "page.css", "stage.css", "controls.css", "states.css")
"""What the page looks like, in this order: all pages, the screen, its drawings, what is touched, and how all change."""
_NO_NOTES = Notes()
_FOLDER = Path(__file__).parent
_ENTRY = "main.js"
_END = "</body>\n</html>\n"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./([\w.]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|const)", re.MULTILINE)
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


class Bytes(Protocol):
    """A sound's bytes: `store.growing.Growing`, or `store.growing.Whole`."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    def read(self, start: int, end: int) -> bytes:
        """Return bytes from `start` on, at least one, before `end`."""
        ...


class Sound(NamedTuple):
    """A session's sound, as a page has it inside."""

    bytes: Bytes
    media_type: str
    suffix: str
    """Of its format, as `.mp3`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page that plays a session: where its sound comes from, and what it has beside the player's screen."""

    audio: Mapping[str, Any]
    """What its script is told of the sound."""
    sources: str
    """What its policy lets it take the sound from."""
    script: str
    style: str
    otherwise: str = ""
    """HTML for who has no scripts."""
    said: str = ""
    """HTML on the screen, where it says what to do."""
    below: str = ""
    """HTML after the notes."""

    @property
    def policy(self) -> str:
        """A Content-Security-Policy under which it runs its own script and style, and loads nothing but its sound."""
        return (
            f"default-src 'none'; script-src {_hash(self.script)}; style-src {_hash(self.style)}; img-src data:; "
            f"{self.sources}; base-uri 'none'; form-action 'none'"
        )


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
    media_type = playable(audio)
    if link:
        file.write((document(timeline, _linked(audio, media_type), notes=notes, cover=cover) + _END).encode())
        return
    with Whole(audio) as whole:
        file.writelines(parts(timeline, Sound(whole, media_type, audio.suffix), notes=notes, cover=cover))


def parts(timeline: Timeline, sound: Sound, *, notes: Notes = _NO_NOTES, cover: bytes | None = None) -> Iterator[bytes]:
    """Yield a session's page, with the sound in it, piece by piece. Raises as `write` and as reading the sound does."""
    size = sound.bytes.size
    yield document(timeline, _inside(sound, size), notes=notes, cover=cover).encode()
    at = 0
    while piece := sound.bytes.read(at, min(at + PIECE, size)):
        yield b'<script type="text/plain" class="sound">' + b64encode(piece) + b"</script>\n"
        at += len(piece)
    yield _END.encode()


def _linked(audio: Path, media_type: str) -> Kind:
    """The page that plays the file beside it."""
    address = quote(audio.name)
    return Kind(
        {"type": media_type, "format": audio.suffix, "link": address, "bytes": None},
        # 'self' is nothing to a page from disk in some browsers: there the file beside it is of the scheme file:.
        "media-src 'self' file:",
        joined(),
        styled(),
        otherwise=f'<p><a href="{address}">{escaped(audio.name)}</a></p>',
    )


def _inside(sound: Sound, size: int) -> Kind:
    """The page that has its sound inside."""
    told = {"type": sound.media_type, "format": sound.suffix, "link": None, "bytes": size}
    return Kind(told, "media-src blob:", joined(), styled())


def document(
    timeline: Timeline, kind: Kind, *, notes: Notes = _NO_NOTES, cover: bytes | None = None, key: str = ""
) -> str:
    """Return a session's page as far as the sound in it.

    The browser keeps where it was left under the `key`, the timeline's digest unless given.
    """
    book = phrases.load(timeline.language)
    session = timeline.to_json()
    pictures = drawn(timeline, notes.drawings)
    told = {
        "session": session,
        "words": book.all_shown("player"),
        "artist": notes.author,
        "key": key or hashlib.sha256(json.dumps(session, sort_keys=True).encode()).hexdigest()[:16],
        "audio": kind.audio,
        "drawn": pictures.told,
    }
    unscripted = f"<p>{escaped(book.shown('player', 'no_script'))}</p>{kind.otherwise}"
    return Template(_read("page.html")).substitute(
        language=escaped(timeline.language),
        direction="rtl" if primary(timeline.language) in _RIGHT_TO_LEFT else "ltr",
        policy=kind.policy,
        generator=escaped(timeline.generator),
        title=escaped(timeline.title),
        screen=_screen(
            book,
            title=escaped(timeline.title),
            cover=_cover(cover),
            otherwise=f"<noscript>{unscripted}</noscript>\n{kind.said}",
            notes=_notes(notes, timeline, book) + kind.below,
            waiting=_waiting(book) if waits(timeline) else "",
        ),
        atlas=atlas(pictures.svg),
        style=kind.style,
        session=script_data(told),
        script=kind.script,
    )


def atlas(svg: str) -> str:
    """Return the element that holds a session's drawings, shown nowhere itself, as HTML."""
    return f'<svg id="atlas" aria-hidden="true"><defs>{svg}</defs></svg>\n'


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


def waits(timeline: Timeline) -> bool:
    """Whether the opening has a stop point, at which the player waits unless that is switched off."""
    ready = (clip for clip in timeline.on("narration") if clip.role == "ready")
    return any(timeline.at(clip.start).chapter.step is None for clip in ready)


def _waiting(book: phrases.Phrases) -> str:
    said = escaped(book.shown("player", "wait"))
    return f'<label id="waiting" class="switch"><input type="checkbox" id="wait" checked> <span>{said}</span></label>'


def _list(items: tuple[str, ...]) -> str:
    entries = "".join(f'<li dir="auto">{escaped(item)}</li>' for item in items)
    return f"<ul>{entries}</ul>"


@cache
def styled(*more: Path) -> str:
    """Return what the page looks like, and `more` of a page beside it."""
    return "".join((*map(_read, STYLES), *(path.read_text(encoding="utf-8") for path in more)))


@cache
def joined(entry: str = _ENTRY, folder: Path = _FOLDER) -> str:
    """Return a page's modules as one, in an order in which each comes after those that it imports."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", _module(name, folder))) for name in in_order(entry, folder))


def in_order(name: str, folder: Path = _FOLDER) -> tuple[str, ...]:
    """Return the names of a module and of all that it imports, those it needs first, each once.

    Modules lie in the folder of another page, or else among the player's.
    """
    imported = _IMPORT.findall(_module(name, folder))
    needed = [before for each in imported for before in in_order(each, folder)]
    return tuple(dict.fromkeys((*needed, name)))


def _module(name: str, folder: Path) -> str:
    beside = folder / name
    return beside.read_text(encoding="utf-8") if beside.exists() else _read(name)


@cache
def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
