"""Routines as authors might write them, every key of the format among them, and YAML in many hands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_SENTENCES = (
    "Glide from the middle of the back out to the shoulders.",
    "Slow and even.",
    "Rest both hands, and wait for a breath.",
    "Circle with the thumbs for 3–5 min, about 2 cm wide.",
    "Let the weight of your body do the work; the arms stay long.",
    "Press, and hold. [pause 2s] And let go.",
    "Breathe out. [breath] And in.",
    "Use Dr. Rossi's oil, e.g. 1.5 tsp.",
    "Is that too much? Then less.",
    "Half of 20 is 10, at 37 °C.",
)
_WORDS = ("Strokes", "Circles", "Hold", "Long glides", "The neck", "Feet", "Rest", "Kneading", "Lower back")
_SOUNDS = ("step", "switch", "press", "release", "halfway", "last-minute", "breath", "swell", "end", "none")
_TAGS = ("en", "de", "fr", "es", "de-AT", "pt-BR")
_PLAIN = re.compile(r"[A-Za-z][\w ,.'-]*[\w.]")
_HARMLESS = re.compile(r"(?!(?:true|false|null|yes|no|on|off|none)$)", re.IGNORECASE)


def seconds(rng: Random, low: float = 1, high: float = 300) -> str:
    """Return a duration in one of the ways it may be written."""
    value = rng.choice((low, high, rng.uniform(low, high)))
    whole = max(1, round(value))
    return rng.choice(
        (
            f"{whole}s",
            f"{value:.1f}s" if value >= 0.1 else f"{whole}s",
            f"{whole // 60}:{whole % 60:02}" if whole >= 60 else f"{whole} sec",
            f"PT{whole}S",
            f"{whole // 60} min {whole % 60} sec" if whole >= 60 else f"{whole}s",
        )
    )


def said(rng: Random, *, marks: bool = True, sides: bool = False) -> Any:
    """Return a text: a sentence or some, in one language or several, one of several wordings."""
    count = rng.choice((1, 1, 1, 1, 2, 3))
    text = " ".join(rng.choice(_SENTENCES[: 5 if not marks else None]) for _ in range(count))
    if sides and rng.random() < 0.5:
        text += " And the {side} side."
    kind = rng.random()
    if kind < 0.02:
        return dict.fromkeys(("en", *rng.sample(_TAGS[1:], rng.randrange(1, 3))), text)
    if kind < 0.022:
        return {"any": [text, rng.choice(_SENTENCES[:5])]}
    return text


def _duration(rng: Random) -> Any:
    kind = rng.random()
    low = rng.choice((20, 60, 90, 120, 180, 300))
    if kind < 0.5:
        return f"{low}s"
    if kind < 0.7:
        return f"{low}s..{low * 2}s"
    if kind < 0.85:
        return {"short": f"{low}s", "full": f"{low}s..{low * rng.choice((2, 3))}s"}
    return seconds(rng, 40, 600)


def _hold(rng: Random) -> dict[str, Any]:
    hold: dict[str, Any] = {"press": f"{rng.choice((3, 5, 8, 15))}s"}
    if rng.random() < 0.5:
        hold["times"] = rng.choice((1, 2, 3, 5, {"short": 2, "full": 4}))
    if rng.random() < 0.6:
        hold["release"] = f"{rng.choice((2, 3, 5))}s"
    for key in ("sink", "move"):
        if rng.random() < 0.2:
            hold[key] = f"{rng.choice((1, 2, 3))}s"
    if rng.random() < 0.3:
        hold["spoken"] = rng.choice((0, 1, 3, "all"))
    if rng.random() < 0.2:
        hold["say_press"], hold["release"], hold["say_release"] = "Press.", "3s", "And release."
    return hold


def _cue(rng: Random, *, sides: bool) -> dict[str, Any]:
    at = rng.choice((f"{rng.randrange(20, 90)}%", f"{rng.randrange(12, 40)}s", f"-{rng.randrange(8, 20)}s"))
    cue: dict[str, Any] = {"at": at}
    if rng.random() < 0.2:
        cue["chime"] = rng.choice(_SOUNDS[:-1])
    else:
        cue["say"] = said(rng, sides=sides) if rng.random() < 0.2 else rng.choice(_SENTENCES[1:3])
        if sides and rng.random() < 0.2:
            cue["say_again"] = rng.choice(("none", "The same again."))
    if rng.random() < 0.2:
        cue["only"] = rng.choice(("short", "full"))
    return cue


def _step(rng: Random, setups: list[str], *, sided: bool = False) -> dict[str, Any]:
    step: dict[str, Any] = {"name": f"{rng.choice(_WORDS)} {rng.randrange(100)}"}
    kind = rng.random()
    sides = not sided and rng.random() < 0.35
    if sides:
        step["sides"] = rng.choice((["left", "right"], "both", ["one", "other"], ["a", "b", "c"]))
    if rng.random() < 0.9 or kind < 0.15:
        step["say"] = said(rng, sides=sides or sided)
        if rng.random() < 0.15:
            step["say"] = [said(rng, sides=sides) for _ in range(rng.choice((2, 3)))]
    if kind >= 0.15:
        step["duration"] = _duration(rng)
        if kind > 0.75:
            step["hold"] = _hold(rng)
        elif kind > 0.6:
            step["rhythm"] = {"out": f"{rng.choice((3, 5, 6))}s", "back": f"{rng.choice((3, 4, 6))}s"}
        if rng.random() < 0.4:
            step["cues"] = [_cue(rng, sides=sides) for _ in range(rng.choice((1, 1, 1, 2, 4)))]
        if rng.random() < 0.3:
            step["reminders"] = [said(rng) for _ in range(rng.choice((1, 2, 5)))]
        if rng.random() < 0.2 and "hold" not in step:
            step["check_in"] = True
    for key, odds, value in (
        ("warn", 0.15, "Stay beside the spine, never on it."),
        ("oil", 0.15, True),
        ("pressure", 0.3, rng.randrange(1, 8)),
        ("touch", 0.05, False),
        ("stretch", 0.1, rng.random() < 0.5),
        ("only", 0.15, rng.choice(["short", "full", *setups])),
        ("chime", 0.15, rng.choice(_SOUNDS)),
        ("transition", 0.15, seconds(rng, 0.5, 20)),
        ("ready", 0.08, True),
        ("position", 0.1 if not sided else 0, rng.choice(("face up", "face down", "seated"))),
    ):
        if rng.random() < odds:
            step |= {key: value}
    if sides and rng.random() < 0.3:
        step["say_again"] = "And the {side} side, just the same."
    if sides and rng.random() < 0.2:
        step["switch"] = "Now the {side} side."
    return step


def document(rng: Random) -> dict[str, Any]:
    """Return a routine, small as a rule, that has any of the format's keys."""
    setups = rng.choice(([], [], ["lying", "seated"], ["floor"]))
    made: dict[str, Any] = {"title": "Evening", "summary": "A routine of a campaign."}
    optional: tuple[tuple[str, float, Any], ...] = (
        ("format", 0.1, 1),
        ("language", 0.04, rng.choice(("en", "de", "fr", "es", "en-GB"))),
        ("audience", 0.2, rng.choice(("giver", "self"))),
        ("receivers", 0.05, 2),
        ("tags", 0.2, ["back", "evening"]),
        ("position", 0.4, "lying face down"),
        ("setups", 1.0 if setups else 0, setups),
        ("bed", 0.2, rng.choice(("rain", "none", "warm-pad"))),
        ("need", 0.3, ["a towel", "massage oil or lotion"]),
        ("safety", 0.4, _safety(rng)),
        ("lengths", 0.04, {"short": f"{rng.randrange(4, 12)}m", "full": f"{rng.randrange(12, 40)}m"}),
        ("settle", 0.2, rng.choice(("face down, back bare", "Sit down."))),
        ("pronounce", 0.02, {"en": {"effleurage": {"ipa": "flu", "as": "efflurazh"}}}),
        ("end", 0.1, "Slide your hands out."),
        ("reminders", 0.3, ["Slow and even.", "Low shoulders, soft knees."]),
        ("closing", 0.2, ["Drink some water if you like."]),
    )
    for key, odds, value in optional:
        if rng.random() < odds:
            made |= {key: value}
    steps: list[dict[str, Any]] = []
    for _ in range(rng.choice((1, 2, 2, 3, 5, 9))):
        if rng.random() < 0.12:
            group = {"name": "One leg", "sides": rng.choice((["left", "right"], "both"))}
            steps.append({**group, "steps": [_step(rng, setups, sided=True) for _ in range(rng.choice((1, 2, 3)))]})
        else:
            steps.append(_step(rng, setups))
    return {**made, "steps": steps}


