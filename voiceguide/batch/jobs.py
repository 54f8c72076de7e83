"""Wishes → jobs: every combination with its file's name, as values that can be sent to another machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide import phrases, voices
from voiceguide.choices import TABLE, Choices, Label, Levels, Options
from voiceguide.drawing import atlas
from voiceguide.errors import UsageError, VoiceguideError, option
from voiceguide.exports import exporter
from voiceguide.installed import generator
from voiceguide.routine import finding, joining
from voiceguide.routine.languages import lacking, languages
from voiceguide.script.selection import chosen_setup
from voiceguide.session import filling, finishing
from voiceguide.sound import bed as beds
from voiceguide.sound import chimes
from voiceguide.store import paths
from voiceguide.store.files import named
from voiceguide.store.reading import content, sha256
from voiceguide.voices import getting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from voiceguide.routine.model import Routine
    from voiceguide.voices import Voice

AXES = tuple(choice.field for choice in TABLE if choice.several)
"""The choices that may have several values; in this order their words stand in a file's name."""
ALL = "all"
"""As a language or setup: each that the routine has."""
MOST_JOBS = 10_000
"""Sessions of a batch: a slip of a few lists would ask for millions."""
SUFFIX = ".mp3"
"""The format unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a line of a jobs file, or a routine on the command line, asks for: every combination of its values."""

    files: tuple[Path, ...]
    """The routine's, or those of several that are joined."""
    axes: Mapping[str, tuple[Any, ...]]
    """The values of each of AXES that is chosen; music of one's own is a path from here."""
    settings: Mapping[str, Any]
    """Other keywords of `session.render`."""
    name: str | None = None
    """What its files' names start with; the routine's name unless given."""
    suffix: str = SUFFIX


@dataclass(frozen=True, slots=True)
class RoutineFile:
    """A routine as it travels."""

    name: str
    shown: str
    """Its path as the user has it, for messages."""
    text: bytes
    """The YAML as it stands."""
    files: tuple[tuple[str, str], ...]
    """Sounds and a cover of its own, by their names from its folder, each with the digest of its content."""


@dataclass(frozen=True, slots=True)
class Own:
    """What the listener adds of their own: a file or a folder of them, as it travels."""

    field: str
    """The keyword of `session.render` that names it: `bed` or `cover`."""
    typed: str
    """Its path."""
    files: tuple[tuple[str, str], ...]
    """The name of each file and the digest of its content: one, or a folder's."""
    folder: str = ""
    """The folder's name; "" where a file is named."""


@dataclass(frozen=True, slots=True)
class Job:
    """One session to be made."""

    generator: str
    """The program that must make it. It stays the first field: a worker of another version finds it there."""
    file: str
    """The name of the file to be written."""
    routines: tuple[RoutineFile, ...]
    """One, or several that are joined."""
    voice: str
    """`engine:name`."""
    fingerprint: str
    """The voice's."""
    own: tuple[Own, ...]
    """Music and a picture of the listener's own."""
    arguments: tuple[tuple[str, Any], ...]
    """The other keywords of `session.render`, the language always among them."""

    @property
    def key(self) -> str:
        """Names the session by all that shapes it: equal keys, equal files."""
        texts: list[object] = []
        for routine in self.routines:
            texts += (routine.name, hashlib.sha256(routine.text).hexdigest(), routine.files)
        own = tuple((one.field, [digest for _, digest in one.files]) for one in self.own)
        shaping = (self.generator, self.suffix, *texts, self.voice, self.fingerprint, own)
        return hashlib.sha256(repr((*shaping, self.arguments)).encode()).hexdigest()

    @property
    def suffix(self) -> str:
        """The format."""
        return Path(self.file).suffix

    @property
    def digests(self) -> tuple[str, ...]:
        """Name what has to be sent beside it."""
        own = (digest for routine in self.routines for _, digest in routine.files)
        return (*own, *(digest for one in self.own for _, digest in one.files))

    @property
    def shown(self) -> str:
        """Its routine's path as the user has it."""
        return finding.JOIN.join(routine.shown for routine in self.routines)


@dataclass(frozen=True, slots=True)
class Refused:
    """A session that cannot be made, as is known before any is."""

    file: str
    """The name its file would have, or the routine's file where that is what is wrong."""
    error: VoiceguideError


@dataclass(frozen=True, slots=True)
class Combined:
    """Every combination of some wishes."""

    jobs: tuple[Job, ...]
    refused: tuple[Refused, ...]
    sources: Mapping[str, Path]
    """Where the content of each digest stands on this machine."""
    notes: tuple[str, ...]
    """What is to be told of their voices, once."""


