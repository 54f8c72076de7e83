"""Tags: what a session's file tells of itself, in any format: written (`id3`, `comments`) and read (`reading`)."""

from __future__ import annotations

from dataclasses import dataclass, field

from voiceguide.text.languages import primary

TIMELINE = "voiceguide timeline"
"""What a session's own timeline is called among the objects in an MP3's tags (GEOB)."""

ARTIST = "voiceguide"
"""Who made a session of which nobody says who did."""

_CODES = (
    "af=afr am=amh ar=ara az=aze be=bel bg=bul bn=ben bs=bos ca=cat cs=ces cy=cym da=dan de=deu el=ell en=eng "
    "eo=epo es=spa et=est eu=eus fa=fas fi=fin fr=fra ga=gle gd=gla gl=glg gu=guj he=heb hi=hin hr=hrv hu=hun "
    "hy=hye id=ind is=isl it=ita ja=jpn ka=kat kk=kaz kn=kan ko=kor la=lat lb=ltz lt=lit lv=lav mk=mkd ml=mal "
    "mr=mar ms=msa mt=mlt my=mya nb=nob ne=nep nl=nld nn=nno no=nor pa=pan pl=pol pt=por ro=ron ru=rus sk=slk "
    "sl=slv sq=sqi sr=srp sv=swe sw=swa ta=tam te=tel th=tha tr=tur uk=ukr ur=urd uz=uzb vi=vie yo=yor zh=zho "
    "zu=zul"
)
_ISO_639_2 = dict(pair.split("=") for pair in _CODES.split())
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""MIME types by a file's first bytes."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What a file tells of itself, as far as its format can.

    Empty texts are left out; there is no date, so the same session gives the same file.
    """

    title: str
    artist: str = ARTIST
    album: str = ""
    genre: str = ""
    language: str = ""
    """BCP 47."""
    comment: str = ""
    chapters: tuple[tuple[str, float, float], ...] = ()
    """(title, start, end) in seconds, in order."""
    lyrics: tuple[tuple[float, str], ...] = field(default=(), repr=False)
    """(start in seconds, what is said), in order."""
    timeline: str = field(default="", repr=False)
    """The session's timeline in JSON."""
    speech_lufs: float | None = None
    """How loud the voice is, for players that level what they play; None where there is none."""
    most_dbtp: float = -1.0
    """The true peak that the sound stays below, in dBTP."""
    cover: bytes | None = field(default=None, repr=False)
    """A picture, PNG or JPEG; any other is a ValueError."""

    def __post_init__(self) -> None:
        if self.cover is not None:
            picture_type(self.cover)

    @property
    def cover_type(self) -> str:
        """The cover's MIME type; ValueError without one."""
        return picture_type(self.cover or b"")

    @property
    def iso_language(self) -> str:
        """The language as ISO 639-2 (`eng`, `deu`), which tags ask for; `und` for one that is not known here."""
        alone = primary(self.language)
        if len(alone) == 3 and alone.isascii() and alone.isalpha():
            return alone
        return _ISO_639_2.get(alone, "und")


def picture_type(data: bytes) -> str:
    """Return the MIME type of a PNG or JPEG; ValueError for anything else."""
    for start, kind in PICTURES.items():
        if data.startswith(start):
            return kind
    raise ValueError(f"expected a cover in PNG or JPEG, got one that starts with {data[:4]!r}")
