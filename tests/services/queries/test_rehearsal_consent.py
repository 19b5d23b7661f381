"""Consent and inclusion as two days, told in stories.

2026-11-23 is a Monday; the site is closed on Saturdays and Sundays. In ScanPan inclusion is expected 14 days after the
consent, imaging 14 days before it and its window 14 days around that, cycle 1 seven days after it.
"""

import json
from typing import Any

import pytest

from app.domain.calendar.entries import Calendar
from app.domain.refusal import Refused
from app.services.queries.rehearsal import Rehearsal, rehearse
from app.wording.problems import problem_text
from app.wording.reasons import reason_texts
from app.wording.refusals import refusal_text

CONSENT = "2026-11-23"
Told = dict[str, Any]


def done(visit: str, on: str) -> Told:
    return {"kind": "performed", "visit": visit, "on": on}


def booked(visit: str, on: str) -> Told:
    return {"kind": "booked", "visit": visit, "on": on}


def included(on: str) -> Told:
    return {"kind": "included", "on": on}


def withdrawn(scope: str, on: str, **more: str) -> Told:
    return {"kind": "withdrawn", "scope": scope, "on": on, "reason": "declined", **more}


def told(
    *facts: Told,
    consented: str = "",
    enrolled: str = "",
    today: str = "2027-02-28",
    protocol: str = "scanpan",
    site: Told | None = None,
) -> Rehearsal:
    person = {"code": "LI-001", "country": "SE" if protocol == "scanpan" else "CN", "regimen": "MFFX"}
    days = {"consented_on": consented, "enrolled_on": enrolled}
    person |= {name: day for name, day in days.items() if day}
    story: Told = {"protocol": protocol, "today": today, "participant": person, "facts": list(facts)}
    return rehearse(json.dumps({**story, "site": site} if site else story))


