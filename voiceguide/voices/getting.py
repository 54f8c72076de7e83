"""Getting voices: what could be downloaded for a session, what is told of one that a robot speaks, and doing it.

Nothing is downloaded but by `get`.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.errors import MissingError, UsageError, VoiceguideError, option
from voiceguide.store import downloads, paths
from voiceguide.store.files import whole
from voiceguide.voices import GENDERS, best, by_default, engine, find, listed_of, speaking, speaks, split

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.voices import Gender, Listed


_PERSON = {"female": "a woman", "male": "a man", None: ""}
_WHOSE = {"female": "woman's voice", "male": "man's voice", None: "voice"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice that a session wants, that is not here, and that can be downloaded."""

    voice: Listed
    needed: bool
    """Whether the session cannot be made without: it was named, or nobody who is here speaks the language."""

    @property
    def mb(self) -> float:
        """Megabytes."""
        return self.voice.download_mb or 0.0

    @property
    def person(self) -> str:
        """`a woman`, `a man`, or "" where nobody tells."""
        return _PERSON[self.voice.gender]


def offer(spec: str | None, language: str) -> Offer | None:
    """Return what could be downloaded for a session of a voice (as `pick` takes it) and language; None for nothing.

    That is the voice that was named, or the best natural one where none that may be picked is here. Raises UsageError
    for an unknown name.
    """
    if by_default(spec, language):
        return None
    if spec is None or spec in GENDERS:
        gender = _gender(spec)
        here = best(language, gender)
        if here and here.natural:
            return None
        found = next((voice for voice in speaking(language, gender) if voice.natural and _can_be_got(voice)), None)
        return Offer(found, needed=here is None) if found else None
    engine_name, name = split(spec)
    meant = [
        voice
        for voice in listed_of(engine(engine_name))
        if voice.name and (voice.name == name if name else speaks(voice, language))
    ]
    if any(voice.ready for voice in meant):
        return None
    found = next((voice for voice in meant if _can_be_got(voice)), None)
    return Offer(found, needed=True) if found else None


def note(spec: str | None, language: str, called: str) -> str | None:
    """Return what is to be told of a session whose voice, which nobody named, sounds like a robot; None for nothing.

    `called` is the language's name. It says what brings a natural voice, or that none is known.
    """
    if by_default(spec, language) or not (spec is None or spec in GENDERS):
        return None
    gender = _gender(spec)
    here = best(language, gender)
    if here is None or here.natural:
        return None
    return f"{called} is spoken by {here.id} here, which sounds like a robot. {better(language, called, gender)}"


def better(language: str, called: str, gender: Gender | None = None) -> str:
    """Return what brings a natural voice for a language, of one kind or any, where none is here; or that none is known.

    An engine that does not work here is named too.
    """
    known = speaking(language, gender)
    faults = ((voice.id, voice.fix) for voice in known if not voice.name)
    broken = "".join(f"The voice engine {name} does not work here: {fix.rstrip('.')}. " for name, fix in faults if fix)
    missing = sorted((voice for voice in known if voice.natural), key=lambda voice: not _can_be_got(voice))
    if not missing:
        return f"{broken}No natural {_WHOSE[gender]} for {called} is known to voiceguide."
    natural = missing[0]
    if not _can_be_got(natural):
        return f"{broken}A natural {_WHOSE[gender]}, {natural.id}, is not ready: {natural.fix}"
    who = f"{natural.id} ({_PERSON[natural.gender]})" if natural.gender else natural.id
    size = f"{natural.download_mb:g} MB"
    return f"{broken}A natural {_WHOSE[gender]}, {who}, is a download of {size}: voiceguide voices get {natural.id}"


def voice(spec: str) -> Listed:
    """Return a voice by `ENGINE:NAME`. Raises UsageError for an unknown one, MissingError for a broken engine."""
    engine_name, name = split(spec)
    listed = listed_of(engine(engine_name))
    if not listed[0].name:
        raise MissingError(f'The voice engine "{engine_name}" does not work here. {listed[0].fix}')
    if not name:
        names = ", ".join(each.id for each in listed[:_MOST_NAMED])
        more = f" and {len(listed) - _MOST_NAMED} more" if len(listed) > _MOST_NAMED else ""
        raise UsageError(f'{option("voice")}: expected one voice, got "{spec}"; it has {names}{more}.', got=spec)
    chosen = find(engine(engine_name).voices(), name, engine=engine_name, language="")
    return next(each for each in listed if each.name == chosen.name)


_MOST_NAMED = 12


def get(spec: str, told: Callable[[int, int], None] = lambda _so_far, _in_all: None) -> Listed:
    """Download what the voice `ENGINE:NAME` needs, unless it is here, and return it as it is then.

    `told` is told (bytes so far, bytes in all). Raises UsageError for an unknown voice, MissingError for one that
    cannot be had, as without a connection, and Failed.
    """
    wanted = voice(spec)
    if wanted.ready:
        return wanted
    if not _can_be_got(wanted):
        raise MissingError(f'The voice "{wanted.id}" is not ready, and is not downloaded. {wanted.fix}')
    engine(wanted.engine).get(wanted.name, told)
    with suppress(VoiceguideError, OSError):  # who gets a voice has agreed to it after all
        _declined(wanted.id).unlink(missing_ok=True)
    here = voice(spec)
    if not here.ready:
        raise MissingError(f'The voice "{here.id}" was downloaded, and is still not ready. {here.fix}')
    return here


class Removed(NamedTuple):
    """What was taken away."""

    paths: tuple[str, ...]
    voices: tuple[str, ...]
    """The ids of those that are not ready any more."""


def remove(spec: str) -> Removed:
    """Remove what was downloaded for the voice `ENGINE:NAME`.

    Raises UsageError for an unknown voice and one that is not downloaded, and Failed.
    """
    known = voice(spec)
    before = listed_of(engine(known.engine))
    paths = engine(known.engine).remove(known.name)
    after = {each.id for each in listed_of(engine(known.engine)) if each.ready}
    return Removed(paths, tuple(each.id for each in before if each.ready and each.id not in after))


def declined(offered: Offer) -> bool:
    """Say whether somebody was asked about a voice before, and said no."""
    return paths.is_file(_declined(offered.voice.id))


def decline(offered: Offer) -> None:
    """Remember a no; where nothing can be kept, it is asked again."""
    with suppress(VoiceguideError, OSError):
        file = _declined(offered.voice.id)
        file.parent.mkdir(parents=True, exist_ok=True)
        with whole(file, overwrite=True, follow=False) as written:
            written.write(f"{offered.voice.id}\n".encode())


def _declined(voice_id: str) -> Path:
    """The file that stands for a no; a voice's id may have signs that no file's name has."""
    return downloads.folder() / "declined" / hashlib.sha256(voice_id.encode()).hexdigest()[:16]


def _can_be_got(voice: Listed) -> bool:
    return not voice.ready and voice.download_mb is not None


def _gender(spec: str | None) -> Gender | None:
    return next((gender for gender in GENDERS if gender == spec), None)
