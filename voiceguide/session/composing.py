"""Composing: one session of a routine as everything that makes one needs it, from the choices to a timeline.

`session` makes whole sessions of it, and `preview` parts of one. Making a `Session` refuses what can be refused at
once; nothing is spoken before a narrator is asked to.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import phrases, planning, script, voices
from voiceguide.choices import LINGER, Choices, Levels
from voiceguide.errors import UsageError
from voiceguide.installed import generator
from voiceguide.script import SOUND_CODE
from voiceguide.session.drafting import Drafting
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound import bed as beds
from voiceguide.timeline import Choices as TimelineChoices
from voiceguide.timeline import Clip, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from voiceguide.planning import Lengths
    from voiceguide.routine.model import Routine
    from voiceguide.script import Script
    from voiceguide.session.drafting import Draft
    from voiceguide.session.narrate import Narrator
    from voiceguide.sound.mix import Mix, Under
    from voiceguide.sound.settle import Settling
    from voiceguide.sound.source import Held
    from voiceguide.store.cache import Cache
    from voiceguide.tags import Tags
    from voiceguide.text.utterance import Piece, Sentence, Utterance
    from voiceguide.voices import Voice

Progress = Callable[[str, int, int], None]
"""(stage, done, total): stages are `speaking` (sentences) and `encoding` (frames)."""
Warn = Callable[[str], None]

BED_FADE = 3.0
"""Seconds in which the bed comes in, and goes where no end sound does."""
NARRATIONS = 2
"""How often words that depend on the session's length may be spoken again."""


class Mixed(NamedTuple):
    """A session that is spoken and laid out: what is heard, and what of it lies where."""

    mix: Mix
    timeline: Timeline
    cache: Cache
    """It holds the takes."""


