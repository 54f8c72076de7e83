"""Texts in markup: the one place where what an author wrote becomes part of HTML, SVG, XML or a script's data."""

from __future__ import annotations

import json
import re
from html import escape

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no character for (production 2): control characters, lone surrogates, U+FFFE and U+FFFF."""
_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""What could end a script or begin a comment in it; inside JSON's strings an escape is the same letter."""


def escaped(text: str, *, quotes: bool = True) -> str:
    """Return a text as it stands in an element or in a quoted attribute, of HTML and of XML.

    Nothing in it is markup any more; a character that XML does not know becomes U+FFFD. Without `quotes` it is for
    elements only, and reads better where somebody forgets to take it for HTML.
    """
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", text), quote=quotes)


def script_data(value: object) -> str:
    """Return a value as JSON that can stand in a `<script>` element: no text in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_IN_SCRIPTS)
