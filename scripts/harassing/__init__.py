"""Somebody types a draft, and what she types with or on is killed: a file a part of that.

`server` is the studio in a process of its own, `typing` what was typed when, and what of it is lost; `writer` speaks
the page's protocol without a page, `rounds` kills around writers, `browser` around the page itself.
"""
