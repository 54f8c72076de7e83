"""The sounds and drawings a routine may name, and the files beside it, its cover too: only those inside its folder."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from voiceguide.drawing import atlas
from voiceguide.errors import LONGEST_WORD, VoiceguideError, did_you_mean, nearest
from voiceguide.routine import walk
from voiceguide.routine.yaml import Scalar
from voiceguide.store import assets, paths, pictures
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source
    from voiceguide.routine.yaml import Node

Kind = Literal["chimes", "beds", "covers", "drawings"]

CHIMES = ("step", "switch", "press", "release", "halfway", "last-minute", "breath", "swell", "end")
"""The code of the format, known whatever is installed."""
BEDS = ("rain", "ocean", "stream", "night", "warm-pad", "bowls", "brown-noise")

_ONE: dict[Kind, str] = {"chimes": "chime", "beds": "bed", "covers": "cover", "drawings": "drawing"}
_SURE = 0.9
"""How near a name is, from 0 to 1, that is put in a drawing's place without asking."""
NEAR = 3
"""Drawings that are named, of those that may be meant."""
MOST_BESIDE = 200
"""Files of a folder that are looked at for one that is meant."""
LONGEST_NAME = 1024
"""Signs; no disk has a file of a longer name."""

_ELSEWHERE = re.compile(r"[\\]|^[/~]|^[A-Za-z]:|://|(?:^|/)\.\.(?:/|$)")
"""What leads out of a folder on any system: backslashes, absolute paths, drives, URLs, UNC and `..`."""


def bundled(kind: Kind) -> tuple[str, ...]:
    """Return the names of what is bundled of a kind: sounds, or drawings."""
    if kind == "drawings":
        return atlas.names()
    folder = assets.sounds_folder() / kind
    found = sorted(path.stem for path in folder.iterdir() if paths.is_file(path)) if paths.is_folder(folder) else []
    return tuple(dict.fromkeys((*(CHIMES if kind == "chimes" else BEDS), *found)))


def check(source: Source, root: Node, folder: Path) -> Iterator[Fault]:
    """Yield a fault for each sound and drawing that is neither bundled nor a file in the routine's folder.

    And for its cover, and for a file that is no such thing.
    """
    beside = cache(lambda: _beside(folder))
    known = _known()
    for node, kind in _uses(root, known):
        if not source.tells() and not os.path.lexists(folder / node.text[: LONGEST_NAME + 1]):
            yield source.fault(node.start, _unknown(kind), "")
        elif fault := _fault_of_file(node.text, kind, folder, known[kind], beside):
            rule, message = fault
            meant = _meant(node.text, kind, (*known[kind], *beside())) if rule.startswith("unknown") else None
            yield source.fault(node.start, rule, message, node.path, mend=node.mend(meant) if meant else None)
        elif kind in ("covers", "drawings") and (wrong := _fault_of_picture(folder / node.text, kind)):
            yield source.fault(node.start, f"bad-{_ONE[kind]}", wrong, node.path)


def own_files(root: Node, folder: Path) -> tuple[str, ...]:
    """Return the names of the files in a routine's folder that it names: its sounds and drawings, and its cover."""
    known = _known()
    named = ((node.text, kind) for node, kind in _uses(root, known))
    return tuple(
        dict.fromkeys(name for name, kind in named if not _fault_of_file(name, kind, folder, known[kind], tuple))
    )


def _known() -> dict[Kind, tuple[str, ...]]:
    found: dict[Kind, tuple[str, ...]] = {"covers": ()}
    return found | {kind: bundled(kind) for kind in ("chimes", "beds", "drawings")}


