"""SVG files of anybody's: what is drawn is read and written anew, and anything else is refused in one message."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from drawings_for_tests import GLIDE, ONE_SIDE, PRESS

from voiceguide.drawing import vector
from voiceguide.errors import Failed

SVG = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360"'


def _file(inner: str, attributes: str = "", before: str = "") -> bytes:
    return f"{before}<svg {SVG} {attributes}>{inner}</svg>".encode()


HOSTILE = {
    "a script": _file("<script>alert(1)</script>"),
    "a script from elsewhere": _file('<script href="https://example.org/a.js"/>'),
    "an event": _file('<g onclick="alert(1)"><path d="M0 0h9"/></g>'),
    "an event of the document": _file("", 'onload="alert(1)"'),
    "an event of another case": _file("", 'OnLoad="alert(1)"'),
    "a link": _file('<a href="https://example.org"><path d="M0 0h9"/></a>'),
    "a link that runs": _file('<a href="javascript:alert(1)"><path d="M0 0h9"/></a>'),
    "a picture from elsewhere": _file('<image href="https://example.org/a.png" width="9" height="9"/>'),
    "a picture inside": _file('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'),
    "an old link": _file(
        '<image xlink:href="https://example.org/a.png"/>', 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    ),
    "an element of another file": _file('<use href="https://example.org/a.svg#b"/>'),
    "an element of its own": _file('<g id="a"/><use href="#a"/>'),
    "a colour from elsewhere": _file('<path d="M0 0h9" fill="url(https://example.org/a.svg#b)"/>'),
    "a colour by data": _file('<path d="M0 0h9" fill="url(data:image/svg+xml,x)"/>'),
    "a style sheet": _file("<style>path{fill:red}</style>"),
    "a style sheet from elsewhere": _file("<style>@import url(https://example.org/a.css);</style>"),
    "a style sheet beside": _file("", before='<?xml-stylesheet href="https://example.org/a.css"?>'),
    "a style that loads": _file('<path d="M0 0h9" style="fill:url(https://example.org/a.svg#b)"/>'),
    "a style that imports": _file('<path d="M0 0h9" style="@import url(//example.org/a)"/>'),
    "a background": _file('<g style="background-image:url(https://example.org/a.png)"/>'),
    "another language's elements": _file("<foreignObject><p>hi</p></foreignObject>"),
    "a page": _file(
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="https://example.org"/></body>'
        "</foreignObject>"
    ),
    "HTML without a wrapper": _file('<img xmlns="http://www.w3.org/1999/xhtml" src="https://example.org/a.png"/>'),
    "an animation": _file('<path d="M0 0h9"><animate attributeName="d" to="M0 0h1"/></path>'),
    "an animation that sets a link": _file('<set attributeName="href" to="javascript:alert(1)"/>'),
    "a handler": _file('<handler xmlns="http://www.w3.org/2001/xml-events" type="x">alert(1)</handler>'),
    "a filter": _file('<filter id="a"><feImage href="https://example.org/a.png"/></filter>'),
    "a mask": _file('<path d="M0 0h9" mask="url(https://example.org/a.svg#b)"/>'),
    "a font": _file('<text font-family="url(https://example.org/a.woff)">hi</text>'),
    "a cursor": _file('<g cursor="url(https://example.org/a.cur), auto"/>'),
    "a DOCTYPE": _file("", before='<!DOCTYPE svg SYSTEM "https://example.org/a.dtd">'),
    "an entity": _file("<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a "hi">]>'),
    "an entity from a file": _file(
        "<text>&a;</text>", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    ),
    "entities of entities": _file(
        "<text>&b;</text>", before='<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    ),
    "another document inside": _file('<svg viewBox="0 0 9 9"/>'),
    "a document by another name": b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    "no namespace": b'<svg viewBox="0 0 9 9"/>',
    "another base": _file("", 'xml:base="https://example.org/"'),
    "a switch": _file('<switch><g systemLanguage="en"/></switch>'),
    "deep nesting": _file("<g>" * 40 + "</g>" * 40),
    "too many elements": _file("<g/>" * 3_000),
    "too large a file": _file("<!--" + "x" * (70 << 10) + "-->"),
    "huge numbers": _file('<path d="M0 0h1e300"/>'),
    "no number": _file('<circle r="NaN"/>'),
    "calculations": _file('<rect width="calc(1px*1e9)" height="9"/>'),
    "no view": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "an empty view": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 0 0"/>',
    "a sliver": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1"/>',
    "no path": _file('<path d="M0 0 url(x)"/>'),
    "a broken transform": _file('<g transform="translate(1,2,3)"/>'),
    "words beside shapes": _file("hello"),
    "an open element": f"<svg {SVG}><g>".encode(),
    "two documents": _file("") + _file(""),
    "no file": b"",
    "a program": b"\x7fELF\x02\x01\x01\0\0\0",
    "a picture of another kind": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "half a letter": _file("<text>\udcff</text>".encode("utf-8", "surrogatepass").decode("utf-8", "replace"))[:-9],
    "an encoding that nobody knows": b'<?xml version="1.0" encoding="x-unheard"?>' + _file(""),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_not_understood_is_refused_in_one_message(data: bytes) -> None:
    """It has the file's name, says what was expected, and what came or what to do."""
    with pytest.raises(Failed, match=r"(?s)^mine\.svg:.*expected ") as caught:
        vector.read(data, name="mine.svg")
    assert "\n" not in caught.value.text


