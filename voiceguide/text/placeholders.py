"""The four names in braces an author can write: `{side}`, `{next}`, `{minutes}`, `{title}` (routine-format: Text).

A value is put in as it is: braces or brackets in it are text, never a placeholder or a mark. Parse marks first, then
fill the parts: `fill_parts(marks.parse(text), values)`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from voiceguide.errors import did_you_mean
from voiceguide.text.lines import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from voiceguide.text.marks import Part

KNOWN = ("side", "next", "minutes", "title")
"""What an author's text may use; the program's own phrases have more, each named in its phrase."""

_TOKEN = re.compile(r"\{([^{}]*)\}|[{}]")


class PlaceholderError(ValueError):
    """Braces that name nothing: alone, empty, or without a value; the message says what to do."""


def used(text: str) -> tuple[str, ...]:
    """Return the names in braces, in order, repeats and unknown ones too.

    Raises PlaceholderError for empty braces and for a `{` or `}` alone.
    """
    return tuple(name for name, _ in _tokens(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with each `{name}` replaced by its value, once: a value is never parsed again.

    Raises PlaceholderError for a name without a value, and as `used` does.
    """
    filled, at = [], 0
    for name, token in _tokens(text):
        if name not in values:
            known = ", ".join(f"{{{key}}}" for key in values) or "none here"
            raise PlaceholderError(f"expected one of {known}, got {{{name}}}.{did_you_mean(name, values)}".rstrip("."))
        filled += [text[at : token.start()], values[name]]
        at = token.end()
    return "".join((*filled, text[at:]))


def fill_parts(parts: Iterable[Part], values: Mapping[str, str]) -> tuple[Part, ...]:
    """Return parsed marks with the words between them filled. Raises as `fill` does."""
    return tuple(fill(part, values) if isinstance(part, str) else part for part in parts)


def _tokens(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    if "{" not in text and "}" not in text:  # as most
        return
    for token in _TOKEN.finditer(text):
        name = (token[1] or "").strip()
        if not name:
            around = spaced(text[max(0, token.start() - 20) : token.end() + 20])
            raise PlaceholderError(f'expected a name in braces, as {{side}}, got "{token[0]}" in "{around}"')
        yield name, token
