"""Reading a whole file: every field of the format, values as authors write them, and files that are none."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from voiceguide.durations import Range
from voiceguide.errors import Failed, Place, RoutineError, UsageError
from voiceguide.routine.languages import languages
from voiceguide.routine.model import At, Cue, Duration, Group, Hold, Routine, Safety, Step, Text
from voiceguide.routine.reading import examine, read
from voiceguide.text.pronouncing import Pronunciation

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = Path(__file__).parent / "files"
NOWHERE = Place("", 1, 1, "")
SHORTEST = "title: T\nsummary: S\nsteps:\n  - {name: A, say: Go.}\n"


def en(*texts: str) -> tuple[Text, ...]:
    return tuple(Text((("en", text),), NOWHERE) for text in texts)


def one(text: str) -> Text:
    return en(text)[0]


def step(name: str, **fields: object) -> Step:
    """A step with the format's defaults."""
    defaults: dict[str, object] = dict.fromkeys(("duration", "switch", "hold", "warn", "pressure", "position"))
    defaults |= dict.fromkeys(("say", "only", "sides", "say_again", "cues", "reminders"), ())
    defaults |= dict.fromkeys(("check_in", "oil", "ready"), False)
    defaults |= {"stretch": True, "chime": "step", "transition": 4.0, "place": NOWHERE, "name": one(name)}
    return Step(**(defaults | fields))  # type: ignore[arg-type]  # the defaults are of all types


def always(low: float, high: float | None = None) -> Duration:
    return Duration(Range(low, high or low), Range(low, high or low), NOWHERE)


EVERYTHING = Routine(
    name="everything",
    folder=FILES,
    title=one("Upper back massage"),
    summary=one("One line for lists."),
    language="en",
    audience="giver",
    tags=("back",),
    position=one("face down, or seated leaning on a pillow"),
    setups=("lying", "seated"),
    bed="rain",
    need=en("massage oil or lotion", "a towel"),
    safety=Safety(
        do_not_start=en("a fever", "a skin infection"),
        ask_first=en("pregnancy", "blood thinners"),
        avoid=en("stay beside the spine", "off every bone"),
        more=en("nut allergy", "patch test"),
        place=NOWHERE,
    ),
    lengths=(("short", 540.0), ("full", 1200.0)),
    reminders=en("Slow and even."),
    closing=en("Drink some water if you like."),
    steps=(
        step(
            "Gentle strokes",
            say=en(
                "Begin with long, gentle strokes from the middle of the back out to the shoulders. [pause 2s] "
                "Slow and even."
            ),
            duration=always(120.0),
            only=("full",),
            stretch=False,
            sides=en("left", "right"),
            say_again=en("And the {side} side, just the same."),
            switch=one("Now the {side} side."),
            hold=Hold(
                times=(("short", 5), ("full", 5)),
                press=5.0,
                release=3.0,
                sink=3.0,
                move=3.0,
                say_press=one("Press and hold"),
                say_release=one("And release"),
                spoken=3,
                place=NOWHERE,
            ),
            cues=(
                Cue(At("share", 0.5, "50%"), one("Breathe out as you glide outward."), None, (), NOWHERE),
                Cue(At("start", 45.0, "45s"), one("Keep one hand on the skin."), None, (), NOWHERE),
                Cue(At("end", 30.0, "-30s"), one("Half a minute more."), None, (), NOWHERE),
                Cue(At("start", 60.0, "1m"), None, "halfway", ("full",), NOWHERE),
            ),
            reminders=en("Soft hands.", "Low shoulders, soft knees."),
            warn=one("Stay beside the spine, never on it."),
            oil=True,
            pressure=4,
            position=one("face up"),
            transition=6.0,
            ready=True,
        ),
        Group(
            name=one("One leg"),
            sides=en("left", "right"),
            only=(),
            switch=None,
            transition=4.0,
            steps=(
                step(
                    "Calf",
                    say=en("Stroke up the {side} calf."),
                    duration=Duration(Range(60.0, 60.0), Range(90.0, 120.0), NOWHERE),
                    check_in=True,
                ),
                step("Foot", duration=always(90.0)),
            ),
            place=NOWHERE,
        ),
    ),
    place=NOWHERE,
)


def test_the_contract_s_example_reads_in_full():
    """Every field of the format arrives with its value; places do not count in comparing."""
    routine, faults = examine(FILES / "everything.yaml")
    assert faults == ()
    assert routine == EVERYTHING


