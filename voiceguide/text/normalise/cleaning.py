"""What no voice should meet: pasted HTML, emoji, quotes, brackets, bullets; a web address's scheme and path."""

# ruff: noqa: RUF001 (the typographic dashes, quotes and signs that authors type)

from __future__ import annotations

import re
import unicodedata

from voiceguide.text.normalise.changes import Changes

_VULGAR = {
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "⅓": "1/3",
    "⅔": "2/3",
    "⅕": "1/5",
    "⅖": "2/5",
    "⅗": "3/5",
    "⅘": "4/5",
    "⅙": "1/6",
    "⅚": "5/6",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
}
_SOUNDLESS = frozenset({"So", "Sm", "Sk", "Cf", "Cc", "Cs", "Co", "Cn"})
_READ_LATER = frozenset("°+=<>~≈≤≥±×÷→↔↑↓№")
"""Signs of these categories that the rules of a language, or an engine, read."""
_SAME = str.maketrans(
    dict.fromkeys("⇒⇨➜➔➙➛➝➞➡⟶⟹⭢🡒↦⇾↠⇝⤳⇉", "→")
    | dict.fromkeys("⇔⟷⇄⇆↕⟺", "↔")
    | dict.fromkeys("⇑⬆", "↑")
    | dict.fromkeys("⇓⬇", "↓")
    | {"⁄": "/", "∕": "/", "＋": "+", "％": "%", "﹪": "%", "µ": "μ", "˚": "°", "∼": "~", "～": "~"}
)
"""Signs that look alike, for the one that is read."""
_VARIATIONS = frozenset("\ufe0e\ufe0f\u20e3")
"""What turns a plain sign into an emoji."""


def compiled(*pairs: tuple[str, str]) -> Changes:
    """Compile (pattern, replacement) pairs; case matters."""
    return Changes((re.compile(pattern), replacement) for pattern, replacement in pairs)


_SIGNS = compiled(
    (r"\s+", " "),
    (r"(?i:https?://(?:www\.)?|www\.)(\w[\w-]*(?:\.[\w-]+)+)(?:[/?#]\S*[\w/])?", r"\1"),
    (r"(?i)\.(com|org|net|info|de|es|fr|it|uk|eu|app|io)/[^\s,;]*(?<![.!?])", r".\1"),
    (r"(?<!\S)[:;]-?[()DP](?!\w)", ""),  # emoticons
    (r"\+\s?/\s?[-−–]", "±"),
    (r"(?<=\d)\s?~\s?(?=\d)", "-"),
    (r"[‐‑]", "-"),
    (r"[’‘ʼ`´]", "'"),
    (r"[\"“”„‟«»‹›]|''", ""),  # never spoken, and some engines stumble over them
    (r"(?<!\w)'|'(?!\w)", ""),
    (r"\.{3,}", "…"),
    (r"<-+>|<=+>", "↔"),
    (r"[-–—=]+>|(?<=\w)\s?>{2,}\s?(?=\w)", "→"),
    (r"[{\[]", "("),
    (r"[}\]]", ")"),
    (r"\((a)\)(?<=o...)|\((as)\)(?<=os....)|\((se)\)(?<=eur....)|\((euse)\)(?<=eur......)", r"/\1\2\3\4"),
    (r"(?<=\w)\((\w{1,3})\)", r"\1"),  # hand(s)
    (r"(?<=[^\W\d_])·(?=[^\W\d_])", "/"),  # masseur·se
    (r"(?<=[^\W\d_])[*_:](?=in(?:nen)?\b)", "/"),  # Partner*in
    (r"(?<!\w)‚(?=\w)", ""),
    (r"([¡¿])[¡¿]+", r"\1"),
    (r"(?<=\d)\s?\*\s?(?=\d)", "×"),
    (r"[*^\\_]+|~~+", " "),
    (r"[¹⁴⁵⁶⁷⁸⁹](?<=[^\W\d_]{2}.)(?!\w)|[²³](?<=[^\W\d_]{3}.)(?!\w)|[†‡§¶]+", " "),  # footnotes
    (r"\s*[•·|]+\s*", ", "),
    (r"^\s*(\d+)(?:\.-?|\))\s+(?!(?:und|oder|bis) \d)(?=\S)", r"\1, "),  # a list's number
    (r"\s+", " "),
)
_TIDYING = compiled(
    (r"\s+", " "),
    (r"(?<=\w)[–‒](?=\w)", "-"),
    (r"\s*[—–‒―]+\s*|\s+-+\s+|-{2,}|^-+\s*|\s+-+$", ", "),
    (r"\s*[()]\s*", ", "),
    (r"([!?])[!?.]+", r"\1"),
    (r"(?<=\d)\s*…\s*(?=\w)", ", "),  # a voice runs over dots after a number
    (r"\s*…\s*", "… "),
    (r"\s+", " "),
    (r"\s+(?=[,.;:!?…])", ""),
    (r",+", ","),
    (r",(?=[.;:!?…])", ""),
    (r"(?<=[.;:!?…]),", ""),
    (r"\.{3,}\s*", "… "),  # what was dropped between them
    (r"^[\s,;:.!?…]+(?=.)", ""),
)


_LETTERS = "[A-Za-zÀ-ÖØ-öø-ÿ]"
_CLEAN = re.compile(rf"{_LETTERS}++(?:,? (?:{_LETTERS}|[0-9])++)*+[.!?]?")
"""What most sentences are: words and commas, of which no rule here changes anything."""


def clean(text: str) -> str:
    """Return a text with only such signs as a language's rules read; vulgar fractions become `1/2`."""
    return text if _CLEAN.fullmatch(text) else _SIGNS.made(_plain(text)).strip()


def tidy(text: str) -> str:
    """Return a text whose dashes and brackets are the commas that one hears."""
    return text if _CLEAN.fullmatch(text) else _TIDYING.made(text).strip()


def _plain(text: str) -> str:
    """Drop what has no sound, as emoji and invisible signs."""
    kept: list[str] = []
    for sign in unicodedata.normalize("NFC", text).translate(_SAME):
        if sign in _VULGAR:
            kept.append(f" {_VULGAR[sign]}" if kept and kept[-1].isdigit() else _VULGAR[sign])
        elif sign.isspace():
            kept.append(" ")
        elif sign in _VARIATIONS:
            continue
        elif sign in _READ_LATER or unicodedata.category(sign) not in _SOUNDLESS:
            kept.append(sign)
    return "".join(kept)
