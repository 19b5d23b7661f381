"""The cached visits: what was last planned, kept so that a week can be listed without planning everybody again.

The table has one column for each value of a row (`app.domain.calendar.entry_codec`), so it follows the fields of an
entry by itself. It is a cache and is never migrated: a study file whose table has other columns, as a file of another
release may, gets a new, empty one when it is opened for writing (`open_file`); opened for reading, the table is left
alone and not used. One column for each value and not one body of JSON, because that was measured: a body wrote and
read as fast, within 5 %, and made the file 40 % larger.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from app.domain.calendar.entry_codec import COLUMNS, Row
from app.domain.refusal import Refused
from app.storage.sqlite import visit_seal
from app.storage.sqlite.connection import Connection, refusals
from app.storage.sqlite.days_codec import ordinals, packed
from app.storage.sqlite.file_format import QUESTIONED, SUSPENDED, TO_CHECK
from app.storage.sqlite.schema import make_cache_tables

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM visit "  # noqa: S608 - names of our own
_COUNTS = """
    SELECT subject,
        sum(assumed <> '' AND suspended = 0 AND (
            ((booked = assumed OR moved = assumed) AND assumed < :today)
            OR CASE latest WHEN '' THEN assumed ELSE latest END < :today)),
        sum(problems IS NOT NULL OR (counts_from_day <> '' AND counts_from_day < :today)
            OR (result_due <> '' AND result_due <= :today))
    FROM visit WHERE settled = '' GROUP BY subject
