"""The cue card: all of a session on one page, in letters that can be read, however it is written."""

from __future__ import annotations

import hashlib
import io
import re
from base64 import b64encode
from dataclasses import replace
from functools import cache
from itertools import combinations, cycle
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from browsers_for_tests import chromium
from bundled_for_tests import routine as routine_of
from drawings_for_tests import GLIDE
from pictures_for_tests import picture
from timelines_for_tests import made

from voiceguide import phrases
from voiceguide.drawing import vector
from voiceguide.drawing.shapes import Box, Path, Photo, Picture, Run, Sheet
from voiceguide.durations import clock
from voiceguide.errors import MissingError, UsageError
from voiceguide.pages.card import SUFFIXES, bytes_of, card, check_suffix, colours
from voiceguide.pages.card.sizes import MARGIN, PAPERS, SMALLEST
from voiceguide.routine import finding
from voiceguide.routine.languages import languages
from voiceguide.routine.notes import Notes, notes_of
from voiceguide.session import plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from voiceguide.timeline import Timeline

BUNDLED = sorted(finding.files())
MIXED = "A rather long evening massage for two people שלום עולם 😀👩\u200d💻"
SCRIPTS = (
    MIXED,
    "עיסוי ערב ארוך למדי לשני אנשים בבית",
    "تدليك مسائي طويل لشخصين سسسس شصض",
    "二人のための少し長い夜のマッサージ、静かに",
    "둘이 하는 긴 저녁 마사지",
    "😀👩\u200d💻😴🤲🏽💆\u200d♀\ufe0f❤\ufe0f🔥🌙",
    "Широкоплечий массаж: ЩЕДРЫЙ ЖМЫХ",
    "Βραδινό μασάζ για δύο ώμους, ΜΩΒ",  # noqa: RUF001 (Greek)
    "दो लोगों के लिए शाम की लंबी मालिश",
    "การนวดตอนเย็นยาวสำหรับสองคน",
    "שלום {a} #1 + b = c ~ d ^ e <f> (t) [t] ½ → № Ⅷ •",
)
NASTY = (
    "<script>alert(\"x\")</script> & 'quotes'",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} family",
    "עיסוי גב עליון רך",
    "تدليك الظهر العلوي ببطء",
    "Massage de l’épaule \N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}\xa0douce\xa0»",
)


@cache
def _session(name: str, length: str, language: str = "en", setup: str | None = None) -> tuple[Timeline, Notes]:
    routine = routine_of(name)
    timeline = plan(routine, length=length, language=language, setup=setup, voice="tone")
    return timeline, notes_of(routine, timeline.language)


def _chapter(title: str, step: int, start: float, *sides: str | None, **more: Any) -> dict[str, Any]:
    """A step of a minute, half of it on each of two sides, 4 s before each."""
    each = 60.0 / len(sides)
    held = more.pop("rounds", [])
    slots = [
        {
            "side": side,
            "start": start + number * each + 4,
            "end": start + (number + 1) * each,
            "rounds": [{kind: [start + number * each + at for at in span] for kind, span in a.items()} for a in held],
        }
        for number, side in enumerate(sides)
    ]
    return {"title": title, "step": step, "start": start, "end": start + 60.0, "slots": slots, **more}


def _session_of(*chapters: dict[str, Any], clips: tuple[dict[str, Any], ...] = (), **more: Any) -> Timeline:
    return made(duration=chapters[-1]["end"], chapters=list(chapters), clips=list(clips), **more)


def _texts(sheet: Sheet) -> str:
    """All that stands on it, in the order in which it is drawn, lines joined by spaces."""
    return " ".join(run.text for run in sheet.runs).replace("\xa0", " ")


def _overlaps(boxes: list[tuple[float, float, float, float]], by: float = 0.05) -> Iterator[tuple[int, int]]:
    for (one, a), (other, b) in combinations(enumerate(boxes), 2):
        if a[0] < b[2] - by and b[0] < a[2] - by and a[1] < b[3] - by and b[1] < a[3] - by:
            yield one, other


