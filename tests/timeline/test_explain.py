"""The picture of a session tells its rows to scale, in any terminal, whatever the titles hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from timelines_for_tests import CHOICES

from voiceguide.cli import cli
from voiceguide.timeline import Chapter, Clip, Cycle, Round, Slot, Timeline, explain

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def timeline(chapters: tuple[Chapter, ...], clips: tuple[Clip, ...] = (), **changes: Any) -> Timeline:
    made = Timeline(
        generator="voiceguide 0",
        routine="back",
        title="Back",
        summary="",
        audience="giver",
        length="full",
        setup=None,
        talk="full",
        language="en",
        voice="tone:steady",
        pace=135,
        bed=None,
        choices=CHOICES,
        duration=chapters[-1].end,
        estimated=False,
        chapters=chapters,
        clips=clips,
    )
    return replace(made, **changes)


def voice(start: float, end: float) -> Clip:
    return Clip("narration", "instruction", start, end, text="Words.")


def chime(name: str, start: float, end: float) -> Clip:
    return Clip("chime", name, start, end, sound=name)


HELD = (Round((40.0, 45.0), (45.0, 48.0)), Round((50.0, 55.0), (55.0, 58.0)))
SMALL = timeline(
    (
        Chapter("Opening", 0.0, 20.0),
        Chapter("Thumbs", 20.0, 104.0, step=1, slots=(Slot("left", 24.0, 60.0, HELD), Slot("right", 64.0, 100.0))),
        Chapter("Strokes", 104.0, 130.0, step=2, group="One leg", slots=(Slot("other", 108.0, 130.0),)),
        Chapter("Closing", 130.0, 140.0),
    ),
    (
        voice(2.0, 12.0),
        chime("step", 20.0, 23.0),
        voice(24.0, 34.0),
        chime("press", 40.0, 41.4),
        voice(40.0, 41.0),
        chime("release", 45.0, 46.4),
        chime("press", 50.0, 51.4),
        chime("release", 55.0, 56.4),
        chime("switch", 60.0, 63.0),
        voice(61.5, 63.0),
        voice(64.0, 70.0),
        chime("step", 104.0, 107.0),
        voice(108.0, 112.0),
        Clip("bed", "bed", 0.0, 140.0, sound="rain"),
    ),
)


def shown(session: Timeline, width: int = 80, encoding: str = "utf-8") -> list[str]:
    return [line.plain for line in explain.picture(session, width=width, encoding=encoding)]


# ---- rows -----------------------------------------------------------------------------------------------------------


def test_a_row_is_a_side_and_the_changeover_before_it() -> None:
    """Each row is named, and the rows of a step meet where its changeover starts."""
    found = [(row.label, row.start, row.end) for row in explain.rows(SMALL)]
    assert found == [
        ("Opening", 0.0, 20.0),
        ("1 Thumbs, left", 20.0, 60.0),
        ("1 Thumbs, right", 60.0, 104.0),
        ("2 One leg: Strokes, other", 104.0, 130.0),
        ("Closing", 130.0, 140.0),
    ]


def test_numbers_of_a_row() -> None:
    """The share of words, the rounds, and the longest silence, in which hold rounds are none."""
    left, right = explain.rows(SMALL)[1:3]
    assert left.voice_share == pytest.approx(11 / 40)
    assert left.rounds == 2
    assert left.longest_silence == pytest.approx(6.0)  # from the words' end at 34 to the first press
    assert right.rounds == 0
    assert right.longest_silence == pytest.approx(34.0)  # from 70 to the step's end
    assert explain.rows(SMALL)[4].voice_share == 0.0


def test_a_phase_stands_for_its_own_sound() -> None:
    """A hold's sounds are not marked beside its press and release; every other sound is."""
    marked = [(span.kind, span.start) for row in explain.rows(SMALL) for span in row.spans if span.kind == "sound"]
    assert marked == [("sound", 20.0), ("sound", 60.0), ("sound", 104.0)]


def test_a_sound_that_rings_on_is_marked_once() -> None:
    """What rings into the next row is shown there as ringing, not as a new sound."""
    session = timeline((Chapter("A", 0.0, 10.0), Chapter("B", 10.0, 20.0)), (chime("end", 8.0, 14.0),))
    first, second = explain.rows(session)
    assert [(s.kind, s.start, s.end) for s in first.spans] == [("ring", 8.0, 10.0), ("sound", 8.0, 10.0)]
    assert [(s.kind, s.start, s.end) for s in second.spans] == [("ring", 10.0, 14.0)]


