"""Drafts: hostile texts and operations through the studio's server, several writers at once, and no text half written.

A request is a document as JSON; its texts may hold what no JSON has, as lone surrogates. `ID` in a path or an operation
is the draft's.
"""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from campaigning import sessions
from campaigning.cases import Case, FoundError, Kind, pick
from campaigning.mutating import TEXTS, damaged, damaged_lines, nasty

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_REQUESTS = {
    "PUT": 5, "ops": 8, "GET": 1, "form": 1, "PATCH": 2, "DELETE": 1, "restore": 1, "export": 1, "translate": 2,
    "check": 3, "plan": 1, "import": 1, "begin": 3, "list": 1,
}  # fmt: skip
"""By how likely each is."""
_POSTS = ("ops", "restore", "translate")
_IDS = ("ID",) * 20 + (
    "..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "draft-000000000000", "draft-0", "%00", "a" * 5000,
    "ID%2f..%2fID", "ID%0a", "studio.json", "%ff", "*",
)  # fmt: skip
_MATCHES = {"now": 12, "old": 3, "none": 2, "*": 1, "weak": 1, "wrong": 2, "long": 1, "several": 1}
_PATHS = (
    ["title"], ["steps", 0, "say"], ["steps", 1, "hold"], ["steps"], ["steps", 0], ["steps", 7, "name"], ["safety"], [],
    ["steps", -1], ["steps", "0"], ["steps", 10**30, "say"], ["steps", 0, "cues", 3], [None], [["a"]], [0],
    ["x"] * 3000,
    ["steps", 0, "say", "de"], ["steps", True], ["steps", 1.5], "steps", None, {"a": 1}, ["need", 0], ["\0"],
    ["steps", 0, "steps", 0, "steps", 0], ["safety", "avoid", 1], ["__class__"], ["steps", 0, "strokes"],
)  # fmt: skip
_DEEP = 3000
_MOST_OPS = 1000
_STATUSES = frozenset({200, 201, 204, 400, 404, 409, 412, 413, 415, 422, 428})
_WRITERS = 6


def _text(rng: Random) -> str:
    """Return a text of a draft: whole, damaged, or no routine at all."""
    kind = rng.random()
    if kind < 0.3:
        return sessions.SMALL
    if kind < 0.65:
        return damaged_lines(sessions.SMALL.encode(), rng).decode("utf-8", "replace")
    if kind < 0.75:
        return f"title: {rng.choice(TEXTS)}\n{sessions.SMALL}"
    return rng.choice(
        (
            rng.choice(TEXTS), "a: &a [1]\nb: " + "[*a, " * 200, "[" * _DEEP, "- " * _DEEP, "{a: " * _DEEP,
            "? " * _DEEP,
            "x" * 262_144, "x" * 262_145, "\n" * 200_000, "\0", "\ufeff" + sessions.SMALL, sessions.SMALL[:-9],
            sessions.SMALL.replace("\n", "\r\n"), sessions.SMALL.replace("\n", "\r"), "a: 1\na: 2\n" * 3000,
            "--- 1\n--- 2\n",
            sessions.SMALL + "".join(f"  - name: Step {n}\n    say: Go {n}.\n    duration: 5s\n" for n in range(2000)),
            "&a [*a]", "<<: {<<: {a: 1}}", "!!python/object/apply:os.system [id]", "%YAML 9.9\n---\na", "\t" * 5000,
            sessions.SMALL.replace("Glide up.", "{0.__class__} [pause 99h] " + "[breath]" * 500),
        )
    )  # fmt: skip


def _deep() -> Any:
    value: Any = "x"
    for _ in range(400):
        value = [value]
    return value


def _operation(rng: Random) -> Any:
    """Return one change by a form, right or nearly so."""
    op = rng.choice(("set", "set", "add", "remove", "move", "translate", "mend", "mend", "SET", "", None))
    value = rng.choice(
        (nasty(rng), "Softly.", None, {"press": "3s"}, {"name": "New", "say": "Go."}, _deep(), [1, "a"] * 50)
    )
    numbers = (0, 1, 2, 3, 7, 10**6, 10**30, -1, None, "1", 1.5)
    mend = {
        key: rng.choice(numbers[1:5] if rng.random() < 0.8 else numbers)
        for key in ("line", "column", "end_line", "end_column")
    }
    made = {
        "op": op,
        "path": rng.choice(_PATHS),
        "value": value,
        "at": rng.choice(numbers),
        "to": rng.choice((*numbers, *_PATHS)),
        "language": rng.choice(("de", "en", "xx", "", "de-AT", "../de", None, 7, "d" * 5000)),
        "text": rng.choice((*TEXTS, "Sanft.", None, 3)),
        "mend": {**mend, "text": rng.choice(TEXTS)},
    }
    if op == "mend" or rng.random() < 0.7:
        kept = {"set": ("path", "value"), "add": ("path", "at", "value"), "remove": ("path",), "move": ("path", "to")}
        kept |= {"translate": ("path", "language", "text"), "mend": ("mend",)}
        made = {"op": op, **{key: made[key] for key in kept.get(str(op), tuple(made))}}
    return made