def _check(sheet: Sheet) -> None:
    """One page's promises: nothing beyond its margins, no text over another, no letters too small."""
    for shape in sheet.all_shapes:
        left, top, right, bottom = shape.box
        # A line on the edge reaches over it by half its thickness.
        assert min(left, top) >= MARGIN - 0.5, shape
        assert right <= sheet.width - MARGIN + 0.5, shape
        assert bottom <= sheet.height - MARGIN + 0.5, shape
    runs = sheet.runs
    assert [(runs[a].text, runs[b].text) for a, b in _overlaps([run.box for run in runs])] == []
    assert min(run.size for run in runs) >= SMALLEST


# ---- the layout


@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_routine_fits(name: str) -> None:
    """Full on A4 and Letter, short on the lower of them: in one page's margins, readable, no text over another."""
    for length, paper in (("full", "a4"), ("full", "letter"), ("short", "letter")):
        _check(card(*_session(name, length), paper))


@pytest.mark.slow
@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_routine_fits_in_each_language_and_setup(name: str) -> None:
    """The same for all else that can be chosen, in full, where a card has all there is to tell; the papers in turn."""
    routine = routine_of(name)
    papers = cycle(PAPERS)
    for setup in routine.setups or (None,):
        for language in languages(routine):
            if language != "en" or setup != (routine.setups or (None,))[0]:
                _check(card(*_session(name, "full", language, setup), next(papers)))


@pytest.mark.parametrize(("name", "language"), [("upper-back", "de"), ("full-body", "en"), ("desk-break", "fr")])
def test_says_all_there_is(name: str, language: str) -> None:
    """Title, length, position, steps in order with their starts, what is needed, safety, the sounds, and the words."""
    timeline, notes = _session(name, "full", language)
    told = _texts(card(timeline, notes))
    labels = phrases.load(language).all_shown("card")
    expected = [timeline.title, notes.position, *notes.need, *notes.not_today, *notes.ask_first]
    lines = phrases.load(language).all_shown("notes")
    expected += [" ".join(lines[key].split()) for key in ("volume", "numbers", "lost", "faint")]
    expected += [*notes.avoid, *notes.more, labels["in_time"], labels["more"], labels["do_not_start"]]
    expected += [chapter.title for chapter in timeline.chapters if chapter.step]
    for text in expected:
        assert text in told
    names = [chapter.title for chapter in sorted(timeline.chapters, key=lambda c: c.step or 0) if chapter.step]
    places = [told.index(name) for name in dict.fromkeys(names)]
    assert places == sorted(places)
    first = next(chapter for chapter in timeline.chapters if chapter.step)
    minutes, seconds = divmod(round(first.start), 60)
    assert labels["at"].format(time=f"{minutes}:{seconds:02}") in told


def test_titles_and_names_are_the_largest() -> None:
    """From a metre away first the title is read, then the steps, then their times."""
    timeline, notes = _session("upper-back", "full")
    runs = card(timeline, notes).runs
    title = next(run for run in runs if run.text == timeline.title)
    name = next(run for run in runs if run.text == "Gentle strokes")
    starts = next(chapter.start for chapter in timeline.chapters if chapter.title == name.text)
    time = next(run for run in runs if run.text == f"at {clock(starts)}")
    others = [run.size for run in runs if not run.bold]
    assert title.size > name.size > time.size == max(others)
    assert name.size >= 17


def test_few_steps_get_larger_letters() -> None:
    """A page with room to spare is not left empty."""
    sizes = {}
    for name in ("desk-break", "full-body"):
        timeline, notes = _session(name, "short")
        first = timeline.chapters[1].title
        sizes[name] = next(run.size for run in card(timeline, notes).runs if run.text == first)
    assert sizes["desk-break"] > 1.4 * sizes["full-body"]


