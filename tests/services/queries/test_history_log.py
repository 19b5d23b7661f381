"""The history as an inspector reads it: what, when by which clock, by whom, and what became of it."""

from app.services.commands import enrol
from app.services.commands.print_logs import log_csv, log_printout
from app.services.queries.history_log import history_table
from app.services.queries.log_table import LogRow
from tests.documents.calendars import pages_of
from tests.services.ward import TODAY, Ward, refused


def row_of(ward: Ward, fact: int) -> LogRow:
    return next(row for row in history_table(ward.study, TODAY).rows if row.cell("fact").value == fact)


def test_a_fact_has_its_number_its_moment_and_how_late_it_was_entered(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    row = row_of(ward, ward.last)
    said = {name: row.cell(name).text for name in ("what", "recorded_at", "local_time", "zone", "by", "workstation")}
    assert said == {
        "what": "Preoperative cycle 1 day 1 done on Mon 30 Nov 2026",
        "recorded_at": "2026-12-20 08:00:00",
        "local_time": "Sun 20 Dec 2026, 09:00 Europe/Stockholm",
        "zone": "Europe/Stockholm",
        "by": "nurse",
        "workstation": "WARD-3",
    }
    assert row.cell("entered").text == "entered 20 days after"
    assert row.cell("became").text == ""


def test_a_correction_says_old_and_new_and_its_reason(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    number = ward.last
    ward.correct(number, on="2026-12-01")
    fact, correction = row_of(ward, number), row_of(ward, ward.last)
    assert "Mon 30 Nov 2026 -> Tue 1 Dec 2026" in fact.cell("what").text
    assert fact.cell("became").text == "corrected"
    assert "Mon 30 Nov 2026 -> Tue 1 Dec 2026" in correction.cell("what").text
    ward.undo()
    assert row_of(ward, number).cell("became").text == ""


def test_what_is_still_to_come_was_not_entered_late(ward: Ward) -> None:
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    assert row_of(ward, ward.last).cell("entered").text == ""


def test_every_field_of_a_fact_is_in_its_words_or_after_them(ward: Ward) -> None:
    screening = {"code": "LI-009", "protocol": "scanpan", "on": "2026-12-18", "outcome": "failure", "reason": "ECOG 2",
                 "sex": "female", "year_of_birth": 1960, "liver": "resection"}  # fmt: skip
    enrol.screen(ward.study, screening, TODAY, sure=True)
    row = row_of(ward, ward.last)
    assert "ECOG 2" in row.cell("what").text
    assert row.cell("further").text == "year of birth: 1960; sex: female; procedure planned on the liver: resection"
    ward.do("note", visit="SP-C01", text="said")
    assert row_of(ward, ward.last).cell("further").text == ""


def test_it_is_printed_and_saved_of_one_participant(ward: Ward) -> None:
    ward.do("note", visit="SP-C01", text="=1+1 港口")
    pages = "\n".join(pages_of(log_printout(ward.study, "history", TODAY, "LI-001").content))
    assert "History" in pages
    assert "港口" in pages
    assert "2026-12-20 08:00:00" in " ".join(pages.split())
    saved = log_csv(history_table(ward.study, TODAY, "LI-001")).decode("utf-8-sig").splitlines()
    assert len(saved) == len(history_table(ward.study, TODAY, "LI-001").rows) + 1
    assert saved[0].startswith("fact,command,participant,kind of fact,what,further fields,day,")
    refused("no_participant", history_table, ward.study, TODAY, "XX-9")
