"""The deviation log: what is in it, the reason that it gives, its class and who decided on it."""

from datetime import date

import pytest

from app.domain.facts.records import NewFact
from app.domain.refusal import Refused
from app.services.commands import enrol
from app.services.queries.deviation_row import Deviation
from app.services.queries.deviations import deviations
from app.services.queries.history import history
from tests.services.ward import PERSON, TODAY, Ward

DAY_8 = "SP-C03#1.8"
"""Day 8 of a 28-day cycle begun on 30 November: 7 December, a day before to two days after (6 to 9 December)."""


@pytest.fixture
def ward(begun_ward: Ward) -> Ward:
    """LI-001, enrolled on 23 November, with the first dose given on 30 November."""
    return begun_ward


def of(ward: Ward, visit: str, what: str = "", code: str = "") -> Deviation | None:
    found = deviations(ward.study, ward.today, code)
    return next((one for one in found if one.visit == visit and what in ("", one.what)), None)


def row(ward: Ward, visit: str, what: str = "") -> Deviation:
    found = of(ward, visit, what)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("moved", "given", "reason"),
    [("neutrophils 1.1", "", "neutrophils 1.1"), ("neutrophils 1.1", "came late", "came late"), ("", "", "")],
)
def test_the_reason_of_a_move_is_that_of_the_deviation(ward: Ward, moved: str, given: str, reason: str) -> None:
    if moved:
        ward.do("moved", visit=DAY_8, to="2026-12-11", reason=moved)
    ward.do("performed", visit=DAY_8, on="2026-12-11", reason=given)
    found = row(ward, DAY_8)
    assert (found.what, found.days, found.reason) == ("late", 2, reason)


def test_a_provisional_result_is_no_deviation_yet(ward: Ward) -> None:
    # cycle 2 is expected on Monday 28 December; its bloods belong to 25 to 28 December
    ward.do("performed", visit="SP-C04#2.1", on="2026-12-18")
    assert of(ward, "SP-C04#2.1") is None


def test_a_decision_without_a_record_is_no_deviation(ward: Ward) -> None:
    ward.do("decided", visit="SP-R01", outcome="response", on="2026-12-18")
    ward.go_to("2027-03-01")
    assert "SP-R01" not in [one.visit for one in deviations(ward.study, ward.today)]


def test_a_booked_day_that_passed_is_no_deviation_while_the_window_is_open(ward: Ward) -> None:
    """Reassessment 1 is due until 13 February 2027."""
    ward.do("booked", visit="SP-R01", on="2027-02-01")
    ward.go_to("2027-02-13")
    assert ward.calendar().by_key["SP-R01"].status.value == "overdue"
    assert "SP-R01" not in [one.visit for one in deviations(ward.study, ward.today)]
    ward.go_to("2027-02-14")
    assert ("SP-R01", "unrecorded") in [(one.visit, one.what) for one in deviations(ward.study, ward.today)]


# The reason, from wherever it was given


def test_the_reason_of_a_booking(ward: Ward) -> None:
    ward.do("booked", visit=DAY_8, on="2026-12-10", reason="no chair free")
    ward.do("performed", visit=DAY_8, on="2026-12-10")
    assert row(ward, DAY_8).reason == "no chair free"


def test_the_reason_of_a_booking_outlives_its_cancelling(ward: Ward) -> None:
    ward.do("booked", visit=DAY_8, on="2026-12-07")
    ward.do("booking_cancelled", visit=DAY_8, reason="fever")
    ward.do("performed", visit=DAY_8, on="2026-12-12")
    assert (row(ward, DAY_8).days, row(ward, DAY_8).reason) == (3, "fever")


def test_the_last_reason_counts_and_one_without_words_takes_none_away(ward: Ward) -> None:
    ward.do("moved", visit=DAY_8, to="2026-12-10", reason="holiday")
    ward.do("moved", visit=DAY_8, to="2026-12-11", reason="snow")
    ward.do("booked", visit=DAY_8, on="2026-12-11", at="09:30")
    ward.do("performed", visit=DAY_8, on="2026-12-11")
    assert row(ward, DAY_8).reason == "snow"


