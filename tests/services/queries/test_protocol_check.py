"""The check of a protocol file before it is added."""

from datetime import date
from pathlib import Path

from app.services.queries.protocol_check import check_protocol, invented_calendar
from tests.protocols.tiny import write


def test_a_file_without_errors_has_a_calendar(tmp_path: Path) -> None:
    found = check_protocol(write(tmp_path))
    assert found.is_usable
    assert found.calendar.startswith("An invented participant: ")
    # Enrolled on 2 March: V1 on 9 March, with a window to the 11th, recorded a week after that.
    assert "Wed 18 Mar 2026" in invented_calendar(found.path, found.findings, date(2026, 3, 2))


def test_a_file_with_an_error_has_none_and_is_not_usable(tmp_path: Path) -> None:
    found = check_protocol(write(tmp_path, ("id: tiny", "id: 5")))
    assert not found.is_usable
    assert [one.line for one in found.findings if one.level == "error"] == [2]
    assert found.calendar == "No calendar can be shown until the errors are corrected."


def test_a_file_that_is_not_there_is_not_usable(tmp_path: Path) -> None:
    assert not check_protocol(tmp_path / "none.yaml").is_usable