def _nothing(_voice: str | None, _language: str) -> None:
    pass


def combine(wishes: Iterable[Wish], have: Callable[[str | None, str], None] = _nothing) -> Combined:
    """Return the jobs of all combinations, and the combinations that are impossible.

    `have` is told each voice, as it was asked for, with each language that it is to speak, before it is looked for.

    A routine that cannot be read, one that lacks a language or a setup, and a voice that does not speak a language are
    refused alone: the others can be made. Raises UsageError for what is wrong whatever the routine, for more than
    MOST_JOBS, and for two sessions of one name; where nothing is left to be made, and all for one reason, that one.
    """
    wishes = tuple(wishes)
    for wish in wishes:
        _check(wish)
    routines: dict[tuple[Path, ...], Routine | VoiceguideError] = {}
    for wish in wishes:
        if wish.files not in routines:
            routines[wish.files] = _read(wish.files)
    found: list[_Combination] = []
    refused = [
        Refused(finding.JOIN.join(map(str, files)), error)
        for files, error in routines.items()
        if isinstance(error, VoiceguideError)
    ]
    for wish in wishes:
        routine = routines[wish.files]
        if not isinstance(routine, VoiceguideError):
            found += islice(_combinations(wish, routine), MOST_JOBS + 1 - len(found))
    if len(found) > MOST_JOBS:
        raise UsageError(
            f"expected {MOST_JOBS:,} sessions at most, these wishes combine to more: make them in several batches"
        )
    varied = tuple(axis for axis in AXES if axis == "length" or len({one.asked[axis] for one in found}) > 1)
    packing = _Packing(have)
    jobs: dict[str, Job] = {}
    for one in found:
        file = one.file(varied)
        try:
            job = packing.job(one, file)
        except VoiceguideError as error:
            refused.append(Refused(file, error))
        else:
            _refuse_another(jobs.setdefault(file.casefold(), job), job)
    if not jobs and len({one.error.text for one in refused}) == 1:
        raise refused[0].error
    return Combined(tuple(jobs.values()), tuple(refused), packing.sources, packing.notes)


def _check(wish: Wish) -> None:
    """Raise UsageError for what no routine could mend, and MissingError for a format that does not work here."""
    Levels.of(wish.settings)
    finishing.given_cover(Label.of(wish.settings))
    exporter(Path(f"session{wish.suffix}")).check(Options.of(wish.settings))
    for length, talk in product(wish.axes.get("length", ("short",)), wish.axes.get("talk", ("full",))):
        Choices.of({**wish.settings, "length": length, "talk": talk})
    for bed in wish.axes.get("bed", ()):
        if bed != beds.NONE:
            beds.find(bed)
    for language in wish.axes.get("language", ()):
        if language != ALL:
            phrases.check(language)
    for voice in wish.axes.get("voice", ()):
        voices.check(voice)


def _read(files: tuple[Path, ...]) -> Routine | VoiceguideError:
    """Return the routine of a file, or of several, or what is wrong with it."""
    try:
        return joining.read_all(files)
    except VoiceguideError as error:
        return error


@dataclass(frozen=True, slots=True)
class _Combination:
    """One value for each axis; None leaves it to the routine or the program."""

    wish: Wish
    routine: Routine
    asked: Mapping[str, Any]

    @property
    def language(self) -> str:
        """The session's."""
        return self.asked["language"] or self.routine.language

    @property
    def arguments(self) -> dict[str, Any]:
        """The keywords of `session.render`; what is left to the routine or the program is not among them."""
        chosen = {axis: value for axis, value in self.asked.items() if value is not None}
        return chosen | {"language": self.language} | dict(self.wish.settings)

    def file(self, varied: Iterable[str]) -> str:
        """Name its file: routine, length, and a word for each other choice that varies in the batch."""
        words = [_word(axis, self.asked[axis]) for axis in varied if self.asked[axis] is not None]
        if self.asked["length"] is None:
            words.insert(0, str(Choices().length))
        return named(self.wish.name or self.routine.name, *words, suffix=self.wish.suffix)


def _word(axis: str, value: Any) -> str:
    """Return what a value is called in a file's name."""
    match axis:
        case "bed":
            return Path(value).stem
        case "visit":
            return f"visit-{value}"
    return str(value)


def _combinations(wish: Wish, routine: Routine) -> Iterator[_Combination]:
    """Yield every combination of a wish's values, each once."""
    all_there_are = {"language": languages(routine), "setup": routine.setups}
    values: list[tuple[Any, ...]] = []
    for axis in AXES:
        asked = wish.axes.get(axis, ())
        known = all_there_are.get(axis)
        if known is not None:
            asked = tuple(one for value in asked for one in (known if value == ALL else (value,)))
        values.append(tuple(dict.fromkeys(asked)) or (None,))
    for combination in product(*values):
        yield _Combination(wish, routine, dict(zip(AXES, combination, strict=True)))


