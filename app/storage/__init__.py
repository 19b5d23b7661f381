"""The study file: an append-only chain of facts, and the visits that are cached from it for speed.

The services know a store by `app.services.study.ports`; an adapter is a folder here that keeps that contract.
`tests/storage/test_store_contract.py` holds each adapter to it. `chain` is the same for all of them: the
digests of facts, and how a chain is verified.

`sqlite` is the one adapter of the program: one file on one computer. One process has the file, over one connection, so
there is nobody to share it with. The journal is SQLite's rollback journal with full syncing (EXTRA), not a write-ahead
log: a commit costs a fraction of a millisecond more, and in return everything that was saved is in the one file at
every moment between two commands. A copy that a clinic's own backup takes of it at night is complete, a folder for
reading only can be read, and a refused command leaves every byte as it was.

Another adapter, such as a database on a server for several workstations, would have to keep three things.

- One chain: each fact is digested with the digest of the fact before it, so there is one last fact at any moment.
- One order: a command's facts get their numbers when they are recorded, without a gap, and nobody sees half a command.
- One waits: a proposal remembers the head that it was planned on (`Proposal.head`), and saving refuses with
  ``changed_meanwhile`` when the study has another head by then. Of two workstations that save at the same moment, the
  second has to wait, and then be refused. While one process has the file, it is enough that saving compares the heads
  just before `transaction`; with several, `transaction` would have to take the lock first and saving to compare inside
  it, and each workstation's `Study` to forget what it has read as soon as it sees a head that is not its own.
"""
