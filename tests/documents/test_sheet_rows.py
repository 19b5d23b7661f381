from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from app.documents.marks import Shape
from app.documents.sheet_rows import NextVisit, SheetSource, VisitSheet, visit_sheet
from app.domain.calendar.entries import Calendar, Entry, Problem, Status
from app.domain.dates import Window
from app.domain.protocol.regimens import Drug, Regimen
from app.domain.protocol.version import Activity
from app.protocols.library import shipped_protocol
from tests.documents.calendars import (
    CONDITION,
    DOSE,
    MONTHLY,
    PUMP,
    SURGERY,
    TABLETS,
    TODAY,
    calendar,
    dose,
    entry,
    protocol,
    usual,
)


def sheet(one: Entry, among: Calendar | None = None, **given: object) -> VisitSheet:
    source = SheetSource(protocol(), among or calendar(one), "Linköping")
    return visit_sheet(replace(source, **given), one)  # type: ignore[arg-type]


def test_identity() -> None:
    found = sheet(dose(6, TODAY)).identity
    assert (found.participant, found.registry, found.version) == ("LI-001", "NCT00000000", "2026-11-01")
    assert (found.key, found.visit, found.epoch) == ("DOSE#6", "Cycle 6 day 1", "Preoperative chemotherapy")


def test_the_cohort_is_named_as_the_protocol_names_it() -> None:
    named = protocol(about={"cohorts": ({"id": "late", "name": "Late disease"},)})
    source = SheetSource(named, usual(), "Linköping", cohort="late")
    assert visit_sheet(source, dose(6, TODAY)).identity.cohort == "Late disease"
    answered = replace(source, cohort="", choices={"cohort": "early"})
    assert visit_sheet(answered, dose(6, TODAY)).identity.cohort == "early"
    assert sheet(dose(6, TODAY)).identity.cohort == ""


@pytest.mark.parametrize(
    ("one", "label", "day"),
    [
        (dose(6, TODAY), "Proposed", "Mon 8 Feb 2027"),
        (dose(6, TODAY, booked=TODAY, booked_at="09:30"), "Booked", "Mon 8 Feb 2027, 09:30"),
        (dose(6, TODAY, booked=date(2027, 2, 1), moved=TODAY), "Moved to", "Mon 8 Feb 2027"),
        (dose(6, TODAY, performed=TODAY, performed_at="10:05"), "Performed", "Mon 8 Feb 2027, 10:05"),
        (dose(6, TODAY, assumed=None, status=Status.AWAITING), "Proposed", "no date yet"),
    ],
)
def test_the_day_it_stands_on(one: Entry, label: str, day: str) -> None:
    plan = sheet(one).plan
    assert (plan.day_label, plan.day) == (label, day)


def test_a_performed_visit_shows_the_window_it_was_judged_by() -> None:
    judged = Window(date(2027, 2, 1), date(2027, 2, 4))
    found = sheet(dose(6, TODAY, performed=TODAY, judged=judged, window_result=4, status=Status.PERFORMED))
    assert found.plan.window == "Mon 1 – Thu 4 Feb 2027"
    assert found.plan.status == "done, late by 4 d"
    assert found.plan.mark is Shape.DONE
    assert found.inside is False


def test_a_booking_that_cannot_be_kept_is_marked_as_what_is_overdue() -> None:
    later = TODAY + timedelta(5)
    kept = dose(3, later, booked=later, status=Status.PLANNED)
    left = replace(kept, problems=(Problem(kept.key, "booking_closed", {"on": later, "why": "site"}),))
    assert (sheet(kept).plan.mark, sheet(left).plan.mark) == (Shape.CIRCLE, Shape.DIAMOND)
    assert sheet(left).plan.status == "needs rebooking"


def test_what_is_assumed_is_said() -> None:
    assert sheet(dose(6, TODAY)).plan.unconfirmed == "Not confirmed against the site's protocol: timing, window"
    assert sheet(entry("SURGERY", SURGERY)).plan.unconfirmed == ""


def blanks(one: Entry) -> list[tuple[str, str]]:
    return [(blank.label, blank.value) for blank in sheet(one).blanks]


def labels(one: Entry) -> list[str]:
    return [blank.label for blank in sheet(one).blanks]


