"""The store as the services see it: the contract that every adapter keeps (see `app.storage`).

Only the module that opens a file names an adapter (`app.services.commands.study_file`).
`tests/storage/test_store_contract.py` holds the adapters to it.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from app.domain.calendar.entry_codec import Row
from app.domain.facts.branch import Branch
from app.domain.facts.chain_head import Broken, Head
from app.domain.facts.file_warning import BackupProblem, FileWarning
from app.domain.facts.person import Person
from app.domain.facts.records import NewFact, Recorded, Stamp
from app.progress import Progress


class CachedVisits(Protocol):
    """The visits as last planned, kept so that a week can be listed without planning everybody again.

    They can be thrown away at any time: the services plan them again. Where another program has changed them, a change
    throws all of them away. Days are texts (``2026-11-23``), so that they
    compare as days do. Everything that changes them happens inside a transaction of the store.
    """

    def made_by(self) -> tuple[str, str, str]:
        """Return what made them, the day they were planned on and their horizon; empty texts where there are none."""

    def restart(self, version: str, planned_on: str, horizon: str) -> None:
        """Throw all of them away and note what makes the new ones."""

    def replace(self, subject: int, rows: Sequence[Row]) -> None:
        """Put one participant's visits in the place of the earlier ones."""

    def change(self, subject: int, gone: Iterable[str], rows: Sequence[Row]) -> None:
        """Take away one participant's visits with these keys, then add these rows."""

    def add(self, rows: Sequence[Row]) -> None:
        """Add the visits of participants who have none yet."""

    def note_asked(self, subject: int, days: Iterable[date]) -> None:
        """Keep the days of which a participant's plan has asked whether they are closed (`Calendar.asked`)."""

    def without_asking(self, days: Iterable[date]) -> set[int]:
        """Return the participants whose plans are known to have asked of none of these days."""

    def first_and_last(self) -> tuple[str, ...]:
        """Return the first and the last day of all visits; nothing where none has a day."""

    def hold(self) -> bool:
        """Return whether every visit is as it was written; what another program has changed is not to be believed."""

    def open_between(self, first: str, last: str) -> list[Row]:
        """Return the open visits whose day is in first..last, both included."""

    def questioned_after(self, last: str) -> list[Row]:
        """Return the open visits booked for a day after `last` of which something has to be looked at."""

    def between(self, first: str, last: str) -> list[Row]:
        """Return the visits whose day is in first..last, both included, open or settled."""

    def waiting(self, today: str) -> list[Row]:
        """Return the open visits without a day, then those counted from a day that has passed unrecorded."""

    def to_check(self) -> list[Row]:
        """Return the performed visits without their outcome, and those with a day that nobody has looked at."""

    def first_open(self) -> list[Row]:
        """Return each participant's first open visit that has a day; suspended ones are left out."""

    def last_performed(self) -> list[Row]:
        """Return each participant's last visit that was performed."""

    def counts(self, today: str) -> list[tuple[int, int, int]]:
        """Return each participant with open visits: how many are overdue, and how many have something to look at."""

    def of_subject(self, subject: int) -> list[Row]:
        """Return one participant's visits."""

    def everything(self) -> list[Row]:
        """Return every visit by participant and key."""


