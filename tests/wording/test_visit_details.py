"""The details of one visit in words."""

from datetime import date

from app.domain.calendar.entries import Entry
from app.domain.facts.planner_facts import Fact, Performed
from app.wording.visit_details import Remedy, lacks_decision, problem_note, visit_dates
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import booked, calendar, decided, done, moved


def entry(visit: str, today: str, *facts: Fact) -> Entry:
    return calendar(*facts, today=today).by_key[visit]


def test_the_dates_stand_in_one_order_each_with_its_label() -> None:
    dates = visit_dates(entry("SP-C01", "2026-11-24", booked("SP-C01", "2026-12-01", "09:30")))
    assert [label for label, _value in dates] == ["Target", "Window", "Proposed", "Booked", "Performed"]
    assert dict(dates)["Booked"] == "Tue 1 Dec 2026, 09:30"
    assert dict(dates)["Performed"] == "not yet"


def test_a_moved_day_is_shown_where_there_is_one() -> None:
    dates = dict(visit_dates(entry("SP-C01", "2026-11-24", moved("SP-C01", "2026-12-02"))))
    assert (dates["Moved"], dates["Booked"]) == ("Wed 2 Dec 2026", "not booked")


def test_a_performed_day_says_how_it_lies_in_its_window() -> None:
    # the window of cycle 1 closes on 14 December
    dates = dict(visit_dates(entry("SP-C01", "2026-12-20", done("SP-C01", "2026-12-16", "10:15"))))
    assert dates["Performed"] == "Wed 16 Dec 2026, 10:15 (late by 2 d)"


def test_a_pump_is_due_off_so_many_hours_after_its_start_which_is_no_arrival() -> None:
    arrived = dict(visit_dates(entry("SP-C03#1.3", "2026-11-30", done("SP-C01", "2026-11-30", "10:15"))))
    assert arrived["Due at"] == "46 h after ____"
    started = Performed("SP-C01", date(2026, 11, 30), "10:15", pump_at="13:30")
    assert dict(visit_dates(entry("SP-C03#1.3", "2026-11-30", started)))["Due at"] == "Wed 2 Dec 2026, 11:30"


def test_a_visit_lacks_its_decision_once_it_was_held() -> None:
    held = done("SP-R01", "2026-12-18")
    before = entry("SP-R01", "2026-12-20")
    after = entry("SP-R01", "2026-12-20", held)
    assert not lacks_decision(before, decides=True)
    assert lacks_decision(after, decides=True)
    assert not lacks_decision(after, decides=False)
    outcome = next(iter(SCANPAN.decisions["SP-R01"].outcomes))
    assert not lacks_decision(entry("SP-R01", "2026-12-20", held, decided("SP-R01", "2026-12-18", outcome)), True)


def test_a_visit_counted_from_an_unrecorded_one_has_that_ones_remedy() -> None:
    found = calendar(today="2026-12-20")
    notes = [
        problem_note(problem, found, one)
        for one in found.entries
        for problem in one.problems
        if problem.kind == "counted_from_unrecorded" and problem.values["visit"] == "SP-C01"
    ]
    assert notes
    assert {note.remedy for note in notes} == {Remedy("Record it", "performed", "SP-C01")}
    assert all(note.text[0].isupper() and note.text.endswith(".") for note in notes)


def test_a_booking_outside_its_window_is_remedied_by_another_day() -> None:
    found = calendar(booked("SP-C01", "2026-12-18"), today="2026-11-24")
    one = found.by_key["SP-C01"]
    (problem,) = [each for each in one.problems if each.kind == "booking_outside"]
    assert problem_note(problem, found, one).remedy == Remedy("Choose another day", "booked", "SP-C01")
