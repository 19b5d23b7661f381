"""Bloods and visits that are outdated because the visit they were taken for has moved, and their repeats."""

from app.domain.calendar.entries import Status
from tests.domain.stories import (
    RETURNS,
    booked,
    calendar,
    decided,
    done,
    judged,
    moved,
    omitted,
    problem_kinds,
    proposed,
    stopped,
    target,
    window,
)


def test_bloods_are_outdated_when_their_dose_moves_and_a_repeat_appears() -> None:
    # drawn on Friday 11-27 for Monday 11-30; the dose goes to 12-07, whose bloods are from 12-04 to 12-07
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07")]
    found = calendar(*facts, today="2026-11-28").by_key
    first, second = found["SP-C04#1.1"], found["SP-C04#1.1/2"]
    assert (judged(first), first.window_result, first.outdated) == ("2026-11-27..2026-11-30", 0, True)
    assert (window(first), problem_kinds(first)) == ("2026-12-04..2026-12-07", ["outdated"])
    assert (target(second), proposed(second), second.status) == ("2026-12-06", "2026-12-04", Status.PLANNED)
    assert problem_kinds(found["SP-C01"]) == ["outdated_before"], "never shown as ready on outdated bloods"


def test_bloods_are_good_again_when_the_dose_goes_back() -> None:
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07"), moved("SP-C01", "2026-11-30")]
    found = calendar(*facts, today="2026-11-28").by_key
    assert (found["SP-C04#1.1"].outdated, "SP-C04#1.1/2" in found) == (False, False)


def test_outdated_twice_gives_a_third_draw() -> None:
    facts = [done("SP-C04#1.1", "2026-11-27"), moved("SP-C01", "2026-12-07"), done("SP-C04#1.1/2", "2026-12-04")]
    found = calendar(*facts, moved("SP-C01", "2026-12-14"), today="2026-12-05").by_key
    assert [found[key].outdated for key in ("SP-C04#1.1", "SP-C04#1.1/2")] == [True, True]
    # for 12-14: the day before, from two days before that to the day itself
    assert window(found["SP-C04#1.1/3"]) == "2026-12-11..2026-12-14"


def test_bloods_entered_after_their_dose_was_recorded_are_not_outdated() -> None:
    # the dose was expected on Monday 12-14 (bloods 12-11 to 12-14) and given on Friday 12-11; the bloods of 12-10
    # are entered last: they were never too old for a dose still to come
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-11"), done("SP-C04#2.1", "2026-12-10")]
    found = calendar(*facts, today="2026-12-11").by_key
    assert (found["SP-C04#2.1"].outdated, "SP-C04#2.1/2" in found) == (False, False)


def test_an_earlier_dose_entered_late_makes_no_bloods_of_a_given_dose_outdated() -> None:
    # AG: bloods on Friday 12-11 for day 15 (12-14), given a day late on 12-15; day 8, of 12-11, is entered only then.
    # Day 15 would not have been proposed before 12-17, but it was given: nothing is left to draw blood for.
    facts = [done("SP-C01", "2026-11-30"), done("SP-C04#1.15", "2026-12-11"), done("SP-C03#1.15", "2026-12-15")]
    found = calendar(*facts, done("SP-C03#1.8", "2026-12-11"), today="2026-12-16", regimen="AG").by_key
    assert (found["SP-C04#1.15"].outdated, "SP-C04#1.15/2" in found) == (False, False)


def test_a_dose_recorded_before_makes_bloods_outdated_for_good() -> None:
    # the same, but the late day 8 is known when day 15 is given: it pushed day 15 to 12-17, and the bloods of 12-11,
    # taken for 12-14, were outdated when it came
    facts = [done("SP-C01", "2026-11-30"), done("SP-C04#1.15", "2026-12-11"), done("SP-C03#1.8", "2026-12-11")]
    for given in ((), (done("SP-C03#1.15", "2026-12-17"),)):
        found = calendar(*facts, *given, today="2026-12-18", regimen="AG").by_key
        assert (found["SP-C04#1.15"].outdated, "SP-C04#1.15/2" in found) == (True, True)


def test_a_palliative_decision_makes_no_bloods_outdated() -> None:
    # day 1 of cycle 2, held until Thursday 12-17, was left out; cycle 3 returns to Monday 12-28, three days before its
    # base, as the last infusion given was on 11-30. Its bloods are from 12-25 to 12-28.
    facts = [done("SP-C01", "2026-11-30"), moved("SP-C02#2", "2026-12-17"), omitted("SP-C02#2", "2026-12-17")]
    facts.append(done("SP-C04#3.1", "2026-12-26"))
    before = calendar(*facts, today="2026-12-26", site=RETURNS).by_key["SP-C04#3.1"]
    decision = decided("SP-R01", "2026-12-26", "palliative")
    after = calendar(*facts, decision, today="2026-12-26", site=RETURNS).by_key["SP-C04#3.1"]
    assert (target(before), before.window_result, before.outdated) == ("2026-12-27", 0, False)
    assert (target(after), after.window_result, after.outdated) == ("2026-12-27", 0, False)


