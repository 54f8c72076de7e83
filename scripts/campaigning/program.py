"""The program run on a case: forked where its modules are loaded already, or started anew; and what it may say.

A fork runs `voiceguide.cli.main` with streams, folders and variables of its own, as a start of the program would, in a
tenth of the time. What Python opens to write is watched there, wherever it leads.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from campaigning.cases import FoundError
from campaigning.lab import CONTROL, resident

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from campaigning.lab import Lab

COMMAND = (sys.executable, "-P", "-m", "voiceguide")
CODES = frozenset({0, 1, 2, 3, 4, 5, 130})
"""The interface's exit codes."""
HANG = 120.0
"""Seconds of wall time in which every command on a case ends, on a crowded machine too."""
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_CHANGES = {
    "os.mkdir": 0,
    "os.remove": 0,
    "os.rmdir": 0,
    "os.truncate": 0,
    "os.rename": 1,
    "os.link": 1,
    "os.symlink": 1,
}
"""What changes a folder: the argument that says which."""
_BAIT = re.compile(r"^/dev/(?:stdin|zero|tty|random|fd/)|^/proc/\w+/(?:fd|environ|mem)")
_BUG = re.compile(r"this is a bug in voiceguide: (\w+)")
_FRAME = re.compile(r'File ".*?[/\\]voiceguide[/\\]([\w/\\]+\.py)", line \d+, in (\S+)')


@dataclass(frozen=True, slots=True)
class Said:
    """How a run of the program ended."""

    code: int
    """Below 0 the signal that ended it."""
    out: str
    err: str
    strayed: tuple[str, ...] = ()
    """What it opened or changed where it must not."""


def load() -> None:
    """Import what forks would import one by one: all of the program, so that a change of its files reaches no fork."""
    from importlib import import_module
    from pkgutil import walk_packages

    import voiceguide

    ours = [module.name for module in walk_packages(voiceguide.__path__, "voiceguide.")]
    for name in (
        *(name for name in ours if not name.endswith("__main__")), "tomllib", "numpy", "soundfile", "mutagen.id3",
        "mutagen.mp3", "mutagen.flac", "mutagen.oggopus", "mutagen.oggvorbis", "mutagen.mp4", "mutagen.wave",
        "rich.text", "rich.table", "ruamel.yaml", "pydantic", "soxr", "PIL.Image", "platformdirs", "httpx",
    ):  # fmt: skip
        import_module(name)


def forked(lab: Lab, *arguments: str, **variables: str) -> Said:
    """Run the command line in a fork. Raises FoundError for a hang, and for a run over the lab's limits."""
    said = lab.folder / "said"
    said.mkdir(exist_ok=True)
    out, err, strayed = (said / name for name in ("out", "err", "strayed"))
    reading, writing = os.pipe()  # nobody ever writes there: whoever reads it waits
    size = resident()
    number = os.fork()
    if number == 0:
        _run(lab, arguments, variables, (out, err, strayed), reading)
    os.close(reading)
    try:
        status, usage = _waited(number, arguments)
    finally:
        os.close(writing)
    code = os.waitstatus_to_exitcode(status)
    lab.spent(arguments[0], usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024 - size / 1024)
    stray = strayed.read_text("utf-8", "replace").splitlines()
    return Said(code, _text(out), _text(err), tuple(dict.fromkeys(stray)))


def _waited(number: int, arguments: Sequence[str]) -> tuple[int, Any]:
    """Wait for a fork. Raises FoundError for one that does not end, after ending it."""
    end, pause = time.monotonic() + HANG, 0.001
    while True:
        found, status, usage = os.wait4(number, os.WNOHANG)
        if found:
            return status, usage
        if time.monotonic() > end:
            os.kill(number, signal.SIGKILL)
            os.wait4(number, 0)
            raise FoundError(f"hangs: {arguments[0]}", f"{' '.join(arguments)} did not end in {HANG:.0f} s")
        time.sleep(pause)
        pause = min(0.02, pause * 1.5)


