"""The words that articles are read by: expressions and lists in `english.toml` and `framing.toml`."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources


class Grammar:
    """A table of a file: regular expressions, and lists of words."""

    def __init__(self, name: str, file: str = "english.toml") -> None:
        self._table = _tables(file)[name]

    def __getattr__(self, name: str) -> re.Pattern[str]:
        """Return the expression of a name, for which capitals and small letters are alike."""
        if name not in self._table:
            raise AttributeError(name)
        found = re.compile(self._text(name), re.IGNORECASE)
        self.__dict__[name] = found  # found at once from now on
        return found

    def patterns(self, name: str) -> tuple[re.Pattern[str], ...]:
        """Return the expressions of a name with numbers, `name_1` and on."""
        found = (each for each in self._table if re.fullmatch(rf"{name}_\d+", each))
        return tuple(getattr(self, each) for each in found)

    def words(self, name: str) -> frozenset[str]:
        """Return a list of words."""
        return frozenset(self._table[name].split())

    def lists(self) -> dict[str, frozenset[str]]:
        """Return every list of words, by name."""
        return {name: self.words(name) for name in self._table}

    def _text(self, name: str) -> str:
        text = "".join(line.lstrip() for line in self._table[name].split("\n"))
        return re.sub(r"@([a-z_]+)", lambda found: self._text(found[1]), text)


@cache
def _tables(file: str) -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath(file).read_text("utf-8"))
