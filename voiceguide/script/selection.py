"""Which steps are played: by length, setup and what the listener leaves out; and in what order their chapters come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from voiceguide.durations import LENGTHS
from voiceguide.errors import UsageError, did_you_mean, option
from voiceguide.routine.model import Group, Step, every, inner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from voiceguide.choices import Choices
    from voiceguide.durations import Length
    from voiceguide.routine.model import Routine, Text


def played(routine: Routine, base: Length, setup: str | None) -> tuple[Step | Group, ...]:
    """Return the steps and groups of a length and setup; a group keeps only its own steps that are played."""
    return tuple(_played(routine.steps, base, setup))


def _played(steps: Iterable[Step | Group], base: Length, setup: str | None) -> Iterator[Step | Group]:
    for step in steps:
        if not is_played(step.only, base, setup):
            continue
        if isinstance(step, Group):
            own = tuple(s for s in step.steps if is_played(s.only, base, setup))
            if own:
                yield replace(step, steps=own)
        else:
            yield step


def is_played(only: tuple[str, ...], base: Length, setup: str | None) -> bool:
    """Whether `only` holds: any of its lengths and any of its setups."""
    lengths = [o for o in only if o in LENGTHS]
    setups = [o for o in only if o not in LENGTHS]
    return (not lengths or base in lengths) and (not setups or setup in setups)


def chosen_setup(routine: Routine, choices: Choices) -> str | None:
    """Return the setup to play, None for a routine that has none. Raises UsageError."""
    if choices.setup is None:
        return routine.setups[0] if routine.setups else None
    if choices.setup not in routine.setups:
        known = f"it has {', '.join(routine.setups)}" if routine.setups else "it has none"
        hint = did_you_mean(choices.setup, routine.setups)
        raise UsageError(
            f'{option("setup")}: expected a setup of {routine.name} ({known}), got "{choices.setup}".{hint}',
            got=choices.setup,
            known=routine.setups,
        )
    return choices.setup


def kept(
    routine: Routine, choices: Choices, base: Length, setup: str | None, words: Callable[[Text], str]
) -> tuple[Step | Group, ...]:
    """Return the steps to play once those of `without` are left out.

    Numbers count as `show` does, before leaving out; `words` gives a name in the session's language. Raises UsageError.
    """
    steps = played(routine, base, setup)
    out = left_out(routine, choices, steps, words)
    left: list[Step | Group] = []
    number = 0
    for step in steps:
        own: list[Step] = []
        for one in inner(step):
            number += 1
            if number not in out:
                own.append(one)
        if own:
            left.append(replace(step, steps=tuple(own)) if isinstance(step, Group) else step)
    if not left and steps:
        raise UsageError(f"{option('without')}: nothing is left of {routine.name}: leave out fewer steps")
    if not left:
        raise UsageError(
            f"{routine.name} has no step for {_where(base, setup)}: choose another {option('length')} or "
            f"{option('setup')}"
        )
    return tuple(left)


def asked_for(
    wanted: str,
    routine: Routine,
    choices: Choices,
    base: Length,
    setup: str | None,
    words: Callable[[Text], str],
) -> tuple[int, ...]:
    """Return the numbers of the steps that `step` means, counted as they are played; a group's name means all of it.

    It is taken as `without` takes a step, by name or by a number from before leaving out. Raises UsageError.
    """
    steps = played(routine, base, setup)
    found = _meant(wanted, steps, words)
    if not found and _is_elsewhere(wanted, routine, words):
        raise UsageError(
            f'{option("step")}: "{wanted.strip()}" is not played in {_where(base, setup)}: '
            f"choose another {option('length')} or {option('setup')}"
        )
    if not found:
        raise _unknown("step", wanted, routine, steps, words)
    out = left_out(routine, choices, steps, words)
    if found <= out:
        raise UsageError(f'{option("step")}: "{wanted.strip()}" is left out by {option("without")}')
    return tuple(number - sum(gone < number for gone in out) for number in sorted(found - out))


def left_out(
    routine: Routine, choices: Choices, steps: tuple[Step | Group, ...], words: Callable[[Text], str]
) -> set[int]:
    """The numbers of the steps that `without` names. Raises UsageError for one that the routine has not."""
    out: set[int] = set()
    for wanted in choices.without:
        found = _meant(wanted, steps, words)
        if not found and not _is_elsewhere(wanted, routine, words):
            raise _unknown("without", wanted, routine, steps, words)
        out |= found
    if routine.second_turn:  # what one is spared, so is the other
        half = sum(len(inner(step)) for step in steps) // 2
        out |= {number + half if number <= half else number - half for number in out}
    return out


def _meant(wanted: str, steps: tuple[Step | Group, ...], words: Callable[[Text], str]) -> set[int]:
    """The numbers of the steps that are called so, or whose group is; else the step of that number, if there is one."""
    asked = wanted.strip().casefold()
    named: set[int] = set()
    number = 0
    for step in steps:
        for one in inner(step):
            number += 1
            if asked in (words(step.name).casefold(), words(one.name).casefold()):
                named.add(number)
    if not named and asked.isdecimal() and 1 <= int(asked) <= number:
        named.add(int(asked))
    return named


def _is_elsewhere(wanted: str, routine: Routine, words: Callable[[Text], str]) -> bool:
    """Whether a step of any length or setup is called so: one that is not played now is left out already."""
    named = (*routine.steps, *routine.every_step)
    return wanted.strip().casefold() in {words(step.name).casefold() for step in named}


def _unknown(
    field: str, wanted: str, routine: Routine, steps: tuple[Step | Group, ...], words: Callable[[Text], str]
) -> UsageError:
    names = [words(one.name) for one in every(steps)]
    groups = [words(step.name) for step in steps if isinstance(step, Group)]
    listed = ", ".join(f"{number} {name}" for number, name in enumerate(names, start=1))
    hint = did_you_mean(wanted.strip(), [*names, *groups])
    said = f'{option(field)}: expected a step of {routine.name}, got "{wanted.strip()}".{hint} It has: {listed}'
    return UsageError(said, got=wanted, known=names)


def _where(base: Length, setup: str | None) -> str:
    return f"{base} and the setup {setup}" if setup else base


@dataclass(frozen=True, slots=True)
class Entry:
    """One chapter to come: a step, on one side where it stands in a group."""

    step: Step
    group: Group | None
    side: int
    work: int
    first: bool
    """Whether this is the work's first chapter."""
    last_step: bool
    """Whether it is the last step of its group."""


def chapters(steps: Iterable[Step | Group]) -> list[Entry]:
    """The chapters in the order they are played: a group's steps on one side, then on the next."""
    order: list[Entry] = []
    works = 0
    for step in steps:
        if isinstance(step, Step):
            order.append(Entry(step, None, 0, works, first=True, last_step=True))
            works += 1
            continue
        for side in range(max(1, len(step.sides))):
            for index, one in enumerate(step.steps):
                last = index + 1 == len(step.steps)
                order.append(Entry(one, step, side, works + index, first=side == 0, last_step=last))
        works += len(step.steps)
    return order