class _Packing:
    """Packs combinations into jobs; what several need is found, read and hashed once."""

    def __init__(self, have: Callable[[str | None, str], None]) -> None:
        self.sources: dict[str, Path] = {}
        self._have = have
        self._notes: dict[str, None] = {}
        self._digests: dict[Path, str] = {}
        self._files: dict[Path, RoutineFile] = {}
        self._voices: dict[tuple[Choices, str], Voice | VoiceguideError] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be told of the voices."""
        return tuple(self._notes)

    def job(self, one: _Combination, file: str) -> Job:
        """Return the job of a combination.

        Raises UsageError where the routine or the voice does not know what is asked, MissingError for a voice that is
        not installed, Failed for a file that cannot be read.
        """
        routine, arguments = one.routine, one.arguments
        chosen_setup(routine, Choices.of({"setup": arguments.get("setup")}))
        _refuse_untranslated(routine, one.language)
        said_by = {name: arguments.get(name) for name in ("voice", "fill", "pace")}
        voice = self._voice(Choices.of(said_by), one.language)
        arguments.pop("voice", None)
        bed = arguments.get("bed")
        own = self._own("cover", arguments, lambda path: (path,))
        if (music := beds.chosen(bed, beds.NONE, None)) and music.own:
            own += self._own("bed", arguments, beds.playlist)
        return Job(
            generator=generator(),
            file=file,
            routines=tuple(map(self._routine, one.wish.files, routine.parts or (routine,))),
            voice=voice.id,
            fingerprint=voice.fingerprint,
            own=own,
            arguments=tuple(sorted(arguments.items())),
        )

    def _own(self, field: str, arguments: dict[str, Any], files: Callable[[Path], tuple[Path, ...]]) -> tuple[Own, ...]:
        """Take what is of the listener's own out of the keywords: nothing, a file, or a folder with its `files`."""
        typed = arguments.pop(field, None)
        if typed is None:
            return ()
        path = Path(typed)
        named = tuple((file.name, self._digest(file)) for file in files(path))
        return (Own(field, typed, named, path.resolve().name if paths.is_folder(path) else ""),)

    def _voice(self, choices: Choices, language: str) -> Voice:
        spec, asked = choices.voice, (choices, language)
        if asked not in self._voices:
            try:
                self._have(spec, language)
                self._voices[asked] = filling.chosen(choices, language)
                if note := getting.note(spec, language, phrases.called(language)):
                    self._notes[note] = None
            except VoiceguideError as error:
                self._voices[asked] = error
        found = self._voices[asked]
        if isinstance(found, VoiceguideError):
            raise found
        return found

    def _routine(self, file: Path, routine: Routine) -> RoutineFile:
        if file not in self._files:
            own = tuple((name, self._digest(routine.folder / name)) for name in _own_files(routine))
            self._files[file] = RoutineFile(routine.name, str(file), content(file), own)
        return self._files[file]

    def _digest(self, path: Path) -> str:
        """Name a file's content, and remember where it stands."""
        if path not in self._digests:
            digest = sha256(path)
            self._digests[path] = digest
            self.sources[digest] = path
        return self._digests[path]


def _own_files(routine: Routine) -> tuple[str, ...]:
    """Return the names of the files that stand beside a routine: music, chimes and drawings of its own, its cover."""
    used = [name for step in routine.every_step for name in step.sounds]
    own = [name for name in used if name not in chimes.names()]
    own += [step.show for step in routine.every_step if step.show and step.show not in atlas.names()]
    if routine.cover is not None:
        own.append(routine.cover)
    if routine.bed is not None and routine.bed not in (beds.NONE, *beds.names()):
        own.append(routine.bed)
    return tuple(dict.fromkeys(own))


def _refuse_untranslated(routine: Routine, language: str) -> None:
    """Raise UsageError for a language that a routine is not, or not wholly, there in."""
    if lacks := lacking(routine, language):
        raise UsageError(f"{option('language')} {language}: {lacks}")


def _refuse_another(known: Job, job: Job) -> None:
    """Raise UsageError where two different sessions would have one name."""
    if known.key != job.key:
        raise UsageError(
            f"two sessions would both be {job.file}, one of {known.shown} and one of {job.shown}: "
            'give one of them a "name" in a jobs file, or make them in two folders'
        )
