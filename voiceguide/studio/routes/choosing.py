"""Routines, and what would be played of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from voiceguide import catalogue
from voiceguide.catalogue.search import collections
from voiceguide.pages.cover import motif_of
from voiceguide.routine import finding
from voiceguide.routine.languages import languages
from voiceguide.routine.notes import notes_of
from voiceguide.sound import bed as beds
from voiceguide.studio.answers import labelled
from voiceguide.studio.routes.asking import asking
from voiceguide.studio.wishes import wish, wish_of_text
from voiceguide.text.languages import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.routing import Route

    from voiceguide.routine.model import Routine
    from voiceguide.studio.memory import Memory
    from voiceguide.studio.routes.asking import Asked

_TOLD = ("name", "title", "summary", "audience", "position", "positions", "tags", "languages", "lengths", "hands_on")
_MOST_JOINS = 8


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("GET", "/api/routines", every),
        asking("GET", "/api/routines/{name}", one),
        asking("POST", "/api/plan", planned),
    ]


def every(asked: Asked) -> dict[str, Any]:
    """Tell of all routines."""
    entries, broken = catalogue.listed(finding.folders())
    bundled = _bundled()
    told = {"routines": [_entry(entry, asked, bundled) for entry in entries], "left_out": broken}
    asked.house.warming.begin(asked.language)
    return told


def _bundled() -> dict[str, dict[str, Any]]:
    return {known["name"]: known for known in finding.index()}


def _entry(entry: dict[str, Any], asked: Asked, bundled: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """An entry of the catalogue, worded in the page's language where the routine has it."""
    tag = nearest(asked.language, entry["said"])
    said = entry["said"][tag] if tag else {}
    return {
        **{name: entry[name] for name in _TOLD},
        **{name: text for name, text in said.items() if text},
        "collections": list(collections(entry)),
        "own": bundled.get(entry["name"]) != entry,
        "cover": cover_of(entry["name"], asked.language),
        "motif": motif_of(entry["tags"]),
        **_remembered(entry["name"], asked.house.memory),
    }


def cover_of(name: str, language: str) -> str:
    """Return the address of a routine's picture."""
    return f"/api/routines/{quote(name, safe='')}/cover.png?language={quote(language)}"


def _remembered(name: str, memory: Memory) -> dict[str, Any]:
    known = memory.of(name)
    return {"visits": known.visits, "last": known.last, "suggestion": known.suggestion}


def one(asked: Asked) -> dict[str, Any]:
    """Tell of one routine, or of several joined, and what there is to choose."""
    name = asked.names["name"]
    routine = asked.house.composer.routine(name)
    spoken = languages(routine)
    language = nearest(asked.language, spoken) or routine.language
    entries, _ = catalogue.listed(finding.folders())
    listed = next((entry for entry in entries if entry["name"] == name), None)
    known = _entry(listed, asked, _bundled()) if listed else _joined(routine)
    return {
        **known,
        "title": routine.title.get(language) or "",
        "summary": (routine.summary.get(language) or "") if routine.summary else "",
        "position": (routine.position.get(language) or "") if routine.position else "",
        "languages": list(spoken),
        "language": language,
        "setups": list(routine.setups),
        "bed": routine.bed or beds.DEFAULT,
        "need": list(notes_of(routine, language).need),
        "joins": _joins(routine, entries, language),
        "cover": cover_of(name, language),
        **_remembered(name, asked.house.memory),
    }


def _joined(routine: Routine) -> dict[str, Any]:
    """What a catalogue tells, of routines that are joined."""
    entry = catalogue.entry(routine)
    return {
        **{name: entry[name] for name in _TOLD},
        "motif": motif_of(entry["tags"]),
        "own": False,
        "collections": list(collections(entry)),
    }


def _joins(routine: Routine, entries: Iterable[dict[str, Any]], language: str) -> list[dict[str, str]]:
    """The routines that can be added, those with the most tags in common first."""
    playing = set(routine.name.split(finding.JOIN))
    fitting = [
        entry
        for entry in entries
        if entry["name"] not in playing
        and entry["audience"] == routine.audience
        and nearest(language, entry["languages"])
        and any(entry["hands_on"].values())
    ]
    fitting.sort(key=lambda entry: (-len({*routine.tags} & {*entry["tags"]}), entry["lengths"]["short"]))
    titles = ((entry, entry["said"][nearest(language, entry["said"]) or entry["languages"][0]]) for entry in fitting)
    return [{"name": entry["name"], "title": said["title"]} for entry, said in titles][:_MOST_JOINS]


# ---- plans ----------------------------------------------------------------------------------------------------------


def planned(asked: Asked) -> dict[str, Any]:
    """Tell what would be played, without speaking."""
    from voiceguide.studio.foreseeing import foreseen, notes_for, raw, steps

    text = asked.document.key("text").text() if asked.document.has("text") else None
    wanted = asked.house.in_turn(wish(asked.document)) if text is None else wish_of_text(asked.document)
    warnings: list[str] = []
    composed = asked.house.composer.compose(wanted, warnings.append, text=text)
    plan = foreseen(composed)
    asked.house.ahead.plan(composed)
    timeline = plan.timeline
    return {
        **{name: getattr(timeline, name) for name in ("routine", "title", "language", "voice", "setup")},
        "bed": wanted.choices.get("bed", timeline.bed) if timeline.bed else None,
        "length": composed.session.choices.length.typed,
        "duration": timeline.duration,
        "exact": plan.is_exact,
        "hands_on": round(plan.hands_on, 1),
        "steps": list(steps(plan)),
        "notes": notes_for(plan),
        "warnings": [labelled(text, asked.language) for text in (*map(raw, warnings), *plan.warnings)],
        "timeline": plan.shown(),
    }
