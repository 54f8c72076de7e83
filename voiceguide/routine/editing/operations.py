"""Operations as JSON has them: read, held against what a routine must keep, and done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from voiceguide.errors import UsageError, did_you_mean
from voiceguide.routine import known
from voiceguide.routine.editing.changes import Editor
from voiceguide.routine.editing.shown import refuse
from voiceguide.routine.editing.tree import Entries, Items, Scalar
from voiceguide.routine.scalars import LANGUAGE, WORDINGS
from voiceguide.routine.source import MOST_BYTES, dotted
from voiceguide.store import documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from voiceguide.routine.source import KeyPath

Name = Literal["set", "add", "remove", "move", "translate"]

LONGEST_PATH = 12
"""Keys and numbers; no place of a routine is deeper."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One change, as it is asked for."""

    name: Name
    path: KeyPath
    value: Any = None
    """Of set and add; of translate the text, None to take it away."""
    at: int = 0
    """Of add: the item's number."""
    to: int | KeyPath = 0
    """Of move: the item's new number, or its place in another list."""
    language: str = ""
    """Of translate."""

    @property
    def what(self) -> str:
        """What it does, in a few words."""
        where = dotted(self.path)
        return {"translate": f"translate {where} ({self.language})", "add": f"add to {where}"}.get(
            self.name, f"{self.name} {where}"
        )


def operation(asked: Mapping[str, Any]) -> Operation:
    """Read an operation as JSON has it. Raises UsageError, which says what was expected where."""
    given = documents.Value(asked, "the operation")
    name = given.key("op").text()
    if name not in get_args(Name):
        hint = did_you_mean(name, get_args(Name))
        given.key("op").refuse(f"one of {', '.join(get_args(Name))}", hint)
    path = _path(given.key("path"))
    match name:
        case "set":
            return Operation("set", path, value=_value(given.key("value")))
        case "add":
            return Operation("add", path, value=_value(given.key("value")), at=given.key("at").count(0))
        case "move":
            to = given.key("to")
            return Operation("move", path, to=_path(to) if isinstance(to.value, list) else to.count(0))
        case "translate":
            language = given.key("language")
            if not LANGUAGE.fullmatch(language.text()):
                language.refuse('a language, as "de" or "de-AT"')
            return Operation("translate", path, value=given.key("text").text_or_none(), language=language.text())
    return Operation("remove", path)


def _path(given: documents.Value) -> KeyPath:
    return tuple(key.count(0) if isinstance(key.value, int) else key.text() for key in given.items(LONGEST_PATH))


def _value(given: documents.Value) -> Any:
    if not documents.writable(given.value) or not _is_plain(given.value):
        given.refuse("texts, whole numbers, true, false, lists and objects")
    return given.value


def _is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(each) for key, each in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, str | int)


def perform(text: str, asked: Operation) -> str:
    """Return the text after an operation; line ends are newlines alone. Raises as `apply` does."""
    editor = Editor(text)
    refuse(editor.now, asked.path)
    match asked.name:
        case "set":
            if asked.value is None or asked.value in ([], {}):
                _keep(editor, asked.path)
            editor.set(asked.path, asked.value)
        case "add":
            editor.add(asked.path, asked.at, asked.value)
        case "remove":
            _keep(editor, asked.path)
            editor.remove(asked.path)
        case "move" if isinstance(asked.to, int):
            editor.move(asked.path, asked.to)
        case "move":
            _move(editor, asked.path, asked.to)  # type: ignore[arg-type]  # no number
        case "translate":
            _translate(editor, asked)
    if len(editor.text.encode()) > MOST_BYTES:
        raise UsageError(f"expected a routine of at most {MOST_BYTES // 1024} KiB, got more: say less")
    return editor.text


def _move(editor: Editor, path: KeyPath, to: KeyPath) -> None:
    if path[:-1] == to[:-1] and isinstance(to[-1], int):
        editor.move(path, to[-1])
    else:
        _keep(editor, path)
        editor.transfer(path, to)


def _keep(editor: Editor, path: KeyPath) -> None:
    """Refuse to take away what a routine cannot be without."""
    for depth in range(len(path), 0, -1):
        holder, key = editor.now.at(path[: depth - 1]), path[depth - 1]
        if isinstance(key, str) and key in known.required(path[: depth - 1]):
            if depth == len(path) and isinstance(holder, Entries) and len(holder.values) == 1 and depth > 1:
                continue  # with the whole of it
            raise UsageError(f'expected a "{key}" to stay, since a routine cannot be without: write another')
        if not isinstance(holder, Items | Entries) or len(holder.values) > 1:
            return


def _translate(editor: Editor, asked: Operation) -> None:
    """Give one text a language, or take it away."""
    path, language, text = asked.path, asked.language, asked.value
    piece = editor.now.at(path)
    own = editor.now.at(("language",))
    plain = own.text if isinstance(own, Scalar) and LANGUAGE.fullmatch(own.text) else "en"
    if asked.path[-1:] == (WORDINGS,) or (isinstance(piece, Entries) and piece.get(WORDINGS)):
        raise UsageError(f"expected the place of one text, got {dotted(path)}: translate each of its wordings")
    if isinstance(piece, Entries):
        if text is None and len(piece.values) == 1 and piece.get(language):
            _keep(editor, path)
        editor.set((*path, language), text)
    elif not isinstance(piece, Scalar) or not known.is_text(path):
        raise UsageError(f"expected the place of one text, got {dotted(path)}: translate its items one by one")
    elif language.lower() == plain.lower():
        if text is None:
            _keep(editor, path)
        editor.set(path, text)
    elif text is not None:
        editor.with_language(path, plain, language, text)
