"""`voiceguide new`: a routine's file to begin with, from a few questions or from options."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.options import Words
from voiceguide.cli.outputs import Output, output_of
from voiceguide.text.lines import visible

if TYPE_CHECKING:
    from voiceguide.authoring.starter import Step, Wishes

_AUDIENCES = ("giver", "self")
_POSTURES = ("lying", "seated")


@click.command("new", cls=Command)
@click.argument("name", type=Words())
@click.option("--title", type=Words(), metavar="TEXT", help="What it is called; made from NAME by default.")
@click.option("--summary", type=Words(), metavar="TEXT", help="One line about it, for lists.")
@click.option(
    "--for", "audience", type=click.Choice(_AUDIENCES), help="For one who gives, or for oneself.  [default: giver]"
)
@click.option("--position", type=click.Choice(_POSTURES), help="How one is massaged.  [default: lying]")
@click.option("--language", metavar="L", help="Language of the texts: en, de, es or fr.  [default: en]")
@click.option(
    "--step",
    "steps",
    multiple=True,
    type=Words(),
    metavar="STEP",
    help='A step and its time, as "Long strokes: 2m" or "Circles: 1m, both" for left and right; repeatable.',
)
@click.option("--bed", metavar="NAME", help="The sound under the voice, or none.  [default: warm-pad]")
@click.option("--yes", "-y", is_flag=True, help="Ask nothing: defaults for all that is not given.")
@click.option("-o", "--output", metavar="FILE|DIR", help="Where to write; NAME.yaml here by default.")
@click.option(
    "--schema/--no-schema",
    default=True,
    help="Write routine.schema.json beside it, with which editors help.  [default: schema]",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.pass_obj
def command(
    obj: dict[str, bool],
    /,
    name: str,
    yes: bool,
    output: str | None,
    schema: bool,
    overwrite: bool,
    **given: Any,
) -> None:
    """Write NAME.yaml, a commented routine to change as you like, and print its path.

    It asks a few questions; Enter takes the answer in brackets. Nothing is asked that an option answers, and nothing at
    all with --yes or where nobody types.
    """
    from voiceguide.authoring.starter import file
    from voiceguide.routine import json_schema
    from voiceguide.store.files import check_target, whole

    path, is_named = _target(name, output)
    beside = path.with_name(json_schema.FILE) if schema else None
    check_target(path, overwrite=overwrite, follow=is_named)
    if beside:
        check_target(beside, overwrite=True, follow=False)
    old = _old_schema(beside) if beside else ""
    asking = not yes and printing.can_ask()
    wishes = _wishes(given, _title(name), asking=asking)
    text = file(
        wishes, f"voiceguide check --watch {visible(_typed(path.name))}", schema=beside.name if beside else None
    )
    warnings = _examined(text, path.name)
    if beside and (made := json_schema.text()) != old:
        with whole(beside, overwrite=bool(old), follow=False) as target:
            target.write(made.encode())
    with whole(path, overwrite=overwrite, follow=is_named) as target:
        target.write(text.encode())
    printing.made(path)
    if not obj["quiet"]:
        for line in (*warnings, *_next(path, beside)):
            printing.remark(line)


def _target(name: str, output: str | None) -> Output:
    """Return the file to write. Raises UsageError for a name that is a path, and for another suffix."""
    from voiceguide.errors import UsageError
    from voiceguide.routine.finding import SUFFIXES

    target = output_of(output, name if Path(name).suffix in SUFFIXES else f"{name}.yaml")
    if target.named:
        if target.path.suffix not in SUFFIXES:
            raise UsageError(f"expected a file that ends in .yaml, got {output}: choose another -o")
        return target
    if not name.strip() or "/" in name or "\\" in name:
        raise UsageError(f'expected a name without a folder, got "{name}": the file is written here, or where -o says')
    return target


def _title(name: str) -> str:
    """Return what a routine of that name may be called."""
    from voiceguide.routine.finding import SUFFIXES

    stem = Path(name).stem if Path(name).suffix in SUFFIXES else name
    words = " ".join(re.split(r"[\s_-]+", stem)).strip()
    return words[:1].upper() + words[1:]


def _old_schema(path: Path) -> str:
    """Return the schema that lies there, "" for none. Raises UsageError for a file that is not voiceguide's."""
    from voiceguide.errors import UsageError
    from voiceguide.routine.json_schema import TITLE
    from voiceguide.store import paths

    if not paths.is_there(path):
        return ""
    try:
        old = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        old = ""
    if TITLE not in old:
        raise UsageError(f"{path} exists, and is not voiceguide's: add --no-schema, or move it away")
    return old