def _uses(root: Node, known: Mapping[Kind, tuple[str, ...]]) -> Iterator[tuple[Scalar, Kind]]:
    """Yield where a routine names a file of its own: a sound, a drawing, its cover."""
    uses: list[tuple[Node | None, Kind, bool]] = [
        (root.get("bed"), "beds", True),
        (root.get("cover"), "covers", False),
    ]
    for step in walk.steps(root):
        rhythm = step.node.get("rhythm")
        uses += [(owner.get(key), "chimes", True) for owner, key in ((step.node, "chime"), (rhythm, "sound")) if owner]
        uses += [(cue.get("chime"), "chimes", False) for cue in walk.items(step.node.get("cues"))]
        uses.append((step.node.get("show"), "drawings", False))
    for node, kind, may_be_none in uses:
        if not isinstance(node, Scalar) or node.is_null or not node.text.strip():
            continue
        if node.text not in known[kind] and not (may_be_none and node.text == "none"):
            yield node, kind


def _meant(name: str, kind: Kind, known: tuple[str, ...]) -> str | None:
    """The name that is meant for sure; of drawings many are near, as they share their area."""
    if kind != "drawings":
        return nearest(name, known)
    near = get_close_matches(name, known, 1, _SURE) if len(name) <= LONGEST_WORD else ()
    return near[0] if near else None


def _fault_of_picture(path: Path, kind: Kind) -> str | None:
    """What is wrong with a picture or a drawing that is there, None where nothing is."""
    try:
        if kind == "covers":
            return pictures.fault(path)
        atlas.own(path)
    except VoiceguideError as error:
        return error.text
    return None


def _beside(folder: Path) -> tuple[str, ...]:
    """The names of a folder's first files, of which one may be meant."""
    files = (path.name for path in folder.iterdir() if paths.is_file(path)) if paths.is_folder(folder) else ()
    return tuple(islice(files, MOST_BESIDE))


def _fault_of_file(
    name: str, kind: Kind, folder: Path, known: tuple[str, ...], beside: Callable[[], tuple[str, ...]]
) -> tuple[str, str] | None:
    """Return the rule and the message for a name that is no file in `folder`, None where it is one."""
    if len(name) > LONGEST_NAME:
        return _unknown(kind), f'expected a {_ONE[kind]}, got "{shown(name)}": write its name'
    if _ELSEWHERE.search(name):
        return (
            "unsafe-path",
            f'expected a file in the routine\'s folder, got "{shown(name)}": put it beside the routine',
        )
    try:
        path = (folder / name).resolve()
        is_inside = path.is_relative_to(folder.resolve())
        is_file = paths.is_file(path)
    except (OSError, RuntimeError, ValueError):  # a name no disk can hold, a link that leads to itself
        is_inside, is_file = True, False
    if not is_inside:
        message = f'expected a file in the routine\'s folder, got "{shown(name)}", which leads out of it: copy it there'
        return "unsafe-path", message
    if is_file:
        return None
    one = _ONE[kind]
    if kind == "covers":
        hint = did_you_mean(name, beside())
        return "unknown-cover", f'expected a .png or .jpg beside the routine, got "{shown(name)}".{hint}'
    if kind == "drawings":
        return "unknown-drawing", _unknown_drawing(name, (*known, *beside()))
    hint = did_you_mean(name, (*known, *beside())) or f" {one.capitalize()}s are: {', '.join(known)}."
    return "unknown-sound", f'expected a {one} or a file beside the routine, got "{shown(name)}".{hint}'


def _unknown(kind: Kind) -> str:
    """The rule of a name that nothing has."""
    return f"unknown-{_ONE[kind]}" if kind in ("covers", "drawings") else "unknown-sound"


def _unknown_drawing(name: str, known: tuple[str, ...]) -> str:
    """Say which drawings are near: those that are written alike, of the same place, or of the same move."""
    area, _, move = name.casefold().partition("/")
    alike = [each for each in known if each.startswith(f"{area}/") or (move and each.endswith(f"/{move}"))]
    near = [*dict.fromkeys((*get_close_matches(name.casefold(), known, NEAR, 0.6), *alike))][:NEAR] if name else []
    expected = f'expected a drawing\'s name, as AREA/MOVE, or an .svg beside the routine, got "{shown(name)}".'
    if not near or len(name) > LONGEST_WORD:
        return f"{expected} `voiceguide drawings` lists them."
    return f"{expected} Near are: {', '.join(near)}."