"""
_FIRST_AND_LAST = "SELECT min(assumed), max(assumed) FROM visit WHERE assumed <> ''"
_INSERT = f"INSERT INTO visit ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - the same
_MADE_BY = "INSERT INTO derived (id, version, planned_on, horizon, seal) VALUES (1, ?, ?, ?, x'')"
(_LIST,) = (index for index, kind in enumerate(COLUMNS.values()) if kind is list)


@dataclass
class VisitTable:
    """The cached visits of one open study file. `usable`: the file has the tables as this release makes them."""

    path: Path
    connection: Connection
    usable: bool = True
    _unsealed: set[int] | None = None
    _asked: dict[int, bytes] = field(default_factory=dict)
    _holds: bool | None = None

    def made_by(self) -> tuple[str, str, str]:
        """Return what made the cached visits, the day they were planned on, and their horizon; empty without any."""
        if not self.usable:
            return ("", "", "")
        with refusals(self.path):
            row = self.connection.execute(visit_seal.MADE_BY).fetchone()
        version, planned_on, horizon = (part.decode(errors="replace") for part in row[:3]) if row else ("", "", "")
        return version, planned_on, horizon

    def restart(self, version: str, planned_on: str, horizon: str) -> None:
        """Throw all cached visits away, inside a transaction; the caller plans everybody again."""
        make_cache_tables(self.connection)
        self.connection.execute(_MADE_BY, (version, planned_on, horizon))
        self._unsealed, self._holds = set(), True
        self._asked.clear()

    def replace(self, subject: int, rows: Sequence[Row]) -> None:
        """Put one participant's visits in the place of the earlier ones, inside a transaction."""
        if self._may_change():
            self._replace(subject, rows)

    def change(self, subject: int, gone: Iterable[str], rows: Sequence[Row]) -> None:
        """Take away one participant's visits with these keys and add these rows, inside a transaction."""
        if not self._may_change(subject):
            return
        self.connection.executemany("DELETE FROM visit WHERE subject = ? AND key = ?", [(subject, key) for key in gone])
        self._insert(subject, rows)

    def add(self, rows: Sequence[Row]) -> None:
        """Add the visits of participants who have none yet, inside a transaction."""
        if self._may_change():
            for subject, own in groupby(rows, key=itemgetter(0)):
                self._replace(subject, list(own))

    def _may_change(self, subject: int | None = None) -> bool:
        """Return whether the visits are as they were written; throw all of them away where they are not.

        Else the digests that are written afterwards would agree with what somebody else has changed.
        """
        if self._unsealed is None:
            if not visit_seal.is_sealed(self.connection):
                self.restart("", "", "")
                return False
            self._unsealed = set()
        if subject is not None and subject not in self._unsealed and not visit_seal.holds_for(self.connection, subject):
            self.restart("", "", "")
            return False
        return True

    def _replace(self, subject: int, rows: Sequence[Row]) -> None:
        self.connection.execute("DELETE FROM visit WHERE subject = ?", (subject,))
        self._insert(subject, rows)

    def _insert(self, subject: int, rows: Sequence[Row]) -> None:
        if self._unsealed is not None:
            self._unsealed.add(subject)
        if rows:
            self.connection.executemany(_INSERT, [tuple(_written(row)) for row in rows])

    def note_asked(self, subject: int, days: Iterable[date]) -> None:
        """Keep the days of which a participant's plan has asked whether they are closed, inside a transaction."""
        if self._may_change(subject):
            self._asked[subject] = packed(days)

    def without_asking(self, days: Iterable[date]) -> set[int]:
        """Return the participants whose plans are known to have asked of none of these days."""
        wanted = {day.toordinal() for day in days}
        with refusals(self.path):
            kept = self.connection.execute("SELECT subject, asked FROM visit_digest WHERE asked <> x''").fetchall()
        return {subject for subject, asked in kept if wanted.isdisjoint(ordinals(asked))}

    def seal(self) -> None:
        """Write the digests of what was changed, at the end of a transaction."""
        if self._unsealed is not None:
            visit_seal.seal(self.connection, self._unsealed, self._asked)
        self._unsealed = None
        self._asked.clear()

    def rolled_back(self) -> None:
        """Forget what was changed in a transaction that came to nothing."""
        self._unsealed = self._holds = None
        self._asked.clear()

    @property
    def proved(self) -> bool:
        """Whether every visit is known to be as it was written, without looking: since it was compared or made."""
        return self._holds is True

    @proved.setter
    def proved(self, known: bool) -> None:
        self._holds = known or None

    def hold(self) -> bool:
        """Return whether every cached visit is as it was written; the file is asked once as long as it is open."""
        if self._holds is None:
            try:
                with refusals(self.path):
                    self._holds = self.usable and visit_seal.holds(self.connection)
            except Refused as refused:
                if refused.kind != "damaged":
                    raise
                self._holds = False
        return self._holds

    def open_between(self, first: str, last: str) -> list[Row]:
        """Return the open visits whose day is in first..last."""
        return self._rows("settled = '' AND assumed >= ? AND assumed <= ?", first, last)

    def questioned_after(self, last: str) -> list[Row]:
        """Return the open visits booked for a day after `last` that have a problem."""
        return self._rows(f"{QUESTIONED} AND assumed > ?", last, index="visit_questioned")

    def between(self, first: str, last: str) -> list[Row]:
        """Return the visits, open or settled, whose day is in first..last."""
        return self._rows("assumed >= ? AND assumed <= ?", first, last)

    def waiting(self, today: str) -> list[Row]:
        """Return the open visits without a day or suspended, then those counted from an unrecorded past day."""
        unsure = "settled = '' AND suspended = 0 AND assumed <> '' AND counts_from_day <> '' AND counts_from_day < ?"
        undated = self._rows("settled = '' AND assumed = ''")
        suspended = self._rows(f"{SUSPENDED} AND assumed <> ''", index="visit_suspended")
        return [*undated, *suspended, *self._rows(unsure, today)]

    def to_check(self) -> list[Row]:
        """Return the performed visits without their outcome, and those with a day that nobody has looked at."""
        return self._rows(TO_CHECK)

    def first_open(self) -> list[Row]:
        """Return each participant's first open visit with a day; SQLite takes the row that has the least."""
        return self._each("min", "settled = '' AND suspended = 0 AND assumed <> ''")

    def last_performed(self) -> list[Row]:
        """Return each participant's last visit that was performed."""
        return self._each("max", "performed <> ''")

    def _each(self, which: str, where: str) -> list[Row]:
        by_day = f"{which}(assumed || printf('%04d', place))"
        query = f"SELECT {', '.join(COLUMNS)}, {by_day} FROM visit WHERE {where} GROUP BY subject"  # noqa: S608 - our own
        with refusals(self.path):
            found: list[Row] = [row[:-1] for row in self.connection.execute(query).fetchall()]
        return [row if row[_LIST] is None else _read(row) for row in found]

    def counts(self, today: str) -> list[tuple[int, int, int]]:
        """Return each participant with open visits: how many are overdue, and how many have something to look at."""
        with refusals(self.path):
            found: list[tuple[int, int, int]] = self.connection.execute(_COUNTS, {"today": today}).fetchall()
        return found

    def first_and_last(self) -> tuple[str, ...]:
        """Return the first and the last day of all cached visits; nothing where none has a day."""
        with refusals(self.path):
            found = self.connection.execute(_FIRST_AND_LAST).fetchone()
        return tuple(day for day in found if day is not None)

    def of_subject(self, subject: int) -> list[Row]:
        """Return one participant's cached visits."""
        return self._rows("subject = ?", subject)

    def everything(self) -> list[Row]:
        """Return every cached visit by participant and key, for comparing."""
        return self._rows("1 ORDER BY subject, key")

    def _rows(self, where: str, *values: str | int, index: str = "") -> list[Row]:
        """Return rows as the driver gives them: hundreds are read each morning, so nothing is made of them here.

        `index`: the one to use where SQLite takes another for as good, by the order in which they were made.
        """
        query = f"{_SELECT}{f'INDEXED BY {index} ' if index else ''}WHERE {where}"
        with refusals(self.path):
            found: list[Row] = self.connection.execute(query, values).fetchall()
        return [row if row[_LIST] is None else _read(row) for row in found]


def _written(row: Row) -> Row:
    return row if row[_LIST] is None else (*row[:_LIST], json.dumps(row[_LIST]), *row[_LIST + 1 :])


def _read(row: Row) -> Row:
    return (*row[:_LIST], json.loads(row[_LIST]), *row[_LIST + 1 :])
