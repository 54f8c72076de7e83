"""Streaming: a session is heard while the rest of it is spoken, laid out and encoded.

It lasts exactly what is told of it before a word is spoken: a total that its listener or its routine asks for, else the
estimated one in whole steps of five seconds. What is said is then decided by estimates alone, and each slot by what has
been said up to it (`planning.totals.in_turn`), so that nothing that has sounded can change. Words are spoken in the
order of hearing, and a plan by what is measured so far is certain up to the chapter that is spoken next.
"""

from __future__ import annotations

from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from functools import partial
from math import ceil
from threading import Condition, Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.choices import Label, Levels, Options, argument
from voiceguide.choices.kinds import Lengths
from voiceguide.errors import RoutineError, UsageError
from voiceguide.installed import cores
from voiceguide.session import finishing
from voiceguide.session.making import Means, booth, ground, laid
from voiceguide.session.narration import begin, by_estimate, drafted, everything, measured, narrated, sentences, unsaid
from voiceguide.session.pacing import Due, hold
from voiceguide.session.writing import target
from voiceguide.sound.duck import Ducking
from voiceguide.store.cache import Shelf
from voiceguide.store.files import whole
from voiceguide.store.growing import ClosedError
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.exports.mp3.streaming import Mp3Stream
    from voiceguide.session.composing import Session
    from voiceguide.session.drafting import Draft
    from voiceguide.session.making import Booth, Ground
    from voiceguide.sound.mix import Mix
    from voiceguide.sound.source import Quiet
    from voiceguide.store.cache import Cache
    from voiceguide.text.utterance import Sentence
    from voiceguide.timeline import Clip, Timeline

    Lag = Callable[[Timeline, float], float]

STEP = 5.0
"""Seconds, of which a total is a multiple where nobody asked for one."""
_GUARD = SAMPLE_RATE // 50
"""Sample frames: the bed's gain is drawn straight between moments 10 ms apart."""


def exactly(session: Session) -> Session:
    """Return the session in an exact total: as it is asked for, else its estimated one, rounded up to STEP.

    It is the one that is rendered with that total as its length. Where the steps stretch to none, it stays as it is.
    Raises RoutineError and UsageError as its draft does.
    """
    if session.drafting.total is not None:
        return session
    total = ceil(by_estimate(session).layout.duration / STEP - 1e-9) * STEP
    exact = session.in_length(replace(session.choices, length=argument("length", Lengths(), total)))
    try:
        by_estimate(exact)
    except (RoutineError, UsageError):
        return session
    return exact


class Known(NamedTuple):
    """What is known of a session while it is made."""

    mix: Mix
    timeline: Timeline
    until: int
    """How many sample frames are certain."""
    word: bool = False
    """Whether a word begins there, within _GUARD."""

    @property
    def quiet(self) -> Sequence[Quiet]:
        """Where only a loop sounds; nowhere behind a word that is not in the mix yet."""
        if not self.word:
            return self.mix.quiet
        last = self.until + _GUARD
        return [replace(span, stop=min(span.stop, last)) for span in self.mix.quiet if span.start < last]


class Unfolding:
    """A session's samples while it is made (`sound.source.Unfolding`), with its timeline as far as it is certain."""

    def __init__(self, known: Known) -> None:
        self.frames = known.mix.frames
        self.fault: BaseException | None = None
        self._known = known
        self.asked = Event()
        """Whether somebody has waited for more than was certain at first: until then nothing else is to be done."""
        self._change = Condition()

    @property
    def mix(self) -> Mix:
        """Its sound, as far as it is known."""
        return self._known.mix

    @property
    def timeline(self) -> Timeline:
        """Its timeline, as far as it is known."""
        return self._known.timeline

    @property
    def until(self) -> int:
        """Behind the last sample frame that is certain."""
        return self._known.until

    @property
    def edge(self) -> tuple[int, bool]:
        """`until`, and whether something sounds there."""
        return self._known.until, self._known.word

    @property
    def quiet(self) -> Sequence[Quiet]:
        """Where only a loop sounds."""
        return self._known.quiet

    @property
    def starts(self) -> list[int]:
        """Sample frames at which chapters start."""
        return [round(chapter.start * SAMPLE_RATE) for chapter in self.timeline.chapters]

    @property
    def certain(self) -> float:
        """Seconds up to which the timeline and the sound are as they will be."""
        return self.timeline.duration if self.until >= self.frames else self.until / SAMPLE_RATE

    def block(self, start: int, frames: int) -> NDArray[np.float32]:
        """Return frames [start, start + frames), all of which are certain."""
        return self.mix.block(start, frames)

    def key(self, start: int, stop: int) -> bytes:
        """Return what is equal for two ranges only where every sample is."""
        return self.mix.key(start, stop)

    def wait(self, until: int) -> None:
        """Wait until more than that is certain. Raises what keeps it from ever being so."""
        self.asked.set()
        with self._change:
            self._change.wait_for(lambda: self.until > until or self.fault is not None)
            if self.until <= until and self.fault is not None:
                raise self.fault

    def grow(self, known: Known) -> None:
        """Take what is known by now."""
        with self._change:
            if known.until >= self.until:
                self._known = known
            self._change.notify_all()

    def fail(self, fault: BaseException) -> None:
        """Tell who waits that no more will come."""
        with self._change:
            self.fault = self.fault or fault
            self._change.notify_all()
        self.asked.set()


