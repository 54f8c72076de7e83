"""Faults of the machine: full disks, closed streams, limits, no folders, devices as files, plug-ins that raise.

Each is a fault and a command. The program is started anew, with the fault around it, and must end with a message and a
code of the interface's, leave nothing half done, and do its work where it can.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from campaigning import program, sessions
from campaigning.cases import Case, FoundError
from campaigning.lab import contents
from campaigning.plugins import ENGINES, install

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_QUICK = sessions.OPTIONS
_RENDER = ("render", "small.yaml", *_QUICK)
_BED = tuple("bed.wav" if part == "none" else part for part in _QUICK)
_COMMANDS: dict[str, tuple[str, ...]] = {
    "render": (*_RENDER, "-o", "out/s.mp3"),
    "render wav": ("render", "small.yaml", *_QUICK[:-2], "-o", "out/s.wav"),
    "render all": (*_RENDER, "-o", "out/s.mp3", "--player", "--captions", "vtt", "--transcript"),
    "render bed": ("render", "small.yaml", *_BED, "-o", "out/s.mp3"),
    "preview": ("preview", "small.yaml", "--voice", "tone", "--bed", "none", "-o", "out/s.mp3"),
    "batch": ("batch", "small.yaml", "-o", "out", *_QUICK[:-2]),
    "say": ("say", "Hello there.", "--voice", "tone", "-o", "out/s.wav"),
    "plan": ("plan", "small.yaml", "--voice", "tone", "--explain"),
    "show": ("show", "small.yaml"),
    "check": ("check", "small.yaml"),
    "list": ("list", "--routines", "."),
    "feed": ("feed", "sessions", "--url", "https://example.org/a"),
    "player": ("player", "sessions/small.mp3", "-o", "out/p.html"),
    "card": ("card", "small.yaml", "--voice", "tone", "-o", "out/c.html"),
    "measure": ("measure", "sessions/small.mp3"),
    "import": ("import", "article.txt", "-o", "out/d.yaml"),
    "new": ("new", "out/n.yaml"),
    "cache": ("cache", "info"),
    "voices": ("voices",),
    "doctor": ("doctor",),
    "sounds": ("sounds",),
}
_INPUTS = {
    "render": 1, "render bed": 7, "plan": 1, "show": 1, "check": 1, "player": 1, "measure": 1, "import": 1, "card": 1,
}  # fmt: skip
"""Where in a command its input stands: one past the command, or where the bed is; see `_input`."""
_NAMES = (
    "no-such-file", "no/such/folder/x", "n" * 300, f"{'d/' * 3000}x", "a\x1b[31mb", "a\nb", "a\x85b", "", " ", ".",
    "..", "\udcff\udcfe", "-", "con", "ü" * 130, "/proc/self/mem", "/proc/1/environ", "/dev/full", "/", "~nobody/x",
    "a:b",
)  # fmt: skip
_ARTICLE = "How to rub feet\n\n" + "".join(f"{n}. Rub the foot for two minutes.\n" for n in range(1, 5))


class _Fault(NamedTuple):
    """A fault and the commands that meet it."""

    run: Callable[[Case, Lab], None]
    commands: tuple[str, ...]
    ways: tuple[str, ...] = ("",)


class Faults(sessions.OfPrograms):
    """What happens to every program one day."""

    name = "faults"
    count = 200
    short = 3

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """A fault, a command, and how bad it is."""
        fault = rng.choice([*_FAULTS])
        command, way = rng.choice(_FAULTS[fault].commands), rng.choice(_FAULTS[fault].ways)
        return Case(b"", {"fault": fault, "command": command, "way": way.encode("utf-8", "surrogateescape").hex()})

    def run(self, case: Case, lab: Lab) -> None:
        """Lay out the folder, and run the command in its fault."""
        lab.file("small.yaml", sessions.SMALL.encode())
        lab.file("article.txt", _ARTICLE.encode())
        (lab.work / "out").mkdir()
        folder = lab.work / "sessions"
        folder.mkdir()
        shutil.copyfile(sessions.session(lab.material, ".mp3"), folder / "small.mp3")
        shutil.copyfile(sessions.session(lab.material, ".wav"), lab.work / "bed.wav")
        for name in ("bait.html", "bait.mp3"):
            (lab.elsewhere / name).write_bytes(b"bait")
        before = contents(lab.elsewhere)
        _FAULTS[case.ways["fault"]].run(case, lab)
        lab.untouched(before)


def _way(case: Case) -> str:
    return bytes.fromhex(case.ways["way"]).decode("utf-8", "surrogateescape")


def _arguments(case: Case) -> tuple[str, ...]:
    return _COMMANDS[case.ways["command"]]


def _held(lab: Lab, said: program.Said, arguments: tuple[str, ...], *, names: str = "") -> None:
    """Look at what a run said and left."""
    program.look(lab, said, arguments, names=names)
    lab.leftovers()
    if not said.code:
        for path in (lab.work / "out").glob("*"):
            if path.is_file() and not path.stat().st_size:
                raise FoundError("an empty file where all went well", f"{path}\n{' '.join(arguments)}")


def _limited(what: int) -> Callable[[Case, Lab], None]:
    """A limit of the shell's, as `ulimit` sets it."""

    def run(case: Case, lab: Lab) -> None:
        most = int(_way(case))

        def limit() -> None:
            resource.setrlimit(what, (most, most))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        arguments = _arguments(case)
        said = program.started(lab, *arguments, prepare=limit)
        # With so little, Python itself may fail before the program begins, or be ended by the system.
        if "voiceguide" not in said.err and said.code in (1, -9, -11, -6, 127):
            return
        _held(lab, said, arguments)

    return run


