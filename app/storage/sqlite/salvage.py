"""Reads a damaged study file fact by fact: what can be read, and for the rest a fact that says so.

Where a page is damaged, SQLite ends every question that meets it. Each fact is then asked for by its number, and what
an index still knows of the others is taken from there.
"""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlcipher3.dbapi2 as sqlite

from app.domain.facts.chain_head import Head
from app.domain.facts.readable import UnreadableKind, fault_of, unreadable
from app.domain.facts.records import Recorded
from app.domain.facts.study_kinds import LOST
from app.storage import chain
from app.storage.sqlite.connection import Connection
from app.storage.survey import Survey, survey

_WHOLE_NUMBERS = frozenset({"seq", "command", "subject", "about"})
_BLOBS = frozenset({"salts", "digests", "digest"})
_RAW = ", ".join(name if name in _WHOLE_NUMBERS | _BLOBS else f"CAST({name} AS BLOB)" for name in chain.COLUMNS)
_NAMES, _LINES = chain.COLUMNS.index("names"), chain.COLUMNS.index("lines")
_SUBJECT, _KIND = chain.COLUMNS.index("subject"), chain.COLUMNS.index("kind")
Raw = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Salvage:
    """What a damaged file holds. `records`: every fact by its number; those that cannot be read say so.

    `rows`: the facts that can be read, by their number, as the file has them. `lost`: the facts that say so.
    """

    records: tuple[Recorded, ...]
    rows: dict[int, Raw]
    lost: tuple[Recorded, ...]
    head: Head

    def facts(
        self,
        subject: int | None = None,
        kinds: Sequence[str] = (),
        about: int | None = None,
        after: int = 0,
        subjects: Iterable[int] | None = None,
    ) -> list[Recorded]:
        """Return facts in their order, as `SqliteStore.facts` does; those that cannot be read are of any kind."""
        some = None if subjects is None else set(subjects)
        return [
            one
            for one in self.records
            if one.seq > after
            and (subject is None or one.subject == subject)
            and (some is None or one.subject in some)
            and (not kinds or one.kind in kinds or one.kind == LOST)
            and (about is None or one.about == about)
        ]

    def digest_of(self, seq: int) -> bytes:
        """Return the digest of a fact that can be read; empty for another."""
        return bytes(self.rows[seq][-1]) if seq in self.rows else b""

    def last(self) -> tuple[int, str, int]:
        """Return the last command's number, when it was recorded, and the highest number of a participant."""
        if not self.rows:
            return 0, "", 0
        records = [one for one in self.records if one.seq in self.rows]
        return records[-1].command, records[-1].recorded_at, max(one.subject for one in records)


def salvage(connection: Connection) -> Salvage | None:
    """Return what can be read over this connection; None where that is no fact at all."""
    noted = _head(connection)
    last = noted.seq
    most = _most_rows(connection)
    found = {row[0]: row for row in _rows(connection, last) if _is_sound(row) and 0 < row[0] <= most}
    numbers = sorted(found)
    subjects, kinds = _indexed(connection, "subject"), _indexed(connection, "kind")
    if not found and not last:
        return None
    bad = _survey(found, numbers)
    top = max([*numbers[-1:], *(seq for seq in subjects if seq <= most), 0])
    top = max(top, last if last <= most else top + 1)
    records: list[Recorded] = []
    rows: dict[int, Raw] = {}
    for seq in range(1, top + 1):
        row = found.get(seq)
        if row is None:
            why: UnreadableKind = "page_damaged" if seq in subjects else "fact_missing"
            lost = unreadable(seq, why, subjects.get(seq, 0), _text(kinds.get(seq, b"")))
            # Numbers of commands rise with those of facts.
            records.append(replace(lost, command=records[-1].command if records else 1))
            continue
        record = _read(row, bad)
        records.append(record)
        if record.kind == row[_KIND].decode(errors="replace") and seq not in bad.changed:
            rows[seq] = row
    given_up = tuple(one for one in records if one.seq not in rows)
    return Salvage(tuple(records), rows, given_up, noted if noted.seq else Head(top, bytes(found[numbers[-1]][-1])))


def _head(connection: Connection) -> Head:
    """Return the last fact as the file notes it; number 0 where that cannot be read."""
    with contextlib.suppress(sqlite.Error):
        row = connection.execute("SELECT seq, digest FROM head").fetchone()
        if row is not None and isinstance(row[0], int) and isinstance(row[1], bytes) and row[0] > 0:
            return Head(row[0], row[1])
    return Head(0, b"")


