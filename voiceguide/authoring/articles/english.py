"""What an English sentence of a how-to does: commands, asks for things, changes sides; and names made of it."""

from __future__ import annotations

import re

from voiceguide.authoring.articles.cautions import lowered
from voiceguide.authoring.articles.grammar import Grammar

LONGEST = 22
"""Words of a sentence that is spoken."""
LONGEST_TITLE = 60
"""Letters of a title, and of a step's name."""

_EN = Grammar("english")
_VERBS = _EN.words("verbs")
"""What a command begins with, whatever follows; any other verb shows by what follows it."""
_AMBIGUOUS = _EN.words("ambiguous")
_NO_VERB = _EN.words("no_verb")
_FOLLOWS = _EN.words("follows")
_FELT = _EN.words("felt")

OTHER_SIDE = _EN.other_side
EACH_SIDE = _EN.each_side
THEN_OTHER = _EN.then_other
WHOLE = _EN.whole
STEPS_AGAIN = _EN.steps_again

_MOST_NAME_WORDS = 7
_PROPER = _EN.words("proper")
DATE = _EN.date
IN_ALL = re.compile(r"(?:in (?:total|all)|altogether|or so|total|each)\b", re.IGNORECASE)
CAPTION = _EN.caption


def tells_of_itself(text: str) -> bool:
    """Whether a text is a date, or tells whose it is: "By Ann Lee"."""
    return bool(
        _EN.byline.match(text)
        or CAPTION.match(text)
        or (DATE.search(text) and not re.search("[^\\W\\d_]{3}", DATE.sub("", text)))
    )


def commands(sentence: str) -> bool:
    """Whether a sentence tells somebody to do something, as "Effleurage the calf", not "Relieves pain"."""
    rest, polite = bare(sentence), _EN.polite.match(_EN.lead.sub("", sentence.strip(), count=1))
    if rest.endswith("?") or rest[:1] in "\"“‘'«":  # what somebody said
        return False
    for text in (rest, _EN.before_verb.sub("", rest, count=1)):
        words = [word.lower() for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)[:4]]
        while words and words[0].endswith("ly") and len(words) > 1:
            words.pop(0)
        if not words or (polite and words[0] in _FELT):
            continue
        if words[1:2] in (["us"], ["me"]):
            continue
        word, following = words[0], words[1] if len(words) > 1 else ""
        if word in _VERBS and (
            word not in _AMBIGUOUS or following in _FOLLOWS or following in ("", "one's", "circles")
        ):
            return True
        if (
            word not in _NO_VERB
            and not _EN.nounish.search(word)
            and following in _FOLLOWS - {"and", "for", "to", "with", "in"}
        ):
            return True
        if word == "massage" and following in _FOLLOWS:
            return True
    return False


def bare(sentence: str) -> str:
    """Return a sentence without "Next," and "you should" before what it says."""
    text = sentence.strip()
    for lead in (_EN.lead, _EN.polite, _EN.lead):
        if found := lead.match(text):
            text = text[found.end() :]
    return capitalised(text)


def begins_a_step(sentence: str) -> bool:
    """Whether a sentence in running text goes on to another step, as "Next, …" does."""
    return bool(_EN.sequence.match(sentence)) and not (other_side(sentence) or _EN.stays.match(bare(sentence)))


def works(text: str) -> bool:
    """Whether hands work on a body here."""
    return bool(_EN.hands.search(text))


def prepares(text: str) -> bool:
    """Whether this may only get things ready."""
    return bool(_EN.preparing.search(text)) or not works(text)


def other_side(sentence: str) -> str:
    """Return what is to be done again on the other one, as `leg`; "" where a sentence says no such thing."""
    if switched := _EN.switch.search(sentence):
        return _single(switched["part"].lower())
    found = OTHER_SIDE.search(_EN.tool.sub(" ", sentence))
    if not found:
        return ""
    part = found["part"].lower()
    again = _EN.again.search(sentence) or re.search(
        r"\bthen (?:on )?the other|\bthe same (?:on|for|to|with)\b", sentence, re.IGNORECASE
    )
    return _single(part) if again else ""


def _single(part: str) -> str:
    return {"feet": "foot", "calves": "calf", "halves": "half"}.get(part, part.removesuffix("s"))


def only_again(sentence: str) -> bool:
    """Whether a sentence says nothing but that all of it is done again on the other side."""
    return (
        bool(_EN.again.match(sentence))
        and len(sentence.split()) <= 14
        and not re.search(r"\d", STEPS_AGAIN.sub("", sentence))
    )


def each_side(sentence: str) -> bool:
    """Whether a sentence gives a time for each of two sides."""
    return bool(EACH_SIDE.search(sentence))


def whole_time(sentence: str) -> bool:
    """Whether the time in a sentence is the whole massage's."""
    return bool(_EN.total.search(sentence))


def needed(sentence: str) -> str | None:
    """Return what a sentence says is needed: "You will need …"."""
    found = _EN.needed.match(sentence)
    return found["rest"].strip(" :.") if found else None


