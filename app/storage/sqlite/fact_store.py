"""One open study file: reads and adds facts, redacts values, and has the table of cached visits."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.person import Person
from app.domain.facts.readable import fault_of
from app.domain.facts.records import NewFact, Recorded, Stamp
from app.domain.refusal import Refused
from app.operating_system import identity_of
from app.progress import Progress
from app.storage import chain
from app.storage.sqlite.connection import Connection, refusals, transaction
from app.storage.sqlite.person_table import PersonTable
from app.storage.sqlite.salvage import Salvage, salvage
from app.storage.sqlite.visit_table import VisitTable
from app.storage.usual_facts import unusual

_READ = f"SELECT {', '.join(chain.COLUMNS[: chain.COLUMNS.index('salts')])} FROM fact"  # noqa: S608 - names of our own
"""The columns of which a fact is made."""
_ALL = f"SELECT {', '.join(chain.COLUMNS)} FROM fact"  # noqa: S608 - the same
_VALUES = ", ".join(f":{name}" for name in chain.COLUMNS)
ADD_FACT = f"INSERT INTO fact ({', '.join(chain.COLUMNS)}) VALUES ({_VALUES})"  # noqa: S608 - the same
"""Adds a row as `chain.rows_of` makes it."""
MOVE_HEAD = "UPDATE head SET seq = :seq, digest = :digest"
"""Makes such a row the chain's last fact."""
_STEP = 5000
"""Facts between two reports of progress."""
_TO_VERIFY = (
    f"SELECT seq, CAST(concat_ws(char(31), {', '.join(chain.CIRCUMSTANCES)}) AS BLOB), names <> '', "  # noqa: S608 - names of our own
    "CAST(lines AS BLOB), salts, digests, digest FROM fact WHERE seq > ? ORDER BY seq"
)
"""Every fact as `chain.verify` reads it: SQLite puts the digested circumstances together."""
_RECORDERS = "SELECT who FROM fact WHERE who <> '' GROUP BY who ORDER BY min(seq)"
_TO_READ = (
    "SELECT seq, kind, about, today, names, lines FROM fact "
    "WHERE seq > ?1 OR seq IN (SELECT about FROM fact WHERE kind = 'redaction' AND seq > ?1) ORDER BY seq"
)
_MOST = 2**63 - 1
"""The largest number that SQLite holds; somebody may type a larger one."""


