"""Pictures made of shapes, as SVG files hold them: a small part of SVG, read with care and written anew.

What is not on the lists below is refused, never left out, so that whatever is shown is all that was drawn and runs,
loads and links nothing: no scripts, no events, no addresses, no style sheets, no other documents' elements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from voiceguide.drawing import ways
from voiceguide.errors import Failed
from voiceguide.text.lines import line, shown
from voiceguide.text.markup import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_BYTES = 64 << 10
DEEPEST = 20
"""Elements in each other."""
MOST_ELEMENTS = 2_000
LARGEST = 100_000.0
"""Of any number, either way."""
MOST_SIGNS = 200
"""Of a title or a label."""

AVOID = "avoid"
"""The class of what may not be pressed."""

SVG = "http://www.w3.org/2000/svg"
_BETWEEN = " "
"""Between a namespace and a name, as the parser tells them: no name has a space."""

_NUMBER = r"[+-]?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d{1,3}+)?"
_GAP = r"(?:\s*,\s*|\s+)"
_ONE = re.compile(rf"({_NUMBER})(?:px)?")
_PAIRS = re.compile(rf"\s*{_NUMBER}(?:(?:{_GAP}|(?=[+-])){_NUMBER})*\s*")
_SHARE = re.compile(r"0*(?:0|1|0?\.\d+|1\.0+)")
_COLOUR = re.compile(r"none|black|white|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}")
_TURN = re.compile(rf"\s*(?:(translate|scale|rotate|matrix)\s*\(({_PAIRS.pattern})\)\s*,?\s*)*")
_TAKES = {"translate": (1, 2), "scale": (1, 2), "rotate": (1, 3), "matrix": (6,)}
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_NAMES = re.compile(rf"{_NAME.pattern}(?:\s+{_NAME.pattern}){{0,3}}")

_KINDS: dict[str, tuple[str, str]] = {
    # Of a value: its pattern's name, and what is expected in words.
    "colour": ("_COLOUR", "none, or a colour as #c46a3b"),
    "number": ("_ONE", "a number"),
    "share": ("_SHARE", "a number from 0 to 1"),
    "numbers": ("_PAIRS", "numbers"),
    "turn": ("_TURN", "translate(…), scale(…), rotate(…) or matrix(…)"),
    "name": ("_NAME", "a short name in small letters"),
    "names": ("_NAMES", "at most four short names"),
}
_PATTERNS = {
    "colour": _COLOUR,
    "number": _ONE,
    "share": _SHARE,
    "numbers": _PAIRS,
    "turn": _TURN,
    "name": _NAME,
    "names": _NAMES,
}
_ALIKE: dict[str, str | frozenset[str]] = {
    "fill": "colour",
    "stroke": "colour",
    "stroke-width": "number",
    "stroke-dasharray": "numbers",
    "stroke-linecap": frozenset({"butt", "round", "square"}),
    "stroke-linejoin": frozenset({"miter", "round", "bevel"}),
    "fill-rule": frozenset({"nonzero", "evenodd"}),
    "opacity": "share",
    "fill-opacity": "share",
    "stroke-opacity": "share",
    "transform": "turn",
    "class": "names",
    "font-size": "number",
    "font-family": frozenset({"sans-serif", "serif", "monospace"}),
    "font-weight": frozenset({"normal", "bold", "400", "700"}),
    "text-anchor": frozenset({"start", "middle", "end"}),
}
"""What every shape and group may say of its looks, and what each may be."""
_OURS: dict[str, str | frozenset[str]] = {
    "data-figure": "name",
    "data-way": "number",
    "data-hand": frozenset({"left", "right"}),
    "data-of": frozenset({"giver", "receiver", "self"}),
    "data-kind": frozenset({"glide", "circle", "press", "hold", "knead", "still"}),
}
"""What a drawing tells the player of its parts."""
_ROOT: dict[str, str | frozenset[str]] = {
    "viewBox": "numbers",
    "data-out": "number",
    "data-back": "number",
    "data-both": frozenset({"", "true", "data-both"}),
}
_OWN: dict[str, dict[str, str | frozenset[str]]] = {
    "svg": _ROOT,
    "defs": {},
    "g": {},
    "title": {},
    "desc": {},
    "path": {"d": "way"},
    "rect": dict.fromkeys(("x", "y", "width", "height", "rx", "ry"), "number"),
    "circle": dict.fromkeys(("cx", "cy", "r"), "number"),
    "ellipse": dict.fromkeys(("cx", "cy", "rx", "ry"), "number"),
    "line": dict.fromkeys(("x1", "y1", "x2", "y2"), "number"),
    "polyline": {"points": "numbers"},
    "polygon": {"points": "numbers"},
    "text": dict.fromkeys(("x", "y"), "number"),
}
"""The elements there are, and what each has of its own."""
_WORDS = ("title", "desc", "text")
_HOLDING = ("svg", "g")
_XML = "http://www.w3.org/XML/1998/namespace"
_SILENT = frozenset({"id", f"{_XML} space", f"{_XML} lang"})
_SILENT_ROOT = _SILENT | {"version", "width", "height", "role", "aria-labelledby", "aria-label", "lang"}
"""What is left out in silence, as nothing is drawn by it: a name that nothing refers to here, and how large it is."""
_NOT_DRAWN = ("title", "desc", "defs")


@dataclass(frozen=True, slots=True)
class Element:
    """A shape, a group, or words."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    """In the file's order, each as it may be written again."""
    children: tuple[Element, ...] = ()
    words: str = ""
    """Of a title or a label, in one line."""

    def get(self, name: str) -> str | None:
        """Return an attribute, None where it is not there."""
        return next((value for key, value in self.attributes if key == name), None)

    def number(self, name: str, otherwise: float = 0.0) -> float:
        """Return an attribute that is a number."""
        value = self.get(name)
        return otherwise if value is None else _number(value)


