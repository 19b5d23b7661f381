"""The list of the visits of a period for a spreadsheet."""

from datetime import date
from pathlib import Path

from app.services.commands.print_visits import write_visits
from app.services.queries.agenda_filter import Filter
from tests.services.ward import Ward, refused

FIRST, LAST = date(2026, 11, 23), date(2027, 1, 31)


def test_the_chosen_visits_are_written_and_a_file_is_replaced_only_if_that_is_wanted(
    ward: Ward, tmp_path: Path
) -> None:
    path = tmp_path / "visits.csv"
    ward.do("performed", "LI-001", visit="SP-C01", on="2026-11-30", at="09:15")
    chosen = Filter(participant="LI-001", category="dose")
    rows = write_visits(ward.study, path, ward.today, FIRST, LAST, chosen)
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) == rows + 1
    assert lines[1].startswith("2026-11-30,09:15,LI-001,Preoperative cycle 1 day 1,chemotherapy,done,no,")
    assert not [line for line in lines[1:] if ",LI-001," not in line]
    refused("over_file", write_visits, ward.study, path, ward.today, FIRST, LAST)
    assert write_visits(ward.study, path, ward.today, FIRST, FIRST, replace="any") >= 1
    refused("ends_before", write_visits, ward.study, tmp_path / "other.csv", ward.today, LAST, FIRST)
    assert not (tmp_path / "other.csv").exists()
