"""Articles: a how-to text becomes a draft of a routine, in which nothing of the article is lost.

A file is read as blocks (`reading`), what stands over each is told (`topics`), the steps are found (`shapes`), every
sentence gets its role (`roles`; `cautions`, `times` and `english` know the words), the roles become the parts of a
routine (`outline`), and those are written as YAML (`draft`). What had to be guessed carries a comment, `# check: …`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import Failed, UsageError, option
from voiceguide.store import temporary
from voiceguide.text.lines import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from voiceguide.authoring.articles.blocks import Article, Block
    from voiceguide.authoring.articles.draft import Draft
    from voiceguide.authoring.articles.outline import Outline
    from voiceguide.authoring.articles.roles import Piece
    from voiceguide.authoring.articles.topics import Method
    from voiceguide.errors import Fault

    Judge = Callable[[Sequence[Piece]], Mapping[int, str]]

_CODES = {"German": "de", "Spanish": "es", "French": "fr"}
"""Languages that a routine may be in, of those that are drafted only where somebody insists."""
MOST_STEPS = 100
"""More is a book, not a session."""


def draft_of(path: Path, *, anyway: bool = False, judge: Judge | None = None, method: int = 1) -> Draft:
    """Return a routine drafted from an article's file, as `drafted` does.

    Raises UsageError where there is no such file, and Failed where it cannot be read.
    """
    from voiceguide.authoring.articles import reading

    name = visible(path.name, line=True)
    return drafted(reading.read(path), name, anyway=anyway, judge=judge, method=method)


def pasted(text: str, kind: Literal["text", "html"] = "text", *, anyway: bool = False, method: int = 1) -> Draft:
    """Return a routine drafted from a text that somebody pasted: plain or Markdown, or a page's HTML.

    Lines are counted from its first. Raises Failed as `drafted` does.
    """
    from voiceguide.authoring.articles import reading

    return drafted(
        reading.parsed(text, ".html" if kind == "html" else ".md"), "a pasted text", anyway=anyway, method=method
    )


def drafted(article: Article, file: str, *, anyway: bool = False, judge: Judge | None = None, method: int = 1) -> Draft:
    """Return a routine drafted from an article's blocks; `file` is its name.

    `judge` may tell what each sentence is. Of an article that shows several ways, `method` is the one that is drafted.
    Raises Failed for a text without two steps, in another language, or for babies, children and animals: the last two
    not with `anyway`. Raises UsageError for a method that there is not.
    """
    from voiceguide.authoring.articles import readers, roles, shapes, topics
    from voiceguide.authoring.articles.outline import Item, outlined

    title, blocks = _titled(article)
    doubts = [] if anyway else _refuse_languages(blocks, file)
    methods = topics.methods(blocks)
    taken = _taken(blocks, methods, method)
    shape, said = shapes.laid_out(blocks, topics.topics(blocks, title), taken)
    titles = [article.title, blocks[title].text if title is not None else ""]
    texts = [one.text for one in said if one.kind not in ("aside", "unseen")]
    if not anyway and (who := readers.unfit([*titles, *(one.text for one in said if one.named)], texts)):
        raise Failed(
            f"{file}: expected an article for adults, this is for {who}: their massage is to be learned from somebody "
            f"who is there, not from a voice; {option('anyway')} drafts it all the same"
        )
    outline = outlined(roles.decided(said, judge), article.title)
    if len(outline.steps) < shapes.FEWEST:
        raise Failed(
            f"{file}: expected a how-to with at least two steps, found "
            f"{'one' if outline.steps else 'none'}: no numbered or headed steps, no list of things to do, no sentences "
            "that say what to do; give each step a line that starts with its number"
        )
    if len(outline.steps) > MOST_STEPS:
        raise Failed(
            f"{file}: expected at most {MOST_STEPS} steps, got {len(outline.steps)}: make several articles of it"
        )
    named = {item.text for items in outline.safety.values() for item in items}
    if readers.about_pregnancy(titles, texts) and "pregnancy" not in named:
        check = "the article is for people who are pregnant, who ask a doctor first"
        outline.safety["ask_first"].insert(0, Item("pregnancy", 1, check=check))
        outline.safety["more"] += outline.safety["ask_first"][5:]
        del outline.safety["ask_first"][5:]
    language, sure = readers.language(blocks)
    outline.language = _CODES.get(language, "") if sure else ""
    made = _written(outline, file, shape or "what the judge said", doubts)
    return replace(made, methods=tuple(each.name for each in methods), method=method)


def problems(text: str) -> list[Fault]:
    """Return what `check` says of a drafted routine's text: faults, of which there should be none, and warnings."""
    from voiceguide.lint import findings

    with temporary.holding("draft.yaml", text) as path:
        return findings(path)


