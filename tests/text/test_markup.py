"""Texts in markup stay texts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.text.markup import escaped, script_data, unmarked

NASTY = (
    "<script>alert(1)</script>",
    "</script><!-- <b>",
    "\"quoted\" 'and' `this`",
    "]]> &amp; &",
    "שלום עולם \N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{PERSONAL COMPUTER}",
)


@given(st.one_of(st.sampled_from(NASTY), st.text()))
def test_a_text_comes_out_of_xml_as_it_went_in(text):
    """What XML has no character for is a replacement character."""
    shown = "".join(
        "\ufffd" if (ord(sign) < 32 and sign not in "\t\n\r") or sign in "\ufffe\uffff" else sign for sign in text
    )
    element = ElementTree.fromstring(  # noqa: S314 (made here)
        f'<a b="{escaped(text)}">{escaped(text)}</a>'
    )
    lines = shown.replace("\r\n", "\n").replace("\r", "\n")  # as XML reads line ends
    assert (element.text or "") == lines
    assert element.get("b") == lines.replace("\n", " ").replace("\t", " ")  # as XML reads attributes
    assert list(element) == []


@pytest.mark.parametrize("text", NASTY)
def test_html_reads_no_tag_in_a_text(text):
    """No element begins, none ends."""
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):  # noqa: ARG002 (the parser's signature)
            tags.append(tag)

    Reader().feed(f"<p title='{escaped(text)}'>{escaped(text)}</p>")
    assert tags == ["p"]


@given(st.one_of(st.sampled_from(NASTY), st.text()))
def test_data_in_a_script_is_json_without_an_end(text):
    """JSON reads it back, and nothing in it looks like markup."""
    data = script_data({"text": text, text: 1})
    assert json.loads(data) == {"text": text, text: 1} or text == "text"
    assert not set("<>&\u2028\u2029") & set(data)


PASTED = {
    "<b>press</b>": "press",
    '<a href="x?a=1&amp;b" class=y>press</a> <i>here</i>.': "press here.",
    "<p>Press.</p><p>Release</p>": "Press. Release",
    "<ul><li>Press</li><li>Release</li></ul>": "Press. Release",
    "Glide down<br>to the waist": "Glide down, to the waist",
    "<style>p {color: red}</style><!-- note -->Press": "Press",
    "&lt;b&gt;soft&lt;/b&gt; &amp;amp; slow": "soft & slow",
    "don&#39;t&nbsp;press, &frac12; &deg;": "don't press, ½ °",
    "&#27;[31mred": "[31mred",
    # What is no markup stays.
    "a < b, 5<10 and c>d": "a < b, 5<10 and c>d",
    "a<b and c>d": "a<b and c>d",
    "R&B and AT&T; &foo;": "R&B and AT&T; &foo;",
    "<gently>": "<gently>",
    "<br>": "<br>",
}


@pytest.mark.parametrize(("pasted", "text"), PASTED.items())
def test_pasted_html_leaves_its_words(pasted, text):
    """Tags vanish, entities are their signs; nothing is taken from a text that has no HTML in it, nor all of one."""
    assert unmarked(pasted) == text
    assert unmarked(text) == text