def _run(
    lab: Lab,
    arguments: Sequence[str],
    variables: dict[str, str],
    files: tuple[Path, Path, Path],
    stdin: int,
) -> NoReturn:
    """Be the program, in a fork; never returns."""
    code = 1
    try:
        import tempfile

        for number, path in ((1, files[0]), (2, files[1])):
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(opened, number)
        os.dup2(stdin, 0)
        noted = os.open(files[2], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        sys.stdin, sys.stdout, sys.stderr = (
            open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115 (open to the end)
            for number, mode, errors in ((0, "r", "surrogateescape"), (1, "w", "strict"), (2, "w", "backslashreplace"))
        )
        environment = lab.environment(**variables)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(lab.work)
        tempfile.tempdir = None
        sys.argv = ["voiceguide", *arguments]
        from voiceguide import cli

        sys.addaudithook(_watch(lab, noted))
        code = _ended(lambda: cli.main())
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _ended(main: Callable[[], object]) -> int:
    """Run to the end as Python itself would, and return the exit code."""
    import traceback

    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 (what Python does with what nobody catches)
        traceback.print_exc()
        return 1
    return 0


def _watch(lab: Lab, noted: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Return an audit hook that notes what is opened or changed where it must not be."""
    allowed = tuple(f"{os.path.realpath(path)}{os.sep}" for path in (lab.work, lab.home, lab.tmp))
    bait = f"{os.path.realpath(lab.elsewhere)}{os.sep}"

    def note(what: str, path: str) -> None:
        os.write(noted, f"{what} {path}\n".encode("utf-8", "replace"))

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = given
            if not isinstance(path, str | bytes | os.PathLike):
                return
            name = os.fsdecode(path)
            real = os.path.realpath(name)
            writes = bool((flags or 0) & _WRITING) or any(sign in (mode or "") for sign in "wax+")
            if writes and not real.startswith(allowed) and not real.startswith("/dev/"):
                note("writes", real)
            if _BAIT.match(name) or real.startswith(bait):
                note("reads", real)
        elif event in _CHANGES and isinstance(path := given[_CHANGES[event]], str | bytes | os.PathLike):
            name = os.fsdecode(path)
            real = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))  # noqa: PTH118, PTH119, PTH120 (a link's own name)
            if not real.startswith(allowed):
                note("changes", real)

    return hook


def started(
    lab: Lab,
    *arguments: str,
    prepare: Callable[[], None] | None = None,
    variables: Mapping[str, str] | None = None,
) -> Said:
    """Start the program anew and let it end. Raises FoundError for a hang."""
    process = launch(lab, *arguments, prepare=prepare, variables=variables)
    return ended(process, arguments)


def launch(
    lab: Lab,
    *arguments: str,
    prepare: Callable[[], None] | None = None,
    variables: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start the program, in a group of its own."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=lab.work,
        env=lab.environment(**variables or {}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=prepare,  # limits are set there; no threads are running
    )


def ended(process: subprocess.Popen[bytes], arguments: Sequence[str]) -> Said:
    """Wait for the program. Raises FoundError for one that does not end, after ending its group."""
    try:
        out, err = process.communicate(timeout=HANG)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise FoundError(f"hangs: {arguments[0]}", f"{' '.join(arguments)} did not end in {HANG:.0f} s") from None
    return Said(process.returncode, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def look(lab: Lab, said: Said, arguments: Sequence[str], *, codes: frozenset[int] = CODES, names: str = "") -> None:
    """Hold what the program said and did against its promises. Raises FoundError.

    `names` is what its message must name where it failed.
    """
    command = arguments[0]
    shown = f"{' '.join(arguments)}\nexit {said.code}\n{said.err[-3000:]}"
    if bug := _BUG.search(said.err):
        raise FoundError(f"{_place(lab, arguments, bug[1])} ({command})", shown)
    if "Traceback (most recent call last)" in said.err:
        raise FoundError(f"{_traced(said.err)} ({command})", shown)
    if said.strayed:
        how, _, path = said.strayed[0].partition(" ")
        where = "elsewhere" if "/elsewhere/" in path else path
        raise FoundError(f"{how} outside its folder: {command}: {where}", f"{shown}\n{said.strayed}")
    if said.code not in codes:
        raise FoundError(f"exit code {said.code}: {command}", shown)
    for stream, text in (("stdout", said.out), ("stderr", said.err)):
        if sign := CONTROL.search(text):
            around = text[max(0, sign.start() - 60) : sign.start() + 60]
            raise FoundError(f"U+{ord(sign[0]):04X} on {stream}: {command}", f"{shown}\n{around!r}")
        lab.told(f"{command} on {stream}", text)
    if said.code not in (0, 130):
        if not (said.err + said.out).strip():
            raise FoundError(f"fails without a word: {command}", shown)
        if names and names not in said.err + said.out:
            raise FoundError(f"names no file: {command}", shown)


def tried(lab: Lab, *arguments: str, codes: frozenset[int] = CODES, names: str = "", **variables: str) -> Said:
    """Run the command line in a fork, look at what it did, and return what it said. Raises FoundError."""
    said = forked(lab, *arguments, **variables)
    look(lab, said, arguments, codes=codes, names=names)
    lab.leftovers()
    return said


def _place(lab: Lab, arguments: Sequence[str], error: str) -> str:
    """Where a bug is: the same run again, with --debug."""
    traced = _traced(forked(lab, *arguments, "--debug").err)
    return traced if traced.startswith(error) else error


def _traced(text: str) -> str:
    """Name the exception of a printed traceback, and the program's last place in it."""
    last = next(
        (
            line
            for line in reversed(text.splitlines())
            if re.match(r"[A-Za-z_.]+(?:Error|Exception|Interrupt|Exit)?(?::|$)", line)
        ),
        "?",
    )
    places = _FRAME.findall(text)
    name = last.partition(":")[0].rpartition(".")[2]
    return f"{name} in {places[-1][0]}:{places[-1][1]}" if places else name


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