def test_sides_and_holds_are_told() -> None:
    """How often, how long, on which sides, and how long each press and release is."""
    rounds = [{"press": (6.0, 13.0), "release": (13.0, 16.0)}, {"press": (16.0, 23.0), "release": (23.0, 26.0)}]
    only = [{"press": (6.0, 11.5), "release": (11.5, 11.5)}]
    session = _session_of(
        _chapter("Thumbs", 1, 0.0, "left", "right", rounds=rounds), _chapter("Lean", 2, 60.0, None, rounds=only)
    )
    told = _texts(card(session, Notes()))
    assert "at 0:00 2 × 26 s left, right 2 × press 7 s, let go 3 s" in told
    assert "at 1:00 56 s 1 × press 5.5 s" in told


def test_strokes_are_told_by_their_pace() -> None:
    """How long the hands are on their way out, and back."""
    chapter = _chapter("Strokes", 1, 0.0, "left", "right")
    for slot in chapter["slots"]:
        first, second = slot["start"] + 2.0, slot["start"] + 12.5
        slot["cycles"] = [
            {"out": (first, first + 6.0), "back": (first + 6.0, second), "voiced": True},
            {"out": (second, second + 6.0), "back": (second + 6.0, second + 10.5), "voiced": False},
        ]
    told = _texts(card(_session_of(chapter), Notes()))
    assert "at 0:00 2 × 26 s left, right strokes 6 s out, 4.5 s back" in told


def test_groups_are_shown_as_groups() -> None:
    """A group's name once, when each side begins, a line beside its steps, and each step once with all its sides."""
    names = ("Calf", "Foot")
    chapters = [
        _chapter(name, step, 60.0 * (2 * turn + step - 1), side, group="Leg")
        for turn, side in enumerate(("left", "right"))
        for step, name in enumerate(names, 1)
    ]
    sheet = card(_session_of(*chapters, _chapter("Rest", 3, 240.0, None)), Notes())
    told = _texts(sheet)
    assert "Leg left 0:00, right 2:00" in told
    assert told.count("2 × 56 s") == 2
    assert told.count("Calf") == 1
    lines = [s for s in sheet.shapes if isinstance(s, Path) and s.weight == 2.5 and s.points[0][0] == s.points[1][0]]
    assert len(lines) == 2


def test_a_second_group_of_the_same_name_is_another() -> None:
    """Its sides begin when they begin."""
    chapters = [
        _chapter(name, step, 60.0 * number, side, group="Leg")
        for number, (name, step, side) in enumerate(
            (("Calf", 1, "left"), ("Calf", 1, "right"), ("Foot", 2, "left"), ("Foot", 2, "right"))
        )
    ]
    told = _texts(card(_session_of(*chapters), Notes()))
    assert "Leg left 0:00, right 1:00" in told
    assert "Leg left 2:00, right 3:00" in told


def test_only_the_sounds_of_the_session_are_told() -> None:
    """Each with its phrase, in the code's order; an author's own sound has none."""
    clips = tuple(
        {"track": "chime", "role": sound, "start": at, "end": at + 1, "sound": sound}
        for at, sound in ((1.0, "end"), (2.0, "step"), (3.0, "own.wav"))
    )
    told = _texts(card(_session_of(_chapter("One", 1, 0.0, None), clips=clips), Notes()))
    assert "The sounds A bowl begins each step. Three bowls close the session." in told
    assert "Two soft notes" not in told
    assert "own.wav" not in told


def test_what_is_not_there_has_no_heading() -> None:
    """A routine without notes has no empty lists, and what holds for every session all the same."""
    told = _texts(card(_session_of(_chapter("One", 1, 0.0, None)), Notes()))
    book = phrases.load("en")
    for key in ("need", "do_not_start", "ask_first", "avoid", "sounds"):
        assert book.shown("card", key) not in told
    lines = (book.shown("notes", key) for key in ("volume", "numbers", "lost", "faint"))
    assert f"{book.shown('card', 'more')} {' '.join(lines)}" in told
    assert told.count(book.shown("card", "words")) == 1


def test_who_massages_themselves_is_told_so() -> None:
    """The words to stop are for two, or for one."""
    session = _session_of(_chapter("One", 1, 0.0, None), audience="self")
    assert phrases.load("en").shown("card", "words_self") in _texts(card(session, Notes()))


