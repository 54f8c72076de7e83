"""Spanish as it is said; checked with eSpeak NG, which reads "1 minuto" as "uno minuto" and drops a range's dash."""

from __future__ import annotations

from typing import Literal

from voiceguide.text.normalise.table import Share, Table, Unit, rules, words


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
    }
    return Unit(short, words or f"{one}|{many}", f"{article} {one}", many, shares)


_HOUR = _unit(r"h|hrs?", "hora", "horas", "f")
_MINUTE = _unit(r"mins?", "minuto", "minutos", "m")
_SECOND = _unit(r"s|segs?", "segundo", "segundos", "m")
_ORDINALS = dict(
    enumerate(("primer", "segund", "tercer", "cuart", "quint", "sext", "séptim", "octav", "noven", "décim"), 1)
)

TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        _unit(r"mm", "milímetro", "milímetros", "m"),
        _unit(r"cm", "centímetro", "centímetros", "m"),
        _unit(r"m", "metro", "metros", "m"),
        _unit(r"kg", "kilo", "kilos", "m"),
        _unit(r"g|gr", "gramo", "gramos", "m"),
        _unit(r"ml", "mililitro", "mililitros", "m"),
        _unit(r"l", "litro", "litros", "m"),
        _unit(r"cdtas?|cdita", "cucharadita", "cucharaditas", "f"),
        _unit(r"cdas?", "cucharada", "cucharadas", "f"),
        _unit(r"(?!)", "taza", "tazas", "f"),
        _unit(r"(?!)", "gota", "gotas", "f"),
        Unit(r"%", r"por ciento", "uno por ciento", "por ciento"),
        Unit(r"°\s?C|℃|º\s?C", r"grados? Celsius", "un grado", "grados"),
        Unit(r"°", r"grados?", "un grado", "grados"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    not_a_length=r"\s*(?:[ap]\.\s?m|horas\b)",
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
    before=rules(
        (r"\bp\.\s?ej\.,?", "por ejemplo,"),
        (r"\bej\.(?=\s)", "ejemplo"),
        (r"\b(?:aprox\b\.?|ca\.)", "aproximadamente"),
        (r"\bmáx\b\.?(?=\s?\d)", "como máximo"),
        (r"(?<!\d)(?<!\d )\bmín\b\.?(?=\s?\d)", "como mínimo"),
        (r"\betc\.(?=\s*[a-zà-ÿ,;:)])", "etcétera"),
        (r"\betc\b", "etcétera"),
        (r"\bvs\b\.?", "contra"),
        (r"\b(?:n\.?º|núm\.|no\.(?=\s?\d)|№)\s?(?=\d)|[#№](?=\d)", "número "),
        (r"\bpág\.", "página"),
        (r"\by\s?/\s?o\b", "y o"),
        (r"\bDra\.", "doctora"),
        (r"\bDr\.", "doctor"),
        (r"\bentre (\S+)\s?[-–]\s?(?=\d)", r"entre \1 y "),
        (r"~\s?(?=\d)|≈\s?", "unos "),
        (r"≤\s?|<=\s?", "como máximo "),
        (r"≥\s?|>=\s?", "como mínimo "),
        (r"(?<!\S)[-−](?=\d)", "menos "),
        (r"\b1\.?(?:er\b|º(?=\s\w))", "primer"),
        (r"\b3\.?(?:er\b|º(?=\s\w))", "tercer"),
        *((rf"\b{number}\.?º", f"{word}o") for number, word in _ORDINALS.items()),
        *((rf"\b{number}\.?ª", f"{word}a") for number, word in _ORDINALS.items()),
    ),
    after=rules(
        (r"\b(horas?|minutos?) (?=(?:\d+|un) (?:minutos?|segundos?)\b)", r"\1 y "),
        (r"\b1 vez\b", "una vez"),
        (r"\b21 (?=minutos|segundos)", "veintiún "),
        (r"(?<=\d)\s?\+\s?(?=\d)", " más "),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 o más"),
        (r"\s?\+\s?|\s?&\s?", " y "),
        (r"\s?=\s?", " igual a "),
        (r"\s?[→⇒]\s?", " a "),
        (r"\s?±\s?", " más o menos "),
        (r"\s?÷\s?", " entre "),
        (r"<\s?(?=\d)", "menos de "),
        (r">\s?(?=\d)", "más de "),
        (r"[<>~×°№#]", " "),
        (r"\b(vez|veces|segundos?|minutos?)\s?/\s?(?=[a-zñ])", r"\1 por "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", " o "),
    ),
    never_ends=words("p.ej. ej. aprox. dr. dra. sr. sra. núm. pág. vs. n.º ca. prof. ud. uds. incl."),
    before_numbers=words("no."),
    may_end=words("mín. máx. min. mins. seg. segs. h. hrs. etc. cdta. cdtas. cda. cdas. a.m. p.m. cm. mm. ml. kg. g."),
)