def _safety(rng: Random) -> dict[str, Any]:
    lists = {
        "do_not_start": ["a fever", "a skin infection"],
        "ask_first": ["pregnancy", "blood thinners"],
        "avoid": ["stay beside the spine, off every bone"],
        "more": ["nut allergy, patch test"],
        "core": ["a fever", "a head cold"],
        "always": ["a sudden, tearing pain"],
    }
    return {key: value for key, value in lists.items() if rng.random() < 0.5} or {"more": ["Eat a little first."]}


# -- as YAML --------------------------------------------------------------------------------------------


def as_yaml(tree: Any, rng: Random) -> bytes:
    """Write values as YAML: blocks and flows, plain and quoted, as one author does and another does not."""
    flow = rng.choice((0.0, 0.2, 0.5))
    if rng.random() < 0.06 or not isinstance(tree, dict):
        return (json.dumps(tree, ensure_ascii=False) + "\n").encode("utf-8", "surrogatepass")
    return ("\n".join(_block(tree, rng, 0, flow)) + "\n").encode("utf-8", "surrogatepass")


def _block(tree: Any, rng: Random, depth: int, flow: float) -> list[str]:
    """Lines of a mapping or a list in block style."""
    lead = " " * (2 * depth)
    lines: list[str] = []
    if isinstance(tree, dict):
        for key, value in tree.items():
            name = _scalar(key, rng)
            if _nests(value, rng, flow, depth):
                lines += [f"{lead}{name}:", *_block(value, rng, depth + 1, flow)]
            else:
                lines.append(f"{lead}{name}: {_flow(value, rng)}")
    else:
        for item in tree:
            if _nests(item, rng, flow, depth):
                first, *rest = _block(item, rng, depth + 1, flow)
                lines += [f"{lead}- {first.strip(' ')}", *rest]
            else:
                lines.append(f"{lead}- {_flow(item, rng)}")
    return lines