def test_the_reason_of_a_miss_is_kept_when_the_visit_came_after_all(ward: Ward) -> None:
    ward.do("missed", visit=DAY_8, on="2026-12-07", reason="influenza")
    assert (row(ward, DAY_8).what, row(ward, DAY_8).reason) == ("missed", "influenza")
    ward.do("performed", visit=DAY_8, on="2026-12-14")
    found = row(ward, DAY_8)
    assert (found.what, found.days, found.reason) == ("late", 5, "influenza")


def test_the_reason_of_an_omission(ward: Ward) -> None:
    ward.do("omitted", visit=DAY_8, on="2026-12-07", reason="platelets 40")
    found = row(ward, DAY_8)
    assert (found.what, found.on, found.reason) == ("omitted", date(2026, 12, 7), "platelets 40")


def test_the_reason_of_a_move_is_that_of_a_visit_not_recorded_as_well(ward: Ward) -> None:
    ward.do("moved", visit=DAY_8, to="2026-12-11", reason="in Norway")
    assert (row(ward, DAY_8).what, row(ward, DAY_8).reason) == ("unrecorded", "in Norway")


def test_an_undone_move_leaves_no_reason(ward: Ward) -> None:
    saved = ward.do("moved", visit=DAY_8, to="2026-12-11", reason="wrong patient")
    ward.undo(saved.command)
    ward.do("performed", visit=DAY_8, on="2026-12-11")
    assert row(ward, DAY_8).reason == ""


def test_a_corrected_reason_is_the_one_in_the_log(ward: Ward) -> None:
    ward.do("moved", visit=DAY_8, to="2026-12-11", reason="hloiday")
    ward.correct(ward.seq("moved"), reason="holiday")
    ward.do("performed", visit=DAY_8, on="2026-12-11")
    assert row(ward, DAY_8).reason == "holiday"


def test_a_closed_clinic_is_the_reason_and_allowed(ward: Ward) -> None:
    # All four days of the window are closed, 6 December is a Sunday: the first open day is the 10th, one day late.
    ward.close_day("2026-12-07", "2026-12-09", reason="water damage")
    ward.do("performed", visit=DAY_8, on="2026-12-10")
    found = row(ward, DAY_8)
    assert (found.days, found.proposed) == (1, "allowed")
    assert found.reason == "Mon 7 Dec 2026 was closed: water damage"


def test_a_day_later_than_the_closed_clinic_made_it_is_not_allowed_by_it(ward: Ward) -> None:
    ward.close_day("2026-12-07", "2026-12-09", reason="water damage")
    ward.do("performed", visit=DAY_8, on="2026-12-11", reason="missed the bus")
    found = row(ward, DAY_8)
    assert (found.days, found.proposed) == (2, "minor")
    assert found.reason == "missed the bus; Mon 7 Dec 2026 was closed: water damage"


def test_a_booked_day_that_was_closed_later(ward: Ward) -> None:
    # Booked on the last day of the window, which the clinic then closed: the next open day is one day late.
    ward.do("booked", visit=DAY_8, on="2026-12-09")
    ward.close_day("2026-12-09", reason="strike")
    ward.do("performed", visit=DAY_8, on="2026-12-10")
    found = row(ward, DAY_8)
    assert (found.reason, found.proposed) == ("Wed 9 Dec 2026 was closed: strike", "allowed")


def test_the_gap_of_the_regimen_is_the_reason_and_allowed(ward: Ward) -> None:
    # Day 8 on the 12th; day 15 belongs to 13 to 16 December, and not before six days after the last dose: the 18th.
    ward.do("performed", visit=DAY_8, on="2026-12-12")
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-18")
    found = row(ward, "SP-C03#1.15")
    assert (found.days, found.proposed) == (2, "allowed")
    assert found.reason.startswith("not before Fri 18 Dec 2026, as the last dose is ")
    ward.correct(ward.seq("performed", "SP-C03#1.15"), on="2026-12-20")
    assert row(ward, "SP-C03#1.15").proposed == "minor"


def test_the_next_cycle_counted_from_a_late_dose_is_no_deviation(ward: Ward) -> None:
    # Day 1 of cycle 2 belongs to 28 to 31 December. Given on 4 January it is 4 days late, and cycle 3 counts from it:
    # 1 February is inside, although it is a week after what was planned first.
    ward.go_to("2027-02-01")
    ward.do("performed", visit="SP-C02#2", on="2027-01-04", reason="neutrophils")
    ward.do("performed", visit="SP-R01", on="2027-02-01")
    ward.do("performed", visit="SP-C02#3", on="2027-02-01")
    assert (row(ward, "SP-C02#2").days, row(ward, "SP-C02#2").reason) == (4, "neutrophils")
    assert of(ward, "SP-C02#3") is None


