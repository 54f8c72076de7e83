"""The C library's heap, in as few parts as a program needs that runs for hours in threads that come and go."""

from __future__ import annotations

import os

_ARENA_MAX = -8
"""As glibc's malloc.h has it."""
ARENAS = 2


def share() -> None:
    """Have all threads take their memory from two arenas; to be called before there are any threads.

    glibc gives new threads one of up to eight a core, and each keeps tens of megabytes of what its threads let go: what
    nobody uses grows with every session until all of them are full. Elsewhere nothing is done.
    """
    if is_known():
        import ctypes

        ctypes.CDLL(None).mallopt(_ARENA_MAX, ARENAS)


def is_known() -> bool:
    """Whether the C library is glibc."""
    try:
        return (os.confstr("CS_GNU_LIBC_VERSION") or "").startswith("glibc")
    except (AttributeError, OSError, ValueError):  # Windows, musl, macOS
        return False
