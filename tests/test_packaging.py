"""What is installed is whole: the wheel, the versions, the licences."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from voiceguide import installed as extras

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DEPENDENCIES = [Requirement(text) for text in PYPROJECT["project"]["dependencies"]]
TOOLS = [
    Requirement(text)
    for text in (*PYPROJECT["project"]["optional-dependencies"]["dev"], *PYPROJECT["build-system"]["requires"])
]


def _build(source: Path, target: str, folder: Path) -> Path:
    """Build an sdist or a wheel with the hatchling that is installed: nothing is downloaded."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)],
        cwd=source,
        check=True,
        capture_output=True,
    )
    return next(folder.iterdir())


def _files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as opened:
        return {name for name in opened.namelist() if ".dist-info/" not in name}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout."""
    return _build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_package_and_its_sounds(wheel: Path) -> None:
    """Every file of the package and of audio_assets is in the wheel, and nothing else."""

    def below(folder: Path, inside: str) -> set[str]:
        found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {f"{inside}/{path.relative_to(folder).as_posix()}" for path in found}

    files = _files(wheel)
    assert files == below(ROOT / "voiceguide", "voiceguide") | below(ROOT / "audio_assets", "voiceguide/audio_assets")
    assert {"voiceguide/py.typed", "voiceguide/routines/index.json", "voiceguide/phrases/en.toml"} <= files
    assert {"voiceguide/drawing/Inter.ttf", "voiceguide/drawing/Inter-LICENSE.txt"} <= files
    for pattern in ("routines/.*[.]yaml", "audio_assets/chimes/.*[.]flac"):
        assert any(re.fullmatch(f"voiceguide/{pattern}", name) for name in files), pattern


def test_the_sdist_builds_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """The source archive has all that a build needs."""
    sdist = _build(ROOT, "sdist", tmp_path / "sdist")
    subprocess.run([sys.executable, "-m", "tarfile", "-e", str(sdist), str(tmp_path / "source")], check=True)
    source = next((tmp_path / "source").iterdir())
    assert _files(_build(source, "wheel", tmp_path / "wheel")) == _files(wheel)


def test_the_installed_wheel_finds_its_sounds_and_routines(wheel: Path, tmp_path: Path) -> None:
    """Away from the checkout, the package finds what it carries, by itself."""
    installed, elsewhere = tmp_path / "installed", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(installed)
    program = (
        "import json, voiceguide.store.assets as a\n"
        "found = {f.name: sorted(p.name for p in f.rglob('*.*')) for f in (a.sounds_folder(), a.routines_folder())}\n"
        "print(json.dumps({'at': a.__file__, 'found': found}))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=elsewhere,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    )
    answer = json.loads(ran.stdout)
    assert Path(answer["at"]).is_relative_to(installed)
    assert "step.flac" in answer["found"]["audio_assets"]
    assert "index.json" in answer["found"]["routines"]
    assert any(name.endswith(".yaml") for name in answer["found"]["routines"])


def _pins() -> dict[NormalizedName, list[Requirement]]:
    """What constraints.txt pins, by name; a name may have a line for each system."""
    pins: dict[NormalizedName, list[Requirement]] = {}
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text:
            pin = Requirement(text)
            pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


def _closure(asked: list[Requirement]) -> set[NormalizedName]:
    """Return the names of all that `asked` needs on this system, as the installed packages tell."""
    names: set[NormalizedName] = set()
    queue = [requirement for requirement in asked if not requirement.marker or requirement.marker.evaluate()]
    while queue:
        name = canonicalize_name(queue.pop().name)
        if name not in names:
            names.add(name)
            needs = map(Requirement, distribution(name).requires or ())
            queue += [need for need in needs if not need.marker or need.marker.evaluate({"extra": ""})]
    return names


def test_every_pin_is_exact() -> None:
    """A constraint that allows two versions would install another one tomorrow."""
    loose = [str(pin) for pins in _pins().values() for pin in pins if not re.fullmatch("==[^*,]+", str(pin.specifier))]
    assert loose == []


@pytest.mark.parametrize("asked", DEPENDENCIES + TOOLS, ids=lambda requirement: requirement.name)
def test_every_dependency_is_pinned_to_a_version_it_allows(asked: Requirement) -> None:
    """What pyproject.toml asks for and what constraints.txt installs agree."""
    versions = [next(iter(pin.specifier)).version for pin in _pins()[canonicalize_name(asked.name)]]
    assert [version for version in versions if not asked.specifier.contains(version)] == []


def test_what_the_dependencies_need_is_pinned_too() -> None:
    """The scripts install the same versions of everything, not only of what is asked for by name."""
    assert _closure(DEPENDENCIES + TOOLS) - _pins().keys() == set()


def _licences() -> dict[NormalizedName, str]:
    """The licence that docs/licences.md gives for each package, from its tables' rows."""
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (ROOT / "docs/licences.md").read_text("utf-8"), re.MULTILINE)
    return {
        canonicalize_name(name): licence
        for names, licence in rows
        for name in re.sub(r"\([^)]*\)|and its frameworks", "", names).replace(" and ", ",").replace(" ", "").split(",")
    }


def test_every_package_has_its_licence_named() -> None:
    """Whoever passes voiceguide on finds what each package asks of them."""
    named = _licences().keys()
    asked = {canonicalize_name(requirement.name) for requirement in DEPENDENCIES + TOOLS}
    assert (asked | _closure(DEPENDENCIES + TOOLS)) - named == set()
    assert _pins().keys() - named == set()


def test_every_font_in_the_wheel_has_its_licence_named() -> None:
    """And its text beside it: that is what the Open Font License asks of whoever passes it on."""
    told = (ROOT / "docs/licences.md").read_text("utf-8")
    fonts = [path for path in (ROOT / "voiceguide").rglob("*") if path.suffix in (".ttf", ".otf", ".woff", ".woff2")]
    assert fonts
    for path in fonts:
        licence = path.with_name(f"{path.stem}-LICENSE.txt")
        assert licence.is_file()
        for named in (path, licence):
            assert f"`{named.relative_to(ROOT).as_posix()}`" in told


def _stated(name: NormalizedName) -> str:
    """The licence in an installed package's own data; "" when it isn't installed here, or tells it in words."""
    try:
        return distribution(name).metadata.get("License-Expression") or ""
    except PackageNotFoundError:
        return ""


def test_the_licences_named_are_the_ones_the_packages_state() -> None:
    """A package that changes its licence is noticed when its pin is renewed."""
    stated = {name: _stated(name) for name in _licences()}
    assert stated[canonicalize_name("mutagen")] == "GPL-2.0-or-later"
    named = _licences()
    assert {name: text for name, text in stated.items() if not named[name].startswith(text)} == {}


def test_a_message_installs_what_an_extra_is() -> None:
    """The line that a message gives for an extra names just its packages, for the Python that runs."""
    stated = PYPROJECT["project"]["optional-dependencies"]
    asked = {extra: {Requirement(each).name for each in stated[extra]} for extra in stated.keys() - {"dev"}}
    assert {extra: set(packages) for extra, packages in extras.EXTRAS.items()} == asked
    command = shlex.split(extras.installing("play"), posix=os.name != "nt")
    assert Path(command[0]).resolve() == Path(sys.executable).resolve()
    assert command[1:] == ["-m", "pip", "install", "blessed", "miniaudio"]
