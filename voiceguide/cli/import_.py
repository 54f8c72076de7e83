"""`voiceguide import`: a how-to article as the draft of a routine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command
from voiceguide.cli.outputs import output_of

if TYPE_CHECKING:
    from voiceguide.authoring.articles.draft import Draft
    from voiceguide.errors import Fault


@click.command("import", cls=Command)
@click.argument("article", metavar="ARTICLE")
@click.option("-o", "--output", metavar="FILE.yaml|DIR", help="Where to write; named after the article's title here.")
@click.option("--overwrite", is_flag=True, help="Replace a file that exists.")
@click.option(
    "--anyway", is_flag=True, help="Draft it even if it is for babies, children or animals, or not in English."
)
@click.option(
    "--judge",
    metavar="COMMAND",
    help="A program that judges what each sentence is: JSON in, JSON out (docs/import.md).",
)
@click.option(
    "--method", type=click.IntRange(min=1), default=1, metavar="N", help="Of several ways in one article, the Nth."
)
@click.pass_obj
def command(
    obj: dict[str, bool],
    article: str,
    output: str | None,
    overwrite: bool,
    anyway: bool,
    judge: str | None,
    method: int,
) -> None:
    """Draft a routine from a how-to in English (text, Markdown, HTML, .docx or .pdf) and print the path of its file.

    Nothing is lost: each sentence becomes part of the routine or a comment in it, "# left out, line N: …". Nothing is
    added: what had to be guessed has a comment "# check: …". What was understood, every caution and every sentence that
    was left out is told. A text without steps to follow, in another language, or for babies, children or animals is
    refused with exit 1.
    """
    from voiceguide.authoring.articles import draft_of, judging, problems
    from voiceguide.errors import Failed, UsageError
    from voiceguide.store.files import check_target, whole

    if "://" in article:
        raise UsageError(f"{article}: expected an article's file, got an address: save the page, and name its file")
    early = output_of(output, "draft.yaml")
    if early.named:
        if early.path.suffix.lower() not in (".yaml", ".yml"):
            raise UsageError(f"{output}: expected a name that ends in .yaml: a routine is a YAML file")
        check_target(early.path, overwrite=overwrite)
    asked = judging.asking(judge) if judge is not None else None
    draft = draft_of(Path(article), anyway=anyway, judge=asked, method=method)
    path, is_named = output_of(output, f"{draft.name}.yaml")
    check_target(path, overwrite=overwrite, follow=is_named)
    found = problems(draft.text)
    if faults := [fault for fault in found if fault.level == "fault"]:
        raise Failed(
            f"{article}: no routine can be drafted from it that passes `voiceguide check`: {faults[0].message}"
        )
    with whole(path, overwrite=overwrite, follow=is_named) as file:
        file.write(draft.text.encode("utf-8"))
    if not obj["quiet"]:
        printing.remark(_summary(draft, path, found))
    printing.made(path)


def _summary(draft: Draft, path: Path, found: list[Fault]) -> str:
    """Return what came of the article: the cautions first, those that were not understood before the others."""
    lines = ["Cautions:"]
    lines += [
        f"  line {each.line}: {each.text} ({each.place}{'' if each.sure else ', to be checked'})"
        for each in draft.cautions
    ] or ["  none: does the article say who should not start?"]
    lines += ["Left out, each a comment in the draft:"]
    lines += [f"  line {each.line}: {each.text}" for each in draft.left_out] or ["  nothing"]
    lines += ["Understood:", *(f"  {line}" for line in draft.found)]
    if draft.methods:
        lines.append(
            f"The article shows {len(draft.methods)} ways; this is number {draft.method}, --method N drafts another:"
        )
        lines += [f"  {at}. {name}" for at, name in enumerate(draft.methods, 1)]
    many = len(draft.flags)
    warnings = f"; `voiceguide check {path}` has {len(found)} warning{'s' * (len(found) != 1)}" if found else ""
    lines.append(f'{many} place{"s" * (many != 1)} to look at: search for "# check:"{warnings}')
    return "\n".join(lines)
