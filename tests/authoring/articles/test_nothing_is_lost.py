"""Whatever an article looks like, each of its sentences is in one place of the draft, and no caution is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.authoring.articles import pasted

STEPS = (
    "Stroke the calf upward to the {}.",
    "Effleurage the shin toward the {}.",
    "Knead the calf with the {}.",
    "Rub the sole for 2 minutes with your {}.",
    "Hold the ankle with one hand, and use the other hand to knead the {}.",
    "With both hands, sweep down to the {}.",
    "Press the {} for 5 seconds, then release.",
    "Squeeze the {} for about 1 minute per side.",
    "Spend two minutes on the {}.",
    "Circle the {} (this takes 30 seconds).",
    "Roll the {}, 3 min.",
    "Shake the {}. Repeat on the other side.",
    "Stroke the left {}, then do the same on the other side.",
    "Cup the {}. Do this for 137 seconds.",
    "Press the {} and hold for a few seconds. Repeat five times.",
    "First warm the oil, and then slowly stroke up and down from ankle to knee with two flat hands and your whole {}.",
)
MORE = (
    "You may notice some {}.",
    "This softens the {}.",
    "Your partner will feel the {}.",
    "Use gentle pressure on the {}.",
    "It is a bit like {}.",
    "You can add a {}.",
)
CAUTIONS = (
    "Never press on the {}.",
    "Avoid the {}.",
    "Do not massage if you have {}.",
    "People with {} must not be massaged.",
    "Massage is contraindicated in {}.",
    "It is not recommended for anyone with {}.",
    "It is unsuitable for people with {}.",
    "Ask your doctor first if you have {}.",
    "If you have {}, you should consult a doctor.",
    "Stop right away if you feel {}.",
    "Do not massage the legs unless somebody has looked at the {}.",
    "Be careful around the {}.",
    "Keep your thumbs away from the {}.",
    "Warning: a {} may be a blood clot.",
    "You should not press hard near the {}.",
    "Varicose veins need a {}.",
    "Skip this massage after {}.",
    "A {} is no good idea, so see a doctor.",
    "If your {} hurts, stop.",
    "Those with {} should not be massaged; ask a nurse.",
    "Use caution with {}.",
    "This is not for people with {}.",
    "Caution: {}.",
)
TALK = ("Something kind for tired {}.", "Nobody needs {}.", "Many people like {}.", "Is it good for {}?")
MARKS = {
    "1.": "{n}. {text}",
    "1)": "{n}) {text}",
    "1.)": "{n}.) {text}",
    "(1)": "({n}) {text}",
    "step": "Step {n}: {text}",
    "tight": "Step {n}:{text}",
    "own line": "{n}\n{text}",
    "step alone": "Step {n}\n\n{text}",
    "dash": "- {text}",
    "star": "* {text}",
    "wrapped": "{n}. {wrapped}",
    "row": "| {n} | {text} |",
    "term": "Part {n}\n: {text}",
    "run": "{text}",
    "dot": "•{text}",
    "bold": "{n}. **Move {n}:** {text}",
    "heading": "### Step {n}: Part {n}\n\n{text}",
    "name": "### Part {n}\n\n{text}",
}


@dataclass
class Article:
    """A text of sentences that each have a word of their own."""

    kind: str
    text: str = ""
    words: list[str] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """An article: shapes times sentences times cautions times times."""
    numbers = count(1)
    made = Article(draw(st.sampled_from(["text", "html"])))

    def said(pool: tuple[str, ...], *, warns: bool = False) -> str:
        number = next(numbers)
        word = f"q{chr(97 + number // 26)}{chr(97 + number % 26)}x"
        (made.cautions if warns else made.words).append(word)
        return draw(st.sampled_from(pool)).format(word)

    def some(pool: tuple[str, ...], most: int, *, warns: bool = False) -> list[str]:
        return [said(pool, warns=warns) for _ in range(draw(st.integers(0, most)))]

    steps = [
        " ".join([said(STEPS), *some(MORE, 2), *some(CAUTIONS, 1, warns=True)]) for _ in range(draw(st.integers(2, 4)))
    ]
    parts: list[tuple[str, list[str]]] = [("p", [" ".join([said(TALK), *some(CAUTIONS, 1, warns=True)])])]
    if draw(st.booleans()):
        parts.append(("h", ["What you need"]))
        parts.append(("ul", [f"a big {word}" for word in (said(("{}",)), said(("{}",)))]))
    parts += [("h", ["Steps"]), ("steps", steps)]
    if draw(st.booleans()):
        parts += [("h", ["Tips"]), ("ul", some(MORE, 2) or [said(MORE)])]
    if draw(st.booleans()):
        parts += [
            ("h", ["Do not massage if you have:"]),
            ("ul", [f"a bad {said(('{}',), warns=True)}" for _ in range(2)]),
        ]
    if draw(st.booleans()):
        parts += [("h", ["Questions"]), ("p", [" ".join([*some(TALK, 2), *some(CAUTIONS, 1, warns=True)] or ["Why?"])])]
    if draw(st.booleans()):
        rows = [f"{said(('{}',))} | {said(('{} minutes',))} | {said(('{}', *MORE))}" for _ in range(2)]
        parts += [("h", ["At a glance"]), ("table", ["Part | Time | What for", *rows])]
    if draw(st.booleans()):
        end = [said(MORE), *some((*MORE, *TALK), 2), *some(CAUTIONS, 1, warns=True)]
        parts += draw(
            st.sampled_from(([("h", ["To finish"]), ("p", [" ".join(end)])], [("p", [f"At the end, {' '.join(end)}"])]))
        )
    tail = some(CAUTIONS, 2, warns=True)
    if tail:
        parts += [("h", ["Last words"]), ("p", [" ".join(tail)])]
    write = as_html if made.kind == "html" else as_text
    made.text = write(parts, draw(st.sampled_from(sorted(MARKS))))
    return made


def as_text(parts: list[tuple[str, list[str]]], mark: str) -> str:
    lines = ["# Calf rub"]
    for kind, texts in parts:
        if kind == "steps":
            lines.append(
                "\n\n".join(
                    MARKS[mark].format(n=n, text=text, wrapped=text.replace(" ", "\n   ", 3))
                    for n, text in enumerate(texts, 1)
                )
            )
        elif kind == "ul":
            lines.append("\n".join(f"- {text}" for text in texts))
        elif kind == "table":
            lines.append("\n".join(f"| {text} |" for text in (texts[0], "--- | --- | ---", *texts[1:])))
        else:
            lines += [f"## {text}" if kind == "h" else text for text in texts]
    return "\n\n".join(lines)


def as_html(parts: list[tuple[str, list[str]]], mark: str) -> str:
    lines = ["<h1>Calf rub</h1>"]
    for kind, texts in parts:
        if kind == "steps" and mark in ("dash", "1."):
            lines.append("<ol>" + "\n".join(f"<li>{text}</li>" for text in texts) + "</ol>")
        elif kind == "steps" and mark == "(1)":
            rows = "".join(f"<tr><td>{n}</td><td>{text}</td></tr>" for n, text in enumerate(texts, 1))
            lines.append(f"<table><tr><th>Step</th><th>What to do</th></tr>{rows}</table>")
        elif kind == "steps":
            lines += [f"<div><b>Step {n}</b></div><div>{text}</div>" for n, text in enumerate(texts, 1)]
        elif kind == "table":
            rows = "".join(f"<tr><td>{text.replace(' | ', '</td><td>')}</td></tr>" for text in texts)
            lines.append(f"<table>{rows}</table>")
        elif kind == "ul":
            lines.append("<ul>" + "".join(f"<li>{text}" for text in texts) + "</ul>")
        else:
            lines += [f"<h2>{text}</h2>" if kind == "h" else f"<p>{text}</p>" for text in texts]
    return "\n".join(lines)


def places(draft: str, word: str) -> list[str]:
    """The lines of a draft that have a word, but for the names of steps and what is to be checked about a line."""
    lines = [line for line in draft.splitlines() if re.search(rf"\b{word}\b", line, re.IGNORECASE)]
    return [line for line in lines if "- name:" not in line and not line.lstrip().startswith("# check:")]


@settings(max_examples=40)
@given(article=articles())
def test_each_sentence_is_in_one_place(article: Article) -> None:
    """None is missing, none is there twice, and a caution is neither said nor only a comment."""
    draft = pasted(article.text, article.kind)  # type: ignore[arg-type]  # text or html
    for word in (*article.words, *article.cautions):
        assert len(places(draft.text, word)) == 1, f"{word}: {places(draft.text, word)}\n{article.text}\n\n{draft.text}"
    said = [
        line for block in re.findall(r" say:(.*?)(?=\n\s*(?:\w+:|#|$))", draft.text, re.S) for line in block.split("\n")
    ]
    for word in article.cautions:
        (line,) = places(draft.text, word)
        assert not line.lstrip().startswith("#"), f"only a comment: {line}\n{article.text}\n\n{draft.text}"
        assert not any(word in text for text in said), f"said: {word}\n{article.text}\n\n{draft.text}"
        assert any(word in caution.text.casefold() for caution in draft.cautions)
