"""`voiceguide voices`: who can speak here, and what brings a voice and takes it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from voiceguide.cli import printing

if TYPE_CHECKING:
    from voiceguide.voices import Listed


@click.group("voices", invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List engines and voices with their languages and licences; what is missing comes with its fix."""
    from voiceguide.voices import listing

    if ctx.invoked_subcommand:
        return
    listed = listing()
    if as_json:
        printing.document([_row(voice) for voice in listed])
        return
    width = max((len(voice.id) for voice in listed), default=0)
    for voice in listed:
        state = "ready" if voice.ready else f"not ready: {voice.fix}"
        printing.result(f"{voice.id:<{width}}  {', '.join(voice.languages)}  {voice.licence}  {state}")


def _row(voice: Listed) -> dict[str, object]:
    return {
        "id": voice.id,
        "engine": voice.engine,
        "name": voice.name,
        "languages": list(voice.languages),
        "licence": voice.licence,
        "gender": voice.gender,
        "natural": voice.natural,
        "download_mb": voice.download_mb,
        "ready": voice.ready,
        "fix": voice.fix,
    }
