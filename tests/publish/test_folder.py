"""A folder of sessions becomes a podcast that readers of feeds accept, and a page that links to what is there."""

from __future__ import annotations

import html
import json
import os
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from finished_for_tests import COVER, FRAMES, TAGS, session, write_session

from voiceguide.errors import Failed, UsageError
from voiceguide.publish.feed import FEED
from voiceguide.publish.folder import publish
from voiceguide.publish.listing import LISTING

BASE = "https://example.org/my massages/"
NASTY = """<b>"Öl" & 'x'</b> ]]> שלום \N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}"""
NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
REQUIRED = {
    # RSS 2.0: what a channel must have; Apple asks for the rest, and for a language.
    "channel": ("title", "link", "description", "language", "itunes:image", "itunes:category", "itunes:explicit"),
    # Apple: title, enclosure and guid; pubDate and duration are what apps sort and show by.
    "item": ("title", "enclosure", "guid", "pubDate", "itunes:duration", "podcast:chapters", "podcast:transcript"),
    # The attributes that RSS 2.0, Apple and podcastindex.org call required.
    "enclosure": ("url", "length", "type"),
    "podcast:chapters": ("url", "type"),
    "podcast:transcript": ("url", "type"),
    "itunes:image": ("href",),
    "itunes:category": ("text",),
    "atom:link": ("href", "rel", "type"),
}


@pytest.fixture
def folder(tmp_path):
    """Two sessions of one routine and one with a name for trouble; only one of them carries no timeline."""
    write_session(tmp_path / "back-short.mp3", session(title="Back"))
    write_session(tmp_path / "Füße & co #1.mp3", session(title=NASTY, summary=NASTY))
    write_session(tmp_path / "back-full.flac")
    (tmp_path / "notes.pages").write_text("not a session")
    for age, name in enumerate(("back-short.mp3", "Füße & co #1.mp3", "back-full.flac")):
        os.utime(tmp_path / name, (1_700_000_000 - age,) * 2)
    return tmp_path


def feed(folder, **options):
    """Publish a folder, and parse its feed."""
    path, _ = publish(folder, BASE, **options)
    return ElementTree.parse(path).getroot()[0]  # noqa: S314 (made here)


def test_the_feed_has_every_field_that_is_required(folder):
    """A table of what RSS 2.0, Apple and the podcast namespace call so."""
    channel = feed(folder)
    items = channel.findall("item")
    assert len(items) == 3
    assert [name for name in REQUIRED["channel"] if channel.find(name, NAMESPACES) is None] == []
    for item in items:
        spoken = item.find("title").text != "Rücken (short), eine halbe Minute"  # the one without a timeline
        asked = [name for name in REQUIRED["item"] if spoken or name != "podcast:transcript"]
        assert [name for name in asked if item.find(name, NAMESPACES) is None] == []
    for name, attributes in list(REQUIRED.items())[2:]:
        found = channel.findall(f".//{name}", NAMESPACES)
        assert found, name
        assert [key for each in found for key in attributes if not each.get(key)] == []


def test_a_reader_of_feeds_finds_the_sessions(folder):
    """A reader takes it without a complaint: newest first, exact bytes, seconds, dates and types."""
    read = feedparser.parse((publish(folder, BASE, title=NASTY)[0]).read_bytes())
    assert not read.bozo
    assert read.version == "rss20"
    assert read.feed.title == NASTY
    assert read.feed.language == "en"
    names = ["back-short.mp3", "Füße & co #1.mp3", "back-full.flac"]
    for entry, name in zip(read.entries, names, strict=True):
        path = folder / name
        (sound,) = entry.enclosures
        assert unquote(urlsplit(sound.href).path) == f"/my massages/{name}"
        assert int(sound.length) == path.stat().st_size
        assert sound.type == {".mp3": "audio/mpeg", ".flac": "audio/flac"}[path.suffix]
        assert int(entry.itunes_duration) == round(FRAMES / 44_100)
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC).timestamp() == path.stat().st_mtime
        assert entry.id == sound.href
    assert read.entries[1].title.startswith(NASTY)
    assert html.unescape(read.entries[1].summary) == NASTY  # it is read as HTML, and has no element
    assert "<" not in read.entries[1].summary