def test_the_preoperative_visit_is_repeated_when_the_operation_moves_on() -> None:
    # both on 03-24; the operation goes from 04-05 to 04-12: visit 03-29 to 04-11, questionnaire 03-15 to 04-12
    facts = [done("SP-P01", "2027-03-24"), done("SP-P02", "2027-03-24"), moved("SP-P03", "2027-04-12")]
    found = calendar(*facts, today="2027-03-30").by_key
    assert (found["SP-P01"].outdated, found["SP-P02"].outdated) == (True, False)
    assert (target(found["SP-P01/2"]), window(found["SP-P01/2"])) == ("2027-04-05", "2027-03-29..2027-04-11")
    assert "SP-P02/2" not in found


DOSES = (
    done("SP-C01", "2026-11-30"),
    *(
        done(f"SP-C02#{number}", day)
        for number, day in enumerate(
            ("2026-12-14", "2026-12-28", "2027-01-11", "2027-01-25", "2027-02-08", "2027-02-22", "2027-03-08"), start=2
        )
    ),
    done("SP-R02", "2027-03-22"),
)


def test_a_preoperative_visit_is_outdated_when_the_conference_moves_the_operation_beyond_it() -> None:
    # the conference of 03-31 leads to an operation on 04-07 and a visit before it on 03-31; it meets a day later, the
    # operation is on 04-08, and the visit before it is due on 04-01, not before the conference
    facts = [*DOSES, booked("SP-R04", "2027-03-31"), done("SP-P01", "2027-03-31"), done("SP-R04", "2027-04-01")]
    found = calendar(*facts, today="2027-04-01").by_key
    assert target(found["SP-P03"]) == "2027-04-08"
    assert (judged(found["SP-P01"]), found["SP-P01"].outdated) == ("2027-03-31..2027-04-06", True)
    assert window(found["SP-P01/2"]) == "2027-04-01..2027-04-07"


def test_a_conference_that_does_not_move_the_operation_makes_nothing_outdated() -> None:
    # the operation is counted from the dose of 03-08: 04-05, whether the conference meets on 03-26 or on 03-29
    facts = [*DOSES, booked("SP-R04", "2027-03-26"), done("SP-P01", "2027-03-26"), done("SP-R04", "2027-03-29")]
    found = calendar(*facts, today="2027-03-29").by_key
    assert target(found["SP-P03"]) == "2027-04-05"
    assert (window(found["SP-P01"]), found["SP-P01"].window_result) == ("2027-03-29..2027-04-04", -3)
    assert (found["SP-P01"].outdated, "SP-P01/2" in found) == (False, False)


def test_a_dose_that_a_stop_cancels_afterwards_had_come_before_the_one_given() -> None:
    # AG: bloods on Friday 12-11 for day 15 of Monday 12-14; day 8 is put off to Thursday 12-10, six days after which
    # day 15 may be given at the earliest, on 12-16, and its bloods drawn on 12-13. It is given on the 16th all the
    # same. Day 8 was never recorded, and the stop cancels it: the bloods were too old for the dose nonetheless.
    facts = [done("SP-C01", "2026-11-30"), done("SP-C04#1.15", "2026-12-11"), booked("SP-C03#1.8", "2026-12-10")]
    given = [*facts, done("SP-C03#1.15", "2026-12-16")]
    for end, day_eight in (([], Status.OVERDUE), ([stopped("preop_chemo", "2026-12-17")], Status.CANCELLED)):
        found = calendar(*given, *end, today="2026-12-17", regimen="AG").by_key
        assert (found["SP-C04#1.15"].outdated, "SP-C04#1.15/2" in found) == (True, True)
        assert found["SP-C03#1.8"].status is day_eight


def test_a_dose_that_a_stop_had_cancelled_before_did_not_come_before_the_one_entered_late() -> None:
    # The same, with the stop recorded before day 15, which is entered late: it was expected on 12-14 again by then.
    facts = [done("SP-C01", "2026-11-30"), done("SP-C04#1.15", "2026-12-11"), booked("SP-C03#1.8", "2026-12-10")]
    given = [*facts, stopped("preop_chemo", "2026-12-17"), done("SP-C03#1.15", "2026-12-16")]
    found = calendar(*given, today="2026-12-17", regimen="AG").by_key
    assert (found["SP-C04#1.15"].outdated, "SP-C04#1.15/2" in found) == (False, False)


def test_a_cancelled_dose_booked_early_pushes_no_later_one_away() -> None:
    # Cycle 2 is booked for Tuesday 12-01, and never recorded; cycle 1 is given on 12-10 only. Cycle 3 is expected 14
    # days after the booking, on 12-15; its bloods are drawn on 12-14, and it is given on the 16th. The stop cancels
    # cycle 2: 12 days after cycle 1, on the 22nd, nobody had expected cycle 3 nevertheless.
    facts = [booked("SP-C02#2", "2026-12-01"), done("SP-C01", "2026-12-10"), done("SP-C04#3.1", "2026-12-14")]
    given = [*facts, done("SP-C02#3", "2026-12-16"), stopped("preop_chemo", "2026-12-17")]
    found = calendar(*given, today="2026-12-17").by_key
    assert (found["SP-C04#3.1"].outdated, "SP-C04#3.1/2" in found) == (False, False)
