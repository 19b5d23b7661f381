"""A store in memory, for tests that need no file; it keeps the contract of `app.services.study.ports`."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.domain.calendar.entry_codec import AT, Row
from app.domain.facts.branch import Branch
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.file_warning import BackupProblem, FileWarning
from app.domain.facts.person import NAMING_KINDS, Person, persons_of
from app.domain.facts.records import NewFact, Recorded, Stamp
from app.domain.refusal import Refused
from app.progress import Progress
from app.services.study.ports import Backup
from app.storage import chain

_SUBJECT, _KEY, _SETTLED, _ASSUMED = AT["subject"], AT["key"], AT["settled"], AT["assumed"]
_ANCHOR_DAY = AT["counts_from_day"]


def _by_day(row: Row) -> tuple[str, int]:
    return row[_ASSUMED], row[AT["place"]]


class MemoryVisits:
    """The cached visits, by participant and key."""

    def __init__(self) -> None:
        self._made_by = ("", "", "")
        self._rows: dict[tuple[int, str], Row] = {}
        self._asked: dict[int, frozenset[date]] = {}

    def made_by(self) -> tuple[str, str, str]:
        return self._made_by

    def restart(self, version: str, planned_on: str, horizon: str) -> None:
        self._made_by = (version, planned_on, horizon)
        self._rows, self._asked = {}, {}

    def replace(self, subject: int, rows: Sequence[Row]) -> None:
        self.change(subject, [key for of, key in self._rows if of == subject], rows)

    def change(self, subject: int, gone: Iterable[str], rows: Sequence[Row]) -> None:
        for key in gone:
            self._rows.pop((subject, key), None)
        self.add(rows)

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            name = (row[_SUBJECT], row[_KEY])
            assert name not in self._rows, name
            self._rows[name] = tuple(row)

    def note_asked(self, subject: int, days: Iterable[date]) -> None:
        self._asked[subject] = frozenset(days)

    def without_asking(self, days: Iterable[date]) -> set[int]:
        wanted = set(days)
        return {subject for subject, asked in self._asked.items() if asked and asked.isdisjoint(wanted)}

    def first_and_last(self) -> tuple[str, ...]:
        days = [row[_ASSUMED] for row in self.everything() if row[_ASSUMED]]
        return (min(days), max(days)) if days else ()

    def hold(self) -> bool:
        return True

    def open_between(self, first: str, last: str) -> list[Row]:
        return [row for row in self._open() if row[_ASSUMED] and first <= row[_ASSUMED] <= last]

    def questioned_after(self, last: str) -> list[Row]:
        later = (row for row in self._open() if row[_ASSUMED] > last and row[AT["booked"]] == row[_ASSUMED])
        return [row for row in later if row[AT["problems"]] is not None]

    def between(self, first: str, last: str) -> list[Row]:
        return [row for row in self.everything() if row[_ASSUMED] and first <= row[_ASSUMED] <= last]

    def waiting(self, today: str) -> list[Row]:
        waiting = [row for row in self._open() if not row[_ASSUMED] or row[AT["suspended"]]]
        dated = [row for row in self._open() if row[_ASSUMED] and not row[AT["suspended"]]]
        return [*waiting, *(row for row in dated if row[_ANCHOR_DAY] and row[_ANCHOR_DAY] < today)]

    def to_check(self) -> list[Row]:
        done = (row for row in self.everything() if row[AT["settled"]] == "performed")
        return [row for row in done if row[AT["undecided"]] or row[AT["unclassed"]]]

    def first_open(self) -> list[Row]:
        open_ = [row for row in self._open() if row[_ASSUMED] and not row[AT["suspended"]]]
        return self._each(sorted(open_, key=_by_day, reverse=True))

    def last_performed(self) -> list[Row]:
        return self._each(sorted((row for row in self.everything() if row[AT["performed"]]), key=_by_day))

    def _each(self, rows: Iterable[Row]) -> list[Row]:
        """The last one of each participant."""
        return list({row[_SUBJECT]: row for row in rows}.values())

    def counts(self, today: str) -> list[tuple[int, int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for row in self._open():
            arranged = row[_ASSUMED] in (row[AT["booked"]], row[AT["moved"]]) and row[_ASSUMED] < today
            is_late = arranged or (row[AT["latest"]] or row[_ASSUMED]) < today
            late = bool(row[_ASSUMED]) and not row[AT["suspended"]] and is_late
            due = row[AT["result_due"]]
            asks = row[AT["problems"]] is not None or bool(due and due <= today)
            asks = asks or bool(row[_ANCHOR_DAY] and row[_ANCHOR_DAY] < today)
            overdue, notices = found.get(row[_SUBJECT], (0, 0))
            found[row[_SUBJECT]] = (overdue + late, notices + asks)
        return [(subject, *numbers) for subject, numbers in found.items()]

    def of_subject(self, subject: int) -> list[Row]:
        return [row for row in self.everything() if row[_SUBJECT] == subject]

    def everything(self) -> list[Row]:
        return [row for _name, row in sorted(self._rows.items())]

    def _open(self) -> Iterator[Row]:
        return (row for row in self.everything() if not row[_SETTLED])

    def copied(self) -> "MemoryVisits":
        """The same visits, apart from these."""
        other = MemoryVisits()
        other._made_by, other._rows, other._asked = self._made_by, dict(self._rows), dict(self._asked)
        return other


class MemoryStore:
    """The chain as a list of rows, each as `app.storage.chain` makes it."""

    read_only = backup = recovered = rolled_back = False
    planned_elsewhere = ""
    lost: tuple[Recorded, ...] = ()

    def __init__(self) -> None:
        self.path = Path("in memory.studyday")
        self.broken: Broken | None = None
        self.rows: list[tuple[Any, ...]] = []
        self.visits = MemoryVisits()
        self.state: dict[str, str] = {}

    def content(self) -> object:
        """All that is in it, for comparing."""
        return list(self.rows), self.visits.made_by(), self.visits.everything()

    def copied(self) -> "MemoryStore":
        """A study of its own with the same facts and visits."""
        other = MemoryStore()
        other.rows, other.visits, other.state = list(self.rows), self.visits.copied(), dict(self.state)
        return other

    def facts(
        self,
        subject: int | None = None,
        kinds: Sequence[str] = (),
        about: int | None = None,
        after: int = 0,
        subjects: Iterable[int] | None = None,
    ) -> list[Recorded]:
        wanted = None if subjects is None else set(subjects)
        return [
            one
            for one in map(chain.recorded, self.rows[after:])
            if (subject is None or one.subject == subject)
            and (wanted is None or one.subject in wanted)
            and (not kinds or one.kind in kinds)
            and (about is None or one.about == about)
        ]

    def people(self) -> list[Person]:
        return persons_of(self.facts(kinds=NAMING_KINDS))

    def recorders(self) -> list[str]:
        return list(dict.fromkeys(one.who for one in self.facts() if one.who))

    def of_command(self, number: int) -> list[Recorded]:
        return [one for one in map(chain.recorded, self.rows) if one.command == number]

    def fact(self, seq: int) -> Recorded | None:
        return chain.recorded(self.rows[seq - 1]) if 0 < seq <= len(self.rows) else None

    def head(self) -> Head:
        return Head(len(self.rows), self.rows[-1][-1]) if self.rows else chain.EMPTY

    def digest_of(self, seq: int) -> bytes:
        return bytes(self.rows[seq - 1][-1]) if 0 < seq <= len(self.rows) else b""

    def last(self) -> tuple[int, str, int]:
        if not self.rows:
            return 0, "", 0
        row = dict(zip(chain.COLUMNS, self.rows[-1], strict=True))
        subject = chain.COLUMNS.index("subject")
        return row["command"], row["recorded_at"], max(one[subject] for one in self.rows)

    def remembered(self, name: str) -> str:
        return self.state.get(name, "")

    def remember(self, name: str, value: str) -> None:
        self.state[name] = value

    def verify(self, marks: dict[int, bytes] | None = None, progress: Progress | None = None) -> Broken | Head:
        redacted = chain.redactions_of(self.facts(kinds=("redaction",)))
        found = chain.verify(map(chain.checked, self.rows), redacted, marks or {})
        if progress is not None and self.rows:
            progress(len(self.rows), len(self.rows))
        return found

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self.broken is not None:
            raise Refused("chain_broken", path=str(self.path), seq=self.broken.seq)
        rows, visits, state = list(self.rows), self.visits.copied(), dict(self.state)
        try:
            yield
        except BaseException:
            self.rows, self.visits, self.state = rows, visits, state
            raise

    def append(self, stamp: Stamp, command: int, facts: Sequence[NewFact]) -> Head:
        for row in chain.rows_of(self.head(), self.last()[1], command, stamp, facts):
            self.rows.append(tuple(row.values()))
        return self.head()

    def redact(self, seq: int, names: Iterable[str]) -> None:
        row = dict(zip(chain.COLUMNS, self.rows[seq - 1], strict=True))
        row["lines"], row["salts"] = chain.redact(self.rows[seq - 1], frozenset(names))
        self.rows[seq - 1] = tuple(row.values())

    def close(self) -> None:
        """Nothing to give up."""


class NoBackups:
    """A study in memory has no backups."""

    folder = Path("/nowhere")

    def listed(self, folder: Path | None = None) -> list[Backup]:
        return []

    def make(self, moment: datetime, folder: Path | None = None, progress: Progress | None = None) -> Path:
        raise Refused("backup_failed", path=str(folder))

    def noted(self, backup: Path) -> Backup | None:
        return None

    def problem(self, backup: Path) -> BackupProblem:
        return "backup_no_note"

    def newest(self, folder: Path | None = None) -> Backup | None:
        return None

    def newest_good(self) -> Backup | None:
        return None

    def check(self, on: str) -> list[FileWarning]:
        return []

    def heads(self) -> dict[int, bytes]:
        return {}

    def branches(self) -> list[Branch]:
        return []

    def left_out(self) -> list[str]:
        return []

    def having(self, number: int, start: str) -> Path | None:
        return None
