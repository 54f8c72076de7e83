"""M4B: AAC as an audiobook, its index and chapters in front, by PyAV (the extra `m4a`), which brings FFmpeg along."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.exports import bitrate_within
from voiceguide.installed import EXTRAS, installing, reinstalling
from voiceguide.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from av.container import OutputContainer
    from numpy.typing import NDArray

    from voiceguide.exports import Options
    from voiceguide.tags import Tags

BITRATE = 128
"""kb/s, unless asked otherwise."""
BITRATES = range(64, 321)
"""kb/s. Below, FFmpeg's own encoder sounds poor; Opus doesn't."""

_PACKET = 1024
"""Sample frames of an AAC packet."""
_FRAME = Fraction(1, SAMPLE_RATE)
"""Seconds."""
_TITLE_BYTES = 255
"""What a title in Nero's list can have; FFmpeg would cut a longer one through a letter, and readers choke on that."""
_AUDIOBOOK = "2"
"""The kind of media, `stik`."""
_CODECS = {"image/png": "png", "image/jpeg": "mjpeg"}


class M4bExport:
    """AAC at 44.1 kHz stereo in MP4; starts at sample 0, and says its length to the sample.

    A decoder that stops at packets, as FFmpeg's does, gives up to 23 ms of silence more. Chapters are a text track, as
    Apple's players read them, and Nero's list, as most others do; that one ends at 255.
    """

    suffix = ".m4b"
    name = "M4B"
    media_type = "audio/mp4"
    plays_in_pages = True
    carries_chapters = True
    rank = 1

    def probe(self) -> str | None:
        """None when PyAV loads here and has an AAC encoder."""
        try:
            from av import codecs_available
        except (ImportError, OSError) as error:
            return f"one more package is needed ({error}); run: {installing('m4a')}"
        if "aac" not in codecs_available:
            return f"this PyAV was built without AAC; run: {reinstalling(*EXTRAS['m4a'])}"
        return None

    def check(self, options: Options) -> None:
        """Raise UsageError for a bitrate out of range, and for a quality: the bitrate is the quality here."""
        bitrate_within(self, options, BITRATES, BITRATE)

    def write(
        self,
        file: BinaryIO,
        blocks: Iterator[NDArray[np.float32]],
        *,
        frames: int,
        tags: Tags,
        options: Options,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        """Write the music behind a place kept free, and the index into that place at the end."""
        import av
        import numpy as np

        from voiceguide.exports.door import callable_from_c
        from voiceguide.sound.samples import counted, even, unclipped

        bitrate = bitrate_within(self, options, BITRATES, BITRATE)
        settings = {
            "brand": "M4B ",
            "movie_timescale": str(SAMPLE_RATE),  # in ms, as it is by itself, the length would be rounded
            "moov_size": str(_index_bytes(tags, frames)),
        }
        with (
            callable_from_c(file) as door,
            av.open(door, "w", format="mp4", options=settings) as container,
        ):
            # FFmpeg's default, `twoloop`, takes four times as long, and is better below 64 kb/s only.
            music = container.add_stream(
                "aac", SAMPLE_RATE, {"aac_coder": "fast"}, layout="stereo", bit_rate=bitrate * 1000
            )
            music.metadata["language"] = tags.iso_language
            _describe(container, tags)
            done = 0
            for block in even(unclipped(given) for given in counted(blocks, frames, progress)):
                sound = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.T), format="fltp", layout="stereo")
                sound.sample_rate, sound.time_base, sound.pts = SAMPLE_RATE, _FRAME, done
                container.mux(music.encode(sound))
                door.check()
                done += len(block)
            container.mux(music.encode(None))


def _describe(container: OutputContainer, tags: Tags) -> None:
    """Give tags, chapters and cover to a file whose streams are all there but the cover's."""
    import av

    texts = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "genre": tags.genre,
        "comment": tags.comment,
        "media_type": _AUDIOBOOK,
    }
    container.metadata.update({key: value for key, value in texts.items() if value})
    container.set_chapters(
        [
            {
                "id": number,
                "start": round(start * SAMPLE_RATE),
                "end": round(end * SAMPLE_RATE),
                "time_base": _FRAME,
                "metadata": {"title": _shortened(title)},
            }
            for number, (title, start, end) in enumerate(tags.chapters)
        ]
    )
    if tags.cover:
        # FFmpeg takes a cover as a film of one picture and asks for its size, which it writes nowhere.
        film = container.add_mux_stream(_CODECS[tags.cover_type], width=1, height=1)
        film.disposition = av.stream.Disposition.attached_pic
        picture = av.Packet(tags.cover)
        picture.stream, picture.time_base, picture.pts, picture.dts = film, _FRAME, 0, 0
        picture.is_keyframe = True
        container.mux(picture)


def _shortened(title: str) -> str:
    return title.encode()[:_TITLE_BYTES].decode(errors="ignore")


def _index_bytes(tags: Tags, frames: int) -> int:
    """Return how much to keep free for the index: at least what it takes, and some kB more.

    A packet is 4 bytes in it and a run of up to 1 MB, more than 1,000 packets, 20; a chapter is 21 and its title, and
    a cover stands in it as it is.
    """
    packets = frames // _PACKET + 3
    texts = (tags.title, tags.artist, tags.album, tags.genre, tags.comment, *(title for title, _, _ in tags.chapters))
    said = sum(len(text.encode()) + 64 for text in texts)
    return 4096 + said + 4 * packets + packets // 16 + len(tags.cover or b"")
