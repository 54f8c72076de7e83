"""Rules that span several fields, each a function of its own from the file's tree to its faults."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from voiceguide.durations import LENGTHS, words
from voiceguide.errors import did_you_mean, nearest
from voiceguide.routine import scalars, walk
from voiceguide.routine.languages import SIDE_WORDS
from voiceguide.routine.yaml import Entries, Items, Scalar
from voiceguide.text.alphabets import foreign
from voiceguide.text.lines import shown, spaced
from voiceguide.text.sayable import worded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source
    from voiceguide.routine.yaml import Node

MOST_SETTLE_WORDS = 8
_MARK = re.compile(r"\[[^\]]*\]")
MOST_SPOKEN = {"do_not_start": 7, "ask_first": 5, "core": 7, "always": 2, "avoid": 5}
"""Items the gate has time for."""


def check(source: Source, root: Node) -> Iterator[Fault]:
    """Yield the faults of every rule."""
    for rule in _RULES:
        yield from rule(source, root)


def something_to_do(source: Source, root: Node) -> Iterator[Fault]:
    """A step says something, holds, or lasts."""
    for step in walk.steps(root):
        if isinstance(step.node, Entries) and not any(
            step.node.get(key) for key in ("say", "hold", "duration", "steps")
        ):
            message = 'expected a "say", a "hold" or a "duration", got none: add "say: …" with what to do'
            yield source.fault(step.node.start, "empty-step", message, step.node.path)


def time_for_cues(source: Source, root: Node) -> Iterator[Fault]:
    """Cues, reminders and check-ins stand in a slot that has a duration; so does a hold that does not count."""
    for step in walk.steps(root):
        if step.has_duration:
            continue
        for key in ("cues", "reminders"):
            if (node := step.node.get(key)) and walk.is_filled(node):
                message = f'expected no "{key}" in a step without "duration": add "duration: …", or leave them out'
                yield source.fault(_key_start(step.node, key), "needs-duration", message, node.path)
        if (node := step.node.get("check_in")) and walk.is_true(node):
            message = 'expected no check-in in a step without "duration": add "duration: …", or leave it out'
            yield source.fault(_key_start(step.node, "check_in"), "needs-duration", message, node.path)
        hold = step.node.get("hold")
        if isinstance(hold, Entries) and hold.get("times") is None:
            message = 'expected "times" in a hold without a "duration", got none: add "times: 5" to the hold'
            yield source.fault(hold.start, "needs-times", f'{message}, or "duration: …" to the step', hold.path)


def no_check_in_while_holding(source: Source, root: Node) -> Iterator[Fault]:
    """A step with a hold asks nothing."""
    for step in walk.steps(root):
        node = step.node.get("check_in")
        if node and walk.is_true(node) and step.node.get("hold"):
            message = 'expected no check-in in a step with a "hold": ask in the step before or after it'
            yield source.fault(_key_start(step.node, "check_in"), "check-in-with-hold", message, node.path)


def time_for_a_rhythm(source: Source, root: Node) -> Iterator[Fault]:
    """Strokes fill a duration, never beside a hold; a one-way stroke has no word for its way back."""
    for step in walk.steps(root):
        rhythm = step.node.get("rhythm")
        if rhythm is None:
            continue
        start = _key_start(step.node, "rhythm")
        if not step.has_duration:
            message = 'expected no "rhythm" in a step without "duration": add "duration: …", or leave it out'
            yield source.fault(start, "needs-duration", message, rhythm.path)
        if step.node.get("hold"):
            message = 'expected no "rhythm" in a step with a "hold": make two steps of them'
            yield source.fault(start, "rhythm-with-hold", message, rhythm.path)
        back = rhythm.get("say_back")
        if back and walk.is_true(rhythm.get("lift")):
            message = 'expected no "say_back" with "lift: true": nothing is said on the way back; leave one of them out'
            yield source.fault(_key_start(rhythm, "say_back"), "say-back-with-lift", message, back.path)


def words_or_a_sound(source: Source, root: Node) -> Iterator[Fault]:
    """A cue says something or sounds, not both."""
    for cue in _cues(root):
        said, sounds = cue.get("say") is not None, cue.get("chime") is not None
        if said == sounds and isinstance(cue, Entries):
            got = "both: make two cues of them" if said else "neither: add one of them"
            yield source.fault(cue.start, "say-or-chime", f'expected "say" or "chime", got {got}', cue.path)
        again = cue.get("say_again")
        if again is not None and not said:
            message = 'expected "say_again" beside "say", got it beside a sound: leave it out'
            yield source.fault(again.start, "say-again-alone", message, again.path)


def cues_in_the_slot(source: Source, root: Node) -> Iterator[Fault]:
    """A cue starts inside its slot, at the short and the full value; one for a single length, at that one's."""
    for step in walk.steps(root):
        slots = walk.slots(step)
        for cue in walk.items(step.node.get("cues")):
            node = cue.get("at")
            at = scalars.moment_of(node) if isinstance(node, Scalar) else None
            if node is None or at is None:
                continue
            only = walk.names(cue.get("only"))
            for length, slot in slots.items():
                seconds = slot.low if length == "short" else slot.high
                outside = at.value >= seconds if at.kind == "start" else at.kind == "end" and at.value > seconds
                if outside and walk.allows_length(only, length):
                    message = (
                        f'expected a moment inside the slot, got "{at.written}" where the {length} slot lasts '
                        f"{words(seconds)}: choose an earlier moment, a share as 50%, or a longer duration"
                    )
                    yield source.fault(node.start, "cue-outside", message, node.path)
                    break