class Session:
    """One session of a routine, from its choices on."""

    def __init__(self, routine: Routine, choices: Choices, voice: str | None, pace: int, warn: Warn | None) -> None:
        self.routine = routine
        self.choices = choices
        self.pace = pace
        self.warn = warn or (lambda _: None)
        self.language = choices.language or routine.language
        phrases.load(self.language)  # an unknown language is told before who could speak it
        self.voice: Voice = voices.pick(voice, language=self.language, pace=pace)
        self.bed, self.bed_file = self._bed()
        self.bed_level = _bed_level(choices.bed_level)
        default = LINGER if self.bed else 0.0
        self.linger = default if choices.linger is None else choices.linger
        self.drafting = Drafting(routine, choices, self.linger)
        self._sounds: dict[str, float] | None = None

    def _bed(self) -> tuple[str | None, Path | None]:
        """The bed's name and file: the listener's, else the routine's, else the default; (None, None) for none."""
        asked, folder = self.choices.bed, None
        if asked is None:
            asked, folder = self.routine.bed or beds.DEFAULT, self.routine.folder
        return (None, None) if asked == beds.NONE else (asked, beds.find(asked, folder))

    def under(self, cache: Cache) -> Callable[[Timeline, Settling], Under] | None:
        """Load the bed, and return what lays it under a timeline; None without a bed. Raises Failed."""
        if self.bed_file is None:
            return None
        from voiceguide.sound.duck import Ducking
        from voiceguide.sound.mix import Under

        bed = beds.load(self.bed_file, cache)
        depth = min(max(self.bed_level - beds.UNDER_SPEECH_DB, 0.0), beds.DEEPEST_DB)
        fade_out = max(BED_FADE, self.linger * 0.8) if self.choices.closing else BED_FADE
        level = self.bed_level

        def under(timeline: Timeline, settling: Settling) -> Under:
            return Under(bed, level, Ducking(timeline.clips, depth), BED_FADE, fade_out, settling.bed_db)

        return under

    # -- lengths ---------------------------------------------------------------------------------

    def guessed(self, narrator: Narrator | None) -> Lengths:
        """Lengths without speaking: measured where a sentence is cached, the voice's estimate elsewhere."""
        seen: dict[str, float] = {}

        def of(sentence: Sentence) -> float:
            if sentence.spoken not in seen:
                known = narrator.known_lengths([sentence]) if narrator else {}
                seen[sentence.spoken] = known.get(sentence.spoken) or self.voice.estimate(sentence.spoken)
            return seen[sentence.spoken]

        return planning.Lengths(of, self.sounds(), estimated=True)

    def sounds(self) -> dict[str, float]:
        """Seconds of every sound the routine may use, by name. Raises Failed for one that cannot be read."""
        from voiceguide.sound import chimes

        if self._sounds is None:
            self._sounds = {name: chimes.seconds(chimes.find(name, self.routine.folder)) for name in self._named()}
        return self._sounds

    def _named(self) -> tuple[str, ...]:
        names = list(SOUND_CODE)
        for step in self.routine.every_step:
            names += [step.chime] if step.chime != "none" else []
            names += [cue.chime for cue in step.cues if cue.chime]
        return tuple(dict.fromkeys(names))

    def check_sounds(self) -> None:
        """Load the author's own sounds once, so that a broken one is found before anything is spoken."""
        from voiceguide.sound import chimes

        for name in self.sounds():
            if name not in SOUND_CODE:
                chimes.load(chimes.find(name, self.routine.folder), name)

    # -- sessions -------------------------------------------------------------------------------------

    def estimated(self, narrator: Narrator) -> Timeline:
        """The timeline without speaking."""
        draft = self.drafting.draft(self.guessed(narrator))
        wanted = self._sentences(draft)
        known = narrator.known_lengths(wanted.values())
        if len(known) == len(wanted):
            draft = self.measured(known, draft)
        self.tell(draft)
        return self.timeline(draft, estimated=len(known) < len(wanted))

    def decided(self, narrator: Narrator) -> Draft:
        """A draft by estimate; where that cannot tell whose steps make an asked total, their words are spoken first."""
        draft = self.drafting.draft(self.guessed(narrator))
        for _ in range(2):  # once measured, its minutes may come out otherwise
            full = self.drafting.undecided(self.guessed(narrator))
            if full is None:
                break
            narrator.lengths(sentences(full.utterances()).values())
            draft = self.drafting.draft(self.guessed(narrator))
        return draft

    def narrated(self, narrator: Narrator, draft: Draft) -> Draft:
        """Speak a draft's words and lay it out as they came.

        Where its minutes come out otherwise, the draft is made again as if nothing had ever been estimated, and spoken:
        a render that finds everything spoken makes the same session.
        """
        self.tell(draft)
        for _ in range(NARRATIONS):
            narrator.lengths(self._sentences(draft).values())
            settled = self.drafting.draft(self.guessed(narrator))
            if (settled.figures, settled.script.base) == (draft.figures, draft.script.base):
                break
            draft = settled
        return self.measured(narrator.lengths(self._sentences(draft).values()), draft)

    def _sentences(self, draft: Draft) -> dict[str, Sentence]:
        """Everything to be spoken once the words are filled from a draft's figures, by what is spoken."""
        return sentences(script.write(self.routine, self.choices, draft.script.base, draft.figures).utterances())

    def measured(self, spoken: Mapping[str, float], draft: Draft) -> Draft:
        """Lay a draft's words out again by their measured lengths."""

        def of(sentence: Sentence) -> float:
            # The nearest total to one out of reach may have words that were never spoken: a refusal is near enough.
            return spoken.get(sentence.spoken) or self.voice.estimate(sentence.spoken)

        lengths = planning.Lengths(of, self.sounds())
        return self.drafting.again(draft, lengths)

    def tell(self, draft: Draft) -> None:
        """Warn of what this session had better not be."""
        if self.bed == beds.MASKS_BOWLS:
            self.warn(f"--bed: {beds.MASKING}" if self.choices.bed else beds.MASKING)
        for warning in draft.warnings:
            self.warn(str(warning))

    def timeline(self, draft: Draft, *, estimated: bool) -> Timeline:
        """A draft's layout with the session's facts."""
        written, layout, choices = draft.script, draft.layout, self.choices
        return Timeline(
            generator=generator(),
            routine=self.routine.name,
            title=written.title,
            summary=written.summary,
            audience=self.routine.audience,
            length=choices.length,
            setup=written.setup,
            talk=choices.talk,
            language=self.language,
            voice=self.voice.id,
            pace=self.pace,
            bed=self.bed,
            choices=TimelineChoices(
                choices.gate, choices.safety, choices.opening, choices.closing, choices.without, self.linger
            ),
            duration=layout.duration,
            estimated=estimated,
            chapters=layout.chapters,
            clips=(*self._bed_clip(layout.duration), *layout.clips),
            left_out=layout.left_out,
        )

    def _bed_clip(self, duration: float) -> tuple[Clip, ...]:
        return (Clip("bed", "bed", 0.0, duration, sound=self.bed),) if self.bed else ()

    def cover(self, timeline: Timeline, cache: Cache) -> bytes:
        """Its picture, a PNG: drawn once for a title and a length."""
        from voiceguide.store.cache import Shelf

        minutes = phrases.load(self.language).minutes(timeline.duration)
        facts = (timeline.title, minutes, self.routine.tags, _drawn_by())
        key = hashlib.sha256(repr(facts).encode()).hexdigest()
        shelf = Shelf(cache, "covers")
        kept = shelf.get(key)
        if kept is None:
            from voiceguide.pages.cover import cover, motif_of

            kept = cover(timeline.title, minutes, motif_of(self.routine.tags))
            shelf.put(key, kept)
        return kept

    def tags(self, timeline: Timeline) -> Tags:
        """What a player shows."""
        from voiceguide.tags import Tags

        return Tags(
            title=f"{timeline.title} ({timeline.length})",
            album=timeline.title,
            genre="Massage",
            language=timeline.language,
            comment=timeline.summary,
            chapters=tuple((chapter.title, chapter.start, chapter.end) for chapter in timeline.chapters),
            lyrics=tuple((said.start, said.text) for clip in timeline.on("narration") for said in clip.sentences),
            timeline=json.dumps(self.carried(timeline).to_json(), ensure_ascii=False, separators=(",", ":")),
        )

    def carried(self, timeline: Timeline) -> Timeline:
        """A timeline as anybody may have it: a bed of one's own without its folder."""
        if self.bed is None:
            return timeline
        bed = PurePath(self.bed).name
        clips = (replace(clip, sound=bed) if clip.track == "bed" else clip for clip in timeline.clips)
        return replace(timeline, bed=bed, clips=tuple(clips))