# Ends


def test_what_was_overdue_before_a_death_was_not_recorded_before_the_end(ward: Ward) -> None:
    ward.do("died", on="2026-12-11")
    # The window of day 8 ended on the 9th; that of day 15 begins on the 13th and is gone with the death.
    assert row(ward, DAY_8).what == "unrecorded_before_end"
    assert of(ward, "SP-C03#1.15") is None


def test_what_a_stop_cancels_is_in_the_log_only_if_it_was_overdue(ward: Ward) -> None:
    ward.do("stopped", phase="preop_chemo", on="2026-12-11", reason="toxicity")
    assert row(ward, DAY_8).what == "unrecorded_before_end"
    assert of(ward, "SP-C03#1.15") is None


def test_who_was_found_again_had_no_end(ward: Ward) -> None:
    ward.do("lost", on="2026-12-11", reason="no answer")
    assert row(ward, DAY_8).what == "unrecorded_before_end"
    ward.do("found_again", on="2026-12-14")
    assert row(ward, DAY_8).what == "unrecorded"


def test_what_was_recorded_late_is_no_longer_missing_before_the_end(ward: Ward) -> None:
    ward.do("died", on="2026-12-11")
    ward.do("performed", visit=DAY_8, on="2026-12-08")
    assert of(ward, DAY_8) is None


# Classes


def late(ward: Ward) -> None:
    ward.do("performed", visit=DAY_8, on="2026-12-11")


def classed(ward: Ward, class_: str = "important", **fields: object) -> None:
    ward.do("deviation_classed", **{"visit": DAY_8, "class": class_, **fields})


def test_a_class_is_proposed_until_a_person_decides(ward: Ward) -> None:
    late(ward)
    assert (row(ward, DAY_8).proposed, row(ward, DAY_8).class_text) == ("minor", "minor (proposed)")
    classed(ward, comment="dose intensity")
    found = row(ward, DAY_8)
    assert found.decided_class == "important"
    assert found.class_text == "important (decided by nurse): dose intensity"
    assert found.proposed == "minor"


def test_the_last_decision_counts_and_each_can_be_undone(ward: Ward) -> None:
    late(ward)
    classed(ward, "important")
    classed(ward, "allowed")
    assert row(ward, DAY_8).decided_class == "allowed"
    ward.undo()
    assert row(ward, DAY_8).decided_class == "important"
    ward.undo()
    assert row(ward, DAY_8).decided_class is None
    ward.redo()
    assert row(ward, DAY_8).decided_class == "important"


def test_a_decision_can_be_corrected_and_is_in_the_history(ward: Ward) -> None:
    late(ward)
    classed(ward, "important")
    ward.correct(ward.seq("deviation_classed"), **{"class": "minor", "comment": "one day only"})
    assert row(ward, DAY_8).class_text == "minor (decided by nurse): one day only"
    kinds = [one.record.kind for one in history(ward.study, "LI-001")]
    assert kinds[-2:] == ["deviation_classed", "correction"]


def test_a_corrected_day_is_another_row_to_decide_on(ward: Ward) -> None:
    late(ward)
    classed(ward, "important")
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-10")
    found = row(ward, DAY_8)
    assert (found.days, found.decided_class) == (1, None)
    assert found.class_text == "minor (proposed): decided as important when the row read otherwise: decide again"
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-11")
    assert row(ward, DAY_8).decided_class == "important"


def test_a_vanished_deviation_leaves_its_class_on_no_other_row(ward: Ward) -> None:
    saved = ward.do("performed", visit=DAY_8, on="2026-12-11")
    classed(ward, "important")
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-08")
    assert row(ward, DAY_8).gone
    ward.undo(saved.command + 2)
    assert not row(ward, DAY_8).gone
    assert row(ward, DAY_8).decided_class == "important"
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-18")
    assert row(ward, "SP-C03#1.15").decided_class is None


