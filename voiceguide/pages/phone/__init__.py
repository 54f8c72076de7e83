"""The page that a phone gets over the home network: the player, which fetches all of a session before it begins."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import phrases
from voiceguide.pages import player
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from voiceguide.routine.notes import Notes
    from voiceguide.timeline import Timeline

_FOLDER = Path(__file__).parent
_SAID = Template("""<section id="way" aria-label="$way">
<p id="news" role="status"></p>
<progress id="bar" max="1" value="0" aria-label="$way"></progress>
<button type="button" id="again" hidden>$again</button>
</section>
""")
_BELOW = Template('<div id="save" hidden><p>$dark</p><a href="saved" download>$save</a></div>')
_GONE = Template("""<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>voiceguide</title>
</head>
<body><p>$gone</p></body>
</html>
""")


class Source(NamedTuple):
    """The sound that a page fetches from `sound` beside it.

    Its timeline is at `session`, the page to keep at `saved`.
    """

    media_type: str
    suffix: str
    """Of its format, as `.mp3`."""
    size: int
    """Bytes."""
    key: str
    """Under which the browser keeps where the session was left."""


class Page(NamedTuple):
    """A page, and the policy to serve it under."""

    html: str
    policy: str


def page(timeline: Timeline, source: Source, *, notes: Notes, cover: bytes | None) -> Page:
    """Return the page of a session, whose timeline may still be estimated.

    Raises UsageError for an unknown language.
    """
    words = {key: escaped(text) for key, text in phrases.load(timeline.language).all_shown("phone").items()}
    said = {key: phrases.load(timeline.language).shown("phone", key) for key in ("coming", "lost", "gone", "here")}
    kind = player.Kind(
        audio={"type": source.media_type, "format": source.suffix, "bytes": source.size, "said": said},
        sources="media-src blob:; connect-src 'self'",
        script=player.joined("phone.js", _FOLDER),
        style=player.styled(_FOLDER / "phone.css"),
        said=_SAID.substitute(words),
        below=_BELOW.substitute(words),
    )
    html = player.document(timeline, kind, notes=notes, cover=cover, key=source.key)
    return Page(f"{html}</body>\n</html>\n", f"{kind.policy}; frame-ancestors 'none'")


def gone(language: str) -> str:
    """Return the page that stands where no session is, or none is any more."""
    said = phrases.load(language).shown("phone", "gone")
    return _GONE.substitute(language=escaped(language), gone=escaped(said))
