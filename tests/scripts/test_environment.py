"""The environment is made once, kept up to date, and mended; what goes wrong is one message.

Nothing is downloaded here: the steps of a set-up are replaced by what they leave on the disk.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scripts_for_tests import loaded

if TYPE_CHECKING:
    from collections.abc import Callable

SCRIPTS = Path(__file__).parents[2] / "scripts"


environment = loaded("environment")


def _nothing(_step: str) -> None:
    pass


class Steps:
    """Stands in for venv and pip: writes down each step, and leaves its programs."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.before: Callable[[str], None] = _nothing
        """What happens before a step leaves anything: an interruption, a fault."""

    def take(self, made: environment.Environment, command: list[str]) -> None:
        """Take a step as `Environment._call` does, on the disk only."""
        step = command[3] if command[3] == "venv" else command[-1]
        self.taken.append(step)
        self.before(step)
        left = {"venv": "python", environment.USUAL: "voiceguide", ".[dev]": "voiceguide"}.get(step)
        if left:
            made.program(left).parent.mkdir(exist_ok=True)
            made.program(left).touch()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    (tmp_path / "constraints.txt").write_text("click==8.5.1\n", "utf-8")
    return tmp_path


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Steps:
    replaced = Steps()
    monkeypatch.setattr(environment.Environment, "_call", lambda made, command, *_: replaced.take(made, command))
    return replaced


IN_PLACE = ["hatchling", environment.USUAL, "import pydub"]
FROM_NOTHING = ["venv", *IN_PLACE]


def test_a_first_start_installs_and_a_second_does_nothing(checkout: Path, steps: Steps) -> None:
    """The stamp of a finished set-up makes the next start take no step at all."""
    environment.Environment(checkout).set_up()
    assert steps.taken == FROM_NOTHING
    environment.Environment(checkout).set_up()
    assert steps.taken == FROM_NOTHING


@pytest.mark.parametrize("name", ["pyproject.toml", "constraints.txt"])
def test_a_changed_file_is_installed_in_place(checkout: Path, steps: Steps, name: str) -> None:
    """Whatever says what to install is followed, without making the environment anew."""
    environment.Environment(checkout).set_up()
    steps.taken.clear()
    (checkout / name).write_text("changed\n", "utf-8")
    environment.Environment(checkout).set_up()
    assert steps.taken == IN_PLACE


def test_the_tools_are_added_once_and_stay(checkout: Path, steps: Steps) -> None:
    """The tests' tools come with the first test, cost the program nothing, and are kept up to date with it."""
    made = environment.Environment(checkout)
    made.set_up()
    made.set_up(dev=True)
    made.set_up()
    made.set_up(dev=True)
    assert [step for step in steps.taken if step.startswith(".")] == [environment.USUAL, ".[dev]"]
    (checkout / "constraints.txt").write_text("click==8.5.2\n", "utf-8")
    made.set_up()
    assert [step for step in steps.taken if step.startswith(".")] == [environment.USUAL, ".[dev]", ".[dev]"]


def test_the_tools_come_by_two_pips_and_a_fault_of_either_is_told(checkout: Path, steps: Steps) -> None:
    """Each pinned version is installed by one of them, before what needs it; where one fails nothing is stamped."""
    pins = ["attrs==26.1.0", 'comtypes==1.4.17; sys_platform == "win32"', "click==8.5.1"]
    (checkout / "constraints.txt").write_text(
        "\n".join(["# All of them.", "", *pins[:2], f"{pins[2]} # why"]) + "\n", "utf-8"
    )
    made = environment.Environment(checkout)

    def fail(step: str) -> None:
        if step == pins[1]:
            raise environment.SetUpError(step)

    steps.before = fail
    with pytest.raises(environment.SetUpError, match="comtypes"):
        made.set_up(dev=True)
    assert made.stamp() is None
    steps.before = _nothing
    steps.taken.clear()
    made.set_up(dev=True)
    assert steps.taken[0] == "venv"
    assert sorted(steps.taken[1:3]) == [pins[2], pins[1]]  # the last of each half
    assert steps.taken[3:] == [".[dev]", "import pydub"]


