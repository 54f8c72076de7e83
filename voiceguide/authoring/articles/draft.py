"""An outline becomes a routine's file, with a comment at everything a person should look at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import english, framing
from voiceguide.authoring.articles.outline import LISTS, Item
from voiceguide.authoring.articles.steps import drafted, named
from voiceguide.durations import words
from voiceguide.routine.editing.writing import scalar
from voiceguide.text.lines import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.authoring.articles.outline import Left, Outline
    from voiceguide.authoring.articles.steps import Drafted

PAUSE_FROM = 12
"""Words of an instruction from which its sentences have pauses between them."""
FRAME = 150.0
"""Seconds of a session that belong to no step: opening, closing, bells; of what an article says the whole takes."""
LONGEST_SHARE = 600.0
"""Seconds of a step that has no time of its own."""

CHECK = "# check: "


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the article, or a place to look at, and where it is."""

    text: str
    line: int
    """Of the article, from 1."""
    at: int
    """The line of the draft's text, from 1."""


@dataclass(frozen=True, slots=True)
class Caution:
    """What the article warns of, as the routine has it."""

    text: str
    line: int
    """Of the article, from 1."""
    place: str
    """`do_not_start`, `ask_first`, `avoid`, `more`, or `warn` for a step's."""
    sure: bool
    """Whether it was understood; else it stands word for word in `more`, or has to be looked at."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine drafted from an article, and what came of the article."""

    name: str
    """For a file: small letters, digits and hyphens."""
    text: str
    """The routine's file, YAML."""
    found: tuple[str, ...]
    """What was understood, a line each."""
    flags: tuple[Note, ...]
    """What a person should look at: each comment that begins with `# check:`."""
    left_out: tuple[Note, ...]
    """Every sentence that has no place in the routine; each is a comment in the text."""
    cautions: tuple[Caution, ...]
    methods: tuple[str, ...] = ()
    """The names of the ways the article shows, where it shows several; () for one."""
    method: int = 1
    """Which of them this is, from 1."""


def written(
    outline: Outline, file: str, stem: str, shape: str, *, whole: bool = True, doubts: Iterable[str] = ()
) -> Draft:
    """Return the routine of an outline with steps; `file` is the article's name, `stem` its title if it has none.

    `shape` is how the steps stood, `doubts` what to check about the article itself. Without `whole`, the whole's time
    that the article names is no length of the routine, but a comment.
    """
    sheet = _Sheet(outline, file, stem, whole=whole)
    lines = [*sheet.lines(list(doubts))]
    text = "".join(f"{line}\n" for line, _ in lines)
    flags = [
        Note(spaced(line.partition(CHECK)[2]), source, at)
        for at, (line, source) in enumerate(lines, 1)
        if CHECK in line
    ]
    left = [
        Note(left.text, left.line, at)
        for left in outline.left
        for at in [next(n for n, (line, _) in enumerate(lines, 1) if line.strip() == _left_out(left))]
    ]
    title = sheet.title
    return Draft(
        slug(title) or slug(stem) or "routine",
        text,
        tuple(_found(outline, shape, sheet.steps)),
        tuple(flags),
        tuple(left),
        tuple(_cautions(outline)),
    )


