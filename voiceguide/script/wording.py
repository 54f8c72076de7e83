"""Words in the session's language: the author's texts and the program's phrases become utterances."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Literal

from voiceguide import phrases as phrasebook
from voiceguide.errors import Fault, RoutineError, UsageError, option
from voiceguide.script.names import Names
from voiceguide.text import marks, placeholders, pronouncing
from voiceguide.text.utter import utter, varied

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from voiceguide.routine.model import Routine, Text
    from voiceguide.script.model import Figures
    from voiceguide.text.utterance import Utterance

UNTOLD_MINUTES = 600.0
"""Seconds that stand for a session's length before its first plan."""


class Wording:
    """A routine's words in one language. Raises UsageError for an unknown one, RoutineError for missing texts.

    In a language that routines which were joined do not share it raises UsageError.
    """

    def __init__(
        self, routine: Routine, language: str, figures: Figures | None, names: tuple[str, str] | None = None
    ) -> None:
        self.language = language
        self.phrases = phrasebook.load(language)
        self.names = Names.chosen(routine, self.phrases, names)
        self.audience = routine.audience
        parts = routine.parts or (routine,)
        self._lexicon = pronouncing.lexicon(language, routine.pronunciations(language))
        self._parts = [pronouncing.lexicon(language, part.pronunciations(language)) for part in parts]
        _refuse_untranslated(routine, language)
        self.minutes = figures.minutes if figures else self.phrases.minutes(UNTOLD_MINUTES)
        self.title = placeholders.fill(marks.strip(self.of(routine.title)), {"minutes": self.minutes})

    def of_part(self, part: int) -> Wording:
        """Return the words of one of the parts of a joined routine, pronounced as its file says."""
        own = copy(self)
        own._lexicon = self._parts[part]
        return own

    def exchanged(self) -> Wording:
        """Return the words of the turn in which the giver receives."""
        other = copy(self)
        other.names = self.names.exchanged()
        return other

    def of(self, text: Text) -> str:
        """An author's text in the session's language, as written."""
        found = text.get(self.language)
        if found is None:
            raise AssertionError(f"{text.place} has no {self.language} text, and was not refused")
        return found

    def plain(self, text: Text, values: Mapping[str, str] | None = None) -> str:
        """An author's text without its marks and with its placeholders filled, for names and lists."""
        return placeholders.fill(self.names.placed(marks.strip(self.of(text))), self._given((text,), values or {}))

    def name(self, text: Text) -> str:
        """A step's name as its author wrote it, marks removed, for finding it."""
        return marks.strip(self.of(text))

    def side(self, text: Text) -> str:
        """A side as it is spoken; `left` and `right` are the phrases' words."""
        word = marks.strip(text.get(self.language) or text.by_language[0][1])
        return self.phrases.side(word) if word in ("left", "right") else word

    def listed(self, texts: Iterable[Text], *, last: Literal["and", "or"]) -> str:
        """Texts as one list in a sentence; `last` is "and" or "or"."""
        return self.phrases.joined([self.plain(text) for text in texts], last=last)

    def own(self, key: str) -> str:
        """A phrase of the program's, as its file has it."""
        return self.phrases.get(key, self.audience)

    def phrase(self, role: str, *keys: str, **values: str) -> Utterance:
        """Return an utterance of our own: the phrases of `keys`, said as one text."""
        return self.text(role, *(self.own(key) for key in keys), **values)

    def text(self, role: str, *texts: str, **values: str) -> Utterance:
        """Return an utterance of texts that are said as one."""
        given = {"title": self.title, "minutes": self.minutes, **self.names.of, **values}
        said = self.names.placed(" ".join(text for text in texts if text))
        return utter(role, (said,), given, self.language, lexicon=self._lexicon)

    def authored(self, role: str, texts: Iterable[Text], values: Mapping[str, str]) -> Utterance:
        """Return an utterance of the author's."""
        items = tuple(texts)
        place = items[0].place if items else None
        given = self._given(items, values)
        said = (self.names.placed(self.of(text)) for text in items)
        return utter(role, said, given, self.language, place, self._lexicon)

    def varied(self, role: str, text: Text, wordings: Iterable[str], values: Mapping[str, str]) -> Utterance:
        """Return an utterance of an author's text in the first of some wordings, with the others in its place."""
        each = tuple(map(self.names.placed, wordings))
        given = self._given((text,), values)
        return varied(tuple(utter(role, (said,), given, self.language, text.place, self._lexicon) for said in each))

    def _given(self, texts: Iterable[Text], values: Mapping[str, str]) -> dict[str, str]:
        """Return what stands for the placeholders of texts. Raises UsageError for a `{next}` that nothing follows."""
        if "next" not in values:
            for text in texts:
                if any("next" in placeholders.used(said) for said in text.wordings(self.language)):
                    # The reader refuses it in a last step; only `without` makes another step the last one.
                    where = f"{text.place.file}:{text.place.line}"
                    raise UsageError(
                        f'{option("without")}: the text at {where} says what comes next ({{next}}), "{self.of(text)}", '
                        "and with "
                        "these steps left out nothing does: keep the step after it, or leave that one out too"
                    )
        return {"title": self.title, "minutes": self.minutes, **self.names.of, **values}


def _refuse_untranslated(routine: Routine, language: str) -> None:
    from voiceguide.routine.languages import gaps, lacking, languages, untranslated

    if routine.parts and (lacks := lacking(routine, language)):
        # Each file may be whole as it is: what is wrong is to ask for it in this company.
        raise UsageError(f"{option('language')} {language}: {lacks}", got=language)
    if missing := untranslated(routine, language):
        message = f"{gaps(routine, language)}; or choose another {option('language')}: {', '.join(languages(routine))}"
        raise RoutineError([Fault(missing[0].place, "untranslated", message)])