@pytest.mark.parametrize("lost", ["python", "voiceguide"])
def test_a_lost_program_is_put_back(checkout: Path, steps: Steps, lost: str) -> None:
    """A stamp alone is not believed: the programs must be there."""
    made = environment.Environment(checkout)
    made.set_up()
    made.program(lost).unlink()
    made.set_up()
    assert made.program(lost).exists()


def test_an_interrupted_set_up_starts_from_nothing(checkout: Path, steps: Steps) -> None:
    """What an interrupted pip left behind is thrown away, since it may be half a package."""

    def interrupt(step: str) -> None:
        if step == "import pydub":
            (checkout / ".venv" / "half").mkdir()
            raise KeyboardInterrupt

    made = environment.Environment(checkout)
    steps.before = interrupt
    with pytest.raises(KeyboardInterrupt):
        made.set_up()
    steps.before = _nothing
    made.set_up()
    assert steps.taken == FROM_NOTHING * 2
    assert not (checkout / ".venv" / "half").exists()


def test_a_moved_checkout_is_set_up_anew(checkout: Path, steps: Steps) -> None:
    """An environment holds its own path, so that one that moved or was copied is worth nothing."""
    environment.Environment(checkout).set_up()
    moved = checkout.rename(checkout.with_name("moved"))
    environment.Environment(moved).set_up()
    assert steps.taken == FROM_NOTHING * 2


def test_a_failed_update_leaves_the_old_stamp(checkout: Path, steps: Steps) -> None:
    """Offline after a `git pull`: the fault is told, and the next start tries the update again, not a new set-up."""

    def fail(step: str) -> None:
        raise environment.SetUpError(step)

    made = environment.Environment(checkout)
    made.set_up()
    stamp = made.stamp()
    (checkout / "constraints.txt").write_text("click==8.5.2\n", "utf-8")
    steps.before = fail
    with pytest.raises(environment.SetUpError):
        made.set_up()
    assert made.stamp() == stamp
    steps.before = _nothing
    steps.taken.clear()
    made.set_up()
    assert steps.taken == IN_PLACE


@pytest.mark.parametrize("works", [True, False])
def test_an_environment_made_by_hand_is_kept_while_it_works(checkout: Path, steps: Steps, works: bool) -> None:
    """A developer's own `.venv` is installed into; one without pip is made anew."""
    made = environment.Environment(checkout)
    venv.create(made.folder, with_pip=False)
    own = next(made.folder.glob("[Ll]ib*/**/site-packages")) / "own.py"
    own.touch()
    if works:
        own.with_name("pip.py").touch()
    made.set_up()
    assert own.exists() == works
    assert steps.taken == (IN_PLACE if works else FROM_NOTHING)


