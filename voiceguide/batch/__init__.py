"""Batches: every combination of some routines and choices, made by this machine's processes or by a Dask cluster.

    wishes (`jobsfile`, the command line) ─ jobs.combine ─▶ jobs, each a value
    jobs ─ running.run ─▶ pools (processes or a cluster) ─▶ worker.make ─▶ bytes ─▶ files, and their `index`

A job holds all that its session is made of, so that a worker needs no disk in common with whoever asks. What is large
(music, an author's sounds) is named in it by its content, and sent once.
"""
