"""Run all tests: `python3 scripts/test.py [PYTEST ARGS]`; the first run sets everything up.

Without arguments all cores run them, and two processes more, for whenever a test only waits. Each runs a stretch of
neighbours, which share what they make, until it has none left and takes some of another's; whoever picks some by `-k`
waits less for one process than for many to start. A line tells every quarter of a minute how far it is; with `-q` or
`-v` pytest tells in its own way.
"""

import os
import sys

from door import enter


def main():
    """Become pytest."""
    from environment import become, prepare

    environment = prepare(dev=True)
    os.chdir(str(environment.checkout))  # where pytest's settings are, and what paths in its arguments are relative to
    # Many tests start the program: where nothing that Python compiles may be kept, each start compiles all of it anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    everything = ["-n", str((os.cpu_count() or 1) + 2), "--dist", "worksteal"]
    become([str(environment.program("python")), "-m", "pytest"] + (sys.argv[1:] or everything))


if __name__ == "__main__":
    enter(main)
