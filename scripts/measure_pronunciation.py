"""Print how each engine pronounces the words of `voiceguide/text/lexicon/`, by itself and as they stand there.

    .venv/bin/python -P scripts/measure_pronunciation.py                    # by the engines' own phonemes, seconds
    .venv/bin/python -P scripts/measure_pronunciation.py --language de fr   # some languages
    PYTHONPATH=. PYTHON scripts/measure_pronunciation.py --listen pyttsx3 --language de   # what a recogniser hears

hibari and eSpeak tell their phonemes; Kokoro and Piper have eSpeak's. `--listen` speaks each word twice with a voice,
in a sentence, and has whisper base write down both; it needs `faster-whisper` and a model (`--model`, a folder or a
name). eSpeak's is asked in its C library, on Linux.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

# scripts/voiceguide.py stands beside this file and would be imported in the package's place.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from voiceguide import voices
from voiceguide.text import ipa, pronouncing
from voiceguide.text.utter import utter
from voiceguide.voices import espeak_phonemes
from voiceguide.voices.hibari_phonemes import converted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from voiceguide.text.pronouncing import Pronunciation

LANGUAGES = {"en": "en-US", "de": "de", "es": "es", "fr": "fr-FR"}
"""The languages that have a list, and the tag of eSpeak's usual voice of each."""
_NAMES = {"fr-FR": "fr"}
"""Where eSpeak calls a voice otherwise."""
SENTENCES = {
    "en": "Now a little {}, slowly.",
    "de": "Jetzt kommt {}, ganz langsam.",
    "es": "Ahora {}, muy despacio.",
    "fr": "Maintenant {}, doucement.",
}
_UTF8_AND_PHONEMES = 0x1 | 0x100
_AS_IPA = 2


def main() -> None:
    """Print a line for every word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", nargs="+", choices=LANGUAGES, default=[*LANGUAGES])
    parser.add_argument("--only", nargs="+", metavar="WORD", help="these words alone")
    parser.add_argument("--listen", metavar="VOICE", help="speak with this voice, and have it written down")
    parser.add_argument("--model", default="base", help="whisper's name or folder (base)")
    asked = parser.parse_args()
    for language in asked.language:
        known = tuple(one for one in pronouncing.of_language(language) if not asked.only or one.word in asked.only)
        print(f"\n{language}: {len(known)} words", flush=True)
        rows = listened(known, language, asked.listen, asked.model) if asked.listen else phonemes(known, language)
        for row in rows:
            print("| " + " | ".join(row) + " |", flush=True)


def phonemes(known: tuple[Pronunciation, ...], language: str) -> Iterator[tuple[str, ...]]:
    """Yield each word, its sounds, and those of each engine by itself and when it is given them."""
    yield (
        "word",
        "told",
        "eSpeak by itself",
        "eSpeak told",
        *(("hibari by itself", "hibari told") * (language == "en")),
    )
    for one in known:
        row = one.word, one.ipa, espeak_says(one.word, language), espeak_told(one, language)
        yield (*row, *((hibari().g2p(one.word), hibari_told(one)) if language == "en" else ()))


@cache
def hibari() -> Any:
    """Return hibari's model, for its pronouncer."""
    from hibari import Hibari

    return Hibari()


def hibari_told(one: Pronunciation) -> str:
    """Return a word's sounds as hibari is given them."""
    return str(hibari().g2p(converted(f"[{one.word}](/{one.ipa}/)", british=False)))


def espeak_says(text: str, language: str) -> str:
    """Return what eSpeak makes of a text, in the IPA as `ipa.canonical` writes it."""
    return _traced(text, LANGUAGES[language])


def espeak_told(one: Pronunciation, language: str) -> str:
    """Return what eSpeak makes of a word whose sounds it is given."""
    return _traced(espeak_phonemes.converted(f"[{one.word}](/{one.ipa}/)", LANGUAGES[language]), LANGUAGES[language])


@cache
def _espeak() -> Any:
    """Return eSpeak's library, ready to speak to nobody."""
    import espeakng_loader

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)  # 2: to be heard by a callback
    library.espeak_SetSynthCallback(_UNHEARD)
    return library


@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
def _UNHEARD(_samples: int, _count: int, _events: int) -> int:  # noqa: N802 (C holds it as long as it runs)
    return 0


def _traced(text: str, language: str) -> str:
    """Return the phonemes that eSpeak speaks, which it writes to a C file."""
    library, libc = _espeak(), ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "phonemes"
        file = ctypes.c_void_p(libc.fopen(os.fsencode(path), b"w"))
        if library.espeak_SetVoiceByName(_NAMES.get(language, language.lower()).encode()):
            raise SystemExit(f"eSpeak has no voice {language}")
        library.espeak_SetPhonemeTrace(_AS_IPA, file)
        said = text.encode()
        size = ctypes.c_size_t(len(said) + 1)
        library.espeak_Synth(said, size, 0, 1, 0, _UTF8_AND_PHONEMES, None, None)
        library.espeak_Synchronize()
        library.espeak_SetPhonemeTrace(0, None)
        libc.fclose(file)
        return ipa.canonical(path.read_text("utf-8"))


def listened(known: tuple[Pronunciation, ...], language: str, spec: str, model: str) -> Iterator[tuple[str, ...]]:
    """Yield each word and what a recogniser hears, said by the voice itself and as the list tells it."""
    from faster_whisper import WhisperModel

    whisper = WhisperModel(model, device="cpu", compute_type="int8", cpu_threads=1)
    voice = voices.pick(spec, language=language, pace=voices.DEFAULT_PACE)
    yield "word", "heard when said by itself", "heard as told"
    counts = [0, 0]
    for one in known:
        (sentence,) = utter("say", (SENTENCES[language].format(one.word),), None, language).sentences()
        heard = []
        for index, spoken in enumerate((pronouncing.plain(sentence.spoken), sentence.spoken)):
            audio = voice.say(spoken)
            heard.append(_written(whisper, audio, language))
            counts[index] += _letters(one.word) in _letters(heard[-1])
        yield one.word, *heard
    yield f"{len(known)} words", f"{counts[0]} heard right", f"{counts[1]} heard right"


def _written(whisper: Any, audio: voices.Audio, language: str) -> str:
    import soxr

    samples = soxr.resample(audio.samples[:, 0], audio.sample_rate, 16_000)
    segments, _ = whisper.transcribe(samples, language=language, beam_size=1, without_timestamps=True)
    return " ".join(segment.text.strip() for segment in segments)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


if __name__ == "__main__":
    main()
