"""Write the timelines of the bundled routines in tests/golden, and one of a test's own, as they are meant to be.

Run it after a change that is meant to change them, and read what differs:
`.venv/bin/python -P scripts/make_golden.py`.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from voiceguide.choices import Talk  # noqa: TC001 (a field's type)
from voiceguide.errors import VoiceguideError
from voiceguide.routine import finding
from voiceguide.session import load, plan
from voiceguide.store.assets import routines_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.routine.model import Routine

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "golden"
FIRST = "upper-back"
JOINED = "neck-shoulders+feet"
LENGTHS = ("short", "full", "15m")
SESSIONS = FOLDER.parent / "sessions"
OWN = "rhythm"
"""A routine of the tests: what no bundled one has."""
TALKS: tuple[Talk, ...] = ("full", "calm", "minimal")


class Golden(NamedTuple):
    """A session whose timeline is kept."""

    routine: str
    length: str
    talk: Talk
    setup: str | None

    @property
    def file(self) -> str:
        """Its name in the folder."""
        return "-".join(part for part in self if part) + ".json"


@cache
def _routine(name: str | Path) -> Routine:
    """Read one, once."""
    return load(name)


def goldens() -> tuple[Golden, ...]:
    """Return every session whose timeline is kept: all of the first routine's, one of each other, and a joined one."""
    every = product(LENGTHS, TALKS, _routine(FIRST).setups or (None,))
    others = (name for name in sorted(finding.files()) if name != FIRST)
    return (
        *(Golden(FIRST, length, talk, setup) for length, talk, setup in every),
        *(Golden(name, "short", "full", next(iter(_routine(name).setups), None)) for name in (*others, JOINED)),
    )


def own_goldens() -> tuple[Golden, ...]:
    """Return the sessions of the tests' own routine, whose timelines stand beside it."""
    return tuple(Golden(OWN, length, talk, None) for length, talk in (("short", "full"), ("full", "calm")))


def timeline(wanted: Golden) -> str:
    """Return a timeline as JSON, a chapter or clip a line; or the message that refuses it.

    By the voice `tone`, whose estimates are exact: nothing is spoken, and no cache is looked into.
    """
    kept = os.environ.get("VOICEGUIDE_CACHE")
    with tempfile.TemporaryDirectory() as empty:
        os.environ["VOICEGUIDE_CACHE"] = empty
        try:
            own = SESSIONS / f"{wanted.routine}.yaml"
            routine = _routine(own if wanted.routine == OWN else wanted.routine)
            made = plan(routine, length=wanted.length, talk=wanted.talk, setup=wanted.setup, voice="tone")
        except VoiceguideError as error:
            said = str(error).replace(f"{routines_folder()}{os.sep}", "")
            return json.dumps({"refused": said}, ensure_ascii=False, indent=1) + "\n"
        finally:
            os.environ.pop("VOICEGUIDE_CACHE")
            if kept is not None:
                os.environ["VOICEGUIDE_CACHE"] = kept
    document = made.to_json() | {"generator": "voiceguide"}  # its version is no part of what is promised
    return "{\n" + ",\n".join(_lines(document)) + "\n}\n"


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """Each key on a line; what lists hold on lines of their own, so that a difference can be read."""
    for key, value in document.items():
        if key in ("chapters", "clips"):
            entries = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            yield f' "{key}": [\n{entries}\n ]'
        else:
            yield f' "{key}": {json.dumps(value, ensure_ascii=False)}'


def main() -> None:
    """Write every golden timeline anew, and delete those of routines that are gone."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {golden.file: timeline(golden) for golden in goldens()}
    for stale in (path for path in FOLDER.glob("*.json") if path.name not in wanted):
        stale.unlink()
    for file, text in wanted.items():
        (FOLDER / file).write_text(text, encoding="utf-8")
    for golden in own_goldens():
        (SESSIONS / golden.file).write_text(timeline(golden), encoding="utf-8")
    print(f"{len(wanted)} timelines in {FOLDER}, {len(own_goldens())} in {SESSIONS}")


if __name__ == "__main__":
    main()
