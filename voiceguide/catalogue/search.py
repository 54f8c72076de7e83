"""Search: which routines of the catalogue are what somebody looks for, and what there is where none is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.catalogue import ranking
from voiceguide.durations import words
from voiceguide.errors import did_you_mean
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from voiceguide.catalogue.vocabulary import Asked

    Entry = dict[str, Any]
    """What `catalogue.entry` tells of a routine."""


COLLECTIONS = {
    "evening": ("evening", "bedtime"),
    "office": ("office", "desk"),
    "couple": ("couple",),
    "feet": ("feet",),
}
"""Routines that go together, by the tags of which each has one."""


def collections(entry: Entry) -> tuple[str, ...]:
    """Return the collections that a routine is in. What somebody gives in the evening is for a couple, too."""
    tags = {tag.casefold() for tag in entry["tags"]}
    found = {name for name, any_of in COLLECTIONS.items() if tags & {*any_of}}
    if entry["audience"] == "giver" and "evening" in tags:
        found.add("couple")
    return tuple(name for name in COLLECTIONS if name in found)


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
    collection: str | None = None
    """One of COLLECTIONS."""
    words: Asked | None = None
    """Plain words; those that answer them best come first."""

    def found(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the routines that are all of it, in their order, or in that of how well they answer the words."""
        found = [entry for entry in entries if self._fits(entry)]
        if self.words is None:
            return found
        return [] if self.words.is_nothing else ranking.ranked(found, self.words)

    def _fits(self, entry: Entry) -> bool:
        return (
            {tag.casefold() for tag in self.tags} <= {tag.casefold() for tag in entry["tags"]}
            and self.audience in (None, entry["audience"])
            and (self.collection is None or self.collection in collections(entry))
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
            f"collections: {', '.join(COLLECTIONS)}",
            f"for: {', '.join(_all(entry['audience'] for entry in entries))}",
            f"positions: {', '.join(_all(position for entry in entries for position in entry['positions']))}",
            f"languages: {', '.join(_all(language for entry in entries for language in entry['languages']))}",
            f"the shortest lasts {words(round(shortest))}",
        )
        nothing = "No routine is about that." if self.words else "No routine is all of this."
        return "\n".join((*(said or [nothing]), "What there is:", *(f"  {of}" for of in there_is)))


def _all(values: Iterable[str]) -> list[str]:
    """Each value once, sorted."""
    return sorted(set(values), key=str.casefold)
