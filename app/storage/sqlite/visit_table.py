"""The derived visits: what was planned, kept so that a week can be asked for without planning everybody again."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlmodel import SQLModel

from app.storage.sqlite.connection import refusals
from app.storage.sqlite.fact_store import StudyStore
from app.storage.sqlite.rows import DerivedRow, VisitRow
from app.storage.sqlite.schema import make_derived

_VISIT = SQLModel.metadata.tables["visit"]
_DERIVED = SQLModel.metadata.tables["derived"]
COLUMNS: tuple[str, ...] = tuple(column.name for column in _VISIT.columns)
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM visit WHERE "  # noqa: S608 - names of our own


def derived_by(store: StudyStore) -> tuple[str, str, str]:
    """What made the derived visits, the day they were planned on, and their horizon; empty when there are none."""
    if not store.derived:
        return ("", "", "")
    with refusals(store.path):
        row = store.connection.execute(select(_DERIVED.c.version, _DERIVED.c.planned_on, _DERIVED.c.horizon)).first()
    return (row[0], row[1], row[2]) if row is not None else ("", "", "")


def begin_anew(store: StudyStore, version: str, planned_on: str, horizon: str) -> None:
    """Throw all derived visits away, inside a transaction; the caller plans everybody again."""
    make_derived(store.connection)
    row = {"id": 1, "version": version, "planned_on": planned_on, "horizon": horizon}
    store.connection.execute(insert(DerivedRow), [row])


def replace_visits(store: StudyStore, subject: int, rows: Sequence[dict[str, Any]]) -> None:
    """Put one participant's visits in the place of those of before, inside a transaction."""
    store.connection.execute(delete(VisitRow).where(_VISIT.c.subject == subject))
    if rows:
        store.connection.execute(insert(VisitRow), list(rows))


def change_visits(store: StudyStore, subject: int, gone: Iterable[str], rows: Sequence[dict[str, Any]]) -> None:
    """Put only what differs in place, inside a transaction: keys that are gone or changed, and their new rows."""
    keys = list(gone)
    if keys:
        store.connection.execute(delete(VisitRow).where(_VISIT.c.subject == subject, _VISIT.c.key.in_(keys)))
    if rows:
        store.connection.execute(insert(VisitRow), list(rows))


def open_between(store: StudyStore, first: str, last: str) -> list[Sequence[Any]]:
    """Open visits whose day lies in first..last, as rows of `COLUMNS`."""
    return _rows(store, "settled = '' AND assumed >= ? AND assumed <= ?", first, last)


def settled_between(store: StudyStore, first: str, last: str) -> list[Sequence[Any]]:
    """Visits that are done, missed, omitted or cancelled with their day in first..last."""
    return _rows(store, "settled <> '' AND assumed >= ? AND assumed <= ?", first, last)


def waiting(store: StudyStore, today: str) -> list[Sequence[Any]]:
    """Open visits without a day, and those counted from a day that has passed unrecorded."""
    unsure = "settled = '' AND assumed <> '' AND anchor_day <> '' AND anchor_day < ?"
    return [*_rows(store, "settled = '' AND assumed = ''"), *_rows(store, unsure, today)]


def visits_of(store: StudyStore, subject: int) -> list[Sequence[Any]]:
    """One participant's derived visits."""
    return _rows(store, "subject = ?", subject)


def all_visits(store: StudyStore) -> list[Sequence[Any]]:
    """Every derived visit, for comparing."""
    return _rows(store, "1 ORDER BY subject, key")


def _rows(store: StudyStore, where: str, *values: str | int) -> list[Sequence[Any]]:
    """Rows as the driver gives them: a list of hundreds is read each morning, and nothing is made of them here."""
    with refusals(store.path):
        driver: Any = store.connection.connection.dbapi_connection
        found: list[Sequence[Any]] = driver.execute(_SELECT + where, values).fetchall()
    return found
