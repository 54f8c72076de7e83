"""Files are whole or absent, and what keeps them from being written is said plainly."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from voiceguide.errors import Failed, UsageError
from voiceguide.store.files import check_target, name_fault, whole

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
@pytest.mark.parametrize("leads_to", ["a file", "nothing", "a device", "a link", "a file beside it"])
def test_a_name_that_nobody_named_is_not_followed(leads_to: str, tmp_path: Path):
    """Whoever may put links in a folder does not choose what is written elsewhere: refused, and nothing is touched."""
    folder, elsewhere = tmp_path / "folder", tmp_path / "elsewhere"
    folder.mkdir()
    path = folder / "s.html"
    if leads_to in ("a file", "a link"):
        elsewhere.write_bytes(b"theirs")
    if leads_to == "a link":
        (tmp_path / "between").symlink_to(elsewhere)
    to = {"a link": tmp_path / "between", "a device": Path("/dev/null"), "a file beside it": folder / "s.mp3"}
    path.symlink_to(to.get(leads_to, elsewhere))
    before = sorted(tmp_path.rglob("*"))
    for overwrite in (True, False):
        with pytest.raises(UsageError, match=r"s\.html is a link, .*: move the link away$"):
            check_target(path, overwrite=overwrite, follow=False)
        with pytest.raises(UsageError, match="is a link"), whole(path, overwrite=overwrite, follow=False):
            pass
    assert sorted(tmp_path.rglob("*")) == before
    assert path.is_symlink()


@POSIX
@pytest.mark.parametrize("follow", [True, False])
def test_a_link_that_appears_meanwhile_is_replaced_itself(follow: bool, tmp_path: Path):
    """What it leads to is never written, however late it is put there."""
    path, theirs = tmp_path / "s.mp3", tmp_path / "theirs"
    theirs.write_bytes(b"theirs")
    with whole(path, overwrite=True, follow=follow) as file:
        file.write(b"new")
        path.symlink_to(theirs)
    assert (path.is_symlink(), path.read_bytes(), theirs.read_bytes()) == (False, b"new", b"theirs")


@POSIX
def test_a_folder_that_is_a_link_is_where_it_leads(tmp_path: Path):
    """The folder was named; only the file's own name was made up."""
    (tmp_path / "there").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "there")
    with whole(tmp_path / "here" / "s.html", overwrite=False, follow=False) as file:
        file.write(b"new")
    assert (tmp_path / "there" / "s.html").read_bytes() == b"new"


@POSIX
def test_mode_is_the_users(tmp_path: Path):
    """A new file may be read by whom the umask allows, and its part by nobody else."""
    before = os.umask(0o027)
    try:
        with whole(tmp_path / "s.mp3", overwrite=False) as file:
            file.write(b"new")
            (part,) = tmp_path.iterdir()
            assert part.stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(before)
    assert (tmp_path / "s.mp3").stat().st_mode & 0o777 == 0o640


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666])
def test_an_old_files_mode_is_kept(mode: int, tmp_path: Path):
    """What was private stays so, from the first byte on; through a link too."""
    path = tmp_path / "s.mp3"
    path.write_bytes(b"old")
    path.chmod(mode)
    link = tmp_path / "link.mp3"
    link.symlink_to(path)
    with whole(link, overwrite=True) as file:
        file.write(b"new")
        (part,) = tmp_path.glob(".s.mp3.*")
        assert part.stat().st_mode & 0o777 == mode
    assert (path.stat().st_mode & 0o777, path.read_bytes()) == (mode, b"new")


@POSIX
@pytest.mark.parametrize("permitted", ["both", "group", "neither"])
def test_an_old_files_owner_and_group_are_kept_where_that_is_permitted(
    permitted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """A group that cannot be had leaves its rights to nobody: ours gets what others have."""
    path = tmp_path / "s.mp3"
    path.write_bytes(b"old")
    path.chmod(0o664)
    asked: list[tuple[int, int]] = []

    def chown(number: int, owner: int, group: int) -> None:
        asked.append((owner, group))
        if permitted != "both" and (owner != -1 or permitted == "neither"):
            raise PermissionError(errno.EPERM, "Operation not permitted")

    stat = os.fstat

    def another(number: int) -> os.stat_result:
        found = list(stat(number))
        found[4] += 1  # the owner
        return os.stat_result(found)

    monkeypatch.setattr(os, "fchown", chown)
    monkeypatch.setattr(os, "fstat", another)
    monkeypatch.setattr("voiceguide.store.locks.is_still", lambda *_: True)
    write(path, overwrite=True)
    monkeypatch.undo()
    old = path.stat()
    theirs = (old.st_uid, old.st_gid)
    assert asked == [theirs] + [(-1, theirs[1])] * (permitted != "both")
    assert path.stat().st_mode & 0o777 == (0o644 if permitted == "neither" else 0o664)


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


@POSIX
def test_parts_of_killed_processes_go(tmp_path: Path):
    """What a killed process left goes with the next write in the folder, at once, and nothing else does."""
    code = (
        "import os, sys; from pathlib import Path; from voiceguide.store.files import whole\n"
        "blocks = [whole(Path(sys.argv[1], name), overwrite=False) for name in sys.argv[2:]]\n"
        "for file in [block.__enter__() for block in blocks]: file.write(b'half'); file.flush()\n"
        "os._exit(9)\n"
    )
    names = (".s.mp3.notours1.part", ".s.mp3.0123456789.voiceguide", "s.0123abcd.voiceguide")
    kept = [tmp_path / name for name in names]
    for path in kept:
        path.write_bytes(b"theirs")
    os.mkfifo(pipe := tmp_path / ".s.mp3.0123abcd.voiceguide")
    subprocess.run([sys.executable, "-c", code, tmp_path, "s.mp3", "ü" * 127], check=False)
    assert len(list(tmp_path.iterdir())) == 6
    write(tmp_path / "other.mp3")
    assert sorted(tmp_path.iterdir()) == sorted([*kept, pipe, tmp_path / "other.mp3"])


@POSIX
def test_a_part_somebody_writes_stays(tmp_path: Path):
    """Up to the moment at which it gets its name, however slow its writer."""
    with whole(tmp_path / "s.mp3", overwrite=False) as file:
        file.write(b"slow")
        file.flush()
        (part,) = tmp_path.iterdir()
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