@dataclass(frozen=True, slots=True)
class Vector:
    """A picture made of shapes."""

    title: str
    """What it shows, in words; "" where it does not say."""
    box: tuple[float, float, float, float]
    """x, y, width and height of what is seen of it."""
    root: Element
    """Its `svg`, without the title."""

    def labelled(self, words: Mapping[str, str]) -> Vector:
        """Return it with its labels in other words, by key: `back_of_the_knee` for "back of the knee"."""
        return replace(self, root=_labelled(self.root, words))

    @property
    def wordless(self) -> Vector:
        """It without words: smaller than they can be read."""
        return replace(self, root=_wordless(self.root))

    @property
    def plain(self) -> Vector:
        """It without words and without what may not be pressed: for a look, not to learn from."""
        return replace(self, root=_plain(self.root))

    @property
    def inner(self) -> str:
        """Its shapes as SVG, without the element around them."""
        return "".join(map(written, self.root.children))

    @property
    def svg(self) -> str:
        """All of it, as a file of its own."""
        return (
            f'<svg xmlns="{SVG}"{_attributes(self.root)} role="img"><title>{escaped(self.title)}</title>'
            f"{self.inner}</svg>\n"
        )


def read(data: bytes, *, name: str) -> Vector:
    """Return the picture in an SVG file's bytes, of which messages speak by its name.

    Raises Failed for what is no SVG, and for the first thing in it that is not understood.
    """
    if len(data) > MOST_BYTES:
        raise Failed(f"{name}: expected a drawing of at most {MOST_BYTES >> 10} KiB, got more: simplify it")
    return _Reading(name).vector(data)


def written(element: Element) -> str:
    """Return an element as SVG."""
    inner = escaped(element.words, quotes=False) + "".join(map(written, element.children))
    begin = f"<{element.tag}{_attributes(element)}"
    return f"{begin}>{inner}</{element.tag}>" if inner else f"{begin}/>"


def _labelled(element: Element, words: Mapping[str, str]) -> Element:
    said = words.get(element.words.replace(" ", "_"), element.words)
    return replace(element, words=said, children=tuple(_labelled(child, words) for child in element.children))


def _wordless(element: Element) -> Element:
    kept = (child for child in element.children if child.tag != "text")
    return replace(element, children=tuple(map(_wordless, kept)))


def _plain(element: Element) -> Element:
    kept = (
        child for child in element.children if child.tag != "text" and AVOID not in (child.get("class") or "").split()
    )
    return replace(element, children=tuple(map(_plain, kept)))


def _attributes(element: Element) -> str:
    return "".join(f' {key}="{escaped(value)}"' for key, value in element.attributes)


