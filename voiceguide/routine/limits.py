"""How much a routine may hold, so that reading, checking and planning it takes two seconds and not the day.

What one place of the file holds too much of is told there, by `check`; what is too much in all, by `beyond`, which
joined routines are held to as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.durations import words
from voiceguide.routine import scalars, walk
from voiceguide.routine.languages import languages, mentioned
from voiceguide.routine.model import MOST_ROUNDS, Group, inner
from voiceguide.routine.yaml import Entries, Scalar
from voiceguide.text import marks, sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.errors import Fault
    from voiceguide.routine.model import Routine, Step, Text
    from voiceguide.routine.source import Source
    from voiceguide.routine.yaml import Node

MOST_STEPS = 1000
MOST_SIDES = 20
MOST_SETUPS = 10
MOST_LANGUAGES = 20
MOST_CUES = 100
"""Of a step."""
MOST_PRONOUNCED = 500
"""Words whose pronunciation is told, of all languages."""
LONGEST_NAME = 200
"""Characters of a title, a step's name, a side or a setup."""
LONGEST_SENTENCE = 1000
"""Characters."""
_NAMES = ("title", "name", "sides")


def check(source: Source, root: Node) -> Iterator[Fault]:
    """Yield a fault for each place of the file that holds too much."""
    for rule in (_steps, _sides, _setups, _cues, _rounds, _cycles, _pronounced, _long_texts):
        yield from rule(source, root)


def _steps(source: Source, root: Node) -> Iterator[Fault]:
    """At most 1,000 steps, a group's counted."""
    steps = walk.steps(root)
    if len(steps) > MOST_STEPS:
        node = steps[MOST_STEPS].node
        message = f"expected at most {MOST_STEPS:,} steps, got {len(steps):,}: make several routines of them"
        yield source.fault(node.start, "too-many-steps", message, ("steps",))


def _sides(source: Source, root: Node) -> Iterator[Fault]:
    """At most 20 sides, of a step or of a group."""
    for owner in (*walk.groups(root), *(step.node for step in walk.steps(root))):
        node = owner.get("sides")
        for items in (node, *(node.children() if isinstance(node, Entries) else ())):
            if (many := len(walk.items(items))) > MOST_SIDES:
                over = walk.items(items)[MOST_SIDES]
                message = f"expected at most {MOST_SIDES} sides, got {many:,}: make several steps of it"
                yield source.fault(over.start, "too-many-sides", message, over.path)


def _setups(source: Source, root: Node) -> Iterator[Fault]:
    """At most 10 setups."""
    leaves = tuple(walk.leaves(root.get("setups")))
    if len(leaves) > MOST_SETUPS:
        message = f"expected at most {MOST_SETUPS} setups, got {len(leaves):,}: make several routines of it"
        yield source.fault(leaves[MOST_SETUPS].start, "too-many-setups", message, leaves[MOST_SETUPS].path)
    for leaf in leaves:
        yield from _long_name(source, leaf)


def _cues(source: Source, root: Node) -> Iterator[Fault]:
    """At most 100 cues of a step."""
    for step in walk.steps(root):
        cues = walk.items(step.node.get("cues"))
        if len(cues) > MOST_CUES:
            message = f"expected at most {MOST_CUES} cues in a step, got {len(cues):,}: make several steps of it"
            yield source.fault(cues[MOST_CUES].start, "too-many-cues", message, cues[MOST_CUES].path)


def _rounds(source: Source, root: Node) -> Iterator[Fault]:
    """At most 500 rounds of a hold in a slot: those that are counted, or as many as its full value has."""
    for step in walk.steps(root):
        hold = step.node.get("hold")
        if hold is None:
            continue
        times = hold.get("times")
        if times is not None:
            for leaf in walk.leaves(times):
                if leaf.text.isdecimal() and (len(leaf.text) > 9 or int(leaf.text) > MOST_ROUNDS):
                    message = f"expected at most {MOST_ROUNDS} rounds, got {leaf.text[:12]}: make several steps of it"
                    yield source.fault(leaf.start, "too-many-rounds", message, leaf.path)
            continue
        written = [hold.get(key) for key in ("sink", "press", "release", "move")]
        phases = [scalars.exact_of(node) for node in written if isinstance(node, Scalar)]
        yield from _too_many(source, step.node, "hold", "rounds", sum(phase or 0.0 for phase in phases))


