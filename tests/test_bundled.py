"""Bundled routines: each plans in all of its languages, says what it must, and promises nothing."""

from __future__ import annotations

import re
import sys
from functools import cache as once
from itertools import pairwise, product

import bundled_for_tests as bundled
import pytest
from bundled_for_tests import routine, setups

from voiceguide import phrases, session
from voiceguide.choices import Choices
from voiceguide.drawing import atlas
from voiceguide.durations import LENGTHS
from voiceguide.errors import UsageError
from voiceguide.lint import findings, sessions
from voiceguide.routine import finding
from voiceguide.routine.languages import languages, partial, texts
from voiceguide.session import hands
from voiceguide.session.composing import Session
from voiceguide.session.making import Means, booth
from voiceguide.session.narration import by_estimate, drafted, narrated
from voiceguide.text import marks, sentences
from voiceguide.voices import pick as picked
from voiceguide.voices.kokoro import model

ROUTINES = finding.files()

CLAIMS = {
    "en": r"\b(?:toxins?|detox\w*|cur(?:es?|ed|ing)|heal(?:s|ed|ing|er)?|miracles?|guaranteed?)\b",
    "de": r"\b(?:entgift\w*|entschlack\w*|schlacken|gift\w*|heil(?:t|en|ung|end\w*|sam\w*))\b",
    "es": r"\b(?:toxinas?|desintoxica\w*|cura[rn]?|sana[rn]?|sanaci[óo]n|milagro\w*)\b",
    "fr": r"\b(?:toxines?|détox\w*|guéri\w*|soigne[rznt]*|miracle\w*|miraculeu\w*)\b",
}
"""What no massage keeps, one pattern a language."""
OTHER_ADDRESS = {
    "en": r"(?!)",
    "de": r"(?<![.!?:] )(?<!^)\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b",
    "es": r"\b(?:usted(?:es)?|vosotr[oa]s|vuestr[oa]s?)\b",
    "fr": r"\b(?:tu|toi|tes|ton|ta)\b",
}
"""German says du, Spanish tú, French vous, as the phrases do."""
MOST_WORDS = 22
GRID = 1152 / 44100

SEED_STEPS = {
    "en": (
        "Prepare, and rest your hands",
        "Warm the oil",
        "Gentle strokes",
        "Circles",
        "Thumbs",
        "Knead",
        "Closing strokes",
    ),
    "de": (
        "Vorbereiten, Hände auflegen",
        "Öl anwärmen",
        "Sanftes Streichen",
        "Kreise",
        "Daumen",
        "Kneten",
        "Ausstreichen",
    ),
    "es": (
        "Preparar y posar las manos",
        "Entibiar el aceite",
        "Deslizamientos suaves",
        "Círculos",
        "Pulgares",
        "Amasar",
        "Deslizamientos finales",
    ),
    "fr": (
        "Préparer, poser les mains",
        "Réchauffer l'huile",
        "Longs gestes doux",
        "Cercles",
        "Pouces",
        "Pétrir",
        "Derniers gestes",
    ),
}
"""The seven steps of the article the upper-back routine is made after, in its order."""
SEED_WORDS = {
    "en": (
        *("oil or lotion", "towel", "bed or chair", "pillow"),
        *("fever", "skin infection", "broken bone", "very unwell"),
        *("quiet", "keep it clean", "until it is warm", "middle of the back up to the shoulders", "tight", "gently"),
        *("like dough", "soft and relaxed", "slow and smooth", "what you are told", "not too hard", "a break"),
        *("once or twice a week", "more often", "may help", "tension", "stress", "blood flow", "headaches", "sleep"),
        *("massage ball", "foam roller", "handheld massager"),
    ),
    "de": (
        *("öl oder lotion", "handtuch", "bett oder ein stuhl", "kissen"),
        *("fieber", "hautinfektion", "knochenbruch", "unwohlsein"),
        *("ruhigen", "sauber", "bis es warm ist", "mitte des rückens hinauf zu den schultern", "feste stelle", "sanft"),
        *("wie teig", "weiche, lockere hände", "langsam und fließend", "was dir gesagt wird", "nicht zu fest"),
        *("eine pause", "ein- oder zweimal in der woche", "öfter", "kann", "verspannung", "stress", "durchblutung"),
        *("kopfschmerzen", "schlaf", "massageball", "faszienrolle", "handmassagegerät"),
    ),
    "es": (
        *("aceite o loción", "toalla", "cama o silla", "almohada"),
        *("fiebre", "infección de piel", "fractura", "malestar"),
        *("tranquilo", "no manchar", "entibia", "mitad de la espalda a los hombros", "tenso", "suavidad"),
        *("como pan", "blandas y relajadas", "lento y fluido", "lo que te digan", "sin apretar demasiado", "una pausa"),
        *("una o dos veces por semana", "o más", "puede ayudar", "tensión", "estrés", "circulación"),
        *("dolor de cabeza", "sueño", "pelota de masaje", "rodillo de espuma", "masajeador"),
    ),
    "fr": (
        *("huile ou du lait", "serviette", "lit ou une chaise", "coussin"),
        *("fièvre", "infection de peau", "fracture", "malaise"),
        *("calme", "propre", "réchauffez", "milieu du dos jusqu'aux épaules", "tendu", "doucement"),
        *("comme une pâte", "souples et détendues", "lentement et en souplesse", "ce qu'on vous dit", "pas trop fort"),
        *("une pause", "une ou deux fois par semaine", "plus souvent", "peut aider", "tensions", "stress"),
        *("circulation", "maux de tête", "sommeil", "balle de massage", "rouleau en mousse", "appareil de massage"),
    ),
}
"""What the article says beside its steps: what is needed, when not to, how, how often, what for, with which tools."""
SEED_SECONDS = {3: (120, 120), 4: (180, 300), 6: (300, 300), 7: (120, 120)}
"""Step → the seconds its sides last together in the article, from and to; the total may ask 5 % of them."""


