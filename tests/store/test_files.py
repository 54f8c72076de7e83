"""Files are whole or absent, and what keeps them from being written is said plainly."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voiceguide.errors import Failed, UsageError
from voiceguide.store.files import STALE_SECONDS, check_target, name_fault, whole

POSIX = pytest.mark.skipif(os.name == "nt", reason="links, modes and devices as POSIX has them")
AS_ROOT = os.name != "nt" and os.geteuid() == 0


def write(path: Path, data: bytes = b"new", *, overwrite: bool = False) -> None:
    """Write a file in one go."""
    with whole(path, overwrite=overwrite) as file:
        file.write(data)


def test_absent_until_whole(tmp_path: Path):
    """The name appears with the last byte; until then there is only a hidden part in the same folder."""
    path = tmp_path / "s.mp3"
    with whole(path, overwrite=False) as file:
        file.write(b"0123456789")
        file.flush()
        assert not path.exists()
        assert [p.name[:7] for p in tmp_path.iterdir()] == [".s.mp3."]
        file.seek(2)
        file.write(b"xx")
        file.seek(0)
        assert file.read() == b"01xx456789"
    assert path.read_bytes() == b"01xx456789"
    assert list(tmp_path.iterdir()) == [path]


def test_a_shorter_end_is_whole_too(tmp_path: Path):
    """A writer may cut its file."""
    path = tmp_path / "s.mp3"
    with whole(path, overwrite=False) as file:
        file.write(bytes(100_000))
        file.truncate(10)
    assert path.stat().st_size == 10


@pytest.mark.parametrize("fault", [ValueError("a bug"), KeyboardInterrupt(), OSError(errno.ENOENT, "another file")])
def test_a_fault_leaves_what_was(fault: BaseException, tmp_path: Path):
    """Whatever ends the block passes as it is; the old file stands, and no part is left."""
    path = tmp_path / "s.mp3"
    path.write_bytes(b"old")
    with pytest.raises(type(fault)) as caught, whole(path, overwrite=True) as file:
        file.write(b"new")
        raise fault
    assert caught.value is fault
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_overwrite(tmp_path: Path):
    """An old file is replaced only when asked."""
    path = tmp_path / "s.mp3"
    write(path, b"old")
    with pytest.raises(UsageError, match=r"s\.mp3 exists: add overwrite or choose another path$"):
        write(path)
    assert path.read_bytes() == b"old"
    write(path, overwrite=True)
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_stays(links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Nothing is replaced unasked, not even at the last moment, and on disks without links either."""
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "s.mp3"
    with pytest.raises(UsageError, match="exists"), whole(path, overwrite=False) as file:
        file.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


def no_links(self: Path, target: Path) -> None:
    """Fail as FAT does."""
    raise OSError(errno.EPERM, "Operation not permitted")


def test_disk_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where a file cannot have two names, it still gets its one."""
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    write(tmp_path / "s.mp3")
    assert (tmp_path / "s.mp3").read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 1


@POSIX
def test_follows_links(tmp_path: Path):
    """Writing to a link writes what it leads to."""
    (tmp_path / "there").mkdir()
    (tmp_path / "here.mp3").symlink_to(tmp_path / "there" / "s.mp3")
    write(tmp_path / "here.mp3", overwrite=True)
    assert (tmp_path / "here.mp3").is_symlink()
    assert (tmp_path / "there" / "s.mp3").read_bytes() == b"new"


@POSIX
def test_mode_is_the_users(tmp_path: Path):
    """The file may be read by whom the umask allows, not by its writer alone."""
    before = os.umask(0o027)
    try:
        write(tmp_path / "s.mp3")
    finally:
        os.umask(before)
    assert (tmp_path / "s.mp3").stat().st_mode & 0o777 == 0o640


def test_longest_name(tmp_path: Path):
    """A name as long as a disk allows leaves room for the part's."""
    name = "ü" * 125 + "x.mp3"
    assert len(name.encode()) == 255
    write(tmp_path / name)
    assert (tmp_path / name).read_bytes() == b"new"


