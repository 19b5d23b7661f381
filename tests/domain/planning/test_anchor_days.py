"""The days that visits are counted from."""

from collections.abc import Callable

import pytest

from app.domain.calendar.entries import Status
from app.domain.facts.planner_facts import Fact
from tests.domain.stories import (
    ENROLLED,
    booked,
    calendar,
    changed,
    decided,
    done,
    missed,
    omitted,
    proposed,
    stopped,
    target,
)


def test_consent_is_performed_and_visits_counted_from_it_have_a_recorded_basis() -> None:
    found = calendar(today=ENROLLED).by_key
    consent = found["SP-S06"]
    assert (consent.status, consent.window_result, consent.basis) == (Status.PERFORMED, 0, "recorded")
    assert (found["SP-C01"].basis, found["SP-C02#2"].basis, found["SP-F24"].basis) == ("recorded",) + ("forecast",) * 2


def test_the_last_dose_is_the_last_one_that_was_not_left_out() -> None:
    # cycle 8 omitted: the last dose is cycle 7 on 02-22; restaging 03-08, conference 03-11, operation 03-22, which is
    # later than 03-18
    found = calendar(omitted("SP-C02#8", "2027-03-08"), today="2027-03-08").by_key
    assert [target(found[key]) for key in ("SP-R02", "SP-R04", "SP-P03")] == ["2027-03-08", "2027-03-11", "2027-03-22"]


def test_an_operation_that_waited_for_an_end_of_treatment_gets_no_day_when_it_is_cancelled() -> None:
    # the conference met, then chemotherapy went on, and the repeat reassessment found no way to an operation: what was
    # done before it has nothing to be outdated by
    before = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), done("SP-R04", "2027-02-04")]
    goes_on = [
        done("SP-P01", "2027-02-05"),
        decided("SP-R01", "2027-02-08", "continue"),
        done("SP-R03#1", "2027-04-01"),
    ]
    facts = [*before, *goes_on, decided("SP-R03#1", "2027-04-01", "palliative")]
    for known, status in ((facts[:-1], Status.AWAITING), (facts, Status.CANCELLED)):
        found = calendar(*known, today="2027-04-01").by_key
        assert (found["SP-P03"].status, target(found["SP-P03"])) == (status, None)
        assert (found["SP-P01"].outdated, "SP-P01/2" in found) == (False, False)


@pytest.mark.parametrize("left_out", [omitted, missed])
def test_a_first_dose_that_was_left_out_is_no_beginning_once_treatment_is_stopped_before_any(
    left_out: Callable[[str, str], Fact],
) -> None:
    # two months after 11-30; after the stop what hangs on the phase waits, and a dose entered late begins it again
    facts = [left_out("SP-C01", "2026-11-30")]
    assert target(calendar(*facts, today="2026-12-16").by_key["SP-R01"]) == "2027-01-30"
    facts.append(stopped("preop_chemo", "2026-12-15"))
    found = calendar(*facts, today="2026-12-16").by_key
    assert [found[key].status for key in ("SP-R01", "SP-R02", "SP-P03")] == [Status.AWAITING] * 3
    assert (target(found["SP-C02#2"]), found["SP-C02#2"].status) == ("2026-12-14", Status.CANCELLED)
    # the stop cancels the reassessment, more than 14 days after the dose of 12-14; it keeps the day of before the stop
    late = calendar(*facts, done("SP-C02#2", "2026-12-14"), today="2026-12-16").by_key
    assert (target(late["SP-R01"]), late["SP-R01"].status) == ("2027-01-30", Status.CANCELLED)
    assert target(late["SP-R02"]) == "2026-12-28"


def test_an_end_by_a_response_leaves_the_reassessment_after_an_omitted_first_dose_its_day() -> None:
    # nobody has stopped treatment: the phase is over, as the response says
    facts = [omitted("SP-C01", "2026-11-30"), decided("SP-R01", "2027-02-01", "continue")]
    facts.append(decided("SP-R03#1", "2027-04-01", "response"))
    assert target(calendar(*facts, today="2027-04-01").by_key["SP-R01"]) == "2027-01-30"


def test_of_two_doses_on_one_day_that_of_the_later_cycle_is_the_last() -> None:
    # cycle 3 omitted, cycle 4 given on 07-12; changed to NAL, cycle 3 has a day 15, which nobody gave, on 07-12 too
    cycles = [done("SP-A01", "2027-05-31"), done("SP-A02#2", "2027-06-14"), omitted("SP-A02#3", "2027-06-28")]
    facts = [done("SP-P03", "2027-04-05"), *cycles, done("SP-A02#4", "2027-07-12"), changed("2027-07-13", "NAL")]
    found = calendar(*facts, today="2027-07-13").by_key
    assert (found["SP-A04#3.15"].status, proposed(found["SP-A04#3.15"])) == (Status.DUE, "2027-07-12")
    assert (target(found["SP-A03"]), found["SP-A03"].basis) == ("2027-08-09", "recorded")


def test_after_the_second_operation_everything_later_counts_from_it() -> None:
    facts = [done("SP-P03", "2027-04-05"), booked("SP-P04", "2027-06-07")]
    found = calendar(*facts, today="2027-04-05", choices={"staged": True}).by_key
    # 06-07 + 1, 14 and 21 days again, as well as those of the first operation
    assert [target(found[key]) for key in ("SP-O01@2", "SP-O05#14@2", "SP-O05#21@2", "SP-O06@2")] == [
        "2027-06-08",
        "2027-06-21",
        "2027-06-28",
        "2027-06-28",
    ]
    assert target(found["SP-O01"]) == "2027-04-06"
    # 30 and 90 days (the latter a Sunday), 56 days, 24 months after it
    assert [target(found[key]) for key in ("SP-O07@2", "SP-O08@2", "SP-A01", "SP-F24")] == [
        "2027-07-07",
        "2027-09-05",
        "2027-08-02",
        "2029-06-07",
    ]
    assert proposed(found["SP-O08@2"]) == "2027-09-06"
    # each operation has its own reviews: 30 and 90 days after 5 April
    assert [target(found[key]) for key in ("SP-O07", "SP-O08")] == ["2027-05-05", "2027-07-04"]
    waiting = calendar(facts[0], today="2027-04-05", choices={"staged": True}).by_key
    assert not {"SP-O07@2", "SP-O08@2"} & waiting.keys()


def test_an_operation_on_a_leap_day_is_followed_up_on_the_last_of_february() -> None:
    found = calendar(done("SP-P03", "2028-02-29"), today="2028-02-29").by_key
    assert [target(found[key]) for key in ("SP-F03", "SP-F12", "SP-F24")] == ["2028-05-29", "2029-02-28", "2030-02-28"]


def test_months_are_counted_from_the_operation_each_time_and_clipped_at_the_end() -> None:
    # 31 August: + 3 months 30 November, + 6 months 29 February of a leap year, + 9 months 31 May again
    found = calendar(done("SP-P03", "2027-08-31"), today="2027-08-31").by_key
    assert [target(found[f"SP-F{month:02d}"]) for month in (3, 6, 9, 12, 18, 24)] == [
        "2027-11-30",
        "2028-02-29",
        "2028-05-31",
        "2028-08-31",
        "2029-02-28",
        "2029-08-31",
    ]
