"""Every fault of types, keys and rules: its place, its path and its words, and nothing told beside it."""

# ruff: noqa: RUF001 (the signs of the IPA)

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TOP = "title: T\nsummary: S\n"
LAST = "steps: [{name: Z, say: Go.}]\n"


def step(body: str) -> str:
    """A file with one step, of these lines below its name."""
    return f"{TOP}steps:\n  - name: A\n" + "".join(f"    {line}\n" for line in body.splitlines())


def last(body: str) -> str:
    """A file with these lines at the top, and a step that is right."""
    return f"{TOP}{body}\n{LAST}"


def marked_list(body: str) -> str:
    """A file with these list items as its steps."""
    return f"{TOP}steps:\n" + "".join(f"  {line}\n" for line in body.splitlines())


NINE = "one two three four five six seven eight nine"

FAULTS = [
    # rule, path, the file with ▶ where the fault stands, words of the message
    # -- pronunciations
    ("wrong-type", "pronounce", last("pronounce: ▶[a]"), "expected languages as keys, and what they are (en: {effl"),
    ("wrong-type", "pronounce.en", last("pronounce: {en: ▶b}"), "expected words as keys, and what they are (effleur"),
    ("wrong-type", "pronounce.en.b", last("pronounce: {en: {b: ▶bee}}"), "expected a pronunciation as keys and values"),
    ("empty-list", "pronounce.en", last("pronounce: {en: ▶{}}"), "expected at least one, got empty braces"),
    ("bad-language", "pronounce.b", last("pronounce: {▶b: {c: {as: d}}}"), "expected a language before the colon"),
    ("no-pronunciation", "pronounce.en.b", last("pronounce: {en: {▶b: {}}}"), 'expected "ipa", "as" or both for "b"'),
    ("unknown-key", "pronounce.en.b.az", last("pronounce: {en: {b: {▶az: bee}}}"), "It has: ipa, as."),
    ("bad-word", "pronounce.en./", last("pronounce: {en: {▶/: {as: b}}}"), "expected a word as it stands in the texts"),
    (
        "bad-word",
        f"pronounce.en.{'b' * 59}…",
        last(f"pronounce: {{en: {{▶{'b' * 61}: {{as: b}}}}}}"),
        "of at most 60 char",
    ),
    ("duplicate-word", "pronounce.en.B c", last("pronounce: {en: {b c: {as: d}, ▶B  c: {as: d}}}"), "each word once"),
    (
        "bad-ipa",
        "pronounce.en.b.ipa",
        last("pronounce: {en: {b: {ipa: ▶bEe!}}}"),
        'signs of the IPA, got "E !" in "bEe!"',
    ),
    ("bad-ipa", "pronounce.en.b.ipa", last("pronounce: {en: {b: {ipa: ▶bˈ}}}"), "a pronunciation with a vowel"),
    ("bad-ipa", "pronounce.en.b.ipa", last(f"pronounce: {{en: {{b: {{ipa: ▶{'be' * 51}}}}}}}"), "at most 100 signs"),
    ("bad-respelling", "pronounce.en.b.as", last("pronounce: {en: {b: {as: ▶12}}}"), "expected letters as they sound"),
    ("bad-respelling", "pronounce.en.b.as", last("pronounce: {en: {b: {as: ▶'[pause 3s]'}}}"), "letters as they sound"),
    ("bad-respelling", "pronounce.en.b.as", last(f"pronounce: {{en: {{b: {{as: ▶{'b' * 61}}}}}}}"), "at most 60 char"),
    ("bad-respelling", "pronounce.en.b.as", last("pronounce: {en: {b: {as: ▶буки}}}"), 'of en, got "буки" (Cyrillic)'),
    # -- keys
    ("missing-key", "title", "▶summary: S\n" + LAST, 'expected the key "title", got none: add "title: …"'),
    ("missing-key", "summary", "▶title: S\n" + LAST, 'expected the key "summary"'),
    ("missing-key", "steps", "▶" + TOP, 'expected the key "steps"'),
    ("missing-key", "steps[0].name", f"{TOP}steps:\n  - ▶say: x\n", 'add "name: …" to the step'),
    ("missing-key", "steps[0].hold.press", step("hold: ▶{times: 3}"), 'add "press: …" to the hold'),
    ("missing-key", "steps[0].cues[0].at", step("duration: 2m\ncues: [▶{say: Go}]"), 'add "at: …" to the cue'),
    ("unknown-key", "steps[0].durration", step("say: x\n▶durration: 2m"), 'got "durration". Did you mean "duration"?'),
    ("unknown-key", "xyzzy", last("▶xyzzy: 1"), "It has: format, title, summary, language,"),
    ("unknown-key", "lengths.long", last("lengths: {▶long: 9m}"), "It has: short, full."),
    ("unknown-key", "<one>", last('▶"<one>": 1'), "expected a key of the routine"),
    (
        "unknown-key",
        "steps[0].cues[0].soft",
        step("duration: 2m\ncues: [{at: 50%, say: Low, ▶soft}]"),
        "if a comma stands in a text here, put the text in quotes",
    ),
    ("wrong-place", "steps[0].times", step("say: x\n▶times: 3"), '"times" belongs in a hold, not in a step'),
    (
        "wrong-place",
        "steps[0].hold",
        step("▶hold: {press: 5s}\nsteps: [{name: B, say: x}]"),
        '"hold" belongs in a step, not in a group',
    ),
    ("wrong-place", "pressure", last("▶pressure: 4"), '"pressure" belongs in a step, not in the routine'),
    (
        "wrong-place",
        "steps[0].steps[0].steps",
        step("steps:\n  - name: B\n    ▶steps: [{name: C, say: x}]"),
        "groups do not nest",
    ),
    (
        "wrong-place",
        "steps[0].steps[0].sides",
        step("sides: [left, right]\nsteps:\n  - {name: B, say: x, ▶sides: [one, other]}"),
        "the group has the sides",
    ),
    # -- types
    ("empty-text", "title", "▶title:\nsummary: S\n" + LAST, "expected a text, got nothing"),
    ("empty-text", "title", "title: ▶''\nsummary: S\n" + LAST, "expected a text, got nothing"),
    ("empty-text", "steps[0].warn", step("say: x\nwarn: ▶~"), "expected a text, got nothing"),
    ("empty-text", "steps[0].say[1]", step('say: [x, ▶" "]'), "expected a text, got nothing"),
    ("empty-text", "steps[0].cues", step("say: x\nduration: 2m\n▶cues:"), "expected a list, got nothing"),
    ("empty-text", "safety", last("▶safety:"), "expected safety as keys and values (do_not_start: …"),
    ("empty-text", "title", "title: ▶'[breath]'\nsummary: S\n" + LAST, "a name is read as well as heard"),
    ("empty-list", "steps", TOP + "steps: ▶[]\n", "expected at least one"),
    ("empty-list", "steps[0].say", step("say: ▶[]"), "expected at least one"),
    ("empty-list", "steps[0].steps", step("steps: ▶[]"), "expected at least one"),
    ("wrong-type", "title", "title: ▶[a, b]\nsummary: S\n" + LAST, "expected one text, or one for each language"),
    ("wrong-type", "title.de", "title: {de: ▶[a]}\nsummary: S\n" + LAST, "expected a text, got a list"),
    ("wrong-type", "need[0]", last("need: [▶[a]]"), "expected one text"),
    ("wrong-type", "need[0]", last("need: [▶[a]]"), "got a list"),
    (
        "wrong-word",
        "steps[0].sides",
        step("say: x\nsides: ▶left"),
        "expected a list of sides, as [left, right], or both",
    ),
    ("wrong-word", "steps[0].sides", step("say: x\nsides: ▶Both"), 'got "Both": write both'),
    ("wrong-word", "steps[0].sides", step("sides: ▶either\nsteps: [{name: B, say: x}]"), 'got "either"'),
    ("wrong-type", "steps[0].sides.en", step("say: x\nsides: {en: ▶both}"), "expected a list"),
    (
        "wrong-place",
        "steps[0].steps[0].sides",
        step("steps: [{name: B, say: x, ▶sides: both}]"),
        "the group has the sides",
    ),
    ("wrong-type", "steps[0].touch", step("say: x\ntouch: ▶no"), 'expected true or false, got "no": write false'),
    ("wrong-type", "steps[0].touch", step("say: x\ntouch: ▶'false'"), "without quotes"),
    ("wrong-place", "steps[0].touch", step("▶touch: false\nsteps: [{name: B, say: x}]"), '"touch" belongs in a step'),
    ("out-of-range", "receivers", last("receivers: ▶3"), "expected a whole number from 1 to 2, got 3"),
    ("out-of-range", "receivers", last("receivers: ▶0"), "expected a whole number from 1 to 2, got 0"),
    ("wrong-type", "receivers", last("receivers: ▶two"), "expected a whole number from 1 to 2"),
    ("unknown-key", "receiver", last("▶receiver: 2"), 'Did you mean "receivers"?'),
    # -- settle and end
    ("too-many-words", "settle", last(f"settle: ▶{NINE}"), "expected at most 8 words, got 9: say the position alone"),
    ("too-many-words", "settle", last(f"language: en-GB\nsettle: ▶{NINE}"), "got 9"),
    ("too-many-words", "settle.en", last(f"settle: {{de: {NINE}, en: ▶{NINE}}}"), "got 9"),
    ("too-many-words", "settle.EN-us", last(f"language: de\nsettle: {{de: x, EN-us: ▶{NINE}}}"), "got 9"),
    ("too-many-words", "settle[1]", last(f"settle: [down, ▶{NINE}]"), "got 9"),
    ("too-many-words", "settle[1].say", last(f"settle: [down, {{say: ▶{NINE}, only: full}}]"), "got 9"),
    ("too-many-words", "settle[0].say.en", last(f"settle: [{{say: {{en: ▶{NINE}, de: x}}, only: full}}]"), "got 9"),
    ("unknown-only", "settle[0].only", last("settle: [{say: x, only: ▶ful}]"), 'Did you mean "full"?'),
    (
        "unknown-only",
        "settle[0].only[1]",
        last("setups: [seated]\nsettle: [{say: x, only: [full, ▶lying]}]"),
        "Known are: short, full, seated",
    ),
    ("empty-list", "settle[0].only", last("settle: [{say: x, only: ▶[]}]"), "expected at least one"),
    ("unknown-key", "settle[0].when", last("settle: [{say: x, ▶when: full}]"), "It has: say, only."),
    ("wrong-type", "settle[0]", last("settle: [▶[a]]"), "expected a text, or {say: …, only: …}, got a list"),
    ("empty-text", "settle", last("▶settle:"), "got nothing"),
    ("bad-mark", "settle", last('settle: ▶"down [now]"'), "expected [pause 3s] or [breath], got [now]"),
    ("misplaced-placeholder", "settle", last("settle: ▶'the {side}'"), "only a step has sides"),
    ("misplaced-placeholder", "end", last("end: ▶'Then {next}.'"), "only a step has a next one"),
    ("wrong-type", "end", last("end: ▶[a, b]"), "expected one text"),
    ("too-many-items", "safety.always", last("safety: {always: [a, b, ▶c]}"), "expected at most 2, got 3"),
    ("too-many-items", "safety.always.en", last("safety: {always: {en: [a, b, ▶c]}}"), "expected at most 2, got 3"),
    ("too-many-items", "safety.core", last("safety: {core: [a, b, c, d, e, f, g, ▶h]}"), "expected at most 7, got 8"),
    ("unknown-key", "safety.cores", last("safety: {▶cores: [a]}"), 'Did you mean "core"?'),
    (
        "wrong-type",
        "steps[0]",
        marked_list("- ▶Go."),
        'expected a step as keys and values (name: …, say: …), got "Go."',
    ),
    ("wrong-type", "steps", TOP + "steps: ▶Go.\n", 'expected a list, got "Go."'),
    (
        "wrong-type",
        "steps[0].duration",
        step("duration: ▶[2m]"),
        "expected a duration, or {short: 2m, full: 4m}, got a list",
    ),
    ("wrong-type", "steps[0].oil", step("say: x\noil: ▶yes"), 'expected true or false, got "yes": write true'),
    ("wrong-type", "steps[0].oil", step("say: x\noil: ▶'true'"), "without quotes"),
    ("wrong-type", "steps[0].stretch", step("say: x\nstretch: ▶sometimes"), "write one of them"),
    ("wrong-type", "steps[0].pressure", step("say: x\npressure: ▶firm"), "expected a whole number from 1 to 7"),
    ("wrong-type", "steps[0].pressure", step("say: x\npressure: ▶4.5"), 'got "4.5"'),
    ("wrong-type", "steps[0].pressure", step("say: x\npressure: ▶'4'"), "in quotes"),
    ("out-of-range", "steps[0].pressure", step("say: x\npressure: ▶8"), "expected a whole number from 1 to 7, got 8"),
    ("out-of-range", "steps[0].hold.times", step("hold: {press: 5s, times: ▶0}"), "expected a whole number, 1 or more"),
    (
        "wrong-type",
        "steps[0].hold.times",
        step("duration: 2m\nhold: {press: 5s, times: ▶[5]}"),
        "or {short: 3, full: 6}, got a list",
    ),
    ("wrong-type", "steps[0].hold.spoken", step("hold: {press: 5s, times: 2, spoken: ▶some}"), "0 or more"),
    ("out-of-range", "steps[0].hold.spoken", step("hold: {press: 5s, times: 2, spoken: ▶-1}"), "0 or more, got -1"),
    ("wrong-word", "audience", last("audience: ▶me"), "expected giver or self"),
    ("bad-format", "format", last("format: ▶2"), "expected 1, the only format there is"),
    ("bad-language", "language", last("language: ▶english"), 'expected a language, as "en" or "de-AT"'),
    (
        "bad-language",
        "closing.massage oil",
        last("closing: {▶massage oil: 2 drops}"),
        "a text with a colon, a comma or braces needs quotes",
    ),
    # -- durations and moments
    ("bad-duration", "steps[0].duration", step("duration: ▶90"), 'got "90": add a unit, as "90s" or "90m"'),
    ("bad-duration", "steps[0].duration", step("duration: ▶soon"), "expected a duration like"),
    ("bad-duration", "steps[0].duration", step("duration: ▶25h"), "at most 24 hours"),
    ("bad-duration", "steps[0].duration", step("duration: ▶0s"), "above zero"),
    ("bad-duration", "steps[0].duration", step("duration: ▶5m..3m"), "the shorter time first"),
    ("bad-duration", "steps[0].duration.full", step("duration: {short: 2m, full: ▶4}"), "add a unit"),
    ("bad-duration", "steps[0].transition", step("say: x\ntransition: ▶3-5s"), "expected a duration like"),
    ("bad-duration", "steps[0].hold.press", step("hold: {times: 2, press: ▶0s}"), "above zero"),
    ("bad-duration", "lengths.short", last("lengths: {short: ▶9}"), 'add a unit, as "9s" or "9m"'),
    ("bad-duration", "steps[0].duration", step("duration: ▶" + "9" * 70), "write it shorter"),
    ("missing-length", "steps[0].duration", step("duration: ▶{short: 2m}"), 'a value for "full" too'),
    (
        "missing-length",
        "steps[0].hold.times",
        step("duration: 2m\nhold: {press: 5s, times: ▶{full: 6}}"),
        'a value for "short" too',
    ),
    (
        "short-over-full",
        "steps[0].duration",
        step("duration: ▶{short: 5m, full: 4m}"),
        "got 5 min for short and 4 min for full: swap them",
    ),
    ("bad-moment", "steps[0].cues[0].at", step("duration: 2m\ncues: [{at: ▶45, say: x}]"), 'add a unit, as "45s"'),
    (
        "bad-moment",
        "steps[0].cues[0].at",
        step("duration: 2m\ncues: [{at: ▶halfway, say: x}]"),
        "expected 50%, 45s or -30s",
    ),
    (
        "bad-moment",
        "steps[0].cues[0].at",
        step("duration: 2m\ncues: [{at: ▶-50%, say: x}]"),
        "expected 50%, 45s or -30s",
    ),
    (
        "bad-moment",
        "steps[0].cues[0].at",
        step("duration: 2m\ncues: [{at: ▶-0s, say: x}]"),
        "expected 50%, 45s or -30s",
    ),
    (
        "cue-outside",
        "steps[0].cues[0].at",
        step("duration: 2m\ncues: [{at: ▶100%, say: x}]"),
        "expected a share below 100%",
    ),
    (
        "cue-outside",
        "steps[0].cues[0].at",
        step("duration: 2m\ncues: [{at: ▶2m, say: x}]"),
        "where the short slot lasts 2 min",
    ),
    (
        "cue-outside",
        "steps[0].cues[0].at",
        step("duration: 2m\ncues: [{at: ▶-3m, say: x}]"),
        "where the short slot lasts 2 min",
    ),
    (
        "cue-outside",
        "steps[0].cues[0].at",
        step("duration: 2m..5m\ncues: [{at: ▶3m, say: x}]"),
        "where the short slot lasts 2 min",
    ),
    (
        "cue-outside",
        "steps[0].cues[0].at",
        step("duration: {short: 2m, full: 5m}\ncues: [{at: ▶6m, only: full, say: x}]"),
        "where the full slot lasts 5 min",
    ),
    # -- rules across fields
    ("empty-step", "steps[0]", marked_list("- ▶name: A"), 'expected a "say", a "hold" or a "duration"'),
    (
        "needs-duration",
        "steps[0].cues",
        step("say: x\n▶cues: [{at: 5s, say: x}]"),
        'no "cues" in a step without "duration"',
    ),
    (
        "needs-duration",
        "steps[0].reminders",
        step("say: x\n▶reminders: [Soft.]"),
        'no "reminders" in a step without "duration"',
    ),
    ("needs-duration", "steps[0].check_in", step("say: x\n▶check_in: true"), "no check-in in a step without"),
    ("needs-times", "steps[0].hold", step("hold: ▶{press: 5s}"), 'expected "times" in a hold without a "duration"'),
    (
        "check-in-with-hold",
        "steps[0].check_in",
        step("duration: 2m\nhold: {press: 5s}\n▶check_in: true"),
        'in a step with a "hold"',
    ),
    ("say-or-chime", "steps[0].cues[0]", step("duration: 2m\ncues: [▶{at: 50%}]"), "got neither"),
    ("say-or-chime", "steps[0].cues[0]", step("duration: 2m\ncues: [▶{at: 50%, say: x, chime: end}]"), "got both"),
    (
        "say-again-alone",
        "steps[0].cues[0].say_again",
        step("duration: 2m\ncues: [{at: 50%, chime: end, say_again: ▶x}]"),
        "got it beside a sound",
    ),
    (
        "second-position",
        "steps[0].steps[1].position",
        step("steps:\n  - {name: B, say: x, position: face up}\n  - {name: C, say: x, position: ▶face down}"),
        "expected one position in a group",
    ),
    (
        "second-position",
        "steps[0].steps[1].position",
        step("steps:\n  - {name: B, say: x}\n  - {name: C, say: x, position: ▶face down}"),
        "expected one position in a group",
    ),
    ("reserved-name", "setups[1]", last("setups: [lying, ▶short]"), "which is a length"),
    ("duplicate-setup", "setups[1]", last("setups: [lying, ▶lying]"), "each setup once"),
    ("unknown-only", "steps[0].only", step("say: x\nonly: ▶ful"), 'Did you mean "full"?'),
    (
        "unknown-only",
        "steps[0].only[1]",
        f"setups: [seated]\n{step('say: x' + chr(10) + 'only: [full, ▶seatd]')}",
        'Did you mean "seated"?',
    ),
    (
        "unknown-only",
        "steps[0].cues[0].only",
        step("duration: 2m\ncues: [{at: 5s, say: x, only: ▶zzz}]"),
        "Known are: short, full",
    ),
    ("empty-list", "steps[0].only", step("say: x\nonly: ▶[]"), "expected at least one"),
    (
        "too-many-items",
        "safety.do_not_start",
        last("safety: {do_not_start: [a, b, c, d, e, f, g, ▶h]}"),
        "expected at most 7, got 8",
    ),
    (
        "too-many-items",
        "safety.ask_first",
        last("safety: {ask_first: [a, b, c, d, e, ▶f]}"),
        "expected at most 5, got 6",
    ),
    (
        "too-many-items",
        "safety.avoid.en",
        last("safety: {avoid: {en: [a, b, c, d, e, ▶f]}}"),
        "expected at most 5, got 6",
    ),
    (
        "too-many-steps",
        "steps",
        TOP + "steps:\n" + "- {name: A, say: x}\n" * 1000 + "- ▶{name: A, say: x}\n",
        "at most 1,000 steps, got 1,001",
    ),
    ("too-many-sides", "steps[0].sides[20]", step(f"say: x\nsides: [{'a, ' * 20}▶b]"), "at most 20 sides, got 21"),
    ("too-many-sides", "steps[0].sides.de[20]", step(f"say: x\nsides: {{de: [{'a, ' * 20}▶b]}}"), "got 21"),
    ("too-many-setups", "setups[10]", last(f"setups: [{', '.join('abcdefghij')}, ▶k]"), "at most 10 setups, got 11"),
    (
        "too-many-cues",
        "steps[0].cues[100]",
        step(f"duration: 5m\ncues: [{'{at: 1s, chime: step}, ' * 100}▶{{at: 1s, chime: step}}]"),
        "at most 100 cues in a step, got 101",
    ),
    ("too-many-rounds", "steps[0].hold.times", step("hold: {press: 1s, times: ▶501}"), "at most 500 rounds, got 501"),
    (
        "too-many-rounds",
        "steps[0].hold.times.full",
        step("hold: {press: 1s, times: {short: 2, full: ▶99999999}}"),
        "got 99999999",
    ),
    (
        "too-many-rounds",
        "steps[0].hold",
        step("duration: 23h\n▶hold: {press: 3s, move: 2s}"),
        "at most 500 rounds in a slot, got more in 23 h",
    ),
    ("too-long-name", "title", "title: ▶" + "x" * 201 + "\nsummary: S\n" + LAST, "at most 200 characters, got 201"),
    ("too-long-name", "setups", last("setups: ▶" + "x" * 201), "at most 200 characters, got 201"),
    (
        "too-long-sentence",
        "steps[0].say",
        step(f"say: ▶{'on and on ' * 101}"),
        "sentences of at most 1,000 characters, got one of 1,009",
    ),
    # -- texts
    ("bad-mark", "steps[0].say", step('say: ▶"Go [now]."'), "expected [pause 3s] or [breath], got [now]"),
    ("bad-mark", "steps[0].say[1]", step('say: [Go., ▶"[pause] on"]'), "expected a duration"),
    (
        "bad-mark",
        "steps[0].hold.say_press",
        step('hold: {press: 5s, times: 2, say_press: ▶"Press [pause 1s]"}'),
        "take no marks",
    ),
    # -- a rhythm
    (
        "needs-duration",
        "steps[0].rhythm",
        step("say: x\n▶rhythm: {out: 5s}"),
        'no "rhythm" in a step without "duration"',
    ),
    (
        "rhythm-with-hold",
        "steps[0].rhythm",
        step("duration: 2m\nhold: {press: 5s}\n▶rhythm: {out: 5s}"),
        'expected no "rhythm" in a step with a "hold"',
    ),
    (
        "say-back-with-lift",
        "steps[0].rhythm.say_back",
        step("duration: 2m\nrhythm: {out: 5s, lift: true, ▶say_back: Back}"),
        'expected no "say_back" with "lift: true"',
    ),
    (
        "too-many-cycles",
        "steps[0].rhythm",
        step("duration: 1m-60m\n▶rhythm: {out: 4s, back: 3s}"),
        "expected at most 500 cycles in a slot, got more in 1 h",
    ),
    ("missing-key", "steps[0].rhythm.out", step("duration: 2m\nrhythm: ▶{back: 3s}"), 'add "out: …" to the rhythm'),
    (
        "bad-phase",
        "steps[0].rhythm.out",
        step("duration: 2m\nrhythm: {out: ▶1.9s}"),
        'expected 2 s to 12 s, got "1.9s"',
    ),
    (
        "bad-phase",
        "steps[0].rhythm.back",
        step("duration: 2m\nrhythm: {out: 5s, back: ▶13s}"),
        'expected 2 s to 12 s, got "13s"',
    ),
    ("bad-duration", "steps[0].rhythm.out", step("duration: 2m\nrhythm: {out: ▶6}"), "add a unit"),
    (
        "wrong-type",
        "steps[0].rhythm",
        step("duration: 2m\nrhythm: ▶6s"),
        "expected a rhythm as keys and values (out: …",
    ),
    (
        "unknown-key",
        "steps[0].rhythm.sinc",
        step("duration: 2m\nrhythm: {out: 5s, ▶sinc: 3s}"),
        "expected a key of a rhythm",
    ),
    (
        "wrong-place",
        "steps[0].sounded",
        step("duration: 2m\n▶sounded: 3"),
        '"sounded" belongs in a rhythm, not in a step',
    ),
    (
        "out-of-range",
        "steps[0].rhythm.voiced",
        step("duration: 2m\nrhythm: {out: 5s, voiced: ▶-1}"),
        "0 or more, got -1",
    ),
    (
        "bad-mark",
        "steps[0].rhythm.say_last",
        step('duration: 2m\nrhythm: {out: 5s, say_last: ▶"One more [breath]"}'),
        "the words of a rhythm take no marks",
    ),
    (
        "misplaced-placeholder",
        "steps[0].rhythm.say_out.de",
        step("duration: 2m\nrhythm: {out: 5s, say_out: {en: Up, de: ▶'{side}'}}"),
        'the step has no "sides"',
    ),
    (
        "unknown-sound",
        "steps[0].rhythm.sound",
        step("duration: 2m\nrhythm: {out: 5s, sound: ▶swel}"),
        'Did you mean "swell"',
    ),
    ("bad-mark", "safety.more[0]", last('safety: {more: [▶"a [b]"]}'), "expected [pause 3s] or [breath]"),
    ("unknown-placeholder", "steps[0].say", step("say: ▶Your {sidee} hand."), "got {sidee}: write {side}"),
    ("bad-placeholder", "steps[0].say", step("say: ▶Your {} hand."), "expected a name in braces"),
    ("misplaced-placeholder", "steps[0].say", step("say: ▶Your {side} hand."), 'the step has no "sides"'),
    ("misplaced-placeholder", "closing", last("closing: ▶Your {side}."), "only a step has sides"),
    ("misplaced-placeholder", "steps[0].sides[0]", step('say: x\nsides: [▶"{side}"]'), "this is what it stands for"),
    ("misplaced-placeholder", "title", "title: ▶The {title}\nsummary: S\n" + LAST, "this is what it stands for"),
    (
        "misplaced-placeholder",
        "steps[0].say",
        step("say: ▶Now {next}."),
        "in the last step of the short routine: nothing follows",
    ),
    (
        "misplaced-placeholder",
        "steps[0].say",
        marked_list("- {name: A, say: ▶'Now {next}.'}\n- {name: B, say: x, only: full}"),
        "in the last step of the short routine",
    ),
    (
        "misplaced-placeholder",
        "steps[0].say",
        "setups: [lying, seated]\n" + marked_list("- {name: A, say: ▶'Now {next}.'}\n- {name: B, say: x, only: lying}"),
        "of the short routine with the setup seated",
    ),
    ("misplaced-placeholder", "closing", last("closing: ▶Now {next}."), "only a step has a next one"),
    (
        "misplaced-placeholder",
        "reminders",
        f"reminders: ▶Soon {{next}}.\n{step('duration: 2m')}",
        "in the last step of the short routine",
    ),
    (
        "misplaced-placeholder",
        "reminders",
        f"reminders: ▶Your {{side}}.\n{step('duration: 2m')}",
        'without "sides" too',
    ),
    (
        "uneven-languages",
        "need.de",
        last("need: {en: [a, b], ▶de: [c]}"),
        "expected 2 texts as in en, got 1",
    ),
    # -- YAML's brackets where a text was meant
    ("unquoted-braces", "steps[0].say", step("sides: [left, right]\nsay: ▶{side} leg."), 'got a bare "{"'),
    ("unquoted-braces", "steps[0].say", step("sides: [left, right]\nsay: ▶{side}"), 'as "… {side} …"'),
    (
        "unquoted-braces",
        "steps[0].say",
        step("sides: [left, right]\nsay: {▶{side}} leg").replace("{▶{", "▶{{"),
        "put the whole text in quotes",
    ),
    (
        "unquoted-braces",
        "steps[0].cues[0].say",
        step("duration: 2m\ncues: [{at: 5s, say: The ▶{side} leg}]"),
        "put the whole text in quotes",
    ),
    (
        "unquoted-braces",
        "steps[0].cues[0].say",
        step("duration: 2m\ncues: [{at: 5s, say: ▶{side} leg}]"),
        "put the whole text in quotes",
    ),
    ("unquoted-braces", "reminders[1]", last("reminders: [Soft., Rest ▶[pause 2s] here.]"), 'as "… [pause 3s] …"'),
    ("unquoted-braces", "steps[0].say", step("say: ▶[breath] Breathe in."), 'got a bare "["'),
    ("unquoted-braces", "steps[0].say", step("say: ▶[breath]"), 'quote it, as "[breath]"'),
]


