"""Measure Kokoro's voices, and print the constants of voiceguide/voices/kokoro/pace.py, and how far off they are.

Run it when the model or its signs change, with the model here: `python scripts/calibrate_kokoro.py [VOICE…]` (ten
minutes of CPU for all). How long each sound lasts is decided early in the model, so that it is cut there (for which it
needs onnx: `pip install onnx`) and asked for every sentence at every speed; some sentences of each voice are spoken as
a whole, which tells how much silence stands around their words.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from calibrate_hibari import fit, off_by, parted, trimmed
from calibration_sentences import ENGLISH, FRENCH, ITALIAN, PORTUGUESE, SPANISH

# scripts/voiceguide.py stands beside this file and would be imported in the package's place.
sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.voices.kokoro import KokoroEngine, model, phonemes
from voiceguide.voices.kokoro.pace import REFERENCE_SPEED, SPEEDS, TEMPI
from voiceguide.voices.kokoro.voice import KokoroVoice

if TYPE_CHECKING:
    from numpy.typing import NDArray

SENTENCES = {"es": SPANISH, "fr": FRENCH, "it": ITALIAN, "pt": PORTUGUESE, "en": ENGLISH}
FRAME = 0.025
"""Seconds."""
SPOKEN = 8
"""Each such sentence is spoken as a whole."""


class Voice(KokoroVoice):
    """A voice that can be asked at any speed, and for its sounds' lengths alone."""

    def sounding(self, text: str, speed: float) -> NDArray[np.float32]:
        """What the whole model gives."""
        return self._spoken(phonemes.signs(text, self._tongue), speed)

    def frames(self, cut: Any, text: str, speed: float) -> NDArray[np.float32]:
        """Frames of each sign, with the silences before and after."""
        tokens = phonemes.tokens(phonemes.signs(text, self._tongue))
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._styles[len(tokens) - 1 : len(tokens)],
            "speed": np.array([speed], np.float32),
        }
        return np.ravel(cut.run(None, inputs)[0])


def main() -> None:
    """Print each voice's measure, then the speeds of all."""
    cut = shortened()
    relative = []
    asked = sys.argv[1:]
    for info in KokoroEngine().voices():
        if asked and info.name not in asked:
            continue
        (tongue,) = info.languages
        language = tongue[:2]
        texts = SENTENCES[language]
        voice = Voice(info.name, tongue, TEMPI[info.name], 135)
        words, running, held_out = parted(texts)
        around = np.mean(
            [
                len(spoken) / 24_000 - trimmed(spoken, 24_000)
                for spoken in (voice.sounding(text, REFERENCE_SPEED) for text in texts[::SPOKEN])
            ]
        )
        frames = [voice.frames(cut, text, REFERENCE_SPEED) for text in texts]
        seconds = np.array([FRAME * each.sum() for each in frames]) - around
        timing = fit(texts, seconds, language)
        estimated = np.array([timing.seconds(text, language=language) for text in texts])
        pace = 60 * words[running].sum() / seconds[running].sum()
        print(
            f'"{info.name}": Tempo({pace:.1f}, {timing}), {around:.2f} s of silence; held out: '
            f"{off_by(estimated[held_out], seconds[held_out])}"
        )
        inner = np.array(
            [sum(voice.frames(cut, text, speed)[1:-2].sum() for text in texts[::3]) for speed, _ in SPEEDS]
        )
        relative.append(inner / inner[[speed for speed, _ in SPEEDS].index(REFERENCE_SPEED)])
    means, apart = np.mean(relative, axis=0), np.std(relative, axis=0) / np.mean(relative, axis=0)
    print(f"SPEEDS = {tuple((speed, round(float(mean), 3)) for (speed, _), mean in zip(SPEEDS, means, strict=True))}")
    print(f"voices differ by {100 * apart.max():.1f} % at most (one standard deviation)")


def shortened() -> Any:
    """Return a session of the model up to where its durations are."""
    import onnxruntime
    from onnx.utils import extract_model

    with tempfile.TemporaryDirectory() as folder:
        whole, cut = Path(folder) / model.FILE, Path(folder) / "durations.onnx"
        whole.write_bytes(b"".join(path.read_bytes() for path in model.found()))
        extract_model(str(whole), str(cut), ["tokens", "style", "speed"], [model.FRAMES], check_model=False)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        return onnxruntime.InferenceSession(str(cut), options, providers=["CPUExecutionProvider"])


if __name__ == "__main__":
    main()
