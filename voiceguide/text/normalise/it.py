"""Italian as it is said; checked with eSpeak NG, which reads "1 minuto" as "uno minuto"."""

from __future__ import annotations

from typing import Literal

from voiceguide.text.normalise.table import Clock, Share, Table, Unit, rules, words


def _unit(short: str, one: str, many: str, gender: Literal["m", "f"], words: str | None = None) -> Unit:
    article, half = ("un", "mezzo") if gender == "m" else ("una", "mezza")
    of = f"d'{one}" if one[0] in "aeiou" else f"di {one}"
    single = f"un'{one}" if gender == "f" and one[0] in "aeiou" else f"{article} {one}"

    def share(alone: str, tail: str) -> Share:
        return Share(alone, f"{single} e {tail}", f"{{n}} {many} e {tail}")

    shares = {
        "1/2": share(f"{half} {one}" if one[0] not in "aeiou" else f"{half[:-1]}'{one}", half),
        "1/4": share(f"un quarto {of}", "un quarto"),
        "3/4": share(f"tre quarti {of}", "tre quarti"),
        "1/3": share(f"un terzo {of}", "un terzo"),
        "2/3": share(f"due terzi {of}", "due terzi"),
    }
    return Unit(short, words or f"{one}|{many}", single, many, shares)


_HOUR = _unit(r"h", "ora", "ore", "f")
_MINUTE = _unit(r"mins?", "minuto", "minuti", "m")
_SECOND = _unit(r"s|sec", "secondo", "secondi", "m")

TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        _unit(r"mm", "millimetro", "millimetri", "m"),
        _unit(r"cm", "centimetro", "centimetri", "m"),
        _unit(r"km", "chilometro", "chilometri", "m"),
        _unit(r"m", "metro", "metri", "m"),
        _unit(r"kg", "chilo", "chili", "m", r"chil[oi]|chilogramm[oi]"),
        _unit(r"gr?", "grammo", "grammi", "m"),
        _unit(r"ml", "millilitro", "millilitri", "m"),
        _unit(r"cl", "centilitro", "centilitri", "m"),
        _unit(r"l", "litro", "litri", "m"),
        _unit(r"(?!)", "goccia", "gocce", "f"),
        _unit(r"kWh", "chilowattora", "chilowattora", "m"),
        Unit(r"%", r"per cento", "uno per cento", "per cento"),
        Unit(r"°\s?C|℃", r"grad[oi] Celsius", "un grado", "gradi"),
        Unit(r"°", r"grad[oi]", "un grado", "gradi"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    clock=Clock(
        many="{h}",
        full="{hour}:{m:02}",
        sharp="{hour}",
        joints=r"a|e|alle",
        leads=r"alle|dalle|le|verso le",
        lengths=r"per|dura|circa|altri|ancora|totale|dopo|tempo",
        lasted=r"rimanenti|in totale",
    ),
    shares={
        "1/2": Share("mezzo", "uno e mezzo", "{n} e mezzo"),
        "1/4": Share("un quarto", "uno e un quarto", "{n} e un quarto"),
        "3/4": Share("tre quarti", "uno e tre quarti", "{n} e tre quarti"),
        "1/3": Share("un terzo", "uno e un terzo", "{n} e un terzo"),
        "2/3": Share("due terzi", "uno e due terzi", "{n} e due terzi"),
    },
    decimal=",",
    to="a",
    out_of="{} su {}",
    times=("una volta", "2 volte", "{} volte"),
    by="per",
    across="per",
    per="per",
    over="su",
    either="o",
    ratio="a",
    ratios=r"rapporto|proporzione|dilui|miscel",
    then=", poi ",
    alone=r"kWh|kg|cm|km|ml|°C",
    before=rules(
        (r"\b(?:p\.\s?es\.|per es\.|ad es\.),?", "per esempio,"),
        (r"\bca\.", "circa"),
        (r"\becc\.(?=\s*[a-zà-ÿ,;:)])", "eccetera"),
        (r"\becc\b", "eccetera"),
        (r"\b(?:n\.\s?|n[°º]\s?)(?=\d)|[#№](?=\d)", "numero "),
        (r"\be\s?/\s?o\b", "e o"),
        (r"\bmax\.?(?=\s?\d)", "al massimo"),
        (r"(?<!\d)(?<!\d )\bmin\.?(?=\s?\d)", "almeno"),
        (r"~\s?(?=\d)|≈\s?", "circa "),
        (r"≤\s?|<=\s?", "al massimo "),
        (r"≥\s?|>=\s?", "almeno "),
        (r"(?<!\S)(?<!\d )[-−](?=\d)", "meno "),
        (r"(?<=\w)\s?@\s?(?=\w)", " chiocciola "),
    ),
    after=rules(
        (r"\b(or[ae]|minut[oi]) (?=(?:\d+|un) (?:minut[oi]|second[oi])\b)", r"\1 e "),
        (r"\b1 volta\b", "una volta"),
        (r"(?<=\d)\s?\+\s?(?=\d)", " più "),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 o più"),
        (r"(?<![\w+])\+(?=\d)", "più "),
        (r"\s?\+\s?|\s?&\s?|\s?↔\s?", " e "),
        (r"\s?=\s?", " uguale "),
        (r"\s?±\s?", " più o meno "),
        (r"(?<=\w)\s?<\s?(?=\w)|<\s?(?=\d)", " meno di "),
        (r"(?<=\w)\s?>\s?(?=\w)|>\s?(?=\d)", " più di "),
        (r"[<>~×°№#\s]+", " "),
        (r"\b(volt[ae]|second[oi]|minut[oi])\s?/\s?(?=[a-zà-ÿ])", r"\1 per "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W_])|(?<=[^\W_])\s?/\s?(?=[^\W\d_])", " o "),
    ),
    never_ends=words("p.es. es. ca. dr. dott. sig. prof. n. pag. incl."),
    may_end=words("max. min. sec. h. ecc. cm. mm. ml. kg. g."),
)
