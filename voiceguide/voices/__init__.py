"""Voices: the Protocol every engine keeps, and the registry that finds engines by entry point.

An engine is one file with one class, registered under the entry-point group `voiceguide.engines`.
Caching, levels and pauses are not its business: one call speaks one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from voiceguide.errors import Failed, MissingError, UsageError, VoiceguideError, did_you_mean, option
from voiceguide.plugins import asked, entry_points, of, origin, words
from voiceguide.text.languages import primary
from voiceguide.voices.engine import ANY_LANGUAGE, Audio, Engine, Fetching, Gender, Phonetic, Recorded, Voice, VoiceInfo
from voiceguide.voices.listed import Listed, best_first, nearest, speaks
from voiceguide.voices.plugged import (
    LEAST_SECONDS,
    PluggedEngine,
    PluggedVoice,
    is_recorded,
    lasts_long_enough,
    slowest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from importlib.metadata import EntryPoint

__all__ = [
    "ANY_LANGUAGE",
    "DEFAULT_PACE",
    "FASTEST",
    "GENDERS",
    "GROUP",
    "LEAST_SECONDS",
    "SLOWEST",
    "Audio",
    "Engine",
    "Fetching",
    "Gender",
    "Listed",
    "Phonetic",
    "Recorded",
    "Voice",
    "VoiceInfo",
    "best",
    "by_default",
    "check",
    "engine",
    "engines",
    "find",
    "is_recorded",
    "languages_of",
    "lasts_long_enough",
    "listed_of",
    "listing",
    "phonemes_of",
    "pick",
    "slowest",
    "speaking",
    "speaks",
    "split",
    "usual",
]

GROUP = "voiceguide.engines"
DEFAULT_PACE = 135
"""Words a minute inside sentences."""
SLOWEST, FASTEST = 80, 220
"""Words a minute: what every engine must be able to speak at."""
GENDERS: tuple[Gender, ...] = get_args(Gender)
"""What may be asked for in place of a voice's name: the best one of that kind."""

_DEFAULT_ENGINE = "hibari"
_DEFAULT_VOICE = ("en", "hibari:heart")
"""The language that has a voice of its own in the package, and that voice."""
_LAST_RESORT = "pyttsx3"
"""The system's voices sound the least natural: they are picked when no other engine speaks the language."""


@dataclass(slots=True)
class _Broken:
    """Stands in for an engine whose own code fails to load, so that the others work and its fault is shown."""

    name: str
    fault: str
    picked: bool = False

    def probe(self) -> str | None:
        return self.fault

    def voices(self) -> tuple[VoiceInfo, ...]:
        return ()

    def voice(self, name: str | None, *, language: str, pace: int) -> Voice:  # noqa: ARG002 (the Protocol's)
        raise self._unusable()

    @property
    def fetches(self) -> bool:
        return False

    def get(self, name: str, told: Callable[[int, int], None]) -> None:  # noqa: ARG002 (the Protocol's)
        raise self._unusable()

    def remove(self, name: str) -> tuple[str, ...]:  # noqa: ARG002 (the Protocol's)
        raise self._unusable()

    def _unusable(self) -> MissingError:
        return MissingError(f'The voice engine "{self.name}" cannot be used: {self.fault}')


Known = PluggedEngine | _Broken
"""A registered engine."""


def engines() -> tuple[Known, ...]:
    """Return every registered engine, by name; one whose own code fails to load says so in its `probe()`.

    Raises Failed when two packages register one name, MissingError when voiceguide itself is not installed.
    """
    return tuple(_load(point) for point in _registered().values())


def engine(name: str) -> Known:
    """Return one engine, loading no other. Raises UsageError for an unknown name, listing the known ones."""
    points = _registered()
    if name in points:
        return _load(points[name])
    near = did_you_mean(name, (*points, *GENDERS))
    if not near:
        owner = next((e.name for e in engines() if name in {info.name for info in _voices(e)[0]}), None)
        near = f' Did you mean "{owner}:{name}"?' if owner else ""
    raise UsageError(
        f'{option("voice")}: there is no engine "{name}".{near} The engines are: {", ".join(points)}.',
        got=name,
        known=points,
    )


def check(spec: str) -> None:
    """Find that an engine, or a kind of voice, is known by the name that a choice begins with. Raises UsageError."""
    if spec not in GENDERS:
        engine(split(spec)[0])


