"""`voiceguide say`: a text as a session would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import measuring
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands_for_tests import Result


def test_speaks_marks_and_all(run: Callable[..., Result], folder: Path) -> None:
    """Sentences, an exact pause, and nothing cut at the end."""
    result = run("say", "Breathe out now. [pause 3s] And rest.", "-o", "a.wav", "--voice", "tone")
    assert (result.code, result.out) == (0, "a.wav\n")
    samples = measuring.decoded(folder / "a.wav")
    levels = measuring.windows_dbfs(samples)
    starts = measuring.onsets(levels)
    first, second = 3 * 60 / 135, 2 * 60 / 135  # words at the default pace
    assert starts == pytest.approx([0, first + 3], abs=0.02)
    loud = np.flatnonzero(levels > -20) * measuring.HOP / measuring.RATE
    assert loud[-1] == pytest.approx(first + 3 + second, abs=0.03)


def test_speaks_a_named_voices_language(
    run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    """A voice named in full speaks its own language without --language, also one that has no phrases of ours."""
    asked: list[str] = []
    from voiceguide.voices import VoiceInfo
    from voiceguide.voices.tone import ToneEngine, ToneVoice

    class Polyglot(ToneEngine):
        name = "polyglot"

        def voices(self) -> tuple[VoiceInfo, ...]:
            return (VoiceInfo("lena", ("de-DE",), "MIT"), VoiceInfo("ana", ("pt-PT",), "MIT"))

        def voice(self, name: str | None, *, language: str, pace: int) -> ToneVoice:
            asked.append(language)
            return ToneVoice(str(name), pace)

    import engines_for_tests as engines

    monkeypatch.setattr(engines, "ENGINES", (Polyglot,))
    monkeypatch.setattr(engines, "Polyglot", Polyglot, raising=False)
    engines.register(monkeypatch)
    assert run("say", "Ruhig.", "-o", "a.wav", "--voice", "polyglot:lena").code == 0
    assert run("say", "Com calma.", "-o", "b.wav", "--voice", "polyglot:ana").code == 0
    assert run("say", "Com calma.", "-o", "c.wav", "--voice", "polyglot", "--language", "pt").code == 0
    assert asked == ["de-DE", "pt-PT", "pt"]


def test_without_a_text_the_voice_is_to_be_heard(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """By a sentence of its language; where there is none, a text is asked for."""
    result = run("say", "--voice", "tone", "--language", "de", "-o", "a.wav")
    assert (result.code, result.out) == (0, "a.wav\n")
    assert 'TEXT: expected words to say, as there is no sample in "it"' in refused(
        "say", "--voice", "tone", "--language", "it", "-o", "b.wav"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["", "-o", "a.wav"], "words"),
        (["[puase 2s] Now.", "-o", "a.wav"], "puase"),
        (["Now.", "-o", "a.txt"], ".wav"),
        (["Now.", "-o", "nowhere/a.wav"], "nowhere"),
        (["Now.", "-o", "small.yaml"], ".wav"),
        (["Now."], "-o"),
        (["Now.", "-o", "a.wav", "--voice", "nobody"], "nobody"),
        (["Now.", "-o", "a.wav", "--language", "xx"], "xx"),
    ],
)
def test_refusals(arguments: list[str], words: str, refused: Callable[..., str]) -> None:
    """What cannot be said, or written, is told with what to do."""
    if "--language" not in arguments and "--voice" not in arguments:
        arguments = [*arguments, "--voice", "tone"]
    assert words in refused("say", *arguments)


def test_an_existing_file_is_kept(run: Callable[..., Result], refused: Callable[..., str], folder: Path) -> None:
    """Unless --overwrite says otherwise."""
    (folder / "a.wav").write_bytes(b"kept")
    assert "--overwrite" in refused("say", "Now.", "-o", "a.wav", "--voice", "tone")
    assert (folder / "a.wav").read_bytes() == b"kept"
    assert run("say", "Now.", "-o", "a.wav", "--voice", "tone", "--overwrite").code == 0


@pytest.mark.slow
@pytest.mark.parametrize("voice", [[], ["--voice", "pyttsx3"]], ids=["default", "pyttsx3"])
def test_real_voices(voice: list[str], run: Callable[..., Result], folder: Path) -> None:
    """The default voice, and the system's, say it at their level and at the pace."""
    text = "Glide both hands slowly from the middle of the back up to the shoulders, and rest them there."
    assert run("say", text, "-o", "a.mp3", *voice).code == 0
    samples = measuring.decoded(folder / "a.mp3")
    seconds = len(samples) / measuring.RATE
    assert measuring.lufs(samples, 0, seconds) == pytest.approx(-16, abs=0.5)
    assert len(text.split()) / seconds * 60 == pytest.approx(135, rel=0.15)
