"""What an article warns of, by its words, wherever it stands; and the same in the short form of a safety list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from voiceguide.authoring.articles.grammar import Grammar

Place = Literal["do_not_start", "ask_first", "avoid", "warn", "more"]

_FEW = 4
"""Words below a heading that warns which are a name, rather than a sentence."""
MOST_SHORT = 14
"""Words of what is said of a caution; a longer one is shown as it stands."""

_EN = Grammar("cautions")
CONDITION = _EN.condition
"""What a massage may harm, by name: a sentence with one of these warns, whatever else it says."""
LABEL = _EN.label

# How cautions are worded whose short form is known.
_NOT_IF = _EN.patterns("not_if")
_ASK_IF = _EN.patterns("ask_if")

_ALONE = tuple(
    (re.compile(rf"^{begins}\b", re.IGNORECASE), instead)
    for begins, instead in (
        ("avoiding", "avoid"),
        ("being", "be"),
        ("taking", "take"),
        ("staying", "stay"),
        ("keeping", "keep"),
        ("skipping", "skip"),
        ("without (?:ever )?(?=pressing|touching|putting)", "no "),
        ("unless", "not if"),
        (r"except(?= (?:for|over|on|at|if|when|with|in)\b)", "not"),
        (r"except(?= (?:the|your|any)\b)", "not"),
    )
)
"""How a clause begins that is taken out of its sentence, and how it does alone."""


@dataclass(frozen=True, slots=True)
class Care:
    """Where a caution goes, and in which words."""

    place: Place
    texts: tuple[str, ...]
    """Short, for a list; () for what only heads the list below it."""
    sure: bool
    """Whether its form was known; the others are to be checked."""


def warns(text: str) -> bool:
    """Whether a text is a caution, by its words."""
    if LABEL.match(text) or (CONDITION.search(text) and not _EN.benefit.match(text)):
        return True
    if _EN.light.search(text) and _EN.tender.search(text):
        return True
    return bool(_EN.signals.search(_EN.harmless.sub(" ", text)))


def instructs(text: str) -> bool:
    """Whether a sentence that forbids something only tells how to do a step, as "Do not rub."."""
    return bool(_EN.instructs.fullmatch(text.strip())) and not CONDITION.search(text)


def _apart(text: str) -> tuple[str, ...]:
    """Return a sentence of several cautions as these: "Skip it if …, and ask a doctor if …"."""
    cut = _EN.second.search(text)
    if cut and warns(text[: cut.start()]) and warns(text[cut.start() :]) and len(text[: cut.start()].split()) > 2:
        return (f"{text[: cut.start()]}.", *_apart(_whole(text[cut.start() :].lstrip(" ,;"))))
    return (text,)


def parted(sentence: str) -> tuple[tuple[str, bool], ...]:
    """Return a sentence as the part that tells what to do, and the clauses that warn; whether each is one of these.

    Together they have all its words; a sentence that only warns, or only tells, is one part.
    """
    rest, found = sentence, []
    for aside in _EN.aside.finditer(sentence):
        inner = aside[1].strip()
        if warns(inner) or re.match(r"(?:not|no|but not)\b", inner, re.IGNORECASE):
            rest = rest.replace(aside[0], "", 1)
            found.append(inner)
    if lead := _EN.leading.match(rest):
        found.append(lead["c"])
        rest = lead["rest"]
    elif (trail := _EN.trailing.search(_blank_harmless(rest))) and len(rest[: trail.start()].split()) >= 2:
        before = rest[: trail.start()].rstrip(" ,;–—-")
        clause = rest[trail.start(trail.lastgroup or 0) :]
        if not warns(before) and not re.match(r"(?:if|when)\b", before, re.IGNORECASE):
            dashed = re.search(r"\s[–—-]\s", clause) if trail["dash"] else None
            after = dashed or _EN.time_at_end.search(clause)
            found.append((clause[: after.start()] if after else clause).strip(" .!–—-"))
            rest = f"{before} {clause[after.start() :].strip(' ,–—-')}" if after else f"{before}."
    if not found or not any(sign.isalnum() for sign in rest):
        return tuple((part, warns(part)) for part in _apart(sentence))
    rest = rest if rest.rstrip().endswith((".", "!", "?")) else f"{rest.rstrip(' ,;:')}."
    return ((rest, warns(rest)), *((_whole(clause), True) for clause in found))


def _whole(clause: str) -> str:
    """Return a clause as a sentence of its own: "but avoiding the shin" as "Avoid the shin."."""
    text = _EN.joined.sub("", clause.strip(" ,;"))
    for begins, instead in _ALONE:
        text = begins.sub(instead, text, count=1)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text.rstrip(' ,;')}."


def _blank_harmless(text: str) -> str:
    return _EN.harmless.sub(lambda found: "_" * len(found[0]), text)


def understood(text: str, *, listed: str = "", item: bool = True, in_step: bool = False) -> Care:
    """Return where a caution goes; `listed` is the list it stands in: `do_not_start`, `ask_first`, `avoid` or "".

    It is an `item` of that list, or a sentence of the text below its heading; a `heading` is for what heads a list.
    """
    said = text if re.match(r"contra-?ind", text, re.IGNORECASE) else LABEL.sub("", text).strip()
    said = re.sub(r"^[^\w\"'“(]+", "", said)
    bare = said.rstrip(" .!;,")
    if re.search(r"\bunless\b", said, re.IGNORECASE):
        return Care("warn", (said,), sure=True) if in_step else Care("more", (text,), sure=False)
    forms: tuple[tuple[Place, tuple[re.Pattern[str], ...]], ...] = (("ask_first", _ASK_IF), ("do_not_start", _NOT_IF))
    for place, patterns in forms:
        if in_step and place == "do_not_start" and not (_EN.of_all.search(said) or LABEL.match(text)):
            continue
        for pattern in patterns:
            if found := pattern.search(said):
                rest = found["rest"].strip(" :.")
                if _EN.hanging.fullmatch(rest) and (said.endswith(":") or listed == "heading"):
                    return Care(place, (), sure=True)
                if (care := _reasons(place, rest)) is not None:
                    return care
    if in_step:
        return Care("warn", (said,), sure=True)
    if listed in ("do_not_start", "ask_first") and len(bare.split()) <= MOST_SHORT and not _EN.forbids.match(bare):
        texts = _conditions(bare)
        known = all(_known(each) for each in texts)
        named = bool(_EN.names.match(bare))
        asks = bool(_EN.asks_doctor.search(bare))
        if item or (known and not asks and (named or "," in bare or len(bare.split()) <= _FEW)):
            place = "ask_first" if listed == "ask_first" else "do_not_start"
            return Care(place, texts, sure=known and (item or named))
    if (
        _EN.forbids.match(said)
        and len(bare.split()) <= MOST_SHORT
        and not re.search(r"\b(?:if|when)\b", bare, re.IGNORECASE)
    ):
        bare = re.sub(r"^(?:(?:and|but|also|please|always),? )+", "", bare, flags=re.IGNORECASE)
        return Care("avoid", (lowered(re.sub(r"^([\w'’]+):\s+", r"\1 ", bare)),), sure=True)
    if listed == "avoid" and item and len(bare.split()) <= MOST_SHORT:
        return Care("avoid", (f"never {lowered(bare)}",), sure=False)
    return Care("more", (text,), sure=False)


def list_of(text: str) -> Place:
    """Return which list stands below a heading, or a line with a colon, that warns."""
    care = understood(text, listed="heading")
    if care.place in ("ask_first", "avoid"):
        return care.place
    if _EN.asks_doctor.search(text):
        return "ask_first"
    if _EN.lists_places.search(text.strip()):
        return "avoid"
    return "do_not_start"


def _reasons(place: Place, rest: str) -> Care | None:
    """Return a list's short texts, None for what reads as none."""
    if not rest or len(rest.split()) > 3 * MOST_SHORT:
        return None
    texts = _conditions(rest)
    if not texts or not all(_known(text) for text in texts):
        return None
    return Care(place, texts, sure=True)


