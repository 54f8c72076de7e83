"""Several routines become one: what each says for its steps goes with them, and what is said once is said of all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from strategies import routines

from voiceguide.durations import LENGTHS
from voiceguide.errors import RoutineError, UsageError
from voiceguide.routine.joining import MOST, join, load, once
from voiceguide.routine.languages import languages, untranslated
from voiceguide.routine.model import Group, Routine, inner
from voiceguide.routine.notes import notes_of
from voiceguide.script.selection import is_played

STEP = {"name": "A", "say": "Glide.", "duration": "20s..1m"}


def made(name: str, folder: Path | None = None, **fields: Any) -> Routine:
    """A routine for tests, whose one step is its own."""
    given = {"title": name.title(), "summary": f"{name}.", "steps": [{**STEP, "name": f"{name} step"}], **fields}
    return Routine.from_dict(given, name=name, folder=folder)


def played(only: tuple[str, ...]) -> list[bool]:
    """What `only` plays of the sessions that `strategies` knows."""
    return [is_played(only, length, setup) for length in LENGTHS for setup in ("lying", "seated")]


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(routines(), routines())
def test_the_steps_are_the_parts_steps_in_order(first: dict[str, Any], second: dict[str, Any]) -> None:
    """None is lost, and none changed in what it says; needs, safety and closing are unions without doubles."""
    same = {"audience": "giver", "language": "en"}
    second["steps"][-1]["name"] = "Not the same"
    parts = (Routine.from_dict(first | same, name="one"), Routine.from_dict(second | same, name="two"))
    joined = join(parts)
    assert [step.name for step in joined.steps] == [step.name for part in parts for step in part.steps]
    said = [(step.name, step.say, step.sides, played(step.only), step.duration) for step in joined.every_step]
    assert said == [(s.name, s.say, s.sides, played(s.only), s.duration) for part in parts for s in part.every_step]
    assert [step.part for step in joined.every_step] == [n for n, part in enumerate(parts) for _ in part.every_step]
    for field in ("need", "closing"):
        texts = getattr(joined, field)
        assert list(texts) == list(dict.fromkeys(text for part in parts for text in getattr(part, field)))
    for field in ("do_not_start", "ask_first", "core", "always", "avoid", "more"):
        texts = getattr(joined.safety, field)
        assert list(texts) == list(dict.fromkeys(text for part in parts for text in getattr(part.safety, field)))


def test_one_alone_stays_as_it_is() -> None:
    """Nothing is joined to it."""
    alone = made("neck")
    assert join([alone]) is alone


def test_it_ends_as_the_last_one_does() -> None:
    """Its hands leave so, and whoever sleeps then is not woken."""
    awake, asleep = made("feet", end="Let go."), made("back", end="Slide out.", quiet_end=True)
    for parts in ((awake, asleep), (asleep, awake)):
        joined = join(parts)
        assert (joined.end, joined.quiet_end) == (parts[-1].end, parts[-1].quiet_end)


def test_names_and_titles_are_of_all() -> None:
    """The name is typed so, the title as one says it, in every language that all have."""
    neck, feet = load("neck-shoulders"), load("feet")
    joined = load("neck-shoulders+feet")
    assert joined == join([neck, feet])
    assert joined.name == "neck-shoulders+feet"
    assert dict(joined.title.by_language) == {
        "en": "Neck and shoulder massage, then Foot massage",
        "de": "Massage für Nacken und Schultern, dann Fußmassage",
        "es": "Masaje de cuello y hombros, luego Masaje de pies",
        "fr": "Massage de la nuque et des épaules, puis Massage des pieds",
    }
    assert languages(joined) == ("en", "de", "es", "fr")
    assert joined.tags == (*neck.tags, "feet", "oil", "evening")
    assert joined.bed == "rain"


def test_doubles_are_told_once_in_each_language() -> None:
    """Also where two texts are one in this language, and two in another."""
    joined = load("neck-shoulders+feet")
    for language in languages(joined):
        notes = notes_of(joined, language)
        for texts in (notes.need, notes.do_not_start, notes.ask_first, notes.avoid, notes.more):
            assert len(texts) == len({text.casefold() for text in texts})
        for part in joined.parts:
            assert set(notes_of(part, language).do_not_start) <= set(notes.do_not_start)
    french = [text.get("fr") for text in once(joined, joined.safety.do_not_start, "fr")]
    assert {"douleur à la poitrine", "douleur nouvelle à la poitrine"} <= set(french)


def test_the_first_begins_and_the_last_ends() -> None:
    """`settle` is the first's, `end` the last's; who takes part is as many as in any of them."""
    first = made("one", settle="down", end="Off.", setups=["lying", "seated"])
    second = made("two", settle="up", end="Away.", receivers=2, setups=["lying", "seated"])
    joined = join([first, second])
    assert [settle.say.get("en") for settle in joined.settle] == ["down"]
    assert joined.end is not None
    assert (joined.end.get("en"), joined.receivers) == ("Away.", 2)
    assert (join([second, first]).receivers, join([first, made("three")]).receivers) == (2, 1)
    bare = join([made("four"), first])
    assert (bare.settle, bare.end) == ((), first.end)
    assert join([first, made("five")]).end is None


def test_settling_is_for_the_setups_of_the_whole() -> None:
    """What the first says for one that nobody can choose is gone; for its own first one it is for all others too."""
    settle = ["down", {"say": "bare", "only": "lying"}, {"say": "leaning", "only": ["full", "floor"]}]
    joined = join([made("one", settle=settle, setups=["lying", "floor"]), made("two", setups=["lying", "seated"])])
    assert joined.setups == ("lying", "floor", "seated")
    found = [(each.say.get("en"), set(each.only)) for each in joined.settle]
    assert found == [("down", set()), ("bare", {"lying", "seated"}), ("leaning", {"full", "floor"})]


def test_reminders_stay_with_their_own_steps() -> None:
    """After a step's own, and only where there is a duration to say them in."""
    steps = [STEP | {"reminders": ["Own."]}, {"name": "B", "say": "Rest."}]
    joined = join([made("one", reminders=["First."], steps=steps), made("two", reminders=["Second."])])
    said = [[text.get("en") for text in step.reminders] for step in joined.every_step]
    assert said == [["Own.", "First."], [], ["Second."]]
    assert joined.reminders == ()


