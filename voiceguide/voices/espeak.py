"""How a sentence sounds, in IPA: eSpeak NG's library, by ctypes, from the wheel espeakng-loader.

It speaks nothing here, it only spells sounds: what neural voices are given that have no dictionary of their own.
The library keeps one state for the whole process, so one thread at a time is in it.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from pathlib import Path
from typing import Any

from voiceguide.errors import Failed, MissingError
from voiceguide.installed import reinstalling

PACKAGE = "espeakng-loader"
TIE = "^"
"""Stands between the signs of one sound: t^ʃ."""

_LOCK = threading.Lock()
_RETRIEVAL, _DONT_EXIT = 2, 0x8000
"""It makes no sound of its own; what goes wrong is told, where it would end the process."""
_UTF8, _IPA, _TIED = 1, 0x02, 0x80
_FLAG = re.compile(r"\([^)]*\)")
"""Before and after a word that it takes for another language's: `(^e^n)`."""


def spelled(text: str, voice: str) -> str:
    """Return a text's sounds, words apart, with stress and TIE; what it takes for a foreign word, as one.

    `voice` is a file of its data, as `roa/es`. Punctuation in the text is a pause to it, of which nothing is told.
    Raises MissingError where the library is not installed, and Failed.
    """
    import ctypes

    with _LOCK:
        library = _library()
        if library.espeak_SetVoiceByName(voice.encode()):
            raise Failed(f'eSpeak NG has no voice "{voice}". Install it again: {reinstalling(PACKAGE)}')
        left = ctypes.c_char_p(text.encode())
        clauses = []
        while left.value is not None:
            sounds = library.espeak_TextToPhonemes(ctypes.byref(left), _UTF8, _IPA | _TIED | ord(TIE) << 8)
            clauses.append(sounds.decode())
    return " ".join(_FLAG.sub("", " ".join(clauses)).split())


@cache
def _library() -> Any:
    """The library, ready."""
    import ctypes

    try:
        import espeakng_loader

        library = ctypes.CDLL(espeakng_loader.get_library_path())
        data = Path(espeakng_loader.get_data_path())
    except (ImportError, OSError, RuntimeError) as fault:
        raise MissingError(
            f"eSpeak NG's library, which tells how words sound, is not here ({fault}). "
            f"Install it again: {reinstalling(PACKAGE)}"
        ) from fault
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    if library.espeak_Initialize(_RETRIEVAL, 0, str(data.parent).encode(), _DONT_EXIT) < 0:
        raise Failed(f"eSpeak NG could not start with its data in {data}. Install it again: {reinstalling(PACKAGE)}")
    return library