def test_estimates_are_called_estimates() -> None:
    """A plan of measured takes says nothing about it."""
    label = phrases.load("en").shown("card", "estimate")
    for estimated in (True, False):
        session = _session_of(_chapter("One", 1, 0.0, None), estimated=estimated)
        assert (label in _texts(card(session, Notes()))) == estimated


def test_lists_of_care_are_never_cut() -> None:
    """What keeps people from harm stands together, in one column below its heading."""
    timeline, notes = _session("couples-evening", "full")
    runs = card(timeline, notes).runs
    for heading, items in (("Not today with", notes.do_not_start), ("Ask a doctor first with", notes.ask_first)):
        at = next(number for number, run in enumerate(runs) if run.text == heading)
        listed = runs[at + 1 : at + 1 + len(items)]
        assert tuple(run.text for run in listed) == items
        assert len({run.x for run in listed}) == 1


def test_the_picture_is_to_scale() -> None:
    """A slot's bar begins and ends where its time lies between the page's margins."""
    session = _session_of(
        _chapter("One", 1, 0.0, None), _chapter("Two", 2, 60.0, None), {"title": "End", "start": 120.0, "end": 180.0}
    )
    sheet = card(session, Notes())
    bars = [each for each in sheet.picture if isinstance(each, Box) and each.fill == colours.HANDS][:2]
    per_second = (sheet.width - 2 * MARGIN) / 180
    for bar, (start, end) in zip(bars, ((4, 60), (64, 120)), strict=True):
        assert bar.x == pytest.approx(MARGIN + start * per_second)
        assert bar.width == pytest.approx((end - start) * per_second)


@pytest.mark.parametrize("name", BUNDLED)
def test_every_step_has_its_number_on_the_picture(name: str) -> None:
    """On each of its sides."""
    timeline, notes = _session(name, "full")
    drawn = [each.text for each in card(timeline, notes).picture if isinstance(each, Run) and each.bold]
    found = sorted(int(text.split()[0]) for text in drawn)
    assert found == sorted(chapter.step for chapter in timeline.chapters for _ in chapter.slots if chapter.step)


def test_sides_that_begin_alike_get_numbers() -> None:
    """A mark tells one side from the other."""
    told = _texts(card(_session_of(_chapter("One", 1, 0.0, "left arm", "left leg")), Notes()))
    assert "1 left arm" in told
    assert "2 left leg" in told
    told = _texts(card(_session_of(_chapter("One", 1, 0.0, "left", "right")), Notes()))
    assert "L left" in told
    assert "R right" in told


def test_sixty_steps_fit() -> None:
    """With two sides each, and all the notes there may be."""
    chapters = [_chapter(f"Step with a name {n}", n, 60.0 * n - 60, "left", "right") for n in range(1, 61)]
    notes = Notes(
        *("lying", ("oil", "a towel"), tuple(f"a fever {n}" for n in range(7)), ("pregnancy",) * 5),
        *(("stay beside it",) * 5, ("x",) * 6),
    )
    sheet = card(_session_of(*chapters), notes, "letter")  # the lower of the papers
    _check(sheet)
    assert "Step with a name 60" in _texts(sheet)


def test_what_cannot_fit_is_refused_and_not_cut() -> None:
    """The message says what is too high, how high the page is, and what to do."""
    chapters = [_chapter(f"Step {n}", n, 60.0 * n - 60, "left", "right") for n in range(1, 121)]
    with pytest.raises(UsageError, match=r"120 steps are \d+ mm high, .* the page has 273 mm\. Leave steps out"):
        card(_session_of(*chapters), Notes())


@pytest.mark.parametrize("title", ["Word " * 40, "Donaudampfschifffahrt" * 6, *NASTY])
def test_long_and_odd_texts_wrap(title: str) -> None:
    """As title, name, side, need and note: inside the page, over no other text, and all there."""
    session = _session_of(_chapter(title, 1, 0.0, title, "right"), _chapter("Two", 2, 60.0, None), title=title)
    sheet = card(session, Notes(title, (title,), (title,), (), (title,), (title,)))
    _check(sheet)
    assert "".join(_texts(sheet).split()).count("".join(title.split())) >= 7


