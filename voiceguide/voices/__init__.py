"""Voices: the Protocol every engine keeps, and the registry that finds engines by entry point.

An engine is one file with one class, registered under the entry-point group `voiceguide.engines`.
Caching, levels and pauses are not its business: one call speaks one sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from voiceguide.errors import Failed, MissingError, UsageError, VoiceguideError, did_you_mean, option
from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.metadata import EntryPoint, EntryPoints

    import numpy as np
    from numpy.typing import NDArray

GROUP = "voiceguide.engines"
DEFAULT_PACE = 135
"""Words a minute inside sentences."""
SLOWEST, FASTEST = 80, 220
"""Words a minute: what every engine must be able to speak at."""
ANY_LANGUAGE = "mul"
"""The tag (BCP 47: multiple languages) of a voice that speaks whatever it is given."""

_DEFAULT_ENGINE = "hibari"
_DEFAULT_VOICE = ("en", "hibari:heart")
"""The language that has a voice of its own in the package, and that voice."""
_LAST_RESORT = "pyttsx3"
"""The system's voices sound the least natural: they are picked when no other engine speaks the language."""


@dataclass(frozen=True, slots=True, eq=False)
class Audio:
    """What an engine gives back for one sentence."""

    samples: NDArray[np.float32]
    """Shape (frames, 1), full scale 1.0."""
    sample_rate: int
    """Hz."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice of an engine, for lists and for picking by language."""

    name: str
    """As in `ENGINE:NAME`."""
    languages: tuple[str, ...]
    """BCP 47 tags, best first."""
    licence: str
    fix: str | None = None
    """None when it is ready, else the one line that makes it so."""


class Voice(Protocol):
    """A voice ready to speak, at a pace and in a language. Safe to call from several threads at once."""

    @property
    def id(self) -> str:
        """`engine:name`, as `hibari:heart`."""

    @property
    def fingerprint(self) -> str:
        """Engine, version, model and settings: two voices with equal fingerprints speak the same audio."""

    def say(self, text: str) -> Audio:
        """Speak one normalised sentence.

        Raises Failed with the engine's own words when it cannot; never returns silence instead.
        """

    def estimate(self, text: str) -> float:
        """Seconds that `say(text)` will last once trimmed; needs no model and no engine loaded."""


class Engine(Protocol):
    """A source of voices. Making one imports nothing heavy."""

    name: str
    """Its name alone."""
    picked: bool
    """False for an engine that is never picked by itself, only when named."""

    def probe(self) -> str | None:
        """None when it works here, else the one-line fix. Never raises."""

    def voices(self) -> tuple[VoiceInfo, ...]:
        """Every voice, the best of each language first; a voice that needs a download says so in `fix`."""

    def voice(self, name: str | None, *, language: str, pace: int) -> Voice:
        """Return a voice by name, or the best for the language; loads nothing until it speaks.

        Raises UsageError for an unknown name (listing the near ones) and MissingError for one not installed.
        """


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
            )
            for info in infos
        ]
        if not infos:
            lines.append(Listed(each.name, each.name, "", (), "", False, fix or fault or "It has no voices here."))
    return tuple(lines)


def checked(audio: Audio, text: str, voice: Voice) -> Audio:
    """Return `audio` when it can be the sentence's sound.

    Raises Failed, naming the voice and the sentence, when it is misshapen, empty, holds values that are no numbers,
    is silent (peak below -50 dBFS), clipped (more than 1 % of samples at full scale) or longer than four times the
    voice's estimate and 5 s.
    """
    import numpy as np

    samples = audio.samples
    if samples.ndim != 2 or samples.shape[1] != 1 or audio.sample_rate <= 0:
        fault = f"gave samples of shape {samples.shape} at {audio.sample_rate} Hz, not (frames, 1)"
        raise Failed(_bad_take(voice, text, fault))
    if not len(samples):
        raise Failed(_bad_take(voice, text, "gave no sound at all"))
    level = np.abs(samples)
    peak = float(level.max())
    if not np.isfinite(peak):
        raise Failed(_bad_take(voice, text, "gave values that are no numbers"))
    if peak < _SILENT_PEAK:
        raise Failed(_bad_take(voice, text, "gave silence"))
    clipped = float(np.mean(level >= _FULL_SCALE))
    if clipped > _MOST_CLIPPED:
        raise Failed(_bad_take(voice, text, f"gave distorted sound ({clipped:.0%} of it at full scale)"))
    seconds, most = len(samples) / audio.sample_rate, 4 * voice.estimate(text) + 5
    if seconds > most:
        raise Failed(_bad_take(voice, text, f"gave {seconds:.0f} s of sound where {most:.0f} s is the most to expect"))
    return audio


_SILENT_PEAK = 10 ** (-50 / 20)
_FULL_SCALE = 32767 / 32768
_MOST_CLIPPED = 0.01
"""Share of a sentence's samples at full scale."""


def _bad_take(voice: Voice, text: str, fault: str) -> str:
    return f'The voice "{voice.id}" {fault} for "{text}". Reword the sentence, or choose another voice.'


def entry_points(group: str) -> EntryPoints:
    """Return what is registered in a group; what scans for it is imported here, as `--help` needs none of it."""
    from importlib import metadata

    return metadata.entry_points(group=group)


def _registered() -> dict[str, EntryPoint]:
    """The entry points by engine name, sorted."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        other = found.setdefault(point.name, point)
        if other is not point:
            raise Failed(
                f'Two packages register a voice engine "{point.name}": {_origin(other)} and {_origin(point)}. '
                "Uninstall one of them."
            )
    if _DEFAULT_ENGINE not in found:
        raise MissingError(
            "voiceguide is not installed here, so its voices cannot be found. "
            "Run it with scripts/voiceguide.py, or install it: pip install voiceguide"
        )
    return found


def _origin(point: EntryPoint) -> str:
    return f"{point.dist.name} ({point.value})" if point.dist else point.value


def _load(point: EntryPoint) -> Engine:
    try:
        made: Engine = point.load()()
    except Exception as fault:  # noqa: BLE001 (a third party's code may fail in any way and must not stop the others)
        return _Broken(point.name, f"{_origin(point)} fails to load: {_words(fault)}")
    if made.name != point.name:
        return _Broken(point.name, f'{_origin(point)} calls itself "{made.name}".')
    return made


def _words(fault: BaseException) -> str:
    """An error in one line: a VoiceguideError's message, else its type and words."""
    if isinstance(fault, VoiceguideError):
        return str(fault)
    return f"{type(fault).__name__}: {fault}".replace("\n", " ")


def _voices(each: Engine) -> tuple[tuple[VoiceInfo, ...], str | None]:
    """An engine's voices, or none and why."""
    try:
        return each.voices(), None
    except Exception as fault:  # noqa: BLE001 (one engine's fault must not hide the others' voices)
        return (), _words(fault)


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
