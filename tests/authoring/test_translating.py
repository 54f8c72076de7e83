"""A routine gets a place for every text that is missing in a language; all else of its file stays as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from voiceguide.authoring.translating import EMPTY, translated
from voiceguide.errors import UsageError
from voiceguide.routine import reading
from voiceguide.routine.languages import languages, texts, untranslated
from voiceguide.store.assets import routines_folder

WRITTEN = """\
# A routine
title: Calf rub   # the title
summary: {en: Short, fr: Court}
need: [oil, a towel]
settle:
  - say: on your back
    only: short
  - say: seated, feet bare
    only: full
safety:
  do_not_start:
    - a fever  # weighty
    - en: a rash
      de: ein Ausschlag
  avoid: [stay off the shin]
reminders:
  - "Low shoulders."
steps:
  # first
  - name: Stroke
    say: >
      Glide up the calf.
      And come back.

    # then
    duration: 60s..2m
    sides: both
    cues:
      - {at: 20s, say: "More {side}.", say_again: none}
      - at: 30s
        say: A long plain
          text.
  - name: One
    sides: [first leg, second leg]
    steps:
      - name:
          Press
        say:
          - Press it.
          # mind
          - Go on
            here.
        hold: {press: 5s, say_press: Press}
        duration: 1m
"""
PLACED = """\
# A routine
title:
  en: Calf rub   # the title
  de: ""
summary: {en: Short, fr: Court, de: ""}
need:
  en: [oil, a towel]
  de: ["", ""]
settle:
  - say:
      en: on your back
      de: ""
    only: short
  - say:
      en: seated, feet bare
      de: ""
    only: full
safety:
  do_not_start:
    - en: a fever  # weighty
      de: ""
    - en: a rash
      de: ein Ausschlag
  avoid:
    en: [stay off the shin]
    de: [""]
reminders:
  - en: "Low shoulders."
    de: ""
steps:
  # first
  - name:
      en: Stroke
      de: ""
    say:
      en: >
        Glide up the calf.
        And come back.
      de: ""

    # then
    duration: 60s..2m
    sides: both
    cues:
      - {at: 20s, say: {en: "More {side}.", de: ""}, say_again: none}
      - at: 30s
        say:
          en: A long plain
            text.
          de: ""
  - name:
      en: One
      de: ""
    sides:
      en: [first leg, second leg]
      de: ["", ""]
    steps:
      - name:
          en: Press
          de: ""
        say:
          - en: Press it.
            de: ""
          # mind
          - en: Go on
              here.
            de: ""
        hold: {press: 5s, say_press: {en: Press, de: ""}}
        duration: 1m
"""


def places(path: Path, language: str) -> tuple[str, int]:
    """A routine's text with its places, and their number."""
    _, _, document = reading.opened(path)
    assert document is not None
    return translated(document, language)


def test_every_way_to_write_a_text(tmp_path: Path) -> None:
    """In a block, in braces, over several lines, in a list of either kind, beside a comment."""
    path = tmp_path / "routine.yaml"
    path.write_text(WRITTEN, "utf-8")
    text, count = places(path, "de")
    assert text == PLACED
    assert count == text.count(EMPTY) == 20
    path.write_text(text.replace(EMPTY, "Da"), "utf-8")
    assert places(path, "de-AT") == (path.read_text("utf-8"), 0)


@pytest.mark.parametrize("name", ["desk-break", "feet", "first-time-self"])
def test_a_bundled_routine_filled_in(tmp_path: Path, name: str) -> None:
    """Is whole in the new language; in its others, and in its comments, nothing has changed."""
    path = routines_folder() / f"{name}.yaml"
    before = reading.read(path)
    text, count = places(path, "nl")
    missing = untranslated(before, "nl")  # of several wordings each has a place, or all of a language have one
    assert len(missing) <= count == text.count(EMPTY) <= sum(len(each.wordings("en")) for each in missing)
    filled = tmp_path / f"{name}.yaml"
    filled.write_text(text.replace(EMPTY, "Woord."), "utf-8")
    after = reading.read(filled)
    assert languages(after) == (*languages(before), "nl")
    for language in languages(before):
        assert [each.get(language) for each in texts(after)] == [each.get(language) for each in texts(before)]
    comments = re.findall("#.*", path.read_text("utf-8"))
    assert re.findall("#.*", text) == comments


def test_what_is_no_language() -> None:
    """Is told, with what is one."""
    with pytest.raises(UsageError, match='to: expected a language, as "de" or "pt-BR", got "german"'):
        places(routines_folder() / "feet.yaml", "german")
