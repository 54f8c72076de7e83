"""What ruamel's scanner and parser stumble over, in words for people who don't program."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.error import MarkedYAMLError

    from voiceguide.errors import Fault
    from voiceguide.routine.source import KeyPath, Source

QUOTE = 'put the whole text in quotes, as "… {side} …"'

_BRACES = re.compile(r"\{\{?\s*[\w-]+\s*\}?\}|\[\s*(?:breath|pause\b[^\[\]{},:\n]*)\s*\]", re.IGNORECASE)
"""A placeholder or a mark as an author writes it; with a comma or a colon in it, it is YAML's own."""
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?=\S)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:U[0-9A-Fa-f]{8}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})")


def unquoted(text: str, error: MarkedYAMLError) -> re.Match[str] | None:
    """Return the unquoted placeholder or mark that made the parser stumble, None for any other cause."""
    if error.problem_mark is None or "mapping values" in str(error.problem):
        return None
    at = error.problem_mark.index
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    for match in _BRACES.finditer(text, line_start, line_end if line_end >= 0 else len(text)):
        # In a flow list or mapping the brace itself surprises the parser, elsewhere the words behind it do.
        if match.start() == at or (match.end() <= at and not text[match.end() : at].strip()):
            return match
    return None


def unquoted_fault(source: Source, offset: int, path: KeyPath) -> Fault:
    """Return the fault of a brace or bracket that YAML takes for its own."""
    brace = source.text[offset]
    word = "{side}" if brace == "{" else "[pause 3s]"
    message = f'expected a text, got a bare "{brace}", which YAML reads as its own: put the whole text in quotes'
    return source.fault(offset, "unquoted-braces", f'{message}, as "… {word} …"', path)


def impossible_escape(source: Source) -> Fault:
    """Return the fault of an escape that names no character; ruamel does not say where."""
    far = (m.start() for m in _ESCAPE.finditer(source.text) if int(m[0][2:], 16) > 0x10FFFF)
    message = "expected a character after the backslash, got a number that names none: write the character itself"
    return source.fault(next(far, 0), "bad-escape", message)


def faults(source: Source, error: MarkedYAMLError) -> list[Fault]:
    """Return what to tell of a scanner's or parser's error: one fault, or one a line for tabs."""
    problem, context = str(error.problem or ""), str(error.context or "")
    at = min(error.problem_mark.index if error.problem_mark else 0, len(source.text))
    line_start = source.line_at(at)
    if "'\\t'" in problem or _TAB_INDENT.match(source.text, line_start):
        return list(_tabs(source, line_start)) or [source.fault(at, "tab", _TAB)]
    opened = error.context_mark.index if error.context_mark else at
    at_end = not source.text[at:].strip()
    if "quoted scalar" in context and "unexpected" in problem:
        quote = source.text[opened]
        message = f"expected a closing {quote} for the one that opens here, got none to the end of the file: add it"
        return [source.fault(opened, "missing-quote", message)]
    if "flow" in context and at_end:
        if source.text[opened : opened + 1] not in ("[", "{"):
            opened = max(source.text.rfind("["), source.text.rfind("{"))
        bracket = source.text[opened]
        closing = "]" if bracket == "[" else "}"
        message = f'expected a closing "{closing}" for the "{bracket}" that opens here, got none: add it'
        return [source.fault(opened, "missing-bracket", message)]
    if "could not find expected ':'" in problem:
        message = 'expected a key and a colon, as "name: …", got words alone: add the colon, or indent the line'
        return [source.fault(opened, "no-colon", f"{message} deeper to go on with the text above")]
    if "<block end>" in problem and source.text[:at].rstrip(" ").endswith(("'", '"')):
        message = f"expected the line to end after the quote, got {_character(source, at)} behind it: put a text with"
        message += " quotes or apostrophes in the other kind of quotes, and check the quotes of the lines above"
        return [source.fault(at, "missing-quote", message)]
    for sign, rule, words in _PROBLEMS:
        if sign in problem or sign in context:
            return [source.fault(at, rule, words.format(got=_character(source, at)))]
    message = f"expected YAML, got what cannot be read as it ({problem}): check quotes, colons and indentation here"
    return [source.fault(at, "syntax", message)]


_TAB = "expected spaces at the start of the line, got a tab: write two spaces for each tab"

_PROBLEMS = (
    (
        "mapping values are not allowed",
        "second-colon",
        'expected one "key: value" on a line, got a second colon: put a text with a colon in quotes; if this is '
        "a key of its own, let it start below the keys around it",
    ),
    (
        "expected ',' or",
        "missing-comma",
        "expected a comma or the closing bracket, got {got}: add it, or put a text with brackets, braces or quotes "
        "in quotes",
    ),
    (
        "cannot start any token",
        "needs-quotes",
        "expected a text, got {got}, which may not come first: put it in quotes",
    ),
    (
        "expected <block end>",
        "indentation",
        "expected the next key or list item below the ones before it, got {got}: check the spaces at the start of "
        "this line, and the quotes and brackets here and in the line above",
    ),
    (
        "sequence entries are not allowed",
        "indentation",
        'expected a text, got a list item on its key\'s line: start "- …" on the next line, or put the text in quotes',
    ),
    (
        "unknown escape",
        "bad-escape",
        'expected \\n, \\" or \\\\ after a backslash in double quotes: write \\\\ for one',
    ),
    (
        "escape sequence of",
        "bad-escape",
        'expected \\n, \\" or \\\\ after a backslash in double quotes: write \\\\ for one',
    ),
    (
        "while scanning an alias",
        "alias",
        "expected a text, got a * that stands first: put the text in quotes",
    ),
    (
        "while scanning an anchor",
        "anchor",
        "expected a text, got a & that stands first: put the text in quotes",
    ),
    ("tag", "tag", "expected a text, got a ! that stands first: put the text in quotes"),
    (
        "block scalar",
        "block-text",
        "expected a line end after > or |, got {got}: start the text on the next line, indented",
    ),
    ("expected the node content", "needs-quotes", "expected a value, got {got}: add one, or put the text in quotes"),
    (
        "<document start>",
        "indentation",
        "expected the file's keys to start at the very left, got {got} further left than the first: line them up",
    ),
    ("directive", "yaml-version", "expected a key, got a line that starts with %: delete the line"),
    ("YAML document", "yaml-version", "expected YAML 1.2: delete the line that starts with %YAML"),
)


def _tabs(source: Source, start: int) -> Iterator[Fault]:
    """Yield a fault for this line and every later one that is indented with a tab."""
    for match in _TAB_INDENT.finditer(source.text, start):
        yield source.fault(source.text.index("\t", match.start()), "tab", _TAB)


def _character(source: Source, offset: int) -> str:
    """Name the word or sign at an offset."""
    words = source.text[offset : offset + 40].split()
    return f'"{words[0]}"' if words else "the end of the line"
