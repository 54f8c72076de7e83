"""Time whole renders against the ways there are to do without voiceguide, in one run, and print ratios.

    .venv/bin/python -P scripts/bench.py                      # everything, three times (over an hour)
    .venv/bin/python -P scripts/bench.py render --minutes 60 --runs 1
    .venv/bin/python -P scripts/bench.py speak
    .venv/bin/python -P scripts/bench.py mix
    .venv/bin/python -P scripts/bench.py batch

`render` makes the same session of each length with and without a bed, by turns: ours with nothing cached (cold), with
the words spoken, as the rivals have them (spoken), once more (warm), and after one sentence was edited; one plain LAME
stream of the very samples, which is what any program must spend that encodes them all (the floor); pydub as its manual
has it (`+=`, `overlay`, `export`; up to 60 min, as it holds the session several times); and ffmpeg's `concat` with
`sidechaincompress`. Each is a process of its own, start-up included; wall time, CPU time and peak memory are those of
the process and its children. Medians of the runs count.

The session has 24 % speech at every length. Its voice is `tone`, so that no engine's speed is in the numbers; `speak`
measures the default voice by itself. MP3 at 128 kb/s, LAME's quality 5.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    # This folder has a voiceguide.py of its own, which would be imported in the package's place.
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from voiceguide.sound.mix import Mix

MINUTES = (5, 20, 60, 180)
BEDS = ("rain", "none")
RUNS = 3
LONG = 60
"""Minutes; a longer session may be run fewer times."""
PYDUB_UP_TO = 60
"""Minutes; above, it would need more memory than most machines have."""
RATE = 44_100

_SUBJECTS = ("Both hands", "The palms", "Your fingers", "The thumbs", "Flat hands", "The forearms", "Warm hands")
_VERBS = ("glide", "press", "circle", "rest", "knead", "sweep", "sink", "lift", "roll")
_PLACES = ("up the back", "to the shoulders", "beside the spine", "down the sides", "over the ribs", "to the neck")


# -- a session of any length ----------------------------------------------------------------------------


def sentence(number: int, words: int = 8) -> str:
    """Return a sentence of so many words, another for every number."""
    parts = (_SUBJECTS[number % 7], _VERBS[number % 9], _PLACES[number % 6], "slowly", "and", "softly", "once", "more")
    said = " ".join(parts).split()[: words - 1]
    return f"{' '.join(said)} {_spelled(number)}."


def _spelled(number: int) -> str:
    """A word for a number, so that no two sentences are alike."""
    return "".join("bdfglmnprs"[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(number))


def routine(minutes: int, edited: str = "") -> str:
    """Return a routine of so many minutes, a step every two; `edited` replaces one sentence in its middle."""
    lines = ["title: Bench", "summary: A session to be timed.", f"lengths: {{short: {minutes}m}}", "steps:"]
    for step in range(minutes // 2 or 1):
        said = [sentence(8 * step + number, 8 - number % 4 // 3) for number in range(8)]
        if edited and step == minutes // 4:
            said[4] = edited
        lines += [
            f"  - name: {_spelled(step)}",
            f"    say: {said[0]} {said[1]}",
            "    duration: 114s",
            "    cues:",
            *(f"      - {{at: {30 * cue}s, say: {said[2 * cue]} {said[2 * cue + 1]}}}" for cue in (1, 2, 3)),
        ]
    return "\n".join(lines) + "\n"


# -- processes --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spent:
    """What a process and its children took."""

    wall: float
    """Seconds."""
    cpu: float
    memory: float
    """MB at its peak."""


def run(command: Sequence[str], **variables: str) -> Spent:
    """Run a command to its end. Raises CalledProcessError with what it said."""
    with tempfile.TemporaryFile("w+") as said:
        begun = time.monotonic()
        process = subprocess.Popen(command, env={**os.environ, **variables}, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, said.read())
    return Spent(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def voiceguide(folder: Path, cache: str, *arguments: str) -> Spent:
    """Run our command line with a cache of its own."""
    return run([sys.executable, "-P", "-m", "voiceguide", "--quiet", *arguments], VOICEGUIDE_CACHE=str(folder / cache))


def median(spent: Sequence[Spent]) -> Spent:
    """Return the median of each number."""
    columns = zip(*((one.wall, one.cpu, one.memory) for one in spent), strict=True)
    return Spent(*(statistics.median(column) for column in columns))


# -- the rivals, each run in a process of its own ------------------------------------------------------------


def rival(name: str, folder: Path) -> Spent:
    """Run a rival."""
    return run([sys.executable, "-P", str(Path(__file__).with_name("rivals.py")), name, str(folder)])


# -- render ---------------------------------------------------------------------------------------------------


def prepared(folder: Path, minutes: int, bed: str) -> float:
    """Write what the rivals start from, and return the share of speech."""
    import numpy as np
    import soundfile

    (folder / "bench.yaml").write_text(routine(minutes))
    (folder / "edited.yaml").write_text(routine(minutes, edited="Now the flat hand sweeps out to the arm again."))
    for name, under in (("session", bed), ("voice", "none")):
        told = ["--timeline", str(folder / f"{name}.json")]
        voiceguide(folder, "prepared", *_render(folder, "bench", under, f"{name}.wav"), *told)
    timeline = json.loads((folder / "session.json").read_text())
    with soundfile.SoundFile(folder / "session.wav") as file, (folder / "session.pcm").open("wb") as samples:
        for block in file.blocks(1 << 16, dtype="int16"):
            samples.write(block.tobytes())
    heard = [clip for clip in timeline["clips"] if clip["track"] != "bed"]
    clips = []
    with soundfile.SoundFile(folder / "voice.wav") as file:
        for number, clip in enumerate(heard):
            file.seek(round(clip["start"] * RATE))
            name = f"clip-{number}.wav"
            soundfile.write(folder / name, file.read(round((clip["end"] - clip["start"]) * RATE), dtype="int16"), RATE)
            clips.append((name, clip["start"]))
    (folder / "clips.json").write_text(json.dumps(clips))
    soundfile.write(folder / "silence.wav", np.zeros((120 * RATE, 2), np.int16), RATE)
    if bed != "none":
        from voiceguide.store.assets import sounds_folder

        loop, _ = soundfile.read(sounds_folder() / "beds" / f"{bed}.ogg", dtype="int16")
        soundfile.write(folder / "bed.wav", loop, RATE)
    for name in ("session.wav", "voice.wav"):
        (folder / name).unlink()
    spoken = sum(s["end"] - s["start"] for clip in heard for s in clip.get("sentences", ()))
    return float(spoken / timeline["duration"])


def _render(folder: Path, name: str, bed: str, target: str) -> list[str]:
    chosen = ["--voice", "tone", "--bed", bed, "--gate", "brief", "--no-opening", "--no-closing"]
    return ["render", str(folder / f"{name}.yaml"), *chosen, "-o", str(folder / target), "--overwrite"]


def one_round(folder: Path, minutes: int, bed: str, *, rivals: bool) -> Iterator[tuple[str, Spent]]:
    """Yield each way's name and what it took, once; `rivals` says whether pydub and ffmpeg run too."""
    shutil.rmtree(folder / "cache", ignore_errors=True)
    yield "cold", voiceguide(folder, "cache", *_render(folder, "bench", bed, "ours.mp3"))
    yield "plain", rival("plain", folder)
    voiceguide(folder, "cache", "cache", "clear", "--sections")
    yield "spoken", voiceguide(folder, "cache", *_render(folder, "bench", bed, "ours.mp3"))
    yield "warm", voiceguide(folder, "cache", *_render(folder, "bench", bed, "again.mp3"))
    if (folder / "ours.mp3").read_bytes() != (folder / "again.mp3").read_bytes():
        raise AssertionError("the cached render differs from the first")
    yield "edited", voiceguide(folder, "cache", *_render(folder, "edited", bed, "edited.mp3"))
    if rivals and shutil.which("ffmpeg"):
        yield "ffmpeg", rival("ffmpeg", folder)
        if minutes <= PYDUB_UP_TO:
            yield "pydub", rival("pydub", folder)


