"""English as it is said. Digits stay where they are read right; checked with hibari's own phonemes."""

# ruff: noqa: RUF001 (the typographic dashes and primes that authors type)

from __future__ import annotations

import re

from voiceguide.text.normalise.clocks import ALONE
from voiceguide.text.normalise.table import Clock, Primes, Share, Table, Unit, rules, words


def _shares(one: str, many: str) -> dict[str, Share]:
    def share(fraction: str) -> Share:
        alone = f"half {one}" if fraction == "a half" else f"{fraction} of {one}"
        return Share(alone, f"1 and {fraction} {many}", f"{{n}} and {fraction} {many}")

    return {
        "1/2": share("a half"),
        "1/4": share("a quarter"),
        "3/4": share("three quarters"),
        "1/3": share("a third"),
        "2/3": share("two thirds"),
        "1/8": share("an eighth"),
        **{f"{over}/8": share(f"{over} eighths") for over in (3, 5, 7)},
        **{f"{over}/16": share(f"{over} sixteenths") for over in (3, 5, 7, 9, 11, 13, 15)},
        "1/16": share("a sixteenth"),
    }


def _unit(short: str, one: str, many: str, words: str | None = None, *, article: str = "a") -> Unit:
    return Unit(short, words or f"{one}|{many}", f"1 {one}", many, _shares(f"{article} {one}", many))


_HOUR = _unit(r"h|hrs?", "hour", "hours", article="an")
_MINUTE = _unit(r"mins?", "minute", "minutes")
_SECOND = _unit(r"s|secs?", "second", "seconds")

_AGES = {
    20: "twenties",
    30: "thirties",
    40: "forties",
    50: "fifties",
    60: "sixties",
    70: "seventies",
    80: "eighties",
    90: "nineties",
}
_UNITS = (
    _HOUR,
    _MINUTE,
    _SECOND,
    Unit(r"mm ?Hg", r"millimet(?:re|er)s? of mercury", "1 millimeter of mercury", "millimeters of mercury"),
    _unit(r"mm", "millimeter", "millimeters", r"millimet(?:re|er)s?"),
    _unit(r"cms?", "centimeter", "centimeters", r"centimet(?:re|er)s?"),
    _unit(r"km", "kilometer", "kilometers", r"kilomet(?:re|er)s?"),
    _unit(r"m", "meter", "meters", r"met(?:re|er)s?"),
    _unit(r"ft|\s?′", "foot", "feet"),
    _unit(r"\s?″", "inch", "inches", article="an"),
    _unit(r"yds?", "yard", "yards"),
    _unit(r"kgs?", "kilogram", "kilograms", r"kilograms?|kilos?"),
    _unit(r"lbs?", "pound", "pounds"),
    _unit(r"oz", "ounce", "ounces", article="an"),
    _unit(r"mg", "milligram", "milligrams"),
    _unit(r"mcg|μg", "microgram", "micrograms"),
    _unit(r"g|gr", "gram", "grams"),
    _unit(r"mls?", "milliliter", "milliliters", r"millilit(?:re|er)s?"),
    _unit(r"cl", "centiliter", "centiliters", r"centilit(?:re|er)s?"),
    _unit(r"dl", "deciliter", "deciliters", r"decilit(?:re|er)s?"),
    _unit(r"l", "liter", "liters", r"lit(?:re|er)s?"),
    _unit(r"fl\.? ?oz", "fluid ounce", "fluid ounces"),
    _unit(r"tsps?", "teaspoon", "teaspoons"),
    _unit(r"tbsps?|tbs", "tablespoon", "tablespoons"),
    _unit(r"(?!)", "cup", "cups"),
    _unit(r"cm[²2]|sq\.? ?cm", "square centimeter", "square centimeters", r"square centimet(?:re|er)s?"),
    _unit(r"m[²2]|sq\.? ?m", "square meter", "square meters", r"square met(?:re|er)s?"),
    _unit(r"cm[³3]|cc", "cubic centimeter", "cubic centimeters", r"cubic centimet(?:re|er)s?"),
    _unit(r"kWh", "kilowatt hour", "kilowatt hours"),
    _unit(r"kW", "kilowatt", "kilowatts"),
    _unit(r"mAh", "milliampere hour", "milliampere hours"),
    _unit(r"W", "watt", "watts"),
    _unit(r"(?-i:V)", "volt", "volts"),
    _unit(r"(?-i:Nm)", "newton meter", "newton meters"),
    _unit(r"(?-i:N)", "newton", "newtons"),
    Unit(r"kHz", "kilohertz", "1 kilohertz", "kilohertz"),
    Unit(r"Hz", "hertz", "1 hertz", "hertz"),
    Unit(r"kPa", "kilopascals?", "1 kilopascal", "kilopascals"),
    Unit(r"dB", "decibels?", "1 decibel", "decibels"),
    Unit(r"kcal", "(?:kilo)?calories?", "1 calorie", "calories"),
    Unit(r"bpm", "beats? per minute", "1 beat per minute", "beats per minute"),
    Unit(r"mph", "miles? per hour", "1 mile per hour", "miles per hour"),
    _unit(r"(?!)", "day", "days"),
    _unit(r"wks?", "week", "weeks"),
    Unit(r"%", r"per ?cent", "1 percent", "percent"),
    Unit(r"°\s?C|℃|(?-i:C)(?=\b(?!-))", r"degrees? Celsius", "1 degree Celsius", "degrees Celsius"),
    Unit(r"°\s?F|℉|(?-i:F)(?=\b(?!-))", r"degrees? Fahrenheit", "1 degree Fahrenheit", "degrees Fahrenheit"),
    Unit(r"psi", r"pounds? per square inch", "1 pound per square inch", "pounds per square inch"),
    Unit(r"°|deg", r"degrees?", "1 degree", "degrees"),
)

