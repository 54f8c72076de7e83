"""Names: who gives and who receives, called by them where a text calls the receiver, or the giver.

A name is put in as a placeholder's value is: it is no mark, no placeholder and no pattern, in whatever script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from voiceguide.errors import UsageError, option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.phrases import Phrases
    from voiceguide.routine.model import Routine

Who = Literal["giver", "receiver"]


@dataclass(frozen=True, slots=True)
class Names:
    """The two of a session, at one of their turns; with no names texts stay as they are."""

    phrases: Phrases
    of: Mapping[str, str]
    """The names of giver and receiver, by these words; empty for none."""

    @classmethod
    def chosen(cls, routine: Routine, phrases: Phrases, names: tuple[str, str] | None) -> Names:
        """Return who is who in a routine's first turn. Raises UsageError where one is alone."""
        if names is None:
            return cls(phrases, {})
        if routine.audience == "self":
            raise UsageError(
                f"{option('names')}: expected a routine for two, {routine.name} is for one alone, whom it calls by no "
                "name: leave the names out"
            )
        return cls(phrases, dict(zip(get_args(Who), names, strict=True)))

    def exchanged(self) -> Names:
        """Return who is who in the other turn."""
        return Names(self.phrases, {"giver": self.of["receiver"], "receiver": self.of["giver"]} if self.of else {})

    def placed(self, text: str) -> str:
        """Return an author's text with a placeholder wherever it calls one of the two."""
        if self.of:
            for who in get_args(Who):
                text = _calling(self.phrases.called(who)).sub(f"{{{who}}}", text)
        return text


@cache
def _calling(called: tuple[str, ...]) -> re.Pattern[str]:
    """Return where a text calls somebody: by a word, or by several before a comma or a colon."""
    return re.compile("|".join(map(_expression, called)))


def _expression(called: str) -> str:
    first, rest = called[0], re.escape(called[1:])
    if " " not in called:
        return rf"(?<!\w){first}{rest}(?!\w)"
    return rf"(?<!\w)[{first.upper()}{first.lower()}]{rest}(?=\s?[,:])"
