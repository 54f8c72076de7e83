"""Captions say what is heard, when it is heard: the files are read back by other people's readers."""

from __future__ import annotations

import html
import io
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import lemony_lrc_parser
import measuring
import pytest
import timelines_for_tests as timelines
import webvtt
from goldens_for_tests import each_golden
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide import load, render
from voiceguide.sidecars.captions import APART, LINE, SHORTEST, SILENCE, captions, lrc, srt, vtt
from voiceguide.text.lines import line
from voiceguide.timeline import Timeline
from voiceguide.timeline.reading import read

TESTS = Path(__file__).parent.parent
NASTY = st.text(
    st.one_of(
        st.sampled_from("ab ,.<>&-[]{}\\/\n\r\t\x00\x1b\x85\u2028\u2029\ufeff\u00a0\u202e\ud800\"'שלום👩\u200d🔧é漢:0"),
        st.characters(),
    ),
    max_size=60,
)
MARKUP = st.sampled_from(
    ["-->", "<b>bold</b>", "<00:01.00>", "[00:01.00]", "{\\an8}", "&amp;", "NOTE x", "WEBVTT", "STYLE", "\n\n1\n", "v>"]
)
TEXTS = st.lists(st.one_of(NASTY, MARKUP, st.just("word " * 30)), max_size=4).map(" ".join)


def session(*texts: str, seconds: float = 5.0, apart: float = 0.6, title: str = "Test") -> Timeline:
    """A session that says these texts, each in a clip of its own."""
    starts = [1 + number * (seconds + apart) for number in range(len(texts))]
    clips: list[dict[str, Any]] = [
        {
            "track": "narration",
            "role": "cue",
            "start": start,
            "end": start + seconds,
            "text": text,
            "sentences": [{"start": start, "end": start + seconds, "text": text}],
        }
        for start, text in zip(starts, texts, strict=True)
    ]
    duration = 1 + len(texts) * (seconds + apart) + 20
    chapters = [{"title": "Opening", "start": 0.0, "end": duration}]
    return timelines.made(title=title, duration=duration, chapters=chapters, clips=clips)


def sentences(timeline: Timeline) -> list[tuple[float, str]]:
    """Start and words of all that is said."""
    return [(said.start, said.text) for clip in timeline.on("narration") for said in clip.sentences]


def packets(text: str, demuxer: str) -> list[tuple[float, float, str]]:
    """What FFmpeg reads: (start, end, text), seconds."""
    with av.open(io.BytesIO(text.encode()), format=demuxer) as file:
        found = [packet for packet in file.demux() if packet.pts is not None]
    return [
        (float(p.pts * p.time_base), float((p.pts + p.duration) * p.time_base), bytes(p).decode().rstrip("\n"))
        for p in found
    ]


def milliseconds(stamp: str) -> int:
    """`00:01:02.345` in thousandths."""
    hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)


@each_golden
def test_a_bundled_session_is_captioned_sentence_by_sentence(path):
    """Each sentence has its words on the screen from its very start, in lines of 42 letters at most."""
    timeline = read(path)
    made = captions(timeline)
    assert [(caption.start, caption.text.replace("\n", " ")) for caption in made] == sentences(timeline)
    rows = [caption.text.split("\n") for caption in made]
    assert all(0 < len(row) <= LINE for each in rows for row in each)
    assert max(map(len, rows)) <= 5


@each_golden
def test_what_other_readers_find_is_what_went_in(path):
    """webvtt-py and FFmpeg read every caption's text and its times to the millisecond, from WebVTT and from SubRip."""
    timeline = read(path)
    want = [(round(c.start * 1000), round(c.end * 1000), c.text) for c in captions(timeline)]
    for text, name, demuxer in ((vtt(timeline), "vtt", "webvtt"), (srt(timeline), "srt", "srt")):
        read_back = webvtt.from_buffer(io.StringIO(text), format=name).captions
        assert [(milliseconds(c.start), milliseconds(c.end), html.unescape(c.raw_text)) for c in read_back] == want
        assert [
            (round(start * 1000), round(end * 1000), html.unescape(words))
            for start, end, words in packets(text, demuxer)
        ] == want


@each_golden
def test_lyrics_are_read_as_they_were_written(path):
    """Two readers of LRC find every caption within 10 ms, and an empty line where a long silence begins."""
    timeline = read(path)
    made = captions(timeline)
    text = lrc(timeline)
    want = [(c.start, c.text.replace("\n", " ")) for c in made]
    parsed = lemony_lrc_parser.loads(text)
    assert parsed.metadata["ti"] == timeline.title
    for found in (
        [(entry.start / 1000, entry.text) for entry in parsed if entry.text],
        [(start, words) for start, _, words in packets(text, "lrc") if words],
    ):
        assert [words for _, words in found] == [words for _, words in want]
        assert [start for start, _ in found] == pytest.approx([start for start, _ in want], abs=0.0101)
    nexts = [*(c.start for c in made[1:]), timeline.duration]
    silences = [c.end for c, following in zip(made, nexts, strict=True) if following - c.end > SILENCE]
    cleared = [start for start, _, words in packets(text, "lrc") if not words]
    assert cleared == pytest.approx(silences, abs=0.0101)