def slug(text: str) -> str:
    """Return a text as a file's name without its ending: small letters, digits and hyphens, 60 characters at most."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:60].strip("-")


_Line = tuple[str, int]
"""A line of the draft, and the line of the article that it comes from."""


class _Sheet:
    """Writes the lines of the file."""

    def __init__(self, outline: Outline, file: str, stem: str, *, whole: bool) -> None:
        self.outline = outline
        self.file = file
        self.whole = whole
        short = _clean(english.title(outline.title, outline.language))
        self.title = short or english.cased(re.sub(r"[-_]+", " ", stem).strip(), outline.language) or "A massage"
        names = [named(step, outline.language) for step in outline.steps]
        followed = [*zip(outline.steps, names, [*names[1:], ""], strict=True)]
        self.steps = [drafted(step, name, following, None) for step, name, following in followed]
        if outline.total and whole:
            share = self._share(outline.total[0].high)
            self.steps = [drafted(step, name, following, share) for step, name, following in followed]

    def _share(self, total: float) -> float:
        """Return the seconds that the whole's time leaves for each step without one."""
        doubled = {i: 2 for both in self.outline.both for i in range(both.start, both.end)}
        many = [(2 if step.sides else doubled.get(i, 1), step) for i, step in enumerate(self.steps)]
        fixed = sum(n * (step.duration[1] if step.duration else step.least) for n, step in many if step.timed)
        open_ = sum(n for n, step in many if not step.timed)
        return max(30.0, min(LONGEST_SHARE, (total - FRAME - fixed) / open_)) if open_ else 0.0

    def lines(self, doubts: list[str]) -> Iterator[_Line]:
        outline = self.outline
        yield f"# A draft, made by `voiceguide import` from {spaced(self.file)}.", 1
        yield f'# Look at every line with "{CHECK.strip("# ")}" and delete its comment; then try `voiceguide check`.', 1
        yield from ((f"{CHECK}{doubt}", 1) for doubt in doubts)
        yield "format: 1", 1
        yield f"title: {scalar(self.title)}", outline.title_line
        if not outline.title:
            yield f"{CHECK}the article has no title; this is its file's name", 1
        elif _clean(outline.title) != self.title:
            yield (
                f'# the article\'s own title, line {outline.title_line}: "{spaced(outline.title)}"',
                outline.title_line,
            )
        if outline.summary:
            yield f"summary: {scalar(_clean(outline.summary.text))}", outline.summary.line
        else:
            yield f"summary: {scalar(f'After the article “{self.title}”.')}", 1
        if outline.language:
            yield f"language: {outline.language}", 1
        yield from self._left(0)
        check = f"  {CHECK}giver, where one massages another" if outline.alone else ""
        yield f"audience: {'self' if outline.alone else 'giver'}{check}", 1
        yield from self._position()
        yield from self._list("need", outline.need)
        yield from self._safety()
        yield from self._list("reminders", outline.reminders)
        yield from self._list("closing", outline.closing)
        yield from self._length()
        yield "", 1
        yield from self._labels("steps")
        yield "steps:", 1
        inside = {i: both for both in outline.both for i in range(both.start, both.end)}
        for at, step in enumerate(self.steps):
            if at:
                yield from self._left(at)
            both = inside.get(at)
            if both and both.start == at:
                yield "", both.line
                yield (
                    f"  {CHECK}these steps on one side, then on the other; the article has no name for them",
                    both.line,
                )
                yield f"  - name: {scalar(f'One {both.part}, then the other')}", both.line
                yield f'    sides: [left, right]  # line {both.line}: "{spaced(both.source)}"', both.line
                yield "    steps:", both.line
            yield from self._step(step, "      " if both else "  ", grouped=both is not None)
        if left := [*self._left(len(self.steps))]:
            yield "", 1
            yield from left

    def _position(self) -> Iterator[_Line]:
        """How somebody lies: as the article says before its steps, which is said while it opens, or in one of them."""
        if item := self.outline.position:
            said = f'line {item.line}: "{spaced(item.source)}"'
            more = (
                f"{CHECK}{said} {item.check}; as: position: {item.text}, near the edge" if item.check else f"# {said}"
            )
            yield f"position: {scalar(item.text)}  {more}", item.line
            yield f"settle: {scalar(item.text)}", item.line
            return
        told = framing.settles_reader if self.outline.alone else framing.settles
        for text, line in (said for step in self.outline.steps for said in step.said):
            if told(text) and (posture := framing.posture(text)):
                yield f"position: {scalar(posture)}  # as line {line} says", line
                return
            if english.works(text):
                break
        yield f"{CHECK}how does one lie or sit? No line of the article is for it; as: position: lying face down", 1

    def _left(self, step: int) -> Iterator[_Line]:
        """What stood before a step and has no place; after the last one, all the rest."""
        for left in self.outline.left:
            if left.step == step:
                if left.check:
                    yield f"{CHECK}{left.check}", left.line
                yield _left_out(left), left.line

    def _labels(self, key: str, indent: str = "") -> Iterator[_Line]:
        for name, item in self.outline.labels:
            if name == key:
                yield f'{indent}# line {item.line}: "{spaced(item.text)}"', item.line

    def _list(self, key: str, items: list[Item], indent: str = "") -> Iterator[_Line]:
        """A list of texts, each once, its label above it."""
        yield from self._labels(key, indent)
        if items:
            yield f"{indent}{key}:", items[0].line
        for item in items:
            said = f'line {item.line}: "{spaced(item.source)}"' if item.source else ""
            check = f"  {CHECK}{item.check} " if item.check else "  # " if said else ""
            yield f"{indent}  - {scalar(_clean(item.text))}{check}{said}".rstrip(), item.line

    def _safety(self) -> Iterator[_Line]:
        safety = self.outline.safety
        if not safety["do_not_start"]:
            yield f"{CHECK}the article names nobody who should not start; as: safety: {{do_not_start: [a fever]}}", 1
        if not any(safety.values()):
            for key in LISTS:
                yield from self._labels(key)
            return
        yield "safety:", 1
        for key in LISTS:
            yield from self._list(key, safety[key], "  ")

    def _length(self) -> Iterator[_Line]:
        if self.outline.total:
            time, item = self.outline.total
            said = f'line {item.line}: "{spaced(item.text)}"'
            if self.whole:
                yield f"lengths: {{full: {_duration(time.high)}}}  {CHECK}{said}", item.line
            else:
                yield f"{CHECK}{said} Its steps as drafted do not last as long.", item.line

    def _step(self, step: Drafted, indent: str, *, grouped: bool) -> Iterator[_Line]:
        line, inner = step.line, f"{indent}  "
        yield "", line
        yield f"{indent}# line {line} of the article" + "".join(f'; "{spaced(note)}"' for note in step.notes), line
        yield from ((f"{indent}{CHECK}{spaced(text)}", line) for text in step.checks)
        yield f"{indent}- name: {scalar(_clean(step.name))}", line
        say = [_clean(text) for text in step.say]
        pause = " [pause 3s]" if sum(len(text.split()) for text in say) > PAUSE_FROM else ""
        if len(say) == 1:
            yield f"{inner}say: {scalar(say[0])}", line
        else:
            yield f"{inner}say:", line
            yield from ((f"{inner}  - {scalar(text + pause)}", line) for text in say[:-1])
            yield f"{inner}  - {scalar(say[-1])}", line
        if step.warn:
            yield f"{inner}warn: {scalar(_clean(step.warn))}", line
        if step.sides and not grouped:
            yield f"{inner}sides: [left, right]", line
        if step.duration:
            low, high = step.duration
            yield f"{inner}duration: {_duration(low)}" + (f"..{_duration(high)}" if high > low else ""), line
        if hold := step.hold:
            yield f"{inner}hold:", line
            if hold.times:
                low, high = hold.times
                yield (
                    f"{inner}  times: {low}" if low == high else f"{inner}  times: {{short: {low}, full: {high}}}",
                    line,
                )
            yield f"{inner}  press: {_duration(hold.press)}", line
            yield f"{inner}  release: {_duration(hold.release)}", line
            if not hold.voiced:
                yield f"{inner}  spoken: 0", line


