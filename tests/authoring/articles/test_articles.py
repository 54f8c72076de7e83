"""How-to articles of every shape come through whole; what is none is refused with a reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import voiceguide
from voiceguide.authoring.articles import MOST_STEPS, draft_of, drafted, problems, reading
from voiceguide.errors import Failed, VoiceguideError
from voiceguide.routine.model import Step

if TYPE_CHECKING:
    from voiceguide.authoring.articles.draft import Draft

HERE = Path(__file__).parent
ARTICLES = ("lower-legs.txt", "shoulders.md", "feet.html", "neck.txt")


def imported(name: str, folder: Path) -> tuple[Draft, list[Step]]:
    """An article's draft, and the steps that a session plays of it."""
    draft = draft_of(HERE / name)
    path = folder / f"{draft.name}.yaml"
    path.write_text(draft.text, "utf-8")
    return draft, [step for step in voiceguide.load(path).steps if isinstance(step, Step)]


def times(steps: list[Step]) -> list[tuple[float, float] | None]:
    """Each step's seconds, low and high."""
    return [(step.duration.low, step.duration.high) if step.duration else None for step in steps]


def drafted_of(text: str, file: str = "article.txt") -> Draft:
    """Draft a routine from a text."""
    return drafted(reading.parsed(text, Path(file).suffix), file)


def lines_of(draft: Draft, key: str) -> list[str]:
    """The items of a list in a draft's file, as they stand there."""
    after = draft.text.partition(f"{key}:\n")[2].splitlines()
    found = []
    for line in after:
        if not line.lstrip().startswith("- "):
            break
        found.append(line.strip().removeprefix("- ").partition("  #")[0])
    return found


# -- the four shapes --------------------------------------------------------------------------------------


def test_numbered_steps_with_paragraphs(tmp_path: Path) -> None:
    """Seven steps in order with the article's times, four things needed, four don'ts, five tips."""
    draft, steps = imported("lower-legs.txt", tmp_path)
    assert [line.strip().removeprefix("- name: ") for line in draft.text.splitlines() if "- name:" in line] == [
        "Make Room",
        "Warm The Oil",
        "Start With Long Strokes",
        "Draw Small Circles",
        "Sink In With The Thumbs",
        "Knead Like Bread",
        "Finish With Long Strokes",
    ]
    assert times(steps)[2:] == [(120, 120), (180, 300), None, (300, 300), (120, 120)]
    hold = steps[4].hold
    assert hold is not None
    assert (hold.press, hold.release, dict(hold.times)) == (5.0, 3.0, {"short": 3, "full": 5})
    assert lines_of(draft, "need") == [
        "grape seed oil or cream",
        "a blanket",
        "a low stool or cushion",
        "socks if you like",
    ]
    assert lines_of(draft, "do_not_start") == [
        "a fever",
        "a swollen vein",
        "a torn muscle",
        "feeling very dizzy",
    ]
    assert lines_of(draft, "reminders") == [
        "Keep your wrists straight.",
        "Move slower than you think.",
        "Ask what feels best.",
        "Do not hurry the oil.",
        "Stretch your own back now and then.",
    ]
    assert "title: How to Massage Tired Calves\n" in draft.text
    assert any("How Often to Massage?" in line for line in draft.left_out)


def test_headings_with_step_numbers(tmp_path: Path) -> None:
    """Markdown: each "Step N" is one, a time in its sentence is its duration, the other side is a side."""
    draft, steps = imported("shoulders.md", tmp_path)
    assert len(steps) == 4
    assert times(steps) == [(30, 30), None, (120, 180), (90, 90)]
    hold = steps[1].hold
    assert hold is not None
    assert (hold.press, dict(hold.times)) == (5.0, {"short": 10, "full": 10})
    assert [len(step.sides) for step in steps] == [0, 0, 2, 0]
    assert "warn: Never pinch the skin at the side of the neck." in draft.text
    assert lines_of(draft, "need") == ["a chair with a low back", "hand cream", "two small towels"]
    assert lines_of(draft, "do_not_start") == ["a fever", "a sunburn", "a fresh injury"]
    assert lines_of(draft, "ask_first") == ["being pregnant", "taking blood thinners"]
    assert "Press on the spine" not in draft.text


def test_a_list_in_a_web_page(tmp_path: Path) -> None:
    """HTML: items are the steps, an inner list belongs to its item, and only what a reader sees is read."""
    draft, steps = imported("feet.html", tmp_path)
    assert [line.strip() for line in draft.text.splitlines() if "- name:" in line] == [
        "- name: Soak",
        "- name: Spread the balm",
        "- name: Press the sole",
        "- name: Stretch the toes",
        "- name: Finish",
    ]
    assert times(steps) == [(300, 300), (60, 120), None, (30, 30), (60, 60)]
    assert "Start at the toes." in draft.text
    assert lines_of(draft, "do_not_start") == ["an open wound on the foot", "a swollen leg"]
    assert lines_of(draft, "need") == ["a bowl of warm water", "a towel", "foot balm if you like"]
    for unseen in ("90 minutes", "two hours", "Press room", "Buy our book", "Hold the line", "twice a week"):
        assert unseen not in draft.text


