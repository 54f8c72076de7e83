"""Nothing of the user's is read or written by a test: no cache, no config file, no variable."""

from __future__ import annotations

import gc
import os
import signal
from itertools import count
from typing import TYPE_CHECKING

import pytest
from caches_for_tests import unspoken
from hypothesis import HealthCheck, settings
from progress_for_tests import Progress, dear_first

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NUMBERS = count()

# How fast a machine is, is none of the promises.
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")


def pytest_configure(config: pytest.Config) -> None:
    """Tell how far the tests are, unless `-q` or `-v` asks for pytest's own way; once, so not in xdist's workers.

    A shell lets what it runs in the background ignore Ctrl-C, `nohup` the end of the terminal, and so would the
    programs that tests interrupt.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    gc.disable()  # what collecting makes stays
    if config.get_verbosity() == 0 and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(), "progress")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    dear_first(items, getattr(config, "workerinput", {}).get("workercount", 1))


def pytest_collection_finish() -> None:
    """Look for garbage again, but never more among the tests themselves: a quarter of a million objects."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000)  # as the program itself does


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home of the tests' own, for this process and those it starts; what sessions share is cached in it."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "config.toml").touch()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("VOICEGUIDE_")]:
            patch.delenv(name)
        for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(folder))
        patch.setenv("VOICEGUIDE_CONFIG", str(folder / "config.toml"))
        patch.setenv("VOICEGUIDE_CACHE", str(unspoken(folder / "shared-cache")))
        # No test's file has to outlast a power cut, and none waits for the disk; tests/store/test_files.py asks that
        # files are brought there.
        patch.setattr(os, "fsync", lambda _number: None)
        yield folder


@pytest.fixture(autouse=True)
def cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, in which nothing is spoken."""
    folder = unspoken(home / f"cache-{next(_NUMBERS)}")
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(folder))
    return folder