@dataclass
class SqliteStore:
    """A study file as long as it is open. `read_only`: nothing can be added; `backup`: it is a backup of a study.

    `broken`: the first place where the chain does not hold, or a fact cannot be read. `recovered`: a killed process had
    had the file open; `rolled_back`: it was killed in the middle of a change. `unchanged`: the file is as this program
    left it earlier on the day, after it was checked completely. `identity`: the file that was opened, by device and
    number. `remembers`: the file has the table of what is remembered of it. `mended`: pages of what can be made again
    were damaged, and it was made again. `salvaged`: what can be read of a damaged file; every answer then comes from
    it. `planned_elsewhere`: what made the visits of a table of another release that is left alone, in a file open for
    reading. `visits`: the cached visits; `persons`: the table of participants.
    """

    path: Path
    connection: Connection
    read_only: bool = False
    backup: bool = False
    broken: Broken | None = None
    recovered: bool = False
    rolled_back: bool = False
    unchanged: bool = False
    identity: tuple[int, int] | None = None
    remembers: bool = True
    mended: bool = False
    salvaged: Salvage | None = None
    planned_elsewhere: str = ""
    on_close: list[Callable[[], None]] = field(default_factory=list)
    visits: VisitTable = field(init=False)
    persons: PersonTable = field(init=False)

    def __post_init__(self) -> None:
        """Add the tables of cached visits and of participants, over the same connection."""
        self.visits = VisitTable(self.path, self.connection)
        self.persons = PersonTable(self.path, self.connection, self.facts, self.digest_of)

    def first_unreadable(self, after: int = 0, progress: Progress | None = None) -> int:
        """Return the number of the first fact that cannot be read, though the chain holds; 0 where all can.

        `after`: a fact up to which all could be read; of those, what was redacted since is looked at again.
        """
        with refusals(self.path):
            for seq in unusual(self._counted(self.connection.execute(_TO_READ, (after,)), after, progress)):
                try:
                    row = self.connection.execute(f"{_READ} WHERE seq = ?", (seq,)).fetchone()
                    fault = fault_of(chain.recorded(row))
                except (ValueError, RecursionError):
                    return int(seq)
                if fault is not None:
                    return int(seq)
        return 0

    @property
    def lost(self) -> tuple[Recorded, ...]:
        """The facts that cannot be read, each as the fact that says so."""
        return self.salvaged.lost if self.salvaged is not None else ()

    def salvage(self) -> Salvage:
        """Read what can be read of a damaged file, for every answer from now on; nothing can be added.

        Raises:
            Refused: no fact can be read.
        """
        found = salvage(self.connection)
        if found is None:
            raise Refused("damaged", path=str(self.path))
        self.read_only, self.visits.usable, self.remembers, self.salvaged = True, False, False, found
        self.persons.usable = False
        return found

    # Reading

    def facts(
        self,
        subject: int | None = None,
        kinds: Sequence[str] = (),
        about: int | None = None,
        after: int = 0,
        subjects: Iterable[int] | None = None,
    ) -> list[Recorded]:
        """Return facts in their order: of one subject or of some, of some kinds, about one, after a number, or all."""
        if self.salvaged is not None:
            return self.salvaged.facts(subject, kinds, about, after, subjects)
        wanted: list[tuple[str, Sequence[Any]]] = []
        if subject is not None:
            wanted.append(("subject = ?", [subject]))
        if subjects is not None:
            some = sorted(subjects)
            wanted.append((f"subject IN ({_marks(some)})", some))
        if kinds:
            wanted.append((f"kind IN ({_marks(kinds)})", kinds))
        if about is not None:
            wanted.append(("about = ?", [about]))
        if after:
            wanted.append(("seq > ?", [after]))
        where = " AND ".join(condition for condition, _values in wanted) or "1"
        return self._records(where, *(value for _condition, values in wanted for value in values))

    def _records(self, where: str, *values: int | str) -> list[Recorded]:
        with refusals(self.path):
            found = self.connection.execute(f"{_READ} WHERE {where} ORDER BY seq", values)
            return [chain.recorded(row) for row in found]

    def people(self) -> list[Person]:
        """Return every participant, in the order of their first facts."""
        return self.persons.read()

    def recorders(self) -> list[str]:
        """Return everybody who recorded something, in the order of their first facts."""
        if self.salvaged is not None:
            return list(dict.fromkeys(one.who for one in self.salvaged.records if one.who))
        with refusals(self.path):
            found = self.connection.execute(_RECORDERS).fetchall()
        return [who for (who,) in found]

    def of_command(self, number: int) -> list[Recorded]:
        """Return the facts of one command; none where there is none of that number."""
        if self.salvaged is not None:
            return [one for one in self.salvaged.records if one.command == number]
        first, end = self._first_from(number), self._first_from(number + 1)
        return self._records("seq >= ? AND seq < ?", first, end)

    def _first_from(self, command: int) -> int:
        """Return the number of the first fact of that command or a later one; they rise together."""
        low, high = 1, self.head().seq + 1
        with refusals(self.path):
            while low < high:
                middle = (low + high) // 2
                found = self._value("SELECT command FROM fact WHERE seq = ?", middle)
                if found is not None and found < command:
                    low = middle + 1
                else:
                    high = middle
        return low

    def fact(self, seq: int) -> Recorded | None:
        """Return the fact of that number; None where there is none."""
        if self.salvaged is not None:
            return next((one for one in self.salvaged.records if one.seq == seq), None)
        if abs(seq) > _MOST:
            return None
        return next(iter(self._records("seq = ?", seq)), None)

    def head(self) -> Head:
        """Return the last fact."""
        if self.salvaged is not None:
            return self.salvaged.head
        with refusals(self.path):
            row = self.connection.execute("SELECT seq, digest FROM head").fetchone()
        return Head(row[0], row[1]) if row is not None and row[0] else chain.EMPTY

    def digest_of(self, seq: int) -> bytes:
        """Return the chain's digest at that fact; empty where there is none."""
        if self.salvaged is not None:
            return self.salvaged.digest_of(seq)
        if abs(seq) > _MOST:
            return b""
        with refusals(self.path):
            found = self._value("SELECT digest FROM fact WHERE seq = ?", seq)
        return bytes(found) if found is not None else b""

    def _value(self, query: str, key: int | str) -> Any:
        row = self.connection.execute(query, (key,)).fetchone()
        return row[0] if row is not None else None

    def last(self) -> tuple[int, str, int]:
        """Return the last command's number, when it was recorded, and the highest number of a participant."""
        if self.salvaged is not None:
            return self.salvaged.last()
        with refusals(self.path):
            found = self.connection.execute(
                "SELECT command, recorded_at, (SELECT MAX(subject) FROM fact) FROM fact ORDER BY seq DESC LIMIT 1"
            ).fetchone()
        return (found[0], found[1], found[2]) if found is not None else (0, "", 0)

    def remembered(self, name: str) -> str:
        """Return what is remembered under that name; empty where nothing is."""
        if not self.remembers:
            return ""
        with refusals(self.path):
            return self._value("SELECT value FROM state WHERE name = ?", name) or ""

    def verify(
        self, marks: dict[int, bytes] | None = None, progress: Progress | None = None, after: Head = chain.EMPTY
    ) -> Broken | Head:
        """Return the head of the chain if every fact is as it was recorded, else the first place where it is not.

        `marks`: digests known from elsewhere (a printed page, a backup), by the number of their fact. `after`: a fact
        up to which the chain is known to hold.
        """
        if self.salvaged is not None and self.broken is not None:
            return self.broken
        with refusals(self.path):
            found = chain.verify(self._rows(progress, after.seq), self._redactions(), marks or {}, after)
        head = self.head()
        if isinstance(found, Head) and found != head:
            return Broken(min(found.seq, head.seq) + 1, "cut_off")
        return found

    def _rows(self, progress: Progress | None, after: int) -> Iterator[chain.Checked]:
        return self._counted(self.connection.execute(_TO_VERIFY, (after,)), after, progress)

    def _counted(self, rows: Iterable[Any], after: int, progress: Progress | None) -> Iterator[Any]:
        total = self.head().seq if progress is not None else 0
        for done, row in enumerate(rows, start=after + 1):
            yield row
            if progress is not None and (done % _STEP == 0 or done == total):
                progress(done, total)

    def _redactions(self) -> frozenset[tuple[int, str]]:
        found = []
        for row in self.connection.execute(f"{_READ} WHERE kind = 'redaction'"):
            with suppress(ValueError):  # no longer JSON: the chain is broken there
                found.append(chain.recorded(row))
        return chain.redactions_of(found)

    # Adding

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is done inside together at its end, or nothing of it.

        Raises:
            Refused: it cannot be written; nothing was changed.
        """
        if self.broken is not None:
            raise Refused("chain_broken", path=str(self.path), seq=self.broken.seq)
        self._must_be_there()
        try:
            with transaction(self.connection, self.path):
                yield
                self.persons.bring_up(self.head())
                self.visits.seal()
                self._must_be_there()
        except BaseException:
            self.visits.rolled_back()
            raise

    def _must_be_there(self) -> None:
        """Refuse when the file was moved or deleted: SQLite would go on writing where nobody finds it."""
        if self.identity is not None and identity_of(self.path) != self.identity:
            raise Refused("file_gone", path=str(self.path))

    def append(self, stamp: Stamp, command: int, facts: Sequence[NewFact]) -> Head:
        """Carry the chain on with the facts of one command, inside a transaction."""
        rows = list(chain.rows_of(self.head(), self.last()[1], command, stamp, facts))
        if rows:
            self.connection.executemany(ADD_FACT, rows)
            self.connection.execute(MOVE_HEAD, rows[-1])
        return self.head()

    def remember(self, name: str, value: str) -> None:
        """Remember a text of the file under a name, outside the chain, inside a transaction; an empty one is forgotten.

        It may be lost at any time, and be changed by anybody: nothing that people recorded is kept so.
        """
        self.connection.execute("DELETE FROM state WHERE name = ?", (name,))
        if value:
            self.connection.execute("INSERT INTO state (name, value) VALUES (?, ?)", (name, value))

    def redact(self, seq: int, names: Iterable[str]) -> None:
        """Take values out of a fact; the redaction that says so has been added before, in the same transaction."""
        row = self.connection.execute(f"{_ALL} WHERE seq = ?", (seq,)).fetchone()
        lines, salts = chain.redact(row, frozenset(names))
        self.connection.execute("UPDATE fact SET lines = ?, salts = ? WHERE seq = ?", (lines, salts, seq))

    def close(self) -> None:
        """Close the file; afterwards there is no note and no journal next to it."""
        # While the lock still holds, so that the removed note is not that of the next process to open the file.
        for then in self.on_close:
            then()
        self.connection.close()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
