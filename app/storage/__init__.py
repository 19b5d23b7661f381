"""The study file: an append-only chain of facts in one SQLite file, and what is derived from it for speed.

One process has the file, over one connection, so there is nobody to share it with. The journal is SQLite's rollback
journal with full syncing (EXTRA), not a write-ahead log: a commit costs a fraction of a millisecond more, and in return
everything that was saved lies in the one file at every moment between two commands. A copy that a clinic's own backup
takes of it at night is whole, a read-only folder can be read, and a refused command leaves every byte as it was.
"""
