"""Search: which routines of the catalogue are what somebody looks for, and what there is where none is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.durations import words
from voiceguide.errors import did_you_mean
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Entry = dict[str, Any]
    """What `catalogue.entry` tells of a routine."""


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for; None and () leave it open."""

    tags: tuple[str, ...] = ()
    """All of them, in either case."""
    audience: str | None = None
    position: str | None = None
    """One of `catalogue.POSITIONS`."""
    longest: float | None = None
    """Seconds; the short or the full routine lasts no longer."""
    language: str | None = None
    """A BCP 47 tag; `de-AT` finds what is written in `de`, as a session in `de-AT` does."""

    def found(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the routines that are all of it, in their order."""
        return [entry for entry in entries if self._fits(entry)]

    def _fits(self, entry: Entry) -> bool:
        return (
            {tag.casefold() for tag in self.tags} <= {tag.casefold() for tag in entry["tags"]}
            and self.audience in (None, entry["audience"])
            and (self.position is None or self.position in entry["positions"])
            # To the second, as lengths are shown: an estimated 600.3 s are "10:00".
            and (self.longest is None or any(round(length) <= self.longest for length in entry["lengths"].values()))
            and (self.language is None or nearest(self.language, entry["languages"]) is not None)
        )

    def missed(self, entries: Sequence[Entry]) -> str:
        """Say that nothing was found, what a misspelt tag may mean, and what there is."""
        tags = _all(tag for entry in entries for tag in entry["tags"])
        known = {tag.casefold() for tag in tags}
        unknown = [tag for tag in self.tags if tag.casefold() not in known]
        said = [f'No routine has the tag "{tag}".{did_you_mean(tag, tags)}' for tag in unknown]
        shortest = min((length for entry in entries for length in entry["lengths"].values()), default=0.0)
        there_is = (
            f"tags: {', '.join(tags)}",
            f"for: {', '.join(_all(entry['audience'] for entry in entries))}",
            f"positions: {', '.join(_all(position for entry in entries for position in entry['positions']))}",
            f"languages: {', '.join(_all(language for entry in entries for language in entry['languages']))}",
            f"the shortest lasts {words(round(shortest))}",
        )
        return "\n".join((*(said or ["No routine is all of this."]), "What there is:", *(f"  {of}" for of in there_is)))


def _all(values: Iterable[str]) -> list[str]:
    """Each value once, sorted."""
    return sorted(set(values), key=str.casefold)
