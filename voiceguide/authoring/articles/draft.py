"""An outline becomes a routine's file, with a comment at everything a person should look at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voiceguide.authoring.articles import wording
from voiceguide.authoring.articles.outline import Line, unused
from voiceguide.authoring.articles.steps import PAUSE_FROM, drafted, named
from voiceguide.authoring.scalars import scalar
from voiceguide.durations import words
from voiceguide.routine.rules import MOST_SPOKEN
from voiceguide.text.lines import spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from voiceguide.authoring.articles.outline import Outline
    from voiceguide.authoring.articles.steps import Drafted

MOST_REMINDERS = 12
"""More than a session has silences for."""

_CHECK = "check: "
_SELF = re.compile(
    r"\b(?:self[- ]?massage|massag\w+ (?:yourself|your own)|on yourself|your own (?:hands?|feet|foot|neck))\b", re.I
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine drafted from an article, and what came of the article."""

    name: str
    """For a file: small letters, digits and hyphens."""
    text: str
    """The routine's file, YAML."""
    found: tuple[str, ...]
    """What was understood, a line each."""
    left_out: tuple[str, ...]
    """What was not, or has no place in a routine, a line each."""
    checks: int
    """How many places a person should look at."""


def written(outline: Outline, file: str, stem: str) -> Draft:
    """Return the routine of an outline with steps; `file` is the article's name, `stem` its title if it has none."""
    title = _title(outline.title) or wording.capitalised(re.sub(r"[-_]+", " ", stem).strip()) or "A massage"
    names = [named(step) for step in outline.steps]
    steps = [drafted(step, following) for step, following in zip(outline.steps, [*names[1:], ""], strict=True)]
    text = "".join(f"{line}\n" for line in _Sheet(outline, title, file, steps).lines())
    return Draft(
        slug(title) or slug(stem) or "routine",
        text,
        tuple(_found(outline, steps)),
        unused(outline.left_out),
        text.count(f"# {_CHECK}"),
    )