@settings(max_examples=40)
@given(st.lists(TEXTS, max_size=4), st.floats(1.0, 30.0), st.floats(0.0, 9.0), TEXTS)
def test_no_text_breaks_a_file(texts, seconds, apart, title):
    """Whatever an author writes stays text: every reader finds as many captions, with the same words in them."""
    timeline = session(*texts, seconds=seconds, apart=apart, title=title)
    made = captions(timeline)
    assert " ".join(c.text for c in made).split() == " ".join(line(text) for text in texts).split()
    assert all(c.end > c.start and all(c.text.split("\n")) for c in made)
    assert all(after.start >= before.end for before, after in pairwise(made))
    want = [c.text for c in made]
    assert [html.unescape(words) for _, _, words in packets(vtt(timeline), "webvtt")] == want
    cues = webvtt.from_string(vtt(timeline), strict=True).captions
    assert [html.unescape(cue.raw_text) for cue in cues] == want
    joined = [text.replace("\u2060", "") for text in want]
    assert [words.replace("\u2060", "") for _, _, words in packets(srt(timeline), "srt")] == joined
    lyrics = [words.replace("\u2060", "") for _, _, words in packets(lrc(timeline), "lrc") if words]
    assert lyrics == [text.replace("\n", " ") for text in joined]


def shown_as(text: str) -> str:
    """What FFmpeg's SubRip decoder makes of the first caption: an ASS event's text, with the markup it saw."""
    with av.open(io.BytesIO(text.encode()), format="srt") as file:
        subtitles = [found for packet in file.demux() for found in packet.decode()]
    return subtitles[0].ass.decode().split(",", 8)[-1]


def test_markup_in_a_text_styles_nothing():
    """A player of SubRip shows markup as letters; written plainly, both would be obeyed."""
    shown = shown_as(srt(session("<b>Bold</b> and {\\an8}top")))
    assert shown.replace("\u2060", "").replace("\\{", "{") == "<b>Bold</b> and {\\an8}top"
    assert "{\\b1}" in shown_as("1\n00:00:01,000 --> 00:00:02,000\n<b>Bold</b>\n")


def test_a_text_that_looks_like_a_time_is_not_one():
    """Lyrics that begin with a time in brackets are sung at their own time."""
    parsed = lemony_lrc_parser.loads(lrc(session("[00:09.00] rest")))
    assert [(entry.start, entry.text.replace("\u2060", "")) for entry in parsed] == [(1000, "[00:09.00] rest")]


def test_a_long_sentence_has_few_lines_of_like_length_broken_after_commas():
    """All of it is shown while it is spoken: no part of it is late."""
    (made,) = captions(session("You will need massage oil or lotion, a towel, and a pillow if you like.", seconds=10.0))
    assert made.text == "You will need massage oil or lotion,\na towel, and a pillow if you like."
    assert (made.start, made.end) == (1.0, 11.0)


def test_a_word_longer_than_a_line_stays_whole():
    """A line is broken between words only."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    rows = [row for c in captions(session(f"Und {word} jetzt.")) for row in c.text.split("\n")]
    assert rows == ["Und", word, "jetzt."]


@pytest.mark.parametrize(
    ("apart", "stays"), [(5.0, SHORTEST), (0.6, 0.3 + 0.6 - APART), (0.05, 0.3)], ids=["long", "short", "none"]
)
def test_a_short_caption_stays_as_long_as_the_next_allows(apart, stays):
    """Words of 0.3 s stay a second, or until shortly before the next; never into it."""
    first, second = captions(session("Press.", "Release.", seconds=0.3, apart=apart))
    assert first.end - first.start == pytest.approx(stays)
    assert second.end - second.start == pytest.approx(SHORTEST)


def test_words_that_must_not_part_are_not_parted():
    """A line does not break at a no-break space, as before a French question mark."""
    text = "Laissez la main du côté gauche se poser ici\u00a0? Et puis restez là."
    assert "ici\u00a0?" in " ".join(row for c in captions(session(text)) for row in c.text.split("\n"))


def test_minutes_of_lyrics_go_on_past_an_hour():
    """An hour and 40 minutes is 100 minutes."""
    clip = {
        "track": "narration",
        "role": "cue",
        "start": 6000.0,
        "end": 6002.0,
        "text": "Still.",
        "sentences": [{"start": 6000.0, "end": 6002.0, "text": "Still."}],
    }
    chapters = [{"title": "Opening", "start": 0.0, "end": 6010.0}]
    late = timelines.made(duration=6010.0, chapters=chapters, clips=[clip])
    assert lrc(late) == "[ti:Test]\n[length:100:10]\n[100:00.00]Still.\n[100:02.00]\n"
    assert "01:40:00.000 --> 01:40:02.000" in vtt(late)


@pytest.mark.slow
def test_captions_are_true_to_the_sound(tmp_path):
    """In the finished file, every sentence begins to sound within 100 ms of its caption."""
    path = tmp_path / "legs.flac"
    timeline = render(load(TESTS / "sessions" / "legs.yaml"), path, voice="tone", bed="none", linger=0.0)
    samples = measuring.decoded(path)
    sounds = [(clip.start, clip.end) for clip in timeline.on("chime")]
    clear = [
        caption.start
        for caption in captions(timeline)
        if not any(s < caption.start + 0.3 and e > caption.start - 0.3 for s, e in sounds)
    ]
    assert len(clear) > 10
    for start in clear:
        assert measuring.onset(samples, start) == pytest.approx(start, abs=0.1)
