"""What other packages bring, by entry points: found, loaded, and asked in a way that their faults are told as theirs.

Our own engines and formats come through this door too.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from voiceguide.errors import Failed, VoiceguideError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from importlib.metadata import EntryPoint

_Answer = TypeVar("_Answer")
_OURS = "voiceguide."
_MOST_WORDS = 400
"""Characters of a fault's own words."""


def entry_points(group: str) -> tuple[EntryPoint, ...]:
    """Return what is registered in a group; what scans for it is imported here, as `--help` needs none of it.

    Raises Failed, naming the package, where what one says of itself cannot be read.
    """
    from importlib import metadata

    try:
        return tuple(metadata.entry_points(group=group))
    except Exception as fault:
        for package in metadata.distributions():
            try:
                _ = package.entry_points
            except Exception as its_own:  # a package may be damaged in any way
                raise Failed(
                    f"{getattr(package, '_path', None) or package.name}: the package says in a broken way what it "
                    f"brings ({words(its_own)}). Install it again, or uninstall it."
                ) from its_own
        raise Failed(f"What is installed here cannot be read ({words(fault)}). Install voiceguide again.") from fault


def origin(point: EntryPoint) -> str:
    """Name the package that brings something: `acme-voices (acme.voices:Engine)`."""
    return f"{point.dist.name} ({point.value})" if point.dist else point.value


def of(point: EntryPoint) -> str:
    """Return what a message says behind a plug-in's name: whose it is, nothing for our own."""
    return "" if point.value.startswith(_OURS) else f" of {origin(point)}"


def asked(whose: str, doing: str, call: Callable[[], _Answer]) -> _Answer:
    """Return what a plug-in answers to `call`, `blamed` for what it raises."""
    with blamed(whose, doing):
        return call()


@contextmanager
def blamed(whose: str, doing: str) -> Iterator[None]:
    """Tell what a plug-in raises as its fault.

    `whose` it is, as `The voice engine "acme"`, and what it was `doing`, as `listing its voices`, are for messages.
    Whatever it raises becomes Failed, a call for the program's end too; a VoiceguideError passes, and so does Ctrl-C.
    """
    try:
        yield
    except (VoiceguideError, KeyboardInterrupt):
        raise
    except BaseException as fault:
        raise Failed(broken(whose, f"failed at {doing}: {words(fault)}")) from fault


def broken(whose: str, what: str) -> str:
    """Return the message for a plug-in that does not do what it should."""
    return f"{whose} {what.rstrip('.')}. Tell its authors, or uninstall it."


def words(fault: BaseException) -> str:
    """Return an error in one line: a VoiceguideError's message, else its type and words."""
    try:
        said = " ".join(str(fault).split())[:_MOST_WORDS]
    except Exception:  # noqa: BLE001 (a third party's error may not even say what it is)
        said = ""
    if isinstance(fault, VoiceguideError):
        return said
    return f"{type(fault).__name__}: {said}" if said else type(fault).__name__


def got(value: object) -> str:
    """Return what came in a few words, for a message."""
    return repr(value)[:60] if isinstance(value, str | int | float | bool | None) else f"a {type(value).__name__}"
