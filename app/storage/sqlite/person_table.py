"""The table of participants: who is in the study, kept so that a code is found without reading every enrolment.

It is made of the facts up to one of them, which it names. A seal over that fact's digest and every row shows whether
anybody else has changed it; what was recorded since is read from the facts. So it is never asked whether it is current,
and it can be thrown away at any time.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from app.domain.facts.chain_head import Head
from app.domain.facts.person import NAMING_KINDS, Person, persons_of
from app.domain.facts.records import Recorded
from app.domain.refusal import Refused
from app.storage.sqlite.connection import Connection, refusals

_TOUCHED = (
    "SELECT subject FROM fact WHERE kind IN ('screened', 'enrolled', 'included', 'fact_lost') "
    "AND subject > 0 AND seq > ?1 UNION "
    "SELECT own.subject FROM fact AS own JOIN fact AS other ON other.seq = own.about "
    "WHERE own.kind IN ('correction', 'redaction') AND own.seq > ?1 AND own.subject > 0 "
    "AND other.kind IN ('screened', 'enrolled', 'included', 'correction')"
)
_ROWS = "SELECT subject, code, protocol, centre, country, enrolled_on FROM person ORDER BY subject"
_INSERT = "INSERT INTO person (subject, code, protocol, centre, country, enrolled_on) VALUES (?, ?, ?, ?, ?, ?)"
MOST_TOUCHED = 1000
"""Where more participants than these have new facts, everybody is read again."""
Row = tuple[int, str, str, str, str, str]


@dataclass
class PersonTable:
    """The table of one open study file. `usable`: the file has it as this release makes it.

    `facts` and `digest_of`: how the store reads facts, and the chain's digest at one.
    """

    path: Path
    connection: Connection
    facts: Callable[..., list[Recorded]]
    digest_of: Callable[[int], bytes]
    usable: bool = False

    def read(self) -> list[Person]:
        """Return every participant, in the order of their first facts."""
        kept = self._kept()
        if kept is None:
            return persons_of(self.facts(kinds=NAMING_KINDS))
        seq, rows = kept
        touched = self._touched(seq)
        if len(touched) > MOST_TOUCHED:
            return persons_of(self.facts(kinds=NAMING_KINDS))
        found = {row[0]: _person_of(row) for row in rows if row[0] not in touched}
        if touched:
            found.update((person.subject, person) for person in self._read_again(touched))
        return [found[subject] for subject in sorted(found)]

    def bring_up(self, head: Head) -> None:
        """Take over what was recorded since the table was made, at the end of a transaction."""
        if not self.usable:
            return
        noted = self.connection.execute("SELECT seq FROM person_seal").fetchone()
        made = noted is not None and noted[0] <= head.seq
        touched = self._touched(noted[0]) if made else set()
        if made and not touched:
            return
        kept = self._kept()
        if kept is None or len(touched) > MOST_TOUCHED:
            self.connection.execute("DELETE FROM person")
            added = persons_of(self.facts(kinds=NAMING_KINDS))
        else:
            self.connection.executemany("DELETE FROM person WHERE subject = ?", [(one,) for one in touched])
            added = self._read_again(touched)
        self.connection.executemany(_INSERT, [_row_of(person) for person in added])
        rows = self.connection.execute(_ROWS).fetchall()
        self.connection.execute("DELETE FROM person_seal")
        values = (head.seq, _seal_of(head.seq, self.digest_of(head.seq), rows))
        self.connection.execute("INSERT INTO person_seal (id, seq, seal) VALUES (1, ?, ?)", values)

    def _read_again(self, touched: set[int]) -> list[Person]:
        return persons_of(self.facts(kinds=NAMING_KINDS, subjects=touched))

    def _kept(self) -> tuple[int, list[Row]] | None:
        """Return the fact that the table was made of and its rows; None where it is not as it was written."""
        if not self.usable:
            return None
        try:
            with refusals(self.path):
                noted = self.connection.execute("SELECT seq, seal FROM person_seal").fetchone()
                rows = self.connection.execute(_ROWS).fetchall() if noted is not None else []
        except Refused as refused:
            if refused.kind != "damaged":
                raise
            return None
        if noted is None:
            return None
        digest = self.digest_of(noted[0])
        return (noted[0], rows) if digest and noted[1] == _seal_of(noted[0], digest, rows) else None

    def _touched(self, seq: int) -> set[int]:
        return {subject for (subject,) in self.connection.execute(_TOUCHED, (seq,))}


def _row_of(person: Person) -> Row:
    day = person.enrolled_on.isoformat() if person.enrolled_on is not None else ""
    return (person.subject, person.code, person.protocol, person.centre, person.country, day)


def _person_of(row: Row) -> Person:
    return Person(*row[:5], date.fromisoformat(row[5]) if row[5] else None)


def _seal_of(seq: int, digest: bytes, rows: Sequence[Row]) -> bytes:
    seal = sha256(b"%d %b " % (seq, digest))
    seal.update(json.dumps(rows).encode())
    return seal.digest()
