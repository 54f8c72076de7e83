"""Wishes become jobs: every combination, named by what varies, all its content in it."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batches_for_tests import TINY, VOICE, bell, wish

from voiceguide.batch.jobs import Combined, Wish, combine
from voiceguide.errors import MissingError, RoutineError, UsageError

GERMAN = """\
title: {en: A tiny one, de: Eine kleine}
summary: {en: One step., de: Ein Schritt.}
steps:
  - name: {en: Rest, de: Ruhe}
    say: {en: Rest your hands., de: Lass die Hände ruhen.}
    duration: 8s..20s
"""


def _files(combined: Combined) -> list[str]:
    return [job.file for job in combined.jobs]


@pytest.mark.parametrize(
    ("axes", "names"),
    [
        ({}, ["tiny-short.mp3"]),
        ({"length": ("short", "full")}, ["tiny-short.mp3", "tiny-full.mp3"]),
        ({"length": ("full",), "pace": (120,), "setup": ("seated",)}, ["tiny-full.mp3"]),
        ({"bed": ("rain", "none")}, ["tiny-short-rain.mp3", "tiny-short-none.mp3"]),
        (
            {"length": ("short", "2 min 30 sec"), "setup": ("all",)},
            [
                "tiny-short-lying.mp3",
                "tiny-short-seated.mp3",
                "tiny-2-min-30-sec-lying.mp3",
                "tiny-2-min-30-sec-seated.mp3",
            ],
        ),
        ({"voice": ("tone", "tone:steady"), "talk": ("full",)}, ["tiny-short-tone.mp3", "tiny-short-tone-steady.mp3"]),
        ({"length": ("short", "short")}, ["tiny-short.mp3"]),
        (
            {"pace": (120, 140), "talk": ("full", "calm")},
            [f"tiny-short-{t}-{p}.mp3" for t in ("full", "calm") for p in (120, 140)],
        ),
    ],
    ids=str,
)
def test_every_combination_has_a_name_of_what_varies(tiny: Path, axes: dict[str, Any], names: list[str]) -> None:
    """Routine and length always, another choice only where it has several values; each combination once."""
    assert _files(combine([wish(tiny, axes)])) == names


def test_a_slip_asks_for_no_million_sessions(tiny: Path) -> None:
    """A few lists combine fast; what nobody means is refused before any of it is prepared."""
    axes = {"length": tuple(f"{n}s" for n in range(600, 1600)), "pace": tuple(range(80, 221)), "talk": ("full", "calm")}
    with pytest.raises(UsageError, match="10,000 sessions at most"):
        combine([wish(tiny, axes)])


def test_joined_routines_are_one_session(tiny: Path) -> None:
    """They travel with the sounds of each; what cannot be joined is refused alone."""
    others = []
    for name, audience in (("other", "giver"), ("alone", "self")):
        folder = tiny.parent / name
        folder.mkdir()
        bell(folder / "bell.wav", pitch=330.0)
        path = folder / f"{name}.yaml"
        path.write_text(f"audience: {audience}\n{TINY.replace('Rest', name)}    chime: bell.wav\n", "utf-8")
        others.append(path)
    tiny.write_text(TINY + "    chime: bell.wav\n", "utf-8")
    bell(tiny.with_name("bell.wav"))
    wishes = [replace(wish(tiny), files=(tiny, other)) for other in others]
    combined = combine([*wishes, wish(tiny)])
    assert _files(combined) == ["tiny+other-short.mp3", "tiny-short.mp3"]
    job = combined.jobs[0]
    assert [(routine.name, [name for name, _ in routine.files]) for routine in job.routines] == [
        ("tiny", ["bell.wav"]),
        ("other", ["bell.wav"]),
    ]
    assert len(set(job.digests)) == 2
    (refused,) = combined.refused
    assert refused.file == f"{tiny}+{others[1]}"
    assert "alone is for one alone" in str(refused.error)


def test_all_is_what_each_routine_has(tiny: Path) -> None:
    """`all` languages of a routine in one are one session, of a routine in two are two."""
    both = tiny.with_name("both.yaml")
    both.write_text(GERMAN, "utf-8")
    combined = combine([wish(file, {"language": ("all",)}) for file in (tiny, both)])
    assert _files(combined) == ["tiny-short-en.mp3", "both-short-en.mp3", "both-short-de.mp3"]
    assert combined.refused == ()


def test_music_is_named_by_its_stem(tiny: Path) -> None:
    """Not by the way to it."""
    bell(tiny.with_name("my song.wav"))
    assert _files(combine([wish(tiny, {"bed": ("./my song.wav", "none")})])) == [
        "tiny-short-my-song.mp3",
        "tiny-short-none.mp3",
    ]


def test_visits_are_named_as_such(tiny: Path) -> None:
    """A number alone would tell nothing, whatever else varies."""
    bell(tiny.with_name("my song.wav"))
    assert _files(combine([wish(tiny, {"bed": ("./my song.wav", "none"), "visit": (1, 2)})])) == [
        "tiny-short-my-song-visit-1.mp3",
        "tiny-short-my-song-visit-2.mp3",
        "tiny-short-none-visit-1.mp3",
        "tiny-short-none-visit-2.mp3",
    ]


def test_what_a_routine_lacks_is_refused_alone(tiny: Path) -> None:
    """A language asked of a routine that has it not fails for that routine; the others' jobs are there."""
    both = tiny.with_name("both.yaml")
    both.write_text(GERMAN, "utf-8")
    broken = tiny.with_name("broken.yaml")
    broken.write_text("title: x\n", "utf-8")
    combined = combine([wish(file, {"language": ("en", "de")}) for file in (tiny, broken, both)])
    assert _files(combined) == ["tiny-short-en.mp3", "both-short-en.mp3", "both-short-de.mp3"]
    assert [one.file for one in combined.refused] == [str(broken), "tiny-short-de.mp3"]
    assert isinstance(combined.refused[0].error, RoutineError)
    assert "language de: tiny has en" in str(combined.refused[1].error)


