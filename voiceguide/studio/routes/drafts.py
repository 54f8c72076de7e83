"""Drafts: begun, listed, saved, named, deleted and brought back, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from voiceguide.errors import UsageError
from voiceguide.studio.answers import answer, attached, time_told, told
from voiceguide.studio.drafts import MOST, Changed
from voiceguide.studio.routes.asking import asking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.authoring.starter import Step, Wishes
    from voiceguide.store.documents import Value
    from voiceguide.studio.drafts import Draft, Listed
    from voiceguide.studio.routes.asking import Asked

ONE = "/api/drafts/{id}"
_MOST_STEPS = 1000
_SOURCES = ("text", "routine", "new")


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("GET", "/api/drafts", every),
        asking("POST", "/api/drafts", begin),
        asking("GET", ONE, one),
        asking("PUT", ONE, meeting(save)),
        asking("PATCH", ONE, rename),
        asking("DELETE", ONE, delete),
        asking("POST", f"{ONE}/restore", restore),
        asking("GET", f"{ONE}/export", export),
    ]


def meeting(function: Callable[[Asked], Any]) -> Callable[[Asked], Any]:
    """Return a function that answers, where a draft was changed by others meanwhile, with both texts."""

    def met(asked: Asked) -> Any:
        try:
            return function(asked)
        except Changed as error:
            given = asked.document
            sent = given.key("text").text() if given.has("text") else None
            both = {"error": told(error, asked.language), "draft": whole(error.there), "text": sent}
            return answer(both, 412, _tag(error.there))

    return met


def saved(draft: Draft) -> dict[str, Any]:
    """Return what is told of a draft that was saved."""
    return {"id": draft.id, "name": draft.name, "changed": time_told(draft.changed), "hash": draft.hash}


def whole(draft: Draft) -> dict[str, Any]:
    """Return a draft as JSON's values."""
    return {**saved(draft), "text": draft.text}


def tagged(value: dict[str, Any], draft: Draft, status: int = 200) -> Response:
    """Return an answer that tells of a draft, with what names its text; one that is new, with its address."""
    located = {"location": f"/api/drafts/{draft.id}"} if status == 201 else {}
    return answer(value, status, {**_tag(draft), **located})


def _tag(draft: Draft) -> dict[str, str]:
    return {"etag": f'"{draft.hash}"'}


def every(asked: Asked) -> dict[str, Any]:
    """Tell of all drafts, and of deleted ones that can be had back."""
    from voiceguide.routine.source import MOST_BYTES

    drafts = asked.house.drafts
    found = drafts.listed()
    return {
        "drafts": [_listed(each) for each in found if each.deleted is None],
        "deleted": [
            {**_listed(each), "deleted": time_told(each.deleted)} for each in found if each.deleted is not None
        ],
        "left_out": drafts.broken,
        "most": MOST,
        "most_bytes": MOST_BYTES,
    }


def _listed(one: Listed) -> dict[str, Any]:
    shown = {name: getattr(one, name) for name in ("id", "name", "title", "bytes", "faults", "warnings", "notes")}
    return {**shown, "changed": time_told(one.changed)}


def begin(asked: Asked) -> Response:
    """Begin a draft: with a text, as a copy, or as a new routine."""
    given = asked.document
    sources = [key for key in _SOURCES if given.has(key)]
    if len(sources) != 1:
        raise UsageError(f"a draft: expected one of {', '.join(_SOURCES)}, got {', '.join(sources) or 'none of them'}")
    text, beside = _BEGINNING[sources[0]](asked, given.key(sources[0]))
    draft = asked.house.drafts.create(text, name_of(given), beside)
    return tagged(whole(draft), draft, 201)


def name_of(given: Value) -> str | None:
    """Return the name that a request gives a draft, None for none."""
    return given.key("name").text_or_none() if given.has("name") else None


_Begun = tuple[str, dict[str, "Path"]]
"""A text, and the files that stand beside it, by the names that it calls them."""


