"""What is there where the program runs."""

from __future__ import annotations

import os

import pytest

from voiceguide.installed import cores


def test_cores_are_those_this_process_may_use(monkeypatch: pytest.MonkeyPatch):
    """A container or `taskset` may leave it fewer than the machine has; where nobody tells, the machine's."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3, 5}, raising=False)
    assert cores() == 2
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert cores() == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1