def test_prose_with_times_in_its_sentences(tmp_path: Path) -> None:
    """Running text: a step begins with each "next", and is named by what it does."""
    draft, steps = imported("neck.txt", tmp_path)
    assert [line.strip() for line in draft.text.splitlines() if "- name:" in line] == [
        "- name: Let the other person lie face down",
        "- name: Stroke slowly from the shoulders up",
        "- name: Use your fingertips to make small circles",
        "- name: Squeeze the muscle",
        "- name: Rest both hands",
    ]
    assert times(steps)[1:] == [(120, 180), (240, 240), None, (60, 60)]
    hold = steps[3].hold
    assert hold is not None
    assert (hold.press, dict(hold.times)) == (10.0, {"short": 6, "full": 6})
    assert "warn: Avoid the throat." in draft.text
    assert lines_of(draft, "do_not_start") == ["a stiff neck after a fall"]
    assert lines_of(draft, "need") == ["a firm pillow", "a blanket", "a little oil"]
    assert "title: A neck rub before bed\n" in draft.text


@pytest.mark.parametrize("name", ARTICLES)
def test_the_drafts_have_no_faults(name: str) -> None:
    """`check` finds none, and everything that is said is short enough to be followed."""
    draft = draft_of(HERE / name)
    assert not [str(fault) for fault in problems(draft.text) if fault.level == "fault"]
    assert draft.checks == draft.text.count("# check: ") > 0
    spoken = [line.strip() for line in draft.text.splitlines() if line.startswith("      - ")]
    assert all(len(line.split()) <= 22 + 3 for line in spoken)  # with the mark of a pause


@pytest.mark.parametrize("name", ARTICLES)
def test_no_word_of_a_step_is_ours(name: str) -> None:
    """What a step says is made of the article's own words."""
    draft = draft_of(HERE / name)
    article = reading.read(HERE / name)
    known = {word.strip(".,:;!?()").casefold() for block in article.blocks for word in block.text.split()}
    for line in draft.text.partition("steps:\n")[2].splitlines():
        key, _, said = line.strip().removeprefix("- ").partition(": ")
        if line.lstrip().startswith("#") or (said and key not in ("say", "warn", "name")):
            continue
        text = (said or line.strip().removeprefix("- ")).strip('"').replace("[pause 3s]", "")
        if text.endswith(":"):
            continue
        assert {word.strip(".,:;!?()").casefold() for word in text.split()} <= known, line


# -- single things ----------------------------------------------------------------------------------------


STEPS = "1. {}\n2. Rub the hands for one minute.\n"


@pytest.mark.parametrize(
    ("sentence", "drafted_as"),
    [
        ("Knead for two minutes.", ["say: Knead.", "duration: 2m"]),
        ("Spend three minutes kneading the back.", ['say: "Spend {minutes} kneading the back."', "duration: 3m"]),
        ("Knead the back for 2 hours.", ["say: Knead the back for 2 hours.", "duration: 1m..2m"]),
        ("Press for one second and release. Repeat 20 times.", ["press: 1s", "times: 20", "spoken: 0"]),
        ("Hold for 5-10 seconds, then let go.", ["press: 5s", "times: {short: 3, full: 5}"]),
        ("Stroke the arm for a minute. Repeat on the other side.", ["sides: [left, right]", "duration: 1m"]),
        ("Rub {the} [neck] softly.", ["say: Rub (the) (neck) softly."]),
        ("Rub the back. Don't press on the spine.", ["warn: Don't press on the spine."]),
    ],
)
def test_a_step(sentence: str, drafted_as: list[str]) -> None:
    """Each way to say a time, a hold, a side or a warning becomes its field, and passes `check`."""
    draft = drafted_of(STEPS.format(sentence))
    text = draft.text.partition("\n\n")[2].partition("Rub the hands")[0]
    lines = [line.strip() for line in text.splitlines()]
    assert not [part for part in drafted_as if part not in lines], text
    assert not [str(fault) for fault in problems(draft.text) if fault.level == "fault"]


@pytest.mark.parametrize(
    "text",
    [
        "Feet\n\n1) Thumbs - Walk up the sole. 2 minutes.\n2) Toes - Pull each toe. Time: 45 seconds\n",
        "Feet\n\nThumbs\nWalk up the sole for two minutes.\n\nToes\nPull each toe for 45 seconds.\n",
        "# Feet\n\n## Steps\n\n### Thumbs\n\nWalk up the sole (2 min).\n\n### Toes (45 seconds)\n\nPull each toe.\n",
        "<h1>Feet</h1><p><b>Step 1: Thumbs</b><p>Walk up the sole for two minutes."
        "<p><b>Step 2 - Toes</b><p>Pull each toe for 45 seconds.",
        "Feet\n\nSTEP ONE: Thumbs\n\nWalk up the sole for two minutes.\n\nSTEP TWO: Toes\n\nPull each toe for 45 s.\n",
        "Feet\n\nHow to\n\n* Thumbs: Walk up the sole for two minutes.\n* Toes: Pull each toe for 45 seconds.\n",
    ],
)
def test_more_shapes(text: str) -> None:
    """The same two steps, however they are set."""
    draft = drafted_of(text)
    for line in ("title: Feet", "  - name: Thumbs", "  - name: Toes", "    duration: 2m", "    duration: 45s"):
        assert f"{line}\n" in draft.text, draft.text


