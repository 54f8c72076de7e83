"""Exports are found by suffix; tags and options mean what they say."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from importlib.metadata import EntryPoint, EntryPoints
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import formats_for_tests as formats
import numpy as np
import pytest

from voiceguide import exports
from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.exports import Options, exporter, known, playable, suffixes
from voiceguide.tags import Tags
from voiceguide.tags.reading import FileChapter, Finished

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.mp3", "MP3"),
        ("a.b.MP3", "MP3"),
        ("a.Wav", "WAV"),
        ("a.flac", "FLAC"),
        ("a.ogg", "Ogg Vorbis"),
        ("a.mp3.opus", "Opus"),
        ("a.M4B", "M4B"),
    ],
)
def test_found_by_suffix(name: str, kind: str):
    """The last suffix picks the format, in either case, and the format says the same suffix."""
    export = exporter(Path("somewhere", name))
    assert export.name == kind
    assert export.suffix == Path(name).suffix.lower()
    assert export.probe() is None


@pytest.mark.parametrize("name", ["a.mp3", "a.MP3", "a.Mp3"])
def test_a_file_is_known_by_its_suffix_in_either_case(name: str):
    """As it is written: what came from a phone or another system is played too."""
    export = known(Path(name))
    assert export is not None
    assert (export.suffix, playable(Path(name))) == (".mp3", export.media_type)
    assert known(Path(name).with_suffix(".AIFF")) is None


@pytest.mark.parametrize("name", ["a.aiff", "a.mp3.xyz", "a.M4A", "a."])
def test_unknown_suffix(name: str):
    """A format nobody writes is refused with those that can be written."""
    with pytest.raises(UsageError, match=r"choose \.flac, \.m4b, \.mp3, \.ogg, \.opus or \.wav$"):
        exporter(Path(name))


def test_message_names_the_suffix():
    """The message names what was asked for."""
    with pytest.raises(UsageError, match=r"^cannot write \.aiff files: "):
        exporter(Path("a.aiff"))


@pytest.mark.parametrize("name", ["session", ".mp3"])
def test_no_suffix(name: str):
    """A name without an ending is refused, a hidden file's included."""
    with pytest.raises(UsageError, match=f'"{name}" does not end in a format'):
        exporter(Path(name))


class Broken(formats.PlainExport):
    """A format whose codec is missing."""

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
        "from importlib.metadata import entry_points;"
        "[entry.load()().check(e.Options()) for entry in entry_points(group=e.GROUP)];"
        "print(sorted({'numpy', 'lameenc', 'soundfile', 'soxr', 'mutagen', 'av'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "eng"), ("de-AT", "deu"), ("pt_BR", "por"), ("ZH-Hant", "zho"), ("gsw", "gsw"), ("", "und"), ("x1", "und")],
)
def test_iso_language(tag: str, expected: str):
    """BCP 47 becomes ISO 639-2; what is not known is undetermined."""
    assert Tags("t", language=tag).iso_language == expected


def test_covers(png: bytes, jpeg: bytes):
    """A cover says what it is by its first bytes, and is left out of what is printed."""
    assert (Tags("t", cover=png).cover_type, Tags("t", cover=jpeg).cover_type) == ("image/png", "image/jpeg")
    assert "cover" not in repr(Tags("t", cover=jpeg))


@pytest.mark.parametrize("cover", [b"", b"GIF89a", b"<svg/>"])
def test_covers_of_another_kind(cover: bytes):
    """A cover that players do not show is refused when the tags are made."""
    with pytest.raises(ValueError, match="PNG or JPEG"):
        Tags("t", cover=cover)


@pytest.mark.parametrize("bitrate", [8, 127, 144, 321, 500])
def test_illegal_bitrates(bitrate: int):
    """A bitrate MP3 does not have is refused with those it has."""
    with pytest.raises(UsageError, match=rf"bitrate {bitrate}: .* 32, 40, .* 320 kb/s"):
        exporter(Path("a.mp3")).check(Options(bitrate=bitrate))


