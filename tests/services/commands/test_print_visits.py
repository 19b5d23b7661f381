"""The visits of a period, with and without a result: on paper, and for a spreadsheet."""

from datetime import date
from pathlib import Path

from app.services.commands.print_visits import print_visits, visits_printout, write_visits
from app.services.queries.agenda_filter import Filter
from tests.documents.calendars import words_of
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
    assert lines[1].startswith("2026-11-30,09:15,LI-001,Preoperative cycle 1 day 1,chemotherapy,done,,")
    assert not [line for line in lines[1:] if ",LI-001," not in line]
    refused("over_file", write_visits, ward.study, path, ward.today, FIRST, LAST)
    assert write_visits(ward.study, path, ward.today, FIRST, FIRST, replace="any") >= 1
    refused("ends_before", write_visits, ward.study, tmp_path / "other.csv", ward.today, LAST, FIRST)
    assert not (tmp_path / "other.csv").exists()


def test_on_paper_are_also_those_that_were_done_or_missed(ward: Ward, tmp_path: Path) -> None:
    ward.do("performed", "LI-001", visit="SP-C01", on="2026-11-30", at="09:15")
    ward.do("missed", "LI-001", visit="SP-S08", on="2026-11-30", reason="no form")
    found = visits_printout(ward.study, ward.today, FIRST, date(2026, 12, 31))
    words = words_of(found.content)
    assert "Visits 23 Nov – 31 Dec 2026" in words
    assert "09:15" in words
    assert "Preoperative cycle 1 day 1" in words
    assert "done" in words
    assert "missed" in words
    assert (found.fact.fields["first"], found.fact.fields["last"]) == ("2026-11-23", "2026-12-31")
    chosen = Filter(participant="LI-001", category="dose")
    only = words_of(visits_printout(ward.study, ward.today, FIRST, LAST, chosen).content)
    assert "only LI-001" in only
    assert "EQ-5D" not in only
    assert print_visits(ward.study, tmp_path / "visits.pdf", ward.today, FIRST, LAST) >= 1
    assert ward.facts()[-1].kind == "agenda_printed"
    refused("ends_before", visits_printout, ward.study, ward.today, LAST, FIRST)