@pytest.mark.parametrize(
    ("setups", "expected", "played"),
    [
        ((["lying", "seated"], ["seated", "floor"]), ("seated", "lying", "floor"), {"seated": (1, 0), "lying": (0, 0)}),
        ((["lying"], ["seated", "floor"]), ("lying", "seated", "floor"), {"lying": (0, 0), "floor": (0, 1)}),
        ((["lying", "seated"], []), ("lying", "seated"), {"lying": (0, 0), "seated": (1, 0)}),
    ],
)
def test_each_is_played_in_the_chosen_setup_else_in_its_first(
    setups: tuple[list[str], list[str]], expected: tuple[str, ...], played: dict[str, tuple[int, int]]
) -> None:
    """Those that all share come first; `played` has which setup of each is played in one that is chosen."""

    def part(name: str, known: list[str]) -> Routine:
        steps = [{**STEP, "name": f"{name} {setup}", "only": setup} for setup in known]
        return made(name, steps=steps or [{**STEP, "name": name}], **({"setups": known} if known else {}))

    joined = join([part("one", setups[0]), part("two", setups[1])])
    assert joined.setups == expected
    for chosen, which in played.items():
        heard = [step.name.get("en") for step in joined.every_step if not step.only or chosen in step.only]
        own = [
            f"{name} {known[i]}" if known else name
            for name, known, i in zip(("one", "two"), setups, which, strict=True)
        ]
        assert heard == own


def test_what_no_setup_plays_is_left_out_of_groups_too() -> None:
    """Lengths stay, and a group that has nothing left goes."""
    group = {"name": "G", "sides": ["left", "right"], "steps": [{**STEP, "only": ["full", "seated"]}]}
    first = made("one", setups=["lying"])
    second = made("two", setups=["lying", "seated"], steps=[group, STEP])
    joined = join([first, second])
    kept = joined.steps[1]
    assert isinstance(kept, Group)
    assert inner(kept)[0].only == ("full", "seated")
    third = made("three", setups=["floor"], steps=[{**STEP, "only": ["full", "floor"]}])
    assert inner(join([first, third]).steps[1])[0].only == ("full",)


def test_sounds_stay_in_their_folders(tmp_path: Path) -> None:
    """Two of one name too; a bed beside the second routine is found there."""
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        folder.mkdir()
        for name in ("bell.wav", "own.wav", "music.ogg"):
            (folder / name).touch()
    steps = [STEP | {"chime": "bell.wav", "cues": [{"at": "5s", "chime": "own.wav"}]}, STEP | {"chime": "none"}]
    one = made("one", folders[0], steps=[STEP | {"chime": "bell.wav"}])
    two = made("two", folders[1], steps=steps, bed="music.ogg")
    joined = join([one, two])
    assert [step.chime for step in joined.every_step] == ["bell.wav", "2/bell.wav", "none"]
    assert joined.beside("bell.wav") == (folders[0], "bell.wav")
    assert joined.beside("2/bell.wav") == (folders[1], "bell.wav")
    assert joined.beside("own.wav") == (folders[1], "own.wav")
    assert joined.bed == "music.ogg"
    assert joined.beside("music.ogg") == (folders[1], "music.ogg")


