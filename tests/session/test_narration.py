"""Whose words are spoken before a session is laid out by them, where one turn does not tell."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from voiceguide.session import narration
from voiceguide.text.utterance import Sentence


class Words:
    """A script of one sentence, for a named length."""

    def __init__(self, base: str) -> None:
        self.base = base

    def utterances(self) -> tuple[Any, ...]:
        """One that says its length."""
        return (SimpleNamespace(sentences=lambda: (Sentence(self.base, self.base),)),)


class Told:
    """A narrator that only notes what it is to speak."""

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def sayable(self, sentences: Any) -> Any:
        """Anything."""
        return sentences

    def lengths(self, sentences: Any) -> dict[str, float]:
        """Speak in no time."""
        self.spoken += [sentence.spoken for sentence in sentences]
        return {}


def draft(base: str, *, short: bool = True) -> Any:
    """A draft for a length, with the minutes of any other."""
    return SimpleNamespace(script=Words(base), figures="five minutes", short=short)


def session(drafts: list[Any]) -> Any:
    """A session of no exact total whose drafting answers with these, one after the other."""
    drafting = SimpleNamespace(
        total=None,
        draft=lambda _lengths: drafts.pop(0),
        again=lambda draft, _lengths: draft,
        written=lambda draft: Words(f"{draft.script.base} {draft.short}"),
    )
    return SimpleNamespace(
        drafting=drafting, sounds={}, tell=lambda _draft: None, routine=None, choices=None, voice=None
    )


def test_a_session_of_other_steps_is_spoken_though_its_minutes_are_the_same() -> None:
    """What is laid out in the end is what was spoken last."""
    narrator, settled = Told(), draft("short")
    asked = session([settled, settled])
    assert narration.narrated(asked, narrator, draft("full")) is settled  # type: ignore[arg-type]  # likewise
    assert narrator.spoken == ["full True", "short True", "short True"]


def test_a_session_with_other_words_of_care_is_spoken_though_all_else_is_the_same() -> None:
    """Whether it is short decides its gate."""
    narrator, settled = Told(), draft("full", short=False)
    asked = session([settled, settled])
    assert narration.narrated(asked, narrator, draft("full")) is settled  # type: ignore[arg-type]  # likewise
    assert narrator.spoken == ["full True", "full False", "full False"]
