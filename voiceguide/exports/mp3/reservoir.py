"""The bit reservoir: frames taken out of a constant-bitrate stream, and laid again in another without losing a bit.

A frame of Layer III is a head (header and side information) at its place in the file, and main data that may begin
up to 511 bytes earlier, in room that the frames before it left over. Where it begins is all that ties a frame to its
stream. `take` cuts that tie; a `Layer` ties each frame to the stream it lays. docs/mp3.md has a drawing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from voiceguide.exports.mp3.frames import FARTHEST, FRAME_SAMPLES, HEADER_BYTES, FrameError, Header, Run, parse_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SHAPE = struct.Struct(">II")
"""Frames, and bytes of a head."""


@dataclass(frozen=True, eq=False)
class Loose:
    """Frames out of their stream: what each says and what it holds, not where that lay."""

    heads: NDArray[np.uint8]
    """Shape (frames, 4 + side information): of the stream they came from, main_data_begin and padding included."""
    sizes: NDArray[np.int64]
    """Shape (frames,): bytes of each frame's main data, without what the encoder stuffed behind it."""
    data: NDArray[np.uint8]
    """Main data, back to back."""

    def __len__(self) -> int:
        return len(self.sizes)

    def __getitem__(self, frames: slice) -> Loose:
        """Return some of the frames, back to back; nothing is copied."""
        first, stop, _ = frames.indices(len(self))
        stop = max(first, stop)
        return Loose(
            self.heads[first:stop], self.sizes[first:stop], self.data[self._starts[first] : self._starts[stop]]
        )

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        """Shape (frames + 1,): where each frame's main data starts, and where the last one's ends."""
        return np.concatenate(([0], np.cumsum(self.sizes)))

    @property
    def reservoir(self) -> NDArray[np.int64]:
        """Shape (frames,): bytes that were free before each frame's own room, in the stream they came from."""
        return _bits(self.heads, 0, 9)

    @property
    def header(self) -> Header:
        """The first frame's, as its own stream had it."""
        return parse_header(self.heads[0].tobytes())

    def to_bytes(self) -> bytes:
        """Return the frames as bytes that `from_bytes` reads: to be kept, not to be played."""
        shape = _SHAPE.pack(*self.heads.shape)
        return b"".join((shape, self.heads.tobytes(), self.sizes.astype(">u2").tobytes(), self.data.tobytes()))

    @classmethod
    def from_bytes(cls, kept: bytes) -> Loose:
        """Return the frames that `to_bytes` kept; raises FrameError for anything else."""
        frames, head = _SHAPE.unpack_from(kept.ljust(_SHAPE.size, b"\0"))
        fixed = _SHAPE.size + frames * (head + 2)
        if len(kept) < fixed:
            raise FrameError(f"expected {frames} kept frames in at least {fixed} bytes, got {len(kept)}")
        heads = np.frombuffer(kept, np.uint8, frames * head, _SHAPE.size).reshape(frames, head)
        sizes = np.frombuffer(kept, ">u2", frames, _SHAPE.size + frames * head).astype(np.int64)
        if len(kept) != fixed + sizes.sum():
            raise FrameError(f"expected {frames} kept frames in {fixed + sizes.sum()} bytes, got {len(kept)}")
        return cls(heads, sizes, np.frombuffer(kept, np.uint8, offset=fixed))


