"""What goes wrong behind a C library's callbacks is raised once it has returned."""

from __future__ import annotations

import io
import signal

import numpy as np
import pytest

from voiceguide.exports.door import written_by_soundfile

FORMATS = {"FLAC": "PCM_16", "OGG": "VORBIS"}


class Signalled(io.BytesIO):
    """A file in whose writing Ctrl-C is pressed, again and again."""

    def write(self, data, /):
        """Write, and be interrupted."""
        written = super().write(data)
        signal.raise_signal(signal.SIGINT)
        return written


@pytest.mark.parametrize("container", FORMATS)
def test_an_interrupt_waits_for_c_to_return(container, monkeypatch, capfd):
    """Raised in a callback it would be printed and lost, and the file would lack what was being written."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    file = Signalled()
    settings = {"samplerate": 44100, "channels": 2, "format": container, "subtype": FORMATS[container]}
    try:
        with pytest.raises(KeyboardInterrupt), written_by_soundfile(file, **settings) as write:
            write(np.zeros((44100, 2), np.float32))
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert capfd.readouterr().err == ""
