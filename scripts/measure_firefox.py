"""See that Firefox plays a studio's session while it is made, seeks in it, and goes on after a reload.

It starts the real command with folders of its own, and a Firefox without a window, which it drives by Marionette:
nothing is to be installed for it but Firefox. A Firefox that finds no sound device stops after a second; PulseAudio is
started with a device that nobody hears where there is one. Each line tells how many seconds something took. The exit
code is 1 where it did not happen; where there is no Firefox it says so, and is 0.
`.venv/bin/python -P scripts/measure_firefox.py [ROUTINE] [--length L] [--voice V] [--picture FILE.png]`.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
PATIENCE = 300.0
"""Seconds for anything to happen."""
PREFERENCES = {
    "media.autoplay.default": 0,
    "media.autoplay.blocking_policy": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}
NULL_SINK = ("--load=module-null-sink", "--load=module-native-protocol-unix")
HEADING = "document.querySelector('#view h1')?.textContent"
PLAYS = "!audio.paused && !audio.seeking && !audio.error"


class Firefox:
    """A Firefox of one's own."""

    def __init__(self, name: str, profile: Path, environment: dict[str, str]) -> None:
        """Start it; `profile` is an empty folder."""
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        told = {**PREFERENCES, "marionette.port": port}
        lines = [f'user_pref("{name}", {json.dumps(value)});\n' for name, value in told.items()]
        (profile / "user.js").write_text("".join(lines), "utf-8")
        command = [name, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment)
        self._number = 0
        try:
            self._stream = self._connected(port).makefile("rwb")
            self._answer()  # who it is
            self.ask("WebDriver:NewSession", {"capabilities": {}})
            self.ask("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": int(PATIENCE * 1000)})
        except BaseException:
            self.close()
            raise

    def _connected(self, port: int) -> socket.socket:
        begun = time.monotonic()
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
            except ConnectionRefusedError:
                if time.monotonic() - begun > PATIENCE or self.process.poll() is not None:
                    raise
                time.sleep(0.2)

    def _answer(self) -> Any:
        size = b""
        while not size.endswith(b":"):
            size += self._stream.read(1)
        return json.loads(self._stream.read(int(size[:-1])))

    def ask(self, command: str, parameters: dict[str, Any]) -> Any:
        """Give a command of Marionette's, and return its value."""
        self._number += 1
        sent = json.dumps([0, self._number, command, parameters]).encode()
        self._stream.write(b"%d:%s" % (len(sent), sent))
        self._stream.flush()
        _, _, fault, result = self._answer()
        if fault:
            raise SystemExit(f"{command}: {fault['error']}: {fault['message']}")
        return result.get("value") if isinstance(result, dict) else result

    def run(self, script: str) -> Any:
        """Run what returns a value, or a promise of one, in the page."""
        return self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})

    def until(self, what: str, expression: str) -> bool:
        """Wait until something is true of the page, and tell of it."""
        begun = time.monotonic()
        while not self.run(f"const audio = document.querySelector('audio'); return Boolean({expression})"):
            if time.monotonic() - begun > PATIENCE:
                print(f"NOT: {what}; the page says: {self.run('return document.body.innerText.slice(0, 300)')!r}")
                return False
            time.sleep(0.1)
        print(f"{what}: {time.monotonic() - begun:.1f} s", flush=True)
        return True

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(60)


def heard(firefox: Firefox, address: str, wanted: dict[str, Any], picture: Path | None) -> bool:
    """Listen to a session as somebody does; return whether all of it was as it should be."""
    firefox.ask("WebDriver:Navigate", {"url": address})
    made = f"""return fetch("/api/sessions", {{method: "POST", headers: {{"Content-Type": "application/json"}},
        body: JSON.stringify({json.dumps(wanted)})}}).then((answer) => answer.json()).then((told) => told.id)"""
    done = [firefox.until("massages are shown", "document.querySelectorAll('#view button').length > 5")]
    identity = firefox.run(made)
    firefox.run(f"location.hash = '#session={identity}'")
    done.append(firefox.until("it can be played", "document.querySelector('#play:enabled')"))
    firefox.run("const wait = document.querySelector('#wait'); if (wait && wait.checked) wait.click()")  # no stop
    firefox.run("document.querySelector('audio').paused && document.querySelector('#play').click()")
    done.append(firefox.until("it sounds, with its length known", f"{PLAYS} && audio.currentTime > 0.5"))
    print("length:", firefox.run("return document.querySelector('audio').duration"))
    for share in (0.9, 0.1):
        firefox.run(f"const audio = document.querySelector('audio'); audio.currentTime = audio.duration * {share}")
        there = (
            f"audio.currentTime > audio.duration * {share} + 0.5 && audio.currentTime < audio.duration * {share} + 60"
        )
        done.append(firefox.until(f"it sounds from {share:.0%} on", f"{PLAYS} && {there}"))
    if picture:
        picture.write_bytes(base64.b64decode(firefox.ask("WebDriver:TakeScreenshot", {"full": False})))
    firefox.ask("WebDriver:Refresh", {})
    done.append(firefox.until("it can be played after a reload", "document.querySelector('#play:enabled')"))
    begun = firefox.run("return document.querySelector('audio').currentTime")
    near = "audio.currentTime > audio.duration * 0.1 && audio.currentTime < audio.duration * 0.4"
    place = f"audio.currentTime > {begun} + 0.5 && {near}"
    firefox.run("document.querySelector('audio').paused && document.querySelector('#play').click()")
    done.append(firefox.until("it sounds from where it was", f"{PLAYS} && {place}"))
    for name in ("drafts", "sessions"):
        before = json.dumps(firefox.run(f"return {HEADING} ?? ''"))
        firefox.run(f"location.hash = '#{name}'")
        done.append(firefox.until(f"#{name} is shown", f"({HEADING} ?? {before}) !== {before}"))
    return all(done)


def main() -> int:
    """Start all of it, and listen."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("routine", nargs="?", default="desk-break")
    parser.add_argument("--length", default="5m")
    parser.add_argument("--voice", default="tone")
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_args()
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        print(f"Nothing was measured: there is no Firefox here, by the name of {' or '.join(NAMES)}.")
        return 0
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        for name in ("home", "profile", "runtime"):
            (scratch / name).mkdir(mode=0o700)
        own = {**os.environ, "HOME": str(scratch / "home"), "XDG_RUNTIME_DIR": str(scratch / "runtime")}
        if sound := shutil.which("pulseaudio"):
            command = [sound, "-n", "--daemonize=no", "--exit-idle-time=-1", *NULL_SINK]
            device = subprocess.Popen(command, env=own, stderr=subprocess.DEVNULL)
            stack.callback(device.wait, 30)
            stack.callback(device.terminate)
        else:
            print("There is no PulseAudio here: Firefox takes what sound device it finds.")
        environment = {**os.environ, "VOICEGUIDE_CACHE": str(scratch / "cache")}
        command = [sys.executable, "-P", "-m", "voiceguide", "studio", "--no-browser", "--folder", str(scratch / "own")]
        studio = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        stack.callback(studio.wait, 60)
        stack.callback(studio.terminate)
        address = studio.stdout.readline().strip() if studio.stdout else ""
        firefox = stack.enter_context(closing(Firefox(found, scratch / "profile", own)))
        choices = {"voice": asked.voice, "length": asked.length}
        return int(not heard(firefox, address, {"routine": asked.routine, "choices": choices}, asked.picture))


if __name__ == "__main__":
    sys.exit(main())
