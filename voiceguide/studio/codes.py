"""An address as a QR code: as a picture for pages, and as rows of modules for whoever draws it otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

QUIET = 4
"""Light modules around a code, without which cameras don't find it."""


def svg(address: str) -> str:
    """Return a code as an <svg> of no size of its own, dark on light whatever is around it."""
    drawn: str = _code(address).svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    return drawn


def rows(address: str) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a code, row by row, with the light ones around it; True is dark."""
    light = (False,) * QUIET
    inner = [(*light, *map(bool, row), *light) for row in _code(address).matrix]
    above = ((False,) * len(inner[0]),) * QUIET
    return (*above, *inner, *above)


def _code(address: str) -> QRCode:
    import segno

    return segno.make_qr(address, error="m", boost_error=False)
