"""Progress on stderr: a bar where someone is watching, a line a stage elsewhere, nothing when quiet."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from voiceguide.cli import printing
from voiceguide.cli.options import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TITLES = {"speaking": "Speaking", "encoding": "Encoding", "getting": "Getting", "listening": "Listening"}


@contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what `session.render`, or a download, tells of its progress."""
    if quiet:
        yield lambda _stage, _done, _total: None
    elif printing.is_watched(err=True):
        from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description:<9}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
        with Progress(*columns, TimeRemainingColumn(), console=printing.console(err=True)) as bars:
            tasks: dict[str, TaskID] = {}

            def move(stage: str, done: int, total: int) -> None:
                if stage not in tasks:
                    tasks[stage] = bars.add_task(_TITLES[stage], total=total)
                bars.update(tasks[stage], completed=done, total=total)

            yield move
    else:
        told: set[str] = set()

        def tell(stage: str, _done: int, total: int) -> None:
            if stage not in told:
                told.add(stage)
                what = f" {total} sentence{'s' * (total != 1)}" if stage == "speaking" else ""
                printing.remark(f"{_TITLES[stage]}{what} ...")

        yield tell


def warner(*, quiet: bool) -> Callable[[str], None]:
    """Return what prints a warning."""
    return (lambda _message: None) if quiet else (lambda message: printing.remark(said(message)))


class Bars(ExitStack):
    """Progress, shown once there is some: where all is spoken already, it sounds before a bar could be drawn."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__()
        self._quiet = quiet
        self._move: Callable[[str, int, int], None] | None = None

    def tell(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        if self._move is None:
            self._move = self.enter_context(shown(quiet=self._quiet))
        self._move(stage, done, total)
