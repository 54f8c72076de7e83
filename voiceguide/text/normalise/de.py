"""German as it is said; checked with eSpeak NG, which reads "3." as a full stop and "1 Minute" as "eins Minute"."""

# ruff: noqa: RUF001 (the typographic dashes and primes that authors type)

from __future__ import annotations

import re
from typing import Literal

from voiceguide.text.normalise.table import ANGLES, Clock, Primes, Share, Table, Unit, rules, words

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
        "1/8": Share(f"ein Achtel {one}", f"ein und ein Achtel {many}", f"{{n}} und ein Achtel {many}"),
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
_ORDINAL = {
    **dict(enumerate(("erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt"), 1)),
    **{number: f"{_number(number)}{'t' if number < 20 else 'st'}" for number in range(11, 32)},
}
_MONTHS = tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split())  # noqa: SIM905 (readable)
_BENT = r"am|im|vom|zum|beim|dem|den|des|einem|einen|jedem|jeden|ihrem|deinem|seinem"
_DAY = rf"\d+\. (?:{'|'.join(_MONTHS)})\b"
_PLAIN = r"der|die|das|jede|eine|deine|ihre|seine"


def _ordinal(found: re.Match[str]) -> str:
    """Return `am 3.` or `24. Dezember` with the number as a word."""
    number, ends = int(found["n"]), found.end() == len(found.string)
    if (word := _ORDINAL.get(number)) is None or (ends and not found["bent"]):
        return found[0]
    if bent := found["bent"] or found["until"]:
        return f"{bent} {word}en{'.' if ends else ''}"
    return f"{found['plain']} {word}e" if found["plain"] else f"{word}er"


def _ordinals(found: re.Match[str]) -> str:
    """Return `2. und 3.` or `4./5.` as words."""
    one, two = _ORDINAL.get(int(found[2])), _ORDINAL.get(int(found[4]))
    if one is None or two is None:
        return found[0]
    joint = {"/": "oder", "-": "bis", "–": "bis"}.get(found[3], found[3])
    ending = "en" if found[1] else "e"
    return f"{found[1] or ''}{one}{ending} {joint} {two}{ending}"


def _month(found: re.Match[str]) -> str:
    """Return `am 24.12.` with the month's name; a sentence that ends there keeps its full stop."""
    ends = "." if found.end() == len(found.string) else ""
    return f"{found[1]} {_MONTHS[int(found[2]) - 1]}{ends}"


