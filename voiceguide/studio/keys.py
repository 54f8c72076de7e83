"""Who may come in: the address's token, another one at each start, and the cookie, which an open page goes on with.

Both stand in a file for its owner alone, so that a second start finds the address of the studio that runs.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from voiceguide.errors import UsageError
from voiceguide.store import documents
from voiceguide.store.files import whole

if TYPE_CHECKING:
    from pathlib import Path

FILE = "studio.json"
LASTING = 30 * 86400
"""Seconds after which a cookie's secret is another one."""
_BYTES = 32
_SIGNS = 43
"""Of so many bytes as text."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The port, and what opens it."""

    port: int
    """The last one that was listened on, 0 for none."""
    token: str
    cookie: str
    made: float
    """When the cookie's secret was made, in seconds of the epoch."""

    @property
    def address(self) -> str:
        """Where the page opens."""
        return f"http://127.0.0.1:{self.port}/open?token={self.token}"

    def admits(self, token: str) -> bool:
        """Whether a token is the one; it tells nothing by how long it takes."""
        return secrets.compare_digest(token.encode(), self.token.encode())

    def knows(self, cookie: str) -> bool:
        """Whether a cookie is the one."""
        return secrets.compare_digest(cookie.encode(), self.cookie.encode())


def kept(folder: Path) -> Keys | None:
    """Return those of the studio that runs on a folder, or was the last to do so; None where none did."""
    document = documents.kept(folder / FILE)
    if document is None:
        return None
    with suppress(UsageError):
        token, cookie = (document.key(name).text() for name in ("token", "cookie"))
        if len(token) == len(cookie) == _SIGNS:
            return Keys(document.key("port").count(0, 65535), token, cookie, document.key("made").number())
    return None


def renewed(before: Keys | None, port: int, now: float | None = None) -> Keys:
    """Return keys for another start: a new token, and the cookie's secret for as long as it lasts."""
    now = time.time() if now is None else now
    token = secrets.token_urlsafe(_BYTES)
    if before is None or not 0 <= now - before.made < LASTING:
        return Keys(port, token, secrets.token_urlsafe(_BYTES), now)
    return Keys(port, token, before.cookie, before.made)


def keep(folder: Path, keys: Keys) -> None:
    """Write them, for their owner alone. Raises Failed."""
    with whole(folder / FILE, overwrite=True, named=None, follow=False) as file:
        private(file.fileno())
        file.write((json.dumps(asdict(keys), indent=1) + "\n").encode())


def private(number: int) -> None:
    """Keep an open file from everybody but its owner, where the disk knows such a thing."""
    if hasattr(os, "fchmod"):
        with suppress(OSError):
            os.fchmod(number, 0o600)