@pytest.mark.parametrize(("rule", "path", "content", "words"), FAULTS)
def test_each_fault_stands_alone_in_its_place(rule: str, path: str, content: str, words: str, one_fault: Callable):
    """A single fault is told of once, where it stands, by its rule and in words that mend it."""
    fault = one_fault(content)
    assert (fault.rule, fault.place.path, fault.level) == (rule, path, "fault")
    assert words in fault.message


WARNINGS = [
    ("reminders[1]", last("reminders: [Slow hands, ▶soft knees.]")),
    ("closing.de[1]", last("closing: {en: [Rest., Thanks.], de: [Ruhig, ▶danke.]}")),
    ("steps[0].say[1]", step('say: ["Go on [pause 2s]", ▶and on.]')),
]


@pytest.mark.parametrize(("path", "content"), WARNINGS)
def test_commas_that_split_are_warned_of(path: str, content: str, examined: Callable):
    """An item that starts lower-case after one without a full stop is a warning, not a fault."""
    before = content.partition("▶")[0]
    routine, faults = examined(content.replace("▶", ""))
    (warning,) = [fault for fault in faults if fault.rule == "comma-split"]
    assert (warning.place.path, warning.level) == (path, "warning")
    assert warning.place.column == len(before) - before.rfind("\n")
    assert routine is not None


