"""`voiceguide feed` prints what it wrote."""

from __future__ import annotations

from finished_for_tests import write_session


def test_the_feed_and_the_list_are_printed(run, tmp_path):
    """Two paths, nothing else."""
    write_session(tmp_path / "s.mp3")
    result = run("feed", str(tmp_path), "--url", "https://example.org")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines() == [str(tmp_path / "feed.xml"), str(tmp_path / "index.html")]


def test_an_address_is_asked_for(run, tmp_path):
    """Without one there is no feed."""
    result = run("feed", str(tmp_path))
    assert result.code == 2
    assert "--url" in result.err


def test_visits_are_episodes(run, tmp_path, monkeypatch):
    """They are made first, so that the feed lists them; a wrong address is told before anything is made."""
    routines = tmp_path / "routines"
    routines.mkdir()
    (routines / "hands.yaml").write_text(
        "title: Hands\nsummary: S\nsteps:\n  - {name: Rest, say: Rest., duration: 10s..12s, "
        "cues: [{at: 4s, say: {any: [Soft., Slow.]}}]}\n"
    )
    folder = tmp_path / "made"
    folder.mkdir()
    made = folder / "hands.mp3"
    soon = ("--voice", "tone", "--no-opening", "--no-closing", "--gate", "brief", "--bed", "none", "--quality", "9")
    assert run("render", str(routines / "hands.yaml"), "-o", str(made), *soon).code == 0
    asked = ("feed", str(folder), "--visits", "2", "--routines", str(routines))
    assert run(*asked, "--url", "nowhere").code == 2
    assert [path.name for path in folder.iterdir()] == ["hands.mp3"]
    result = run("--quiet", *asked, "--url", "https://example.org")
    assert result.out.splitlines()[0] == str(folder / "hands-visit-2.mp3")
    assert (folder / "feed.xml").read_text().count("<item>") == 2
