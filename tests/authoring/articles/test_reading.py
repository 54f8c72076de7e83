"""An article's file becomes blocks, whatever its kind and its letters; what is no text is named."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from voiceguide.authoring.articles import reading, webpage
from voiceguide.errors import Failed, UsageError


def told(text: str, suffix: str = "") -> list[tuple[str, str, int]]:
    """Kind, text and line of each block."""
    return [(block.kind, block.text, block.line) for block in reading.parsed(text, suffix).blocks]


def test_plain_text() -> None:
    """Headings stand alone or above a sentence, wrapped lines are one paragraph, bullets of any sign are items.

    What was pasted from a page leaves neither tags nor entities.
    """
    text = (
        "A Title\n=======\n\nThis is a paragraph that\ngoes on here.\n\n"
        "Tools &amp; co\n&bull; <b>one</b>\n- two\n  that is long\n\n"
        "1. First\nDo it well.\n2) Second.\n\nShort line\nIs followed by a sentence that explains it.\n"
    )
    assert told(text) == [
        ("heading", "A Title", 1),
        ("paragraph", "This is a paragraph that goes on here.", 4),
        ("heading", "Tools & co", 7),
        ("item", "one", 8),
        ("item", "two that is long", 9),
        ("item", "First", 12),
        ("paragraph", "Do it well.", 13),
        ("item", "Second.", 14),
        ("heading", "Short line", 16),
        ("paragraph", "Is followed by a sentence that explains it.", 17),
    ]


def test_markdown() -> None:
    """Marks are not read out, pictures are left out, HTML in it is read, lines are the file's."""
    text = (
        "---\ntitle: Mine\n---\n# *Big* `t`\n\n![x](y)\n\n**Bold one**\n\n3. a\n4. b\n   - c\n\n<p>In html.</p>\n\n"
        "> A quote\n> goes on.\n"
    )
    article = reading.parsed(text, ".md")
    assert article.title == "Mine"
    assert told(text, ".md") == [
        ("heading", "Big t", 4),
        ("heading", "Bold one", 8),
        ("item", "a", 10),
        ("item", "b", 11),
        ("item", "c", 12),
        ("paragraph", "In html.", 14),
        ("paragraph", "A quote goes on.", 16),
    ]
    assert [(b.number, b.level) for b in article.blocks if b.kind == "item"] == [
        ((3,), 1),
        ((4,), 1),
        ((), 2),
    ]


def test_a_web_page() -> None:
    """Scripts are passed over, menus and what is hidden told apart; unclosed items and empty headings do no harm."""
    text = (
        "<html><head><title>Rub | A Site</title><script>'<p>no</p>'</script></head><body>\n<nav>menu</nav>"
        "<h1>R&amp;b</h1><h2></h2><p>One<br>goes on.<br><br>Two<br>three</p>\n"
        "<ol start=4><li>four<li><b>five</b> x<ul><li>six</ul></ol>"
        '<div hidden>a<div>b</div></div><p style="display:none">c</p>seven<footer>eight</footer>'
    )
    article = reading.parsed(text, ".html")
    assert article.title == "Rub"
    assert told(text) == [
        ("unseen", "menu", 2),
        ("heading", "R&b", 2),
        ("paragraph", "One goes on.", 2),
        ("item", "Two", 2),
        ("item", "three", 2),
        ("item", "four", 3),
        ("item", "five x", 3),
        ("item", "six", 3),
        ("unseen", "a", 3),
        ("unseen", "b", 3),
        ("unseen", "c", 3),
        ("paragraph", "seven", 3),
        ("aside", "eight", 3),
    ]
    assert [(b.number, b.level, b.lead) for b in article.blocks if b.kind == "item"] == [
        ((), 1, ""),
        ((), 1, ""),
        ((4,), 1, ""),
        ((5,), 1, "five"),
        ((), 2, ""),
    ]


def test_a_page_with_signs_that_are_no_marks() -> None:
    """A comment is passed over, to the end if it has none; `<` before a number is a sign."""
    text = "<p>Rub <!-- not\nthis --> for < 5\n<p>minutes<!-- <p>nor this"
    assert told(text, ".html") == [("paragraph", "Rub for < 5", 1), ("paragraph", "minutes", 3)]