# ---- the terminal ---------------------------------------------------------------------------------------------------


SLOPES = str.maketrans("/\\", "\u2571\u2572")
STROKES = (Cycle((5.0, 11.0), (11.0, 15.0), True), Cycle((15.0, 21.0), (21.0, 25.0), False))
PACED = timeline(
    (
        Chapter("Opening", 0.0, 2.0),
        Chapter("Strokes", 2.0, 42.0, 1, slots=(Slot(None, 4.0, 40.0, cycles=STROKES),)),
        Chapter("Closing", 42.0, 44.0),
    ),
    (voice(5.0, 6.0), voice(11.0, 12.0), chime("swell", 15.0, 25.0)),
)


def test_strokes_are_drawn_as_slopes() -> None:
    """Their swell is no mark of its own, they are counted, and those that are spoken are no silence."""
    row = explain.rows(PACED)[1]
    assert [(span.kind, span.start) for span in row.spans if span.kind in ("out", "back", "ring", "sound")] == [
        *(("out", 5.0), ("out", 15.0), ("back", 11.0), ("back", 21.0))
    ]
    assert (row.strokes, row.longest_silence) == (2, 42.0 - 15.0)
    lines = shown(PACED)
    assert any("█/////█\\\\\\//////\\\\\\\\".translate(SLOPES) in line for line in lines)
    assert any(line.rstrip().endswith("strokes") for line in lines)
    assert any("/ stroke out   \\ back".translate(SLOPES) in line for line in lines)
    assert not any("stroke" in line for line in shown(SMALL))


def test_picture() -> None:
    """A small session's picture: every row's numbers and its bar, a mark a second."""
    assert shown(SMALL, 72) == [
        "Back, full: 2:20 (measured), voice tone:steady",
        "",
        "start  step                               length  voice  silence  rounds",
        "       |0:00     |0:10     |0:20     |0:30     |0:40     |0:50     |1:00",
        " 0:00  Opening                              0:20    50%     0:08",
        "       ··██████████········",
        " 0:20  1 Thumbs, left                       0:40    28%     0:06       2",
        "       ♪~~·██████████──────█▅▅▅▅▂▂▂──▅▅▅▅▅▂▂▂──",
        " 1:00  1 Thumbs, right                      0:44    17%     0:34",
        "       ♪~█·██████──────────────────────────────····",
        " 1:44  2 One leg: Strokes, other            0:26    15%     0:18",
        "       ♪~~·████──────────────────",
        " 2:10  Closing                              0:10     0%     0:10",
        "       ··········",
        "",
        "█ voice   ▅ press   ▂ release   ─ hands only   ♪ a sound starts",
        "~ it rings on   · lead-in, changeover, waiting",
        "One mark is 1 s, and the ruler counts from the start of each row. Voice",
        "is the share of time with words, silence the longest time without words",
        "or holds.",
        "",
        "Nothing was left out.",
    ]


def test_picture_in_plain_ascii() -> None:
    """An output without block characters gets other marks, and no letter that it cannot take."""
    session = replace(SMALL, title="Rücken – 背中")
    plain = "\n".join(shown(session, 72, "ascii"))
    assert plain.isascii()
    assert "R?cken ? ??, full" in plain
    assert "*~~:##########------#====___--=====___--" in plain
    assert "Rücken – ??, full" in "\n".join(shown(session, 72, "cp1252"))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_colour_is_never_the_only_difference(encoding: str) -> None:
    """No two kinds share a mark, and each is named in the legend."""
    legend = " ".join(line for line in shown(SMALL, 200, encoding) if "hands only" in line)
    marks = re.findall(r"(?:^|   )(\S) ", legend)
    assert len(marks) == len(set(marks)) == 7


def test_a_long_row_goes_on_in_the_next_line_with_its_time() -> None:
    """A bar longer than a line is broken, at the one scale of all rows."""
    session = timeline((Chapter("Short", 0.0, 30.0), Chapter("Long", 30.0, 330.0), *_tail(330.0, 12)))
    lines = shown(session, 80)
    at = next(number for number, line in enumerate(lines) if "Long" in line)
    times = ("", "1:43", "2:56", "4:09", "5:22")
    assert lines[at + 1 : at + 6] == [f"{time:>5}  {'·' * (8 if time == '5:22' else 73)}" for time in times]