class _Making(NamedTuple):
    """What a session is made with."""

    session: Session
    opened: Booth
    bed: Ground | None
    levels: Levels
    over: Event
    """Set once nobody wants it any more."""
    lag: Lag | None = None
    """What it is heard through; None where its samples are."""

    def unfold(self) -> Generator[Known]:
        """Speak in the order of hearing, and yield what is known after each stretch of it (see `Unfolding.grow`).

        Where nothing is left to speak, that is all at once; and where the session has no exact total, or its levels
        hang on where its last step begins, nothing is certain before all is spoken.
        """
        session, narrator = self.session, self.opened.narrator
        draft = drafted(session, narrator)
        if session.drafting.total is None:
            yield self._known(narrated(session, narrator, draft))
            return
        begin(session, narrator, draft)
        wanted = narrator.sayable(everything(session, draft).values())
        spoken = narrator.known_lengths(wanted)
        if len(spoken) < len(wanted) and not self.levels.settle:
            yield from self._in_turn(draft, spoken)
        yield self._known(measured(session, narrator.lengths(wanted), draft))

    def _in_turn(self, draft: Draft, spoken: dict[str, float]) -> Generator[Known]:
        """Speak one stretch after the other, and yield what is known by then wherever more is to be spoken."""
        session, narrator = self.session, self.opened.narrator
        script = session.drafting.written(draft)
        beginnings = script.beginnings()
        in_order = [narrator.sayable(sentences(said).values()) for said in (*beginnings, *script.stretches()[1:])]
        lengths = narrator.in_turn(in_order)
        known, has_begun = frozenset(spoken), False
        for number, (lasts, following) in enumerate(zip(lengths, (*in_order[1:], ()), strict=True), 1):
            spoken |= lasts
            if all(sentence.spoken in spoken for sentence in following):
                continue
            part = measured(session, spoken, draft)
            if not has_begun:
                hold(self._dues(part, spoken, known, in_order), lambda: narrator.said, self.over)
                has_begun = True
            chapter = number - len(beginnings)
            if chapter < 0:
                clip = unsaid(part, spoken)
                yield self._known(part, clip.start if clip else part.layout.chapters[1].start, clip)
            else:
                # A slot hears of the first words after it: it is certain once those of the next part are spoken.
                yield self._known(part, part.layout.chapters[max(chapter, 1)].start)

    def _dues(
        self, part: Draft, spoken: Mapping[str, float], known: Iterable[str], in_order: Sequence[Sequence[Sentence]]
    ) -> Iterator[Due]:
        """Yield when each stretch must be spoken that is not; `known` are the words that were before all of this."""
        beginnings, starts = len(part.script.beginnings()), part.layout.chapters
        timeline = self.session.timeline(part, estimated=True)
        before, speech = dict.fromkeys(known, 0.0), 0.0
        for number, said in enumerate(in_order):
            clip = unsaid(part, before) if number < beginnings else None
            start = clip.start if clip else starts[max(number - beginnings, 1)].start
            at = self._settled(timeline.clips, start, clip)
            fresh = [sentence.spoken for sentence in said if sentence.spoken not in before]
            before |= dict.fromkeys(fresh, 0.0)
            speech += sum(spoken.get(text) or self.session.voice.estimate(text) for text in fresh)
            if any(text not in spoken for text in fresh):
                yield Due(self.lag(timeline, at) if self.lag else at, speech)

    def _settled(self, clips: Iterable[Clip], certain: float, following: Clip | None) -> float:
        """Return the second up to which the bed is certain, too, where clips are up to one."""
        around = [*(clip for clip in clips if clip.start < certain), *([following] if following else [])]
        return Ducking(around, self.bed.depth_db).settled(certain, said=following is not None) if self.bed else certain

    def _known(self, draft: Draft, certain: float | None = None, following: Clip | None = None) -> Known:
        """Return a draft's sound and timeline, and how many sample frames are certain; None is all.

        `following` are words that begin where it no longer is.
        """
        timeline = self.session.timeline(draft, estimated=certain is not None)
        if certain is None:
            mix = laid(self.opened, self.bed, draft, timeline, self.session, self.levels, timeline.clips)
            return Known(mix, timeline, mix.frames)
        heard = tuple(clip for clip in timeline.clips if clip.start < certain)
        around = replace(timeline, clips=(*heard, following) if following else heard)
        mix = laid(self.opened, self.bed, draft, around, self.session, self.levels, heard)
        settled = self._settled(timeline.clips, certain, following)
        until = max(round(settled * SAMPLE_RATE) - _GUARD, 0)
        return Known(mix, timeline, until, word=following is not None and settled == certain)


