"""The details of one visit in words."""

from datetime import date

from app.domain.calendar.entries import Entry
from app.domain.facts.planner_facts import Fact, Performed
from app.wording.visit_details import Remedy, lacks_decision, lead_text, problem_note, state_words, visit_dates
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import booked, calendar, decided, done, moved


def entry(visit: str, today: str, *facts: Fact) -> Entry:
    return calendar(*facts, today=today).by_key[visit]


TODAY = date(2026, 11, 24)


def test_the_day_that_counts_leads_and_the_others_are_listed_where_they_differ() -> None:
    # Proposed for Monday, in a window until 14 December; booked for Tuesday
    one = entry("SP-C01", "2026-11-24", booked("SP-C01", "2026-12-01", "09:30"))
    assert lead_text(one, TODAY) == "Tue 1 Dec, 09:30"
    assert visit_dates(one) == [
        ("Window", "23 Nov – 14 Dec 2026"),
        ("Target", "Mon 30 Nov 2026"),
        ("Proposed", "Mon 30 Nov 2026"),
    ]
    assert lead_text(entry("SP-C01", "2026-11-24"), TODAY) == "Mon 30 Nov"
    assert [label for label, _day in visit_dates(entry("SP-C01", "2026-11-24"))] == ["Window", "Target"]


def test_a_booking_that_no_longer_counts_is_listed() -> None:
    facts = (booked("SP-C01", "2026-12-01", "09:30"), moved("SP-C01", "2026-12-02"))
    one = entry("SP-C01", "2026-11-24", *facts)
    assert lead_text(one, TODAY) == "Wed 2 Dec"
    dates = dict(visit_dates(one))
    assert (dates["Booked"], "Moved" in dates) == ("Tue 1 Dec 2026, 09:30", False)
    held = dict(visit_dates(entry("SP-C01", "2026-12-20", *facts, done("SP-C01", "2026-12-03"))))
    assert (held["Booked"], held["Moved"]) == ("Tue 1 Dec 2026, 09:30", "Wed 2 Dec 2026")


def test_a_visit_without_a_day_says_so() -> None:
    one = entry("SP-P03", "2026-11-24", decided("SP-R01", "2026-11-23", "continue"))
    assert (one.assumed, lead_text(one, TODAY)) == (None, "No date yet")
    assert dict(visit_dates(one)) == {"Window": "none yet", "Target": "none yet"}


def test_the_state_says_where_the_day_is_in_its_window() -> None:
    # cycle 1 in a window until 14 December, its second cycle from 14 to 17 December
    assert state_words(entry("SP-C01", "2026-11-24", booked("SP-C01", "2026-12-01"))) == "due, booked, in the window"
    late = entry("SP-C02#2", "2026-11-24", booked("SP-C02#2", "2026-12-18"))
    assert state_words(late) == "needs rebooking: 1 day too late"
    early = entry("SP-C02#2", "2026-11-24", moved("SP-C02#2", "2026-12-12"))
    assert state_words(early) == "planned, moved, 2 days before the window"
    assert state_words(entry("SP-C01", "2026-11-24")) == "due"
    # performed on 16 December
    held = entry("SP-C01", "2026-12-20", done("SP-C01", "2026-12-16", "10:15"))
    assert (lead_text(held, date(2026, 12, 20)), state_words(held)) == ("Wed 16 Dec, 10:15", "done, late by 2 d")


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
