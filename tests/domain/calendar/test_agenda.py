"""The agenda of a morning: visits that press, visits of today, those that come and those that wait."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.domain.calendar.agenda import Agenda, AgendaRow, agenda, agenda_of
from app.domain.calendar.entries import Calendar, Status
from app.domain.facts import planner_facts as f
from tests.domain.stories import booked, calendar, d, decided, done, missed, moved

START = "2026-11-23"


def keys(rows: Iterable[AgendaRow]) -> list[str]:
    """The visits of these rows."""
    return [row.entry.key for row in rows]


def on(today: str, *calendars: Calendar, days: int = 14) -> Agenda:
    """The agenda of that day."""
    return agenda(calendars, d(today), days)


def test_the_day_of_enrolment() -> None:
    morning = on(START, calendar(today=START))
    # two findings of routine care were proposed for the days before, and their windows close today
    assert keys(morning.pressing) == ["SP-S05", "SP-S01"]
    assert {row.days_left for row in morning.pressing} == {0}
    # the study's own are not proposed before the consent of today
    assert keys(morning.now) == ["SP-S08", "SP-S07", "SP-S02", "SP-S03", "SP-S04"]
    # until 12-07: bloods on Friday 11-27, treatment on Monday 11-30, its pump on Wednesday
    assert keys(morning.coming) == ["SP-C04#1.1", "SP-C01", "SP-C03#1.3"]
    assert morning.waiting == ()
    assert morning.today == d(START)


def test_an_open_visit_presses_only_when_its_window_closes_within_a_week() -> None:
    # cycle 1 was proposed for 11-30 and may be given until 12-14
    early, late = on("2026-12-06", calendar(today="2026-12-06")), on("2026-12-07", calendar(today="2026-12-07"))
    assert "SP-C01" in keys(early.now)
    assert "SP-C01" in keys(late.pressing)
    row = next(row for row in late.pressing if row.entry.key == "SP-C01")
    assert row.days_left == 7


def test_overdue_visits_come_first_by_how_long_they_are_closed() -> None:
    morning = on("2026-12-08", calendar(today="2026-12-08"))
    # closed on 11-23, 11-30, 12-02, and open until 12-14
    assert [(row.entry.key, row.days_left) for row in morning.pressing] == [
        ("SP-S05", -15),
        ("SP-S01", -15),
        ("SP-S07", -15),
        ("SP-S02", -15),
        ("SP-S03", -15),
        ("SP-S04", -15),
        ("SP-S08", -8),
        ("SP-C04#1.1", -8),
        ("SP-C03#1.3", -6),
        ("SP-C01", 6),
    ]
    assert keys(morning.coming) == ["SP-C04#2.1", "SP-C02#2", "SP-C03#2.3"]
    # the reassessment in February is counted from a day that nobody has recorded
    assert keys(morning.waiting) == ["SP-R01"]


def test_a_visit_without_a_day_waits() -> None:
    story = calendar(decided("SP-R01", START, "continue"), today=START)
    waiting = on(START, story).waiting
    assert {"SP-P03", "SP-F24"} <= set(keys(waiting))
    assert all(row.days_left is None for row in waiting)


@pytest.mark.parametrize(("days", "last"), [(0, []), (4, ["SP-C04#1.1"]), (7, ["SP-C04#1.1", "SP-C01"])])
def test_how_far_the_agenda_looks_is_asked_for(days: int, last: list[str]) -> None:
    assert keys(on(START, calendar(today=START), days=days).coming) == last


def test_a_settled_visit_is_in_no_group() -> None:
    story = calendar(done("SP-S08", START), missed("SP-S01", START), today=START)
    morning = on(START, story)
    everything = keys((*morning.pressing, *morning.now, *morning.coming, *morning.waiting))
    assert not {"SP-S06", "SP-S08", "SP-S01"} & set(everything)
    assert len(everything) == len(set(everything)), "a visit stands in one group"


def test_an_appointment_without_a_window_is_judged_by_its_own_day() -> None:
    morning = on("2026-11-25", calendar(booked("U#1", "2026-11-25", "14:00"), today="2026-11-25"))
    assert [(row.entry.key, row.days_left) for row in morning.now if row.entry.key == "U#1"] == [("U#1", 0)]


def test_todays_visits_are_by_their_hour_and_those_without_one_at_the_usual_hour() -> None:
    one = calendar(booked("SP-S08", START, "13:00"), booked("SP-S07", START, "08:15"), today=START)
    other = replace(calendar(booked("SP-S07", START, "09:30"), today=START), participant="T-000")
    morning = on(START, one, other)
    shown = ("SP-S07", "SP-S08")
    assert [(row.participant, row.entry.key, row.entry.booked_at) for row in morning.now if row.entry.key in shown] == [
        # a questionnaire without an appointment is expected at eight
        ("T-000", "SP-S08", ""),
        ("T-001", "SP-S07", "08:15"),
        ("T-000", "SP-S07", "09:30"),
        ("T-001", "SP-S08", "13:00"),
    ]


def test_coming_visits_of_many_participants_stand_by_day() -> None:
    other = replace(calendar(today=START, enrolled="2026-11-20"), participant="T-000")
    coming = on(START, calendar(today=START), other).coming
    days = [row.entry.assumed for row in coming if row.entry.assumed]
    assert days == sorted(days)
    assert {row.participant for row in coming} == {"T-000", "T-001"}
    assert {row.protocol for row in coming} == {"scanpan"}


# A booked or moved day that has passed, a booking that was left behind, and a visit without its outcome.


@pytest.mark.parametrize("arranged", [booked("SP-R01", "2027-02-03"), moved("SP-R01", "2027-02-03")])
@pytest.mark.parametrize(("today", "passed", "left"), [("2027-02-03", False, 10), ("2027-02-04", True, -1)])
def test_an_arranged_day_that_passed_is_overdue_from_the_next_day(
    arranged: f.Fact, today: str, passed: bool, left: int
) -> None:
    # the window of the reassessment closes on 13 February, two weeks after 30 January
    morning = on(today, calendar(done("SP-C01", "2026-11-30"), arranged, today=today))
    row = next(row for row in (*morning.pressing, *morning.now) if row.entry.key == "SP-R01")
    assert (row.day_passed, row.days_left) == (passed, left)
    assert (row.entry.status is Status.OVERDUE, row in morning.pressing) == (passed, passed)


def test_a_proposed_day_that_passed_is_judged_by_the_window() -> None:
    morning = on("2027-02-03", calendar(done("SP-C01", "2026-11-30"), today="2027-02-03"))
    row = next(row for row in (*morning.pressing, *morning.now) if row.entry.key == "SP-R01")
    assert (row.day_passed, row.days_left, row.entry.status) == (False, 10, Status.DUE)


@pytest.mark.parametrize(
    ("facts", "key", "needed"),
    [
        # inside 12-14..12-17
        ([booked("SP-C02#2", "2026-12-15")], "SP-C02#2", False),
        # cycle 1 a week later: 12-21..12-24, and 12-15 is 8 days after that dose, not 12
        ([booked("SP-C02#2", "2026-12-15"), moved("SP-C01", "2026-12-07")], "SP-C02#2", True),
        ([booked("SP-C02#2", "2026-12-18")], "SP-C02#2", True),
        # a day chosen by hand is no appointment that somebody has to cancel
        ([moved("SP-C02#2", "2026-12-18")], "SP-C02#2", False),
        # bloods in 12-11..12-14; with the dose on 12-16 in 12-13..12-16
        ([booked("SP-C04#2.1", "2026-12-11"), moved("SP-C02#2", "2026-12-16")], "SP-C04#2.1", True),
        ([booked("SP-C04#2.1", "2026-12-14"), moved("SP-C02#2", "2026-12-16")], "SP-C04#2.1", False),
        # the pump comes off on 12-02, and with the dose on 12-01 on 12-03
        ([booked("SP-C03#1.3", "2026-12-02"), moved("SP-C01", "2026-12-01")], "SP-C03#1.3", True),
        # what was booked anew is in order
        (
            [booked("SP-C02#2", "2026-12-15"), moved("SP-C01", "2026-12-07"), booked("SP-C02#2", "2026-12-21")],
            "SP-C02#2",
            False,
        ),
        # New Year's Eve is closed: somebody has to find another day, or to open that one
        ([moved("SP-C02#2", "2026-12-17"), booked("SP-C02#3", "2026-12-31")], "SP-C02#3", True),
        # the pump of a Thursday comes off on a Saturday, on which the ward is always closed
        ([moved("SP-C01", "2026-12-03"), booked("SP-C03#1.3", "2026-12-05")], "SP-C03#1.3", False),
        # the dose itself is proposed for the Monday
        ([booked("SP-C01", "2026-12-05")], "SP-C01", True),
        ([booked("SP-C02#2", "2026-12-15"), done("SP-C02#2", "2026-11-23")], "SP-C02#2", False),
    ],
)
def test_a_booking_that_was_left_behind_comes_first(facts: list[f.Fact], key: str, needed: bool) -> None:
    story = calendar(*facts, today=START)
    morning = agenda([story], d(START), 60)
    assert story.by_key[key].needs_rebooking is needed
    assert (key in keys(morning.rebooking)) is needed
    assert needed is not any(key in keys(group) for group in (morning.pressing, morning.now, morning.coming)) or (
        story.by_key[key].performed is not None
    )


def test_a_booking_that_cannot_be_kept_is_listed_however_far_ahead_it_is() -> None:
    # 14 days reach to 7 December; asked for those days alone, it is not among them
    story = calendar(booked("SP-C02#2", "2026-12-18"), today=START)
    assert keys(on(START, story).rebooking) == ["SP-C02#2"]
    rows = [AgendaRow.of("LI-001", "scanpan", entry, d(START)) for entry in story.entries]
    assert agenda_of(rows, d(START), d("2026-12-07"), d(START)).rebooking == ()
    assert keys(agenda_of(rows, d(START), d("2026-12-18"), d(START)).rebooking) == ["SP-C02#2"]


def test_a_visit_held_without_its_outcome_is_asked_for_until_it_is_decided() -> None:
    held = [done("SP-C01", "2026-11-30"), done("SP-R01", "2027-02-01")]
    same_day, later = (on(day, calendar(*held, today=day)) for day in ("2027-02-01", "2027-03-01"))
    assert "SP-R01" in keys(same_day.now)
    assert [row.days_left for row in later.pressing if row.entry.key == "SP-R01"] == [-28]
    surgery = calendar(*held, today="2027-03-01").by_key["SP-P03"]
    assert [one.values["visit"] for one in surgery.problems if one.kind == "outcome_missing"] == ["SP-R01"]
    told = calendar(*held, decided("SP-R01", "2027-03-01", "response"), today="2027-03-01")
    assert "SP-R01" not in keys(on("2027-03-01", told).pressing)
    assert "outcome_missing" not in [one.kind for one in told.by_key["SP-P03"].problems]


def test_an_operation_does_not_take_the_question_for_the_outcome_away() -> None:
    facts = [done("SP-R02", "2027-03-22"), done("SP-R04", "2027-03-29"), done("SP-P03", "2027-04-05")]
    morning = on("2027-04-06", calendar(*facts, today="2027-04-06"))
    assert {"SP-R02", "SP-R04"} <= set(keys(morning.pressing))


def test_a_decision_without_a_record_asks_for_the_record() -> None:
    story = calendar(decided("SP-R01", "2027-02-01", "response"), today="2027-02-20")
    assert "unrecorded_decision" in [one.kind for one in story.by_key["SP-R01"].problems]
    assert "SP-R01" in keys(on("2027-02-20", story).pressing)


def test_one_visit_asks_for_the_day_of_a_death_that_was_reported() -> None:
    facts = [done("SP-C01", "2026-11-30"), decided("SP-R01", "2027-02-01", "palliative")]
    told = calendar(*facts, f.Contacted(d("2027-02-10"), "no"), today="2027-09-15")
    morning = on("2027-09-15", told)
    # the safety contact of 02-01 is the first of the five contacts
    assert keys(row for row in morning.waiting if row.entry.suspended) == ["SP-N02"]
    assert not [row for row in (*morning.pressing, *morning.now, *morning.coming) if row.entry.suspended]
    # days that are looked at ahead have no visits of somebody who has died
    ahead = [AgendaRow.of("LI-001", "scanpan", entry, d("2027-09-15")) for entry in told.entries]
    assert keys(agenda_of(ahead, d("2027-09-15"), d("2028-03-01"), d("2028-01-01")).coming) == []
