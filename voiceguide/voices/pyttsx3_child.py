"""The program that speaks one clip with pyttsx3 and ends: run by `pyttsx3.py`, never imported.

It uses nothing of voiceguide's, so that it starts fast. It reads one job as JSON on stdin and answers with one JSON
document on what was stdout; everything the library and the C library print goes to stderr.

    {"say": {"text", "phonemes", "voice", "rate", "path", …}}    {}, and the clip in the file
    {}                                                       {"driver", "library", "voices": [{"id", "name", …}]}
    anything that goes wrong                                 {"error": "the engine's own words"}

A process a clip, because in one process pyttsx3 2.99 writes only the last of several queued files, ignores properties
set after the first clip, and now and then writes a bad file.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from typing import Any


def main() -> None:
    """Do the job on stdin, answer, and end at once: eSpeak's library may hang or crash in an orderly exit."""
    answers = os.dup(1)
    os.dup2(2, 1)
    job = json.loads(sys.stdin.buffer.read())
    if os.name != "nt":  # there a parent's number stays when it has ended
        threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    try:
        answer = say(**job["say"]) if "say" in job else list_voices()
    except Exception as fault:  # noqa: BLE001 (whatever it is, the parent must hear it)
        answer = {"error": " ".join(f"{type(fault).__name__}: {fault}".split())}
    os.write(answers, json.dumps(answer).encode())
    os._exit(1 if "error" in answer else 0)


def end_with(parent: int) -> None:
    """End when whoever asked has ended, however it went: then another process is the parent."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def list_voices() -> dict[str, Any]:
    """Return the system's voices as its driver names them."""
    engine = start()
    told = ("id", "name", "languages", "gender")
    voices = [{key: getattr(v, key) for key in told} for v in engine.getProperty("voices")]
    return {"driver": str(engine), "library": library_version(str(engine)), "voices": voices}


def say(text: str, phonemes: bool, voice: str, rate: float, path: str, seconds: float) -> dict[str, Any]:
    """Speak one sentence into a file, with `phonemes` eSpeak's own signs for what stands in `[[ ]]`.

    Raises what the engine raised, TimeoutError when it does not finish.
    """
    engine = start()
    if phonemes:
        take_phonemes()
    finished = threading.Event()
    faults: list[BaseException | str] = []

    def fail(fault: BaseException | str) -> None:
        faults.append(fault)
        finished.set()

    def on_finished(name: str, completed: bool) -> None:  # noqa: ARG001 (pyttsx3 passes it by name)
        if not completed:
            faults.append("it stopped before the end")
        finished.set()

    def on_error(name: str, exception: BaseException) -> None:  # noqa: ARG001 (pyttsx3 passes it by name)
        fail(exception)

    # The file is written in a callback from C, whose errors (a full disk) end up here and nowhere else.
    sys.unraisablehook = lambda raised: fail(raised.exc_value or str(raised.err_msg))
    engine.connect("finished-utterance", on_finished)
    engine.connect("error", on_error)
    engine.setProperty("voice", voice)
    engine.setProperty("rate", rate)
    if str(engine) == "espeak":
        apply_properties(engine, rate)
        engine.save_to_file(text, path)
        # Beside this thread, since the loop never ends when the callback fails.
        threading.Thread(target=engine.runAndWait, daemon=True).start()
        if not finished.wait(seconds):
            raise TimeoutError(f"it did not finish within {seconds:.0f} s")
    else:
        # NSSpeech must run in this thread; SAPI5 never tells that it has finished. Both are done when this returns.
        engine.save_to_file(text, path)
        engine.runAndWait()
    if faults:
        fault = faults[0]
        raise fault if isinstance(fault, Exception) else RuntimeError(str(fault))
    return {}


def apply_properties(engine: Any, rate: float) -> None:
    """Set the properties now and wait until eSpeak's own thread has taken them. Raises RuntimeError if it did not.

    Left to `runAndWait()`, they are queued right before a `stop()` of pyttsx3's, which cancels what eSpeak has not
    taken yet: now and then (1 clip of 270, with two children at once) was then spoken at the default rate.
    """
    from pyttsx3.drivers import _espeak

    engine.proxy.setBusy(False)
    _espeak.Synchronize()
    # pyttsx3's own GetParameter passes one argument of two.
    if (taken := _espeak.dll.espeak_GetParameter(_espeak.RATE, 1)) != rate:
        raise RuntimeError(f"it would speak at rate {taken}, not {rate}")


def take_phonemes() -> None:
    """Have eSpeak read what stands in `[[ ]]` as its signs; pyttsx3 knows no way to ask for it."""
    from pyttsx3.drivers import _espeak

    speak = _espeak.Synth
    _espeak.Synth = lambda *args, flags=0, **more: speak(*args, flags=flags | _espeak.PHONEMES, **more)


def start() -> Any:
    """Return pyttsx3's engine, with eSpeak's library from a wheel where the system has none."""
    if sys.platform not in {"darwin", "win32"}:
        lend_library()
    import pyttsx3

    return pyttsx3.init()


def lend_library() -> None:
    """Load the library of the wheel espeakng-loader, unless the system has its own; pyttsx3 then finds it by name.

    Its data folder must be set before pyttsx3 starts: without it the C library ends the process.
    """
    import ctypes

    for name in ("libespeak-ng.so.1", "/usr/local/lib/libespeak-ng.so.1"):
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return
    try:
        import espeakng_loader
    except ImportError:
        return  # pyttsx3 then says in its own words that there is no library
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)


def library_version(driver: str) -> str:
    """Return eSpeak's version; other drivers have none to tell."""
    if driver != "espeak":
        return ""
    import ctypes

    from pyttsx3.drivers import _espeak

    info = _espeak.dll.espeak_Info
    info.restype = ctypes.c_char_p
    return str(info(None).decode())


if __name__ == "__main__":
    main()
