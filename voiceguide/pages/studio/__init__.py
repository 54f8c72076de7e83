"""The studio's page."""

from __future__ import annotations

from voiceguide import phrases
from voiceguide.text.markup import escaped


def page(language: str) -> str:
    """Return the page in a BCP 47 language. Raises UsageError for one without phrases."""
    return f'<!doctype html><html lang="{escaped(phrases.load(language).language)}"><title>voiceguide</title></html>'


def asset(name: str) -> tuple[bytes, str] | None:  # noqa: ARG001 (there is none yet)
    """Return a module, style or picture of the page with its MIME type; None for a name that is none of them."""
    return None