def fetches(text: str) -> bool:
    """Whether a command is about getting something: "Get a towel"."""
    return bool(_EN.fetch.match(bare(text)))


def thing(text: str) -> str:
    """Return a needed thing as it stands in "You will need …": with its article, "(optional)" as "if you like"."""
    optional = re.search(r"\boptional\b", text, re.IGNORECASE)
    text = re.sub(r"\s*[,(]?\s*\boptional\b:?\s*[)]?", "", text, flags=re.IGNORECASE).strip(" .;,!:") or text.strip()
    text = lowered(text)
    last = re.split(r" (?:or|for|of|with|to|and|\(|-|–) ?", text)[0]
    plural = last.endswith("s") and not last.endswith("ss")
    if not (_EN.determined.match(text) or plural or _EN.without_article.search(last)):
        text = f"{'an' if text[:1] in 'aeiou' else 'a'} {text}"
    return f"{text} if you like" if optional else text


def sentence(text: str) -> str:
    """Return a text with a capital and a full stop."""
    text = capitalised(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(' ,;:')}."


def capitalised(text: str) -> str:
    """Return a text with a capital at its start."""
    return text[:1].upper() + text[1:]


def cased(text: str, language: str = "") -> str:
    """Return a title in sentence case: capitals stay in names and abbreviations, and all in other languages.

    `language` is "" for English.
    """
    shouted = text.isupper()
    if language:
        return text.capitalize() if shouted else capitalised(text)
    words = []
    for at, word in enumerate(text.split()):
        core = word.strip("\"'“”‘’()[],.:;!?")
        inner = re.sub(r"[-–/].*", "", core)[1:]
        keep = core in _PROPER or (not shouted and inner != inner.lower())
        words.append(word if keep else word.lower())
        if at == 0 or words[-2][-1:] in ".!?":
            words[-1] = capitalised(words[-1])
    return " ".join(words)


def title(text: str, language: str = "") -> str:
    """Return a title without "How to", dates, the site's name and what stands after its colon, `cased`."""
    short = _EN.labels.sub("", DATE.sub("", text).strip(" ,-–—|"))
    for _ in range(2):
        short = _EN.site.sub("", short).strip(" .:-–—|")
    parts = re.split(r":\s+|\s[–—-]\s", short)
    short = next((part for part in parts if len(part.split()) > 1 or works(part)), parts[0])
    short = _EN.how_to.sub("", short).strip(" .:!?-–—")
    return cased(fitting(short), language)


def fitting(text: str) -> str:
    """Return a title or name of at most LONGEST_TITLE letters, to a word's end."""
    if len(text) <= LONGEST_TITLE:
        return text
    cut = text[: LONGEST_TITLE + 1].rpartition(" ")[0] or text[:LONGEST_TITLE]
    return re.sub(
        r"(?:\s+(?:and|or|the|a|an|of|to|for|with|in|on|at|from|by|your))+$", "", cut, flags=re.IGNORECASE
    ).rstrip(" ,;:")


def name_of(sentence: str) -> str:
    """Return a name for a step whose author gave it none: what its first sentence does, seven words at most."""
    text = re.split(r"[,;:.!?([–—|]| - ", bare(sentence))[0]
    text = re.split(r" (?:for|until|while|so|because|then|and then|as if|which|to help) ", text)[0].strip()
    if len(text.split()) > _MOST_NAME_WORDS:
        ends = [cut.start() for cut in _EN.boundary.finditer(text)]
        short = [text[:end] for end in ends if 2 <= len(text[:end].split()) <= _MOST_NAME_WORDS]
        text = short[-1] if short else " ".join(text.split()[:_MOST_NAME_WORDS])
    return fitting(text)


def breathable(text: str) -> tuple[str, ...]:
    """Return a sentence as one or two of at most LONGEST words, where it can be parted; no word is lost or added."""
    if len(text.split()) <= LONGEST:
        return (text,)
    for joint in ("; ", ", then ", ", and then ", " – ", ", and ", " and then ", " and ", ", "):
        for cut in re.finditer(re.escape(joint), text):
            before = text[: cut.start()]
            after = text[cut.start() :].lstrip(" ,;–")
            if 3 <= len(before.split()) <= LONGEST and len(after.split()) <= LONGEST and commands(bare(after)):
                return (sentence(before), sentence(after))
    return (text,)


def in_turn(text: str) -> tuple[str, ...]:
    """Return a sentence that tells several steps in turn ("First …, then …, and finally …") as these."""
    cuts = [
        found.start()
        for found in re.finditer(
            r"(?:,|;)? (?:and )?(?:then|next|after that|afterwards|finally|lastly)\b,? ", text, re.IGNORECASE
        )
    ]
    cuts = [cut for cut in cuts if len(text[:cut].split()) >= 2]
    parts = [text[start:end].strip(" ,;") for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return tuple(map(sentence, parts)) if len(parts) > 1 and all(commands(part) for part in parts) else (text,)