def both_lengths(source: Source, root: Node) -> Iterator[Fault]:
    """A mapping by length has a value for each length that the step is played in."""
    for step in walk.steps(root):
        hold = step.node.get("hold")
        for node in (step.node.get("duration"), hold.get("times") if hold else None):
            if not isinstance(node, Entries):
                continue
            missing = [length for length in step.lengths() if node.get(length) is None]
            if missing:
                names = " and ".join(f'"{length}"' for length in missing)
                message = f'expected a value for {names} too, got none: add it, or "only: …" to the step'
                yield source.fault(node.start, "missing-length", message, node.path)


def short_below_full(source: Source, root: Node) -> Iterator[Fault]:
    """A step's short value is not above its full one."""
    for step in walk.steps(root):
        slots, node = walk.slots(step), step.node.get("duration")
        if node and len(slots) == len(LENGTHS) and slots["short"].low > slots["full"].high:
            message = (
                f"expected a short slot no longer than the full one, got {words(slots['short'].low)} for short and "
                f"{words(slots['full'].high)} for full: swap them"
            )
            yield source.fault(node.start, "short-over-full", message, node.path)


def sides_as_they_are_spelled(source: Source, root: Node) -> Iterator[Fault]:
    """Warn of a side that is nearly left or right."""
    for owner in (*walk.groups(root), *(step.node for step in walk.steps(root))):
        for leaf in walk.leaves(owner.get("sides")):
            if near := _near_side(leaf.text.casefold()):
                message = f'"{shown(leaf.text)}" is said as it stands: did you mean "{near}"?'
                yield source.fault(leaf.start, "near-side", message, leaf.path, "warning", leaf.mend(near))


def _near_side(word: str) -> str | None:
    """Return `left` or `right` where a word is a slip of it: a letter more, less or another, or two changed about."""
    return None if word in SIDE_WORDS else next((side for side in SIDE_WORDS if word in _slips_of(side)), None)


@cache
def _slips_of(side: str) -> frozenset[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    parts = [(side[:at], side[at:]) for at in range(len(side) + 1)]
    missing = [a + b[1:] for a, b in parts if b]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1]
    changed = [a + letter + b[1:] for a, b in parts if b for letter in letters]
    more = [a + letter + b for a, b in parts for letter in letters]
    return frozenset({*missing, *swapped, *changed, *more, side[0]} - _WORDS_NEAR)


_WORDS_NEAR = {"lift", "loft", "heft", "weft", "cleft", "lefty", "fight", "light", "might", "night", "sight", "bright"}
"""Words of their own."""


def one_position(source: Source, root: Node) -> Iterator[Fault]:
    """A group's steps share one position: that of its first step, or the one it finds."""
    current = root.get("position")
    group: Node | None = None
    for step in walk.steps(root):
        node = step.node.get("position")
        starts_group = step.group is not None and step.group is not group
        group = step.group
        if node and group and not starts_group and _said(node) != _said(current):
            message = "expected one position in a group, got another: turn before the group, or make two groups"
            yield source.fault(node.start, "second-position", message, node.path)
        else:
            current = node or current


def setups_are_names(source: Source, root: Node) -> Iterator[Fault]:
    """Each setup once, and none called like a length."""
    seen: set[str] = set()
    for leaf in walk.leaves(root.get("setups")):
        if leaf.text in LENGTHS:
            message = f'expected another name for a setup, got "{leaf.text}", which is a length: rename it'
            yield source.fault(leaf.start, "reserved-name", message, leaf.path)
        elif leaf.text in seen:
            message = f'expected each setup once, got "{shown(leaf.text)}" again: delete one'
            yield source.fault(leaf.start, "duplicate-setup", message, leaf.path)
        seen.add(leaf.text)