class _Reading:
    """One file on its way: the parser's calls become elements."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = expat.ParserCreate(namespace_separator=_BETWEEN)
        self.parser.buffer_text = True
        self.open: list[Element] = []
        self.count = 0
        self.done: Element | None = None
        self.title = ""
        for event in ("StartDoctypeDecl", "EntityDecl", "UnparsedEntityDecl", "ExternalEntityRef", "NotationDecl"):
            setattr(self.parser, f"{event}Handler", self._declared)
        self.parser.ProcessingInstructionHandler = self._instructed
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._said

    def vector(self, data: bytes) -> Vector:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            what = expat.errors.messages[error.code]
            self._refuse(f"expected an SVG drawing, got what is none ({what}): export it as plain SVG", error.lineno)
        except (LookupError, ValueError):  # an encoding that nobody knows, or that is none of text
            self._refuse("expected an SVG drawing in UTF-8, got another encoding: export it as plain SVG", 1)
        if self.done is None:
            raise AssertionError("a document without a root")
        numbers = [_number(value) for value in re.findall(_NUMBER, self.done.get("viewBox") or "")]
        if len(numbers) != 4 or min(numbers[2:]) <= 0:
            self._refuse('expected a viewBox, as viewBox="0 0 360 360", got none that can be used: add one', 1)
        x, y, width, height = numbers
        if not 0.2 <= width / height <= 5:
            self._refuse(f"expected a drawing about as wide as high, got {width:g} × {height:g}: change its viewBox", 1)
        return Vector(self.title, (x, y, width, height), self.done)

    def _refuse(self, message: str, at: int | None = None) -> NoReturn:
        raise Failed(f"{self.name}:{at or self.parser.CurrentLineNumber}: {message}")

    def _declared(self, *_: object) -> NoReturn:
        self._refuse("expected no DOCTYPE and no entities in a drawing: delete the declaration")

    def _instructed(self, target: str, _: str) -> NoReturn:
        self._refuse(f"expected shapes only, got <?{shown(target)}>: delete it")

    def _start(self, name: str, given: dict[str, str]) -> None:
        self.count += 1
        space, _, tag = name.rpartition(_BETWEEN)
        what = f"<{shown(tag)}>"
        if not self.open and tag != "svg":
            self._refuse(f"expected an SVG drawing, got {what}: export it as plain SVG")
        if space != SVG:
            of = f" of {shown(space)}" if space else ""
            self._refuse(f"expected elements of SVG ({SVG}), got {what}{of}: export it as plain SVG")
        if tag not in _OWN or (tag == "svg") != (not self.open):
            known = ", ".join(each for each in _OWN if each not in ("svg", "defs"))
            self._refuse(f"expected one of {known}, got {what}, which is not understood here: take it out")
        if self.open and self.open[-1].tag not in _HOLDING:
            self._refuse(f"expected nothing in <{self.open[-1].tag}>, got {what}: take it out")
        if len(self.open) == DEEPEST:
            self._refuse(f"expected at most {DEEPEST} elements in each other, got more: ungroup some")
        if self.count > MOST_ELEMENTS:
            self._refuse(f"expected at most {MOST_ELEMENTS:,} elements, got more: simplify it")
        self.open.append(Element(tag, tuple(self._looks(tag, given))))

    def _looks(self, tag: str, given: dict[str, str]) -> Iterator[tuple[str, str]]:
        """An element's attributes, those in its `style` too."""
        told = {key: value for key, value in given.items() if key != "style"}
        for part in given.get("style", "").split(";"):
            key, colon, value = (each.strip() for each in part.partition(":"))
            if part.strip() and not colon:
                self._refuse(f"expected looks as fill:#c46a3b in a style, got {shown(part)}: mend it")
            if part.strip():
                told[key] = value
        silent = _SILENT_ROOT if tag == "svg" else _SILENT
        for key, value in told.items():
            if key not in silent:
                yield key, self._look(tag, key, line(value))

    def _look(self, tag: str, key: str, value: str) -> str:
        kinds = _OWN[tag] | ({} if tag in _NOT_DRAWN else _ALIKE | _OURS)
        what = f'{shown(key.rpartition(_BETWEEN)[2])}="{shown(value)}"'
        if key not in kinds:
            self._refuse(f"expected looks of shapes, got {what} in <{tag}>, which is not understood here: take it out")
        kind = kinds[key]
        if isinstance(kind, frozenset):
            if value not in kind:
                self._refuse(f"expected one of {', '.join(sorted(kind - {''}))} as {key}, got {what}: change it")
            return value
        if kind == "way":
            if (wrong := ways.fault(value, LARGEST)) is not None:
                self._refuse(f"expected a path, as M10 20L30 40, got {shown(wrong)}: mend it")
            return value
        if not _PATTERNS[kind].fullmatch(value):
            self._refuse(f"expected {_KINDS[kind][1]}, got {what}: change it")
        if kind in ("number", "numbers", "share", "turn"):
            numbers = re.findall(_NUMBER, value)
            if any(abs(float(number)) > LARGEST for number in numbers):
                self._refuse(f"expected numbers of at most {LARGEST:,.0f}, got {what}: make the drawing smaller")
        if kind == "turn":
            for word, inside in re.findall(r"(\w+)\s*\(([^)]*)\)", value):
                if len(re.findall(_NUMBER, inside)) not in _TAKES[word]:
                    self._refuse(f"expected {_KINDS[kind][1]}, got {what}: change it")
        return value

    def _end(self, _: str) -> None:
        element = self.open.pop()
        element = replace(element, words=line(element.words))
        if len(element.words) > MOST_SIGNS:
            self._refuse(f"expected at most {MOST_SIGNS} letters in <{element.tag}>, got more: shorten them")
        if not self.open:
            self.done = element
        elif element.tag == "title" and len(self.open) == 1:
            self.title = self.title or element.words
        elif element.tag not in _NOT_DRAWN:
            parent = self.open[-1]
            self.open[-1] = replace(parent, children=(*parent.children, element))

    def _said(self, text: str) -> None:
        element = self.open[-1]
        if element.tag in _WORDS:
            self.open[-1] = replace(element, words=element.words + text)
        elif text.strip():
            self._refuse(f'expected no words in <{element.tag}>, got "{shown(text)}": put them in <text>')


def _number(written: str) -> float:
    return float(written.removesuffix("px"))
