"""Writing: a draft changed by a form, checked, translated, heard a step at a time, and begun from an article."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal, cast

from voiceguide.errors import Failed, Mend, RoutineError
from voiceguide.studio import looking
from voiceguide.studio.answers import NotOfThis, fault_told
from voiceguide.studio.drafts import hash_of, matched
from voiceguide.studio.routes.asking import asking
from voiceguide.studio.routes.drafts import ONE, meeting, name_of, tagged, whole
from voiceguide.studio.wishes import wish

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.routine.editing import Edited, Form
    from voiceguide.store.documents import Value
    from voiceguide.studio.drafts import Draft
    from voiceguide.studio.routes.asking import Asked

_MOST_OPS = 1000


def routes() -> list[Route]:
    """Return them."""
    return [
        asking("GET", f"{ONE}/form", shown),
        asking("POST", f"{ONE}/ops", meeting(change)),
        asking("POST", f"{ONE}/translate", meeting(translate)),
        asking("POST", "/api/check", check),
        asking("POST", "/api/preview", preview),
        asking("POST", "/api/import", draft_article),
    ]


def _draft(asked: Asked) -> Draft:
    return asked.house.drafts.get(asked.names["id"])


# ---- by a form ------------------------------------------------------------------------------------------------------


def shown(asked: Asked) -> Response:
    """Tell what a form shows."""
    from voiceguide.routine.editing import form

    draft = _draft(asked)
    return tagged({"id": draft.id, "hash": draft.hash, **_form(form(draft.text))}, draft)


def _form(form: Form) -> dict[str, Any]:
    return {"values": form.values, "untouchable": [asdict(each) for each in form.untouchable]}


def change(asked: Asked) -> Response:
    """Perform operations on a draft's text: all of them, or none."""
    draft, given = _draft(asked), asked.document.key("ops").items(_MOST_OPS)
    matched(draft, asked.match)
    edits: list[Edited] = []
    text = draft.text
    for each in given:
        edits.append(_edited(text, each))
        text = edits[-1].text
    return _changed(asked, draft, text, edits)


def _changed(asked: Asked, before: Draft, text: str, edits: list[Edited], **more: Any) -> Response:
    """Save a changed text, and tell of it."""
    from voiceguide.routine.editing import form

    after = asked.house.drafts.write(before.id, text, before.hash)
    try:
        shows = _form(form(text))
    except RoutineError:  # its form waits until the rest is mended, too
        shows = None
    told = [{"what": each.what, "splice": asdict(each.splice), "undo": asdict(each.undo)} for each in edits]
    return tagged({**whole(after), "form": shows, "edits": told, **more}, after)


def _edited(text: str, asked: Value) -> Edited:
    from voiceguide.routine import editing

    if asked.key("op").value == "mend":
        return looking.mended(text, _mend(asked.key("mend")))
    return editing.apply(text, cast("dict[str, Any]", asked.value))


def _mend(given: Value) -> Mend:
    line, column, end_line, end_column = (
        given.key(name).count() for name in ("line", "column", "end_line", "end_column")
    )
    return Mend(line, column, end_line, end_column, given.key("text").text())


def translate(asked: Asked) -> Response:
    """Make a place in a draft for each text that is missing in a language."""
    draft, to = _draft(asked), asked.document.key("to").text()
    matched(draft, asked.match)
    edit, places = looking.translated(draft.text, to)
    return _changed(asked, draft, edit.text, [edit] if places else [], places=places)


# ---- looking at one -------------------------------------------------------------------------------------------------


def check(asked: Asked) -> dict[str, Any]:
    """Tell what is to be said against a text, or a draft."""
    given, drafts = asked.document, asked.house.drafts
    draft = drafts.get(given.key("draft").text()) if given.has("draft") else None
    text = draft.text if draft else given.key("text").text()
    found = looking.findings_of_file(drafts.file(draft.id)) if draft else looking.findings(text)
    counts = {f"{level}s": sum(each.many for each in found if each.level == level) for level in ("fault", "warning")}
    if draft:
        drafts.warned(draft, counts["warnings"])
    return {"hash": hash_of(text), **counts, "findings": [fault_told(each, asked.language) for each in found]}


def preview(asked: Asked) -> Response:
    """Let a step be heard, or how each begins."""
    from starlette.responses import Response

    given = asked.document
    step = given.key("step").value if given.has("step") else None
    seconds = given.key("seconds") if given.has("seconds") else None
    if step is not None and (isinstance(step, bool) or not isinstance(step, int | str)):
        given.key("step").refuse("a step's number or name")
    composed = asked.house.composer.compose(wish(given))
    lasting = None if seconds is None or seconds.value is None else seconds.seconds()
    return Response(asked.house.samples.step(composed, step, lasting), media_type="audio/mpeg")


# ---- from an article ------------------------------------------------------------------------------------------------


def draft_article(asked: Asked) -> Response:
    """Begin a draft from an article that was pasted."""
    from voiceguide.authoring import articles

    given = asked.document
    kind = given.key("kind").text() if given.has("kind") else "text"
    if kind not in ("text", "html"):
        given.key("kind").refuse("text or html")
    anyway = given.key("anyway").flag() if given.has("anyway") else False
    method = given.key("method").count() if given.has("method") else 1
    pasted = given.key("text").text()
    try:
        made = articles.pasted(pasted, cast("Literal['text', 'html']", kind), anyway=anyway, method=method)
    except Failed as error:
        raise NotOfThis(error.text) from error
    draft = asked.house.drafts.create(made.text, name_of(given))
    told = {name: [asdict(each) for each in getattr(made, name)] for name in ("flags", "left_out", "cautions")}
    more = {"found": list(made.found), "methods": list(made.methods), "method": made.method}
    return tagged({"draft": whole(draft), **told, **more}, draft, 201)
