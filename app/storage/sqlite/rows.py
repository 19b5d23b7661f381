"""The tables. Rows are dumb: the domain decides what may be in them.

Loading this module takes longer than a bare window does to appear, so only what makes a table loads it: a new file,
cached visits that are planned again, a migration, and the comparison of a schema that is not as it has to be.
"""

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, create_mock_engine, text
from sqlalchemy.engine.mock import MockConnection
from sqlmodel import Field, SQLModel

from app.domain.calendar.entry_codec import COLUMNS
from app.storage.sqlite.file_format import QUESTIONED, SUSPENDED, TO_CHECK

_STRICT = {"sqlite_strict": True}


class FactRow(SQLModel, table=True):
    """One fact. `names`, `lines`, `salts` and `digests` hold its fields one after another (see `chain`)."""

    __tablename__ = "fact"
    __table_args__: ClassVar = (
        Index("fact_subject", "subject"),
        Index("fact_kind", "kind"),
        Index("fact_about", "about", sqlite_where=text("about > 0")),
        _STRICT,
    )
    seq: int = Field(primary_key=True)
    command: int
    kind: str = Field(sa_type=Text)
    subject: int
    about: int
    protocol: str = Field(sa_type=Text)
    recorded_at: str = Field(sa_type=Text)
    zone: str = Field(sa_type=Text)
    clock: str = Field(sa_type=Text)
    today: str = Field(sa_type=Text)
    who: str = Field(sa_type=Text)
    workstation: str = Field(sa_type=Text)
    program: str = Field(sa_type=Text)
    names: str = Field(sa_type=Text)
    lines: str = Field(sa_type=Text)
    salts: bytes = Field(sa_type=LargeBinary)
    digests: bytes = Field(sa_type=LargeBinary)
    digest: bytes = Field(sa_type=LargeBinary)


class HeadRow(SQLModel, table=True):
    """The chain's last fact, so that it is noticed when the end of the chain was cut off."""

    __tablename__ = "head"
    __table_args__: ClassVar = (_STRICT,)
    id: int = Field(default=1, primary_key=True)
    seq: int = 0
    digest: bytes = Field(default=b"", sa_type=LargeBinary)


class VisitCacheRow(SQLModel, table=True):
    """The maker of the cached visits, the day they were planned on, and the last day that they are complete for.

    `seal`: a digest over these and over every participant's digest (see `visit_seal`).
    """

    __tablename__ = "derived"
    __table_args__: ClassVar = (_STRICT,)
    id: int = Field(default=1, primary_key=True)
    version: str = Field(sa_type=Text)
    planned_on: str = Field(sa_type=Text)
    horizon: str = Field(sa_type=Text)
    seal: bytes = Field(sa_type=LargeBinary)


class VisitDigestRow(SQLModel, table=True):
    """The digest of one participant's cached visits.

    `asked`: the days of which their plan has asked whether they are closed (see `days_codec`).
    """

    __tablename__ = "visit_digest"
    __table_args__: ClassVar = (_STRICT,)
    subject: int = Field(primary_key=True)
    digest: bytes = Field(sa_type=LargeBinary)
    asked: bytes = Field(sa_type=LargeBinary)


class PersonRow(SQLModel, table=True):
    """One participant as a list needs it (see `Person`), made of the facts; the day is empty before the enrolment."""

    __tablename__ = "person"
    __table_args__: ClassVar = (_STRICT,)
    subject: int = Field(primary_key=True)
    code: str = Field(sa_type=Text)
    protocol: str = Field(sa_type=Text)
    centre: str = Field(sa_type=Text)
    country: str = Field(sa_type=Text)
    enrolled_on: str = Field(sa_type=Text)


class PersonSealRow(SQLModel, table=True):
    """The last fact that the table of participants was made of, and a digest over that fact and every row."""

    __tablename__ = "person_seal"
    __table_args__: ClassVar = (_STRICT,)
    id: int = Field(default=1, primary_key=True)
    seq: int
    seal: bytes = Field(sa_type=LargeBinary)


class StateRow(SQLModel, table=True):
    """What is remembered of the file, by name: it can be thrown away at any time, and no digest covers it."""

    __tablename__ = "state"
    __table_args__: ClassVar = (_STRICT,)
    name: str = Field(sa_type=Text, primary_key=True)
    value: str = Field(sa_type=Text)


def _visit_column(name: str, kind: type) -> Column[Any]:
    """Return the column of a row's value; a list is kept as JSON, an empty one as NULL."""
    return Column(name, Integer if kind is int else Text, primary_key=name in ("subject", "key"), nullable=kind is list)


VISIT = Table(
    "visit",
    SQLModel.metadata,
    *(_visit_column(name, kind) for name, kind in COLUMNS.items()),
    Index("visit_open_day", "assumed", "subject", sqlite_where=text("settled = ''")),
    Index("visit_anchor", "counts_from_day", sqlite_where=text("settled = '' AND counts_from_day <> ''")),
    Index("visit_to_check", "subject", sqlite_where=text(TO_CHECK)),
    Index("visit_questioned", "assumed", sqlite_where=text(QUESTIONED)),
    Index("visit_suspended", "subject", sqlite_where=text(SUSPENDED)),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""One visit of one participant as last planned; never a status, which depends on the day of reading."""


@cache
def statements(names: tuple[str, ...]) -> list[str]:
    """Return the statements that make these tables and their indexes."""
    found: list[str] = []
    engine: MockConnection = create_mock_engine(
        "sqlite://", lambda made, *_more, **_named: found.append(str(made.compile(dialect=engine.dialect)))
    )
    SQLModel.metadata.create_all(engine, [SQLModel.metadata.tables[name] for name in names], checkfirst=False)
    return found
