"""Narrate: speak every distinct sentence once, in threads and through the cache, and make takes of pieces.

Two levels are cached. A sentence is what the voice said, cut to its sound; its length is all a plan needs. A take is a
piece's sentences with their pauses, levelled and limited, ready for the mix. Audio is held a piece at a time.
Imports numpy, soxr and pydub (by `sound.clip`) only where something is spoken or levelled.
"""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from voiceguide.errors import Failed
from voiceguide.installed import cores
from voiceguide.session.filling import CALIBRATION, lacking, refusal
from voiceguide.sound import CONDITIONING
from voiceguide.sound.takes import SHORTEST_LEVELLED, Recipe, Take, digest
from voiceguide.text.pronouncing import plain
from voiceguide.timeline import SAMPLE_RATE
from voiceguide.voices import lasts_long_enough

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

    from voiceguide.store.cache import Cache
    from voiceguide.store.entries import Entry
    from voiceguide.text.utterance import Piece, Sentence
    from voiceguide.voices import Voice

_TICK_SECONDS = 0.1
"""How often the watchdog looks, and Ctrl-C is heard on Windows."""
_FAREWELL_SECONDS = 2.0
"""How long work that is no longer wanted may take to come to its end: more than a sentence takes, unless it hangs."""

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def time_limit(estimate: float) -> float:
    """Return how many seconds a voice may take over a sentence that lasts `estimate` seconds.

    A neural voice takes as long as its sentence on one core, and many times that where others are at work.
    """
    return max(60.0, 40.0 * estimate)


