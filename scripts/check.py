"""Check style and types as CI does: `python3 scripts/check.py`; the first run sets everything up."""

import subprocess
import sys

from door import enter

CHECKS = (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"])


def main():
    """Run every check, also after one failed: who mends wants to see all."""
    from environment import prepare

    environment = prepare(dev=True)
    failed = False
    for command in CHECKS:
        sys.stdout.write("$ " + " ".join(command) + "\n")
        sys.stdout.flush()
        program = str(environment.program(command[0]))
        failed |= subprocess.call([program] + command[1:], cwd=str(environment.checkout)) != 0
    return int(failed)


if __name__ == "__main__":
    enter(main)