def _cycles(source: Source, root: Node) -> Iterator[Fault]:
    """At most 500 cycles of a rhythm in a slot, at the full value."""
    for step in walk.steps(root):
        rhythm = step.node.get("rhythm")
        written = [rhythm.get(key) or rhythm.get("out") for key in ("out", "back")] if rhythm else []
        phases = [scalars.exact_of(node) for node in written if isinstance(node, Scalar)]
        if len(phases) == len(("out", "back")) and all(phases):
            yield from _too_many(source, step.node, "rhythm", "cycles", sum(phase or 0.0 for phase in phases))


def _too_many(source: Source, step: Node, key: str, units: str, each: float) -> Iterator[Fault]:
    node, slots = step.get(key), walk.slots(walk.StepNode(step, None))
    longest = max((slot.high for slot in slots.values()), default=0.0)
    if node and each and longest > MOST_ROUNDS * each:
        message = f"expected at most {MOST_ROUNDS} {units} in a slot, got more in {words(longest)}"
        start = step.key_starts[key] if isinstance(step, Entries) else step.start
        message += ": make them slower, or several steps of it"
        yield source.fault(start, f"too-many-{units}", message, node.path)


def _pronounced(source: Source, root: Node) -> Iterator[Fault]:
    """At most 500 words whose pronunciation is told."""
    languages = root.get("pronounce")
    words = [word for language in (languages.children() if languages else ()) for word in language.children()]
    if len(words) > MOST_PRONOUNCED:
        message = f"expected at most {MOST_PRONOUNCED} words to pronounce, got {len(words):,}: keep those that occur"
        yield source.fault(words[MOST_PRONOUNCED].start, "too-many-words", message, words[MOST_PRONOUNCED].path)


def _long_texts(source: Source, root: Node) -> Iterator[Fault]:
    """Names are short, and sentences can be said in one go."""
    own = root.get("language")
    language = own.text if isinstance(own, Scalar) else "en"
    for text in walk.texts(root):
        leaf = text.leaf
        if text.field in _NAMES:
            yield from _long_name(source, leaf)
        elif len(leaf.text) > LONGEST_SENTENCE and (longest := _longest(leaf.text, language)) > LONGEST_SENTENCE:
            message = f"expected sentences of at most {LONGEST_SENTENCE:,} characters, got one of {longest:,}"
            yield source.fault(leaf.start, "too-long-sentence", f"{message}: make several of it", leaf.path)


def _long_name(source: Source, leaf: Scalar) -> Iterator[Fault]:
    if len(leaf.text) > LONGEST_NAME:
        message = f"expected a name of at most {LONGEST_NAME} characters, got {len(leaf.text):,}: make it shorter"
        yield source.fault(leaf.start, "too-long-name", message, leaf.path)


