"""What an article does after its last number: further steps, what closes the massage, and the table that sums it up."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from voiceguide.authoring.articles import pasted
from voiceguide.authoring.articles.draft import Draft

STEPS = {
    "in a list": "1. Stroke up the calf for 2 minutes.\n2. Knead the calf for 3 minutes.",
    "named": "1. Stroke – 2 min\nStroke up the calf.\n\n2. Knead – 3 min\nKnead the calf.",
    "below headings": "## Stroke\n\nStroke up the calf for 2 minutes.\n\n## Knead\n\nKnead the calf for 3 minutes.",
    "in a table": "| Step | Stroke | Minutes |\n|---|---|---|\n| 1 | Stroke the calf | 2 |\n| 2 | Knead the calf | 3 |",
}
WRAP = "rap both legs in a warm towel."


def drafted(end: str, form: str = "in a list", *, anyway: bool = False) -> tuple[Draft, dict[str, Any]]:
    """The draft of an article that goes on after its steps, and its routine."""
    draft = pasted(f"# Calf rub\n\n{STEPS[form]}\n\n{end}\n", anyway=anyway)
    return draft, yaml.safe_load(draft.text)


@pytest.mark.parametrize("form", sorted(STEPS))
@pytest.mark.parametrize(
    "end",
    [
        f"## To finish\n\nW{WRAP}",
        f"## Closing\n\n- W{WRAP}",
        f"To finish: w{WRAP}",
        f"**To finish:** w{WRAP}",
        f"At the end, w{WRAP}",
        f"- When you are done, w{WRAP}",
    ],
)
def test_what_is_done_at_the_end_closes_the_massage(end: str, form: str) -> None:
    """It is said when the last step has ended, and is neither left out nor a step."""
    draft, routine = drafted(end, form)
    (said,) = routine["closing"]
    assert said.endswith(WRAP)
    assert len(routine["steps"]) == 2
    assert not [note for note in draft.left_out if "towel" in note.text]
    assert draft.text.count("warm towel") == 1


@pytest.mark.parametrize(
    ("end", "closing"),
    [
        ("## Zum Schluss\n\nBeide Beine in ein warmes Tuch wickeln.", None),
        (
            "Zum Schluss: beide Beine in ein warmes Tuch wickeln.",
            "Zum Schluss: beide Beine in ein warmes Tuch wickeln.",
        ),
        ("Para terminar, ofrece un vaso de agua.", "Para terminar, ofrece un vaso de agua."),
        ("Pour finir, offrez un verre d'eau.", "Pour finir, offrez un verre d'eau."),
    ],
)
def test_the_end_is_known_in_other_languages(end: str, closing: str | None) -> None:
    """German, Spanish and French, where the article is drafted anyway."""
    _, routine = drafted(end, anyway=True)
    assert routine["closing"] == [closing or "Beide Beine in ein warmes Tuch wickeln."]


def test_thanks_and_news_are_no_closing() -> None:
    """Nor is what only talks about the end."""
    draft, routine = drafted(
        "## To finish\n\nOffer a glass of water. Nobody should have to jump up!\n\n"
        "Subscribe to my letter. Next week: the feet. See you soon."
    )
    assert routine["closing"] == ["Offer a glass of water."]
    assert [note.text for note in draft.left_out][-3:] == [
        "Subscribe to my letter.",
        "Next week: the feet.",
        "See you soon.",
    ]


@pytest.mark.parametrize("form", ["in a list", "named", "in a table"])
@pytest.mark.parametrize(
    "end",
    [
        "Then press along the muscle with your thumbs for a minute.",
        "Next, press along the muscle for a minute.",
        "After that, press along the muscle for a minute.",
        "To finish, press along the muscle for a minute.",
        "Finally, press along the muscle. Take a minute for it.",
        "To end the massage, hold both feet for a minute.",
        "After that, sweep down to the foot; 1 min.\n\nMany people sigh.",
        "Danach die Wade 1 Minute drücken.",
        "Después, presiona la pantorrilla durante 1 minuto.",
        "Ensuite, pressez le mollet pendant 1 minute.",
    ],
)
def test_work_after_the_last_step_is_a_step(end: str, form: str) -> None:
    """With the time that it names, and whoever reads the draft is asked."""
    draft, routine = drafted(end, form, anyway=True)
    assert [step["duration"] for step in routine["steps"]] == ["2m", "3m", "1m"]
    assert sum("is this a step?" in flag.text for flag in draft.flags) == 1
    assert "closing" not in routine


@pytest.mark.parametrize("form", ["in a list", "named", "below headings"])
@pytest.mark.parametrize("heading", ["At a glance", "In short", "Timetable"])
def test_a_table_that_sums_up_is_left_out_by_its_rows(heading: str, form: str) -> None:
    """Its header too, however the steps stand; a caution in it is kept as one."""
    draft, routine = drafted(
        f"## {heading}\n\n| Stroke | Minutes | What for |\n|---|---|---|\n| Long | 1 | warmth |\n"
        "| Deep | 3 | Never on the shin. | \n| Short | 2 | rest |",
        form,
    )
    assert len(routine["steps"]) == 2
    assert [note.text for note in draft.left_out] == [
        heading,
        "Stroke | Minutes | What for",
        "Long | 1 minute | warmth",
        "Deep | 3 minutes",
        "Short | 2 minutes | rest",
    ]
    assert routine["safety"]["avoid"] == ["never on the shin"]


SUMS = "| Part | Time | What for |\n|---|---|---|\n| Stroking | 2 minutes | Warmth |\n| Knead | 3 minutes | Loosen |"


@pytest.mark.parametrize("heading", ["", "## Times\n\n"])
@pytest.mark.parametrize("form", ["below headings", "in a list", "with dashes"])
def test_a_table_of_the_steps_before_it_sums_them_up(form: str, heading: str) -> None:
    """Whatever stands over it; where no other steps are, it is the steps."""
    steps = STEPS.get(form, "- Stroke up the calf for 2 minutes.\n- Knead the calf for 3 minutes.")
    draft = pasted(f"# Calf rub\n\n{steps}\n\n{heading}{SUMS}\n")
    assert all("calf" in str(step["say"]) for step in yaml.safe_load(draft.text)["steps"])
    assert [note.text for note in draft.left_out][-2:] == [
        "Stroking | 2 minutes | Warmth",
        "Knead | 3 minutes | Loosen",
    ]
    alone = yaml.safe_load(pasted(f"# Calf rub\n\nA rub for the calf.\n\n{SUMS}\n").text)
    assert [step["duration"] for step in alone["steps"]] == ["2m", "3m"]