def render(
    minutes: Sequence[int], beds: Sequence[str], runs: int, long_runs: int, rival_runs: int, target: Path | None
) -> None:
    """Print a table of every length and way."""
    print("| min | bed | speech | way | wall, s | CPU, s | memory, MB | wall of plain | CPU of plain |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = []
    for length in minutes:
        for bed in beds:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                # In a process of its own: what this one holds would count as the peak of those that it starts.
                command = [sys.executable, "-P", __file__, "prepare", name, str(length), bed]
                share = float(subprocess.check_output(command, text=True))
                spent: dict[str, list[Spent]] = {}
                for number in range(runs if length <= LONG else long_runs):
                    for way, took in one_round(folder, length, bed, rivals=number < rival_runs):
                        spent.setdefault(way, []).append(took)
            medians = {way: median(each) for way, each in spent.items()}
            floor = medians["plain"]
            for way, took in medians.items():
                print(
                    f"| {length} | {bed} | {100 * share:.0f} % | {way} | {took.wall:.1f} | {took.cpu:.1f} | "
                    f"{took.memory:.0f} | {took.wall / floor.wall:.2f} | {took.cpu / floor.cpu:.2f} |",
                    flush=True,
                )
                rows.append({"minutes": length, "bed": bed, "way": way, **vars(took)})
    print()
    if target:
        target.write_text(json.dumps({"machine": machine(), "runs": runs, "rows": rows}, indent=1) + "\n")


# -- speaking and batches ----------------------------------------------------------------------------------------


def speak(runs: int) -> None:
    """Print how fast the default voice speaks, and a cold session of many short steps."""
    timed: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(runs):
        for threads, seconds in timed.items():
            with tempfile.TemporaryDirectory() as folder:
                command = [sys.executable, "-P", __file__, "speaking", str(threads), folder]
                seconds.append(float(subprocess.check_output(command, text=True)))
    one, two = (statistics.median(seconds) for seconds in timed.values())
    print(
        f"200 sentences, model loaded: {one:.1f} s in one thread, {two:.1f} s in two: {one / two:.2f} times as fast\n"
    )
    lines = ["title: Many", "summary: Many short steps.", "steps:"]
    lines += [f"  - {{name: {sentence(n, 4)[:-1]}, say: {sentence(n, 7)}, duration: 15s}}" for n in range(200)]
    took = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "many.yaml").write_text("\n".join(lines) + "\n")
            told = ["--timeline", str(folder / "t.json")]
            took.append(voiceguide(folder, "cache", "render", str(folder / "many.yaml"), "-o", f"{name}/a.mp3", *told))
            lasts = json.loads((folder / "t.json").read_text())["duration"]
    spent = median(took)
    print(
        f"200 steps of 15 s, default voice, nothing cached: {lasts:.0f} s of session in {spent.wall:.1f} s "
        f"({lasts / spent.wall:.0f} times real time), CPU {spent.cpu:.1f} s, {spent.memory:.0f} MB\n"
    )


