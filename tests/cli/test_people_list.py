"""The list of participants at the terminal says where each is, as the window does."""

from datetime import date

from app.cli.people_list import people_lines, standing_document
from app.domain.facts.participant_record import Stage
from app.services.queries.people import PersonRow, people
from app.services.queries.standing import Standing, Standings, standings
from tests.services.ward import Ward


def test_each_has_its_phase_and_below_it_what_comes_next() -> None:
    ward = Ward.in_memory()
    ward.enrol()
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    found = standings(ward.study, ward.today)
    line, below = people_lines([one for one in people(ward.study) if one.code == "LI-001"], found)
    assert line.split()[:4] == ["LI-001", "scanpan", "Preoperative", "chemotherapy"]
    assert below.split("; ")[0].strip() == "next: Diagnosis confirmation, Mon 9 Nov 2026"
    document = standing_document(found.of("LI-001"))
    assert (document["epoch"], document["next_visit"], document["next_day"]) == ("preop_chemo", "SP-S05", "2026-11-09")


def test_who_has_no_calendar_has_one_line() -> None:
    found = Standings(date(2026, 12, 20), {"P-2": Standing(overdue=2, notices=1)})
    rows = [PersonRow(code, "p", stage, None, "", "") for code, stage in (("P-1", Stage.SCREENED), ("P-2", Stage.LOST))]
    assert [one.split(maxsplit=2)[-1].strip() for one in people_lines(rows, found)][:2] == [
        "screened                     -", "lost to follow-up            -",
    ]  # fmt: skip
    assert people_lines(rows, found)[2].strip() == "2 overdue; 1 notice"
