"""Make voiceguide/pages/studio/vendor/codemirror.js, the editor of a draft's text: one module of CodeMirror 6.

CodeMirror is MIT, which is written beside it with the names of all that it is made of. npm brings the packages that
scripts/editor/package-lock.json names, each known by its digest, and esbuild, of the same list, joins what
scripts/editor/editor.js asks of them. It needs Node and npm, and makes the same bytes each time:
`.venv/bin/python -P scripts/make_editor.py`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "scripts" / "editor"
FOLDER = ROOT / "voiceguide" / "pages" / "studio" / "vendor"
MODULE, LICENCE = FOLDER / "codemirror.js", FOLDER / "codemirror-LICENSE.txt"
BUNDLE = ("--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none", "--charset=utf8")


def main() -> None:
    """Write the module and its licences."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in SOURCE.iterdir():
            shutil.copy(path, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        told = folder / "told.json"
        command = ["node_modules/.bin/esbuild", "editor.js", *BUNDLE, "--outfile=made.js", f"--metafile={told}"]
        subprocess.run(command, cwd=folder, check=True)
        MODULE.write_bytes((folder / "made.js").read_bytes())
        inside = sorted({package(path) for path in json.loads(told.read_text("utf-8"))["inputs"]} - {""})
        LICENCE.write_text(licences(folder / "node_modules", inside), "utf-8")
    print(f"{MODULE}: {', '.join(inside)}; {MODULE.stat().st_size / 1000:.0f} kB")


def package(path: str) -> str:
    """Return the package of a file that was bundled, "" for one of ours."""
    found = re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", path)
    return found[1] if found else ""


def licences(modules: Path, packages: list[str]) -> str:
    """Return the licences of packages, each text once, under the names of those that have it."""
    texts: dict[str, list[str]] = {}
    for name in packages:
        version = json.loads((modules / name / "package.json").read_text("utf-8"))["version"]
        texts.setdefault((modules / name / "LICENSE").read_text("utf-8").strip(), []).append(f"{name} {version}")
    return "\n\n".join(f"{', '.join(names)}:\n\n{text}" for text, names in texts.items()) + "\n"


if __name__ == "__main__":
    main()