def _text(_asked: Asked, given: Value) -> _Begun:
    return given.text(), {}


def _copy(asked: Asked, given: Value) -> _Begun:
    """A routine, or another draft, with its own sounds, drawings and cover."""
    from voiceguide.routine.source import decode

    found = asked.house.composer.written(given.text())
    if len(found) > 1:
        raise UsageError(f'a draft: expected one routine to begin with, got several: "{given.text()[:60]}"')
    decode(found[0].data, found[0].file)
    return found[0].data.decode(), found[0].own_files()


def _new(_asked: Asked, given: Value) -> _Begun:
    """What `new` writes, by its questions' answers."""
    from voiceguide.authoring import starter

    return starter.file(_wishes(given), None, schema=None), {}


def _wishes(given: Value) -> Wishes:
    from voiceguide.authoring.starter import Posture, Wishes
    from voiceguide.phrases import Audience
    from voiceguide.routine.sounds import BEDS

    def one(key: str, usual: str, known: tuple[str, ...] = ()) -> str:
        value = given.key(key) if given.has(key) else None
        text = usual if value is None or value.value is None else " ".join(value.text().split())
        if value is not None and known and text not in known:
            value.refuse(f"one of {', '.join(known)}")
        return text

    title = one("title", "")
    if not title:
        given.key("title").refuse("what it is called")
    steps = given.key("steps").items(_MOST_STEPS) if given.has("steps") else []
    return Wishes(
        title,
        one("audience", "giver", get_args(Audience)),  # type: ignore[arg-type]  # one of these
        one("position", "lying", get_args(Posture)),  # type: ignore[arg-type]  # one of these
        one("language", "en"),
        one("bed", "warm-pad", (*BEDS, "none")),
        one("summary", "") or None,
        tuple(map(_step, steps)),
    )


def _step(given: Value) -> Step:
    from voiceguide.authoring.starter import Step, duration

    name = " ".join(given.key("name").text().split())
    if not name:
        given.key("name").refuse("what the step is called")
    both = given.key("both").flag() if given.has("both") else False
    return Step(name, duration(given.key("duration").text()), both)


_BEGINNING = {"text": _text, "routine": _copy, "new": _new}


def one(asked: Asked) -> Response:
    """Tell of one, with its text."""
    draft = asked.house.drafts.get(asked.names["id"])
    return tagged(whole(draft), draft)


def save(asked: Asked) -> Response:
    """Write a draft's text."""
    draft = asked.house.drafts.write(asked.names["id"], asked.document.key("text").text(), asked.match)
    return tagged(saved(draft), draft)


def rename(asked: Asked) -> Response:
    """Name a draft."""
    draft = asked.house.drafts.rename(asked.names["id"], asked.document.key("name").text_or_none())
    return tagged(saved(draft), draft)


def delete(asked: Asked) -> None:
    """Put a draft among the deleted."""
    asked.house.drafts.delete(asked.names["id"])


def restore(asked: Asked) -> Response:
    """Bring a deleted draft back."""
    draft = asked.house.drafts.restore(asked.names["id"])
    return tagged(whole(draft), draft)


def export(asked: Asked) -> Response:
    """Give a draft's text as a file, named after it; with the files that it names, in one folder of a .zip."""
    from starlette.responses import Response, StreamingResponse

    from voiceguide.authoring.articles.draft import slug
    from voiceguide.studio.packing import packed

    draft = asked.house.drafts.get(asked.names["id"])
    name = slug(draft.name or "") or slug(asked.house.drafts.title(draft.id) or "") or draft.id
    text = draft.text.encode()
    (written,) = asked.house.composer.written(draft.id)
    if not (beside := written.own_files()):
        return Response(text, headers=attached(f"{name}.yaml"), media_type="application/yaml")
    files = {f"{name}/{called}": path for called, path in beside.items()}
    parts = packed({f"{name}/{name}.yaml": text, **files})
    return StreamingResponse(parts, headers=attached(f"{name}.zip"), media_type="application/zip")
