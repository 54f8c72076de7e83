"""Search: each wish narrows, and where nothing is left, what there is is told."""

from __future__ import annotations

from typing import Any

import pytest

from voiceguide.catalogue.search import Search


def entry(name: str, **facts: Any) -> dict[str, Any]:
    """A routine as the catalogue knows it."""
    usual = {
        "audience": "giver",
        "positions": ["lying"],
        "tags": ["back"],
        "languages": ["en"],
        "lengths": {"short": 540.0, "full": 1200.0},
    }
    return {"name": name, **usual, **facts}


ENTRIES = (
    entry("back", languages=["en", "de"], positions=["lying", "seated"]),
    entry(
        "desk", audience="self", positions=["seated"], tags=["Neck", "office"], lengths={"short": 300.4, "full": 420.0}
    ),
    entry("wall", audience="self", positions=[], tags=["back", "ball"], languages=["pt-BR"]),
)


@pytest.mark.parametrize(
    ("wish", "names"),
    [
        ({}, ["back", "desk", "wall"]),
        ({"tags": ("back",)}, ["back", "wall"]),
        ({"tags": ("NECK",)}, ["desk"]),
        ({"tags": ("back", "ball")}, ["wall"]),
        ({"tags": ("back", "neck")}, []),
        ({"audience": "self"}, ["desk", "wall"]),
        ({"position": "seated"}, ["back", "desk"]),
        ({"position": "lying"}, ["back"]),
        ({"longest": 300.0}, ["desk"]),
        ({"longest": 299.0}, []),
        ({"longest": 540.0}, ["back", "desk", "wall"]),
        ({"language": "de"}, ["back"]),
        ({"language": "de-AT"}, ["back"]),
        ({"language": "DE_at"}, ["back"]),
        ({"language": "pt"}, []),
        ({"language": "pt-BR", "tags": ("ball",)}, ["wall"]),
    ],
)
def test_each_wish_narrows(wish: dict[str, Any], names: list[str]) -> None:
    """All of what is asked holds for what is found, in the order it came in."""
    assert [found["name"] for found in Search(**wish).found(ENTRIES)] == names


def test_a_misspelt_tag_is_told_with_the_nearest() -> None:
    """Each unknown tag by itself, and what there is."""
    told = Search(tags=("bal", "offce", "back")).missed(ENTRIES)
    assert 'No routine has the tag "bal". Did you mean "ball"?' in told
    assert 'No routine has the tag "offce". Did you mean "office"?' in told
    assert '"back"' not in told
    assert "tags: back, ball, Neck, office" in told


def test_what_there_is_is_told() -> None:
    """Where every word is known and yet nothing fits."""
    told = Search(tags=("ball",), audience="giver").missed(ENTRIES)
    assert told.startswith("No routine is all of this.\n")
    for words in (
        "for: giver, self",
        "positions: lying, seated",
        "languages: de, en, pt-BR",
        "shortest lasts 5 min",
    ):
        assert words in told
