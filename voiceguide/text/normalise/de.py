"""German as it is said; checked with eSpeak NG, which reads "3." as a full stop and "1 Minute" as "eins Minute"."""

from __future__ import annotations

from typing import Literal

from voiceguide.text.normalise.table import Share, Table, Unit, rules, words

_ENDINGS = {"m": ("einen", "halben"), "f": ("eine", "halbe"), "n": ("ein", "halbes")}


def _unit(short: str, one: str, many: str, gender: Literal["m", "f", "n"], words: str | None = None) -> Unit:
    """Return a unit in the accusative: amounts of oil and of time are mostly objects or times."""
    article, half = _ENDINGS[gender]
    shares = {
        "1/2": Share(f"{article} {half} {one}", f"eineinhalb {many}", f"{{n}}einhalb {many}"),
        "1/4": Share(f"{article} viertel {one}", f"eineinviertel {many}", f"{{n}}einviertel {many}"),
        "3/4": Share(f"{article} dreiviertel {one}", f"eindreiviertel {many}", f"{{n}}dreiviertel {many}"),
        "1/3": Share(f"ein Drittel {one}", f"ein und ein Drittel {many}", f"{{n}} und ein Drittel {many}"),
        "2/3": Share(f"zwei Drittel {one}", f"ein und zwei Drittel {many}", f"{{n}} und zwei Drittel {many}"),
    }
    return Unit(short, words or f"{one}|{many}", f"{article} {one}", many, shares)


def _number(count: int) -> str:
    """Return the word for 0 to 99 as it stands in front of another."""
    small = "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()  # noqa: SIM905 (readable)
    teens = ("drei", "vier", "fünf", "sech", "sieb", "acht", "neun")
    tens = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
    if count < 13:
        return small[count]
    if count < 20:
        return f"{teens[count - 13]}zehn"
    ten, one = divmod(count, 10)
    return f"{small[one]}und{tens[ten - 2]}" if one else tens[ten - 2]


_HOUR = _unit(r"h|Std", "Stunde", "Stunden", "f")
_MINUTE = _unit(r"mins?", "Minute", "Minuten", "f")
_SECOND = _unit(r"s|sek|sec", "Sekunde", "Sekunden", "f")
_COUNTED = r"(?:Stunden|Minuten|Sekunden|Zentimeter|Millimeter|Meter|Teelöffel|Esslöffel|Tassen|Tropfen|Mal)"
_ORDINAL = dict(enumerate(("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"), 1))
_BENT = r"am|im|vom|zum|beim|dem|den|des|einem|einen|jedem|jeden|ihrem|deinem|seinem"
_PLAIN = r"der|die|das|jede|eine|deine|ihre|seine"

TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        _unit(r"mm", "Millimeter", "Millimeter", "m"),
        _unit(r"cm", "Zentimeter", "Zentimeter", "m"),
        _unit(r"m", "Meter", "Meter", "m"),
        _unit(r"kg", "Kilogramm", "Kilogramm", "n"),
        _unit(r"g|gr", "Gramm", "Gramm", "n"),
        _unit(r"ml", "Milliliter", "Milliliter", "m"),
        _unit(r"l", "Liter", "Liter", "m"),
        _unit(r"TL", "Teelöffel", "Teelöffel", "m"),
        _unit(r"EL", "Esslöffel", "Esslöffel", "m"),
        _unit(r"(?!)", "Tasse", "Tassen", "f"),
        Unit(r"%", r"Prozent", "ein Prozent", "Prozent"),
        Unit(r"°\s?C|℃", r"Grad Celsius", "ein Grad", "Grad"),
        Unit(r"°", r"Grad", "ein Grad", "Grad"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    not_a_length=r"\s*Uhr\b",
    shares={
        "1/2": Share("ein halb", "eineinhalb", "{n}einhalb"),
        "1/4": Share("ein Viertel", "eineinviertel", "{n}einviertel"),
        "3/4": Share("drei Viertel", "eindreiviertel", "{n}dreiviertel"),
        "1/3": Share("ein Drittel", "ein und ein Drittel", "{n} und ein Drittel"),
        "2/3": Share("zwei Drittel", "ein und zwei Drittel", "{n} und zwei Drittel"),
    },
    numbers=tuple(_number(n) for n in range(100)),
    decimal=",",
    to="bis",
    out_of="{} von {}",
    times=("einmal", "zweimal", "{} Mal"),
    by="mal",
    before=rules(
        (r"\bz\.\s?B\.", "zum Beispiel"),
        (r"\bd\.\s?h\.", "das heißt"),
        (r"\bu\.\s?a\.", "unter anderem"),
        (r"\bi\.\s?d\.\s?R\.", "in der Regel"),
        (r"\bz\.\s?T\.", "zum Teil"),
        (r"\bu\.\s?U\.", "unter Umständen"),
        (r"\bo\.\s?Ä\.", "oder Ähnliches"),
        (r"\bca\.", "etwa"),
        (r"\bbzw\.", "beziehungsweise"),
        (r"\bggf\.", "gegebenenfalls"),
        (r"\bevtl\.", "eventuell"),
        (r"\binkl\.", "inklusive"),
        (r"\bungef\.", "ungefähr"),
        (r"\bsog\.", "sogenannte"),
        (r"\bvgl\.", "vergleiche"),
        (r"\bmax\.?(?=\s?\d)", "höchstens"),
        (r"(?<!\d)(?<!\d )\b(?:mind\.|min\.?)(?=\s?\d)", "mindestens"),
        (r"\busw\.(?=\s*\w)", "und so weiter"),
        (r"\busw\b", "und so weiter"),
        (r"\betc\.(?=\s*\w)", "et cetera"),
        (r"\betc\b", "et cetera"),
        (r"\b(?:Nr\.|№)\s?(?=\d)|[#№](?=\d)", "Nummer "),
        (r"\bund\s?/\s?oder\b", "und oder"),
        (r"\bzwischen (\S+)\s?[-–]\s?(?=\d)", r"zwischen \1 und "),
        (r"~\s?(?=\d)|≈\s?", "etwa "),
        (r"≤\s?|<=\s?", "höchstens "),
        (r"≥\s?|>=\s?", "mindestens "),
        (r"(?<!\S)[-−](?=\d)", "minus "),
        *((rf"\b({_BENT}) {number}\.(?=\s\w)", rf"\1 {word}en") for number, word in _ORDINAL.items()),
        *((rf"\b({_PLAIN}) {number}\.(?=\s\w)", rf"\1 {word}e") for number, word in _ORDINAL.items()),
    ),
    after=rules(
        (rf"\b1 bis (?=\d+ {_COUNTED}\b)", "ein bis "),
        (r"\b1 Mal\b", "einmal"),
        (
            r"\b(nach|mit|von|seit|in|vor|aus) eine "
            r"(?=(?:halbe |viertel |dreiviertel )?(?:Minute|Sekunde|Stunde|Tasse)\b)",
            r"\1 einer ",
        ),
        (r"\b(nach|mit|von|seit|vor|in|aus) einer halbe\b", r"\1 einer halben"),
        (
            r"\b(mit|von|aus|nach) einen (?=(?:halben |viertel |dreiviertel )?(?:Tee|Ess|Milli|Zenti|Liter|Meter))",
            r"\1 einem ",
        ),
        (r"(?<=\d)\s?\+\s?(?=\d)", " plus "),
        (r"(\d)\s?\+(?=[^\w+]|$)", r"\1 oder mehr"),
        (r"\s?\+\s?|\s?&\s?", " und "),
        (r"\s?=\s?", " gleich "),
        (r"\s?[→⇒]\s?", " zu "),
        (r"\s?±\s?", " plus minus "),
        (r"\s?÷\s?", " geteilt durch "),
        (r"<\s?(?=\d)", "weniger als "),
        (r">\s?(?=\d)", "mehr als "),
        (r"[<>~×°№#]", " "),
        (r"\b(Mal|Sekunden?|Minuten?)\s?/\s?(?=[a-zäöü])", r"\1 pro "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", " oder "),
    ),
    never_ends=words(
        "ca. bzw. ggf. evtl. inkl. mind. nr. dr. prof. vgl. sog. bes. allg. ungef. z.b. d.h. u.a. "
        "i.d.r. z.t. u.u. st. abb. insb. vs."
    ),
    may_end=words("max. min. sek. sec. std. usw. etc. tl. el. o.ä. cm. mm. ml. kg. tr."),
    starters=words(
        "ab aber achte als am an anschließend atme auch auf bei beginne bitte bleib bleibe da danach dann "
        "das den der die dies diese dieser drücke du ein eine er es frag für geh gehe gib gleite halt halte "
        "hebe hier ihr im in ist jede jeder jetzt knete komm lass lege leg lockere lös löse mach mit nach "
        "nicht nimm noch nun nur oder reibe ruhe sag schließe sie sobald spür spüre stell streich streiche "
        "und vom von warte wechsle wenn wie wiederhole wir zieh zum zur zuerst zuletzt"
    ),
    ordinal_stop=rf"{_BENT}|{_PLAIN}|und|oder",
)
