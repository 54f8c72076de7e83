"""Files of another kind, named where a routine is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.errors import RoutineError
from voiceguide.routine.reading import examine, read

if TYPE_CHECKING:
    from pathlib import Path

SHORTEST = "title: T\nsummary: S\nsteps:\n  - {name: A, say: Go.}\n"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("session.html", b"<!doctype html>\n<title>x</title>", "a web page (HTML)"),
        ("saved.yaml", b"\xef\xbb\xbf\n<HTML><body>a: b", "a web page (HTML)"),
        ("page.xhtml", b'<?xml version="1.0"?>\n<html/>', "a page of markup (XML)"),
        ("session.mp3", b"ID3\x04\x00\x00\x00", "a sound"),
        ("session", b"\xff\xfb\x90\x64\x00", "a sound"),
        ("bell.wav", b"RIFF\n\x00\x00\x00WAVEfmt ", "a sound"),
        ("book.m4b", b"\x00\x00\x00\x20ftypM4B ", "a sound"),
        ("cover.png", b"\x89PNG\r\n", "a picture"),
        ("article.pdf", b"%PDF-1.7\n", "a PDF"),
        ("article.docx", b"PK\x03\x04\x14", "a document or an archive"),
        ("session.vtt", b"WEBVTT\n\n00:00.000", "captions"),
        ("session.srt", b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHi", "captions"),
        ("session.lrc", b"[00:01.00]Hi\n", "lyrics with their times"),
        ("session.json", b'{\n "schema": 1,\n "clips": []}', "a session's timeline"),
        ("README.md", b"# Massage\n\nTitle: a text.\n", "a Markdown text"),
    ],
)
def test_another_file_is_called_what_it_is(name: str, content: bytes, kind: str, tmp_path: Path) -> None:
    """It is one message, which tells what to name in its place, however large the file."""
    file = tmp_path / name
    file.write_bytes(content + b"\n" * 300_000)
    with pytest.raises(RoutineError) as refused:
        read(file)
    (fault,) = refused.value.faults
    assert fault.rule == "no-routine"
    assert fault.message.startswith(f"expected a routine, a text in YAML, got {kind}: name the routine")


@pytest.mark.parametrize("name", ["mine.md", "mine.txt", "mine.html", "mine"])
def test_a_routine_is_one_under_any_name(name: str, tmp_path: Path) -> None:
    """Its text decides, not the end of its name."""
    file = tmp_path / name
    file.write_text(SHORTEST, "utf-8")
    routine, faults = examine(file)
    assert routine is not None
    assert faults == ()
