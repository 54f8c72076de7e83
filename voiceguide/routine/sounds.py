"""The names of sounds a routine may use, and the files beside it, its cover too: only those inside its folder."""

from __future__ import annotations

import os
import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Literal

from voiceguide.errors import VoiceguideError, did_you_mean, nearest
from voiceguide.routine import walk
from voiceguide.routine.yaml import Scalar
from voiceguide.store import assets, paths, pictures
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from voiceguide.errors import Fault
    from voiceguide.routine.source import Source
    from voiceguide.routine.yaml import Node

Kind = Literal["chimes", "beds", "covers"]

CHIMES = ("step", "switch", "press", "release", "halfway", "last-minute", "breath", "swell", "end")
"""The code of the format, known whatever is installed."""
BEDS = ("rain", "ocean", "stream", "night", "warm-pad", "bowls", "brown-noise")

_ONE: dict[Kind, str] = {"chimes": "chime", "beds": "bed", "covers": "cover"}
MOST_BESIDE = 200
"""Files of a folder that are looked at for one that is meant."""
LONGEST_NAME = 1024
"""Signs; no disk has a file of a longer name."""

_ELSEWHERE = re.compile(r"[\\]|^[/~]|^[A-Za-z]:|://|(?:^|/)\.\.(?:/|$)")
"""What leads out of a folder on any system: backslashes, absolute paths, drives, URLs, UNC and `..`."""


def bundled(kind: Kind) -> tuple[str, ...]:
    """Return the names of the bundled sounds of a kind."""
    folder = assets.sounds_folder() / kind
    found = sorted(path.stem for path in folder.iterdir() if paths.is_file(path)) if paths.is_folder(folder) else []
    return tuple(dict.fromkeys((*(CHIMES if kind == "chimes" else BEDS), *found)))


def check(source: Source, root: Node, folder: Path) -> Iterator[Fault]:
    """Yield a fault for each sound that is neither bundled nor a file in the routine's folder, and for its cover."""
    uses: list[tuple[Node | None, Kind, bool]] = [
        (root.get("bed"), "beds", True),
        (root.get("cover"), "covers", False),
    ]
    for step in walk.steps(root):
        rhythm = step.node.get("rhythm")
        uses += [(owner.get(key), "chimes", True) for owner, key in ((step.node, "chime"), (rhythm, "sound")) if owner]
        uses += [(cue.get("chime"), "chimes", False) for cue in walk.items(step.node.get("cues"))]
    known: dict[Kind, tuple[str, ...]] = {"chimes": bundled("chimes"), "beds": bundled("beds"), "covers": ()}
    beside = cache(lambda: _beside(folder))
    for node, kind, may_be_none in uses:
        if not isinstance(node, Scalar) or node.is_null or not node.text.strip():
            continue
        if node.text in known[kind] or (may_be_none and node.text == "none"):
            continue
        if not source.tells() and not os.path.lexists(folder / node.text[: LONGEST_NAME + 1]):
            yield source.fault(node.start, "unknown-sound", "")
        elif fault := _fault_of_file(node.text, kind, folder, known[kind], beside):
            rule, message = fault
            meant = nearest(node.text, (*known[kind], *beside())) if rule.startswith("unknown") else None
            yield source.fault(node.start, rule, message, node.path, mend=node.mend(meant) if meant else None)
        elif kind == "covers" and (wrong := _fault_of_picture(folder / node.text)):
            yield source.fault(node.start, "bad-cover", wrong, node.path)


def _fault_of_picture(path: Path) -> str | None:
    """What is wrong with a picture that is there, None where nothing is."""
    try:
        return pictures.fault(path)
    except VoiceguideError as error:
        return error.text


def _beside(folder: Path) -> tuple[str, ...]:
    """The names of a folder's first files, of which one may be meant."""
    files = (path.name for path in folder.iterdir() if paths.is_file(path)) if paths.is_folder(folder) else ()
    return tuple(islice(files, MOST_BESIDE))


def _fault_of_file(
    name: str, kind: Kind, folder: Path, known: tuple[str, ...], beside: Callable[[], tuple[str, ...]]
) -> tuple[str, str] | None:
    """Return the rule and the message for a name that is no file in `folder`, None where it is one."""
    if len(name) > LONGEST_NAME:
        return "unknown-sound", f'expected a {_ONE[kind]}, got "{shown(name)}": write its name'
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
    hint = did_you_mean(name, (*known, *beside())) or f" {one.capitalize()}s are: {', '.join(known)}."
    return "unknown-sound", f'expected a {one} or a file beside the routine, got "{shown(name)}".{hint}'
