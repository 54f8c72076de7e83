"""How-to articles of every shape come through whole; what is none, or for nobody here, is refused with a reason."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import voiceguide
from voiceguide.authoring.articles import MOST_STEPS, pasted, problems
from voiceguide.authoring.articles.draft import Draft
from voiceguide.errors import Failed, UsageError, VoiceguideError
from voiceguide.routine.model import Group, Routine, inner
from voiceguide.store import temporary

SHAPES = {
    "numbers": "# Foot rub\n\n1. Walk up the sole for two minutes.\n2. Pull each toe for 45 seconds.\n",
    "brackets": "Foot rub\n\n(1) Walk up the sole for two minutes.\n(2) Pull each toe for 45 seconds.\n",
    "tight": "Foot rub\n\nStep 1:Walk up the sole for two minutes.\nStep 2:Pull each toe for 45 seconds.",
    "own lines": "Foot rub\n\n1\nWalk up the sole for two minutes.\n2\nPull each toe for 45 seconds.\n",
    "nested": "Foot rub\n\n1. Why feet\nThey are tired.\n2. The routine\n2.1. Sole\nWalk up the sole for two"
    " minutes.\n2.2. Toes\nPull each toe for 45 seconds.\n3. Questions\nWhy not?\n",
    "bullets": "Foot rub\n\n•Walk up the sole for two minutes.\n•Pull each toe for 45 seconds.\n•Warm feet\n",
    "bold": "# Foot rub\n\nHow to\n\n- **Sole:** Walk up the sole for two minutes.\n"
    "- **Toes:** Pull each toe for 45 seconds.\n",
    "headings": "# Foot rub\n\n## 1. Sole\n\nWalk up the sole. Two minutes.\n\n## 2. Toes (45 seconds)\n\n"
    "Pull each toe.\n",
    "prose": "Foot rub\n\nFirst, walk up the sole for two minutes. Next, pull each toe for 45 seconds.\n",
    "one sentence": "Foot rub\n\nFirst walk up the sole for two minutes, then pull each toe for 45 seconds.\n",
    "table": "# Foot rub\n\n| Step | What to do | Time |\n|---|---|---|\n| 1 | Walk up the sole | 2 min |\n"
    "| 2 | Pull each toe | 45 s |\n",
    "times first": "# Foot rub\n\n| Duration | Technique |\n|---|---|\n| 2 min | Walk up the sole |\n"
    "| 45 s | Pull each toe |\n",
    "minutes": "# Foot rub\n\n| Move | How | Minutes |\n|---|---|---|\n| Sole | Walk up the sole | 2 |\n"
    "| Toes | Pull each toe | 0.75 |\n",
    "seconds": "<h1>Foot rub</h1><table><tr><th>#<th>Time (sec)<th>Step<tr><td>1<td>120<td>Walk up the sole"
    "<tr><td>2<td>45<td>Pull each toe</table>",
    "definitions": "# Foot rub\n\nSole\n: Walk up the sole for two minutes.\n\nToes\n: Pull each toe for 45 s.\n",
    "boxes": "<h1>Foot rub</h1><div><span>1</span></div><div>Walk up the sole for two minutes.</div>"
    "<div>2</div><div>Pull each toe for 45 seconds.</div>",
    "web table": "<h1>Foot rub</h1><table><tr><th>Step<th>How<tr><td>1<td>Walk up the sole, 2 min.<tr><td>2<td>"
    "Pull each toe for 45 seconds.</table>",
    "breaks": "<h1>Foot rub</h1><p>1. Walk up the sole for two minutes.<br>2. Pull each toe for 45 seconds.</p>",
    "a list of terms": "<h1>Foot rub</h1><dl><dt>Sole<dd>Walk up the sole for two minutes.<dt>Toes<dd>Pull each"
    " toe for 45 seconds.</dl>",
    "one paragraph": "Foot rub\n\n1) Walk up the sole for two minutes 2) Pull each toe for 45 seconds.\n",
}
CALF = """# Calf rub

Something kind for tired legs.

## Steps

1. Rest one foot on a stool.
2. Stroke the calf upward{inside} for 2 minutes.
3. Knead the calf softly for 3 minutes.

