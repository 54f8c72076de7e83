"""Sentences → the signs that Kokoro reads: IPA, with some sounds of two signs written as one, and punctuation.

English goes through hibari's dictionary, which was made for this very alphabet, the other languages through eSpeak NG,
whose sounds Kokoro learned them from. A sign that the model does not know is refused: it would be left out in silence.
"""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import json
import re
import threading
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from voiceguide.errors import Failed
from voiceguide.text import ipa
from voiceguide.text.pronouncing import parts
from voiceguide.voices import espeak, hibari_phonemes

VERSION = 2
"""Of what is made of a sentence here; raised by whoever changes it."""
MOST = 510
"""Signs that the model takes at once."""

TONGUES = {"en-US": "", "en-GB": "", "es": "roa/es", "fr": "roa/fr", "it": "roa/it", "pt-BR": "roa/pt-BR"}
"""What a voice speaks, and eSpeak's data for it."""

# A tie joins what eSpeak takes for one sound; what an author writes has none.
_JOINED = (
    *(("d^z", "ʣ"), ("d^ʒ", "ʤ"), ("s^s", "S"), ("t^s", "ʦ"), ("t^ʃ", "ʧ")),
    *(("a^ɪ", "I"), ("a^ʊ", "W"), ("e^ɪ", "A"), ("o^ʊ", "O"), ("ə^ʊ", "Q"), ("ɔ^ɪ", "Y")),
)
_AUTHORS = (("ɫ", "l"), ("ˑ", ""), ("dʒ", "ʤ"), ("tʃ", "ʧ"))

_PAUSE = re.compile(r"\s*[;:!?—…\"()“”]\s*|\s*[.,](?!\d)\s*|\s+-\s+")
_MARKS = str.maketrans(
    {"«": "“", "»": "”", "„": "“", "[": "(", "]": ")", "{": "(", "}": ")", "–": "—", "―": "—", "¿": None, "¡": None}
)
"""Punctuation as the model writes it. What opens a Spanish question says nothing that its end does not."""
_NUMBERS = frozenset("ªº")
"""Letters of every alphabet, to Unicode."""
_FIRST_FOREIGN = 0x0370
"""Below it all letters are Latin."""

_READING = threading.Lock()


def signs(text: str, tongue: str) -> str:
    """Return a normalised sentence as the model's signs; `[word](/ipa/)` in it sounds as its IPA says.

    `tongue` is one of TONGUES. Raises Failed, naming the sentence, for letters and sounds that the voice lacks.
    """
    read = "".join(said for said, sounds in parts(text) if not sounds)
    if strange := sorted({letter for letter in read if _is_foreign(letter)}):
        raise Failed(f'"{text}" has letters that the voice cannot read: {" ".join(strange)}. Write them as they sound.')
    made = _english(text, tongue) if not TONGUES[tongue] else _by_espeak(text, TONGUES[tongue])
    if unknown := sorted(set(made) - vocabulary().keys()):
        told = ", ".join(f'"{sign}" (U+{ord(sign):04X})' for sign in unknown)
        raise Failed(f'"{text}" has sounds that the voice has no sign for: {told}. Reword it.')
    if not any(unicodedata.category(sign)[0] == "L" for sign in made):
        raise Failed(f'"{text}" has no word that could be said.')
    return made


def tokens(made: str) -> list[int]:
    """Return the model's numbers of some signs, which `signs` made."""
    known = vocabulary()
    return [known[sign] for sign in made]


def pieces(made: str, most: int = MOST) -> list[str]:
    """Return signs in pieces that the model takes at once, cut where the sentence pauses, else between words.

    Raises Failed for a word that is longer than that.
    """
    if len(made) <= most:
        return [made]
    middle = len(made) / 2
    for ends in (";:—…", ",", " "):
        cuts = [place.end() for place in re.finditer(rf"[{ends}]\s*", made) if 0 < place.end() < len(made)]
        if cuts:
            cut = min(cuts, key=lambda place: abs(place - middle))
            return [*pieces(made[:cut].rstrip(), most), *pieces(made[cut:], most)]
    raise Failed(f"It has a word of {len(made)} sounds, where {most} are the most that can be said at once.")


def release(tongue: str) -> str:
    """Return what spells a tongue's sounds, and which release of it; loads neither."""
    package = espeak.PACKAGE if TONGUES[tongue] else "hibari-tts"
    return f"{package}={version(package)}"


@cache
def vocabulary() -> dict[str, int]:
    """The model's signs and their numbers."""
    table: dict[str, int] = json.loads(Path(__file__).with_name("vocabulary.json").read_text(encoding="utf-8"))
    return table


@cache
def sayable(tongue: str) -> frozenset[str]:
    """Return the signs of IPA that may stand in `[word](/ipa/)`."""
    if not TONGUES[tongue]:
        return hibari_phonemes.SIGNS
    return ipa.SIGNS & frozenset([*vocabulary(), *(letter for theirs, _ in _AUTHORS for letter in theirs)])


def _english(text: str, tongue: str) -> str:
    british = tongue == "en-GB"
    with _READING:
        made: str = _dictionary(british=british)(hibari_phonemes.converted(text, british=british))
    return made


@cache
def _dictionary(*, british: bool) -> Any:
    from hibari.g2p import G2P

    return G2P(british=british)


def _by_espeak(text: str, data: str) -> str:
    """The signs of a sentence; what stands between pauses is read as one, as the model learned it."""
    made = [_own(sounds) if sounds else _plain(said, data) for said, sounds in parts(text)]
    return " ".join("".join(made).split())


def _own(sounds: str) -> str:
    """An author's sounds as the model's signs; what it has none for stays, to be refused."""
    made = ipa.at_vowels(sounds)
    for theirs, ours in _AUTHORS:
        made = made.replace(theirs, ours)
    return made


def _plain(text: str, data: str) -> str:
    """The signs of a text without marks, with its spaces at both ends."""
    text, made, end = text.translate(_MARKS), [], 0
    for pause in _PAUSE.finditer(text):
        made += [_read(text[end : pause.start()], data), pause[0].replace("-", "—")]
        end = pause.end()
    made.append(_read(text[end:], data))
    return "".join(made)


def _read(words: str, data: str) -> str:
    """The signs of some words."""
    if not words.strip():
        return words
    made = espeak.spelled(words, data)
    for theirs, ours in _JOINED:
        made = made.replace(theirs, ours)
    made = made.replace("^", "").replace("-", "")
    before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
    return f"{before}{made}{after}"


def _is_foreign(letter: str) -> bool:
    if ord(letter) < _FIRST_FOREIGN or not letter.isalpha():
        return False
    return "LATIN" not in unicodedata.name(letter, "") and letter not in _NUMBERS
