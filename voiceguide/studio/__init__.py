"""The studio's servers: what a browser reaches of the program, on this computer and from a phone.

`serving` starts the page of this computer, whose API is in docs/studio.md; `sending` a session's alone, for phones.
"""
