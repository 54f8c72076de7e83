"""Voices: the Protocol every engine keeps, and the registry that finds engines by entry point.

An engine is one file with one class, registered under the entry-point group `voiceguide.engines`.
Caching, levels and pauses are not its business: one call speaks one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.errors import Failed, MissingError, UsageError, VoiceguideError, did_you_mean, option
from voiceguide.plugins import asked, entry_points, of, origin, words
from voiceguide.text.languages import primary
from voiceguide.voices.engine import ANY_LANGUAGE, Audio, Engine, Fetching, Gender, Phonetic, Voice, VoiceInfo
from voiceguide.voices.plugged import PluggedEngine, PluggedVoice, lasts_long_enough

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.metadata import EntryPoint

__all__ = [
    "ANY_LANGUAGE",
    "DEFAULT_PACE",
    "FASTEST",
    "GROUP",
    "SLOWEST",
    "Audio",
    "Engine",
    "Fetching",
    "Gender",
    "Listed",
    "Phonetic",
    "Voice",
    "VoiceInfo",
    "engine",
    "engines",
    "find",
    "languages_of",
    "lasts_long_enough",
    "listing",
    "phonemes_of",
    "pick",
    "speaks",
]

GROUP = "voiceguide.engines"
DEFAULT_PACE = 135
"""Words a minute inside sentences."""
SLOWEST, FASTEST = 80, 220
"""Words a minute: what every engine must be able to speak at."""

_DEFAULT_ENGINE = "hibari"
_DEFAULT_VOICE = ("en", "hibari:heart")
"""The language that has a voice of its own in the package, and that voice."""
_LAST_RESORT = "pyttsx3"
"""The system's voices sound the least natural: they are picked when no other engine speaks the language."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of `voices`: a voice, or an engine that has none to show because it does not work here."""

    id: str
    """`engine:name`, or the engine's name alone when it shows no voices."""
    engine: str
    name: str
    """Empty when the engine shows no voices."""
    languages: tuple[str, ...]
    licence: str
    ready: bool
    fix: str | None
    """None when ready."""
    gender: Gender | None = None
    natural: bool = False
    download_mb: float | None = None
    """What `get` would download."""


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
        raise MissingError(f'The voice engine "{self.name}" cannot be used: {self.fault}')


def engines() -> tuple[Engine, ...]:
    """Return every registered engine, by name; one whose own code fails to load says so in its `probe()`.

    Raises Failed when two packages register one name, MissingError when voiceguide itself is not installed.
    """
    return tuple(_load(point) for point in _registered().values())


def engine(name: str) -> Engine:
    """Return one engine, loading no other. Raises UsageError for an unknown name, listing the known ones."""
    points = _registered()
    if name in points:
        return _load(points[name])
    near = did_you_mean(name, points)
    if not near:
        owner = next((e.name for e in engines() if name in {info.name for info in _voices(e)[0]}), None)
        near = f' Did you mean "{owner}:{name}"?' if owner else ""
    raise UsageError(
        f'{option("voice")}: there is no engine "{name}".{near} The engines are: {", ".join(points)}.',
        got=name,
        known=points,
    )


def pick(spec: str | None, *, language: str, pace: int) -> Voice:
    """Return the voice that `ENGINE`, or `ENGINE:NAME`, means for a session in `language` (BCP 47).

    `pace` is in words a minute.

    None means `hibari:heart` for English, else the best ready voice of the engines that may be picked by themselves;
    `ENGINE` means its best voice for the language; `ENGINE:NAME` that voice.
    Raises UsageError for an unknown name and a voice that does not speak the language;
    MissingError for what is known but not installed.
    """
    if spec is None:
        default_language, default_voice = _DEFAULT_VOICE
        if primary(language) != default_language:
            return _best(language, pace)
        spec = default_voice
    engine_name, colon, name = spec.partition(":")
    if not engine_name or (colon and not name):
        raise UsageError(
            f'{option("voice")} is ENGINE or ENGINE:NAME, as "hibari" or "hibari:heart"; got "{spec}".', got=spec
        )
    chosen = engine(engine_name)
    if fix := chosen.probe():
        raise MissingError(f'The voice engine "{engine_name}" does not work here. {fix}')
    infos = chosen.voices()
    meant = infos if not name else tuple(info for info in infos if info.name == name)
    if meant and not any(speaks(info, language) for info in meant):
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
    speaking = [info for info in infos if speaks(info, language)]
    ready = [info for info in speaking if info.fix is None]
    if ready:
        return min(ready, key=lambda info: _distance(info, language))
    if speaking:
        raise MissingError(f'The voice "{engine}:{speaking[0].name}" is not ready. {speaking[0].fix}')
    raise UsageError(f'{option("voice")}: the engine "{engine}" has no voice for "{language}".', got=engine)


