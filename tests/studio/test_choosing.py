"""Choosing: routines, plans, voices, sounds, and requests that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from studios_for_tests import SOON, Studio

from voiceguide import phrases
from voiceguide.errors import UsageError, option
from voiceguide.studio import answers, wishes
from voiceguide.studio.answers import NotNow

if TYPE_CHECKING:
    from pathlib import Path


def plan(studio: Studio, routine: str = "small", **choices: Any) -> dict[str, Any]:
    """What would be played."""
    return dict(studio.post("/api/plan", {"routine": routine, "choices": {**SOON, **choices}}))


def test_routines_are_told_in_the_pages_language(studio: Studio) -> None:
    """Where they have it; the others in their own."""
    told = {each["name"]: each for each in studio.get("/api/routines?language=de")["routines"]}
    english = {each["name"]: each for each in studio.get("/api/routines")["routines"]}
    assert told["desk-break"]["title"] != english["desk-break"]["title"]
    assert told["small"]["title"] == english["small"]["title"] == "Small one"
    assert (told["small"]["own"], told["desk-break"]["own"]) == (True, False)
    assert told["upper-back"]["hands_on"]["short"] > 0
    assert (told["desk-break"]["collections"], told["feet"]["collections"]) == (
        ["office"],
        ["evening", "couple", "feet"],
    )
    by_browser = studio.get("/api/routines", headers={"Accept-Language": "xx, de-AT;q=0.9, en;q=0.1"})
    assert by_browser == studio.get("/api/routines?language=de")


def test_a_routine_tells_what_there_is_to_choose(studio: Studio) -> None:
    """Alone, and joined to another."""
    told = studio.get("/api/routines/small")
    assert (told["setups"], told["need"], told["language"]) == (["lying", "seated"], ["a towel"], "en")
    upper = studio.get("/api/routines/upper-back?language=fr")
    assert {"name", "title"} == set(upper["joins"][0])
    joined = studio.get(f"/api/routines/upper-back+{upper['joins'][0]['name']}?language=en")
    assert joined["lengths"]["short"] > upper["lengths"]["short"]
    assert studio.ask("GET", "/api/routines/nothing").json()["error"]["field"] == "routine"
    assert studio.ask("GET", upper["cover"]).content.startswith(b"\x89PNG")


def test_a_plan_is_what_is_played(studio: Studio) -> None:
    """To the second, and with its steps to switch off."""
    told = plan(studio)
    identity = studio.play()
    made = studio.whole(identity)
    assert (made["duration"], told["exact"]) == (told["duration"], True)
    assert told["duration"] % 5 == 0
    final = studio.get(f"/api/sessions/{identity}/timeline")["session"]
    assert [each["title"] for each in final["chapters"]] == [each["title"] for each in told["timeline"]["chapters"]]
    assert [(each["number"], each["title"], each["playing"]) for each in told["steps"]] == [
        (1, "First strokes", True),
        (2, "Hold", True),
    ]
    assert told["steps"][1]["sides"] == ["left", "right"]
    assert "towel" in str(told["notes"])


def test_a_step_that_is_left_out_can_be_switched_on_again(studio: Studio) -> None:
    """It keeps its number."""
    steps = plan(studio, without=["1"])["steps"]
    assert [(each["number"], each["playing"], each["seconds"] > 0) for each in steps] == [
        (1, False, False),
        (2, True, True),
    ]
    assert plan(studio, without=["Hold"])["steps"][1]["playing"] is False


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"length": "1s"}, "length"),
        ({"length": "x"}, "length"),
        ({"voice": "nobody"}, "voice"),
        ({"setup": "hanging"}, "setup"),
        ({"without": ["9"]}, "without"),
        ({"language": "xx"}, "language"),
        ({"talk": "loud"}, "talk"),
        ({"gate": 1}, "gate"),
        ({"bed": "/etc/passwd"}, "bed"),
        ({"bed": "../studio.json"}, "bed"),
        ({"bed": "music/../sessions"}, "bed"),
        ({"bed": "music/nothing"}, "bed"),
        ({"bed": 7}, "bed"),
        ({"cover": "/etc/passwd"}, "cover"),
        ({"nothing": 1}, "nothing"),
        ({"pace": 1}, "pace"),
        ({"bitrate": 7}, "bitrate"),
        ({"artist": "a\nb"}, "artist"),
    ],
)
def test_a_choice_that_cannot_be_names_its_field(studio: Studio, choices: dict[str, Any], field: str) -> None:
    """In a plan and for a session alike, and no choice names a file of this computer."""
    for path in ("/api/plan", "/api/sessions"):
        refused = studio.ask("POST", path, json={"routine": "small", "choices": {**SOON, **choices}})
        error = refused.json()["error"]
        assert (refused.status_code in (400, 404), error["field"]) == (True, field), error
        assert "--" not in error["message"]
    assert not studio.get("/api/sessions")["sessions"]


@pytest.mark.parametrize("language", phrases.languages())
def test_what_the_studio_refuses_it_says_in_the_pages_language(studio: Studio, language: str) -> None:
    """In whole sentences of that language, with what they are about put in."""
    said = phrases.load(language).all_shown("refused")

    def refused(method: str, path: str, document: Any = None) -> str:
        answer = studio.ask(method, f"{path}?language={language}", json=document)
        assert answer.status_code in (400, 404), answer.text
        return str(answer.json()["error"]["message"])

    assert refused("GET", "/api/sessions/gone") == said["session"]
    assert refused("GET", "/api/drafts/draft-000000000000") == said["draft"]
    assert refused("GET", "/api/routines/nothing") == said["routine"].format(name="nothing")
    assert refused("GET", "/api/music/nothing/sample") == said["no_music"].format(name="nothing")
    assert refused("GET", "/api/voices/tone:nobody/sample") == said["voice"].format(name="tone:nobody")
    long = {"text": "x" * 300_000}
    assert refused("POST", "/api/drafts", long) == said["draft_long"].format(most=256, size=293)


@pytest.mark.parametrize("language", phrases.languages())
def test_what_keeps_a_session_from_being_made_is_within_what_is_said_of_it(language: str) -> None:
    """An error of the rooms below keeps its own words, with the page's name of the choice."""
    why = UsageError(f"{option('bed')}: it is damaged")
    error = NotNow("in English").said("not_made", why=why)
    words = phrases.load(language)
    expected = words.shown("refused", "not_made").format(why=f"{words.shown('studio', 'choice_bed')}: it is damaged")
    assert answers.message(error, language) == expected


