"""Temporary folders: one's own, gone with the block, and what a killed process left goes with the next one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from voiceguide.errors import Failed
from voiceguide.store import owned, temporary
from voiceguide.store.temporary import Folder, holding

POSIX = pytest.mark.skipif(os.name == "nt", reason="modes, links and owners as POSIX has them")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make this test's folder the temporary one, in which nobody has looked yet."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(temporary, "_swept", set())
    return tmp_path


@POSIX
def test_it_is_nobody_elses_and_goes_with_the_block(root: Path):
    """With all that is in it; a text is held in one."""
    with Folder() as folder:
        assert (folder.parent, folder.stat().st_mode & 0o777) == (root, 0o700)
        (folder / "in it").mkdir()
    with holding("a.yaml", "ü") as path:
        assert (path.name, path.read_text("utf-8")) == ("a.yaml", "ü")
    assert list(root.iterdir()) == []


@POSIX
def test_what_killed_processes_left_goes_and_nothing_else_does(root: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder that is held, a link in such a name, another's folder and any other name stay."""
    code = (
        "import os, sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from voiceguide.store.temporary import Folder\n"
        "folder = Folder(); (folder.path / 'a').write_text('a'); os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, root], check=False)
    assert len(list(root.iterdir())) == 1
    with Folder() as alive:
        assert list(root.iterdir()) == [alive]
        theirs = root / "theirs"
        for path in (theirs / "kept", root / "voiceguide-0123456789abcdef0", root / "voiceguide-2"):
            path.mkdir(parents=True)
        (root / "voiceguide-0123456789abcdef").symlink_to(theirs)
        before = sorted(root.rglob("*"))
        temporary._swept.clear()
        temporary.sweep()
        assert sorted(root.rglob("*")) == before
        (root / "voiceguide-fedcba9876543210").mkdir()
        monkeypatch.setattr(os, "geteuid", lambda: -1)
        temporary._swept.clear()
        temporary.sweep()
        assert (root / "voiceguide-fedcba9876543210").is_dir()


def test_it_is_looked_for_once(root: Path):
    """A process that makes many folders reads the temporary one once."""
    with Folder():
        pass
    (root / "voiceguide-fedcba9876543210").mkdir()
    with Folder():
        assert (root / "voiceguide-fedcba9876543210").exists()


def test_where_none_can_be_made_one_message_says_what_to_do(root: Path, monkeypatch: pytest.MonkeyPatch):
    """Also when no folder at all is there."""
    monkeypatch.setattr(tempfile, "tempdir", str(root / "gone"))
    with pytest.raises(Failed, match=r"^no temporary folder can be made: No such file .*TMPDIR"):
        Folder()

    def none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", none)
    with pytest.raises(Failed, match=r"^no temporary folder can be made: No usable"):
        Folder()


def test_at_the_very_end_what_is_still_there_goes(root: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder of a thread that was left behind, a part that no block had in hand yet."""
    monkeypatch.setattr(owned, "_ours", set())
    folder = Folder()
    (folder.path / "a").write_text("a")
    (root / "part").write_text("b")
    owned.own(root / "part")
    owned.own(root / "never made")
    owned.take_away()
    assert list(root.iterdir()) == []
