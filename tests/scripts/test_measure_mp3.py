"""The MP3 encoder's figures: the script that measures them runs, and a session is as good as the plain stream."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_minute_measured() -> None:
    """It prints every figure; over room tone, nothing is lost."""
    chosen = ["--minutes", "1", "--bed", "none", "--quality", "9"]
    command = [sys.executable, "-P", "scripts/measure_mp3.py", *chosen]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "silent frames 0" in done.stdout
    plain, parts = map(float, re.findall(r"([\d.]+) dB", done.stdout)[:2])
    assert abs(plain - parts) < 0.1
