"""Files of another kind that are named in a routine's place: what they are, and what takes them."""

from __future__ import annotations

import re
from pathlib import PurePath

_SNIFFED = 4096
"""Bytes in which a file shows of what kind it is."""
_IMPORTED = "`voiceguide import` makes a routine of an article"
_SIGNATURES: tuple[tuple[str, str, str], ...] = (
    (r"%PDF-", "a PDF", _IMPORTED),
    (r"\{\\rtf", "a text of a word processor", f"save it as .docx, and {_IMPORTED}"),
    (r"PK\x03\x04", "a document or an archive", f"{_IMPORTED} in .docx"),
    (
        r"ID3|RIFF....WAVE|OggS|fLaC|FORM....AIF|....ftyp(?:M4A|M4B|isom|mp4)|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]",
        "a sound",
        "",
    ),
    (r"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|....ftyp(?:heic|mif1|avif)", "a picture", ""),
    (r"\s*<(?i:!doctype html|html|head|body)\b", "a web page (HTML)", _IMPORTED),
    (r"\s*<(?:\?xml|svg|!--|!DOCTYPE)", "a page of markup (XML)", ""),
    (r"WEBVTT\b|\s*\d+\s*\n\d\d:\d\d:\d\d,\d\d\d -->", "captions", ""),
    (r"\[[a-z]+:[^\]\n]*\]\s*\n|\[\d\d:\d\d\.\d\d\]", "lyrics with their times", ""),
    (r'\s*\{\s*"schema":', "a session's timeline", ""),
    (r"#EXTM3U", "a playlist", ""),
)
"""How each begins, what it is, and what takes it."""
_MARKDOWN = (".md", ".markdown", ".mdown")
_ROUTINES_OWN = re.compile(rb"^[ \t]*(?:title|steps)[ \t]*:", re.MULTILINE)


def told(data: bytes, name: str) -> str | None:
    """Return the message on a file that is none of a routine, by its first bytes and its name; None for any other."""
    start = data[:_SNIFFED].removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    found = next((each for each in _SIGNATURES if re.match(each[0], start, re.DOTALL)), None)
    if found is None and PurePath(name).suffix.lower() in _MARKDOWN and not _ROUTINES_OWN.search(data):
        found = ("", "a Markdown text", _IMPORTED)
    if found is None:
        return None
    _, kind, takes = found
    remedy = "name the routine, as `voiceguide list` has it, or its .yaml file"
    return f"expected a routine, a text in YAML, got {kind}: {remedy}{f'; {takes}' if takes else ''}"
