"""The schema is known by digests, so that a file is compared without loading the tables."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from app.storage.sqlite import schema
from app.storage.sqlite.connection import IN_MEMORY, connect
from app.storage.sqlite.file_format import CACHE_TABLES, DERIVED_TABLES, KEPT_TABLES, PERSON_TABLES, STATE_TABLES
from tests.storage.study_files import filled

ROOT = Path(__file__).parents[3]
DERIVED = (CACHE_TABLES, PERSON_TABLES, STATE_TABLES)
OPENED = """
import sys
from pathlib import Path
from tests.storage.study_files import reopened
store = reopened(Path(sys.argv[1]))
print(len(store.facts()), store.visits.usable, store.persons.usable, store.remembers)
store.close()
print(sorted({"sqlmodel", "sqlalchemy", "pydantic"} & set(sys.modules)))
"""


@pytest.fixture
def made() -> dict[str, str]:
    connection = connect(IN_MEMORY, True, creating=True)
    schema.create(connection)
    found = schema.objects(connection)
    connection.close()
    return found


def test_the_digests_are_those_of_the_tables(made: dict[str, str]) -> None:
    assert schema.is_kept_known(made)
    assert [tables for tables in DERIVED if not schema.is_known(made, tables)] == []
    assert set(schema.DIGESTS) == {KEPT_TABLES, *DERIVED}
    assert set(SQLModel.metadata.tables) == {*KEPT_TABLES, *DERIVED_TABLES}


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("table fact", "CREATE TABLE fact (seq INTEGER)"),
        ("index fact_kind on fact", "CREATE INDEX fact_kind ON fact (about)"),
        ("trigger more", "CREATE TRIGGER more BEFORE DELETE ON fact BEGIN SELECT 1; END"),
        ("view more", "CREATE VIEW more AS SELECT 1"),
        ("table more", "CREATE TABLE more (x INTEGER)"),
    ],
)
def test_a_kept_object_that_is_another_or_one_more_is_seen(made: dict[str, str], name: str, sql: str) -> None:
    assert not schema.is_kept_known({**made, name: sql})
    assert schema.strange({**made, name: sql}, made) == name


def test_each_object_that_is_missing_is_seen(made: dict[str, str]) -> None:
    for name in made:
        found = {one: sql for one, sql in made.items() if one != name}
        holds = schema.is_kept_known(found) and all(schema.is_known(found, tables) for tables in DERIVED)
        assert not holds, name


def test_a_derived_table_that_is_another_is_seen_and_concerns_no_other(made: dict[str, str]) -> None:
    found = {**made, "table visit": made["table visit"].replace("visit TEXT", "visit INTEGER")}
    assert [schema.is_known(found, tables) for tables in DERIVED] == [False, True, True]
    assert schema.is_kept_known(found)


def test_a_study_is_opened_and_read_without_loading_the_tables(tmp_path: Path) -> None:
    path = filled(tmp_path / "liver.studyday")
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(path)], capture_output=True, text=True, check=False, cwd=ROOT, timeout=60
    )
    assert done.stdout.splitlines() == ["6 True True True", "[]"], done.stderr
