"""What came back of what was said: the words that scripts/hear.py counts as wrong, and the sound it has heard."""

from __future__ import annotations

import importlib
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from voiceguide.sound.loudness import energies, integrated
from voiceguide.store import assets
from voiceguide.timeline import SAMPLE_RATE

# At the end of the path, and after the package: scripts/ has a voiceguide.py of its own.
sys.path.append(str(assets.PACKAGE.parent / "scripts"))

words, scenes, recognisers = (importlib.import_module(f"hearing.{name}") for name in ("words", "scenes", "recognisers"))
hear = importlib.import_module("hear")


@pytest.mark.parametrize(
    ("said", "came", "wrong"),
    [
        ("knead the sole", "need the soul", 0),
        ("start anew in circles", "start a new encircles", 0),
        ("glide round on to the thigh", "glide around onto the thigh", 1),
        ("two forearms for you", "to four arms four you", 0),
        ("toward the head", "towards the head", 0),
        ("ease off slowly", "yees off slowly", 1),
        ("giver stay", "give her stay", 2),
        ("slow and even", "slow even", 1),
        ("slow", "very slow indeed", 2),
        ("slow", "", 1),
    ],
)
def test_what_sounds_the_same_was_heard(said, came, wrong):
    """Homophones count as heard, in one word or two; what was added, left out or changed does not."""
    assert words.wrong(said.split(), came.split(), "en") == wrong


def test_joined_words_sound_the_same_in_every_language():
    """One word for two of another's spelling, whatever letter each begins with; other sounds are other words."""
    assert words.wrong(["allégez", "au", "retour"], ["à", "léger", "au", "retour"], "fr") == 0
    assert words.wrong(["doux", "encore"], ["d'", "eau", "encore"], "fr") == 2


@pytest.mark.parametrize(
    ("said", "came", "language", "wrong"),
    [
        ("haz círculos", "acírculos", "es", 0),
        ("sin rozar las yemas", "sin rosar las llemas", "es", 0),
        ("masaje", "massaje", "es", 0),
        ("hacia dentro", "hacia adentro", "es", 0),
        ("hacia dentro", "hacia el centro", "es", 2),
        ("une pause", "une pose", "fr", 0),
        ("la paume", "la pomme", "fr", 1),
    ],
)
def test_sounds_that_few_tell_apart_are_one(said, came, language, wrong):
    """Words that are spelled in two ways by those who hear the same are heard; others are not."""
    assert words.wrong(said.split(), came.split(), language) == wrong


def test_words_are_what_is_heard_of_a_text():
    """Neither their case nor their marks, and no apostrophe in English; in French it ends a word."""
    assert words.plain("It’s the giver's: slow-ly!", "en") == ["its", "the", "givers", "slow", "ly"]
    assert words.plain("L’huile à côté.", "fr") == ["l'", "huile", "à", "côté"]


def test_every_word_has_what_came_back_of_it():
    """Many sentences are heard at once: what came from nowhere belongs to the word before it."""
    back = words.heard(["ease", "off", "now", "glide"], ["yees", "off", "right", "now", "glide", "on"], "en")
    assert [(one.words, one.wrong) for one in back] == [
        (("yees",), 1),
        (("off", "right"), 1),
        (("now",), 0),
        (("glide", "on"), 1),
    ]


def take(seconds: float) -> SimpleNamespace:
    """A tone of the voice's loudness, as the narrator gives takes."""
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * 1000 * at)
    level = integrated(energies(tone.reshape(-1, 1), SAMPLE_RATE))
    samples = (tone * 10 ** ((-16 - level) / 20) * 32767).astype(np.int16).reshape(-1, 1)
    return SimpleNamespace(seconds=seconds, samples=lambda: samples)


def test_a_phone_plays_little_that_is_low_and_a_fan_is_12_lu_below_what_it_plays():
    """Half at 500 Hz, a quarter of that an octave below; the fan's loudness is told by the meter of the voice."""
    at = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    for hertz, passes in ((125, 1 / 17), (500, 0.5), (1000, 0.8), (5000, 0.99)):
        played = scenes._played(np.sin(2 * np.pi * hertz * at))
        assert np.abs(played)[1000:-1000].max() == pytest.approx(passes, abs=0.01)
    voice = scenes._loudness(scenes._played(0.1 * np.sin(2 * np.pi * 1000 * at)))
    fan = scenes._fan(4 * SAMPLE_RATE, 1, voice + scenes.FAN_DB)
    assert integrated(energies(fan.reshape(-1, 1), SAMPLE_RATE)) - voice == pytest.approx(-12.0, abs=0.2)


def test_sentences_are_heard_together_but_never_longer_than_is_looked_at():
    """A new one changes the batch it is in and no others but those up to the next beginning."""
    takes = {f"sentence {number}": take(0.5) for number in range(200)}
    known = [tuple(batch) for batch in scenes.batches(takes)]
    assert sum(known, ()) == tuple(takes)
    assert max(len(batch) * 0.5 + (len(batch) - 1) * scenes.GAP for batch in known) <= scenes.LONGEST
    again = {**dict(list(takes.items())[:50]), "new": take(0.5), **dict(list(takes.items())[50:])}
    assert len(set(known) - {tuple(batch) for batch in scenes.batches(again)}) <= 2


class Listener:
    """Writes what it is told to, one text after the other, and then always the last."""

    def __init__(self, name: str, *texts: str) -> None:
        self.name = name
        self.texts = [*texts]

    def writes(self, _samples: np.ndarray, _language: str) -> str:
        """Return the next text."""
        return self.texts.pop(0) if len(self.texts) > 1 else self.texts[0]


def test_a_stretch_in_which_a_recogniser_went_round_in_circles_is_heard_one_by_one():
    """What it wrote then counts for nothing, and how often that was is told; a text as people talk is no such."""
    circles = "toast " * 100
    said = {"Ease off now.": take(1.0), "Toes to ankle.": take(1.0), "Rest a while.": take(1.0)}
    (batch,) = scenes.batches(said)
    assert tuple(batch) == tuple(said)
    steady = Listener("steady", "ease off now toes to ankle rest a while")
    dizzy = Listener("dizzy", circles, "ease off now", circles, "toes to uncle", "rest a while")
    hearing = hear.Hearing("en", scenes.Scene(None), [steady, dizzy])
    hearing.hear(said)
    assert (hearing.stretches, hearing.circles) == (1, [0, 1])
    assert [str(score) for score in hearing.score([*said])] == ["0.0 %", "11.1 %"]
    assert not recognisers.repeats("Glide up. Glide down. Glide up again, and down again, and rest there for a while.")
