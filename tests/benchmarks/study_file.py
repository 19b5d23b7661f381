"""The study file against its floors: SQLModel's tables, the same settings and rows, with nothing in between.

The program itself runs its statements without SQLModel; the floors have stayed what they were, so that figures of
different releases can be compared.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy
import sqlcipher3.dbapi2 as sqlite

from app.domain.calendar.entry_codec import COLUMNS
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact
from app.services.commands import enrol, record, study_file
from app.services.commands.record import Asked
from app.services.queries.agenda import agenda
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.services.study.visit_cache import VERSION
from app.storage import chain
from app.storage.sqlite import schema
from app.storage.sqlite.connection import Connection, connect, transaction
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.rows import VISIT, FactRow, HeadRow

TODAY = date(2026, 11, 23)
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 11, 23, 6, 45, tzinfo=UTC))
Tell = Callable[[str, float, float, float, float], None]
Ratio = Callable[[Callable[[], object], Callable[[], object], int], tuple[float, float, float]]
DUE, SUBJECTS = 200, 100


@contextmanager
def new_study(patients: int) -> Iterator[Study]:
    """A study with that many patients of 67 visits."""
    with tempfile.TemporaryDirectory() as folder:
        study = study_file.new(Path(folder) / "bench.studyday", NURSE, TODAY)
        try:
            enrol.enrol_many(study, [patient(number) for number in range(patients)], TODAY)
            yield study
        finally:
            study.close()


def patient(number: int) -> dict[str, object]:
    """One patient to enrol."""
    return {"protocol": "scanpan", "code": f"LI-{number:05}", "on": TODAY, "country": "SE", "regimen": "MFFX"}


def connection_of(study: Study) -> Connection:
    """The connection under a study file."""
    assert isinstance(study.store, SqliteStore)
    return study.store.connection


@contextmanager
def sqlmodel_on(connection: Connection) -> Iterator[sqlalchemy.Connection]:
    """The same open file as SQLModel's library reaches it, which gives it back before the file is closed."""
    engine = sqlalchemy.create_engine(
        "sqlite://",
        module=sqlite,
        creator=lambda: connection,
        poolclass=sqlalchemy.StaticPool,
        pool_reset_on_return=None,
    )
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as bare:
        yield bare


def run(ratio: Ratio, tell: Tell) -> None:
    """All of them."""
    record_one_fact(ratio, tell)
    enrol_a_thousand(ratio, tell)
    a_week(ratio, tell)
    verify_many(ratio, tell)


def record_one_fact(ratio: Ratio, tell: Tell) -> None:
    """Load, replan, difference, commit; the floor commits one row."""
    with new_study(20) as study, sqlmodel_on(connection_of(study)) as bare:
        agenda(study, TODAY)
        days = iter(range(10**6))

        def work() -> None:
            study.forget({1})
            to = (TODAY + timedelta(20 + next(days) % 5)).isoformat()
            record.save(
                study, record.propose(study, "LI-00000", [Asked("booked", {"visit": "SP-C02#2", "on": to})], TODAY)
            )

        def floor() -> None:
            head, at = study.head(), study.store.last()
            fact = NewFact("note", {"visit": "SP-C02#2", "text": "a booking of the same size"}, 2)
            rows = list(chain.rows_of(head, at[1], 1, NURSE.stamp(TODAY), [fact]))
            with transaction(connection_of(study), study.path):
                bare.execute(sqlalchemy.insert(FactRow), rows)
                bare.execute(sqlalchemy.update(HeadRow).values(seq=rows[0]["seq"], digest=rows[0]["digest"]))

        tell("record one fact", *ratio(work, floor, 40), 12)