def test_words_are_broken_only_where_they_must_be() -> None:
    """A long word makes the letters smaller before it is cut."""
    long = "Rückenmuskulaturlockerungsgriffe"
    sheet = card(_session_of(*(_chapter(long, n, 60.0 * n - 60, None) for n in range(1, 9))), Notes())
    assert sum(run.text == long for run in sheet.runs) == 8


@pytest.mark.parametrize("long", ["\N{CJK UNIFIED IDEOGRAPH-6F22}" * 35, "Donaudampfschifffahrt" * 4])
def test_a_text_without_spaces_does_not_make_all_letters_small(long: str) -> None:
    """Ideographs break anywhere, and so does a word of many lines where whole it would shrink the page."""
    sizes = []
    for name in ("A name as long as any other", long):
        chapters = [_chapter(name if n == 1 else f"Step {n}", n, 60.0 * n - 60, None) for n in range(1, 5)]
        sheet = card(_session_of(*chapters), Notes())
        _check(sheet)
        sizes.append(next(run.size for run in sheet.runs if run.text == "Step 2"))
    assert sizes[1] >= 0.75 * sizes[0]


def test_a_line_is_read_as_its_text_is() -> None:
    """A line that is all Hebrew is still a line of an English title, and the other way round."""
    for title, from_the_right in ((MIXED, False), (f"שלום {'very long and warm ' * 4}", True)):
        sheet = card(_session_of(_chapter("One", 1, 0.0, None), title=title), Notes())
        lines = [
            run for run in sheet.runs if run.size == max(each.size for each in sheet.runs) and "min" not in run.text
        ]
        assert len(lines) > 1
        assert {run.from_the_right for run in lines} == {from_the_right}


# ---- colours


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_every_text_stands_out() -> None:
    """WCAG AA and more: 7 to 1 on the paper, and on every ground a number may touch."""
    for run in card(*_session("upper-back", "full")).runs:
        assert _contrast(run.colour, "#ffffff") >= 7
    for ground in (colours.HANDS, *(ground for ground, _ in colours.SIDES)):
        assert _contrast(colours.INK, ground) >= 7


def test_sides_differ_without_colour() -> None:
    """The first is darker than what has no side, and the second has lines that stand out from its ground."""
    sheet = card(*_session("upper-back", "full"))
    lines = {each.colour for each in sheet.picture if isinstance(each, Path)}
    ground, ink = colours.SIDES[1]
    assert ink in lines
    assert _contrast(ink, ground) >= 3
    assert _luminance(colours.SIDES[0][0]) < _luminance(colours.HANDS)


# ---- the files


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_card_gives_the_same_bytes(suffix: str) -> None:
    """However it is written."""
    first, second = (bytes_of(card(*_session("feet", "short", "de")), PurePath(f"a{suffix}")) for _ in range(2))
    assert first == second


def test_svg_holds_texts_as_texts() -> None:
    """Well-formed, one element a line, nothing that runs; right-to-left text says so."""
    chapters = [_chapter(name, number, 60.0 * number - 60, None) for number, name in enumerate(NASTY, 1)]
    sheet = card(_session_of(*chapters, title=NASTY[0]), Notes())
    root = ElementTree.fromstring(bytes_of(sheet, PurePath("c.svg")))  # noqa: S314 (our own file)
    found = root.iter("{http://www.w3.org/2000/svg}text")
    assert sorted(each.text or "" for each in found) == sorted(run.text for run in sheet.runs)
    kinds = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert kinds == {"svg", "title", "rect", "path", "text", "g"}
    hebrew = next(each for each in root.iter() if each.text == NASTY[2])
    assert hebrew.get("direction") == "rtl"