def speaks(info: VoiceInfo, language: str) -> bool:
    """Say whether a voice speaks a language: `en-GB` and `en-US` are one language, spoken differently."""
    return any(tag == ANY_LANGUAGE or primary(tag) == primary(language) for tag in info.languages)


def languages_of(voice: Voice) -> tuple[str, ...]:
    """Return the languages that a voice is listed with, none for one that its engine does not list."""
    engine_name, _, name = voice.id.partition(":")
    return next((info.languages for info in engine(engine_name).voices() if info.name == name), ())


def phonemes_of(voice: Voice) -> frozenset[str] | None:
    """Return the IPA's signs that a voice takes, none for a recording; None for one that takes letters alone."""
    return voice.phonemes if isinstance(voice, PluggedVoice | Phonetic) else None


def listing() -> tuple[Listed, ...]:
    """Return every voice of every engine, and a line with the fault of each engine that shows none."""
    lines: list[Listed] = []
    for each in engines():
        fix = each.probe()
        infos, fault = _voices(each)
        lines += [
            Listed(
                f"{each.name}:{info.name}",
                each.name,
                info.name,
                info.languages,
                info.licence,
                fix is None and info.fix is None,
                fix or info.fix,
                info.gender,
                info.natural,
                info.download_mb,
            )
            for info in infos
        ]
        if not infos:
            lines.append(Listed(each.name, each.name, "", (), "", False, fix or fault or "It has no voices here."))
    return tuple(lines)


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


def _load(point: EntryPoint) -> Engine:
    try:
        whose = f'The voice engine "{point.name}"{of(point)}'
        made: Engine = asked(whose, "loading", lambda: point.load()())
        called, picked = asked(whose, "telling its name", lambda: (made.name, bool(made.picked)))
    except VoiceguideError as fault:
        return _Broken(point.name, words(fault))
    if called != point.name:
        return _Broken(point.name, f'{origin(point)} calls itself "{called}".')
    return PluggedEngine(made, point.name, picked, of(point))


def _voices(each: Engine) -> tuple[tuple[VoiceInfo, ...], str | None]:
    """An engine's voices, or none and why."""
    try:
        return each.voices(), None
    except VoiceguideError as fault:  # one engine's fault must not hide the others' voices
        return (), words(fault)


def _pickable() -> list[Engine]:
    """The engines that may be picked by themselves, the best first."""

    def rank(each: Engine) -> tuple[bool, bool]:
        return each.name != _DEFAULT_ENGINE, each.name == _LAST_RESORT

    return sorted((each for each in engines() if each.picked), key=rank)


def _best(language: str, pace: int) -> Voice:
    """The best ready voice for a language among the engines that may be picked by themselves."""
    fixes: list[str] = []
    for each in _pickable():
        infos, fault = _voices(each)
        speaking = [info for info in infos if speaks(info, language)]
        fix = each.probe() or fault
        if fix is None and any(info.fix is None for info in speaking):
            return each.voice(None, language=language, pace=pace)
        if speaking or fix:
            fixes.append(f"{each.name}: {fix or speaking[0].fix}")
    if fixes:
        raise MissingError(f'No voice for "{language}" is ready here. What could speak it: {"; ".join(fixes)}')
    raise UsageError(
        f'{option("language")}: no voice speaks "{language}". "voiceguide voices" lists the languages that can be '
        "spoken.",
        got=language,
    )


def _speakers(language: str) -> str:
    """A sentence that names the voices for a language, of the engines that may be picked by themselves."""
    names = [f"{each.name}:{info.name}" for each in _pickable() for info in _voices(each)[0] if speaks(info, language)]
    return _some(names, "These do") if names else "No voice here does."


def _some(names: Sequence[str], lead: str = "Its voices are") -> str:
    """The names as a sentence, cut where a line of them stops being read."""
    most = 12
    rest = f" and {len(names) - most} more (voiceguide voices lists them)" if len(names) > most else ""
    return f"{lead}: {', '.join(names[:most])}{rest}."


def _distance(info: VoiceInfo, language: str) -> int:
    """0 for the very tag, 1 for a wider or narrower one, 2 for another region of the same language."""

    def apart(tag: str) -> int:
        spoken, asked = tag.lower(), language.lower()
        if spoken == asked:
            return 0
        return 1 if spoken.startswith(f"{asked}-") or asked.startswith(f"{spoken}-") else 2

    return min(apart(tag) for tag in info.languages)
