"""Spanish as it is said; checked with eSpeak NG, which reads "1 minuto" as "uno minuto" and drops a range's dash."""

# ruff: noqa: RUF001 (the typographic dashes and primes that authors type)

from __future__ import annotations

import re
from typing import Literal

from voiceguide.text.normalise.table import ANGLES, Clock, Primes, Share, Table, Unit, rules, words


def _unit(short: str, one: str, many: str, gender: Literal["m", "f"], words: str | None = None) -> Unit:
    article, half = ("un", "medio") if gender == "m" else ("una", "media")

    def share(alone: str, tail: str) -> Share:
        return Share(f"{alone} {one}", f"{article} {one} y {tail}", f"{{n}} {many} y {tail}")

    shares = {
        "1/2": share(half, half),
        "1/4": share("un cuarto de", "cuarto"),
        "3/4": share("tres cuartos de", "tres cuartos"),
        "1/3": share("un tercio de", "un tercio"),
        "2/3": share("dos tercios de", "dos tercios"),
        "1/8": share("un octavo de", "un octavo"),
    }
    return Unit(short, words or f"{one}|{many}", f"{article} {one}", many, shares)


_HOUR = _unit(r"h|hrs?", "hora", "horas", "f")
_MINUTE = _unit(r"mins?", "minuto", "minutos", "m")
_SECOND = _unit(r"s|segs?", "segundo", "segundos", "m")
_ORDINALS = dict(
    enumerate(("primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim"), 1)
)


def _ordinal(found: re.Match[str]) -> str:
    """Return `2º` and `2ª` as words."""
    number = int(found[1])
    if number >= 15 and number % 5 == 0 and found[2] == "º":
        return f"{found[1]}°"  # of an angle
    word = _ORDINALS.get(number)
    return found[0] if word is None else f"{word}{'o' if found[2] == 'º' else 'a'}"


