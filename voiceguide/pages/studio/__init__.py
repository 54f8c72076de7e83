"""The studio's page: choose, hear, your sessions, to the phone, write. One HTML page, its modules and its style.

The player's modules and style stand beside the studio's in one flat folder, so that one way of naming them holds for
both. Nothing is read but what `names` lists.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from voiceguide import phrases
from voiceguide.drawing import atlas
from voiceguide.pages import cover, player
from voiceguide.routine.notes import FIRST_TIME
from voiceguide.text.markup import escaped, script_data

_FOLDERS = (Path(__file__).parent, Path(player.__file__).parent)
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_ENTRY = "studio.js"
_VENDOR = _FOLDERS[0] / "vendor"
LATER = ("codemirror.js",)
"""Modules of others that the page loads when they are needed; `scripts/make_editor.py` writes them."""
STYLES = (
    *player.STYLES,
    "studio.css",
    "choose.css",
    "routine.css",
    "choices.css",
    "sessions.css",
    "drafts.css",
    "write.css",
    "picturing.css",
)
"""What the page looks like, in this order."""
_MOTIF = "motif-"
_LED = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>voiceguide</title>
</head>
<body><p>$led</p><p><a href="/">$led_on</a></p></body>
</html>
""")


def page(language: str) -> str:
    """Return the page in a BCP 47 language. Raises UsageError for one without phrases."""
    book = phrases.load(language)
    words = book.all_shown("studio")
    told = {
        "language": book.language,
        "languages": {tag: phrases.load(tag).name for tag in phrases.languages()},
        "words": {**words, "first_time": book.shown("notes", "first_time")},
        "firstTimes": list(FIRST_TIME.values()),
        "motifs": {name: _told(name) for name in cover.MOTIFS},
    }
    return Template(_read(_folder("page.html"), "page.html")).substitute(
        {key: escaped(text) for key, text in words.items()},
        language=escaped(book.language),
        styles="\n".join(f'<link rel="stylesheet" href="/assets/{name}">' for name in STYLES),
        modules="\n".join(
            f'<link rel="modulepreload" href="/assets/{name}">' for name in names() if name[-3:] == ".js"
        ),
        screens="\n".join(
            f'<template class="player" lang="{tag}">{player.blank(tag)}</template>' for tag in phrases.languages()
        ),
        told=script_data(told),
        entry=_ENTRY,
    )


def led(language: str) -> str:
    """Return the page for somebody whom a link on another page led here. Raises UsageError as `page`."""
    book = phrases.load(language)
    said = {key: escaped(book.shown("refused", key)) for key in ("led", "led_on")}
    return _LED.substitute(said, language=escaped(book.language))


def asset(name: str) -> tuple[bytes, str] | None:
    """Return a module, style or picture of the page with its MIME type; None for a name that is none of them."""
    if name in _motifs():
        return _picture(_motifs()[name]), _TYPES[".svg"]
    if name in LATER:
        return _read(_VENDOR, name).encode(), _TYPES[".js"]
    if name not in names():
        return None
    return _read(_folder(name), name).encode(), _TYPES[Path(name).suffix]


@cache
def names() -> tuple[str, ...]:
    """Return the names of the modules and styles that the page loads: the studio's, and the player's that it uses."""
    used = (*player.in_order("playing.js"), *(path.name for path in sorted(_FOLDERS[0].glob("*.js"))))
    return (*dict.fromkeys(used), *STYLES)


def motif_file(motif: str) -> str:
    """Return the asset that shows a motif of `cover`."""
    return f"{_MOTIF}{motif.replace(' ', '-')}.svg"


@cache
def _motifs() -> dict[str, str]:
    return {motif_file(name): name for name in cover.MOTIFS}


def _told(motif: str) -> dict[str, str]:
    """What the page's script is told of a motif: its picture, the colour around it, and words to find it by."""
    of = cover.MOTIFS[motif]
    return {"picture": motif_file(motif), "ground": of.palette.ground, "words": of.tags}


@cache
def _picture(motif: str) -> bytes:
    return atlas.bundled(cover.MOTIFS[motif].drawing).plain.svg.encode()


def _folder(name: str) -> Path:
    return next(folder for folder in _FOLDERS if (folder / name).exists())


@cache
def _read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")
