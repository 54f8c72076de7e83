"""`voiceguide sounds`: the chimes and beds there are."""

from __future__ import annotations

from typing import Any

import click

from voiceguide.cli import printing
from voiceguide.cli.commands import Command


@click.command("sounds", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(as_json: bool) -> None:
    """List the chimes and beds, with their seconds."""
    from voiceguide.sound import bed, chimes

    lists = {
        "chimes": [_sound(name, chimes.seconds(chimes.find(name, None))) for name in chimes.names()],
        "beds": [_sound(name, bed.seconds(bed.find(name))) for name in bed.names()],
    }
    if as_json:
        printing.document(lists)
        return
    for kind, sounds in lists.items():
        printing.result(f"{kind}:")
        for sound in sounds:
            printing.result(f"  {sound['name']:<12} {sound['seconds']:6.1f} s")


def _sound(name: str, seconds: float) -> dict[str, Any]:
    return {"name": name, "seconds": round(seconds, 3)}
