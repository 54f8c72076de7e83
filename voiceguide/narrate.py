"""Narrate: speak every distinct sentence once, in threads and through the cache, and make takes of pieces.

Two levels are cached. A sentence is what the voice said, cut to its sound; its length is all a plan needs. A take is a
piece's sentences with their pauses, levelled and limited, ready for the mix. Audio is held a piece at a time.
Imports numpy, soxr and pydub (by `sound.clip`) only where something is spoken or levelled.
"""

from __future__ import annotations

import hashlib
import math
import os
import queue
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from voiceguide.errors import Failed, MissingError
from voiceguide.sound import CONDITIONING, VOICE_LUFS
from voiceguide.timeline import SAMPLE_RATE
from voiceguide.voices import checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from pydub import AudioSegment

    from voiceguide.cache import Cache, Entry
    from voiceguide.utterance import Piece, Sentence
    from voiceguide.voices import Voice

CALIBRATION = "Let both hands glide slowly up the back, and rest them for a moment on the shoulders."
"""Spoken once a voice: takes too short to be measured get the gain that this sentence needs."""

SHORTEST_LEVELLED = 1.5
"""Seconds; fewer blocks of loudness than this holds say little about a level."""

CEILING_DBTP = -3.0
"""Leaves room for a chime under the voice, and for what the encoder adds."""

_LEVELLING = 2
"""Version of how a take is made of its sentences; part of every take's key."""
_LEVEL_TOLERANCE = 0.1
"""LU; the limiter takes a little loudness, which more gain gives back."""
_LEVEL_ROUNDS = 5
"""Sound that is mostly peaks cannot reach the level under the ceiling; it stays as near as this brings it."""
_TICK_SECONDS = 0.1
"""How often the watchdog looks, and Ctrl-C is heard on Windows."""
_FAREWELL_SECONDS = 2.0
"""How long work that is no longer wanted may take to come to its end: more than a sentence takes, unless it hangs."""

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def time_limit(estimate: float) -> float:
    """Return how many seconds a voice may take over a sentence that lasts `estimate` seconds."""
    return max(20.0, 10.0 * estimate)


