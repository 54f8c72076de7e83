"""Texts as YAML takes them, in a file that somebody is to read and change."""

from __future__ import annotations

import json
import re

_PLAIN = re.compile(r"[^\W\d_][\w ,.;!?'’()/–-]*")
"""A text that YAML takes as it stands, from its first letter on; others are quoted."""
_NOT_TEXT = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
"""Words that YAML's older or newer version takes for something else."""


def scalar(text: str) -> str:
    """Return a text as YAML reads it back: as it is where that is plain, in quotes elsewhere."""
    if _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)
