"""An author's own voice by the command line: the page to read, the recordings in, a session out."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from commands_for_tests import QUICK, SMALL
from recordings_for_tests import Reading

from voiceguide.authoring.recordings import recognising
from voiceguide.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result

LINE = re.compile(r"^ +(\d+)  (.*(?:\n      .*)*)", re.MULTILINE)
CHOICES = QUICK[2:]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of voices, a small routine, and the folder to be in."""
    monkeypatch.setenv("VOICEGUIDE_VOICES", str(tmp_path / "voices"))
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    return tmp_path


def page(text: str) -> dict[int, str]:
    return {int(number): " ".join(line.split()) for number, line in LINE.findall(text)}


def test_from_the_page_to_a_session(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """What is printed is read, a file a line, and rendered; what lacks is told with its number, or filled."""
    lines = page(run("voices", "script", "small.yaml", *CHOICES).out)
    assert [*lines] == [*range(1, len(lines) + 1)]
    for number, text in lines.items():
        reading = Reading()
        reading.say(text)
        reading.write(Path(f"line {number:02}.wav"))
    some = [f"line {number:02}.wav" for number in [*lines][:-1]]
    made = run("voices", "import", "small.yaml", *some, "--as", "anna", *CHOICES)
    assert (made.code, made.out) == (0, "own:anna\n")
    assert f"{len(some)} lines added, 0 lines replaced" in made.err
    last = max(lines)
    assert f"Still missing, of {last}:\n  {last:>4}  {lines[last]}" in made.err
    assert page(run("voices", "script", "small.yaml", "--voice", "own:anna", *CHOICES).out) == {last: lines[last]}
    session = ("render", "small.yaml", "--voice", "own:anna", "--length", "full", "--bed", "none", *CHOICES)
    told = refused(*session, "-o", "s.wav", code=4)
    assert f'no recording of 1 line:\n  "{lines[last]}"' in told
    assert "--fill has another voice say it" in told
    filled = run(*session, "-o", "s.wav", "--fill", "tone")
    assert filled.code == 0
    assert "spoken by tone:steady" in filled.err
    again = run("voices", "import", "small.yaml", f"line {last:02}.wav", "--as", "anna", "-q", *CHOICES)
    assert (again.code, again.err) == (0, "")
    assert run(*session, "-o", "t.wav").code == 0
    row = next(row for row in run("voices", "--json").json if row["id"] == "own:anna")
    assert (row["licence"], row["ready"], row["natural"]) == ("yours", True, True)
    assert f"own:anna is {last} lines that somebody has read" in refused("voices", "remove", "own:anna")
    assert run("voices", "remove", "own:anna", "--yes").out == f"{Path('voices/own/anna').resolve()}\n"


def test_the_page_is_a_file_that_prints(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """No line of it is too wide, it says how to record, and it replaces nothing unasked."""
    assert run("voices", "script", "upper-back", "--length", "short", "-o", "page.txt").out == "page.txt\n"
    text = Path("page.txt").read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 76
    assert "the phone a hand's length from your mouth" in " ".join(text.split())
    assert "page.txt exists" in refused("voices", "script", "upper-back", "-o", "page.txt")


def test_the_page_is_of_all_visits_or_of_one(run: Callable[..., Result]) -> None:
    """Every wording is on it; with --visit only what this visit says."""
    cue = "    cues: [{at: 12s, say: {any: [Softer., Half as hard.]}}]\n"
    Path("varied.yaml").write_text(SMALL.replace("  - name: Hold\n", f"{cue}  - name: Hold\n"))
    every = page(run("voices", "script", "varied.yaml", *CHOICES).out)
    second = page(run("voices", "script", "varied.yaml", "--visit", "2", *CHOICES).out)
    assert {*every.values()} - {*second.values()} == {"Softer."}
    assert {*second.values()} < {*every.values()}


def test_what_is_missing_for_one_recording_is_told(
    refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """How to install what recognises words, and the way that needs none; and a name that is none."""
    reading = Reading()
    for _ in range(2):
        reading.say("Glide up.")
    reading.write(Path("memo.wav"))
    monkeypatch.setitem(sys.modules, "faster_whisper", None)
    told = refused("voices", "import", "small.yaml", "memo.wav", "--as", "anna", *CHOICES, code=4)
    assert "-m pip install faster-whisper" in told
    assert "a file a line" in told
    assert 'Did you mean "anna-b"' in refused("voices", "import", "small.yaml", "memo.wav", "--as", "Anna B", *CHOICES)


def test_the_model_is_fetched_only_when_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it lies already nobody is asked; where nobody agrees, nothing is fetched."""
    fetched: list[bool] = []

    class Model:
        def __init__(self, _name: str, *, local_files_only: bool = False, **how: Any) -> None:
            if local_files_only:
                raise ValueError("not here")
            fetched.append("files" not in how)

    fake = ModuleType("faster_whisper")
    fake.WhisperModel = Model  # type: ignore[attr-defined]  # a module for the moment
    monkeypatch.setitem(sys.modules, "faster_whisper", fake)
    monkeypatch.setattr(recognising, "_packaged", lambda: None)
    with pytest.raises(MissingError, match="nobody agreed"):
        recognising.recogniser(lambda: False)
    assert not fetched
    recognising.recogniser(lambda: True)
    assert fetched == [True]
    monkeypatch.setattr(recognising, "_packaged", lambda: {"model.bin": b""})
    recognising.recogniser(lambda: pytest.fail("asked"))
    assert fetched == [True, False]
