"""The door of every script here that a person starts: its Python is new enough, and Ctrl-C is an answer.

Whatever `python3` or `python` is reads this file and the scripts that begin with it, 2.7 too: an old Python then gets
a sentence, not a syntax error. What they run is imported behind the door.
"""

import os
import platform
import sys

OLDEST = (3, 11)
NEWER_PYTHONS = ("python3.13", "python3.12", "python3.11", "python3.14")


def enter(main):
    """Run a script's own part, unless this Python is too old for it."""
    if sys.version_info < OLDEST:
        sys.stderr.write("voiceguide: " + too_old() + "\n")
        sys.exit(1)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.stderr.write("voiceguide: Interrupted: nothing was written.\n")
        sys.exit(130)


def too_old():
    """Say which Python is needed, and name one that is here already."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    here = [name for name in NEWER_PYTHONS if any(os.path.exists(folder + os.sep + name) for folder in folders)]
    wanted = ".".join(str(part) for part in OLDEST)
    this = platform.python_version() + " (" + sys.executable + ")"
    said = "Python " + wanted + " or newer is needed; this is " + this + ". "
    if here:
        return said + "This machine has " + here[0] + ": put that in place of the first word of the command."
    return said + "Install a newer one, from https://www.python.org/downloads/ or your system's packages."
