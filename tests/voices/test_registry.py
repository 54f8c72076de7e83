"""The registry finds engines by entry point, and one engine's faults are shown without breaking the others."""

from __future__ import annotations

import itertools
import sys
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from voiceguide import voices
from voiceguide.errors import Failed, MissingError, UsageError
from voiceguide.voices import GROUP, VoiceInfo
from voiceguide.voices.tone import ToneVoice

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class AcmeEngine:
    """A third party's engine; its voices are the test's."""

    infos: tuple[VoiceInfo, ...] = (VoiceInfo("anna", ("de-DE",), "MIT"),)
    fix: str | None = None
    fault: Exception | None = None
    name: str = "acme"
    picked: bool = True

    def probe(self) -> str | None:
        """The fix it was made with."""
        return self.fix

    def voices(self) -> tuple[VoiceInfo, ...]:
        """The voices, or the fault, it was made with."""
        if self.fault:
            raise self.fault
        return self.infos

    def voice(self, name: str | None, *, language: str, pace: int) -> ToneVoice:
        """A tone of the name that was picked."""
        return ToneVoice(voices.find(self.infos, name, engine=self.name, language=language).name, pace)


OURS = {"hibari": "voiceguide.voices.hibari:HibariEngine", "tone": "voiceguide.voices.tone:ToneEngine"}


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Register hibari, tone, and (name, maker) pairs of third parties' engines; a string is an entry point's value."""

    def register(*third: tuple[str, object]) -> None:
        module = ModuleType("third_party")
        points = [EntryPoint(name, value, GROUP) for name, value in OURS.items()]
        for index, (name, maker) in enumerate(third):
            value = maker if isinstance(maker, str) else f"third_party:engine_{index}"
            setattr(module, f"engine_{index}", maker)
            points.append(EntryPoint(name, value, GROUP))
        monkeypatch.setitem(sys.modules, "third_party", module)
        monkeypatch.setattr(voices, "entry_points", lambda group: [p for p in points if p.group == group])

    register()
    return register


def test_registered_engines() -> None:
    """The installed package registers its own engines as a third party would."""
    assert {"hibari", "pyttsx3", "tone"} <= {engine.name for engine in voices.engines()}


def test_third_party(register: Callable[..., None]) -> None:
    """A third party's engine is listed and can be picked, by name and by language."""
    register(("acme", AcmeEngine))
    assert [engine.name for engine in voices.engines()] == ["acme", "hibari", "tone"]
    line = next(line for line in voices.listing() if line.engine == "acme")
    assert (line.id, line.name, line.languages, line.ready, line.fix) == ("acme:anna", "anna", ("de-DE",), True, None)
    assert voices.pick("acme:anna", language="de", pace=120).fingerprint == ToneVoice("anna", 120).fingerprint
    assert voices.pick(None, language="de-AT", pace=120).fingerprint == ToneVoice("anna", 120).fingerprint


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("no_such_module:Engine", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("third_party:NoSuchEngine", "AttributeError"),
        (lambda: 1 / 0, "ZeroDivisionError"),
        (lambda: AcmeEngine(name="other"), 'calls itself "other"'),
    ],
)
def test_broken_engine_is_reported(register: Callable[..., None], broken: object, words: str) -> None:
    """An engine that fails to load stands in the list with its fault; the others work."""
    register(("acme", broken))
    line = next(line for line in voices.listing() if line.engine == "acme")
    assert (line.id, line.ready) == ("acme", False)
    assert words in (line.fix or "")
    assert voices.engine("tone").name == "tone"
    with pytest.raises(MissingError, match="acme"):
        voices.pick("acme", language="en", pace=135)


def test_engine_that_cannot_list(register: Callable[..., None]) -> None:
    """An engine whose voices() raises is one line with the fault, and no other engine's lines are missing."""
    register(("acme", lambda: AcmeEngine(fault=RuntimeError("server is down"))))
    lines = {line.id: line for line in voices.listing()}
    assert "failed at listing its voices: RuntimeError: server is down" in (lines["acme"].fix or "")
    assert {"hibari:heart", "tone:steady"} <= set(lines)


def test_two_of_one_name(register: Callable[..., None]) -> None:
    """Two engines of one name are an error that names both, not a race."""
    register(("tone", AcmeEngine))
    with pytest.raises(Failed, match=r'"tone".*ToneEngine.*third_party'):
        voices.engines()


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package's entry points the message says that it is not installed."""
    monkeypatch.setattr(voices, "entry_points", lambda **_: [])
    with pytest.raises(MissingError, match="not installed"):
        voices.engines()


def test_one_engine_loads_alone(register: Callable[..., None]) -> None:
    """Asking for one engine runs no other's code."""
    made = []
    register(("acme", lambda: made.append(1)))
    voices.engine("tone")
    assert not made