_UNITS = (
    _HOUR,
    _MINUTE,
    _SECOND,
    Unit(r"mm ?Hg", r"Millimeter Quecksilbersäule", "ein Millimeter Quecksilbersäule", "Millimeter Quecksilbersäule"),
    _unit(r"mm", "Millimeter", "Millimeter", "m"),
    _unit(r"cm", "Zentimeter", "Zentimeter", "m"),
    _unit(r"km", "Kilometer", "Kilometer", "m"),
    _unit(r"m", "Meter", "Meter", "m"),
    _unit(r"kg", "Kilogramm", "Kilogramm", "n"),
    _unit(r"mg", "Milligramm", "Milligramm", "n"),
    _unit(r"μg", "Mikrogramm", "Mikrogramm", "n"),
    _unit(r"g|gr", "Gramm", "Gramm", "n"),
    _unit(r"ml", "Milliliter", "Milliliter", "m"),
    _unit(r"cl", "Zentiliter", "Zentiliter", "m"),
    _unit(r"dl", "Deziliter", "Deziliter", "m"),
    _unit(r"l", "Liter", "Liter", "m"),
    _unit(r"TL", "Teelöffel", "Teelöffel", "m"),
    _unit(r"EL", "Esslöffel", "Esslöffel", "m"),
    _unit(r"(?!)", "Tasse", "Tassen", "f"),
    _unit(r"Tr", "Tropfen", "Tropfen", "m"),
    _unit(r"Wo", "Woche", "Wochen", "f"),
    _unit(r"(?!)", "Tag", "Tage", "m", r"Tag|Tagen?"),
    _unit(r"cm[²2]", "Quadratzentimeter", "Quadratzentimeter", "m"),
    _unit(r"m[²2]|qm", "Quadratmeter", "Quadratmeter", "m"),
    _unit(r"cm[³3]", "Kubikzentimeter", "Kubikzentimeter", "m"),
    _unit(r"kWh", "Kilowattstunde", "Kilowattstunden", "f"),
    _unit(r"kW", "Kilowatt", "Kilowatt", "n"),
    _unit(r"W", "Watt", "Watt", "n"),
    _unit(r"(?-i:V)", "Volt", "Volt", "n"),
    _unit(r"(?-i:N)", "Newton", "Newton", "n"),
    _unit(r"kHz", "Kilohertz", "Kilohertz", "n"),
    _unit(r"Hz", "Hertz", "Hertz", "n"),
    _unit(r"kPa", "Kilopascal", "Kilopascal", "n"),
    _unit(r"dB", "Dezibel", "Dezibel", "n"),
    _unit(r"kcal", "Kilokalorie", "Kilokalorien", "f"),
    _unit(r"mAh", "Milliamperestunde", "Milliamperestunden", "f"),
    _unit(r"\s?′", "Fuß", "Fuß", "m"),
    _unit(r"\s?″", "Zoll", "Zoll", "m"),
    Unit(r"%", r"Prozent", "ein Prozent", "Prozent"),
    Unit(r"°\s?C|℃|(?-i:C)(?=\b(?!-))", r"Grad Celsius", "ein Grad", "Grad"),
    Unit(r"°\s?F|℉", r"Grad Fahrenheit", "ein Grad Fahrenheit", "Grad Fahrenheit"),
    Unit(r"°", r"Grad", "ein Grad", "Grad"),
)
_COMPOUND = (
    r"(?<![\w.,/:])(?P<amount>\d+(?:[.,]\d+)?(?:\s?(?:-|–|bis)\s?\d+(?:[.,]\d+)?)?+)-"
    rf"(?:{'|'.join(rf'(?P<u{n}>{unit.short})' for n, unit in enumerate(_UNITS))})\.?-(?=[^\W\d_])"
)


def _compound(found: re.Match[str]) -> str:
    """Return the beginning of `30-cm-Rolle` with its unit in full."""
    unit = _UNITS[int((found.lastgroup or "u0")[1:])]
    return f"{found['amount']}-{unit.many}-"


