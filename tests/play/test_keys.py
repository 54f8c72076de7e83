"""Keys: what each means, and which are missing."""

from __future__ import annotations

import importlib.util
import os
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

import blessed
import pytest
from blessed.keyboard import Keystroke

from voiceguide.errors import MissingError
from voiceguide.play import keys
from voiceguide.play.keys import Key

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    ("stroke", "meaning"),
    [
        (Keystroke(" "), Key.TOGGLE),
        (Keystroke("\x1b[D", 260, "KEY_LEFT"), Key.PREVIOUS),
        (Keystroke("\x1b[C", 261, "KEY_RIGHT"), Key.FOLLOWING),
        (Keystroke("+"), Key.LOUDER),
        (Keystroke("="), Key.LOUDER),
        (Keystroke("-"), Key.SOFTER),
        (Keystroke("q"), Key.END),
        (Keystroke("\x1b", 361, "KEY_ESCAPE"), Key.END),
        (Keystroke("x"), None),
        (Keystroke(""), None),
    ],
)
def test_what_a_key_means(stroke: Keystroke, meaning: Key | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the help; any other, and none within the time, means nothing."""

    class Terminal:
        def __init__(self, force_styling):
            assert force_styling is None  # else it asks terminals that may never answer

        def cbreak(self):
            return nullcontext()

        def inkey(self, timeout):
            assert timeout == 0.25
            return stroke

    monkeypatch.setattr(blessed, "Terminal", Terminal)
    with keys.listening() as pressed:
        assert pressed(0.25) is meaning


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_a_terminal_that_is_closed_does_not_hide_what_ended_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be put back as it was, which is no fault of the session's."""
    import termios

    @contextmanager
    def closed(_self: object) -> Iterator[None]:
        try:
            yield
        finally:
            raise termios.error(5, "Input/output error")

    monkeypatch.setattr(blessed.Terminal, "cbreak", closed)
    with pytest.raises(KeyboardInterrupt), keys.listening():
        raise KeyboardInterrupt


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one line that mends it, without importing anything."""
    keys.check()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(MissingError, match=r"-m pip install blessed miniaudio$"):
        keys.check()