def joins(before: NDArray[np.uint8], after: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Whether frames' windows go over into those of the frames after them, on every channel; shape (frames,).

    Both are heads, shape (frames, head bytes). A block's right half cancels the aliasing of the next one's left half
    only where both are long or both are short. Frames of one encoder always join.
    """
    return np.asarray((_windows(before)[0] == _windows(after)[1]).all(axis=0))


def join(parts: Sequence[Loose]) -> Loose:
    """Return the frames of all parts, one behind the other; there is at least one part."""
    heads, sizes, data = zip(*((part.heads, part.sizes, part.data) for part in parts), strict=True)
    return Loose(np.concatenate(heads), np.concatenate(sizes), np.concatenate(data))


def lengths(first: int, frames: int, header: Header) -> NDArray[np.int64]:
    """Return the bytes of each frame from number `first` of a stream on, as LAME pads them; shape (frames,).

    The stream stays within a byte of its bitrate: frame n is padded where ceil(s n) exceeds ceil(s (n - 1)), with s
    the part of a byte that a frame's true length is over.
    """
    spare = FRAME_SAMPLES // 8 * header.bitrate * 1000 % header.sample_rate
    ceilings = -(-spare * np.arange(first - 1, first + frames, dtype=np.int64) // header.sample_rate)
    return Header(header.bitrate, header.sample_rate, False, header.mode).length + np.diff(ceilings)


def take(stream: bytes | bytearray) -> Loose:
    """Take the frames out of a whole stream of constant bitrate, from its first frame to its last.

    Raises FrameError where the bytes are not such a stream, or hold less than their frames say.
    """
    header = parse_header(stream)
    shortest = Header(header.bitrate, header.sample_rate, False, header.mode).length
    ends = np.cumsum(lengths(0, len(stream) // shortest, header))
    frames = int(np.searchsorted(ends, len(stream))) + 1
    if frames > len(ends) or ends[frames - 1] != len(stream):
        raise FrameError(f"expected whole frames of {header.bitrate} kb/s, got {len(stream)} bytes")
    ends = ends[:frames]
    starts = np.concatenate(([0], ends[:-1]))
    head = HEADER_BYTES + header.side_info
    raw = np.frombuffer(stream, np.uint8)
    at = starts[:, None] + np.arange(head)
    heads = raw[at]
    strange = (heads[:, :3] != _beginnings(header, ends - starts)).any(axis=1) | (heads[:, 3] >> 6 != header.mode)
    astray = np.flatnonzero(strange)
    if len(astray):
        got = heads[astray[0], :HEADER_BYTES].tobytes().hex(" ")
        raise FrameError(f"expected frame {astray[0]} of {header.bitrate} kb/s at byte {starts[astray[0]]}, got {got}")

    body = np.ones(len(raw), bool)
    body[at] = False
    sizes = _sizes(heads)
    slot_ends = np.cumsum(ends - starts - head)
    begins = slot_ends - (ends - starts - head) - _bits(heads, 0, 9)
    earliest = np.concatenate(([0], (begins + sizes)[:-1]))
    short = np.flatnonzero((begins < earliest) | (begins + sizes > slot_ends))
    if len(short):
        raise FrameError(f"frame {short[0]}: its main data lies outside the room it has")
    return Loose(heads, sizes, raw[body][_covered(begins, sizes, int(slot_ends[-1]))])


class Layer:
    """Lays frames in a new stream of constant bitrate, each at the number where it comes."""

    def __init__(self, header: Header, frames: int = 0, reservoir: int = 0) -> None:
        """Start a stream of the bitrate, rate and mode of `header`, or go on with one.

        That has so many frames, which stay as they are, and has so many bytes free.
        """
        self.frames = frames
        """Laid so far."""
        self.reservoir = reservoir
        """Bytes free before the next frame's own room."""
        self.emptied = 0
        """Frames that had no room, and were laid without main data."""
        self._header = header
        self._head = HEADER_BYTES + header.side_info
        self._foreign = min(frames, FARTHEST // (header.length - 1 - self._head) + 1)
        """Of the open frames, the first ones, which are somebody else's to return."""
        self._open_heads = np.zeros((self._foreign, self._head), np.uint8)
        """Of the frames in whose room later main data may still come to lie."""
        self._open_room = np.zeros(int((self._lengths(self._foreign) - self._head).sum()), np.uint8)
        """Their room, back to back; its last `reservoir` bytes are free."""

    def free(self, sizes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the bytes free before each of some frames laid next, and behind the last; shape (frames + 1,).

        `sizes` are the bytes of their main data. They all fit where nothing is negative; from the first negative number
        on, the numbers mean nothing more.
        """
        return self._free(sizes, self.reservoir)

    def _free(self, sizes: NDArray[np.int64], reservoir: int) -> NDArray[np.int64]:
        # Were there no limit, it would be the sum of all that was left over. A byte over the limit is lost for good.
        total = reservoir + np.cumsum(self._room(len(sizes)) - sizes)
        lost = np.maximum.accumulate(np.maximum(total - FARTHEST, 0))
        return np.concatenate(([reservoir], total - lost))

    def fits(self, sizes: NDArray[np.int64], reservoir: int) -> bool:
        """Whether there is room for main data of these sizes, laid next with so many bytes free."""
        return bool((self._free(sizes, reservoir) >= 0).all())

    def keep(self, reservoir: int) -> None:
        """Have so many bytes free at most; what there is more stays empty."""
        self.reservoir = min(self.reservoir, reservoir)

    def lay(self, frames: Loose) -> Run:
        """Lay frames behind those before, and return those whose room is closed by now: maybe none, maybe older ones.

        A frame without room is laid empty (and counted): the stream stays whole, and a decoder plays a gap of it.
        `free` tells beforehand. Raises FrameError for frames of another rate or mode.
        """
        if not len(frames):
            return Run(b"", 0)
        own = frames.header
        if (own.sample_rate, own.mode) != (self._header.sample_rate, self._header.mode):
            raise FrameError(f"expected frames like {self._header}, got {own}")
        while (missing := np.flatnonzero((free := self.free(frames.sizes)) < 0)).size:
            frames = _emptied(frames, int(missing[0]) - 1)
            self.emptied += 1

        room = self._room(len(frames))
        heads = frames.heads.copy()
        heads[:, :3] = _beginnings(self._header, room + self._head)
        heads[:, HEADER_BYTES] = free[:-1] >> 1
        heads[:, HEADER_BYTES + 1] = heads[:, HEADER_BYTES + 1] & 0x7F | (free[:-1] & 1) << 7
        before = len(self._open_room)
        space = np.concatenate((self._open_room, np.zeros(int(room.sum()), np.uint8)))
        begins = before + np.cumsum(room) - room - free[:-1]
        space[_covered(begins, frames.sizes, len(space))] = frames.data

        self._open_heads = np.concatenate((self._open_heads, heads))
        self._open_room = space
        self.frames += len(frames)
        self.reservoir = int(free[-1])
        return self._closed(len(space) - self.reservoir)

    def end(self) -> Run:
        """Return the frames still open; what is free in them stays empty."""
        self.reservoir = 0
        return self._closed(len(self._open_room))

    def _room(self, frames: int) -> NDArray[np.int64]:
        """Bytes for main data in each of the next frames, shape (frames,)."""
        return lengths(self.frames, frames, self._header) - self._head

    def _lengths(self, open_frames: int) -> NDArray[np.int64]:
        """Bytes of the last frames that were laid, shape (frames,)."""
        return lengths(self.frames - open_frames, open_frames, self._header)

    def _closed(self, filled: int) -> Run:
        """Cut off and return the open frames whose room lies within the first `filled` bytes of it."""
        room = self._lengths(len(self._open_heads)) - self._head
        ends = np.cumsum(room)
        count = int(np.searchsorted(ends, filled, side="right"))
        if not count:
            return Run(b"", 0)
        end = int(ends[count - 1])
        out = np.empty(end + count * self._head, np.uint8)
        starts = np.cumsum(room[:count] + self._head) - (room[:count] + self._head)
        at = starts[:, None] + np.arange(self._head)
        body = np.ones(len(out), bool)
        body[at] = False
        out[at] = self._open_heads[:count]
        out[body] = self._open_room[:end]
        self._open_heads = self._open_heads[count:]
        self._open_room = self._open_room[end:]
        foreign = min(count, self._foreign)
        self._foreign -= foreign
        own = int((room[:foreign] + self._head).sum())
        return Run(out[own:].tobytes(), count - foreign)


class Reckoned(Layer):
    """A stream that is only reckoned: how much room there would be, and none of its bytes."""

    kept: int | None = None
    """Bytes that were free after the last `keep`."""

    def keep(self, reservoir: int) -> None:
        """Have so many bytes free at most."""
        super().keep(reservoir)
        self.kept = self.reservoir

    def lay(self, frames: Loose) -> Run:
        """Count frames, and return none."""
        free = self.free(frames.sizes)
        self.emptied += bool((free < 0).any())
        self.frames += len(frames)
        self.reservoir = int(free[-1])
        return Run(b"", 0)


def _beginnings(header: Header, lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The first three bytes of frames of these lengths, shape (frames, 3); the mode is in the fourth."""
    either = [Header(header.bitrate, header.sample_rate, padded, 0) for padded in (False, True)]
    rows = np.array([tuple(own.to_bytes()[:3]) for own in either], np.uint8)
    return rows[(lengths > either[0].length).astype(np.intp)]


def _covered(begins: NDArray[np.int64], sizes: NDArray[np.int64], total: int) -> NDArray[np.bool_]:
    """Where main data lies in `total` bytes of room, shape (total,)."""
    edges = np.zeros(total + 1, np.int8)
    np.add.at(edges, begins, 1)
    np.subtract.at(edges, begins + sizes, 1)
    return np.cumsum(edges[:-1], dtype=np.int8).astype(bool)


# Side information of MPEG-1 (ISO 11172-3, 2.4.1.7), in bits: main_data_begin 9, private 3 (mono 5), scfsi 4 a channel;
# then for each granule and channel 59: part2_3_length 12, big_values 9, global_gain 8, scalefac_compress 4,
# window_switching_flag 1, block_type 2 where that flag is set.
_GRANULE_BITS = 59
_SWITCHING, _BLOCK_TYPE = 33, 34


def _sizes(heads: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Bytes of main data: the last byte is filled up, as the next frame's main data starts with a whole one."""
    channels, first = _layout(heads)
    bits = np.zeros(len(heads), np.int64)
    for part in range(2 * channels):
        bits += _bits(heads, first + _GRANULE_BITS * part, 12)
    return -(-bits // 8)


def _windows(heads: NDArray[np.uint8]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether frames end, and whether they begin, with half a short window; shape (channels, frames)."""
    channels, first = _layout(heads)
    types = np.stack(
        [
            _bits(heads, at + _SWITCHING, 1) * _bits(heads, at + _BLOCK_TYPE, 2)
            for at in range(first, first + 2 * channels * _GRANULE_BITS, _GRANULE_BITS)
        ]
    ).reshape(2, channels, len(heads))
    # 0 long, 1 long to short, 2 short, 3 short to long
    return (types[1] == 1) | (types[1] == 2), types[0] >= 2


def _layout(heads: NDArray[np.uint8]) -> tuple[int, int]:
    """Channels, and the bit of the side information at which the first granule starts."""
    return (2, 20) if heads.shape[1] - HEADER_BYTES == 32 else (1, 18)


def _bits(heads: NDArray[np.uint8], at: int, count: int) -> NDArray[np.int64]:
    """The number in `count` bits (at most 17) of each side information, from bit `at` on."""
    byte, bit = divmod(at, 8)
    three = heads[:, HEADER_BYTES + byte : HEADER_BYTES + byte + 3].astype(np.int64)
    number: NDArray[np.int64] = three @ np.array([1 << 16, 1 << 8, 1])
    return number >> (24 - bit - count) & ((1 << count) - 1)


def _emptied(frames: Loose, index: int) -> Loose:
    """The frames, one of them without main data: it decodes to silence, overlapped by its neighbours."""
    heads, sizes = frames.heads.copy(), frames.sizes.copy()
    heads[index, HEADER_BYTES:] = 0
    sizes[index] = 0
    return Loose(heads, sizes, np.concatenate((frames[:index].data, frames[index + 1 :].data)))
