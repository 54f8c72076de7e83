"""The picture of a measured file: its chapters, its waveform, and how loud the voice and the bed are, over time. Pure.

`draw` makes the picture, and `bytes_of` an SVG or a PNG of it. Heavy imports stand inside the functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from voiceguide.drawing.letters import FIXED, columns, fitted
from voiceguide.drawing.shapes import Box, Run, Sheet, band, trace
from voiceguide.durations import clock
from voiceguide.errors import UsageError, option
from voiceguide.sound import VOICE_LUFS
from voiceguide.text.lines import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    import numpy as np
    from numpy.typing import NDArray

    from voiceguide.drawing.shapes import Anchor, Path, Shape
    from voiceguide.measure.model import Measurement

SUFFIXES = (".svg", ".png")

LEFT = 64
"""Where time begins: numbers stand left of it."""
SPAN = 1112
"""Columns of time."""
WIDTH = LEFT + SPAN + 24

_CHAPTERS, _CHAPTER_HEIGHT = 48, 24
_WAVE, _WAVE_HEIGHT = 78, 140
_LANES, _LANE_HEIGHT = 224, 10
_LEVELS, _LEVELS_HEIGHT = 252, 150
_RULER = 422
HEIGHT = 460

_LARGE, _SMALL = 19.6, 9.8
"""Sizes of the title's letters and of all others."""
_LETTER = FIXED * _SMALL
"""Columns that a letter takes."""

_LOUDEST, _SOFTEST = 0.0, -60.0
"""LUFS at the top and at the bottom of the levels."""
_GRID = 10.0
"""LU from one line to the next."""
_SMOOTH = 40
"""Energies of 10 ms that a level is the mean of: it is the momentary loudness."""
_NEAR_VOICE = 0.1
"""Seconds at either side of the voice that are not the bed's."""

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200)
"""Seconds from one line of the ruler to the next."""
_CLOSEST = 70
"""Columns between two of them at least."""

_GROUND, _INK, _FAINT, _LINE = "#fbfaf7", "#1f2933", "#5b6773", "#e3dfd5"
_VOICE, _CHIME, _BED, _WAVEFORM, _CLICK, _TARGET = "#2f6690", "#8e4fae", "#3f8757", "#9aa5b1", "#c22f2f", "#d9a441"
_CHAPTER = ("#dfe7ee", "#cfd9e2")


def draw(measured: Measurement, name: str) -> Sheet:
    """Draw a measured file; `name` is what the picture calls it."""
    title = f"{plain(name)}, {clock(measured.duration)}"
    shapes = (
        _text(LEFT, 32, fitted(title, SPAN, _LARGE), _INK, size=_LARGE),
        *_levels_grid(),
        *_ruler(measured.duration),
        *_chapters(measured),
        *_waveform(measured),
        *_lanes(measured),
        *_levels(measured),
        *_clicks(measured),
        *_legend(measured),
    )
    return Sheet(WIDTH, HEIGHT, title, language="en", shapes=(), picture=shapes, picture_title=title, ground=_GROUND)


def check_suffix(path: PurePath) -> None:
    """Raise UsageError for a name that says neither SVG nor PNG."""
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f'{option("plot")}: expected a name that ends in {" or ".join(SUFFIXES)}, got "{path}"')


def bytes_of(sheet: Sheet, path: PurePath) -> bytes:
    """Return a picture as the file that its name's suffix says. Raises UsageError for any other suffix."""
    check_suffix(path)
    if path.suffix.lower() == ".png":
        from voiceguide.drawing.png import png

        return png(sheet)
    from voiceguide.drawing.svg import svg

    return svg(sheet).encode()


def _text(x: float, y: float, text: str, colour: str, *, size: float = _SMALL, anchor: Anchor = "start") -> Run:
    return Run(x, y, text, size, colour, anchor=anchor, fixed=True)


def _column(seconds: float, duration: float) -> float:
    return LEFT + SPAN * min(max(seconds / duration, 0.0), 1.0)


