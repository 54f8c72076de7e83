"""Writing over HTTP: drafts from anything, changed by a form, checked, planned, heard, translated, played, exported."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from pictures_for_tests import picture
from studios_for_tests import SMALL, SOON, Studio, raw

from voiceguide.routine.source import MOST_BYTES
from voiceguide.sound import chimes
from voiceguide.studio.drafts import hash_of
from voiceguide.studio.guard import MOST_TEXT

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

ARTICLE = """\
# A neck massage

Do not do this after an accident. Ask a doctor first if you have osteoporosis.

1. Place both hands on the shoulders and stroke outwards for two minutes.
2. Knead the muscles of the neck gently for three minutes.
3. Rest your hands on the shoulders for one minute.
"""


def begun(studio: Studio, text: str = SMALL, **more: Any) -> dict[str, Any]:
    """A new draft."""
    return dict(studio.post("/api/drafts", {"text": text, **more}, 201))


def sent(studio: Studio, method: str, path: str, document: Any, match: str | None) -> httpx.Response:
    """Send a document for a text."""
    headers = {"If-Match": f'"{match}"'} if match is not None else {}
    return studio.ask(method, path, json=document, headers=headers)


def ops(studio: Studio, draft: dict[str, Any], *operations: dict[str, Any], status: int = 200) -> Any:
    """Perform operations on a draft."""
    answer = sent(studio, "POST", f"/api/drafts/{draft['id']}/ops", {"ops": operations}, draft["hash"])
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_draft_is_saved_listed_named_deleted_and_brought_back(studio: Studio) -> None:
    """Each as the address says, with what names its text."""
    made = studio.ask("POST", "/api/drafts", json={"text": "title: One\n"})
    draft, address = made.json(), made.headers["location"]
    assert (made.status_code, address) == (201, f"/api/drafts/{draft['id']}")
    assert made.headers["etag"] == f'"{draft["hash"]}"' == f'"{hash_of(draft["text"])}"'
    assert studio.get(address) == draft
    saved = sent(studio, "PUT", address, {"text": "title: Two\n"}, draft["hash"])
    assert (saved.status_code, saved.json()["hash"]) == (200, hash_of("title: Two\n"))
    assert studio.patch(address, {"name": "For Anna"})["name"] == "For Anna"
    (listed,) = studio.get("/api/drafts")["drafts"]
    assert (listed["name"], listed["title"], listed["bytes"]) == ("For Anna", "Two", 11)
    assert listed["faults"] > 0
    exported = studio.ask("GET", f"{address}/export")
    assert (exported.text, exported.headers["content-disposition"][-13:]) == ("title: Two\n", "for-anna.yaml")
    studio.delete(address)
    studio.get(address, 404)
    assert [each["id"] for each in studio.get("/api/drafts")["deleted"]] == [draft["id"]]
    assert studio.post(f"{address}/restore", {})["text"] == "title: Two\n"
    studio.delete(f"{address}0", 404)


def test_of_two_tabs_the_second_gets_both_texts(studio: Studio) -> None:
    """Nothing is written then, by a text or an operation; an answer that was lost is asked for again."""
    draft = begun(studio)
    address = f"/api/drafts/{draft['id']}"
    for _ in range(2):
        assert sent(studio, "PUT", address, {"text": "mine"}, draft["hash"]).status_code == 200
    refused = sent(studio, "PUT", address, {"text": "theirs"}, draft["hash"])
    told = refused.json()
    assert (refused.status_code, told["draft"]["text"], told["text"]) == (412, "mine", "theirs")
    assert refused.headers["etag"] == f'"{told["draft"]["hash"]}"' == f'"{hash_of("mine")}"'
    assert ops(studio, draft, {"op": "remove", "path": ["tags"]}, status=412)["draft"]["text"] == "mine"
    assert sent(studio, "PUT", address, {"text": "theirs"}, None).status_code == 428
    assert sent(studio, "POST", f"{address}/translate", {"to": "de"}, None).status_code == 428
    assert studio.get(address)["text"] == "mine"


def test_long_texts_come_and_longer_ones_do_not(studio: Studio) -> None:
    """A routine's 256 KiB, however JSON writes them; and no body without an end."""
    draft = begun(studio, "\\" * MOST_BYTES)
    assert len(draft["text"]) == MOST_BYTES
    longer = sent(studio, "PUT", f"/api/drafts/{draft['id']}", {"text": draft["text"] + "x"}, draft["hash"])
    assert (longer.status_code, longer.json()["error"]["code"]) == (400, 2)
    assert studio.ask("POST", "/api/drafts", json={"text": "x" * MOST_TEXT}).status_code == 413


