"""Run all tests: `python3 scripts/test.py [PYTEST ARGS]`; the first run sets everything up."""

import os
import sys

from environment import become, prepare

if __name__ == "__main__":
    environment = prepare(dev=True)
    os.chdir(environment.checkout)  # where pytest's settings are, and what paths in its arguments are relative to
    become([str(environment.program("python")), "-m", "pytest", *sys.argv[1:]])
