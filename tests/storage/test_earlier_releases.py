"""Study files of earlier releases of the program, with invented patients: what is in them is as it was.

Each was made by that release itself, with the calendars that it showed. To add one: a study with some facts of each
sort, the agenda asked for once, closed; `NAME.studyday.gz` and `NAME_calendars.tsv` in `fixtures`.
"""

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.calendar.agenda import Agenda
from app.protocols.library import hash_of, read_protocol, shipped_ids, texts_of
from app.services.commands import record, study_file
from app.services.commands.verify import repair_cached_visits, verify
from app.services.queries.agenda import agenda
from app.services.queries.calendar import calendar_of
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.services.study.visit_cache import VERSION
from tests.storage.study_files import raw

FIXTURES = Path(__file__).with_name("fixtures")
TODAY = date(2026, 12, 20)
NOW = datetime(2026, 12, 20, 9, tzinfo=UTC)
COLUMNS = (
    "participant", "visit", "target", "earliest", "latest", "proposed", "booked", "moved", "performed", "status",
)  # fmt: skip
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: NOW)


HEADS = {"study_0_1_0": "23 · ed63 7467 245c 0887", "study_schema_2": "41 · 5b67 a92c 0b94 47b0"}
"""The head of the chain as the release itself showed it."""


@pytest.fixture(params=[*HEADS])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(tmp_path: Path, name: str) -> Path:
    made = tmp_path / f"{name}.studyday"
    made.write_bytes(gzip.decompress((FIXTURES / f"{name}.studyday.gz").read_bytes()))
    return made


@pytest.fixture(params=[True, False], ids=["to be worked in", "read-only"])
def study(path: Path, request: pytest.FixtureRequest) -> Iterator[Study]:
    study = study_file.open_file(path, NURSE, TODAY, writing=request.param)
    yield study
    study.close()


def shown(name: str) -> list[dict[str, str]]:
    """The visits as the release itself showed them."""
    with (FIXTURES / f"{name}_calendars.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def visits(study: Study) -> list[dict[str, str]]:
    """The same as they are shown now."""
    found = []
    for code in ("LI-001", "LI-002"):
        for entry in calendar_of(study, code, TODAY)[1].entries:
            days = (entry.target, entry.earliest, entry.latest, entry.proposed, entry.booked, entry.moved)
            texts = [str(day) if day is not None else "" for day in (*days, entry.performed)]
            row = (code, entry.key, *texts, entry.status.value)
            found.append(dict(zip(COLUMNS, row, strict=True)))
    return found


def place(row: dict[str, str]) -> tuple[str, str]:
    return row["participant"], row["visit"]


def keys(found: Agenda) -> list[tuple[str, str, str]]:
    rows = (*found.pressing, *found.now, *found.coming, *found.waiting)
    return sorted((row.participant, row.entry.key, row.entry.status.value) for row in rows)


def due_in(rows: list[dict[str, str]]) -> set[tuple[str, str]]:
    """The visits that are due or overdue among those."""
    return {(row["participant"], row["visit"]) for row in rows if row["status"] in ("due", "overdue")}


def last_of(name: str) -> int:
    """The number of the last fact that the release recorded."""
    return int(HEADS[name].partition(" ")[0])


def test_the_chain_holds(study: Study, name: str) -> None:
    # Opened to be worked in, it has a fact more: that it was migrated.
    assert (study.store.broken, study.head().seq) == (None, last_of(name) + (not study.store.read_only))
    assert verify(study, HEADS[name]).broken is None
    assert study.facts.name == "Invented patients"


def test_the_calendars_are_those_that_the_release_showed(study: Study, name: str) -> None:
    # In the order of their keys: within a day, the release had another order.
    assert sorted(visits(study), key=place) == sorted(shown(name), key=place)


def test_the_agenda_has_what_the_release_showed_as_due(study: Study, name: str) -> None:
    found = agenda(study, TODAY)
    assert {(code, visit) for code, visit, status in keys(found) if status in ("due", "overdue")} == due_in(shown(name))


def test_cached_visits_of_the_first_release_are_not_used(tmp_path: Path) -> None:
    path = tmp_path / "first.studyday"
    path.write_bytes(gzip.decompress((FIXTURES / "study_0_1_0.studyday.gz").read_bytes()))
    study = study_file.open_file(path, NURSE, TODAY, writing=False)
    assert study.store.visits.made_by() == ("", "", "")
    study.close()


def test_opened_for_reading_every_byte_stays(path: Path) -> None:
    before = path.read_bytes()
    study = study_file.open_file(path, NURSE, TODAY, writing=False)
    agenda(study, TODAY)
    study.close()
    assert path.read_bytes() == before


def test_opened_for_reading_it_is_said_that_its_visits_are_planned_by_other_rules(study: Study) -> None:
    said = [one.kind for one in study.warnings]
    assert said.count("planned_before_unseen") == study.store.read_only
    assert not set(said) & {"planned_before_unknown"}


def test_opened_for_writing_the_cached_visits_are_made_again_and_the_facts_stay(path: Path, name: str) -> None:
    with raw(path) as connection:
        facts = connection.execute("SELECT * FROM fact ORDER BY seq").fetchall()
    study = study_file.open_file(path, NURSE, TODAY)
    # Today's rules give them the same days, so nobody is asked.
    assert study.before is None
    assert study.store.visits.made_by()[0] == VERSION
    assert keys(agenda(study, TODAY))
    assert len(study.store.visits.everything()) == len(shown(name))
    assert not repair_cached_visits(study, TODAY)
    study.close()
    with raw(path) as connection:
        assert connection.execute("SELECT * FROM fact WHERE kind <> 'migrated' ORDER BY seq").fetchall() == facts
        added = connection.execute("SELECT seq, kind FROM fact WHERE seq > ?", (last_of(name),)).fetchall()
        assert added == [(last_of(name) + 1, "migrated")]
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)


def test_it_takes_a_new_fact(path: Path, name: str) -> None:
    study = study_file.open_file(path, NURSE, TODAY)
    saved = record.change(study, "LI-001", "performed", {"visit": "SP-C02#2", "on": "2026-12-19"}, TODAY)
    assert saved.head.seq == last_of(name) + 2
    study.close()
    study = study_file.open_file(path, NURSE, TODAY)
    assert study.store.broken is None
    assert calendar_of(study, "LI-001", TODAY)[1].by_key["SP-C02#2"].performed == date(2026, 12, 19)
    study.close()


def test_a_shipped_protocol_whose_text_is_not_that_of_a_release_has_another_version(study: Study) -> None:
    # A version never changes: two sheets of one version would have other visits.
    released = {(one.id, one.version): known_hash for known_hash, one in study.facts.protocols.items()}
    for protocol, path in shipped_ids().items():
        found = hash_of(texts_of(path))
        assert released.get((protocol, read_protocol(path).version), found) == found
