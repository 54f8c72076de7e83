"""Sessions: the one place that composes the rooms, from a routine's file to a written session.

The order is: options, output folder, codec, bed, sounds; script; estimate, with its faults; narrate; plan; mix and
export. Nothing is spoken before the cheap faults are found.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from voiceguide import catalogue, phrases, planning, script, voices
from voiceguide.choices import LINGER, Choices, Levels
from voiceguide.draft import Drafting
from voiceguide.errors import Failed, Fault, MissingError, RoutineError, UsageError
from voiceguide.routine.model import LENGTHS, Group
from voiceguide.script import SOUND_CODE
from voiceguide.sound import VOICE_LUFS
from voiceguide.sound import bed as beds
from voiceguide.timeline import Choices as TimelineChoices
from voiceguide.timeline import Clip, Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from voiceguide.cache import Cache
    from voiceguide.choices import Gate, Talk
    from voiceguide.draft import Draft
    from voiceguide.exports import Options, Tags
    from voiceguide.mix import Held, Mix, Under
    from voiceguide.narrate import Narrator
    from voiceguide.planning import Lengths
    from voiceguide.routine.model import Length, Routine, Step
    from voiceguide.script import Script
    from voiceguide.sound.settle import Settling
    from voiceguide.utterance import Piece, Sentence
    from voiceguide.voices import Voice

    Progress = Callable[[str, int, int], None]
    """(stage, done, total): stages are `speaking` (sentences) and `encoding` (frames)."""
    Warn = Callable[[str], None]


BED_FADE = 3.0
"""Seconds in which the bed comes in, and goes where no end sound does."""
NARRATIONS = 2
"""How often words that depend on the session's length may be spoken again."""
AFTER_WORDS = 0.1
"""Seconds after the words of `say`, so that the fade at a file's end takes nothing of them."""


def load(path: str | Path) -> Routine:
    """Read a routine, given by a bundled name or a path. Raises UsageError, and RoutineError with every fault."""
    from voiceguide.routine.reading import read

    return read(catalogue.find(path, catalogue.folders()))


def plan(
    routine: Routine,
    *,
    length: str = "short",
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    talk: Talk = "full",
    language: str | None = None,
    setup: str | None = None,
    without: Iterable[str] = (),
    opening: bool = True,
    closing: bool = True,
    gate: Gate = "full",
    bed: str | None = None,
    bed_level: float | None = None,
    safety: bool = True,
    linger: float | None = None,
    warn: Warn | None = None,
) -> Timeline:
    """Return a session's timeline without speaking: measured where every take is cached, else estimated.

    Raises VoiceguideError as the command line does.
    """
    choices = Choices(
        length, talk, language, setup, _names(without), opening, closing, gate, safety, bed, bed_level, linger
    )
    session = _Session(routine, choices, voice, pace, warn)
    with _cache(warn) as cache:
        return session.estimated(_narrator(session.voice, session.language, cache, None))


