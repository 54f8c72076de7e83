"""Make what voiceguide/voices/kokoro/ has of the publisher's: its voices' vectors, the model's signs, and the licence.

Kokoro-82M and its voices are hexgrad's, under Apache-2.0. The vectors come from npm's package kokoro-js, the signs from
PyPI's kokoro-onnx, which has the model's own configuration inside; both are known by their digests, and the same bytes
are made of them each time: `.venv/bin/python -P scripts/make_kokoro.py`.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
from hashlib import sha256
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "voiceguide" / "voices" / "kokoro"
VOICES = (
    *("ef_dora", "em_alex", "ff_siwis", "if_sara", "im_nicola", "pf_dora", "pm_alex"),
    *("am_michael", "bm_george", "bf_emma", "af_nicole"),
)
ROWS, WIDTH = 510, 256
"""A style for every length of a sentence, in signs."""

VECTORS = "https://registry.npmjs.org/kokoro-js/-/kokoro-js-1.2.1.tgz"
VECTORS_DIGEST = "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860"
SIGNS = "kokoro-onnx==0.6.1"
SIGNS_DIGEST = "50c8de4950d601df41428ee5462a48c8a78bef441bf671f2492e070ef44d8a32"
"""SHA-256 of the two as they are published."""


def main() -> None:
    """Write the vectors, the signs and the licence."""
    with urllib.request.urlopen(VECTORS) as answer:
        package = _checked(answer.read(), VECTORS, VECTORS_DIGEST)
    folder = FOLDER / "vectors"
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        for name in VOICES:
            whole = np.frombuffer(_member(archive, f"package/voices/{name}.bin"), "<f4").reshape(ROWS, WIDTH)
            # Half the size; what it changes in the sound is what the last bit of a float32 changes: the model is
            # quantised anew for each sentence.
            np.save(folder / f"{name}.npy", whole.astype("<f2"))
        (FOLDER / "LICENSE.txt").write_bytes(_member(archive, "package/LICENSE"))
    signs = json.loads(_configuration())["vocab"]
    lines = ",\n".join(f"  {json.dumps(sign, ensure_ascii=True)}: {number}" for sign, number in signs.items())
    (FOLDER / "vocabulary.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{FOLDER}: {len(VOICES)} voices, {len(signs)} signs")


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        sys.exit(f"{VECTORS}: {name} is no file")
    return file.read()


def _configuration() -> bytes:
    """The model's own configuration, as kokoro-onnx has it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, SIGNS]
        subprocess.run(command, check=True)
        package = _checked(next(Path(folder).iterdir()).read_bytes(), SIGNS, SIGNS_DIGEST)
    with zipfile.ZipFile(io.BytesIO(package)) as wheel:
        return wheel.read("kokoro_onnx/config.json")


def _checked(data: bytes, name: str, digest: str) -> bytes:
    if (got := sha256(data).hexdigest()) != digest:
        sys.exit(f"{name}: expected the digest {digest}, got {got}")
    return data


if __name__ == "__main__":
    main()
