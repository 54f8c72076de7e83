"""Compute what other people's apps make of our sessions: how loud the speech is in each, once they have levelled them.

    .venv/bin/python -P scripts/measure_apps.py [ROUTINE ...] [--voice ENGINE[:NAME]]

Speaks every routine, short and full, into the cache (minutes the first time), and adds up the energies of each session
without encoding it. Prints, for each app, the loudness of the speech in the softest and the loudest session, and how
far any two are apart. The exit code is 1 where an app that reads our tags has two more than 1 LU apart.

What each app does is what its maker says of it (November 2026): Spotify brings a file as a whole to -14 LUFS, and up
only so far that its true peak stays below -1 dBTP; Apple's Sound Check to -16, by the comment iTunNORM that an MP3 has
or else by the file as a whole; YouTube turns down what is louder than -14 and leaves the rest. Players with ReplayGain
(foobar2000, VLC, mpv, Rockbox, Poweramp, Navidrome's) and those of Opus go by the tags that are written here. It is
reckoned; no app was tried.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from voiceguide.choices import Choices, Levels
from voiceguide.routine.finding import routines
from voiceguide.session import load
from voiceguide.session.composing import Session
from voiceguide.session.finishing import tags
from voiceguide.session.making import Means, mixed
from voiceguide.sound.loudness import integrated
from voiceguide.store.assets import routines_folder
from voiceguide.tags.gain import r128, replaygain, sound_check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_LU = 1.0
"""Between the speech of any two sessions, where an app reads the tags."""


@dataclass(frozen=True)
class Measured:
    """A session's numbers."""

    name: str
    whole: float
    """LUFS over all."""
    speech: float
    """LUFS over what is said, with all that sounds with it."""
    gains: dict[str, str]
    """What its tags say."""
    peak: float
    """dBTP that it stays below."""


def sessions(routines: list[str], voice: str | None) -> Iterator[Measured]:
    """Make every session's sound and yield its numbers."""
    for name in routines:
        for length in ("short", "full"):
            session = Session(load(name), Choices(length=length, voice=voice))
            with mixed(session, Means()) as made:
                powers = made.mix.powers()
                spans = ((said.start, said.end) for clip in made.timeline.on("narration") for said in clip.sentences)
                spoken = [powers[round(start * 100) : round(end * 100)] for start, end in spans]
                told = tags(session, made.timeline, Levels())
            gains = {**dict(replaygain(told)), **dict(r128(told)), "iTunNORM": sound_check(told)}
            yield Measured(
                f"{name} {length}", integrated(powers), integrated(np.concatenate(spoken)), gains, told.most_dbtp
            )


APPS: dict[str, Callable[[Measured], float]] = {
    "as it is (Pocket Casts, Overcast, most players)": lambda _: 0.0,
    "ReplayGain, by our tag (to -18)": lambda made: float(made.gains["REPLAYGAIN_TRACK_GAIN"].split()[0]),
    "Opus, by our tag (to -23)": lambda made: int(made.gains["R128_TRACK_GAIN"]) / 256,
    "Sound Check, by our tag (to -16)": lambda made: -10 * log10(int(made.gains["iTunNORM"].split()[0], 16) / 1000),
    "Apple, of a file without that tag (the whole to -16)": lambda made: -16.0 - made.whole,
    "Spotify (the whole to -14, peaks below -1)": lambda made: min(-14.0 - made.whole, -1.0 - made.peak),
    "YouTube (down to -14)": lambda made: min(-14.0 - made.whole, 0.0),
}
READ_TAGS = [app for app in APPS if "by our tag" in app]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("routines", nargs="*", default=[path.stem for path in routines(routines_folder())])
    parser.add_argument("--voice")
    asked = parser.parse_args()
    found = list(sessions(asked.routines, asked.voice))
    wholes = [made.whole for made in found]
    print(f"{len(found)} sessions, {min(wholes):.1f} to {max(wholes):.1f} LUFS over all.\n")
    print("| app | softest speech, LUFS | loudest speech, LUFS | apart, LU |")
    print("|---|--:|--:|--:|")
    apart = {}
    for app, gain in APPS.items():
        speech = [made.speech + gain(made) for made in found]
        apart[app] = max(speech) - min(speech)
        print(f"| {app} | {min(speech):.1f} | {max(speech):.1f} | {apart[app]:.1f} |")
    sys.exit(any(apart[app] > MOST_LU for app in READ_TAGS))


if __name__ == "__main__":
    main()
