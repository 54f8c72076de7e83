"""`python -m voiceguide` and the program `voiceguide` begin here, with what comes before any module is loaded."""

import gc
import os
import signal
import sys


def main() -> None:
    """Run the command line."""
    # Frozen values hold no circles: looking for some among every 700 new ones takes a tenth of the time.
    gc.set_threshold(20_000)
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
            signal.signal(number, _end)
    if sys.getfilesystemencoding() == "ascii" and sys.executable:
        # A locale without letters, and Python was told not to take it for UTF-8: then no name and no text with letters
        # could be read, written or printed.
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 (this very program)
    from voiceguide.cli import main as run

    run()


def _end(_number: int, _frame: object) -> None:
    """End at a signal while modules are loaded, as an error raised there may be taken for one of theirs, or be lost."""
    try:
        os.write(2, b"Interrupted: nothing was written.\n")
    finally:
        os._exit(130)


if __name__ == "__main__":
    main()
