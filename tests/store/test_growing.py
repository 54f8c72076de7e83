"""A growing file: any of its bytes may come at any time, and who reads one waits for it."""

from __future__ import annotations

from threading import Thread
from time import sleep

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.store.growing import ClosedError, Growing

writes = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=8)


@settings(max_examples=25)
@given(writes, st.integers(0, 70))
def test_what_was_written_is_there_and_nothing_else(written: list[tuple[int, int]], offset: int) -> None:
    """Stretches written in any order, over each other or apart, can be read as far as they go on."""
    whole, there = bytes(range(80)), set()
    with Growing(80) as file:
        for start, length in written:
            file.write(start, whole[start : start + length])
            there |= set(range(start, start + length))
        ready = next(at for at in range(offset, 81) if at not in there)
        assert file.ready_to(offset) == ready
        assert file.there == len(there)
        if ready > offset:
            assert file.read(offset, 80) == whole[offset:ready]
            assert file.read(offset, offset + 1) == whole[offset : offset + 1]
        else:
            with pytest.raises(TimeoutError, match=f"byte {offset} of 80"):
                file.read(offset, 80, timeout=0)
        assert file.read(80, 90) == file.read(5, 5) == b""
        assert file.awaited is None


def test_who_waits_is_known_and_woken() -> None:
    """The maker sees what is waited for, and the reader has it as soon as it is written."""
    read: list[bytes] = []
    with Growing(10) as file:
        reader = Thread(target=lambda: read.append(file.read(7, 10, timeout=30)))
        reader.start()
        while file.awaited is None:
            sleep(0.001)
        assert file.awaited == 7
        file.write(6, b"67")
        reader.join()
    assert read == [b"7"]


def test_what_is_made_next_is_what_somebody_waits_for() -> None:
    """The last to come and the first in turn; where nobody waits, what follows on what was read last."""
    with Growing(10) as file:
        assert file.wanted() == 0
        file.write(0, b"0123")
        assert file.wanted() == 4
        readers = [Thread(target=file.read, args=(at, 10, 30)) for at in (8, 6)]
        for reader, at in zip(readers, (8, 6), strict=True):
            reader.start()
            while file.awaited != at:
                sleep(0.001)
        assert {file.wanted() for _ in range(2)} == {8, 6}
        assert [file.wanted() for _ in range(4)] in ([8, 6, 8, 6], [6, 8, 6, 8])
        file.write(6, b"6789")
        for reader in readers:
            reader.join()
        assert file.wanted() is None
        assert file.read(0, 3) == b"012"
        assert file.wanted() == 4


@pytest.mark.parametrize("end", ["fail", "close"])
def test_a_file_that_is_never_whole_says_so(end: str) -> None:
    """Who waits is told at once; what is there of one that failed can still be read."""
    told: list[Exception] = []

    def read() -> None:
        try:
            file.read(5, 10)
        except (KeyError, ClosedError) as error:
            told.append(error)

    with Growing(10) as file:
        file.write(0, b"01234")
        reader = Thread(target=read)
        reader.start()
        while file.awaited is None:
            sleep(0.001)
        if end == "fail":
            file.fail(KeyError("nobody speaks"))
        else:
            file.close()
        reader.join()
        assert [type(each) for each in told] == [KeyError if end == "fail" else ClosedError]
        if end == "fail":
            assert file.read(0, 10) == b"01234"
        else:
            with pytest.raises(ClosedError):
                file.read(0, 10)


def test_only_a_whole_file_is_finished() -> None:
    """Neither a part of it, nor more than its size."""
    with Growing(4) as file:
        file.write(0, b"abc")
        with pytest.raises(ValueError, match="expected 4 bytes"):
            file.finish()
        with pytest.raises(ValueError, match="up to 4"):
            file.write(3, b"de")
        file.write(3, b"d")
        file.finish()
        assert file.finished
        path = file._folder.path
        assert path.exists()
    assert not path.exists()