def test_fields_follow_the_kind_of_day() -> None:
    assert labels(dose(6, TODAY))[2:] == ["Dose start", "Dose stop", "Pump start", "Pump off due"]
    assert labels(dose(6, TODAY, TABLETS))[2:] == ["Dose start", "Dose stop"]
    assert labels(entry("MONTHLY#1", MONTHLY))[1:3] == ["Call began", "Call ended"]


def test_a_disconnection_shows_when_the_pump_is_due_off() -> None:
    due = datetime(2027, 2, 10, 8, 15)
    one = entry("DOSE#6.3", DOSE, day=3, cycle=6, day_kind="pump_disconnect", regimen="MFFX", due_at=due)
    assert ("Pump off due", "Wed 10 Feb 2027, 08:15") in [(blank.label, blank.value) for blank in sheet(one).blanks]


def test_activities_depend_on_choices_and_say_so() -> None:
    assert "Quality of life package" not in [row.text for row in sheet(dose(6, TODAY)).procedures]
    found = [row for row in sheet(dose(6, TODAY), choices={"eortc": True}).procedures if row.because]
    assert [(row.text, row.because) for row in found] == [
        ("Quality of life package", "EORTC questionnaires used? – yes")
    ]


def test_an_activity_may_allow_several_answers() -> None:
    allowed: tuple[str | bool, ...] = ("early", "late")
    visit = replace(SURGERY, activities=(Activity("Scan", when={"cohort": allowed}),))  # type: ignore[dict-item]
    one = entry("SURGERY", visit)
    assert sheet(one, choices={"cohort": "late"}).procedures
    assert not sheet(one, choices={"cohort": "never"}).procedures


@pytest.mark.parametrize(
    ("what", "drugs", "beyond"),
    [
        ("gemcitabine 1000; tablets in the evening", [Drug("Gemcitabine", "1000")], ["tablets in the evening"]),
        ("oxaliplatin 85; pump over 46 h", [Drug("Oxaliplatin", "85"), Drug("Fluorouracil", "2", True)], []),
        ("oxaliplatin 85; pump over 46 h", [Drug("Oxaliplatin", "85")], ["pump over 46 h"]),
        ("2 Gy; nothing by mouth", [], []),
        ("Start of the pump;", [Drug("Drug", "1 mg", True)], []),
    ],
)  # fmt: skip
def test_the_parts_of_a_day_that_no_drug_names(what: str, drugs: list[Drug], beyond: list[str]) -> None:
    regimen = replace(TABLETS, days=(replace(TABLETS.days[0], what=what, doses=tuple(drugs)), *TABLETS.days[1:]))
    one = dose(6, TODAY, TABLETS)
    found = visit_sheet(SheetSource(protocol(regimens={"GEMCAP": regimen}), calendar(one), "Linköping"), one).dose
    assert found is not None
    assert found.beyond == tuple(("Day 1, Mon 8 Feb 2027", part) for part in beyond)


def test_tablets_print_on_the_first_day_of_the_cycle_only() -> None:
    first = sheet(dose(6, TODAY, TABLETS)).dose
    assert first is not None
    assert first.title == "gemcitabine + capecitabine, cycle 6 day 1"
    assert first.at_home == (
        ("Day 2, Tue 9 Feb 2027", "capecitabine 830 mg/m² twice daily, days 2 to 21"),
        ("Day 22, Mon 1 Mar 2027", "last capecitabine dose, in the morning"),
    )
    later = sheet(dose(6, TODAY, TABLETS, day=8)).dose
    assert later is not None
    assert later.at_home == ()


def test_the_first_day_of_tablets_taken_twice_a_day_stands_on_the_sheet_too() -> None:
    shipped = shipped_protocol("scanpan")
    one = replace(dose(6, TODAY, TABLETS), visit=shipped.visits["SP-C02"])
    found = visit_sheet(SheetSource(shipped, calendar(one), "Linköping"), one).dose
    assert found is not None
    assert found.at_home == (
        ("Day 2, Tue 9 Feb 2027", "capecitabine 830 mg/m2 twice daily, days 2 to 21"),
        ("Day 22, Mon 1 Mar 2027", "capecitabine 830 mg/m2 once, in the morning (last dose)"),
    )