def test_a_result_recorded_again_is_another_row(ward: Ward) -> None:
    saved = ward.do("performed", visit=DAY_8, on="2026-12-11")
    classed(ward, "important")
    ward.undo(saved.command)
    assert row(ward, DAY_8).what == "unrecorded"
    assert row(ward, DAY_8).decided_class is None
    ward.do("performed", visit=DAY_8, on="2026-12-11")
    assert row(ward, DAY_8).decided_class is None


def test_a_decision_moved_to_another_visit_is_about_its_row(ward: Ward) -> None:
    late(ward)
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-19")
    classed(ward, "allowed")
    ward.correct(ward.seq("deviation_classed"), visit="SP-C03#1.15")
    assert row(ward, DAY_8).decided_class is None
    assert row(ward, "SP-C03#1.15").decided_class == "allowed"


def test_a_class_is_not_decided_for_a_visit_without_a_deviation(ward: Ward) -> None:
    with pytest.raises(Refused) as caught:
        ward.do("deviation_classed", visit="SP-C02#4", **{"class": "minor"})
    assert (caught.value.kind, caught.value.place) == ("no_deviation", "visit")


def test_a_dose_too_near_the_one_before_is_a_row_inside_its_window_too(ward: Ward) -> None:
    # Day 8 on 9 December, day 15 on the 14th: inside its window (13 to 16 December), five days apart instead of six.
    ward.do("performed", visit=DAY_8, on="2026-12-09")
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-14")
    found = row(ward, "SP-C03#1.15")
    assert (found.what, found.days, found.proposed) == ("performed_too_near", 0, "important")
    assert found.detail.startswith("performed too near the last dose: Mon 14 Dec 2026 is 5 days after ")
    ward.do("deviation_classed", visit="SP-C03#1.15", **{"class": "minor"})
    assert row(ward, "SP-C03#1.15").decided_class == "minor"
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-10")
    assert row(ward, "SP-C03#1.15").decided_class is None


def test_a_visit_on_a_closed_day_inside_its_window_is_allowed(ward: Ward) -> None:
    ward.do("performed", visit=DAY_8, on="2026-12-06")
    found = row(ward, DAY_8)
    assert (found.what, found.proposed) == ("performed_closed", "allowed")
    assert found.detail == "performed on a closed day: Sun 6 Dec 2026 is a Sunday"


def test_a_closed_day_on_which_the_protocol_itself_puts_a_visit_is_no_deviation(ward: Ward) -> None:
    ward.enrol(code="LI-002", regimen="MFFX")
    # Friday the 4th, and 46 hours later the pump is disconnected: on Sunday the 6th.
    ward.do("performed", "LI-002", visit="SP-C01", on="2026-12-04")
    ward.do("performed", "LI-002", visit="SP-C03#1.3", on="2026-12-06")
    assert of(ward, "SP-C03#1.3", code="LI-002") is None


def test_doses_out_of_order(ward: Ward) -> None:
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-14")
    ward.do("performed", visit=DAY_8, on="2026-12-15")
    assert row(ward, "SP-C03#1.15").what == "performed_before"
    assert (row(ward, DAY_8).what, row(ward, DAY_8).days) == ("late", 6)


def test_a_visit_late_and_on_a_closed_day_has_two_rows(ward: Ward) -> None:
    ward.do("performed", visit=DAY_8, on="2026-12-13")
    found = [one.what for one in deviations(ward.study, ward.today) if one.visit == DAY_8]
    assert found == ["late", "performed_closed"]
    with pytest.raises(Refused) as caught:
        classed(ward)
    assert (caught.value.kind, caught.value.values["known"]) == ("which_deviation", "late, performed_closed")
    classed(ward, deviation="late")
    assert row(ward, DAY_8, "late").decided_class == "important"
    assert row(ward, DAY_8, "performed_closed").decided_class is None


def test_the_rule_of_the_protocol_proposes(ward: Ward) -> None:
    ward.go_to("2027-01-31")
    # 31 December is the last day of the window: the 7th is 7 days late, the 8th is 8.
    ward.do("performed", visit="SP-C02#2", on="2027-01-07")
    assert (row(ward, "SP-C02#2").days, row(ward, "SP-C02#2").proposed) == (7, "minor")
    ward.correct(ward.seq("performed", "SP-C02#2"), on="2027-01-08")
    assert (row(ward, "SP-C02#2").days, row(ward, "SP-C02#2").proposed) == (8, "important")


