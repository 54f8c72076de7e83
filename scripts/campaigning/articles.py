"""How-to articles as text, Markdown, web pages, .docx and .pdf: a draft of each is a routine, or there is none."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from campaigning import program
from campaigning.cases import Case, FoundError, Kind
from campaigning.mutating import TEXTS, damaged_bytes, damaged_lines
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from campaigning.lab import Lab

_STEPS = (
    "Warm a little oil between your hands and rest them on the back for a minute.",
    "Glide up both sides of the spine to the shoulders, then out and down, 5 to 10 times.",
    "Use your thumbs to make small circles beside the spine for 2–3 minutes.",
    "Squeeze and lift the muscle between neck and shoulder; hold for 10 seconds, repeat three times.",
    "Never press on the spine itself. Ask whether the pressure is right.",
    "Repeat on the other side, for about half a minute.",
    "Press and hold each point for five seconds, then let go slowly.",
    "Finish with long, light strokes for 1 1/2 minutes.",
    "Do this for 90 seconds on the left side and then on the right side.",
)
_AROUND = (
    "A back massage helps you relax after a long day.",
    "You will need a towel, some massage oil and a quiet room.",
    "Do not massage someone who has a fever, a blood clot or broken skin.",
    "Tip: keep your shoulders low and breathe out as you press.",
    "Ask your doctor first if you are pregnant.",
    "Advertisement",
    "Read more: 10 ways to sleep better",
    "By Jane Doe, updated on March 3, 2021",
)
_DOCUMENTS = 0.05
"""The share of documents: each is read by a process of its own, which takes its time."""
_HEADINGS = ("Steps", "What you need", "Warnings", "Tips", "Method 1: The back", "Before you start", "References")


def _written(rng: Random) -> tuple[str, str]:
    """Return an article's text, and its suffix."""
    suffix = rng.choice((".txt", ".md", ".html"))
    steps = [rng.choice(_STEPS) for _ in range(rng.choice((2, 3, 4, 5, 8, 8, 15, rng.choice((0, 1, 99, 120)))))]
    around = [rng.choice(_AROUND) for _ in range(rng.randrange(5))]
    if rng.random() < 0.3:
        steps = [f"{step} {rng.choice(TEXTS)}" if rng.random() < 0.2 else step for step in steps]
    title = rng.choice(("How to give a back massage", "Foot massage", rng.choice(TEXTS)))
    heading = "Steps" if rng.random() < 0.7 else rng.choice(_HEADINGS)
    numbers = rng.choice(("{n}. ", "{n}. ", "{n}) ", "Step {n}: ", "- ", ""))
    if suffix == ".html":
        items = "".join(f"<li>{step}</li>\n" for step in steps)
        around_it = "".join(f"<p>{line}</p>\n" for line in around)
        head = f"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>\n"
        return f"{head}{around_it}<h2>{heading}</h2>\n<ol>\n{items}</ol></body></html>\n", suffix
    mark = "# " if suffix == ".md" else ""
    lines = [numbers.format(n=number) + step for number, step in enumerate(steps, 1)]
    gap = rng.choice(("\n", "\n\n"))
    return f"{mark}{title}\n\n{gap.join(around)}\n\n{mark and '## '}{heading}\n\n{gap.join(lines)}\n", suffix


def _docx(text: str) -> bytes:
    """Return a document of Word with a paragraph for each line of a text."""
    types = "http://schemas.openxmlformats.org"
    said = "".join(f"<w:p><w:r><w:t>{escaped(line)}</w:t></w:r></w:p>" for line in text.split("\n"))
    files = {
        "[Content_Types].xml": f'<Types xmlns="{types}/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{types}/package/2006/relationships"><Relationship Id="r" Type='
        f'"{types}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{types}/wordprocessingml/2006/main"><w:body>{said}</w:body>'
        "</w:document>",
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content.encode("utf-8", "replace"))
    return made.getvalue()


def _pdf(text: str) -> bytes:
    """Return a PDF with a text."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("Helvetica")
    made.multi_cell(0, 6, text.encode("latin-1", "replace").decode("latin-1"))
    return bytes(made.output())


class Articles(Kind):
    """What people save from the web, and what is no article at all."""

    name = "articles"
    count = 2_000
    short = 10

    def generate(self, rng: Random, material: Path) -> Case:  # noqa: ARG002 (made of nothing else)
        """An article, whole or damaged, in an encoding."""
        text, suffix = _written(rng)
        encoding = rng.choice(("utf-8", "utf-8", "utf-8", "latin-1", "cp1252", "utf-16", "utf-8-sig"))
        errors = "surrogatepass" if encoding.startswith("utf") else "replace"
        data = text.encode(encoding, errors)
        if suffix != ".html" and rng.random() < _DOCUMENTS:
            suffix = rng.choice((".docx", ".pdf"))
            data = _docx(text) if suffix == ".docx" else _pdf(text)
        how = rng.random()
        if how > 0.7:
            data = damaged_bytes(data, rng, times=rng.choice((1, 2, 6)))
        elif how > 0.5:
            data = damaged_lines(data, rng)
        suffix = suffix if rng.random() < 0.95 else rng.choice((".htm", ".markdown", "", ".pdf", ".yaml"))
        return Case(data, {"suffix": suffix})

    def run(self, case: Case, lab: Lab) -> None:
        """Draft a routine from it; what is written must pass `check`."""
        from voiceguide.lint import findings

        path = lab.file(f"article{case.ways['suffix']}", case.data)
        draft = lab.work / "draft.yaml"
        said = program.tried(lab, "import", path.name, "-o", draft.name, names="article", codes=frozenset({0, 1, 2}))
        if draft.exists() != (said.code == 0):
            raise FoundError("a draft where there is none", f"exit {said.code}\n{said.err}")
        if said.code == 0:
            found = lab.step("check", lambda: findings(draft))
            faults = [fault for fault in found if fault.level == "fault"] if isinstance(found, list) else [found]
            if faults:
                raise FoundError("a draft that fails its check", f"{faults[0]}")
