"""What is said to a file tells whose words it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from voiceguide import say
from voiceguide.exports import finished


@pytest.mark.parametrize(("language", "told"), [("de", "de"), (None, "en")])
def test_a_said_text_tells_its_words_and_its_language(language: str | None, told: str, tmp_path: Path) -> None:
    """A player reads them from the file's tags; marks are no words."""
    path = tmp_path / "said.mp3"
    say("Atme aus. [pause 1s] Und ein.", path, voice="tone", language=language)
    found = finished.read(path)
    assert (found.title, found.language) == ("Atme aus. Und ein.", told)
