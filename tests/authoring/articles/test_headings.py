"""Headings that tell how long their steps last, in every way that articles write them."""

from __future__ import annotations

import re

import pytest

from voiceguide.authoring.articles import pasted
from voiceguide.authoring.articles.headings import timed

FORMS = {
    "a heading": "## {}\n\n{}\n\n",
    "a heading right above": "## {}\n{}\n\n",
    "bold": "**{}**\n\n{}\n\n",
    "bold right above": "**{}**\n{}\n\n",
    "a line": "{}\n\n{}\n\n",
    "a line right above": "{}\n{}\n\n",
    "a page's heading": "<h2>{}</h2><p>{}</p>",
    "bold in a page": "<p><b>{}</b></p><p>{}</p>",
    "bold before a break": "<p><b>{}</b><br>{}</p>",
    "a page's line": "<p>{}</p><p>{}</p>",
}
APART = (
    *(" - {}", " – {}", " — {}", "-{}", ": {}", " : {}", " ({})", " [{}]", ", {}", " | {}", " / {}", " · {}"),
    *(" {}", " - ca. {}", " (time: {})", " - {} per side"),
)
WORDS = {
    "en": (
        "Step",
        "2 min",
        "3 minutes",
        "Stroke the back",
        "Knead the shoulders",
        "Glide up.",
        "Roll it.",
    ),
    "de": ("Schritt", "2 Min.", "3 Minuten", "Rücken streichen", "Schultern kneten", "Gleiten Sie.", "Rollen Sie ihn."),
    "es": ("Paso", "2 min", "3 minutos", "Deslizar el lomo", "Amasar los hombros", "Desliza despacio.", "Ruédalo."),
    "fr": ("Étape", "2 min", "3 minutes", "Lisser le dos", "Pétrir les épaules", "Glissez lentement.", "Roulez-le."),
}


def told(text: str) -> tuple[list[str], list[str], list[str]]:
    """The names, durations and words of a draft's steps."""
    draft = pasted(text, "html" if text.startswith("<") else "text", anyway=True)
    assert not draft.left_out, draft.text
    return (
        re.findall(r'- name: "?([^"\n]*)', draft.text),
        re.findall(r"^ +duration: (.*)", draft.text, re.MULTILINE),
        [said.strip('"') for said in re.findall(r"say:(?: |\s+- )(.*)", draft.text)],
    )


@pytest.mark.parametrize(
    ("form", "language"),
    [*((form, "en") for form in FORMS), *((form, code) for code in ("de", "es", "fr") for form in [*FORMS][::3])],
)
def test_a_heading_with_a_time_is_a_step_of_that_time(form: str, language: str) -> None:
    """Numbered or not, whatever parts the time from the name, which keeps none of it."""
    step, two, three, one, other, says, goes_on = WORDS[language]
    marks = ("{}. ", "{} ", f"{step} {{}}: ", "", "{}) ")  # five with sixteen, so that each meets each in some form
    for at, apart in enumerate(APART, [*FORMS].index(form)):
        text = "<h1>Back rub</h1>" if FORMS[form].startswith("<") else "# Back rub\n\n"
        for n, name, time, below in ((1, one, two, says), (2, other, three, goes_on)):
            text += FORMS[form].format(f"{marks[at % 5].format(n)}{name}{apart.format(time)}", below)
        assert told(text) == ([one, other], ["2m", "3m"], [says, goes_on]), text


@pytest.mark.parametrize(
    ("text", "name", "seconds"),
    [
        ("Knead the shoulders – 2-3 min", "Knead the shoulders", (120, 180)),
        ("Knead the shoulders - three minutes", "Knead the shoulders", (180, 180)),
        ("Shoulders, part one - 3 min", "Shoulders, part one", (180, 180)),
        ("Lisser le dos - 2 minutes", "Lisser le dos", (120, 120)),
        ("Knead the shoulders (both hands, 90 s)", "Knead the shoulders (both hands)", (90, 90)),
        ("Knead the shoulders - 3'", "Knead the shoulders", (180, 180)),
        ("Knead the shoulders (2:30)", "Knead the shoulders", (150, 150)),
        ("Knead the shoulders ⏱ 3 min", "Knead the shoulders", (180, 180)),
        ("(3 min) Knead the shoulders", "Knead the shoulders", (180, 180)),
        ("3 minutes: Knead the shoulders", "Knead the shoulders", (180, 180)),
        ("Schultern kneten – je Seite 2 Min.", "Schultern kneten", (120, 120)),
        ("Pétrir les épaules - 2 min de chaque côté", "Pétrir les épaules", (120, 120)),
        ("Amasar - 2 minutos por lado", "Amasar", (120, 120)),
    ],
)
def test_a_name_and_its_time(text: str, name: str, seconds: tuple[float, float]) -> None:
    """Are told apart, whichever stands first, and however the time is written."""
    found = timed(text)
    assert found is not None
    assert (found.name, (found.time.low, found.time.high), found.apart) == (name, seconds, True)


@pytest.mark.parametrize(
    "text",
    [
        "Time: 3 min",
        "Reading time: 4 min",
        "Gesamtdauer: 20 Min.",
        "Total time - 20 min",
        "Hold - 30 seconds",
        "Spend 2 minutes",
        "Press - 5 s",
        "Never on the spine - 3 min",
        "Press for 5 seconds, rest for 3 seconds",
        "Stroke it for two minutes and go on",
        "Stroke it. Then rest - 3 min",
        "3 min",
        "Roll the calf, 3 min.",
        "Knead the shoulders",
        "Rub it twice a day, 5 minutes a day",
    ],
)
def test_what_is_no_name_with_a_time(text: str) -> None:
    """What only tells how long, warns, or goes on after its time."""
    assert timed(text) is None


@pytest.mark.parametrize("form", ["a heading", "bold", "a line", "a line right above", "a page's heading"])
def test_a_first_step_is_no_title(form: str) -> None:
    """A title's time is that of all steps; a shorter one is a step's."""
    steps = "".join(FORMS[form].format(*each) for each in (("Back - 2 min", "Glide up."), ("Neck - 3 min", "Roll it.")))
    assert told(steps) == (["Back", "Neck"], ["2m", "3m"], ["Glide up.", "Roll it."])
    title = "<h1>Back rub - 5 min</h1>" if steps.startswith("<") else "Back rub - 5 min\n\n"
    assert told(title + steps)[0] == ["Back", "Neck"]


def test_headings_with_times_and_nothing_below_them() -> None:
    """Are steps too."""
    one, other = "Stroke the back", "Knead the shoulders"
    for mark in ("## ", "", "- ", "1. "):
        text = f"# Back rub\n\n{mark}{one} - 2 min\n\n{mark}{other} - 3 min\n"
        assert told(text)[:2] == ([one, other], ["2m", "3m"]), text