def test_parts_keep_their_places():
    """Texts, cues, totals and steps know their line, column and path."""
    routine = read(FILES / "everything.yaml")
    first = routine.steps[0]
    assert isinstance(first, Step)
    file = str(FILES / "everything.yaml")
    assert routine.need[1].place == Place(file, 10, 31, "need[1]")
    assert first.cues[2].place == Place(file, 33, 9, "steps[0].cues[2]")
    assert first.duration is not None
    assert first.duration.place == Place(file, 23, 15, "steps[0].duration")
    assert dict(routine.length_places)["full"] == Place(file, 16, 28, "lengths.full")
    group = routine.steps[1]
    assert isinstance(group, Group)
    assert group.steps[0].say[0].place == Place(file, 47, 14, "steps[1].steps[0].say")


def test_the_shortest_routine_has_the_defaults(examined: Callable):
    """A title, a summary and a step are enough."""
    routine, faults = examined(SHORTEST)
    assert faults == ()
    assert (routine.name, routine.language, routine.audience, routine.bed) == ("routine", "en", "giver", None)
    assert (routine.need, routine.lengths, routine.setups, routine.position) == ((), (), (), None)
    assert routine.safety == Safety((), (), (), (), NOWHERE)
    assert routine.steps == (step("A", say=en("Go.")),)


def test_a_name_may_be_given():
    """A bundled routine is called by its own name, whatever its file."""
    assert read(FILES / "everything.yaml", name="upper-back").name == "upper-back"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("no", "no"),
        ("2024", "2024"),
        ("012", "012"),
        ("1:30", "1:30"),
        ("true", "true"),
        ("1e3", "1e3"),
        ("'null'", "null"),
        (">\n  Two\n  lines.\n", "Two lines."),
    ],
)
def test_texts_are_as_written(written: str, expected: str, examined: Callable):
    """What YAML could take for a number or a truth is a text where a text is due."""
    routine, faults = examined(f"title: {written}\nsummary: S\nneed: [no, 5]\nsteps: [{{name: A, say: Go.}}]\n")
    assert faults == ()
    assert routine.title.get("en") == expected
    assert routine.need == en("no", "5")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("90s", always(90.0)),
        ("1:30", always(90.0)),
        ("'1:30'", always(90.0)),
        ("PT2M", always(120.0)),
        ("1 min 30 sec", always(90.0)),
        ("3-5 min", always(180.0, 300.0)),
        ("{short: 2m, full: 3m..4m}", Duration(Range(120.0, 120.0), Range(180.0, 240.0), NOWHERE)),
        ("{full: 3m}\n    only: full", always(180.0)),
    ],
)
def test_durations_are_times(written: str, expected: Duration, examined: Callable):
    """A duration is one time, a range or a mapping, quoted or not."""
    routine, faults = examined(f"title: T\nsummary: S\nsteps:\n  - name: A\n    duration: {written}\n")
    assert faults == ()
    assert routine.steps[0].duration == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0%", At("share", 0.0, "0%")),
        ("12.5%", At("share", 0.125, "12.5%")),
        ("0s", At("start", 0.0, "0s")),
        ("1:30", At("start", 90.0, "1:30")),
        ("-30s", At("end", 30.0, "-30s")),
        ("-1:30", At("end", 90.0, "-1:30")),
    ],
)
def test_moments_are_shares_or_times(written: str, expected: At, examined: Callable):
    """A cue stands at a share, after the slot's start or before its end."""
    cues = f"cues: [{{at: {written}, chime: end}}]"
    routine, faults = examined(f"title: T\nsummary: S\nsteps:\n  - name: A\n    duration: 2m\n    {cues}\n")
    assert faults == ()
    assert routine.steps[0].cues[0].at == expected


@pytest.mark.parametrize(
    ("times", "expected"),
    [("6", (("short", 6), ("full", 6))), ("{short: 3, full: 6}", (("short", 3), ("full", 6))), (None, ())],
)
def test_holds_count_by_length(times: str | None, expected: tuple, examined: Callable):
    """`times` is one number, one for each length, or missing; `spoken` may be all."""
    hold = "{press: 5s, spoken: all" + (f", times: {times}" if times else "") + "}"
    routine, faults = examined(f"title: T\nsummary: S\nsteps:\n  - {{name: A, duration: 2m, hold: {hold}}}\n")
    assert faults == ()
    assert (routine.steps[0].hold.times, routine.steps[0].hold.spoken) == (expected, "all")