def _level(lufs: float) -> float:
    return _LEVELS + _LEVELS_HEIGHT * (_LOUDEST - lufs) / (_LOUDEST - _SOFTEST)


def _levels_grid() -> Iterator[Shape]:
    lufs = _LOUDEST
    while lufs >= _SOFTEST:
        yield Box(LEFT, _level(lufs), SPAN, 1, _LINE)
        unit = " LUFS" if lufs == _LOUDEST else ""
        yield _text(LEFT - 8, _level(lufs) + 4, f"{lufs:g}{unit}", _FAINT, anchor="end")
        lufs -= _GRID
    yield Box(LEFT, _level(VOICE_LUFS), SPAN, 1, _TARGET)


def _ruler(duration: float) -> Iterator[Shape]:
    step = next((s for s in _STEPS if s * SPAN / duration >= _CLOSEST), _STEPS[-1])
    for count in range(int(duration / step) + 1):
        x = _column(count * step, duration)
        yield Box(x, _WAVE, 1, _RULER - _WAVE, _LINE)
        if x + _LETTER * len(clock(count * step)) <= WIDTH:
            yield _text(x, _RULER + 12, clock(count * step), _FAINT)


def _chapters(measured: Measurement) -> Iterator[Shape]:
    """The chapters that are heard: the file's own, else those of its timeline."""
    tagged = [(chapter.start, chapter.title) for chapter in measured.chapters or ()]
    planned = [(chapter.start, chapter.title) for chapter in measured.planned.chapters] if measured.planned else []
    chapters = tagged or planned
    ends = [*(start for start, _ in chapters[1:]), measured.duration]
    for number, ((start, name), end) in enumerate(zip(chapters, ends, strict=False)):
        left, right = _column(start, measured.duration), _column(end, measured.duration)
        if right > left:
            yield Box(left, _CHAPTERS, right - left, _CHAPTER_HEIGHT, _CHAPTER[number % 2])
            yield Box(left, _CHAPTERS, 1, _LEVELS + _LEVELS_HEIGHT - _CHAPTERS, _CHAPTER[1])
            title = fitted(plain(name), right - left - 8, _SMALL) or fitted(str(number + 1), right - left - 4, _SMALL)
            if title:
                yield _text(left + 5, _CHAPTERS + 16, title, _INK)


def _waveform(measured: Measurement) -> Iterator[Shape]:
    import numpy as np

    outline = measured.outline.samples
    low, high = (
        reduced(outline[:, side].astype(np.float64), ufunc) for side, ufunc in ((0, np.minimum), (1, np.maximum))
    )
    middle, half = _WAVE + _WAVE_HEIGHT / 2, _WAVE_HEIGHT / 2
    top, bottom = middle - half * np.clip(high, -1, 1), middle - half * np.clip(low, -1, 1)
    yield from band(LEFT, top, np.maximum(bottom, top + 1), _WAVEFORM)
    if measured.planned:
        spoken = reduced(_voice(measured).astype(np.float64), np.maximum) > 0
        yield from band(LEFT, np.where(spoken, top, np.nan), np.maximum(bottom, top + 1), _VOICE)
    for full in (1.0, 0.5, -0.5, -1.0):
        yield _text(LEFT - 8, middle - half * full + 4, f"{full:g}", _FAINT, anchor="end")


def _lanes(measured: Measurement) -> Iterator[Shape]:
    """A bar for every clip of voice, and for every chime."""
    if measured.planned:
        yield _text(LEFT - 8, _LANES + 8, "voice", _FAINT, anchor="end")
        yield _text(LEFT - 8, _LANES + _LANE_HEIGHT + 8, "chimes", _FAINT, anchor="end")
        for clip in measured.planned.clips:
            if clip.track != "bed":
                left, right = (_column(at, measured.duration) for at in (clip.start, clip.end))
                voice = clip.track == "narration"
                y = _LANES if voice else _LANES + _LANE_HEIGHT
                yield Box(left, y, max(right - left, 1), _LANE_HEIGHT - 2, _VOICE if voice else _CHIME)


