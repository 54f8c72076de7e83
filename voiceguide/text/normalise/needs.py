"""What a text must hold for a pattern to be found in it: most rules are about signs that most texts have not.

A rule that cannot be found is not looked for. What is needed is read off the pattern itself, so that it cannot be told
wrong; what is not understood of a pattern needs nothing.
"""

from __future__ import annotations

from functools import lru_cache
from re import IGNORECASE, _parser  # type: ignore[attr-defined]  # Python's reader of patterns has no public name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

Needs = tuple[frozenset[str], ...]
"""Of each set a text must hold a sign, as `held` tells them."""

_DIGIT = "\\d"
"""Stands for any digit."""
_USUAL = frozenset(" etaonisrhl")
"""Signs that nearly every text has: to ask for one of them tells nothing."""
_MOST = 64
"""Signs of one set; a larger one is nearly always met."""


def of(pattern: re.Pattern[str]) -> Needs:
    """Return what a text must hold for a pattern to be found, the rarest first."""
    found = set(_of_all(_parser.parse(pattern.pattern, pattern.flags), bool(pattern.flags & IGNORECASE)))
    least = (need for need in found if not any(other < need for other in found))
    return tuple(sorted((need for need in least if not need & _USUAL), key=lambda need: (_often(need), sorted(need))))


@lru_cache(maxsize=64)
def held(text: str) -> frozenset[str]:
    """Return a text's signs, and `_DIGIT` where one is a digit."""
    # Beyond ASCII what ignores case finds more than a letter's two cases; what is alike shares one of them.
    signs = {*text} if text.isascii() else {*text, *text.lower(), *text.upper()}
    if any(map(str.isdecimal, signs)):
        signs.add(_DIGIT)
    return frozenset(signs)


def met(needs: Needs, signs: frozenset[str]) -> bool:
    """Whether what is needed is among the signs that a text holds."""
    return not any(map(signs.isdisjoint, needs))


def _often(need: frozenset[str]) -> float:
    """About how often a text holds one of these signs, relative to others."""
    return sum(1.0 if sign in _USUAL else 0.3 if sign.isalpha() else 0.1 for sign in {sign.lower() for sign in need})


def _of_all(parts: Iterable[tuple[Any, Any]], ignores: bool) -> list[frozenset[str]]:
    return [need for kind, what in parts for need in _of_one(str(kind), what, ignores)]


def _of_one(kind: str, what: Any, ignores: bool) -> list[frozenset[str]]:
    match kind, what:
        case "LITERAL", code:
            return [_cases(chr(code), ignores)]
        case "IN", signs:
            return _of_set(signs, ignores)
        case "BRANCH", (_, branches):
            each = [_of_all(branch, ignores) for branch in branches]
            return [frozenset().union(*(min(needs, key=_often) for needs in each))] if all(each) else []
        case "SUBPATTERN", (_, added, removed, parts):
            return _of_all(parts, (ignores or bool(added & IGNORECASE)) and not removed & IGNORECASE)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT", (least, _, parts):
            return _of_all(parts, ignores) if least else []
        case "ATOMIC_GROUP", parts:
            return _of_all(parts, ignores)
        case "ASSERT", (_, parts):
            return _of_all(parts, ignores)
        case _:
            return []


def _of_set(signs: Iterable[tuple[Any, Any]], ignores: bool) -> list[frozenset[str]]:
    found: set[str] = set()
    for kind, what in signs:
        match str(kind), what:
            case "LITERAL", code:
                found |= _cases(chr(code), ignores)
            case "RANGE", (first, last) if last - first < _MOST:
                found = found.union(*(_cases(chr(code), ignores) for code in range(first, last + 1)))
            case "CATEGORY", category if str(category) == "CATEGORY_DIGIT":
                found.add(_DIGIT)
            case _:
                return []
    return [frozenset(found)] if len(found) <= _MOST else []


def _cases(sign: str, ignores: bool) -> frozenset[str]:
    """Return a sign in the cases in which a pattern finds it: those that are alike share one with it."""
    return frozenset({sign, *sign.lower(), *sign.upper()}) if ignores else frozenset({sign})