def test_everything_that_is_linked_is_there(folder):
    """Chapters, transcripts, covers and players: in the feed, and on the page."""
    channel = feed(folder)
    links = {element.get(key) for element in channel.iter() for key in ("url", "href") if element.get(key)}
    links |= {element.text for element in channel.iter("link")} - {None, "https://example.org/my%20massages/"}
    assert len(links) > 15
    for link in links:
        assert link.startswith("https://example.org/my%20massages/"), link
        assert (folder / unquote(link.rsplit("/", 1)[1])).stat().st_size, link
    page = (folder / LISTING).read_text("utf-8")
    for link in _links(page):
        assert (folder / unquote(link)).stat().st_size, link
    assert {f"{stem}.html" for stem in ("back-short", "back-full", "Füße & co #1")} <= set(map(unquote, _links(page)))


def _links(page):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            assert tag not in ("script", "b")
            found.extend(value for key, value in attributes if key in ("href", "src") and value != "data:,")

    Reader().feed(page)
    return found


def test_what_a_session_carries_stands_beside_it(folder):
    """Its words, chapters and cover, each as its own file."""
    publish(folder, BASE)
    assert (folder / "back-short.png").read_bytes() == COVER
    chapters = json.loads((folder / "back-short.chapters.json").read_text("utf-8"))["chapters"]
    assert [(each["title"], each["startTime"]) for each in chapters] == [("Opening", 0), ("Öl", 1)]
    assert "Begin" in (folder / "back-short.vtt").read_text("utf-8")
    assert not (folder / "back-full.vtt").exists()  # nobody knows what is said in it


def test_published_again_nothing_changes(folder):
    """The same files, to the byte; a polished transcript stays."""
    publish(folder, BASE)
    (folder / "back-short.vtt").write_text("WEBVTT\n\npolished\n", "utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    warned: list[str] = []
    publish(folder, BASE, warn=warned.append)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert warned == []
    publish(folder, BASE, overwrite=True)
    assert "polished" not in (folder / "back-short.vtt").read_text("utf-8")


def test_side_files_of_an_older_sound_are_told(folder):
    """They are not replaced, but the way to do it is said."""
    publish(folder, BASE)
    os.utime(folder / "back-short.mp3", (4_000_000_000,) * 2)
    warned: list[str] = []
    publish(folder, BASE, warn=warned.append)
    assert any("back-short.vtt is older than back-short.mp3; overwrite" in each for each in warned)


def test_of_one_session_in_two_formats_the_better_known_is_told(folder):
    """The other is named as left out."""
    write_session(folder / "back-full.ogg", TAGS)
    warned: list[str] = []
    channel = feed(folder, warn=warned.append)
    assert len(channel.findall("item")) == 3
    assert warned == ["back-full.ogg is left out: back-full.flac is the same session"]


def test_sessions_of_one_title_and_length_are_told_apart(tmp_path):
    """By their files' names."""
    for name in ("one", "two"):
        write_session(tmp_path / f"{name}.mp3", session(title="Back"))
    titles = {item.find("title").text for item in feed(tmp_path).findall("item")}
    assert titles == {"Back, half a minute (one)", "Back, half a minute (two)"}


@pytest.mark.parametrize("name", [FEED, LISTING])
def test_a_strangers_file_is_not_replaced(folder, name):
    """Nothing at all is written then."""
    (folder / name).write_text("<html>my own page</html>")
    before = {path.name for path in folder.iterdir()}
    with pytest.raises(UsageError, match=f"{name} is not voiceguide's"):
        publish(folder, BASE)
    assert {path.name for path in folder.iterdir()} == before
    publish(folder, BASE, overwrite=True)
    assert "my own page" not in (folder / name).read_text("utf-8")


def test_a_folder_in_the_feeds_place_is_to_be_moved(folder):
    """The name is the feed's: no other can be chosen."""
    (folder / "feed.xml").mkdir()
    with pytest.raises(UsageError, match=r"feed\.xml is a folder: move it away$"):
        publish(folder, BASE)


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "file:///tmp",
        "https://",
        "https://x.org/?a=b",
        "https://me:pw@x.org",
        "https://x y.org",
        "https://x.org/feed.xml",
    ],
)
def test_an_address_that_is_none_is_refused(folder, url):
    """With an example of one."""
    with pytest.raises(UsageError, match=r"url: expected the address"):
        publish(folder, url)


def test_a_page_of_the_sessions_name_that_is_no_player_is_told(folder):
    """It stays, and would be opened in the player's place."""
    (folder / "back-short.html").write_text("<html>a card</html>")
    warned: list[str] = []
    publish(folder, BASE, warn=warned.append)
    assert (folder / "back-short.html").read_text() == "<html>a card</html>"
    assert any("back-short.html is no player" in each for each in warned)


