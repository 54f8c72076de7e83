"""`voiceguide sounds`: the chimes and beds there are."""

from __future__ import annotations

import json

import click


@click.command("sounds", short_help="List the chimes and beds.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def command(as_json: bool) -> None:
    """List the chimes and beds, with their seconds."""
    from voiceguide.sound import chimes

    lists = {"chimes": [{"name": n, "seconds": round(chimes.seconds(chimes.find(n, None)), 3)} for n in chimes.names()]}
    lists["beds"] = []
    if as_json:
        click.echo(json.dumps(lists, indent=1))
        return
    for kind, sounds in lists.items():
        click.echo(f"{kind}:" if sounds else f"{kind}: none in this version")
        for sound in sounds:
            click.echo(f"  {sound['name']:<12} {sound['seconds']:6.1f} s")
