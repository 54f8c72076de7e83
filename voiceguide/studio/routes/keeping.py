"""What is remembered, what takes room, and which languages there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voiceguide import phrases
from voiceguide.studio.answers import NotHere
from voiceguide.studio.room import KINDS, LEAST_BYTES, MOST_BYTES
from voiceguide.studio.routes.asking import asking

if TYPE_CHECKING:
    from starlette.routing import Route

    from voiceguide.studio.routes.asking import Asked


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("GET", "/api/memory", remembered),
        asking("DELETE", "/api/memory", forget),
        asking("DELETE", "/api/memory/{routine}", forget),
        asking("PATCH", "/api/memory/{routine}", suggest),
        asking("GET", "/api/room", room),
        asking("PATCH", "/api/room", cap),
        asking("POST", "/api/room/clear", clear),
        asking("GET", "/api/languages", languages),
    ]


def remembered(asked: Asked) -> dict[str, Any]:
    """Tell what is remembered."""
    memory = asked.house.memory
    routines = {name: known.told() for name, known in memory.everything().items()}
    return {"routines": routines, "set_aside": memory.set_aside}


def forget(asked: Asked) -> None:
    """Forget a routine, or all."""
    name = asked.names.get("routine")
    _check(asked, name)
    asked.house.memory.forget(name)


def suggest(asked: Asked) -> dict[str, Any]:
    """Offer something from the third visit on, or no longer."""
    name = asked.names["routine"]
    _check(asked, name)
    return asked.house.memory.suggest(name, asked.document.key("suggest").flag()).told()


def _check(asked: Asked, name: str | None) -> None:
    if name is not None and name not in asked.house.memory.everything():
        raise NotHere(f'nothing is remembered of "{name[:100]}"')


def room(asked: Asked) -> dict[str, Any]:
    """Tell what takes room."""
    return asked.house.room.told()


def cap(asked: Asked) -> dict[str, Any]:
    """Set the cap."""
    asked.house.room.cap(asked.document.key("cap_bytes").count(LEAST_BYTES, MOST_BYTES))
    return asked.house.room.told()


def clear(asked: Asked) -> dict[str, Any]:
    """Clear some of it."""
    kinds = [(each, each.text()) for each in asked.document.key("kinds").items(len(KINDS))]
    for value, kind in kinds:
        if kind not in KINDS:
            value.refuse(f"one of {', '.join(KINDS)}")
    freed = asked.house.room.clear(tuple(kind for _, kind in kinds))
    return {"freed_bytes": freed, **asked.house.room.told()}


def languages(_asked: Asked) -> dict[str, Any]:
    """Tell which languages there are, each by its own name."""
    return {"languages": [{"tag": tag, "name": phrases.load(tag).name} for tag in phrases.languages()]}
