"""What is measured of a sound file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.measure.against import Against
    from voiceguide.measure.clicks import Click
    from voiceguide.measure.levels import Stretch
    from voiceguide.tags.reading import FileChapter
    from voiceguide.timeline import Timeline


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """What a picture of the sound needs, every 10 ms."""

    samples: NDArray[np.float32]
    """The lowest and the highest sample, shape (n, 2)."""
    powers: NDArray[np.float64]
    """K-weighted, as `loudness.Meter` gives them; shape (n,)."""
    bed: NDArray[np.float64] | None
    """The same of the file without the voice, where there is one."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a sound file is like. Loudness and peaks are None for silence, as they would be minus infinity."""

    format: str
    """As `MP3` or `FLAC`."""
    lossless: bool
    sample_rate: int
    """Hz."""
    channels: int
    duration: float
    """Seconds, of the samples that a player plays."""
    shown_duration: float | None
    """Seconds, as the file's headers promise and players show."""
    integrated_lufs: float | None
    """Over the whole file, gated (BS.1770-4)."""
    loudness_range_lu: float
    """EBU Tech 3342."""
    momentary_max_lufs: float | None
    """Of the loudest 400 ms."""
    short_term_max_lufs: float | None
    """Of the loudest 3 s."""
    true_peak_dbtp: float | None
    sample_peak_dbfs: float | None
    clipped: int
    """Peaks cut flat at full scale: 3 samples in a row or more."""
    offset: float
    """DC: the mean of the channel farthest from zero, full scale 1.0."""
    silence: Stretch
    """The longest stretch in which no 100 ms is louder than -50 dBFS."""
    clicks: int | None
    """How many; None below 32 kHz, where they cannot be told from voices."""
    first_clicks: tuple[Click, ...]
    """At most 100 of them."""
    chapters: tuple[FileChapter, ...] | None
    """From the file's tags; None where those cannot be read."""
    against: Against | None
    """None without a timeline."""
    planned: Timeline | None = field(compare=False, repr=False)
    outline: Outline = field(compare=False, repr=False)
