"""`voiceguide voices`: who can speak here."""

from __future__ import annotations

import click

from voiceguide.cli import printing


@click.command("voices")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(as_json: bool) -> None:
    """List engines and voices with their languages and licences; what is missing comes with its fix."""
    from voiceguide.voices import listing

    listed = listing()
    if as_json:
        rows = [
            {
                "id": voice.id,
                "engine": voice.engine,
                "name": voice.name,
                "languages": list(voice.languages),
                "licence": voice.licence,
                "ready": voice.ready,
                "fix": voice.fix,
            }
            for voice in listed
        ]
        printing.document(rows)
        return
    width = max((len(voice.id) for voice in listed), default=0)
    for voice in listed:
        state = "ready" if voice.ready else f"not ready: {voice.fix}"
        printing.result(f"{voice.id:<{width}}  {', '.join(voice.languages)}  {voice.licence}  {state}")
