"""French as it is said; checked with eSpeak NG, which reads "1 minute" with a masculine one and "2e" as "deux e"."""

from __future__ import annotations

from typing import Literal

from voiceguide.text.normalise.table import Share, Table, Unit, rules, words


def _unit(short: str, one: str, many: str, gender: Literal["m", "f"], words: str | None = None) -> Unit:
    article, half = ("un", "demi") if gender == "m" else ("une", "demie")
    of = f"d'{one}" if one[0] in "aeéhio" else f"de {one}"

    def share(alone: str, tail: str) -> Share:
        return Share(alone, f"{article} {one} et {tail}", f"{{n}} {many} et {tail}")

    shares = {
        "1/2": share(f"{article} demi-{one}", half),
        "1/4": share(f"un quart {of}", "quart"),
        "3/4": share(f"trois quarts {of}", "trois quarts"),
        "1/3": share(f"un tiers {of}", "un tiers"),
        "2/3": share(f"deux tiers {of}", "deux tiers"),
    }
    return Unit(short, words or f"{one}|{many}", f"{article} {one}", many, shares)


_HOUR = _unit(r"h", "heure", "heures", "f")
_MINUTE = _unit(r"mins?|mn", "minute", "minutes", "f")
_SECOND = _unit(r"s|sec", "seconde", "secondes", "f")
_ORDINALS = [
    "deuxième",
    "troisième",
    "quatrième",
    "cinquième",
    "sixième",
    "septième",
    "huitième",
    "neuvième",
    "dixième",
    "onzième",
    "douzième",
]
_FEMININE = r"(?:minutes|secondes|heures|cuillères|gouttes|fois|tasses)"

TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        _unit(r"mm", "millimètre", "millimètres", "m"),
        _unit(r"cm", "centimètre", "centimètres", "m"),
        _unit(r"m", "mètre", "mètres", "m"),
        _unit(r"kg", "kilo", "kilos", "m"),
        _unit(r"g|gr", "gramme", "grammes", "m"),
        _unit(r"ml", "millilitre", "millilitres", "m"),
        _unit(r"l", "litre", "litres", "m"),
        _unit(r"c\.\s?à\s?c|c\.?à\.?c|cc", "cuillère à café", "cuillères à café", "f"),
        _unit(r"c\.\s?à\s?s|c\.?à\.?s|cs", "cuillère à soupe", "cuillères à soupe", "f"),
        _unit(r"(?!)", "tasse", "tasses", "f"),
        _unit(r"(?!)", "goutte", "gouttes", "f"),
        Unit(r"%", r"pour cent", "un pour cent", "pour cent"),
        Unit(r"°\s?C|℃", r"degrés? Celsius", "un degré", "degrés"),
        Unit(r"°", r"degrés?", "un degré", "degrés"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    shares={
        "1/2": Share("un demi", "un et demi", "{n} et demi"),
        "1/4": Share("un quart", "un et quart", "{n} et quart"),
        "3/4": Share("trois quarts", "un et trois quarts", "{n} et trois quarts"),
        "1/3": Share("un tiers", "un et un tiers", "{n} et un tiers"),
        "2/3": Share("deux tiers", "un et deux tiers", "{n} et deux tiers"),
    },
    decimal=",",
    to="à",
    out_of="{} sur {}",
    times=("une fois", "2 fois", "{} fois"),
    by="fois",
    before=rules(
        (r"\bp\.\s?ex\.,?", "par exemple,"),
        (r"\bex\.\s?:?", "exemple :"),
        (r"\bc\.?\s?-?à\.?-?d\.", "c'est-à-dire"),
        (r"\b(?:env\.|ca\.)", "environ"),
        (r"\bmax\.?(?=\s?\d)", "au maximum"),
        (r"(?<!\d)(?<!\d )\bmin\.?(?=\s?\d)", "au minimum"),
        (r"\betc\.(?=\s*[a-zà-ÿ,;:)])", "et cetera"),
        (r"\betc\b", "et cetera"),
        (r"\bvs\b\.?", "contre"),
        (r"\bcf\.", "voir"),
        (r"\bMme\b", "madame"),
        (r"\bDr\b\.?", "docteur"),
        (r"\b(?:n\s?[°º]|№)\s?(?=\d)|[#№](?=\d)", "numéro "),
        (r"\bet\s?/\s?ou\b", "et ou"),
        (r"\bentre (\S+)\s?[-–]\s?(?=\d)", r"entre \1 et "),
        (r"~\s?(?=\d)|≈\s?", "environ "),
        (r"≤\s?|<=\s?", "au maximum "),
        (r"≥\s?|>=\s?", "au minimum "),
        (r"(?<!\S)[-−](?=\d)", "moins "),
        (r"\b1er\b", "premier"),
        (r"\b1(?:re|ère)\b", "première"),
        *((rf"\b{number}(?:e|ème)\b", word) for number, word in enumerate(_ORDINALS, 2)),
    ),
    after=rules(
        (rf"\b1 à (?=\d+ {_FEMININE}\b)", "une à "),
        (r"\b(heures?|minutes?) (?=(?:\d+|une) (?:minutes?|secondes?)\b)", r"\1 et "),
        (r"\b1 fois\b", "une fois"),
        (r"\b21 (?=minutes|secondes|heures|fois)", "vingt et une "),
        (r"(?<=\d)\s?\+\s?(?=\d)", " plus "),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 ou plus"),
        (r"\s?\+\s?|\s?&\s?", " et "),
        (r"\s?=\s?", " égale "),
        (r"\s?[→⇒]\s?", " à "),
        (r"\s?±\s?", " plus ou moins "),
        (r"\s?÷\s?", " divisé par "),
        (r"<\s?(?=\d)", "moins de "),
        (r">\s?(?=\d)", "plus de "),
        (r"[<>~×°№#]", " "),
        (r"\b(fois|secondes?|minutes?)\s?/\s?(?=[a-zà-ÿ])", r"\1 par "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", " ou "),
    ),
    never_ends=words("p.ex. ex. c.-à-d. c-à-d. env. m. mm. mlle. dr. cf. vs. ca. prof. st. ste. incl."),
    may_end=words("max. min. mn. sec. h. etc. cm. ml. kg. g."),
)
