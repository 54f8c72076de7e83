"""Articles: a how-to text becomes a draft of a routine, by rules and a small grammar of English, with no network.

A file is read as blocks (`reading`), the blocks find their places (`outline`), each step its words and times (`steps`),
and all of it is written as YAML (`draft`). What the article does not say is not said; what had to be guessed carries a
comment, `# check: …`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.errors import Failed
from voiceguide.store import temporary
from voiceguide.text.lines import visible

if TYPE_CHECKING:
    from voiceguide.authoring.articles.blocks import Article
    from voiceguide.authoring.articles.draft import Draft
    from voiceguide.errors import Fault

MOST_STEPS = 100
"""More is a book, not a session."""

_LANGUAGES = {
    "English": "the and of to your for with it is in on this you then from them or",
    "German": "der die das und ist nicht mit auf ein eine sie den dem zu für im",
    "Spanish": "el la los las de y que en con para una por es su un del",
    "French": "le la les des et est dans une pour vous votre sur avec du un au",
    "Italian": "il la di e che per una con del della sono le un nel gli al",
    "Portuguese": "o a os as de e que em com para uma por não um do da",
    "Dutch": "de het een en van is op met voor niet je in dat te zijn aan",
}
"""The words of each language that running text is fullest of."""
_JUDGED_FROM = 40
"""Words from which a text's language shows."""
_SEVERAL = 4
"""Different words of a language that show it."""
_ENGLISH_SHARE = 0.08
"""English running text is a quarter such words or more, a list of short instructions a tenth."""


def draft_of(path: Path) -> Draft:
    """Return a routine drafted from an article's file.

    Raises UsageError where there is no such file, and Failed where it cannot be read, is no how-to, or not in English.
    """
    from voiceguide.authoring.articles import reading

    return drafted(reading.read(path), visible(path.name, line=True))


def drafted(article: Article, file: str) -> Draft:
    """Return a routine drafted from an article's blocks; `file` is its name. Raises Failed as `draft_of` does."""
    from voiceguide.authoring.articles.draft import written
    from voiceguide.authoring.articles.outline import outline

    _refuse_other_languages(article, file)
    found = outline(article)
    if not found.steps:
        raise Failed(
            f"{file}: expected a how-to with at least two steps, found none: no numbered or headed steps, no list of "
            "things to do, no sentences that say what to do; give each step a line that starts with its number"
        )
    if len(found.steps) > MOST_STEPS:
        raise Failed(
            f"{file}: expected at most {MOST_STEPS} steps, got {len(found.steps)}: make several articles of it"
        )
    return written(found, file, Path(file).stem)


def problems(text: str) -> list[Fault]:
    """Return what `check` says of a drafted routine's text: faults, of which there should be none, and warnings."""
    from voiceguide.lint import findings

    with temporary.holding("draft.yaml", text) as path:
        return findings(path)


def _refuse_other_languages(article: Article, file: str) -> None:
    said = re.findall(r"[^\W\d_]+", " ".join(block.text for block in article.blocks).casefold())
    if len(said) < _JUDGED_FROM:
        return
    shares = {name: sum(word in known for word in said) / len(said) for name, known in _KNOWN.items()}
    likely = max(shares, key=lambda name: shares[name])
    several = len(_KNOWN[likely].intersection(said)) >= _SEVERAL  # one word, again and again, is no language
    if likely != "English" and several and shares["English"] < _ENGLISH_SHARE:
        raise Failed(
            f"{file}: expected an article in English, this reads like {likely}: translate it first, or write "
            "the routine by hand"
        )


_KNOWN = {name: frozenset(words.split()) for name, words in _LANGUAGES.items()}
