"""The way through a routine's lines: which key each stands under, and what is wrong with how it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from voiceguide.routine import known
from voiceguide.routine.slips import ahead
from voiceguide.routine.slips.blocks import Block, Blocks
from voiceguide.routine.slips.noting import Open, StopError
from voiceguide.routine.slips.signs import BULLET, LEAD, ODD, ODD_COLON, ODD_SPACE, WORD, named
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from voiceguide.routine.slips.page import Slip
    from voiceguide.routine.source import KeyPath

_KEY = re.compile(r"(?![#\[\]{}&*!|>%@`\"',?])([^\s#][^#\n\[{]*?)[ \t]*:(?=[ \t]|$)")
_QUOTED_KEY = re.compile(r"(\"[^\"\\]*\"|'[^']*')[ \t]*:(?=[ \t]|$)")
_TIGHT = re.compile(r"([A-Za-z_]\w*):(?![/\s])(?=\S)")
_MOST = 200
"""Slips of one file that are looked for."""


class Key(NamedTuple):
    """A key at the start of a line's content."""

    name: str
    value: int
    """Column of what is behind its colon."""


class Walk(Blocks):
    """Goes through a page's lines once, notes slips and repairs them."""

    def found(self) -> tuple[Slip, ...]:
        """Return all slips."""
        try:
            while self.no < len(self.page.lines) and len(self.slips) < _MOST:
                self.one_line()
                self.no += 1
        except StopError:
            pass
        return tuple(sorted(self.slips, key=lambda slip: slip.at))

    # -- lines

    def one_line(self) -> None:
        """Read one line."""
        line = self.line
        if not line.strip(" \t"):
            return
        spaces = len(line) - len(line.lstrip(" "))
        lead = LEAD.match(line)[0]  # type: ignore[index]  # it matches nothing too
        width = sum(2 if sign == "\t" else 1 for sign in lead)
        if self.literal is not None:
            column, moved = self.literal
            if spaces > column:
                if moved > 0:
                    self.page.edit(self.no, 0, 0, " " * moved)
                return
            if width <= column:
                self.literal = None
        if len(lead) > spaces and line[len(lead) :][:1] != "#":
            self.odd_lead(lead, width)
        if self.literal is not None or line[len(lead) :].startswith("#"):
            return
        if self.line[width:]:
            self.content_of_line(width)

    def odd_lead(self, lead: str, width: int) -> None:
        """Tabs, or what only looks like spaces, at the start of a line."""
        at = next(index for index, sign in enumerate(lead) if sign != " ")
        if "\t" in lead:
            message = "expected spaces at the start of the line, got a tab: write two spaces for each tab"
        else:
            message = f"expected ordinary spaces at the start of the line, got {named(lead[at])}, which looks alike "
            message += "and comes with a text from a web page or a word processor: type the spaces anew"
        self.slip(at, "tab" if "\t" in lead else "odd-space", message, mend=(0, len(lead), " " * width))
        self.odd_line = self.no

    def content_of_line(self, column: int) -> None:
        """Read what stands in a line from a column on."""
        content = self.line[column:]
        if content.startswith("```"):
            message = "expected the routine alone, got ``` from a chat or a web page: delete this line"
            self.slip(column, "code-fence", message, mend=(0, len(self.line), ""))
            return
        if column == 0 and re.match(r"(?:---|\.\.\.)(?:\s|$)|%", content):
            if self.blocks or content != "---":
                raise StopError
            return
        if content.startswith(("? ", ": ")) or (not self.blocks and content[0] in "[{"):
            raise StopError
        if self.shift and column < self.shift[0]:
            self.shift = None
        is_dash = content == "-" or content.startswith("- ")
        if not is_dash and (bullet := BULLET.match(content)) and self.list_at(column):
            self.bullet(column, bullet)
            is_dash = True
        if is_dash:
            self.dash(column)
        else:
            self.no_dash(column)

    def list_at(self, column: int) -> bool:
        """Whether a list goes on, or may begin, at a column."""
        if self.pending and column >= self.pending.column and known.takes_list(self.pending.path):
            return True
        return any(block.is_list and block.column == column for block in self.blocks)

    def bullet(self, column: int, found: re.Match[str]) -> None:
        """Write a hyphen and a space in place of what stands there for them."""
        rest = self.line[column + found.end() :]
        sign = found[0].strip()
        if sign == "-" and not found[0][1:]:
            got = "a hyphen without one"
        elif sign == "-":
            got = f"a hyphen and {named(found[0][1])}"
        else:
            got = f"the number {sign}" if sign[0].isdigit() else named(sign[0])
        message = f'expected a hyphen and a space before each item of a list, got {got}: write "- {shown(rest)}"'
        new = "-".ljust(max(2, found.end()))
        self.slip(column, "bullet", message, path=self.here(), silent=True, mend=(column, column + found.end(), new))
        if found.end() < len(new):
            self.shift = (column + 1, len(new) - found.end())  # the item's other keys may stand below its first

    # -- dashes

    def dash(self, column: int) -> None:
        """A list's item begins."""
        rest = self.line[column + 1 :]
        goes_on = self.words is not None and column > self.words
        pending = self.pending
        if pending and column >= pending.column and pending.path[-1:] != () and not goes_on:
            self.close_to(pending.column + 1)
            column = self.first_in_line(column, pending, f"- {rest.lstrip(' ')}")
            rest = self.line[column + 1 :]
            self.blocks.append(Block(column, is_list=True, path=pending.path))
        else:
            before = list(self.blocks)
            if not goes_on:
                self.close_to(column + 1)
            if goes_on or not self.blocks or not (self.blocks[-1].is_list and self.blocks[-1].column == column):
                column = self.misplaced_dash(column, rest.lstrip(" "), before, goes_on=goes_on)
        self.pending = self.words = None
        block = self.blocks[-1]
        block.items += 1
        inner = column + 1 + len(rest) - len(rest.lstrip(" "))
        self.item(inner, column, (*block.path, block.items - 1))

    def misplaced_dash(self, column: int, rest: str, before: list[Block], *, goes_on: bool) -> int:
        """Move a dash below those it belongs with, and return its column. Raises StopError where it is not known."""
        key = self.key_at(rest)
        first = key.name if key else None
        homes = [
            (block.column, block)
            for block in reversed(before)
            if block.is_list and known.has_mappings(block.path) == (first in known.keys((*block.path, 0)))
        ]
        if self.pending and not goes_on and known.takes_list(self.pending.path):
            keys = known.keys((*self.pending.path, 0)) if known.has_mappings(self.pending.path) else frozenset()
            if (first in keys) == bool(keys):
                homes.insert(0, (self.pending.column + 2, Block(self.pending.column + 2, True, self.pending.path)))
        if not homes:
            raise StopError
        target, block = min(homes, key=lambda home: abs(home[0] - column))
        self.move(column, target, f"- {rest}", silent=goes_on)
        if block in before:
            self.blocks = before[: before.index(block) + 1]
        else:
            self.blocks = [*before, block]
        return target

    def item(self, column: int, dash: int, path: KeyPath) -> None:
        """What stands behind a dash."""
        content = self.line[column:]
        if not content or content.startswith("#"):
            self.pending = Open(dash, path)
            return
        if content == "-" or content.startswith("- "):
            self.blocks.append(Block(column, True, path))
            self.dash(column)
            return
        mapping = known.has_mappings(path[:-1])
        keys = known.keys(path) if mapping else frozenset()
        key = self.key_at(content) or self.odd_key(column, keys)
        if key is None and mapping and known.owner(path[:-1]) == "steps" and self.next_is_key(column):
            message = f'expected the step\'s name after "name:", got it alone: write "- name: {shown(content)}"'
            self.slip(column, "no-colon", message, path=path, mend=(column, column, "name: "))
            key = self.key_at(self.line[column:])
        if key:
            self.blocks.append(Block(column, False, path))
            self.key(column, key)
        else:
            self.value(column, dash, path)

    def next_is_key(self, column: int) -> bool:
        """Whether the next line has a key of a step at a column."""
        following = self.next_line()
        if following is None:
            return False
        width = len(following) - len(following.lstrip(" "))
        return width == column and self.key_at(following[width:]) is not None

    # -- keys

    def key_at(self, content: str) -> Key | None:
        """Return the key that content begins with as YAML sees it, None where it sees none."""
        found = _QUOTED_KEY.match(content) or _KEY.match(content)
        if found is None or ODD_SPACE.search(found[1][-1]):
            return None
        name = found[1].strip("\"'")
        value = len(self.line) - len(content) + found.end()
        rest = content[found.end() :]
        return Key(name, value + len(rest) - len(rest.lstrip(" \t")))

    def odd_key(self, column: int, keys: frozenset[str]) -> Key | None:
        """Repair a key that lacks its colon, or the space behind it, and return it; None where there is no such."""
        content = self.line[column:]
        word = WORD.match(content)
        if word is None:
            return None
        name, after = word[0], content[word.end() :]
        end = column + word.end()
        is_known = name in keys
        if is_known and (odd := re.match(rf"[ {ODD}]*:[ {ODD}]*", after)) and ODD_SPACE.search(odd[0]):
            sign = ODD_SPACE.search(odd[0])[0]  # type: ignore[index]  # it was found
            message = f'expected an ordinary space at the colon, got {named(sign)}, which looks alike: write "{name}: '
            self.slip(end, "odd-space", f'{message}{shown(after[odd.end() :])}"', mend=(end, end + odd.end(), ": "))
        elif (tight := _TIGHT.match(content)) and (is_known or self.at_key(column)):
            message = f'expected a space after the colon, got "{shown(content)}": '
            message += f'write "{name}: {shown(content[tight.end() :])}"'
            self.slip(column, "no-space", message, mend=(column + tight.end(), column + tight.end(), " "))
        elif is_known and (sign_ := ODD_COLON.match(after)):
            rest = after[sign_.end() :]
            got = named(sign_[0].strip()[0])
            message = f'expected a colon after "{name}", got {got}: write "{name}: {shown(rest)}"'
            self.slip(end, "no-colon", message, mend=(end, end + sign_.end(), ": " if rest else ":"))
        elif is_known and (not after or after[0] == " "):
            rest = after.strip()
            write = f"{name}: {shown(rest)}" if rest else f"{name}:"
            message = f'expected a colon after "{name}", got none: write "{write}"'
            self.slip(column, "no-colon", message, mend=(end, end, ":"))
        else:
            return None
        return self.key_at(self.line[column:])

    def at_key(self, column: int) -> bool:
        """Whether nothing but a key may stand at a column."""
        return bool(self.blocks) and not self.blocks[-1].is_list and self.blocks[-1].column == column

    def no_dash(self, column: int) -> None:
        """A key, a text, or the lines of one that go on."""
        content = self.line[column:]
        key = self.key_at(content)
        if self.words is not None and column > self.words:
            if key and (block := self.home_of(key.name, self.blocks)):
                self.move(column, block.column, content)
                self.close_to(block.column)
                self.key(block.column, self.key_at(self.line[block.column :]) or key)
            return
        if self.pending and self.below_pending(column, key):
            return
        self.pending = self.words = None
        before = list(self.blocks)
        self.close_to(column)
        if not before:
            if column and key and key.name in known.keys(()) and self.keys_at_the_left():
                self.move(column, 0, content)
                column, key = 0, self.key_at(self.line)
            self.blocks = [Block(column, False, ())]
        top = self.blocks[-1] if self.blocks else None
        if top and not top.is_list and top.column == column:
            self.at_mapping(column, key, top, before)
        else:
            self.out_of_line(column, key, before)

    def keys_at_the_left(self) -> bool:
        """Whether a key of the routine stands at the very left, further down."""
        return any((word := WORD.match(line)) and word[0] in known.keys(()) for line in self.page.lines[self.no + 1 :])

    def below_pending(self, column: int, key: Key | None) -> bool:
        """What stands below a key, or a dash, behind which nothing stood; False where it is not its value."""
        pending = self.pending
        if pending is None:
            return False
        path, content = pending.path, self.line[column:]
        keys = known.keys(path)
        mapping = known.has_mappings(path)
        if column <= pending.column:
            wanted = keys if not mapping else frozenset()
            top = next((b for b in self.blocks if not b.is_list and b.column == column), None)
            own = known.keys(top.path) if top else frozenset()
            is_key = bool(key and key.name in wanted and key.name not in own)
            is_text = key is None and bool(top) and known.is_text(path) and not self.is_odd_key(content, own)
            if not is_key and not is_text:
                return False
            target = pending.column + 2
            self.move(column, target, content)
            self.shift = (column, target - column)
            column = target
            key = self.key_at(self.line[column:])
        self.close_to(pending.column + 1)
        self.pending = None
        first = known.FIRST.get(known.owner(path)) if mapping else None
        others = self.others(pending)
        is_item = mapping and bool(first) and (key or self.is_odd_key(content, known.keys((*path, 0))))
        if is_item or (
            known.takes_list(path) and others and others[0] <= column and (content[0] == "{" or not mapping)
        ):
            deep = ahead.columns(self.page.lines[self.no :], column, lambda _: True)[:1] == [column + 2]
            dash = column if column in others or (is_item and deep) else others[0] if others else column - 2
            dash = (
                dash if pending.column <= dash <= column - 2 else column if column in others or deep else pending.column
            )
            self.missing_dash(column, dash, content, silent=not mapping)
            self.pending = pending
            self.dash(dash)
            return True
        if key and keys and not mapping:
            column = self.first_in_line(column, pending, content)
            key = self.key_at(self.line[column:])
        key = key or (self.odd_key(column, keys) if keys and not mapping else None)
        if key:
            self.blocks.append(Block(column, False, path))
            self.key(column, key)
        else:
            self.value(column, pending.column, path)
        return True

    def at_mapping(self, column: int, key: Key | None, top: Block, before: list[Block]) -> None:
        """A line at the column of a mapping's keys."""
        keys = known.keys(top.path)
        content = self.line[column:]
        popped = before[len(self.blocks) :]
        home = self.home_of(key.name, popped) if key and keys and key.name not in keys else None
        if home and key:
            self.move(column, home.column, content)
            self.blocks = before[: before.index(home) + 1]
            self.key(home.column, self.key_at(self.line[home.column :]) or key)
            return
        key = key or self.odd_key(column, keys)
        if key is None:
            return
        outer = self.blocks[-2] if len(self.blocks) > 1 else None
        first = known.FIRST.get(known.owner(outer.path)) if outer and outer.is_list else None
        if outer and key.name == first and key.name in top.keys:
            self.missing_dash(column, outer.column, self.line[column:], old=top)
            self.blocks.pop()
            self.dash(outer.column)
            return
        self.key(column, key)

    def out_of_line(self, column: int, key: Key | None, before: list[Block]) -> None:
        """A line that stands below nothing: one dash or some spaces are missing, or too many."""
        content = self.line[column:]
        top = self.blocks[-1] if self.blocks else None
        here = next((b for b in before if b.is_list and b.column == column), None)
        if here:
            mapping = known.has_mappings(here.path)
            first = known.FIRST.get(known.owner(here.path))
            starts = bool(key and key.name == first) or (first and self.is_odd_key(content, frozenset((first,))))
            if starts or (key is None and not mapping):
                self.missing_dash(column, column, content)
                self.blocks = before[: before.index(here) + 1]
                self.dash(column)
                return
        name = key.name if key else (WORD.match(content) or [""])[0]
        home = self.home_of(name, before) or (self.nearest(column, before) if key else None)
        if home is None or (not key and name not in known.keys(home.path)):
            if top is None or key:
                raise StopError
            return
        self.move(column, home.column, content)
        self.blocks = before[: before.index(home) + 1]
        self.at_mapping(home.column, self.key_at(self.line[home.column :]), home, self.blocks)

    # -- values

    def key(self, column: int, key: Key) -> None:
        """A key of the innermost mapping, and what stands behind it."""
        block = self.blocks[-1]
        block.keys.append(key.name)
        self.value(key.value, column, (*block.path, key.name))
