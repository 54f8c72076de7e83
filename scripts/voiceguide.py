"""Run voiceguide from this checkout: `python3 scripts/voiceguide.py ARGS`; the first run sets everything up."""

import sys

from environment import become, prepare

if __name__ == "__main__":
    become([str(prepare().program("voiceguide")), *sys.argv[1:]])
