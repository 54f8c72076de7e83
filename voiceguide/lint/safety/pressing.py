"""Pressing: whether a clause asks for an action on a place, by where its words stand to each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.lint.safety.patterns import Pattern, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from voiceguide.lint.safety.clauses import Clause, Grammar, Span


@dataclass(frozen=True, slots=True)
class Pressing:
    """Actions that some places must be spared.

    A place counts only where the words take the hands to it: after a preposition of contact ("on the spine"), as the
    action's own object ("squeeze the throat"), or in a pattern with a preposition of its own ("behind the knee").
    """

    grammar: Grammar
    actions: Pattern
    places: tuple[tuple[str, Pattern], ...]
    """(name, its words)."""
    reached: tuple[tuple[str, Pattern], ...]
    """The same, a preposition of contact among the words."""
    _contact: re.Pattern[str]
    _spared: re.Pattern[str]
    _spared_after: re.Pattern[str]
    _joins: re.Pattern[str]
    _joined: re.Pattern[str]
    _only_light: re.Pattern[str]

    @classmethod
    def of(cls, words: Mapping[str, Any], grammar: Grammar, actions: Iterable[str]) -> Pressing:
        """Compile a table's section with these actions."""
        light = grammar.light
        return cls(
            grammar=grammar,
            actions=Pattern.of(actions),
            places=tuple((name, Pattern.of(place)) for name, place in words["places"].items()),
            reached=tuple((name, Pattern.of(place)) for name, place in words["reached"].items()),
            _contact=re.compile(rf"{alternatives(words['contact'])}\s*{light}$"),
            _spared=re.compile(rf"{alternatives(words['beside'])}\s*{light}$"),
            _spared_after=re.compile(rf"\s*{alternatives(words['beside_after'])}"),
            _joins=re.compile(grammar.joins),
            _joined=re.compile(rf"{grammar.joins}\s*{light}$"),
            _only_light=re.compile(rf"\s*{light}"),
        )

    def places_pressed(self, clause: Clause) -> Iterator[str]:
        """Yield the name of each place that the clause asks to press on."""
        for known, reached in ((self.reached, True), (self.places, False)):
            for name, pattern in known:
                if any(self._is_pressed(clause, found.span(), reached) for found in pattern.finditer(clause.text)):
                    yield name

    def _is_pressed(self, clause: Clause, place: Span, reached: bool) -> bool:
        before, after = clause.text[: place[0]], clause.text[place[1] :]
        if self._spared.search(before) or self._spared_after.match(after):
            return False
        contact = reached or self._contact.search(before) is not None
        # "press the ribs and the spine", but not "press, and the spine grows long"
        joined = self._joined.search(before) is not None and (not after or after.lstrip().startswith(","))
        for found in self.actions.finditer(clause.text):
            action = found.span()
            if action[1] <= place[0]:
                asks = self._asks_before(clause.text[action[1] : place[0]], contact or joined)
            elif action[0] >= place[1]:
                asks = self._asks_after(clause.text[place[1] : action[0]], contact, clause.text[action[1] :])
            else:
                continue
            if asks and not self.grammar.denies(clause, action, place):
                return True
        return False

    def _asks_before(self, between: str, touched: bool) -> bool:
        """Whether an action goes to a place that comes after it."""
        near = len(between.split()) <= self.grammar.reach_after and not self.grammar.gentle.search(between)
        return near and (touched or self._only_light.fullmatch(between) is not None)

    def _asks_after(self, between: str, touched: bool, after: str) -> bool:
        """Whether an action goes to a place that came before it; `after` is what follows the action."""
        if self.grammar.object_first and self._only_light.fullmatch(between):
            return True
        if not touched:
            return False
        if self.grammar.fillers.fullmatch(between):
            # "thumbs on the spine, and press", but not "glide over the knee and knead the thigh"
            return not (self._joins.search(between) and self.grammar.own_object.match(after))
        near = len(between.split()) <= self.grammar.reach_before and "," not in between
        return near and not (self._joins.search(between) or self.grammar.gentle.search(between))