def test_a_voice_that_does_not_speak_the_language_is_refused_alone(tiny: Path) -> None:
    """The other voice's session is made."""
    both = tiny.with_name("both.yaml")
    both.write_text(GERMAN, "utf-8")
    combined = combine([wish(both, {"language": ("de",), "voice": ("hibari:heart", "tone")})])
    assert _files(combined) == ["both-short-tone.mp3"]
    assert "does not speak" in str(combined.refused[0].error)


@pytest.mark.parametrize(
    ("axes", "settings", "words"),
    [
        ({"length": ("15",)}, {}, "length"),
        ({"bed": ("rian",)}, {}, 'Did you mean "rain"'),
        ({"voice": ("nobody",)}, {}, "nobody"),
        ({"language": ("xx",)}, {}, "xx"),
        ({"setup": ("standing",)}, {}, "setup"),
        ({}, {"settle": 20.0}, "settle"),
        ({}, {"bitrate": 127}, "bitrate"),
    ],
    ids=str,
)
def test_what_is_wrong_for_all_is_raised(
    tiny: Path, axes: dict[str, Any], settings: dict[str, Any], words: str
) -> None:
    """An option that no session can have ends the batch before it begins."""
    with pytest.raises(UsageError, match=words):
        combine([wish(tiny, axes, **settings)])


def test_a_batch_of_nothing_but_one_fault_raises_it(tiny: Path) -> None:
    """A broken routine alone is told as `render` tells it."""
    tiny.write_text("title: x\n", "utf-8")
    with pytest.raises(RoutineError):
        combine([wish(tiny, {"length": ("short", "full")})])


def test_two_sessions_of_one_name(tiny: Path) -> None:
    """Routines of one name in two folders are refused, letters' case apart too; a name mends it."""
    other = tiny.parent / "other" / "Tiny.yaml"
    other.parent.mkdir()
    other.write_text(TINY.replace("20s", "21s"), "utf-8")
    with pytest.raises(UsageError, match=r"two sessions would both be") as raised:
        combine([wish(tiny), wish(other)])
    assert str(other) in str(raised.value)
    assert _files(combine([wish(tiny), replace(wish(other), name="second")])) == ["tiny-short.mp3", "second-short.mp3"]


def test_a_job_is_a_value(tiny: Path) -> None:
    """It survives being sent, and has the routine's own sounds and the listener's music in it by their content."""
    sound, music = bell(tiny.with_name("bell.wav"), seconds=0.5), bell(tiny.with_name("music.wav"))
    tiny.write_text(TINY + "    chime: bell.wav\n", "utf-8")
    combined = combine([wish(tiny, {"bed": ("music.wav",)})])
    (job,) = combined.jobs
    assert pickle.loads(pickle.dumps(job)) == job  # noqa: S301 (our own)
    assert [combined.sources[digest].read_bytes() for digest in job.digests] == [sound.read_bytes(), music.read_bytes()]
    assert [name for name, _ in job.routines[0].files] == ["bell.wav"]
    assert len(pickle.dumps(job)) < 4000


def _key(file: Path, axes: dict[str, Any] | None = None, suffix: str = ".mp3", **settings: Any) -> str:
    one = wish(file, axes, **settings)
    return combine([replace(one, suffix=suffix)]).jobs[0].key


def test_the_key_is_made_of_all_that_shapes_a_session(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another routine's text, choice, format, music, program or voice makes another key."""
    music = bell(tiny.with_name("music.wav"))
    keys = [
        _key(tiny),
        _key(tiny, {"length": ("full",)}),
        _key(tiny, {"pace": (120,)}),
        _key(tiny, {"bed": ("rain",)}),
        _key(tiny, {"bed": ("music.wav",)}),
        _key(tiny, suffix=".wav"),
        _key(tiny, bitrate=192),
        _key(tiny, loudness=-20.0),
    ]
    bell(music, pitch=330.0)
    keys.append(_key(tiny, {"bed": ("music.wav",)}))
    tiny.write_text(TINY.replace("Rest your hands", "Rest both hands"), "utf-8")
    keys.append(_key(tiny))
    monkeypatch.setattr("voiceguide.batch.jobs.generator", lambda: "voiceguide 0.0.9")
    keys.append(_key(tiny))
    monkeypatch.setattr("voiceguide.voices.tone.ToneVoice.fingerprint", "another tone")
    keys.append(_key(tiny))
    assert len(set(keys)) == len(keys)


def test_the_key_is_made_of_nothing_else(tiny: Path) -> None:
    """Where the routine stands, and a choice that is the routine's own anyway, change nothing."""
    elsewhere = tiny.parent / "else" / "tiny.yaml"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(tiny.read_bytes())
    assert _key(elsewhere) == _key(tiny) == _key(tiny, {"language": ("en",)})


def test_a_language_that_nobody_speaks_is_told_by_its_option(tiny: Path) -> None:
    """One among several too, before any routine is looked at."""
    with pytest.raises(UsageError, match=r'^language: expected a language: .*, got "xx"'):
        combine([wish(tiny, {"language": ("en", "xx")})])


def test_a_missing_codec_is_told_at_once(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before any routine is read."""
    monkeypatch.setattr("voiceguide.exports.mp3.Mp3Export.probe", lambda _: "install it")
    with pytest.raises(MissingError, match="install it"):
        combine([Wish((Path("nowhere.yaml"),), {"voice": VOICE}, {})])
