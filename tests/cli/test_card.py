"""`voiceguide card`: one page for the wall."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile
from commands_for_tests import QUICK, SOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands_for_tests import Result

TONE = ("--voice", "tone")


def test_makes_a_page_here(run: Callable[..., Result]) -> None:
    """NAME-LENGTH-card.html; only its path is printed, and nothing is spoken."""
    result = run("card", "small.yaml", *TONE)
    assert (result.code, result.out, result.err) == (0, "small-short-card.html\n", "")
    page = Path("small-short-card.html").read_text("utf-8")
    for text in ("Small one", "First strokes", "a towel", "a fever", "Eat a little first.", "lying face down"):
        assert f">{text}</text>" in page


@pytest.mark.parametrize(("suffix", "start"), [(".html", b"<!DOCTYPE html>"), (".svg", b"<svg "), (".PDF", b"%PDF-")])
def test_the_suffix_picks_the_format(suffix: str, start: bytes, run: Callable[..., Result]) -> None:
    """A page, a picture or a PDF."""
    if suffix == ".PDF":
        pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    assert run("card", "small.yaml", *TONE, "-o", f"wall{suffix}").out == f"wall{suffix}\n"
    assert Path(f"wall{suffix}").read_bytes().startswith(start)


def test_takes_the_choices_of_a_session(run: Callable[..., Result]) -> None:
    """Length, language, setup, steps left out, and paper."""
    choices = ("--length", "3m", "--setup", "seated", "--without", "First strokes", "--paper", "letter")
    run("card", "small.yaml", *TONE, *choices, "-o", "a.svg")
    card = Path("a.svg").read_text("utf-8")
    assert 'viewBox="0 0 612 792"' in card
    assert ">small, 3m, seated</text>" in card
    assert ">Hold</text>" in card
    assert "First strokes" not in card
    run("card", "upper-back", *TONE, "--language", "de", "-o", "b.svg")
    assert 'lang="de"' in Path("b.svg").read_text("utf-8")


def test_an_existing_file_is_kept(run: Callable[..., Result], refused: Callable[..., str]) -> None:
    """Unless it may be replaced."""
    Path("a.svg").write_text("mine", "utf-8")
    assert "a.svg" in refused("card", "small.yaml", *TONE, "-o", "a.svg")
    assert Path("a.svg").read_text("utf-8") == "mine"
    assert run("card", "small.yaml", *TONE, "-o", "a.svg", "--overwrite").code == 0
    assert Path("a.svg").read_text("utf-8").startswith("<svg ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "wall.png"], 'a card: expected a name that ends in .html, .svg, .pdf, got "wall.png"'),
        (["-o", "nowhere/wall.svg"], "nowhere"),
        (["--paper", "leter"], '--paper: expected a4 or letter, got "leter". Did you mean "letter"?'),
    ],
)
def test_faults_are_found_before_any_work(arguments: list[str], message: str, refused: Callable[..., str]) -> None:
    """What is written where, before the routine is planned: here it would be found not to fit."""
    assert message in refused("card", "small.yaml", *TONE, "--length", "1s", *arguments)


def test_a_finished_session_has_its_own_card(run: Callable[..., Result]) -> None:
    """The one of its routine and choices, whatever is typed with `card` otherwise; the sound stays as it is."""
    run("render", "small.yaml", *QUICK, *SOON, "--length", "2m", "-o", "s.mp3")
    before = Path("s.mp3").read_bytes()
    assert run("card", "s.mp3", "--routines", ".", "-o", "of-file.svg").out == "of-file.svg\n"
    run("card", "small.yaml", *QUICK, "--bed", "none", "--length", "2m", "-o", "of-routine.svg")
    drawn = [re.sub(r"<[^>]+>", " ", Path(name).read_text("utf-8")) for name in ("of-file.svg", "of-routine.svg")]
    assert drawn[0].split() == drawn[1].split()
    assert Path("s.mp3").read_bytes() == before


def test_a_card_of_a_file_is_named_after_it(run: Callable[..., Result], rendered: Path) -> None:
    """And lies here, not beside it."""
    assert run("card", str(rendered / "s.mp3")).out == "s-card.html\n"
    assert Path("s-card.html").exists()


def test_what_a_finished_session_cannot_be_asked_for(refused: Callable[..., str], rendered: Path) -> None:
    """Choices, which it has made; and a timeline, which a routine makes itself."""
    assert "--talk: expected with a routine only" in refused("card", str(rendered / "s.mp3"), "--talk", "calm")
    assert "--timeline: expected with a sound file" in refused("card", "small.yaml", "--timeline", "t.json")


def test_a_sound_that_carries_nothing_asks_for_its_timeline(refused: Callable[..., str]) -> None:
    """By the option that there is."""
    soundfile.write("s.wav", np.zeros((44_100, 2), np.float32), 44_100)
    assert "the one that was written with it: --timeline FILE.json" in refused("card", "s.wav")


def test_lengths_are_those_of_show(run: Callable[..., Result]) -> None:
    """A step is as long on the card as `show` says: both in whole seconds."""
    choices = (*TONE, "--length", "3m37s")
    run("card", "small.yaml", *choices, "-o", "a.svg")
    on_card = re.findall(
        r">((?:\d+ × )?[\d.]+ (?:min|s)(?: \d+ s)?)<", Path("a.svg").read_text("utf-8").replace("\xa0", " ")
    )
    shown = re.findall(r"\d\. .*?: ((?:\d+ × )?[\d.]+ [ms](?: [\d.]+ s)?)", run("show", "small.yaml", *choices).out)
    assert len(shown) >= 2
    assert not any("." in length for length in shown)
    assert ["3 min 37 s", *(length.replace(" m", " min") for length in shown)] == on_card


def test_a_pdf_without_its_package(refused: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Is refused with the line that mends it."""
    monkeypatch.delitem(sys.modules, "voiceguide.pages.card.pdf", raising=False)
    monkeypatch.setitem(sys.modules, "fpdf", None)
    assert "-m pip install fpdf2" in refused("card", "small.yaml", *TONE, "-o", "a.pdf", code=4)
    assert not Path("a.pdf").exists()


def test_letters_a_pdf_lacks_leave_no_file(refused: Callable[..., str]) -> None:
    """The message names the text and the other formats."""
    pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    routine = Path("small.yaml").read_text("utf-8")
    Path("small.yaml").write_text(routine.replace("a towel", "מגבת"), "utf-8")
    message = refused("card", "small.yaml", *TONE, "-o", "a.pdf")
    assert '"מגבת"' in message
    assert ".html or .svg" in message
    assert not Path("a.pdf").exists()
