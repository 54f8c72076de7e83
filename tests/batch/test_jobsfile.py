"""A jobs file says what to make in a few lines, and every fault of it has its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from batches_for_tests import bell

from voiceguide.batch.jobs import Wish
from voiceguide.batch.jobsfile import KEYS, is_jobs, read
from voiceguide.errors import RoutineError, UsageError

FULL = """\
defaults:
  voice: tone
  length: [short, full]
  gate: brief
  format: wav
jobs:
  - routine: tiny.yaml
    language: [en, all]
    bed: [none, rain, music.wav]
    pace: [120, 140]
  - routine: [tiny.yaml, upper-back]
    length: 20m
    name: long
    format: mp3
    setup: all
    talk: [calm]
    without: [Knead, 3]
    bed_level: -16
    safety: false
    opening: true
    closing: false
    linger: 0s
    bitrate: 192
    quality: 2
    loudness: -18.5
    room: true
    settle: 3
"""


@pytest.fixture
def jobs(tiny: Path) -> Path:
    """Where a jobs file stands: in another folder than the test, beside the routine."""
    folder = tiny.parent / "made"
    folder.mkdir()
    tiny.rename(folder / "tiny.yaml")
    bell(folder / "music.wav")
    return folder / "jobs.yaml"


def _faults(path: Path, text: str) -> list[str]:
    path.write_text(text, "utf-8")
    with pytest.raises(RoutineError) as raised:
        read(path, ())
    return [f"{fault.place.line}: {fault.message}" for fault in raised.value.faults]


def test_what_it_says_is_what_is_wished(jobs: Path) -> None:
    """Every key; a job's own word before the defaults'; files are found from where the jobs file stands."""
    jobs.write_text(FULL, "utf-8")
    first, second, third = read(jobs, ())
    assert first == Wish(
        (jobs.with_name("tiny.yaml"),),
        {
            "voice": ("tone",),
            "length": ("short", "full"),
            "language": ("en", "all"),
            "bed": ("none", "rain", str(jobs.with_name("music.wav"))),
            "pace": (120, 140),
        },
        {"gate": "brief"},
        None,
        ".wav",
    )
    assert second.axes == {"voice": ("tone",), "length": ("20m",), "setup": ("all",), "talk": ("calm",)}
    assert second.settings == {
        "gate": "brief",
        "without": ("Knead", "3"),
        "bed_level": -16.0,
        "safety": False,
        "opening": True,
        "closing": False,
        "linger": 0.0,
        "bitrate": 192,
        "quality": 2,
        "loudness": -18.5,
        "room": True,
        "settle": 3.0,
    }
    assert (second.name, second.suffix, third.files[0].name) == ("long", ".mp3", "upper-back.yaml")


def test_a_list_alone_will_do(jobs: Path) -> None:
    """Without defaults no `jobs:` is needed."""
    jobs.write_text("- routine: tiny.yaml\n- {routine: tiny.yaml, length: full}\n", "utf-8")
    assert [wish.axes for wish in read(jobs, ())] == [{}, {"length": ("full",)}]


def test_it_is_told_from_a_routine(jobs: Path) -> None:
    """By what is in it."""
    for text, told in (("- routine: x\n", True), ("jobs: []\n", True), ("title: x\nsteps: []\n", False), ("{", False)):
        jobs.write_text(text, "utf-8")
        assert is_jobs(jobs) is told, text
    assert not is_jobs(jobs.with_name("tiny.yaml"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("lenght: short", 'expected a key of a job, got "lenght". Did you mean "length"?'),
        ("length: 15", 'add a unit, as "15s" or "15m"'),
        ("length: [short, shrot]", 'Did you mean "short"?'),
        ("length: []", "expected at least one, got an empty list"),
        ("pace: 300", "expected a whole number, 80 to 220 words a minute, got 300"),
        ("talk: loud", "expected full, calm or minimal"),
        ("bed: rian", 'Did you mean "rain"?'),
        ("bed: nowhere.wav", "there is no such file"),
        ("language: Deutsch!", 'expected a language, as "en" or "de-AT"'),
        ("bed_level: loud", "expected -40 to -9 dB from the voice"),
        ("bed_level: -50", "expected -40 to -9 dB from the voice, got -50"),
        ("loudness: [-16]", "expected one value, got a list"),
        ("room: yes", "expected true or false"),
        ("linger: 5", 'add a unit, as "5s" or "5m"'),
        ("format: mp4", "choose one of them"),
        ("name: a/b", "leave the folder out"),
        ("without: {a: b}", "expected a text, got"),
        ("voice: &a tone", "expected no anchors"),
        ("voice: {tone}", "put the whole text in quotes"),
    ],
)
def test_every_fault_has_its_line(jobs: Path, line: str, message: str) -> None:
    """What was expected, what came, and what to do."""
    (told,) = _faults(jobs, f"- routine: tiny.yaml\n- routine: tiny.yaml\n  {line}\n")
    assert told.startswith("3: ")
    assert message in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1: expected a list of jobs, got an empty file"),
        ("jobs:\n", "1: expected a list of jobs, got nothing"),
        ("defaults: {length: short}\n", "1: expected a list of jobs, got none"),
        ("jobs: []\n", "1: expected a list of jobs, got an empty list"),
        ("- length: short\n", '1: expected the key "routine", got none'),
        ("- upper-back\n", "1: expected keys and values (routine: …, length: …), got"),
        ("- routine: uper-back\n", '1: expected a routine\'s name or its file, got "uper-back". Did you mean'),
        ("- routine: nowhere.yaml\n", "1: "),
        ("job:\n  - routine: tiny.yaml\n", '1: expected "defaults" and "jobs" at the top of the file, got "job"'),
        ("defaults: [a]\njobs:\n  - routine: tiny.yaml\n", "1: expected keys and values"),
        ("jobs:\n\t- routine: tiny.yaml\n", "2: expected spaces at the start of the line, got a tab"),
    ],
)
def test_a_file_of_another_shape(jobs: Path, text: str, told: str) -> None:
    """It is told what belongs there."""
    assert _faults(jobs, text)[0].startswith(told)


def test_all_faults_are_told_at_once(jobs: Path) -> None:
    """Each on its own line."""
    told = _faults(jobs, "- routine: tiny.yaml\n  pace: slow\n- routine: nobody\n  lenght: full\n")
    assert [fault[:2] for fault in told] == ["2:", "3:", "4:"]


def test_routines_may_be_joined(jobs: Path) -> None:
    """Names, and paths from where the jobs file stands; one that is missing is told in its line."""
    jobs.write_text("- routine: [tiny.yaml+feet, feet + legs]\n", "utf-8")
    found = [tuple(file.name for file in wish.files) for wish in read(jobs, ())]
    assert found == [("tiny.yaml", "feet.yaml"), ("feet.yaml", "legs.yaml")]
    jobs.write_text("- routine: tiny.yaml+fete\n", "utf-8")
    with pytest.raises(RoutineError, match='got "fete"'):
        read(jobs, ())


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is a wrong name, not a wrong file."""
    with pytest.raises(UsageError):
        read(tmp_path / "none.yaml", ())


def test_the_page_shows_the_format_as_it_is(jobs: Path) -> None:
    """Its example has no fault, and its table every key."""
    page = (Path(__file__).parents[2] / "docs" / "interface.md").read_text("utf-8")
    section = page.partition("\n## Batches\n")[2].partition("\n## ")[0]
    (example,) = re.findall(r"```yaml\n(.*?)```", section, re.DOTALL)
    jobs.write_text(example, "utf-8")
    for name in ("evening.yaml", "neck.yaml"):
        jobs.with_name(name).touch()
    assert [wish.files[0].stem for wish in read(jobs, ())] == ["upper-back", "evening", "neck"]
    table = section.partition("| key |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in table.splitlines()[2:]))) == set(KEYS)


def test_the_defaults_may_name_the_routines(jobs: Path) -> None:
    """For jobs that differ in all else; a job's own go before."""
    jobs.write_text(
        "defaults: {routine: [tiny.yaml, upper-back]}\njobs:\n  - length: full\n  - routine: feet\n", "utf-8"
    )
    assert [(wish.files[0].stem, wish.axes) for wish in read(jobs, ())] == [
        ("tiny", {"length": ("full",)}),
        ("upper-back", {"length": ("full",)}),
        ("feet", {}),
    ]
