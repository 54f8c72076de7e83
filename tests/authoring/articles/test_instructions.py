"""What tells how a step is done, though it forbids something, is said in it; what is taken out of a sentence is one."""

from __future__ import annotations

import pytest
import yaml

from voiceguide.authoring.articles import pasted

ARTICLE = "# Calf rub\n\n{before}\n\n1. Hold the calf with both hands. {inside}\n2. Knead the calf for 2 minutes.\n"


def drafted(*, inside: str = "", before: str = "A rub for tired legs.") -> dict[str, object]:
    """The routine of an article with some words before its steps, and some in the first of them."""
    return yaml.safe_load(pasted(ARTICLE.format(before=before, inside=inside)).text)


@pytest.mark.parametrize(
    "said",
    [
        "Do not rub.",
        "Don't lift your hands off the skin.",
        "Do not hurry.",
        "Never lose contact with the skin.",
        "Glide up to the knee with no pressure at all.",
        "Stroke back without any pressure.",
    ],
)
def test_an_instruction_that_forbids_is_said_in_its_step(said: str) -> None:
    """It is what the hands are to do, and no word of care."""
    draft = pasted(ARTICLE.format(before="A rub for tired legs.", inside=said))
    first = yaml.safe_load(draft.text)["steps"][0]
    assert said in " ".join([first["say"]] if isinstance(first["say"], str) else first["say"])
    assert not draft.cautions


@pytest.mark.parametrize(
    "said",
    [
        "Do not rub the shin.",
        "Do not press hard.",
        "Glide over the kneecap with no pressure.",
        "Use no pressure on the spine.",
        "Do not rub a swollen leg.",
        "A vein may be inflamed. Do not rub.",
    ],
)
def test_a_true_caution_in_a_step_stays_one(said: str) -> None:
    """It is said as the step's warning, and stands among the words of care."""
    last = said.split(". ")[-1]
    assert last in drafted(inside=said)["steps"][0]["warn"]  # type: ignore[index]  # a list of steps
    assert any(last == each.text for each in pasted(ARTICLE.format(before="", inside=said)).cautions)


@pytest.mark.parametrize(
    "prose",
    [
        "I have given this rub to my clients for twelve years, and it never takes more than half an hour.",
        "I have never had anybody complain.",
        "Otherwise you can do no harm.",
        "There is no risk in it, and it never fails.",
        "You cannot go wrong.",
        "It is not dangerous.",
    ],
)
def test_praise_and_comfort_are_no_words_of_care(prose: str) -> None:
    """They are prose, whatever words of care they are made of; with a condition they warn again."""
    assert not pasted(ARTICLE.format(before=f"A rub for tired legs. {prose}", inside="")).cautions
    assert pasted(ARTICLE.format(before=f"{prose[:-1]} unless you have a blood clot.", inside="")).cautions


@pytest.mark.parametrize(
    ("said", "apart"),
    [
        ("Stroke upward, and never press the shin.", "Never press the shin."),
        ("Knead the calf (but never the shin).", "Never the shin."),
        ("Stroke upward, but not over the knee.", "Not over the knee."),
        ("Stroke upward, avoiding the shin.", "Avoid the shin."),
        ("Press firmly, unless it hurts.", "Not if it hurts."),
        ("Press along the calf, except over a bruise.", "Not over a bruise."),
    ],
)
def test_what_is_taken_out_of_a_sentence_is_one_by_itself(said: str, apart: str) -> None:
    """With a capital and a full stop, in the step and wherever it is shown."""
    draft = pasted(ARTICLE.format(before="", inside=said))
    assert yaml.safe_load(draft.text)["steps"][0]["warn"] == apart
    assert [each.text for each in draft.cautions] == [apart]


def test_the_second_half_of_two_cautions_is_a_sentence() -> None:
    """Where it could not be understood, it is shown as one; where it could, its short form has no "and"."""
    safety = drafted(
        before="Skip it if you have a fever, and never press on the inside of the wrist. Avoid the shin, and "
        "never let the pressure become so deep that whoever receives it holds their breath or pulls away."
    )["safety"]
    assert safety["avoid"] == ["never press on the inside of the wrist", "avoid the shin"]  # type: ignore[index]
    assert safety["more"][0].startswith("Never let the pressure")  # type: ignore[index]


def test_three_cautions_in_a_sentence_are_three() -> None:
    """Each goes to its own list."""
    safety = drafted(before="Skip it if you have a fever, and ask a doctor if you are pregnant, but avoid the shin.")[
        "safety"
    ]
    assert safety == {"do_not_start": ["a fever"], "ask_first": ["pregnancy"], "avoid": ["avoid the shin"]}