def test_a_dose_before_the_result_of_an_assessment_is_a_row_until_the_result_is_there() -> None:
    """Eight doses of mFOLFIRINOX every two weeks from 30 November; reassessment 1 is due from 30 January."""
    ward = Ward.in_memory()
    ward.site()
    ward.enrol(regimen="MFFX")
    ward.go_to("2027-02-09")
    days = ("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08")
    for number, on in enumerate(days, start=1):
        ward.do("performed", visit="SP-C01" if number == 1 else f"SP-C02#{number}", on=on)
    found = row(ward, "SP-C02#6")
    assert (found.what, found.days, found.on, found.proposed) == (
        "performed_before_result",
        0,
        date(2027, 2, 8),
        "important",
    )
    assert found.detail == (
        "before the result: Reassessment 1 is due since Sat 30 Jan 2027, and neither its result nor its outcome is "
        "recorded"
    )
    ward.do("deviation_classed", visit="SP-C02#6", **{"class": "minor"})
    assert row(ward, "SP-C02#6").decided_class == "minor"
    ward.do("performed", visit="SP-R01", on="2027-02-01")
    assert row(ward, "SP-C02#6").gone


def test_a_dose_that_is_only_due_before_a_result_is_no_deviation() -> None:
    ward = Ward.in_memory()
    ward.site()
    ward.enrol(regimen="MFFX")
    ward.go_to("2027-02-02")
    for number, on in enumerate(("2026-11-30", "2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25"), start=1):
        ward.do("performed", visit="SP-C01" if number == 1 else f"SP-C02#{number}", on=on)
    assert "before_result" in [one.kind for one in ward.calendar().by_key["SP-C02#6"].problems]
    assert of(ward, "SP-C02#6") is None
    ward.do("booked", visit="SP-C02#6", on="2027-02-08")
    assert of(ward, "SP-C02#6") is None


# Screening


def screened(ward: Ward, code: str = "LI-002", **more: object) -> None:
    fields = {"code": code, "protocol": "scanpan", "on": "2026-12-01", "outcome": "eligible", **more}
    enrol.screen(ward.study, fields, TODAY, sure=True)


def test_an_eligible_screening_against_a_criterion_is_in_the_log(ward: Ward) -> None:
    screened(ward, criteria={"I03": False}, reason="asked by telephone")
    [found] = deviations(ward.study, ward.today, "LI-002")
    assert (found.what, found.visit, found.on) == ("ineligible", "SP-S06", date(2026, 12, 1))
    assert (found.proposed, found.reason) == ("important", "asked by telephone")
    assert found.detail.startswith("I03 (")
    assert found.detail.endswith(" is answered no")
    enrol.enrol(ward.study, {**PERSON, "code": "LI-002", "on": "2026-12-02"}, TODAY)
    ward.do("deviation_classed", "LI-002", visit="SP-S06", **{"class": "minor"})
    found = next(one for one in deviations(ward.study, ward.today, "LI-002") if one.what == "ineligible")
    assert found.decided_class == "minor"


def test_a_corrected_answer_takes_the_row_away(ward: Ward) -> None:
    screened(ward, criteria={"I03": False}, reason="asked by telephone")
    ward.correct(ward.seq("screened"), criteria={"I03": True})
    assert deviations(ward.study, ward.today, "LI-002") == []


def test_who_was_only_screened_without_a_contradiction_is_not_in_the_log(ward: Ward) -> None:
    screened(ward, criteria={"I03": True, "E01": False})
    screened(ward, "LI-003", criteria={"I03": False}, outcome="failure", reason="I03")
    assert {one.participant for one in deviations(ward.study, ward.today)} == {"LI-001"}


def test_an_enrolment_without_an_eligible_screening_and_one_before_it(ward: Ward) -> None:
    screened(ward, outcome="pending")
    enrol.enrol(ward.study, {**PERSON, "code": "LI-002", "on": "2026-12-01"}, TODAY)
    found = [one.what for one in deviations(ward.study, ward.today, "LI-002") if one.visit == "SP-S06"]
    assert found == ["not_eligible_yet"]
    # Older releases took a screening after the enrolment.
    about = ward.study.case(ward.study.subject("LI-002")).screened
    assert about is not None
    later = NewFact("correction", {"void": False, "set.on": "2026-12-02"}, about.subject, about.seq)
    with ward.study.store.transaction():
        ward.study.append(TODAY, [later])
    ward.study.forget()
    found = [one.what for one in deviations(ward.study, ward.today, "LI-002") if one.visit == "SP-S06"]
    assert found == ["not_eligible_yet", "screened_late"]


