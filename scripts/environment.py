"""Make and keep `.venv`, the checkout's own Python environment, for the scripts beside this file.

Nothing is needed but Python with its `venv`. What was installed is written down in a stamp; while the stamp says what
this checkout asks for, a script starts its program at once. Otherwise the environment is brought up to date in place,
or made anew when it was interrupted, moved, or belongs to another Python.

The scripts run before anything is installed, so this file needs the standard library only; `door` has seen to it that
this Python is new enough.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

CHECKOUT = Path(__file__).resolve().parent.parent
USUAL = ".[articles,pdf,play,studio]"
"""What the README's lines need: voiceguide with its page in the browser, its player and its cards on paper."""
INTERRUPTED = 130
DOT_SECONDS = 1.0
"""Between two dots while something takes long."""
CONTROL_C_EXIT = 0xC000013A  # what a Windows program that Ctrl-C ended returns


class SetUpError(Exception):
    """The environment cannot be made; the message says why and what to do."""


class Stamp(NamedTuple):
    """What an environment was made for."""

    machine: str
    """The Python and the folder: another of either needs a new environment."""
    inputs: str
    """A checksum of the files that say what to install."""
    dev: bool
    """Whether the tools for tests and checks are in."""

    def covers(self, wanted: Stamp) -> bool:
        """Tell whether everything `wanted` asks for is there; tools nobody asked for do no harm."""
        return self.machine == wanted.machine and self.inputs == wanted.inputs and self.dev >= wanted.dev


