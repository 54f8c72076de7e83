"""Joined routines are one session: opened and closed once, as long as its parts together without what is said once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bundled_for_tests as bundled
import pytest
import soundfile
from batches_for_tests import bell

from voiceguide import Routine, load, phrases, plan, preview, render
from voiceguide.errors import RoutineError, UsageError
from voiceguide.exports import finished
from voiceguide.publish.beside import known_notes
from voiceguide.routine.joining import join
from voiceguide.routine.notes import Notes, notes_of
from voiceguide.text.utter import utter

if TYPE_CHECKING:
    from voiceguide.timeline import Timeline

NAME = "neck-shoulders+feet"
BARE: dict[str, Any] = {"voice": "tone", "opening": False, "closing": False, "gate": "brief", "bed": "none"}


def slots(timeline: Timeline) -> float:
    """Seconds of all slots."""
    return sum(slot.end - slot.start for chapter in timeline.chapters for slot in chapter.slots)


def titles(timeline: Timeline) -> list[str]:
    """The chapters' titles, the steps' alone."""
    return [chapter.title for chapter in timeline.chapters if chapter.step]


def part(name: str, *steps: dict[str, Any], folder: Path | None = None, **fields: Any) -> Routine:
    """A routine for tests."""
    given = {"title": name, "summary": "S", "steps": [{"say": "Glide.", "duration": "20s..1m", **s} for s in steps]}
    return Routine.from_dict(given | fields, name=name, folder=folder)


SAFETY = {"do_not_start": ["a fever", "a rash", "a broken bone"], "ask_first": ["pregnancy", "a clot"]}


def pair() -> Routine:
    """Two routines, one after the other, each with words of its own."""
    neck = part(
        "neck",
        {"name": "Take a seat", "duration": "30s"},
        {"name": "Knead", "duration": "2m..8m", "pressure": 3},
        {"name": "Rest", "duration": "1m..4m"},
        position="upright",
        setups=["seated", "lying"],
        safety={
            "do_not_start": ["a fever", "a rash"],
            "ask_first": ["whiplash"],
            "core": ["a head cold"],
            "always": ["a tearing pain"],
            "avoid": ["never twist"],
        },
        settle="hands in your lap.",
        closing=["Of the first."],
        lengths={"short": "7m"},
        end="Never said.",
    )
    feet = part(
        "feet",
        {"name": "Look", "say": "Look.", "duration": "30s", "oil": True},
        {"name": "Warm", "duration": "1m..9m"},
        {"name": "Wrap", "duration": "1m..4m"},
        position="leaning back with the legs up",
        safety={
            "do_not_start": ["a fever", "fungus"],
            "always": ["a blow", "a tearing pain"],
            "avoid": ["no thin skin"],
        },
        settle="Never said.",
        closing=["Of the second."],
        end="Slide off.",
    )
    return join([neck, feet])


def known(key: str, **values: str) -> str:
    """One of the program's own English phrases, as a clip's text has it."""
    text = phrases.load("en").get(key, "giver")
    return utter(key, (text,), values, "en").pieces()[0].text


@pytest.mark.parametrize(
    ("names", "length"),
    [
        (("neck-shoulders", "feet"), "short"),
        (("feet", "full-back"), "full"),
        (("upper-back", "legs", "feet"), "short"),
    ],
)
def test_a_named_length_is_the_parts_without_what_is_said_once(names: tuple[str, ...], length: str) -> None:
    """The hands have the time they have in the parts, one opening and one closing stand around it, to the second."""
    joined = plan(bundled.routine("+".join(names)), length=length, voice="tone")
    parts = [plan(bundled.routine(name), length=length, voice="tone", setup=_setup(name, joined)) for name in names]
    assert joined.duration == pytest.approx(round(joined.duration), abs=1e-6)
    assert slots(joined) == pytest.approx(sum(map(slots, parts)), abs=4)
    assert joined.duration < sum(each.duration for each in parts)
    assert titles(joined) == [title for each in parts for title in titles(each)]
    assert [chapter.title for chapter in joined.chapters if not chapter.step] == ["Opening", "Closing"]
    numbers = [chapter.step or 0 for chapter in joined.chapters if chapter.step]
    assert sorted(set(numbers)) == list(range(1, max(numbers) + 1))
    assert [clip.role for clip in joined.clips].count("title") == 1
    assert [clip.sound for clip in joined.clips].count("end") == 1


def _setup(name: str, joined: Timeline) -> str | None:
    return joined.setup if joined.setup in bundled.routine(name).setups else None


def test_a_length_without_exact_totals_is_the_steps_own() -> None:
    """As of one routine: every slot has its short value."""
    joined = plan(join([part("one", {"name": "A"}), part("two", {"name": "B"})]), voice="tone")
    assert [round(slot.end - slot.start, 6) for chapter in joined.chapters for slot in chapter.slots] == [20, 20]


def test_one_part_with_a_total_makes_it_exact() -> None:
    """The other's time is as long as it is by itself; where nothing stretches there is nothing to share."""
    first = part("one", {"name": "A"}, lengths={"short": "3m"})
    second = part("two", {"name": "B"}, {"name": "C", "stretch": False})
    joined = plan(join([first, second]), voice="tone")
    assert slots(joined) == pytest.approx(slots(plan(first, voice="tone")) + 40, abs=3)
    stiff = [part(name, {"name": name, "stretch": False}) for name in ("three", "four")]
    total = round(plan(stiff[0], voice="tone").duration, 2)
    exact = part("three", {"name": "three", "stretch": False}, lengths={"short": f"{total}s"})
    assert slots(plan(join([exact, stiff[1]]), voice="tone")) == pytest.approx(40)


