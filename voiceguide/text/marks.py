"""The two marks an author can write between words: `[pause 3s]` and `[breath]` (routine-format: Text)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from voiceguide.durations import DurationError, meant, parse_duration, typed, words
from voiceguide.errors import did_you_mean
from voiceguide.text.lines import spaced

LONGEST_PAUSE = 300.0
"""Seconds; a longer silence is a step's duration, where reminders and sounds know of it."""

_BRACKET = re.compile(r"[\[\]]")
_CLOSING = re.compile(r"\s*[.,;:!?…)”’»]+(?=\s|$)")

_WORD_AND_REST = re.compile(r"^\s*([^\W\d_]*)\s*(.*?)\s*$", re.DOTALL)


class MarkError(ValueError):
    """A bracketed word that is no mark; the message names it and the marks that exist."""

    def __init__(self, message: str, got: str = "", meant: str = "") -> None:
        super().__init__(message)
        self.got, self.meant = got, meant
        """What stands in the text, and what to write in its place; "" where nobody can tell."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence in place of the usual gap, from the end of a sound to the start of the next."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Breath:
    """One slow breath, made by a sound."""


Part = str | Pause | Breath
"""What a text is made of: words, or a mark between them."""


@lru_cache(maxsize=16384)  # what a text says is asked by its rules, and by every draft
def parse(text: str) -> tuple[Part, ...]:
    """Return the words and marks of `text` in order; words are stripped and single-spaced, never empty.

    Case and spaces in marks do not matter. Punctuation that follows a mark closes the words before it: `Press [pause
    3s].` ends in a pause. Raises MarkError for any other bracket.
    """
    parts: list[Part] = []
    at = 0
    while opening := _BRACKET.search(text, at):
        if opening[0] == "]":
            raise MarkError(
                f"expected a [ before the ] in {_around(text, opening.start())}: write [pause 3s] or [breath]"
            )
        closing = _BRACKET.search(text, opening.end())
        if closing is None or closing[0] == "[":
            raise MarkError(
                f"expected a ] after the [ in {_around(text, opening.start())}: write [pause 3s] or [breath]"
            )
        _add_words(parts, text[at : opening.start()])
        parts.append(_mark(text[opening.end() : closing.start()]))
        at = closing.end()
    _add_words(parts, text[at:])
    return tuple(parts)


def strip(text: str) -> str:
    """Return the words alone, single-spaced. Raises MarkError as `parse` does."""
    return " ".join(part for part in parse(text) if isinstance(part, str))


def _add_words(parts: list[Part], text: str) -> None:
    if parts and (closing := _CLOSING.match(text)):
        before = next((i for i in reversed(range(len(parts))) if isinstance(parts[i], str)), None)
        if before is not None:
            parts[before] = f"{parts[before]}{closing[0].strip()}"
            text = text[closing.end() :]
    if said := spaced(text):
        parts.append(said)


def _mark(inside: str) -> Pause | Breath:
    word, rest = _WORD_AND_REST.findall(inside)[0]
    match word.casefold():
        case "breath":
            if rest:
                message = f"expected [breath] alone (it always lasts 10 s), got {_quoted(inside)}"
                raise MarkError(message, f"[{inside}]", "[breath]")
            return Breath()
        case "pause":
            if not rest:
                raise MarkError(f"expected a duration in {_quoted(inside)}: write [pause 3s]")
            return Pause(_pause_seconds(rest, inside))
        case _:
            if mark := _meant(inside):
                raise MarkError(
                    f"expected [pause 3s] or [breath], got {_quoted(inside)}: write {mark}", f"[{inside}]", mark
                )
            hint = did_you_mean(word, ("pause", "breath"))
            raise MarkError(
                f"expected [pause 3s] or [breath], got {_quoted(inside)}.{hint} "
                "Words to be said stand in round brackets ( )."
            )


def _pause_seconds(written: str, inside: str) -> float:
    try:
        seconds = parse_duration(written)
    except DurationError as error:
        number = re.fullmatch(r"\W*(\d{1,2})\W*", written)
        mark = _meant(f"pause {number[1]}s" if number else inside)
        message = f"expected a time after pause, got {_quoted(inside)}: write {mark}" if mark else ""
        raise MarkError(message or f"{_quoted(inside)}: {error}", f"[{inside}]", mark) from None
    if seconds > LONGEST_PAUSE:
        raise MarkError(f"expected a pause of at most {words(LONGEST_PAUSE)}, got {_quoted(inside)}: give it a step")
    return seconds


_PAUSES = "pause|paus|pauses|paue|puase|wait|silence|quiet|rest|hold|stop|break|stille|warte|pausa|silencio|attends"
_PAUSE = re.compile(rf"(?:{_PAUSES})\b\W*(?:for |of )?(.+)|(.+?)\W*(?:of )?(?:{_PAUSES})", re.IGNORECASE)
_BREATH = re.compile(
    r"(?:a |deep |slow |one )*(?:breath\w*|inhale|exhale|atem|atmen|atemzug|respira\w*)", re.IGNORECASE
)


def _meant(inside: str) -> str:
    """Return the mark or placeholder that brackets are meant as; "" where nobody can tell."""
    word = spaced(inside).strip(" .:").casefold()
    if word in ("side", "next", "minutes", "title"):
        return f"{{{word}}}"
    if _BREATH.fullmatch(word):
        return "[breath]"
    found = _PAUSE.fullmatch(word)
    time = next((part for part in found.groups() if part), "") if found else word
    for told in (time, meant(time)):
        try:
            return f"[pause {typed(parse_duration(told))}]"
        except DurationError:
            continue
    return ""


def _quoted(inside: str) -> str:
    return f"[{spaced(inside)[:60]}]"


def _around(text: str, at: int) -> str:
    """Quote the words around a lone bracket, for a message."""
    return f'"{spaced(text[max(0, at - 20) : at + 20])}"'
