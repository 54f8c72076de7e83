"""The hostile campaign's modules, as tests import them."""

from __future__ import annotations

import importlib
import sys

from voiceguide.store import assets

# At the end of the path, and after the package: scripts/ has a voiceguide.py of its own.
sys.path.append(str(assets.PACKAGE.parent / "scripts"))

cases, kinds, lab, program, records, serving, shrinking = (
    importlib.import_module(f"campaigning.{name}")
    for name in ("cases", "kinds", "lab", "program", "records", "serving", "shrinking")
)
FoundError = cases.FoundError