def _streams(case: Case, lab: Lab) -> None:
    """Close the streams, or let them lead to a full disk."""
    way, arguments = _way(case), _arguments(case)
    said = subprocess.run(
        ["bash", "-c", f'exec "$@" {way}', "bash", *program.COMMAND, *arguments],
        cwd=lab.work,
        env=lab.environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=program.HANG * 2,
    )
    told = program.Said(said.returncode, said.stdout.decode("utf-8", "replace"), said.stderr.decode("utf-8", "replace"))
    if told.code not in program.CODES or "Traceback" in told.err or "bug in voiceguide" in told.err:
        raise FoundError(f"exit {told.code} with {way}: {arguments[0]}", told.err[-2000:])
    made = [path for path in (lab.work / "out").glob("*") if path.is_file()]
    if "-o" in arguments and not made and "2>" in way and "1>" not in way and "|" not in way:
        raise FoundError(f"no file with {way}: {arguments[0]}", f"exit {told.code}\n{told.err}")
    lab.leftovers()


def _full(case: Case, lab: Lab) -> None:
    """Let a small disk be where the program writes."""
    where, _, size = _way(case).partition(" ")
    places = {"out": lab.work / "out", "cache": lab.cache, "tmp": lab.tmp}
    lab.cache.mkdir(parents=True, exist_ok=True)
    arguments = _arguments(case)
    with contextlib.ExitStack() as stack:
        for name in where.split("+"):
            place = str(places[name])
            mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", place]
            if subprocess.run(mount, capture_output=True).returncode:
                print("A full disk is tried where one may be mounted, and here it may not: left out.", file=sys.stderr)
                return
            stack.callback(subprocess.run, ["umount", "-l", place], capture_output=True)
        said = program.started(lab, *arguments)
        _held(lab, said, arguments)


def _closed(case: Case, lab: Lab) -> None:
    """Let a folder, or an input, be closed to the program; root too loses the right to pass all doors."""
    arguments, way = _arguments(case), _way(case)
    places = {"out": lab.work / "out", "cache": lab.home, "tmp": lab.tmp, "input": lab.work / "small.yaml"}
    places[way].chmod(0o555 if way != "input" else 0o000)

    def obey() -> None:
        for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP

    try:
        said = program.started(lab, *arguments, prepare=obey)
    finally:
        places[way].chmod(0o755)
    _held(lab, said, arguments)