def test_html_runs_nothing_and_loads_nothing() -> None:
    """No script, a policy that allows its own style alone, the language, the title, and the page's size."""
    chapters = [_chapter(name, number, 60.0 * number - 60, None) for number, name in enumerate(NASTY, 1)]
    page = bytes_of(card(_session_of(*chapters, title=NASTY[0]), Notes(), "letter"), PurePath("c.html")).decode()
    assert "<script" not in page
    style = page.partition("<style>")[2].partition("</style>")[0]
    allowed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{allowed}'\"" in page
    assert "@page { size: letter; margin: 0 }" in style
    assert '<html lang="en">' in page
    assert "style=" not in page
    assert '<meta name="voiceguide" content="card">' in page.partition("</head>")[0]


def test_pdf_is_one_page_without_a_date() -> None:
    """With its title and language, and of the paper's size."""
    pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    for paper, (_, width, height) in PAPERS.items():
        written = bytes_of(card(*_session("upper-back", "short", "fr"), paper), PurePath("c.pdf"))
        assert len(re.findall(rb"/Type /Page\b", written)) == 1
        assert b"Date" not in written
        assert b"/Lang (fr)" in written
        assert b"/Title (Massage du haut du dos)" in written
        box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", written)
        assert box
        assert (float(box[1]), float(box[2])) == pytest.approx((width, height), abs=0.01)


@pytest.mark.parametrize("text", NASTY[1:4])
def test_pdf_refuses_letters_it_lacks(text: str) -> None:
    """It says which text, and what to do."""
    pytest.importorskip("fpdf", reason="the extra pdf is not installed")
    sheet = card(_session_of(_chapter(text, 1, 0.0, None)), Notes())
    with pytest.raises(UsageError, match=r"has no letters for .* write the card as \.html or \.svg instead"):
        bytes_of(sheet, PurePath("c.pdf"))


def test_pdf_without_its_package_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any work."""
    monkeypatch.delitem(__import__("sys").modules, "voiceguide.pages.card.pdf", raising=False)
    monkeypatch.setitem(__import__("sys").modules, "fpdf", None)
    with pytest.raises(MissingError, match=r"-m pip install fpdf2"):
        check_suffix(PurePath("c.pdf"))
    check_suffix(PurePath("c.html"))


# ---- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all the tests below."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own."""
    opened = browser.new_page()
    yield opened
    opened.close()


def _shown(page: Page, sheet: Sheet) -> list[tuple[float, float, float, float]]:
    """Show a card in its own size and return where the browser has its texts, in points."""
    page.emulate_media(media="print")
    page.set_content(bytes_of(sheet, PurePath("c.html")).decode())
    boxes: list[list[float]] = page.evaluate(
        "[...document.querySelectorAll('text')].map(text => text.getBBox())"
        ".map(box => [box.x, box.y, box.x + box.width, box.y + box.height])"
    )
    return [(left, top, right, bottom) for left, top, right, bottom in boxes]


def _check_in_browser(page: Page, sheet: Sheet) -> None:
    """Its texts inside of the margins and apart from each other, its outermost 5 mm white, and one page in print."""
    from PIL import Image

    boxes = _shown(page, sheet)
    assert len(boxes) == len(sheet.runs)
    for left, top, right, bottom in boxes:
        assert min(left, top) >= MARGIN - 1
        assert right <= sheet.width - MARGIN + 1
        assert bottom <= sheet.height - MARGIN + 1
    texts = [run.text for run in (*sheet.shapes, *sheet.picture) if run in sheet.runs]
    # The browser rounds how far a font reaches, up and down, to whole pixels of 0.75 points.
    assert [(texts[a], texts[b]) for a, b in _overlaps(boxes, by=1.6)] == []
    width, height = round(sheet.width * 4 / 3), round(sheet.height * 4 / 3)  # CSS pixels
    page.set_viewport_size({"width": width, "height": height})
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        grey = picture.convert("L")
    margin = round(5 / 25.4 * 96)
    inked = grey.point([255 if level < 250 else 0 for level in range(256)]).getbbox()
    assert inked is not None
    assert min(inked[:2]) >= margin
    assert inked[2] <= width - margin
    assert inked[3] <= height - margin
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1