def _read(row: Raw, bad: Survey) -> Recorded:
    """Return a row as a fact, or the fact that says why it is none."""
    seq, subject, kind = int(row[0]), int(row[_SUBJECT]), _text(row[_KIND])
    if seq in bad.changed:
        lost = unreadable(seq, "changed_since", bad.moved.get(seq, subject), kind, bad.changed[seq])
        return replace(lost, command=int(row[1]))
    try:
        record = chain.recorded(plain_row(row))
    except (ValueError, RecursionError):
        return replace(unreadable(seq, "no_values", subject, kind), command=int(row[1]))
    fault = fault_of(record)
    if fault is None:
        return record
    return replace(unreadable(seq, fault[0], subject, kind, fault[1]), command=record.command)


def _is_text(at: int) -> bool:
    return chain.COLUMNS[at] not in _WHOLE_NUMBERS | _BLOBS


def _text(value: bytes) -> str:
    return value.decode(errors="replace")


def _is_sound(row: Raw) -> bool:
    """Return whether each value is of the type that its column has; damage to a page can change that."""
    return all(
        isinstance(value, int if name in _WHOLE_NUMBERS else bytes)
        for name, value in zip(chain.COLUMNS, row, strict=True)
    )


def _survey(found: dict[int, Raw], numbers: list[int]) -> Survey:
    subjects: list[int] = sorted({row[_SUBJECT] for row in found.values()})

    def with_subject(seq: int, subject: int) -> bytes:
        row = found[seq]
        return circumstances_of((*row[:_SUBJECT], subject, *row[_SUBJECT + 1 :]))

    checked = (_checked(found[seq]) for seq in numbers)
    return survey(checked, _redactions(found), subjects, with_subject, [row[-1] for row in found.values()])


def plain_row(row: Raw) -> list[Any]:
    """Return a row with its texts as texts.

    Raises:
        ValueError: one is none.
    """
    return [one.decode() if _is_text(at) else one for at, one in enumerate(row)]


def circumstances_of(row: Raw) -> bytes:
    """Return what the digest of a row covers next to its values' digests."""
    parts = (one if isinstance(one, bytes) else b"%d" % one for one in row[: len(chain.CIRCUMSTANCES)])
    return chain.BETWEEN.encode().join(parts)


def _checked(row: Raw) -> chain.Checked:
    return row[0], circumstances_of(row), row[_NAMES] != b"", row[_LINES], *row[_LINES + 1 :]


def _redactions(found: dict[int, Raw]) -> frozenset[tuple[int, str]]:
    records = []
    for row in found.values():
        if row[_KIND] == b"redaction":
            with contextlib.suppress(ValueError, RecursionError):
                records.append(chain.recorded(plain_row(row)))
    return chain.redactions_of(records)


def _rows(connection: Connection, last: int) -> Iterator[Raw]:
    """Yield every row that can be read; where one question for all fails, each is asked for by its number."""
    query = f"SELECT {_RAW} FROM fact"  # noqa: S608 - names of our own
    try:
        yield from connection.execute(query + " ORDER BY seq").fetchall()
    except sqlite.Error:
        top = max([last if last < 1 << 40 else 0, *_indexed(connection, "subject")])
        for seq in range(1, min(top, _most_rows(connection)) + 1):
            with contextlib.suppress(sqlite.Error):
                yield from connection.execute(query + " WHERE seq = ?", (seq,)).fetchall()


def _most_rows(connection: Connection) -> int:
    """Return more facts than the file has room for."""
    return int(connection.execute("PRAGMA page_count").fetchone()[0]) * 100


def _indexed(connection: Connection, name: str) -> dict[int, Any]:
    """Return what an index knows of each fact, without its row; nothing where the index cannot be read."""
    cast = name if name in _WHOLE_NUMBERS else f"CAST({name} AS BLOB)"
    query = f"SELECT seq, {cast} FROM fact INDEXED BY fact_{name} WHERE {name} IS NOT NULL"  # noqa: S608 - the same
    found: dict[int, Any] = {}
    with contextlib.suppress(sqlite.Error):
        for seq, value in connection.execute(query):
            if isinstance(seq, int) and seq > 0:
                found[seq] = value
    return found