def test_texts_by_language(examined: Callable):
    """A mapping stands for a text or a whole list, wherever a text may stand; an item may be one too."""
    routine, faults = examined(
        """
        title: {en: Neck, de: Nacken}
        summary: {en: Short., de: Kurz.}
        need: {en: [oil, a towel], de: [Öl, ein Handtuch]}
        closing: [{en: Thanks., de: Danke.}]
        steps:
          - name: {en: Strokes, de: Streichen}
            sides: {de: [linker, rechter], en: [left, right]}
            say: {en: Go., de: Los.}
        """
    )
    assert faults == ()
    assert routine.title == Text((("en", "Neck"), ("de", "Nacken")), NOWHERE)
    assert [text.get("de-AT") for text in routine.need] == ["Öl", "ein Handtuch"]
    assert routine.closing == (Text((("en", "Thanks."), ("de", "Danke.")), NOWHERE),)
    assert [side.get("de") for side in routine.steps[0].sides] == ["linker", "rechter"]
    assert [text.get("en") for text in routine.steps[0].say] == ["Go."]


def test_words_are_pronounced_in_their_language(examined: Callable):
    """Sounds in one way of writing; a region has its language's words, and its own over them; each has its place."""
    told = (
        "{en: {'tui  na': {ipa: '/ˈtwe.ɪ/', as: tway  nah}, b: {as: bee}}, en-GB: {B: {as: bey}}, de: {b: {ipa: be}}}"
    )
    routine, faults = examined(f"{SHORTEST}pronounce: {told}\n")
    assert [(fault.rule, fault.place.path) for fault in faults] == [("unused-pronunciation", "pronounce.de.b")]
    assert "no text of this routine is in de" in faults[0].message
    tui, bee, bey = (
        Pronunciation("tui  na", "ˈtweɪ", "tway nah"),
        Pronunciation("b", "", "bee"),
        Pronunciation("B", "", "bey"),
    )
    assert routine.pronunciations("en") == (tui, bee)
    assert routine.pronunciations("en-GB") == (tui, bee, bey)
    assert routine.pronunciations("fr") == ()
    assert routine.pronounce[0].place.path == "pronounce.en.tui na"


def test_what_stands_around_the_steps(examined: Callable):
    """`settle` in each of its forms, `end`, `receivers`, `core`, `always` and `touch`; and nothing where none is."""
    whole = """
title: T
summary: S
receivers: 2
setups: [lying, seated]
settle: [down, {en: bare, de: frei}, {say: leaning, only: [full, seated]}]
end: {en: Off., de: Weg.}
safety: {core: [a cold], always: a tear}
steps: [{name: A, say: Go., touch: false}, {name: B, say: Go.}]
"""
    routine, faults = examined(whole)
    assert {fault.rule for fault in faults} == {"partly-translated"}
    assert (routine.receivers, routine.end.get("de")) == (2, "Weg.")
    assert [(settle.say.get("en"), settle.only) for settle in routine.settle] == [
        ("down", ()),
        ("bare", ()),
        ("leaning", ("full", "seated")),
    ]
    assert (routine.safety.core, routine.safety.always) == (en("a cold"), en("a tear"))
    assert [each.touch for each in routine.steps] == [False, True]
    for written in ("settle: down", "settle: {en: down, de: unten}", "settle: [down]", "settle: {en: [down]}"):
        found, _ = examined(f"{written}\n{SHORTEST}")
        assert [(settle.say.get("en"), settle.only) for settle in found.settle] == [("down", ())]
    plain, _ = examined(SHORTEST)
    assert (plain.receivers, plain.settle, plain.end, plain.steps[0].touch) == (1, (), None, True)
    assert (plain.safety.core, plain.safety.always) == ((), ())


