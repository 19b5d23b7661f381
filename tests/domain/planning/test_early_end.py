"""Visits whose course ends before its time."""

from tests.domain.stories import (
    ENROLLED,
    booked,
    calendar,
    decided,
    done,
    judged,
    statuses,
    stopped,
    target,
)


def test_stopped_treatment_is_restaged_two_weeks_after_the_last_dose() -> None:
    # last dose 12-14: restaging 12-28, operation the later of 01-11 and 01-07; SP-R01 (01-30) lies after 12-28
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-14"), stopped("preop_chemo", "2026-12-20")]
    story = calendar(*facts, today="2026-12-20")
    assert statuses(story, "SP-C02#3", "SP-C04#3.1", "SP-C03#2.3", "SP-R01") == [
        "cancelled",
        "cancelled",
        "overdue",
        "cancelled",
    ]
    assert [target(story.by_key[key]) for key in ("SP-R02", "SP-P03")] == ["2026-12-28", "2027-01-11"]
    assert target(story.by_key["SP-C02#3"]) == "2026-12-28", "a cancelled visit keeps its dates"


def test_stopped_late_the_first_reassessment_stays() -> None:
    # last dose 01-25 + 14 d = 02-08, after SP-R01 (01-30)
    facts = [done("SP-C01", "2026-11-30"), done("SP-C02#5", "2027-01-25"), stopped("preop_chemo", "2027-01-26")]
    assert statuses(calendar(*facts, today="2027-01-26"), "SP-R01", "SP-R02") == ["planned", "planned"]


def test_stopped_before_any_dose_all_visits_counted_from_treatment_wait() -> None:
    story = calendar(stopped("preop_chemo", ENROLLED), today=ENROLLED)
    assert statuses(story, "SP-C01", "SP-C02#2", "SP-C04#1.1") == ["cancelled"] * 3
    assert statuses(story, "SP-R01", "SP-R02", "SP-R04", "SP-P03", "SP-A01", "SP-F24") == ["awaiting"] * 6
    # an operation booked while it waits gives days to all visits counted from it
    story = calendar(stopped("preop_chemo", ENROLLED), booked("SP-P03", "2027-01-11"), today=ENROLLED)
    assert (target(story.by_key["SP-P03"]), target(story.by_key["SP-F24"])) == (None, "2029-01-11")


def test_stopped_after_the_operation_keeps_the_visit_at_the_end_only_if_a_dose_was_given() -> None:
    operated = [done("SP-C01", "2026-11-30"), done("SP-P03", "2027-04-05")]
    none = calendar(*operated, stopped("postop_chemo", "2027-04-20"), today="2027-04-20")
    assert statuses(none, "SP-A01", "SP-A03", "SP-F24") == ["cancelled", "cancelled", "planned"]
    # 05-31 + 28 d
    one = calendar(*operated, done("SP-A01", "2027-05-31"), stopped("postop_chemo", "2027-06-10"), today="2027-06-10")
    assert statuses(one, "SP-A02#2", "SP-A03") == ["cancelled", "planned"]
    assert target(one.by_key["SP-A03"]) == "2027-06-28"


def test_an_operation_ends_the_treatment_before_it() -> None:
    facts = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01"), done("SP-P03", "2027-04-06")]
    story = calendar(*facts, today="2027-04-06")
    assert statuses(story, "SP-C02#2", "SP-C04#2.1", "SP-R01", "SP-R02", "SP-R04") == [
        "cancelled",
        "cancelled",
        "performed",
        "cancelled",
        "cancelled",
    ]
    # what belongs to the dose that was given stays open; judged by the window of the forecast
    assert statuses(story, "SP-C04#1.1", "SP-C03#1.3") == ["overdue", "overdue"]
    assert judged(story.by_key["SP-P03"]) == "2027-03-29..2027-05-03"


def test_the_visit_at_which_no_surgery_was_decided_stays_to_be_recorded() -> None:
    story = calendar(decided("SP-R04", "2027-03-30", "no_surgery"), today="2027-03-30")
    assert statuses(story, "SP-R04", "SP-R02", "SP-P03") == ["due", "cancelled", "cancelled"]
