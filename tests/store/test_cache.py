"""The cache gives back exactly what was put, or nothing; and never takes away what a run is using."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest

from voiceguide.errors import Failed
from voiceguide.store import entries
from voiceguide.store.cache import Cache, Shelf, default_folder
from voiceguide.store.locks import born_held

MIB = 1 << 20


def opened(root: Path, limit_bytes: int = 100 * MIB) -> Cache:
    return Cache(root, limit_bytes=limit_bytes, warn=pytest.fail)


def used_at(cache: Cache, key: str, seconds: float) -> None:
    """Set when an entry of 1 KiB was last used; forget this run's pin of it."""
    entry = cache.put("takes", key, bytes(1024), {})
    cache.close()
    os.utime(entry.path, (seconds, seconds))


def test_gives_back_what_was_put(tmp_path):
    with opened(tmp_path) as cache:
        cache.put("takes", "a key", b"payload", {"frames": 3, "gain_db": -1.5})
    with opened(tmp_path) as cache:
        entry = cache.get("takes", "a key")
        assert entry.read() == b"payload"
        assert entry.meta == {"frames": 3, "gain_db": -1.5}
        assert cache.get("takes", "another key") is None
        assert cache.get("sections", "a key") is None, "kinds are apart"


@pytest.mark.parametrize("dtype", ["<i2", "<f4"])
def test_a_payload_can_be_memory_mapped(tmp_path, dtype):
    samples = np.arange(1000).astype(dtype)
    with opened(tmp_path) as cache:
        entry = cache.put("sounds", "music", samples.data, {})
        assert entry.offset % 64 == 0
        assert entry.size == samples.nbytes
        mapped = np.memmap(entry.path, dtype=dtype, mode="r", offset=entry.offset, shape=(1000,))
        assert np.array_equal(mapped, samples)


def test_an_empty_payload_is_an_entry(tmp_path):
    with opened(tmp_path) as cache:
        cache.put("sections", "nothing", b"", {})
        assert cache.get("sections", "nothing").read() == b""


def test_any_flipped_byte_counts_as_absent_and_is_dropped(tmp_path):
    with opened(tmp_path) as cache:
        path = cache.put("takes", "key", b"payload of some bytes", {"frames": 10}).path
        whole = path.read_bytes()
        for index in range(len(whole)):
            for mask in (0x01, 0xFF):
                damaged = bytearray(whole)
                damaged[index] ^= mask
                path.write_bytes(damaged)
                assert cache.get("takes", "key") is None, f"byte {index}"
                assert not path.exists(), f"byte {index}"
        path.write_bytes(whole)
        assert cache.get("takes", "key").read() == b"payload of some bytes"


@pytest.mark.parametrize("cut", [0, 1, 31, 40, 60, -1])
def test_a_file_cut_short_or_grown_counts_as_absent(tmp_path, cut):
    with opened(tmp_path) as cache:
        path = cache.put("takes", "key", b"payload", {}).path
        whole = path.read_bytes()
        path.write_bytes(whole[:cut] if cut >= 0 else whole + b"x")
        assert cache.get("takes", "key") is None


@pytest.mark.parametrize(
    "facts", [b"{", b"[]", b"{}", b"[" * 100_000, b'{"kind": "takes", "key": "key", "meta": 7}', b" " * MIB + b"7"]
)
def test_facts_that_are_none_count_as_absent(tmp_path, facts):
    """Whoever wrote them, and however right the digest is."""
    with opened(tmp_path) as cache:
        path = cache.put("takes", "key", b"", {}).path
        sizes = entries._SIZES.pack(entries._MAGIC, len(facts), 0)
        rest = sizes + facts + bytes(-(32 + len(sizes) + len(facts)) % 64)
        path.write_bytes(hashlib.blake2b(rest, digest_size=32).digest() + rest)
        assert cache.get("takes", "key") is None


def test_a_file_in_another_ones_place_counts_as_absent(tmp_path):
    with opened(tmp_path) as cache:
        one, other = (cache.put("takes", key, key.encode(), {}).path for key in ("one", "other"))
        other.write_bytes(one.read_bytes())
        assert cache.get("takes", "other") is None
        assert cache.get("takes", "one").read() == b"one"


def test_what_was_not_used_for_longest_goes_first(tmp_path):
    for age, key in enumerate(("newest", "middle", "oldest")):
        used_at(opened(tmp_path), key, 1_000_000 - age)
    with opened(tmp_path) as cache:
        cache.get("takes", "oldest")
    opened(tmp_path, limit_bytes=3000).close()
    with opened(tmp_path) as cache:
        assert cache.get("takes", "middle") is None
        assert cache.get("takes", "newest") is not None
        assert cache.get("takes", "oldest") is not None, "it was used a moment ago"


