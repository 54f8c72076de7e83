"""The choice of sizes: the largest letters with which all of a card fits one page."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from voiceguide.errors import UsageError, option
from voiceguide.pages.card.content import without_drawings, without_todo
from voiceguide.pages.card.draft import Draft, Pictures, Setting
from voiceguide.pages.card.sizes import AIRS, COLUMNS, MARGIN, NAMES, Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from voiceguide.drawing.shapes import Sheet
    from voiceguide.pages.card.content import Content
    from voiceguide.pages.card.sizes import Paper

    Drafting = Callable[[Setting, Scale], Draft]

_WHOLE_WORDS = 13.0
"""Points of a name in one column: down to there letters are made smaller to keep a long word whole."""
_READABLE = 7.5
"""Points of a name in one column: where they would be smaller, what to do is left out, and then the drawings."""
_MUCH = 1.5
"""How many times larger the letters must be that breaking it gives."""
_IN_COLUMN = 4
"""Steps in a column at least, where there are several."""
_PICTURE_ROWS = (4, 2, 1)
"""Rows of the picture at most: as many as its numbers need, and where that is too much, few."""


def sheet(content: Content, paper: Paper) -> Sheet:
    """Lay a card out on one page: with a line of what to do and a drawing a step, if its letters stay large enough.

    Raises UsageError when not even the smallest letters make it fit.
    """
    found = _laid(content, paper)
    if not found.fits or found.worth < _READABLE:
        found = _laid(without_todo(content), paper)
    if not found.fits or found.worth < _READABLE:
        found = _laid(without_drawings(without_todo(content)), paper)
    if not found.fits:
        raise _too_much(content, paper, found)
    return found.sheet()


def _laid(content: Content, paper: Paper) -> Draft:
    """Set a card in the largest letters that fit, in the smallest where none do."""
    steps = sum(len(part.steps) for part in content.parts)
    columns = [count for count in COLUMNS if count == 1 or steps >= count * _IN_COLUMN]
    settings = [Setting(content, paper, Pictures(content, paper.width - 2 * MARGIN, rows)) for rows in _PICTURE_ROWS]
    draft: Drafting = cache(Draft)  # many are asked for again: with words that are whole, and then with any
    lowest = min((draft(settings[-1], Scale(NAMES[-1], count, AIRS[-1])) for count in columns), key=_height)
    if not lowest.fits:
        return lowest

    def best(*, whole_words: bool) -> Draft | None:
        drafts = (_largest(partial(draft, setting), columns, whole_words=whole_words) for setting in settings)
        return next(filter(None, drafts), None)

    whole = best(whole_words=True)
    if whole and whole.worth >= _WHOLE_WORDS:
        return whole
    broken = best(whole_words=False) or lowest
    return whole if whole and whole.worth * _MUCH >= broken.worth else broken


def _height(draft: Draft) -> float:
    return draft.height


def _largest(drafted: Callable[[Scale], Draft], columns: Iterable[int], *, whole_words: bool) -> Draft | None:
    """The card in the largest letters that fit, and then with as much air as there is room for."""

    def fits(scale: Scale) -> bool:
        draft = drafted(scale)
        return draft.fits and (draft.words_are_whole or not whole_words)

    found = [_first([Scale(name, count, AIRS[-1]) for name in NAMES], fits) for count in columns]
    scales = [scale for scale in found if scale]
    if not scales:
        return None
    best = max(scales, key=lambda scale: scale.worth)
    return drafted(_first([replace(best, air=air) for air in AIRS], fits) or best)


def _first(scales: Sequence[Scale], fits: Callable[[Scale], bool]) -> Scale | None:
    """The first that fits, where each is followed by ones that need less room."""
    at = bisect_left(scales, True, key=fits)
    return scales[at] if at < len(scales) else None


def _too_much(content: Content, paper: Paper, draft: Draft) -> UsageError:
    steps = sum(len(part.steps) for part in content.parts)
    its_steps, rest, page = (
        round(points * 25.4 / 72)
        for points in (draft.steps.height, draft.height - draft.steps.height, paper.height - 2 * MARGIN)
    )
    return UsageError(
        f"the card of {content.name} does not fit one page of {paper.name}: in the smallest letters that can be "
        f"read its {steps} steps are {its_steps} mm high, its title, picture and notes {rest} mm, and the page has "
        f"{page} mm. Leave steps out with {option('without')}, choose a shorter {option('length')}, or shorten the "
        "routine's safety notes"
    )
