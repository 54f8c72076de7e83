"""Documents of Word and PDFs as text, through two libraries, in a process whose time and memory are bounded."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.installed import installing
from voiceguide.store import documents

MOST_BYTES = 32 << 20
"""Of a file: an article with its pictures."""
LIMIT = 60.0
"""Seconds until a child that does not end by itself is ended."""

_CHILD = (sys.executable, "-P", str(Path(__file__).with_name("office_child.py")))
_KINDS = {"docx": ("a document of Word", "mammoth"), "pdf": ("a PDF", "pypdf")}


def text_of(data: bytes, kind: Literal["docx", "pdf"], command: tuple[str, ...] = _CHILD) -> str:
    """Return a document's text: of Word as HTML, a paragraph a line, of a PDF as lines; `command` reads it.

    Raises MissingError without the package that reads it, and Failed for one that is broken, encrypted, too large,
    without text, or made to keep its reader busy.
    """
    name, package = _KINDS[kind]
    if find_spec(package) is None:
        raise MissingError(f"{name} needs more packages: {installing('articles')}")
    if len(data) > MOST_BYTES:
        raise Failed(f"expected at most {MOST_BYTES >> 20} MiB, got more: save the article without its pictures")
    remedy = "Open it and save it as plain text (.txt), or copy its text to such a file"
    try:
        ended = subprocess.run(  # noqa: S603 (our own program; the document reaches it as data)
            (*command, kind),
            input=data,
            capture_output=True,
            timeout=LIMIT,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        answer = documents.parsed(ended.stdout, "its reader", what="an answer")
        if answer.has("text"):
            return answer.key("text").text()
        why = answer.key("error").text()
    except subprocess.TimeoutExpired:
        why = f"one that cannot be read within {LIMIT:.0f} s"
    except UsageError:  # the child was ended: it took more than it may
        why = "one that takes more time or memory than any article"
    raise Failed(f"expected {name}, got {why}. {remedy}")