def only_known_names(source: Source, root: Node) -> Iterator[Fault]:
    """`only` names lengths and the routine's setups."""
    known = (*LENGTHS, *walk.names(root.get("setups")))
    owners = [*walk.groups(root), *(step.node for step in walk.steps(root)), *_cues(root)]
    owners += [owner for owner, _ in walk.settles(root) if owner is not root]
    for owner in owners:
        for leaf in walk.leaves(owner.get("only")):
            if leaf.text not in known:
                near = did_you_mean(leaf.text, known) if source.tells() else ""
                hint = near or f" Known are: {', '.join(map(shown, known[:20]))}; setups are named at the top."
                message = f'expected short, full or a setup, got "{shown(leaf.text)}".{hint}'
                meant = nearest(leaf.text, known) if near else None
                yield source.fault(
                    leaf.start, "unknown-only", message, leaf.path, mend=leaf.mend(meant) if meant else None
                )


def a_gate_in_time(source: Source, root: Node) -> Iterator[Fault]:
    """The gate's lists are short enough to be listened to."""
    safety = root.get("safety")
    for key, most in MOST_SPOKEN.items():
        node = safety.get(key) if safety else None
        for items in (node, *(node.children() if isinstance(node, Entries) else ())):
            if isinstance(items, Items) and len(items.values) > most:
                message = f"expected at most {most}, got {len(items.values)}: keep the weightiest"
                hint = ', and move the others to "more", which is shown but never spoken'
                yield source.fault(items.values[most].start, "too-many-items", message + hint, items.path)


def a_settle_in_time(source: Source, root: Node) -> Iterator[Fault]:
    """What the receiver does is said in a breath: at most 8 words in English."""
    own = root.get("language")
    language = own.text if isinstance(own, Scalar) else "en"
    for _, said in walk.settles(root):
        for key, node in said.values.items() if isinstance(said, Entries) else ((language, said),):
            if key.casefold().split("-")[0] != "en":
                continue
            for leaf in walk.leaves(node):
                count = len(_MARK.sub(" ", leaf.text).split())
                if count > MOST_SETTLE_WORDS:
                    message = f"expected at most {MOST_SETTLE_WORDS} words, got {count}: say the position alone"
                    yield source.fault(leaf.start, "too-many-words", message, leaf.path)


def pronounced_somehow(source: Source, root: Node) -> Iterator[Fault]:
    """Each word whose pronunciation is told has sounds or a spelling, and is there once in a language."""
    for language, each in _pronounced(root):
        seen: set[str] = set()
        for word, how in each.values.items():
            if isinstance(how, Entries) and not how.values:
                message = f'expected "ipa", "as" or both for "{shown(word)}", got neither: add one of them'
                yield source.fault(each.key_starts[word], "no-pronunciation", message, how.path)
            respelled = how.get("as")
            if isinstance(respelled, Scalar) and (wrong := foreign(respelled.text, [language])):
                message = f"expected letters of {language}, got {worded(wrong)}: write it with those"
                yield source.fault(respelled.start, "bad-respelling", message, respelled.path)
            alike = spaced(word).casefold()
            if alike in seen:
                message = f'expected each word once, whatever its capitals, got "{shown(word)}" again: delete one'
                yield source.fault(each.key_starts[word], "duplicate-word", message, how.path)
            seen.add(alike)


def _pronounced(root: Node) -> Iterator[tuple[str, Entries]]:
    """Yield each language and the words whose pronunciation is told in it."""
    languages = root.get("pronounce")
    if isinstance(languages, Entries):
        yield from ((tag, words) for tag, words in languages.values.items() if isinstance(words, Entries))


_RULES = (
    something_to_do,
    time_for_cues,
    no_check_in_while_holding,
    time_for_a_rhythm,
    words_or_a_sound,
    cues_in_the_slot,
    both_lengths,
    short_below_full,
    sides_as_they_are_spelled,
    one_position,
    setups_are_names,
    only_known_names,
    a_gate_in_time,
    a_settle_in_time,
    pronounced_somehow,
)


def _cues(root: Node) -> Iterator[Node]:
    for step in walk.steps(root):
        yield from walk.items(step.node.get("cues"))


def _key_start(node: Node, key: str) -> int:
    return node.key_starts[key] if isinstance(node, Entries) else node.start


def _said(node: Node | None) -> tuple[tuple[str, str], ...]:
    """Return a text's words by language, for comparing two."""
    if isinstance(node, Entries):
        return tuple(sorted((key, spaced(leaf.text)) for key in node.values for leaf in walk.leaves(node.get(key))))
    return tuple(("", spaced(leaf.text)) for leaf in walk.leaves(node))
