"""The catalogue: which routines there are, bundled and in the user's folders, and where each one's file is."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from voiceguide.durations import LENGTHS, Length
from voiceguide.errors import RoutineError, UsageError, VoiceguideError
from voiceguide.routine.finding import SAID, index, routines, told
from voiceguide.store import documents
from voiceguide.store.documents import Value
from voiceguide.text.lines import visible

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from voiceguide.routine.model import Routine, Text
    from voiceguide.session.drafting import Draft

TOLD = ("name", "title", "summary", "audience", "position", "tags", "languages", "lengths", "hands_on")
"""What `voiceguide list` tells of a routine, in order.

The index knows its `positions` too, to be searched by, the `drawings` it shows, and what is `said` of it in each of its
languages.
"""
POSITIONS = ("lying", "seated")
"""How a receiver can be, where a setup's name or the position says it."""


def entry(routine: Routine) -> dict[str, Any]:
    """Return what the index knows of a routine, TOLD and more, by estimate but for lengths that are exact.

    Raises VoiceguideError for a routine that cannot be played.
    """
    from voiceguide.routine.reading import languages
    from voiceguide.session import hands

    def said(text: Text | None, language: str = routine.language) -> str:
        return (text.get(language) or "") if text else ""

    drafts = {length: drafted(routine, length) for length in LENGTHS}
    lasting = {length: routine.total(length) or draft.layout.duration for length, draft in drafts.items()}
    hands_on = {length: on.on if (on := hands.of(draft)) else 0.0 for length, draft in drafts.items()}
    return {
        "name": routine.name,
        "title": said(routine.title),
        "summary": said(routine.summary),
        "audience": routine.audience,
        "position": said(routine.position),
        "positions": list(_positions(routine.language, (*routine.setups, said(routine.position)))),
        "tags": list(routine.tags),
        "drawings": sorted({step.show for step in routine.every_step if step.show}),
        "languages": list(languages(routine)),
        "lengths": {length: round(seconds, 1) for length, seconds in lasting.items()},
        "hands_on": {length: round(seconds, 1) for length, seconds in hands_on.items()},
        "said": {
            language: {name: said(getattr(routine, name), language) for name in SAID} for language in languages(routine)
        },
    }


def _positions(language: str, told: Iterable[str]) -> tuple[str, ...]:
    """The POSITIONS that any of some texts tells of, in a language's words."""
    from voiceguide import phrases

    book = phrases.load(language)
    where = "\n".join(told).casefold()
    said = zip(POSITIONS, (book.lying_words(), book.seated_words()), strict=True)
    return tuple(position for position, words in said if any(word in where for word in words))


def listed(own: Iterable[Path] = ()) -> tuple[list[dict[str, Any]], list[str]]:
    """Return every routine's entry, by name, and a message for each file of the user's that cannot be read.

    The bundled ones come from an index that `scripts/make_index.py` writes; the user's are read once, and again when
    their size or time changes.
    """
    entries = {known["name"]: known for known in index()}
    broken: list[str] = []
    seen = _Seen()
    for folder in reversed(tuple(own)):
        for path in routines(folder):
            named = visible(str(path), line=True)
            try:
                found = seen.entry(path)
            except RoutineError as error:
                count = sum(fault.many for fault in error.faults)
                broken.append(f"{named}: left out, {count} fault{'s' * (count != 1)}: run `voiceguide check {named}`")
            except VoiceguideError as error:
                broken.append(f"{named}: left out: {error.text.replace(str(path), named)}")
            except OSError as error:  # it went away a moment ago
                broken.append(f"{named}: left out: {error.strerror}")
            else:
                entries[found["name"]] = found
    seen.keep()
    return sorted(entries.values(), key=lambda known: str(known["name"])), broken


_FORMAT = 5
"""Of the kept entries; raise it when `entry` changes."""


class _Seen:
    """Entries of the user's routines, kept by path, time and size."""

    def __init__(self) -> None:
        from voiceguide.store.cache import default_folder

        self._file: Path | None = None
        self._changed = False
        self._known: dict[str, Any] = {}
        with suppress(UsageError):  # no folder to keep anything in: every file is read each time
            self._file = default_folder() / "routines.json"
        kept = documents.kept(self._file) if self._file else None
        if kept and isinstance(kept.value, dict):
            self._known = kept.value

    def entry(self, path: Path) -> dict[str, Any]:
        stat = path.stat()
        key, stamp = str(path.resolve()), [stat.st_mtime_ns, stat.st_size, _FORMAT]
        found = self._kept(key, stamp)
        if found is None:
            from voiceguide.routine.reading import read

            found = entry(read(path))
            self._known[key] = {"stamp": stamp, "entry": found}
            self._changed = True
        return found

    def _kept(self, key: str, stamp: list[int]) -> dict[str, Any] | None:
        """Return what is kept of a file, where it is what is told of one."""
        kept = self._known.get(key)
        if not isinstance(kept, dict) or kept.get("stamp") != stamp:
            return None
        try:
            return told(Value(kept, str(self._file)).key("entry"))
        except UsageError:
            return None

    def keep(self) -> None:
        """Write what was read anew; a folder that cannot be written only means reading again next time."""
        from voiceguide.store.files import whole

        if not self._changed or self._file is None:
            return
        known = {key: kept for key, kept in self._known.items() if documents.writable(kept)}
        with suppress(OSError, VoiceguideError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with whole(self._file, overwrite=True, follow=False) as file:
                file.write(json.dumps(known).encode())


def drafted(routine: Routine, length: Length) -> Draft:
    """Return the draft of a named length by the default voice's estimates alone, the same on every machine."""
    from voiceguide.choices import Choices
    from voiceguide.session.composing import Session
    from voiceguide.session.narration import by_estimate

    return by_estimate(Session(routine, Choices.of({"length": length})))
