"""What stands before and after an article's steps has a place: how somebody lies for it, and what ends the article."""

from __future__ import annotations

import re

import pytest

from voiceguide.authoring.articles import pasted, problems
from voiceguide.authoring.articles.draft import Draft
from voiceguide.authoring.articles.framing import parts, posture, settles, settles_reader

ARTICLE = """# {title}

A calm hour after work.

{before}

## 1. Stroke the back - 2 min

Glide up with flat fingers.

## 2. Knead the shoulders - 3 min

Pick up the muscle and roll it. {inside}

{after}
"""


def drafted(before: str = "", inside: str = "", after: str = "", title: str = "Back rub") -> Draft:
    """The draft of an article with two steps, and something around them."""
    draft = pasted(ARTICLE.format(title=title, before=before, inside=inside, after=after), anyway=True)
    assert draft.text.count("- name:") == 2, draft.text
    assert not [str(each) for each in problems(draft.text) if each.level == "fault"]
    return draft


LYING = {
    "face down": (
        "Let your partner lie on their front.",
        "Have your partner lie face down on a firm bed, with a small pillow below the ankles.",
        "Ask them to lie on their stomach.",
        "Before you begin, have him lie prone.",
        "Start with your friend lying face down.",
        "The person receiving the massage should lie on their belly.",
        "Make sure your partner is lying face down.",
        "Position: face down on the floor.",
    ),
    "face up": ("Your partner lies on their back.", "Get the receiver to stretch out on their back."),
    "on one side": ("Help them lie on their left side.",),
    "seated": ("Invite the receiver to sit on a stool.", "With your friend seated, stand close."),
    "auf dem Bauch": (
        "Bitten Sie Ihren Partner, sich auf den Bauch zu legen.",
        "Dein Partner liegt bequem auf dem Bauch.",
        "Lass deine Freundin in Bauchlage liegen.",
    ),
    "auf dem Rücken": ("Lassen Sie die Person sich auf den Rücken legen.",),
    "im Sitzen": ("Lass deinen Partner auf einem Stuhl sitzen.",),
    "boca abajo": ("Pide a tu pareja que se tumbe boca abajo.", "Haga que la persona se acueste boca abajo."),
    "boca arriba": ("Tu pareja está tumbada boca arriba.",),
    "en posición sentada": ("Pídele que se siente en una silla.",),
    "sur le ventre": (
        "Demandez à votre partenaire de s'allonger sur le ventre.",
        "Installez votre partenaire sur le ventre.",
    ),
    "sur le dos": ("Votre partenaire est allongé sur le dos.",),
    "en position assise": ("Faites asseoir votre partenaire sur une chaise.",),
}


@pytest.mark.parametrize("lying", LYING)
def test_how_the_receiver_lies_is_said_while_it_opens(lying: str) -> None:
    """In few words, with the article's sentence beside them, once."""
    for sentence in LYING[lying]:
        draft = drafted(sentence)
        assert re.search(rf'^position: {lying}  # .*line 5: "{re.escape(sentence)}"', draft.text, re.M), draft.text
        assert f"\nsettle: {lying}\n" in draft.text
        assert draft.text.count(sentence) == 1
        assert not draft.left_out, draft.left_out
        assert "summary: A calm hour after work.\n" in draft.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Ask your partner to take off their shirt.",
        "Have them get comfortable on the bed.",
        "Pídele que se quite la camiseta.",
        "Demandez-lui d'enlever sa chemise.",
        "Bitte deinen Partner, das Hemd auszuziehen.",
        "Let your partner lie face down, or sit on a chair.",
    ],
)
def test_what_else_is_done_before_is_left_out_with_what_to_do(sentence: str) -> None:
    """No word of it is made up."""
    draft = drafted(sentence)
    assert [note.text for note in draft.left_out] == [sentence]
    (flag,) = [flag for flag in draft.flags if "nobody hears the next line" in flag.text]
    assert draft.text.splitlines()[flag.at] == f'# left out, line 5: "{sentence}"'
    assert flag.text.endswith("; as: settle: lying down, a pillow under the feet")


def test_how_its_reader_lies_is_the_position_where_there_is_nobody_else() -> None:
    """For oneself; where one massages another it is how whoever massages sits."""
    said = "Sit on a chair with both feet on the floor."
    assert "position: seated" in drafted(said, title="Massage your own neck").text
    assert [note.text for note in drafted(said).left_out] == [said]


def test_a_step_that_says_how_to_lie() -> None:
    """Stays a step, and the position is as it says."""
    text = pasted("# Foot rub\n\n1. Have your partner lie face up.\n2. Rub the sole.\n3. Pull each toe.\n").text
    assert "\nposition: face up  # as line 3 says\n" in text
    assert "settle" not in text
    assert text.count("- name:") == 3


