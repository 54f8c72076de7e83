"""Run all tests: `python3 scripts/test.py [PYTEST ARGS]`; the first run sets everything up.

Without arguments all cores run them, each a stretch of neighbours, which share what they make, until one has none left
and takes some of another's; whoever picks some by `-k` waits less for one process than for many to start. A line tells
every quarter of a minute how far it is; with `-q` or `-v` pytest tells in its own way.
"""

import os
import sys

from environment import become, prepare

EVERYTHING = ["-n", "logical", "--dist", "worksteal"]

if __name__ == "__main__":
    environment = prepare(dev=True)
    os.chdir(environment.checkout)  # where pytest's settings are, and what paths in its arguments are relative to
    arguments = sys.argv[1:] or EVERYTHING
    become([str(environment.program("python")), "-m", "pytest", *arguments])
