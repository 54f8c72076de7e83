"""Rules that change a text, one after the other; of many texts only those rules that could find something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.text.normalise import needs

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from voiceguide.text.normalise.needs import Needs
    from voiceguide.text.normalise.table import Rule

FEW = 300
"""Texts: up to so many, finding out what each rule needs takes longer than to try them all."""


class Changes:
    """Rules in their order."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self._changed = 0
        self._needed: tuple[tuple[Needs, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = ()

    def made(self, text: str) -> str:
        """Return a text after each rule in turn."""
        if self._changed < FEW:
            self._changed += 1
            for pattern, replacement in self.rules:
                text = pattern.sub(replacement, text)
            return text
        if not self._needed:
            self._needed = tuple((needs.of(pattern), pattern, replacement) for pattern, replacement in self.rules)
        held = needs.held(text)
        for needed, pattern, replacement in self._needed:
            if needs.met(needed, held):
                before, text = text, pattern.sub(replacement, text)
                if text is not before:
                    held = needs.held(text)
        return text
