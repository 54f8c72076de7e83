"""A routine that no rule minds, and ways to spoil it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from voiceguide.lint import findings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from voiceguide.errors import Fault

CALM = """\
title: Calm hands
summary: Two slow steps.
safety:
  do_not_start: [a fever]
reminders: [Soft hands.]
steps:
  - name: Strokes
    pressure: 2
    check_in: true
    say: Glide both hands slowly up the back. [pause 4s] Come back down the sides.
    duration: {short: 4m, full: 6m}
  - name: Circles
    pressure: 3
    say: Make slow circles beside the spine.
    duration: {short: 3m, full: 5m}
"""


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., list[Fault]]:
    """Return what is found in the calm routine after (what stands there, what comes instead)."""

    def check(*changes: tuple[str, str], strict: bool = False) -> list[Fault]:
        text = CALM
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the calm routine"
            text = text.replace(old, new)
        file = tmp_path / "calm.yaml"
        file.write_text(text, encoding="utf-8")
        return findings(file, strict=strict)

    return check