def _tail(start: float, count: int) -> tuple[Chapter, ...]:
    return tuple(Chapter("Tail", start + 60.0 * n, start + 60.0 * (n + 1)) for n in range(count))


def test_a_long_name_is_cut_where_its_numbers_start() -> None:
    """A name too long for its line ends in an ellipsis, wide letters and all, and the numbers keep their columns."""
    long = timeline((Chapter("Opening", 0.0, 20.0), Chapter("背中" * 40, 20.0, 40.0)))
    at = next(number for number, line in enumerate(shown(long, 60)) if "背" in line)
    assert shown(long, 60)[at] == f" 0:20  {'背中' * 7}…    0:20     0%     0:20"
    assert shown(long, 60, "ascii")[at] == f" 0:20  {'?' * 27}..    0:20     0%     0:20"


def test_the_shortest_word_has_a_mark() -> None:
    """What is shorter than a mark is drawn one mark long, not lost."""
    chapters = (Chapter("A", 0.0, 7200.0, step=1, slots=(Slot(None, 4.0, 7200.0),)),)
    words = tuple(voice(at, at + 0.8) for at in (1000.0, 3000.0, 5000.0))
    bars = "".join(line for line in shown(timeline(chapters, words)) if "───" in line)
    assert bars.count("█") == 3


def test_an_estimate_is_called_one() -> None:
    """A timeline of estimates says so; a measured one does not."""
    assert "Estimated:" in "\n".join(shown(replace(SMALL, estimated=True)))
    assert "stimated" not in "\n".join(shown(SMALL))


SPANS = st.lists(st.floats(0.0, 4000.0), min_size=2, max_size=8, unique=True).map(sorted)


@st.composite
def sessions(draw: st.DrawFn, names: st.SearchStrategy[str] | None = None) -> Timeline:
    """Any session: chapters with slots and rounds, and clips anywhere."""
    text = st.text(max_size=40) if names is None else names
    bounds = [0.0, *(at + 1.0 for at in draw(SPANS))]
    chapters = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        part = (end - start) / 4
        held = (Round((start + part, start + 1.2 * part), (start + 1.2 * part, start + 1.3 * part)),)
        slots = (Slot(draw(text), start + part, start + 2 * part, held), Slot(None, start + 2.5 * part, end - part))
        group = draw(st.none() | text)
        some = slots[: draw(st.integers(0, 2))]
        chapters.append(Chapter(draw(text), start, end, draw(st.sampled_from((None, number))), group, some))
    clips = [
        Clip("narration" if kind else "chime", "cue", at, at + lasts, text="x", sound="step")
        for at, lasts, kind in draw(
            st.lists(st.tuples(st.floats(0.0, 4000.0), st.floats(0.0, 60.0), st.booleans()), max_size=12)
        )
    ]
    return timeline(
        tuple(chapters),
        tuple(sorted(clips, key=lambda clip: clip.start)),
        title=draw(text),
        choices=CHOICES | {"without": (draw(text),)},
    )


@given(sessions())
def test_rows_tile_the_session(session: Timeline) -> None:
    """Every row starts where the one before ends, and what fills it lies inside it."""
    found = explain.rows(session)
    assert found[0].start == 0.0
    assert found[-1].end == session.duration
    assert [row.end for row in found[:-1]] == [row.start for row in found[1:]]
    assert all(row.start <= span.start < span.end <= row.end for row in found for span in row.spans)
    assert all(0.0 <= row.voice_share <= 1.0 and 0.0 <= row.longest_silence <= row.seconds for row in found)


@given(sessions(), st.integers(1, 200), st.sampled_from(("utf-8", "ascii", "cp1252", "shift_jis")))
def test_any_session_is_shown_safely_and_within_the_width(session: Timeline, width: int, encoding: str) -> None:
    """No line is wider than the terminal, holds a control character, or cannot be written."""
    for line in shown(session, width, encoding):
        assert cell_len(line) <= max(width, explain.NARROWEST)
        assert not {unicodedata.category(sign) for sign in line} & {"Cc", "Cs", "Zl", "Zp"}
        line.encode(encoding)


