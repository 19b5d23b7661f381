"""Connections to SQLite are made here alone, and its errors become refusals."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Dialect, Engine, StaticPool, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import LRUCache

from app.domain.refusal import RefusalKind, Refused

PATIENCE_SECONDS = 1.5
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

_DIALECTS: deque[Dialect] = deque(maxlen=1)
"""The dialect of the connections that were opened, once there was one."""
_COMPILED: LRUCache[Any, Any] = LRUCache(200)
"""What the statements of all connections are in SQL."""

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


def connect(path: Path, writing: bool, creating: bool = False, damaged: bool = False) -> Connection:
    """Return a connection to that file with every setting as it has to be.

    `damaged`: also to a file whose end is missing, which SQLite refuses otherwise; only to read it.

    Raises:
        Refused: the file cannot be opened.
    """
    mode = "rwc" if creating else "rw" if writing else "ro"
    uri = "file::memory:" if path == IN_MEMORY else f"file:{quote(str(path.absolute()))}?mode={mode}"

    def open_file() -> Any:
        return sqlite.connect(uri, uri=True, timeout=PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)

    engine = _engine(open_file)
    with refusals(path):
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT", compiled_cache=_COMPILED)
        try:
            for pragma in (*(_TO_RESCUE if damaged else ()), *_ALWAYS, *(_TO_WRITE if writing else ())):
                connection.exec_driver_sql(pragma)
            if writing:
                # The lock is taken here and kept until the file is closed, or the process dies.
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
                connection.exec_driver_sql("COMMIT")
        except UnicodeDecodeError as error:
            # SQLite's message about a malformed schema quotes the schema, which then need not be text.
            disconnect(connection)
            raise Refused("damaged", path=str(path)) from error
        except BaseException:
            disconnect(connection)
            raise
    _DIALECTS.append(engine.dialect)
    return connection


def _engine(open_file: Callable[[], Any]) -> Engine:
    """Return an engine for one file. All speak the dialect of the first, so that no statement is compiled twice."""
    if not _DIALECTS:
        return create_engine("sqlite://", module=sqlite, creator=open_file, poolclass=StaticPool, hide_parameters=True)
    return Engine(StaticPool(open_file), _DIALECTS[0], make_url("sqlite://"), hide_parameters=True)


def version() -> str:
    """Return the release of SQLite that is used."""
    return str(sqlite.sqlite_version)


def disconnect(connection: Connection) -> None:
    """Close the connection and with it the file."""
    engine = connection.engine
    connection.close()
    engine.dispose()


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn SQLite's errors of the disk or file into refusals; any other error stays a bug."""
    try:
        yield
    except (DBAPIError, sqlite.Error) as error:
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
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            # A full disk rolls back by itself; then there is nothing left to roll back.
            below = connection.connection.dbapi_connection
            if below is not None and below.in_transaction:
                connection.exec_driver_sql("ROLLBACK")
            raise


def _refusal(path: Path, error: Exception) -> Refused | None:
    origin = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(origin, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_READONLY_DIRECTORY", "SQLITE_READONLY_ROLLBACK")):
        return Refused("folder_read_only", folder=str(path.parent))
    found = [kind for start, kind in _KINDS.items() if name.startswith(start)]
    if not name:
        found = [kind for start, kind in _MESSAGES.items() if str(origin).startswith(start)]
    return Refused(found[0], path=str(path)) if found else None
