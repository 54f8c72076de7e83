"""Documents of Word and PDFs are read like any article; what is made to hurt its reader is one message."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from fpdf import FPDF

from voiceguide.authoring.articles import draft_of, office, office_child
from voiceguide.errors import Failed, MissingError

mammoth = pytest.importorskip("mammoth")
pypdf = pytest.importorskip("pypdf")

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(*texts: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A document of Word with some paragraphs, and other files in it."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    said = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    files: dict[str, bytes] = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": RELATIONS.encode(),
        "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{said}</w:body></w:document>'.encode(),
        **(extra or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def pdf(text: str, password: str = "") -> bytes:
    """A PDF with a text."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica")
    made.multi_cell(0, 6, text)
    if password:
        made.set_encryption(owner_password="o", user_password=password)  # noqa: S106 (of a test)
    return bytes(made.output())


ARTICLE = (
    "Calf rub",
    "1. Stroke the calf for 2 minutes.",
    "2. Knead it for 3 minutes.",
    "Not for people with a blood clot.",
)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_document_is_an_article(tmp_path: Path, suffix: str) -> None:
    """Two steps, their times, a caution; by what is in it, whatever its name."""
    path = tmp_path / "article.txt"
    path.write_bytes(docx(*ARTICLE) if suffix == "docx" else pdf("\n\n".join(ARTICLE)))
    draft = draft_of(path)
    assert draft.text.count("- name:") == 2
    for line in ("title: Calf rub", "    duration: 2m", "    duration: 3m"):
        assert f"{line}\n" in draft.text
    assert [(caution.place, caution.text) for caution in draft.cautions] == [("do_not_start", ARTICLE[-1])]


def test_parts_of_a_page_that_are_no_article() -> None:
    """A PDF's running titles and page numbers; words parted at a line's end are whole."""
    pages = [["Calf site", f"Stroke the {name} mus-", "cle well.", str(n)] for n, name in enumerate("abc", 1)]
    text = office_child.paragraphs(office_child.without_furniture(pages))
    assert text.split("\n")[:3] == ["Calf site", "Stroke the a muscle", "well."]
    assert text.count("Calf site") == 1
    assert not any(sign.isdigit() for sign in text)


BOMB = docx("x", extra={"word/other.xml": b" " * (office_child.MOST_UNPACKED + 1)})
ENTITIES = docx("x", extra={"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'})


@pytest.mark.parametrize(
    ("data", "kind", "told"),
    [
        (BOMB, "docx", "one that unpacks to more than 48 MiB"),
        (ENTITIES, "docx", "it defines entities"),
        (docx("x")[:300], "docx", "a broken one"),
        (docx("x", extra={"word/document.xml": b"<w:"}), "docx", "a broken one"),
        (pdf("x", "p"), "pdf", "one with a password"),
        (pdf("")[:200], "pdf", "a broken one"),
        (pdf(""), "pdf", "one without text, perhaps scanned"),
    ],
    ids=["a bomb", "entities", "half a zip", "half an xml", "a password", "half a pdf", "a scan"],
)
def test_what_cannot_be_read_is_one_message(data: bytes, kind: str, told: str) -> None:
    """What it is, and what to do."""
    read = office_child.docx if kind == "docx" else office_child.pdf
    try:
        answer = read(data)
    except office_child.DocumentError as error:
        assert told in str(error)
    except Exception:  # noqa: BLE001 (what a broken document makes of its reader, main() tells)
        assert told == "a broken one"
    else:
        pytest.fail(f"it was read: {answer[:80]}")


def test_a_reader_that_is_ended_is_one_message(tmp_path: Path) -> None:
    """However it ends: with the document's fault, without an answer, or not at all."""
    with pytest.raises(Failed, match=r"expected a PDF, got one without text.* save it as plain text"):
        office.text_of(pdf(""), "pdf")
    silent = (sys.executable, "-c", "import os; os._exit(9)")
    with pytest.raises(Failed, match="takes more time or memory than any article"):
        office.text_of(b"%PDF", "pdf", silent)
    with pytest.raises(Failed, match="expected at most 32 MiB"):
        office.text_of(b"%PDF" + bytes(office.MOST_BYTES), "pdf")


def test_without_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that brings it."""
    monkeypatch.setattr(office, "find_spec", lambda _: None)
    with pytest.raises(MissingError, match=r"a PDF needs more packages: .* -m pip install mammoth pypdf"):
        office.text_of(b"%PDF", "pdf")