{after}
"""


def routine(draft: Draft) -> Routine:
    """The routine that a draft is."""
    with temporary.holding("draft.yaml", draft.text) as path:
        return voiceguide.load(path)


def calf(after: str = "", inside: str = "") -> Draft:
    """The draft of an article with three steps, and something after or inside them."""
    return pasted(CALF.format(after=after, inside=inside))


def safety(draft: Draft) -> dict[str, list[str]]:
    """The texts of the safety lists that have any."""
    lists = {key: getattr(routine(draft).safety, key) for key in ("do_not_start", "ask_first", "avoid", "more")}
    return {key: [text.get("en") for text in texts] for key, texts in lists.items() if texts}


# -- shapes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_has_the_same_two_steps(shape: str) -> None:
    """With the same times; a heading, a benefit and a question is none."""
    text = SHAPES[shape]
    draft = pasted(text, "html" if text.startswith("<") else "text")
    steps = [step for each in routine(draft).steps for step in inner(each)]
    said = [str(step.say[0].get("en")).casefold().rstrip(".") for step in steps]
    assert [text[-12:] for text in said] == [" up the sole", "ull each toe"], draft.text
    assert [s.duration and (s.duration.low, s.duration.high) for s in steps] == [(120, 120), (45, 45)], draft.text
    assert "title: Foot rub\n" in draft.text


def test_a_step_keeps_its_own_sentences() -> None:
    """Whatever their verbs; what a receiver may feel is no command."""
    draft = calf(inside=". You may notice some swelling. Effleurage the shin. You can add oil. It warms")
    for said in ("You may notice some swelling.", "Effleurage the shin.", "You can add oil.", "It warms."):
        assert f'- "{said} [pause 3s]"\n' in draft.text or f"- {said}\n" in draft.text, draft.text


def test_steps_below_numbered_headings() -> None:
    """Bullets are what a step says, a heading on aftercare is no step."""
    draft = pasted(
        "# Shoulders\n\n### 1. Warm up\n- Sit upright.\n- Warm your hands.\n\n### 2. Knead\n- Grasp the muscle.\n"
        "- Knead for 3 minutes.\n\n### 3. Aftercare\n- Drink water.\n"
    )
    assert [each.name.get("en") for each in routine(draft).steps] == ["Warm up", "Knead"]
    assert [note.text for note in draft.left_out] == ["Aftercare", "Drink water."]


def test_of_two_methods_one_is_drafted() -> None:
    """The others are named, and can be asked for; their cautions hold for every one."""
    text = (
        "# Back rub\n\nMethod 1 of 2: With your hands\n\n1. Glide up the back.\n2. Knead the shoulders.\n\n"
        "Method 2 of 2: With a ball\n\n1. Put the ball under the shoulder blade.\n2. Roll it in circles.\n"
        "3. Never roll the ball over the spine.\n"
    )
    first, second = pasted(text), pasted(text, method=2)
    assert first.methods == second.methods == ("With your hands", "With a ball")
    assert "- name: Glide up the back\n" in first.text
    assert "- name: Roll it in circles\n" in second.text
    assert safety(first) == safety(second) == {"avoid": ["never roll the ball over the spine"]}
    assert "Put the ball under the shoulder blade." in {note.text for note in first.left_out}
    with pytest.raises(UsageError, match="expected a number from 1 to 2, got 3"):
        pasted(text, method=3)


# -- cautions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "lists"),
    [
        ("**Warning:** people with a blood clot must not be massaged.", {"do_not_start": ["a blood clot"]}),
        ("Massage is contraindicated in thrombosis.", {"do_not_start": ["thrombosis"]}),
        ("It should be avoided by people with heart failure.", {"do_not_start": ["heart failure"]}),
        ("Not for anyone who is pregnant.", {"do_not_start": ["pregnancy"]}),
        ("Ask a doctor first if your partner takes blood thinners.", {"ask_first": ["blood thinners"]}),
        ("Ask a doctor first if you take blood thinners.", {"ask_first": ["blood thinners"]}),
        ("## Unsuitable for\n\n- people on blood thinners", {"do_not_start": ["blood thinners"]}),
        ("Avoid massaging if: 1) the skin is raw 2) there is a fever.", {"do_not_start": ["raw skin", "a fever"]}),
        ("| Do not use with |\n|---|\n| a blood clot |", {"do_not_start": ["a blood clot"]}),
        ("Contraindications: gout, ulcers.", {"do_not_start": ["gout", "ulcers"]}),
        ("Check with your doctor before you start if you are pregnant.", {"ask_first": ["pregnancy"]}),
        ("Always ask your doctor first after an operation.", {"ask_first": ["an operation"]}),
        ("Disclaimer: if you have or suspect gout, you should consult a doctor.", {"ask_first": ["gout"]}),
        ("Osteoporosis: consult a physician.", {"ask_first": ["osteoporosis"]}),
        (
            "A word before you begin: leave it out if there is a fever or a fresh bruise, and never press the shin.",
            {"do_not_start": ["a fever", "a fresh bruise"], "avoid": ["never press the shin"]},
        ),
        ("> **Important:** never massage a hot leg.", {"avoid": ["never massage a hot leg"]}),
        ("## Things to avoid\n\n- Press on the shin", {"avoid": ["never press on the shin"]}),
        ("Do not massage unless a doctor said so.", {"more": ["Do not massage unless a doctor said so."]}),
        ("Stop right away if the leg turns red.", {"more": ["Stop right away if the leg turns red."]}),
        ("## Questions\n\nIs it safe with varicose veins?", {"more": ["Is it safe with varicose veins?"]}),
        (
            "Skip this massage if you have a rash, and ask your doctor if you take blood thinners.",
            {"do_not_start": ["a rash"], "ask_first": ["blood thinners"]},
        ),
    ],
)  # fmt: skip
def test_cautions_outside_steps(said: str, lists: dict[str, list[str]]) -> None:
    """Wherever they stand and however they are worded: in short where that is known, else word for word, marked."""
    draft = calf(said)
    assert safety(draft) == lists, draft.text
    assert [each.name.get("en") for each in routine(draft).steps][-1] == "Knead the calf softly"
    assert all(not caution.sure for caution in draft.cautions if caution.place == "more")
    assert any("word for word" in flag.text for flag in draft.flags) == ("more" in lists)


@pytest.mark.parametrize(
    ("said", "warn"),
    [
        (" (never over a varicose vein)", "Never over a varicose vein."),
        (" (not the back of the knee)", "Not the back of the knee."),
        (", but never the back of the knee,", "Never the back of the knee."),
        (" and avoid the shin", "Avoid the shin."),
        (". Stop if it hurts. Go on", "Stop if it hurts."),
        (". Be careful around the knee. Go on", "Be careful around the knee."),
    ],
)
def test_cautions_inside_a_step(said: str, warn: str) -> None:
    """They are its warning, spoken before it, and no part of what it says to do."""
    step = routine(calf(inside=said)).steps[1]
    assert not isinstance(step, Group)
    assert step.warn is not None
    assert step.warn.get("en") == warn
    assert step.say[0].get("en") == "Stroke the calf upward."
    assert step.duration is not None
    assert step.duration.low == 120


@pytest.mark.parametrize(
    "harmless",
    [
        "Don't worry about speed.",
        "Don't forget the heel.",
        "You don't need any oil.",
        "Come back with no pressure at all.",
        "It never takes long.",
        "You can do no harm.",
    ],
)
def test_what_only_sounds_like_a_caution(harmless: str) -> None:
    """Is said like any other sentence."""
    assert not calf(inside=f". {harmless} Go on").cautions


def test_a_caution_alone_is_no_step() -> None:
    """Even with a number of its own."""
    draft = pasted("# Calf\n\n1. Stroke the calf.\n2. Knead it.\n3. Never press on the shin.\n")
    assert len(routine(draft).steps) == 2
    assert safety(draft) == {"avoid": ["never press on the shin"]}


def test_too_many_reasons_go_where_they_are_only_shown() -> None:
    """The gate takes seven; the rest is kept, with a word to whoever checks."""
    parts = ("toe", "heel", "knee", "hip", "rib", "arm", "ear", "eye", "chin")
    draft = calf("Do not massage if you have:\n\n" + "".join(f"- a sore {part}\n" for part in parts))
    assert safety(draft) == {
        "do_not_start": [f"a sore {part}" for part in parts[:7]],
        "more": ["a sore eye", "a sore chin"],
    }


def test_footers_menus_and_what_is_hidden() -> None:
    """A footer's caution is taken, its other words are left out; a menu is no article, but for what warns."""
    page = (
        "<nav>Shop<a>Never massage a swollen leg</a></nav><h1>Calf rub</h1><ol><li>Stroke the calf.<li>Knead it.</ol>"
        "<footer>Buy our book. People with cancer must not be massaged.</footer>"
    )
    draft = pasted(page, "html")
    assert safety(draft) == {"do_not_start": ["cancer"], "avoid": ["never massage a swollen leg"]}
    assert [note.text for note in draft.left_out] == ["Buy our book."]