def test_words_of_care_that_only_the_whole_has_time_for_take_nothing_from_the_hands() -> None:
    """Two of 9 minutes are a session of over 15: the full gate's time is added."""
    parts = [part(name, {"name": name, "duration": "1m..10m"}, lengths={"short": "9m"}, safety=SAFETY) for name in "AB"]
    alone = [plan(each, voice="tone") for each in parts]
    joined = plan(join(parts), voice="tone")
    assert joined.duration > 900
    assert slots(joined) == pytest.approx(sum(map(slots, alone)), abs=4)
    said, before = (next(c.text for c in each.clips if c.role == "gate") for each in (joined, alone[0]))
    assert said != before


def test_an_asked_total_is_shared() -> None:
    """As of one routine, exactly; one out of reach is refused with the nearest."""
    assert plan(pair(), length="30m", voice="tone").duration == pytest.approx(1800.0, abs=1e-6)
    with pytest.raises(UsageError, match=re.escape("out of reach for neck+feet; the nearest total that works is")):
        plan(pair(), length="2m", voice="tone")


def test_leaving_out_goes_by_name_or_number_across_all() -> None:
    """The named length's total stays."""
    whole = plan(pair(), voice="tone")
    less = plan(pair(), voice="tone", without=["1", "Wrap"])
    gone = ["Take a seat", "Wrap"]
    assert titles(less) == [title for title in titles(whole) if title not in gone]
    assert less.duration == pytest.approx(whole.duration, abs=1e-6)


@pytest.mark.parametrize(("without", "turning"), [((), "Look"), (("Look",), "Warm")])
def test_a_turn_stands_where_the_position_differs(without: tuple[str, ...], turning: str) -> None:
    """Said in the lead-in of the first step that is played of the next routine, which lasts 45 s."""
    joined = plan(pair(), voice="tone", without=without)
    (turn,) = (clip for clip in joined.clips if clip.role == "turn")
    chapter = next(chapter for chapter in joined.chapters if chapter.start <= turn.start < chapter.end)
    assert chapter.title == turning
    assert turn.text is not None
    assert "leaning back with the legs up" in turn.text
    assert chapter.slots[0].start - chapter.start >= 45


