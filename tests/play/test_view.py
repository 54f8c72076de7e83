"""The view: everything that matters at any size, and texts that stay texts."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console
from timelines_for_tests import made

from voiceguide import phrases
from voiceguide.play.transport import Heard
from voiceguide.play.view import Screen, view
from voiceguide.timeline import Cycle, Timeline

SIZES = [(40, 12), (60, 16), (80, 24), (100, 30), (120, 40), (200, 60)]
NASTY = "\x1b[2J\x1b]0;owned\x07 <b>[red]Knet\u202een[/red]\u0000 👩‍👩‍👧 שלום عليكم\n" + "wide 漢字 " * 30


def session(title: str = "Thumbs", language: str = "en", said: str = "Press slowly.") -> Timeline:
    """An opening, a step with two sides and holds, a step with a stop point, and a closing."""
    rounds = [{"press": [26.0, 31.0], "release": [31.0, 34.0]}]
    words = {"track": "narration", "role": "instruction"}
    return made(
        title="Back",
        language=language,
        duration=120.0,
        chapters=[
            {"title": "Opening", "start": 0.0, "end": 20.0},
            {
                "title": title,
                "step": 1,
                "group": "Upper half",
                "start": 20.0,
                "end": 60.0,
                "slots": [
                    {"side": "left", "start": 24.0, "end": 38.0, "rounds": rounds},
                    {"side": "right", "start": 42.0, "end": 56.0},
                ],
            },
            {"title": "Knead", "step": 2, "start": 60.0, "end": 100.0, "slots": []},
            {"title": "Closing", "start": 100.0, "end": 120.0},
        ],
        clips=[
            {**words, "start": 24.0, "end": 26.0, "text": said, "sentences": [{"start": 24, "end": 26, "text": said}]}
        ],
    )


def lines(timeline: Timeline, heard: Heard, width: int = 80, height: int = 24, encoding: str = "utf-8") -> list[str]:
    """What a terminal of this size shows."""
    return view(timeline, heard, Screen(width, height, encoding)).plain.split("\n")


def found(words: str, shown: list[str]) -> bool:
    """Whether the words stand there, wherever lines are broken."""
    return words in " ".join(" ".join(shown).split())


def test_a_stroke_fills_a_bar_and_empties_it() -> None:
    """With the word of the way; in plain signs where the terminal has no others."""
    paced = session()
    strokes = (Cycle((43.0, 49.0), (49.0, 53.0), voiced=True),)
    chapter = paced.chapters[1]
    slots = (chapter.slots[0], replace(chapter.slots[1], cycles=strokes))
    paced = replace(paced, chapters=(paced.chapters[0], replace(chapter, slots=slots), *paced.chapters[2:]))
    assert found(f"Glide {'█' * 4}{'─' * 8}", lines(paced, Heard(45.0)))
    assert found(f"Back {'#' * 6}{'-' * 6}", lines(paced, Heard(51.0), encoding="ascii"))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("language", phrases.languages())
def test_all_that_matters_fits(width: int, height: int, language: str) -> None:
    """Step, side, phase and its seconds, both times left, what comes next, the words, the bar and the keys."""
    shown = lines(session(language=language), Heard(27.5), width, height)
    player, own = phrases.load(language).all_shown("player"), phrases.load(language).all_shown("terminal")
    assert len(shown) == height
    assert max(map(cell_len, shown)) <= width
    for words in (
        *("Thumbs – left", f"{player['press']} 4 s", player["left_in_step"], f"1:33 {player['left']}", "0:28"),
        *(player["next"].format(title="Knead"), own["pause"], own["steps"], own["volume"], f"q {own['end']}"),
    ):
        assert found(words, shown), words
    assert sum("━" in line for line in shown) == 1
    if height > 12:
        assert found("Press slowly.", shown)
        assert found(player["step"].format(number=1, count=2), shown)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (Heard(32.0), "Let go 2 s"),
        (Heard(39.0), "Change sides: right"),
        (Heard(39.0, paused=True), "Paused"),
        (Heard(39.0, paused=True, waiting=True), "Press the space bar when you are ready"),
        (Heard(39.0, coming=True), "One moment: what comes here is still being spoken"),
        (Heard(101.0), "This is the last part."),
        (Heard(30.0, volume_db=-6.0), "volume -6 dB"),
        (Heard(30.0, paused=True), "space go on"),
    ],
)
def test_what_is_going_on(at: Heard, state: str) -> None:
    """The phase, unless it is paused or waits; and what keys would do."""
    assert found(state, lines(session(), at))


def test_words_stay_within_their_step() -> None:
    """What was said last can be read as long as it is about this step."""
    shown = {at: view(session(), Heard(at), Screen()) for at in (25.0, 59.0, 61.0)}
    assert [found("Press slowly.", text.plain.split("\n")) for text in shown.values()] == [True, True, False]

    def style(at: float) -> str:
        text = shown[at]
        place = text.plain.index("Press slowly.")
        return " ".join(str(span.style) for span in text.spans if span.start <= place < span.end)

    assert "dim" not in style(25.0)
    assert "dim" in style(59.0)


@pytest.mark.parametrize(("left", "shown"), [(0.2, "0:01"), (40.0, "0:40"), (12.01, "0:13")])
def test_the_time_left_is_large_where_there_is_room(left: float, shown: str) -> None:
    """In digits of blocks that can be read from afar, else in plain ones; it counts down to zero, never to less."""
    at = Heard(100.0 - left)
    assert found(f"{shown} left in this step", lines(session(), at, 40, 12))
    large = lines(session(), at, 100, 30)
    assert not found(shown, [line for line in large if "session" not in line])
    assert sum("██" in line for line in large) >= 10


def test_the_bar_grows_and_marks_each_chapter() -> None:
    """Heavy as far as it was heard, with a mark where each chapter begins."""

    def bar(at: float) -> str:
        return next(line for line in lines(session(), Heard(at)) if set(line) & set("━─")).strip()

    assert [bar(at).count("┃") for at in (0.0, 60.0, 120.0)] == [3, 3, 3]
    assert [bar(at).count("─") for at in (0.0, 60.0, 120.0)] == [69, 34, 0]


@pytest.mark.parametrize(("width", "height"), [*SIZES, (20, 5), (1, 1)])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_no_text_gets_out_of_hand(width: int, height: int, encoding: str) -> None:
    """Control signs, markup, emoji and right-to-left letters are text, and nothing is wider than the screen."""
    timeline = session(NASTY, said=NASTY)
    for at in (0.0, 27.0, 39.0):
        shown = lines(timeline, Heard(at), width, height, encoding)
        assert len(shown) == height
        assert max(map(cell_len, shown)) <= max(width, 3)
        joined = "".join(shown)
        assert not re.search("[\x00-\x1f\x7f\u202e\u200d]", joined)
        assert joined.encode(encoding)
    if (width, height, encoding) == (200, 60, "utf-8"):
        assert found("<b>[red]Kneten[/red]", lines(timeline, Heard(27.0), width, height))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_console_draws_just_that(width: int, height: int) -> None:
    """No line is wrapped or cut by it, in colours or without."""
    screen = Screen(width, height)
    for options in ({"force_terminal": True}, {"force_terminal": True, "no_color": True}):
        console = Console(file=io.StringIO(), width=width, height=height, record=True, **options)
        drawn = view(session(), Heard(27.5), screen)
        console.print(drawn)
        assert [line.rstrip() for line in console.export_text().split("\n")[:height]] == [
            line.rstrip() for line in drawn.plain.split("\n")
        ]


def test_a_session_of_one_chapter_without_steps() -> None:
    """Of a file that tells nothing, its title and its times."""
    music = made(duration=60.0, title="Rain", chapters=[{"title": "Rain", "start": 0.0, "end": 60.0}], clips=[])
    shown = lines(music, Heard(10.0), 60, 12)
    assert " ".join(shown).count("Rain") == 1
    assert found("0:50 left in the session", shown)