TABLE = Table(
    units=_UNITS,
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    clock=Clock(
        one="ein Uhr",
        many="{h} Uhr",
        full="{hour} {m}",
        sharp="{hour}",
        joints=r"bis|und",
        leads=r"um|ab|gegen|seit",
        names=r"Uhr|h\b(?=\s(?:morgens|abends|nachmittags))",
        lengths=r"für|dauert|lang|etwa|insgesamt|halte|ruhe|Dauer|Länge|noch|nach|mit|in|je|Zeit",
        lasted=r"lang|übrig|Rest|insgesamt|halten|ruhen|warten",
    ),
    primes=Primes(
        times=True,
        lasting=re.compile(r"\b(?:für|halte|warte|je|alle|nach|noch|etwa|Dauer)\s$", re.IGNORECASE),
        lasted=re.compile(r"\s?(?:halten|warten|ruhen|lang\b|Pause)", re.IGNORECASE),
        sizes=re.compile(r"^\s?(?:groß|hoch|breit|dick)\b", re.IGNORECASE),
    ),
    months=_MONTHS,
    date="{d}. {month} {y}",
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
    across="mal",
    per="pro",
    either="oder",
    ratios=r"verhältnis|verdünn|misch",
    over="zu",
    ratio="zu",
    split=" zu ",
    then=", dann ",
    alone=r"kWh|kW|mmHg|k?Hz|kcal|kg|cm|km|ml|TL|EL|°C",
    before=rules(
        (r"\b(?:z\.\s?B\b\.?|zB\b)", "zum Beispiel"),
        (r"\bli\.?\s?/\s?re\b\.?", "links oder rechts"),
        (r"\bre\.?\s?/\s?li\b\.?", "rechts oder links"),
        (r"\bli\.\s(?=(?-i:[A-ZÄÖÜ]))", "linke "),
        (r"\bre\.\s(?=(?-i:[A-ZÄÖÜ]))", "rechte "),
        (r"\b(?-i:([A-ZÄÖÜ][^\W\d_]+))/-?innen\b", r"\1innen"),
        (r"\b(?-i:([A-ZÄÖÜ][^\W\d_]+))/-?in\b", r"\1 oder \1in"),
        (r"\bMo\b\.?\s?[-–]\s?Fr\b", "Montag bis Freitag"),
        (r"\bWdh\b\.?", "Wiederholungen"),
        (r"\bTel\.", "Telefon"),
        (r"\bS\. (?=\d)", "Seite "),
        (r"\bAbb\. (?=\d)", "Abbildung "),
        (r"(\d)\s?%ig", r"\1-prozentig"),
        (r"\b((?:am|vom|zum|dem|den|bis) \d{1,2}\.)(1[0-2]|0?[1-9])\.(?!\d)", _month),
        (
            r"\b((?:am|im|vom|zum|beim|dem|den|des) )?(\d{1,2})\.\s?(und|oder|bis|/|-|–)\s?(\d{1,2})\.(?=\s\w)",
            _ordinals,
        ),
        (r"\bd\.\s?h\.", "das heißt"),
        (r"\bu\.\s?a\.", "unter anderem"),
        (r"\bi\.\s?d\.\s?R\.", "in der Regel"),
        (r"\bz\.\s?T\.", "zum Teil"),
        (r"\bu\.\s?U\.", "unter Umständen"),
        (r"\bo\.\s?Ä\.", "oder Ähnliches"),
        (r"\bca\b\.?", "etwa"),
        (r"\bm\.\s?E\.", "meines Erachtens"),
        (r"\bs\.\s?o\.", "siehe oben"),
        (r"\bs\.\s?u\.", "siehe unten"),
        (r"\bzzgl\.", "zuzüglich"),
        (r"\babzgl\.", "abzüglich"),
        (r"\bbes\.", "besonders"),
        (r"\binsb\.", "insbesondere"),
        (r"\ballg\.", "allgemein"),
        (r"\bvs\b\.?", "gegen"),
        (r"\bDr\.", "Doktor"),
        (r"(?<=\w)\s?@\s?(?=\w)", " ät "),
        (r"\b(\d{1,2})\.([0-5]\d)(?=(?:\s?(?:-|–|bis)\s?\d{1,2}[.:][0-5]\d)?\s?Uhr\b)", r"\1:\2"),
        (_COMPOUND, _compound),
        *ANGLES,
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
        (r"(?<!\S)(?<!\d )[-−](?=\d)", "minus "),
        (
            rf"\b(?:(?P<bent>{_BENT}) |(?P<plain>{_PLAIN}) |(?P<until>bis|seit|ab) (?={_DAY})|(?={_DAY}))"
            r"(?P<n>\d{1,2})\."
            r"(?=\s\w|$)",
            _ordinal,
        ),
    ),
    after=rules(
        (rf"\b1 bis (?=\d+ {_COUNTED}\b)", "ein bis "),
        (r"\b(ein(?:e[nmr]?)?) eine?n? (?=(?:halbe|viertel|dreiviertel))", r"\1 "),
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
        (r"(?<![\w+])\+(?=\d)", "plus "),
        (r"\s?\+\s?|\s?&\s?", " und "),
        (r"\s?=\s?", " gleich "),
        (r"\s?↔\s?", " und "),
        (r"\s?↑\s?", " nach oben "),
        (r"\s?↓\s?", " nach unten "),
        (r"(?<=\w)\s?<\s?(?=\w)", " kleiner als "),
        (r"(?<=\w)\s?>\s?(?=\w)", " größer als "),
        (r"\s?±\s?", " plus minus "),
        (r"\s?÷\s?", " geteilt durch "),
        (r"<\s?(?=\d)", "weniger als "),
        (r">\s?(?=\d)", "mehr als "),
        (r"[<>~×°№#\s]+", " "),
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
