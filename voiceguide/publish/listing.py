"""The page that lists a folder's sessions, each with its cover, its sound and the way to its player. Pure."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from voiceguide.publish.feed import FEED
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from voiceguide.publish.feed import Channel, Episode

LISTING = "index.html"

_STYLE = Path(__file__).with_name("listing.css")


def listing(channel: Channel, episodes: Iterable[Episode], labels: Mapping[str, str]) -> str:
    """Return the page, sessions by title; links are relative, so that it works from a disk too.

    `labels` are the phrases' `[feed]` in the channel's language.
    """
    style = _STYLE.read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self' file: data:; media-src 'self' file:"
    ordered = sorted(episodes, key=lambda episode: (episode.title.casefold(), episode.sound.name))
    lines = [
        "<!doctype html>",
        f'<html lang="{escaped(channel.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="{escaped(channel.generator)}">',
        '<meta name="voiceguide" content="listing">',
        '<link rel="icon" href="data:,">',
        f"<title>{escaped(channel.title)}</title>",
        f'<link rel="alternate" type="application/rss+xml" href="{FEED}" title="{escaped(channel.title)}">',
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<h1 dir="auto">{escaped(channel.title)}</h1>',
        f'<p class="soft" dir="auto">{escaped(channel.summary)}</p>',
        "<ul>",
    ]
    for episode in ordered:
        lines += _entry(episode, labels)
    lines += [
        "</ul>",
        f'<p><a href="{FEED}">{escaped(labels["subscribe"])}</a></p>',
        f'<p class="soft">{escaped(labels["care"])}</p>',
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines)


def _entry(episode: Episode, labels: Mapping[str, str]) -> Iterator[str]:
    title = escaped(episode.title)
    sound = escaped(quote(episode.sound.name))
    language = f'lang="{escaped(episode.language)}"'
    yield "<li>"
    if episode.cover:
        yield f'<img src="{escaped(quote(episode.cover.name))}" alt="" width="128" height="128">'
    yield '<div class="words">'
    # A name that is read from the right would draw the minutes to its other side.
    rest = escaped(episode.title.removeprefix(episode.name))
    yield f"<h2 {language}><bdi>{escaped(episode.name)}</bdi>{rest}</h2>"
    if episode.summary:
        yield f'<p {language} dir="auto">{escaped(episode.summary)}</p>'
    yield f'<a class="open" href="{escaped(quote(episode.page.name))}">{_of(labels["open"], title)}</a>'
    yield f'<audio controls preload="none" src="{sound}" aria-label="{title}"></audio>'
    yield '<p class="ways">'
    yield f'<a href="{sound}" download>{_of(labels["sound"], title)}</a>'
    for transcript in episode.transcripts:
        if transcript.type == "text/plain":
            yield f'<a href="{escaped(quote(transcript.name))}">{_of(labels["transcript"], title)}</a>'
    yield "</p>"
    yield "</div>"
    yield "</li>"


def _of(label: str, title: str) -> str:
    """A link's words; who hears them out of their place hears which session's they are."""
    return f'{escaped(label)}<span class="only-heard">: {title}</span>'
