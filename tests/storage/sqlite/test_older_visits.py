"""Planned visits in a table of another release: believed where its own seal holds, and put into today's table."""

import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.domain.facts.records import Stamp
from app.storage.sqlite.fact_store import SqliteStore
from app.storage.sqlite.holder_note import Holder
from app.storage.sqlite.open_file import open_study
from tests.storage.study_files import raw

FIXTURE = Path(__file__).parents[1] / "fixtures" / "study_two_protocols.studyday.gz"
HOLDER = Holder("Eva Ek", "WS-7", "2026-12-20T08:00:00Z", 4711)
STAMP = Stamp(datetime(2026, 12, 20, 8, tzinfo=UTC), "Europe/Stockholm", date(2026, 12, 20), "Eva Ek", "WS-7", "s 1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study of the first schema, whose 156 visits the release 0.1.0 planned on 7 Dec 2026."""
    made = tmp_path / "study.studyday"
    made.write_bytes(gzip.decompress(FIXTURE.read_bytes()))
    return made


def opened(path: Path) -> SqliteStore:
    return open_study(path, HOLDER, STAMP)


def test_those_of_the_first_schema_are_sealed_from_then_on(path: Path) -> None:
    store = opened(path)
    assert store.visits.made_by() == ("1 0.1.0", "2026-12-07", "2027-03-07")
    assert len(store.visits.everything()) == 156
    store.close()
    with raw(path) as connection:
        connection.execute("UPDATE visit SET assumed = '2026-12-24' WHERE key = 'SP-C02#3'")
    store = opened(path)
    assert not store.visits.hold()
    store.close()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE visit SET assumed = 'x' WHERE key = 'SP-C02#3'",
        "UPDATE visit SET earliest = '2026-02-30' WHERE key = 'SP-C02#3'",
        "UPDATE visit SET settled = 'gone' WHERE key = 'SP-C02#3'",
        "UPDATE visit SET judged = '2026-02-01' WHERE key = 'SP-C01'",
        "UPDATE derived SET planned_on = 'x'",
        "DELETE FROM derived",
        "DELETE FROM visit",
        "ALTER TABLE visit DROP COLUMN target",
        "DROP TABLE derived",
    ],
)
def test_what_cannot_be_read_of_the_first_schema_is_not_kept(path: Path, change: str) -> None:
    with raw(path) as connection:
        connection.execute(change)
    store = opened(path)
    assert store.broken is None
    assert store.visits.made_by() == ("", "", "")
    assert store.visits.everything() == []
    # What had planned them is known all the same, so that their loss is said.
    assert store.remembered("planning_rules") == "1"
    store.close()


MORE = "ALTER TABLE visit ADD COLUMN more TEXT NOT NULL DEFAULT 'x'"


def test_a_table_with_a_column_more_does_not_agree_with_its_seal(path: Path) -> None:
    opened(path).close()
    with raw(path) as connection:
        connection.execute(MORE)
    store = opened(path)
    assert store.visits.made_by() == ("", "", "")
    store.close()


def test_a_sealed_table_of_another_release_is_kept_without_what_only_it_knows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.storage.sqlite import visit_seal

    opened(path).close()
    with raw(path) as connection:
        connection.execute(MORE)
        columns = [(row[1], not row[3]) for row in connection.execute("PRAGMA table_info(visit)")]
        # As that release would have sealed it.
        with monkeypatch.context() as other:
            other.setattr(visit_seal, "_COLUMNS", columns)
            subjects = [row[0] for row in connection.execute("SELECT DISTINCT subject FROM visit")]
            visit_seal.seal(connection, subjects, {})
    store = opened(path)
    assert store.visits.made_by() == ("1 0.1.0", "2026-12-07", "2027-03-07")
    assert len(store.visits.everything()) == 156
    assert store.visits.hold()
    store.close()