@once
def checked(name):
    """What the strict check finds in a file, and its drafts, by language, setup and length: every session there is."""
    drafts = {}

    def by_estimate_and_kept(composed, lengths):
        draft = by_estimate(composed, lengths)
        drafts[composed.language, composed.choices.setup, composed.choices.length.typed] = draft
        return draft

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sessions, "by_estimate", by_estimate_and_kept)
        return findings(ROUTINES[name], strict=True), drafts


def given(name, language, setup, length):
    """One session as it is given: by the estimates of the voice that speaks where none is asked for."""
    return checked(name)[1][language, setup, length]


def drafts(name, language, lengths=LENGTHS):
    """Every session of a routine in a language, each after its length and setup."""
    for length, setup in product(lengths, setups(name)):
        yield (length, setup), given(name, language, setup, length)


def written(name, language):
    """Every text of a routine in a language, as the author wrote it, in all its wordings."""
    return [wording for text in texts(routine(name)) for wording in text.wordings(language)]


def spoken(name, language):
    """Every text that the hands are told by; names, what is needed and the words of care may be alike."""
    read = routine(name)
    care = read.safety
    alike = {id(text) for text in (*read.need, *care.do_not_start, *care.ask_first, *care.core, *care.always)}
    alike |= {id(text) for text in (*care.avoid, *care.more)}
    alike |= {id(step.name) for step in (*read.steps, *read.every_step)}
    return [wording for text in texts(read) if id(text) not in alike for wording in text.wordings(language)]


SPOKEN = [(name, language) for name in ROUTINES for language in bundled.LANGUAGES[name]]

# All tests of a routine in a row (by the scope), so that few of the tests' processes lay it out.
each_language = pytest.mark.parametrize(("name", "language"), SPOKEN, scope="module")
each_upper_back = pytest.mark.parametrize("language", bundled.LANGUAGES["upper-back"])


@each_language
def test_the_strict_check_says_all_well(name, language):
    """A bundled file has no fault and not a warning, in any language, length or setup; each language is whole."""
    assert [str(fault) for fault in checked(name)[0]] == []
    assert partial(routine(name)) == ()


@pytest.mark.parametrize("name", [name for name in ROUTINES if {"es", "fr"} & {*bundled.LANGUAGES[name]}])
def test_the_strict_check_says_all_well_in_kokoro_s_voices(name, monkeypatch):
    """Spanish and French keep to all limits in their natural voices too, whether or not their model is here."""
    monkeypatch.setattr(model, "found", lambda: (ROUTINES[name],))
    assert picked(None, language="es", pace=135).id == "kokoro:ef_dora"
    assert [str(fault) for fault in findings(ROUTINES[name], strict=True)] == []


def test_a_routine_is_in_every_language_or_in_english_alone():
    """The library that the README promises: eighteen and more, two to begin with, none half translated."""
    assert len([name for name in ROUTINES if not name.startswith("first-time")]) >= 18
    assert {name for name in ROUTINES if name.startswith("first-time")} == {"first-time", "first-time-self"}
    for name in ROUTINES:
        assert set(languages(routine(name))) in ({"en"}, set(phrases.languages())), name


def test_no_two_routines_share_a_sentence():
    """Each has its own words: no sentence of three words or more is said in two of them."""
    said = {}
    for name, language in SPOKEN:
        for text in spoken(name, language):
            for sentence in sentences.split(marks.strip(text), language):
                words = tuple(re.findall(r"[\w{}'’-]+", sentence.lower()))
                if len(words) >= 3:
                    said.setdefault((language, words), set()).add(name)
    assert {" ".join(words): names for (_, words), names in said.items() if len(names) > 1} == {}