def refused(*facts: Told, **more: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        told(*facts, **more)
    assert refusal_text(caught.value)
    return caught.value


def days(calendar: Calendar, key: str) -> tuple[str, str, str]:
    """The target, the window and the proposed day."""
    one = calendar.by_key[key]
    return str(one.target), f"{one.earliest}..{one.latest}", str(one.proposed)


def test_the_worked_example_of_somebody_included_on_the_day_of_consent() -> None:
    story = told(enrolled=CONSENT, today=CONSENT).calendar
    assert len(story.entries) == 67
    assert days(story, "SP-S00") == (CONSENT, f"{CONSENT}..{CONSENT}", CONSENT)
    assert days(story, "SP-S06") == (CONSENT, f"{CONSENT}..{CONSENT}", CONSENT)
    assert days(story, "SP-S02") == ("2026-11-09", "2026-10-26..2026-11-23", CONSENT)
    assert story.by_key["SP-C02#3"].target == story.by_key["SP-C02#3"].proposed
    assert str(story.by_key["SP-C02#3"].target) == "2026-12-28"
    assert str(story.by_key["SP-R02"].target) == "2027-03-22"
    for key in ("SP-S00", "SP-S06"):
        one = story.by_key[key]
        assert (one.status, one.basis, str(one.performed), one.window_result) == ("performed", "recorded", CONSENT, 0)
    assert reason_texts(story.by_key["SP-S02"], story) == [
        "14 days before enrolment (Mon 23 Nov 2026); not before the consent of Mon 23 Nov 2026, so Mon 23 Nov 2026 is "
        "proposed"
    ]


def test_the_worked_example_of_somebody_in_screening() -> None:
    story = told(consented=CONSENT, today=CONSENT).calendar
    assert len(story.entries) == 67
    assert days(story, "SP-S06") == ("2026-12-07", "2026-11-23..2026-12-21", "2026-12-07")
    assert days(story, "SP-S02") == ("2026-11-23", "2026-11-09..2026-12-07", "2026-11-23")
    assert days(story, "SP-C01") == ("2026-12-14", "2026-12-07..2026-12-28", "2026-12-14")
    for key in ("SP-S06", "SP-S02", "SP-C01"):
        assert (story.by_key[key].basis, story.by_key[key].performed) == ("forecast", None)
    assert (story.by_key["SP-S00"].basis, str(story.by_key["SP-S00"].performed)) == ("recorded", CONSENT)
    assert story.by_key["SP-S06"].status == "due"


def test_the_worked_example_of_a_window_without_an_open_day_from_consent_on() -> None:
    # the window of the scan closes on the day of consent, on which the site is closed
    story = told(enrolled=CONSENT, today=CONSENT, site={"closed": [CONSENT]}).calendar
    assert days(story, "SP-S02") == ("2026-11-09", "2026-10-26..2026-11-23", "2026-11-24")
    assert [problem_text(one, story) for one in story.by_key["SP-S02"].problems] == [
        "no open day in the window 26 Oct – 23 Nov 2026: the proposed Tue 24 Nov 2026 lies outside it"
    ]
    # routine care is not bound to consent: nothing is in its way on 9 November
    assert days(story, "SP-S05") == ("2026-11-09", "2026-08-25..2026-11-23", "2026-11-09")
    assert story.by_key["SP-S05"].problems == ()


def test_the_other_trial() -> None:
    # Tuesday 2026-11-24 + 14 d; imaging and pathology 7 days before, day 1 seven days after
    story = told(consented="2026-11-24", today="2026-11-24", protocol="nct06873178").calendar
    assert days(story, "CJ-S01") == ("2026-12-08", "2026-11-24..2026-12-22", "2026-12-08")
    assert days(story, "CJ-S02") == ("2026-12-01", "2026-11-10..2026-12-08", "2026-12-01")
    assert days(story, "CJ-C01") == ("2026-12-15", "2026-12-08..2026-12-22", "2026-12-15")
    story = told(consented="2026-11-24", enrolled="2026-11-26", today="2026-11-26", protocol="nct06873178").calendar
    assert days(story, "CJ-S01") == ("2026-11-26", "2026-11-26..2026-11-26", "2026-11-26")
    # target 19 November; pathology of routine care keeps that Thursday
    assert days(story, "CJ-S02") == ("2026-11-19", "2026-10-29..2026-11-26", "2026-11-24")
    assert days(story, "CJ-S03") == ("2026-11-19", "2026-09-27..2026-11-26", "2026-11-19")


def test_a_booked_inclusion_carries_everything_with_it() -> None:
    story = told(booked("SP-S06", "2026-11-30"), consented=CONSENT, today=CONSENT).calendar
    assert days(story, "SP-S06") == ("2026-12-07", "2026-11-23..2026-12-21", "2026-12-07")
    assert days(story, "SP-S02") == ("2026-11-16", "2026-11-02..2026-11-30", CONSENT)
    assert days(story, "SP-S05") == ("2026-11-16", "2026-09-01..2026-11-30", "2026-11-16")
    assert days(story, "SP-C01") == ("2026-12-07", "2026-11-30..2026-12-21", "2026-12-07")


def test_an_inclusion_due_at_a_weekend_goes_forward() -> None:
    # Saturday 2026-11-28 + 14 d is Saturday 12 December
    story = told(consented="2026-11-28", today="2026-11-28").calendar
    assert days(story, "SP-S06") == ("2026-12-12", "2026-11-28..2026-12-26", "2026-12-14")
    assert days(story, "SP-C01")[0] == "2026-12-21"


def test_an_inclusion_whose_booked_day_passed_is_what_the_rest_is_counted_from_without_a_record() -> None:
    story = told(booked("SP-S06", "2026-11-30"), consented=CONSENT, today="2026-12-01").calendar
    assert [problem_text(one, story) for one in story.by_key["SP-C01"].problems] == [
        "counted from an unrecorded day: record Inclusion (Mon 30 Nov 2026)"
    ]


def test_an_inclusion_recorded_later_is_the_day_of_enrolment() -> None:
    told_later = told(included("2026-11-30"), consented=CONSENT)
    at_once = told(consented=CONSENT, enrolled="2026-11-30")
    assert told_later.calendar == at_once.calendar
    assert days(told_later.calendar, "SP-S06") == ("2026-11-30", "2026-11-30..2026-11-30", "2026-11-30")


def test_a_scan_in_screening_is_judged_when_the_inclusion_is_known() -> None:
    # expected on 7 December, so the window is 9 November to 7 December
    story = told(done("SP-S02", "2026-11-24"), consented=CONSENT).calendar
    scan = story.by_key["SP-S02"]
    assert (scan.window_result, scan.provisional) == (0, True)
    # included on 4 January: target 21 December, window 7 December to 4 January
    story = told(done("SP-S02", "2026-11-24"), included("2027-01-04"), consented=CONSENT).calendar
    scan = story.by_key["SP-S02"]
    assert (scan.window_result, scan.provisional) == (-13, False)


def test_a_procedure_of_the_study_before_consent_is_a_problem_and_routine_care_is_none() -> None:
    before = "2026-11-20"
    facts = [done(visit, before) for visit in ("SP-S01", "SP-S02", "SP-S05", "SP-S08")]
    story = told(*facts, consented=CONSENT, enrolled="2026-11-30")
    early = [
        one.key for one in story.calendar.entries if any(p.kind == "performed_before_consent" for p in one.problems)
    ]
    assert sorted(early) == ["SP-S02", "SP-S08"]
    assert [problem_text(one, story.calendar) for one in story.calendar.by_key["SP-S02"].problems] == [
        "performed before the consent: Fri 20 Nov 2026 is before Mon 23 Nov 2026, and this is a procedure of the study"
    ]
    logged = [(one.visit, one.proposed) for one in story.deviations if one.what == "performed_before_consent"]
    assert sorted(logged) == [("SP-S02", "important"), ("SP-S08", "important")]


def test_what_was_performed_keeps_the_day_that_its_row_proposes() -> None:
    story = told(done("SP-S02", CONSENT), enrolled=CONSENT, today=CONSENT).calendar
    assert days(story, "SP-S02") == ("2026-11-09", "2026-10-26..2026-11-23", "2026-11-09")


@pytest.mark.parametrize(
    ("facts", "more", "kind"),
    [
        ((), {}, "no_consent"),
        ((), {"consented": "2026-11-24", "enrolled": CONSENT}, "consent_after_enrolment"),
        ((), {"consented": "2027-03-01"}, "future"),
        ((), {"consented": CONSENT, "enrolled": "2027-03-01"}, "future"),
        ((done("SP-S06", "2026-12-07"),), {"consented": CONSENT}, "enrolment_is_recorded"),
        (({"kind": "missed", "visit": "SP-S06", "on": "2026-12-07", "reason": "ill"},), {"consented": CONSENT},
         "enrolment_is_recorded"),
        ((done("SP-S06", CONSENT),), {"enrolled": CONSENT}, "enrolment_is_recorded"),
        ((done("SP-S00", CONSENT),), {"consented": CONSENT}, "consent_is_recorded"),
        ((done("SP-C01", "2026-12-14"),), {"consented": CONSENT}, "not_included"),
        ((done("SP-P03", "2027-02-01"),), {"consented": CONSENT}, "not_included"),
        ((done("SP-C03#1.3", "2026-12-16"),), {"consented": CONSENT}, "not_included"),
        ((booked("SP-C01", "2026-11-20"),), {"consented": CONSENT}, "before_consent"),
        ((included("2026-11-20"),), {"consented": CONSENT}, "consent_after_enrolment"),
        ((included("2026-11-30"),), {"enrolled": CONSENT}, "included_already"),
        ((included("2026-11-30"), included("2026-12-01")), {"consented": CONSENT}, "included_already"),
        ((withdrawn("all", "2026-11-24"), included("2026-11-30")), {"consented": CONSENT}, "after_withdrawal"),
        (({"kind": "died", "on": "2026-11-24"}, included("2026-11-30")), {"consented": CONSENT}, "after_death"),
        ((withdrawn("all", "2026-11-20"),), {"consented": CONSENT}, "end_before_consent"),
        ((withdrawn("all", "2026-11-20"),), {"consented": CONSENT, "enrolled": "2026-11-30"}, "end_before_consent"),
        ((withdrawn("all", "2026-11-24"),), {"consented": CONSENT, "enrolled": "2026-11-30"}, "end_before_enrolment"),
        ((withdrawn("all", "2026-11-20"),), {"enrolled": CONSENT}, "end_before_enrolment"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(facts: tuple[Told, ...], more: Told, kind: str) -> None:
    assert refused(*facts, **more).kind == kind


@pytest.mark.parametrize(
    "end", [withdrawn("all", "2026-11-25"), {"kind": "lost", "on": "2026-11-25", "reason": "moved away"},
            {"kind": "died", "on": "2026-11-25"}],
)  # fmt: skip
def test_an_end_between_consent_and_inclusion_cancels_what_is_open(end: Told) -> None:
    story = told(done("SP-S02", CONSENT), end, consented=CONSENT, today="2026-12-01").calendar
    settled = {one.key: one.status for one in story.entries if one.status != "cancelled"}
    assert settled == {"SP-S00": "performed", "SP-S02": "performed"}


def test_a_treatment_given_after_the_inclusion_is_taken() -> None:
    story = told(included("2026-12-07"), done("SP-C01", "2026-12-14"), consented=CONSENT).calendar
    assert story.by_key["SP-C01"].window_result == 0


@pytest.mark.parametrize("enrolled", ["", "2026-12-07"])
def test_a_questionnaire_of_an_extra_visit_in_screening_is_taken_before_and_after_the_inclusion(enrolled: str) -> None:
    filled: Told = {"kind": "questionnaire", "visit": "U#1", "on": "2026-11-25", "done": True, "questionnaire": "eq5d"}
    story = told(done("U#1", "2026-11-25"), filled, consented=CONSENT, enrolled=enrolled)
    assert str(story.calendar.by_key["U#1"].performed) == "2026-11-25"
    early = {**filled, "on": "2026-11-20"}
    assert refused(done("U#1", "2026-11-25"), early, consented=CONSENT, enrolled=enrolled).kind == "before_consent"
