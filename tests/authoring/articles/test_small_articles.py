"""Small articles as people paste them: the right steps and times, and every sentence in a place."""

from __future__ import annotations

import re

import pytest
import yaml

from voiceguide.authoring.articles import pasted, problems
from voiceguide.authoring.articles.times import times

NECK = """A quick neck rub

Five minutes for a stiff neck after a day of meetings.

Have your partner sit backwards on a chair. Stand behind them.

1. Warm up – 1 min
Rest both palms on the shoulders. Let the warmth sink in.

2. Roll the muscle – 2 min
Pick up the muscle between neck and shoulder. Roll it slowly through your fingers. Never squeeze the throat.

3. Stroke down – 2 min
Glide from the ears to the tips of the shoulders.

Enjoy the light feeling! Tell us in the comments which part you liked best.
"""
CALVES = """# Tired calves

**Step 1: Oil - 30 seconds**

Spread warm oil over the calf.

**Step 2: Long strokes (3 minutes per side)**

Push up from the ankle with both hands. Come back lightly.

**Step 3: Wring it out: 2-3 min**

Work across the muscle, hands going opposite ways.

Do not massage if you have a blood clot.

Thanks for stopping by.
"""
HAND = """<h1>Hand massage for two</h1><p>Ask your friend to sit beside you on the sofa.</p>
<h3>1) Open the palm [1 min]</h3><p>Press both thumbs outward from the middle.</p>
<h3>2) Each finger [2 min]</h3><p>Pull softly from the knuckle to the tip.</p><p>You may hear a crack.</p>
<h3>3) The web | 1 min</h3><p>Pinch the soft part beside the thumb.</p><p>See you next time!</p>"""
FOOT = """<p><b>Feet after a hike</b></p><p><b>Sole — 2 min</b><br>Walk your thumbs from the heel to the toes.</p>
<p><b>Toes — 1 min</b><br>Turn each toe both ways.</p>
<p><b>Ankle — 1 min</b><br>Draw circles round the bone.<br>Subscribe for more.</p>"""
SCALP = """10 quiet minutes for the head

You will need: a pillow.

Let the receiver lie face up with the head on the pillow.

2 min: Forehead
Smooth it from the middle to the temples.

3 min: Scalp
Move the skin in small circles. Skip this if there is an open wound.

2 min: Ears
Rub the rims between finger and thumb.

That's all! Sleep well.
"""
SELF = """# Massage your own forearm

Sit at a table, arm on a towel.

## Knead it, 2 min

Work from the wrist to the elbow.

## Press points, 90 seconds

Press with the thumb and hold for 5 seconds. Move on a little.

## Shake it out, 30 s

Let the hand hang and shake it.

Have fun!
"""
LIST = """# Evening back

- Long strokes - 3 min
- Circles beside the spine - 2 min
- Soft pats - 1 min

Always stay off the spine itself.

Happy massaging!
"""
LEGS = """# Legs in two parts

Your partner lies on their back.

## Front - 4 min each

Stroke from the knee to the hip. Use the whole hand.

## Foot - 2 min each

Hold it between both hands. Warm it.

I hope you both sleep better. Share this page if you liked it.
"""
SHOULDERS = """Shoulders at the desk
Nobody has to undress for this.
#1 Drop them: 1 minute
Lift both shoulders to the ears. Let them fall.
#2 Squeeze them: 2 minutes
Take the muscle in the opposite hand. Then change sides.
#3 Brush down: 1 minute
Brush from neck to elbow. There you have it!
"""
BELLY = """# Calm belly

Ask a doctor first if you are pregnant.

Invite them to lie on their back, knees bent.

## Rest the hands - 1'

Feel the breath below your palms.

## Slow circles - 4'

Circle with the clock. Keep it soft.

Enjoy. Let us know how it went.
"""
RUECKEN = """Rückenmassage am Abend

Eine kleine Auszeit für zwei.

Lass deinen Partner sich auf den Bauch legen.

Schritt 1: Streichen – 2 Min.
Streiche mit beiden Händen den Rücken hinauf.

Schritt 2: Kneten (3 Minuten)
Knete die Muskeln an den Schultern.

Genießt die Ruhe! Schreib mir in die Kommentare, wie es euch gefallen hat.
"""
ESPALDA = """# Masaje de espalda

Una pausa para dos en casa.

Pide a tu pareja que se tumbe boca abajo.

## Paso 1: Deslizar - 2 minutos

Desliza las manos por la espalda con calma.

## Paso 2: Amasar (3 min)

Amasa los hombros con los dedos y el pulgar.

¡Disfruta! Cuéntame en los comentarios qué tal te fue.
"""
DOS = """<h2>Massage du dos</h2><p>Une pause pour deux à la maison.</p>
<p>Demandez à votre partenaire de s'allonger sur le ventre.</p>
<h3>Étape 1 : Lisser - 2 minutes</h3><p>Glissez les deux mains sur le dos avec lenteur.</p>
<h3>Étape 2 : Pétrir (3 min)</h3><p>Pétrissez les épaules avec les doigts et le pouce.</p>
<p>Profitez-en bien ! Dites-moi en commentaire ce que vous en pensez.</p>"""
FACE = """# A face rub

Before you start, help them stretch out on their back. Wash your hands.

1 Brow - 1 min

Stroke it from the nose outward.

2 Cheeks - 2 min

Circle with flat fingers. Be careful around the eyes.

3 Jaw - 1 min

Press along the bone and let go. Good luck, and stay tuned for more.
"""
HOME = """How to give a relaxing back massage at home

By Jane Doe

A good back massage needs no training.

What you need
A little oil, a towel.

Let your partner lie on their front on a bed or mat, arms by the sides. Make sure the room is warm.

1. Long strokes - 2 min
Place both hands at the lower back and glide up to the shoulders. Return lightly along the sides.

2. Steps with the thumbs: 3 min
Make small circles beside the spine. Never press on the bone.

3. Finish (2 min)
Sweep down the whole back, slower and slower.

Enjoy your evening! Let me know in the comments how it went.
"""
PAGE = """<h1>Hands</h1><h2>What you need</h2><ul><li>hand cream<li>a towel</ul>
<ol><li><h3>Palm - 2 min</h3><p>Press both thumbs outward.</p></li>
<li><h3>Fingers - 1 min</h3><p>Pull each softly.</p></li></ol><p>Enjoy!</p>"""
BREAKS = """<p>Neck break</p><ol><li>Tilt – 1 min<br>Lower one ear to the shoulder.</li>
<li>Stroke – 2 min<br>Glide down the side of the neck.</li></ol>"""
ARTICLES = {
    "home": (HOME, ["Long strokes", "Steps with the thumbs", "Finish"], ["2m", "3m", "2m"], "face down", 4),
    "page": (PAGE, ["Palm", "Fingers"], ["2m", "1m"], "", 1),
    "breaks": (BREAKS, ["Tilt", "Stroke"], ["1m", "2m"], "", 0),
    "neck": (NECK, ["Warm up", "Roll the muscle", "Stroke down"], ["1m", "2m", "2m"], "seated", 3),
    "calves": (CALVES, ["Oil", "Long strokes", "Wring it out"], ["30s", "3m", "2m..3m"], "", 1),
    "hand": (HAND, ["Open the palm", "Each finger", "The web"], ["1m", "2m", "1m"], "seated", 1),
    "foot": (FOOT, ["Sole", "Toes", "Ankle"], ["2m", "1m", "1m"], "", 1),
    "scalp": (SCALP, ["Forehead", "Scalp", "Ears"], ["2m", "3m", "2m"], "face up", 2),
    "self": (SELF, ["Knead it", "Press points", "Shake it out"], ["2m", "1m30s", "30s"], "seated", 1),
    "list": (LIST, ["Long strokes", "Circles beside the spine", "Soft pats"], ["3m", "2m", "1m"], "", 1),
    "legs": (LEGS, ["Front", "Foot"], ["4m", "2m"], "face up", 2),
    "shoulders": (SHOULDERS, ["Drop them", "Squeeze them", "Brush down"], ["1m", "2m", "1m"], "", 1),
    "belly": (BELLY, ["Rest the hands", "Slow circles"], ["1m", "4m"], "face up", 2),
    "rücken": (RUECKEN, ["Streichen", "Kneten"], ["2m", "3m"], "auf dem Bauch", 2),
    "espalda": (ESPALDA, ["Deslizar", "Amasar"], ["2m", "3m"], "boca abajo", 2),
    "dos": (DOS, ["Lisser", "Pétrir"], ["2m", "3m"], "sur le ventre", 2),
    "face": (FACE, ["Brow", "Cheeks", "Jaw"], ["1m", "2m", "1m"], "face up", 2),
}