# -- times and sides ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "drafted_as"),
    [
        ("Knead the arm for two minutes.", ["say: Knead the arm.", "duration: 2m"]),
        ("Knead the arm, 90 sec.", ["say: Knead the arm.", "duration: 1m30s"]),
        ("Knead the arm. Do this for a minute.", ["say: Knead the arm.", "duration: 1m"]),
        ("Spend three minutes kneading the back.", ['say: "Spend {minutes} kneading the back."', "duration: 3m"]),
        ("Stroke it for 2 minutes, then knead it for another 3 minutes.", ["duration: 5m"]),
        ("Press the sole for 1 minute. Rub the heel for 2 minutes.", ["duration: 3m"]),
        ("Press for one second and release. Repeat 20 times.", ["press: 1s", "times: 20", "spoken: 0"]),
        ("Press, hold for 5-10 seconds, then let go.", ["press: 5s", "times: {short: 3, full: 5}"]),
        ("Stroke the arm for a minute. Repeat this on the other side.", ["sides: [left, right]", "duration: 1m"]),
        ("Stroke the arm (about 1 minute per side).", ["say: Stroke the arm.", "sides: [left, right]", "duration: 1m"]),
        ("Stroke the arm, 2 minutes each side.", ["say: Stroke the arm.", "sides: [left, right]", "duration: 2m"]),
        ("Rub {the} [neck] softly.", ["say: Rub (the) (neck) softly."]),
        ("Repeat steps 1-2 as often as you like.", ["say: Repeat steps 1-2 as often as you like."]),
    ],
)
def test_a_step(sentence: str, drafted_as: list[str]) -> None:
    """Each way to say a time, a hold or a side becomes its field, and passes `check`."""
    draft = pasted(f"1. {sentence}\n2. Rub the hands for one minute.\n")
    lines = [line.strip() for line in draft.text.partition("steps:")[2].partition("Rub the hands")[0].splitlines()]
    assert not [part for part in drafted_as if part not in lines], draft.text
    assert not [str(fault) for fault in problems(draft.text) if fault.level == "fault"]