@pytest.mark.parametrize("text", [GLIDE, PRESS, ONE_SIDE])
def test_a_drawing_is_written_anew_and_says_the_same(text: str) -> None:
    """Read again it is the same, and a parser of somebody else's understands it."""
    read = vector.read(text.encode(), name="a.svg")
    again = vector.read(read.svg.encode(), name="b.svg")
    assert again == read
    assert ElementTree.fromstring(read.svg).tag == "{http://www.w3.org/2000/svg}svg"  # noqa: S314 (ours)
    assert read.title and read.box == (0, 0, 360, 360)


def test_nothing_passes_that_is_on_no_list() -> None:
    """What is written has the elements and attributes of the lists alone."""
    inner = '<g id="g" style="fill: #123456; opacity:.5"><rect width="9px" height="9"/></g>'
    around = f'<defs id="d"/><title>Mine</title><title>Not mine</title>{inner}<desc>long</desc>'
    read = vector.read(_file(around, 'id="a" width="9cm" version="1.1"'), name="a")
    assert read.inner == '<g fill="#123456" opacity=".5"><rect width="9px" height="9"/></g>'
    assert read.title == "Mine"
    assert set(re.findall(r"<(\w+)", read.svg)) == {"svg", "title", "g", "rect"}


def test_words_are_escaped() -> None:
    """A label or a title is text, whatever it looks like."""
    read = vector.read(_file("<title>&lt;script&gt;</title><text>a &amp; &lt;b&gt;</text>"), name="a")
    assert read.inner == "<text>a &amp; &lt;b&gt;</text>"
    assert "<title>&lt;script&gt;</title>" in read.svg


def test_what_a_stranger_writes_in_other_words_is_read() -> None:
    """UTF-16, comments, CDATA, a prefix for SVG, and numbers without spaces."""
    text = f'<?xml version="1.0" encoding="UTF-16"?><s:svg xmlns:s="{vector.SVG}" viewBox="0,0 10-0 10"/>'
    with pytest.raises(Failed, match="viewBox"):
        vector.read(text.replace("10-0 10", "10").encode("utf-16"), name="a")
    text = f'<s:svg xmlns:s="{vector.SVG}" viewBox="0,0 10 10"><!-- hi --><s:text><![CDATA[<b>]]></s:text></s:svg>'
    assert vector.read(text.encode("utf-16"), name="a").inner == "<text>&lt;b&gt;</text>"
    assert (
        vector.read(_file('<path d="M1-2.5l.5.5a1 1 0 011 1"/>'), name="a").inner
        == '<path d="M1-2.5l.5.5a1 1 0 011 1"/>'
    )