class FactStore(Protocol):
    """One open study: a chain of facts in one order, that is only ever added to."""

    @property
    def path(self) -> Path:
        """The file, or what names the study where it is none."""

    @property
    def read_only(self) -> bool:
        """Whether nothing can be added."""

    @property
    def backup(self) -> bool:
        """Whether it is a backup of a study."""

    @property
    def recovered(self) -> bool:
        """Whether a process that was killed had had the study open."""

    @property
    def rolled_back(self) -> bool:
        """Whether that process was killed in the middle of a change, which was taken back."""

    @property
    def broken(self) -> Broken | None:
        """The first place where the chain did not hold, or a fact cannot be read; then nothing can be added."""

    @property
    def lost(self) -> Sequence[Recorded]:
        """The facts that cannot be read, each as the fact that says so; all others are given as ever."""

    @property
    def planned_elsewhere(self) -> str:
        """What made the visits of a table that only another release reads, in a file that is open for reading alone."""

    @property
    def visits(self) -> CachedVisits:
        """The cached visits."""

    def facts(
        self,
        subject: int | None = None,
        kinds: Sequence[str] = (),
        about: int | None = None,
        after: int = 0,
        subjects: Iterable[int] | None = None,
    ) -> list[Recorded]:
        """Return facts in their order: of one subject or of some, of some kinds, about one, after a number, or all."""

    def people(self) -> list[Person]:
        """Return every participant, in the order of their first facts."""

    def recorders(self) -> list[str]:
        """Return everybody who recorded something, in the order of their first facts."""

    def of_command(self, number: int) -> list[Recorded]:
        """Return the facts of one command; none where there is none of that number."""

    def fact(self, seq: int) -> Recorded | None:
        """Return the fact of that number; None where there is none."""

    def head(self) -> Head:
        """Return the last fact's number and digest; number 0 before the first fact."""

    def digest_of(self, seq: int) -> bytes:
        """Return the chain's digest at that fact; empty where there is none."""

    def last(self) -> tuple[int, str, int]:
        """Return the last command's number, when it was recorded, and the highest number of a participant."""

    def remembered(self, name: str) -> str:
        """Return what is remembered of the study under that name, outside the chain; empty where nothing is."""

    def verify(self, marks: dict[int, bytes] | None = None, progress: Progress | None = None) -> Broken | Head:
        """Return the head if every fact is as it was recorded, else the first place where one is not.

        `marks`: digests known from elsewhere (a printed page, a backup), by the number of their fact.
        """

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all that is done inside together at its end, or (when anything is raised) nothing of it.

        Raises:
            Refused: the chain is broken, or it cannot be written; nothing was changed.
        """

    def append(self, stamp: Stamp, command: int, facts: Sequence[NewFact]) -> Head:
        """Carry the chain on with the facts of one command, inside a transaction; return the new head."""

    def remember(self, name: str, value: str) -> None:
        """Remember a text under a name, inside a transaction; an empty one is forgotten. It may be lost at any time."""

    def redact(self, seq: int, names: Iterable[str]) -> None:
        """Take values out of a fact for good; the redaction that says so was added before, in the same transaction."""

    def close(self) -> None:
        """Give the study up, so that another process can open it."""


class Backup(Protocol):
    """One backup: its file, when it was made (UTC), and the number and digest of its last fact."""

    @property
    def path(self) -> Path:
        """Its file."""

    @property
    def at(self) -> datetime:
        """When it was made, in UTC."""

    @property
    def seq(self) -> int:
        """The number of its last fact."""

    @property
    def digest(self) -> str:
        """The digest of its last fact, as hexadecimal digits; empty where it was not looked up."""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file, as hexadecimal digits; empty where it was not looked up."""


class Backups(Protocol):
    """The backups of one open study."""

    @property
    def folder(self) -> Path:
        """The folder in which they are."""

    def listed(self, folder: Path | None = None) -> Sequence[Backup]:
        """Return all backups of that name, the oldest first, each with what its note says where it has one.

        Raises:
            Refused: their folder, or the given one, cannot be read.
        """

    def problem(self, backup: Path) -> BackupProblem:
        """Return what keeps a backup from counting as one; empty where it holds."""

    def newest(self, folder: Path | None = None) -> Backup | None:
        """Return the newest backup that counts: of this chain, and what was written; None where there is none.

        Raises:
            Refused: their folder, or the given one, cannot be read.
        """

    def newest_good(self) -> Backup | None:
        """Return the newest backup that is what was written, whatever the study itself holds; None for none.

        Raises:
            Refused: their folder cannot be read.
        """

    def check(self, on: str) -> Sequence[FileWarning]:
        """Read the newest backups until one of this chain holds, once a day; return those that do not, with why.

        Raises:
            Refused: their folder cannot be read.
        """

    def make(self, moment: datetime, folder: Path | None = None, progress: Progress | None = None) -> Path:
        """Back the study up, into its own folder of backups or another one; return the backup's file.

        Raises:
            Refused: it cannot be written, or the study's chain does not hold.
        """

    def noted(self, backup: Path) -> Backup | None:
        """Return what the note next to a backup says; None where there is none that can be read."""

    def heads(self) -> Mapping[int, bytes]:
        """Return the heads that the backups have witnessed, without those that the study goes on without."""

    def branches(self) -> Sequence[Branch]:
        """Return each branch of facts that backups have and the study lacks, unless it was settled."""

    def left_out(self) -> Sequence[str]:
        """Return the heads of the backups whose facts the study lacks, as a fact `restored` names them."""

    def having(self, number: int, start: str) -> Path | None:
        """Return a backup with a fact of that number whose digest begins so; None where none is found."""