def _document(name: str, rng: Random) -> Any:
    if name == "PUT":
        return {"text": _text(rng)}
    if name == "ops":
        many = rng.choice((1, 1, 2, 5, 0, rng.choice((50, _MOST_OPS, _MOST_OPS + 1))))
        return {"ops": [_operation(rng)] * many if many > 5 else [_operation(rng) for _ in range(many)]}
    if name == "PATCH":
        return {"name": rng.choice((None, "For Anna", *TEXTS, 7, [], "n" * 121))}
    if name == "translate":
        return {"to": rng.choice(("de", "en", "fr", "xx", "", "../de", *TEXTS[:20], 7))}
    if name in ("check", "plan"):
        return {"text": _text(rng)} if rng.random() < 0.7 else {"draft": "ID", "routine": "ID", "choices": {}}
    if name == "import":
        return {"text": _text(rng), "kind": rng.choice(("text", "html", "x")), "anyway": rng.choice((True, False, 1))}
    new = {"title": rng.choice(TEXTS), "language": rng.choice(("de", "xx", "en")), "audience": "giver", "bed": "none"}
    steps = [{"name": rng.choice(TEXTS), "duration": rng.choice(("1m", "0", "99h", ""))}] * rng.choice((0, 1, 1001))
    return rng.choice(({"text": _text(rng)}, {"routine": "small"}, {"routine": "ID"}, {"routine": "small+small"},
                       {"routine": "../small"}, {"new": new},
                       {"new": {**new, "steps": steps}}, {"text": "", "new": new}))  # fmt: skip


class Drafts(Kind):
    """Requests about a draft, some of them at once, and what is on the disk after them."""

    name = "drafts"
    count = 1_500
    short = 10
    most_cpu = 4.0
    most_megabytes = 300.0

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """Some requests, and whether they come one after another."""
        asked = []
        for _ in range(rng.choice((1, 1, 3, _WRITERS))):
            name = pick(rng, {key: float(weight) for key, weight in _REQUESTS.items()})
            document = _document(name, rng)
            if rng.random() < 0.15:
                document = damaged(document, rng)
            asked.append([name, rng.choice(_IDS), pick(rng, {key: float(n) for key, n in _MATCHES.items()}), document])
        begins = _text(rng) if rng.random() < 0.4 else sessions.SMALL
        ways = {"begins": json.dumps(begins), "at once": rng.choice(("", "at once"))}
        return Case(json.dumps(asked).encode(), ways)

    def run(self, case: Case, lab: Lab) -> None:
        """Ask, and ask honestly afterwards; what is on the disk is one of the texts that were sent, or made."""
        routines = lab.work / "routines"
        routines.mkdir()
        (routines / "small.yaml").write_text(sessions.SMALL, "utf-8")
        try:
            asked, begins = json.loads(case.data), json.loads(case.ways["begins"])
        except ValueError:
            return  # a case that was cut too far
        with patch.dict(os.environ, lab.environment(VOICEGUIDE_ROUTINES=str(routines))):
            lab.step("drafts", lambda: _ask(asked, begins, lab, at_once=bool(case.ways["at once"])))
        lab.leftovers()
        if strange := {path.name for path in lab.work.iterdir()} - {"routines", "studio"}:
            raise FoundError("writes outside its folder: drafts", str(sorted(strange)))
        for path in (lab.work / "studio" / "drafts").iterdir():
            if not path.name.startswith("draft-") or {each.name for each in path.iterdir()} - {
                "routine.yaml",
                "draft.json",
            }:
                raise FoundError("writes outside its folder: drafts", str([path, *path.iterdir()]))


