"""What the desktop shows of a participant, of a visit and of the study: days and cycles counted by hand."""

from datetime import date

import pytest

from app.domain.refusal import Refused
from app.services.commands import print_documents
from app.services.queries.participant import participant_view, visit_in, visit_view
from app.wording.visit_details import lacks_decision, lead_text, problem_note
from tests.services.ward import TODAY, Ward


def test_before_the_first_dose_days_count_from_enrolment(ward: Ward) -> None:
    place = participant_view(ward.study, "LI-001", TODAY).position
    # 23 November to 20 December.
    assert (place.day, place.since, place.cycle) == (None, 27, 0)


def test_day_and_cycle_count_from_cycle_1_day_1(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    place = participant_view(ward.study, "LI-001", TODAY).position
    # 30 November is day 1, so 20 December is day 21; four months of cycles of 28 days are four cycles.
    assert (place.day, place.cycle, place.cycles) == (21, 1, 4)
    assert place.next is not None
    assert place.next.assumed is not None


def test_the_regimen_and_the_state_are_those_of_today(ward: Ward) -> None:
    look = participant_view(ward.study, "LI-001", TODAY)
    assert (look.regimen, look.stage, look.country, look.enrolled_on) == ("AG", "enrolled", "SE", date(2026, 11, 23))
    ward.do("lost", on="2026-12-10", reason="moved abroad")
    assert participant_view(ward.study, "LI-001", TODAY).stage == "lost"
    ward.do("found_again", on="2026-12-12")
    assert participant_view(ward.study, "LI-001", TODAY).stage == "enrolled"
    ward.do("died", on="2026-12-15")
    assert participant_view(ward.study, "LI-001", TODAY).stage == "died"


def test_a_visit_has_its_history_and_notes_and_nobody_elses(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    ward.do("booked", visit="SP-C01", on="2026-12-21", at="09:30")
    ward.do("note", visit="SP-C01", text="needs a wheelchair")
    ward.do("booked", code="LI-002", visit="SP-C01", on="2026-12-22")
    look = visit_view(ward.study, "LI-001", "SP-C01", TODAY)
    assert [row.record.kind for row in look.history] == ["booked", "note"]
    assert [one.text("text") for one in look.notes] == ["needs a wheelchair"]
    assert look.activities
    assert lead_text(look.entry, TODAY) == "Mon 21 Dec, 09:30"


def test_a_visit_that_is_not_there_is_refused(ward: Ward) -> None:
    with pytest.raises(Refused) as refused:
        visit_view(ward.study, "LI-001", "NO-1", TODAY)
    assert refused.value.kind == "unknown_visit"


def test_a_printed_sheet_is_outdated_once_its_visit_has_another_day(file_ward: Ward) -> None:
    path = file_ward.folder / "s.pdf"
    print_documents.print_sheets(file_ward.study, "LI-001", ["SP-C01", "SP-R01"], path, TODAY)
    assert not participant_view(file_ward.study, "LI-001", TODAY).outdated_prints
    file_ward.do("booked", visit="SP-C01", on="2026-12-28", at="10:00")
    look = participant_view(file_ward.study, "LI-001", TODAY)
    assert "SP-C01" in look.outdated_prints
    printed = visit_in(look, "SP-C01").printed
    assert printed is not None
    assert printed.kind == "printed"
    print_documents.print_sheets(file_ward.study, "LI-001", ["SP-C01"], path, TODAY)
    assert "SP-C01" not in participant_view(file_ward.study, "LI-001", TODAY).outdated_prints


def test_a_decision_that_was_not_recorded_is_told(ward: Ward) -> None:
    protocol = participant_view(ward.study, "LI-001", TODAY).protocol
    deciding = next(visit for visit in protocol.decisions if visit in ward.dates())
    ward.do("performed", visit=deciding, on="2026-12-18")
    entry = participant_view(ward.study, "LI-001", TODAY).calendar.by_key[deciding]
    assert lacks_decision(entry, decides=True)
    outcome = next(iter(protocol.decisions[deciding].outcomes))
    ward.do("decided", visit=deciding, outcome=outcome, on="2026-12-18")
    entry = participant_view(ward.study, "LI-001", TODAY).calendar.by_key[deciding]
    assert not lacks_decision(entry, decides=True)


def test_each_problem_that_can_be_mended_names_the_visit_to_record(ward: Ward) -> None:
    calendar = participant_view(ward.study, "LI-001", TODAY).calendar
    found = [
        (entry.key, problem_note(problem, calendar, entry).remedy)
        for entry in calendar.entries
        for problem in entry.problems
    ]
    unrecorded = [remedy for _key, remedy in found if remedy is not None and remedy.kind == "performed"]
    # Day 1 of cycle 1 (30 November) was never recorded, and the cycles after it are counted from it.
    assert any(remedy.visit == "SP-C01" for remedy in unrecorded)
