"""A language's tag (BCP 47, as `de-AT`): what it falls back to, and the nearest of those that are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def wider(language: str) -> Iterator[str]:
    """Yield a tag and each wider one, in small letters: `de-at`, then `de`; `de_AT` counts as `de-AT`."""
    tag = _small(language)
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]


def nearest(language: str, known: Iterable[str]) -> str | None:
    """Return which of the known tags, as it stands there, a language has or falls back to; None for none of them."""
    written = {tag.lower(): tag for tag in known}
    return next((written[tag] for tag in wider(language) if tag in written), None)


def primary(language: str) -> str:
    """Return the language itself, without its script and region: `de` of `de-AT`."""
    return _small(language).partition("-")[0]


def _small(language: str) -> str:
    return language.replace("_", "-").lower()
