"""JSON from outside: whatever it holds, a value that can be used or one message."""

from __future__ import annotations

import pytest

from voiceguide.errors import UsageError
from voiceguide.store.documents import Value, parsed, read

WHAT = {"what": "a list", "remedy": "Write it again."}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Expecting value"),
        (b"\xff{}", "no text in UTF-8"),
        (b"[" * 200_000, "nested too deep"),
        (b"[NaN]", "NaN is no number"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b"[1" + b"0" * 5000 + b"]", "integer string"),
        (b'"' + b"a" * (1 << 20) + b'"', "more than 1,048,576 bytes"),
    ],
)
def test_what_is_no_document_is_refused_with_why_and_what_to_do(data, why):
    """Nothing that Python's own reader raises comes through."""
    with pytest.raises(UsageError, match=rf"x\.json: expected a list in JSON, got something else: .*{why}.* again"):
        parsed(data, "x.json", limit=1 << 20, **WHAT)


@pytest.mark.parametrize(
    ("value", "asked", "message"),
    [
        ('"\\ud800"', Value.text, "whole signs"),
        ("1" + "0" * 400, Value.seconds, "seconds"),
        ("1e400", Value.number, "a number"),
        ("-1", Value.seconds, "seconds"),
        ("true", Value.count, "whole number"),
        ("[1]", Value.keys, "an object"),
        ("{}", Value.items, "a list"),
        ('"' + "long " * 4000 + '"', Value.flag, "true or false"),
    ],
)
def test_a_value_that_is_not_what_was_asked_for_is_named(value, asked, message):
    """With its place; a giant is shown by its ends."""
    whole = parsed(f'{{"a": [{value}]}}', "x.json", **WHAT)
    with pytest.raises(
        UsageError, match=rf"x\.json: a\[0\]: expected .*{message}.*got .* Write it again\.$"
    ) as refused:
        asked(whole.key("a").items()[0])
    assert len(str(refused.value)) < 250


def test_a_file_is_read_as_far_as_its_limit(tmp_path):
    """A device that never ends is refused; a mark at the beginning is none of the text."""
    path = tmp_path / "a.json"
    path.write_bytes(b'\xef\xbb\xbf{"a": 1}')
    assert read(path, what="a list").key("a").count() == 1
    with pytest.raises(UsageError, match="more than 4 bytes"):
        read(path, what="a list", limit=4)


def test_a_list_is_bounded():
    """Where what comes after takes its time for each."""
    assert len(parsed("[1, 2]", "x", what="a list").items(2)) == 2
    with pytest.raises(UsageError, match="a list of 1 at most, got 2"):
        parsed("[1, 2]", "x", what="a list").items(1)
