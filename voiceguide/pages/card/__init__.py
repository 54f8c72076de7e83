"""The cue card: a session on one printed page for the wall, laid out once and written as SVG, HTML or PDF.

`card` lays a session out and `bytes_of` writes it; nothing is spoken, printed or saved here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.errors import MissingError, UsageError, did_you_mean, option
from voiceguide.installed import installing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import PurePath

    from voiceguide.drawing.shapes import Sheet
    from voiceguide.routine.notes import Notes
    from voiceguide.timeline import Timeline

SUFFIXES = (".html", ".svg", ".pdf")


def card(timeline: Timeline, notes: Notes, paper: str = "a4", *, cover: bytes | None = None) -> Sheet:
    """Lay a session out on one page of `a4` or `letter`, in its language and the largest letters that fit.

    `cover` is a picture of its own, PNG or JPEG. Raises UsageError for another paper, and for a session with more than
    fits in letters that can be read.
    """
    from voiceguide.pages.card.content import content
    from voiceguide.pages.card.layout import sheet
    from voiceguide.pages.card.sizes import PAPERS

    check_paper(paper)
    return sheet(content(timeline, notes, cover), PAPERS[paper])


def check_paper(paper: str) -> None:
    """Raise UsageError for a paper that there are no cards on."""
    from voiceguide.pages.card.sizes import PAPERS

    if paper not in PAPERS:
        raise UsageError(
            f'{option("paper")}: expected {" or ".join(PAPERS)}, got "{paper}".{did_you_mean(paper, PAPERS)}'
        )


def check_suffix(path: PurePath) -> None:
    """Raise UsageError for a name that says none of SUFFIXES, MissingError for a PDF without what writes it."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f'a card: expected a name that ends in {", ".join(SUFFIXES)}, got "{path}"')
    if path.suffix.lower() == ".pdf":
        _pdf()


def bytes_of(sheet: Sheet, path: PurePath) -> bytes:
    """Return a card as the file that its name's suffix says; the same card gives the same bytes.

    Raises as `check_suffix`, and UsageError for texts that a PDF has no letters for.
    """
    check_suffix(path)
    match path.suffix.lower():
        case ".pdf":
            return _pdf()(sheet)
        case ".svg":
            from voiceguide.drawing.svg import svg

            return svg(sheet).encode()
        case _:
            from voiceguide.pages.card.page import page

            return page(sheet).encode()


def _pdf() -> Callable[[Sheet], bytes]:
    """The PDF's writer, if its package is there."""
    try:
        from voiceguide.pages.card.pdf import pdf
    except ModuleNotFoundError as error:
        raise MissingError(f"a card as .pdf needs one more package: {installing('pdf')}") from error
    return pdf