@pytest.mark.parametrize(
    "body", ["{name: A, say: '{side}.', SIDES}", "{name: A, SIDES, steps: [{name: B, say: '{side}.'}]}"]
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_both_sides_are_left_and_right(body: str, language: str, examined: Callable):
    """Nothing tells the two apart."""
    written = f"language: {language}\ntitle: T\nsummary: S\nsteps:\n  - {body}\n"
    both, faults = examined(written.replace("SIDES", "sides: both"))
    listed, _ = examined(written.replace("SIDES", "sides: [left, right]"))
    assert faults == ()
    assert both == listed
    assert languages(both) == languages(listed) == (language,)


def test_plain_texts_are_in_the_routine_s_language(examined: Callable):
    """`language` names what no mapping does."""
    routine, _ = examined("language: de-AT\n" + SHORTEST)
    assert routine.title.languages() == ("de-AT",)


def test_a_cue_for_one_length_is_checked_there_alone(examined: Callable):
    """`only` is what lets a full slot have a later cue than a short one."""
    cues = "cues: [{at: 3m, chime: end, only: full}]"
    routine, faults = examined(
        f"title: T\nsummary: S\nsteps: [{{name: A, duration: {{short: 2m, full: 5m}}, {cues}}}]\n"
    )
    assert (faults, len(routine.steps[0].cues)) == ((), 1)


def test_byte_order_mark_and_line_ends(examined: Callable):
    """What Windows' editors write is read, and places stay true."""
    routine, faults = examined(b"\xef\xbb\xbf" + SHORTEST.replace("\n", "\r\n").encode())
    assert faults == ()
    assert routine.steps[0].name.place.line == 4
    _, faults = examined(b"\xef\xbb\xbf" + SHORTEST.replace("\n", "\r").replace("say", "sya").encode())
    assert [(fault.place.line, fault.place.column) for fault in faults] == [(4, 15)]


def test_every_fault_is_named_at_once(examined: Callable):
    """Notation, keys, values, rules, texts and sounds are all told of in one go, in the file's order."""
    _, faults = examined(
        """
title: T
sumary: S
bed: /etc/passwd
need: &needed [oil]
steps:
  - name: A
    say: Now the {side} side.
    duration: 90
    duration: 2m
  - name: B
    say: {side} leg
    check_in: yes
  - name: C
    duration: 1m
    cues: [{at: 2m, say: "[paus 3s]"}]
"""
    )
    assert [fault.rule for fault in faults] == [
        "unknown-key",
        "unsafe-path",
        "anchor",
        "misplaced-placeholder",
        "bad-duration",
        "duplicate-key",
        "unquoted-braces",
        "wrong-type",
        "cue-outside",
        "bad-mark",
    ]


def test_read_raises_faults_and_leaves_warnings_to_examine(tmp_path: Path):
    """A warning alone is no error; with a fault, only the faults are raised."""
    path = tmp_path / "r.yaml"
    path.write_text(SHORTEST + "reminders: [Slow hands, soft knees]\n", encoding="utf-8")
    assert read(path).reminders == en("Slow hands", "soft knees")
    path.write_text(SHORTEST + "reminders: [Slow hands, soft knees]\nfoo: 1\n", encoding="utf-8")
    with pytest.raises(RoutineError) as caught:
        read(path)
    assert [fault.rule for fault in caught.value.faults] == ["unknown-key"]
    assert str(caught.value).startswith(f"{path}:6:1: foo: ")


def test_what_is_not_there_is_a_usage_error(tmp_path: Path):
    """A name with no file behind it, and a folder, are choices that cannot be taken."""
    for path in (tmp_path / "none.yaml", tmp_path, Path(__file__) / "x.yaml"):
        with pytest.raises(UsageError, match=r"expected a routine's file"):
            read(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads every file")
def test_what_may_not_be_read_is_a_failure(tmp_path: Path):
    """A file that is there and cannot be opened is told of with its name."""
    path = tmp_path / "r.yaml"
    path.write_text(SHORTEST, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(Failed, match=r"r\.yaml: the file cannot be read"):
        read(path)


@pytest.mark.parametrize(
    ("content", "rule", "line", "column"),
    [
        (b"", "empty-file", 1, 1),
        (b"\n# a comment\n", "empty-file", 1, 1),
        ("title: Rücken\nsummary: ".encode() + b"\xe4\n", "not-utf-8", 2, 10),
        ("title: Rücken".encode("utf-16"), "not-utf-8", 1, 1),
        (b"title: T\r\xff", "not-utf-8", 2, 1),
        (b"#" * (256 * 1024 + 1), "too-big", 1, 1),
        (b"- a\n- b\n", "wrong-type", 1, 1),
        (b"just words\n", "wrong-type", 1, 1),
    ],
)
def test_files_that_are_no_routine(content: bytes, rule: str, line: int, column: int, examined: Callable):
    """Empty, foreign or oversized files have one fault with a place."""
    routine, (fault,) = examined(content)
    assert routine is None
    assert (fault.rule, fault.place.line, fault.place.column) == (rule, line, column)


def test_the_largest_file_is_read(examined: Callable):
    """256 KiB is not more than 256 KiB."""
    content = SHORTEST.encode()
    routine, _ = examined(content + b"#" * (256 * 1024 - len(content)))
    assert routine is not None