@pytest.mark.parametrize("spec", [None, "hibari", "hibari:heart"])
@pytest.mark.parametrize("language", ["en", "en-GB", "EN-us"])
def test_english(register: Callable[..., None], spec: str | None, language: str, tmp_path, monkeypatch) -> None:
    """English gets hibari:heart, whatever region is asked and whatever else speaks it."""
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    register(("acme", lambda: AcmeEngine((VoiceInfo("zoe", (language,), "MIT"),))))
    assert voices.pick(spec, language=language, pace=135).id == "hibari:heart"


def test_best_by_language(register: Callable[..., None]) -> None:
    """An engine named alone gives the ready voice nearest to the language, in its own order among equals."""
    infos = (
        VoiceInfo("sold-out", ("de-CH",), "MIT", fix="buy it"),
        VoiceInfo("anna", ("de-DE",), "MIT"),
        VoiceInfo("otto", ("de-DE",), "MIT"),
        VoiceInfo("urs", ("de-CH",), "MIT"),
    )
    register(("acme", lambda: AcmeEngine(infos)))
    for language, name in (("de", "anna"), ("de-CH", "urs"), ("de-AT", "anna")):
        assert voices.pick("acme", language=language, pace=120).id == f"tone:{name}"


def test_last_resort(register: Callable[..., None]) -> None:
    """The system's voices come after every other engine that speaks the language."""
    register(("pyttsx3", lambda: AcmeEngine(name="pyttsx3")), ("zeta", lambda: AcmeEngine(name="zeta")))
    assert [engine.name for engine in voices._pickable()] == ["hibari", "zeta", "pyttsx3"]


def test_nobody_speaks(register: Callable[..., None]) -> None:
    """A language that no engine knows is a usage error; the tone is never picked for it."""
    with pytest.raises(UsageError, match='no voice speaks "tlh"'):
        voices.pick(None, language="tlh", pace=135)


def test_known_but_missing(register: Callable[..., None]) -> None:
    """A language whose voices are not ready is a missing voice, with the fixes of all that could speak it."""
    register(("acme", lambda: AcmeEngine((VoiceInfo("anna", ("de",), "MIT", fix="run acme-get"),))))
    with pytest.raises(MissingError, match="acme: run acme-get"):
        voices.pick(None, language="de", pace=135)
    with pytest.raises(MissingError, match="run acme-get"):
        voices.pick("acme", language="de", pace=135)


def test_engine_not_working(register: Callable[..., None]) -> None:
    """An engine that does not work here is a missing one, with its fix."""
    register(("acme", lambda: AcmeEngine(fix="pip install acme")))
    with pytest.raises(MissingError, match="pip install acme"):
        voices.pick("acme:anna", language="de", pace=135)
    assert not next(line for line in voices.listing() if line.id == "acme:anna").ready


@pytest.mark.parametrize(
    ("spec", "language", "words"),
    [
        ("hibary", "en", 'Did you mean "hibari"'),
        ("heart", "en", 'Did you mean "hibari:heart"'),
        ("gramophone", "en", "The engines are: acme, hibari, tone"),
        ("hibari:hart", "en", 'Did you mean "heart"'),
        ("hibari:nobody", "en", "heart, kore, fenrir, emma, fable"),
        ("hibari:heart", "de", "These do: acme:anna"),
        ("hibari", "de", "These do: acme:anna"),
        ("acme", "fr", "No voice here does"),
        ("tone:loud", "en", "steady"),
        ("hibari:", "en", "ENGINE or ENGINE:NAME"),
        (":heart", "en", "ENGINE or ENGINE:NAME"),
        ("", "en", "ENGINE or ENGINE:NAME"),
    ],
)
def test_faulty_choice(register: Callable[..., None], spec: str, language: str, words: str) -> None:
    """A name that cannot be taken is a usage error that says what to write."""
    register(("acme", AcmeEngine))
    with pytest.raises(UsageError) as raised:
        voices.pick(spec, language=language, pace=135)
    assert words in str(raised.value)


def test_long_lists_are_cut() -> None:
    """A message that lists an engine's voices stays readable with a hundred of them."""
    infos = [VoiceInfo(f"voice-{n}", ("en",), "MIT") for n in range(100)]
    with pytest.raises(UsageError, match=r"voice-0, .* and 88 more"):
        voices.find(infos, "nobody", engine="acme", language="en")


class Unspeakable(Exception):
    """An error that cannot even say what it is."""

    def __str__(self) -> str:
        """Fail."""
        raise ValueError


def raising(fault: BaseException) -> Callable[..., object]:
    """Return a method that raises."""

    def method(*_given: object, **_named: object) -> object:
        raise fault

    return method


