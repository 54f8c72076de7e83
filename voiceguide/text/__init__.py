"""From an author's text to what a voice says: marks, placeholders, sentences, normalising.

The order matters: marks are parsed on the author's text, placeholders filled into the strings between them (so a
title with brackets in it is never a mark), then sentences split, each sentence normalised, and the
pronunciations of its words put in last.
"""