def _levels(measured: Measurement) -> Iterator[Shape]:
    """The momentary loudness of the voice and of the bed, or of the whole where there is no timeline."""
    import numpy as np

    powers = measured.outline.powers
    if measured.planned is None:
        yield from _curve(powers, np.ones(len(powers), dtype=np.bool_), _VOICE)
        return
    voice, chimes = _voice(measured), _chimes(measured)
    if measured.outline.bed is not None:
        yield from _curve(measured.outline.bed, ~chimes, _BED)
    else:
        yield from _curve(powers, ~(_voice(measured, _NEAR_VOICE) | chimes), _BED)
    yield from _curve(powers, voice & ~chimes, _VOICE)


def _curve(powers: NDArray[np.float64], heard: NDArray[np.bool_], colour: str) -> tuple[Path, ...]:
    """The level where it is heard by itself; nothing where it is not, as nothing is known there."""
    import numpy as np

    kernel = np.ones(_SMOOTH)
    sums = np.convolve(np.where(heard, powers, 0.0), kernel, "same")[: len(powers)]
    counts = np.convolve(heard.astype(np.float64), kernel, "same")[: len(powers)]
    means = np.where(heard, np.maximum(sums, 0.0) / np.maximum(counts, 1.0), 0.0)
    total, count = reduced(means, np.add), reduced(heard.astype(np.float64), np.add)
    # Silence stands on the lowest line; what is not heard at all is left out.
    level = -0.691 + 10 * np.log10(np.maximum(total / np.maximum(count, 1.0), 1e-12))
    y = _level(0.0) + (_level(-1.0) - _level(0.0)) * -np.clip(level, _SOFTEST, _LOUDEST)
    return trace(LEFT, np.where(count > 0, y, np.nan), colour)


def _clicks(measured: Measurement) -> Iterator[Shape]:
    for click in measured.first_clicks:
        yield Box(_column(click.at, measured.duration) - 1, _WAVE, 2, _WAVE_HEIGHT, _CLICK)


def _legend(measured: Measurement) -> Iterator[Shape]:
    entries = [("loudness", _VOICE)]
    if measured.planned:
        bed = [("bed", _BED)] if measured.planned.on("bed") else [("pauses", _BED)]
        entries = [("voice", _VOICE), ("chimes", _CHIME), *bed]
    entries.append((f"{VOICE_LUFS:g} LUFS", _TARGET))
    if measured.clicks:
        entries.append(("clicks", _CLICK))
    x = float(LEFT)
    for text, colour in entries:
        yield Box(x, HEIGHT - 17, 12, 8, colour)
        yield _text(x + 18, HEIGHT - 9, text, _INK)
        x += 18 + _LETTER * columns(text) + 24


def _voice(measured: Measurement, around: float = 0.0) -> NDArray[np.bool_]:
    """Where sentences sound, every 10 ms; with so many seconds around them."""
    clips = measured.planned.on("narration") if measured.planned else ()
    spans = [(said.start - around, said.end + around) for clip in clips for said in clip.sentences]
    return _filled(spans, len(measured.outline.powers))


def _chimes(measured: Measurement) -> NDArray[np.bool_]:
    clips = measured.planned.on("chime") if measured.planned else ()
    return _filled([(clip.start, clip.end) for clip in clips], len(measured.outline.powers))


def _filled(spans: list[tuple[float, float]], count: int) -> NDArray[np.bool_]:
    import numpy as np

    filled = np.zeros(count, dtype=np.bool_)
    for start, end in spans:
        filled[max(0, round(start * 100)) : max(0, round(end * 100))] = True
    return filled


def reduced(values: NDArray[np.float64], ufunc: np.ufunc) -> NDArray[np.float64]:
    """Return one value a column of the picture: those that fall into it, put together; fewer are repeated."""
    import numpy as np

    firsts = np.arange(SPAN) * len(values) // SPAN
    return np.asarray(ufunc.reduceat(values, firsts), dtype=np.float64)
