"""A folder of sessions as a podcast: RSS 2.0 with Apple's tags and Podcasting 2.0's. Pure.

Specifications: RSS 2.0 (rssboard.org), Apple's "A Podcaster's Guide to RSS", and podcastindex.org/namespace/1.0.
"""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FEED = "feed.xml"
CATEGORY, SUBCATEGORY = "Health & Fitness", "Alternative Health"
"""Names out of Apple's list."""

_DATE_SIGNS = 100
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace in which a feed's own identifier is made of its address (podcast:guid)."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A file beside the feed."""

    name: str
    """As the folder has it."""
    type: str
    """MIME type."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One session."""

    sound: Linked
    bytes: int
    """The sound's file's size."""
    seconds: float
    name: str
    """The routine's title."""
    title: str
    """The name, and what tells it from the others' titles."""
    summary: str
    language: str
    """BCP 47."""
    published: datetime
    """With its time zone."""
    page: Linked
    """The player's."""
    chapters: Linked
    transcripts: tuple[Linked, ...]
    """The best first; none for a session of which no words are known."""
    cover: Linked | None


@dataclass(frozen=True, slots=True)
class Channel:
    """All of them together."""

    base: str
    """Where the folder can be had: a URL that ends in a slash."""
    title: str
    summary: str
    language: str
    author: str
    generator: str
    cover: Linked

    def url(self, name: str) -> str:
        """The address of a file of the folder."""
        return self.base + quote(name)


def rss(channel: Channel, episodes: Iterable[Episode]) -> str:
    """Return the feed, the newest session first; the same sessions give the same text."""
    ordered = sorted(episodes, key=lambda episode: (-episode.published.timestamp(), episode.sound.name))
    spaces = " ".join(f'xmlns:{name}="{address}"' for name, address in _NAMESPACES.items())
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<rss version="2.0" {spaces}>', "<channel>"]
    lines += _channel(channel)
    for episode in ordered:
        lines += ["<item>", *_item(channel, episode), "</item>"]
    return "\n".join([*lines, "</channel>", "</rss>", ""])


def published(feed: str) -> dict[str, datetime]:
    """Return when each session was published that a feed as `rss` writes it lists, by its sound's file's name.

    It may have been changed since: what is not as it was written is not there. Nothing of it is read as XML, in which
    a few lines can unfold to any size.
    """
    found: dict[str, datetime] = {}
    for item in feed.split("<item>")[1:]:
        address = unescape(_between(item, '<enclosure url="', '"'))
        with suppress(ValueError, TypeError, IndexError, OverflowError):  # all that the reader of dates raises
            date = parsedate_to_datetime(_between(item, "<pubDate>", "</pubDate>")[:_DATE_SIGNS])
            found.setdefault(
                unquote(address.rpartition("/")[2]), date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
            )
    return found


def _between(text: str, start: str, end: str) -> str:
    return text.partition(start)[2].partition(end)[0]


def _channel(channel: Channel) -> Iterator[str]:
    address = channel.url(FEED)
    yield _text("title", channel.title)
    yield _text("link", channel.base)
    yield _text("description", _html(channel.summary))
    yield _text("language", channel.language)
    yield _text("generator", channel.generator)
    yield _empty("atom:link", href=address, rel="self", type="application/rss+xml")
    yield _text("itunes:author", channel.author)
    yield _text("itunes:type", "episodic")
    yield _text("itunes:explicit", "false")
    yield _empty("itunes:image", href=channel.url(channel.cover.name))
    yield f'<itunes:category text="{escaped(CATEGORY)}">{_empty("itunes:category", text=SUBCATEGORY)}</itunes:category>'
    # A name-based identifier (version 5) of the address without its scheme and last slash, as the namespace asks.
    yield _text("podcast:guid", str(uuid.uuid5(_PODCASTS, address.split("://", 1)[1].rstrip("/"))))
    yield _text("podcast:medium", "podcast")


def _item(channel: Channel, episode: Episode) -> Iterator[str]:
    address = channel.url(episode.sound.name)
    yield _text("title", episode.title)
    yield _text("description", _html(episode.summary or episode.title))
    yield _text("link", channel.url(episode.page.name))
    yield f'<guid isPermaLink="false">{escaped(address)}</guid>'
    yield _text("pubDate", format_datetime(episode.published))
    yield _empty("enclosure", url=address, length=str(episode.bytes), type=episode.sound.type)
    yield _text("itunes:duration", str(round(episode.seconds)))
    yield _text("itunes:explicit", "false")
    yield _text("itunes:episodeType", "full")
    if episode.cover:
        yield _empty("itunes:image", href=channel.url(episode.cover.name))
    yield _empty("podcast:chapters", url=channel.url(episode.chapters.name), type=episode.chapters.type)
    for transcript in episode.transcripts:
        words = {"url": channel.url(transcript.name), "type": transcript.type, "language": episode.language}
        yield _empty("podcast:transcript", **words, **_CAPTIONS.get(transcript.type, {}))


_CAPTIONS = {"text/vtt": {"rel": "captions"}, "application/x-subrip": {"rel": "captions"}}
"""What a transcript with times is."""


def _html(text: str) -> str:
    """A text as a description is read: as HTML, by Apple and by most apps."""
    return escaped(text, quotes=False)


def _text(name: str, text: str) -> str:
    return f"<{name}>{escaped(text)}</{name}>"


def _empty(name: str, **attributes: str) -> str:
    said = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items())
    return f"<{name}{said}/>"