def speaking(threads: int, folder: Path) -> None:
    """Speak 200 sentences and print the seconds; the model is loaded before."""
    from voiceguide import voices
    from voiceguide.session.narrate import Narrator
    from voiceguide.store.cache import Cache
    from voiceguide.text.utterance import Sentence

    voice = voices.pick(None, language="en", pace=voices.DEFAULT_PACE)
    voice.say("Let both hands rest.")
    texts = [sentence(number, 9) for number in range(200)]
    with Cache(folder, warn=print) as cache:
        narrator = Narrator(voice, cache, threads=threads)
        begun = time.monotonic()
        narrator.lengths([Sentence(text, text) for text in texts])
        print(time.monotonic() - begun)


def batch(runs: int, sessions: int) -> None:
    """Print how long a batch takes with one worker, with two, and with two of a Dask cluster (where that is there)."""
    from importlib.util import find_spec

    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        files = []
        for number in range(sessions):
            files.append(str(folder / f"bench-{number}.yaml"))
            Path(files[-1]).write_text(routine(2).replace("title: Bench", f"title: Bench {number}"))
        chosen = ["--voice", "tone", "--gate", "brief", "--no-opening", "--no-closing"]
        ways = {"one": ["--jobs", "1"], "two": ["--jobs", "2"]}
        if find_spec("distributed"):
            from distributed import LocalCluster

            cluster = stack.enter_context(LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None))
            ways["dask"] = ["--dask", cluster.scheduler_address]
        timed: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(runs):
            for way, how in ways.items():
                for made in ("cache", way):
                    shutil.rmtree(folder / made, ignore_errors=True)
                timed[way].append(
                    voiceguide(folder, "cache", "batch", *files, *chosen, "-o", str(folder / way), *how).wall
                )
        alike = all(
            (folder / "one" / mp3.name).read_bytes() == mp3.read_bytes()
            for way in ways
            for mp3 in (folder / way).glob("*.mp3")
        )
    wall = {way: statistics.median(walls) for way, walls in timed.items()}
    print(f"{sessions} sessions of 2 min: {wall['one']:.1f} s by one worker, {wall['two']:.1f} s by two: ", end="")
    print(f"{wall['one'] / wall['two']:.2f} times as fast; the files are {'' if alike else 'NOT '}alike")
    if "dask" in wall:
        print(
            f"on a Dask cluster of two workers {wall['dask']:.1f} s: {wall['dask'] / wall['two']:.2f} of the local two"
        )
    print()