TOTALS = ("10m", "30m")


@pytest.mark.parametrize(("name", "total"), [(name, TOTALS[number % 2]) for number, name in enumerate(ROUTINES)])
def test_other_totals_are_exact_or_refused(name, total):
    """Ten or thirty minutes where the steps can reach them, both sides equal; else a total that works.

    Any total of any routine: tests/planning/test_properties.py.
    """
    try:
        timeline = session.plan(routine(name), voice="tone", length=total)
    except UsageError as error:
        nearest = re.search(r"the nearest total that works is ([^\s;]+)", str(error))
        assert nearest, str(error)
        assert session.plan(routine(name), voice="tone", length=nearest[1])
        return
    assert timeline.duration == pytest.approx(60 * int(total[:-1]), abs=1e-6)
    for chapter in timeline.chapters:
        assert len({round(slot.end - slot.start, 6) for slot in chapter.slots}) <= 1


@each_language
def test_hands_come_soon_work_most_of_the_time_and_are_the_last_to_go(name, language):
    """The budget of the contract, by that language's default voice: first touch, hands on, last touch.

    Sessions without any touch have none. That a listener hears it so: the slow test below.
    """
    for which, draft in drafts(name, language):
        found = hands.of(draft)
        if name.startswith("first-time"):
            assert found is None
            continue
        most = hands.budget(routine(name), draft)
        assert found.first <= most.first, which
        assert found.on >= most.on * draft.layout.duration, which
        assert found.after <= most.after, which


@pytest.mark.slow
@pytest.mark.parametrize("name", ["upper-back", "desk-break"])
def test_hands_come_soon_once_it_is_spoken(name, tmp_path):
    """What the real English voice says keeps the budget of a giver, and of somebody alone."""
    session_of = Session(routine(name), Choices())
    with booth(session_of.voice, "en", Means()) as opened:
        draft = narrated(session_of, opened.narrator, drafted(session_of, opened.narrator))
    found, most = hands.of(draft), hands.budget(routine(name), draft)
    assert found.first <= most.first
    assert found.on >= most.on * draft.layout.duration
    assert found.after <= most.after


@each_upper_back
def test_the_short_upper_back_is_a_massage(language):
    """Three quarters of the nine minutes are hands, and its strokes last most of a minute."""
    for which, draft in drafts("upper-back", language, ("short",)):
        assert hands.of(draft).on >= 0.75 * draft.layout.duration, which
        strokes = next(chapter for chapter in draft.layout.chapters if chapter.title == SEED_STEPS[language][2])
        assert sum(slot.end - slot.start for slot in strokes.slots) >= 50.0, which


@each_language
def test_nobody_is_rushed(name, language):
    """After an instruction a slot has as much time left as the saying took, at least."""
    for which, draft in drafts(name, language):
        for slot in (slot for chapter in draft.layout.chapters for slot in chapter.slots):
            clips = [clip for clip in draft.layout.clips if slot.start <= clip.start < slot.end]
            told = [clip for clip in clips if clip.role == "instruction"]
            if told:
                took, left = told[-1].end - told[0].start, slot.end - told[-1].end
                assert left >= took - 1e-6, (which, [clip.text for clip in told])


@each_language
def test_no_cue_is_heard_twice(name, language):
    """The second side is told in other words, or in none."""
    for which, draft in drafts(name, language):
        said = [clip.text for clip in draft.layout.clips if clip.role == "cue"]
        assert sorted(said) == sorted(set(said)), which


TELLING = ("time_left", "next", "recover", "check_in", "halfway", "last-minute")


@each_language
def test_what_tells_how_it_goes_comes_one_at_a_time(name, language):
    """Time left, what is next, a word for the lost, a question, a bell's words: none within 4 s of another."""
    for which, draft in drafts(name, language):
        telling = [clip for clip in draft.layout.clips if clip.track == "narration" and clip.role in TELLING]
        for clip, following in pairwise(telling):
            if not clip.role == following.role == "check_in":
                assert following.start - clip.end >= 4.0 - 1e-6, (which, clip.text, following.text)


def test_the_first_routine_is_in_every_language():
    """Whoever has the program's phrases in a language has the upper back in it too."""
    assert set(languages(routine("upper-back"))) == set(phrases.languages())


@each_language
def test_a_session_plans(name, language):
    """Every language, setup and length can be laid out, and no reminder is left out."""
    for which, draft in drafts(name, language):
        assert {role for role, _ in draft.layout.left_out} <= {"time_left", "next"}, which


@pytest.mark.parametrize("name", ROUTINES)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems' voices are not measured, their estimates are rough")
def test_a_listener_is_warned_of_nothing(name):
    """Whoever just plays it, in the default voice over the routine's own bed, is told of no fault of ours.

    That nothing is tight in any language, length or setup is a part of the strict check.
    """
    told = []
    session.plan(routine(name), warn=told.append)
    assert told == []