@pytest.mark.parametrize("stem", ["index", "feed", "cover"])
def test_a_session_of_the_folders_own_names_is_refused(folder, stem):
    """Its page, or its picture, would be replaced by the folder's."""
    write_session(folder / f"{stem}.mp3")
    with pytest.raises(UsageError, match=rf"{stem}\.mp3: the names .* rename the session"):
        publish(folder, BASE)


def test_a_player_called_like_the_list_is_not_replaced(folder):
    """Both are voiceguide's pages, but only one is the list."""
    (folder / LISTING).write_text('<meta name="voiceguide" content="player">')
    with pytest.raises(UsageError, match=LISTING):
        publish(folder, BASE)


def test_a_file_that_cannot_be_read_is_left_out_and_named(folder):
    """The rest is published; a file of the same name in another format stands in its place."""
    write_session(folder / "bad.ogg", session(title="Good"))
    for name in ("bad.mp3", "worse.flac"):
        (folder / name).write_bytes(b"no sound")
    (folder / "damaged.mp3").write_bytes(write_session(folder / "back-short.mp3", session(audience="all")).read_bytes())
    warned: list[str] = []
    channel = feed(folder, warn=warned.append)
    assert len(channel.findall("item")) == 4 - 1
    for name, why in (("bad.mp3", "expected a session"), ("worse.flac", "expected"), ("damaged.mp3", "audience: ")):
        assert any(each.startswith(f"left out: {folder / name}: {why}") for each in warned), name


@pytest.mark.parametrize("name", ["a\nb.mp3", "e\u0301.mp3", "con.mp3", f"{'x' * 251}.mp3"])
def test_a_name_that_no_file_beside_it_can_have_is_left_out(name, folder):
    """In one line; the rest is published."""
    sound = folder / name
    try:
        sound.write_bytes((folder / "back-short.mp3").read_bytes())
    except OSError:
        pytest.skip("no such name on this system")
    warned: list[str] = []
    assert len(feed(folder, warn=warned.append).findall("item")) == 3
    assert [each.startswith('left out: cannot name a file "') and "\n" not in each for each in warned] == [True]


def test_a_folder_in_which_no_session_can_be_read_is_refused(tmp_path):
    """With every file: nobody mends a folder one run at a time."""
    for name in ("bad.mp3", "worse.flac"):
        (tmp_path / name).write_bytes(b"no sound")
    with pytest.raises(Failed, match=r"(?s)bad\.mp3: expected.*worse\.flac: expected"):
        publish(tmp_path, BASE)


def test_what_is_listed_keeps_its_date_and_its_place(folder):
    """Whatever the files' times say since; a new session has its file's."""
    before = _dates(feed(folder))
    for age, name in enumerate(("back-full.flac", "back-short.mp3")):
        os.utime(folder / name, (1_800_000_000 - age,) * 2)
    write_session(folder / "new.flac")
    os.utime(folder / "new.flac", (1_900_000_000,) * 2)
    for overwrite in (False, True):
        first, *rest = _dates(feed(folder, overwrite=overwrite))
        assert first == ("new.flac", "Sun, 17 Mar 2030 17:46:40 +0000")
        assert rest == before


def _dates(channel):
    """The sounds and their dates, as the feed lists them."""
    return [(each.find("guid").text.rpartition("/")[2], each.find("pubDate").text) for each in channel.findall("item")]


@pytest.mark.parametrize(
    "date", ["", "soon", "Mon, 99 Jan 2024 00:00:00 +0000", "Mon, 01 Jan 0001 00:00:00 +2359", "1" * 100_000]
)
def test_a_date_that_is_none_is_not_kept(folder, date):
    """Nor is anything else in a feed that somebody changed an error."""
    path, _ = publish(folder, BASE)
    whole = path.read_text("utf-8")
    head, item = whole.split("<item>", 1)
    path.write_text(f"{head}<item><item><pubDate></item>{item.replace('<pubDate>', f'<pubDate>{date}<', 1)}", "utf-8")
    assert publish(folder, BASE)[0].read_text("utf-8") == whole


def test_a_folder_without_sessions_is_told(tmp_path):
    """Empty, or not there."""
    with pytest.raises(UsageError, match="found none"):
        publish(tmp_path, BASE)
    with pytest.raises(UsageError, match="expected a folder with sessions"):
        publish(tmp_path / "nowhere", BASE)