@pytest.mark.parametrize("paper", PAPERS)
def test_a_browser_prints_one_page(page: Page, paper: str) -> None:
    """Short and full, few steps and many: everything inside, nothing over each other, the edge white."""
    for name, length in (("upper-back", "short"), ("full-body", "full"), ("desk-break", "short")):
        _check_in_browser(page, card(*_session(name, length), paper))


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPERS)
def test_a_browser_prints_every_bundled_routine_on_one_page(page: Page, paper: str) -> None:
    """In turn on the one paper and on the other: the layout, which is checked on both in every language, is the same.

    A page of its own for each paper: one that was shown in another size keeps that for a while.
    """
    every = [(name, languages(routine_of(name))[-1]) for name in BUNDLED]
    for name, language in every[list(PAPERS).index(paper) :: len(PAPERS)]:
        _check_in_browser(page, card(*_session(name, "full", language), paper))


def test_nasty_texts_are_texts_in_a_browser(page: Page) -> None:
    """As title, names and notes: each is shown as it is written, and nothing runs."""
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    chapters = [_chapter(name, number, 60.0 * number - 60, name, "b") for number, name in enumerate(NASTY, 1)]
    sheet = card(_session_of(*chapters, title=NASTY[0]), Notes(NASTY[2], NASTY, NASTY, NASTY, NASTY, NASTY))
    boxes = _shown(page, sheet)
    assert ran == []
    assert page.title() == NASTY[0]
    assert sorted(page.locator("text").all_text_contents()) == sorted(run.text for run in sheet.runs)
    for left, top, right, bottom in boxes:
        assert min(left, top) >= MARGIN - 1
        assert right <= sheet.width - MARGIN + 1
        assert bottom <= sheet.height - MARGIN + 1


def test_no_script_is_wider_than_it_is_reckoned(page: Page) -> None:
    """So that a title in any script, or in several, stays beside the session's length, and a name in its column."""
    chapters = [_chapter(text, number, 60.0 * number - 60, None) for number, text in enumerate(SCRIPTS, 1)]
    for title in SCRIPTS[:2]:
        sheet = card(_session_of(*chapters, title=title), Notes("", SCRIPTS, (), (), ()))
        boxes = _shown(page, sheet)
        wider = [run.text for run, box in zip(sheet.runs, boxes, strict=True) if box[2] - box[0] > run.width + 1]
        assert wider == []
        assert [(sheet.runs[a].text, sheet.runs[b].text) for a, b in _overlaps(boxes, by=1.6)] == []


def test_a_phone_shows_all_of_it(browser: Browser) -> None:
    """As wide as the screen, with nothing to the side of it; who wants it larger may enlarge it."""
    with browser.new_context(viewport={"width": 390, "height": 800}) as context:
        page = context.new_page()
        page.set_content(bytes_of(card(*_session("upper-back", "full")), PurePath("c.html")).decode())
        drawing = page.locator("svg").first.bounding_box()
        assert drawing is not None
        assert drawing["x"] >= 0
        assert 370 <= drawing["width"] <= 390 - drawing["x"]
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        viewport = page.locator("meta[name=viewport]").get_attribute("content") or ""
        assert not re.search("user-scalable|maximum-scale", viewport)