@contextmanager
def _making(session: Session, means: Means, levels: Levels, over: Event, lag: Lag | None = None) -> Iterator[_Making]:
    """Open what a session is made with; once it is `over`, whoever speaks is stopped by ClosedError."""

    def tell(stage: str, done: int, total: int) -> None:
        if over.is_set():
            raise ClosedError
        if means.progress:
            means.progress(stage, done, total)

    with booth(session.voice, session.language, means._replace(progress=tell), room=levels.room) as opened:
        yield _Making(session, opened, ground(session, opened.cache), levels, over, lag)


def ahead(
    session: Session, means: Means, *, seconds: float = 60.0, levels: Levels | None = None, over: Event | None = None
) -> None:
    """Speak the first seconds of a session as `streamed` would, so that it sounds sooner; `over` ends it early.

    What that takes, as the voice's model, stays loaded in this process. Raises VoiceguideError.
    """
    session, over = exactly(session), over or Event()
    making = _making(session, means, levels or Levels(), over)
    with suppress(ClosedError), making as made, closing(made.unfold()) as stretches:
        for known in stretches:
            if over.is_set() or known.until >= seconds * SAMPLE_RATE:
                return


@contextmanager
def unfolding(
    session: Session, means: Means, levels: Levels, lag: Lag | None = None
) -> Iterator[tuple[Unfolding, Cache]]:
    """Speak a session in a thread; it begins once its first words are spoken. Raises VoiceguideError.

    `lag` tells of a timeline up to which second it is heard once it is certain up to another.
    """
    over = Event()
    with _making(session, means, levels, over, lag) as making, closing(making.unfold()) as stretches:
        growing = Unfolding(next(stretches))

        def work() -> None:
            growing.asked.wait()
            try:
                for known in stretches:
                    growing.grow(known)
                    if over.is_set():
                        return
            except BaseException as fault:  # noqa: BLE001 (raised where somebody waits for more)
                growing.fail(fault)

        thread = Thread(target=work, name="speaking", daemon=True)
        thread.start()
        try:
            yield growing, making.opened.cache
        finally:
            over.set()
            growing.fail(ClosedError())
            thread.join()


class Streamed(NamedTuple):
    """A session that can be heard from its beginning on while it is made."""

    session: Session
    """In an exact total, where there is one; `session.choices.length` is what a render is asked for the same."""
    unfolding: Unfolding
    """Its timeline, and up to where that is certain."""
    mp3: Mp3Stream
    """Its `file` is read anywhere at any time, and its `layout` tells where in it what lies."""
    cache: Cache
    levels: Levels
    options: Options
    artist: str
    """Who made it; "" where nobody says."""
    cover: bytes | None
    """A picture of its own."""

    def keep(self, path: str | Path, *, overwrite: bool = False) -> Timeline:
        """Wait until the session is whole, and write the file that a render writes, in any format.

        Raises VoiceguideError, and ClosedError where it will never be whole.
        """
        file = target(path, self.options, overwrite=overwrite)
        self.mp3.file.wait()
        timeline = self.unfolding.timeline
        cover = self.cover or finishing.cover(self.session, timeline, self.cache)
        tags = replace(finishing.tags(self.session, timeline, self.levels, artist=self.artist), cover=cover)
        if file.export.suffix == ".mp3" and self.mp3.exact:
            with whole(file.path, overwrite=overwrite) as written:
                self.mp3.copy(written, tags)
        else:
            file.write(self.unfolding.mix, tags, self.cache, Means())
        return timeline


@contextmanager
def streamed(
    session: Session,
    means: Means,
    *,
    levels: Levels | None = None,
    options: Options | None = None,
    label: Label | None = None,
) -> Iterator[Streamed]:
    """Make a session's MP3 in threads, and hand it out as soon as its first words are spoken.

    The finished stream is the rendered file without its cover, where nothing was left to speak. Where something was,
    its tag tells nothing that hangs on it: neither chapters nor words. Raises VoiceguideError.
    """
    from voiceguide.exports.mp3.streaming import Mp3Stream, surely

    levels, options, label = levels or Levels(), options or Options(), label or Label()
    cover, artist = finishing.own_cover(session.routine, label), finishing.author(session.routine, label)
    session = exactly(session)
    with unfolding(session, means, levels, partial(surely, options)) as (growing, cache):
        tags = finishing.tags(session, growing.timeline, levels, artist=artist)
        if growing.timeline.estimated:
            tags = replace(tags, chapters=(), lyrics=(), timeline="")
        mp3 = Mp3Stream(growing, tags, options)

        def work() -> None:
            try:
                mp3.make(threads=means.threads or cores(), store=Shelf(cache, "sections"))
            except BaseException as fault:  # noqa: BLE001 (raised where somebody reads on)
                mp3.file.fail(fault)

        thread = Thread(target=work, name="streaming", daemon=True)
        with mp3.file:
            thread.start()
            try:
                yield Streamed(session, growing, mp3, cache, levels, options, artist, cover)
            finally:
                growing.fail(ClosedError())
                mp3.file.close()
                thread.join()
