"""The program's own words: opening, gate, cues and closing, one TOML file a language.

`de.toml` is all it takes to add German. A key stands in `[common]`, or in both `[giver]` and `[self]` where the two
differ; an audience's own wording wins. Lists that the gate says where a routine has none of its own stand in `[core]`
and `[brief]`, one an audience. What is shown and never spoken stands in tables of its own, as `[player]`. The tests
hold every language to the same keys and placeholders.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from voiceguide.errors import Failed, UsageError, did_you_mean, option
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FOLDER = Path(__file__).parent
_WHOLE = "en"
"""The language whose file has every key."""

Audience = Literal["giver", "self"]
Shown = Literal["notes", "player", "phone", "card", "feed", "terminal", "studio", "drawing", "refused"]
"""Where words are shown."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's phrases. Texts may hold marks and placeholders, as an author's may."""

    language: str
    """BCP 47, as the file's name."""
    _tables: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the language calls itself."""
        named: str = self._tables["language"]["name"]
        return named

    def get(self, key: str, audience: Audience) -> str:
        """Return the phrase of `key` for a giver or for oneself; KeyError for a key that no file has."""
        own: Mapping[str, str] = self._tables[audience]
        text: str = own[key] if key in own else self._tables["common"][key]
        return text

    def keys(self, audience: Audience) -> frozenset[str]:
        """Return every key there is for an audience."""
        return frozenset(self._tables["common"]) | frozenset(self._tables[audience])

    def items(self, key: Literal["core", "brief"], audience: Audience) -> tuple[str, ...]:
        """Return who is not to be massaged today, as `gate_core` or `gate_brief` takes it in `{items}` once joined."""
        return tuple(self._tables[key][audience])

    def shown(self, where: Shown, key: str) -> str:
        """Return what a page or screen says; KeyError for a key that no file has."""
        text: str = self._tables[where][key]
        return text

    def all_shown(self, where: Shown) -> Mapping[str, str]:
        """Return all that a page or screen says, by key."""
        table: Mapping[str, str] = self._tables[where]
        return table

    def joined(self, items: Iterable[str], last: Literal["or", "and"]) -> str:
        """Return items as one list: `a fever, a skin infection, or a broken bone`; "" for none.

        Items that have commas themselves are set apart by semicolons; a full stop at an item's end goes.
        """
        said = [item.strip().rstrip(".") for item in items]
        if len(said) < 2:
            return "".join(said)
        rules = self._tables["joining"]
        word = next((new for start, new in rules[f"{last}_before"].items() if _begins(said[-1], start)), rules[last])
        mark = ";" if any("," in item for item in said) else ","
        serial = mark if mark == ";" or (rules["serial_comma"] and len(said) > 2) else ""
        return f"{f'{mark} '.join(said[:-1])}{serial} {word} {said[-1]}"

    def in_order(self, titles: Iterable[str]) -> str:
        """Return titles of what is done one after the other as one: `Neck and shoulders, then Feet`."""
        then: str = self._tables["joining"]["then"]
        return then.join(titles)

    def side(self, keyword: str) -> str:
        """Return the word for `left` or `right`, as it stands in `side_switch`."""
        word: str = self._tables["sides"][keyword]
        return word

    def mirrored(self, sides: Sequence[str]) -> tuple[bool, ...]:
        """Say of each of a step's sides whether a drawing of the left one has to be mirrored for it.

        The words for left and right say so; of two that only tell one from the other, the second is the right one.
        Other sides, as two people, are never mirrored.
        """
        words: Mapping[str, list[str]] = self._tables["words"]
        two = len(sides) == 2 and _has(sides[0], words["one"]) and _has(sides[1], words["other"])
        named = any(_has(side, (*words["left"], *words["right"])) for side in sides)
        if two and not named:
            return False, True
        return tuple(_has(side, words["right"]) and not _has(side, words["left"]) for side in sides)

    def sides_in(self, text: str) -> tuple[Literal["left", "right"], ...]:
        """Return which of left and right a text names."""
        words: Mapping[str, list[str]] = self._tables["words"]
        sides: tuple[Literal["left", "right"], ...] = ("left", "right")
        return tuple(side for side in sides if _has(text, words[side]))

    def minutes(self, seconds: float) -> str:
        """Return a length with its unit, to the nearest half minute."""
        forms: Mapping[str, str] = self._tables["time"]
        halves = max(1, int(seconds / 30 + 0.5))
        if halves < 120:
            return _counted(forms, halves // 2, halves % 2 == 1)
        hours, rest = divmod(halves, 120)
        said = forms["hour"] if hours == 1 else forms["hours"].format(n=hours)
        minutes = _counted(forms, rest // 2, rest % 2 == 1)
        return forms["with_minutes"].format(hours=said, minutes=minutes) if rest else said

    def pressure_word(self, level: int) -> str:
        """Return the word for a pressure from 1 to 7, as `pressure` takes it: 1 and 2, 3 and 4, 5 to 7 share one."""
        light, medium, firm = self._tables["words"]["pressure"]
        word: str = light if level < 3 else medium if level < 5 else firm
        return word

    def called(self, who: Literal["giver", "receiver"]) -> tuple[str, ...]:
        """Return what a text calls one of the two, in place of which their name may stand."""
        return tuple(self._tables["words"][who])

    def seated_words(self) -> tuple[str, ...]:
        """Return lower-case beginnings of words that say, in a position or a setup's name, that somebody sits."""
        return tuple(self._tables["words"]["seated"])

    def lying_words(self) -> tuple[str, ...]:
        """Return lower-case beginnings of words that say so that somebody lies."""
        return tuple(self._tables["words"]["lying"])


