"""`voiceguide list`: the routines there are."""

from __future__ import annotations

import json

import click

from voiceguide.cli.choices import routines_option
from voiceguide.durations import clock


@click.command("list", short_help="List the routines there are.")
@routines_option
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@click.pass_obj
def command(obj: dict[str, bool], routines: tuple[str, ...], as_json: bool) -> None:
    """List the bundled routines, and those in your own folders (--routines DIR, or VOICEGUIDE_ROUTINES)."""
    from voiceguide import catalogue

    entries, broken = catalogue.listed(catalogue.folders(routines))
    for message in broken if not obj["quiet"] else ():
        click.echo(message, err=True)
    if as_json:
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    width = max((len(entry["name"]) for entry in entries), default=0)
    for entry in entries:
        lengths = ", ".join(f"{name} {clock(seconds)}" for name, seconds in entry["lengths"].items())
        click.echo(f"{entry['name']:<{width}}  {entry['title']} ({lengths}; {', '.join(entry['languages'])})")
        if entry["summary"]:
            click.echo(f"{'':<{width}}  {entry['summary']}")