def test_the_other_hand_is_a_tool() -> None:
    """And no side."""
    assert "sides:" not in calf(inside=" with one hand, and use the other hand to hold the ankle").text


@pytest.mark.parametrize(
    "last", ["Repeat on the other leg.", "4. Repeat on the other leg.", "Then do the same with the other leg."]
)
def test_the_other_leg_at_the_end(last: str) -> None:
    """All that hands did before it is done on one side, then on the other; what gets ready is not."""
    ready, both = routine(calf(last)).steps
    assert not isinstance(ready, Group)
    assert isinstance(both, Group)
    assert both.name.get("en") == "One leg, then the other"
    assert [step.name.get("en") for step in both.steps] == ["Stroke the calf upward", "Knead the calf softly"]


def test_the_whole_s_time() -> None:
    """It is the length of the full routine and no step's; where its steps cannot last as long, it is told instead."""
    draft = pasted("# Calf\n\n1. Rub the calf.\n2. Knead it. The whole massage takes about 20 minutes.\n")
    assert "\nlengths: {full: 20m}  # check: line 4: " in draft.text
    assert not [fault for fault in problems(draft.text) if fault.level == "fault"]
    draft = calf("This takes about 50 minutes in all.")
    assert "lengths" not in draft.text
    assert 'check: line 11: "This takes about 50 minutes in all." Its steps' in draft.text


