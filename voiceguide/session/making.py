"""Making: the one way from words to a mix. A `Booth` has the takes' cache and the narrator open while one is made."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.choices import Levels, argument
from voiceguide.choices.kinds import Number
from voiceguide.session import speakable
from voiceguide.session.composing import END, silent
from voiceguide.session.filling import calibration
from voiceguide.session.narration import drafted, heard, narrated
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound import bed as beds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from voiceguide.session.composing import Progress, Session, Warn
    from voiceguide.session.drafting import Draft
    from voiceguide.session.narrate import Narrator
    from voiceguide.sound.mix import Mix, Under
    from voiceguide.sound.settle import Settling
    from voiceguide.sound.source import Bed, Held
    from voiceguide.store.cache import Cache
    from voiceguide.text.utterance import Piece
    from voiceguide.timeline import Clip, Timeline
    from voiceguide.voices import Voice

THREADS = Number(1, 1024, "N", whole=True)
WORDLESS = ("press", "release")
"""Sounds that come with a word or alone."""
WORDLESS_DB = 3.0
"""How much louder one is that comes alone: over a bed it is all there is to go by."""
BED_FADE = 3.0
"""Seconds in which the bed comes in, and in which it goes at least."""
LINGER_FADED = 0.8
"""The share of what sounds after the end sound in which the bed goes."""


class Means(NamedTuple):
    """What making takes, and whom it tells."""

    warn: Warn | None = None
    progress: Progress | None = None
    threads: int | None = None
    """None is one a core."""

    @classmethod
    def of(cls, warn: Warn | None, progress: Progress | None, threads: int | None) -> Means:
        """Take what was given. Raises UsageError for a number of threads that nothing can be done with."""
        return cls(warn, progress, None if threads is None else argument("threads", THREADS, threads))


@dataclass(frozen=True, slots=True)
class Booth:
    """A narrator, and the cache that its takes and all other sounds lie in, for as long as they are needed."""

    narrator: Narrator
    cache: Cache

    def mix(
        self,
        clips: Iterable[Clip],
        duration: float,
        pieces: Iterable[Piece],
        found: Callable[[str], Path],
        under: Under | None = None,
        *,
        gain_db: float = 0.0,
        clip_db: Callable[[Clip], float] = lambda _: 0.0,
    ) -> Mix:
        """Return clips as sound: the takes of `pieces`, and the sounds they name, `found` where their files are."""
        from voiceguide.sound.mix import Mix

        laid = tuple(clips)
        takes = self.narrator.takes(pieces)
        return Mix(laid, duration, takes, self._sounds(laid, found), under, gain_db=gain_db, clip_db=clip_db)

    def _sounds(self, clips: tuple[Clip, ...], found: Callable[[str], Path]) -> dict[str, Held]:
        from voiceguide.sound import chimes
        from voiceguide.sound.source import Held

        loaded: dict[str, chimes.Chime] = {}
        for key, sound, fitted in sorted({(c.key, c.sound, c.fitted or ()) for c in clips if c.track == "chime"}):
            if sound:
                kept = chimes.fitted(*fitted, self.cache) if fitted else None
                loaded[key] = kept or chimes.kept(found(sound), sound, self.cache)
        return {key: Held(chime.samples, chime.key) for key, chime in loaded.items()}


@contextmanager
def booth(voice: Voice, language: str, means: Means, *, room: bool = False) -> Iterator[Booth]:
    """Open the cache where the user keeps it, and a narrator of a voice."""
    from voiceguide.session.narrate import Narrator
    from voiceguide.store.cache import Cache, default_folder

    def tell(done: int, total: int) -> None:
        if means.progress:
            means.progress("speaking", done, total)

    reference = calibration(language)
    with Cache(default_folder(), warn=means.warn or silent) as cache:
        narrator = Narrator(voice, cache, calibration=reference, room=room, threads=means.threads, progress=tell)
        yield Booth(narrator, cache)


class Ground(NamedTuple):
    """A session's bed, loaded before anything is spoken."""

    session: Session
    bed: Bed

    @property
    def level_db(self) -> float:
        """LU of the bed in the pauses, from the voice."""
        chosen = self.session.choices.bed_level
        return beds.LEVEL_DB if chosen is None else chosen

    @property
    def depth_db(self) -> float:
        """How far it steps back for words."""
        return min(max(self.level_db - beds.UNDER_SPEECH_DB, 0.0), beds.DEEPEST_DB)

    def under(self, timeline: Timeline, settling: Settling) -> Under:
        """Lay it under a timeline."""
        from voiceguide.sound.duck import Ducking
        from voiceguide.sound.mix import Under

        choices = self.session.choices
        ends = [clip.end for clip in timeline.on("chime") if clip.sound == END]
        linger = timeline.duration - ends[-1] if ends else 0.0
        fade_out = max(BED_FADE, linger * LINGER_FADED) if choices.closing else BED_FADE
        ducking = Ducking(timeline.clips, self.depth_db)
        return Under(self.bed, self.level_db, ducking, BED_FADE, fade_out, settling.bed_db)


def ground(session: Session, cache: Cache) -> Ground | None:
    """Load what a session sounds with beside its voice; None where no bed is.

    Raises RoutineError for words that its voice cannot say, and Failed.
    """
    speakable.check(session)
    session.check_sounds()
    return Ground(session, beds.load(session.bed.path, cache)) if session.bed else None


class Mixed(NamedTuple):
    """A session that is spoken and laid out: what is heard, and what of it lies where."""

    mix: Mix
    timeline: Timeline
    cache: Cache
    """It holds the takes."""


def turned(session: Session, timeline: Timeline, settling: Settling) -> Callable[[Clip], float]:
    """Return by how many dB each clip of a session is turned."""
    words = {(clip.role, clip.start) for clip in timeline.on("narration")}

    def gain_db(clip: Clip) -> float:
        if clip.track == "narration":
            return settling.voice_db(clip)
        alone = clip.role in WORDLESS and (clip.role, clip.start) not in words
        return session.chime_db + (WORDLESS_DB if alone else 0.0)

    return gain_db


@contextmanager
def mixed(
    session: Session, means: Means, *, levels: Levels | None = None, without_voice: bool = False
) -> Iterator[Mixed]:
    """Speak what a session says and lay it out; its sounds are there until the end of the block."""
    levels = levels or Levels()
    with booth(session.voice, session.language, means, room=levels.room) as opened:
        bed = ground(session, opened.cache)
        final = narrated(session, opened.narrator, drafted(session, opened.narrator))
        timeline = session.timeline(final, estimated=False)
        clips = tuple(clip for clip in timeline.clips if not (without_voice and clip.track == "narration"))
        mix = laid(opened, bed, final, timeline, session, levels, clips)
        yield Mixed(mix, timeline, opened.cache)


def laid(
    opened: Booth,
    bed: Ground | None,
    draft: Draft,
    timeline: Timeline,
    session: Session,
    levels: Levels,
    clips: tuple[Clip, ...],
) -> Mix:
    """Return some clips of a timeline as sound, each as loud, and over the bed, as it is among all of them."""
    from voiceguide.sound.settle import Settling

    settling = Settling(timeline, levels.settle)
    return opened.mix(
        clips,
        timeline.duration,
        heard(clips, draft.script),
        session.sound,
        bed.under(timeline, settling) if bed else None,
        gain_db=levels.loudness - VOICE_LUFS,
        clip_db=turned(session, timeline, settling),
    )
