"""Exports are found by suffix; tags and options mean what they say."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from voiceguide import exports
from voiceguide.errors import MissingError, UsageError
from voiceguide.exports import Options, Tags, exporter, suffixes


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.mp3", "Mp3Export"), ("a.b.MP3", "Mp3Export"), ("a.Wav", "WavExport"), ("a.flac", "FlacExport")],
)
def test_found_by_suffix(name: str, kind: str):
    """The last suffix picks the format, in either case, and the format says the same suffix."""
    export = exporter(Path("somewhere", name))
    assert type(export).__name__ == kind
    assert export.suffix == Path(name).suffix.lower()
    assert export.probe() is None


@pytest.mark.parametrize("name", ["a.ogg", "a.mp3.opus", "a.M4B", "a."])
def test_unknown_suffix(name: str):
    """A format nobody writes is refused with those that can be written."""
    with pytest.raises(UsageError, match=r"choose \.flac, \.mp3 or \.wav$"):
        exporter(Path(name))


def test_message_names_the_suffix():
    """The message names what was asked for."""
    with pytest.raises(UsageError, match=r"^cannot write \.ogg files: "):
        exporter(Path("a.ogg"))


@pytest.mark.parametrize("name", ["session", ".mp3"])
def test_no_suffix(name: str):
    """A name without an ending is refused, a hidden file's included."""
    with pytest.raises(UsageError, match=f'"{name}" does not end in a format'):
        exporter(Path(name))


class Broken:
    """A format whose codec is missing."""

    suffix = ".xyz"
    name = "XYZ"

    def probe(self) -> str:
        """Say how to mend it."""
        return "run: pip install xyz"


@pytest.mark.parametrize(
    ("value", "said"), [(f"{__name__}:Broken", "run: pip install xyz"), ("no_such_codec:Export", "no_such_codec")]
)
def test_missing_codec(monkeypatch: pytest.MonkeyPatch, value: str, said: str):
    """A format that is known but does not work here is MissingError with what to do."""
    entries = EntryPoints([EntryPoint("xyz", value, exports.GROUP)])
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: entries)
    with pytest.raises(MissingError, match=rf"cannot write \.xyz files here: .*{said}"):
        exporter(Path("a.xyz"))
    assert suffixes() == (".xyz",)


def test_loading_is_light():
    """Asking for a format loads no codec and no numpy."""
    code = (
        "import sys; from pathlib import Path; import voiceguide.exports as e; e.suffixes();"
        "import voiceguide.exports.mp3 as m, voiceguide.exports.wav, voiceguide.exports.flac;"
        "m.Mp3Export().check(e.Options());"
        "print(sorted({'numpy', 'lameenc', 'soundfile', 'mutagen'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "eng"), ("de-AT", "deu"), ("pt_BR", "por"), ("ZH-Hant", "zho"), ("gsw", "gsw"), ("", "und"), ("x1", "und")],
)
def test_iso_language(tag: str, expected: str):
    """BCP 47 becomes ISO 639-2; what is not known is undetermined."""
    assert Tags("t", language=tag).iso_language == expected


@pytest.mark.parametrize("bitrate", [0, -128, 8, 127, 144, 321, 500])
def test_illegal_bitrates(bitrate: int):
    """A bitrate MP3 does not have is refused with those it has."""
    with pytest.raises(UsageError, match=rf"--bitrate {bitrate}: .* 32, 40, .* 320 kb/s"):
        exporter(Path("a.mp3")).check(Options(bitrate=bitrate))


@pytest.mark.parametrize("quality", [-1, 10])
def test_illegal_qualities(quality: int):
    """LAME's quality runs from 0 to 9."""
    with pytest.raises(UsageError, match=f"--quality {quality}: .* 0 .* to 9"):
        exporter(Path("a.mp3")).check(Options(quality=quality))


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
@pytest.mark.parametrize(("options", "name"), [(Options(bitrate=128), "--bitrate"), (Options(quality=5), "--quality")])
def test_options_without_a_meaning(suffix: str, options: Options, name: str):
    """An encoder's option is refused where nothing is lost."""
    export = exporter(Path(f"a{suffix}"))
    export.check(Options())
    with pytest.raises(UsageError, match=f"^{name} .*{suffix}"):
        export.check(options)