class _Asking:
    """Requests to a studio in this process, as a browser with its key sends them."""

    def __init__(self, app: Any, token: str, identity: str) -> None:
        self._app, self._token, self._id = app, token, identity
        self.hashes: list[str] = []
        self.texts: list[str] = []
        """Those that the draft had, as it was told."""

    def ask(self, name: str, identity: str, match: str, document: Any) -> tuple[int, Any]:
        """Ask, and return the status and what was told. Raises FoundError for an answer that is none."""
        import asyncio

        import httpx

        method, path = self._target(name, identity.replace("ID", self._id))
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json", **self._match(match)}
        content = json.dumps(document).replace('"ID"', json.dumps(self._id)).encode() if method != "GET" else None

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8123") as client:
                return await client.request(method, path, headers=headers, content=content)

        answer = asyncio.run(ask())
        shown = f"{method} {path[:200]} {match} {str(document)[:600]}\n{answer.status_code} {answer.text[:600]}"
        if answer.status_code not in _STATUSES:
            raise FoundError(f"status {answer.status_code}: {name}", shown)
        if any(secret in answer.text for secret in ("Traceback", "root:x:0", self._token)):
            raise FoundError(f"an answer tells what is not its asker's: {name}", shown)
        if answer.headers.get("content-type", "").startswith("application/json"):
            told = answer.json()
            if answer.status_code >= 400 and not str(told.get("error", {}).get("message", "")).strip():
                raise FoundError(f"fails without a word: {name}", shown)
        else:
            told = answer.text
        if isinstance(told, dict) and told.get("id") == self._id and "hash" in told:
            self.hashes.append(told["hash"])
            self.texts += [told["text"]] if "text" in told else []
        return answer.status_code, told

    def _target(self, name: str, identity: str) -> tuple[str, str]:
        one = f"/api/drafts/{identity}"
        if name in _POSTS:
            return "POST", f"{one}/{name}"
        if name in ("form", "export"):
            return "GET", f"{one}/{name}"
        if name in ("check", "plan", "import"):
            return "POST", f"/api/{name}"
        if name in ("begin", "list"):
            return ("POST" if name == "begin" else "GET"), "/api/drafts"
        return name, one

    def _match(self, kind: str) -> dict[str, str]:
        now, old = (self.hashes[-1], self.hashes[0]) if self.hashes else ("", "")
        known = {"now": f'"{now}"', "old": f'"{old}"', "*": "*", "weak": f'W/"{now}"', "wrong": f'"{"0" * 64}"'}
        known |= {"long": '"' + "a" * 9000 + '"', "several": f'"x", "{now}"'}
        return {"If-Match": known[kind]} if kind in known else {}


def _ask(asked: list[Any], begins: str, lab: Lab, *, at_once: bool) -> None:
    """Raises FoundError for an answer that tells too much, and for a draft that is not what somebody wrote."""
    from voiceguide.studio import keys
    from voiceguide.studio.app import guarded, of_house
    from voiceguide.studio.house import House

    failed: list[BaseException] = []
    own = keys.renewed(None, 8123)
    house = House(lab.work / "studio", failed.append)
    try:
        app = guarded(own, of_house(house), failed.append)
        draft = house.drafts.create(sessions.SMALL)
        asking = _Asking(app, own.token, draft.id)
        asking.hashes.append(draft.hash)
        asking.ask("PUT", "ID", "now", {"text": begins})
        with closing(_Writers(asking, at_once=at_once)) as writers:
            writers.ask(asked)
        _look(asking, house.drafts.file(draft.id), begins, asked)
        status, told = asking.ask("begin", "ID", "none", {"text": "after"})
        if status != 201 or told["text"] != "after":
            raise FoundError("an honest request gets something else afterwards", f"{status} {str(told)[:300]}")
    finally:
        house.closing.set()
        house.close(20)
    if failed:
        raise failed[0]


class _Writers:
    """Those who ask, one after another or all at once."""

    def __init__(self, asking: _Asking, *, at_once: bool) -> None:
        self._asking = asking
        self._pool = ThreadPoolExecutor(_WRITERS) if at_once else None

    def ask(self, asked: list[Any]) -> None:
        """Ask all of it."""
        if self._pool is None:
            for each in asked:
                self._asking.ask(*each)
            return
        for each in [self._pool.submit(self._asking.ask, *each) for each in asked]:
            each.result()

    def close(self) -> None:
        """End them."""
        if self._pool is not None:
            self._pool.shutdown()


def _look(asking: _Asking, file: Path, begins: str, asked: list[Any]) -> None:
    """Hold what is on the disk against what was written and told. Raises FoundError."""
    sent = [each[3].get("text") for each in asked if each[0] == "PUT" and isinstance(each[3], dict)]
    known = {sessions.SMALL, begins, *asking.texts, *(text for text in sent if isinstance(text, str))}
    there = file.read_bytes()
    if there not in {text.encode("utf-8", "surrogatepass") for text in known}:
        raise FoundError("a text that nobody wrote", f"{there[:600]!r}")
