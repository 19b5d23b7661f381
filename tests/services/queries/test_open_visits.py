"""What is open over all participants: visits without a record, deviations without a reason, reports not sent."""

from app.services.queries.log_table import LogRow
from app.services.queries.logs import log_table
from tests.services.ward import Ward


def rows(ward: Ward, code: str = "") -> dict[tuple[str, str], LogRow]:
    return {(row.participant, row.visit): row for row in log_table(ward.study, "open", ward.today, code).rows}


def test_a_visit_whose_day_has_passed_is_open_until_it_is_recorded(ward: Ward) -> None:
    row = rows(ward)["LI-001", "SP-C01"]
    assert row.cell("visit_name").text == "Preoperative cycle 1 day 1"
    assert row.cell("remedy").text == "record it, move it, or say that it was missed"
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    assert ("LI-001", "SP-C01") not in rows(ward)


def test_a_deviation_is_open_until_its_reason_is_given(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-12-18")
    row = rows(ward)["LI-001", "SP-C01"]
    assert row.cell("what").text.endswith("late, reason missing")
    assert row.cell("remedy").text == "correct the result and give its reason"
    ward.correct(ward.last, reason="no chair")
    assert ("LI-001", "SP-C01") not in rows(ward)


def test_a_report_that_was_not_sent_is_open(ward: Ward) -> None:
    ward.do("adverse_event", term="Sepsis", grade=4, on="2026-12-17", serious=True, criterion="hospitalisation",
            aware_on="2026-12-18", aware_at="15:45", expected=False)  # fmt: skip
    assert rows(ward)["LI-001", ""].cell("remedy").text == "send the report, and record that it was sent"
    ward.do("safety_report", what="initial", on="2026-12-19", at="09:00", recipient="sponsor")
    assert ("LI-001", "") not in rows(ward)


def test_it_is_of_one_participant_where_that_is_asked(ward: Ward) -> None:
    assert {code for code, _visit in rows(ward)} == {"LI-001", "CJ-001"}
    assert {code for code, _visit in rows(ward, "cj 001")} == {"CJ-001"}