_NAMES = [unit.one.partition(" ")[2] for unit in _UNITS]
_SIZES = frozenset({"millimeter", "centimeter", "meter", "foot", "inch", "yard", "kilogram", "pound"})
"""Units of things; those of substances and of time stand before them too: `5 ml oil`, `30 s circles`."""
_TIMES = frozenset({"second", "minute", "hour", "day", "week", "watt", "volt", "degree"})
_NUMBERS = words(
    "two three four five six seven eight nine ten twelve fifteen twenty thirty forty forty-five fifty sixty ninety few "
    "several"
)
_SIDED = "side|hand|arm|leg|foot|shoulder|hip|knee|calf|thigh|ear|thumb|elbow|ankle|glute"
_FRACTIONS = {"1/2": "half", "1/4": "quarter", "3/4": "three-quarter", "1/3": "third", "2/3": "two-third"}
_LEADS = r"an?|another|the|this|that|these|your|my|his|her|their|our|one|two|three|four|five|six|both|single"
_BEFORE_A_THING = (
    rf"(?:(?<!\w)(?P<lead>{_LEADS})\s|(?<!-){ALONE})"
    r"(?P<amount>(?:\d+ )?\d+/\d+|\d+(?:[.,]\d+)?(?:\s?(?:-|–|to|by)\s?\d+(?:[.,]\d+)?)?+)"
    rf"(?P<joint>[\s-]?)(?:{'|'.join(rf'(?P<u{n}>{unit.short}|{unit.words})' for n, unit in enumerate(_UNITS))})"
    r"(?![^\W_])\.?"
)
_THING = re.compile(r"[\s-](?=[a-z])")
_NO_THING = re.compile(
    r"(?:above|after|ago|and|apart|are|around|as|at|away|back|before|behind|below|beside|but|by|can|deep|down|each|for|"
    r"from|has|have|high|if|in|into|is|later|left|less|long|may|more|must|of|off|on|or|past|per|should|so|tall|than|"
    r"then|thick|till|to|total|until|up|was|were|when|while|wide|will|with|without)\b(?! table)"
)
_THINGS = re.compile(
    r"(?!\w*(?:wards|ways|ss|is|us)\b|(?:across|as|besides|does|ends|feels|gives|goes|has|helps|its|keeps|lasts|leaves|"
    r"less|makes|minus|needs|passes|perhaps|plus|rests|seems|separates|starts|times|was|works)\b)[a-z]{2,}s\b|(?:area|ball|band|bolster|circle|client|cushion|"
    r"gap|giver|line|mat|pad|pillow|receiver|roll|roller|square|step|stick|strip|stroke|table|towel|wedge)\b"
)
_HEAVY = re.compile(r"(?!\w+(?:er|ly|ing)\b|max|min)\w{3,}")
_ADJECTIVES = re.compile(
    r"(?:high|tall|wide|long|thick|deep)\s(?!and\b|or\b|at\b|on\b|in\b|from\b|for\b|to\b|is\b|so\b)[a-z]"
)