def _missing(case: Case, lab: Lab) -> None:
    """Let a variable lead to no folder, or to what is none."""
    name, _, value = _way(case).partition("=")
    lab.file("a-file", b"no folder")
    arguments = _arguments(case)
    said = program.started(lab, *arguments, variables={name: value.replace("WORK", str(lab.work))})
    _held(lab, said, arguments)


def _input(case: Case, lab: Lab) -> None:
    """Put something else in an input's place: a device, a pipe, a folder, a link in a circle, a strange name."""
    way, command = _way(case), case.ways["command"]
    arguments = list(_arguments(case))
    at = arguments.index("bed.wav") if command == "render bed" else _INPUTS[command]
    suffix = os.path.splitext(arguments[at])[1]  # noqa: PTH122 (a name)
    name = f"x{suffix}"
    path = lab.work / name
    match way:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "circle":
            path.symlink_to(name)
        case "dangling":
            path.symlink_to("gone")
        case "zero":
            path.symlink_to("/dev/zero")
        case "stdin":
            path.symlink_to("/dev/stdin")
        case "empty":
            path.touch()
        case "sparse":
            with path.open("wb") as file:
                file.truncate(20_000_000_000)
        case _:
            name = way
    if "\0" in name:
        return
    arguments[at] = name
    said = program.started(lab, *arguments)
    if said.code == 0 and way in ("folder", "circle", "dangling", "zero", "empty"):
        raise FoundError(f"takes a {way} as {command}'s input", said.out[:500])
    _held(lab, said, tuple(arguments))


def _target(case: Case, lab: Lab) -> None:
    """Put something in a target's place: a link elsewhere, a folder, a device, a pipe; or name it strangely."""
    way, arguments = _way(case), list(_arguments(case))
    at = arguments.index("-o") + 1 if "-o" in arguments else 1
    path = lab.work / arguments[at]
    match way:
        case "link" | "link overwrite":
            path.symlink_to(lab.elsewhere / "bait.mp3")
        case "dangling" | "dangling overwrite":
            path.symlink_to(lab.elsewhere / "made.mp3")
        case "folder overwrite":
            path.mkdir()
        case "fifo overwrite":
            os.mkfifo(path)
        case _:
            if "\0" in way:
                return
            arguments[at] = f"out/{way}{path.suffix}"
    if way.endswith(" overwrite"):
        arguments.append("--overwrite")
    said = program.started(lab, *arguments)
    program.look(lab, said, arguments)
    lab.leftovers(arguments[at])
    # A link that the user named is followed, and then it is no stray: what it leads to is as it was, or a whole file.
    for name in ("bait.mp3", "made.mp3"):
        found = lab.elsewhere / name
        if found.exists() and found.read_bytes() != b"bait":
            if "overwrite" not in way or said.code or not found.stat().st_size:
                raise FoundError(f"writes through a link: {arguments[0]}", f"{way}\n{said.err}")
            found.unlink()
    (lab.elsewhere / "bait.mp3").write_bytes(b"bait")


def _side_files(case: Case, lab: Lab) -> None:
    """Let the names of side files be links that lead elsewhere."""
    way = _way(case)
    for name in ("small.html", "small.vtt", "small.txt", "index.html", "feed.xml", "small.jpg", "small.png"):
        (lab.work / "sessions" / name).symlink_to(lab.elsewhere / ("bait.html" if way.startswith("link") else "made"))
    for name in ("s.html", "s.vtt", "s.txt"):
        (lab.work / "out" / name).symlink_to(lab.elsewhere / ("bait.html" if way.startswith("link") else "made"))
    arguments = (*_arguments(case), *(("--overwrite",) if way.endswith("overwrite") else ()))
    said = program.started(lab, *arguments)
    _held(lab, said, arguments)


def _locale(case: Case, lab: Lab) -> None:
    """Run it under another locale, with names and words that it has not."""
    arguments = tuple("Übung.yaml" if part == "small.yaml" else part for part in _arguments(case))
    lab.file("Übung.yaml", sessions.SMALL.replace("Small one", "Größe 中文").encode())
    said = program.started(lab, *arguments, variables={"LC_ALL": _way(case), "LANG": _way(case), "PYTHONUTF8": ""})
    _held(lab, said, arguments)