@dataclass(frozen=True, slots=True)
class Take:
    """A handle on a piece's audio: its samples stay in the cache, and are there until the cache is closed."""

    key: str
    """Names the samples by what they were made of: equal keys, equal audio."""
    path: Path
    offset: int
    """Where the samples start in the file, in bytes."""
    frames: int
    sentences: tuple[tuple[float, float], ...]
    """(start, end) of each sentence in seconds from the take's start."""
    gain_db: float
    """What the voice's own level was raised by."""
    sample_rate: int = SAMPLE_RATE
    """Hz."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.frames / self.sample_rate

    def samples(self) -> NDArray[np.int16]:
        """Map the samples, shape (frames, 1), full scale 32768; the voice is heard on both channels at this level."""
        import numpy as np

        return np.memmap(self.path, dtype="<i2", mode="r", offset=self.offset, shape=(self.frames, 1))

    def energies(self) -> NDArray[np.float32]:
        """Map the K-weighted power of every 10 ms (see `sound.loudness.energies`)."""
        import numpy as np

        from voiceguide.sound.loudness import ENERGIES_PER_SECOND

        count = math.ceil(self.frames * ENERGIES_PER_SECOND / self.sample_rate)
        offset = self.offset + _padded(2 * self.frames)
        return np.memmap(self.path, dtype="<f4", mode="r", offset=offset, shape=(count,))


class Narrator:
    """Speaks with one voice, through one cache."""

    def __init__(
        self,
        voice: Voice,
        cache: Cache,
        *,
        calibration: str = CALIBRATION,
        room: bool = False,
        threads: int | None = None,
        watchdog: Callable[[float], float] = time_limit,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Prepare to speak.

        `calibration` is a sentence of some seconds in the voice's language; `room` puts a small warm room around the
        takes, which ring on a little after their words; `threads` are as many as there are cores unless given;
        `watchdog` maps a sentence's estimate to the seconds it may take; `progress` is told (done, total) after each
        sentence spoken anew.
        """
        self._voice = voice
        self._cache = cache
        self._calibration = calibration
        self._room = room
        self._threads = threads or os.cpu_count() or 1
        self._watchdog = watchdog
        self._progress = progress
        self._entries: dict[str, Entry] = {}

    def known_lengths(self, sentences: Iterable[Sentence]) -> dict[str, float]:
        """Return the seconds of the sentences that are cached, by their spoken text; speaks nothing."""
        return {text: _seconds(entry) for text, entry in self._cached(s.spoken for s in sentences).items()}

    def lengths(self, sentences: Iterable[Sentence]) -> dict[str, float]:
        """Return the seconds of every sentence, by its spoken text; speaks what is not cached.

        Raises Failed, naming the sentence and the voice, when the voice fails, hangs, or gives what is no speech.
        """
        return {text: _seconds(entry) for text, entry in self._spoken(s.spoken for s in sentences).items()}

    def takes(self, pieces: Iterable[Piece]) -> dict[str, Take]:
        """Return the take of every piece, by the piece's key; raises Failed as `lengths` does."""
        wanted = {piece.key: piece for piece in pieces}
        spoken = self._spoken(sentence.spoken for piece in wanted.values() for sentence in piece.sentences)
        sources = {name: self._source(piece, spoken) for name, piece in wanted.items()}
        made: dict[str, Take] = {}
        missing: list[tuple[str, _Source]] = []
        for name, source in sources.items():
            entry = self._cache.get("takes", source.key)
            if entry is None:
                missing.append((name, source))
            else:
                made[name] = source.take(entry)
        for (name, source), mixed in _in_threads(missing, lambda job: job[1].mixed(), self._threads):
            facts = {"frames": mixed.frames, "gain_db": mixed.gain_db}
            entry = self._cache.put("takes", source.key, mixed.payload, facts)
            made[name] = source.take(entry)
        return {name: made[name] for name in wanted}

    def _source(self, piece: Piece, spoken: dict[str, Entry]) -> _Source:
        """Return what a piece's take is made of."""
        entries = tuple(spoken[sentence.spoken] for sentence in piece.sentences)
        spans = piece.offsets(lambda sentence: _seconds(spoken[sentence.spoken]))
        short = spans[-1][1] < SHORTEST_LEVELLED
        reference = self._spoken([self._calibration])[self._calibration] if short else None
        return _Source(entries, piece.gaps, spans, reference, self._room)

    def _cached(self, texts: Iterable[str]) -> dict[str, Entry]:
        """The entries of the sentences that are cached, in the order of their first mention."""
        found: dict[str, Entry] = {}
        for text in dict.fromkeys(texts):
            entry = self._entries.get(text) or self._cache.get("sentences", self._sentence_key(text))
            if entry is not None:
                found[text] = self._entries[text] = entry
        return found

    def _spoken(self, texts: Iterable[str]) -> dict[str, Entry]:
        """The entries of sentences, in the order of their first mention, spoken where they are missing."""
        distinct = tuple(dict.fromkeys(texts))
        found = self._cached(distinct)
        missing = [text for text in distinct if text not in found]
        done = _in_threads(missing, self._say, self._threads, self._overdue)
        for count, (text, payload) in enumerate(done, 1):
            facts = {"frames": len(payload) // 2, "digest": hashlib.sha256(payload).hexdigest()}
            self._entries[text] = self._cache.put("sentences", self._sentence_key(text), payload, facts)
            if self._progress is not None:
                self._progress(count, len(missing))
        return {text: self._entries[text] for text in distinct}

    def _say(self, text: str) -> bytes:
        """Speak a sentence and return its clip's samples; the engine's faults become Failed."""
        from voiceguide.sound.clip import condition

        try:
            audio = self._voice.say(text)
        except MissingError:
            raise
        except Exception as error:  # an engine is a third party's code and may fail in any way
            if isinstance(error, Failed) and text in str(error) and self._voice.id in str(error):
                raise
            reason = str(error) if isinstance(error, Failed) else f"{type(error).__name__}: {error}"
            raise Failed(
                f'The voice "{self._voice.id}" could not speak "{text}": {reason} '
                "Try again, reword the sentence, or choose another voice."
            ) from error
        try:
            clip = condition(checked(audio, text, self._voice))
        except ValueError as error:
            raise Failed(
                f'The voice "{self._voice.id}" gave no speech for "{text}": {error}. '
                "Reword the sentence, or choose another voice."
            ) from error
        return bytes(clip.raw_data)

    def _overdue(self, text: str, seconds: float) -> None:
        """Raise Failed when a sentence has been in the making for too long."""
        most = self._watchdog(self._voice.estimate(text))
        if seconds > most:
            raise Failed(
                f'The voice "{self._voice.id}" hangs: "{text}" was not spoken within {most:.3g} s. '
                "Try again, reword the sentence, or choose another voice."
            )

    def _sentence_key(self, text: str) -> str:
        return _digest("sentence", CONDITIONING, self._voice.fingerprint, text)


@dataclass(frozen=True, slots=True)
class _Source:
    """What a take is made of: cached sentences, their places, and where its gain comes from."""

    sentences: tuple[Entry, ...]
    gaps: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]
    reference: Entry | None
    """The calibration sentence, for a take too short to be measured."""
    room: bool

    @property
    def key(self) -> str:
        """Made of the sentences' audio, not their words: a sentence spoken anew makes a new take."""
        reference = None if self.reference is None else self.reference.meta["digest"]
        parts = tuple(entry.meta["digest"] for entry in self.sentences)
        return _digest("take", _LEVELLING, parts, tuple(round(gap, 6) for gap in self.gaps), reference, self.room)

    def take(self, entry: Entry) -> Take:
        """Return the handle on the take that an entry holds."""
        frames, gain_db = int(entry.meta["frames"]), float(entry.meta["gain_db"])
        return Take(self.key, entry.path, entry.offset, frames, self.spans, gain_db)

    def mixed(self) -> _Mixed:
        """Make the take."""
        from voiceguide.sound.clip import clip_from, stitch, to_int16
        from voiceguide.sound.loudness import energies, integrated

        plain = self._placed(stitch([clip_from(entry.read()) for entry in self.sentences], self.gaps))
        if self.reference is None:
            raised = _levelled(plain)
        else:
            spoken = self._placed(clip_from(self.reference.read()))
            gain_db = VOICE_LUFS - integrated(energies(spoken, SAMPLE_RATE))
            raised = _raised(plain, energies(plain, SAMPLE_RATE), gain_db)
        samples = to_int16(raised.samples).tobytes()
        padding = bytes(_padded(len(samples)) - len(samples))
        payload = b"".join((samples, padding, raised.powers.astype("<f4").tobytes()))
        return _Mixed(payload, len(raised.samples), raised.gain_db)

    def _placed(self, clip: AudioSegment) -> NDArray[np.float32]:
        """A clip's samples (frames, 1), in the room where one is asked for."""
        from voiceguide.sound.clip import samples_of
        from voiceguide.sound.room import in_room

        return in_room(samples_of(clip)) if self.room else samples_of(clip)


