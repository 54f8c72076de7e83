"""Whatever the bytes: a routine, or faults of ours with places inside the file."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voiceguide.routine.languages import texts
from voiceguide.routine.reading import examine
from voiceguide.text import marks, placeholders

EVERYTHING = (Path(__file__).parent / "files" / "everything.yaml").read_bytes()
PIECES = [
    *(
        "{",
        "}",
        "[",
        "]",
        ",",
        ": ",
        "- ",
        "\n",
        "\n  ",
        "\t",
        '"',
        "'",
        "#",
        "&a ",
        "*a",
        "!",
        "!!str ",
        "|",
        ">",
        "? ",
    ),
    *(
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\\",
        "\\U00110000",
        "{side}",
        "[pause 3s]",
        "{next}",
        "null",
        "~",
        "true",
        "-1",
    ),
    *(
        "steps:",
        "only: ",
        "short",
        "en: ",
        "\x00",
        "\ufeff",
        "\u2028",
        "\x85",
        "\udfff",
        "é",
        "<<: ",
        "<one>: ",
        "[key]: ",
    ),
]
ODD = st.one_of(st.sampled_from(PIECES), st.text(max_size=8)).map(lambda text: text.encode("utf-8", "surrogatepass"))
EDITS = st.lists(st.tuples(st.integers(0, len(EVERYTHING)), st.integers(0, 40), ODD), min_size=1, max_size=4)
QUICK = settings(
    max_examples=100,
    # Every example writes the file anew.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


def judged(path: Path, content: bytes) -> None:
    """Examine the content; what comes back is whole and points into the file."""
    path.write_bytes(content)
    routine, faults = examine(path)
    lines = content.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for fault in faults:
        assert 1 <= fault.place.line <= len(lines), fault
        assert 1 <= fault.place.column <= len(lines[fault.place.line - 1]) + 1, fault
        fault.with_caret().encode()
    assert (routine is None) == any(fault.level == "fault" for fault in faults)
    for text in texts(routine) if routine else ():
        for _, written in text.by_language:
            marks.parse(written)
            placeholders.used(written)


@QUICK
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))))
def test_any_bytes_are_judged(tmp_path: Path, content: bytes):
    """Random bytes and texts never raise anything."""
    judged(tmp_path / "r.yaml", content)


@QUICK
@given(st.lists(ODD, max_size=30).map(b"".join))
def test_any_notation_is_judged(tmp_path: Path, content: bytes):
    """Nor do the signs of YAML in any order."""
    judged(tmp_path / "r.yaml", b"title: T\nsteps:\n- name: A\n  say: " + content)


@QUICK
@given(EDITS)
def test_any_edit_of_a_routine_is_judged(tmp_path: Path, edits: list[tuple[int, int, bytes]]):
    """Nor does a routine with pieces cut out of it and others put in."""
    content = EVERYTHING
    for start, cut, piece in edits:
        content = content[:start] + piece + content[start + cut :]
    judged(tmp_path / "r.yaml", content)
