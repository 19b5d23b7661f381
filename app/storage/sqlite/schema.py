"""The schema: made once, compared at each opening, so that a file with anything else in it is refused."""

import json
from collections.abc import Mapping
from hashlib import sha256

from app.storage.chain import START
from app.storage.sqlite.connection import Connection
from app.storage.sqlite.file_format import (
    APPLICATION_ID,
    CACHE_TABLES,
    DERIVED_TABLES,
    KEPT_TABLES,
    PERSON_TABLES,
    SCHEMA_VERSION,
    STATE_TABLES,
)

# Facts are only ever added. A redaction may empty values, after the fact that says so; nothing else changes.
TRIGGERS = (
    """CREATE TRIGGER fact_is_never_deleted BEFORE DELETE ON fact
    BEGIN SELECT RAISE(ABORT, 'facts are never deleted'); END""",
    """CREATE TRIGGER fact_is_never_changed BEFORE UPDATE ON fact
    WHEN NEW.seq <> OLD.seq OR NEW.command <> OLD.command OR NEW.kind <> OLD.kind OR NEW.subject <> OLD.subject
      OR NEW.about <> OLD.about OR NEW.protocol <> OLD.protocol OR NEW.recorded_at <> OLD.recorded_at
      OR NEW.zone <> OLD.zone OR NEW.clock <> OLD.clock OR NEW.today <> OLD.today OR NEW.who <> OLD.who
      OR NEW.workstation <> OLD.workstation OR NEW.program <> OLD.program OR NEW.names <> OLD.names
      OR NEW.digests <> OLD.digests OR NEW.digest <> OLD.digest
      OR NOT EXISTS (SELECT 1 FROM fact WHERE about = OLD.seq AND kind = 'redaction')
    BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END""",
    """CREATE TRIGGER fact_follows_the_last BEFORE INSERT ON fact
    WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM fact)
    BEGIN SELECT RAISE(ABORT, 'a fact follows the last one'); END""",
)


DIGESTS: Mapping[tuple[str, ...], str] = {
    KEPT_TABLES: "5aa44bf9f5aacc8b1f41c7afb1c794cb7a5695ad86e3728438ea39a4993149a4",
    CACHE_TABLES: "0bf55f8be3d8234b4b8739a38c0ffd3dee13541c0bde72668a89664296ca5e33",
    PERSON_TABLES: "0c2a6eb1bc5c0cf6e3c19d3023ff33afd0b609fe54e9123c945169e2abff9cdc",
    STATE_TABLES: "b6409163316a8e141072f5e8eafb7759d2938106e799b40df9112ad5a1f69e1c",
}
"""SHA-256 over the schema's objects of these tables, so that a file is compared without loading the tables."""


def create(connection: Connection) -> None:
    """Make every table and trigger, and mark the file as ours; its chain is empty."""
    _tables(connection, (*KEPT_TABLES, *DERIVED_TABLES))
    for trigger in TRIGGERS:
        connection.execute(trigger)
    connection.execute("INSERT INTO head (id, seq, digest) VALUES (1, 0, ?)", (START,))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def make_cache_tables(connection: Connection) -> None:
    """Throw the tables of cached visits away and make them again, empty."""
    _make_again(connection, CACHE_TABLES)


def make_person_tables(connection: Connection) -> None:
    """Throw the table of participants away and make it again, empty."""
    _make_again(connection, PERSON_TABLES)


def make_state_table(connection: Connection) -> None:
    """Forget all that is remembered of the file."""
    _make_again(connection, STATE_TABLES)


def _make_again(connection: Connection, names: tuple[str, ...]) -> None:
    for name in names:
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    _tables(connection, names)


def _tables(connection: Connection, names: tuple[str, ...]) -> None:
    from app.storage.sqlite.rows import statements

    for statement in statements(names):
        connection.execute(statement)


def objects(connection: Connection) -> dict[str, str]:
    """Return the objects of the file's schema by name, each with its definition."""
    rows = connection.execute(
        "SELECT type || ' ' || name || iif(type = 'index', ' on ' || tbl_name, ''), sql FROM sqlite_schema "
        "WHERE name NOT LIKE 'sqlite_autoindex%'"
    )
    return {name: sql or "" for name, sql in rows}


def strange(found: dict[str, str], known: dict[str, str]) -> str:
    """Return the first object of a schema that is missing, unknown or different; empty when there is none."""
    return next((name for name in sorted({*found, *known}) if found.get(name) != known.get(name)), "")


def is_derived(name: str) -> bool:
    """Return whether a schema object belongs to the tables that can be thrown away."""
    return _is_of(name, DERIVED_TABLES)


def is_known(found: Mapping[str, str], tables: tuple[str, ...]) -> bool:
    """Return whether the schema objects of these derived tables are as this release makes them."""
    return _digest({name: sql for name, sql in found.items() if _is_of(name, tables)}) == DIGESTS[tables]


def is_kept_known(found: Mapping[str, str]) -> bool:
    """Return whether all that is not derived is as this release makes it, and nothing is missing."""
    return _digest({name: sql for name, sql in found.items() if not is_derived(name)}) == DIGESTS[KEPT_TABLES]


def _digest(found: Mapping[str, str]) -> str:
    return sha256(json.dumps(sorted(found.items())).encode()).hexdigest()


def _is_of(name: str, tables: tuple[str, ...]) -> bool:
    return any(
        name == f"table {table}" or (name.startswith("index ") and name.endswith(f" on {table}")) for table in tables
    )