def mix(runs: int) -> None:
    """Print how many times real time the bundled routine's full session is mixed, with bed and ducking, on one core."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", __file__, "mixing", str(runs), folder]
        one_core = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
        print(subprocess.check_output(command, text=True, env={**os.environ, **one_core}))


def mixing(runs: int, folder: Path) -> None:
    """Mix to nothing, and print the median."""
    from voiceguide import session

    took = []

    def timed(mixed: Mix, *_: object, **__: object) -> None:
        for _ in range(runs):
            begun = time.process_time()
            for _ in mixed.blocks():
                pass
            took.append(time.process_time() - begun)

    session._export = timed  # what is timed is the mix of a real session, and nothing after it
    timeline = session.render(session.load("upper-back"), folder / "a.wav", length="full", voice="tone", bed="rain")
    print(
        f"mixing 20 min with bed and ducking: {timeline.duration / statistics.median(took):.0f} × real time, one core"
    )


def machine() -> str:
    """What the numbers were measured on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description="Time renders against their rivals.")
    parser.add_argument(
        "what",
        nargs="?",
        default="all",
        choices=["all", "render", "speak", "batch", "mix", "prepare", "speaking", "mixing"],
    )
    parser.add_argument("more", nargs="*", help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=int, action="append", help="repeatable; 5, 20, 60 and 180 unless given")
    parser.add_argument("--bed", action="append", help="repeatable; rain and none unless given")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--long-runs", type=int, default=RUNS, help="of sessions over an hour")
    parser.add_argument("--rival-runs", type=int, default=RUNS, help="of those, how many with pydub and ffmpeg too")
    parser.add_argument("--sessions", type=int, default=200, help="of the batch")
    parser.add_argument("--json", type=Path, help="write the render's numbers too, for the plot")
    asked = parser.parse_args()
    if asked.what == "prepare":
        print(prepared(Path(asked.more[0]), int(asked.more[1]), asked.more[2]))
    elif asked.what == "speaking":
        speaking(int(asked.more[0]), Path(asked.more[1]))
    elif asked.what == "mixing":
        mixing(int(asked.more[0]), Path(asked.more[1]))
    else:
        print(f"{machine()}, medians of {asked.runs}\n", flush=True)
        if asked.what in ("all", "render"):
            render(
                asked.minutes or MINUTES, asked.bed or BEDS, asked.runs, asked.long_runs, asked.rival_runs, asked.json
            )
        if asked.what in ("all", "speak"):
            speak(asked.runs)
        if asked.what in ("all", "mix"):
            mix(asked.runs)
        if asked.what in ("all", "batch"):
            batch(asked.runs, asked.sessions)


if __name__ == "__main__":
    main()
