"""Drawings made for tests: small, and each with what the agreement of `drawing/atlas` asks for."""

from __future__ import annotations

from pathlib import Path

GLIDE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360" role="img" aria-labelledby="title"
 data-out="6" data-back="6"><title id="title">Both palms glide up beside the spine</title>
<g id="figure" data-figure="back"><rect x="90" y="30" width="180" height="300" rx="40" fill="#e8b48f"/>
<path d="M172 60h16v220h-16z" fill="none" stroke="#7a4a2e" stroke-width="3" stroke-dasharray="6 5"/>
<text x="192" y="296" font-size="14" fill="#5b3a26">spine</text></g>
<path class="way" data-way="1" d="M140 280V100" fill="none" stroke="#1f5c4d" stroke-width="4"/>
<path class="way" data-way="2" d="M220 280V100" fill="none" stroke="#1f5c4d" stroke-width="4"/>
<g class="hand" data-hand="left" data-of="giver" data-way="1" data-kind="glide" transform="translate(140,280)">
<circle r="24" fill="#6b3f28"/></g>
<g class="hand" data-hand="right" data-of="giver" data-way="2" data-kind="glide" transform="translate(220,280)">
<circle r="24" fill="#6b3f28"/></g></svg>
"""
PRESS = GLIDE.replace("Both palms glide up beside", "Thumbs press beside").replace('kind="glide"', 'kind="press"')
PRESS = PRESS.replace("M140 280V100", "M140 280L140 190L140 100").replace("M220 280V100", "M220 280L220 190L220 100")
ONE_SIDE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360"><title>Circles at the left shoulder</title>
<g data-figure="back"><rect x="90" y="30" width="180" height="300" rx="40" fill="#e8b48f"/>
<text x="100" y="60" font-size="14">armpit</text></g>
<path class="way" data-way="1" d="M120 90a30 30 0 1 1 0 .1z" fill="none" stroke="#1f5c4d" stroke-width="4"/>
<g class="hand" data-hand="right" data-of="giver" data-way="1" data-kind="circle" transform="translate(120,90)">
<path d="M-20-20h40v40h-40z" fill="#6b3f28"/></g></svg>
"""


def atlas(folder: Path) -> Path:
    """Write a small atlas into a folder, as `voiceguide/drawings` is one, and return it."""
    for name, text in (("glide", GLIDE), ("thumbs", PRESS), ("circles", ONE_SIDE)):
        file = folder / "upper-back" / f"{name}.svg"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    both = GLIDE.replace('data-out="6"', 'data-both="" data-out="6"').replace("Both palms glide", "Hands rest")
    (folder / "whole").mkdir()
    (folder / "whole" / "rest.svg").write_text(both.replace('kind="glide"', 'kind="still"'), "utf-8")
    return folder