def plain(text: str) -> str:
    """A text's words and nothing else, so that it is found however it is quoted."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def missing(text: str, draft: str) -> list[str]:
    """The sentences of an article that are not in a draft, whole or without the time that stands beside the step."""
    lines = re.sub(r"<[^<>]*>", "\n", text).splitlines()
    said = [
        s for line in lines for s in re.split(r"(?<=[.!?])\s+(?=\S{2})", re.sub(r"^\W*\d+[.)]?\s+(?!min)", "", line))
    ]
    blob = plain(draft.replace("{minutes}", " "))

    def found(sentence: str) -> bool:
        cut = [time.written for time in times(sentence)]
        parts = re.split("|".join(map(re.escape, cut)), sentence) if cut else [sentence]
        return all(plain(part) in blob for part in (*parts, *cut))

    return [
        s for s in said if s.strip() and not found(re.sub(r"^(?:Step|Schritt|Paso|Étape) \d\W+", "", s.strip(" *#-")))
    ]


@pytest.mark.parametrize("name", ARTICLES)
def test_a_small_article_comes_through(name: str) -> None:
    """Its steps and times, how somebody lies, what is left out; no sentence is lost, and `check` finds no fault."""
    text, names, durations, lying, left = ARTICLES[name]
    draft = pasted(text, "html" if text.startswith("<") else "text", anyway=name in ("rücken", "espalda", "dos"))
    assert re.findall(r'- name: "?([^"\n]*)', draft.text) == names, draft.text
    assert re.findall(r"^ +duration: (.*)", draft.text, re.MULTILINE) == durations, draft.text
    assert re.findall(r"^position: ([^#\n]*?) *(?:#.*)?$", draft.text, re.MULTILINE) == [lying][: len(lying)], (
        draft.text
    )
    assert len(draft.left_out) == left, draft.left_out
    assert missing(text, draft.text) == [], draft.text
    assert not [str(each) for each in problems(draft.text) if each.level == "fault"]
    said = [s for block in re.findall(r" say:(.*?)(?=\n\s*(?:\w+:|#|$))", draft.text, re.S) for s in block.split("\n")]
    assert not [s for s in said if re.search("comment|enjoy|disfruta|genießt|profitez|thanks|share", s, re.IGNORECASE)]


@pytest.mark.parametrize("form", ["in a list", "below headings"])
def test_the_text_goes_on_to_steps_after_the_last_number(form: str) -> None:
    """Each is one of its own, with its own time, and whoever reads the draft is asked whether it is."""
    apart = "\n" if form == "below headings" else " "
    draft = pasted(
        f"# Calf rub\n\n1. Stroke – 2 min{apart}Stroke up the calf.\n\n2. Knead – 3 min{apart}Knead the calf.\n\n"
        "Then press along the muscle with your thumbs for a minute.\n\nThe skin may turn a little red.\n\n"
        "Finally, stroke the whole leg softly for 2 minutes.\n"
    )
    steps = yaml.safe_load(draft.text)["steps"]
    assert [step["duration"] for step in steps] == ["2m", "3m", "1m", "2m"]
    assert [step["name"] for step in steps][2:] == [
        "Press along the muscle with your thumbs",
        "Stroke the whole leg softly",
    ]
    assert sum("is this a step?" in flag.text for flag in draft.flags) == 2


def test_a_table_that_is_no_step_is_left_out_by_its_rows() -> None:
    """A row is one line, as it stands in the article; and one minute is one."""
    draft = pasted(
        "# Calf rub\n\n1. Stroke the calf.\n2. Knead the calf.\n\n# At a glance\n\n"
        "| Part | Minutes | Rhythm |\n|---|---|---|\n| Strokes | 1 | slow |\n| Kneading | 2 | even |\n"
    )
    assert [note.text for note in draft.left_out] == [
        "At a glance",
        "Part | Minutes | Rhythm",
        "Strokes | 1 minute | slow",
        "Kneading | 2 minutes | even",
    ]


PALMS = """# Hands that work