@pytest.mark.parametrize(
    ("beds", "expected"),
    [(("rain", "ocean"), "rain"), ((None, "ocean"), "ocean"), (("none", "ocean"), "ocean"), (("none", None), "none")],
)
def test_the_first_that_names_a_bed_has_it(beds: tuple[str | None, ...], expected: str) -> None:
    """Silence only where none names one."""
    parts = [made(f"part {n}", **({"bed": bed} if bed else {})) for n, bed in enumerate(beds)]
    assert join(parts).bed == expected
    assert join([made("one"), made("two")]).bed is None


def test_the_language_is_one_that_all_share() -> None:
    """The first one's, else the first of those that all are wholly in."""
    both = {"title": {"de": "T", "en": "T"}, "summary": {"de": "S", "en": "S"}, "language": "en"}
    steps = [{"name": {"de": "A", "en": "A"}, "duration": "1m"}]
    german = made("two", language="de")
    joined = join([made("one", **both, steps=steps), german])
    assert joined.language == "de"
    assert languages(joined) == ("de",)
    assert not untranslated(joined, "de")


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ([{"audience": "self"}], "one is for a giver; two0 is for one alone"),
        ([{"language": "de"}], "one has en; two0 has de"),
        ([{}] * MOST, f"expected at most {MOST} routines in one session, got {MOST + 1}"),
    ],
)
def test_what_cannot_be_joined_is_refused(others: list[dict[str, Any]], says: str) -> None:
    """And what each is, is told."""
    with pytest.raises(UsageError, match=says):
        join([made("one"), *(made(f"two{n}", **fields) for n, fields in enumerate(others))])


def test_the_same_one_twice_is_refused(tmp_path: Path) -> None:
    """Nobody needs its gate and its first touch again: a longer session is what is meant."""
    with pytest.raises(UsageError, match="got feet twice"):
        load("feet+neck-shoulders+feet")
    (tmp_path / "feet.yaml").write_text("title: Mine\nsummary: S\nsteps: [{name: A, duration: 1m}]", "utf-8")
    assert load(f"feet+{tmp_path / 'feet.yaml'}").name == "feet+feet"


def test_faults_of_all_files_are_told_in_their_own_places(tmp_path: Path) -> None:
    """One reading tells them all."""
    paths = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for number, path in enumerate(paths):
        path.write_text("\n" * number + "title: T\nsummary: S\nspets: []\nsteps: [{name: A, duration: 1m}]", "utf-8")
    with pytest.raises(RoutineError) as raised:
        load("+".join(map(str, paths)))
    assert [(fault.place.file, fault.place.line) for fault in raised.value.faults] == [
        (str(paths[0]), 3),
        (str(paths[1]), 4),
    ]


def test_names_and_paths_are_found_between_the_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, file or folder that has the sign itself and is there is that one."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "a+b"
    folder.mkdir()
    for path in (tmp_path / "x+feet.yaml", folder / "mine.yaml", tmp_path / "y.yaml"):
        steps = f"[{{name: {path.stem}, duration: 1m}}]"
        path.write_text(f"title: {path.stem}\nsummary: S\nsteps: {steps}", "utf-8")
    for asked, expected in {
        "x+feet.yaml": "x+feet",
        "x+feet.yaml+feet": "x+feet+feet",
        "feet+x+feet.yaml": "feet+x+feet",
        "a+b/mine.yaml+y.yaml+legs": "mine+y+legs",
        "y.yaml + legs": "y+legs",
    }.items():
        assert load(asked).name == expected
        assert load(Path(asked)).name == expected
    assert load("x+feet", (tmp_path,)).title.get("en") == "x+feet"
    assert len(load("mine+feet", (folder,)).parts) == 2
    assert load("mine.yaml+feet", beside=folder).name == "mine+feet"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("neck-shoulders+fete", 'got "fete". Did you mean "feet"?'),
        ("nowhere.yaml+feet", "nowhere.yaml: there is no such file"),
        ("feet+", 'expected a routine before and after each "+"'),
        ("+", 'expected a routine before and after each "+"'),
        ("feet++legs", 'expected a routine before and after each "+"'),
    ],
)
def test_the_one_that_is_not_there_is_told(asked: str, says: str) -> None:
    """By its own name."""
    with pytest.raises(UsageError) as raised:
        load(asked)
    assert says in str(raised.value)
