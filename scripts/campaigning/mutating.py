"""Hostile values, and ways to damage bytes, lines and trees of values."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\0",
    "\x1b]0;owned\x07",
    "\x1b[2J\x1b[31m",
    "\x85",
    "\x9b31m",
    "\u2028",
    "\u202eevil\u202c",
    "\u200b",
    "\ufeff",
    "\ufffe",
    "\ud800",
    "\udfff\ud800",
    "\udc80",
    "👩\u200d👩\u200d👧",
    "e\u0301" * 40,
    "א" * 30,
    "ﷺ" * 20,
    "\N{MATHEMATICAL BOLD CAPITAL A}" * 20,
    "a" * 300,
    "a" * 5000,
    "word " * 400,
    "One. " * 700,
    "[pause 3s]",
    "[pause 99h]",
    "[breath]" * 30,
    "[pause",
    "{side}{next}{minutes}{title}",
    "{0.__class__}",
    "%s%n%d",
    "<script>alert(1)</script>",
    "]]><x>&amp;",
    "-->",
    "#EXTINF:1,x\r\n/etc/passwd",
    "../../elsewhere/bait.yaml",
    "/dev/stdin",
    "/dev/zero",
    "/proc/self/environ",
    "~nobody/x",
    "file:///etc/passwd",
    "CON",
    ".",
    "..",
    "-o",
    "--help",
    "$(id)",
    "1:30",
    "P1DT1H",
    "9" * 400,
    "1e999",
    "-0",
    "0x10",
    "nan",
    "٣ minutes",
    "½ minute",
    "Ⅳ",
    "2024-02-30",
    "null",
    "yes",
    "*",
    "&a",
    "!!python/object:os.system",
    "=",
    "<<",
)
NUMBERS: tuple[Any, ...] = (
    0,
    -1,
    1,
    7,
    8,
    255,
    256,
    65_535,
    2**31,
    2**32,
    2**63,
    2**64,
    -(2**63),
    10**30,
    10**400,
    0.0,
    -0.0,
    0.1,
    1e-320,
    1e-9,
    1e9,
    1e15,
    1e38,
    1e308,
    -1e308,
    float("inf"),
    float("-inf"),
    float("nan"),
)
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [None], {"": ""}, [1, "a", None])
_INTEGERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2**63 - 1, 2**64 - 1)


def nasty(rng: Random) -> Any:
    """Return a value that somebody would not expect."""
    kind = rng.random()
    if kind < 0.5:
        return rng.choice(TEXTS)
    if kind < 0.8:
        return rng.choice(NUMBERS)
    if kind < 0.97:
        return copy.deepcopy(rng.choice(OTHERS))
    value: Any = rng.choice(TEXTS)
    for _ in range(rng.choice((3, 30, 120))):
        value = [value] if rng.random() < 0.5 else {"a": value}
    return value


def nasty_text(rng: Random) -> str:
    """Return a text that somebody would not expect, alone or in a harmless one."""
    text = rng.choice(TEXTS)
    return text if rng.random() < 0.5 else f"Slow {text} and even."


# -- trees of values ------------------------------------------------------------------------------------


def damaged(tree: Any, rng: Random, *, times: int = 1) -> Any:
    """Return a copy of a tree of mappings and lists in which some values are others, gone, doubled or elsewhere."""
    tree = copy.deepcopy(tree)
    for _ in range(times):
        places = [*_places(tree)]
        if not places:
            return nasty(rng)
        holder, key = rng.choice(places)
        _damage(holder, key, rng, places)
    return tree


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) of a tree, without recursion: it may be deep."""
    found: list[tuple[Any, Any]] = []
    left = [tree]
    while left:
        holder = left.pop()
        keys = [*holder] if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else []
        for key in keys:
            found.append((holder, key))
            left.append(holder[key])
    return found


def _damage(holder: Any, key: Any, rng: Random, places: list[tuple[Any, Any]]) -> None:
    how = rng.random()
    if how < 0.5:
        holder[key] = nasty(rng)
    elif how < 0.6:
        holder[key] = _near(holder[key], rng)
    elif how < 0.7:
        del holder[key]
    elif how < 0.8:
        other, place = rng.choice(places)
        if place in other if isinstance(other, dict) else place < len(other):
            holder[key] = copy.deepcopy(other[place])
    elif how < 0.9 and isinstance(holder, list):
        holder += [copy.deepcopy(holder[key]) for _ in range(rng.choice((1, 2, 30, 300)))]
    elif isinstance(holder, dict):
        name = rng.choice((nasty_text(rng), f"{key}s", str(key).upper(), str(key)[:-1], f"{key} ", 1, True, None))
        holder[name] = holder.pop(key) if rng.random() < 0.5 else copy.deepcopy(holder[key])
    else:
        holder[key] = [holder[key]]