def test_a_pump_without_its_start_is_due_so_many_hours_after_it() -> None:
    assert blanks(dose(6, TODAY))[-2:] == [("Pump start", ""), ("Pump off due", "46 h after ____")]
    pump = entry("DOSE#6.3", DOSE, day=3, cycle=6, day_kind="pump_disconnect", regimen="MFFX", pump_hours=46)
    assert blanks(pump)[2:4] == [("Pump started (day, time)", ""), ("Pump off due", "46 h after ____")]
    due = datetime(2027, 2, 10, 11, 30)
    started = replace(pump, due_at=due, pump_on=TODAY, pump_at="13:30")
    known = [("Pump started (day, time)", "Mon 8 Feb 2027, 13:30"), ("Pump off due", "Wed 10 Feb 2027, 11:30")]
    assert blanks(started)[2:4] == known
    given = dose(6, TODAY, pump_on=TODAY, pump_at="13:30")
    found = visit_sheet(SheetSource(protocol(), calendar(given, started), "Linköping"), given).blanks
    assert [(one.label, one.value) for one in found][-2:] == [
        ("Pump start", "13:30"),
        ("Pump off due", "Wed 10 Feb 2027, 11:30"),
    ]


def test_bloods_before_a_dose_are_no_dose() -> None:
    found = sheet(dose(6, TODAY, day_kind="bloods"))
    assert found.dose is None
    assert not found.asks_outcome
    assert [blank.label for blank in found.blanks][2:] == ["Blood drawn", "Drawing by"]


def with_condition(mark: str, complete: bool) -> Regimen:
    first = replace(PUMP.first, condition=replace(CONDITION, mark=mark, complete=complete))
    return replace(PUMP, days=(first, *PUMP.days[1:]))


@pytest.mark.parametrize(("mark", "complete"), [("assumed", True), ("verified", False)])
def test_an_unsure_start_condition_is_not_shown(mark: str, complete: bool) -> None:
    changed = protocol(regimens={"MFFX": with_condition(mark, complete)})
    found = visit_sheet(SheetSource(changed, usual(), "Linköping"), dose(6, TODAY)).dose
    assert found is not None
    assert found.reminder == ""


def test_a_start_condition_names_its_source_and_gives_no_advice() -> None:
    found = sheet(dose(6, TODAY)).dose
    assert found is not None
    assert found.reminder == (
        "Reminder, as published: neutrophils ≥ 1.5 and platelets ≥ 100 × 10⁹/L "
        "[Northern Cancer Network, protocol sheet 2019] The investigator decides."
    )


def test_questionnaires_by_name_and_specimens_with_amounts() -> None:
    assert sheet(dose(6, TODAY)).questionnaires == ("EQ-5D 5L",)
    assert sheet(dose(6, TODAY), choices={"eortc": True}).questionnaires == ("EQ-5D 5L", "QLQ-C30")
    assert sheet(entry("SURGERY", SURGERY)).specimens == ("Tumour tissue, 180 mg",)


def test_the_next_open_visit() -> None:
    among = usual()
    assert sheet(among.entries[0], among).next_visit == NextVisit(
        "Pump disconnection, cycle 6", "proposed Wed 10 Feb 2027", "Wed 10 Feb 2027", ()
    )


def test_the_next_visit_says_why_it_left_its_target() -> None:
    among = usual()
    why = {"SURGERY": ["Easter Monday is closed."]}
    found = sheet(among.entries[2], among, why=why).next_visit
    assert found is not None
    assert found.notes == ("Easter Monday is closed.",)


def test_done_and_undated_visits_are_not_next() -> None:
    done = entry("SURGERY", SURGERY, TODAY + timedelta(1), status=Status.PERFORMED)
    waiting = entry("MONTHLY#1", MONTHLY, None, status=Status.AWAITING)
    among = calendar(dose(6, TODAY), done, waiting)
    assert sheet(among.entries[0], among).next_visit is None


def test_a_protocol_that_says_nothing_beside_its_schedule() -> None:
    for about in ({}, {"questionnaires": "none", "specimens": [3], "registries": [{}], "sources": []}):
        found = visit_sheet(SheetSource(protocol(about=about), usual(), "Linköping"), dose(6, TODAY))
        assert found.identity.registry == "example"
        assert found.questionnaires == found.specimens == ()
