"""Visits: which wording of a text that has several is said, and what in its place on other visits.

The first visit says the first of each. From one visit to the next each text turns to its next wording. Were that all,
texts with as many wordings would always turn together, and the second visit come again as the fourth; so each time that
a text has said all of its wordings, it may begin one later, by a digit of a Gray code that texts beside each other have
each of their own: of which one changes at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.routine.languages import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Place
    from voiceguide.routine.model import Routine, Text

GROUPS = 5
"""Texts in a row that turn each in its own way; the first of them turns at every visit."""


class Visit:
    """One visit to a routine, in one language."""

    def __init__(self, routine: Routine, language: str, number: int) -> None:
        self.language = language
        self.number = number
        varied = (text.place for each in routine.parts or (routine,) for text in texts(each) if text.others)
        self.order = {place: number for number, place in enumerate(dict.fromkeys(varied))}
        self.cues: dict[Place, int] = {}
        """Which wording of each cue is said: chosen once, so that a later side hears the same again."""
        self.said: set[str] = set()

    def keep(self, cues: Iterable[Text]) -> None:
        """Note what is said on every visit of a session's cues: no other says the same."""
        self.said.update(*(self._sounds(text.wordings(self.language)) for text in cues if self._many(text) == 1))

    def cue(self, text: Text) -> tuple[str, ...]:
        """Return the wordings of a cue, the one of this visit first; no two cues of a session say the same."""
        if text.place not in self.cues:
            self.cues[text.place] = self._unsaid(text, self.said)
            self.said.update(self._sounds(self._from(text, self.cues[text.place])[:1]))
        return self._from(text, self.cues[text.place])

    def reminders(self, listed: Iterable[Text]) -> Iterator[tuple[Text, tuple[str, ...]]]:
        """Yield the reminders of a slot in the order they are said, each with its wordings, this visit's first.

        Each comes once, then those again that have another wording: as many as can be are said before one comes again.
        """
        each = tuple(listed)
        said: set[str] = set()
        first = []
        for text in each:
            first.append(self._unsaid(text, said))
            said.update(self._sounds(self._from(text, first[-1])[:1]))
        for turn in range(max(map(self._many, each), default=0)):
            yield from (
                (text, self._from(text, start + turn))
                for text, start in zip(each, first, strict=True)
                if turn < self._many(text)
            )

    def _many(self, text: Text) -> int:
        return len(text.wordings(self.language))

    def _from(self, text: Text, start: int) -> tuple[str, ...]:
        wordings = text.wordings(self.language)
        at = start % len(wordings)
        return wordings[at:] + wordings[:at]

    def _unsaid(self, text: Text, said: set[str]) -> int:
        """Return which wording is this visit's; a later one where it was said already, but for the first visit's."""
        turn = self._turn(text)
        if self.number == 1:
            return turn
        turns = range(turn, turn + self._many(text))
        return next((each for each in turns if not said.intersection(self._sounds(self._from(text, each)[:1]))), turn)

    def _turn(self, text: Text) -> int:
        many = self._many(text)
        if many == 1:
            return 0
        whole, turn = divmod(self.number - 1, many)
        group = self.order[text.place] % GROUPS
        later = ((whole ^ whole >> 1) >> (group - 1)) & 1 if group else 0
        return (turn + later) % many

    def _sounds(self, wordings: Iterable[str]) -> set[str]:
        return {" ".join(wording.casefold().split()) for wording in wordings}
