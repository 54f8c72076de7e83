"""Cut a text into sentences: what a voice speaks at a time."""

# ruff: noqa: RUF001 (the typographic dashes, quotes and signs that authors type)

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from voiceguide.text.lines import spaced
from voiceguide.text.normalise import table

if TYPE_CHECKING:
    from voiceguide.text.normalise.table import Table

LONGEST = 350
"""Characters; a longer sentence is cut at its inner punctuation, since engines lose their breath over it."""

_NEAR = 200
"""Characters before and after a full stop that tell whether a sentence ends there: a few words."""

_STOP = re.compile(r"(?<![.!?…])[.!?…]++(?:\s?»|[\"'”’“‘«)\]])*(?=\s)")
_OPENING = "\"'“‘„‚«»(¿¡["
_JOINTS = (re.compile(r"[;:](?=\s)"), re.compile(r",(?=\s)"))
"""Where a long sentence may be cut, the best first."""


@lru_cache(maxsize=8192)  # a text is counted, judged and spoken
def split(text: str, language: str = "en") -> tuple[str, ...]:
    """Return the sentences of `text` with their punctuation, single-spaced; () for a blank text.

    No character but spaces is lost or added. Signs with no letter or digit join the sentence before them; alone, they
    are a sentence of their own, with nothing to say.
    """
    text = spaced(text)
    cuts = [stop.end() for stop in _STOP.finditer(text) if _ends(text, stop, language)]
    spans: list[tuple[int, int, bool]] = []  # start, end, whether it has words
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        worded = _has_words(text[start:end])
        if spans and not (worded and spans[-1][2]):
            spans[-1] = (spans[-1][0], end, worded or spans[-1][2])
        else:
            spans.append((start, end, worded))
    sentences = (text[start:end].strip() for start, end, _ in spans)
    return tuple(part for sentence in sentences if sentence for part in _breathable(sentence))


def _ends(text: str, stop: re.Match[str], language: str) -> bool:
    """Whether the sentence ends at this punctuation."""
    following = text[stop.end() : stop.end() + _NEAR].strip().lstrip(_OPENING)
    if not following:
        return True
    marks = stop[0].rstrip("\"'”’“‘«»)] ")
    goes_on = following[0].islower()
    if marks != ".":
        quoted = len(marks) < len(stop[0])
        return not (goes_on and (quoted or marks[-1] in ".…"))
    if goes_on and len(stop[0]) > 1:  # "softer." she says
        return False
    before = text[max(0, stop.start() - _NEAR) : stop.start()]
    return _ends_at_full_stop(before, following, language)


def _ends_at_full_stop(before: str, following: str, language: str) -> bool:
    words = before.split()
    word = words[-1].lstrip(_OPENING) if words else ""
    spoken = table(language)
    if word.replace(".", "").isdigit():  # 3. or 24.12.
        if len(words) == 1 or words[-2][-1] in ".!?…:":
            return False  # the number of a list's item
        if spoken.ordinal_stop is None or _starts(following, spoken):
            return True
        return not (following[0].islower() or re.fullmatch(spoken.ordinal_stop, words[-2], re.IGNORECASE))
    if len(word) == 1 and word.isalpha() and not (len(words) > 1 and words[-2][-1].isdigit()):
        return False  # an initial, or an abbreviation written with spaces: z. B.
    abbreviation = f"{word.casefold()}."
    if abbreviation in spoken.never_ends or (abbreviation in spoken.before_numbers and following[0].isdigit()):
        return False
    if abbreviation in spoken.may_end:
        return _starts(following, spoken) if spoken.starters is not None else following[0].isupper()
    return True


def _starts(following: str, spoken: Table) -> bool:
    """Whether the next word is one that shows a new sentence, where nouns have capitals too."""
    if spoken.starters is None or following[0].islower():
        return False
    return re.split(r"\W", following.casefold(), maxsplit=1)[0] in spoken.starters


def _has_words(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _breathable(sentence: str) -> tuple[str, ...]:
    """Cut a sentence over LONGEST characters near its middle, and its halves again."""
    if len(sentence) <= LONGEST:
        return (sentence,)
    middle, quarter = len(sentence) / 2, len(sentence) / 4
    everywhere = [[joint.end() for joint in joints.finditer(sentence)] for joints in _JOINTS]
    central = [[cut for cut in cuts if abs(cut - middle) < quarter] for cuts in everywhere]
    for cuts in (*central, *everywhere):
        if cuts:
            cut = min(cuts, key=lambda at: abs(at - middle))
            return (*_breathable(sentence[:cut]), *_breathable(sentence[cut:].strip()))
    return (sentence,)
