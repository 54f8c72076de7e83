"""Measure how much of each bundled session is massage, and print the table of docs/content-guide.md.

    .venv/bin/python -P scripts/measure_budget.py                       # all of them, about half a minute
    .venv/bin/python -P scripts/measure_budget.py --write               # and into the page
    .venv/bin/python -P scripts/measure_budget.py --routine feet --language de

Every routine is planned in each of its languages, setups and named lengths, by the estimates of the best voice that is
here, so that another machine with these voices has the same table. Which voices stands below it, as does every warning
that a listener would get. The exit code is 1 where the hands miss what is expected.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from voiceguide.choices import Choices
from voiceguide.durations import LENGTHS, clock
from voiceguide.errors import VoiceguideError
from voiceguide.routine import finding
from voiceguide.routine.languages import languages
from voiceguide.session import hands, load
from voiceguide.session.composing import Session
from voiceguide.session.narration import by_estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from voiceguide.routine.model import Routine

PAGE = Path(__file__).parents[1] / "docs" / "content-guide.md"
TABLE = re.compile(r"(?<=<!-- budget -->\n).*?(?=<!-- /budget -->)", re.DOTALL)
TONGUES = ("en", "de", "es", "fr")
MOST_NAMED = 4
"""Sessions that a warning's line names; more of them are counted."""


class Measured(NamedTuple):
    """What is told of some sessions beside their figures."""

    voices: dict[str, str]
    """Who speaks each language."""
    warnings: dict[str, list[str]]
    """The sessions that each is told of."""
    missed: list[str]

    @classmethod
    def nothing(cls) -> Measured:
        """Begin with no session."""
        return cls({}, {}, [])


def main(typed: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for; all of it unless told otherwise."""
    parser = argparse.ArgumentParser(description="Measure how much of each bundled session is massage.")
    parser.add_argument("--routine", action="append", help="repeatable; all unless given")
    parser.add_argument("--language", action="append", choices=TONGUES, help="repeatable; all unless given")
    parser.add_argument("--write", action="store_true", help=f"put all of it into {PAGE.name}, between its marks")
    asked = parser.parse_args(typed)
    if asked.write and (asked.routine or asked.language):
        parser.error("--write takes all routines and languages")
    names = asked.routine or [entry["name"] for entry in finding.index()]
    told = Measured.nothing()
    page = "\n".join(report(names, tuple(asked.language or TONGUES), told))
    print(page)
    for line in told.missed:
        print(line, file=sys.stderr)
    if asked.write:
        PAGE.write_text(TABLE.sub(lambda _: f"{page}\n", PAGE.read_text("utf-8")), "utf-8")
    return bool(told.missed)


def report(names: Iterable[str], tongues: tuple[str, ...], told: Measured) -> Iterator[str]:
    """Yield the table's lines, and what stands below it."""
    yield f"| session | lasts | expected | {' | '.join(tongues)} |"
    yield f"|---|--:|--:|{'--:|' * len(tongues)}"
    for name in names:
        yield from rows(load(name), tongues, told)
    yield ""
    yield f"- By the estimates of {', '.join(f'`{voice}` ({tongue})' for tongue, voice in told.voices.items())}."
    for text, sessions in told.warnings.items():
        where = ", ".join(sessions) if len(sessions) <= MOST_NAMED else f"{len(sessions)} sessions"
        yield f"- Told in {where}: {text}."
    if not told.warnings:
        yield "- A listener is warned of nothing."


def rows(routine: Routine, tongues: tuple[str, ...], told: Measured) -> Iterator[str]:
    """Yield a row for each length and setup of a routine."""
    there = languages(routine)
    for length in LENGTHS:
        for setup in routine.setups or (None,):
            session = ", ".join(filter(None, (routine.name, length, setup)))
            found = [cell(routine, length, setup, each, told) if each in there else None for each in tongues]
            lasts, expected = zip(*((each[0], each[1]) for each in found if each), strict=True)
            cells = (each[2] if each else "" for each in found)
            yield f"| {session} | {_spread(lasts)} | {_spread(expected)} | {' | '.join(cells)} |"


def cell(routine: Routine, length: str, setup: str | None, language: str, told: Measured) -> tuple[str, str, str]:
    """Return how long a session lasts, what is expected of its hands, and what they do."""
    which = ", ".join(filter(None, (routine.name, length, setup, language)))
    session = Session(
        routine,
        Choices.of({"length": length, "setup": setup, "language": language}),
        warn=lambda text: told.warnings.setdefault(text, []).append(which),
    )
    draft = by_estimate(session)
    session.tell(draft)
    told.voices[language] = session.voice.id
    lasts = draft.layout.duration
    found, most = hands.of(draft), hands.budget(routine, draft)
    if found is None:
        return clock(lasts), "no touch", "–"
    share, asked = found.on / lasts, routine.total(length)
    if asked is not None and abs(lasts - asked) > 0.5:
        told.missed.append(f"{which}: lasts {clock(lasts)}, where {clock(asked)} was asked for")
    if found.first > most.first + 1e-6 or share < most.on - 1e-6 or found.after > most.after + 1e-6:
        told.missed.append(f"{which}: the hands miss what is expected")
    return (
        clock(lasts),
        f"{most.first:.0f} · {most.on:.0%} · {most.after:.0f}",
        f"{found.first:.0f} · {share:.0%} · {found.after:.0f}",
    )


def _spread(values: Sequence[str]) -> str:
    """One value, or the first and the last of several."""
    each = sorted(set(values))
    return each[0] if len(each) == 1 else f"{each[0]} to {each[-1]}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except VoiceguideError as error:
        sys.exit(error.text)