RIGHT = [
    last("settle: one two three four five six seven eight"),
    last("settle: 'one two three four five six seven [pause 2s] eight [breath]'"),
    last(f"language: de-AT\nsettle: {NINE} und mehr"),
    last("settle: 'for {minutes}'\nend: '{title}, {minutes}. [pause 2s]'"),
    last("setups: [seated]\nsettle: [down, {say: {en: leaning}, only: [full, seated]}]\nreceivers: 2"),
    last("settle: []\nsafety: {core: [a, b, c, d, e, f, g], always: [a, b]}"),
    last("need: [massage oil, a towel]\nsafety: {avoid: [stay off the spine, off bones]}"),
    last("reminders: [Slow., soft., Ébène]"),
    step("duration: 2m\ncues: [{at: -2m, say: x}, {at: 99.9%, say: x}]"),
    step("say: x\ncues: []\nreminders: []\ncheck_in: false\ntransition: 0s"),
    step("hold: {press: 5s, times: 2}"),
    step(
        "sides: [left, right]\nsteps:\n"
        "  - {name: B, say: 'The {side}', position: face up}\n"
        "  - {name: C, say: x, position: face up}"
    ),
    "position: face up\n" + step("steps:\n  - {name: B, say: x}\n  - {name: C, say: x, position: face up}"),
    marked_list("- {name: A, say: 'Now {next}.', only: short}\n- {name: B, say: x}"),
    marked_list(
        "- name: A\n  duration: 2m\n  cues: [{at: 5s, say: 'Now {next}.', only: full}]\n- {name: B, say: x, only: full}"
    ),
    "setups: [lying, seated]\n" + marked_list("- {name: A, say: 'Now {next}.', only: lying}\n- {name: B, say: x}"),
    f"reminders: 'Your {{side}}.'\n{step('duration: 2m' + chr(10) + 'sides: [left, right]')}",
    step("duration: {short: 2m}\nonly: short"),
    step("only: full\nsteps: [{name: B, duration: {full: 2m}}]"),
    step("say: '{title} takes {minutes}. [pause 2s] [breath]'"),
    TOP + "steps:\n" + "- {name: A, say: x}\n" * 1000,
]


@pytest.mark.parametrize("content", RIGHT)
def test_what_comes_close_to_a_fault_is_right(content: str, examined: Callable):
    """The rules stop where the format does."""
    routine, faults = examined(content)
    assert faults == ()
    assert routine is not None
