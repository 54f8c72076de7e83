"""A card as a web page: the SVG in a page that prints as exactly one sheet. No script, and nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

from voiceguide.drawing.shapes import Photo
from voiceguide.drawing.svg import svg
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from voiceguide.drawing.shapes import Sheet

_STYLE = """
@page {{ size: {paper}; margin: 0 }}
html {{ background: #e9e7e1 }}
body {{ margin: 0; padding: min(1rem, 2vw) }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }}
svg {{ display: block; width: 100%; max-width: 56rem; height: auto; margin: 0 auto; box-shadow: 0 1px 8px #0003 }}
@media print {{
  html {{ background: none }}
  body {{ padding: 0; overflow: hidden }}
  svg {{ width: {width}pt; height: {height}pt; max-width: none; margin: 0; box-shadow: none }}
}}
"""


def page(sheet: Sheet) -> str:
    """Return a card as an HTML document. The same card gives the same text.

    Its heading is for those who hear the page: what is seen is the drawing's title.
    """
    # A hair less than the sheet: a height rounded up would begin a second one.
    style = _STYLE.format(paper=sheet.paper, width=f"{sheet.width:g}", height=f"{sheet.height - 0.5:g}")
    # Only a card with a cover of its own has a picture, which is in it.
    pictures = "; img-src data:" if any(isinstance(shape, Photo) for shape in sheet.all_shapes) else ""
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    return f"""<!DOCTYPE html>
<html lang="{escaped(sheet.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-{allowed}'{pictures}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="voiceguide" content="card">
<title>{escaped(sheet.title)}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{escaped(sheet.title)}</h1>
{svg(sheet)}</main>
</body>
</html>
"""
