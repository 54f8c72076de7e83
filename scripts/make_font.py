"""Make voiceguide/drawing/Inter.ttf, the letters of covers and plots: one weight of Inter, with what people write.

Inter is under the SIL Open Font License and reserves no name, so that a subset of it may be passed on, with the licence
beside it. pip brings it from the Python index as a package; the file in it is known by its digest. The same fonttools
makes the same bytes of it: `.venv/bin/python -P scripts/make_font.py`. A test holds the font against `LETTERS`.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FOLDER = Path(__file__).resolve().parent.parent / "voiceguide" / "drawing"
FONT, LICENCE = FOLDER / "Inter.ttf", FOLDER / "Inter-LICENSE.txt"

PACKAGE = "fontpkg-inter==4.1.post1"
INSIDE = ("fontpkg_inter/files/Inter[opsz,wght].ttf", "fontpkg_inter/LICENSE")
"""The font and its licence in the package."""
DIGEST = "29160a80ff49ddcab2c97711247e08b1fab27a484a329ce8b813d820dc559031"
"""Of the font, SHA-256: Inter 4.001 as Google Fonts has it."""

AXES = {"wght": 500.0, "opsz": 28.0}
"""A little bolder than a text's weight, and drawn for large letters: so that light ones stand out on a dark ground."""
_EUROPE = ((0x0020, 0x007E), (0x00A0, 0x017F), (0x0218, 0x021B))
"""Latin letters of all of Europe's languages, with ASCII and the signs of Latin-1."""
_WELSH_AND_VIETNAMESE = ((0x01A0, 0x01A1), (0x01AF, 0x01B0), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EA0, 0x1EF9))
_GREEK = ((0x0384, 0x0384), (0x0386, 0x038A), (0x038C, 0x038C), (0x038E, 0x03A1), (0x03A3, 0x03CE))
_CYRILLIC = ((0x0400, 0x045F), (0x0490, 0x0491))
_QUOTES = ((0x2018, 0x201A), (0x201C, 0x201E), (0x2039, 0x203A))
_SIGNS = (
    *((0x2010, 0x2014), (0x2022, 0x2022), (0x2026, 0x2026), (0x2032, 0x2033)),
    *((0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2193), (0x2212, 0x2212)),
)
_LEFT_OUT = {0x00AD, 0x0149, 0x017F}
"""A hyphen that is not seen, and two letters that Inter lacks or nobody writes."""


def _codes(*ranges: tuple[tuple[int, int], ...]) -> frozenset[int]:
    return frozenset(code for each in ranges for first, last in each for code in range(first, last + 1)) - _LEFT_OUT


LETTERS = _codes(_EUROPE, _WELSH_AND_VIETNAMESE, _GREEK, _CYRILLIC, _QUOTES, _SIGNS)
"""The code points that the font has."""


def main() -> None:
    """Write the font and its licence."""
    font, licence = _downloaded()
    made = subset(font)
    FONT.write_bytes(made)
    LICENCE.write_bytes(licence)
    print(f"{FONT}: {len(LETTERS)} letters, {len(made) / 1000:.0f} kB")


def _downloaded() -> tuple[bytes, bytes]:
    """Inter as it is published, and its licence."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
        subprocess.run(command, check=True)
        with zipfile.ZipFile(next(Path(folder).iterdir())) as wheel:
            font, licence = (wheel.read(name) for name in INSIDE)
    if (got := sha256(font).hexdigest()) != DIGEST:
        sys.exit(f"{PACKAGE}: expected the font with the digest {DIGEST}, got {got}")
    return font, licence


def subset(font: bytes) -> bytes:
    """Return one weight of a variable font with LETTERS. SystemExit for letters that the font lacks."""
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    if lacking := LETTERS - whole.getBestCmap().keys():
        sys.exit(f"the font lacks {' '.join(f'U+{code:04X}' for code in sorted(lacking))}")
    one = instantiateVariableFont(whole, AXES, updateFontNames=True)
    # Pillow's own layout, which is the same on every machine, moves no letters and joins none; and without instructions
    # FreeType fits small letters to the pixels by itself.
    options = Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 4, 5, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=LETTERS)
    subsetter.subset(one)
    for table in {"GDEF", "GPOS", "GSUB", "STAT"} & set(one.keys()):
        del one[table]
    written = io.BytesIO()
    one.save(written)
    return written.getvalue()


if __name__ == "__main__":
    main()
