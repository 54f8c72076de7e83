"""A hostile campaign against the program: a file a kind of case, each made from a seed and run in a process of its own.

`cases` says what a case and a find are and what a kind of them must offer; `lab` is where a case is run: a folder, what
may be written there, what a step may cost; `program` runs the command line in it. `pool` runs cases on all cores,
`records` keeps what was run, `shrinking` finds the smallest input that still does it. `mutating`, `making_routines` and
`tagging` make the inputs. A new kind is one file with one class, and its name in `kinds`.
"""
