"""A card as a PDF of one page, in Helvetica, which every reader has: no font is put into the file."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from fpdf import FPDF

from voiceguide.drawing import flat
from voiceguide.drawing.flat import Area, Label
from voiceguide.drawing.shapes import Box, Path, Photo, Picture, Run
from voiceguide.errors import UsageError

if TYPE_CHECKING:
    from voiceguide.drawing.flat import Piece
    from voiceguide.drawing.shapes import Shape, Sheet

_DATE = b"/CreationDate (D:19700101000000Z)"
_LETTERS = "cp1252"
"""What a PDF's own fonts can show."""


def check_letters(sheet: Sheet) -> None:
    """Raise UsageError for the first text with letters that a PDF's own Helvetica lacks."""
    for run in sheet.runs:
        lacking = "".join(dict.fromkeys(sign for sign in run.text if not _shown(sign)))
        if lacking:
            raise UsageError(
                f'a PDF has no letters for "{lacking}" in "{run.text}": write the card as .html or .svg instead, '
                "which a browser shows in any script and prints as PDF"
            )


def pdf(sheet: Sheet) -> bytes:
    """Return a card as a PDF, without a date: the same card gives the same bytes. Raises as `check_letters`."""
    check_letters(sheet)
    document = FPDF(unit="pt", format=(sheet.width, sheet.height))
    document.core_fonts_encoding = _LETTERS
    document.set_auto_page_break(False)
    document.set_title(sheet.title)
    document.set_lang(sheet.language)
    document.set_creation_date(datetime.fromtimestamp(0, UTC))
    document.add_page()
    for shape in sheet.all_shapes:
        _draw(document, shape)
    written = bytes(document.output())
    # The library knows no document without a date. Spaces in its place leave the file's table of offsets true.
    return written.replace(_DATE, b" " * len(_DATE))


def _draw(document: FPDF, shape: Shape) -> None:
    match shape:
        case Run():
            document.set_font("Courier" if shape.fixed else "Helvetica", "B" if shape.bold else "", shape.size)
            document.set_text_color(shape.colour)
            document.text(shape.left, shape.y, shape.text)
        case Box():
            _colour(document, shape.fill, shape.line, shape.weight)
            style = ("D" if shape.line else "") + ("F" if shape.fill else "")
            round_, radius = shape.radius > 0, shape.radius
            document.rect(shape.x, shape.y, shape.width, shape.height, style, round_, radius)
        case Photo():
            document.image(BytesIO(shape.data), shape.x, shape.y, shape.width, shape.height)
        case Picture():
            with document.rect_clip(shape.x, shape.y, shape.width, shape.height):
                place = flat.into(shape.vector, shape.x, shape.y, shape.width, shape.height)
                for piece in flat.pieces(shape.vector, place):
                    _piece(document, piece)
        case Path():
            if shape.weight:
                _colour(document, None, shape.colour, shape.weight)
                document.polyline(shape.points)
            else:
                _colour(document, shape.colour, None, 0.0)
                document.polygon(shape.points, style="F")


def _piece(document: FPDF, piece: Piece) -> None:
    """Draw a piece of a drawing; its words would be too small to be read."""
    if isinstance(piece, Label):
        return
    with document.new_path() as path:
        style = path.style
        if isinstance(piece, Area):
            style.fill_color, style.fill_opacity, style.stroke_color = piece.colour, piece.opacity, None
            style.intersection_rule = "evenodd" if piece.evenodd else "nonzero"
            rows = tuple((row, True) for row in piece.rows)
        else:
            style.fill_color, style.stroke_color, style.stroke_opacity = None, piece.colour, piece.opacity
            style.stroke_width, style.stroke_cap_style = piece.width, "round" if piece.round else "butt"
            rows = tuple((row.points, row.closed) for row in piece.rows)
        style.auto_close = False
        for points, is_closed in rows:
            path.move_to(*points[0])
            for point in points[1:]:
                path.line_to(*point)
            if is_closed:
                path.close()


def _colour(document: FPDF, fill: str | None, line: str | None, weight: float) -> None:
    if fill:
        document.set_fill_color(fill)
    if line:
        document.set_draw_color(line)
        document.set_line_width(weight)


def _shown(sign: str) -> bool:
    try:
        sign.encode(_LETTERS)
    except UnicodeEncodeError:
        return False
    return True