def test_positions_are_compared_with_where_the_part_before_ended() -> None:
    """No turn where nobody turns; a routine's own turn in its first step is the only one."""
    down = {"position": "face down"}
    one = part("one", {"name": "A"}, {"name": "B", "position": "face up"}, **down)
    two = part("two", {"name": "C"}, position="face up")
    three = part("three", {"name": "D", "position": "on one side"}, {"name": "E"}, **down)
    four = part("four", {"name": "F"}, position="face up")
    joined = plan(join([one, two, three, four]), **BARE)
    turns = [(clip.step, clip.text) for clip in joined.clips if clip.role == "turn"]
    assert [step for step, _ in turns] == [2, 4, 6]
    assert [text.partition(": ")[2].partition(".")[0] for _, text in turns if text] == [
        "face up",
        "on one side",
        "face up",
    ]


def test_the_end_of_a_part_does_not_tell_of_the_next() -> None:
    """What fits in a routine alone fits in company: its last step was not made to hold a preview."""
    steps = ({"name": "A", "duration": "40s"}, {"name": "B", "say": " ".join(["Go"] * 60), "duration": "40s"})
    joined = plan(join([part("one", *steps), part("two", {"name": "C"}, {"name": "D", "duration": "40s"})]), **BARE)
    assert [clip.text for clip in joined.clips if clip.role == "next"] == ["Next: B."]


def test_reminders_are_said_in_their_own_steps() -> None:
    """Each routine's in its own."""
    long = {"duration": "4m"}
    one = part("one", {"name": "A", **long}, reminders=["Of the first."])
    two = part("two", {"name": "B", **long}, reminders=["Of the second."])
    said = {(clip.step, clip.text) for clip in plan(join([one, two]), **BARE).clips if clip.role == "reminder"}
    assert said == {(1, "Of the first."), (2, "Of the second.")}


@pytest.mark.parametrize("gate", ["core", "full", "brief"])
def test_care_is_for_both(gate: str) -> None:
    """Lists are merged, each thing once, and one who sits in any part is cared for as one who sits."""
    joined = plan(pair(), voice="tone", gate=gate)
    said = [clip.text or "" for clip in joined.clips if clip.role == "gate"]
    assert "a tearing pain, or a blow" in said[0]
    assert "Dizzy or numb: stop, and lie down." in said[-1]
    listed = {"core": "a head cold", "full": "a fever", "brief": "illness"}
    for name, words in listed.items():
        assert said[0].count(words) == (name == gate)
    if gate == "core":
        assert "a hot or swollen leg" in said[0]  # the language's own, for the routine without a list
    if gate == "full":
        assert "a rash, fungus" in said[0]
        # The one that asks nobody to ask first has the language's line.
        assert said[1:3] == ["Ask a doctor first about whiplash.", known("gate_core_ask")]
    settle = [clip.text for clip in joined.clips if clip.role == "settle"]
    closing = [clip.text or "" for clip in joined.clips if clip.role == "closing"]
    assert settle == ["Now settle: hands in your lap."]
    assert "Slide off." in closing[0]
    assert closing[1:] == [known("closing_floor"), "Of the first.", "Of the second."]


def test_each_part_minds_its_own() -> None:
    """Before its own first press: each once."""
    joined = plan(pair(), voice="tone", length="full")
    said = [(clip.text, clip.step) for clip in joined.clips if clip.role == "avoid"]
    assert said == [(known("avoid", items="never twist"), 2), (known("avoid", items="no thin skin"), 5)]
    knead = plan(pair(), voice="tone", length="full", without=["Knead"])
    assert [clip.step for clip in knead.clips if clip.role == "avoid"] == [2, 4]


def test_a_language_that_one_lacks_is_refused() -> None:
    """And which, and what it has."""
    text = {"en": "T", "de": "U"}
    german = Routine.from_dict({"title": text, "summary": text, "steps": [{"name": text, "say": text}]}, name="both")
    english = part("one", {"name": "A"})
    with pytest.raises(UsageError, match=r"^language de: one has en; in de 4 of its texts are missing$"):
        plan(join([german, english]), voice="tone", language="de")