@contextmanager
def mixed(
    session: Session,
    *,
    levels: Levels | None = None,
    without_voice: bool = False,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Iterator[Mixed]:
    """Speak what a session says and lay it out; its sounds are there until the end of the block."""
    from voiceguide.sound.mix import Mix
    from voiceguide.sound.settle import Settling

    levels = levels or Levels(VOICE_LUFS, room=False, settle=0.0)
    with opened_cache(session.warn) as cache:
        narrator = narrator_of(session.voice, session.language, cache, progress, room=levels.room, threads=threads)
        session.check_sounds()
        under = session.under(cache)
        final = session.narrated(narrator, session.decided(narrator))
        timeline = session.timeline(final, estimated=False)
        settling = Settling(timeline, levels.settle)
        mix = Mix(
            [clip for clip in timeline.clips if clip.track != "narration"] if without_voice else timeline.clips,
            timeline.duration,
            {} if without_voice else narrator.takes(heard(final.layout.clips, final.script)),
            sounds_of(timeline.clips, session.routine.folder, cache),
            under(timeline, settling) if under else None,
            gain_db=levels.loudness - VOICE_LUFS,
            voice_db=settling.voice_db,
        )
        yield Mixed(mix, timeline, cache)


def sounds_of(clips: Iterable[Clip], folder: Path | None, cache: Cache) -> dict[str, Held]:
    """Load the sounds that clips name; `folder` is where a routine's own stand."""
    from voiceguide.sound import chimes
    from voiceguide.sound.source import Held

    names = sorted({clip.sound for clip in clips if clip.track == "chime" and clip.sound})
    loaded = {name: chimes.kept(chimes.find(name, folder), name, cache) for name in names}
    return {name: Held(chime.samples, chime.key) for name, chime in loaded.items()}


def opened_cache(warn: Warn | None) -> Cache:
    """The cache of takes, where the user keeps it."""
    from voiceguide.store.cache import Cache, default_folder

    return Cache(default_folder(), warn=warn or (lambda _: None))


def narrator_of(
    voice: Voice,
    language: str,
    cache: Cache,
    progress: Progress | None,
    *,
    room: bool = False,
    threads: int | None = None,
) -> Narrator:
    """What turns words into takes."""
    from voiceguide.session.narrate import CALIBRATION, Narrator

    def tell(done: int, total: int) -> None:
        if progress:
            progress("speaking", done, total)

    try:
        calibration = phrases.load(language).get("calibration", "giver")
    except UsageError:
        calibration = CALIBRATION  # a language that only `say` speaks: any sentence of some seconds tells the level
    return Narrator(voice, cache, calibration=calibration, room=room, threads=threads, progress=tell)


def _bed_level(asked: float | None) -> float:
    """The bed's level in LU from the voice. Raises UsageError for one that would fight the voice, or not be heard."""
    level = beds.LEVEL_DB if asked is None else asked
    if not beds.SOFTEST_DB <= level <= beds.LOUDEST_DB:
        raise UsageError(
            f"--bed-level: expected {beds.SOFTEST_DB:g} to {beds.LOUDEST_DB:g} dB from the voice, got {level:g}: "
            "a louder bed could not make room for the words"
        )
    return level


def sentences(utterances: Iterable[Utterance]) -> dict[str, Sentence]:
    """The sentences of utterances, by what is spoken."""
    return {sentence.spoken: sentence for utterance in utterances for sentence in utterance.sentences()}


def heard(clips: Iterable[Clip], written: Script) -> tuple[Piece, ...]:
    """The pieces of a script that sound in some clips."""
    keys = {clip.take for clip in clips}
    pieces = (piece for utterance in written.utterances() for piece in utterance.pieces())
    return tuple(piece for piece in pieces if piece.key in keys)


def _drawn_by() -> tuple[str, str]:
    """What a cover's looks depend on beside its words: the code that draws it, and Pillow."""
    from importlib.metadata import version
    from pathlib import Path

    code = b"".join(
        path.read_bytes() for path in sorted((Path(__file__).parent.parent / "pages" / "cover").glob("*.py"))
    )
    return hashlib.sha256(code).hexdigest(), version("pillow")