def test_a_draft_begins_with_a_routine_or_with_a_few_answers(studio: Studio) -> None:
    """A copy to the letter; a new one says nothing of a terminal, and has nothing at fault."""
    copy = studio.post("/api/drafts", {"routine": "small"}, 201)
    assert copy["text"] == SMALL
    assert studio.post("/api/drafts", {"routine": copy["id"]}, 201)["text"] == SMALL
    steps = [{"name": "Kreise: außen", "duration": "1m", "both": True}, {"name": "Streichen", "duration": "2"}]
    asked = {"title": 'Rücken "unten"', "language": "de", "audience": "self", "position": "seated", "steps": steps}
    new = studio.post("/api/drafts", {"new": asked, "name": "Neu"}, 201)
    assert new["name"] == "Neu"
    assert "voiceguide check" not in new["text"]
    checked = studio.post("/api/check", {"draft": new["id"]})
    assert checked["faults"] == 0
    form = studio.get(f"/api/drafts/{new['id']}/form")
    assert (form["values"]["title"], form["values"]["language"]) == ('Rücken "unten"', "de")
    assert [each["name"] for each in form["values"]["steps"]] == ["Kreise: außen", "Streichen"]


def test_a_copy_brings_its_own_sounds_and_cover(studio: Studio, routine: Path) -> None:
    """Those that its text names, and nothing else of the folder; a copy of the copy has them too, and its export."""
    (routine.parent / "sounds").mkdir()
    shutil.copy(chimes.find("step", None), routine.parent / "sounds" / "ping.flac")
    (routine.parent / "me.png").write_bytes(picture())
    (routine.parent / "other.png").write_bytes(picture())
    routine.write_text(
        "cover: me.png\n" + SMALL.replace("  - name: Hold", "    chime: sounds/ping.flac\n  - name: Hold")
    )
    copy = studio.post("/api/drafts", {"routine": "small"}, 201)
    assert studio.post("/api/check", {"draft": copy["id"]})["faults"] == 0
    again = studio.post("/api/drafts", {"routine": copy["id"]}, 201)
    assert studio.post("/api/check", {"draft": again["id"]})["faults"] == 0
    folder = studio.house.drafts.file(again["id"]).parent
    assert {path.name for path in folder.rglob("*") if path.is_file()} == {"me.png", "ping.flac", "routine.yaml"}
    exported = studio.ask("GET", f"/api/drafts/{again['id']}/export")
    assert exported.headers["content-disposition"].endswith("''small-one.zip")
    with zipfile.ZipFile(io.BytesIO(exported.content)) as packed:
        there = {name: packed.read(name) for name in packed.namelist()}
    assert there == {
        "small-one/small-one.yaml": again["text"].encode(),
        "small-one/me.png": picture(),
        "small-one/sounds/ping.flac": (routine.parent / "sounds" / "ping.flac").read_bytes(),
    }
    routine.write_text(SMALL.replace("title:", "cover: ../studio/studio.json\ntitle:"))
    leading_out = studio.post("/api/drafts", {"routine": "small"}, 201)
    assert [path.name for path in studio.house.drafts.file(leading_out["id"]).parent.iterdir()] == ["routine.yaml"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"text": "x", "routine": "small"},
        {"text": 1},
        {"routine": "small+desk-break"},
        {"new": {}},
        {"new": {"title": " "}},
        {"new": {"title": "x", "audience": "cat"}},
        {"new": {"title": "x", "language": "xx"}},
        {"new": {"title": "x", "bed": "../x"}},
        {"new": {"title": "x", "steps": [{"name": "", "duration": "1m"}]}},
        {"new": {"title": "x", "steps": [{"name": "x", "duration": "soon"}]}},
        {"text": "x", "name": "x" * 121},
        {"text": "x", "name": 1},
    ],
)
def test_what_is_no_beginning_is_refused(studio: Studio, body: Any) -> None:
    """And nothing is left of it."""
    refused = studio.ask("POST", "/api/drafts", json=body)
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 2)
    assert studio.get("/api/drafts")["drafts"] == []
    assert studio.ask("POST", "/api/drafts", json={"routine": "../../etc/passwd"}).status_code == 404