def _wishes(given: dict[str, Any], usual_title: str, *, asking: bool) -> Wishes:
    """Return what is given, and what is answered or usual in place of the rest."""
    from voiceguide.authoring.starter import Wishes, languages, step, usual_steps
    from voiceguide.errors import UsageError, did_you_mean
    from voiceguide.routine.sounds import BEDS

    def one(key: str, question: str, usual: str, choices: tuple[str, ...] = ()) -> str:
        answer = given[key]
        if answer is None and asking:
            kind = click.Choice(choices) if choices else str
            answer = printing.ask(question, default=usual, type=kind)
        answer = usual if answer is None else " ".join(answer.split())
        if choices and answer not in choices:
            hint = did_you_mean(answer, choices)
            raise UsageError(f'--{key}: expected one of {", ".join(choices)}, got "{answer}".{hint}')
        return answer

    steps = tuple(step(written) for written in given["steps"])
    title = one("title", "What is it called?", usual_title)
    audience = one("audience", "For one who gives a massage, or for one's own self?", "giver", _AUDIENCES)
    posture = one("position", "Lying or seated?", "lying", _POSTURES)
    language = one("language", "Language of the texts?", "en", languages())
    if asking and not steps:
        steps = _asked_steps(usual_steps(audience, language))  # type: ignore[arg-type]  # a choice
    bed = one("bed", "Sound under the voice?", "warm-pad", (*BEDS, "none"))
    return Wishes(title, audience, posture, language, bed, given["summary"], steps)  # type: ignore[arg-type]  # choices


def _asked_steps(usual: tuple[Step, ...]) -> tuple[Step, ...]:
    """Ask for steps one after the other; none at all is the usual ones."""
    from voiceguide.authoring import starter
    from voiceguide.errors import UsageError

    def time(written: str) -> str:
        try:
            return starter.duration(written)
        except UsageError as error:
            raise click.UsageError(str(error)) from None

    told = ", ".join(f"{step.name} {step.duration}{' each side' if step.both else ''}" for step in usual)
    printing.remark(f"The steps, one after the other. Enter alone takes: {told}.")
    found: list[Step] = []
    while True:
        name = printing.ask(f"Step {len(found) + 1}, its name (Enter to end)", default="")
        if not (name := " ".join(name.split())):
            return tuple(found) or usual
        minutes = printing.ask("  How many minutes?", default="2m", value_proc=time)
        both = printing.agreed("  On the left, then as long on the right?")
        found.append(starter.Step(name, minutes, both=both))


def _examined(text: str, name: str) -> list[str]:
    """Return the warnings on a routine that is not written yet. Raises UsageError where what was given is at fault."""
    from voiceguide.errors import UsageError
    from voiceguide.lint import findings
    from voiceguide.store import temporary

    with temporary.holding(name, text) as path:
        found = findings(path)
    faults = [fault for fault in found if fault.level == "fault"]
    if faults:
        raise UsageError("; ".join(f"{fault.place.path}: {fault.message}" for fault in faults))
    return [f"{name}:{fault.place.line}: warning: {fault.place.path}: {fault.message}" for fault in found]


def _next(path: Path, schema: Path | None) -> list[str]:
    """Return lines that say what to do now; the last one has the commands."""
    lines = [f"Open {path} in a text editor and change what you like; its comments explain every part."]
    if schema:
        lines.append(f"{schema.name} beside it lets editors help; delete it together with the first line if you like.")
    typed = _typed(str(path))
    return [*lines, f"Next: voiceguide check {typed}, then: voiceguide render {typed}"]


def _typed(path: str) -> str:
    """Return a path as it is typed in a terminal."""
    return f'"{path}"' if " " in path else path
