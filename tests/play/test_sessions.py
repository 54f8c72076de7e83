"""A session that is played: where it begins, and all of it in no time, step by step and to the last sample."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from commands_for_tests import SMALL
from playing_for_tests import Pulled
from timelines_for_tests import made as timeline_of

from voiceguide.choices import Choices, Levels
from voiceguide.errors import UsageError
from voiceguide.play.sessions import begun
from voiceguide.play.source import SessionSource
from voiceguide.play.transport import Chapters, Transport
from voiceguide.session import load
from voiceguide.session.composing import Session
from voiceguide.session.making import Means
from voiceguide.session.streaming import unfolding


@pytest.mark.parametrize("stopping", [False, True])
def test_a_whole_session(stopping: bool, tmp_path: Path) -> None:
    """Untouched, what a device is given is the mix to the last sample; at its two stop points it goes on when told."""
    path = tmp_path / "small.yaml"
    small = SMALL.replace("duration: 20s..40s", "duration: 20s..40s\n    ready: true")
    path.write_text(small.replace("[left, right]", "[left]"), "utf-8")
    session = Session(load(path), Choices(voice="tone", gate="brief", opening=False, closing=False, bed="none"))
    with unfolding(session, Means(), Levels()) as (made, _):
        source = SessionSource(made)
        made.asked.set()
        while made.until < made.frames:
            made.wait(made.until)
        timeline = made.timeline
        chapters = Chapters.of(timeline, source.rate, stopping=stopping)
        transport = Transport(source, chapters, clock=lambda: 0.0)
        device = Pulled(transport)
        order, waits = [0], 0
        while not (heard := transport.heard()).over:
            order += [index] if (index := timeline.at(heard.seconds).index) != order[-1] else []
            if heard.waiting:
                waits += 1
                transport.toggle()
            device.pull(source.rate // 2)
        assert order == list(range(len(timeline.chapters)))
        assert waits == (2 if stopping else 0)
        whole = np.concatenate(list(made.mix.blocks()))
    if not stopping:
        assert np.array_equal(device.all[: len(whole)], whole)
        assert not device.all[len(whole) :].any()
    else:
        first, stop = chapters.stops
        assert np.array_equal(device.all[:first], whole[:first])
        assert 0 < chapters.starts[1] - first < source.rate / 10  # the opening is heard to its end
        skipped = next(start for start in chapters.starts if start > stop) - stop
        assert skipped > 15 * source.rate  # the wait for those who cannot pause
        assert len(device.all) < len(whole) - skipped + source.rate


CHAPTERS = (
    {"title": "Opening", "start": 0.0, "end": 4.0},
    {"title": "Hold", "step": 1, "group": "Both sides", "start": 4.0, "end": 20.0},
)


@pytest.mark.parametrize(
    ("begin", "seconds"),
    [(None, 0.0), ("hold", 4.0), (" Both sides ", 4.0), ("1", 4.0), ("0:00", 0.0), ("0:19", 19.0), ("19.9s", 19.9)],
)
def test_a_session_begins_where_the_listener_means(begin: str | None, seconds: float) -> None:
    """A step by its name, its group's or its number; or any time before the end."""
    assert begun(begin, timeline_of(duration=20.0, chapters=CHAPTERS, clips=())) == seconds


@pytest.mark.parametrize("begin", ["20s", "0:21", "2", "Holt"])
def test_a_place_that_it_has_not_is_refused(begin: str) -> None:
    """The very end too: nothing would be heard."""
    with pytest.raises(UsageError, match=f'got "{begin}"') as caught:
        begun(begin, timeline_of(duration=20.0, chapters=CHAPTERS, clips=()))
    assert caught.value.field == "begin"