def _left_out(left: Left) -> str:
    return f'# left out, line {left.line}: "{spaced(left.text)}"'


def _found(outline: Outline, shape: str, steps: list[Drafted]) -> Iterator[str]:
    """Yield what was understood, for the report."""
    yield f"{len(steps)} steps, from {shape}:"
    for number, step in enumerate(steps, 1):
        notes = " and ".join(f'"{note}"' for note in step.notes) or "no time in the article"
        if step.duration:
            low, high = step.duration
            drafted_as = words(low) if low == high else f"{words(low)} to {words(high)}"
        else:
            drafted_as = "as long as its rounds"
        yield f"  {number}. {step.name} (line {step.line}): {drafted_as}, {notes}"
    if outline.total:
        yield f'the whole: "{outline.total[1].text}"'
    yield f"things needed: {'; '.join(item.text for item in outline.need) or 'none'}"
    yield f"reminders: {len(outline.reminders)}"
    if outline.closing:
        yield f"said at the end: {' '.join(item.text for item in outline.closing)}"


def _cautions(outline: Outline) -> Iterator[Caution]:
    """Yield the cautions, those that were not understood first."""
    found = [
        Caution(item.source or item.text, item.line, key, sure=not item.check)
        for key in LISTS
        for item in outline.safety[key]
    ]
    found += [Caution(text, line, "warn", sure=True) for step in outline.steps for text, line in step.warn]
    yield from sorted(found, key=lambda caution: caution.sure)


def _duration(seconds: float) -> str:
    """Print seconds as a routine's duration."""
    whole, tenth = round(seconds), round(seconds, 1)
    if tenth != whole or whole < 60:
        return f"{max(tenth, 0.1):g}s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes}m{rest}s" if rest else f"{minutes}m"


def _clean(text: str) -> str:
    """Return a text in which nothing is taken for a mark or a placeholder; {minutes} is our own."""
    kept = text.replace("{minutes}", "\0").translate(str.maketrans("[]{}", "()()"))
    return spaced(kept).replace("\0", "{minutes}")
