"""Connections to SQLite are made here alone, and its errors become refusals."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlite

from app.domain.refusal import RefusalKind, Refused

PATIENCE_SECONDS = 1.5
"""How long SQLite waits for a file that another process has locked."""
IN_MEMORY = Path(":memory:")
"""No file at all."""
_ALWAYS = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
)
_TO_RESCUE = ("PRAGMA writable_schema = ON",)
_TO_WRITE = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = DELETE",
    # Under the exclusive lock the journal stays until the file is closed; what was redacted must not stay in it.
    "PRAGMA journal_size_limit = 0",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA secure_delete = ON",
)

_KINDS: Mapping[str, RefusalKind] = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_BUSY": "in_use",
    "SQLITE_LOCKED": "in_use",
    "SQLITE_READONLY": "read_only",
    "SQLITE_PERM": "read_only",
    "SQLITE_CANTOPEN": "cannot_open",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "not_a_study",
    "SQLITE_IOERR": "disk_error",
}
# Errors without a name: from a copy of one file to another, and from bytes that are not text.
_MESSAGES: Mapping[str, RefusalKind] = {
    "database or disk is full": "disk_full",
    "disk I/O error": "disk_error",
    "database disk image is malformed": "damaged",
    "database is locked": "in_use",
    "attempt to write a readonly database": "read_only",
    "Could not decode to UTF-8": "damaged",
}


class Connection(Protocol):
    """The driver's connection to one file; each statement is its own transaction unless `transaction` is around it."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ..., /) -> Any:
        """Run a statement; the cursor that is returned gives its rows."""

    def executemany(self, sql: str, rows: Sequence[Sequence[Any] | Mapping[str, Any]], /) -> Any:
        """Run a statement once for each row of values."""

    def backup(self, target: "Connection", *, pages: int, progress: Callable[[int, int, int], object]) -> None:
        """Copy the file."""

    def close(self) -> None:
        """Close the file."""


def connect(path: Path, writing: bool, creating: bool = False, damaged: bool = False) -> Connection:
    """Return a connection to that file with every setting as it has to be.

    `damaged`: also to a file whose end is missing, which SQLite refuses otherwise; only to read it.

    Raises:
        Refused: the file cannot be opened.
    """
    mode = "rwc" if creating else "rw" if writing else "ro"
    uri = "file::memory:" if path == IN_MEMORY else f"file:{quote(str(path.absolute()))}?mode={mode}"

    with refusals(path):
        connection: Connection = sqlite.connect(
            uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in (*(_TO_RESCUE if damaged else ()), *_ALWAYS, *(_TO_WRITE if writing else ())):
                connection.execute(pragma)
            if writing:
                # The lock is taken here and kept until the file is closed, or the process dies.
                connection.execute("BEGIN EXCLUSIVE")
                connection.execute("COMMIT")
        except UnicodeDecodeError as error:
            # SQLite's message about a malformed schema quotes the schema, which then need not be text.
            connection.close()
            raise Refused("damaged", path=str(path)) from error
        except BaseException:
            connection.close()
            raise
    return connection


def version() -> str:
    """Return the release of SQLite that is used."""
    return str(sqlite.sqlite_version)


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn SQLite's errors of the disk or file into refusals; any other error stays a bug."""
    try:
        yield
    except sqlite.Error as error:
        refused = _refusal(path, error)
        if refused is None:
            raise
        raise refused from error


@contextmanager
def transaction(connection: Connection, path: Path) -> Iterator[None]:
    """Commit everything at the end, or roll everything back when anything is raised.

    Raises:
        Refused: the disk is full, cannot be written, or the file is damaged; nothing was changed.
    """
    with refusals(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            # A full disk rolls back by itself; then there is nothing left to roll back.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _refusal(path: Path, error: Exception) -> Refused | None:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY_ROLLBACK")):
        return Refused("folder_read_only", folder=str(path.parent))
    found = [kind for start, kind in _KINDS.items() if name.startswith(start)]
    if not name:
        found = [kind for start, kind in _MESSAGES.items() if str(error).startswith(start)]
    return Refused(found[0], path=str(path)) if found else None