def split(spec: str) -> tuple[str, str]:
    """Return the engine and the name, or "" for none, of `ENGINE[:NAME]`. Raises UsageError."""
    engine_name, colon, name = spec.partition(":")
    if not engine_name or (colon and not name):
        raise UsageError(
            f'{option("voice")} is ENGINE or ENGINE:NAME, as "hibari" or "hibari:heart", or {" or ".join(GENDERS)}; '
            f'got "{spec}".',
            got=spec,
        )
    return engine_name, name


def by_default(spec: str | None, language: str) -> bool:
    """Whether a session has the voice that comes with the program: none was asked for, and it speaks the language."""
    return spec is None and primary(language) == _DEFAULT_VOICE[0]


def usual(language: str) -> str | None:
    """Return the id of the voice that a session has where none is asked for; None where none is ready."""
    if by_default(None, language):
        return _DEFAULT_VOICE[1]
    found = best(language)
    return found.id if found else None


def pick(spec: str | None, *, language: str, pace: int) -> Voice:
    """Return the voice that `ENGINE`, `ENGINE:NAME`, `female` or `male` means for a session in `language` (BCP 47).

    `pace` is in words a minute.

    None means `hibari:heart` for English, else the best ready voice of the engines that may be picked by themselves,
    natural ones first; `female` and `male` the best of these that is one; `ENGINE` means its best voice for the
    language; `ENGINE:NAME` that voice.
    Raises UsageError for an unknown name and a voice that does not speak the language;
    MissingError for what is known but not here.
    """
    if by_default(spec, language):
        spec = _DEFAULT_VOICE[1]
    if spec is None or spec in GENDERS:
        return _best(language, pace, next((gender for gender in GENDERS if gender == spec), None))
    engine_name, name = split(spec)
    chosen = engine(engine_name)
    fix = chosen.probe()
    infos = _voices(chosen)[0] if fix else chosen.voices()
    meant = infos if not name else tuple(info for info in infos if info.name == name)
    speaking_it = [info for info in meant if speaks(info, language)]
    if speaking_it and all(info.fix for info in speaking_it):
        raise MissingError(f'The voice "{engine_name}:{speaking_it[0].name}" is not ready. {speaking_it[0].fix}')
    if fix:
        raise MissingError(f'The voice engine "{engine_name}" does not work here. {fix}')
    if meant and not speaking_it:
        raise UsageError(f'{option("voice")}: "{spec}" does not speak "{language}". {_speakers(language)}', got=spec)
    return chosen.voice(name or None, language=language, pace=pace)


def find(infos: Sequence[VoiceInfo], name: str | None, *, engine: str, language: str) -> VoiceInfo:
    """Return the voice of that name, or (None) the first ready one that comes nearest to the language.

    For engines to use in `voice()`. Raises UsageError for an unknown name or language, MissingError when the only
    voices that speak the language are not ready.
    """
    if name is not None:
        for info in infos:
            if info.name == name:
                return info
        known = [info.name for info in infos]
        near = did_you_mean(name, known)
        raise UsageError(
            f'{option("voice")}: the engine "{engine}" has no voice "{name}".{near} {_some(known)}',
            got=name,
            known=known,
        )
    speaking_it = [info for info in infos if speaks(info, language)]
    ready = [info for info in speaking_it if info.fix is None]
    if ready:
        return nearest(ready, language)
    if speaking_it:
        raise MissingError(f'The voice "{engine}:{speaking_it[0].name}" is not ready. {speaking_it[0].fix}')
    raise UsageError(f'{option("voice")}: the engine "{engine}" has no voice for "{language}".', got=engine)


def languages_of(voice: Voice) -> tuple[str, ...]:
    """Return the languages that a voice is listed with, none for one that its engine does not list."""
    engine_name, _, name = voice.id.partition(":")
    return next((info.languages for info in engine(engine_name).voices() if info.name == name), ())


def phonemes_of(voice: Voice) -> frozenset[str] | None:
    """Return the IPA's signs that a voice takes, none for a recording; None for one that takes letters alone."""
    return voice.phonemes if isinstance(voice, PluggedVoice | Phonetic) else None


def listing() -> tuple[Listed, ...]:
    """Return every voice of every engine, and a line with the fault of each engine that shows none.

    Engines stand in the order in which they are picked, those last that never are by themselves.
    """
    return tuple(voice for each in _in_order(engines()) for voice in listed_of(each))


def speaking(language: str, gender: Gender | None = None) -> tuple[Listed, ...]:
    """Return who may be picked by itself for a language, the best first; engines that do not work are at the end."""
    listed = [voice for each in _pickable() for voice in listed_of(each)]
    return (*_speaking(listed, language, gender), *(voice for voice in listed if not voice.name))


