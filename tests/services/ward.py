"""A ward with one open study and a clock that stands still, for the tests of the services."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.facts.kind import Json
from app.domain.facts.records import NewFact, Recorded
from app.domain.refusal import Refused
from app.exchange.calendar_json import calendar_document
from app.services.commands import configure_site, record, study_file
from app.services.commands import correct as undoing
from app.services.commands import enrol as enrolment
from app.services.commands.record import Saved
from app.services.queries.calendar import calendar_of
from app.services.study import visit_cache
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.storage.sqlite.fact_store import SqliteStore
from tests.storage.memory_store import MemoryStore, NoBackups

TODAY = date(2026, 12, 20)
"""A Sunday, four weeks after LI-001 was enrolled."""
PERSON: Mapping[str, object] = {
    "code": "LI-001", "protocol": "scanpan", "on": "2026-11-23", "country": "SE", "regimen": "AG",
}  # fmt: skip
PERSON_CN: Mapping[str, object] = {
    "code": "CJ-001", "protocol": "nct06873178", "on": "2026-11-23", "country": "CN", "regimen": "AG",
}  # fmt: skip
Told = tuple[str, dict[str, Json]]


class Ward:
    """One study in a folder, with what a nurse does to it."""

    def __init__(self, folder: Path, template: Path | None = None) -> None:
        self.folder = folder
        self.path = folder / "study.studyday"
        self.now = datetime(2026, 12, 20, 8, 0, tzinfo=UTC)
        self.today = TODAY
        self.environment = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: self.now)
        if template is None:
            self.study = study_file.new(self.path, self.environment, self.today, "ScanPan", anywhere=True)
        else:
            shutil.copyfile(template, self.path)
            self.study = study_file.open_file(self.path, self.environment, self.today)

    @classmethod
    def in_memory(cls, template: MemoryStore | None = None) -> "Ward":
        """The same over a study in memory, for what needs no file: a new one, or a copy of the template."""
        ward = cls.__new__(cls)
        ward.now, ward.today = datetime(2026, 12, 20, 8, 0, tzinfo=UTC), TODAY
        ward.environment = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: ward.now)
        if template is not None:
            store = template.copied()
        else:
            store = MemoryStore()
            store.append(ward.environment.stamp(TODAY), 1, [NewFact("study_made", {"name": "ScanPan"})])
        ward.study = Study(store, NoBackups(), ward.environment)
        return ward

    @property
    def memory(self) -> MemoryStore:
        """The store in memory under the services."""
        assert isinstance(self.study.store, MemoryStore)
        return self.study.store

    @property
    def sqlite(self) -> SqliteStore:
        """The study's file under the services."""
        assert isinstance(self.study.store, SqliteStore)
        return self.study.store

    # What is done

    def go_to(self, day: date | str) -> None:
        """Let the clock and the calendar day be that day."""
        self.today = date.fromisoformat(day) if isinstance(day, str) else day
        self.now = datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=UTC)

    def reopen(self, writing: bool = True) -> None:
        """Close the file and open it again."""
        self.study.close()
        self.study = study_file.open_file(self.path, self.environment, self.today, writing)

    def enrol(self, **more: object) -> Saved:
        """Enrol LI-001, or somebody else."""
        return enrolment.enrol(self.study, {**PERSON, **more}, self.today)

    def enrol_cn(self, sure: bool = False, **more: object) -> Saved:
        """Enrol CJ-001, or somebody else of that trial; `sure`: also long ago."""
        return enrolment.enrol(self.study, {**PERSON_CN, **more}, self.today, sure)

    def do(self, kind: str, code: Any = "LI-001", **fields: object) -> Saved:
        """Record a fact; what is asked about is confirmed."""
        return record.change(self.study, code, kind, fields, self.today, sure=True)

    def ask(self, kind: str, code: Any = "LI-001", **fields: object) -> Saved:
        """Record a fact; what is asked about is not confirmed."""
        return record.change(self.study, code, kind, fields, self.today)

    def set_study(self, facts: Sequence[NewFact]) -> Saved:
        """Record facts about the study; what is asked about is confirmed."""
        proposal = configure_site.propose_study(self.study, facts, self.today)
        return configure_site.save_study(self.study, proposal, sure=True)

    def site(self, **fields: object) -> Saved:
        """Describe a site."""
        given = {"name": "Linköping", "country": "SE", **fields}
        return self.set_study(configure_site.site_facts(self.study, given, self.today))

    def close_day(
        self, first: str, last: str = "", kind: str = "day_closed", reason: str = "", site: str = ""
    ) -> Saved:
        """Close days, or open them."""
        end = date.fromisoformat(last) if last else None
        begin = date.fromisoformat(first)
        return self.set_study(configure_site.day_facts(self.study, kind, begin, end, reason, site, self.today))

    def value(self, key: str, value: object, protocol: str = "", reason: str = "") -> Saved:
        """Set a site value."""
        return self.set_study(configure_site.value_facts(self.study, protocol, key, value, reason, self.today))

    def undo(self, command: int | None = None, sure: bool = True) -> Saved:
        """Take a command back; whoever is `sure` has confirmed what is asked about."""
        return undoing.save_correction(self.study, undoing.propose_undo(self.study, command, self.today), sure)

    def redo(self, command: int | None = None, sure: bool = True) -> Saved:
        """Bring an undone command back."""
        return undoing.save_correction(self.study, undoing.propose_redo(self.study, command, self.today), sure)

    def correct(self, seq: int, why: str = "typing error", **changes: object) -> Saved:
        """Correct a fact."""
        correction = undoing.propose_correction(self.study, seq, changes, why, self.today)
        return undoing.save_correction(self.study, correction)

    def not_included(self) -> None:
        """Make of the enrolment of LI-001 a consent: the participant is in screening."""
        enrolled = next(one for one in self.facts() if one.kind == "enrolled" and one.text("code") == "LI-001")
        self.correct(enrolled.seq, on=None, consented=enrolled.text("on"))

    def redact(self, seq: int, *names: str, reason: str = "a name stood there") -> Saved:
        """Take values out of a fact."""
        correction = undoing.propose_redaction(self.study, seq, names, reason, self.today)
        return undoing.save_correction(self.study, correction)

    # What is asked

    def calendar(self, code: str = "LI-001", today: date | None = None) -> Calendar:
        """A participant's calendar."""
        return calendar_of(self.study, code, today or self.today)[1]

    def document(self, code: str = "LI-001") -> dict[str, Any]:
        """A participant's calendar as plain data."""
        return calendar_document(self.calendar(code))

    def dates(self, code: str = "LI-001") -> dict[str, str]:
        """The assumed day of each visit."""
        return {entry.key: str(entry.assumed) for entry in self.calendar(code).entries}

    def target(self, visit: str, code: str = "LI-001") -> str:
        """A visit's target."""
        return str(self.calendar(code).by_key[visit].target)

    def facts(self, after: int = 0) -> list[Recorded]:
        """The facts after that number."""
        return [one for one in self.study.store.facts() if one.seq > after]

    def told(self, after: int = 0) -> list[Told]:
        """The facts after that number as kind and fields."""
        return [(one.kind, dict(one.fields)) for one in self.facts(after)]

    @property
    def last(self) -> int:
        """The number of the last fact."""
        return self.study.head().seq

    def seq(self, kind: str, visit: str = "") -> int:
        """The number of the last fact of that kind."""
        return [one.seq for one in self.facts() if one.kind == kind and (not visit or one.text("visit") == visit)][-1]

    def state(self) -> tuple[str, object]:
        """The head and the whole file, or all that is in memory."""
        if isinstance(self.study.store, MemoryStore):
            return str(self.study.head()), self.study.store.content()
        return str(self.study.head()), self.path.read_bytes()

    def table(self) -> list[tuple[Any, ...]]:
        """The cached visits."""
        return [tuple(row) for row in self.study.store.visits.everything()]

    def rebuilt(self) -> list[tuple[Any, ...]]:
        """The cached visits as they are when everybody is planned again."""
        visit_cache.rebuild(self.study, self.today)
        return self.table()

    def check_cached_visits(self) -> None:
        """The cached visits are those that planning everybody again gives."""
        kept = self.table()
        assert kept == self.rebuilt()


def refused(kind: str, work: Any, *args: Any, **given: Any) -> Refused:
    """The refusal of that kind which the work must end with."""
    with pytest.raises(Refused) as caught:
        work(*args, **given)
    assert caught.value.kind == kind, caught.value
    return caught.value


def days(number: int) -> timedelta:
    """So many days."""
    return timedelta(days=number)


def nurse(at: datetime = datetime(2026, 11, 23, 6, 45, tzinfo=UTC)) -> Environment:
    """A nurse at that moment."""
    return Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: at)