def test_two_starts_at_once_install_once(
    checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second start waits for the first, says so, and finds the work done."""
    inside, waiting = threading.Event(), threading.Event()
    said = environment._say

    def say(message: str) -> None:
        said(message)
        if "waiting" in message:
            waiting.set()

    def meet(_step: str) -> None:
        inside.set()
        assert waiting.wait(10)

    monkeypatch.setattr(environment, "_say", say)
    steps.before = meet
    starts = [threading.Thread(target=environment.Environment(checkout).set_up) for _ in range(2)]
    starts[0].start()
    assert inside.wait(10)
    starts[1].start()
    for start in starts:
        start.join(20)
    assert steps.taken == FROM_NOTHING
    assert "Another start is setting up" in capsys.readouterr().err


def test_a_killed_start_frees_the_lock(checkout: Path, steps: Steps) -> None:
    """Whoever held the lock and was killed leaves no lock behind, so that nobody waits for nothing."""
    made = environment.Environment(checkout)
    made.folder.mkdir()
    hold = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[1]); import environment\n"
        "with environment._locked(Path(sys.argv[2])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(SCRIPTS), str(made.lock_file)], stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with made.lock_file.open("a") as lock:
            assert not environment._try_lock(lock)
        holder.kill()
    made.set_up()
    assert steps.taken == FROM_NOTHING


def test_a_failed_step_shows_its_last_words(checkout: Path) -> None:
    """What venv or pip printed last is shown, with the file that has the rest."""
    made = environment.Environment(checkout)
    made.folder.mkdir()
    words = (
        "import sys; print(*range(100), sep='\\n', flush=True); print('no space left', file=sys.stderr); sys.exit(3)"
    )
    with made.lock_file.open("a") as lock, pytest.raises(environment.SetUpError) as caught:
        made._call([sys.executable, "-c", words], lock)
    shown = str(caught.value).splitlines()
    assert any("no space left" in line for line in shown)
    assert str(made.log_file) in shown[-1]
    assert len(shown) < 16


def test_a_lost_connection_is_named_and_not_called_a_conflict(tmp_path: Path) -> None:
    """An offline install ends with talk of conflicting versions; the reader is told to go online instead."""
    log = tmp_path / "log"
    log.write_text(
        "WARNING: Retrying (Retry(total=0)) after connection broken by 'NameResolutionError': /simple/click/\n"
        "ERROR: Cannot install click because these package versions have conflicting dependencies.\n",
        "utf-8",
    )
    reason = environment._reason(log)
    assert "Go online" in reason
    assert "conflict" not in reason


def test_python_without_venv_is_told_what_to_install(
    checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Debian's python3 has no ensurepip until python3-venv is there."""
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    with pytest.raises(environment.SetUpError, match="apt install python3-venv"):
        environment.Environment(checkout).set_up()
    assert steps.taken == []


def test_a_folder_that_cannot_be_written_is_one_message(checkout: Path, steps: Steps) -> None:
    """A file where the folder should be, or no permission: said with the path, not as a traceback."""
    (checkout / ".venv").touch()
    with pytest.raises(environment.SetUpError, match=r"\.venv.*\n.*run the same command again"):
        environment.Environment(checkout).set_up()


def test_ctrl_c_in_a_set_up_ends_with_130(
    checkout: Path, steps: Steps, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C is an answer, not a traceback."""

    def interrupt(_step: str) -> None:
        raise KeyboardInterrupt

    steps.before = interrupt
    monkeypatch.setattr(environment, "CHECKOUT", checkout)
    with pytest.raises(SystemExit) as ended:
        environment.prepare()
    assert ended.value.code == 130
    assert "Stopped" in capsys.readouterr().err


@pytest.mark.parametrize("door", ["become", "_wait"])
def test_the_program_keeps_its_folder_its_words_and_its_exit_code(tmp_path: Path, door: str) -> None:
    """The program runs where the user is, with what the user typed, and its exit code is the script's."""
    program = "import os, sys; print(os.getcwd(), *sys.argv[1:], sep='|'); sys.exit(7)"
    script = (
        f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); import environment\n"
        f"sys.exit(environment.{door}([sys.executable, '-c', {program!r}, *sys.argv[1:]]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "two words", "--flag"], cwd=tmp_path, capture_output=True, text=True
    )
    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (7, f"{tmp_path}|two words|--flag", "")


def test_a_set_up_shows_that_it_moves(checkout: Path, steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    """On stderr stands what is done at the moment, and dots for as long as it is."""
    seen = threading.Event()

    class Watched(io.StringIO):
        def write(self, text: str) -> int:
            written = super().write(text)
            if self.getvalue().endswith("....."):
                seen.set()
            return written

    told = Watched()
    monkeypatch.setattr(environment.sys, "stderr", told)
    monkeypatch.setattr(environment, "DOT_SECONDS", 0.001)
    steps.before = lambda step: _nothing(step) if seen.wait(20) else pytest.fail("no dots")
    environment.Environment(checkout).set_up()
    assert re.search(r"^voiceguide: making an environment \.{5,}$", told.getvalue(), re.MULTILINE)
    assert re.search(r"^voiceguide: fetching and installing what belongs in it \.{3,}$", told.getvalue(), re.MULTILINE)