def test_a_time_too_short_for_its_words_is_made_longer_and_says_so() -> None:
    """Nothing that is said is cut off, and the article's own time stands beside it."""
    draft = drafted_of(STEPS.format("Glide up the back with both hands, slowly, and come back lightly, for 3 seconds."))
    assert 'check: duration: the article says "for 3 seconds", and the words need about' in draft.text
    assert not [fault for fault in problems(draft.text) if fault.level == "fault"]


def test_too_many_reasons_go_where_they_are_only_shown() -> None:
    """The gate takes seven; the rest is kept, with a word to whoever checks."""
    reasons = "".join(
        f"- a sore {part}\n" for part in ("toe", "heel", "knee", "hip", "rib", "arm", "ear", "eye", "chin")
    )
    draft = drafted_of(f"{STEPS.format('Knead the back for two minutes.')}\nDo not massage if you have:\n\n{reasons}")
    assert len(lines_of(draft, "do_not_start")) == 7
    assert lines_of(draft, "more") == ["a sore eye", "a sore chin"]
    assert not [fault for fault in problems(draft.text) if fault.level == "fault"]


def test_a_massage_of_one_s_own_is_for_oneself() -> None:
    """The audience is a guess that is marked."""
    draft = drafted_of(f"Self-massage for hands\n\n{STEPS.format('Press the palm for ten seconds, then release.')}")
    assert "audience: self  # check: " in draft.text


# -- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Tuesday. Members spoke about the budget for two hours. Nothing was decided.",
        "Roses are red\nViolets are blue",
        "# Only a title",
        "1. Knead the back for two minutes.",
        "Benefits\n\n- Relaxes\n- Warms\n\nSources\n\n1. A book\n2. Another book",
    ],
)
def test_what_is_no_how_to_is_refused(text: str) -> None:
    """With what was looked for, and what to do."""
    with pytest.raises(Failed, match=r"article\.txt: expected a how-to with at least two steps, found none"):
        drafted_of(text)


def test_another_language_is_refused() -> None:
    """By its name, and before anything is guessed from it."""
    text = (
        "1. Lege die Hände auf den Rücken und streiche mit beiden Händen von der Mitte "
        "zu den Schultern, für zwei Minuten.\n"
        "2. Knete dann die Muskeln mit den Fingern und den Daumen, nicht zu fest, für etwa fünf Minuten, und "
        "höre auf das, was dir die Person sagt.\n3. Streiche am Ende mit der flachen Hand aus.\n"
    )
    with pytest.raises(Failed, match="expected an article in English, this reads like German: translate"):
        drafted_of(text)


def test_a_book_is_refused() -> None:
    """Over a hundred steps are no session."""
    text = "".join(f"{n % 99 + 1}. Rub the back for two minutes.\n" for n in range(MOST_STEPS + 1))
    with pytest.raises(Failed, match=f"expected at most {MOST_STEPS} steps, got {MOST_STEPS + 1}"):
        drafted_of(text)


# -- anything at all ------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *(
            "1. Rub the back",
            "2. Knead it for two minutes.",
            "Step 3: Press",
            "- a towel",
            "# A title",
            "Tips",
            "\n",
            "\n\n",
        ),
        *(
            "Do not massage if you have a fever.",
            "Hold for a few seconds, then release.",
            "Repeat it 99 times.",
            "<li>",
        ),
        *("Repeat on the other side.", "<ol><li>Press hard for 3 s<li>", "**Squeeze:** it", "You will need:", "{side}"),
        *(
            "[pause 2s]",
            '"',
            "'",
            ": ",
            " #",
            "&x",
            "*a",
            "\t",
            "\0",
            "\ufeff",
            "½ minute",
            "…",
            "for 0 minutes",
            "<![x",
        ),
        *("Ask a doctor if:", "Stroke " * 60, "9" * 30, "\u2028", "Never press.", "yes", "| >", "```", "> ", "- - -"),
    ]
)
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=25).map(" ".join) | st.lists(_PIECES, max_size=25).map(
    "\n".join
)


@settings(max_examples=60)
@given(text=_TEXTS, suffix=st.sampled_from([".txt", ".md", ".html"]))
@example(text="1. Press for 30 s. Repeat 99 times. Do this for one minute.\n2. {\n3. \U0001f600 rub", suffix=".txt")
def test_anything_is_refused_or_passes_check(text: str, suffix: str) -> None:
    """No text whatever makes it crash, and what it writes has no fault."""
    try:
        article = reading.parsed(reading.decoded(text.encode("utf-8", "surrogatepass")), suffix)
        draft = drafted(article, f"any{suffix}")
    except VoiceguideError:
        return
    assert not [str(fault) for fault in problems(draft.text) if fault.level == "fault"]
