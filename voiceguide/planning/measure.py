"""Lengths: how long everything in a script takes, given how long its sentences take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from voiceguide.script.model import Work
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
    foretold: Lengths | None = None
    """What they were thought to be when a total was shared out; None where nothing was said of them before."""
    _known: dict[int, tuple[Utterance, float]] = field(default_factory=dict, repr=False)
    _kept: dict[tuple[int, object], tuple[object, Any]] = field(default_factory=dict, repr=False)
    _alike: dict[tuple[object, ...], Any] = field(default_factory=dict, repr=False)
    _scaled: dict[float, Lengths] = field(default_factory=dict, repr=False)
    _kinds: _Kinds = field(default_factory=lambda: _Kinds(), repr=False)

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

    def kept(self, thing: T, laid: Callable[[T], R], what: object = None) -> R:
        """What `laid` makes of a frozen thing by these lengths, made once; `what` tells apart what is made of one."""
        key = id(thing), what
        known = self._kept.get(key)
        if known is None or known[0] is not thing:
            known = (thing, laid(thing))
            self._kept[key] = known
        made: R = known[1]
        return made

    def alike(self, work: Work, what: tuple[object, ...], found: Callable[[], R]) -> R:
        """What `found` finds for a work, once for all works alike: a draft writes the same ones again."""
        key = (*what, self._kinds.of(work))
        if key not in self._alike:
            self._alike[key] = found()
        made: R = self._alike[key]
        return made

    def scaled(self, factor: float) -> Lengths:
        """The same with every sentence `factor` times as long: for the margins of an estimate."""
        if factor not in self._scaled:
            spoken = self.spoken
            self._scaled[factor] = Lengths(
                lambda s: spoken(s) * factor, self.sounds, estimated=self.estimated, _kinds=self._kinds
            )
        return self._scaled[factor]


class _Kinds:
    """Numbers works, those alike with the same number."""

    def __init__(self) -> None:
        self._works: dict[int, tuple[Work, int]] = {}
        """By identity; while a work is kept, so is what it is made of."""
        self._numbers: dict[tuple[object, ...], int] = {}

    def of(self, work: Work) -> int:
        """Return the number of works made like this one."""
        known = self._works.get(id(work))
        if known is None:
            known = self._works[id(work)] = work, self._numbers.setdefault(_made_of(work), len(self._numbers))
        return known[1]


def _made_of(work: Work) -> tuple[object, ...]:
    """What decides a work's slots, every part that texts and holds are made of by its identity."""
    rounds, strokes = work.rounds, work.strokes
    found: list[object] = [work.low, work.high, rounds and (id(rounds.hold), rounds.times)]
    found.append(strokes and (id(strokes.rhythm), strokes.after))
    for side in work.sides:
        check_in = side.check_in
        found.append(check_in and (id(check_in.question), id(check_in.follow)))
        said = (side.instruction, side.next, side.press, side.release, side.out, side.back, side.last)
        found += [id(utterance) for utterance in (*said, *side.reminders)]
        found.append(tuple((cue.at.kind, cue.at.value, id(cue.say), cue.chime) for cue in side.cues))
    return tuple(found)