def _conditions(text: str) -> tuple[str, ...]:
    parts = listed(_EN.or_suspect.sub(r"\1", text), either=True)
    return tuple(dict.fromkeys(condition(part) for part in parts))


def _known(text: str) -> bool:
    return 0 < len(text.split()) <= MOST_SHORT and not _EN.odd.match(text) and not _EN.finite.search(text)


def condition(text: str) -> str:
    """Return a reason not to begin as it stands after "Not today with …"."""
    text = text.strip(" .;,!:")
    text = re.sub(r"^(?:if|when|or|and)\s+", "", text, flags=re.IGNORECASE)
    if there := _EN.there.fullmatch(text):
        return lowered(there["rest"])
    subject = _EN.subject.match(text)
    bare = _EN.first.sub("", text[subject.end() :] if subject else text, count=1)
    if _EN.pregnant.fullmatch(re.sub(r"^(?:are|is|be|being)\s+", "", bare)):
        return "pregnancy"
    if (found := _EN.something.fullmatch(bare)) and (
        bare != text or found["verb"].lower() not in ("on", "under") or CONDITION.match(found["rest"])
    ):
        verb, rest = found["verb"].lower(), re.sub(r"^(?:an? )?any (?:kind of )?|^any ", "", found["rest"])
        before = (
            "feeling "
            if verb.startswith("feel")
            else "being "
            if verb in ("are", "is", "being", "be", "'re", "’re")
            else ""
        )
        if verb == "under" and rest[:1].isdigit():
            before = "anyone under "
        return f"{before}{lowered(_EN.first.sub('', rest, count=1))}"
    if found := _EN.state.fullmatch(bare):
        article = {"a": "a", "an": "a"}.get(found["a"].lower(), "")
        how = found["how"].lower()
        return f"{'an' if article and how[0] in 'aeiou' else article} {how} {found['noun'].lower()}".strip()
    return lowered(bare)


def listed(text: str, *, either: bool = False) -> tuple[str, ...]:
    """Return the members of a list in a sentence: "oil, a towel and a pillow".

    "Oil or lotion" is one member, unless `either` says that "or" lists too: "a fever or a cold".
    """
    parts = [text]
    if "," in text or ";" in text:
        parts = re.split(r"[,;] *(?:and |or )?", text)
    if not re.search("[,;] *(?:and|or) ", text):
        parts = [*parts[:-1], *re.split(r" and | or " if either else r" and ", parts[-1])]
    return tuple(part.strip(" .") for part in parts if any(sign.isalnum() for sign in part))


def lowered(text: str) -> str:
    """Return a text with a small letter at its start, but for "I" and words in capitals."""
    first = text.split(" ", 1)[0]
    return text if first == "I" or first[1:] != first[1:].lower() else text[:1].lower() + text[1:]
