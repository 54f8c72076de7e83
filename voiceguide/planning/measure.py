"""Lengths: how long everything in a script takes, given how long its sentences take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voiceguide.text.utterance import Sentence, Utterance

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long sentences and sounds last."""

    spoken: Callable[[Sentence], float]
    """Seconds of one sentence's sound."""
    sounds: Mapping[str, float]
    """Seconds of each sound by its name, as the routine names it."""
    estimated: bool = False
    """Whether `spoken` guesses."""
    _known: dict[int, tuple[Utterance, float]] = field(default_factory=dict, repr=False)
    _kept: dict[int, tuple[object, Any]] = field(default_factory=dict, repr=False)
    _scaled: dict[float, Lengths] = field(default_factory=dict, repr=False)

    def of(self, utterance: Utterance | None) -> float:
        """Seconds an utterance takes, its pauses and breaths included; 0 for None."""
        if utterance is None:
            return 0.0
        known = self._known.get(id(utterance))
        if known is None or known[0] is not utterance:
            known = (utterance, utterance.length(self.spoken))
            self._known[id(utterance)] = known
        return known[1]

    def sound(self, name: str) -> float:
        """Seconds a sound rings."""
        return self.sounds[name]

    def kept(self, thing: T, laid: Callable[[T], R]) -> R:
        """What `laid` makes of a frozen thing by these lengths, made once."""
        known = self._kept.get(id(thing))
        if known is None or known[0] is not thing:
            known = (thing, laid(thing))
            self._kept[id(thing)] = known
        made: R = known[1]
        return made

    def scaled(self, factor: float) -> Lengths:
        """The same with every sentence `factor` times as long: for the margins of an estimate."""
        if factor not in self._scaled:
            spoken = self.spoken
            self._scaled[factor] = Lengths(lambda s: spoken(s) * factor, self.sounds, estimated=self.estimated)
        return self._scaled[factor]
