"""The lines of a participant's events: by which day, in which order, and the history of each."""

from datetime import date

from app.services.commands.correct import save_correction
from app.services.commands.reassign import propose_reassignment
from app.services.queries.participant import participant_view
from app.services.queries.participant_events import EventLine, event_lines, history_of
from tests.services.ward import TODAY, Ward

OPERATED = {"visit": "SP-P03", "on": "2026-12-09", "pancreas": "other", "liver": "none"}


def lines(ward: Ward, code: str = "LI-001") -> tuple[EventLine, ...]:
    return event_lines(participant_view(ward.study, code, TODAY))


def test_what_happened_is_on_its_day_and_what_was_arranged_or_noted_on_that_of_its_record(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    ward.do("note", text="port painful")
    ward.do("complication", on="2026-12-15", what="leak", grade="I")
    assert [(line.record.kind, line.on) for line in lines(ward)] == [
        ("note", date(2026, 12, 20)),
        ("booked", date(2026, 12, 20)),
        ("complication", date(2026, 12, 15)),
        ("performed", date(2026, 11, 30)),
        ("enrolled", date(2026, 11, 23)),
    ]


def test_a_corrected_fact_is_on_the_day_that_holds(ward: Ward) -> None:
    ward.do("performed", visit="SP-C01", on="2026-11-30")
    ward.correct(ward.last, on="2026-12-02")
    found = {line.record.kind: line.on for line in lines(ward)}
    assert (found["performed"], found["correction"]) == (date(2026, 12, 2), date(2026, 12, 20))


def test_days_after_an_operation_are_counted_from_it(ward: Ward) -> None:
    ward.do("operation", **OPERATED)
    ward.do("contact", on="2026-12-16", reached=True)
    operated = {line.record.kind: line.operated for line in lines(ward)}
    assert operated == {
        "contact": date(2026, 12, 9),
        "operation": date(2026, 12, 9),
        "performed": date(2026, 12, 9),
        "enrolled": None,
    }


def test_a_serious_event_has_its_clock_until_and_after_the_report(ward: Ward) -> None:
    ward.do("adverse_event", term="sepsis", grade=4, on="2026-12-18", serious=True, aware_on="2026-12-18")
    clock = lines(ward)[0].serious
    assert clock is not None
    assert (clock.due.on, clock.sent) == (date(2026, 12, 19), None)
    ward.do("safety_report", what="initial", on="2026-12-19")
    found = next(line for line in lines(ward) if line.record.kind == "adverse_event").serious
    assert found is not None
    assert found.sent is not None


def test_the_history_of_a_line_has_its_corrections_and_their_undos_and_is_that_of_the_correction_too(
    ward: Ward,
) -> None:
    ward.do("note", text="x")
    note = ward.last
    ward.correct(note, text="y")
    ward.undo()
    ward.do("note", text="another")
    found = lines(ward)
    numbers = [[row.record.seq for row in history_of(line, found)] for line in found if line.seq in (note, note + 1)]
    assert numbers == [[note, note + 1, note + 2]] * 2


def test_codes_of_those_whom_a_history_names_are_known(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    ward.do("note", text="x")
    save_correction(ward.study, propose_reassignment(ward.study, ward.last, "LI-002", "wrong folder", TODAY))
    here, there = (participant_view(ward.study, code, TODAY) for code in ("LI-001", "LI-002"))
    assert list(here.people.values()) == ["LI-002"]
    assert list(there.people.values()) == ["LI-001"]
    assert [line.row.stands for line in lines(ward)] == [True, False, True]