@pytest.mark.parametrize("suffix", [".wav", ".flac"])
@pytest.mark.parametrize(("options", "name"), [(Options(bitrate=128), "bitrate"), (Options(quality=5), "quality")])
def test_options_without_a_meaning(suffix: str, options: Options, name: str):
    """An encoder's option is refused where nothing is lost."""
    export = exporter(Path(f"a{suffix}"))
    export.check(Options())
    with pytest.raises(UsageError, match=f"^{name} .*{suffix}"):
        export.check(options)


@pytest.mark.parametrize(("suffix", "least"), [(".opus", 32), (".m4b", 64)])
def test_formats_as_good_as_their_bitrate(suffix: str, least: int):
    """Any whole bitrate in the range is legal; a quality, and any other bitrate, is refused with the range."""
    export = exporter(Path(f"a{suffix}"))
    for bitrate in (None, least, 97, 320):
        export.check(Options(bitrate=bitrate))
    for bitrate in (least - 1, 321):
        with pytest.raises(UsageError, match=rf"^bitrate {bitrate}: .*{suffix} has {least} to 320 kb/s$"):
            export.check(Options(bitrate=bitrate))
    with pytest.raises(UsageError, match=rf"^quality 3: .*{suffix} .*bitrate {least} to 320$"):
        export.check(Options(quality=3))


def test_the_format_without_a_bitrate():
    """Ogg Vorbis has a quality and takes what it needs: a bitrate is refused with what to choose instead."""
    export = exporter(Path("a.ogg"))
    for quality in (None, 0, 9):
        export.check(Options(quality=quality))
    with pytest.raises(UsageError, match=r"^bitrate 128: .*\.ogg .*quality 0 .* \.opus$"):
        export.check(Options(bitrate=128))


@pytest.mark.parametrize(
    ("suffix", "module", "fix"),
    [
        (".m4b", "av", "[^;]* -m pip install av$"),
        (".ogg", "soundfile", r"\S+ -m pip install --force-reinstall soundfile mutagen$"),
        (".opus", "soxr", r"\S+ -m pip install --force-reinstall soundfile mutagen soxr$"),
    ],
)
def test_missing_package(suffix: str, module: str, fix: str, monkeypatch: pytest.MonkeyPatch):
    """A format whose package is not installed says how to install it, before anything is spoken, in exit code 4."""
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, "voiceguide.exports.oggpages", raising=False)
    with pytest.raises(MissingError, match=rf"^cannot write \{suffix} files here: .*{module}.*; run: {fix}") as caught:
        exporter(Path(f"a{suffix}"))
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(("suffix", "codec"), [(".ogg", "Vorbis"), (".opus", "Opus")])
def test_libsndfile_without_a_codec(suffix: str, codec: str, monkeypatch: pytest.MonkeyPatch):
    """A system's libsndfile may be built without a codec; that is said too."""
    monkeypatch.setattr("soundfile.available_subtypes", lambda _: {})
    with pytest.raises(MissingError, match=f"knows no {codec}; run: .* -m pip install"):
        exporter(Path(f"a{suffix}"))


def test_av_without_aac(monkeypatch: pytest.MonkeyPatch):
    """A PyAV built without AAC is not found out in the middle of a session."""
    monkeypatch.setattr("av.codecs_available", {"flac"})
    with pytest.raises(MissingError, match=r"without AAC; run: \S+ -m pip install --force-reinstall av$"):
        exporter(Path("a.m4b"))


FILE = Path("s.acme")
BLOCK = np.zeros((10, 2), np.float32)


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register a format of somebody else's, with some of its members replaced."""

    def register(**members: object) -> None:
        made = type("Acme", (formats.PlainExport,), {"suffix": ".acme", **members})
        monkeypatch.setattr(formats, "Acme", made, raising=False)
        entry = EntryPoint("acme", f"{formats.__name__}:Acme", exports.GROUP)
        monkeypatch.setattr(exports, "_entries", lambda: [entry])

    return register


