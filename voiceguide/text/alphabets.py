"""Which letters a language is written with: a voice of it can say no others."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from voiceguide.text.languages import primary

if TYPE_CHECKING:
    from collections.abc import Iterable

_LATIN = (
    "af az bs ca cs cy da de en eo es et eu fi fo fr fy ga gd gl hr ht hu id is it jv la lb lt lv mi ms mt nb nl nn no "
    "nds oc pl pt qu ro sk sl so sq su sv sw tk tl tn tr uz vi wo xh yo zu"
)
_OTHERS = {
    "ARABIC": "ar fa ku ps sd ug ur",
    "ARMENIAN": "hy",
    "BENGALI": "as bn bpy",
    "CJK HIRAGANA KATAKANA IDEOGRAPHIC": "ja",
    "CJK BOPOMOFO IDEOGRAPHIC": "cmn hak yue zh",
    "CYRILLIC": "ab ba be bg bs cv kk ky mk mn os ru sr tg tk tt uk uz",
    "DEVANAGARI": "bho hi kok mai mr ne sa",
    "ETHIOPIC": "am ti",
    "GEORGIAN": "ka",
    "GREEK": "el grc",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "HANGUL CJK": "ko",
    "HEBREW": "he iw yi",
    "KANNADA": "kn",
    "KHMER": "km",
    "LAO": "lo",
    "MALAYALAM": "ml",
    "MYANMAR": "my",
    "ORIYA": "or",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "THAI": "th",
    "TIBETAN": "bo",
}
"""Scripts, as Unicode's names begin, and the languages that have them; every one has Latin letters besides."""
_SCRIPTS: dict[str, frozenset[str]] = dict.fromkeys(_LATIN.split(), frozenset())
for _scripts, _languages in _OTHERS.items():
    for _language in _languages.split():
        _SCRIPTS[_language] = _SCRIPTS.get(_language, frozenset()) | frozenset(_scripts.split())

_TOLD = {"CJK": "Chinese", "IDEOGRAPHIC": "Chinese"}
"""Scripts that nobody knows by Unicode's name."""

_LOCAL = re.compile(r"[^\x00-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u214f\u2190-\u2bff\U0001f000-\U0001faff]")
"""Beyond Latin letters, their accents, punctuation, arrows and emoji."""
_AROUND = ".,;:!?…()\"'“”‘’„‚«»[]{}<>/¡¿*_"  # noqa: RUF001 (as authors type them)
"""What stands around a word."""


def foreign(text: str, languages: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the words of a text that have letters or digits of no script of these languages, each with its script.

    None for a language that is not known here. A script is named as `Hebrew`.
    """
    if not _LOCAL.search(text):
        return ()
    scripts: set[str] = set()
    for language in languages:
        known = _SCRIPTS.get(primary(language))
        if known is None:
            return ()
        scripts |= known
    words: dict[str, str] = {}
    for word in text.split():
        for sign in word:
            if _LOCAL.match(sign) and (script := _script(sign)) and script not in scripts:
                words.setdefault(word.strip(_AROUND), _TOLD.get(script, script.capitalize()))
                break
    return tuple(words.items())


def _script(sign: str) -> str:
    """Return the script of a letter or digit as its name begins, "" for a sign that is no letter, or of all scripts."""
    if unicodedata.category(sign) not in {"Lu", "Ll", "Lt", "Lo", "Nd"}:
        return ""
    script = re.split("[ -]", unicodedata.name(sign, "UNNAMED"), maxsplit=1)[0]
    return "" if script == "LATIN" else script