@dataclass(frozen=True, slots=True)
class _Mixed:
    """A take on its way to the cache."""

    payload: bytes
    """16-bit samples, and from the next multiple of 4 bytes on the energies as 32-bit floats."""
    frames: int
    gain_db: float


class _Raised(NamedTuple):
    """Samples (frames, 1) with a gain, under the voice's ceiling."""

    samples: NDArray[np.float32]
    powers: NDArray[np.float64]
    """Their K-weighted power, every 10 ms."""
    gain_db: float


def _levelled(plain: NDArray[np.float32]) -> _Raised:
    """Return samples (frames, 1) at the voice's loudness and under its ceiling."""
    from voiceguide.sound.loudness import energies, integrated

    powers = energies(plain, SAMPLE_RATE)
    gain_db = VOICE_LUFS - integrated(powers)
    for _ in range(_LEVEL_ROUNDS):
        raised = _raised(plain, powers, gain_db)
        missing_db = VOICE_LUFS - integrated(raised.powers)
        if abs(missing_db) < _LEVEL_TOLERANCE:
            break
        gain_db += missing_db
    return raised


def _raised(plain: NDArray[np.float32], powers: NDArray[np.float64], gain_db: float) -> _Raised:
    """Return samples (frames, 1) of known powers with a gain, under the voice's ceiling."""
    import numpy as np

    from voiceguide.sound.limit import limit
    from voiceguide.sound.loudness import energies

    loud = plain * np.float32(10 ** (gain_db / 20))
    limited = limit(loud, SAMPLE_RATE, CEILING_DBTP)
    # Most takes stay under the ceiling, and their powers grow with the gain.
    raised = powers * 10 ** (gain_db / 10) if limited is loud else energies(limited, SAMPLE_RATE)
    return _Raised(limited, raised, gain_db)


def _in_threads(
    jobs: Sequence[_Job],
    work: Callable[[_Job], _Result],
    threads: int,
    watch: Callable[[_Job, float], None] | None = None,
) -> Iterator[tuple[_Job, _Result]]:
    """Yield each job and its result as they are done; a worker's error is raised here, and ends the others.

    `watch` is told every running job and its seconds so far, and may raise. The threads are daemons: one that hangs
    keeps neither this call nor the process. The others have ended when this ends: a process that leaves while a thread
    is inside an engine's library may be aborted by it.
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, Any, BaseException | None]] = queue.SimpleQueue()
    begun: dict[int, float] = {}
    stop = threading.Event()
    for index in range(len(jobs)):
        waiting.put(index)

    def run() -> None:
        while not stop.is_set():
            try:
                index = waiting.get_nowait()
            except queue.Empty:
                return
            begun[index] = time.monotonic()
            try:
                result, error = work(jobs[index]), None
            except BaseException as fault:  # noqa: BLE001 (raised where the results are read)
                result, error = None, fault
                stop.set()
            del begun[index]
            done.put((index, result, error))

    workers = [threading.Thread(target=run, name="narrate", daemon=True) for _ in range(min(threads, len(jobs)))]
    try:
        for worker in workers:
            worker.start()
        for _ in jobs:
            while True:
                if watch is not None:
                    now = time.monotonic()
                    for index, since in begun.copy().items():
                        watch(jobs[index], now - since)
                try:
                    index, result, error = done.get(timeout=_TICK_SECONDS)
                    break
                except queue.Empty:
                    continue
            if error is not None:
                raise error
            yield jobs[index], result
    finally:
        stop.set()
        until = time.monotonic() + _FAREWELL_SECONDS
        for worker in workers:
            if worker.ident is not None:
                worker.join(max(0.0, until - time.monotonic()))


def _seconds(sentence: Entry) -> float:
    return float(sentence.meta["frames"]) / SAMPLE_RATE


def _padded(size: int) -> int:
    """Bytes up to where the energies can be mapped."""
    return -(-size // 4) * 4


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
