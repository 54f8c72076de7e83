"""Run all tests: `python3 scripts/test.py [PYTEST ARGS]`; the first run sets everything up.

Without arguments all cores run them; whoever picks some by `-k` waits less for one process than for many to start.
"""

import os
import sys

from environment import become, prepare

if __name__ == "__main__":
    environment = prepare(dev=True)
    os.chdir(environment.checkout)  # where pytest's settings are, and what paths in its arguments are relative to
    become([str(environment.program("python")), "-m", "pytest", *(sys.argv[1:] or ["-n", "logical"])])
