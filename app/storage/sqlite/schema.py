"""The schema: made once, compared at each opening, so that a file with anything else in it is refused."""

from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.storage.sqlite.rows import (
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


def create(connection: Connection) -> None:
    """Make every table and trigger, and mark the file as ours."""
    _tables(connection, (*KEPT_TABLES, *DERIVED_TABLES))
    for trigger in TRIGGERS:
        connection.exec_driver_sql(trigger)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


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
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    _tables(connection, names)


def _tables(connection: Connection, names: tuple[str, ...]) -> None:
    SQLModel.metadata.create_all(connection, [SQLModel.metadata.tables[name] for name in names], checkfirst=False)


def objects(connection: Connection) -> dict[str, str]:
    """Return the objects of the file's schema by name, each with its definition."""
    rows = connection.exec_driver_sql(
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


def only(found: dict[str, str], tables: tuple[str, ...]) -> dict[str, str]:
    """Return the schema objects of these tables and their indexes."""
    return {name: sql for name, sql in found.items() if _is_of(name, tables)}


def _is_of(name: str, tables: tuple[str, ...]) -> bool:
    return any(
        name == f"table {table}" or (name.startswith("index ") and name.endswith(f" on {table}")) for table in tables
    )
