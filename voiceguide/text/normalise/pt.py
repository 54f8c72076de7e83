"""Portuguese as it is said, in Brazil's spelling; checked with eSpeak NG."""

from __future__ import annotations

from typing import Literal

from voiceguide.text.normalise.table import Clock, Share, Table, Unit, rules, words


def _unit(short: str, one: str, many: str, gender: Literal["m", "f"], words: str | None = None) -> Unit:
    article, half = ("um", "meio") if gender == "m" else ("uma", "meia")

    def share(alone: str, tail: str) -> Share:
        return Share(f"{alone} {one}", f"{article} {one} e {tail}", f"{{n}} {many} e {tail}")

    shares = {
        "1/2": share(half, half),
        "1/4": share("um quarto de", "um quarto"),
        "3/4": share("três quartos de", "três quartos"),
        "1/3": share("um terço de", "um terço"),
        "2/3": share("dois terços de", "dois terços"),
    }
    return Unit(short, words or f"{one}|{many}", f"{article} {one}", many, shares)


_HOUR = _unit(r"h|hrs?", "hora", "horas", "f")
_MINUTE = _unit(r"mins?", "minuto", "minutos", "m")
_SECOND = _unit(r"s|segs?", "segundo", "segundos", "m")

TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        _unit(r"mm", "milímetro", "milímetros", "m"),
        _unit(r"cm", "centímetro", "centímetros", "m"),
        _unit(r"km", "quilômetro", "quilômetros", "m"),
        _unit(r"m", "metro", "metros", "m"),
        _unit(r"kg", "quilo", "quilos", "m", r"quilos?|quilogramas?"),
        _unit(r"gr?", "grama", "gramas", "m"),
        _unit(r"ml", "mililitro", "mililitros", "m"),
        _unit(r"l", "litro", "litros", "m"),
        _unit(r"(?!)", "gota", "gotas", "f"),
        _unit(r"kWh", "quilowatt-hora", "quilowatts-hora", "m"),
        Unit(r"%", r"por cento", "um por cento", "por cento"),
        Unit(r"°\s?C|℃|º\s?C", r"graus? Celsius", "um grau", "graus"),
        Unit(r"°", r"graus?", "um grau", "graus"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    clock=Clock(
        many="{h}",
        full="{hour}:{m:02}",
        sharp="{hour}",
        joints=r"a|e|até|às",
        leads=r"às|as|das|pelas",
        lengths=r"por|durante|dura|cerca de|mais|ainda|total|após|tempo",
        lasted=r"restantes|no total",
    ),
    shares={
        "1/2": Share("meio", "um e meio", "{n} e meio"),
        "1/4": Share("um quarto", "um e um quarto", "{n} e um quarto"),
        "3/4": Share("três quartos", "um e três quartos", "{n} e três quartos"),
        "1/3": Share("um terço", "um e um terço", "{n} e um terço"),
        "2/3": Share("dois terços", "um e dois terços", "{n} e dois terços"),
    },
    decimal=",",
    to="a",
    out_of="{} de {}",
    times=("uma vez", "duas vezes", "{} vezes"),
    by="vezes",
    across="por",
    per="por",
    over="por",
    either="ou",
    ratio="para",
    ratios=r"proporção|dilu|mistur",
    then=", depois ",
    alone=r"kWh|kg|cm|km|ml|°C",
    before=rules(
        (r"\bp\.\s?ex\.,?", "por exemplo,"),
        (r"\b(?:aprox\b\.?|ca\.)", "aproximadamente"),
        (r"\betc\.(?=\s*[a-zà-ÿ,;:)])", "etcétera"),
        (r"\betc\b", "etcétera"),
        (r"\b(?:n\.?[°º]|nº)\s?(?=\d)|[#№](?=\d)", "número "),
        (r"\be\s?/\s?ou\b", "e ou"),
        (r"\bmáx\b\.?(?=\s?\d)", "no máximo"),
        (r"(?<!\d)(?<!\d )\bmín\b\.?(?=\s?\d)", "no mínimo"),
        (r"~\s?(?=\d)|≈\s?", "cerca de "),
        (r"≤\s?|<=\s?", "no máximo "),
        (r"≥\s?|>=\s?", "no mínimo "),
        (r"(?<!\S)(?<!\d )[-−](?=\d)", "menos "),
        (r"(?<=\w)\s?@\s?(?=\w)", " arroba "),
    ),
    after=rules(
        (r"\b(horas?|minutos?) (?=(?:\d+|um) (?:minutos?|segundos?)\b)", r"\1 e "),
        (r"\b1 vez\b", "uma vez"),
        (r"(?<=\d)\s?\+\s?(?=\d)", " mais "),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 ou mais"),
        (r"(?<![\w+])\+(?=\d)", "mais "),
        (r"\s?\+\s?|\s?&\s?|\s?↔\s?", " e "),
        (r"\s?=\s?", " igual a "),
        (r"\s?±\s?", " mais ou menos "),
        (r"(?<=\w)\s?<\s?(?=\w)|<\s?(?=\d)", " menos de "),
        (r"(?<=\w)\s?>\s?(?=\w)|>\s?(?=\d)", " mais de "),
        (r"[<>~×°№#\s]+", " "),
        (r"\b(vez|vezes|segundos?|minutos?)\s?/\s?(?=[a-zà-ÿ])", r"\1 por "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W_])|(?<=[^\W_])\s?/\s?(?=[^\W\d_])", " ou "),
    ),
    never_ends=words("p.ex. aprox. dr. dra. sr. sra. núm. pág. ca. prof. incl."),
    may_end=words("máx. mín. min. seg. h. etc. cm. mm. ml. kg. g."),
)
