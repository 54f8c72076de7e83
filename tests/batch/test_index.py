"""The index of a folder: the ledger by which a batch goes on, whole at every moment."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from voiceguide.batch import index as module
from voiceguide.batch.index import Index, opened
from voiceguide.errors import UsageError


def _facts(data: bytes, key: str = "k") -> dict[str, Any]:
    return {
        "sha256": hashlib.sha256(data).hexdigest(),
        "key": key,
        "title": "A\ntitle",
        "length": "short",
        "duration": 9.6,
    }


def _kept(folder: Path, *names: str) -> Index:
    """An index with some sessions in it, each its name's bytes."""
    index = Index(folder, overwrite=False)
    for name in names:
        index.keep(name, name.encode(), _facts(name.encode()), overwrite=False)
    return index


def test_it_tells_what_is_there(tmp_path: Path) -> None:
    """In JSON and for players, by name in whatever order it was made; nothing else is left in the folder."""
    _kept(tmp_path, "b.mp3", "a.mp3")
    document = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert [(entry["file"], entry["bytes"]) for entry in document["sessions"]] == [("a.mp3", 5), ("b.mp3", 5)]
    assert (tmp_path / "index.m3u").read_text("utf-8").splitlines() == [
        "#EXTM3U",
        "#EXTENC:UTF-8",
        "#EXTINF:10,A title (short)",
        "a.mp3",
        "#EXTINF:10,A title (short)",
        "b.mp3",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp3", "b.mp3", "index.json", "index.m3u"]


def test_states_are_told_by_content(tmp_path: Path) -> None:
    """Whole and current, made of something else, changed by somebody, never ours, or not there."""
    _kept(tmp_path, "a.mp3", "changed.mp3")
    (tmp_path / "changed.mp3").write_bytes(b"changed.mp4")
    (tmp_path / "theirs.mp3").write_bytes(b"theirs")
    index = Index(tmp_path, overwrite=False)
    names = ("a.mp3", "changed.mp3", "theirs.mp3", "none.mp3")
    assert [index.state(name, "k") for name in names] == ["current", "foreign", "foreign", "absent"]
    assert index.state("a.mp3", "another") == "outdated"


def test_what_is_gone_is_not_told(tmp_path: Path) -> None:
    """A session that was deleted leaves the index."""
    _kept(tmp_path, "a.mp3", "b.mp3")
    (tmp_path / "a.mp3").unlink()
    Index(tmp_path, overwrite=False).write()
    assert [e["file"] for e in json.loads((tmp_path / "index.json").read_text("utf-8"))["sessions"]] == ["b.mp3"]


class _KilledError(BaseException):
    """Stands for a kill."""


def _killed_after_the_announcement(patch: pytest.MonkeyPatch) -> None:
    """Let an index write once more, and no further time."""
    writing = module._write
    written: list[Path] = []

    def once(path: Path, text: str) -> None:
        if written:
            raise _KilledError
        written.append(path)
        writing(path, text)

    patch.setattr(module, "_write", once)


@pytest.mark.parametrize(("content", "state"), [(b"a.mp3", "current"), (b"other", "foreign"), (None, "absent")])
def test_killed_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, state: str
) -> None:
    """A file that got its name just before the process was killed is known, and somebody else's is not taken for it."""
    with monkeypatch.context() as patch:
        _killed_after_the_announcement(patch)
        with pytest.raises(_KilledError):
            Index(tmp_path, overwrite=False).keep("a.mp3", b"a.mp3", _facts(b"a.mp3"), overwrite=False)
    if content is None:
        (tmp_path / "a.mp3").unlink()
    else:
        (tmp_path / "a.mp3").write_bytes(content)
    again = Index(tmp_path, overwrite=False)
    assert again.state("a.mp3", "k") == state


