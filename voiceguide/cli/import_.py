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
@click.pass_obj
def command(obj: dict[str, bool], article: str, output: str | None, overwrite: bool) -> None:
    """Draft a routine from a how-to in English (plain text, Markdown or HTML) and print the path of its file.

    Steps, times in words, things needed, tips and who should not start are taken over, and nothing is added: what had
    to be guessed has a comment "# check: …". What was understood and what was left out is told. A text without steps
    to follow, or in another language, is refused with exit 1.
    """
    from voiceguide.authoring.articles import draft_of, problems
    from voiceguide.errors import Failed, UsageError
    from voiceguide.store.files import check_target, whole

    if "://" in article:
        raise UsageError(f"{article}: expected an article's file, got an address: save the page, and name its file")
    early = output_of(output, "draft.yaml")
    if early.named:
        if early.path.suffix.lower() not in (".yaml", ".yml"):
            raise UsageError(f"{output}: expected a name that ends in .yaml: a routine is a YAML file")
        check_target(early.path, overwrite=overwrite)
    draft = draft_of(Path(article))
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
    left_out = [f"  {line}" for line in draft.left_out] or ["  nothing but the sentences that its comments name"]
    checks = f'{draft.checks} place{"s" * (draft.checks != 1)} to look at: search for "# check:"'
    warnings = f"; `voiceguide check {path}` has {len(found)} warning{'s' * (len(found) != 1)}" if found else ""
    return "\n".join(["Understood:", *(f"  {line}" for line in draft.found), "Left out:", *left_out, checks + warnings])
