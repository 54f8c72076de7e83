"""What stands behind a key or a dash: a text in quotes or without, brackets, and what is lost behind them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.routine import known
from voiceguide.routine.slips import ends
from voiceguide.routine.slips.noting import Noting, Open, StopError
from voiceguide.text.lines import shown

if TYPE_CHECKING:
    from voiceguide.routine.source import KeyPath

CURLY = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "»": "«", "‹": "›", "”": "”", "’": "’"}  # noqa: RUF001 (they are meant)
"""Quotes that are none to YAML, and what may close each."""
_CLOSING = "".join(CURLY.values()) + "\"'"
_COLON = re.compile(r":(?=[ \t]|$)")
_LAST_WORD = re.compile(r"([A-Za-z_]\w*)$")
_ITEM = re.compile(rf"(?:[\[{{,]|:[ ])[ ]*([{''.join(CURLY)}])")
_OTHERS = "&*!%@`]},|>"
"""What begins something that is YAML's own, or nothing."""


class Values(Noting):
    """Reads one value, and leaves `no` at the line it ends on."""

    def value(self, column: int, parent: int, path: KeyPath) -> None:
        """Read what stands behind a key or dash; `parent` is that one's column."""
        self.pending = self.words = None
        rest = self.line[column:]
        if not rest or rest.startswith("#"):
            self.pending = Open(parent, path)
        elif ends.BLOCK.match(rest):
            raw = self.page.column(self.no, parent)
            self.literal = (raw, parent - raw)
        elif rest[0] in "\"'":
            self.in_quotes(column, parent, path)
        elif rest[0] in "[{":
            self.in_brackets(column, parent, path)
        elif rest[0] in CURLY and self.in_curly_quotes(column, path):
            pass
        elif rest[0] in _OTHERS or rest.startswith("- "):
            self.words = parent
        else:
            self.plain(column, parent, path)

    def plain(self, column: int, parent: int, path: KeyPath) -> None:
        """Words without quotes: a colon or a # in them is YAML's."""
        line = self.line
        end = ends.comment(line, column)
        goes_on = self.goes_on(parent)
        colon = _COLON.search(line, column, end)
        if colon and not goes_on:
            self.second_colon(column, end, colon.start(), parent, path)
            return
        whole = line[column:].rstrip()
        if line[end : end + 2] == " #" and known.is_text(path):
            message = f'the words from "{shown(line[end + 1 :])}" on are taken for a note of yours and are never said: '
            message += f"put the whole text in quotes: {shown(ends.quoted(whole))}"
            mend = (column, column + len(whole), ends.quoted(whole))
            if goes_on:
                self.slip(end + 1, "hash", message, path=path, repair=False)
            else:
                self.slip(end + 1, "hash", message, path=path, level="warning", mend=mend)
        elif whole.endswith('"') and whole.count('"') == 1 and known.is_text(path) and not whole[-2:-1].isdigit():
            message = "this text ends with a quote that none opens: put one in front of it, or delete it: "
            message += shown(whole[:-1])
            at = column + len(whole) - 1
            self.slip(at, "stray-quote", message, path=path, level="warning", mend=(at, at + 1, ""))
        self.words = parent

    def goes_on(self, parent: int) -> bool:
        """Whether the next line goes on with the words of this one."""
        following = self.next_line()
        if following is None:
            return False
        content = following.lstrip(" ")
        if content.startswith(("- ", "#")) or _COLON.search(content):
            return False
        return len(following) - len(content) > parent

    def second_colon(self, column: int, end: int, colon: int, parent: int, path: KeyPath) -> None:
        """A colon in words without quotes: a text that needs them, or a second key."""
        line = self.line
        word = _LAST_WORD.search(line[column:colon])
        start = column + word.start() if word else colon
        if word and start > column and word[0] in known.keys(path[:-1]):
            message = (
                f'expected one key on a line, got "{word[0]}" behind another: start it on a line of its own, below '
            )
            message += f'"{path[-1]}"'
            gap = len(line[:start].rstrip())
            self.slip(start, "second-key", message, mend=(gap, start, "\n" + " " * parent), path=path, repair=False)
            return
        words = line[column:end]
        message = f"expected a text in quotes, since it has a colon in it, got none: write {shown(ends.quoted(words))}"
        self.slip(colon, "second-colon", message, mend=(column, end, ends.quoted(words)), path=path)

    def in_quotes(self, column: int, parent: int, path: KeyPath) -> None:
        """Read a text in quotes."""
        page, quote = self.page, self.line[column]
        start = page.offset(self.no, column)
        end = ends.quote_end(page.text, start)
        over = len(page.text) if end is None else end
        broken = ends.broken_off(page.text, start, over, page.column(self.no, parent))
        if end is None or broken is not None:
            line_end = page.starts[self.no] + len(page.raw[self.no].rstrip())
            self.unclosed(column, broken if broken is not None else line_end, quote, path)
            return
        first = self.no
        self.no, _ = page.line_of(end, self.no)
        if self.no != first:
            return
        after = column + end - start
        rest = self.line[after:]
        if rest.strip() and not rest.strip().startswith("#"):
            written = self.line[column : ends.comment(self.line, after) if " #" in rest else len(self.line.rstrip())]
            got = shown(rest.split()[0])
            message = f'expected the line to end after the quote, got "{got}" behind it: put the whole text in other '
            message += f"quotes: {shown(ends.requoted(written))}"
            at = after + len(rest) - len(rest.lstrip())
            mend = (column, column + len(written), ends.requoted(written))
            self.slip(at, "missing-quote", message, mend=mend, path=path)

    def unclosed(self, column: int, where: int, quote: str, path: KeyPath, *, closers: str = "") -> None:
        """Close a quoted text that opens at a column, at an offset of the file."""
        page = self.page
        opened, line = self.no, self.line
        message = f"expected a closing {quote} for the one that opens here, got none: "
        no, raw = page.line_of(where, self.no)
        moved = len(page.lines[no]) - len(page.raw[no]) if no == opened else 0
        at = raw + moved
        old = 0
        if no == opened:
            before = line[:at]
            if before[-1:] in CURLY.values() and len(before) > column + 1:
                message, old = f"expected a closing {quote} for the one that opens here, got {before[-1]}: ", 1
            written = f"{before[column : at - old]}{quote}"
            message += f"write {shown(written)}" if len(written) <= 60 else f"add it at the end of {shown(written)}"
        else:
            message += f"add it at the end of the text, on line {no + 1}"
        mend = (at - old, at, quote + closers)
        if no == opened:
            self.slip(column, "missing-quote", message, mend=mend, path=path)
        else:
            self.slip(column, "missing-quote", message, path=path)
            last = self.slips.pop()
            new = (page.starts[no] + raw, page.starts[no] + raw, quote + closers)
            self.slips.append(replace(last, mend=new, repaired=True))
            self.no = no
            page.edit(no, raw, raw, quote + closers)

    def in_brackets(self, column: int, parent: int, path: KeyPath) -> None:
        """Read a list or mapping in brackets."""
        page = self.page
        start = page.offset(self.no, column)
        raw_parent = page.column(self.no, parent)
        found = ends.brackets(page.text, start, raw_parent)
        if found.end is not None:
            first = self.no
            self.no, _ = page.line_of(found.end, self.no)
            if self.no == first:
                self.curly_items(column, column + found.end - start, path)
            return
        broken = ends.broken_off(page.text, start, len(page.text), raw_parent)
        where = len(page.text.rstrip()) if broken is None else broken
        if found.comment is not None and self.lost_in_brackets(found.comment, path):
            return
        closers = "".join(
            "]" if page.text[at] == "[" else "}" for at in reversed(found.opened) if page.text[at] in "[{"
        )
        opened, _ = page.line_of(found.opened[-1], self.no)
        sign = page.text[found.opened[-1]]
        if opened != self.no:
            raise StopError
        at = column + found.opened[-1] - start
        if sign in "\"'":
            tail = re.search(r"[\]}]*$", page.text[found.opened[-1] : where])
            self.unclosed(at, where - len(tail[0]) if tail else where, sign, path)
            return
        closing = "]" if sign == "[" else "}"
        message = (
            f'expected a closing "{closing}" for the "{sign}" that opens here, got none: add it at the end of line '
        )
        no, raw = page.line_of(where, self.no)
        if no != self.no:
            self.slip(at, "missing-bracket", f"{message}{no + 1}", path=path)
            last = self.slips.pop()
            self.slips.append(replace(last, mend=(where, where, closers), repaired=True))
            self.no = no
            page.edit(no, raw, raw, closers)
        else:
            end = len(self.line.rstrip())
            self.slip(at, "missing-bracket", f"{message}{no + 1}", mend=(end, end, closers), path=path)

    def lost_in_brackets(self, comment: int, path: KeyPath) -> bool:
        """A # that takes the rest of the brackets with it; False where the comment is none of that kind."""
        page = self.page
        no, raw = page.line_of(comment, self.no)
        line = page.raw[no]
        closing = re.search(r"[,\]}]", line[raw:])
        if no != self.no or closing is None:
            return False
        moved = len(self.line) - len(line)
        begins = max(line.rfind(sign, 0, raw) for sign in ("[", "{", ",", ": ")) + 1
        begins += len(line[begins:raw]) - len(line[begins:raw].lstrip())
        words = line[begins : raw + closing.start()].rstrip()
        mend = (begins + moved, begins + len(words) + moved, ends.quoted(words))
        message = f'the words from "{shown(line[raw + 1 :])}" on are taken for a note of yours and are lost: put the '
        self.slip(
            raw + 1 + moved, "hash", f"{message}text in quotes: {shown(ends.quoted(words))}", mend=mend, path=path
        )
        return True

    # -- curly quotes

    def in_curly_quotes(self, column: int, path: KeyPath) -> bool:
        """A whole text in quotes of a word processor; False where it is not all in them."""
        whole = self.line[column:].rstrip()
        inside = whole[1:-1]
        closing = CURLY[whole[0]]
        if len(whole) < 3 or whole[-1] not in closing + "\"'" or any(sign in inside for sign in closing):
            return False
        text = known.is_text(path)
        breaks = not text or _COLON.search(inside) or inside.endswith(":") or " #" in inside
        self.curly(column, column + len(whole), path, breaks=bool(breaks), text=text)
        return True

    def curly_items(self, start: int, end: int, path: KeyPath) -> None:
        """The same for texts in brackets."""
        items = [found.start(1) for found in _ITEM.finditer(self.line, start, end)]
        for at in reversed(items):
            closing = CURLY[self.line[at]]
            found = re.compile(rf"[{closing}\"'](?=\s*[,\]}}])").search(self.line, at + 1, end)
            if found:
                inside = self.line[at + 1 : found.start()]
                breaks = any(sign in inside for sign in (",", ": ", " #", "[", "]", "{", "}"))
                self.curly(at, found.end(), path, breaks=breaks, text=True)

    def curly(self, start: int, end: int, path: KeyPath, *, breaks: bool, text: bool) -> None:
        """Tell of curly quotes from one column up to another."""
        written = self.line[start:end]
        new = ends.quoted(written[1:-1]) if text else written[1:-1].strip()
        message = (
            f"expected straight quotes, got curly ones ({written[0]} {written[-1]}), which are read as signs of the "
        )
        message += f"text: write {shown(new)}"
        self.slip(
            start,
            "curly-quotes",
            message,
            path=path,
            level="fault" if breaks else "warning",
            mend=(start, end, new),
            silent=breaks,
        )
