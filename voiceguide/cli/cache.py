"""`voiceguide cache`: what is kept of earlier renders."""

from __future__ import annotations

import click

from voiceguide.cli import printing
from voiceguide.cli.options import Holding


@click.group("cache", cls=Holding)
def command() -> None:
    """See or clear what is kept of earlier renders: spoken sentences, takes and sections."""


@command.command("info")
@click.pass_obj
def info(obj: dict[str, bool]) -> None:
    """Show where the cache is and how much it holds."""
    from voiceguide.cli.progress import warner
    from voiceguide.store.cache import Cache, default_folder

    with Cache(default_folder(), warn=warner(quiet=obj["quiet"])) as cache:
        printing.result(str(cache.root))
        for kind, entries, size in cache.info():
            printing.result(f"  {kind:<10} {entries:6} entries {size / 1e6:9.1f} MB")


@command.command("clear")
@click.option("--takes", is_flag=True, help="Only what was spoken: sentences and takes.")
@click.option("--sections", is_flag=True, help="Only encoded sections.")
@click.pass_obj
def clear(obj: dict[str, bool], takes: bool, sections: bool) -> None:
    """Empty the cache: the next render speaks and encodes everything anew."""
    from voiceguide.cli.progress import warner
    from voiceguide.store.cache import Cache, default_folder
    from voiceguide.store.entries import KINDS, Kind

    kinds: tuple[Kind, ...] = (*(("sentences", "takes") if takes else ()), *(("sections",) if sections else ()))
    with Cache(default_folder(), warn=warner(quiet=obj["quiet"])) as cache:
        freed = cache.clear(kinds or KINDS)
    printing.made(f"freed {freed / 1e6:.1f} MB")
