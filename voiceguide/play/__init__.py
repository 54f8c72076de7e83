"""Playing a session here: `source` gives samples, `ahead` reads them early, `transport` moves in them, `device` sounds.

`view` shows where it stands and `keys` hears what is wanted. Only `device` knows a sound library, only `keys` a
keyboard; the rest is the same with neither. Nothing here prints.
"""