_TENS = ("veinti", *(f"{ten} y " for ten in "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split()))  # noqa: SIM905 (readable)
_FEMININE = r"(?:gotas|veces|horas|cucharadas|cucharaditas|tazas|semanas|pulgadas)"
_MASCULINE = (
    r"(?:minutos|segundos|grados|gramos|kilos|metros|centímetros|milímetros|mililitros|litros|días|pases|círculos|años)"
)


def _before_a_noun(found: re.Match[str]) -> str:
    """Return 21, 31 … as it stands before a masculine noun."""
    return "veintiún " if found[1] == "2" else f"{_TENS[int(found[1]) - 2]}un "


TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        Unit(r"mm ?Hg", r"milímetros? de mercurio", "un milímetro de mercurio", "milímetros de mercurio"),
        _unit(r"mm", "milímetro", "milímetros", "m"),
        _unit(r"cm", "centímetro", "centímetros", "m"),
        _unit(r"km", "kilómetro", "kilómetros", "m"),
        _unit(r"m", "metro", "metros", "m"),
        _unit(r"kgs?", "kilo", "kilos", "m", r"kilos?|kilogramos?"),
        _unit(r"mg", "miligramo", "miligramos", "m"),
        _unit(r"mcg|μg", "microgramo", "microgramos", "m"),
        _unit(r"grs?|g", "gramo", "gramos", "m"),
        _unit(r"ml", "mililitro", "mililitros", "m"),
        _unit(r"cl", "centilitro", "centilitros", "m"),
        _unit(r"dl", "decilitro", "decilitros", "m"),
        _unit(r"l|lts?", "litro", "litros", "m"),
        _unit(r"cdtas?|cdita", "cucharadita", "cucharaditas", "f"),
        _unit(r"cdas?", "cucharada", "cucharadas", "f"),
        _unit(r"(?!)", "taza", "tazas", "f"),
        _unit(r"(?!)", "gota", "gotas", "f"),
        _unit(r"(?!)", "día", "días", "m"),
        _unit(r"sem", "semana", "semanas", "f"),
        _unit(r"cm[²2]", "centímetro cuadrado", "centímetros cuadrados", "m"),
        _unit(r"m[²2]", "metro cuadrado", "metros cuadrados", "m"),
        _unit(r"cm[³3]|cc", "centímetro cúbico", "centímetros cúbicos", "m"),
        _unit(r"kWh", "kilovatio hora", "kilovatios hora", "m"),
        _unit(r"kW", "kilovatio", "kilovatios", "m"),
        _unit(r"W", "vatio", "vatios", "m"),
        _unit(r"(?-i:V)", "voltio", "voltios", "m"),
        _unit(r"(?-i:N)", "newton", "newtons", "m"),
        _unit(r"kHz", "kilohercio", "kilohercios", "m"),
        _unit(r"Hz", "hercio", "hercios", "m"),
        _unit(r"kPa", "kilopascal", "kilopascales", "m"),
        _unit(r"dB", "decibelio", "decibelios", "m"),
        _unit(r"kcal", "kilocaloría", "kilocalorías", "f"),
        _unit(r"mAh", "miliamperio hora", "miliamperios hora", "m"),
        _unit(r"\s?′", "pie", "pies", "m"),
        _unit(r"\s?″", "pulgada", "pulgadas", "f"),
        Unit(r"%", r"por ciento", "uno por ciento", "por ciento"),
        Unit(r"°\s?C|℃|º\s?C|(?-i:C)(?=\b(?!-))", r"grados? Celsius", "un grado", "grados"),
        Unit(r"[°º]\s?F|℉", r"grados? Fahrenheit", "un grado Fahrenheit", "grados Fahrenheit"),
        Unit(r"°", r"grados?", "un grado", "grados"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    clock=Clock(
        many="{h}",
        full="{hour}:{m:02}",
        sharp="{hour}",
        joints=r"a|y|hasta",
        leads=r"las?|sobre las|hacia las",
        kept=r"[ap]\.?\s?m\b\.?|horas|de la (?:mañana|tarde|noche)",
        lengths=r"durante|dura|total(?: de)?|unos|unas|por|otros|mantén|espera|tras|tiempo|son",
        lasted=r"restantes|en total|de duración",
    ),
    primes=Primes(
        times=True,
        lasting=re.compile(r"\b(?:durante|mantén|mantener|espera|cada|otros|unos|por|tras)\s$", re.IGNORECASE),
        lasted=re.compile(r"\s?(?:de pausa|de descanso|por lado|cada)", re.IGNORECASE),
        sizes=re.compile(r"^\s?(?:de alto|de altura|de largo|de ancho)\b", re.IGNORECASE),
        sized=re.compile(r"\b(?:mide|miden|altura|estatura)\s(?:de )?$", re.IGNORECASE),
    ),
    months=tuple(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()  # noqa: SIM905 (readable)
    ),
    date="{d} de {month} de {y}",
    shares={
        "1/2": Share("medio", "uno y medio", "{n} y medio"),
        "1/4": Share("un cuarto", "uno y cuarto", "{n} y cuarto"),
        "3/4": Share("tres cuartos", "uno y tres cuartos", "{n} y tres cuartos"),
        "1/3": Share("un tercio", "uno y un tercio", "{n} y un tercio"),
        "2/3": Share("dos tercios", "uno y dos tercios", "{n} y dos tercios"),
    },
    decimal=",",
    to="a",
    out_of="{} de {}",
    times=("una vez", "2 veces", "{} veces"),
    by="por",
    across="por",
    per="por",
    either="o",
    ratios=r"proporción|relación|dilu|mezcl|razón",
    over="sobre",
    ratio="a",
    then=", luego ",
    alone=r"kWh|kW|mmHg|k?Hz|kcal|kg|cm|km|ml|°C",
    before=rules(
        (r"\bp\.\s?ej\.,?", "por ejemplo,"),
        (r"\bej\.(?=\s)", "ejemplo"),
        (r"\b(?:aprox\b\.?|ca\.)", "aproximadamente"),
        (r"\bpor ej\.", "por ejemplo"),
        (r"\bizqd?[ao]?\.(?=\s?[/\w])|\bizqda?\b\.?", "izquierda"),
        (r"\b(?:der|dcha|drcha)\.(?!\w)", "derecha"),
        (r"\bpágs\.", "páginas"),
        (r"\blat\.", "latidos"),
        (r"\brep\.", "repeticiones"),
        (r"\b(\w{2,})o/a\b", r"\1o o \1a"),
        (r"\b(\w{2,})os/as\b", r"\1os o \1as"),
        (r"\b(\w{2,}[rnl])/a\b", r"\1 o \1a"),
        (r"\blun\b\.?\s?[-–]\s?vie\b", "lunes a viernes"),
        (r"\bc/\s?(?=día|lado|semana|hora|min|uno|persona)", "cada "),
        (r"\b((?:las?|[ay]) \d{1,2}:[0-5]\d)\s?hs?\b\.?", r"\1 horas"),
        (r"([-–]\s?\d{1,2}:[0-5]\d|(?<![\d:.,])(?:1[3-9]|2[0-3]):[0-5]\d)\s?hs?\b\.?", r"\1 horas"),
        (r"\bm[aá]x\b\.?(?=\s?\d)", "como máximo"),
        (r"(?<!\d)(?<!\d )\bm[ií]n\b\.?(?=\s?\d)", "como mínimo"),
        (r"\betc\.(?=\s*[a-zà-ÿ,;:)])", "etcétera"),
        (r"\betc\b", "etcétera"),
        (r"\bvs\b\.?", "contra"),
        (r"\b(?:n\.?º|núm\.|no\.(?=\s?\d)|№)\s?(?=\d)|[#№](?=\d)", "número "),
        (r"\bpág\.", "página"),
        (r"\btfno\.|\btel\.", "teléfono"),
        (r"\bSra\.", "señora"),
        (r"\bSr\.", "señor"),
        (r"\bUds?\.", "usted"),
        (r"\bp\. ?e\.", "por ejemplo"),
        (r"\bc/u\b", "cada uno"),
        (r"\bc/(?=\s?\w)\s?", "con "),
        (r"(?<!\d)(?<!\d )\bs/(?=\s?\w)\s?", "sin "),
        (r"(?<=\w)\s?@\s?(?=\w)", " arroba "),
        (r"[$](\d+(?:\.\d+)*(?:,\d\d)?)(?!\d)", r"\1 dólares"),
        (r"(\d)\s?(?:x|×)\s?/\s?(día|semana|sem)\b\.?", r"\1x por \2"),
        (r"\b([ye])\s?/\s?([ou])\b", r"\1 \2"),
        (r"(\d)([ap]m)\b", r"\1 \2"),
        *ANGLES,
        (r"\bDra\.", "doctora"),
        (r"\bDr\.", "doctor"),
        (r"\bentre (\S+)\s?[-–]\s?(?=\d)", r"entre \1 y "),
        (r"~\s?(?=\d)|≈\s?", "unos "),
        (r"≤\s?|<=\s?", "como máximo "),
        (r"≥\s?|>=\s?", "como mínimo "),
        (r"(?<!\S)(?<!\d )[-−](?=\d)", "menos "),
        (r"\b1\.?(?:er\b|º(?=\s\w))", "primer"),
        (r"\b3\.?(?:er\b|º(?=\s\w))", "tercer"),
        (r"\b(\d{1,3})\.?([ºª])(?!\s?[CF]\b)", _ordinal),
    ),
    after=rules(
        (r"\b(horas?|minutos?) (?=(?:\d+|un) (?:minutos?|segundos?)\b)", r"\1 y "),
        (r"\b1 vez\b", "una vez"),
        (rf"\b1 a (?=\d+ {_FEMININE}\b)", "una a "),
        (rf"\b([2-9])1 (?={_FEMININE}\b)", lambda found: f"{_TENS[int(found[1]) - 2]}una "),
        (rf"\b([2-9])1 (?={_MASCULINE}\b)", _before_a_noun),
        (r"(?<=\d)\s?\+\s?(?=\d)", " más "),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 o más"),
        (r"(?<![\w+])\+(?=\d)", "más "),
        (r"\s?\+\s?|\s?&\s?", " y "),
        (r"\s?=\s?", " igual a "),
        (r"\s?↔\s?", " y "),
        (r"\s?↑\s?", " hacia arriba "),
        (r"\s?↓\s?", " hacia abajo "),
        (r"(?<=\w)\s?<\s?(?=\w)", " menor que "),
        (r"(?<=\w)\s?>\s?(?=\w)", " mayor que "),
        (r"\s?±\s?", " más o menos "),
        (r"\s?÷\s?", " entre "),
        (r"<\s?(?=\d)", "menos de "),
        (r">\s?(?=\d)", "más de "),
        (r"[<>~×°№#\s]+", " "),
        (r"\b(vez|veces|segundos?|minutos?)\s?/\s?(?=[a-zñ])", r"\1 por "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", " o "),
    ),
    never_ends=words("p.ej. ej. aprox. dr. dra. sr. sra. núm. pág. vs. n.º ca. prof. ud. uds. incl."),
    before_numbers=words("no."),
    may_end=words("mín. máx. min. mins. seg. segs. h. hrs. etc. cdta. cdtas. cda. cdas. a.m. p.m. cm. mm. ml. kg. g."),
)
