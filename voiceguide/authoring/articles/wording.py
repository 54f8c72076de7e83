"""What an English sentence of a how-to does (says what to do, what not, when not to begin), and the same shorter."""

from __future__ import annotations

import re

LONGEST = 22
"""Words of a sentence that is spoken."""

_VERB_LIST = """
add adjust aim allow alternate anchor angle apply ask avoid beat begin bend blend breathe bring brush build call
caress carry chafe change check choose chop circle clasp close comb come cool count cover cradle cross cup cut dab
decrease dim dip do drag drape draw drop drum dry ease encourage end ensure exhale extend face feel fill find finish
flex focus fold follow form gather get give glide go grab grasp grip guide have heat help hold hook increase inhale
interlace invite keep knead kneel lay lean leave let lie lift light listen look loosen lower maintain make massage
melt mirror mold mould move notice nudge open pat pause perform pick pinch place play position pour prepare press
probe pull pump push put raise reach relax release remember remove repeat rest return rinse rock roll rotate rub run
scoop scrub select set settle shake shape shift sink sit slide slip slow smear smooth soak soften spend spread
sprinkle squeeze stand start stay steady stop straighten stretch stroke support swap sweep swing switch take tap
tell tend test thumb tilt trace trim try tuck turn twist undo unfold use vary wait walk warm wash watch wear wet
wiggle wipe work wrap wring
"""
_VERBS = frozenset(_VERB_LIST.split())
"""What a sentence that tells somebody to do something begins with."""
_HANDS = re.compile(
    r"\b(?:massag|press|knead|strok|rub|glid|circl|squeez|roll|slid|sweep|push|pinch|tap|rock|stretch|thumb|palm|knuckl"
    r"|fingertip|work|hold)\w*",
    re.IGNORECASE,
)
_PREPARING = re.compile(
    r"\b(?:oil|lotion|towel|quiet|prepar\w*|wash|sit|lie|lies|music|lights?|candles?|room|comfortable|ready"
    r"|warm your hands)\b",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"(?:(?:first(?: of all)?|firstly|second(?:ly)?|third(?:ly)?|next|now|then|after that|after this|finally|lastly"
    r"|from there|once again|again|to begin(?: with)?|to start(?: with)?|to finish|and|also|so|please|simply|just"
    r"|step \w+)(?:,|:| -| –)? +)+",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"(?:you(?:['’]ll| will| should| can| could| may| might| must| want to| need to| have to)+(?: also| now| then)?"
    r"|it(?:['’]s| is) (?:best|good|important|a good idea) to|be sure to|make sure to|try to|remember to"
    r"|don['’]t forget to) +",
    re.IGNORECASE,
)
_BEFORE_VERB = re.compile(
    r"(?:(?:with|using|starting|beginning|from|at|on|in|keeping|standing|sitting|placing|without|as|when|once|while|if"
    r"|for)\b[^,;]{1,80}, *)+",
    re.IGNORECASE,
)
_SEQUENCE = re.compile(
    r"(?:first|firstly|to (?:begin|start|finish)|begin|start|next|then|after (?:that|this)|now|finally|lastly|finish"
    r"|end)\b",
    re.IGNORECASE,
)
OTHER_SIDE = re.compile(
    r"\b(?:the|your) (?:other|opposite|second) (?:side|leg|arm|foot|hand|shoulder|half|calf|ear)\b", re.IGNORECASE
)
"""What is done once has to be done again: with sides."""
_STAYS = re.compile(r"(?:release|let go|relax|repeat|hold|pause)\b", re.IGNORECASE)
_FORBIDS = re.compile(
    r"(?:(?:please|but|and|also),? )?(?:avoid|never|(?:do not|don['’]t)(?! forget| worry| hesitate| be afraid)"
    r"|be careful (?:not|never)|take care not|make sure (?:not|you (?:do not|don['’]t))"
    r"|stay (?:off|away)|keep (?:off|away))\b",
    re.IGNORECASE,
)
_FORGETS = re.compile(r"(?:do not|don['’]t) forget\b", re.IGNORECASE)
_MASSAGING = (
    r"(?:massag\w*|start\w*|begin\w*|do(?:ing)? this|us(?:e|ing) (?:this|it)|try(?:ing)? this|give|giving|proceed\w*)"
)
_NOT_WITH = re.compile(
    rf"\b(?:do not|don['’]t|never|avoid|not|skip|should not|shouldn['’]t|no)\b(?: \w+){{0,3}}? ?{_MASSAGING}\b[^.:;]*?"
    r"\b(?:if|when|with|who (?:has|have)|in case of)\b:? ?(?P<rest>.*)",
    re.IGNORECASE,
)
_IF_NOT = re.compile(
    r"(?:if|when) (?P<rest>[^.]{3,200}?), ?(?:please |then |you should )?"
    r"(?:do not|don['’]t|never|avoid|skip|postpone|leave)\b[^.]*\b(?:massag\w*|this|today|session|treatment|it)\b",
    re.IGNORECASE,
)
_DOCTOR = r"(?:doctor|physician|midwife|gp|health ?care \w+|medical \w+|therapist)"
_ASK = (
    r"\b(?:ask|see|check with|talk to|talk with|speak to|speak with|consult(?: with)?|get the ok of)\b"
    rf"[^.]{{0,40}}\b{_DOCTOR}\b"
)
_ASK_IF = re.compile(rf"{_ASK}[^.]*?\b(?:if|when|about|in case of)\b:? ?(?P<rest>.*)", re.IGNORECASE)
_IF_ASK = re.compile(rf"(?:if|when) (?P<rest>[^.]{{3,200}}?),? (?:please |always |then )?{_ASK}", re.IGNORECASE)
_NEEDED = re.compile(
    r"(?:for this,? )?(?:(?:all )?you(?:['’]ll| will)?(?: only| just)? need(?: is| are)?(?! to\b)|gather"
    r"|have (?:ready|at hand)|get ready):? (?P<rest>.+)",
    re.IGNORECASE,
)
_HAVING = re.compile(
    r"(?:if |when )?(?:(?:you|they|he or she|the (?:person|receiver|other person)|your (?:partner|friend))"
    r"(?:['’]ve| have| has)(?: got| had)?(?: any)?|there(?: is|['’]s| are)(?: any)?"
    r"|anyone with|someone with|people with|any|has|have|with) (?P<rest>.+)",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?:if |when )?(?:(?:you|they)(?:['’]re| are| may be| might be)|are|is|being"
    r"|(?:the (?:person|receiver)|your (?:partner|friend))(?: is|['’]s)) (?P<rest>.+)",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"(?:if |when )?(?:(?:you|they) feel|the (?:person|receiver) feels|feel|feels|feeling) (?P<rest>.+)", re.IGNORECASE
)
_TAKING = re.compile(r"(?:if |when )?(?:(?:you|they) )?(?:take|takes|taking) (?P<rest>.+)", re.IGNORECASE)
_WITHOUT_ARTICLE = re.compile(
    r"\b(?:oil|lotion|cream|balm|butter|water|music|time|space|powder|wax|clothing|lubricant|soap|privacy|light|hands)$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:an?|the|some|any|your|one|two|three|four|five|\d+|several|plenty|enough|at least|clean hands|both)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r",? (?:which|because|as this|since|so that|in order to|to help)\b", re.IGNORECASE)
_REASONED_FROM = 12
"""Words of a sentence from which its reason is left out."""
_BOUNDARY = re.compile(
    r" (?=(?:(?:up|down) )?(?:to|from|with|on|at|in|into|over|between|beside|around|along|for|and|by)\b)"
)
_MOST_NAME_WORDS = 7
_ASIDE = re.compile(r" ?\(([^()]*)\)")


def is_action(sentence: str) -> bool:
    """Whether a sentence tells somebody to do something."""
    return verb(sentence) is not None


def verb(sentence: str) -> str | None:
    """Return the verb a sentence commands with, in lower case; None for one that commands nothing, or forbids."""
    rest = bare(sentence)
    if forbids(rest) or rest.endswith("?"):
        return None
    if _FORGETS.match(rest):
        return "remember"
    for text in (rest, _BEFORE_VERB.sub("", rest, count=1)):
        for word in re.findall(r"[^\W\d_]+", text)[:3]:
            if word.lower() in _VERBS:
                return str(word.lower())
            if not word.lower().endswith("ly"):
                break
    return None


def bare(sentence: str) -> str:
    """Return a sentence without "Next," and "you should" before what it says."""
    text = sentence.strip()
    for lead in (_LEAD, _POLITE, _LEAD):
        if found := lead.match(text):
            text = text[found.end() :]
    return capitalised(text)


def begins_a_step(sentence: str) -> bool:
    """Whether a sentence in running text goes on to another step, as "Next, …" does."""
    return bool(_SEQUENCE.match(sentence)) and not (OTHER_SIDE.search(sentence) or _STAYS.match(bare(sentence)))


def works(text: str) -> bool:
    """Whether hands work on a body here."""
    return bool(_HANDS.search(text))


def prepares(text: str) -> bool:
    """Whether this may only get things ready."""
    return bool(_PREPARING.search(text))


def forbids(sentence: str) -> bool:
    """Whether a sentence says what not to do."""
    return bool(_FORBIDS.match(sentence))


def not_with(sentence: str) -> str | None:
    """Return what a sentence names as reasons not to begin ("Do not massage if …"); "" where a list is to follow."""
    found = _IF_NOT.match(sentence) or _NOT_WITH.search(sentence)
    return found["rest"].strip(" :.") if found else None


def doctor_first(sentence: str) -> str | None:
    """Return with what a sentence sends people to a doctor first; "" where a list is to follow."""
    found = _ASK_IF.search(sentence) or _IF_ASK.search(sentence)
    return found["rest"].strip(" :.") if found else None


def needed(sentence: str) -> str | None:
    """Return what a sentence says is needed: "You will need …"."""
    found = _NEEDED.match(sentence)
    return found["rest"].strip(" :.") if found else None


def listed(text: str, *, either: bool = False) -> tuple[str, ...]:
    """Return the members of a list in a sentence: "oil, a towel and a pillow".

    "Oil or lotion" is one member, unless `either` says that "or" lists too: "a fever or a cold".
    """
    parts = [text]
    if "," in text or ";" in text:
        parts = re.split(r"[,;] *(?:and |or )?", text)
    serial = re.search("[,;] *(?:and|or) ", text)
    if not serial:
        parts = [*parts[:-1], *re.split(r" and | or " if either else r" and ", parts[-1])]
    return tuple(part.strip(" .") for part in parts if any(sign.isalnum() for sign in part))


def condition(text: str) -> tuple[str, bool]:
    """Return a reason not to begin as it stands after "Not today with …", and whether its form was known."""
    text = text.strip(" .;,!")
    for pattern, before in ((_HAVING, ""), (_FEELING, "feeling "), (_BEING, "being "), (_TAKING, "taking ")):
        if found := pattern.fullmatch(text):
            return before + lowered(found["rest"]), True
    words = text.split()
    named = words[0].lower() in ("a", "an") or len(words) <= 4
    return lowered(text), named and len(words) <= 8 and words[0].lower() not in ("you", "they", "it", "if", "the")


def thing(text: str) -> str:
    """Return a needed thing as it stands in "You will need …": with its article, "(optional)" as "if you like"."""
    optional = re.search(r"\boptional\b", text, re.IGNORECASE)
    text = _ASIDE.sub("", text).split(" - ")[0].split(" – ")[0].split(": ")[0]
    text = re.sub(r",? ?\boptional\b:?", "", text, flags=re.IGNORECASE).strip(" .;,!") or text.strip()
    text = lowered(text)
    last = re.split(r" (?:or|for|of|with|to) ", text)[0]
    plural = last.endswith("s") and not last.endswith("ss")
    if not (_DETERMINED.match(text) or plural or _WITHOUT_ARTICLE.search(last)):
        text = f"{'an' if text[:1] in 'aeiou' else 'a'} {text}"
    return f"{text} if you like" if optional else text


def sentence(text: str) -> str:
    """Return a text with a capital and a full stop."""
    text = capitalised(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else f"{text.rstrip(' ,;:')}."


def capitalised(text: str) -> str:
    """Return a text with a capital at its start."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """Return a text with a small letter at its start, but for "I" and words in capitals."""
    first = text.split(" ", 1)[0]
    return text if first == "I" or first[1:] != first[1:].lower() else text[:1].lower() + text[1:]


def name_of(sentence: str) -> str:
    """Return a name for a step whose author gave it none: what its first sentence does, seven words at most."""
    text = re.split(r"[,;:.!?(–]| - ", bare(sentence))[0]
    text = re.split(r" (?:for|until|while|so|because|then|and then|as if|which|to help) ", text)[0].strip()
    if len(text.split()) <= _MOST_NAME_WORDS:
        return text
    ends = [cut.start() for cut in _BOUNDARY.finditer(text)]
    fitting = [text[:end] for end in ends if 2 <= len(text[:end].split()) <= _MOST_NAME_WORDS]
    return fitting[-1] if fitting else " ".join(text.split()[:_MOST_NAME_WORDS])


def shortened(text: str) -> tuple[str, ...]:
    """Return a sentence as one or two of at most LONGEST words, where it can be parted; its own words, none added."""
    text = sentence(bare(_ASIDE.sub("", text)))
    reason = _REASON.search(text)
    if reason and len(text.split()) > _REASONED_FROM and len(text[: reason.start()].split()) >= 4:
        text = sentence(text[: reason.start()])
    if len(text.split()) <= LONGEST:
        return (text,)
    for joint in ("; ", ", then ", ", and then ", ". ", " and then ", ", and ", " – ", " and ", ", "):
        for cut in re.finditer(re.escape(joint), text):
            before, after = text[: cut.start()], text[cut.end() :]
            if 3 <= len(before.split()) <= LONGEST and len(after.split()) <= LONGEST and is_action(after):
                return (sentence(before), sentence(after))
    return (text,)
