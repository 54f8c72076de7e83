"""The studio's page as it is served: its words, its modules, its pictures, and nothing from elsewhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from voiceguide import phrases
from voiceguide.choices import TABLE
from voiceguide.drawing import atlas
from voiceguide.errors import UsageError
from voiceguide.pages import cover, player, studio
from voiceguide.routine.sounds import BEDS

ROOT = Path(__file__).parents[3]
FOLDERS = (Path(studio.__file__).parent, Path(player.__file__).parent)
MODULES = {name: studio.asset(name) for name in studio.names() if name.endswith(".js")}
languages = pytest.mark.parametrize("language", phrases.languages())


def source(name: str) -> str:
    """A module's text."""
    found = studio.asset(name)
    assert found
    return found[0].decode()


@languages
def test_the_page_is_in_its_language(language: str) -> None:
    """All that its script needs to know stands in it, and nothing in it runs or loads from elsewhere."""
    page = studio.page(language)
    assert f'<html lang="{language}">' in page
    told = json.loads(re.findall(r'<script type="application/json" id="told">(.*?)</script>', page, re.DOTALL)[0])
    assert told["language"] == language
    assert told["languages"] == {tag: phrases.load(tag).name for tag in phrases.languages()}
    assert set(told["motifs"]) == set(cover.MOTIFS)
    assert "$" not in page.replace("$ {", "")
    addresses = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert {address for address in addresses if not address.startswith(("#", "data:,", "/assets/"))} == set()
    assert not re.search(r"<style|\sstyle=|\son\w+=", page)


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="expected a language"):
        studio.page("xx")


def test_every_session_has_a_screen_in_its_language() -> None:
    """The player's, once a language, with nothing of a session in it."""
    screens = re.findall(r'<template class="player" lang="(\w+)">(.*?)</template>', studio.page("en"), re.DOTALL)
    assert [tag for tag, _ in screens] == list(phrases.languages())
    for tag, screen in screens:
        assert phrases.load(tag).shown("player", "chapters") in screen
        assert 'id="waiting"' in screen
        assert "<noscript" not in screen


def test_all_that_is_loaded_is_served() -> None:
    """Every address of the page, and every module that a module imports, whichever room it is from."""
    for name in re.findall(r'"/assets/([^"]+)"', studio.page("en")):
        assert studio.asset(name), name
    for name in MODULES:
        imported = re.findall(r'from "\./([^"]+)"', source(name))
        assert set(imported) <= set(MODULES), name
    assert {path.name for path in FOLDERS[0].glob("*.js")} <= set(MODULES)
    assert {path.name for path in FOLDERS[0].glob("*.css")} <= set(studio.names())


def test_what_is_of_others_is_loaded_later() -> None:
    """By a module that asks for it, and never with the page; its licence lies beside it and is named."""
    told = (ROOT / "docs" / "licences.md").read_text("utf-8")
    for name in studio.LATER:
        assert name not in studio.page("en")
        assert any(f'import("./{name}")' in source(each) for each in MODULES)
        file = FOLDERS[0] / "vendor" / name
        assert studio.asset(name) == (file.read_bytes(), "text/javascript; charset=utf-8")
        licence = file.with_name(f"{file.stem}-LICENSE.txt")
        assert "Permission is hereby granted" in licence.read_text("utf-8")
        for path in (file, licence):
            assert f"`{path.relative_to(ROOT).as_posix()}`" in told


def test_names_are_one_folders() -> None:
    """No module or style of the studio has the name of one of the player's."""
    ours, theirs = ({path.name for path in folder.iterdir() if path.is_file()} for folder in FOLDERS)
    assert ours & theirs == {"__init__.py", "page.html"}


@pytest.mark.parametrize("name", ["", "__init__.py", "page.html", "../player/main.js", "/etc/passwd", "motif-.svg"])
def test_nothing_else_is_served(name: str) -> None:
    assert studio.asset(name) is None


@pytest.mark.parametrize("motif", list(cover.MOTIFS))
def test_a_picture_is_its_motif_alone(motif: str) -> None:
    """Its drawing without a word, small enough that a dozen of them are there at once."""
    found = studio.asset(studio.motif_file(motif))
    assert found
    data, kind = found
    assert kind == "image/svg+xml"
    assert data == atlas.bundled(cover.MOTIFS[motif].drawing).plain.svg.encode()
    assert len(data) < 5_000


def test_modules_say_nothing_that_is_not_a_phrase() -> None:
    """Every word that a module asks for is there, and every word that is there is asked for."""
    words = set(phrases.load("en").all_shown("studio"))
    code = "".join(map(source, MODULES)) + source_of_page()
    asked = {*re.findall(r"\bwords\.([a-z_]+)", code), *re.findall(r'\bsay\((?:[^"(]*\? )?"([a-z_]+)"', code)}
    asked |= set(re.findall(r'\? "([a-z_]+)" : "(?:[a-z_]+)", \{', code)) | set(re.findall(r"\$([a-z_]+)", code))
    asked |= set(re.findall(r': "([a-z_]+)", \{ count', code))
    asked |= set(re.findall(r'"(phone_[a-z]+)"', code))
    begun = tuple(re.findall(r"\[`([a-z]+_)\$\{", code)) + tuple(
        f"{name}_" for name in re.findall(r'chips\("([a-z]+)"', code)
    )
    players = set(phrases.load("en").all_shown("player"))
    ours = asked - players - {"first_time", "language", "js", "styles", "modules", "screens", "told", "entry"}
    assert ours <= words
    labels = {f"choice_{choice.field}" for choice in TABLE}
    assert {word for word in words - asked - labels if not word.startswith(begun)} <= {"stranger"}


def source_of_page() -> str:
    return (FOLDERS[0] / "page.html").read_text("utf-8")


@languages
def test_choices_and_beds_have_names(language: str) -> None:
    """Every choice a label, by which a message names it; every bed that comes with it a name."""
    words = phrases.load(language).all_shown("studio")
    assert {f"choice_{choice.field}" for choice in TABLE} <= set(words)
    assert {f"bed_{bed.replace('-', '_')}" for bed in (*BEDS, "none")} <= set(words)


@languages
def test_words_have_their_values(language: str) -> None:
    """The same names in braces in every language."""
    english, words = (phrases.load(tag).all_shown("studio") for tag in ("en", language))
    for key, text in english.items():
        assert set(re.findall(r"\{(\w+)\}", words[key])) == set(re.findall(r"\{(\w+)\}", text)), key