@each_language
def test_less_talk_takes_no_less_time(name, language):
    """`calm` in the short session and `minimal` in the full one leave words out and no second.

    Every talk in every length and setup: the first routine's golden timelines.
    """
    if name.startswith("first-time"):
        pytest.skip("its sounds are what it is for: minimal names them once more, and no total holds it")
    for length, talk in (("short", "calm"), ("full", "minimal")):
        full = given(name, language, setups(name)[0], length).layout
        chosen = Choices.of({"language": language, "setup": setups(name)[0], "length": length, "talk": talk})
        quieter = by_estimate(Session(routine(name), chosen)).layout
        assert quieter.duration == pytest.approx(full.duration, abs=1e-6)
        assert len(quieter.clips) <= len(full.clips)


@each_language
def test_both_sides_are_worked_equally_long(name, language):
    """A step's slots last the same, and so do a group's on its sides."""
    for which, draft in drafts(name, language):
        lasting = {}
        for chapter in draft.layout.chapters:
            lasting.setdefault(chapter.step, []).extend(slot.end - slot.start for slot in chapter.slots)
        for seconds in (slots for slots in lasting.values() if len(slots) > 1):
            assert seconds == pytest.approx([seconds[0]] * len(seconds), abs=1e-6), which


def test_every_step_that_touches_shows_its_move():
    """A bundled drawing; and of the right side, where a step is about that alone and there is one."""
    drawings = atlas.names()
    for name in bundled.NAMES:
        for step in (step for each in routine(name).steps for step in getattr(each, "steps", (each,))):
            called = step.name.get("en")
            assert (step.show in drawings) == step.touch, f"{name}: {called}"
            if step.touch and not step.sides and "right" in called.lower().split():
                assert step.show.endswith("-right"), f"{name}: {called}"


@each_language
def test_sentences_are_short(name, language):
    """No sentence of an author is longer than a busy hand can follow."""
    for text in written(name, language):
        for sentence in sentences.split(marks.strip(text), language):
            assert len(re.findall(r"[\w{}'’-]+", sentence)) <= MOST_WORDS, sentence


@each_language
def test_nothing_is_claimed(name, language):
    """Massage relaxes, eases and feels good; no text promises more."""
    for text in written(name, language):
        assert not re.search(CLAIMS[language], text, re.IGNORECASE), text


@each_language
def test_everybody_is_addressed_as_in_the_phrases(name, language):
    """One form of address through the whole session."""
    for text in written(name, language):
        assert not re.search(OTHER_ADDRESS[language], text, re.IGNORECASE if language != "de" else 0), text


@each_upper_back
def test_the_seeds_steps_come_in_its_order(language):
    """Prepare, oil, strokes, circles, thumbs, knead, strokes: all of them, in both lengths."""
    for which, draft in drafts("upper-back", language):
        assert tuple(chapter.title for chapter in draft.layout.chapters[1:-1]) == SEED_STEPS[language], which


@pytest.mark.parametrize("language", sorted(SEED_WORDS))
def test_the_seeds_facts_are_all_there(language):
    """What is needed, the tips, the benefits, how often, when not to, and the tools for one's own back."""
    everything = "\n".join(text.get(language) for text in texts(routine("upper-back"))).lower()
    assert [word for word in SEED_WORDS[language] if word not in everything] == []


@each_upper_back
def test_the_seeds_times_are_kept_in_full(language):
    """Two minutes of strokes, three to five of circles, five of kneading, two of strokes."""
    for which, draft in drafts("upper-back", language, ("full",)):
        for step, (least, most) in SEED_SECONDS.items():
            slots = [slot for chapter in draft.layout.chapters if chapter.step == step for slot in chapter.slots]
            assert 0.95 * least <= sum(slot.end - slot.start for slot in slots) <= 1.05 * most, which


@each_upper_back
def test_thumbs_press_several_times(language):
    """The article repeats the hold several times: five a side, as often on the one as on the other."""
    for which, draft in drafts("upper-back", language):
        rounds = [len(slot.rounds) for chapter in draft.layout.chapters for slot in chapter.slots if slot.rounds]
        assert len(rounds) == 2, which
        assert rounds[0] == rounds[1] >= 5, which


@each_upper_back
def test_totals_are_exact(language):
    """Nine and twenty minutes, whatever the language makes of the words."""
    for (length, setup), draft in drafts("upper-back", language):
        layout = draft.layout
        assert layout.duration == pytest.approx({"short": 540.0, "full": 1200.0}[length], abs=0.05), setup
        assert [chapter.start for chapter in layout.chapters[1:]] == [c.end for c in layout.chapters[:-1]]
        assert layout.chapters[-1].end == pytest.approx(layout.duration, abs=2 * GRID), setup
