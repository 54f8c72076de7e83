"""What a cover shows: a drawing of the atlas where the hands will be, in a disc, and the three colours around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Palette:
    """The three colours of a cover."""

    ground: str
    """Of the cover; dark."""
    disc: str
    """Of the rim around a drawing."""
    figure: str
    """Of the title; light."""

    @property
    def minutes(self) -> str:
        """Of the words under a title."""
        return _mixed(self.disc, self.figure, 0.25)


def _mixed(one: str, other: str, share: float) -> str:
    """Return a colour between two: `share` of the other, 0 to 1."""
    parts = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return f"#{bytes(round(a + (b - a) * share) for a, b in parts).hex()}"


@dataclass(frozen=True, slots=True)
class Motif:
    """A drawing, its colours, and the tags that ask for it."""

    drawing: str
    """Its name in the atlas."""
    palette: Palette
    tags: str = ""
    """Words of a tag in the four languages, lower case."""


MOTIFS = {
    "couple": Motif(
        "whole/side-by-side",
        Palette("#56283b", "#e58f8c", "#fdf0e8"),
        "couple couples partner partners paar paare pareja parejas duo",
    ),
    "full body": Motif(
        "back/side-pulls", Palette("#143f49", "#6fb3a6", "#f8f2e4"), "full-body body ganzkörper körper cuerpo corps"
    ),
    "ball": Motif("wall-ball/roll", Palette("#4a2a58", "#eaa94c", "#fcf3e6"), "ball balls pelota bola balle"),
    "child": Motif(
        "child-back/glide", Palette("#4b3a1c", "#e9b95f", "#fdf5e2"), "child children kind kinder niño enfant"
    ),
    "bedtime": Motif(
        "back-shirt/glide", Palette("#23304f", "#8fa6d9", "#f4f3fa"), "bedtime schlafenszeit acostarse coucher"
    ),
    "side": Motif("side-lying/glide", Palette("#37413a", "#c3ad7a", "#f9f4e6"), "side-lying seitenlage"),
    "chest": Motif("face-up/sweep", Palette("#4a3128", "#dfa283", "#fcf1e8"), "chest brust pecho poitrine"),
    "desk": Motif(
        "whole/open-chest", Palette("#23475a", "#e6b27a", "#fcf3e6"), "office desk büro schreibtisch oficina bureau"
    ),
    "shoulders": Motif(
        "neck-seated/squeeze",
        Palette("#22443a", "#93b98c", "#fbf5e4"),
        "neck shoulders shoulder nacken hals schultern schulter cuello nuca hombros nuque cou épaules",
    ),
    "feet": Motif(
        "foot-sole/thumbs", Palette("#1b3c58", "#79aace", "#fbf3e6"), "feet foot füße fuß füsse pies pie pieds pied"
    ),
    "hands": Motif(
        "hand-back/circles",
        Palette("#4a2d3d", "#df967c", "#fdf1e7"),
        "hands hand arms arm forearms hände arme manos mano brazos mains main bras",
    ),
    "head": Motif(
        "head/scalp",
        Palette("#2d3161", "#a99bd6", "#faf3f4"),
        "head face scalp jaw kopf gesicht cabeza cara tête visage",
    ),
    "legs": Motif(
        "leg-back/glide",
        Palette("#27483c", "#dcae5c", "#fcf4e1"),
        "legs leg calves thighs beine bein waden piernas pierna jambes jambe mollets",
    ),
    "upper back": Motif("upper-back/glide", Palette("#1d3d48", "#de8f6b", "#fcf0e1")),
    "lower back": Motif("back/low-glide", Palette("#3b2c4d", "#d68d9d", "#fcf0ec")),
    "back": Motif("back/glide", Palette("#3f3029", "#d79a5b", "#fbf1e2"), "back rücken espalda dos"),
    "hands alone": Motif("whole/hands", Palette("#2b3d38", "#9db48c", "#f7f2e4")),
}
"""All there are; `hands` alone are for everything else."""

DEFAULT = "hands alone"
"""For tags that name no part of a body."""
_WHOLE = ("child", "couple", "full body", "ball", "bedtime", "side")
"""Motifs that say more of a routine than any part of the body it names."""


def motif_of(tags: Iterable[str]) -> str:
    """Return the motif for a routine's tags, in any of the four languages: a key of `MOTIFS`.

    A child, couples, the full body, a ball, bedtime and lying on a side come first; then it is the first tag that
    names a part of the body, or a desk. A back with hips is a lower back, with shoulders an upper one, with both or
    neither a whole one.
    """
    words = [word for tag in tags for word in (tag, *tag.split())]
    found = [name for word in words if (name := _BY_TAG.get(word.strip().casefold()))]
    for name in _WHOLE:
        if name in found:
            return name
    if not found:
        return DEFAULT
    if found[0] != "back":
        return found[0]
    hips = not _HIPS.isdisjoint(word.casefold() for word in words)
    if hips != ("shoulders" in found):
        return "lower back" if hips else "upper back"
    return "back"


_BY_TAG = {word: name for name, motif in MOTIFS.items() for word in motif.tags.casefold().split()}
_HIPS = {"hips", "hip", "lumbar", "hüften", "hüfte", "kreuz", "caderas", "cadera", "lumbares", "hanches", "lombaires"}
