"""Captions: each spoken sentence at the time it sounds, as WebVTT, SubRip and LRC."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from voiceguide.durations import timecode
from voiceguide.sidecars.webvtt import document
from voiceguide.text.lines import inert, line, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.timeline import Timeline

LINE = 42
"""Letters of a line, at most; a single word may be longer."""
SHORTEST = 1.0
"""Seconds a caption stays, where the next one leaves it so long."""
APART = 0.1
"""Seconds between a caption that stays longer than its words and the next."""
SILENCE = 4.0
"""Seconds without words after which a line of lyrics goes; players of LRC know no end of a line."""

_COMMAS = (",", ";", ":", ".", "!", "?", "…", "–", "—")
_NO_COMMA = 0.1
"""What it costs to break a line where the voice makes no pause; a line more costs 1."""


@dataclass(frozen=True, slots=True)
class Caption:
    """One sentence, for as long as it is heard."""

    start: float
    """Seconds: the sentence's own, never moved."""
    end: float
    text: str
    """Lines parted by a newline; no line is empty."""


def captions(timeline: Timeline) -> tuple[Caption, ...]:
    """Return a session's captions in order, one a sentence; none begins before the one before it ends.

    A long sentence has more lines, not more captions: when a part of it is spoken, nobody knows but the voice. A
    sentence without a visible letter has none.
    """
    said = [
        Caption(sentence.start, sentence.end, "\n".join(rows))
        for clip in timeline.on("narration")
        for sentence in clip.sentences
        if (rows := _rows(words(sentence.text)))
    ]
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
        f"{number}\n{timecode(caption.start, ',')} --> {timecode(caption.end, ',')}\n{inert(caption.text, '<{')}\n"
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


def _followed(said: Sequence[Caption], end: float) -> Iterator[tuple[Caption, float]]:
    """Each caption, and when the next one starts, or the end."""
    for caption, following in zip_longest(said, said[1:]):
        yield caption, following.start if following else end


def _until(caption: Caption, following: float) -> float:
    """When a caption goes: a short one stays as long as the next allows."""
    stays = min(caption.start + SHORTEST, following - APART)
    return min(max(caption.end, stays), max(following, caption.start))


def _rows(said: Sequence[str]) -> tuple[str, ...]:
    """Break a sentence's words into lines: few, of like length, rather after a comma."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(said) + 1):
        pause = 0.0 if end == len(said) or said[end - 1].endswith(_COMMAS) else _NO_COMMA
        ways = []
        for start in reversed(range(end)):
            row = " ".join(said[start:end])
            if len(row) > LINE and start < end - 1:
                break
            cost, rows = best[start]
            ways.append((cost + 1 + max(0.0, 1 - len(row) / LINE) ** 2 + pause, (*rows, row)))
        best.append(min(ways))
    return best[-1][1]


def _minutes(seconds: float) -> str:
    """`mm:ss.xx`, minutes as many as there are."""
    whole, hundredths = divmod(round(seconds * 100), 100)
    return f"{whole // 60:02}:{whole % 60:02}.{hundredths:02}"
