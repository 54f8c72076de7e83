"""Count how often the bed moves in every bundled session, down and up by themselves.

`.venv/bin/python -P scripts/measure_bed_moves.py` goes by the plan, with the voice's estimates: nothing is spoken.
Beside it stands a bed that stays down only between sentences less than 1.35 s apart, and knows nothing of holds and
strokes. The exit code is 1 where a minute has more moves than
are promised.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.routine.finding import routines
from voiceguide.session import load, plan
from voiceguide.sound import duck
from voiceguide.store.assets import routines_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from voiceguide.timeline import Timeline

DEPTH_DB = 13.0
PER_SECOND = 50
RIVAL_CLOSEST = 1.35


def moves(gain: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return when a gain begins to go down or up, in seconds."""
    steps = np.diff(gain)
    way = np.sign(np.where(np.abs(steps) < 1e-6, 0.0, steps))
    moving = np.flatnonzero(way)
    begun = [at for at, last in zip(moving, (-1, *moving[:-1]), strict=True) if last < 0 or way[last] != way[at]]
    return np.array(begun, dtype=float) / PER_SECOND


def rival(timeline: Timeline, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the gain of a bed that comes back after every sentence."""
    gain = np.zeros(len(at))
    spans: list[tuple[float, float, float]] = []
    for track, depth in (("narration", DEPTH_DB), ("chime", duck.CHIME_DB)):
        joined: list[tuple[float, float]] = []
        for clip in timeline.on(track):
            sounding = [(said.start, said.end) for said in clip.sentences] or [
                (clip.start, clip.end if clip.fitted else min(clip.end, clip.start + duck.CHIME_SECONDS))
            ]
            for start, end in sounding:
                if joined and start - joined[-1][1] < RIVAL_CLOSEST:
                    joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
                else:
                    joined.append((start, end))
        spans += [(start, end, depth) for start, end in joined]
    for start, end, depth in spans:
        begin, last = start - duck.LEAD - duck.ATTACK, end + duck.RELEASE
        shape = np.clip(np.minimum((at - begin) / duck.ATTACK, (last - at) / duck.RELEASE), 0, 1)
        gain = np.minimum(gain, -depth * (0.5 - 0.5 * np.cos(np.pi * shape)))
    return gain


def busiest(begun: NDArray[np.float64]) -> int:
    """Return the most moves that begin within a minute."""
    return max((int(np.searchsorted(begun, start + 60.0) - at) for at, start in enumerate(begun)), default=0)


def main() -> None:
    """Print the table."""
    print("| session | minutes | moves a minute, before | the busiest minute | now | the busiest minute |")
    print("|---|--:|--:|--:|--:|--:|")
    worst = 0
    for path in routines(routines_folder()):
        routine = load(str(path))
        for length in ("short", "full"):
            timeline = plan(routine, length=length)
            at = np.arange(0, timeline.duration, 1 / PER_SECOND)
            minutes = timeline.duration / 60
            before, now = moves(rival(timeline, at)), moves(duck.Ducking(timeline.clips, DEPTH_DB).gain_db(at))
            worst = max(worst, busiest(now))
            print(
                f"| {routine.name} {length} | {minutes:.0f} | {len(before) / minutes:.1f} | {busiest(before)} "
                f"| {len(now) / minutes:.1f} | {busiest(now)} |",
                flush=True,
            )
    sys.exit(worst > duck.MOST_MOVES)


if __name__ == "__main__":
    main()