class Environment:
    """The `.venv` of one checkout."""

    def __init__(self, checkout: Path) -> None:
        self.checkout = checkout
        self.folder = checkout / ".venv"
        self.stamp_file = self.folder / "set-up.json"
        self.lock_file = self.folder / "set-up.lock"
        self.log_file = self.folder / "set-up.log"

    def program(self, name: str) -> Path:
        """Return the path of an installed program."""
        if sys.platform == "win32":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    def wanted(self, dev: bool) -> Stamp:
        """Return the stamp this checkout asks for, with this Python."""
        inputs = hashlib.sha256()
        for name in ("pyproject.toml", "constraints.txt"):
            inputs.update((self.checkout / name).read_bytes() + b"\0")
        machine = f"{platform.python_implementation()} {platform.python_version()} in {self.checkout}"
        return Stamp(machine, inputs.hexdigest(), dev)

    def stamp(self) -> Stamp | None:
        """Return what is installed; None when nothing is, or a set-up was interrupted."""
        try:
            return Stamp(**json.loads(self.stamp_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def is_ready(self, wanted: Stamp) -> bool:
        """Tell whether `wanted` is installed, without starting anything."""
        stamp = self.stamp()
        programs = (self.program("python"), self.program("voiceguide"))  # a Python that moved leaves a dangling link
        return stamp is not None and stamp.covers(wanted) and all(program.exists() for program in programs)

    def set_up(self, dev: bool = False) -> None:
        """Install what is missing, one process at a time. Raise SetUpError."""
        try:
            wanted = self.wanted(dev)
            if self.is_ready(wanted):
                return
            self.folder.mkdir(exist_ok=True)
            with _locked(self.lock_file) as lock:
                if not self.is_ready(wanted):  # another start may have done it while this one waited
                    self._install(wanted, lock)
        except OSError as error:
            raise SetUpError(
                f"Could not set up {self.folder}: {error}.\n"
                "It needs a folder you may write in, and room on the disk. Mend that, and run the same command again."
            ) from error

    def _install(self, wanted: Stamp, lock: IO[str]) -> None:
        """Bring the environment to `wanted`: in place when what is there is sound, else from nothing."""
        start = time.monotonic()
        if self._is_sound(wanted):
            _say("Bringing .venv up to date with this checkout ...")
            self._update(wanted, lock)
        else:
            _check_venv_module()
            _say(f"Setting up in .venv, once: {_cost(wanted.dev)} ...")
            self._mark_unfinished()
            self._clear()
            with _moving("making an environment"):
                self._call([sys.executable, "-I", "-m", "venv", str(self.folder)], lock)
            self._install_packages(wanted, lock)
        _say(f"Ready, after {time.monotonic() - start:.0f} s.")

    def _update(self, wanted: Stamp, lock: IO[str]) -> None:
        """Install over what is there. Where that fails the old stamp stays: pip puts back what it could not replace."""
        stamp = self.stamp()
        before = self.stamp_file.read_bytes() if stamp else None
        self._mark_unfinished()
        try:
            self._install_packages(wanted._replace(dev=wanted.dev or (stamp is not None and stamp.dev)), lock)
        except SetUpError:
            if before is None:
                self.stamp_file.unlink()
            else:
                self.stamp_file.write_bytes(before)
            raise

    def _install_packages(self, wanted: Stamp, lock: IO[str]) -> None:
        """Install voiceguide and what it needs, and stamp it."""
        with _moving("fetching and installing what belongs in it"):
            if wanted.dev:
                self._install_pinned(lock)
            else:
                self._pip(["hatchling"], lock)  # the pinned one; a build in pip's isolation would fetch the newest
            self._pip(["--no-build-isolation", "--editable", ".[dev]" if wanted.dev else USUAL], lock)
            # Modules are compiled when first used, which saves 7 s here; pydub's would greet the user with
            # SyntaxWarnings.
            self._call([str(self.program("python")), "-I", "-W", "ignore", "-c", "import pydub"], lock)
        new = self.stamp_file.with_suffix(".new")
        new.write_text(json.dumps(wanted._asdict(), indent=2) + "\n", "utf-8")
        new.replace(self.stamp_file)

    def _install_pinned(self, lock: IO[str]) -> None:
        """Install what `constraints.txt` pins, all of which the tests' tools and the program need.

        Two pips have a half each: most of what one does is looking through every version there is, on one core. What
        a pinned part needs and nobody pinned, as pyobjc's frameworks, comes with the next step.
        """
        lines = (self.checkout / "constraints.txt").read_text("utf-8").splitlines()
        pinned = [pin for line in lines if (pin := line.partition("#")[0].strip())]
        halves = {self.log_file: pinned[::2], self.log_file.with_name("set-up-2.log"): pinned[1::2]}
        with ThreadPoolExecutor(len(halves)) as pips:
            done = [pips.submit(self._pip, ["--no-deps", *half], lock, log) for log, half in halves.items() if half]
        for each in done:
            each.result()

    def _is_sound(self, wanted: Stamp) -> bool:
        """Tell whether pip can update what is there: ours and finished, or made by hand and working."""
        stamp = self.stamp()
        if stamp is not None:
            return stamp.machine == wanted.machine and self.program("python").exists()
        if self.stamp_file.exists():
            return False
        probe = "import pip, platform, sys; print(platform.python_version(), sys.prefix)"
        try:
            found = subprocess.run([self.program("python"), "-I", "-c", probe], capture_output=True, text=True)
        except OSError:
            return False
        return found.stdout.strip() == f"{platform.python_version()} {self.folder}"

    def _clear(self) -> None:
        """Empty the folder but for the lock, on which others wait, and the stamp, which says "unfinished"."""
        for path in self.folder.iterdir():
            if path in (self.lock_file, self.stamp_file):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def _mark_unfinished(self) -> None:
        """Leave a stamp that says nothing: who finds it knows that a set-up was interrupted."""
        self.stamp_file.write_text("unfinished\n", "utf-8")

    def _pip(self, arguments: list[str], lock: IO[str], log: Path | None = None) -> None:
        """Install with the committed versions, from wheels: nobody here should need a compiler."""
        python = [str(self.program("python")), "-Iu"]  # unbuffered, so that in the log an error stands last
        pip = [*python, "-m", "pip", "--no-input", "--disable-pip-version-check", "install", "--progress-bar", "off"]
        versions = ["--only-binary", ":all:", "--constraint", "constraints.txt"]
        self._call([*pip, *versions, "--no-compile", *arguments], lock, log)

    def _call(self, command: list[str], lock: IO[str], log: Path | None = None) -> None:
        """Run a step of the set-up, its output in the log or one of its own. Raise SetUpError when it fails."""
        log = log or self.log_file
        environment = {**os.environ, "PIP_USER": "0"}  # a `user = true` in pip's settings cannot work in a venv
        # The lock is handed on: should this process be killed, the lock is held until its child ends too.
        held = () if sys.platform == "win32" else (lock.fileno(),)
        with log.open("w", encoding="utf-8") as output:
            failed = subprocess.call(
                command,
                cwd=self.checkout,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=held,
            )
        if failed:
            raise SetUpError(_reason(log))


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    """Hold the lock file for one process; the system frees it when its holder ends, however it ends."""
    with path.open("a", encoding="utf-8") as lock:
        waiting = False
        while not _try_lock(lock):
            if not waiting:
                _say("Another start is setting up .venv; waiting for it ...")
                waiting = True
            time.sleep(0.2)
        yield lock


def _try_lock(lock: IO[str]) -> bool:
    """Take the lock if it is free."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _cost(dev: bool) -> str:
    """Say what a set-up takes, as measured on Linux."""
    if sys.platform == "darwin":
        return "a few minutes, most of them for the many small parts of pyobjc, which knows the system's voices"
    return (
        "about a minute, 125 MB to download, 535 MB on the disk"
        if dev
        else "half a minute, 60 MB to download, 250 MB on the disk"
    )


def _check_venv_module() -> None:
    """Raise SetUpError where Python came without `venv`, as Debian's and Ubuntu's does."""
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise SetUpError(
            f"This Python ({sys.executable}) came without its venv module.\n"
            "On Debian and Ubuntu: sudo apt install python3-venv. Then run the same command again."
        )


def _reason(log_file: Path) -> str:
    """Tell from a failed step's log what to do about it."""
    log = log_file.read_text("utf-8", errors="replace")
    # pip goes on after a lost connection, to complain of versions that "conflict": that misleads, so it isn't shown.
    if "after connection broken by" in log or "ReadTimeoutError" in log or "Could not fetch URL" in log:
        return (
            "No connection to the Python package index (pypi.org), from where the parts are installed, once.\n"
            "Go online and run the same command again. Behind a proxy, set HTTPS_PROXY first; with a certificate of\n"
            f"your network's own, PIP_CERT. The details are in {log_file}."
        )
    last = [line.rstrip() for line in log.splitlines() if line.strip()][-12:]
    return "\n".join(
        [
            "The set-up failed. Its last words were:",
            *(f"    {line}" for line in last),
            f"The rest is in {log_file}. When that is mended, run the same command again.",
        ]
    )


def _say(message: str) -> None:
    """Tell the user on stderr: stdout belongs to the program that follows."""
    print(f"voiceguide: {message}", file=sys.stderr, flush=True)


@contextmanager
def _moving(what: str) -> Iterator[None]:
    """Say what is done, and add dots for as long as it is."""
    done = threading.Event()

    def dot() -> None:
        while not done.wait(DOT_SECONDS):
            print(".", end="", file=sys.stderr, flush=True)

    print(f"voiceguide: {what} ...", end="", file=sys.stderr, flush=True)
    dots = threading.Thread(target=dot, daemon=True)
    dots.start()
    try:
        yield
    finally:
        done.set()
        dots.join()
        print(file=sys.stderr, flush=True)


def prepare(dev: bool = False) -> Environment:
    """Return this checkout's environment, set up; end the process with one message where that cannot be."""
    environment = Environment(CHECKOUT)
    try:
        environment.set_up(dev)
    except SetUpError as error:
        _say(str(error))
        sys.exit(1)
    except KeyboardInterrupt:
        _say("Stopped. The same command starts the set-up again.")
        sys.exit(INTERRUPTED)
    return environment


def become(command: list[str]) -> NoReturn:
    """Run a command in place of this process, so that its exit code, its terminal and its signals are its own."""
    if sys.platform != "win32":
        os.execv(command[0], command)
    sys.exit(_wait(command))  # Windows would start a new process and end this one, and the shell would not wait


def _wait(command: list[str]) -> int:
    """Run a command and return its exit code; Ctrl-C reaches it too, and it decides when to end."""
    process = subprocess.Popen(command)
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue
        return INTERRUPTED if code == CONTROL_C_EXIT else code
