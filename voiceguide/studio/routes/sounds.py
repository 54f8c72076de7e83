"""Voices, beds, chimes and own music, each with a sample to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from voiceguide import voices
from voiceguide.errors import UsageError, VoiceguideError
from voiceguide.phrases import check
from voiceguide.sound import bed as beds
from voiceguide.sound import chimes
from voiceguide.studio.answers import NotHere, answer, language_of, refused
from voiceguide.studio.guard import MOST_MUSIC
from voiceguide.studio.music import seconds
from voiceguide.studio.routes.asking import asking
from voiceguide.voices.listed import best_first

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from voiceguide.studio.music import Own
    from voiceguide.studio.routes.asking import Asked
    from voiceguide.voices import Listed

_VOICE = ("id", "engine", "name", "languages", "licence", "gender", "natural", "ready", "download_mb", "fix")
_MUSIC = "/api/music/{name}"


def routes() -> list[Route]:
    """Return them."""
    from starlette.routing import Route

    return [
        asking("GET", "/api/voices", every_voice),
        asking("GET", "/api/voices/{id}/sample", voice_sample),
        asking("GET", "/api/sounds", every_sound),
        asking("GET", "/api/sounds/{kind}/{name}/sample", sound_sample),
        asking("GET", "/api/music", every_music),
        asking("GET", f"{_MUSIC}/sample", music_sample),
        asking("DELETE", _MUSIC, remove),
        asking("DELETE", f"{_MUSIC}/{{file}}", remove),
        Route(f"{_MUSIC}/{{file}}", upload, methods=["PUT"]),
    ]


# ---- voices ---------------------------------------------------------------------------------------------------------


def every_voice(asked: Asked) -> dict[str, Any]:
    """Tell of the voices, the best for a language first."""
    language = _spoken(asked)
    found = (voice for voice in voices.listing() if voice.name)
    if language is not None:
        # One that speaks any language is no answer to who speaks this one, unless it is picked.
        found = (
            each for each in found if voices.speaks(each, language) and (each.picked or language in each.languages)
        )
    best = voices.usual(language) if language else None
    return {"voices": [_voice(voice, language, best) for voice in best_first(found, language)]}


def _spoken(asked: Asked) -> str | None:
    """The language that is asked for. Raises UsageError for one that there are no words in."""
    language = asked.query.get("for")
    if language is not None:
        check(language[:40])
    return language


def _voice(voice: Listed, language: str | None, best: str | None) -> dict[str, Any]:
    said = language or next((tag for tag in voice.languages if tag != voices.ANY_LANGUAGE), "en")
    sample = f"/api/voices/{quote(voice.id, safe=':')}/sample?for={quote(said)}"
    return {
        **{name: getattr(voice, name) for name in _VOICE},
        "picked": voice.id == best,
        "sample": sample if voice.ready else None,
    }


def voice_sample(asked: Asked) -> Response:
    """Speak a sentence."""
    identity = asked.names["id"]
    known = next((voice for voice in voices.listing() if voice.id == identity and voice.name), None)
    if known is None:
        raise NotHere(f'there is no voice "{identity[:100]}"', field="voice", got=identity).said(
            "voice", name=identity[:100]
        )
    language = _spoken(asked) or next((tag for tag in known.languages if tag != voices.ANY_LANGUAGE), "en")
    return _mp3(asked.house.samples.voice(identity, language))


# ---- beds and chimes ------------------------------------------------------------------------------------------------


def every_sound(_asked: Asked) -> dict[str, Any]:
    """Tell of the bundled beds and chimes."""
    return {
        "beds": [_sound("beds", name, beds.seconds(beds.find(name))) for name in beds.names()],
        "chimes": [_sound("chimes", name, chimes.seconds(chimes.find(name, None))) for name in chimes.names()],
    }


def _sound(kind: str, name: str, lasting: float) -> dict[str, Any]:
    return {"name": name, "seconds": round(lasting, 3), "sample": f"/api/sounds/{kind}/{name}/sample"}


def sound_sample(asked: Asked) -> Response:
    """Let a bed or a chime be heard."""
    kind, name = asked.names["kind"], asked.names["name"]
    if kind == "beds" and name in beds.names():
        return _mp3(asked.house.samples.bed(beds.find(name)))
    if kind == "chimes" and name in chimes.names():
        return _mp3(asked.house.samples.chime(name))
    raise NotHere(f'there is no sound "{name[:100]}"')


def _mp3(data: bytes) -> Response:
    from starlette.responses import Response

    return Response(data, headers={"cache-control": "private, max-age=3600"}, media_type="audio/mpeg")


# ---- own music ------------------------------------------------------------------------------------------------------


def every_music(asked: Asked) -> dict[str, Any]:
    """Tell of own music."""
    music = asked.house.music
    return {
        "music": [_told(own, music.folder / own.name) for own in music.all()],
        "most_bytes": MOST_MUSIC,
        "types": list(beds.SUFFIXES),
    }


def _told(own: Own, folder: Path) -> dict[str, Any]:
    lasting = {piece.file: seconds(folder / piece.file) for piece in own.pieces}
    pieces = [{"file": each.file, "seconds": round(lasting[each.file], 1), "bytes": each.bytes} for each in own.pieces]
    return {
        "name": own.name,
        "bed": own.bed,
        "pieces": pieces,
        "seconds": round(sum(lasting.values()), 1),
        "bytes": own.bytes,
        "sample": f"/api/music/{quote(own.name, safe='')}/sample",
    }


def music_sample(asked: Asked) -> Response:
    """Let own music be heard."""
    music = asked.house.music
    folder = music.folder_of(asked.names["name"])
    return _mp3(asked.house.samples.bed(folder, music.stamp(folder.name)))


def remove(asked: Asked) -> None:
    """Remove music, or a piece of it."""
    asked.house.music.remove(asked.names["name"], asked.names.get("file"))


async def upload(request: Request) -> Response:
    """Take a file of music."""
    from starlette.concurrency import run_in_threadpool

    from voiceguide.store.temporary import Folder, full

    language = "en"
    try:
        language = language_of(request)
        house, (name, file) = request.app.state.house, (request.path_params[key] for key in ("name", "file"))
        length = request.headers.get("content-length", "")
        if not length.isdecimal() or not int(length):
            raise UsageError("expected a file with its length, got none")
        await run_in_threadpool(house.room.check, int(length))
        with Folder() as folder:
            came = folder / "came"
            try:
                with came.open("wb") as written:
                    async for part in request.stream():
                        await run_in_threadpool(written.write, part)
            except OSError as error:
                raise full(folder, error) from error
            own = await run_in_threadpool(house.music.add, name, file, came)
        return answer(_told(own, house.music.folder / own.name), 201)
    except VoiceguideError as error:
        return refused(error, language)
