"""`voiceguide doctor`: what works here, and what mends the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import engines_for_tests as engines
import pytest
from engines_for_tests import Choir, Robot

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result


def test_who_speaks_each_language(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """Natural or robotic or nobody, with the line that brings a natural voice where one is known."""
    engines.register_alone(monkeypatch, Choir, Robot)
    Choir.here.add("eva")
    result = run("doctor")
    assert (result.code, result.err) == (0, "")
    lines = [line.strip() for line in result.out.splitlines()]
    assert "ok  English, spoken by hibari:heart, natural" in lines
    assert "ok  Spanish, spoken by choir:eva, natural" in lines
    how = "A natural voice, choir:berta (a woman), is a download of 63 MB: voiceguide voices get choir:berta"
    assert f"--  German, spoken by robot:hans, robotic: {how}" in lines
    assert "--  French, spoken by nobody: No natural voice for French is known to voiceguide." in lines
