"""Planned visits that another program has changed: no answer rests on them, they are made again, and it is said."""

import gzip
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from app.domain.calendar import agenda as domain_agenda
from app.domain.calendar.agenda import Agenda
from app.domain.facts.file_warning import FileWarning
from app.services.commands import record, study_file
from app.services.commands.accept_planning import accept_planning
from app.services.commands.verify import repair_cached_visits
from app.services.queries.agenda import agenda
from app.services.queries.overview import study_view
from app.services.queries.planning import propose_planning
from app.services.study import visit_cache
from app.services.study.environment import Environment
from app.services.study.study import Study
from app.storage.sqlite import visit_seal
from tests.storage.study_files import raw

FIXTURE = Path(__file__).parents[2] / "storage" / "fixtures" / "study_two_protocols.studyday.gz"
TODAY = date(2026, 12, 7)
NURSE = Environment("nurse", "WARD-3", "Europe/Stockholm", lambda: datetime(2026, 12, 7, 9, tzinfo=UTC))

SAID = FileWarning("visits_made_again")
Rows = list[tuple[str, str, object, object, object]]


def opened(path: Path, writing: bool = True) -> Study:
    return study_file.open_file(path, NURSE, TODAY, writing)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Participants of two protocols, with the visits kept as today's rules plan them."""
    path = tmp_path_factory.mktemp("planned") / "liver.studyday"
    path.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    study = opened(path)
    accept_planning(study, propose_planning(study, TODAY), sure=True)
    study.close()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, template: bytes) -> Path:
    made = tmp_path / "liver.studyday"
    made.write_bytes(template)
    return made


@pytest.fixture
def study(path: Path) -> Iterator[Study]:
    made = opened(path)
    yield made
    made.close()


def shown(found: Agenda) -> Rows:
    rows = (*found.pressing, *found.now, *found.coming, *found.waiting)
    return [
        (row.participant, row.entry.key, row.entry.assumed, row.entry.earliest, row.entry.status.value) for row in rows
    ]


def planned(study: Study) -> Rows:
    """The agenda by planning everybody, whatever is kept."""
    return shown(domain_agenda.agenda([study.plan(case, TODAY) for case in study.each_case()], TODAY, 14))


def change(path: Path, statements: tuple[str, ...]) -> None:
    with raw(path) as connection:
        for statement in statements:
            connection.execute(statement)


SWAP = "UPDATE visit SET subject = subject + 100"
BACK = "UPDATE visit SET subject = CASE subject WHEN 101 THEN 2 WHEN 102 THEN 1 ELSE subject END"
ATTACKS: dict[str, tuple[str, ...]] = {
    "another earliest day": ("UPDATE visit SET earliest = '2026-12-24'",),
    "another earliest day of one visit": ("UPDATE visit SET earliest = '2026-12-24' WHERE key = 'SP-C02#2'",),
    "an impossible day": ("UPDATE visit SET assumed = '2026-02-30'",),
    "no day": ("UPDATE visit SET assumed = ''",),
    "settled": ("UPDATE visit SET settled = 'performed'",),
    "a settled word that nobody knows": ("UPDATE visit SET settled = 'gone'",),
    "problems that are no JSON": ("UPDATE visit SET problems = '['",),
    "problems of a kind that nobody knows": ("UPDATE visit SET problems = '[[\"x\", {}]]'",),
    "all gone": ("DELETE FROM visit",),
    "one gone": ("DELETE FROM visit WHERE key = 'CJ-C03#1.15'",),
    "a participant gone": ("DELETE FROM visit WHERE subject = 2",),
    "a participant gone with the digest": (
        "DELETE FROM visit WHERE subject = 2",
        "DELETE FROM visit_digest WHERE subject = 2",
    ),
    "participants swapped": (SWAP, BACK),
    "participants swapped with their digests": (
        SWAP,
        BACK,
        "UPDATE visit_digest SET subject = subject + 100",
        "UPDATE visit_digest SET subject = CASE subject WHEN 101 THEN 2 WHEN 102 THEN 1 ELSE subject END",
    ),
    "a participant whom nobody knows": ("UPDATE visit SET subject = 77 WHERE subject = 2",),
    "a visit of another name": ("UPDATE visit SET key = 'SP-C09' WHERE key = 'SP-C02#2'",),
    "a digest": ("UPDATE visit_digest SET digest = zeroblob(32) WHERE subject = 1",),
    "a digest that is short": ("UPDATE visit_digest SET digest = x'00' WHERE subject = 1",),
    "the days that a plan asked of": ("UPDATE visit_digest SET asked = x'' WHERE subject = 1",),
    "days that no plan asked of": (
        "UPDATE visit_digest SET asked = CAST(asked || x'01020304' AS BLOB) WHERE subject = 2",
    ),
    "all digests gone": ("DELETE FROM visit_digest",),
    "a digest of nobody": ("INSERT INTO visit_digest VALUES (9, zeroblob(32), x'')",),
    "the seal": ("UPDATE derived SET seal = zeroblob(32)",),
    "another horizon": ("UPDATE derived SET horizon = '2099-12-31'",),
    "planned on another day": ("UPDATE derived SET planned_on = '2026-12-06'",),
    "planned on no day": ("UPDATE derived SET planned_on = '2026-99-99'",),
}
"""By what was done: the statements."""
UNSEEN = {
    "the maker's row gone": ("DELETE FROM derived",),
    "another maker": ("UPDATE derived SET version = 'x'",),
    "a maker that is no text": ("UPDATE derived SET version = CAST(x'ff' AS TEXT)",),
    "the table gone": ("DROP TABLE visit",),
    "the digests' table gone": ("DROP TABLE visit_digest",),
    "an index gone": ("DROP INDEX visit_open_day",),
}
"""The visits are made again here as well, as those of another program are: without a word."""