def render(
    routine: Routine,
    path: str | Path,
    *,
    length: str = "short",
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    talk: Talk = "full",
    language: str | None = None,
    setup: str | None = None,
    without: Iterable[str] = (),
    opening: bool = True,
    closing: bool = True,
    gate: Gate = "full",
    bed: str | None = None,
    bed_level: float | None = None,
    safety: bool = True,
    linger: float | None = None,
    bitrate: int | None = None,
    quality: int | None = None,
    loudness: float | None = None,
    room: bool = False,
    settle: float | None = None,
    without_voice: bool = False,
    threads: int | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> Timeline:
    """Render a session to `path`, whose suffix picks the format, and return its timeline with its loudness.

    `without_voice` leaves the narration out of the sound and all else where it is; `threads` speak and encode, one a
    core unless given. The file is either whole or absent. Raises VoiceguideError as the command line does.
    """
    from voiceguide.exports import Options, exporter
    from voiceguide.files import check_target
    from voiceguide.mix import Mix
    from voiceguide.sound.loudness import integrated
    from voiceguide.sound.settle import Settling

    choices = Choices(
        length, talk, language, setup, _names(without), opening, closing, gate, safety, bed, bed_level, linger
    )
    levels = Levels(VOICE_LUFS if loudness is None else loudness, room, settle or 0.0)
    target = Path(path)
    export = exporter(target)
    options = Options(bitrate, quality)
    export.check(options)
    check_target(target, overwrite=overwrite)
    session = _Session(routine, choices, voice, pace, warn)
    with _cache(warn) as cache:
        narrator = _narrator(session.voice, session.language, cache, progress, room=levels.room, threads=threads)
        session.check_sounds()
        under = session.under(cache)
        final = session.narrated(narrator, session.decided(narrator))
        timeline = session.timeline(final, estimated=False)
        settling = Settling(timeline, levels.settle)
        mix = Mix(
            [clip for clip in timeline.clips if clip.track != "narration"] if without_voice else timeline.clips,
            timeline.duration,
            {} if without_voice else narrator.takes(_heard(final)),
            _sounds(timeline.clips, routine.folder),
            under(timeline, settling) if under else None,
            gain_db=levels.loudness - VOICE_LUFS,
            voice_db=settling.voice_db,
        )
        how = _How(overwrite, threads, progress)
        _export(mix, target, session.tags(timeline), options, cache, how)
        return replace(timeline, loudness=integrated(mix.powers()))


def problems(routine: Routine, judge: Callable[[Draft], None] = lambda _: None) -> tuple[Fault, ...]:
    """Return what cannot fit or be reached in a routine, by estimate: every length, setup and complete language.

    `judge` is called with every draft that can be laid out.
    """
    from voiceguide.routine.reading import languages

    found: dict[tuple[object, str, str], Fault] = {}
    for language in languages(routine) or (routine.language,):
        for setup in routine.setups or (None,):
            for length in LENGTHS:
                for fault in _problems(routine, Choices(length=length, setup=setup, language=language), judge):
                    found.setdefault((fault.place, fault.rule, fault.level), fault)
    return tuple(found.values())


def _problems(routine: Routine, choices: Choices, judge: Callable[[Draft], None]) -> tuple[Fault, ...]:
    try:
        session = _Session(routine, choices, None, voices.DEFAULT_PACE, None)
        draft = session.drafting.draft(session.guessed(None))
        judge(draft)
        return draft.warnings
    except RoutineError as error:
        return error.faults
    except (UsageError, MissingError) as error:
        # A length without steps, or a language that nobody here speaks: nothing in the file's words is at fault.
        return (Fault(routine.place, "nothing-to-play", str(error), "warning"),)


def planned(routine: Routine, length: Length) -> float:
    """Return the seconds of a named length by the default voice's estimates alone, the same on every machine."""
    session = _Session(routine, Choices(length=length), None, voices.DEFAULT_PACE, None)
    return session.drafting.draft(session.guessed(None)).layout.duration


def say(
    text: str,
    path: str | Path,
    *,
    voice: str | None = None,
    pace: int = voices.DEFAULT_PACE,
    language: str | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
    warn: Warn | None = None,
) -> None:
    """Speak a text to a file as a session would, marks included; `language` is the named voice's own unless given.

    Raises VoiceguideError as the command line does.
    """
    from voiceguide.exports import Options, Tags, exporter
    from voiceguide.files import check_target
    from voiceguide.mix import Mix
    from voiceguide.sound import chimes
    from voiceguide.text.marks import MarkError
    from voiceguide.text.utter import utter

    target = Path(path)
    exporter(target).check(Options())
    check_target(target, overwrite=overwrite)
    language = language or _language_of(voice)
    try:
        utterance = utter("say", (text,), None, language)
    except MarkError as error:
        raise UsageError(f"TEXT: {error}") from None
    if not utterance.parts:
        raise UsageError(f'TEXT: expected words to say, got "{text}"')
    speaker = voices.pick(voice, language=language, pace=pace)
    with _cache(warn) as cache:
        narrator = _narrator(speaker, language, cache, progress)
        spoken = narrator.lengths(utterance.sentences())
        sounds = {"breath": chimes.seconds(chimes.find("breath", None))}
        lengths = planning.Lengths(lambda sentence: spoken[sentence.spoken], sounds)
        clips = tuple(planning.clips.spoken(utterance, 0.0, lengths))
        takes = narrator.takes(utterance.pieces())
        title = " ".join(piece.text for piece in utterance.pieces())
        tags = Tags(title=title, language=language)
        duration = lengths.of(utterance) + AFTER_WORDS
        mix = Mix(clips, duration, takes, _sounds(clips, None))
        _export(mix, target, tags, Options(), cache, _How(overwrite, None, progress))


def _language_of(voice: str | None) -> str:
    """Return the language of a voice named in full; English for one that speaks any, and where none is named."""
    named = voices.listing() if voice else ()
    own = next((listed.languages[0] for listed in named if listed.id == voice), voices.ANY_LANGUAGE)
    return "en" if own == voices.ANY_LANGUAGE else own


def _names(without: Iterable[str]) -> tuple[str, ...]:
    return (without,) if isinstance(without, str) else tuple(str(name) for name in without)


class _Session:
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
        from voiceguide.mix import Under
        from voiceguide.sound.duck import Ducking

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
        for step in _steps(self.routine):
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
        sentences = self._sentences(draft)
        known = narrator.known_lengths(sentences.values())
        if len(known) == len(sentences):
            draft = self.measured(known, draft)
        self._tell(draft)
        return self.timeline(draft, estimated=len(known) < len(sentences))

    def decided(self, narrator: Narrator) -> Draft:
        """A draft by estimate; where that cannot tell whose steps make an asked total, their words are spoken first."""
        draft = self.drafting.draft(self.guessed(narrator))
        for _ in range(2):  # once measured, its minutes may come out otherwise
            full = self.drafting.undecided(self.guessed(narrator))
            if full is None:
                break
            narrator.lengths(_sentences(full).values())
            draft = self.drafting.draft(self.guessed(narrator))
        return draft

    def narrated(self, narrator: Narrator, draft: Draft) -> Draft:
        """Speak a draft's words and lay it out as they came.

        Where its minutes come out otherwise, the draft is made again as if nothing had ever been estimated, and spoken:
        a render that finds everything spoken makes the same session.
        """
        self._tell(draft)
        for _ in range(NARRATIONS):
            narrator.lengths(self._sentences(draft).values())
            settled = self.drafting.draft(self.guessed(narrator))
            if (settled.figures, settled.script.base) == (draft.figures, draft.script.base):
                break
            draft = settled
        return self.measured(narrator.lengths(self._sentences(draft).values()), draft)

    def _sentences(self, draft: Draft) -> dict[str, Sentence]:
        """Everything to be spoken once the words are filled from a draft's figures, by what is spoken."""
        return _sentences(script.write(self.routine, self.choices, draft.script.base, draft.figures))

    def measured(self, spoken: Mapping[str, float], draft: Draft) -> Draft:
        """Lay a draft's words out again by their measured lengths."""

        def of(sentence: Sentence) -> float:
            # The nearest total to one out of reach may have words that were never spoken: a refusal is near enough.
            return spoken.get(sentence.spoken) or self.voice.estimate(sentence.spoken)

        lengths = planning.Lengths(of, self.sounds())
        return self.drafting.again(draft, lengths)

    def _tell(self, draft: Draft) -> None:
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

    def tags(self, timeline: Timeline) -> Tags:
        """What a player shows."""
        from voiceguide.exports import Tags

        return Tags(
            title=f"{timeline.title} ({timeline.length})",
            album=timeline.title,
            genre="Massage",
            language=timeline.language,
            comment=timeline.summary,
            chapters=tuple((chapter.title, chapter.start, chapter.end) for chapter in timeline.chapters),
        )


def _sounds(clips: Iterable[Clip], folder: Path | None) -> dict[str, Held]:
    """Load the sounds that clips name; `folder` is where a routine's own stand."""
    from voiceguide.mix import Held
    from voiceguide.sound import chimes

    heard = sorted({clip.sound for clip in clips if clip.track == "chime" and clip.sound})
    loaded = {name: chimes.load(chimes.find(name, folder), name) for name in heard}
    return {name: Held(chime.samples, chime.key) for name, chime in loaded.items()}


class _How(NamedTuple):
    """How a file is written."""

    overwrite: bool
    threads: int | None
    """None is one a core."""
    progress: Progress | None


def _export(mix: Mix, target: Path, tags: Tags, options: Options, cache: Cache, how: _How) -> None:
    """Write a mix in the format of `target`: whole or not at all."""
    from voiceguide.cache import Shelf
    from voiceguide.exports import PartsExport, exporter
    from voiceguide.files import whole

    def tell(frames: int) -> None:
        if how.progress:
            how.progress("encoding", frames, mix.frames)

    export = exporter(target)
    with whole(target, overwrite=how.overwrite) as file:
        if isinstance(export, PartsExport):
            threads = how.threads or os.cpu_count() or 1
            sections = Shelf(cache, "sections")
            export.write_parts(file, mix, tags=tags, options=options, threads=threads, store=sections, progress=tell)
        else:
            export.write(file, mix.blocks(), frames=mix.frames, tags=tags, options=options, progress=tell)


def _cache(warn: Warn | None) -> Cache:
    """The cache of takes, where the user keeps it."""
    from voiceguide.cache import Cache, default_folder

    return Cache(default_folder(), warn=warn or (lambda _: None))


def _narrator(
    voice: Voice,
    language: str,
    cache: Cache,
    progress: Progress | None,
    *,
    room: bool = False,
    threads: int | None = None,
) -> Narrator:
    """What turns words into takes."""
    from voiceguide.narrate import CALIBRATION, Narrator

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


def _sentences(written: Script) -> dict[str, Sentence]:
    """A script's sentences, by what is spoken."""
    return {s.spoken: s for utterance in written.utterances() for s in utterance.sentences()}


def _heard(draft: Draft) -> tuple[Piece, ...]:
    """The pieces that sound in a draft's layout."""
    keys = {clip.take for clip in draft.layout.clips}
    pieces = (piece for utterance in draft.script.utterances() for piece in utterance.pieces())
    return tuple(piece for piece in pieces if piece.key in keys)


def _steps(routine: Routine) -> Iterator[Step]:
    for step in routine.steps:
        if isinstance(step, Group):
            yield from step.steps
        else:
            yield step


def generator() -> str:
    """`voiceguide` and its version, as files name what made them."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"voiceguide {version('voiceguide')}"
    except PackageNotFoundError as error:
        raise Failed("voiceguide is not installed here: run `pip install -e .` in its folder") from error
