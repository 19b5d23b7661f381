"""The cached visits of a file whose table is that of another release, read before the table is made again.

What was planned by other rules is shown until a person accepts what today's rules make of it, so it must outlive the
table. It is believed where its own seal says that it is as it was written. The first schema had no seal: there it is
believed where every value can be read, and the seal that is written now covers it from then on.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from app.domain.calendar.entry_codec import COLUMNS, DAYS, Row, is_readable
from app.storage.sqlite import visit_seal
from app.storage.sqlite.connection import Connection
from app.storage.sqlite.fact_store import SqliteStore

_RENAMED = {"anchor": "counts_from", "anchor_day": "counts_from_day"}
_NEEDED = frozenset({"subject", "key", "visit", *DAYS})


@dataclass(frozen=True, slots=True)
class OlderVisits:
    """What made the visits, the day they were planned on and their horizon; and the visits as today's rows."""

    made_by: tuple[str, str, str]
    rows: tuple[Row, ...]


def older_visits(store: SqliteStore) -> OlderVisits | None:
    """Return the visits of a table of another release; None where there are none, or none that are believed."""
    try:
        return _read(store.connection)
    except (sqlite.Error, ValueError, TypeError):
        return None


def keep_older_visits(store: SqliteStore, found: OlderVisits | None) -> None:
    """Put them into today's table, inside a transaction."""
    if found is not None:
        store.visits.restart(*found.made_by)
        store.visits.add(found.rows)


def _read(connection: Connection) -> OlderVisits | None:
    described = connection.execute("PRAGMA table_info(visit)")
    columns = [(name, bool(needed)) for _at, name, _type, needed, *_rest in described]
    names = [_RENAMED.get(name, name) for name, _needed in columns]
    if not set(names) >= _NEEDED:
        return None
    sealed = "seal" in {row[1] for row in connection.execute("PRAGMA table_info(derived)")}
    if sealed and not visit_seal.holds(connection, [(name, not needed) for name, needed in columns]):
        return None
    made = connection.execute("SELECT version, planned_on, horizon FROM derived WHERE id = 1").fetchone()
    if made is None or not all(isinstance(one, str) for one in made):
        return None
    date.fromisoformat(made[1])
    listed = ", ".join(f'"{name}"' for name, _needed in columns)
    found = connection.execute(f"SELECT {listed} FROM visit ORDER BY subject, 2").fetchall()  # noqa: S608 - names of the table
    is_today = columns == [(name, kind is not list) for name, kind in COLUMNS.items()]
    rows = tuple(_as_today(dict(zip(names, row, strict=True)), is_today) for row in found)
    return OlderVisits((made[0], made[1], made[2]), rows) if rows and all(map(is_readable, rows)) else None


def _as_today(values: dict[str, Any], is_today: bool) -> Row:
    """Return a row with today's columns: what an older table does not know is empty, and its lists are left out.

    `is_today`: the table has today's columns; only something else about it is not as it has to be.
    """
    return tuple(
        (json.loads(values[name]) if is_today and values[name] else None)
        if kind is list
        else values.get(name, "" if kind is str else 0)
        for name, kind in COLUMNS.items()
    )