def _longest(text: str, language: str) -> int:
    """Characters of a text's longest sentence."""
    try:
        parts = [part for part in marks.parse(text) if isinstance(part, str)]
    except marks.MarkError:
        return 0  # told where marks are read
    return max((len(sentence) for part in parts for sentence in sentences.split(part, language)), default=0)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a routine is in all, what is done on each side counted as often."""

    slots: int
    """Steps, each as often as it has sides."""
    drafts: int
    """Those, once a setup and a language that it can be played in."""
    sentences: int
    characters: int
    cues: int
    rounds: int
    """Rounds and cycles at the full value."""
    seconds: float
    """Of all slots at their full value."""


MOST = Extent(2000, 3000, 5000, 250_000, 2500, 2000, 24 * 3600.0)
_WORDED = (
    ("slots", "steps (one for each of their sides)"),
    ("drafts", "steps (one for each of their sides, in every setup and language)"),
    ("sentences", "sentences (a step's once for each of its sides)"),
    ("characters", "characters to be said (a step's once for each of its sides)"),
    ("cues", "cues (one for each side)"),
    ("rounds", "rounds and strokes (in the full routine, on all sides)"),
    ("seconds", "hours of steps (in the full routine, on all sides)"),
)


def faults(routine: Routine, source: Source) -> Iterator[Fault]:
    """Yield a fault for each way in which a routine is too much in all."""
    if (many := len(mentioned(routine))) > MOST_LANGUAGES:
        message = f"expected at most {MOST_LANGUAGES} languages, got {many}: make several routines of it"
        yield source.fault(0, "too-many-languages", message)
        return
    for rule, message in beyond([of(routine)]):
        yield source.fault(0, rule, f"{message}: make several routines of it", ("steps",))


def beyond(extents: Iterable[Extent]) -> Iterator[tuple[str, str]]:
    """Yield (rule, what was expected and what came) for what is too much in a session of routines like these."""
    all_of = tuple(extents)
    for name, said in _WORDED:
        many, most = sum(getattr(extent, name) for extent in all_of), getattr(MOST, name)
        if many > most:
            per = 3600.0 if name == "seconds" else 1
            yield f"too-many-{name}", f"expected at most {most / per:,.0f} {said}, got {many / per:,.0f}"


def of(routine: Routine) -> Extent:
    """Measure a routine."""
    names = [routine.title, *(text for step in routine.steps for text in (step.name, *step.sides))]
    measure = _Measure(routine.language, max(len(said) for name in names for _, said in name.by_language))
    once = (*routine.closing, *routine.reminders, *(settle.say for settle in routine.settle))
    parts = [measure.texts(once, 1)]
    slots = cues = rounds = 0
    seconds = 0.0
    for step in routine.steps:
        for one in inner(step):
            sides = max(1, len(step.sides if isinstance(step, Group) else one.sides))
            slots += sides
            cues += sides * len(one.cues)
            most = _rounds_of(one)
            rounds += sides * most
            lasts = one.duration.high if one.duration else (most * one.hold.round if one.hold else 0.0)
            seconds += sides * lasts
            parts += _said(one, step, sides, measure)
    setups, tongues = max(1, len(routine.setups)), max(1, len(languages(routine)))
    said, characters = (sum(part[index] for part in parts) for index in (0, 1))
    return Extent(slots, slots * setups * tongues, said, characters, cues, rounds, seconds)


def _rounds_of(step: Step) -> int:
    """Rounds or cycles of one slot, at most."""
    lasts = step.duration.high if step.duration else 0.0
    if step.rhythm:
        return int(lasts / step.rhythm.cycle)
    if step.hold:
        return max((times for _, times in step.hold.times), default=int(lasts / step.hold.round))
    return 0


def _said(step: Step, owner: Step | Group, sides: int, measure: _Measure) -> Iterator[tuple[int, int]]:
    """Yield (sentences, characters) of a step's texts, as often as they are said."""
    yield measure.texts((*step.say, *step.reminders), 1)
    yield measure.texts(step.say_again, sides - 1)
    every = (step.name, step.warn, owner.switch, *(cue.say for cue in step.cues))
    yield measure.texts((text for text in every if text), sides)


class _Measure:
    """Counts sentences and characters of texts, in the language that has most of them."""

    def __init__(self, language: str, longest_name: int) -> None:
        self.language = language
        self.longest_name = longest_name
        """What stands for a placeholder has so many characters at most."""

    def texts(self, texts: Iterable[Text], times: int) -> tuple[int, int]:
        """Return (sentences, characters) of texts that are said so often."""
        many = characters = 0
        for text in texts:
            wordings = (text.wordings(tag) for tag in text.languages())
            for said in max(wordings, key=lambda each: sum(map(len, each))):  # all of them are spoken
                many += len(sentences.split(marks.strip(said), self.language))
                characters += len(said) + said.count("{") * self.longest_name
        return times * many, times * characters
