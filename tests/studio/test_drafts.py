"""Drafts: nothing that was typed is lost, whatever is wrong with it, whoever else writes, and whenever it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest
from studios_for_tests import SMALL

from voiceguide.errors import Failed, UsageError
from voiceguide.routine.source import MOST_BYTES
from voiceguide.studio import drafts
from voiceguide.studio.answers import NotHere, NotNow, Unmatched
from voiceguide.studio.drafts import Changed, Drafts

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = ["", "\n", "title: x", "\ufefftitle: ä\r\nsteps:\r\n- {\r\n", "\t: [\x00", SMALL, "😀" * 1000]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_is_saved_to_the_letter(tmp_path: Path, text: str) -> None:
    """Also an empty one, and one that is no YAML; and found again after a start."""
    first = Drafts(tmp_path).create(text)
    again = Drafts(tmp_path)
    assert again.get(first.id) == first
    assert first.text == text
    other = again.write(first.id, text + "# more", first.hash)
    emptied = again.write(first.id, "", other.hash)
    assert Drafts(tmp_path).get(first.id).text == emptied.text == ""


def test_of_two_who_write_the_second_has_both_texts(tmp_path: Path) -> None:
    """By the hash of what each changed; the same text sent again is no change."""
    known = Drafts(tmp_path)
    first = known.create("one")
    second = known.write(first.id, "two", first.hash)
    assert known.write(first.id, "two", first.hash) == second
    with pytest.raises(Changed) as refused:
        known.write(first.id, "three", first.hash)
    assert refused.value.there == second
    with pytest.raises(Unmatched):
        known.write(first.id, "three", None)
    known.files()[first.id].write_text("by an editor", "utf-8")
    with pytest.raises(Changed):
        known.write(first.id, "three", second.hash)
    assert known.get(first.id).text == "by an editor"


def test_a_text_has_a_size_and_drafts_have_a_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is more is refused, and what is there stays."""
    known = Drafts(tmp_path)
    first = known.create("ä" * (MOST_BYTES // 2))
    with pytest.raises(UsageError, match="at most 256 KiB, got 256"):
        known.write(first.id, first.text + "x", first.hash)
    with pytest.raises(UsageError):
        known.create(first.text + "x")
    assert known.get(first.id) == first
    monkeypatch.setattr(drafts, "MOST", 1)
    with pytest.raises(NotNow, match="delete some"):
        known.create("one more")
    known.delete(first.id)
    known.create("now")
    with pytest.raises(NotNow):
        known.restore(first.id)


def test_a_deleted_draft_comes_back_within_a_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its text and its name, also after a start; then it is gone from the disk."""
    now = [1e9]
    known = Drafts(tmp_path, lambda: now[0])
    kept = known.create("text", "For  Anna\n")
    known.delete(kept.id)
    with pytest.raises(NotHere):
        known.get(kept.id)
    assert known.files() == {}
    now[0] += drafts.LASTING
    again = Drafts(tmp_path, lambda: now[0])
    assert again.restore(kept.id) == again.restore(kept.id) == kept
    assert kept.name == "For Anna"
    again.delete(kept.id)
    now[0] += drafts.LASTING + 1
    assert Drafts(tmp_path, lambda: now[0]).listed() == []
    assert [*again.folder.iterdir()] == []
    monkeypatch.setattr(drafts, "MOST_DELETED", 1)
    for text in ("one", "two"):
        now[0] += 1
        again.delete(again.create(text).id)
    assert len(again.listed()) == 1


@pytest.mark.parametrize("identity", ["..", "", "draft-" + "0" * 12, "../studio.json", "draft-0\0", "x" * 5000])
def test_no_name_reaches_the_disk(tmp_path: Path, identity: str) -> None:
    """A draft is one that was found, or made."""
    known = Drafts(tmp_path)
    for ask in (known.get, known.delete, known.restore):
        with pytest.raises(NotHere):
            ask(identity)
    with pytest.raises(NotHere):
        known.write(identity, "x", "y")


def test_what_lies_about_is_told_or_left_alone(tmp_path: Path) -> None:
    """A link is no draft, a folder of another name is somebody's, an empty one is what a kill left."""
    known = Drafts(tmp_path)
    good = known.create(SMALL, "good")
    nameless = known.create("", "name")
    (known.folder / nameless.id / drafts.FACTS).write_text("{", "utf-8")
    (known.folder / "mine").mkdir()
    left = known.folder / "draft-00000000000a"
    left.mkdir()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / drafts.TEXT).write_text("theirs", "utf-8")
    (known.folder / "draft-00000000000b").symlink_to(outside)
    odd = known.create("x")
    known.files()[odd.id].write_bytes(b"\xff")
    again = Drafts(tmp_path)
    assert {each.id: (each.name, each.title, each.faults) for each in again.listed()} == {
        good.id: ("good", "Small one", 0),
        nameless.id: (None, None, 1),
        odd.id: (None, None, 1),
    }
    assert (len(again.broken), left.exists(), (known.folder / "mine").exists()) == (1, False, True)
    with pytest.raises(Failed, match="UTF-8"):
        again.get(odd.id)
    again.file(odd.id).unlink()
    with pytest.raises(NotHere):
        again.write(odd.id, "x", odd.hash)


def test_a_long_list_is_told_bit_by_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those changed last first; a text is read once until it changes."""
    monkeypatch.setattr(drafts, "MOST_READ", 1)
    known = Drafts(tmp_path)
    old, new = known.create("title: old"), known.create("title: new")
    for number, each in enumerate((old, new)):
        os.utime(known.files()[each.id], (number, number))
    assert [each.title for each in known.listed()] == ["new", None]
    assert [each.title for each in known.listed()] == ["new", "old"]
    known.write(old.id, "title: newest", old.hash)
    assert [each.title for each in known.listed()] == ["newest", "new"]


def test_what_is_to_be_looked_at_is_listed(tmp_path: Path) -> None:
    """What is asked about an article at once, warnings as soon as somebody checked that very text."""
    known = Drafts(tmp_path)
    draft = known.create(SMALL + '# check: how long?\n  # left out, line 3: "My cat."\n# looked at\n')
    assert [(each.notes, each.warnings) for each in known.listed()] == [(1, None)]
    known.warned(draft, 3)
    assert [(each.notes, each.warnings) for each in known.listed()] == [(1, 3)]
    known.write(draft.id, SMALL, draft.hash)
    assert [(each.notes, each.warnings) for each in known.listed()] == [(0, None)]


def test_a_kill_leaves_a_text_whole(tmp_path: Path) -> None:
    """That one or the one before, wherever it strikes, and nothing beside it."""
    script = textwrap.dedent("""
        import os, sys
        from pathlib import Path
        from voiceguide.studio.drafts import Drafts
        known = Drafts(Path(sys.argv[1]))
        draft = known.create("0 " + "x" * 200_000)
        at, count = int(sys.argv[2]), 0
        def strike(event, args):
            global count
            if event in ("open", "os.rename", "os.remove", "os.mkdir"):
                count += 1
                if count == at:
                    os._exit(9)
        sys.addaudithook(strike)
        known.write(draft.id, "1 " + "y" * 200_000, draft.hash)
        known.rename(draft.id, "named")
        known.delete(draft.id)
        """)
    seen = set()
    for at in (1, 3, 5, 9):
        folder = tmp_path / str(at)
        ended = subprocess.run([sys.executable, "-P", "-c", script, str(folder), str(at)], check=False)
        assert ended.returncode == 9
        known = Drafts(folder)
        (listed,) = known.listed()
        if listed.deleted is not None:
            known.restore(listed.id)
        draft = known.get(listed.id)
        assert draft.text in ("0 " + "x" * 200_000, "1 " + "y" * 200_000)
        seen.add(draft.text[0])
        known.write(draft.id, "2", draft.hash)
        assert {path.name for path in (known.folder / draft.id).iterdir()} <= {drafts.TEXT, drafts.FACTS}
    assert seen == {"0", "1"}