def added(path: Path) -> None:
    with raw(path) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(visit)")]
        copied = ", ".join("'SP-Z99'" if name == "key" else f'"{name}"' for name in columns)
        connection.execute(f"INSERT INTO visit SELECT {copied} FROM visit WHERE key = 'SP-C02#2'")


WORKS: dict[str, Callable[[Path], None]] = {
    "a visit added": added,
    **{name: partial(change, statements=todo) for name, todo in (ATTACKS | UNSEEN).items()},
}


def test_untouched_visits_are_believed_and_nothing_is_said(study: Study) -> None:
    before = study.store.visits.everything()
    assert shown(agenda(study, TODAY)) == planned(study)
    assert study.store.visits.hold()
    assert SAID not in study.warnings
    assert study.store.visits.everything() == before


@pytest.mark.parametrize("writing", [True, False], ids=["to work in", "to read"])
@pytest.mark.parametrize("name", WORKS)
def test_the_agenda_is_the_planned_one_whatever_was_changed(path: Path, name: str, writing: bool) -> None:
    WORKS[name](path)
    study = opened(path, writing)
    found = shown(agenda(study, TODAY))
    assert len(found) == 17
    assert found == planned(study)
    assert study.store.broken is None
    assert (SAID in study.warnings) == (name not in UNSEEN)
    study.close()
    again = opened(path, writing)
    assert shown(agenda(again, TODAY)) == found
    assert (SAID in again.warnings) == (name not in UNSEEN and not writing), "made again, they are believed"
    again.close()


@pytest.mark.parametrize("name", ["", "one gone"])
def test_visits_that_were_proved_before_are_looked_at_once(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name:
        WORKS[name](path)
    study = opened(path)
    looked: list[bool] = []
    holds = visit_seal.holds

    def counted(driver: Any) -> bool:
        looked.append(holds(driver))
        return looked[-1]

    monkeypatch.setattr(visit_seal, "holds", counted)
    visit_cache.prove_visits(study)
    assert looked == [not name]
    assert SAID not in study.warnings, "it is said to whoever asks for visits"
    assert shown(agenda(study, TODAY)) == planned(study)
    assert (SAID in study.warnings) == bool(name)
    assert len(looked) == 1
    study.close()


@pytest.mark.parametrize("name", ["another earliest day", "one gone", "participants swapped", "the seal"])
def test_verifying_makes_them_again(path: Path, name: str) -> None:
    WORKS[name](path)
    study = opened(path)
    assert repair_cached_visits(study, TODAY)
    assert study.store.visits.hold()
    assert not repair_cached_visits(study, TODAY)
    study.close()


def test_the_window_says_it_once(path: Path) -> None:
    WORKS["one gone"](path)
    study = opened(path)
    agenda(study, TODAY)
    said = "The table of planned visits differed from the facts and was made again from them; no date is lost."
    assert said in study_view(study, TODAY).warnings
    assert study_view(study, TODAY).warnings == ()
    study.close()


@pytest.mark.parametrize("name", WORKS)
def test_what_is_recorded_on_top_of_it_does_not_make_it_believed(path: Path, name: str) -> None:
    WORKS[name](path)
    study = opened(path)
    record.change(study, "LI-001", "booked", {"visit": "SP-C02#2", "on": "2026-12-16"}, TODAY)
    study.close()
    again = opened(path)
    assert shown(agenda(again, TODAY)) == planned(again)
    again.close()


def test_a_change_keeps_the_digests_of_others_and_the_seal(study: Study) -> None:
    record.change(study, "LI-001", "booked", {"visit": "SP-C02#2", "on": "2026-12-16"}, TODAY)
    path = study.path
    study.close()
    again = opened(path)
    assert again.store.visits.made_by()[0] == visit_cache.VERSION
    assert again.store.visits.hold()
    assert shown(agenda(again, TODAY)) == planned(again)
    again.close()


def test_a_command_that_fails_leaves_them_as_they_were(study: Study) -> None:
    def fails() -> None:
        with study.store.transaction():
            study.store.visits.replace(1, [])
            raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert study.store.visits.hold()
    assert shown(agenda(study, TODAY)) == planned(study)