def _near(value: Any, rng: Random) -> Any:
    """Return a value like another one: a little wrong is found last."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return rng.choice((-value, value * 1000, value / 1000, str(value), value + 1e-7))
    if isinstance(value, str):
        return rng.choice((f"{value} ", value.upper(), value * 30, value[::-1], value + rng.choice(TEXTS), value[:1]))
    return value


def as_json(tree: Any, rng: Random) -> bytes:
    """Write a tree as JSON, as programs and people do, lone surrogates and NaN too."""
    indent = rng.choice((None, 1))
    text = json.dumps(tree, ensure_ascii=rng.random() < 0.5, indent=indent)
    return text.encode("utf-8", "surrogatepass")


# -- bytes ----------------------------------------------------------------------------------------------


def _flip(data: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.choice((1, 1, 4, 32))):
        at = rng.randrange(len(data))
        data[at] ^= 1 << rng.randrange(8)
    return data


def _overwrite(data: bytearray, rng: Random) -> bytearray:
    size = rng.choice((1, 2, 4, 8))
    number = rng.choice(_INTEGERS) & (2 ** (8 * size) - 1)
    at = rng.randrange(len(data))
    data[at : at + size] = number.to_bytes(size, rng.choice(("little", "big")))
    return data


def _cut(data: bytearray, rng: Random) -> bytearray:
    at = rng.randrange(len(data))
    if rng.random() < 0.5:
        return data[:at]
    return data[:at] + data[at + rng.choice((1, 2, 16, 1024)) :]


def _repeat(data: bytearray, rng: Random) -> bytearray:
    at = rng.randrange(len(data))
    piece = data[at : at + rng.choice((1, 4, 40, 400))]
    times = min(rng.choice((1, 2, 50, 5000)), 100_000 // (len(piece) or 1))
    return data[:at] + piece * times + data[at:]


def _splice(data: bytearray, rng: Random) -> bytearray:
    at, other = rng.randrange(len(data)), rng.randrange(len(data))
    size = rng.choice((8, 64, 512, 4096))
    return data[:at] + data[other : other + size] + data[at:]


def _insert(data: bytearray, rng: Random) -> bytearray:
    at = rng.randrange(len(data) + 1)
    kind = rng.random()
    if kind < 0.6:
        piece = rng.choice(TEXTS).encode("utf-8", "surrogatepass")
    elif kind < 0.8:
        piece = bytes(rng.randrange(256) for _ in range(rng.choice((1, 3, 20))))
    else:
        piece = rng.choice((b"\0", b"\xff", b"\n", b"[", b"{", b"- ", b"\t", b"'")) * rng.choice((1, 30, 3000, 60_000))
    return data[:at] + piece + data[at:]


_WAYS: tuple[Callable[[bytearray, Random], bytearray], ...] = (_flip, _overwrite, _cut, _repeat, _splice, _insert)


def damaged_bytes(data: bytes, rng: Random, *, times: int = 1) -> bytes:
    """Return bytes with so many things done to them; nothing is made of nothing."""
    changed = bytearray(data or b"\n")
    for _ in range(times):
        changed = rng.choice(_WAYS)(changed, rng) or bytearray(b"\n")
    return bytes(changed)


def damaged_lines(data: bytes, rng: Random) -> bytes:
    """Return a text with lines gone, doubled, moved, or further in than they were."""
    lines = data.splitlines(keepends=True) or [b"\n"]
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(lines))
        line = lines[at]
        match rng.randrange(5):
            case 0:
                del lines[at]
                lines = lines or [b"\n"]
            case 1:
                lines[at:at] = [line] * rng.choice((1, 3, 100, 1200))
            case 2:
                lines.insert(rng.randrange(len(lines)), lines.pop(at))
            case 3:
                lines[at] = b" " * rng.choice((1, 2, 7)) + line
            case _:
                lines[at] = line.lstrip()
    return b"".join(lines)