def test_nothing_written(tmp_path: Path):
    """An empty file is no file."""
    with pytest.raises(Failed, match=r"s\.mp3: 0 of 0 bytes"):
        write(tmp_path / "s.mp3", b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [3, 100_000])
@pytest.mark.parametrize(
    ("number", "said"), [(errno.ENOSPC, "the disk is full: free some space"), (errno.EIO, "choose another folder")]
)
def test_full_disk(number: int, said: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A write that fails, at once or when the buffer is emptied, says which file and what to do."""

    def full(handle: int, data: bytes) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(Failed, match=rf"^cannot write .*s\.mp3: .*{said}"):
        write(tmp_path / "s.mp3", bytes(size))
    assert list(tmp_path.iterdir()) == []


def test_full_disk_found_at_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A disk that takes every byte and reports at the end that it kept none of them is caught."""

    def full(number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Failed, match="the disk is full"):
        write(tmp_path / "s.mp3")
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_never_arrived(tmp_path: Path):
    """A disk that lost bytes without a word is caught by counting them."""
    with pytest.raises(Failed, match=r"s\.mp3: 10 of 50 bytes"), whole(tmp_path / "s.mp3", overwrite=False) as file:
        file.write(bytes(50))
        file.flush()
        os.truncate(file.fileno(), 10)
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_real_limit(tmp_path: Path):
    """A limit of the system's own ends in one plain message, and in no file."""
    code = (
        "import resource, sys; from pathlib import Path; from voiceguide.store.files import whole\n"
        "from voiceguide.errors import Failed\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
        "try:\n"
        "    with whole(Path(sys.argv[1]), overwrite=False) as file:\n"
        "        for _ in range(100): file.write(bytes(1000))\n"
        "except Failed as fault: print(fault)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code, tmp_path / "s.mp3"], capture_output=True, text=True, check=True)
    assert "s.mp3: the file grows larger than is allowed here" in ran.stdout
    assert ran.stderr == ""
    assert list(tmp_path.iterdir()) == []


@POSIX
def test_folder_that_vanishes(tmp_path: Path):
    """A folder removed during the work is named."""
    folder = tmp_path / "gone"
    folder.mkdir()
    with pytest.raises(Failed, match="its folder is gone"), whole(folder / "s.mp3", overwrite=False) as file:
        file.write(b"new")
        for part in folder.iterdir():
            part.unlink()
        folder.rmdir()
    assert list(tmp_path.iterdir()) == []


def age(path: Path) -> None:
    """Make a file older than a part may be."""
    old = time.time() - STALE_SECONDS - 60
    os.utime(path, (old, old))


def test_parts_of_killed_processes_go(tmp_path: Path):
    """What a killed process left for this file goes with the next write, and nothing else does."""
    code = (
        "import os, sys; from pathlib import Path; from voiceguide.store.files import whole\n"
        "with whole(Path(sys.argv[1]), overwrite=False) as file:\n"
        "    file.write(b'half'); file.flush(); os._exit(9)\n"
    )
    for name in ("s.mp3", "other.mp3", "s.mp3.mp3"):
        subprocess.run([sys.executable, "-c", code, tmp_path / name], check=False)
    similar = tmp_path / ".s.mp3.notours1.part"
    similar.write_bytes(b"")
    left = list(tmp_path.iterdir())
    assert len(left) == 4
    write(tmp_path / "s.mp3")
    assert len(list(tmp_path.iterdir())) == 5, "a part that was written to just now stays"
    for part in left:
        age(part)
    write(tmp_path / "s.mp3", overwrite=True)
    names = sorted(p.name for p in tmp_path.iterdir())
    assert [name for name in names if name.startswith(".s.mp3.") and name != similar.name] == [
        name for name in names if name.startswith(".s.mp3.mp3.")
    ]
    assert len(names) == 4


@POSIX
def test_a_part_somebody_writes_stays(tmp_path: Path):
    """A slow writer keeps its part, however old."""
    with whole(tmp_path / "s.mp3", overwrite=False) as file:
        file.write(b"slow")
        file.flush()
        (part,) = tmp_path.iterdir()
        age(part)
        with pytest.raises(ValueError, match="a bug"), whole(tmp_path / "s.mp3", overwrite=False):
            assert part.exists()
            raise ValueError("a bug")
    assert (tmp_path / "s.mp3").read_bytes() == b"slow"


def test_check_touches_nothing(tmp_path: Path):
    """A good target passes, and is not there afterwards."""
    check_target(tmp_path / "s.mp3", overwrite=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("overwrite", [False, True])
def test_check_folders(overwrite: bool, tmp_path: Path):
    """A folder that is missing or a file, and a folder in the file's place, are refused with what to do."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "folder.mp3").mkdir()
    for path, said in (
        (tmp_path / "no" / "s.mp3", "there is no folder .*no; make it"),
        (tmp_path / "file" / "s.mp3", "file is a file, not a folder"),
        (tmp_path / "folder.mp3", "is a folder: name a file in it"),
        (tmp_path / "..", "is a folder: name a file in it"),
    ):
        with pytest.raises(UsageError, match=said):
            check_target(path, overwrite=overwrite)


@POSIX
def test_check_devices():
    """A device is never replaced by a file."""
    with pytest.raises(UsageError, match="is a device"):
        check_target(Path("/dev/null"), overwrite=True)


@POSIX
def test_check_closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that nothing may be written in is refused."""
    if AS_ROOT:  # whom no mode keeps out
        monkeypatch.setattr(os, "access", lambda *_: False)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UsageError, match="nothing may be written in"):
            check_target(tmp_path / "s.mp3", overwrite=False)
    finally:
        tmp_path.chmod(0o700)


@POSIX
def test_check_circle_and_length(tmp_path: Path):
    """What the system itself refuses is said plainly too."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    deep = tmp_path.joinpath(*["d" * 250] * 20)
    for path in (tmp_path / "a" / "s.mp3", deep / "s.mp3"):
        with pytest.raises(UsageError, match=r"^cannot write .*s\.mp3: "):
            check_target(path, overwrite=False)


@pytest.mark.parametrize(
    "name",
    ["CON", "con.mp3", "Aux .mp3", "NUL.tar.mp3", "com1.mp3", "LPT³.mp3", "conin$", "a\nb.mp3", "a\x7f.mp3"],
)
def test_names_no_system_should_meet(name: str, tmp_path: Path):
    """Names of devices and signs that cannot be seen are refused everywhere, before anything is spoken."""
    assert name_fault(name, windows=False)
    with pytest.raises(UsageError, match="cannot name a file"):
        check_target(tmp_path / name, overwrite=False)


@pytest.mark.parametrize(
    "name", ["console.mp3", "com.mp3", "com10.mp3", "my aux.mp3", "Rücken & 肩 🕊.mp3", ".hidden.mp3", "x" * 255]
)
def test_good_names(name: str):
    """Names that only look like those are good, and so is every script."""
    assert name_fault(name, windows=True) is None


@pytest.mark.parametrize("name", ["10:30.mp3", "why?.mp3", "a|b.mp3", "dot.mp3.", "space.mp3 "])
def test_names_only_windows_refuses(name: str):
    """What only Windows refuses is refused there alone."""
    assert name_fault(name, windows=True)
    assert name_fault(name, windows=False) is None


def test_accents_apart():
    """A name with its accents apart is shown as it should be."""
    assert '"Rücken.mp3"' in (name_fault("Ru\u0308cken.mp3", windows=False) or "")


@pytest.mark.parametrize("name", ["x" * 256, "ü" * 126 + ".mp3"])
def test_long_names(name: str):
    """A name is counted in bytes."""
    assert "256 bytes long and a name has 255 at most" in (name_fault(name, windows=False) or "")
