"""A process that opens study files as it is told, line by line: python -m tests.storage.holder.

``hold FILE`` opens a file, records a fact and keeps it open; ``close`` closes that file; ``try FILE`` opens a file and
closes it. Each is answered by one line: ``open``, ``closed``, or the kind of the refusal.
"""

import os
import sys
from pathlib import Path

from app.domain.refusal import Refused
from app.storage.sqlite import connection
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import add, performed, reopened, stamp


def serve() -> None:
    """Answer until there is no further line."""
    connection.PATIENCE_SECONDS = 0.05
    kept: list[SqliteStore] = []
    for line in sys.stdin:
        command, _, path = line.rstrip("\n").partition(" ")
        print(answer(command, path, kept), flush=True)


def answer(command: str, path: str, kept: list[SqliteStore]) -> str:
    """Do what one line says."""
    if command == "close":
        kept.pop().close()
        return "closed"
    if command == "hold":
        holder = Holder("Ida Berg", "WARD-3", "2026-11-23T07:30:00Z", os.getpid())
        kept.append(open_study(Path(path), holder, stamp()))
        add(kept[0], performed("SP-C07", "2027-01-04"))
        return "open"
    try:
        reopened(Path(path)).close()
    except Refused as refused:
        return refused.kind
    return "open"


if __name__ == "__main__":
    serve()
