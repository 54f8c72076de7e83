"""Run voiceguide from this checkout: `python3 scripts/voiceguide.py ARGS`; the first run sets everything up."""

import sys

from door import enter


def main():
    """Become the program."""
    from environment import become, prepare

    become([str(prepare().program("voiceguide"))] + sys.argv[1:])


if __name__ == "__main__":
    enter(main)