def slug(text: str) -> str:
    """Return a text as a file's name without its ending: small letters, digits and hyphens, 60 characters at most."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain)[:60].strip("-")


def _title(text: str) -> str:
    """Return a title without what stands after its colon or dash, which nobody wants to hear."""
    short = re.split(r": | [|–—-] ", text)[0].strip(" .:")
    return _clean(short if len(short.split()) > 1 else text.strip(" .:"))


class _Sheet:
    """Writes the lines of the file."""

    def __init__(self, outline: Outline, title: str, file: str, steps: list[Drafted]) -> None:
        self.outline = outline
        self.title = title
        self.file = file
        self.steps = steps

    def lines(self) -> Iterator[str]:
        outline = self.outline
        yield f"# A draft, made by `voiceguide import` from {spaced(self.file)}."
        yield f'# Look at every line with "{_CHECK.strip()}" and delete its comment; then try `voiceguide check`.'
        yield "format: 1"
        yield f"title: {scalar(self.title)}"
        if _clean(outline.title).strip(" .:") != self.title:
            yield (
                f'# the article\'s own title: "{spaced(outline.title)}"'
                if outline.title
                else f"# {_CHECK}the article has no title; this is its file's name"
            )
        yield f"summary: {scalar(_shown(outline.intro) or f'After the article “{self.title}”.')}"
        alone = bool(_SELF.search(f"{outline.title} {outline.intro}"))
        yield f"audience: {'self' if alone else 'giver'}" + (
            f"  # {_CHECK}giver, where one massages another" if alone else ""
        )
        yield f"# {_CHECK}how does one lie or sit? No line of the article is for it; as: position: lying face down"
        if outline.need:
            yield from self._list("need", [(wording.thing(_clean(line.text)), line, "") for line in outline.need])
        yield from self._safety()
        if outline.tips:
            yield "# The article's tips, said where it is silent for long."
            tips = [(wording.sentence(_clean(line.text)), line, "") for line in outline.tips]
            yield from self._list("reminders", tips[:MOST_REMINDERS])
            yield from (
                f'# left out, {MOST_REMINDERS} tips are plenty: "{spaced(text)}"'
                for text, _, _ in tips[MOST_REMINDERS:]
            )
        yield ""
        yield "steps:"
        for step in self.steps:
            yield from self._step(step)

    def _list(self, key: str, items: list[tuple[str, Line, str]], indent: str = "") -> Iterator[str]:
        """A list of texts, each once; an item's last member is what to check about it."""
        texts: dict[str, str] = {}
        for text, _, check in items:
            if any(sign.isalnum() for sign in text):
                texts.setdefault(text, check)
        if texts:
            yield f"{indent}{key}:"
        for text, check in texts.items():
            yield f"{indent}  - {scalar(text)}" + (f"  # {_CHECK}{spaced(check)}" if check else "")

    def _safety(self) -> Iterator[str]:
        outline = self.outline
        dont, ask = _reasons(outline.dont), _reasons(outline.ask)
        avoid = [(wording.lowered(_clean(line.text).strip(" .!")), line, "") for line in outline.avoid]
        if not dont:
            yield f"# {_CHECK}the article names nobody who should not start; as: safety: {{do_not_start: [a fever]}}"
        lists = {"do_not_start": dont, "ask_first": ask, "avoid": avoid}
        more = [item for key, items in lists.items() for item in items[MOST_SPOKEN[key] :]]
        if not any(lists.values()):
            return
        yield "safety:"
        for key, items in lists.items():
            yield from self._list(key, items[: MOST_SPOKEN[key]], "  ")
        if more:
            yield f"  # {_CHECK}there is no time to say these; are the weightiest above?"
            yield from self._list("more", more, "  ")

    def _step(self, step: Drafted) -> Iterator[str]:
        yield ""
        yield f"  # line {step.line} of the article" + "".join(f'; "{spaced(note)}"' for note in step.notes)
        yield from (f'  # left out: "{spaced(text)}"' for text in step.left_out)
        yield from (f"  # {_CHECK}{spaced(text)}" for text in step.checks)
        yield f"  - name: {scalar(_clean(step.name))}"
        say = [_clean(text) for text in step.say]
        pause = " [pause 3s]" if sum(len(text.split()) for text in say) > PAUSE_FROM else ""
        if len(say) == 1:
            yield f"    say: {scalar(say[0])}"
        else:
            yield "    say:"
            yield from (f"      - {scalar(text + pause)}" for text in say[:-1])
            yield f"      - {scalar(say[-1])}"
        if step.warn:
            yield f"    warn: {scalar(_clean(step.warn))}"
        if step.sides:
            yield "    sides: [left, right]"
        if step.duration:
            low, high = step.duration
            yield f"    duration: {_duration(low)}" + (f"..{_duration(high)}" if high > low else "")
        if hold := step.hold:
            yield "    hold:"
            if hold.times:
                low, high = hold.times
                yield f"      times: {low}" if low == high else f"      times: {{short: {low}, full: {high}}}"
            yield f"      press: {_duration(hold.press)}"
            yield f"      release: {_duration(hold.release)}"
            if not hold.voiced:
                yield "      spoken: 0"


def _reasons(lines: Iterable[Line]) -> list[tuple[str, Line, str]]:
    """Reasons not to begin, with a word to whoever checks where their form was not known."""
    found: dict[str, tuple[str, Line, str]] = {}
    for line in lines:
        text, known = wording.condition(_clean(line.text))
        check = "" if known else 'does this read well after "Not today with"?'
        found.setdefault(text.casefold(), (text, line, check))
    return list(found.values())


def _found(outline: Outline, steps: list[Drafted]) -> Iterator[str]:
    """Yield what was understood, for the report."""
    yield f"{len(steps)} steps, from {outline.shape}:"
    for number, step in enumerate(steps, 1):
        times = " and ".join(f'"{note}"' for note in step.notes) or "no time in the article"
        if step.duration:
            low, high = step.duration
            drafted_as = words(low) if low == high else f"{words(low)} to {words(high)}"
        else:
            drafted_as = "as long as its rounds"
        yield f"  {number}. {step.name} (line {step.line}): {drafted_as}, {times}"
    for name, lines in (
        ("things needed", outline.need),
        ("tips", outline.tips),
        ("reasons not to start", outline.dont),
        ("reasons to ask a doctor first", outline.ask),
        ("things to leave alone", outline.avoid),
    ):
        yield f"{name}: {'; '.join(line.text for line in lines) or 'none'}"


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


def _shown(text: str) -> str:
    """Return a text as one line of a list: 120 characters at most, to a word's end."""
    text = _clean(text)
    return text if len(text) <= 120 else f"{text[:119].rpartition(' ')[0] or text[:119]}…"