def test_a_time_too_short_for_its_words_is_made_longer_and_says_so() -> None:
    """Nothing that is said is cut off, and the article's own time stands beside it."""
    draft = calf(inside=" with both hands, slowly, and come back lightly, for 3 seconds. Do this")
    assert (
        "the words need about" in pasted("1. Glide up the back slowly with both hands for 3 seconds.\n2. Rub it.").text
    )
    assert not [fault for fault in problems(draft.text) if fault.level == "fault"]


# -- title, needs, reader -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("How to Massage the Upper Back: Expert Tips", "Massage the upper back"),
        ("How To Give A Foot Massage - FootBlog", "Foot massage"),
        ("Topic: Thai Foot Massage", "Thai foot massage"),
        ("10-Minute Neck Rub | The Calm Desk", "10-minute neck rub"),
        ("LEG MASSAGE IN FIVE STEPS", "Leg massage in five steps"),
        ("March 4, 2019 Calf rub", "Calf rub"),
        ("Calf rub for everybody who stands" + " long" * 9, f"Calf rub for everybody who stands{' long' * 5}"),
    ],
)  # fmt: skip
def test_titles(title: str, short: str) -> None:
    """Without "How to", dates, sites and topics; in sentence case, at most 60 letters; the article's own is kept."""
    draft = pasted(f"# {title}\n\n1. Rub the calf.\n2. Knead it.\n")
    assert draft.text.splitlines()[3] in (f"title: {short}", f'title: "{short}"')
    assert all(part in draft.text for part in title.split(" | "))


def test_a_date_above_the_title() -> None:
    """Is none."""
    draft = pasted("Monday, March 4, 2019\n\nCalf rub\n\n1. Rub the calf.\n2. Knead it.\n")
    assert "title: Calf rub\n" in draft.text
    assert [note.text for note in draft.left_out] == ["Monday, March 4, 2019"]


def test_needs_wherever_they_are_told() -> None:
    """In a list, a sentence or a step, which keeps the rest."""
    draft = pasted("# Calf\n\nNeeded: oil, a towel.\n\n1. You will need two bowls. Rub the calf.\n2. Knead it.\n")
    assert [text.get("en") for text in routine(draft).need] == ["oil", "a towel", "two bowls"]
    assert "say: Rub the calf.\n" in draft.text


def test_notes_have_both_lines() -> None:
    """What was left out and what to look at is told by its line in the article and in the draft."""
    draft = calf("The end of it all.")
    lines = draft.text.splitlines()
    for note in draft.left_out:
        assert lines[note.at - 1].strip() == f'# left out, line {note.line}: "{note.text}"'
        assert note.text in CALF.format(after="The end of it all.", inside="").splitlines()[note.line - 1]
    assert len(draft.flags) == draft.text.count("# check: ") > 0
    assert all(lines[flag.at - 1].endswith(flag.text) for flag in draft.flags)


# -- what is refused ------------------------------------------------------------------------------------------

NEWBORN = "# How to massage your newborn\n\n1. Stroke the legs.\n2. Rub the feet.\n"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (NEWBORN, "babies or children"),
        ("# Paw care\n\n1. Lay your puppy down.\n2. Stroke the dog's back.\n", "animals"),
        ("# Bedtime\n\n1. Rub your child's feet.\n2. Stroke your child's back.\n", "babies or children"),
    ],
)
def test_babies_children_and_animals(text: str, who: str) -> None:
    """Are refused with the reason, and drafted anyway where somebody insists."""
    with pytest.raises(Failed, match=f"expected an article for adults, this is for {who}: .*anyway drafts it"):
        pasted(text)
    assert "steps:" in pasted(text, anyway=True).text


@pytest.mark.parametrize(
    "title", ["Baby oil back rub", "Child's pose and a back rub", "A back rub once the kids sleep"]
)
def test_a_baby_in_a_word_is_none(title: str) -> None:
    """Nor is a dog in a posture."""
    assert pasted(f"# {title}\n\n1. Rub the back like a kitten's.\n2. Knead it.\n").methods == ()


