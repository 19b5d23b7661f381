"""Statuses by the window, keys in natural order, and the order of entries."""

from dataclasses import replace

import pytest

from app.domain.calendar.entries import Status, natural, open_status
from app.domain.calendar.entry_codec import entry_of, row_of
from app.domain.dates import Window
from app.domain.facts import planner_facts as f
from tests.domain.scanpan import SCANPAN
from tests.domain.stories import ENROLLED, booked, calendar, d, done, missed, moved, omitted, withdrawn

ENTRY = calendar(today=ENROLLED).by_key["SP-R01"]


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2027-01-29", Status.PLANNED),
        ("2027-01-30", Status.DUE),
        ("2027-02-13", Status.DUE),
        ("2027-02-14", Status.OVERDUE),
    ],
)
def test_a_visit_without_a_result_has_the_status_of_its_window(today: str, status: Status) -> None:
    assert open_status(d("2027-01-30"), d("2027-02-13"), d(today)) is status


def test_a_visit_without_a_window_is_awaited() -> None:
    assert open_status(None, None, d(ENROLLED)) is Status.AWAITING


def test_numbers_in_keys_compare_as_numbers() -> None:
    keys = ["SP-C02#10", "SP-C03#2.15", "SP-C02#9", "SP-C03#2.8", "SP-C04#1.1/2", "SP-C04#1.1"]
    assert sorted(keys, key=natural) == [
        "SP-C02#9", "SP-C02#10", "SP-C03#2.8", "SP-C03#2.15", "SP-C04#1.1", "SP-C04#1.1/2",
    ]  # fmt: skip


def test_entries_are_ordered_by_day_and_those_without_one_come_last() -> None:
    early, dayless = replace(ENTRY, assumed=d("2027-01-01"), key="Z"), replace(ENTRY, assumed=None, key="A")
    same_day = replace(ENTRY, key="SP-R02")
    found = sorted([dayless, same_day, ENTRY, early], key=lambda entry: entry.order)
    assert [entry.key for entry in found] == ["Z", "SP-R01", "SP-R02", "A"]


def test_an_entry_has_a_window_when_both_ends_are_known() -> None:
    assert ENTRY.window == Window(d("2027-01-30"), d("2027-02-13"))
    assert replace(ENTRY, latest=None).window is None


def test_the_later_of_booking_and_move_is_the_day_that_counts() -> None:
    booked_on, moved_on = d("2027-02-01"), d("2027-02-03")
    both = replace(ENTRY, booked=booked_on, booked_at="09:30", moved=moved_on)
    booked_last, moved_last = replace(both, assumed=booked_on), replace(both, assumed=moved_on)
    assert (booked_last.is_booked, booked_last.is_moved, booked_last.appointment_time) == (True, False, "09:30")
    assert (moved_last.is_booked, moved_last.is_moved, moved_last.appointment_time) == (False, True, "")


def test_a_day_without_booking_or_move_is_neither() -> None:
    dayless = replace(ENTRY, assumed=None, booked=None, moved=None)
    assert not dayless.is_booked
    assert not dayless.is_moved
    assert dayless.appointment_time == ""


def test_the_last_dose_given_is_a_dose_and_was_given() -> None:
    first, second = done("SP-C01", "2026-11-30"), done("SP-C02#2", "2026-12-15")
    pump = done("SP-C03#2.3", "2026-12-17")
    assert calendar(first, second, pump, today="2026-12-18").last_dose_given == d("2026-12-15")
    assert calendar(omitted("SP-C01", "2026-11-30"), today="2026-12-18").last_dose_given is None


@pytest.mark.parametrize(
    ("fact", "today", "status", "passed"),
    [
        # Due from 30 January to 13 February 2027 by its window.
        (booked("SP-R01", "2027-02-01"), "2027-01-29", Status.PLANNED, False),
        (booked("SP-R01", "2027-02-01"), "2027-02-01", Status.DUE, False),
        (booked("SP-R01", "2027-02-01"), "2027-02-02", Status.OVERDUE, True),
        (moved("SP-R01", "2027-02-01"), "2027-02-02", Status.OVERDUE, True),
        (booked("SP-R01", "2027-01-25"), "2027-01-25", Status.PLANNED, False),
        (booked("SP-R01", "2027-01-25"), "2027-01-26", Status.OVERDUE, True),
        (moved("SP-R01", "2027-01-25"), "2027-01-28", Status.OVERDUE, True),
        (booked("SP-R01", "2027-02-22"), "2027-02-13", Status.DUE, False),
        (booked("SP-R01", "2027-02-22"), "2027-02-20", Status.OVERDUE, False),
        (booked("SP-R01", "2027-02-22"), "2027-02-23", Status.OVERDUE, True),
        (booked("U#1", "2027-01-25"), "2027-01-25", Status.DUE, False),
        (booked("U#1", "2027-01-25"), "2027-01-26", Status.OVERDUE, True),
    ],
)
def test_an_arranged_day_that_passed_makes_a_visit_overdue_from_the_next_day(
    fact: f.Fact, today: str, status: Status, passed: bool
) -> None:
    visit = getattr(fact, "visit", "")
    entry = calendar(fact, today=today).by_key[visit]
    assert (entry.status, entry.day_passed) == (status, passed)
    kept = entry_of(row_of(1, entry), SCANPAN, d(today))
    assert (kept.status, kept.day_passed) == (status, passed)


def test_the_later_of_a_booking_and_a_move_is_the_day_that_passes() -> None:
    facts = [booked("SP-R01", "2027-02-01"), moved("SP-R01", "2027-02-05")]
    assert not calendar(*facts, today="2027-02-05").by_key["SP-R01"].day_passed
    assert calendar(*facts, today="2027-02-06").by_key["SP-R01"].day_passed


@pytest.mark.parametrize("result", [done("SP-R01", "2027-02-01"), missed("SP-R01", "2027-02-01")])
def test_a_result_answers_for_the_day(result: f.Fact) -> None:
    entry = calendar(booked("SP-R01", "2027-02-01"), result, today="2027-02-20").by_key["SP-R01"]
    assert not entry.day_passed


def test_a_cancelled_visit_is_not_overdue_on_its_day() -> None:
    facts = [booked("SP-R01", "2027-02-01"), withdrawn("all", "2027-01-20")]
    entry = calendar(*facts, today="2027-02-20").by_key["SP-R01"]
    assert (entry.status, entry.day_passed) == (Status.CANCELLED, False)