def test_the_limit_holds_once_the_run_is_over(tmp_path):
    with opened(tmp_path, limit_bytes=10_000) as cache:
        for number in range(50):
            cache.put("sections", str(number), bytes(1000), {})
        assert all(cache.get("sections", str(number)) for number in range(50)), "a run's own entries stay"
    with opened(tmp_path) as cache:
        assert 8_000 < sum(size for _, _, size in cache.info()) <= 10_000


def test_entries_of_another_live_run_are_not_evicted(tmp_path):
    used_at(opened(tmp_path), "in use", 1000)
    used_at(opened(tmp_path), "free", 2000)
    with opened(tmp_path) as running:
        entry = running.get("takes", "in use")
        os.utime(entry.path, (1000, 1000))
        opened(tmp_path, limit_bytes=0).close()
        assert entry.path.exists()
        assert running.get("takes", "free") is None
    opened(tmp_path, limit_bytes=0).close()
    assert not entry.path.exists()


def test_a_killed_process_lets_go_of_its_entries(tmp_path):
    code = (
        "import os, sys; from pathlib import Path; from voiceguide.store.cache import Cache\n"
        "cache = Cache(Path(sys.argv[1]), limit_bytes=10**9, warn=print)\n"
        "print(cache.put('takes', 'key', b'x' * 1000, {}).path, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        path = Path(process.stdout.readline().strip())
        opened(tmp_path, limit_bytes=0).close()
        assert path.exists(), "evicted from under a running process"
        process.kill()
        process.wait()
    opened(tmp_path, limit_bytes=0).close()
    assert not path.exists(), "kept for a dead process"


def test_two_processes_fill_one_folder_at_once(tmp_path):
    """Both write and read the same keys while evicting; every read is right or absent, and nothing half-made stays."""
    code = (
        "import sys; from pathlib import Path; from voiceguide.store.cache import Cache\n"
        "for turn in range(6):\n"
        "  with Cache(Path(sys.argv[1]), limit_bytes=20_000, warn=sys.exit) as cache:\n"
        "    for n in range(40):\n"
        "      entry = cache.get('takes', str(n)) or cache.put('takes', str(n), bytes([n]) * 1000, {'n': n})\n"
        "      assert entry.read() == bytes([n]) * 1000 and entry.meta['n'] == n\n"
        "    for n in range(40):\n"
        "      assert cache.get('takes', str(n)), 'an entry in use went away'\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stderr=subprocess.PIPE) for _ in range(2)]
    for process in both:
        assert process.communicate(timeout=60)[1] == b""
        assert process.returncode == 0
    assert {path.suffix for path in (tmp_path / "takes").iterdir()} == {".entry"}
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["lock"]


def test_threads_may_put_and_get_the_same_keys(tmp_path):
    faults = []

    def work() -> None:
        for number in range(60):
            entry = cache.get("takes", str(number)) or cache.put("takes", str(number), bytes([number]) * 500, {})
            if entry.read() != bytes([number]) * 500:
                faults.append(number)

    with opened(tmp_path, limit_bytes=4000) as cache:
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        assert all(cache.get("takes", str(number)) for number in range(60))


@pytest.mark.parametrize("where", ["cache", "a/cache"])
def test_an_unwritable_folder_is_said_once_and_worked_around(tmp_path, where):
    """The stand-in is a folder that lies under a file, since a superuser may write anywhere else."""
    (tmp_path / where.split("/")[0]).write_text("a file")
    said: list[str] = []
    with Cache(tmp_path / where, limit_bytes=MIB, warn=said.append) as cache:
        entries = [cache.put("takes", key, key.encode(), {}) for key in "abc"]
        assert cache.get("takes", "b").read() == b"b"
        folder = entries[0].path.parents[1]
        assert folder.is_relative_to(tempfile.gettempdir())
    assert not folder.exists()
    assert len(said) == 1
    assert str(tmp_path / where) in said[0]
    assert "VOICEGUIDE_CACHE" in said[0]


def test_a_disk_that_fills_up_is_worked_around(tmp_path, monkeypatch):
    said: list[str] = []
    make = entries.born_held

    def full(name, mode):
        if name().is_relative_to(tmp_path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return make(name, mode)

    with Cache(tmp_path, limit_bytes=MIB, warn=said.append) as cache:
        cache.put("takes", "before", b"before", {})
        monkeypatch.setattr(entries, "born_held", full)
        cache.put("takes", "after", b"after", {})
        assert cache.get("takes", "before").read() == b"before"
        assert cache.get("takes", "after").read() == b"after"
    assert len(said) == 1
    assert os.strerror(errno.ENOSPC) in said[0]


def test_no_room_anywhere_fails_with_the_systems_words(tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(entries, "born_held", full)
    with (
        Cache(tmp_path, limit_bytes=MIB, warn=lambda _: None) as cache,
        pytest.raises(Failed, match=os.strerror(errno.ENOSPC)),
    ):
        cache.put("takes", "key", b"", {})


def test_a_folder_emptied_meanwhile_fails_with_what_to_do(tmp_path):
    with opened(tmp_path) as cache:
        entry = cache.put("takes", "key", b"payload", {})
        entry.path.unlink()
        with pytest.raises(Failed, match="Run it again"):
            entry.read()


def test_info_counts_and_clear_empties_by_kind(tmp_path):
    with opened(tmp_path) as cache:
        cache.put("takes", "a", bytes(100), {})
        cache.put("takes", "b", bytes(100), {})
        cache.put("sections", "c", bytes(50), {})
    with opened(tmp_path) as cache:
        rows = {kind: (count, size) for kind, count, size in cache.info()}
        assert list(rows) == ["sentences", "takes", "sections", "sounds", "covers"]
        assert (rows["takes"][0], rows["sections"][0], rows["sounds"]) == (2, 1, (0, 0))
        assert cache.clear(["takes"]) == rows["takes"][1] > 200
        assert {kind: count for kind, count, _ in cache.info()}["takes"] == 0
        assert cache.get("sections", "c") is not None


def test_clear_leaves_what_another_run_uses(tmp_path):
    with opened(tmp_path) as running, opened(tmp_path) as clearing:
        entry = running.put("takes", "in use", b"payload", {})
        assert clearing.clear() == 0
        assert entry.read() == b"payload"


def test_what_a_dead_process_left_half_written_is_swept_up(tmp_path):
    """At once, since nobody holds it; what somebody is writing stays."""
    (tmp_path / "takes").mkdir()
    left = tmp_path / "takes" / "left.part"
    left.write_bytes(b"half")
    number, writing = born_held(lambda: tmp_path / "takes" / "new.part")
    opened(tmp_path).close()
    assert not left.exists()
    assert writing.exists() or os.name == "nt"
    os.close(number)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("there", ["pipe", "link"])
def test_what_is_no_file_counts_as_absent_and_is_replaced(tmp_path, there):
    """A pipe in an entry's place is not waited for, and a link is neither read nor written through."""
    with opened(tmp_path / "cache") as cache:
        entry = cache.put("takes", "key", b"payload", {})
        entry.path.unlink()
        if there == "pipe":
            os.mkfifo(entry.path)
            os.mkfifo(tmp_path / "cache" / "runs" / "a.run")
            os.mkfifo(tmp_path / "cache" / "takes" / "a.part")
        else:
            (tmp_path / "elsewhere").write_bytes(b"theirs")
            entry.path.symlink_to(tmp_path / "elsewhere")
        assert cache.get("takes", "key") is None
        assert cache.put("takes", "key", b"payload", {}).read() == b"payload"
    assert there == "pipe" or (tmp_path / "elsewhere").read_bytes() == b"theirs"


def test_a_payload_may_be_written_as_it_comes(tmp_path):
    """Too large to be held, with facts that are known at its end: the same entry as of one that is."""

    def fill(file):
        file.write(b"a" * 3_000_000)
        file.write(b"b")
        return {"frames": 7}

    with opened(tmp_path) as cache:
        cache.fill("sounds", "key", fill)
    with opened(tmp_path) as cache:
        entry = cache.get("sounds", "key")
        assert (entry.read(), entry.meta, entry.offset % 64) == (b"a" * 3_000_000 + b"b", {"frames": 7}, 0)


def test_a_payload_that_fills_the_disk_is_written_again_elsewhere(tmp_path):
    """Where the temporary folder is full as well, one message names it, and says what to do."""
    said: list[str] = []
    tries: list[int] = []

    def full(file):
        tries.append(file.write(b"some"))
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))

    with Cache(tmp_path, limit_bytes=MIB, warn=said.append) as cache:
        with pytest.raises(Failed, match=r"room in the temporary folder, got: File too large\. .*TMPDIR"):
            cache.fill("sounds", "key", full)
        Shelf(cache, "covers").put("key", b"what can be made again needs no room")
    assert (len(said), tries) == (1, [4, 4])
    assert list((tmp_path / "sounds").iterdir()) == []


def test_the_folder_follows_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("VOICEGUIDE_CACHE", "")
    assert default_folder().name.lower() in {"voiceguide", "cache"}
