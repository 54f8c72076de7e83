"""ruamel's scanner and parser, with a short way for what nearly all of a routine is: words, plain keys, quoted lines.

Whatever is not quite that goes ruamel's own way, so that every event, mark and error is ruamel's.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import StringMark
from ruamel.yaml.events import ScalarEvent
from ruamel.yaml.parser import Parser
from ruamel.yaml.reader import Reader
from ruamel.yaml.scanner import Scanner
from ruamel.yaml.tokens import ScalarToken

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOVES = re.compile("[\n\r\ufeff]")
"""What moves a mark otherwise than one column on."""
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)(?=:[ \n])")
_QUOTED = {
    '"': re.compile('"([^"\\\\\r\n\0\x85\u2028\u2029\ufeff]*)"'),
    "'": re.compile("'([^'\r\n\0\x85\u2028\u2029\ufeff]*)'(?!')"),
}
_BLANKS = re.compile(" +")
_SKIPPED = "#\t\r\x85\u2028\u2029"
"""What may begin a comment or end a line, beside what usually does."""
_SIGN = "[^\\s\0:#\x85\u2028\u2029\ufeff]"
_LINE = re.compile(rf"({_SIGN}+(?: {_SIGN}+)*)(\n *)(?=- |[A-Za-z_])")
"""A plain text of one line in a block, and what stands before the next line's key or item."""


def events(text: str) -> Iterator[Any]:
    """Yield the events of a text. Raises ruamel's errors."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Reader, yaml.Scanner, yaml.Parser = _Reader, _Scanner, _Parser
    found: Iterator[Any] = yaml.parse(text)
    return found


class _Mark(StringMark):
    """The same, made in one go: there are several for each word."""

    __slots__ = ()

    def __init__(self, name: Any, index: int, line: int, column: int, buffer: Any, pointer: Any) -> None:
        self.name, self.index, self.line, self.column, self.buffer, self.pointer = (
            name,
            index,
            line,
            column,
            buffer,
            pointer,
        )


class _Reader(Reader):
    def forward(self, length: int = 1) -> None:
        end = self.pointer + length
        if end + 1 < len(self.buffer) and not _MOVES.search(self.buffer, self.pointer, end):
            self.pointer = end
            self.index += length
            self.column += length
        else:
            super().forward(length)

    def get_mark(self) -> StringMark:
        return _Mark(self.name, self.index, self.line, self.column, self.buffer, self.pointer)


class _Scanner(Scanner):
    @cached_property
    def reader(self) -> Any:  # asked for at each sign: found once
        return super().reader

    def check_token(self, *choices: Any) -> bool:
        if not self.tokens or self.possible_simple_keys:
            while self.need_more_tokens():
                self.fetch_more_tokens()
        return bool(self.tokens) and (not choices or isinstance(self.tokens[0], choices))

    def peek_token(self) -> Any:
        return self.tokens[0] if self.check_token() else None

    def get_token(self) -> Any:
        if not self.check_token():
            return None
        self.tokens_taken += 1
        return self.tokens.pop(0)

    def stale_possible_simple_keys(self) -> None:
        if self.possible_simple_keys:
            super().stale_possible_simple_keys()

    def scan_to_next_token(self) -> Any:
        reader = self.reader
        while reader.index:
            sign = reader.buffer[reader.pointer]
            if sign == " ":
                reader.forward(_BLANKS.match(reader.buffer, reader.pointer).end() - reader.pointer)  # type: ignore[union-attr]  # there is one
            elif sign == "\n":
                reader.forward()
                self.allow_simple_key |= not self.flow_context
            elif sign in _SKIPPED:
                break
            else:
                return None
        return super().scan_to_next_token()

    def scan_flow_scalar(self, style: Any) -> Any:
        reader = self.reader
        found = _QUOTED[style].match(reader.buffer, reader.pointer)
        if not found:
            return super().scan_flow_scalar(style)
        start = reader.get_mark()
        reader.forward(len(found[0]))
        return ScalarToken(found[1], False, start, reader.get_mark(), style)

    def scan_plain(self) -> Any:
        reader = self.reader
        found, next_line = _KEY.match(reader.buffer, reader.pointer), ""
        if not found and not self.flow_context and (found := _LINE.match(reader.buffer, reader.pointer)):
            next_line = found[2]
        if not found or len(next_line) - 1 > self.indent:
            return super().scan_plain()
        start = reader.get_mark()
        reader.forward(len(found[1]))
        end = reader.get_mark()
        if next_line:
            reader.forward(len(next_line))
        self.allow_simple_key = bool(next_line)
        return ScalarToken(found[1], True, start, end)


class _Parser(Parser):
    def parse_node(self, block: bool = False, indentless_sequence: bool = False) -> Any:
        if not self.scanner.check_token(ScalarToken):
            return super().parse_node(block, indentless_sequence)
        token = self.scanner.get_token()
        self.state = self.states.pop()
        plain = (token.plain, not token.plain)
        return ScalarEvent(None, None, plain, token.value, token.start_mark, token.end_mark, style=token.style)

    @cached_property
    def scanner(self) -> Any:  # asked for at each token: found once
        return super().scanner