@cache
def load(language: str) -> Phrases:
    """Return the phrases of a BCP 47 tag; `de-AT` falls back to `de`.

    Raises UsageError for a language without a file, Failed for a file that lacks phrases, which it names all.
    """
    tag = nearest(language, languages())
    if tag is None:
        raise UsageError(f'expected a language: {", ".join(languages())}, got "{language}".{near(language)}')
    tables = _read(tag)
    if tag != _WHOLE and (lacks := missing(tables)):
        message = f"the words of {tag} are only partly there: {_FOLDER / f'{tag}.toml'} is missing {', '.join(lacks)}: "
        raise Failed(f"{message}add them as {_WHOLE}.toml has them")
    return Phrases(tag, tables)


def missing(tables: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a language's file lacks of the English one, as `table.key`; an audience's own as `self.ready`."""
    lacks = []
    for name, table in _read(_WHOLE).items():
        if name in get_args(Audience):
            own, common = tables.get(name, {}), tables.get("common", {})
            lacks += [f"{name}.{key}" for key in table if key not in own and key not in common]
        elif name == "common":
            own = tables.get(name, {})
            others = [tables.get(audience, {}) for audience in get_args(Audience)]
            lacks += [f"{name}.{key}" for key in table if key not in own and not all(key in other for other in others)]
        else:
            lacks += [f"{name}.{key}" for key in table if key not in tables.get(name, {})]
    return tuple(lacks)


def check(language: str) -> None:
    """Find that a language that was chosen has phrases. Raises UsageError, which names the choice."""
    try:
        load(language)
    except UsageError as error:
        raise UsageError(f"{option('language')}: {error.text}", got=language, known=languages()) from None


def called(language: str) -> str:
    """Return what a language is called in a message: `Spanish`, or its tag where there are no phrases of it."""
    tag = nearest(language, languages())
    return str(_read(tag)["language"]["english"]) if tag else f'"{language}"'


@cache
def languages() -> tuple[str, ...]:
    """Return the languages there are phrases for, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def _read(language: str) -> Mapping[str, Any]:
    file = _FOLDER / f"{language}.toml"
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Failed(f"{file}: expected TOML, got what cannot be read as it: {error}") from None


def near(language: str) -> str:
    """Return ` Did you mean "de"?` for a language written as a name, `German` or `Deutsch`, or near a tag; else ""."""
    tag = tag_of(language)
    return f' Did you mean "{tag}"?' if tag else did_you_mean(language, languages())


def tag_of(name: str) -> str | None:
    """Return the tag of a language written as a name, `German` or `Deutsch`; None where none is near."""
    for tag in languages():
        names: Mapping[str, str] = _read(tag)["language"]
        if did_you_mean(name, names.values()):
            return tag
    return None


def _has(text: str, beginnings: Iterable[str]) -> bool:
    """Say whether a word of a text begins as one of these."""
    return any(word.startswith(tuple(beginnings)) for word in re.findall(r"\w+", text.casefold()))


def _begins(text: str, start: str) -> bool:
    return re.match(start, text, re.IGNORECASE) is not None


def _counted(forms: Mapping[str, str], minutes: int, half: bool) -> str:
    match minutes, half:
        case 0, _:
            return forms["half"]
        case 1, _:
            return forms["one_and_half" if half else "one"]
        case _:
            return forms["many_and_half" if half else "many"].format(n=minutes)
