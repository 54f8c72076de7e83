"""Check style and types as CI does: `python3 scripts/check.py`; the first run sets everything up."""

import subprocess
import sys

from environment import INTERRUPTED, prepare

CHECKS = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])


def main() -> int:
    """Run every check, also after one failed: who mends wants to see all."""
    environment = prepare(dev=True)
    failed = False
    for command in CHECKS:
        print("$", *command, flush=True)
        failed |= subprocess.call([environment.program(command[0]), *command[1:]], cwd=environment.checkout) != 0
    return int(failed)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
