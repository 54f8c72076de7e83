"""English as it is said. Digits stay where they are read right; checked with hibari's own phonemes."""

from __future__ import annotations

from voiceguide.text.normalise.table import Share, Table, Unit, rules, words


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
_TIMES = (
    (r"(?:s|secs?|seconds?)", "second"),
    (r"(?:m|mins?|minutes?)", "minute"),
    (r"(?:h|hrs?|hours?)", "hour"),
)

TABLE = Table(
    units=(
        _HOUR,
        _MINUTE,
        _SECOND,
        _unit(r"mm", "millimeter", "millimeters", r"millimet(?:re|er)s?"),
        _unit(r"cms?", "centimeter", "centimeters", r"centimet(?:re|er)s?"),
        _unit(r"km", "kilometer", "kilometers", r"kilomet(?:re|er)s?"),
        _unit(r"m", "meter", "meters", r"met(?:re|er)s?"),
        _unit(r"ft", "foot", "feet"),
        _unit(r"(?!)", "inch", "inches", article="an"),
        _unit(r"kgs?", "kilogram", "kilograms", r"kilograms?|kilos?"),
        _unit(r"lbs?", "pound", "pounds"),
        _unit(r"oz", "ounce", "ounces", article="an"),
        _unit(r"g|gr", "gram", "grams"),
        _unit(r"mls?", "milliliter", "milliliters", r"millilit(?:re|er)s?"),
        _unit(r"l", "liter", "liters", r"lit(?:re|er)s?"),
        _unit(r"tsps?", "teaspoon", "teaspoons"),
        _unit(r"tbsps?|tbs", "tablespoon", "tablespoons"),
        _unit(r"(?!)", "cup", "cups"),
        Unit(r"%", r"per ?cent", "1 percent", "percent"),
        Unit(r"°\s?C|℃", r"degrees? Celsius", "1 degree Celsius", "degrees Celsius"),
        Unit(r"°\s?F|℉", r"degrees? Fahrenheit", "1 degree Fahrenheit", "degrees Fahrenheit"),
        Unit(r"°", r"degrees?", "1 degree", "degrees"),
    ),
    hour=_HOUR,
    minute=_MINUTE,
    second=_SECOND,
    not_a_length=r"\s*[ap]\.?m\b|\s*o'clock",
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
    before=rules(
        (r"\be\.\s?g\.,?", "for example,"),
        (r"\bi\.\s?e\.,?", "that is,"),
        (r"\beg\.,?", "for example,"),
        (r"\betc\.(?=\s*[a-z,;:)])", "et cetera"),
        (r"\betc\b", "et cetera"),
        (r"\b(?:approx\b\.?|ca\.|c\.(?=\s?\d))", "about"),
        (r"\bmax\.?(?=\s?\d)", "at most"),
        (r"(?<!\d)(?<!\d )\bmin\.?(?=\s?\d)", "at least"),
        (r"\bincl\.", "including"),
        (r"\besp\.", "especially"),
        (r"\bvs\b\.?", "versus"),
        (r"\bcf\.", "compare"),
        (r"\b(?:nos?\.|№|nr\.?)\s?(?=\d)|[#№](?=\d)", "number "),
        (r"\bfigs?\.\s?(?=\d)", "figure "),
        (r"\bw/o\b", "without"),
        (r"\bw/(?=\s?\w)\s?", "with "),
        (r"\band\s?/\s?or\b", "and or"),
        (r"(?-i:\bL\s?/\s?R\b)", "left or right"),
        (r"(\d)\s?[x×]\s?/\s?(?:wk|week)\b", r"\1x a week"),
        (r"(\d)\s?[x×]\s?/\s?day\b", r"\1x a day"),
        (r"(?<=\d)\s?@\s?(?=\d)", " at "),
        (r"/\s?(?:wk|week)\b", " a week"),
        (r"/\s?day\b", " a day"),
        (r"\b24\s?/\s?7\b", "24 7"),
        (r"(\d)\s?[x×]\s?(\d+)(?=\s?(?:mm|cm|m|inches|inch|ft)\b)", r"\1 by \2"),
        (r"\bbetween (\S+)\s?[-–]\s?(?=\d)", r"between \1 and "),
        (r"~\s?(?=\d)|≈\s?", "about "),
        (r"≤\s?|<=\s?", "at most "),
        (r"≥\s?|>=\s?", "at least "),
        (r"(?<!\S)[-−](?=\d)", "minus "),
        # An age, not seconds: "in her 30s".
        *(
            (rf"\b((?:his|her|their|your|my|our|early|mid|late)[ -]){tens}s\b", rf"\1{word}")
            for tens, word in _AGES.items()
        ),
        # "a 30s hold" is a 30-second hold; "a 2-3 min rest" a 2 to 3-minute rest.
        *(
            (rf"\b((?:an?|another)\s\d+(?:\s?(?:-|–|to)\s?\d+)?)[\s-]?{written}\b\.?\s(?=[a-z])", rf"\1-{word} ")
            for written, word in _TIMES
        ),
        *((rf"(\d)-{written}\b\.?", rf"\1-{word}") for written, word in _TIMES),
    ),
    after=rules(
        (r"\b(an?|one) an? (?=half|quarter|third)", r"\1 "),
        (r"(?<=\d)\s?\+\s?(?=\d)", " plus "),
        (r"(\d)\s?\+(?=[^\w+]|$)(?!\s\w+\s=)", r"\1 or more"),
        (r"(\d)\s?\+\s?(?=[a-z])", r"\1 or more "),
        (r"(\d(?: \w+)?) \+ (?=\d)", r"\1 plus "),
        (r"\s?\+\s?|\s?&\s?", " and "),
        (r"\s?=\s?", " equals "),
        (r"\s?[→⇒]\s?", " to "),
        (r"\s?±\s?", " plus or minus "),
        (r"\s?÷\s?", " divided by "),
        (r"(?<=\d)\s?<\s?(?=\d)", " less than "),
        (r"(?<=\d)\s?>\s?(?=\d)", " more than "),
        (r"<\s?(?=\d)", "less than "),
        (r">\s?(?=\d)", "more than "),
        (r"[<>~×°№#]", " "),
        (r"\b(times|seconds?|minutes?|hours?)\s?/\s?(?=[a-z])", r"\1 per "),
        (r"(?<=[^\W\d_])\s?/\s?(?=[^\W\d_])", " or "),
    ),
    never_ends=words("e.g. i.e. eg. approx. ca. c. vs. cf. incl. esp. dr. mr. mrs. ms. prof. st. fig. figs. nr."),
    before_numbers=words("no. nos."),
    may_end=words(
        "max. etc. min. mins. sec. secs. s. h. hr. hrs. a.m. p.m. tsp. tsps. tbsp. tbsps. oz. ft. lb. lbs. cm. "
        "mm. g. ml. kg. sq. jr. sr."
    ),
)