@pytest.mark.parametrize(
    ("text", "suffix", "kind"),
    [
        ("## Knead", "", "heading"),
        ("<p>Knead.</p>", "", "paragraph"),
        ("<p>Knead.</p>", ".txt", "paragraph"),
        ("KNEAD WELL", ".txt", "heading"),
    ],
)
def test_the_kind_of_a_file_shows_in_it(text: str, suffix: str, kind: str) -> None:
    """A copied page in a .txt is still a page."""
    (block,) = reading.parsed(text, suffix).blocks
    assert block.kind == kind
    assert block.text.casefold().startswith("knead")


@pytest.mark.parametrize(
    "data",
    [
        "Déjà vu’s".encode(),
        codecs.BOM_UTF8 + "Déjà vu’s".encode(),
        codecs.BOM_UTF16_LE + "Déjà vu’s".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Déjà vu’s".encode("utf-16-be"),
        "Déjà vu’s".encode("cp1252"),
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_letters_in_any_encoding(data: bytes) -> None:
    """UTF-8 with and without its mark, UTF-16, and what Windows writes."""
    assert reading.decoded(data) == "Déjà vu’s"


def test_a_page_s_own_charset_is_taken() -> None:
    """And one that nobody knows is passed over."""
    page = '<meta charset="{}"><p>Ж\x98</p>'
    assert "Ж" in reading.decoded(page.format("koi8-r").replace("\x98", "").encode("koi8-r"))
    assert reading.decoded(page.format("no-such").encode("latin-1", "replace")).endswith("</p>")


def test_halves_of_signs_are_none() -> None:
    """Some charsets can write them, and nothing else can."""
    assert reading.decoded(b'<meta charset="unicode_escape">\\ud800 \xe4') == '<meta charset="unicode_escape">\ufffd ä'


@pytest.mark.parametrize("never_ends", ["<a ", "<!--", "<![CDATA[", "<?", "</", "<!a ", "<script>", "<p a='", "&", "<"])
def test_a_page_takes_the_time_of_its_length(never_ends: str) -> None:
    """Also where nothing in it comes to an end: many thousands of it would take minutes otherwise."""
    page = f"<p>Press.</p>{never_ends * (60_000 // len(never_ends))}"
    article = webpage.article(page)
    assert article.blocks[0].text == "Press."


def test_only_the_text_of_a_page_counts(tmp_path: Path) -> None:
    """A page's scripts, styles and comments may be long; its own markup may not."""
    for aside in ("<script>{}</script>", "<style>{}</style>", "<!--{}-->", "<SCRIPT src=x>{}</script >"):
        page = f"<p>One.</p>\n{aside.format('x' * 600_000)}\n<p>Two.</p>"
        blocks = webpage.article(page).blocks
        assert [(block.text, block.line) for block in blocks] == [("One.", 1), ("Two.", 3)]
    path = tmp_path / "page.html"
    path.write_text("<p></p>" * 80_000)
    with pytest.raises(Failed, match=r"page\.html: expected a page of at most 512 KiB without its scripts, got 546"):
        reading.read(path)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"PK\x03\x04rest", "a document of LibreOffice"),
        (b"\xd0\xcf\x11\xe0rest", "a document of an old Word, or one with a password"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"\x89PNG\r\n", "a picture"),
        (b"ELF\0\0\0", "no text"),
        (b"a" * (reading.MOST_BYTES + 1), "at most 2 MiB"),
        (b"a line\n\n" * 9000, "at most 64 KiB of text, got 70"),
        (b"a\n\n" * 6000, "at most 5,000 paragraphs, items and headings, got 6,000"),
        (b"one two " * 2000, "line 1: expected paragraphs of at most 10,000 characters, got one of 16,000"),
        (b"", "a file without words"),
        (b" \n\t\n ...", "a file without words"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, data: bytes, named: str) -> None:
    """With the file, what it seems to be, and what to do."""
    path = tmp_path / "given.txt"
    path.write_bytes(data)
    with pytest.raises(Failed, match=named) as refused:
        reading.read(path)
    assert str(refused.value).startswith(str(path))


@pytest.mark.parametrize("blank", [" ", "\t", "\N{NO-BREAK SPACE}", "#"])
def test_lines_of_blanks_are_read_at_once(tmp_path: Path, blank: str) -> None:
    """Not in the square of their length, which would be minutes here."""
    path = tmp_path / "given.md"
    path.write_text("".join(f"# A{blank * 4000}b{blank * 4000}c\n\n" for _ in range(6)), "utf-8")
    assert len(reading.read(path).blocks) == 6


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    """A name on the command line that is none is a matter of usage."""
    with pytest.raises(UsageError, match="found none"):
        reading.read(tmp_path / "none.txt")
    with pytest.raises(UsageError, match="a folder"):
        reading.read(tmp_path)
