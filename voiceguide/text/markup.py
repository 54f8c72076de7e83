"""Texts in markup: the one place where what an author wrote becomes part of HTML, SVG, XML or a script's data.

And where HTML that was pasted into what an author wrote is taken away.
"""

from __future__ import annotations

import json
import re
import unicodedata
from html import escape, unescape
from html.entities import html5

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


# What a page or a mail leaves in a text that is pasted from it.
_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p picture q rp rt "
    "ruby s samp small source span strike strong sub sup svg time tt u var wbr"
)
_BLOCK = (
    "address article aside blockquote body br button caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html iframe input legend li link main meta nav ol optgroup option p "
    "pre script section select style summary table tbody td template textarea tfoot th thead title tr ul video audio"
)
_ATTRIBUTE = r"\s++[\w:@.-]++(?:\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++))"
_TAG = re.compile(
    r"<(?P<hidden>script|style)\b[^<>]*+>[^<]*+</(?P=hidden)\s*+>"
    r"|<!--(?:(?!<!--|-->).)*+-->|<[!?][a-z][^<>]*+>"
    rf"|</?+(?:(?P<block>{_BLOCK.replace(' ', '|')})|{_INLINE.replace(' ', '|')})(?:{_ATTRIBUTE})*+\s*+/?+>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};|(?:nbsp|amp|lt|gt|quot)\b)", re.IGNORECASE)
_ESCAPED_AGAIN = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_END = "\0"
"""Stands where a block ended, until it is known what stood before it."""


def unmarked(text: str) -> str:
    """Return a text without the HTML that was pasted with it: its tags vanish, an entity becomes its sign.

    Where a paragraph, an item or a line ended, a full stop or a comma stands unless other punctuation does. A `<` that
    begins no known tag stays, as in `a < b`; so does a text that would have no letter or digit left.
    """
    if "<" not in text and "&" not in text:
        return text
    plain = _ESCAPED_AGAIN.sub("&", text.replace(_END, " "))
    plain = _TAG.sub(lambda found: _END if found["block"] else "", _ENTITY.sub(_sign, plain))
    if plain == text:
        return text
    if _END in plain:
        parts = [part.strip() for part in plain.split(_END)]
        plain = _joined([part for part in parts if part])
    return plain if any(sign.isalnum() for sign in plain) or not any(sign.isalnum() for sign in text) else text


def _sign(found: re.Match[str]) -> str:
    """Return an entity's sign, a space for one that a line or a terminal obeys, and an unknown one as it is."""
    name = found[0] if found[0].endswith(";") else f"{found[0]};"
    sign = unescape(name if name[1] == "#" or name[1:] in html5 else name.lower())
    if sign == name or sign.lower() == name.lower():
        return found[0]
    return "".join(" " if unicodedata.category(part)[0] in "CZ" else part for part in sign)


def _joined(parts: list[str]) -> str:
    """Return blocks as one text; where a sentence seems to go on in the next, a comma parts them."""
    said: list[str] = []
    for part in parts:
        if said and said[-1][-1] not in ".,;:!?…":
            said[-1] += "," if part[0].islower() else "."
        said.append(part)
    return " ".join(said)
