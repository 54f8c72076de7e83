"""What stands around the steps of an article: no caution of it is lost, and nothing of it becomes a step."""

from __future__ import annotations

import pytest

from voiceguide.authoring.articles import pasted

ARTICLE = """# Calf rub

{before}

## Steps

{steps}

{after}
"""
STEPS = {
    "numbers": "1. Stroke the calf for 2 minutes.\n2. Knead it for 3 minutes.",
    "bullets": "- Stroke the calf for 2 minutes.\n- Knead it for 3 minutes.",
    "prose": "Stroke the calf for 2 minutes.\n\nThen knead it for 3 minutes.",
}
AROUND = (
    "## Benefits\n\n- Relax the muscles\n- Calm the mind",
    "## Benefits\n\n1. Relax the muscles\n2. Calm the mind",
    "This massage will:\n\n- relax the muscles\n- calm the mind",
    "## FAQ\n\n**How often?**\n\nDo it every day. Use less oil in summer.",
    "## About the author\n\nAnn runs a studio. Press play on her podcast.",
    "## You may also like\n\n- Rub your own feet in 5 minutes\n- Press the hand",
    "### Related\n\n1. Rub the feet\n2. Press the hand",
    "Posted on 3 May 2020 by Ann",
    "Photo: Stroke the calf like this",
    "Home | About | Contact",
    '> "Take the time you need," says Ann.',
    "## Pro tips\n\n1. Keep the hands soft\n2. Use the whole palm",
    "## Aftercare\n\n- Drink a glass of water\n- Rest for ten minutes",
    "## Conclusion\n\nTry it tonight. Enjoy the calm for an hour.",
    "Try it tonight and enjoy the calm.",
    "## References\n\n1. Stroke the back, a history\n2. Press on",
    "## Common mistakes\n\n- Press too hard\n- Rush the strokes",
    "## You need\n\n- Get a towel\n- Warm the oil\n- A chair",
    "## Comments\n\nBob: Rub the feet too! Works a treat.",
    "Share this: here and there\nSubscribe to our list",
)


@pytest.mark.parametrize("steps", STEPS)
def test_nothing_around_the_steps_becomes_one(steps: str) -> None:
    """Benefits, questions, authors, dates, captions, menus, tips, needs and farewells, before the steps and after."""
    for text in AROUND:
        for place in ("before", "after"):
            around = {"before": "", "after": "", place: text}
            draft = pasted(ARTICLE.format(steps=STEPS[steps], **around)).text
            assert draft.count("- name:") == 2, f"{place}: {text}\n{draft}"
            assert "duration: 2m\n" in draft, f"{place}: {text}\n{draft}"
            assert "duration: 3m\n" in draft, f"{place}: {text}\n{draft}"


CAUTIONS = {
    "before": (
        "Something kind, but not for cobalt sufferers.",
        "If you have cobalt veins, do not try this.",
        "You need your doctor's OK if you have cobalt.",
        "You will need oil (not if you have a cobalt allergy).",
        "Warning! Cobalt ahead: do not massage.",
    ),
    "inside": (
        " – never over the cobalt –",
        " (unless the cobalt hurts)",
        " (careful with the cobalt)",
        "; keep well away from the cobalt;",
        " and do not drag the cobalt",
        " everywhere except the cobalt",
        ", being careful of the cobalt,",
    ),
    "after": (
        "\\* Not for people with cobalt.",
        "⚠️ Never massage a cobalt leg.",
        "P.S. People with cobalt should be careful.",
        "## FAQ\n\n**Is it safe for everyone?**\n\nNo: people with cobalt must avoid it.",
        "## FAQ\n\nQ: Can I do it daily?\nA: Yes, unless you have cobalt.",
        "When should you avoid it? When you have cobalt.",
        "## Precautions\n\nCobalt, gout and open wounds.",
        "## Who should skip this\n\n* Cobalt patients\n* Anyone with a fever",
        "## Do's and don'ts\n\nDo: breathe.\nDon't: press the cobalt.",
        "| Do | Don't |\n|---|---|\n| breathe | press the cobalt |",
        '> "Never touch cobalt," says Dr. Lee.',
        "## Tips\n\n- Warm the oil.\n- Never use it on cobalt.",
        "IMPORTANT SAFETY INFORMATION\nConsult your doctor if you have cobalt.",
        "If the cobalt lasts for more than a week, see your GP.",
        "Avoid massage within 48 hours of cobalt.",
        "3. Caution: cobalt under the skin.",
        "3. Do not massage anyone with cobalt.",
        "Figure 1: do not press on cobalt.",
        "Those who have cobalt should wait.",
        "Pregnant or full of cobalt? Speak to your midwife first.",
    ),
}


@pytest.mark.parametrize("place", CAUTIONS)
def test_a_caution_is_caught_wherever_it_stands(place: str) -> None:
    """It is in a list or a step's warning, never said, never a name, never a comment alone."""
    for text in CAUTIONS[place]:
        inside = text if place == "inside" else ""
        steps = STEPS["numbers"].replace(" for 2", f"{inside} for 2")
        around = {"before": "", "after": ""} | ({place: text} if place != "inside" else {})
        draft = pasted(ARTICLE.format(steps=steps, **around)).text
        (line,) = [line for line in draft.splitlines() if "cobalt" in line.casefold() and "# check:" not in line[:11]]
        assert line.startswith(("    - ", "    warn: ")), f"{text}\n{draft}"
        assert draft.count("- name:") == 2
        assert "duration: 2m\n" in draft
