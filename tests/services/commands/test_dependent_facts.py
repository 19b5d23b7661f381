"""Facts that would have been refused without an earlier one."""

from tests.services.ward import Ward, refused


def test_an_enrolment_is_not_taken_back_while_a_booking_counts(empty_ward: Ward) -> None:
    command = empty_ward.enrol().command
    empty_ward.do("booked", visit="SP-C02#2", on="2026-12-29")
    before = empty_ward.state()
    refused("facts_hang", empty_ward.undo, command)
    assert empty_ward.state() == before
    empty_ward.undo()
    empty_ward.undo(command)


def test_a_protocol_is_not_taken_back_while_somebody_is_enrolled_on_it(empty_ward: Ward) -> None:
    from app.services.commands.protocols import take_protocol

    take_protocol(empty_ward.study, "scanpan", empty_ward.today)
    command = empty_ward.facts()[-1].command
    empty_ward.enrol()
    found = refused("facts_hang", empty_ward.undo, command)
    assert "LI-001" in str(found.values["what"])


def test_a_decision_that_gave_a_visit_its_place_is_not_taken_back_below_it(ward: Ward) -> None:
    command = ward.do("decided", visit="SP-R01", outcome="continue", on="2026-12-18").command
    ward.do("booked", visit="SP-R03#1", on="2027-02-01")
    refused("facts_hang", ward.undo, command)


def test_a_code_of_somebody_else_is_not_corrected_to(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    for code in ("li-001", "LI 001"):
        refused("code_alike", ward.correct, ward.seq("enrolled"), code=code)
    ward.correct(ward.seq("enrolled"), code="li-002")
