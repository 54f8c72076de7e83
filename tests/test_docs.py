"""The pages say what the program does: their examples, commands, messages, tables and links are held against it."""

from __future__ import annotations

import inspect
import os
import re
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
import pytest
from finished_for_tests import write_session
from pictures_for_tests import picture
from scripts_for_tests import loaded

import voiceguide
from voiceguide import cli, phrases
from voiceguide.errors import MOST_TOLD, ExitCode
from voiceguide.lint import care, findings, pacing
from voiceguide.planning import MARGIN, anatomy, authored, filling, fixed, programme
from voiceguide.routine import limits, model, rules, schema, source, yaml
from voiceguide.routine import sounds as names
from voiceguide.script import SOUND_CODE
from voiceguide.sound import chimes
from voiceguide.text import marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "audio_assets").glob("*.md")])
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs" / "guide.md").read_text("utf-8")
FORMAT = (ROOT / "docs" / "routine-format.md").read_text("utf-8")
VOICES = (ROOT / "docs" / "voices.md").read_text("utf-8")
OWN = (ROOT / "docs" / "own-voice.md").read_text("utf-8")
INTERFACE = (ROOT / "docs" / "interface.md").read_text("utf-8")

RUN = "python3 scripts/voiceguide.py "


make_docs = loaded("make_docs")


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, where nothing of the user's is found: no settings, nothing spoken."""
    for name in [name for name in os.environ if name.startswith("VOICEGUIDE_")]:
        monkeypatch.delenv(name)
    (tmp_path / "config.toml").touch()
    monkeypatch.setenv("VOICEGUIDE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("VOICEGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one of its level or above."""
    start = page.index(f"\n{heading}\n") + len(heading) + 2
    following = re.compile(rf"^#{{1,{heading.index(' ')}}} ", re.MULTILINE).search(page, start)
    return page[start : following.start() if following else None]


def _rows(text: str) -> list[list[str]]:
    """The rows of a table, without its head."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def _prose(page: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)


# -- what is made --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", make_docs.PAGES)
def test_what_a_page_shows_of_the_program_is_what_it_prints(name: str) -> None:
    """Plans, messages and the commands' help are as printed; `python scripts/make_docs.py` writes them anew."""
    page = (ROOT / name).read_text("utf-8")
    assert make_docs.made(page).splitlines() == page.splitlines()


def test_every_line_of_the_messages_has_one() -> None:
    """No row of the table shows a line that is all well, or several findings at once."""
    shown = [row[2] for row in _rows(FORMAT.partition("<!-- messages -->\n")[2].partition("\n\n")[0])]
    assert len(shown) > 30
    assert all(message and " / " not in message for message in shown)


# -- examples ------------------------------------------------------------------------------------------


def _routines() -> Iterator[Any]:
    """Every YAML block of the pages, by its page and line; whole routines and parts of one."""
    for name, page in (("guide", GUIDE), ("routine-format", FORMAT)):
        checked = set(re.findall(r"^\$ voiceguide check (\S+)$", page, re.MULTILINE))
        for block in make_docs.blocks(page):
            if block.language == "yaml" and block.rest not in checked:
                yield pytest.param(block.body, id=f"{name}:{block.line}")


@pytest.mark.parametrize("example", [*_routines()])
def test_every_example_is_all_well(example: str, own_folder: Path) -> None:
    """Nothing is said against an example, warnings included, but where the page shows what `check` says of it."""
    path = own_folder / "example.yaml"
    whole = make_docs.whole(example)
    path.write_text(whole, "utf-8")
    for cover in re.findall(r"^cover: (.+)$", whole, re.MULTILINE):
        path.with_name(cover).write_bytes(picture())
    budget = () if whole == example else ("first-touch", "hands-on", "last-touch")  # a part is no session
    assert not "\n".join(str(fault) for fault in findings(path) if fault.rule not in budget)


def test_every_key_is_in_an_example() -> None:
    """Each key of the format stands in an example that can be copied."""
    examples = " ".join(block.body for block in make_docs.blocks(FORMAT) if block.language == "yaml")
    used = set(re.findall(r"(\w+):(?=\s|$)", examples))
    assert {key for model in MODELS.values() for key in model.model_fields} <= used


def test_the_examples_in_the_prose_are_durations_as_they_say() -> None:
    """Every duration and range that the page lists is one."""
    from voiceguide.durations import parse_range

    listed = _section(FORMAT, "## Time for the hands").partition("**Durations**")[2].partition("A bare number")[0]
    listed += _section(FORMAT, "## Short, full, and any total").partition("A range is written")[2].partition(";")[0]
    written = re.findall(r"`([^`]+)`", listed)
    assert len(written) == 12
    assert all(parse_range(one).low > 0 for one in written)


# -- commands ------------------------------------------------------------------------------------------


def _commands(page: str) -> list[list[str]]:
    """The arguments of every command line in the blocks of a page that are no transcripts."""
    lines = [line for block in make_docs.blocks(page) if not block.language for line in block.body.splitlines()]
    typed = [line.removeprefix(RUN if line.startswith(RUN) else "voiceguide ") for line in lines]
    return [shlex.split(rest, comments=True) for line, rest in zip(lines, typed, strict=True) if line != rest]


def _parsed(arguments: list[str]) -> tuple[str, click.Context]:
    """Parse a command line with the real command, without running it."""
    name, *rest = arguments
    # With the program's settings: click keeps for all that follow which help option a command had when first parsed.
    program = click.Context(cli.cli, info_name="voiceguide", **cli.cli.context_settings)
    command = cli.cli.get_command(program, name)
    assert command is not None, name
    return name, command.make_context(name, rest, parent=program)


@pytest.mark.parametrize(
    "arguments",
    [*_commands(README), *_commands(GUIDE), *_commands(FORMAT), *_commands(VOICES), *_commands(OWN)],
    ids=" ".join,
)
def test_every_command_line_can_be_typed(arguments: list[str], own_folder: Path) -> None:
    """Commands and options are spelled as the program knows them."""
    assert _parsed(arguments)[0] in cli.COMMANDS


def _quick(arguments: list[str]) -> list[str]:
    """A command as it can be run quickly: a plan in place of a render, by the voice for tests."""
    name, context = _parsed(arguments)
    if name not in ("render", "play"):  # sound cards are not everywhere
        return arguments
    left_out = ("-o", context.params.get("output"), "--player", "--yes", "--voice", context.params.get("voice"))
    asked = [part for part in arguments[1:] if part not in left_out]
    return ["plan", *asked, "--voice", "tone"]


_COSTLY = ("say", "voices get", "voices import", "studio")
"""What speaks, what downloads, what needs a recording, and what runs until somebody ends it."""


@pytest.mark.parametrize(
    "arguments",
    [typed for page in (README, GUIDE) for typed in _commands(page) if not " ".join(typed).startswith(_COSTLY)],
    ids=" ".join,
)
def test_every_command_of_the_guide_works(
    arguments: list[str], own_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From top to bottom, with the file that the guide shows; README's first."""
    (routine,) = (block.body for block in make_docs.blocks(GUIDE) if block.language == "yaml")
    if arguments[0] != "new":
        (own_folder / "evening.yaml").write_text(routine, "utf-8")
    (own_folder / "sessions").mkdir()
    write_session(own_folder / "sessions" / "s.mp3")
    with pytest.raises(SystemExit) as ended:
        cli.main(_quick(arguments))
    assert ended.value.code == ExitCode.DONE, capsys.readouterr().err


@pytest.mark.parametrize(
    "page",
    [README, GUIDE, FORMAT, INTERFACE, VOICES],
    ids=["README", "guide", "routine-format", "interface", "voices"],
)
def test_every_option_and_command_in_the_prose_exists(page: str) -> None:
    """No option is named that no command has."""
    groups = [(name, _command(name)) for name in cli.COMMANDS]
    inner = [(name, held) for name, group in groups if isinstance(group, click.Group) for held in group.commands]
    contexts = [cli.cli, *(_command(name) for name in cli.COMMANDS), *(_command(*names) for names in inner)]
    known = {
        option for command in contexts for param in command.params for option in (*param.opts, *param.secondary_opts)
    } | {"--help"}
    in_code = re.findall(r"`([^`]+)`", _prose(page))
    assert {option for code in in_code for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", code)} <= known
    assert {code.split()[1] for code in in_code if re.match(r"voiceguide [a-z]", code)} <= set(cli.COMMANDS)


def _command(name: str, inner: str | None = None) -> click.Command:
    command = cli.cli.get_command(click.Context(cli.cli), name)
    assert command is not None
    return command.commands[inner] if inner else command  # type: ignore[attr-defined]  # a group


@pytest.mark.parametrize("page", [GUIDE, INTERFACE], ids=["guide", "interface"])
def test_the_config_files_are_taken(page: str, own_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every table and option of the shown settings is known."""
    written = [
        block.body for block in make_docs.blocks(page) if block.language == "toml" and "[project" not in block.body
    ]
    assert written
    (own_folder / "config.toml").write_text("".join(written), "utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["sounds"])
    assert ended.value.code == ExitCode.DONE, capsys.readouterr().err


def test_the_entry_points_are_the_program_s() -> None:
    """A voice is registered where voices are looked for, and the formats are those that are registered."""
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    groups = re.findall(r'"(voiceguide\.\w+)"', GUIDE)
    assert groups
    assert set(groups) <= set(points)
    told = GUIDE.partition("picks the format:")[2].partition("Chapters")[0]
    assert set(re.findall(r"`\.(\w+)`", told)) == set(points["voiceguide.exports"])


# -- the library -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [GUIDE, INTERFACE], ids=["guide", "interface"])
def test_the_python_works(page: str, own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shown program runs to its end; what it asks of `render` is what `render` takes."""
    (code,) = (block.body for block in make_docs.blocks(page) if block.language == "python")
    takes = inspect.signature(voiceguide.render)
    calls = []
    monkeypatch.setattr("voiceguide.session.render", lambda *given, **named: calls.append(takes.bind(*given, **named)))
    exec(compile(code, "page", "exec"), {"print": lambda *_: None})  # noqa: S102 (our own page)
    assert calls


def test_the_keywords_are_the_library_s() -> None:
    """The page of the library names every keyword of what it offers, with its default."""
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    for name in ("load", "plan", "render", "preview", "say"):
        section = page.partition(f"## `{name}`")[2].partition("\n## ")[0]
        for parameter in inspect.signature(getattr(voiceguide, name)).parameters:
            assert re.search(rf"\b{parameter}: ", section), (name, parameter)


def test_the_exit_codes_are_the_program_s() -> None:
    """Each code once."""
    assert [int(row[0]) for row in _rows(_section(INTERFACE, "## Exit codes"))] == [int(code) for code in ExitCode]


def test_the_timeline_s_keys_are_its_own(own_folder: Path) -> None:
    """The page names every key that a timeline has, at every level, and the roles that there are."""
    section = _section(INTERFACE, "## The timeline")
    path = own_folder / "holds.yaml"
    path.write_text(make_docs.whole("- {name: A, duration: 1m, hold: {press: 5s}}\n"), "utf-8")
    timeline = voiceguide.plan(voiceguide.load(path), voice="tone").to_json()
    assert list(timeline) == [key for row in _rows(section) for key in re.findall(r"`(\w+)`", row[0])]
    assert set(_keys(timeline)) <= set(re.findall(r"`(\w+)`", section))
    roles = re.search(r"Roles of narration: ([^.]+)\.", section)
    assert roles is not None
    assert {clip["role"] for clip in timeline["clips"] if clip["track"] == "narration"} <= set(
        re.split(r",\s", roles[1])
    )


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _keys(inner)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


# -- tables ------------------------------------------------------------------------------------------------

AUDIENCES = get_args(phrases.Audience)
MODELS: dict[str, type[BaseModel]] = {
    "### Of the routine": schema.Routine,
    "### Of `safety`": schema.Safety,
    "### Of `lengths`": schema.Lengths,
    "### Of a step": schema.Step,
    "### Of a group": schema.Group,
    "### Of a hold": schema.Hold,
    "### Of a rhythm": schema.Rhythm,
    "### Of a cue": schema.Cue,
    "### Of a pronunciation": schema.Pronunciation,
}


@pytest.mark.parametrize("heading", list(MODELS))
def test_the_tables_of_keys_are_the_reader_s(heading: str) -> None:
    """Every key that is read is in its table, the required ones are called so, and the defaults are the program's."""
    fields = MODELS[heading].model_fields
    rows = {row[0].strip("`"): row[2] for row in _rows(_section(FORMAT, heading))}
    assert set(rows) == set(fields)
    assert {key for key, default in rows.items() if default == "required"} == {
        key for key, field in fields.items() if field.is_required()
    }
    for key, told in rows.items():
        default = fields[key].default
        if told.startswith("`") and key != "bed":
            seconds = {f"{number}s": float(number) for number in range(100)}
            words = {"true": True, "false": False, **seconds}
            assert words.get(told.strip("`"), told.strip("`")) in (default, str(default)), key
        elif not fields[key].is_required():
            assert default in (None, []), key


def test_the_tables_of_sounds_are_the_program_s() -> None:
    """The code's sounds, the beds, and what files may be."""
    section = _section(FORMAT, "## Sounds")
    assert {row[0].strip("`") for row in _rows(section)} == set(SOUND_CODE)
    beds = section.partition("**`bed`**")[2].partition("music of")[0]
    assert re.findall(r"`([\w-]+)`", beds) == list(names.BEDS)
    assert set(re.findall(r"`(\.\w+)`", section)) == set(chimes.SUFFIXES)
    assert f"{chimes.LONGEST_SECONDS:.0f} s at most" in section


def test_the_numbers_are_the_program_s() -> None:
    """Limits in the text are those that are checked."""
    warned = " ".join(_section(FORMAT, "### Warnings").split())
    for told in (
        f"a spot for over {care.LONGEST_HOLD:.0f} s",
        f"the first or the last is over {care.MOST_AT_ENDS}, or one is more than {care.MOST_CHANGE} away",
        f"of over {pacing.CHECK_IN_FROM / 60:.0f} min has none",
        f"over {pacing.MOST_SPEECH:.0%} of a slot of more than {pacing.LONG_SLOT / 60:.0f} min".replace("%", " %"),
        f"over {pacing.MOST_SPEECH_AT_END:.0%} of its last third".replace("%", " %"),
        f"over {pacing.MOST_UTTERANCES:g} utterances a minute",
        f"over {pacing.LONGEST_INSTRUCTION:g} s without a pause",
        f"over {pacing.LONGEST_SILENCE:g} s; with a bed {pacing.LONGEST_SILENCE_WITH_BED:g} s",
        f"within {MARGIN - 1:.0%} of not fitting".replace("%", " %"),
    ):
        assert told in warned
    whole = " ".join(FORMAT.split())
    for told in (
        f"at most {source.MOST_BYTES // 1024} KiB, {yaml.MOST_VALUES:,} values, and lists within lists to a depth of "
        f"{yaml.MOST_DEEP}",
        *(
            f"{most:,.0f} {what}"
            for most, what in (
                (limits.MOST_STEPS, "steps"),
                (limits.MOST_SIDES, "sides"),
                (limits.MOST_SETUPS, "setups"),
                (limits.MOST_LANGUAGES, "languages"),
                (limits.MOST_CUES, "cues"),
                (model.MOST_ROUNDS, "rounds"),
                (limits.LONGEST_NAME, "characters"),
                (limits.LONGEST_SENTENCE, "characters"),
                (limits.MOST.slots, "steps"),
                (limits.MOST.drafts, "steps"),
                (limits.MOST.sentences, "sentences"),
                (limits.MOST.characters, "characters"),
                (limits.MOST.cues, "cues"),
                (limits.MOST.rounds, "rounds"),
                (limits.MOST.seconds // 3600, "hours"),
                (MOST_TOLD, "faults"),
            )
        ),
        *(f"`{key}` ({most}" for key, most in rules.MOST_SPOKEN.items() if key != "avoid"),
        f"`avoid` ({rules.MOST_SPOKEN['avoid']})",
        f"silent for more than {programme.LONGEST_SILENCE:g} s",
        f"clear of all other words. What does not fit at its time takes the next free gap within {filling.REACH:g} s",
        f"{authored.CHECK_IN_AT:g} s into the slot or at a third of it",
        f"in slots of {anatomy.NEXT_FROM:g} s or more",
        f"half-way through a slot of {anatomy.HALFWAY_FROM / 60:g} min or more",
        f"before the end of a slot of {anatomy.LAST_MINUTE_FROM / 60:g} min or more",
        f"a sentence, then {fixed.OIL_SILENCE:g} s without words",
        f"Whoever does not pause gets {fixed.READY_SILENCE:g} s",
    ):
        assert told in whole
    assert marks.LONGEST_PAUSE == 300.0
    assert "At most five minutes." in whole


# -- words and links ---------------------------------------------------------------------------------------


def test_what_is_called_spoken_is_spoken() -> None:
    """A sentence in italics is one of the program's phrases, or a part of one, its placeholders filled."""
    english = phrases.load("en")
    said = [marks.strip(english.get(key, audience)) for audience in AUDIENCES for key in english.keys(audience)]
    sentences = [sentence for text in said for sentence in re.split(r"(?<=[.?]) ", text)]
    patterns = [re.sub(r"\\\{\w+\\\}", r"[\\w ]+", re.escape(s)) for s in sentences if _has_words(s)]
    spoken = re.findall(r"(?<![*\w])\*([^*\n]+[.?])\*(?![*\w])", _prose(FORMAT))
    assert len(spoken) > 10
    unknown = [
        s for s in spoken if not any(re.fullmatch(p, s) for p in patterns) and not any(s in text for text in said)
    ]
    assert not unknown


def _has_words(sentence: str) -> bool:
    """Whether a phrase's sentence is more than its placeholders, which anything would match."""
    return re.search("[a-z]", re.sub(r"\{\w+\}", "", sentence)) is not None


def test_the_languages_of_the_frame_are_named() -> None:
    """The page tells which languages the program itself speaks."""
    told = re.search(r"come in ([\w ,]+)\.", _section(FORMAT, "## Several languages"))
    assert told is not None
    assert len(re.findall(r"[A-Z]\w+", told[1])) == len(phrases.languages())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_link_is_dead(path: Path) -> None:
    """Every relative link leads to a file that is there, and to a heading of it."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        to = path.parent / file if file else path
        assert to.exists(), target
        if anchor:
            assert anchor in {
                _anchor(heading) for heading in re.findall(r"^#+ (.+)$", to.read_text("utf-8"), re.MULTILINE)
            }


def _anchor(heading: str) -> str:
    """A heading's anchor, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