def _nests(value: Any, rng: Random, flow: float, depth: int) -> bool:
    return isinstance(value, dict | list) and bool(value) and depth < 60 and rng.random() >= flow * (depth > 0)


def _flow(value: Any, rng: Random) -> str:
    if isinstance(value, dict) and value:
        return "{" + ", ".join(f"{_scalar(key, rng)}: {_flow(item, rng)}" for key, item in value.items()) + "}"
    if isinstance(value, list) and value:
        return "[" + ", ".join(_flow(item, rng) for item in value) + "]"
    return _scalar(value, rng)


def _scalar(value: Any, rng: Random) -> str:
    if not isinstance(value, str):
        return _other(value)
    if "," not in value and _PLAIN.fullmatch(value) and _HARMLESS.match(value) and rng.random() < 0.8:
        return value
    if re.fullmatch(r"\d+(?:\.\d+)?[a-z%]+|-\d+s", value) and rng.random() < 0.8:
        return value
    if "'" not in value and "\n" not in value and rng.random() < 0.3:
        return f"'{value}'"
    return json.dumps(value, ensure_ascii=rng.random() < 0.3)


def _other(value: Any) -> str:
    """Write what is no text."""
    if isinstance(value, float):
        return repr(value).replace("inf", ".inf").replace("nan", ".nan")
    if isinstance(value, dict | list):  # an empty one
        return "{}" if isinstance(value, dict) else "[]"
    return json.dumps(value)