FAULTS = [RuntimeError("out of order"), SystemExit(3), RecursionError(), Unspeakable(), BaseException("odd")]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
def test_whatever_an_engine_raises_is_told_as_its_own(register: Callable[..., None], fault: BaseException) -> None:
    """At loading, probing, listing, giving a voice and using it: one message names it; the others are still there."""
    register(("acme", raising(fault)))
    assert "acme" in (next(line for line in voices.listing() if line.engine == "acme").fix or "")
    for method in ("probe", "voices", "voice"):
        broken = AcmeEngine()
        setattr(broken, method, raising(fault))
        register(("acme", lambda broken=broken: broken))
        listed = {line.id: line for line in voices.listing()}
        assert listed["tone:steady"].ready
        assert method == "voice" or type(fault).__name__ in str([line.fix for line in listed.values()])
        with pytest.raises((Failed, MissingError), match=r"\"acme\" of third_party"):
            voices.pick("acme", language="de", pace=120)
    for member in ("say", "estimate", "fingerprint", "id"):
        voice = type("Voice", (), {"id": "acme:anna", member: property(raising(fault))})()
        register(("acme", lambda voice=voice: type("Acme", (AcmeEngine,), {"voice": lambda *_, **__: voice})()))
        with pytest.raises(Failed, match=r"\"acme.* of third_party"):
            _use(voices.pick("acme", language="de", pace=120), member)


def _use(voice: voices.Voice, member: str) -> object:
    value = getattr(voice, member)
    return value("Hello.") if callable(value) else value


def test_ctrl_c_passes_an_engine(register: Callable[..., None]) -> None:
    """It is the user's."""
    register(("acme", raising(KeyboardInterrupt())))
    with pytest.raises(KeyboardInterrupt):
        voices.listing()


def test_what_an_engine_says_is_one_line(register: Callable[..., None]) -> None:
    """Whatever signs it has."""
    engine = AcmeEngine()
    told = VoiceInfo("a\nb", ("en\n",), "M\x1bIT", "install\nit")
    setattr(engine, "voices", lambda: [told])  # noqa: B010 (a method for this test alone)
    register(("acme", lambda: engine))
    (listed,) = (each for each in voices.listing() if each.engine == "acme")
    assert not any(set("\n\x1b") & set(text) for text in (listed.name, *listed.languages, listed.licence, listed.fix))
    setattr(engine, "voices", lambda: [VoiceInfo("a", ("en",), "MIT")])  # noqa: B010 (the same)
    setattr(engine, "probe", lambda: "start\nit")  # noqa: B010 (the same)
    (listed,) = (each for each in voices.listing() if each.engine == "acme")
    assert listed.fix == "start it"


@pytest.mark.parametrize(
    ("method", "given", "words"),
    [
        ("probe", 1, "gave 1"),
        ("probe", "", "gave ''"),
        ("probe", {}, "gave a dict"),
        ("voices", None, "TypeError"),
        ("voices", [None], "AttributeError"),
        ("voices", itertools.repeat(VoiceInfo("a", ("en",), "MIT")), "more than 10000 voices"),
        ("voices", [VoiceInfo("a", (), "MIT")], "no voice"),
        ("voices", [VoiceInfo("a", "en", "MIT")], "languages 'en'"),
        ("voices", [VoiceInfo("", ("en",), "MIT")], "name ''"),
        ("voices", [VoiceInfo("a", (None,), "MIT")], "no voice"),
        ("voices", [VoiceInfo("a", ("en",), None)], "licence None"),
        ("voices", [VoiceInfo("a", ("en",), "MIT", fix=False)], "fix False"),
    ],
)
def test_what_an_engine_gives_is_looked_at(
    register: Callable[..., None], method: str, given: object, words: str
) -> None:
    """None, other kinds, what is empty and what never ends: one line tells of it, in `voices` and where it is named."""
    engine = AcmeEngine()
    setattr(engine, method, lambda: given)
    register(("acme", lambda: engine))
    listed = [line for line in voices.listing() if line.engine == "acme"]
    assert all(not line.ready and words in (line.fix or "") for line in listed)
    with pytest.raises((Failed, MissingError), match='"acme" of third_party') as raised:
        voices.pick("acme", language="en", pace=120)
    assert words in str(raised.value)


@pytest.mark.parametrize(
    ("member", "given"),
    [("id", None), ("id", ""), ("fingerprint", None), ("fingerprint", 7)]
    + [
        ("estimate", lambda _text, each=each: each)
        for each in (None, "1", -1.0, 0.0, float("nan"), float("inf"), 1e300)
    ]
    + [("say", lambda _text: None), ("say", None)],
)
def test_what_a_voice_gives_is_looked_at(register: Callable[..., None], member: str, given: object) -> None:
    """An id, a fingerprint, a length or a sound that is none is told as the voice's fault."""
    known = {"id": "acme:anna", "estimate": lambda _text: 1.0}
    voice = type("Voice", (), {name: property(lambda _self, v=v: v) for name, v in {**known, member: given}.items()})()
    register(("acme", lambda: type("Acme", (AcmeEngine,), {"voice": lambda *_, **__: voice})()))
    with pytest.raises(Failed, match=r'"acme.*"') as raised:
        _use(voices.pick("acme", language="de", pace=120), member)
    assert "third_party" in str(raised.value) or "gave None" in str(raised.value)