def best(language: str, gender: Gender | None = None) -> Listed | None:
    """Return the best ready voice for a language among those that may be picked by themselves; None where none is."""
    found: list[Listed] = []
    for each in _pickable():
        mine = [voice for voice in _speaking(listed_of(each), language, gender) if voice.ready]
        if mine and mine[0].natural:
            return mine[0]  # without a look at those behind, of which the system's own take the longest
        found += mine
    return found[0] if found else None


def _speaking(listed: Iterable[Listed], language: str, gender: Gender | None) -> tuple[Listed, ...]:
    speaking_it = (voice for voice in listed if speaks(voice, language) and gender in (None, voice.gender))
    return best_first(speaking_it, language)


def listed_of(each: Known) -> tuple[Listed, ...]:
    """Return an engine's voices, or the one line with its fault."""
    fix = each.probe()
    infos, fault = _voices(each)
    if not infos:
        why = fix or fault or "It has no voices here."
        return (Listed(each.name, each.name, "", (), "", ready=False, fix=why, picked=each.picked),)
    return tuple(
        Listed(
            f"{each.name}:{info.name}",
            each.name,
            info.name,
            info.languages,
            info.licence,
            fix is None and info.fix is None,
            info.fix or fix,
            info.gender,
            info.natural,
            info.download_mb if each.fetches else None,
            each.picked,
        )
        for info in infos
    )


def _registered() -> dict[str, EntryPoint]:
    """The entry points by engine name, sorted."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        other = found.setdefault(point.name, point)
        if other is not point:
            raise Failed(
                f'Two packages register a voice engine "{point.name}": {origin(other)} and {origin(point)}. '
                "Uninstall one of them."
            )
    if _DEFAULT_ENGINE not in found:
        raise MissingError(
            "voiceguide is not installed here, so its voices cannot be found. "
            "Run it with scripts/voiceguide.py, or install it: pip install voiceguide"
        )
    return found


def _load(point: EntryPoint) -> Known:
    try:
        whose = f'The voice engine "{point.name}"{of(point)}'
        made: Engine = asked(whose, "loading", lambda: point.load()())
        called, picked = asked(whose, "telling its name", lambda: (made.name, bool(made.picked)))
    except VoiceguideError as fault:
        return _Broken(point.name, words(fault))
    if called != point.name:
        return _Broken(point.name, f'{origin(point)} calls itself "{called}".')
    return PluggedEngine(made, point.name, picked, of(point))


def _voices(each: Known) -> tuple[tuple[VoiceInfo, ...], str | None]:
    """An engine's voices, or none and why."""
    try:
        return each.voices(), None
    except VoiceguideError as fault:  # one engine's fault must not hide the others' voices
        return (), words(fault)


def _pickable() -> list[Known]:
    """The engines that may be picked by themselves, the best first."""
    return [each for each in _in_order(engines()) if each.picked]


def _in_order(engines: Iterable[Known]) -> list[Known]:
    def rank(each: Known) -> tuple[bool, bool, bool]:
        return not each.picked, each.name != _DEFAULT_ENGINE, each.name == _LAST_RESORT

    return sorted(engines, key=rank)


def _best(language: str, pace: int, gender: Gender | None) -> Voice:
    """The best ready voice for a language, of one kind or any, among those that may be picked by themselves."""
    if voice := best(language, gender):
        return engine(voice.engine).voice(voice.name, language=language, pace=pace)
    found = speaking(language, gender)
    whose = f"{gender} voice" if gender else "voice"
    if fixes := {voice.engine: f"{voice.engine}: {voice.fix}" for voice in reversed(found)}:
        told = "; ".join(reversed(fixes.values()))
        raise MissingError(f'No {whose} for "{language}" is ready here. What could speak it: {told}')
    raise UsageError(
        f'{option("voice" if gender else "language")}: no {whose} speaks "{language}". "voiceguide voices" lists the '
        "voices there are and their languages.",
        got=gender or language,
    )


def _speakers(language: str) -> str:
    """A sentence that names the voices for a language, of the engines that may be picked by themselves."""
    names = [voice.id for voice in speaking(language) if voice.name]
    return _some(names, "These do") if names else "No voice here does."


def _some(names: Sequence[str], lead: str = "Its voices are") -> str:
    """The names as a sentence, cut where a line of them stops being read."""
    most = 12
    rest = f" and {len(names) - most} more (voiceguide voices lists them)" if len(names) > most else ""
    return f"{lead}: {', '.join(names[:most])}{rest}."