def test_an_unknown_setup_is_refused() -> None:
    """One that a part knows is taken."""
    assert plan(pair(), voice="tone", setup="seated").setup == "seated"
    with pytest.raises(UsageError, match=re.escape("expected a setup of neck+feet (it has seated, lying)")):
        plan(pair(), voice="tone", setup="prone")


def test_what_does_not_fit_is_told_of_its_own_file(tmp_path: Path) -> None:
    """Of both at once."""
    files = [tmp_path / f"{name}.yaml" for name in ("one", "two")]
    for number, file in enumerate(files):
        say = " ".join(["Go"] * 80)
        text = (
            "\n" * number
            + f"title: T\nsummary: S\nlengths: {{short: 5m}}\nsteps: [{{name: {file.stem}, say: {say}, duration: 10s}}]"
        )
        file.write_text(text, "utf-8")
    with pytest.raises(RoutineError) as raised:
        plan(load("+".join(map(str, files))), voice="tone")
    assert [(fault.place.file, fault.place.line) for fault in raised.value.faults] == [
        (str(file), number + 4) for number, file in enumerate(files)
    ]


def test_sounds_beside_each_are_heard(tmp_path: Path) -> None:
    """Two of one name, each its own, and music beside the second."""
    parts = []
    for name, seconds in (("a", 0.5), ("b", 1.5)):
        folder = tmp_path / name
        folder.mkdir()
        bell(folder / "bell.wav", seconds=seconds)
        parts.append(part(name, {"name": name, "chime": "bell.wav", "duration": "6s"}, folder=folder))
    bell(tmp_path / "b" / "music.wav", seconds=30)
    second = part("b", {"name": "b", "chime": "bell.wav", "duration": "6s"}, folder=tmp_path / "b", bed="music.wav")
    timeline = render(join([parts[0], second]), tmp_path / "s.wav", **(BARE | {"bed": None}))
    rung = {clip.sound: clip.end - clip.start for clip in timeline.clips if clip.track == "chime"}
    assert rung == {"bell.wav": pytest.approx(0.5, abs=0.01), "2/bell.wav": pytest.approx(1.5, abs=0.01)}
    assert timeline.bed == "music.wav"
    heard = preview(join([parts[0], second]), tmp_path / "p.wav", step="b", **BARE)
    assert [each.title for each in heard] == ["b"]


def test_its_file_lasts_as_long_and_tells_what_it_is(tmp_path: Path) -> None:
    """Decoded, to the sample, in a total that was asked for; the file names both, and so do its chapters."""
    routine = join([part("one", {"name": "A"}), part("two", {"name": "B"})])
    timeline = render(routine, tmp_path / "s.wav", **BARE, length="100s")
    assert soundfile.info(tmp_path / "s.wav").frames == pytest.approx(100 * 44_100, abs=1)
    assert (timeline.routine, timeline.title) == ("one+two", "one, then two")
    told = finished.read(tmp_path / "s.wav")
    assert told.title == "one, then two (100s)"
    assert [chapter.title for chapter in told.chapters] == ["Opening", "A", "B"]


def test_notes_are_found_again_by_its_name_and_by_nothing_else(tmp_path: Path) -> None:
    """As long as the routines of that name are those of that title."""
    timeline = plan(bundled.routine(NAME), voice="tone")
    assert (timeline.routine, timeline.title) == (NAME, "Neck and shoulder massage, then Foot massage")
    assert known_notes(timeline) == notes_of(bundled.routine(NAME), "en")
    mine = tmp_path / "feet.yaml"
    mine.write_text("title: Mine\nsummary: S\nneed: [a rug]\nsteps: [{name: A, duration: 1m}]", "utf-8")
    other = plan(load(f"{mine}+neck-shoulders"), voice="tone")
    assert known_notes(other) == Notes()
    assert known_notes(other, (str(tmp_path),)).need[0] == "a rug"