def test_a_form_changes_the_authors_own_text(studio: Studio) -> None:
    """All of the operations, or none; each is one step of an undo, back to the very text."""
    draft = begun(studio, SMALL + "# my own note\n")
    done = ops(
        studio,
        draft,
        {"op": "set", "path": ["steps", 0, "duration"], "value": "8s..30s"},
        {"op": "move", "path": ["steps", 1], "to": 0},
    )
    assert done["text"] == studio.get(f"/api/drafts/{draft['id']}")["text"]
    assert (done["hash"], "# my own note" in done["text"]) == (hash_of(done["text"]), True)
    assert [step["name"] for step in done["form"]["values"]["steps"]] == ["Hold", "First strokes"]
    text = done["text"]
    for edit in reversed(done["edits"]):
        undo = edit["undo"]
        text = text[: undo["start"]] + undo["text"] + text[undo["end"] :]
    assert text == draft["text"]
    after = {**draft, "hash": done["hash"]}
    good, bad = {"op": "remove", "path": ["tags"]}, {"op": "remove", "path": ["steps", 7]}
    assert ops(studio, after, good, bad, status=400)["error"]["code"] == 2
    assert ops(studio, after, {"op": "mend"}, status=400)["error"]["code"] == 2
    far = {"line": 1, "column": 1, "end_line": 9999, "end_column": 1, "text": ""}
    assert ops(studio, after, {"op": "mend", "mend": far}, status=400)["error"]["code"] == 2
    assert studio.get(f"/api/drafts/{draft['id']}")["hash"] == done["hash"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_finding_brings_its_mend(studio: Studio, ends: str) -> None:
    """One click of it, and it is gone; also where the notation is at fault, and whatever ends the lines."""
    text = "\ufeff" + SMALL.replace("6s..20s", "2 Minuten").replace("tags: [", "tags:[").replace("\n", ends)
    draft = begun(studio, text)
    refused = studio.get(f"/api/drafts/{draft['id']}/form", 422)["error"]
    assert any(fault["mend"] for fault in refused["faults"])
    assert studio.post("/api/check", {"text": text}) == studio.post("/api/check", {"draft": draft["id"]})
    for _ in range(5):
        checked = studio.post("/api/check", {"draft": draft["id"]})
        assert checked["hash"] == draft["hash"]
        found = [each for each in checked["findings"] if each["mend"] and each["level"] == "fault"]
        if not found:
            break
        assert found[0]["file"] == "routine.yaml"
        draft = ops(studio, draft, {"op": "mend", "mend": found[0]["mend"]})
    assert checked["faults"] == 0
    assert draft["text"].startswith("\ufefftitle: Small one" + ends)
    assert draft["text"].count("\r") == text.count("\r")


def test_a_draft_is_translated_place_by_place(studio: Studio) -> None:
    """Each is found by its path, and filled in; a second time nothing is missing; a text with faults waits."""
    draft = begun(studio)
    address = f"/api/drafts/{draft['id']}"
    done = sent(studio, "POST", f"{address}/translate", {"to": "de"}, draft["hash"]).json()
    assert (done["places"], done["text"].count('""')) == (8, 8)
    assert done["form"]["values"]["steps"][0]["say"] == {"en": "Glide up.", "de": ""}
    again = sent(studio, "POST", f"{address}/translate", {"to": "de"}, done["hash"]).json()
    assert (again["places"], again["edits"], again["hash"]) == (0, [], done["hash"])
    filled = ops(studio, done, {"op": "translate", "path": ["steps", 0, "say"], "language": "de", "text": "Nach oben."})
    assert filled["form"]["values"]["steps"][0]["say"]["de"] == "Nach oben."
    assert sent(studio, "POST", f"{address}/translate", {"to": "../x"}, filled["hash"]).status_code == 400
    wrong = ops(studio, filled, {"op": "set", "path": ["steps", 0, "duration"], "value": "soon"})
    assert sent(studio, "POST", f"{address}/translate", {"to": "fr"}, wrong["hash"]).status_code == 422


def test_a_draft_is_planned_heard_and_played_like_a_routine(studio: Studio) -> None:
    """By its id, alone and joined; a session stays as it was made when the draft is changed."""
    draft = begun(studio)
    wanted = {"routine": draft["id"], "choices": SOON}
    plan = studio.post("/api/plan", wanted)
    unsaved = studio.post("/api/plan", {"text": SMALL.replace("Small one", "Unsaved"), "choices": SOON})
    assert (plan["title"], unsaved["title"]) == ("Small one", "Unsaved")
    assert (
        plan["duration"] == unsaved["duration"] == studio.post("/api/plan", {**wanted, "routine": "small"})["duration"]
    )
    broken = studio.ask("POST", "/api/plan", json={"text": "title: x", "choices": SOON})
    assert (broken.status_code, broken.json()["error"]["faults"][0]["file"]) == (422, "routine.yaml")
    assert studio.post("/api/plan", {**wanted, "routine": f"{draft['id']}+feet"})["duration"] > plan["duration"]
    heard = studio.ask("POST", "/api/preview", json={**wanted, "step": 1, "seconds": 2})
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/mpeg")
    assert studio.ask("POST", "/api/preview", json={**wanted, "step": "Nothing"}).status_code == 400
    assert studio.ask("POST", "/api/preview", json={**wanted, "step": [1]}).status_code == 400
    identity = studio.play(draft["id"])
    whole = studio.whole(identity)
    assert (whole["title"], whole["routine"]) == ("Small one", draft["id"])
    assert "towel" in str(studio.get(f"/api/sessions/{identity}/timeline")["notes"])
    kept = studio.ask("GET", f"/api/sessions/{identity}/keep/mp3")
    assert "small-one-short.mp3" in kept.headers["content-disposition"]
    ops(studio, draft, {"op": "set", "path": ["title"], "value": "Changed"})
    assert studio.get(f"/api/sessions/{identity}")["title"] == "Small one"
    assert studio.play(draft["id"]) != identity
    studio.delete(f"/api/drafts/{draft['id']}")
    assert studio.ask("POST", "/api/plan", json=wanted).status_code == 404
    assert studio.sound(identity).status_code == 200


def test_an_article_becomes_a_draft_with_its_flags(studio: Studio) -> None:
    """Each at its line of the text; what is no how-to is refused in words, and nothing is left of it."""
    made = studio.post("/api/import", {"text": ARTICLE, "kind": "text", "name": "Neck"}, 201)
    draft, lines = made["draft"], made["draft"]["text"].split("\n")
    assert studio.get(f"/api/drafts/{draft['id']}") == draft
    assert draft["name"] == "Neck"
    assert made["flags"] and all("# check:" in lines[each["at"] - 1] for each in made["flags"])
    assert {each["place"] for each in made["cautions"]} >= {"ask_first"}
    assert studio.post("/api/check", {"draft": draft["id"]})["faults"] == 0
    for body, status in (
        ({"text": "Nothing to do here."}, 422),
        ({"text": "1. Stroke the baby's belly.\n2. Hold the baby's feet.\n"}, 422),
        ({"text": ARTICLE, "kind": "pdf"}, 400),
        ({"text": ARTICLE, "method": 9}, 400),
        ({}, 400),
    ):
        assert studio.ask("POST", "/api/import", json=body).status_code == status
    assert len(studio.get("/api/drafts")["drafts"]) == 1


@pytest.mark.parametrize("path", ["/api/drafts/..%2fmemory", "/api/drafts/../studio.json", "/api/drafts/%00/export"])
def test_no_path_of_a_request_is_a_draft(studio: Studio, path: str) -> None:
    """It is looked up among those that are there."""
    assert raw(studio.app, path, {"Authorization": f"Bearer {studio.keys.token}"}) == 404
