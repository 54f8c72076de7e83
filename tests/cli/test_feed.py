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