@pytest.mark.parametrize(
    "text",
    [
        "Let your hands rest on their back.",
        "Ask them where on their back it hurts.",
        "Help your partner relax after a long day.",
        "He sits at a desk all week.",
        "Ask your partner which pressure feels good.",
        "A back rub helps anyone who sits for hours.",
        "Masajea la espalda con las manos.",
        "Reiben Sie den Rücken mit Öl.",
        "Massez le dos de votre partenaire.",
    ],
)
def test_what_tells_nobody_how_to_lie(text: str) -> None:
    """Talk of a back, a chair or a partner."""
    assert not settles(text)
    assert not settles_reader(text)


FAREWELLS = (
    "Enjoy!",
    "And enjoy your massage!",
    "Let me know in the comments how it went.",
    "Thanks for reading!",
    "That's it!",
    "I hope this helps you.",
    "Share this with a friend.",
    "Happy massaging!",
    "Sweet dreams!",
    "Viel Spaß!",
    "Genießen Sie die Ruhe.",
    "Schreib mir in die Kommentare, wie es war.",
    "Danke fürs Lesen!",
    "Das war's!",
    "¡Disfruta!",
    "Gracias por leerme.",
    "Cuéntame en los comentarios qué tal te fue.",
    "¡Eso es todo!",
    "Profitez-en bien !",
    "Merci de m'avoir lu.",
    "Dites-moi en commentaire ce que vous en pensez.",
    "C'est terminé !",
)


@pytest.mark.parametrize("place", ["inside", "after"])
def test_a_farewell_is_no_part_of_the_last_step(place: str) -> None:
    """Whether it ends the step's own paragraph or has one below it; each is left out, in one place, and told."""
    for one, other in zip(FAREWELLS, (*FAREWELLS[1:], FAREWELLS[0]), strict=True):
        draft = drafted(**{place: f"{one} {other}"})
        assert [note.text for note in draft.left_out] == [one, other], draft.text
        assert re.search(
            r"say:\n +- Pick up the muscle and roll it\.\n|say: Pick up the muscle and roll it\.\n", draft.text
        )


def test_a_wish_can_be_heard_after_all() -> None:
    """The note above it says how; a word to readers has none."""
    (flag,) = [flag for flag in drafted(after="Enjoy the calm!").flags if "a wish" in flag.text]
    assert flag.text.endswith("; as: closing: [Enjoy the calm.]")
    assert not [flag for flag in drafted(after="Thanks for reading!").flags if "a wish" in flag.text]


def test_a_last_paragraph_that_says_goodbye_is_left_out_whole() -> None:
    """Also what no list of farewells knows; but not where it tells to do something."""
    draft = drafted(after="My wife loves this one. Let me know in the comments how it went.")
    assert len(draft.left_out) == 2
    draft = drafted(after="Rest your hands on the back. Let me know in the comments how it went.")
    assert len(draft.left_out) == 1
    assert "Rest your hands on the back." in draft.text.partition("steps:")[2]


@pytest.mark.parametrize(
    "text",
    [
        "Let them rest for a minute.",
        "Enjoy the stillness with both hands resting on the back.",
        "Thank your partner and offer a glass of water.",
        "Ask them to tell you how it feels.",
        "Share the weight between both hands.",
        "Follow the muscle down.",
        "Teilen Sie den Muskel mit dem Daumen.",
        "Suivez la colonne vers le bas.",
        "Profitez-en pour masser la nuque.",
        "Deja las manos quietas un momento.",
    ],
)
def test_what_ends_a_massage_is_no_farewell(text: str) -> None:
    """It stays in its step."""
    assert not parts(text)
    assert drafted(inside=text).left_out == ()


def test_an_article_in_another_language_is_drafted_in_it() -> None:
    """Where somebody insists; its settling words are said by that language's voice."""
    text = ARTICLE.format(
        title="Rückenmassage", before="Bitten Sie Ihren Partner, sich auf den Bauch zu legen.", inside="", after=""
    )
    for english, german in (
        ("A calm hour after work.", "Eine ruhige Stunde nach der Arbeit."),
        ("Stroke the back - 2 min", "Rücken streichen - 2 Min."),
        ("Glide up with flat fingers.", "Gleiten Sie mit den Händen langsam nach oben."),
        ("Knead the shoulders - 3 min", "Schultern kneten - 3 Min."),
        ("Pick up the muscle and roll it.", "Nehmen Sie den Muskel und rollen Sie ihn."),
    ):
        text = text.replace(english, german)
    draft = pasted(text, anyway=True)
    assert "\nlanguage: de\n" in draft.text
    assert "\nsettle: auf dem Bauch\n" in draft.text
    assert not [str(each) for each in problems(draft.text) if each.level == "fault"]


def test_two_postures_are_none() -> None:
    """Somebody has to choose."""
    assert posture("Have them lie face down or sit on a chair.") == ""