def _before_a_thing(found: re.Match[str]) -> str:
    """Return `a 4 kg weight` as a 4-kilogram weight, `30-s hold` as 30-second hold; an amount as it was."""
    number = int((found.lastgroup or "u0")[1:])
    name = _NAMES[number]
    lead = (found["lead"] or "").lower()
    amount = f"{found['lead']} {found['amount']}" if lead else found["amount"]
    written = found.string[found.end("joint") : found.end()].rstrip(".")
    if (thing := _THING.match(found.string, found.end())) is None:
        return f"{amount} {written}" if found["joint"] == "-" and written != name else found[0]
    sized = _ADJECTIVES.match(found.string, thing.end()) is not None
    amounts = _NO_THING.match(found.string, thing.end()) is not None and not sized
    if lead in {"a", "an", "another"} or found["joint"] == "-":
        single = not found.string.startswith("of ", thing.end())
    elif lead:
        single = (name in _SIZES or name in _TIMES) and not amounts
    elif name in {"kilogram", "pound"}:
        single = not amounts and _HEAVY.match(found.string, thing.end()) is not None
    else:
        single = name in _SIZES and (sized or _THINGS.match(found.string, thing.end()) is not None)
    whole, _, fraction = found["amount"].rpartition(" ")
    as_it_should_be = written == name and found["joint"] != "-" and fraction not in _FRACTIONS
    if not single or name == _UNITS[number].many or as_it_should_be:
        return found[0]
    if fraction in _FRACTIONS:
        size = f"{whole} and a {_FRACTIONS[fraction]}" if whole else _FRACTIONS[fraction]
        return f"{found['lead']} {size}-{name}" if lead else f"{size}-{name}"
    over, _, under = amount.partition("/")
    if under and int(under) % 5 != 0:
        return found[0]
    return f"{over} or {under}-{name}" if under else f"{amount}-{name}"


def _counted_in_words(found: re.Match[str]) -> str:
    """Return `five min` and `per min` in full; after any other word it is another word."""
    before = found.string[max(0, found.start() - 40) : found.start()].lower().split(" ")
    name = {"m": "minute", "s": "second", "h": "hour"}[found[1][0].lower()]
    if before[-1] in {"a", "an", "one", "per", "each", "every"}:
        return f" {name}"
    if before[-1] not in _NUMBERS:
        return found[0]
    attributive = before[-2:-1] in (["a"], ["an"]) and re.match(" [a-z]", found.string[found.end() : found.end() + 2])
    return f"-{name}" if attributive and before[-1] not in {"few", "couple"} else f" {name}s"


