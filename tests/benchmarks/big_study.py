"""A study of years: the demo study's participants many times over, written through the storage in seconds.

The demo may come from another checkout: rows are added with the chain of today, which all releases share.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from app.domain.facts.chain_head import Head
from app.domain.facts.records import NewFact, Recorded, Stamp
from app.storage import chain
from app.storage.sqlite.connection import Connection, connect, transaction

FACTS_EACH = 61
"""The facts of a participant, on average."""
_STEP = 5000
_INSERT = f"INSERT INTO fact ({', '.join(chain.COLUMNS)}) VALUES ({', '.join('?' * len(chain.COLUMNS))})"


def grow(path: Path, participants: int, facts: int = 0) -> None:
    """Make a demo study larger, in place: so many participants more, and so many facts (61 each) in the end."""
    connection = connect(path, True)
    try:
        with transaction(connection, path):
            _Grower(connection).grow(participants, facts or participants * FACTS_EACH)
            connection.execute("DELETE FROM visit")
            connection.execute("DELETE FROM derived")
    finally:
        connection.close()


class _Grower:
    """Carries the chain on with copies of the participants who are in the study."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        rows = connection.execute(f"SELECT {', '.join(chain.COLUMNS)} FROM fact ORDER BY seq").fetchall()
        self._records = [chain.recorded(row) for row in rows]
        self._head = Head(rows[-1][0], rows[-1][-1])
        self._command = rows[-1][1]
        self._rows: list[Sequence[Any]] = []

    def grow(self, participants: int, facts: int) -> None:
        sources = sorted({one.subject for one in self._records if one.kind == "enrolled"})
        next_subject = max(one.subject for one in self._records) + 1
        copies: dict[int, list[int]] = {source: [] for source in sources}
        for number in range(participants):
            copies[sources[number % len(sources)]].append(next_subject + number)
        # In the order in which they were recorded, so that the facts of one participant lie far apart, as in life.
        for _command, group in groupby(self._records, key=lambda one: one.command):
            own = [one for one in group if one.subject in copies and one.about == 0]
            for subject, command in _of_each(own, copies):
                self._add(own[0], [_copy(one, subject) for one in command])
        like = next(one for one in self._records if one.kind == "enrolled")
        subjects = [subject for found in copies.values() for subject in found]
        for number in range(facts - self._head.seq):
            text = f"Telephoned; all is well ({number})."
            self._add(like, [NewFact("note", {"text": text}, subjects[number % len(subjects)], 0, like.protocol)])
        self._write()

    def _add(self, like: Recorded, facts: Sequence[NewFact]) -> None:
        self._command += 1
        at = datetime.fromisoformat(like.recorded_at).astimezone(UTC)
        stamp = Stamp(at, like.zone, date.fromisoformat(like.today), like.who, like.workstation, like.program)
        for row in chain.rows_of(self._head, "", self._command, stamp, facts):
            self._head = Head(row["seq"], row["digest"])
            self._rows.append(list(row.values()))
        if len(self._rows) >= _STEP:
            self._write()

    def _write(self) -> None:
        self._connection.executemany(_INSERT, self._rows)
        self._connection.execute("UPDATE head SET seq = ?, digest = ?", (self._head.seq, self._head.digest))
        self._rows.clear()


def _of_each(command: Sequence[Recorded], copies: dict[int, list[int]]) -> Iterator[tuple[int, Sequence[Recorded]]]:
    for source in sorted({one.subject for one in command}):
        for subject in copies[source]:
            yield subject, [one for one in command if one.subject == source]


def _copy(record: Recorded, subject: int) -> NewFact:
    fields = dict(record.fields)
    if "code" in fields:
        fields["code"] = f"{fields['code']}-{subject}"
    return NewFact(record.kind, json.loads(json.dumps(fields)), subject, 0, record.protocol)