def test_messages_call_choices_as_the_page_does(studio: Studio) -> None:
    """In its language, each of them; what is no choice by its name."""
    labels = phrases.load("de").all_shown("studio")
    assert not [field for field in wishes.TAKEN if answers.LABEL.format(field) not in labels]
    label = labels[answers.LABEL.format("length")]
    wanted = {"routine": "small", "choices": {**SOON, "length": "1s"}}
    refused = studio.ask("POST", "/api/plan?language=de", json=wanted)
    assert refused.json()["error"]["message"].startswith(label)
    assert answers.labelled("\ue000bed_level\ue001: x", "en") == "Loudness of the sound underneath: x"
    assert answers.labelled("\ue000some_file\ue001: x", "en") == "some file: x"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[]", b"\xff", b"[" * 900),
        *(b'{"routine": 1}', b'{"routine": ""}', b'{"routine": "\\ud800"}', b'{"routine": "small\\u0000"}'),
        *(b'{"routine": "../small"}', b'{"routine": "small+small"}', b'{"routine": "small", "choices": []}'),
        *(b'{"routine": "small", "choices": {"length": %s}}' % each for each in (b'{"x": 1}', b"NaN", b"[[]]", b"[1]")),
    ],
)
def test_what_is_no_wish_is_refused(studio: Studio, content: bytes) -> None:
    """Whatever the bytes are."""
    json = {"Content-Type": "application/json"}
    for path in ("/api/plan", "/api/sessions"):
        refused = studio.ask("POST", path, content=content, headers=json)
        assert refused.status_code in (400, 404), refused.text


def test_a_routine_with_faults_tells_each(studio: Studio, routine: Path) -> None:
    """As the command line does, each with its line; the list says that it is left out."""
    routine.write_text(routine.read_text("utf-8").replace("say: Glide up.", "sey: Glide up."), "utf-8")
    refused = studio.ask("POST", "/api/plan", json={"routine": "small"})
    assert refused.status_code == 422
    (fault, *_) = refused.json()["error"]["faults"]
    assert (fault["line"] > 1, fault["level"]) == (True, "fault")
    assert "small.yaml" in studio.get("/api/routines")["left_out"][0]


def test_every_choice_is_taken_but_those_that_name_files(studio: Studio) -> None:
    """A new option is one here by itself."""
    assert "cover" not in wishes.TAKEN
    assert {"length", "loudness", "bitrate", "artist", "linger"} <= set(wishes.TAKEN)
    told = plan(studio, linger="10s", loudness=-20, room=True, settle=2, artist="Ada", safety=False, pace=120)
    assert told["timeline"]["choices"]["linger"] == 10


def test_voices_are_told_best_first(studio: Studio) -> None:
    """For a language, with who speaks where nobody is chosen."""
    told = studio.get("/api/voices?for=en")["voices"]
    assert [each["id"] for each in told if each["picked"]] == ["hibari:heart"]
    assert told[0]["natural"]
    assert all(each["sample"] for each in told if each["ready"])
    assert all(each["fix"] for each in told if not each["ready"])
    assert "tone:sine" not in {each["id"] for each in told} or not told[0]["id"].startswith("tone")
    assert studio.ask("GET", "/api/voices?for=xx").status_code == 400


def test_samples_are_heard(studio: Studio) -> None:
    """Of a voice, a bed and a chime."""
    tone = next(each for each in studio.get("/api/voices")["voices"] if each["engine"] == "tone")
    sounds = studio.get("/api/sounds")
    for sample in (tone["sample"], sounds["beds"][0]["sample"], sounds["chimes"][0]["sample"]):
        heard = studio.ask("GET", sample)
        assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/mpeg")
        assert heard.content.startswith(b"ID3")
    for path in ("/api/voices/nobody:x/sample", "/api/sounds/beds/nothing/sample", "/api/voices/hibari/sample"):
        assert studio.ask("GET", path).status_code == 404


def test_languages_call_themselves(studio: Studio) -> None:
    told = studio.get("/api/languages")["languages"]
    assert {"tag": "de", "name": "Deutsch"} in told


@pytest.mark.parametrize("language", ["xx", "", "de" * 40])
def test_an_unknown_language_is_refused(studio: Studio, language: str) -> None:
    assert studio.ask("GET", f"/api/routines?language={language}").status_code == 400


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("xx,fr;q=0.2,es;q=0.9", "es"),
        ("de;q=x, fr", "fr"),
        ("de;q=0, en", "en"),
        (";;,", "en"),
    ],
)
def test_the_browsers_language_is_taken(header: str, language: str) -> None:
    assert answers.accepted(header) == language