TABLE = Table(
    units=_UNITS,
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    clock=Clock(
        many="{h}",
        full="{hour}:{m:02}",
        sharp="{hour} o'clock",
        joints=r"to|and|until|till",
        leads=r"(?:at|until|till|by|since)(?: about| around)?",
        kept=r"[ap]\.?m\b\.?|o'clock|in the (?:morning|afternoon|evening)|tonight|noon|midnight",
        lengths=r"for|lasts?|takes?|about|total(?: of)?|hold|rest|duration|length|runs?|another|of|after|time",
        lasted=r"left|remaining|long|(?:in )?total|to go|mark",
    ),
    primes=Primes(
        times=False,
        lasting=re.compile(
            r"\b(?:hold|holds|holding|wait|rest|pause|stay|breathe|press|every|each|for|after|within|lasts?|takes?|"
            r"another|next|last|first)\s(?:it |still |there |here |this )?(?:for )?(?:about |another |~ ?)?$",
            re.IGNORECASE,
        ),
        lasted=re.compile(r"\s?(?:hold|rest|pause|break|each\b|per side|/ ?side|a side|left\b|later)", re.IGNORECASE),
        sizes=re.compile(r"^\s?(?:tall|high|long|wide|thick|deep|apart|away|in height)\b", re.IGNORECASE),
    ),
    months=tuple(
        "January February March April May June July August September October November December".split()  # noqa: SIM905 (readable)
    ),
    date="{month} {d}, {y}",
    day_first=False,
    shares={
        "1/2": Share("half", "1 and a half", "{n} and a half"),
        "1/4": Share("a quarter", "1 and a quarter", "{n} and a quarter"),
        "3/4": Share("three quarters", "1 and three quarters", "{n} and three quarters"),
        "1/3": Share("a third", "1 and a third", "{n} and a third"),
        "2/3": Share("two thirds", "1 and two thirds", "{n} and two thirds"),
    },
    to="to",
    out_of="{} out of {}",
    times=("once", "twice", "{} times"),
    by="times",
    across="by",
    per="per",
    either="or",
    ratios=r"ratio|dilut|mixture|mix (?!for)|blend|proportion|parts?\b",
    over="over",
    ratio="to",
    then=", then ",
    alone=r"kWh|kW|mmHg|k?Hz|kcal|bpm|mph|kgs?|cms?|km|mls?|lbs?|tbsps?|tsps?|°C|°F",
    before=rules(
        (r"\be\.\s?g\b\.?,?", "for example,"),
        (r"\bi\.\s?e\b\.?,?", "that is,"),
        (r"\b(?:a\.k\.a\.|aka\b)", "also known as"),
        (r"\beg\b\.?,?", "for example,"),
        (r"\betc\.(?=\s*[a-z,;:)])", "et cetera"),
        (r"\betc\b", "et cetera"),
        (r"\b(?:approx\b\.?|ca\.|ca(?=\s?\d)|c\.(?=\s?\d))", "about"),
        (r"\bMon\b\.?\s?[-–]\s?Fri\b", "Monday to Friday"),
        (r"(?<=[a-z]) (mins?|secs?|hrs?)\b\.?", _counted_in_words),
        (r"\beither\s?/\s?or\b", "either or"),
        (r"\bs/he\b", "she or he"),
        (r"(?-i:\bR\s?/\s?L\b)", "right or left"),
        (r"(?-i:\bL\s?&\s?R\b)", "left and right"),
        (rf"(?-i:\bL(?= (?:{_SIDED})\b))", "left"),
        (rf"(?-i:\bR(?= (?:{_SIDED})\b))", "right"),
        (r"\bincl\.", "including"),
        (r"\besp\.", "especially"),
        (r"\bvs\b\.?", "versus"),
        (r"\bcf\.", "compare"),
        (r"\bw/o(?:ut)?\b", "without"),
        (r"\bb/c\b", "because"),
        (r"\bw/(?=\s?\w)\s?", "with "),
        (r"\band\s?/\s?or\b", "and or"),
        (r"(?-i:\bL\s?/\s?R\b)", "left or right"),
        (r"(\d)\s?[x×]\s?/\s?(?:wk|week)\b", r"\1x a week"),
        (r"(\d)\s?[x×]\s?/\s?day\b", r"\1x a day"),
        (r"(?<=\d)\s?@\s?(?=\d)", " at "),
        (r"/\s?(?:wk|week)\b", " a week"),
        (r"/\s?day\b", " a day"),
        (r"(?<=\w)\s?@\s?(?=\w)", " at "),
        (r"(?<!\w)<(?=\w)([^<>]{1,60})(?<=\w)>(?!\w)", r"\1"),
        (r"(?<=\w) > (?=[a-z]{2}[^<>→]*(?: >|→) ?[a-z]{2})", " → "),
        (r"(→ [^<>→]*) > (?=[a-z]{2})", r"\1 → "),
        (r"≤\s?|<=\s?", "at most "),
        (r"≥\s?|>=\s?", "at least "),
    ),
    numbered=rules(
        (r"\bpp\.\s?(?=\d)", "pages "),
        (r"\b(?:p\.|pg\.?)\s?(?=\d)", "page "),
        (r"\bvol\.\s?(?=\d)", "volume "),
        (r"\b(call|dial|ring) (9)(1)(1)\b|\b(call|dial|ring) (9)(9)(9)\b", r"\1\5 \2\6 \3\7 \4\8"),
        (r"\b(degrees?)\s(?-i:F\b)", r"\1 Fahrenheit"),
        (r"\b(degrees?)\s(?-i:C\b)", r"\1 Celsius"),
        (r"\bmax\.?(?=\s?\d)", "at most"),
        (r"(?<!\d)(?<!\d )\bmin\.?(?=\s?\d)", "at least"),
        (r"\b(?:nos?\.|№|nr\.?)\s?(?=\d)|[#№](?=\d)", "number "),
        (r"\bfigs?\.\s?(?=\d)", "figure "),
        (r"\bbetween (\S+)\s?[-–]\s?(?=\d)", r"between \1 and "),
        (r"~\s?(?=\d)|≈\s?", "about "),
        (r"(?<!\S)(?<!\d )[-−](?=\d)", "minus "),
        (r"[$](\d+(?:,\d+)*(?:\.\d\d)?)(?!\d)", r"\1 dollars"),
        (r"([ap]\.?m\b\.?)\s?[-–—]\s?(?=noon|midnight)", r"\1 to "),
        (r"(\d)([ap]m)\b", r"\1 \2"),
        (r"(\d)\s?([ap]\.m\.)", r"\1 \2"),
        (r"\b(\d{1,2})\.([0-5]\d)(?=(?:\s?(?:-|–|to)\s?\d{1,2}[.:][0-5]\d)?\s?[ap]\.?m\b)", r"\1:\2"),
        (r"\b(an?)\s(\d)\s?(?:′|ft\b\.?) (\d+(?:\.5)?)\s?(?:″|in\b\.?)(?=\s[a-z])", r"\1 \2-foot-\3"),
        (r"\b(\d+\s?(?:′|ft\b\.?|foot|feet)\s?\d+)\s?in\b(?:\.(?=\s?[a-z,;]))?", r"\1″"),
        (r"(\d)\s?in\b(?=\.?\))", r"\1″"),
        (r"(\d)-in\b\.?(?= (?!an?\b|the\b)[a-z])", r"\1-inch"),
        (
            r"(\d)\s?in\b\.?(?=\s(?:high|tall|wide|long|thick|deep|apart|above|below|from|away|up|down|of)\b)",
            r"\1″",
        ),
        (r"\bthe ([2-9])0s(?=[.,;!?]|$| and\b| or\b| were\b)", lambda found: f"the {_AGES[int(found[1]) * 10]}"),
        # An age, not seconds: "in her 30s".
        *(
            (rf"\b((?:his|her|their|your|my|our|early|mid|late)[ -]){tens}s\b", rf"\1{word}")
            for tens, word in _AGES.items()
        ),
        (_BEFORE_A_THING, _before_a_thing),
    ),
    after=rules(
        (r"\b(an?|one) an? (?=half|quarter|third)", r"\1 "),
        (r"(?<=\d)\s?\+\s?(?=\d)", " plus "),
        (r"(\d)\s?\+(?=[^\w+]|$)(?!\s\w+\s=)", r"\1 or more"),
        (r"(\d)\s?\+\s?(?=[a-z])", r"\1 or more "),
        (r"(\d(?: \w+)?) \+ (?=\d)", r"\1 plus "),
        (r"(?<![\w+])\+(?=\d)", "plus "),
        (r"\s?\+\s?|\s?&\s?", " and "),
        (r"\s?=\s?", " equals "),
        (r"\s?↔\s?", " and "),
        (r"\s?↑\s?", " up "),
        (r"\s?↓\s?", " down "),
        (r"\s?±\s?", " plus or minus "),
        (r"\s?÷\s?", " divided by "),
        (r"(?<=\w)\s?<\s?(?=\w)", " less than "),
        (r"(?<=\w)\s?>\s?(?=\w)", " more than "),
        (r"<\s?(?=\d)", "less than "),
        (r">\s?(?=\d)", "more than "),
        (r"[<>~×°№#\s]+", " "),
        (r"\b(times|seconds?|minutes?|hours?)\s?/\s?(?=[a-z])", r"\1 per "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W_])|(?<=[^\W_])\s?/\s?(?=[^\W\d_])", " or "),
    ),
    never_ends=words("e.g. i.e. eg. approx. ca. c. vs. cf. incl. esp. dr. mr. mrs. ms. prof. st. fig. figs. nr."),
    before_numbers=words("no. nos."),
    may_end=words(
        "max. etc. min. mins. sec. secs. s. h. hr. hrs. a.m. p.m. tsp. tsps. tbsp. tbsps. oz. ft. lb. lbs. cm. "
        "mm. g. ml. kg. sq. jr. sr."
    ),
)
