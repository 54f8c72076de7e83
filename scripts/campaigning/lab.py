"""Where a case is run: its folders, what may be written and read there, and what each step of it costs."""

from __future__ import annotations

import os
import re
import resource
import sys
import time
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from campaigning.cases import FoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHECKOUT = Path(__file__).resolve().parents[2]
_STATUS = Path("/proc/self/status")
_HIGH_WATER = Path("/proc/self/clear_refs")
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What a terminal may take for a command; a tab and a line's end are none."""
_NOT_OURS = ("pulse-", ".ses")
"""What libraries leave in the temporary folder: PulseAudio its socket's folder, onnxruntime a file."""
_MOST_TOLD = 400_000
"""Characters that the program may say of one file."""


@dataclass
class Limits:
    """What one step may cost."""

    cpu: float
    megabytes: float


class Lab:
    """A case's own folder. The program works in `work`, and may write in `home` and `tmp` too; `elsewhere` is bait."""

    def __init__(self, folder: Path, limits: Limits, material: Path) -> None:
        self.folder = folder
        self.limits = limits
        self.material = material
        self.work, self.home, self.tmp, self.elsewhere = (
            folder / name for name in ("work", "home", "tmp", "elsewhere")
        )
        for path in (self.work, self.home, self.tmp, self.elsewhere):
            path.mkdir(parents=True, exist_ok=True)
        self.cache = self.home / "cache"
        self.worst_cpu = 0.0
        self.worst_megabytes = 0.0

    def environment(self, **more: str) -> dict[str, str]:
        """Return the program's variables: nothing of the user's, everything in the lab."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
        homes = dict.fromkeys(("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(self.home))
        own = {"VOICEGUIDE_CACHE": str(self.cache), "TMPDIR": str(self.tmp), "PYTHONPATH": str(CHECKOUT)}
        still = {"PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        return {**kept, **homes, **own, **still, **more}

    def file(self, name: str, data: bytes) -> Path:
        """Write an input in the work folder."""
        path = self.work / name
        path.write_bytes(data)
        return path

    def step(self, name: str, function: Callable[[], Any]) -> Any:
        """Return what a function of the program returns, or the VoiceguideError that it raises.

        Raises FoundError for any other exception, its own as it is, and for what costs too much.
        """
        from voiceguide.errors import VoiceguideError

        with self.costing(name):
            try:
                return function()
            except VoiceguideError as error:
                self.told(name, str(error))
                return error
            except FoundError:
                raise
            except Exception as error:
                raise FoundError(f"{blame(error)} ({name})", traceback.format_exc()[-3000:]) from error

    def told(self, name: str, text: str) -> None:
        """Look at what is said of a case. Raises FoundError where it is too much."""
        if len(text) > _MOST_TOLD:
            raise FoundError(f"says too much: {name}", f"{len(text)} characters, beginning with {text[:300]!r}")

    @contextmanager
    def costing(self, name: str) -> Iterator[None]:
        """Measure a step. Raises FoundError for one over the limits."""
        before = resident()
        with suppress(OSError):
            _HIGH_WATER.write_text("5")  # the highest resident size is counted from here
        began = time.process_time()
        yield
        self.spent(name, time.process_time() - began, (resident("VmHWM") - before) / 1024)

    def spent(self, name: str, cpu: float, megabytes: float) -> None:
        """Note what a step took. Raises FoundError for one over the limits."""
        self.worst_cpu = max(self.worst_cpu, cpu)
        self.worst_megabytes = max(self.worst_megabytes, megabytes)
        if cpu > self.limits.cpu:
            raise FoundError(f"slow: {name}", f"{cpu:.1f} s of CPU, {megabytes:.0f} MB")
        if megabytes > self.limits.megabytes:
            raise FoundError(f"large: {name}", f"{megabytes:.0f} MB, {cpu:.1f} s of CPU")

    def leftovers(self, asked: str | None = None) -> None:
        """Look for what a run must not leave. Raises FoundError for hidden files, and for anything temporary.

        A file that was asked for may have a name that hides it.
        """
        named = self.work / asked if asked else None
        if hidden := [path for path in self.work.rglob(".*") if path != named]:
            raise FoundError(f"leaves a hidden file: {_kind(hidden[0])}", ", ".join(map(str, hidden)))
        left = [path for path in self.tmp.iterdir() if not path.name.startswith(_NOT_OURS)]
        if left:
            raise FoundError(f"leaves a temporary file: {_kind(left[0])}", ", ".join(map(str, left)))

    def untouched(self, before: dict[str, bytes]) -> None:
        """Hold `elsewhere` against what it was. Raises FoundError for a file changed, made or gone."""
        if (now := contents(self.elsewhere)) != before:
            raise FoundError("writes outside its folder", f"{sorted(before)} became {sorted(now)}")


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def _kind(path: Path) -> str:
    """A leftover's name without what differs from run to run."""
    return re.sub(r"[0-9a-z_]{8}(?=\.part$|$)", "*", path.name)


def resident(field: str = "VmRSS") -> int:
    """Return a field of this process's memory, in kB; its highest so far where the system tells no more."""
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith(f"{field}:"):
                return int(line.split()[1])
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size // 1024 if sys.platform == "darwin" else size


def blame(error: BaseException) -> str:
    """Name an exception and the place of the program's it came through last: alike for all that fail alike."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}voiceguide{os.sep}" in frame.filename]
    if not ours:
        return type(error).__name__
    package = ours[-1].filename.rpartition(f"{os.sep}voiceguide{os.sep}")[2]
    return f"{type(error).__name__} in {package}:{ours[-1].name}"
