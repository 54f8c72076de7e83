"""The errors a user can meet, and the exit codes they end in.

VoiceguideError
├── Failed          1  something went wrong on the way: an engine, a disk, a file that cannot be read
├── UsageError      2  a choice or an argument that cannot be taken
├── RoutineError    3  the routine's file; carries every fault found
├── MissingError    4  an engine, voice or codec is known but not installed
└── PartlyFailed    5  part of a batch failed

Anything that is not a VoiceguideError is a bug.

A message names a choice or an argument by `option`, and the face that shows it words the name: from Python it is the
keyword's own (`bed_level`), the command line makes an option of it, a form the label of a field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import IntEnum
from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Self


class ExitCode(IntEnum):
    """What the process returns; the names are part of the library's interface."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    ROUTINE = 3
    MISSING = 4
    PARTLY = 5
    INTERRUPTED = 130


MOST_TOLD = 100
"""Faults that are told at once, and as many warnings: the rest are counted."""
CARET_AT = 60
"""The sign of an excerpt, from 1, that the caret stands under, where its line goes on to the left of it."""
LONGEST_WORD = 60
"""Signs; no word that is longer has a near one, and looking for one would take its time."""

_NAME = re.compile("\ue000(\\w+)\ue001")
"""A name in a message, between two signs of the private use area, which no text of a user's has in pairs."""


def option(field: str) -> str:
    """Return what stands in a message for the name of a choice or an argument, until a face words it."""
    return f"\ue000{field}\ue001"


def worded(text: str, names: Callable[[str], str] = str) -> str:
    """Return a message with its names as `names` words each; as the keywords they are in Python by default."""
    return _NAME.sub(lambda found: names(found[1]), text)


class Message(str):
    """A warning as a text for Python; another face words `raw` in its own way."""

    __slots__ = ("raw",)
    raw: str
    """With its names as `option` leaves them."""

    def __new__(cls, raw: str) -> Message:
        """Word a message for Python."""
        made = super().__new__(cls, worded(raw))
        made.raw = raw
        return made


class VoiceguideError(Exception):
    """A fault with one message that says where, what was expected, what came and what to do."""

    exit_code: ExitCode = ExitCode.FAILED
    phrase: tuple[str, Mapping[str, object]] | None = None
    """A key and what is put in, for a face that has words of its own in other languages; None for the message alone."""

    def said(self, key: str, **values: object) -> Self:
        """Let a face say it by its own words of a key, and return the error."""
        self.phrase = key, values
        return self

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        """The message, with its names as `option` leaves them; `str` words it for Python."""

    def __str__(self) -> str:
        return worded(self.text)


class Failed(VoiceguideError):
    """The work itself failed: an engine, a disk, a file that cannot be read or written."""


class UsageError(VoiceguideError):
    """A choice that cannot be taken: an option, a name, a length out of reach, an existing output."""

    exit_code = ExitCode.USAGE

    def __init__(self, text: str, *, field: str | None = None, got: object = None, known: Iterable[str] = ()) -> None:
        super().__init__(text)
        named = _NAME.search(text)
        self.field = field or (named[1] if named else None)
        """The choice or argument at fault: the first that the message names, unless given; None for another fault."""
        self.got = got
        """What came, where that is one value."""
        self.known = tuple(known)
        """What could have come, where that can be listed."""


class MissingError(VoiceguideError):
    """An engine, voice or codec that is known but not installed; the message has the one-line fix."""

    exit_code = ExitCode.MISSING


class PartlyFailed(VoiceguideError):
    """Some jobs of a batch failed, the others are done."""

    exit_code = ExitCode.PARTLY


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a routine's file something stands."""

    file: str
    """As the user named it."""
    line: int
    """From 1."""
    column: int
    """From 1."""
    path: str
    """Keys and numbers from the top, as `steps[2].cues[0].at`; list numbers count from 0, "" is the whole file."""
    step: str = field(default="", compare=False)
    """The step it stands in, as people count: `step 3, Circles`; "" outside the steps."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What mends a fault: the text from one place up to another becomes a new one. Lines and columns from 1."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong (or worth a warning) in a routine's file."""

    place: Place
    rule: str
    """A short stable name, as `unknown-key` or `does-not-fit`."""
    message: str
    """What was expected, what came, what to do; with its names as `option` leaves them."""
    level: Literal["fault", "warning"] = "fault"
    excerpt: str = ""
    """Its line of the file as far as it is shown, for the caret: from at most CARET_AT - 1 signs before the column."""
    many: int = 1
    """How many it stands for: more than one where the rest of them are only counted."""
    mend: Mend | None = field(default=None, compare=False)
    """What mends it, where that is one change that needs no thought."""

    @property
    def text(self) -> Message:
        """Where it stands, and the message."""
        place = self.place
        where = f"{place.file}:{place.line}:{place.column}: "
        label = "warning: " if self.level == "warning" else ""
        step = f" ({place.step})" if place.step else ""
        path = f"{place.path}{step}: " if place.path else ""
        return Message(f"{where}{label}{path}{self.message}")

    def __str__(self) -> str:
        return self.text

    def with_caret(self) -> Message:
        """The message, and below it what is shown of the line with a caret under the column."""
        if not self.excerpt.strip():
            return self.text
        lead = "".join("\t" if c == "\t" else " " for c in self.excerpt[: min(self.place.column, CARET_AT) - 1])
        return Message(f"{self.text.raw}\n    {self.excerpt.rstrip()}\n    {lead}^")


def counted(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults and warnings in their files' order; of each kind the first MOST_TOLD, and one that counts the rest.

    One without a message was made when so many were told already: it is only counted.
    """
    in_order = sorted(faults, key=lambda fault: (fault.place.file, fault.place.line, fault.place.column))
    found: list[Fault] = []
    for level, group in groupby(sorted(in_order, key=lambda fault: fault.level), lambda fault: fault.level):
        alike = list(group)
        told = [fault for fault in alike if fault.message and fault.rule != _REST][:MOST_TOLD]
        found += told
        if more := sum(fault.many for fault in alike) - len(told):
            last = told[-1].place if told else alike[0].place
            message = f"and {more:,} more {level}{'s' if more > 1 else ''}: mend these first"
            found.append(Fault(replace(last, path=""), _REST, message, level, many=more))
    return tuple(sorted(found, key=lambda fault: (fault.place.file, fault.place.line, fault.place.column)))


_REST = "more"
"""The rule of what counts the rest."""


class RoutineError(VoiceguideError):
    """The routine's file is wrong; `faults` holds what was found, in the file's order (see `counted`)."""

    exit_code = ExitCode.ROUTINE

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = counted(faults)
        super().__init__("\n".join(fault.with_caret().raw for fault in self.faults))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ` Did you mean "x"?` for the nearest known word, or "" when none is near."""
    near = nearest(word, known)
    return f' Did you mean "{near}"?' if near else ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that is nearest to one, None when none is near."""
    if len(word) > LONGEST_WORD:
        return None
    words = {k.casefold(): k for k in reversed(tuple(known)) if len(k) <= LONGEST_WORD}
    near = get_close_matches(word.casefold(), words, n=1, cutoff=0.6)
    return words[near[0]] if near else None
