"""The tables. Rows are dumb: what may stand in them is decided in the domain."""

from typing import ClassVar

from sqlalchemy import Index, LargeBinary, Text, text
from sqlmodel import Field, SQLModel

APPLICATION_ID = 0x53447931
"""`SDy1`, in the file's header: this is a study file."""
BACKUP_ID = 0x53446231
"""`SDb1`: this is a backup of one, to be read and restored but never worked in."""
SCHEMA_VERSION = 1

_STRICT = {"sqlite_strict": True}
_FACTS = "fact"


class FactRow(SQLModel, table=True):
    """One fact. `names`, `lines`, `salts` and `digests` hold its fields one after another (see `chain`)."""

    __tablename__ = _FACTS
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
    """The chain's last fact, so that a tail that was cut off is missed."""

    __tablename__ = "head"
    __table_args__: ClassVar = (_STRICT,)
    id: int = Field(default=1, primary_key=True)
    seq: int = 0
    digest: bytes = Field(default=b"", sa_type=LargeBinary)


class DerivedRow(SQLModel, table=True):
    """What the derived tables were made by, and the last day that they know of."""

    __tablename__ = "derived"
    __table_args__: ClassVar = (_STRICT,)
    id: int = Field(default=1, primary_key=True)
    version: str = Field(sa_type=Text)
    planned_on: str = Field(sa_type=Text)
    horizon: str = Field(sa_type=Text)


class VisitRow(SQLModel, table=True):
    """One visit of one participant as last planned; never a status, which depends on the day of reading."""

    __tablename__ = "visit"
    __table_args__: ClassVar = (
        Index("visit_open_day", "assumed", "subject", sqlite_where=text("settled = ''")),
        Index("visit_done_day", "assumed", "subject", sqlite_where=text("settled <> ''")),
        Index("visit_anchor", "anchor_day", sqlite_where=text("settled = '' AND anchor_day <> ''")),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )
    subject: int = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    visit: str = Field(sa_type=Text)
    cycle: int
    day: int
    number: int
    day_kind: str = Field(sa_type=Text)
    regimen: str = Field(sa_type=Text)
    target: str = Field(sa_type=Text)
    earliest: str = Field(sa_type=Text)
    latest: str = Field(sa_type=Text)
    proposed: str = Field(sa_type=Text)
    booked: str = Field(sa_type=Text)
    booked_at: str = Field(sa_type=Text)
    moved: str = Field(sa_type=Text)
    performed: str = Field(sa_type=Text)
    performed_at: str = Field(sa_type=Text)
    assumed: str = Field(sa_type=Text)
    basis: str = Field(sa_type=Text)
    settled: str = Field(sa_type=Text)
    judged: str = Field(sa_type=Text)
    preferred: str = Field(sa_type=Text)
    outdated: int
    due_at: str = Field(sa_type=Text)
    decided: str = Field(sa_type=Text)
    anchor: str = Field(sa_type=Text)
    anchor_day: str = Field(sa_type=Text)
    problems: str = Field(sa_type=Text)


DERIVED_TABLES = ("visit", "derived")
KEPT_TABLES = (_FACTS, "head")