I have given this to my clients for twelve years, and it never takes longer than twenty minutes. Before you begin, look
at the hands: if there is a wound, a rash or a swollen joint, leave it for another day, and with arthritis ask a doctor
first. Otherwise you can do no harm.

## What you need

- a bottle of oil
- a bowl of warm water

Sit opposite each other.

1. **Warming.** Take the hand between both of yours. 1 minute.
2. **Long strokes.** Glide to the elbow and back with no pressure at all. Do not rub. 2 minutes on each side.
3. **Thumbs.** With your thumbs, make small circles on the back of the hand. About 2 minutes.

Then turn the arm over and knead with the heel of your hand for a minute or two.

| Stroke | Time | What for |
|---|---|---|
| Warming | 1 minute | calm |
| Strokes | 4 minutes | length |

To finish: wrap both hands in a warm towel and let them rest.
"""


def test_a_numbered_list_below_what_is_needed_is_the_steps() -> None:
    """They begin where bullets end and numbers tell what to do; a table among them is none, and the end closes it."""
    made = yaml.safe_load(pasted(PALMS).text)
    assert made["need"] == ["a bottle of oil", "a bowl of warm water"]
    assert [step["name"] for step in made["steps"]] == [
        "Warming",
        "Long strokes",
        "Thumbs",
        "Turn the arm over and knead",
    ]
    assert [step["duration"] for step in made["steps"]] == ["1m", "2m", "2m", "1m..2m"]
    assert "warm towel" in str(made["closing"])
    assert "with no pressure at all" in str(made["steps"][1]["say"])
    assert made["safety"] == {
        "do_not_start": ["a wound", "a rash", "a swollen joint"],
        "ask_first": ["arthritis"],
    }


@pytest.mark.parametrize("listed", ["1. oil\n2. a towel\n3. a cushion", "- oil\n- a towel\n\n1. a chair\n2. a cushion"])
def test_a_numbered_list_of_things_stays_what_is_needed(listed: str) -> None:
    """Numbers alone make no steps, right below their heading least of all."""
    text = f"# Calf rub\n\n## You need\n\n{listed}\n\n## Steps\n\n1. Stroke the calf.\n2. Knead the calf.\n"
    made = yaml.safe_load(pasted(text).text)
    assert {"oil", "a towel", "a cushion"} <= set(made["need"])
    assert len(made["steps"]) == 2


def test_names_in_other_languages_keep_their_capitals() -> None:
    """Nouns are written so in German; what is written in capitals alone is not."""
    german = RUECKEN.replace("Streichen", "Mit dem Handballen").replace("Kneten", "DIE SCHULTERN")
    made = yaml.safe_load(pasted(german, anyway=True).text)
    assert [step["name"] for step in made["steps"]] == ["Mit dem Handballen", "Die schultern"]


@pytest.mark.parametrize("mark", ["{n}. ", "Step {n}: ", "{n}) "])
def test_a_short_first_sentence_is_the_step_s_name(mark: str) -> None:
    """As in a list whose bold letters were lost when it was copied; where all tell what to do, they are no names."""
    named = ["Warming. Hold the hand.", "Thumb circles. Draw circles on the back.", "Press and hold. Spread the palm."]
    told = ["Sit down. Breathe out slowly.", "Wash your hands. Dry them well.", "Stroke the arm. Go up to the elbow."]
    for said, names in ((named, ["Warming", "Thumb circles", "Press and hold"]), (told, None)):
        lines = "\n".join(f"{mark.format(n=n)}{text}" for n, text in enumerate(said, 1))
        steps = yaml.safe_load(pasted(f"Hand massage\n\nYou need oil.\n\n{lines}\n").text)["steps"]
        if names:
            assert [step["name"] for step in steps] == names
            assert "Warming" not in str(steps[0]["say"])
        else:
            assert "Sit down" in str(steps[0]["say"])


@pytest.mark.parametrize("word", ["Move", "Stroke", "Technique", "Exercise", "Step"])
def test_what_counts_the_steps_is_no_part_of_their_names(word: str) -> None:
    """`Move 1: Warm the back` is "Warm the back"; "Stroke 3 times" is an instruction."""
    heads = f"## {word} 1: Warm the back\n\nStroke 3 times up the back.\n\n## {word} 2: Knead\n\nKnead the sides.\n"
    text = f"# Back\n\n{heads}"
    made = yaml.safe_load(pasted(text).text)
    assert [step["name"] for step in made["steps"]] == ["Warm the back", "Knead"]
    assert "troke 3 times" in str(made["steps"][0]["say"])
