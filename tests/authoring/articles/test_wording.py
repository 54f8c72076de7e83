"""What an English sentence does, and how it is said shorter without a word of ours."""

from __future__ import annotations

import pytest

from voiceguide.authoring.articles import wording


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [
        ("Next, use circular motions.", "use"),
        ("You should press gently.", "press"),
        ("You’ll want to warm the oil.", "warm"),
        ("With the other thumb, walk up the sole.", "walk"),
        ("Slowly and gently knead it.", None),
        ("Gently knead it.", "knead"),
        ("Don't forget the heel.", "remember"),
        ("Don't press.", None),
        ("This warms up the muscles.", None),
        ("Want more? Rub?", None),
        ("", None),
    ],
)
def test_the_verb_of_a_command(sentence: str, verb: str | None) -> None:
    """Past "next" and "you should"; a statement, a question and a "don't" command nothing."""
    assert wording.verb(sentence) == verb


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("Do not massage if:", ""),
        ("Do not massage if you have a fever.", "you have a fever"),
        ("Avoid massaging anyone with an open wound.", "an open wound"),
        ("Never massage someone with a stiff neck.", "a stiff neck"),
        ("If you have a fever or a cold, skip the massage.", "you have a fever or a cold"),
        ("Do not press too hard.", None),
        ("Massage with both hands.", None),
    ],
)
def test_when_not_to_begin(sentence: str, reasons: str | None) -> None:
    """A reason not to begin is told from a caution about how."""
    assert wording.not_with(sentence) == reasons


@pytest.mark.parametrize(
    ("sentence", "reasons"),
    [
        ("Ask your doctor first if you are pregnant.", "you are pregnant"),
        ("If you take blood thinners, talk to a doctor before you start.", "you take blood thinners"),
        ("Ask how it feels.", None),
    ],
)
def test_when_to_ask_a_doctor(sentence: str, reasons: str | None) -> None:
    """Before or after the "if"."""
    assert wording.doctor_first(sentence) == reasons


@pytest.mark.parametrize(
    ("text", "said", "known"),
    [
        ("You have a fever", "a fever", True),
        ("There is a skin infection", "a skin infection", True),
        ("You feel very sick", "feeling very sick", True),
        ("the person is pregnant", "being pregnant", True),
        ("DVT", "DVT", True),
        ("You ran a marathon with the flu yesterday", "you ran a marathon with the flu yesterday", False),
    ],
)
def test_reasons_after_not_today_with(text: str, said: str, known: bool) -> None:
    """Their form is changed only where it is known; the rest says so."""
    assert wording.condition(text) == (said, known)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Towel", "a towel"),
        ("Massage oil or lotion", "massage oil or lotion"),
        ("Comfortable chair or bed", "a comfortable chair or bed"),
        ("Pillow (optional)", "a pillow if you like"),
        ("Old socks", "old socks"),
        ("Two towels", "two towels"),
        ("Icy gel pack", "an icy gel pack"),
    ],
)
def test_things_needed(text: str, said: str) -> None:
    """As they stand after "You will need"."""
    assert wording.thing(text) == said


def test_a_list_in_a_sentence() -> None:
    """With and without a comma before its last member; "or" lists only where it is said to."""
    assert wording.listed("oil, a towel and a pillow") == ("oil", "a towel", "a pillow")
    assert wording.listed("oil, a towel, and a pillow or cushion.") == ("oil", "a towel", "a pillow or cushion")
    assert wording.listed("oil or lotion") == ("oil or lotion",)
    assert wording.listed("a fever or a cold", either=True) == ("a fever", "a cold")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("next, knead the back (all of it)", ("Knead the back.",)),
        (
            "Knead the muscles on both sides of the neck with your fingers, because they are tired in the evening",
            ("Knead the muscles on both sides of the neck with your fingers.",),
        ),
        (
            "Place both of your warm hands on the middle of the upper back, then slide them slowly out to the edges of "
            "both of the shoulders.",
            (
                "Place both of your warm hands on the middle of the upper back.",
                "Slide them slowly out to the edges of both of the shoulders.",
            ),
        ),
    ],
)
def test_long_sentences_are_parted(text: str, parts: tuple[str, ...]) -> None:
    """At a "then", or before a reason; asides go."""
    assert wording.shortened(text) == parts