def write(**given: object) -> None:
    """Write a file with it."""
    blocks = given.pop("blocks", iter([BLOCK]))
    exporter(FILE).write(BytesIO(), blocks, frames=10, tags=Tags("t"), options=Options(), **given)


DONE = {
    "__init__": lambda: known(FILE),
    "probe": lambda: exporter(FILE),
    "check": lambda: exporter(FILE).check(Options()),
    "write": write,
    "told": lambda: known(FILE).told(FILE),
}


@pytest.mark.parametrize("member", DONE)
@pytest.mark.parametrize("fault", [RuntimeError("odd"), SystemExit(2), RecursionError()], ids=repr)
def test_whatever_a_format_raises_is_told_as_its_own(plugged_in, member: str, fault: BaseException):
    """At loading, probing, looking at options, writing and reading: one message names it and its package."""

    def method(*_given: object, **_named: object) -> None:
        raise fault

    plugged_in(**{member: method})
    with pytest.raises((Failed, MissingError), match=rf"\.acme of formats_for_tests.*{type(fault).__name__}"):
        DONE[member]()


@pytest.mark.parametrize(
    ("members", "done", "words"),
    [
        ({"suffix": None}, "__init__", "has None as its suffix"),
        ({"rank": "first"}, "__init__", "has 'first' as its rank"),
        ({"probe": lambda _self: 0}, "probe", "gave 0"),
        ({"write": lambda *_given, **_named: None}, "write", "wrote nothing"),
        ({"write": lambda _self, file, *_given, **_named: file.close()}, "write", "closed the file"),
        ({"told": lambda _self, _path: 5}, "told", "gave 5"),
        ({"told": lambda _self, _path: Finished(chapters=(1,))}, "told", "what no file can"),
        ({"told": lambda _self, _path: Finished(seconds=float("nan"))}, "told", "what no file can"),
        ({"told": lambda _self, _path: Finished(seconds="1")}, "told", "TypeError"),
        ({"told": lambda _self, _path: Finished(title=None)}, "told", "what no file can"),
        ({"told": lambda _self, _path: Finished(cover="x")}, "told", "what no file can"),
        ({"told": lambda _self, _path: Finished(chapters=(FileChapter("a", -1),))}, "told", "what no file can"),
        ({"told": lambda _self, _path: Finished(chapters=None)}, "told", "TypeError"),
    ],
)
def test_what_a_format_gives_is_looked_at(plugged_in, members: dict[str, object], done: str, words: str):
    """What it says of itself, what it writes and what it reads: what is none is told as its fault."""
    plugged_in(**members)
    with pytest.raises((Failed, MissingError), match=rf"The format \.acme of formats_for_tests.*{words}"):
        DONE[done]()


def test_what_goes_wrong_around_a_format_is_not_its_fault(plugged_in):
    """The caller's own error comes back to the caller, also where a format swallows it."""

    def swallowing(_self: object, file: BytesIO, blocks: object, **_named: object) -> None:
        file.write(b"something")
        with suppress(ZeroDivisionError):
            list(blocks)

    for members in ({}, {"write": swallowing}):
        plugged_in(**members)
        with pytest.raises(ZeroDivisionError):
            write(blocks=(BLOCK / (1 // 0) for _ in range(1)))


def test_two_formats_of_one_suffix(monkeypatch: pytest.MonkeyPatch):
    """They are an error that names both, not a race."""
    entries = [EntryPoint("mp3", value, exports.GROUP) for value in ("ours:Mp3", "theirs:Mp3")]
    monkeypatch.setattr(exports, "_entries", lambda: entries)
    with pytest.raises(Failed, match="ours:Mp3 and theirs:Mp3"):
        exporter(Path("s.mp3"))
