"""Takes what can be read of a damaged study file into a new one, which never writes the damaged one.

Every fact keeps its number, its circumstances and the digests of its values; only the digest that joins it to the fact
before it is made again. In the place of a fact that cannot be read there is one that says so. So what refers to a fact
by its number stays right, and up to the first lost fact the chain is the one that pages and backups know.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded, Stamp
from app.domain.refusal import Refused
from app.private_files import make_file, make_folder
from app.storage import chain
from app.storage.sqlite import schema
from app.storage.sqlite.atomic_files import put_in_place, remove_with_side_files
from app.storage.sqlite.connection import Connection, connect, transaction
from app.storage.sqlite.fact_store import ADD_FACT, MOVE_HEAD, SqliteStore
from app.storage.sqlite.salvage import Raw, Salvage, circumstances_of, plain_row

_DIGESTS = chain.COLUMNS.index("digests")


def rescue(source: SqliteStore, target: Path, stamp: Stamp) -> Salvage:
    """Make a new study of what can be read of an open one; return what that is.

    Raises:
        Refused: something has the target's name, it cannot be written, or no fact can be read.
    """
    if target.exists():
        raise Refused("exists", path=str(target))
    found = source.salvaged or source.salvage()
    part = target.with_name(f".{target.name}.part")
    try:
        make_folder(target.parent)
        remove_with_side_files(part)
        try:
            make_file(part)
            connection = connect(part, True)
            try:
                _fill(connection, part, found, source.path.name, stamp)
            finally:
                connection.close()
            put_in_place(part, target)
        finally:
            remove_with_side_files(part)
    except OSError as error:
        raise Refused("unwritable", path=str(target), problem=(error.strerror or "an error").lower()) from None
    return found


def _fill(connection: Connection, part: Path, found: Salvage, name: str, stamp: Stamp) -> None:
    with transaction(connection, part):
        schema.create(connection)
        rows = list(_joined(found, stamp))
        connection.executemany(ADD_FACT, rows)
        connection.execute(MOVE_HEAD, rows[-1])
        store = SqliteStore(part, connection)
        told: dict[str, Json] = {
            "file": name,
            "head": str(found.head),
            "facts": len(found.rows),
            "lost": len(found.lost),
        }
        command = max(row["command"] for row in rows) + 1
        store.append(stamp, command, [NewFact("rescued", told), *_redacted_again(found)])
        if isinstance(store.verify(), Broken):
            raise Refused("damaged", path=name)


def _joined(found: Salvage, stamp: Stamp) -> Iterator[dict[str, Any]]:
    """Yield the rows of a new chain: the facts that can be read, and in the place of the others what says so."""
    digest = chain.START
    command = 1
    for record in found.records:
        row = found.rows.get(record.seq)
        made = _lost(record, digest, command, stamp) if row is None else _kept(row, digest)
        digest, command = made["digest"], made["command"]
        yield made


def _redacted_again(found: Salvage) -> Iterator[NewFact]:
    """Yield a redaction for each fact without some of its values of which the redaction itself cannot be read."""
    said: dict[int, set[str]] = {}
    for one in found.records:
        names = one.fields.get("names") if one.kind == "redaction" and one.seq in found.rows else None
        said.setdefault(one.about, set()).update(map(str, names if isinstance(names, list) else ()))
    for one in found.records:
        left = sorted(one.redacted - said.get(one.seq, set())) if one.seq in found.rows else []
        if left:
            fields: dict[str, Json] = {"names": [*left], "reason": "the redaction itself could not be read"}
            yield NewFact("redaction", fields, one.subject, one.seq, one.protocol)


def _kept(row: Raw, before: bytes) -> dict[str, Any]:
    digest = sha256(before + circumstances_of(row) + row[_DIGESTS]).digest()
    return dict(zip(chain.COLUMNS, (*plain_row(row)[:-1], digest), strict=True))


def _lost(record: Recorded, before: bytes, command: int, stamp: Stamp) -> dict[str, Any]:
    # Numbers of commands rise by one; the lost fact was of the command before it or of the next.
    command = record.command if record.command == command + 1 else command
    fact = NewFact(record.kind, record.fields, record.subject)
    (made,) = chain.rows_of(Head(record.seq - 1, before), "", command, stamp, [fact])
    return made
