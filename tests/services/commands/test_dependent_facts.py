"""Facts that would have been refused without an earlier one."""

from app.domain.facts.records import NewFact
from tests.services.ward import Ward, refused


def test_an_enrolment_is_not_taken_back_while_a_booking_counts(empty_ward: Ward) -> None:
    command = empty_ward.enrol().command
    empty_ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    before = empty_ward.state()
    refused("facts_depend", empty_ward.undo, command)
    assert empty_ward.state() == before
    empty_ward.undo()
    empty_ward.undo(command)


def test_a_protocol_is_not_taken_back_while_somebody_is_enrolled_on_it(empty_ward: Ward) -> None:
    from app.services.commands.protocols import take_protocol

    take_protocol(empty_ward.study, "scanpan", empty_ward.today)
    command = empty_ward.facts()[-1].command
    empty_ward.enrol()
    found = refused("facts_depend", empty_ward.undo, command)
    assert "LI-001" in str(found.values["what"])


def test_a_decision_that_gave_a_visit_its_place_is_not_taken_back_below_it(ward: Ward) -> None:
    command = ward.do("decided", visit="SP-R01", outcome="continue", on="2026-12-18").command
    ward.do("booked", visit="SP-R03#1", on="2027-02-01")
    refused("facts_depend", ward.undo, command)


def test_a_code_of_somebody_else_is_not_corrected_to(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    for code in ("li-001", "LI 001"):
        refused("code_alike", ward.correct, ward.seq("enrolled"), code=code)
    ward.correct(ward.seq("enrolled"), code="li-002")


NAUSEA = {"term": "Nausea", "grade": 2, "serious": False}


def test_an_end_is_not_corrected_nor_brought_back_to_before_an_event(ward: Ward) -> None:
    ward.do("adverse_event", on="2026-12-10", **NAUSEA)
    found = refused("end_before_event", ward.do, "died", on="2026-12-09")
    assert (found.values["event"], found.values["seq"]) == ("adverse_event", ward.seq("adverse_event"))
    ward.do("died", on="2026-12-11")
    refused("end_before_event", ward.correct, ward.seq("died"), on="2026-12-09")
    refused("after_death", ward.correct, ward.seq("adverse_event"), on="2026-12-12")
    command = ward.facts()[-1].command
    ward.undo(command)
    ward.do("adverse_event", on="2026-12-12", **NAUSEA)
    refused("facts_depend", ward.redo, command)


def test_that_somebody_was_found_is_not_taken_back_while_an_event_depends_on_it(ward: Ward) -> None:
    ward.do("lost", on="2026-12-08", reason="no answer")
    refused("after_lost", ward.do, "adverse_event", on="2026-12-10", **NAUSEA)
    command = ward.do("found_again", on="2026-12-09").command
    ward.do("adverse_event", on="2026-12-10", **NAUSEA)
    refused("facts_depend", ward.undo, command)


def test_a_contact_may_tell_of_an_earlier_death_before_and_after_it_is_recorded(ward: Ward) -> None:
    news = {"reached": True, "alive": "no", "how": "relative"}
    ward.do("contact", visit="SP-R01", on="2026-12-10", **news)
    ward.do("died", on="2026-12-08")
    ward.do("contact", on="2026-12-11", **news)
    ward.correct(ward.seq("died"), on="2026-12-07")
    refused("after_death", ward.do, "contact", on="2026-12-11", reached=True, alive="yes")


def test_what_contradicted_an_end_already_keeps_no_other_fact_from_being_corrected(ward: Ward) -> None:
    ward.do("performed", visit="SP-S02", on="2026-12-01")
    ward.do("died", on="2026-12-08")
    old = NewFact("chosen", {"choice": "eortc", "value": True, "on": "2026-12-10"}, ward.study.subject("LI-001"))
    with ward.study.store.transaction():
        ward.study.append(ward.today, [old])
    ward.study.forget()
    ward.correct(ward.seq("performed"), on="2026-12-02")
    refused("end_before_visit", ward.correct, ward.seq("performed"), on="2026-12-09")
