"""The shipped protocols, and what is wrong with a file by which somebody plans."""

from pathlib import Path

import pytest

from app.services.queries.protocols import UNREAD, check_file, faults_of_days, list_protocols
from tests.protocols.tiny import write


def test_the_shipped_protocols_come_by_their_ids() -> None:
    rows = list_protocols()
    assert [row.id for row in rows] == ["nct06873178", "scanpan"]
    assert all(Path(row.file).is_file() and row.visits > 20 for row in rows)
    assert rows[0].document()["id"] == "nct06873178"


@pytest.mark.parametrize("name", ["", "scanpan", "\0", "x" * 5000, "/nowhere"])
def test_what_is_no_file_has_no_faults(name: str) -> None:
    assert faults_of_days(name) == []


def test_a_file_without_faults_has_none(tmp_path: Path) -> None:
    path = write(tmp_path)
    assert (check_file(path), faults_of_days(str(path))) == ([], [])


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read_is_one_finding(tmp_path: Path, name: str) -> None:
    (finding,) = check_file(tmp_path / name)
    assert finding.kind in UNREAD