def test_pregnancy_is_drafted_with_a_doctor_s_yes() -> None:
    """And marked."""
    draft = pasted("# Prenatal back rub\n\n1. Lie on your side.\n2. Stroke the back.\n")
    assert safety(draft) == {"ask_first": ["pregnancy"]}
    assert any("pregnant" in flag.text for flag in draft.flags)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1. Reibe die Waden zwei Minuten.\n2. Knete die Schultern und den Nacken.\n", "German"),
        ("1. Masajea la espalda con las manos.\n2. Presiona los hombros durante un minuto.\n", "Spanish"),
        ("1. Массируйте спину.\n2. Разотрите плечи.\n", "another language"),
        ("Massaggia la schiena.\n\nPremi sulle spalle con il pollice per un minuto.\n", "Italian"),
    ],
)
def test_another_language_is_refused(text: str, language: str) -> None:
    """By its name, also when it is short."""
    with pytest.raises(Failed, match=f"expected an article in English, this reads like {language}: translate"):
        pasted(text)


def test_what_may_be_no_english_is_said() -> None:
    """Where that is not sure, it is the first thing to look at."""
    draft = pasted(
        "1. Hiero lorem ipsum dolor sit amet 2 minutes.\n2. Consectetur adipiscing elit sed eiusmod 3 min.\n"
    )
    assert draft.flags[0].text.startswith("not sure that the article is in English")


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Tuesday. Members spoke about the budget for two hours. Nothing was decided.",
        "Roses are red\nViolets are blue",
        "# Only a title",
        "1. Knead the back for two minutes.",
        "Benefits\n\n- Relaxes\n- Warms\n\nSources\n\n1. A book\n2. Another book",
    ],
)
def test_what_is_no_how_to_is_refused(text: str) -> None:
    """With what was looked for, and what to do."""
    with pytest.raises(Failed, match=r"a pasted text: expected a how-to with at least two steps, found (?:none|one)"):
        pasted(text)


def test_a_book_is_refused() -> None:
    """Over a hundred steps are no session."""
    text = "".join(f"{n % 99 + 1}. Rub the back for two minutes.\n" for n in range(MOST_STEPS + 1))
    with pytest.raises(Failed, match=f"expected at most {MOST_STEPS} steps, got {MOST_STEPS + 1}"):
        pasted(text)


# -- anything at all ------------------------------------------------------------------------------------------

_PARTS = """1. Rub the back|2. Knead it for two minutes.|Step 3: Press|- a towel|# A title|Tips|\n|\n\n|{side}
|[pause 2s]
|"|'|: | #|&x|*a|\t|\0|\ufeff|½ minute|…|for 0 minutes
|<![x|Do not massage if you have a fever.|> |Step 1|(not here)
|Hold for a few seconds, then let go.|Repeat it 99 times.|<li>|Repeat on the other side.
|<ol><li>Press hard for 3 s<li>
|**Squeeze:** it|You will need:|Ask a doctor if:|\u2028|Never press.|yes|It takes 20 minutes in all.
|<table><tr><td>|<dt>
|<div>2</div>|Method 1: x|Method 2: y|1)|: a"""
_PIECES = st.sampled_from([*_PARTS.split("|"), "Stroke " * 60, "9" * 30, "| a | b |", "|---|---|"])
_TEXTS = st.lists(_PIECES | st.text(max_size=8), max_size=25).map(" ".join) | st.lists(_PIECES, max_size=25).map(
    "\n".join
)


@settings(max_examples=20)
@given(text=_TEXTS, kind=st.sampled_from(["text", "html"]))
@example(text="1. Press for 30 s. Repeat 99 times. Do this for one minute.\n2. {\n3. \U0001f600 rub", kind="text")
def test_anything_is_refused_or_passes_check(text: str, kind: str) -> None:
    """No text whatever makes it crash, and what it writes has no fault."""
    try:
        draft = pasted(text, kind)  # type: ignore[arg-type]  # one of the two
    except VoiceguideError:
        return
    assert not [str(fault) for fault in problems(draft.text) if fault.level == "fault"]