class Said(NamedTuple):
    """What was spoken anew, and how quickly."""

    seconds: float
    """Of speech."""
    pace: float | None
    """Seconds that a second of speech takes where all speakers are at it, by the quickest; None before the first."""


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
        self._threads = threads or cores()
        self._speakers = min(self._threads, getattr(voice, "at_once", None) or self._threads)
        self._saying = threading.BoundedSemaphore(self._speakers)
        self._watchdog = watchdog
        self._progress = progress
        self._entries: dict[str, Entry] = {}
        self._pacing = threading.Lock()
        self._said = Said(0.0, None)

    @property
    def said(self) -> Said:
        """What was spoken anew so far."""
        return self._said

    def known_lengths(self, sentences: Iterable[Sentence]) -> dict[str, float]:
        """Return the seconds of the sentences that are cached, by their spoken text; speaks nothing."""
        return {text: _seconds(entry) for text, entry in self._cached(s.spoken for s in sentences).items()}

    def lengths(self, sentences: Iterable[Sentence]) -> dict[str, float]:
        """Return the seconds of every sentence, by its spoken text; speaks what is not cached.

        Raises Failed, naming the sentence and the voice, when the voice fails, hangs, or gives what is no speech, and
        MissingError with all that a voice of recordings lacks, before anything is spoken.
        """
        return {text: _seconds(entry) for text, entry in self._spoken(s.spoken for s in sentences).items()}

    def in_turn(self, stretches: Iterable[Iterable[Sentence]]) -> Iterator[dict[str, float]]:
        """Yield the lengths of one stretch of sentences after the other, each once it is spoken; raises as `lengths`.

        All are spoken in one go, in their order: what comes later is begun while what came is looked at. By its
        calibration, spoken with them, a voice's first take that is too short to be measured gets its level at once.
        """
        wanted = [tuple(dict.fromkeys(sentence.spoken for sentence in said)) for said in stretches]
        for at, texts in enumerate(wanted):
            if any(self._voice.estimate(text) < SHORTEST_LEVELLED for text in texts):
                wanted[at] = (*texts, self._calibration)
                break
        every = tuple(dict.fromkeys(text for texts in wanted for text in texts))
        found = {text: _seconds(entry) for text, entry in self._cached(every).items()}
        with closing(self._speaking([text for text in every if text not in found])) as speaking:
            for texts in wanted:
                while any(text not in found for text in texts):
                    text, entry = next(speaking)
                    found[text] = _seconds(entry)
                yield {text: found[text] for text in texts}

    def sayable(self, sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
        """Return those of some sentences that the voice can say: all, but for a voice of recordings."""
        wanted = tuple(sentences)
        lacks = set(lacking(self._voice, (sentence.spoken for sentence in wanted)))
        return tuple(sentence for sentence in wanted if sentence.spoken not in lacks) if lacks else wanted

    def refuse_lacking(self, sentences: Iterable[Sentence]) -> None:
        """Raise MissingError, listing them all, where the voice cannot say some sentences, or lacks its calibration."""
        self._refuse((self._calibration, *(sentence.spoken for sentence in sentences)))

    def _refuse(self, texts: Iterable[str]) -> None:
        if lacks := lacking(self._voice, texts):
            raise refusal(self._voice, lacks)

    def takes(self, pieces: Iterable[Piece]) -> dict[str, Take]:
        """Return the take of every piece, by the piece's key; raises Failed as `lengths` does."""
        wanted = {piece.key: piece for piece in pieces}
        spoken = self._spoken(sentence.spoken for piece in wanted.values() for sentence in piece.sentences)
        sources = {name: self._source(piece, spoken) for name, piece in wanted.items()}
        made: dict[str, Take] = {}
        missing: list[tuple[str, Recipe]] = []
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

    def _source(self, piece: Piece, spoken: dict[str, Entry]) -> Recipe:
        """Return what a piece's take is made of."""
        entries = tuple(spoken[sentence.spoken] for sentence in piece.sentences)
        spans = piece.offsets(lambda sentence: _seconds(spoken[sentence.spoken]))
        short = spans[-1][1] < SHORTEST_LEVELLED
        reference = self._spoken([self._calibration])[self._calibration] if short else None
        return Recipe(entries, piece.gaps, spans, reference, self._room)

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
        with closing(self._speaking([text for text in distinct if text not in found])) as speaking:
            for _ in speaking:
                pass
        return {text: self._entries[text] for text in distinct}

    def _speaking(self, missing: Sequence[str]) -> Generator[tuple[str, Entry]]:
        """Speak sentences, begun in their order, and yield each as it is done."""
        self._refuse(missing)
        with closing(_in_threads(missing, self._say, self._speakers, self._overdue)) as done:
            for count, (text, payload) in enumerate(done, 1):
                facts = {"frames": len(payload) // 2, "digest": hashlib.sha256(payload).hexdigest()}
                self._entries[text] = self._cache.put("sentences", self._sentence_key(text), payload, facts)
                if self._progress is not None:
                    self._progress(count, len(missing))
                yield text, self._entries[text]

    def _say(self, text: str) -> bytes:
        """Speak a sentence and return its clip's samples."""
        from voiceguide.sound.clip import condition

        try:
            with self._saying:
                begun = time.monotonic()
                said = self._voice.say(text)
            clip = condition(said)
            took = time.monotonic() - begun
        except ValueError as error:
            raise Failed(
                f'The voice "{self._voice.id}" gave no speech for "{plain(text)}": {error}. '
                "Reword the sentence, or choose another voice."
            ) from error
        lasts = clip.frame_count() / SAMPLE_RATE
        lasts_long_enough(lasts, text, self._voice)
        with self._pacing:
            pace = took / lasts / self._speakers
            self._said = Said(self._said.seconds + lasts, min(pace, self._said.pace or pace))
        return bytes(clip.raw_data)

    def _overdue(self, text: str, seconds: float) -> None:
        """Raise Failed when a sentence has been in the making for too long."""
        most = self._watchdog(self._voice.estimate(text))
        if seconds > most:
            raise Failed(
                f'The voice "{self._voice.id}" hangs: "{plain(text)}" was not spoken within {most:.3g} s. '
                "Try again, reword the sentence, or choose another voice."
            )

    def _sentence_key(self, text: str) -> str:
        return digest("sentence", CONDITIONING, self._voice.fingerprint, text)


def _in_threads(
    jobs: Sequence[_Job],
    work: Callable[[_Job], _Result],
    threads: int,
    watch: Callable[[_Job, float], None] | None = None,
) -> Generator[tuple[_Job, _Result]]:
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
