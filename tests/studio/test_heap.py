"""The heap that a studio's threads share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voiceguide.studio import heap

_THREADS = """
import ctypes, sys, tempfile, threading
if sys.argv[1] == "shared":
    from voiceguide.studio import heap
    heap.share()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc_info.argtypes, libc.fclose.argtypes = [ctypes.c_int, ctypes.c_void_p], [ctypes.c_void_p]
many, here, done = 8, threading.Barrier(9), threading.Event()
def work():
    here.wait()
    libc.malloc(1000)
    here.wait()
    done.wait()
threads = [threading.Thread(target=work) for _ in range(many)]
for each in threads: each.start()
here.wait()
here.wait()
with tempfile.NamedTemporaryFile() as told:
    file = libc.fopen(told.name.encode(), b"w")
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(told.read().count(b"<heap "))
done.set()
"""


def arenas(how: str) -> int:
    """How many arenas eight threads have that live at once."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    command = [sys.executable, "-P", "-c", _THREADS, how]
    return int(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)


@pytest.mark.skipif(not heap.is_known(), reason="the heap of glibc")
def test_threads_that_come_and_go_keep_two_arenas() -> None:
    """Each of as many as there are threads would keep what is let go."""
    assert arenas("own") > heap.ARENAS
    assert arenas("shared") == heap.ARENAS
