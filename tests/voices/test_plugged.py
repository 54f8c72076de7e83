"""What a voice is given of a sentence whose words are pronounced."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from voiceguide.errors import Failed
from voiceguide.text.ipa import SIGNS
from voiceguide.voices import Audio
from voiceguide.voices.plugged import PluggedVoice, slowest
from voiceguide.voices.tone import ToneVoice

SPOKEN = "Now [tui na](/tweɪ nɑː/tway nah again/), slowly."


@dataclass
class Letters:
    """A voice of a third party's, which knows nothing of sounds."""

    given: list[str] = field(default_factory=list)
    tone: ToneVoice = ToneVoice("steady", 120)  # noqa: RUF009 (frozen)
    id: str = "acme:one"
    fingerprint: str = "acme"

    def say(self, text: str) -> Audio:
        """Sound a tone."""
        self.given.append(text)
        return self.tone.say(text)

    def estimate(self, text: str) -> float:
        """As long as the tone."""
        self.given.append(text)
        return self.tone.estimate(text)


@dataclass
class Sounds(Letters):
    """A voice that takes sounds, or is a recording where it takes none."""

    phonemes: object = SIGNS


@pytest.mark.parametrize(
    ("voice", "said", "estimated"),
    [
        (Letters(), "Now tway nah again, slowly.", "Now tway nah again, slowly."),
        (Sounds(), "Now [tui na](/tweɪ nɑː/), slowly.", "Now tui na, slowly."),
        (Sounds(phonemes=frozenset("twe")), "Now tway nah again, slowly.", "Now tway nah again, slowly."),
        (Sounds(phonemes=frozenset()), "Now tui na, slowly.", "Now tui na, slowly."),
    ],
)
def test_sounds_for_those_that_take_them(voice: Letters, said: str, estimated: str) -> None:
    """A voice of letters is given respellings and never a sign of ours; lengths are foretold by letters."""
    plugged = PluggedVoice(voice, voice.id, "")
    plugged.say(SPOKEN)
    assert voice.given[0] == said
    voice.given.clear()
    assert plugged.estimate(SPOKEN) == ToneVoice("steady", 120).estimate(estimated)
    assert voice.given == [estimated]


@pytest.mark.parametrize("phonemes", ["ab", {"a"}, frozenset("a?"), frozenset(["aɪ"])])
def test_what_is_no_set_of_signs_is_the_engine_s_fault(phonemes: object) -> None:
    """What a voice says of its sounds is looked at."""
    with pytest.raises(Failed, match='The voice "acme:one" takes sounds that are no signs of the IPA'):
        PluggedVoice(Sounds(phonemes=phonemes), "acme:one", "").say(SPOKEN)


@dataclass
class Heavy(Letters):
    """A voice that says how many sentences it speaks at once."""

    at_once: object = 2


def test_how_many_sentences_at_once() -> None:
    """A voice may say that it wants few; what is no number is its engine's fault."""
    assert PluggedVoice(Letters(), "acme:one", "").at_once is None
    assert PluggedVoice(Heavy(), "acme:one", "").at_once == 2
    for told in (0, "2"):
        with pytest.raises(Failed, match=f'The voice "acme:one" speaks {told!r} sentences at once'):
            _ = PluggedVoice(Heavy(at_once=told), "acme:one", "").at_once


@dataclass
class Hasty(Letters):
    """A voice that says how slowly it speaks."""

    slowest: object = 170


def test_how_slowly_a_voice_speaks() -> None:
    """A voice may say that it is not slowed below a pace; what is no number is its engine's fault."""
    assert slowest(PluggedVoice(Letters(), "acme:one", "")) is None
    assert slowest(PluggedVoice(Hasty(), "acme:one", "")) == 170
    for told in (0, 170.5):
        with pytest.raises(Failed, match=f'The voice "acme:one" speaks {told!r} words a minute at least'):
            slowest(PluggedVoice(Hasty(slowest=told), "acme:one", ""))


def test_a_fault_tells_the_words() -> None:
    """Messages have the sentence as it is read."""

    class Silent(Sounds):
        def say(self, text: str) -> Audio:
            raise ValueError(f"no {len(text)}")

    with pytest.raises(Failed, match=r"could not speak .Now tui na, slowly\..:"):
        PluggedVoice(Silent(), "acme:one", "").say(SPOKEN)