@given(sessions(st.just("Step")), st.integers(40, 160))
def test_bars_are_to_scale(session: Timeline, width: int) -> None:
    """Each row's bar is as long as its time, within one mark."""
    lines = shown(session, width)
    scale = next(int(found[1]) for line in lines if (found := re.match(r"One mark is (\d+) s", line)))
    bars: list[int] = []
    for line in lines[lines.index("", 1) - 1 :]:
        if re.fullmatch(r" *[\d:]*  [█▅▂─♪~·]+", line):
            bars[-1] += len(line.split()[-1])
        elif re.match(r" *\d+:\d\d", line):
            bars.append(0)
    for cells, row in zip(bars, explain.rows(session), strict=True):
        assert abs(cells - row.seconds / scale) <= 1


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Long\n strokes\t.", "Long strokes ."),
        ("\x1b[31mRed\x07", "\ufffd[31mRed\ufffd"),
        ("a\u202eb\u2066c\u200fd\u200be", "abcde"),
        ("\ud800", "\ufffd"),
        ("שלום", "שלום"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # noqa: RUF001 (Persian, not Latin)
        ("👩\u200d👧 ❤\ufe0f", "👩👧 ❤"),
    ],
)
def test_plain(text: str, safe: str) -> None:
    """A title keeps its letters; what commands a terminal or turns its lines round does not get there."""
    assert explain.plain(text) == safe


# ---- what was left out ----------------------------------------------------------------------------------------------


def test_what_found_no_place_is_told_with_the_reason() -> None:
    """The program's own items are counted in plain words."""
    session = replace(SMALL, left_out=(("next", 1), ("reminder", 2), ("time_left", 1)))
    told = "\n".join(explain.left_out(session))
    assert "- the name of the next step (1 time): the words or holds before it reach" in told
    assert "- reminders (2 times): " in told
    assert "- how much time is left (1 time): " in told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"choices": CHOICES | {"without": ("Knead", "2")}}, "steps, by without: Knead, 2."),
        ({"choices": CHOICES | {"opening": False}}, "the opening but for the words of care, by opening."),
        ({"choices": CHOICES | {"safety": False}}, "all but the brief words of care, by safety."),
        ({"choices": CHOICES | {"gate": "brief"}}, "all but the brief words of care, by gate brief."),
        ({"choices": CHOICES | {"closing": False}}, "the closing, by closing."),
        ({"talk": "calm"}, "reminders in the second half of each step's time, by talk calm."),
        ({"talk": "minimal"}, "all words but names, care, warnings and questions, by talk minimal."),
    ],
)
def test_what_was_not_wanted_is_told_with_its_option(changes: dict[str, Any], told: str) -> None:
    """Each choice that leaves something out is named, alone."""
    assert list(explain.left_out(replace(SMALL, **changes))) == ["Left out:", f"- {told}"]


# ---- the command ----------------------------------------------------------------------------------------------------


def _run(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *options: str, environment: dict[str, str] | None = None
) -> Result:
    monkeypatch.setattr("voiceguide.cli.plan.loaded", lambda *_: None)
    monkeypatch.setattr("voiceguide.session.plan", lambda *_, **__: SMALL)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "none.toml").touch()
    settings = {"VOICEGUIDE_CONFIG": str(tmp_path / "none.toml"), "TERM": "xterm", **(environment or {})}
    said = {"quiet": False, "debug": False}
    return CliRunner().invoke(cli, ["plan", "back", "--explain", *options], env=settings, obj=said)


def test_the_command_draws_80_columns_without_a_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Into a file or a pipe the picture is 80 columns wide and has no colours."""
    result = _run(monkeypatch, tmp_path, environment={"COLUMNS": "150"})
    assert result.exit_code == 0
    assert result.stdout.splitlines() == shown(SMALL)


def test_no_color_leaves_no_escapes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Colours are there where they are wanted, and NO_COLOR takes every escape away."""
    assert "\x1b[" in _run(monkeypatch, tmp_path, environment={"FORCE_COLOR": "1"}).stdout
    plain = _run(monkeypatch, tmp_path, environment={"FORCE_COLOR": "1", "NO_COLOR": "1"})
    assert plain.stdout.splitlines() == shown(SMALL)


def test_a_picture_is_no_json(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """--explain and --json together are refused."""
    assert "--explain and --json" in str(_run(monkeypatch, tmp_path, "--json").exception)