@pytest.mark.parametrize("width", [390, 1200])
def test_nothing_keeps_anybody_from_reading_it(browser: Browser, width: int) -> None:
    """No fault that axe knows, on a phone and on a screen; its script needs the page's policy lifted."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    with browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True) as context:
        page = context.new_page()
        page.set_content(bytes_of(card(*_session("upper-back", "full")), PurePath("c.html")).decode())
        assert axe.Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_cover_of_its_own_stands_beside_the_title(kind: str) -> None:
    """In every format, on the page, clear of the title and the total; and who wrote it below."""
    timeline, notes = _session("upper-back", "short")
    own = picture(kind, (300, 200))
    sheet = card(timeline, replace(notes, author="Ana Rossi"), cover=own)
    (photo,) = (each for each in sheet.shapes if isinstance(each, Photo))
    assert photo.width / photo.height == pytest.approx(1.5)
    assert photo.box[2] == pytest.approx(sheet.width - MARGIN)
    assert not [run.text for run in sheet.runs if run.box[2] > photo.x and run.box[1] < photo.box[3]]
    assert any("By Ana Rossi" in run.text for run in sheet.runs)
    data = f"data:image/{kind.lower()};base64,{b64encode(own).decode()}"
    page = bytes_of(sheet, PurePath("a.html")).decode()
    assert page.count(data) == bytes_of(sheet, PurePath("a.svg")).decode().count(data) == 1
    assert "img-src data:" in page
    assert "img-src" not in bytes_of(card(timeline, notes), PurePath("a.html")).decode()
    assert b"/Subtype /Image" in bytes_of(sheet, PurePath("a.pdf"))
    assert bytes_of(sheet, PurePath("a.pdf")) == bytes_of(sheet, PurePath("b.pdf"))


@pytest.mark.parametrize("name", ["upper-back", "full-body"])
def test_each_step_has_a_line_of_what_to_do(name: str) -> None:
    """The first sentence of its instruction, or as many of its words as fit; with little talk there is none."""
    timeline, notes = _session(name, "short")
    spoken = [clip for clip in timeline.on("narration") if clip.role == "instruction"]
    first = {clip.step: clip.sentences[0].text for clip in reversed(spoken)}
    runs = [run.text for run in card(timeline, notes).runs]
    shown = [
        next(r for r in runs if r == text or (r.endswith(" …") and text.startswith(r[:-2]))) for text in first.values()
    ]
    assert len(shown) == max(first)
    quiet = replace(timeline, clips=tuple(clip for clip in timeline.clips if clip.role != "instruction"))
    assert not set(shown) & {run.text for run in card(quiet, notes).runs}


# ---- drawings

_DRAWINGS = {"mine.svg": vector.read(GLIDE.encode(), name="mine.svg")}


def _drawn(name: str, length: str) -> tuple[Timeline, Notes]:
    """A bundled routine of which every step shows a drawing."""
    timeline, notes = _session(name, length)
    chapters = (replace(chapter, show="mine.svg" if chapter.step else None) for chapter in timeline.chapters)
    return replace(timeline, chapters=tuple(chapters)), replace(notes, drawings=_DRAWINGS)


@pytest.mark.parametrize("name", BUNDLED)
def test_every_step_has_its_drawing_on_the_one_page(name: str) -> None:
    """Beside its number, over no text, in every bundled routine, with letters that can still be read."""
    for paper in PAPERS:
        sheet = card(*_drawn(name, "full"), paper)
        _check(sheet)
        pictures = [shape for shape in sheet.shapes if isinstance(shape, Picture)]
        timeline, _ = _session(name, "full")
        assert len(pictures) == len({chapter.step for chapter in timeline.chapters if chapter.step})
        boxes = [shape.box for shape in pictures] + [run.box for run in sheet.runs]
        over = [(a, b) for a, b in _overlaps(boxes, by=1.0) if a < len(pictures)]
        assert over == []
        assert min(shape.width for shape in pictures) >= 14


def test_a_drawing_is_written_in_every_format() -> None:
    """As shapes, cut off at its edge, without a script, a link or a name that two of them would share."""
    timeline, notes = _drawn("feet", "short")
    sheet = card(timeline, notes)
    page = bytes_of(sheet, PurePath("c.html")).decode()
    steps = len({chapter.step for chapter in timeline.chapters if chapter.step})
    assert page.count('<svg x="') == page.count('data-figure="back"') == steps
    assert " id=" not in page and "url(" not in page and "href" not in page
    bare = replace(timeline, chapters=tuple(replace(chapter, show=None) for chapter in timeline.chapters))
    plain = bytes_of(card(bare, notes), PurePath("c.pdf"))
    drawn = bytes_of(sheet, PurePath("c.pdf"))
    assert drawn == bytes_of(sheet, PurePath("c.pdf"))
    assert len(drawn) > len(plain) + 1_000
    assert drawn.count(b"/Type /Page\n") == 1
