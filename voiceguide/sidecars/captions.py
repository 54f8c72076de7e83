"""Captions: each spoken sentence at the time it sounds, as WebVTT, SubRip and LRC."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise, zip_longest
from math import inf
from typing import TYPE_CHECKING

from voiceguide.sidecars.lines import inert, line, words
from voiceguide.sidecars.webvtt import clock, document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.timeline import Timeline, Words

LINE = 42
"""Letters of a line, at most; a single word may be longer."""
SHORTEST = 1.0
"""Seconds a caption stays, where the next one leaves it so long."""
APART = 0.1
"""Seconds between a caption that stays longer than its words and the next."""
SILENCE = 4.0
"""Seconds without words after which a line of lyrics goes; players of LRC know no end of a line."""

_COMMAS = (",", ";", ":", ".", "!", "?", "…", "–", "—")
_NO_COMMA = 0.3
"""What it costs to part a sentence where the voice makes no pause; a caption more costs 1."""


@dataclass(frozen=True, slots=True)
class Caption:
    """One line or two, for as long as their words are heard."""

    start: float
    """Seconds: a sentence's start is never moved."""
    end: float
    text: str
    """Lines parted by a newline; no line is empty."""


def captions(timeline: Timeline) -> tuple[Caption, ...]:
    """Return a session's captions in order; none begins before the one before it ends.

    A sentence too long for two lines becomes several captions, each for its letters' share of the sentence's time.
    A sentence without a visible letter has none.
    """
    said = [caption for clip in timeline.on("narration") for sentence in clip.sentences for caption in _of(sentence)]
    return tuple(
        Caption(caption.start, _until(caption, following), caption.text)
        for caption, following in _followed(said, timeline.duration + APART)
    )


def vtt(timeline: Timeline) -> str:
    """Return the captions as WebVTT (W3C)."""
    return document((caption.start, caption.end, caption.text) for caption in captions(timeline))


def srt(timeline: Timeline) -> str:
    """Return the captions as SubRip; `<` and `{`, which would begin markup and have no escape, are made inert."""
    blocks = (
        f"{number}\n{clock(caption.start, ',')} --> {clock(caption.end, ',')}\n{inert(caption.text, '<{')}\n"
        for number, caption in enumerate(captions(timeline), 1)
    )
    return "\n".join(blocks)


def lrc(timeline: Timeline) -> str:
    """Return the captions as lyrics, to a hundredth of a second; minutes go on past 59.

    `[` and `<`, which would begin a time and have no escape, are made inert.
    """
    said = captions(timeline)
    rows = [f"[ti:{inert(line(timeline.title), '[]<')}]", f"[length:{_minutes(timeline.duration).partition('.')[0]}]"]
    for caption, following in _followed(said, timeline.duration):
        rows.append(f"[{_minutes(caption.start)}]{inert(caption.text.replace(chr(10), ' '), '[<')}")
        if following - caption.end > SILENCE:
            rows.append(f"[{_minutes(caption.end)}]")
    return "\n".join((*rows, ""))


def _of(sentence: Words) -> Iterator[Caption]:
    """A sentence's captions, which tile its time."""
    shown = _parted(words(sentence.text))
    letters = [0, *accumulate(sum(map(len, lines)) for lines in shown)]
    length = sentence.end - sentence.start
    times = [sentence.start + length * before / letters[-1] for before in letters] if shown else []
    for lines, (start, end) in zip(shown, pairwise(times), strict=True):
        yield Caption(start, end, "\n".join(lines))


def _followed(said: Sequence[Caption], end: float) -> Iterator[tuple[Caption, float]]:
    """Each caption, and when the next one starts, or the end."""
    for caption, following in zip_longest(said, said[1:]):
        yield caption, following.start if following else end


def _until(caption: Caption, following: float) -> float:
    """When a caption goes: a short one stays as long as the next allows."""
    stays = min(caption.start + SHORTEST, following - APART)
    return min(max(caption.end, stays), max(following, caption.start))


def _parted(said: Sequence[str]) -> list[tuple[str, ...]]:
    """Part a sentence's words into captions' lines: few captions, of like length, rather after a comma."""
    cost = [0.0, *[inf] * len(said)]
    lines: list[list[tuple[str, ...]]] = [[], *([] for _ in said)]
    for end in range(1, len(said) + 1):
        pause = 0.0 if end == len(said) or said[end - 1].endswith(_COMMAS) else _NO_COMMA
        for start in reversed(range(end)):
            laid = _laid(said[start:end])
            if laid is None:
                break
            room = max(0.0, 1 - sum(map(len, laid)) / (2 * LINE))
            if (total := cost[start] + 1 + room**2 + pause) < cost[end]:
                cost[end], lines[end] = total, [*lines[start], laid]
    return lines[-1]


def _laid(said: Sequence[str]) -> tuple[str, ...] | None:
    """Lay words in one line, or in two of like length; None where they need more."""
    if _fits(whole := " ".join(said)):
        return (whole,)
    if len(whole) > 2 * LINE + 1 and len(said) > 2:
        return None
    halves = [(" ".join(said[:at]), " ".join(said[at:])) for at in range(1, len(said))]
    fitting = [pair for pair in halves if all(map(_fits, pair))]
    return min(fitting, key=_unlike, default=None)


def _unlike(halves: tuple[str, str]) -> int:
    """How far two lines are from being alike, in letters; a break without a comma counts as some."""
    first, second = halves
    return abs(len(first) - len(second)) + (0 if first.endswith(_COMMAS) else LINE // 3)


def _fits(text: str) -> bool:
    return len(text) <= LINE or " " not in text


def _minutes(seconds: float) -> str:
    """`mm:ss.xx`, minutes as many as there are."""
    whole, hundredths = divmod(round(seconds * 100), 100)
    return f"{whole // 60:02}:{whole % 60:02}.{hundredths:02}"
