"""French as it is said; checked with eSpeak NG, which reads "1 minute" with a masculine one and "2e" as "deux e"."""

# ruff: noqa: RUF001 (the typographic dashes and primes that authors type)

from __future__ import annotations

import re
from typing import Literal

from voiceguide.text.normalise.table import ANGLES, Clock, Primes, Share, Table, Unit, rules, words


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
        "1/8": share(f"un huitième {of}", "un huitième"),
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
    "treizième",
    "quatorzième",
    "quinzième",
    "seizième",
    "dix-septième",
    "dix-huitième",
    "dix-neuvième",
    "vingtième",
]
_TENS = ("vingt", "trente", "quarante", "cinquante", "soixante")
_FEMININE = r"(?:minutes|secondes|heures|cuillères|gouttes|fois|tasses)"


def _ordinal(found: re.Match[str]) -> str:
    """Return `2e` as a word."""
    number = int(found[1])
    return _ORDINALS[number - 2] if 2 <= number < len(_ORDINALS) + 2 else found[0]


TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        Unit(r"mm ?Hg", r"millimètres? de mercure", "un millimètre de mercure", "millimètres de mercure"),
        _unit(r"mm", "millimètre", "millimètres", "m"),
        _unit(r"cm", "centimètre", "centimètres", "m"),
        _unit(r"km", "kilomètre", "kilomètres", "m"),
        _unit(r"m", "mètre", "mètres", "m"),
        _unit(r"kg", "kilo", "kilos", "m", r"kilos?|kilogrammes?"),
        _unit(r"mg", "milligramme", "milligrammes", "m"),
        _unit(r"μg|mcg", "microgramme", "microgrammes", "m"),
        _unit(r"gr?", "gramme", "grammes", "m"),
        _unit(r"ml", "millilitre", "millilitres", "m"),
        _unit(r"cl", "centilitre", "centilitres", "m"),
        _unit(r"dl", "décilitre", "décilitres", "m"),
        _unit(r"l", "litre", "litres", "m"),
        _unit(r"c\.?\s?à\s?café|c\.\s?à\s?c|c\.?à\.?c|cc", "cuillère à café", "cuillères à café", "f"),
        _unit(r"c\.?\s?à\s?soupe|c\.\s?à\s?s|c\.?à\.?s|cs", "cuillère à soupe", "cuillères à soupe", "f"),
        _unit(r"(?!)", "tasse", "tasses", "f"),
        _unit(r"(?!)", "goutte", "gouttes", "f"),
        _unit(r"j", "jour", "jours", "m"),
        _unit(r"sem", "semaine", "semaines", "f"),
        _unit(r"cm[²2]", "centimètre carré", "centimètres carrés", "m"),
        _unit(r"m[²2]", "mètre carré", "mètres carrés", "m"),
        _unit(r"cm[³3]", "centimètre cube", "centimètres cubes", "m"),
        _unit(r"kWh", "kilowattheure", "kilowattheures", "m"),
        _unit(r"kW", "kilowatt", "kilowatts", "m"),
        _unit(r"W", "watt", "watts", "m"),
        _unit(r"(?-i:V)", "volt", "volts", "m"),
        _unit(r"(?-i:N)", "newton", "newtons", "m"),
        _unit(r"kHz", "kilohertz", "kilohertz", "m"),
        _unit(r"Hz", "hertz", "hertz", "m"),
        _unit(r"kPa", "kilopascal", "kilopascals", "m"),
        _unit(r"dB", "décibel", "décibels", "m"),
        _unit(r"kcal", "kilocalorie", "kilocalories", "f"),
        _unit(r"mAh", "milliampère-heure", "milliampères-heures", "m"),
        _unit(r"\s?′", "pied", "pieds", "m"),
        _unit(r"\s?″", "pouce", "pouces", "m"),
        Unit(r"%", r"pour cent", "un pour cent", "pour cent"),
        Unit(r"°\s?C|℃|(?-i:C)(?=\b(?!-))", r"degrés? Celsius", "un degré", "degrés"),
        Unit(r"°\s?F|℉", r"degrés? Fahrenheit", "un degré Fahrenheit", "degrés Fahrenheit"),
        Unit(r"°", r"degrés?", "un degré", "degrés"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    clock=Clock(
        one="une heure",
        many="{h} heures",
        full="{hour} {m}",
        sharp="{hour}",
        joints=r"à|et|jusqu'à",
        leads=r"à|vers|dès",
        names=r"h\b|heures\b",
        lengths=r"pendant|dure|total(?: de)?|environ|pour|encore|tenir|tenez|attendre|attendez|après|durée|sont",
        lasted=r"restantes|au total|de durée",
    ),
    primes=Primes(
        times=True,
        lasting=re.compile(
            r"\b(?:pendant|maintenir|maintenez|tenir|tenez|attendre|attendez|chaque|toutes les|encore|environ)\s$",
            re.IGNORECASE,
        ),
        lasted=re.compile(r"\s?(?:de pause|de repos|par côté|chaque)", re.IGNORECASE),
        sizes=re.compile(r"^\s?(?:de haut|de hauteur|de long|de large|de taille)\b", re.IGNORECASE),
        sized=re.compile(r"\b(?:mesure|mesurent|taille)\s(?:de )?$", re.IGNORECASE),
    ),
    months=tuple(
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()  # noqa: SIM905 (readable)
    ),
    first_day="premier",
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
    across="sur",
    per="par",
    either="ou",
    ratios=r"ratio|rapport|proportion|dilu|mélang",
    over="sur",
    ratio="pour",
    then=", puis ",
    alone=r"kWh|kW|mmHg|k?Hz|kcal|kg|cm|km|ml|°C",
    before=rules(
        (r"\bp\.\s?ex\.,?", "par exemple,"),
        (r"\bpar ex\.,?", "par exemple,"),
        (r"\bex\.\s?:?", "exemple :"),
        (r"\bcàd\b", "c'est-à-dire"),
        (r"\bp\.\s?(?=\d)", "page "),
        (r"\bno\.?\s?(?=\d)", "numéro "),
        (r"\brép\.", "répétitions"),
        (r"\b(\w+)eur/(?:eu)?se\b", r"\1eur ou \1euse"),
        (r"\b(\w{3,})/e/?s\b", r"\1s et \1es"),
        (r"\b(\w{3,})/e\b", r"\1 ou \1e"),
        (r"\blun\b\.?\s?[-–]\s?ven\b", "lundi à vendredi"),
        (r"\b(\d+)\s?h(?:eures?)?\s1/2\b", r"\1 1/2 h"),
        (r"\b7\s?j(?:ours)?\s?/\s?7\b", "7 jours sur 7"),
        (r"\b24\s?h(?:eures)?\s?/\s?24\b", "24 heures sur 24"),
        (r"\bc\.?\s?-?à\.?-?d\.", "c'est-à-dire"),
        (r"\b(?:env\.|ca\.)", "environ"),
        (r"\bmax\.?(?=\s?\d)", "au maximum"),
        (r"(?<!\d)(?<!\d )\bmin\.?(?=\s?\d)", "au minimum"),
        (r"\betc\.(?=\s*[a-zà-ÿ,;:)])", "et cetera"),
        (r"\betc\b", "et cetera"),
        (r"\bvs\b\.?", "contre"),
        (r"\bcf\.", "voir"),
        (r"\bapprox\b\.?", "environ"),
        (r"\btél\.", "téléphone"),
        (r"\bqqs?\b", "quelques"),
        (r"\bMlle\b", "mademoiselle"),
        (r"\bM\. (?-i:(?=[A-Z]))", "monsieur "),
        (r"\bp/r\b", "par rapport"),
        (r"(?<=\w)\s?@\s?(?=\w)", " arobase "),
        (
            r"(\d)\s?(?:x|×)\s?/\s?(jour|j|semaine|sem)\b\.?",
            lambda found: f"{found[1]}x par {'jour' if found[2] in 'jour' else 'semaine'}",
        ),
        *ANGLES,
        (r"\bMme\b", "madame"),
        (r"\bDr\b\.?", "docteur"),
        (r"\b(?:n\s?[°º]|№)\s?(?=\d)|[#№](?=\d)", "numéro "),
        (r"\bet\s?/\s?ou\b", "et ou"),
        (r"\bentre (\S+)\s?[-–]\s?(?=\d)", r"entre \1 et "),
        (r"~\s?(?=\d)|≈\s?", "environ "),
        (r"≤\s?|<=\s?", "au maximum "),
        (r"≥\s?|>=\s?", "au minimum "),
        (r"(?<!\S)(?<!\d )[-−](?=\d)", "moins "),
        (r"\b1er\b", "premier"),
        (r"\b1(?:re|ère)\b", "première"),
        (r"\b(\d{1,2})(?:e|ème|è|eme|nd|nde)\b", _ordinal),
    ),
    after=rules(
        (rf"\b1 à (?=\d+ {_FEMININE}\b)", "une à "),
        (r"\b(heures?|minutes?) (?=(?:\d+|une) (?:minutes?|secondes?)\b)", r"\1 et "),
        (r"\bune? (?=une? (?:demi|quart|tiers|huitième))", ""),
        (
            r"\bde (?=une (?:minute|seconde|heure|cuillère|goutte|semaine)|un (?:centimètre|mètre|litre|kilo|jour))",
            "d'",
        ),
        (r"\b1 fois\b", "une fois"),
        (rf"\b([2-6])1 (?={_FEMININE}\b)", lambda found: f"{_TENS[int(found[1]) - 2]} et une "),
        (r"(?<=\d)\s?\+\s?(?=\d)", " plus "),
        (r"(\d)\s?\+ ([^\W\d_]+)", r"\1 \2 ou plus"),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 ou plus"),
        (r"(?<![\w+])\+(?=\d)", "plus "),
        (r"\s?\+\s?|\s?&\s?", " et "),
        (r"\s?=\s?", " égale "),
        (r"\s?↔\s?", " et "),
        (r"\s?↑\s?", " vers le haut "),
        (r"\s?↓\s?", " vers le bas "),
        (r"(?<=\w)\s?<\s?(?=\w)", " plus petit que "),
        (r"(?<=\w)\s?>\s?(?=\w)", " plus grand que "),
        (r"\s?±\s?", " plus ou moins "),
        (r"\s?÷\s?", " divisé par "),
        (r"<\s?(?=\d)", "moins de "),
        (r">\s?(?=\d)", "plus de "),
        (r"[<>~×°№#\s]+", " "),
        (r"\b(fois|secondes?|minutes?)\s?/\s?(?=[a-zà-ÿ])", r"\1 par "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", " ou "),
    ),
    never_ends=words("p.ex. ex. c.-à-d. c-à-d. env. m. mm. mlle. dr. cf. vs. ca. prof. st. ste. incl."),
    may_end=words("max. min. mn. sec. h. etc. cm. ml. kg. g."),
)