def _written(outline: Outline, file: str, shape: str, doubts: list[str]) -> Draft:
    """Write it down; the whole's time is a length only where its steps can be as long."""
    from voiceguide.authoring.articles.draft import written

    made = written(outline, file, Path(file).stem, shape, doubts=doubts)
    if outline.total and any(fault.level == "fault" for fault in problems(made.text)):
        made = written(outline, file, Path(file).stem, shape, whole=False, doubts=doubts)
    return made


def _titled(article: Article) -> tuple[int | None, tuple[Block, ...]]:
    """Return which block is the title, None for none, and the blocks with dates and bylines as no headings."""
    from voiceguide.authoring.articles import english
    from voiceguide.authoring.articles.blocks import MOST_HEADING_WORDS
    from voiceguide.authoring.articles.topics import of

    blocks = tuple(
        replace(one, kind="paragraph") if one.kind == "heading" and english.tells_of_itself(one.text) else one
        for one in article.blocks
    )
    heads = [at for at, one in enumerate(blocks) if one.kind == "heading" and not one.number]
    top = next((at for at in heads if blocks[at].level == 1), None)
    if top is None and heads and (not article.title or heads[0] == 0) and of(blocks[heads[0]].text) is None:
        top = heads[0]
    if top is not None and (level := _step_level(blocks, top)):
        return None, tuple(replace(one, level=level) if at == top else one for at, one in enumerate(blocks))
    first = blocks[0] if blocks else None
    if first and first.kind == "paragraph" and (top is None or of(blocks[top].text) not in (None, "steps")):
        short = len(first.text.split()) <= MOST_HEADING_WORDS and not first.text.endswith((".", "!", "?", ":", ","))
        if short and not english.tells_of_itself(first.text):
            return 0, (replace(first, kind="heading"), *blocks[1:])
    return top, blocks


def _step_level(blocks: Sequence[Block], at: int) -> int:
    """Return the level of the headings with times among which one is a step, not the title; 0 for a title.

    A title's time is that of all of them.
    """
    from voiceguide.authoring.articles.headings import timed

    own = timed(blocks[at].text)
    others = [
        (one, found.time.low)
        for i, one in enumerate(blocks)
        if i != at and one.kind == "heading" and (found := timed(one.text))
    ]
    return others[0][0].level if own and others and own.time.high < sum(low for _, low in others) else 0


def _taken(blocks: Sequence[Block], methods: Sequence[Method], method: int) -> list[int]:
    """Return the blocks that are drafted: all, but for those of the other methods."""
    if not 1 <= method <= max(1, len(methods)):
        raise UsageError(
            f"{option('method')}: expected a number from 1 to {max(1, len(methods))}, got {method}: so many ways the "
            "article shows"
        )
    others = [each for at, each in enumerate(methods, 1) if at != method]
    return [at for at in range(len(blocks)) if not any(each.start <= at < each.end for each in others)]


def _refuse_languages(blocks: Sequence[Block], file: str) -> list[str]:
    """Refuse another language than English; return what to check where that is not sure."""
    from voiceguide.authoring.articles import readers

    name, sure = readers.language(blocks)
    if name != "English" and sure:
        raise Failed(
            f"{file}: expected an article in English, this reads like {name}: translate it first, or write "
            f"the routine by hand; {option('anyway')} drafts it all the same"
        )
    like = "" if name == "English" else f"; it reads a little like {name}"
    return [] if sure else [f"not sure that the article is in English{like}: no other language is understood here"]
