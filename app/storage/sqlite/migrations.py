"""Migrations: numbered steps from older schemas to today's, after a verified backup, all of them or none."""

from collections.abc import Callable, Mapping
from pathlib import Path

from app.domain.facts.records import NewFact, Stamp
from app.domain.planning.planning_rules import FIRST_RULES, REMEMBERED
from app.domain.refusal import Refused
from app.storage.sqlite import schema
from app.storage.sqlite.backups import make_backup
from app.storage.sqlite.connection import Connection
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.file_format import SCHEMA_VERSION
from app.storage.sqlite.older_visits import keep_older_visits, older_visits


def _add_kinds(_connection: Connection) -> None:
    """Change nothing: schema 3 has kinds of facts and fields that older programs do not know, in the same tables."""


STEPS: Mapping[int, Callable[[Connection], None]] = {1: schema.make_state_table, 2: _add_kinds}
"""By the version that a step starts from. The tables of cached visits are made again after the last step."""


def must_have_steps(
    path: Path,
    version: int,
    steps: Mapping[int, Callable[[Connection], None]] = STEPS,
    ours: int = SCHEMA_VERSION,
) -> None:
    """Refuse a file of a schema that never was.

    Raises:
        Refused: a step from that version to today's is missing.
    """
    if any(number not in steps for number in range(version, ours)):
        raise Refused("damaged", path=str(path))


def migrate(
    store: SqliteStore,
    version: int,
    stamp: Stamp,
    steps: Mapping[int, Callable[[Connection], None]] = STEPS,
    ours: int = SCHEMA_VERSION,
) -> Path:
    """Bring an older file to today's schema; return the backup that was made before.

    Raises:
        Refused: a step is missing or fails; the file is as it was.
    """
    must_have_steps(store.path, version, steps, ours)
    kept, visits = make_backup(store, stamp.recorded_at), older_visits(store)
    with store.transaction():
        for number in range(version, ours):
            steps[number](store.connection)
        if version == 1:
            store.remember(REMEMBERED, str(FIRST_RULES))
        schema.make_cache_tables(store.connection)
        keep_older_visits(store, visits)
        store.append(stamp, store.last()[0] + 1, [NewFact("migrated", {"before": version, "after": ours})])
        store.connection.execute(f"PRAGMA user_version = {ours}")
    return kept