def test_an_age_outside_the_limits_at_enrolment(ward: Ward) -> None:
    fields = {**PERSON, "code": "LI-002", "year_of_birth": 2009}
    enrol.enrol(ward.study, fields, TODAY, sure=True)
    found = next(one for one in deviations(ward.study, ward.today, "LI-002") if one.what == "ineligible")
    assert found.detail == "I08 asks for 18 years or more, and the participant is at most 17"


# Numbers


def test_the_first_decision_gives_a_number_that_later_ones_keep(ward: Ward) -> None:
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-18")
    late(ward)
    assert row(ward, DAY_8).number == 0
    classed(ward)
    ward.do("deviation_classed", visit="SP-C03#1.15", **{"class": "minor"})
    classed(ward, "allowed")
    assert (row(ward, DAY_8).number, row(ward, "SP-C03#1.15").number) == (1, 2)


def test_a_number_is_never_given_to_another_deviation(ward: Ward) -> None:
    late(ward)
    ward.do("performed", visit="SP-C03#1.15", on="2026-12-18")
    classed(ward)
    ward.undo()
    assert row(ward, DAY_8).number == 0
    ward.do("deviation_classed", visit="SP-C03#1.15", **{"class": "minor"})
    assert row(ward, "SP-C03#1.15").number == 2
    classed(ward)
    assert row(ward, DAY_8).number == 1


def test_numbers_run_over_all_participants(ward: Ward) -> None:
    ward.enrol(code="LI-002")
    late(ward)
    classed(ward)
    ward.do("performed", "LI-002", visit="SP-C01", on="2026-11-30")
    ward.do("performed", "LI-002", visit=DAY_8, on="2026-12-10")
    ward.do("deviation_classed", "LI-002", visit=DAY_8, **{"class": "minor"})
    assert [(one.participant, one.number) for one in deviations(ward.study, ward.today) if one.number] == [
        ("LI-001", 1),
        ("LI-002", 2),
    ]


def test_a_numbered_row_that_reads_otherwise_says_how_it_read(ward: Ward) -> None:
    late(ward)
    classed(ward)
    assert row(ward, DAY_8).remark == ""
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-10")
    found = row(ward, DAY_8)
    assert (found.number, found.days) == (1, 1)
    assert found.remark == "as numbered: 2 days late, Fri 11 Dec 2026, window Sun 6 – Wed 9 Dec 2026"


def test_a_numbered_row_that_is_gone_stays_in_the_log_as_it_was(ward: Ward) -> None:
    late(ward)
    classed(ward, comment="dose intensity")
    ward.correct(ward.seq("performed", DAY_8), on="2026-12-08")
    found = row(ward, DAY_8)
    assert (found.number, found.what, found.days, found.on) == (1, "late", 2, date(2026, 12, 11))
    assert (found.earliest, found.latest) == (date(2026, 12, 6), date(2026, 12, 9))
    assert found.class_ == "important"
    assert found.remark.startswith("it no longer follows since fact ")


def test_what_was_told_stays_and_a_signature_is_for_the_decision_that_holds(ward: Ward) -> None:
    late(ward)
    classed(ward, cause="no porter", found_on="2026-12-14", signed_by="M Holm", signed_on="2026-12-16")
    classed(ward, action="porter booked", reported_on="2026-12-17", reported_to="sponsor")
    found = row(ward, DAY_8)
    assert [found.told(name) for name in ("cause", "action", "found_on", "reported_on", "reported_to")] == [
        "no porter",
        "porter booked",
        "2026-12-14",
        "2026-12-17",
        "sponsor",
    ]
    assert (found.told("signed_by"), found.told("signed_on")) == ("", "")


def test_a_signature_of_nobody_is_refused(ward: Ward) -> None:
    late(ward)
    with pytest.raises(Refused) as caught:
        classed(ward, signed_on="2026-12-18")
    assert (caught.value.kind, caught.value.values["name"]) == ("field_missing", "signed_by")
