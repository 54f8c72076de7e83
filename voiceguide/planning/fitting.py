"""What an author wrote that cannot fit its slot, found and worded before anything is laid out."""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from voiceguide.durations import words
from voiceguide.errors import Fault
from voiceguide.planning import anatomy, authored, floors
from voiceguide.planning.misfit import DoesNotFit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from voiceguide.durations import Length
    from voiceguide.errors import Place
    from voiceguide.planning.measure import Lengths
    from voiceguide.script.model import Script, Work

MARGIN = 1.1
"""An estimate may be off by this factor before it is called a fault."""


def faults(script: Script, lengths: Lengths) -> tuple[Fault, ...]:
    """Everything an author wrote that cannot fit its slot: the short value's in short, the full value's in full.

    With estimated lengths what is less than 10 % too long is a warning, and so is what is within 10 % of not fitting.
    """
    if not lengths.estimated:
        return _worded(_misfits(script, lengths), script, lengths)
    certain = _misfits(script, lengths.scaled(1 / MARGIN))
    found = [*_worded(certain, script, lengths)]
    places = {error.place for error in certain}
    for error in _misfits(script, lengths.scaled(MARGIN)):
        if error.place not in places:
            message = f"{error.what} is within 10 % of not fitting: say less, or give it more time"
            found.append(Fault(error.place, "tight-fit", message, "warning"))
    return tuple(found)


def _misfits(script: Script, lengths: Lengths) -> list[DoesNotFit]:
    def find(works: tuple[Work, ...]) -> list[DoesNotFit]:
        return _misfits_of(works, script.base, lengths)

    return lengths.kept(script.works, find, ("misfits", script.base))


def _misfits_of(works: Iterable[Work], base: Length, lengths: Lengths) -> list[DoesNotFit]:
    found: dict[tuple[str, Place], DoesNotFit] = {}

    def note(error: DoesNotFit) -> None:
        key = (error.what, error.place)
        if key not in found or found[key].missing < error.missing:
            found[key] = error

    for work in works:
        most = (work.low if base == "short" else work.high) or floors.natural_length(work, lengths)
        for error in lengths.alike(work, ("misfits", most, id(work.place)), partial(_of, work, most, lengths)):
            note(error)
    return list(found.values())


def _of(work: Work, most: float, lengths: Lengths) -> tuple[DoesNotFit, ...]:
    """What does not fit into a work's slots of `most` seconds."""
    missing = anatomy.strokes_missing(work, most, lengths)
    if work.strokes and missing > 1e-6:
        return (DoesNotFit("the second stroke", work.strokes.rhythm.place, most, missing),)
    floor = floors.floor(work, lengths)
    if floor > most + 1e-6:
        return (DoesNotFit("what is said here", work.duration_place, most, floor - most),)
    found = []
    for index in range(len(work.sides)):
        try:
            authored.authored(work, index, most, lengths, squeezed=False)
        except DoesNotFit as error:
            found.append(error.with_traceback(None))  # kept, and its frames not
    return tuple(found)


def fault(error: DoesNotFit, script: Script, lengths: Lengths) -> Fault:
    """Say it with the seconds missing and the words too many."""
    return _worded([error], script, lengths)[0]


def _worded(errors: list[DoesNotFit], script: Script, lengths: Lengths) -> tuple[Fault, ...]:
    if not errors:
        return ()
    said = [u for u in script.utterances() if u.words()]
    seconds = sum(sum(lengths.spoken(s) for s in u.sentences()) for u in said)
    rate = sum(u.words() for u in said) / seconds if seconds else 2.25
    return tuple(_fault(error, rate, lengths) for error in errors)


def _fault(error: DoesNotFit, rate: float, lengths: Lengths) -> Fault:
    many = max(1, ceil(error.missing * rate))
    about = "about " if lengths.estimated else ""
    return Fault(
        error.place,
        "does-not-fit",
        f"{error.what} does not fit: there are {words(error.slot)}, and {about}{max(error.missing, 0.1):.1f} s are "
        f"missing: {about}{many} word{'s' if many > 1 else ''} too many. Say less, move it, or give it more time",
    )