def _plugin(case: Case, lab: Lab) -> None:
    """Install a voice that does not do what a voice does."""
    engine = _way(case)
    arguments = tuple(engine if part == "tone" else part for part in _arguments(case))
    said = program.started(lab, *arguments, variables={"PYTHONPATH": install(lab, engine)})
    _held(lab, said, arguments)
    if said.code == 0 and "-o" in arguments and engine in ("nothing", "raises"):
        raise FoundError(f"a voice that {engine} makes a file", said.err)


_MAKES = ("render", "render all", "render bed", "preview", "batch", "say", "card", "player", "feed", "import", "new")
_ALL = tuple(_COMMANDS)
_OVER = tuple(f"{way} overwrite" for way in ("link", "dangling", "folder", "fifo"))
_VARIABLES = (
    "VOICEGUIDE_CACHE=WORK/a-file", "VOICEGUIDE_CACHE=/proc/x", "VOICEGUIDE_CACHE=~nobody/x", "HOME=WORK/a-file",
    f"VOICEGUIDE_CACHE={'n' * 300}", "TMPDIR=/nowhere", "VOICEGUIDE_ROUTINES=/nowhere", "HOME=/nowhere",
    f"VOICEGUIDE_ROUTINES={'n' * 300}", "VOICEGUIDE_CONFIG=/dev/zero", "VOICEGUIDE_CONFIG=WORK",
    "VOICEGUIDE_CONFIG=/nowhere", "VOICEGUIDE_RENDER_PACE=x\x1b[31m", "VOICEGUIDE_RENDER_BED=", "PATH=",
    f"VOICEGUIDE_CONFIG={'n' * 300}", "COLUMNS=0", "COLUMNS=99999", "TERM=", "NO_COLOR=1", "PATH=/nowhere",
)  # fmt: skip
"""WORK is the work folder."""
_FAULTS = {
    "ulimit -n": _Fault(_limited(resource.RLIMIT_NOFILE), _MAKES, ("6", "8", "12", "16", "24")),
    "ulimit -f": _Fault(_limited(resource.RLIMIT_FSIZE), _MAKES, ("0", "1024", "50000", "300000", "1000000")),
    "ulimit -v": _Fault(_limited(resource.RLIMIT_AS), ("render", "list", "check", "plan"), ("300000000", "600000000")),
    "streams": _Fault(
        _streams,
        _ALL,
        (
            "2>&-",
            "1>&-",
            "1>&- 2>&-",
            "2>/dev/full",
            "1>/dev/full",
            "1>/dev/full 2>/dev/full",
            "| true",
            "0<&-",
        ),
    ),
    "full disk": _Fault(
        _full, _MAKES, ("out 16k", "out 200k", "cache 100k", "tmp 16k", "cache+tmp 64k", "out+cache 64k")
    ),
    "closed folder": _Fault(_closed, (*_MAKES, "plan", "list"), ("out", "cache", "tmp", "input")),
    "variables": _Fault(
        _missing,
        ("render", "list", "plan", "voices", "doctor", "cache", "sounds", "batch"),
        _VARIABLES,
    ),
    "inputs": _Fault(
        _input, tuple(_INPUTS), ("fifo", "folder", "circle", "dangling", "zero", "stdin", "empty", "sparse", *_NAMES)
    ),
    "targets": _Fault(
        _target,
        ("render", "render wav", "preview", "say", "import", "player", "card"),
        ("link", "dangling", *_OVER, *(name for name in _NAMES if "/" not in name)),
    ),
    "side files": _Fault(_side_files, ("feed", "render all"), ("link", "dangling", *_OVER[:2])),
    "locale": _Fault(_locale, _ALL, ("C", "POSIX", "en_US.ISO-8859-1", "C.UTF-8")),
    "plug-ins": _Fault(_plugin, ("render", "voices", "doctor", "say", "preview", "batch"), ENGINES),
}
