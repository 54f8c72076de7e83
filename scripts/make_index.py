"""Write voiceguide/routines/index.json: what `voiceguide list` tells of the bundled routines.

Run it after changing a bundled routine: `python scripts/make_index.py`. A test holds the file against the routines.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# This folder has a voiceguide.py of its own, which would be imported in the package's place.
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).parent.resolve()]

from voiceguide import catalogue
from voiceguide.routine import finding
from voiceguide.routine.reading import read
from voiceguide.store.assets import routines_folder


def index() -> str:
    """The index as text, one routine after the other by name."""
    entries = [catalogue.entry(read(path)) for _, path in sorted(finding.files().items())]
    return json.dumps(entries, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    target = routines_folder() / finding.INDEX
    target.write_text(index(), encoding="utf-8")
    print(target)
