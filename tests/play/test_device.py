"""The device: miniaudio's silent one stands for them all, and what can go wrong with one is told in words."""

from __future__ import annotations

import os
import time

import miniaudio
import numpy as np
import pytest

from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.play import device as devices

RATE = 44_100


def until(done, device) -> None:
    """Look at a device until something has come true."""
    give_up = time.monotonic() + 20
    while not done():
        device.check("0:00")
        assert time.monotonic() < give_up
        time.sleep(0.01)


def test_it_takes_what_it_is_given() -> None:
    """Portion after portion, as stereo frames, in a thread of its own; none after it is closed."""
    portions = []

    def pull(frames: int) -> np.ndarray:
        portions.append(frames)
        return np.zeros((frames, 2), np.float32)

    with devices.opened(RATE, devices.NULL) as device:
        assert 0 < device.latency <= RATE // 2
        device.start(pull)
        until(lambda: len(portions) >= 4, device)
    assert min(portions) > 0
    count = len(portions)
    time.sleep(0.12)
    assert len(portions) == count


def test_a_fault_in_what_it_is_given_is_raised_where_somebody_looks() -> None:
    """Not in the system's thread, where nobody would hear of it."""

    def pull(_frames: int) -> np.ndarray:
        raise ZeroDivisionError("a bug")

    with devices.opened(RATE, devices.NULL) as device:
        device.start(pull)
        with pytest.raises(ZeroDivisionError):
            until(lambda: False, device)


def test_a_device_that_says_it_stopped() -> None:
    """The place it came to is told, and how to go on from there."""
    with devices.opened(RATE, devices.NULL) as device:
        device.start(lambda frames: np.zeros((frames, 2), np.float32))
        device._playing.stop()
        with pytest.raises(Failed, match=r"stopped at 3:05.*begin 3:05"):
            device.check("3:05")


def test_a_device_that_takes_nothing_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is given some seconds, of which no long sleep of the machine counts as more than a moment."""
    now = 0.0
    monkeypatch.setattr(devices, "monotonic", lambda: now)
    with devices.opened(RATE, devices.NULL) as device:  # never started
        device.check("0:00")
        now = 1000.0
        device.check("0:00")
        for _ in range(5):
            now += 0.25
            device.check("0:01")
        with pytest.raises(Failed, match="plugged in"):
            for _ in range(20):
                now += 0.25
                device.check("0:02")


def _fails(*_arguments: object, **_options: object) -> None:
    os.write(2, b"noise of a library\n")
    raise miniaudio.MiniaudioError("failed to init device", -401)


def test_no_device(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """One message that says what to do instead; what a system's library writes is kept away."""
    monkeypatch.setattr(miniaudio, "PlaybackDevice", _fails)
    with pytest.raises(Failed, match=r"no sound device that works.*voiceguide render"), devices.opened(RATE):
        pass
    assert capfd.readouterr() == ("", "")
    os.write(2, b"heard again")
    assert capfd.readouterr().err == "heard again"


def test_the_silent_device_is_never_a_surprise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where miniaudio has nothing but its silent backend, nobody is let wait for a sound."""
    real = miniaudio.PlaybackDevice
    monkeypatch.setattr(
        miniaudio, "PlaybackDevice", lambda **how: real(**{**how, "backends": [miniaudio.Backend.NULL]})
    )
    with pytest.raises(Failed, match="no sound system"), devices.opened(RATE):
        pass


def test_a_device_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and what to do instead."""
    with devices.opened(RATE, devices.NULL) as device:
        monkeypatch.setattr(device._playing, "start", _fails)
        with pytest.raises(Failed, match=r"cannot be started.*voiceguide render"):
            device.start(lambda frames: np.zeros((frames, 2), np.float32))


def test_a_device_by_a_part_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first that fits is opened; a name that fits none lists them all."""
    asked = []
    found = [{"name": "Speakers", "id": 1}, {"name": "Headphones (USB)", "id": 2}]
    real = miniaudio.PlaybackDevice

    def playing(**how):
        asked.append(how.pop("device_id"))
        return real(backends=[miniaudio.Backend.NULL], **how)

    monkeypatch.setattr(miniaudio.Devices, "get_playbacks", lambda _self: found)
    monkeypatch.setattr(miniaudio, "PlaybackDevice", playing)
    monkeypatch.setattr(real, "backend", property(lambda _self: "ALSA", lambda _self, _name: None), raising=False)
    with devices.opened(RATE, "usb") as device:
        assert device.name == '"Headphones (USB)"'
    assert asked == [2]
    with pytest.raises(UsageError, match=r'"Speakers", "Headphones \(USB\)", "null".*got "phone line"'):
        devices.opened(RATE, "phone line").__enter__()


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one line that mends it."""
    monkeypatch.setitem(__import__("sys").modules, "miniaudio", None)
    with pytest.raises(MissingError, match=r"-m pip install blessed miniaudio$"):
        devices.library()