def enrol_a_thousand(ratio: Ratio, tell: Tell) -> None:
    """One command with 1,000 enrolments; the floor inserts the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(1000))
        kept: dict[str, list[dict[str, Any]]] = {}
        columns = {"fact": chain.COLUMNS, "visit": tuple(COLUMNS)}

        def work() -> None:
            study = study_file.new(Path(folder) / f"{next(numbers)}.studyday", NURSE, TODAY)
            with study.store.transaction():
                study.store.visits.restart(VERSION, TODAY.isoformat(), "2099-01-01")
            enrol.enrol_many(study, [patient(number) for number in range(1000)], TODAY)
            if not kept:
                for table, names in columns.items():
                    query = f"SELECT {', '.join(names)} FROM {table}"
                    found = connection_of(study).execute(query)
                    kept[table] = [dict(zip(names, row, strict=True)) for row in found]
            study.close()

        def floor() -> None:
            path = Path(folder) / f"{next(numbers)}.studyday"
            connection = connect(path, True, creating=True)
            with sqlmodel_on(connection) as bare, transaction(connection, path):
                schema.create(connection)
                bare.execute(sqlalchemy.insert(FactRow), kept["fact"])
                bare.execute(sqlalchemy.insert(VISIT), kept["visit"])
            connection.close()

        tell("enrol 1,000 patients in one go", *ratio(work, floor, 3), 15)


def a_week(ratio: Ratio, tell: Tell) -> None:
    """The same 200 due visits out of 10,000 and out of 1,000,000; the floor asks for the same columns."""
    with new_study(SUBJECTS) as study, sqlmodel_on(connection_of(study)) as bare:
        times, seen = [], VISIT.c
        for stored in (10_000, 1_000_000):
            fill(study, stored)
            last = TODAY + timedelta(6)
            due = sqlalchemy.select(*(seen[name] for name in COLUMNS)).where(
                seen.settled == "", seen.assumed >= TODAY.isoformat(), seen.assumed <= last.isoformat()
            )

            def work(last: date = last) -> None:
                found = agenda(study, TODAY, TODAY, last)
                assert sum(map(len, (found.pressing, found.now, found.coming))) == DUE

            def floor(due: Any = due) -> None:
                assert len(bare.execute(due).all()) == DUE

            measured = ratio(work, floor, 30)
            times.append(measured[0])
            tell(f"a week with {DUE} due visits out of {stored:,} stored", *measured, 3)
        print(f"the same week out of 100 times as many: {times[1] / times[0]:.2f}x (reach 1.5x)", flush=True)


def fill(study: Study, stored: int) -> None:
    """So many derived visits, of which 200 lie in the week."""
    rows = []
    for number in range(stored):
        due = number < DUE
        day = (TODAY + timedelta(number % 7 if due else 30 + number % 4000)).isoformat()
        rows.append(visit_row(1 + number % SUBJECTS if due else 1000 + number // 60, f"SP-C03#{number}", day))
    with study.store.transaction():
        study.store.visits.restart(VERSION, TODAY.isoformat(), "2099-01-01")
        for start in range(0, stored, 50_000):
            some = [tuple(row[name] for name in COLUMNS) for row in rows[start : start + 50_000]]
            connection_of(study).executemany(_insert("visit", tuple(COLUMNS)), some)


def _insert(table: str, names: Sequence[str]) -> str:
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def visit_row(subject: int, key: str, day: str) -> dict[str, Any]:
    """One cached visit."""
    empty = {name: None if kind is list else kind() for name, kind in COLUMNS.items()}
    days = {"target": day, "earliest": day, "latest": day, "proposed": day, "assumed": day}
    named = {"subject": subject, "key": key, "visit": "SP-C03", "cycle": 1, "day": 1, "basis": "forecast"}
    return {**empty, **days, **named}


def verify_many(ratio: Ratio, tell: Tell) -> None:
    """100,000 facts; the floor hashes the same bytes, piece by piece."""
    with tempfile.TemporaryDirectory() as folder:
        study = study_file.new(Path(folder) / "bench.studyday", NURSE, TODAY)
        fields: dict[str, Json] = {
            "visit": "SP-C02#3",
            "on": "2026-11-23",
            "at": "10:15",
            "judged": ["2026-11-23", "2026-11-26"],
        }
        with study.store.transaction():
            study.append(TODAY, [NewFact("performed", fields, 1, protocol="scanpan 0123456789ab")] * 99_999)
        pieces: list[bytes] = []
        for row in connection_of(study).execute(f"SELECT {', '.join(chain.COLUMNS)} FROM fact"):
            parts = row[14].encode().split(b"\n") if row[13] else []
            pieces += [row[15][i * 16 : i * 16 + 16] + part for i, part in enumerate(parts)]
            pieces.append(row[17] + "\x1f".join(map(str, row[:14])).encode() + row[16])

        def floor() -> None:
            for piece in pieces:
                sha256(piece).digest()

        tell("verify 100,000 facts", *ratio(study.store.verify, floor, 5), 3)
        study.close()