def test_killed_while_a_session_was_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood there before is still known as ours."""
    index = _kept(tmp_path, "a.mp3")
    with monkeypatch.context() as patch:
        _killed_after_the_announcement(patch)
        with pytest.raises(_KilledError):
            index.keep("a.mp3", b"newer", _facts(b"newer", "newer"), overwrite=True)
    assert Index(tmp_path, overwrite=False).state("a.mp3", "newer") == "current"
    (tmp_path / "a.mp3").write_bytes(b"a.mp3")  # as if it had been killed a moment earlier
    assert Index(tmp_path, overwrite=False).state("a.mp3", "newer") == "outdated"


def test_a_file_that_cannot_be_written_is_not_told(tmp_path: Path) -> None:
    """It stays as it was."""
    index = _kept(tmp_path, "a.mp3")
    (tmp_path / "b.mp3").write_bytes(b"theirs")
    with pytest.raises(UsageError, match=r"b\.mp3"):
        index.keep("b.mp3", b"ours", _facts(b"ours"), overwrite=False)
    index.write()
    assert (tmp_path / "b.mp3").read_bytes() == b"theirs"
    document = json.loads((tmp_path / "index.json").read_text("utf-8"))
    assert ([entry["file"] for entry in document["sessions"]], "coming" in document) == (["a.mp3"], False)


GOOD = {"file": "a.mp3", "sha256": "0", "key": "k", "title": "A", "length": "short", "duration": 1.0}


def _with(**changed: object) -> str:
    """An index whose one entry is a batch's but for what is changed in it; None is left out."""
    entry = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return json.dumps({"schema": 1, "sessions": [entry]})


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "{",
        "[" * 100_000,
        '{"schema": 2, "sessions": []}',
        '{"schema": 1, "sessions": [1]}',
        '{"schema": 1, "sessions": [], "coming": 7}',
        *(
            _with(file=name)
            for name in ("", ".", "..", "/etc/x.mp3", "b/a.mp3", "a\nb.mp3", "a\0.mp3", "a" * 300, 7, [])
        ),
        *(_with(file=name) for name in ("\ud800.mp3", "index.json", "index.m3u")),
        *(_with(**{fact: value}) for fact in ("sha256", "key", "title", "length") for value in (None, 7, "\udfff")),
        *(_with(duration=value) for value in (None, "1", -1, 10**400, True)),
        _with(duration=0).replace('"duration": 0', '"duration": 1e999'),
        _with(duration=0).replace('"duration": 0', '"duration": NaN'),
        _with(pace=0).replace('"pace": 0', '"pace": 1e999'),
        _with(bed="\ud800"),
        _with(chapters=0).replace('"chapters": 0', f'"chapters": {"[" * 600}{"]" * 600}'),
    ],
)
def test_somebody_elses_index_is_not_touched(tmp_path: Path, content: str) -> None:
    """Unless it may be overwritten."""
    path = tmp_path / "index.json"
    path.write_text(content)
    with pytest.raises(
        UsageError, match=r"index\.json: .*expected .*Choose another folder with path, or add overwrite"
    ):
        Index(tmp_path, overwrite=False)
    Index(tmp_path, overwrite=True).write()
    assert json.loads(path.read_text("utf-8")) == {"schema": 1, "sessions": []}


def test_somebody_elses_playlist_is_not_touched(tmp_path: Path) -> None:
    """Without an index beside it, it is not a batch's."""
    (tmp_path / "index.m3u").write_text("songs")
    with pytest.raises(UsageError, match=r"index\.m3u"):
        Index(tmp_path, overwrite=False)


def test_an_entry_of_another_folder_is_none(tmp_path: Path) -> None:
    """An index that was tampered with leads nowhere."""
    (tmp_path / "in").mkdir()
    (tmp_path / "a.mp3").write_bytes(b"a")
    (tmp_path / "in" / "index.json").write_text(_with(file="../a.mp3"))
    with pytest.raises(UsageError, match=r"sessions\[0\]\.file: expected the name of a session's file in this folder"):
        Index(tmp_path / "in", overwrite=False)


def test_a_text_makes_no_line_of_the_playlist(tmp_path: Path) -> None:
    """Whatever stands in an entry, each session has its two lines."""
    (tmp_path / "a.mp3").write_bytes(b"a")
    (tmp_path / "index.json").write_text(_with(title="A\u2028/etc/b\x1b[0m", length="short\n/etc/c"))
    Index(tmp_path, overwrite=False).write()
    lines = (tmp_path / "index.m3u").read_text("utf-8").splitlines()
    assert lines[2:] == ["#EXTINF:1,A /etc/b[0m (short /etc/c)", "a.mp3"]


def test_one_batch_at_a_time(tmp_path: Path) -> None:
    """The second is refused while the first is there; the folder is made for it, and nothing else."""
    folder = tmp_path / "new" / "out"
    with opened(folder, overwrite=False):
        with pytest.raises(UsageError, match="another batch"), opened(folder, overwrite=False):
            raise AssertionError
        assert list(folder.iterdir()) == []
    with opened(folder, overwrite=False) as index:
        assert index.state("a.mp3", "k") == "absent"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file in its place is told."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="choose another"), opened(tmp_path / "file", overwrite=False):
        raise AssertionError
