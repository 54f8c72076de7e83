"""The program that reads one .docx or .pdf and ends: run by `office.py`, never imported by voiceguide.

It uses nothing of voiceguide's. `docx` or `pdf` is its argument, the document comes on stdin, and it answers with
one JSON document: {"text": …}, the page that Word would save or the lines of the PDF, or {"error": …}, what is wrong.
A process of its own, since a document can be made to fill the memory or to keep its reader busy for days.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import threading
import time
import zipfile
from collections import Counter

MOST_MEMORY = 1 << 30
MOST_SECONDS = 30
MOST_UNPACKED = 48 << 20
"""Bytes of a .docx, its pictures apart."""
MOST_PARTS = 3000
MOST_PAGES = 200
MOST_TEXT = 256 * 1024
"""Signs, from which nothing more is read: what is too long is told by whoever asked."""
_PICTURES = "word/media/"


class DocumentError(Exception):
    """What is wrong with a document, as it stands after "expected …, got"."""


def main() -> None:
    """Read the document on stdin, answer, and end."""
    bounded()
    parent = os.getppid()
    if os.name != "nt":  # there a parent's number stays when it has ended
        threading.Thread(target=end_with, args=(parent,), daemon=True).start()
    data = sys.stdin.buffer.read()
    try:
        answer = {"text": (docx if sys.argv[1] == "docx" else pdf)(data)[:MOST_TEXT]}
    except DocumentError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": "one that needs more memory than any article"}
    except Exception as error:  # noqa: BLE001 (whatever a broken document makes of its reader, the parent must hear it)
        answer = {"error": f"a broken one ({type(error).__name__}: {' '.join(str(error).split())[:200]})"}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.flush()
    os._exit(0)


def bounded() -> None:
    """Take no more than MOST_MEMORY and MOST_SECONDS, where the system can see to it."""
    try:
        import resource
    except ImportError:  # Windows: the parent's clock alone
        return
    for kind, most in ((resource.RLIMIT_CPU, MOST_SECONDS), (resource.RLIMIT_AS, MOST_MEMORY)):
        _, hard = resource.getrlimit(kind)
        if kind == resource.RLIMIT_CPU or sys.platform == "linux":
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def end_with(parent: int) -> None:
    """End when whoever asked has ended, however it went: then another process is the parent."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def docx(data: bytes) -> str:
    """Return a document of Word as HTML, a paragraph a line. Raises DocumentError, and what its reader does."""
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.filename.startswith(_PICTURES)]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise DocumentError(f"one that unpacks to more than {MOST_UNPACKED >> 20} MiB of text")
            if any(part.flag_bits & 1 for part in parts):
                raise DocumentError("one with a password: save it without")
            for part in parts:
                head = (
                    archive.read(part)[:4096].replace(b"\0", b"") if part.filename.endswith((".xml", ".rels")) else b""
                )
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise DocumentError("one that no word processor writes (it defines entities)")
    except zipfile.BadZipFile as error:
        raise DocumentError(f"a broken one ({error})") from None
    made = mammoth.convert_to_html(
        io.BytesIO(data),
        style_map="p[style-name='Title'] => h1:fresh",
        convert_image=lambda _: [],
        include_embedded_style_map=False,
        external_file_access=False,
    )
    return re.sub(r"(</(?:p|li|h[1-6])>|<br ?/>)", r"\1\n", str(made.value))


def pdf(data: bytes) -> str:
    """Return the lines of a PDF, empty ones between paragraphs. Raises DocumentError, and what its reader does."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError("one with a password: save it without")
    if len(reader.pages) > MOST_PAGES:
        raise DocumentError(f"one of {len(reader.pages)} pages: save those of the article alone")
    pages: list[list[str]] = []
    signs = 0
    for page in reader.pages:
        lines = [line.strip() for line in page.extract_text().split("\n")]
        pages.append(lines)
        signs += sum(map(len, lines))
        if signs > MOST_TEXT:
            break
    if not any(sign.isalpha() for lines in pages for line in lines for sign in line):
        raise DocumentError("one without text, perhaps scanned: copy its words to a text file")
    return paragraphs(without_furniture(pages))


def without_furniture(pages: list[list[str]]) -> list[str]:
    """Return the lines of all pages, with what stands on most of them once, and without bare page numbers."""
    alike = Counter(key for lines in pages for key in {re.sub(r"\d+", "", line) for line in lines if line})
    seen: set[str] = set()
    kept = []
    for lines in pages:
        for line in lines:
            key = re.sub(r"\d+", "", line)
            if (
                re.fullmatch(r"(?:page )?(?: ?of )?[-– ]*", key, re.IGNORECASE)
                and line
                and line in (lines[0], lines[-1])
            ):
                continue
            if len(pages) > 2 and 2 * alike[key] > len(pages) and key in seen and line:
                continue
            seen.add(key)
            kept.append(line)
    return kept


def paragraphs(lines: list[str]) -> str:
    """Return lines as text: words that a line's end parted are one, and a short last line ends its paragraph."""
    text = re.sub(r"(?<=[a-z])[-\u00ad]\n([a-z]\S*) ?", r"\1\n", "\n".join(lines))
    width = max((len(line) for line in text.split("\n")), default=0)
    return "\n".join(
        f"{line}\n" if line.endswith((".", "!", "?", ":")) and len(line) < 0.75 * width else line
        for line in text.split("\n")
    )


if __name__ == "__main__":
    main()
