"""Statuses by the window, keys in natural order, and the order of entries."""

from dataclasses import replace

import pytest

from app.domain.calendar.entries import Status, natural, open_status
from app.domain.dates import Window
from tests.domain.stories import ENROLLED, calendar, d, done, omitted

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
